/* links: tests/support/recon_files.c app/recon/ app/recon/sources/ app/wire/ app/core/terms/ app/base/ */
/* To the second: where a day ends, how late a row may be, how far apart two rows of one deal. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/recon_files.h"

/* The rows of two sides, of the day 2026-11-27 or of all days. */
static void judge_sides(struct recon_run *run, const char *here, const char *there, bool of_a_day) {
    recon_run_init(run);
    if (of_a_day) {
        assert_true(entry_time(slice_of("2026-11-27"), &run->ledger.period.from_s));
        run->ledger.period.end_s = run->ledger.period.from_s + 86400;
    }
    recon_run_add(run, "rows", here);
    recon_run_add(run, "rows", there);
    recon_run_judge(run);
}

/* Of a row that the other side lacks. */
static const struct {
    const char *time;
    enum recon_class class;
} lacking[] = {
    {"2026-11-26 23:59:59", RECON_OUTSIDE},       {"2026-11-27 00:00:00", RECON_EXPECTED},
    {"2026-11-27 00:09:59", RECON_EXPECTED},      {"2026-11-27 00:10:00", RECON_MISSING_THERE},
    {"2026-11-27 23:49:59", RECON_MISSING_THERE}, {"2026-11-27 23:50:00", RECON_EXPECTED},
    {"2026-11-27 23:59:59", RECON_EXPECTED},      {"2026-11-28 00:00:00", RECON_OUTSIDE},
};

static void a_day_has_its_seconds(void **state) {
    static struct recon_run run;
    char text[128];
    (void)state;
    for (size_t i = 0; i < sizeof lacking / sizeof *lacking; i++) {
        snprintf(text, sizeof text, "payment_no,amount,time\nA,1.00,%s\n", lacking[i].time);
        judge_sides(&run, text, "payment_no,amount,time\n", true);
        if (recon_run_count(&run, lacking[i].class) != 1)
            fail_msg("%s: not %s", lacking[i].time, recon_classes[lacking[i].class].word);
        recon_run_free(&run);
    }
}

/* The other side's file has this row, too: from ten minutes behind the border on it says that the
 * next day's is here, and the day before's up to ten minutes before it. */
static void a_neighbours_file_is_told_by_its_rows(void **state) {
    static const struct {
        const char *late, *neighbour;
        enum recon_class class;
    } days[] = {
        {"2026-11-27 23:55:00", "2026-11-28 00:09:59", RECON_EXPECTED},
        {"2026-11-27 23:55:00", "2026-11-28 00:10:00", RECON_MISSING_THERE},
        {"2026-11-27 00:05:00", "2026-11-26 23:50:00", RECON_EXPECTED},
        {"2026-11-27 00:05:00", "2026-11-26 23:49:59", RECON_MISSING_THERE},
    };
    static struct recon_run run;
    char here[128], there[128];
    (void)state;
    for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
        snprintf(here, sizeof here, "payment_no,amount,time\nA,1.00,%s\n", days[i].late);
        snprintf(there, sizeof there, "payment_no,amount,time\nZ,2.00,%s\n", days[i].neighbour);
        judge_sides(&run, here, there, true);
        if (recon_run_count(&run, days[i].class) != 1)
            fail_msg("beside %s: not %s", days[i].neighbour, recon_classes[days[i].class].word);
        recon_run_free(&run);
    }
}

/* Rows of the whole day before and after find their counterparts; of other days none is read. */
static void the_days_around_are_read(void **state) {
    static struct recon_run run;
    (void)state;
    judge_sides(&run,
                "payment_no,amount,time\nA,1.00,2026-11-25 23:59:59\nB,1.00,2026-11-26 00:00:00\n"
                "C,1.00,2026-11-28 23:59:59\nD,1.00,2026-11-29 00:00:00\n",
                "payment_no,amount,time\nB,1.00,2026-11-27 12:00:00\nC,1.00,2026-11-27 12:00:00\n",
                true);
    assert_int_equal(run.ledger.sources[0].rows, 2);
    assert_int_equal(recon_run_count(&run, RECON_AGREE), 2);
    recon_run_free(&run);
}

/* No common id, the same amount. */
static void ten_minutes_are_near(void **state) {
    static struct recon_run run;
    (void)state;
    for (int seconds = 600; seconds <= 601; seconds++) {
        char there[128];
        snprintf(there, sizeof there, "receipt_no,amount,time\nR,1.00,2026-11-27 12:%02d:%02d\n",
                 seconds / 60, seconds % 60);
        judge_sides(&run, "payment_no,amount,time\nA,1.00,2026-11-27 12:00:00\n", there, false);
        assert_int_equal(recon_run_count(&run, RECON_AGREE), seconds == 600);
        recon_run_free(&run);
    }
}

/* A booking that names the bill alone proves a credit of that bill that is near. */
static void a_booking_ten_minutes_away_is_a_proof(void **state) {
    static struct recon_run run;
    (void)state;
    for (int seconds = 600; seconds <= 601; seconds++) {
        char text[512];
        snprintf(text, sizeof text,
                 "source,payment_no,trace_no,amount,time,state\n"
                 "upp,A,,1.00,2026-11-27 12:00:00,done\n"
                 "journal,A,T,1.00,2026-11-27 12:00:00,unproven\n"
                 "his,,T,1.00,2026-11-27 12:%02d:%02d,done\n",
                 seconds / 60, seconds % 60);
        recon_run_init(&run);
        recon_run_add(&run, "rows", text);
        recon_run_judge(&run);
        assert_int_equal(recon_run_only(&run), RECON_UNPROVEN_CREDIT);
        assert_int_equal(run.result.findings[0].proof,
                         seconds == 600 ? RECON_PROVEN : RECON_UNSURE);
        recon_run_free(&run);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_day_has_its_seconds),
        cmocka_unit_test(a_neighbours_file_is_told_by_its_rows),
        cmocka_unit_test(the_days_around_are_read),
        cmocka_unit_test(ten_minutes_are_near),
        cmocka_unit_test(a_booking_ten_minutes_away_is_a_proof),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
