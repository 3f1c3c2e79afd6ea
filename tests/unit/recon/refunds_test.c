/* links: tests/support/recon_files.c app/recon/ app/recon/sources/ app/wire/ app/core/terms/ app/base/ */
/* Refunds that only one side has, the hospital's own taking back among them, and what only one of
 * the platform's bills has: findings with advice of their own. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/recon_files.h"

/* A deal that all three have: every source is there in every story. */
#define BEGIN                                                                                      \
    "source,kind,payment_no,amount,time,state\n"                                                   \
    "upp,payment,C1,1.00,2026-11-27 09:00:00,done\n"                                               \
    "his,payment,C1,1.00,2026-11-27 09:00:05,done\n"                                               \
    "journal,payment,C1,1.00,2026-11-27 09:00:01,done\n"

static void run_refunds(struct recon_run *run, const char *rows) {
    char text[1024];
    snprintf(text, sizeof text, "%s%s", BEGIN, rows);
    recon_run_init(run);
    recon_run_add(run, "rows", text);
    recon_run_judge(run);
}

#define TAKEN                                                                                      \
    "upp,payment,A,10.00,2026-11-27 10:00:00,done\n"                                               \
    "journal,payment,A,10.00,2026-11-27 10:00:00,taken_elsewhere\n"

/* The hospital's record of a booking that it took back has a number of its own. Of a credit that
 * the terminal knows to be taken back it tells nothing new; else nobody knows yet what it is of,
 * and what is to be done is not what a payment would need. */
static void the_hospitals_own_taking_back_is_told_with_its_payment(void **state) {
    static const struct {
        const char *row;
        int taken, missing;
    } rows[] = {{"his,refund,W1,10.00,2026-11-27 11:00:00,done\n", 2, 0},
                {"his,refund,W1,10.00,,done\n", 2, 0},
                {"his,refund,W1,10.00,2026-11-27 10:00:00,done\n", 2, 0},
                {"his,refund,W1,10.00,2026-11-27 09:59:59,done\n", 1, 1},
                {"his,refund,W1,10.01,2026-11-27 11:00:00,done\n", 1, 1},
                {"his,refund,W1,10.00,2026-11-27 11:00:00,done\n"
                 "his,refund,W2,10.00,2026-11-27 11:00:00,done\n",
                 2, 1}};
    static struct recon_run run;
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[512];
        snprintf(text, sizeof text, "%s%s", TAKEN, rows[i].row);
        run_refunds(&run, text);
        assert_int_equal(recon_run_count(&run, RECON_CREDIT_TAKEN_ELSEWHERE), rows[i].taken);
        assert_int_equal(recon_run_count(&run, RECON_PLATFORM_MISSING), rows[i].missing);
        assert_int_equal(run.result.classes[RECON_CREDIT_TAKEN_ELSEWHERE].fen, 1000);
        assert_int_equal(recon_differences(&run.result), 1 + rows[i].missing);
        recon_run_free(&run);
    }
}

static const char *only_advice(struct recon_run *run) {
    assert_int_equal(run->result.finding_count, 1);
    assert_true(recon_finding_has_words(&run->result.findings[0]));
    return recon_finding_act(&run->result.findings[0], LANGUAGE_EN);
}

static void a_refund_is_advised_on_as_one(void **state) {
    static struct recon_run run;
    (void)state;
    run_refunds(&run, "his,refund,W1,10.00,2026-11-27 11:00:00,done\n");
    assert_non_null(strstr(only_advice(&run), "where a window paid it out"));
    assert_null(strstr(only_advice(&run), "take the booking back"));
    recon_run_free(&run);
    run_refunds(&run, "upp,refund,W1,10.00,2026-11-27 11:00:00,done\n");
    assert_non_null(strstr(only_advice(&run), "book the refund"));
    recon_run_free(&run);
    run_refunds(&run, "his,payment,W1,10.00,2026-11-27 11:00:00,done\n");
    assert_false(recon_finding_has_words(&run.result.findings[0]));
    assert_string_equal(recon_finding_act(&run.result.findings[0], LANGUAGE_EN),
                        recon_classes[RECON_PLATFORM_MISSING].act[LANGUAGE_EN]);
    recon_run_free(&run);
}

/* What one of the platform's two bills has is no money that never came. */
static void what_one_of_two_bills_has_is_asked_about(void **state) {
    static struct recon_run run;
    (void)state;
    run_refunds(&run, "channel,payment,C1,1.00,2026-11-27 09:00:00,done\n"
                      "upp,payment,A,10.00,2026-11-27 10:00:00,done\n"
                      "his,payment,A,10.00,2026-11-27 10:00:00,done\n"
                      "journal,payment,A,10.00,2026-11-27 10:00:00,done\n");
    assert_int_equal(recon_run_only(&run), RECON_PLATFORM_MISSING);
    assert_non_null(strstr(only_advice(&run), "leave the hospital's booking"));
    recon_run_free(&run);
}

/* Its number is the payment's, which is no number of the refund: the terminal's stands beside it.
 */
static void a_hospitals_negative_payment_is_the_refund_of_what_it_names(void **state) {
    static struct recon_run run;
    (void)state;
    recon_run_init(&run);
    recon_run_add(&run, "rows",
                  "source,kind,payment_no,origin_no,amount,time,state\n"
                  "upp,payment,A,,10.00,2026-11-27 10:00:00,done\n"
                  "journal,payment,A,,10.00,2026-11-27 10:00:00,done\n"
                  "upp,refund,R,,10.00,2026-11-27 11:00:00,done\n"
                  "journal,refund,R,A,10.00,2026-11-27 11:00:00,done\n");
    recon_run_add(&run, "his",
                  "{\"data\":[{\"tradeType\":\"pay\",\"tradeFee\":10.00,\"tradeTime\":"
                  "\"2026-11-27 10:00:05\",\"outTradeNo\":\"O\",\"tradeNo\":\"A\"},"
                  "{\"tradeType\":\"pay\",\"tradeFee\":-10.00,\"tradeTime\":"
                  "\"2026-11-27 11:00:05\",\"outTradeNo\":\"O\",\"tradeNo\":\"A\"}]}\n");
    recon_run_judge(&run);
    assert_int_equal(recon_differences(&run.result), 0);
    recon_run_free(&run);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_hospitals_own_taking_back_is_told_with_its_payment),
        cmocka_unit_test(a_refund_is_advised_on_as_one),
        cmocka_unit_test(what_one_of_two_bills_has_is_asked_about),
        cmocka_unit_test(a_hospitals_negative_payment_is_the_refund_of_what_it_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
