/* links: tests/support/recon_files.c app/recon/ app/recon/sources/ app/wire/ app/core/terms/ app/base/ */
/* Which sources a run has, and what of a day's border is only expected. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#include "tests/support/recon_files.h"

static void take_day(struct recon_run *run, const char *day) {
    assert_true(entry_time(slice_of(day), &run->ledger.period.from_s));
    run->ledger.period.end_s = run->ledger.period.from_s + 86400;
}

/* Without a hospital: what the terminal gave back must have come. */
static void returned_money_is_looked_for_at_the_platform(void **state) {
    static struct recon_run run;
    (void)state;
    recon_run_init(&run);
    recon_run_add(&run, "rows",
                  "source,payment_no,amount,state\nupp,A,1.00,done\njournal,A,1.00,returned\n"
                  "journal,B,2.00,returned\n");
    recon_run_judge(&run);
    assert_int_equal(recon_run_count(&run, RECON_AGREE), 1);
    assert_int_equal(recon_run_count(&run, RECON_MISSING_THERE), 1);
    recon_run_free(&run);
    /* Without a platform: the hospital need not know of it. */
    recon_run_init(&run);
    recon_run_add(&run, "rows",
                  "source,payment_no,amount,state\nhis,A,1.00,done\njournal,A,1.00,returned\n"
                  "journal,B,2.00,returned\n");
    recon_run_judge(&run);
    assert_int_equal(recon_run_count(&run, RECON_AGREE), 1);
    assert_int_equal(recon_run_count(&run, RECON_STATE_DIFFERS), 1);
    recon_run_free(&run);
}

static void two_sources_are_here_and_there(void **state) {
    static struct recon_run run;
    (void)state;
    recon_run_init(&run);
    recon_run_add(&run, "rows", "payment_no,amount\nA,1.00\nB,2.00\nC,3\n");
    recon_run_add(&run, "rows", "amount,payment_no\n1.00,A\n3.01,C\n4.00,D\n5.00,E\n");
    recon_run_judge(&run);
    assert_int_equal(recon_run_count(&run, RECON_AGREE), 1);
    assert_int_equal(recon_run_count(&run, RECON_MISSING_THERE), 1);
    assert_int_equal(recon_run_count(&run, RECON_MISSING_HERE), 2);
    assert_int_equal(recon_run_count(&run, RECON_AMOUNT_DIFFERS), 1);
    assert_int_equal(recon_differences(&run.result), 4);
    recon_run_free(&run);
}

/* What the next day's file does not bring either is a difference; the same for the day before. */
static void what_was_expected_and_did_not_come_is_told(void **state) {
    static struct recon_run run;
    static const char *const neighbours[] = {"", "Z,9.00,2026-11-28 00:09:59\n",
                                             "Z,9.00,2026-11-28 08:00:00\n",
                                             "Y,9.00,2026-11-26 08:00:00\n"};
    static const int late[] = {2, 2, 1, 1}, late_fen[] = {300, 300, 200, 100};
    char text[256];
    (void)state;
    for (int i = 0; i < 4; i++) {
        recon_run_init(&run);
        take_day(&run, "2026-11-27");
        recon_run_add(&run, "rows",
                      "payment_no,amount,time\nA,1.00,2026-11-27 23:58:00\n"
                      "B,2.00,2026-11-27 00:02:00\nC,3.00,2026-11-27 12:00:00\n");
        snprintf(text, sizeof text, "payment_no,amount,time\nC,3.00,2026-11-27 12:00:00\n%s",
                 neighbours[i]);
        recon_run_add(&run, "rows", text);
        recon_run_judge(&run);
        assert_int_equal(recon_run_count(&run, RECON_EXPECTED), late[i]);
        assert_int_equal(run.result.classes[RECON_EXPECTED].fen, late_fen[i]);
        assert_int_equal(recon_differences(&run.result), 2 - late[i]);
        recon_run_free(&run);
    }
}

/* A platform's own view and the channel's must both have a payment, with or without a period. */
static void both_views_of_a_platform_are_asked(void **state) {
    static struct recon_run run;
    (void)state;
    for (int with_period = 0; with_period < 2; with_period++) {
        recon_run_init(&run);
        if (with_period)
            take_day(&run, "2026-11-27");
        recon_run_add(&run, "rows",
                      "source,payment_no,amount,time\nupp,A,1.00,2026-11-27 09:00:00\n"
                      "channel,A,1.00,2026-11-27 09:00:00\njournal,A,1.00,2026-11-27 09:00:00\n"
                      "upp,B,2.00,2026-11-27 09:00:00\njournal,B,2.00,2026-11-27 09:00:00\n");
        recon_run_judge(&run);
        assert_int_equal(recon_run_count(&run, RECON_AGREE), 1);
        assert_int_equal(recon_run_count(&run, RECON_PLATFORM_MISSING), 1);
        recon_run_free(&run);
    }
}

static void waiting_for_tomorrow_is_no_difference(void **state) {
    static struct recon_run run;
    (void)state;
    recon_run_init(&run);
    take_day(&run, "2026-11-27");
    recon_run_add(&run, "rows",
                  "payment_no,amount,time\nA,1.00,2026-11-27 23:58:00\nB,2.00,2026-11-28 00:01:00\n"
                  "C,3.00,2026-11-27 12:00:00\nD,4.00,2026-11-25 12:00:00\n"
                  "E,5.00,2026-11-28 00:00:30\n");
    recon_run_add(
        &run, "rows",
        "payment_no,amount,time\nC,3.00,2026-11-27 12:00:00\nE,5.00,2026-11-27 23:59:59\n");
    recon_run_judge(&run);
    assert_int_equal(recon_run_count(&run, RECON_AGREE), 2);
    assert_int_equal(recon_run_count(&run, RECON_EXPECTED), 1);
    assert_int_equal(recon_run_count(&run, RECON_OUTSIDE), 1);
    assert_int_equal(recon_differences(&run.result), 0);
    recon_run_free(&run);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(returned_money_is_looked_for_at_the_platform),
        cmocka_unit_test(two_sources_are_here_and_there),
        cmocka_unit_test(what_was_expected_and_did_not_come_is_told),
        cmocka_unit_test(both_views_of_a_platform_are_asked),
        cmocka_unit_test(waiting_for_tomorrow_is_no_difference),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
