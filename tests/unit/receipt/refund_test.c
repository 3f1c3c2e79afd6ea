/* What goes back, on paper: late money, what was not credited, refunds and their reprints. */
#include <stdlib.h>

#include "tests/unit/receipt/paper_story.h"

static void partly_credited_and_the_rest_returned(void **state) {
    struct order order = paid_order();
    struct session session = visit_of(&order);

    (void)state;
    order.claims[1].state = CLAIM_REVERSED;
    matches("partly-zh", compose(&order, &session, LANGUAGE_ZH, false));
}

static void all_returned(void **state) {
    struct order order = paid_order();

    (void)state;
    for (int i = 0; i < 3; i++)
        order.claims[i].state = CLAIM_REVERSED;
    matches("returned-en", compose(&order, NULL, LANGUAGE_EN, false));
}

/* Money that came too late never bought anything. */
static void late_money_goes_back(void **state) {
    struct order order = paid_order();

    (void)state;
    order.legs[0].state = LEG_RETURNED;
    for (int i = 0; i < 3; i++)
        order.claims[i].state = CLAIM_VOID;
    matches("late-zh", compose(&order, NULL, LANGUAGE_ZH, false));
}

static struct refund a_refund(const char *no, int claim, enum refund_state state, int64_t fen) {
    struct refund refund = {.state = state,
                            .claim = (int8_t)claim,
                            .amount = {fen},
                            .created_ms = NOON_MS + 62000,
                            .done_ms = NOON_MS + 64000};

    memcpy(refund.no, no, ORDER_NO_SIZE);
    return refund;
}

static void a_reprint_names_what_was_given_back(void **state) {
    struct order order = paid_order();

    (void)state;
    order.claims[1].state = CLAIM_REFUNDED;
    order.claims[1].refunded = order.claims[1].amount;
    order.refund_count = 1;
    order.refunds[0] = a_refund("26112011257K00010008", 1, REFUND_DONE, 3600);
    matches("refunded-reprint-zh", compose(&order, NULL, LANGUAGE_ZH, true));
}

/* The second of two payments is still being confirmed. */
static void a_refund_names_every_payment_it_gave_back(void **state) {
    struct order order = paid_order();
    struct session session = visit_of(&order);

    (void)state;
    order.claims[0].state = CLAIM_UNCREDITING;
    order.refund_count = 1;
    order.refunds[0] = a_refund("26112011257K00010009", 0, REFUND_UNKNOWN, 12850);
    session.service = SERVICE_REFUND;
    session.giving_back.step = 1;
    session.payment.verdict = VERDICT_REFUNDING;
    session.giving_back.plan =
        (struct refund_plan){.count = 3,
                             .steps = {{.order_no = "26112011247K00010005",
                                        .refund_no = "26112011257K00010008",
                                        .amount = {20000},
                                        .done = true},
                                       {.refund_no = "26112011257K00010009", .amount = {12850}},
                                       {.order_no = "26112011247K00010003", .amount = {100}}}};
    memcpy(session.giving_back.plan.steps[1].order_no, order.no, ORDER_NO_SIZE);
    matches("refunding-zh", compose(&order, &session, LANGUAGE_ZH, false));
    order.refunds[0].state = REFUND_CASE;
    order.claims[0].state = CLAIM_CASE;
    order.claims[0].reason = CASE_REFUND_UNCONFIRMED;
    session.payment.verdict = VERDICT_REFUND_UNCONFIRMED;
    matches("refund-unconfirmed-en", compose(&order, &session, LANGUAGE_EN, false));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(partly_credited_and_the_rest_returned),
        cmocka_unit_test(all_returned),
        cmocka_unit_test(late_money_goes_back),
        cmocka_unit_test(a_reprint_names_what_was_given_back),
        cmocka_unit_test(a_refund_names_every_payment_it_gave_back),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
