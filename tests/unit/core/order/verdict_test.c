/* links: app/core/order/ app/core/terms/ */
/* What people are told of an order that went back, in part, on request or not, or to a person. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "app/core/order/verdict.h"
#include "tests/support/one_leg.h"

static struct order order;

/* One leg of 30.00 pays bills of 10.00 and 20.00; so much of each went back on request. */
static void paid(enum claim_state first, int64_t first_back, enum claim_state second,
                 int64_t second_back) {
    order = (struct order){.service = SERVICE_BILLS, .leg_count = 1, .claim_count = 2};
    order.legs[0] = (struct leg){.route = ROUTE_UPP, .state = LEG_PAID, .amount = {3000}};
    order.claims[0] = (struct claim){.state = first, .amount = {1000}, .refunded = {first_back}};
    order.claims[1] = (struct claim){.state = second, .amount = {2000}, .refunded = {second_back}};
    one_leg_pays(&order);
}

/* What lies behind the last claim is nobody's. */
static void expect_verdict(enum verdict verdict, size_t row) {
    static const struct claim behind[] = {{.state = CLAIM_DONE, .refunded = {1}},
                                          {.state = CLAIM_REVERSED},
                                          {.state = CLAIM_CASE, .reason = CASE_REFUND_UNCONFIRMED}};
    for (size_t b = 0; b < sizeof behind / sizeof behind[0]; b++) {
        order.claims[order.claim_count] = behind[b];
        if (order_verdict(&order) != verdict)
            fail_msg("row %zu: %d", row, order_verdict(&order));
    }
}

static void what_went_back_is_told_by_who_wanted_it(void **state) {
    static const struct {
        enum claim_state first;
        int64_t first_back;
        enum claim_state second;
        int64_t second_back;
        enum verdict verdict;
    } rows[] = {{CLAIM_DONE, 0, CLAIM_DONE, 0, VERDICT_CREDITED},
                {CLAIM_DONE, 0, CLAIM_REVERSED, 0, VERDICT_PARTLY},
                {CLAIM_DONE, 0, CLAIM_REFUNDED, 2000, VERDICT_REFUND_PARTLY},
                {CLAIM_REVERSED, 0, CLAIM_REFUNDED, 2000, VERDICT_REFUNDED},
                {CLAIM_REFUNDED, 1000, CLAIM_REFUNDED, 2000, VERDICT_REFUNDED},
                {CLAIM_REVERSED, 0, CLAIM_REVERSED, 0, VERDICT_RETURNED},
                {CLAIM_REVERSING, 0, CLAIM_REVERSED, 0, VERDICT_RETURNED},
                {CLAIM_UNCREDITING, 0, CLAIM_DONE, 0, VERDICT_REFUNDING}};
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        paid(rows[i].first, rows[i].first_back, rows[i].second, rows[i].second_back);
        expect_verdict(rows[i].verdict, i);
    }
    /* Some went back on request, the rest because the hospital refused it: that is told. */
    paid(CLAIM_DONE, 0, CLAIM_DONE, 1);
    order.service = SERVICE_DEPOSIT;
    order.shares[1].returned.fen = 1;
    assert_int_equal(order_verdict(&order), VERDICT_REFUND_PARTLY);
    order.claims[0].state = CLAIM_REVERSED;
    order.shares[0].returned.fen = 1000;
    assert_int_equal(order_verdict(&order), VERDICT_PARTLY);
}

/* Money that came after the code was closed: it goes back by itself, nobody asked for it. */
static void what_came_too_late_is_told_as_late(void **state) {
    (void)state;
    paid(CLAIM_VOID, 0, CLAIM_VOID, 0);
    order.legs[0].state = LEG_PAID_AFTER_CLOSE;
    assert_int_equal(order_verdict(&order), VERDICT_LATE);
    order.legs[0].state = LEG_RETURNED;
    assert_int_equal(order_verdict(&order), VERDICT_LATE_RETURNED);
}

/* The platform took the refund, and nobody says that it arrived: of late money, or of a claim's. */
static void a_refund_that_nobody_confirms_is_told_apart(void **state) {
    static const struct {
        enum leg_state leg;
        enum case_reason leg_reason;
        enum claim_state claim;
        enum case_reason claim_reason;
        enum verdict verdict;
    } rows[] = {
        {LEG_CASE, CASE_REFUND_UNCONFIRMED, CLAIM_VOID, CASE_NONE, VERDICT_REFUND_UNCONFIRMED},
        {LEG_CASE, CASE_PAYMENT_UNKNOWN, CLAIM_VOID, CASE_NONE, VERDICT_WINDOW},
        {LEG_PAID, CASE_NONE, CLAIM_CASE, CASE_REFUND_UNCONFIRMED, VERDICT_REFUND_UNCONFIRMED},
        {LEG_PAID, CASE_NONE, CLAIM_CASE, CASE_REFUND_REFUSED, VERDICT_WINDOW},
        /* what was once the reason of a part that is no case is none */
        {LEG_CASE, CASE_PAYMENT_UNKNOWN, CLAIM_WAITING, CASE_REFUND_UNCONFIRMED, VERDICT_WINDOW},
        {LEG_PAID, CASE_REFUND_UNCONFIRMED, CLAIM_CASE, CASE_CREDIT_UNKNOWN, VERDICT_WINDOW}};
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        paid(rows[i].claim, 0, rows[i].claim, 0);
        order.legs[0].state = rows[i].leg;
        order.legs[0].reason = rows[i].leg_reason;
        order.claims[1].reason = rows[i].claim_reason;
        if (order_verdict(&order) != rows[i].verdict)
            fail_msg("row %zu: %d", i, order_verdict(&order));
    }
}

static void only_what_a_person_has_has_a_case(void **state) {
    (void)state;
    for (enum verdict verdict = VERDICT_NONE; verdict < VERDICT_COUNT; verdict++)
        assert_int_equal(verdict_has_case(verdict), verdict == VERDICT_WINDOW ||
                                                        verdict == VERDICT_REFUND_UNCONFIRMED ||
                                                        verdict == VERDICT_SETTLED);
}

static void money_was_seen_when_it_has_a_time(void **state) {
    (void)state;
    paid(CLAIM_DONE, 0, CLAIM_DONE, 0);
    assert_false(order_seen_paid(&order));
    order.legs[1].paid_ms = 1; /* behind the last */
    assert_false(order_seen_paid(&order));
    order.legs[0].paid_ms = 1;
    assert_true(order_seen_paid(&order));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_went_back_is_told_by_who_wanted_it),
        cmocka_unit_test(what_came_too_late_is_told_as_late),
        cmocka_unit_test(a_refund_that_nobody_confirms_is_told_apart),
        cmocka_unit_test(only_what_a_person_has_has_a_case),
        cmocka_unit_test(money_was_seen_when_it_has_a_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
