/* links: tests/support/recon_files.c app/recon/ app/recon/sources/ app/wire/ app/core/terms/ app/base/ */
/* Rows and amounts of each source by channel, terminal, fee type and day, and what differs of them;
 * the sums of all classes are those of the sources. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/recon_files.h"

static const struct recon_total *total_of(const struct recon_run *run, int table,
                                          const char *label) {
    char text[RECON_LABEL_SIZE];
    for (unsigned line = 0; line < run->totals.counts[table]; line++)
        if (!strcmp(recon_total_label(&run->ledger, &run->totals, table, line, text), label))
            return &run->totals.tables[table][line];
    fail_msg("%s: no %s", recon_table_name(table), label);
    return NULL;
}

static void expect_total(const struct recon_run *run, int table, const char *label,
                         const struct recon_total *wanted) {
    const struct recon_total *total = total_of(run, table, label);
    for (int i = 0; i < run->ledger.source_count; i++)
        if (total->rows[i] != wanted->rows[i] || total->fen[i] != wanted->fen[i])
            fail_msg("%s %s of %s: %d rows, %d fen", recon_table_name(table), label,
                     run->ledger.sources[i].name, (int)total->rows[i], (int)total->fen[i]);
    if (total->differences != wanted->differences)
        fail_msg("%s %s: %d differences", recon_table_name(table), label, (int)total->differences);
}

/* B is a fen apart, C was paid at a window, which is no difference; D went back. */
static const char rows[] = "source,kind,payment_no,amount,time,channel,terminal,fee_type,place\n"
                           "his,payment,A,1.00,2026-11-27 09:00:00,wechat,0001,outpatient,\n"
                           "his,payment,B,2.00,2026-11-28 09:00:00,alipay,0002,outpatient,\n"
                           "his,payment,C,4.00,2026-11-28 10:00:00,wechat,,deposit,window\n"
                           "his,refund,D,0.50,2026-11-28 23:59:59,wechat,0001,outpatient,\n"
                           "journal,payment,A,1.00,2026-11-27 09:00:01,wechat,0001,outpatient,\n"
                           "journal,payment,B,2.01,2026-11-28 09:00:01,alipay,0002,outpatient,\n"
                           "journal,refund,D,0.50,,wechat,0001,outpatient,\n";

static void each_table_has_all_rows(void **state) {
    static const struct {
        int table;
        const char *label;
        struct recon_total total;
    } lines[] = {
        {RECON_CHANNELS, "wechat", {0, {3, 2}, {450, 50}}},
        {RECON_CHANNELS, "alipay", {1, {1, 1}, {200, 201}}},
        {RECON_TERMINALS, "0001", {0, {2, 2}, {50, 50}}},
        {RECON_TERMINALS, "0002", {1, {1, 1}, {200, 201}}},
        {RECON_TERMINALS, "", {0, {1, 0}, {400, 0}}},
        {RECON_FEES, "outpatient", {1, {3, 3}, {250, 251}}},
        {RECON_FEES, "deposit", {0, {1, 0}, {400, 0}}},
        {RECON_DAYS, "2026-11-27", {0, {1, 1}, {100, 100}}},
        {RECON_DAYS, "2026-11-28", {1, {3, 1}, {550, 201}}},
        {RECON_DAYS, "", {0, {0, 1}, {0, -50}}},
    };
    static struct recon_run run;
    (void)state;
    recon_run_init(&run);
    recon_run_add(&run, "rows", rows);
    recon_run_judge(&run);
    assert_int_equal(recon_differences(&run.result), 1);
    assert_int_equal(recon_run_count(&run, RECON_MISSING_HERE), 1);
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        expect_total(&run, lines[i].table, lines[i].label, &lines[i].total);
    recon_run_free(&run);
}

/* Days beyond the table's end count with its last. */
static void far_days_are_the_last(void **state) {
    static struct recon_run run;
    (void)state;
    recon_run_init(&run);
    recon_run_add(&run, "rows",
                  "payment_no,amount,time\nA,1.00,2020-01-01 00:00:00\nB,2.00,2022-10-19 23:59:59\n"
                  "C,4.00,2022-10-20 00:00:00\nD,8.00,2026-11-27 09:00:00\n");
    recon_run_add(&run, "rows", "payment_no,amount,time\nE,1.00,2020-01-02 00:00:00\n");
    recon_run_judge(&run);
    expect_total(&run, RECON_DAYS, "2020-01-01", &(struct recon_total){1, {1, 0}, {100, 0}});
    expect_total(&run, RECON_DAYS, "2020-01-02", &(struct recon_total){1, {0, 1}, {0, 100}});
    const struct recon_total *last = &run.totals.tables[RECON_DAYS][RECON_DAYS_MAX - 1];
    assert_int_equal(last->rows[0], 3);
    assert_int_equal(last->fen[0], 1400);
    recon_run_free(&run);
}

/* A row, or a fen, that the classes do not have. */
static void sums_that_do_not_add_up_are_seen(void **state) {
    static struct recon_run run;
    (void)state;
    recon_run_init(&run);
    recon_run_add(&run, "rows", rows);
    recon_run_judge(&run);
    for (int source = 0; source < 2; source++) {
        run.ledger.sources[source].rows++;
        assert_false(recon_sums_hold(&run.ledger, &run.result));
        run.ledger.sources[source].rows--;
        run.ledger.sources[source].fen--;
        assert_false(recon_sums_hold(&run.ledger, &run.result));
        run.ledger.sources[source].fen++;
        assert_true(recon_sums_hold(&run.ledger, &run.result));
    }
    recon_run_free(&run);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_table_has_all_rows),
        cmocka_unit_test(far_days_are_the_last),
        cmocka_unit_test(sums_that_do_not_add_up_are_seen),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
