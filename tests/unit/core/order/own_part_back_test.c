/* links: app/core/order/ app/core/terms/ tests/support/order_story.c */
/* The own part of an insured bill over another route, when it does not come to its end: the
 * insurance's part goes back, the bill is held until it has, and each goes back by its own route.
 */
#include "tests/support/own_part_story.h"

static void who_leaves_gets_the_insurance_back(void **state) {
    static const enum trade_state ends[] = {TRADE_INSURANCE_RETURNED, TRADE_RETURNED};
    (void)state;
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        own_is_due(250);
        story_cancel(&story);
        assert_int_equal(story.persists, 1);
        assert_int_equal(story.notes[0].note, NOTE_DECLINED);
        assert_int_equal(story.notes[1].note, NOTE_REVERSING);
        story_durable(&story);
        assert_int_equal(story.verb, VERB_REFUND);
        assert_int_equal(own->state, LEG_DECLINED);
        assert_int_equal(claim->state, CLAIM_REVERSING);
        assert_int_equal(order->refunds[0].amount.fen, 750);
        assert_int_equal(order_refund_part(order, 0), REFUND_INSURANCE);
        insurance_is_back(ends[i], "8");
        assert_int_equal(claim->state, CLAIM_REVERSED);
        assert_int_equal(order_sums(order).returned.fen, 750);
        assert_int_equal(order_state(order), ORDER_RETURNED);
        assert_true(order_finished(order));
    }
}

/* Nobody can upload the bill anew as long as its settlement stands. */
static void the_bill_is_held_until_the_settlement_is_back(void **state) {
    (void)state;
    own_is_due(250);
    assert_true(order_claim_holds(order, 0));
    story_cancel(&story);
    story_durable(&story);
    assert_int_equal(claim->state, CLAIM_REVERSING);
    assert_true(order_claim_holds(order, 0));
    insurance_is_back(TRADE_INSURANCE_RETURNED, "8");
    assert_false(order_claim_holds(order, 0));
}

/* What else goes back of it holds nothing: the settlement does, alone. */
static void the_settlement_alone_holds_the_bill(void **state) {
    (void)state;
    for (int insurance_first = 0; insurance_first < 2; insurance_first++) {
        own_is_paid();
        story_lists(&story, 0, 1);
        story_durable(&story);
        story_refuses(&story, 0);
        story_durable(&story);
        if (insurance_first)
            insurance_is_back(TRADE_INSURANCE_RETURNED, "8");
        else
            own_is_back(OUTCOME_ACCEPTED);
        assert_int_equal(claim->state, CLAIM_REVERSING);
        assert_int_equal(order_claim_holds(order, 0), !insurance_first);
    }
}

/* Any other state is no end of it. */
static void the_insurance_is_not_back_before_it_is(void **state) {
    static const enum trade_state others[] = {TRADE_OWN_RETURNED, TRADE_HALF_RETURNED,
                                              TRADE_REVOKED, TRADE_SETTLING};
    (void)state;
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        own_is_due(250);
        story_cancel(&story);
        story_durable(&story);
        insurance_is_back(others[i], "11");
        assert_int_equal(order->refunds[0].state, REFUND_UNKNOWN);
        assert_int_equal(claim->state, CLAIM_REVERSING);
    }
}

static void a_code_that_is_closed_returns_the_insurance_and_is_watched(void **state) {
    (void)state;
    own_is_shown();
    story_cancel(&story);
    story_durable(&story);
    assert_int_equal(story.verb, VERB_CLOSE);
    assert_int_equal(order->refund_count, 0);
    story_says(&story, OUTCOME_ACCEPTED, "0");
    story_durable(&story);
    assert_int_equal(own->state, LEG_CLOSED);
    assert_int_equal(order->refunds[0].leg, 0);
    insurance_is_back(TRADE_INSURANCE_RETURNED, "8");
    assert_int_equal(claim->state, CLAIM_REVERSED);
    next_is(VERB_ASK); /* late money is looked for */
    story_leg_hears(&story, 1, TRADE_PAID);
    story_durable(&story);
    assert_int_equal(own->state, LEG_PAID_AFTER_CLOSE);
    assert_int_equal(order_sums(order).in_flight.fen, 250);
    assert_int_equal(claim->state, CLAIM_REVERSED);
}

static void an_insurance_that_keeps_its_part_is_a_case_of_that_share(void **state) {
    (void)state;
    own_is_due(250);
    story_cancel(&story);
    story_durable(&story);
    story_hears(&story, &order->run.refund[0],
                (struct event_answer){.outcome = OUTCOME_UNKNOWN, .code = "0"});
    for (int i = 0; i < 200 && claim->state != CLAIM_CASE; i++) {
        assert_true(story_until_sent(&story, HOURS_MS));
        story_hears(&story, &order->run.refund[0],
                    story.verb == VERB_REFUND
                        ? (struct event_answer){.outcome = OUTCOME_UNKNOWN, .code = "0"}
                        : answer_in(OUTCOME_ACCEPTED, TRADE_PAID, "6"));
        story_durable(&story);
    }
    assert_int_equal(claim->reason, CASE_REFUND_REFUSED);
    assert_int_equal(order_sums(order).in_cases.fen, 750);
    assert_int_equal(order->refund_count, 1);
}

static void what_the_hospital_refuses_goes_back_each_by_its_route(void **state) {
    (void)state;
    own_is_paid();
    story_lists(&story, 0, 1);
    story_durable(&story);
    story_refuses(&story, 0);
    story_durable(&story);
    assert_int_equal(claim->state, CLAIM_REVERSING);
    assert_int_equal(order->refund_count, 2);
    assert_int_equal(order->refunds[0].amount.fen, 750);
    assert_int_equal(order->refunds[1].amount.fen, 250);
    assert_int_equal(order_refund_part(order, 0), REFUND_INSURANCE);
    own_is_back(OUTCOME_ACCEPTED);
    assert_int_equal(claim->state, CLAIM_REVERSING);
    insurance_is_back(TRADE_INSURANCE_RETURNED, "8");
    assert_int_equal(claim->state, CLAIM_REVERSED);
    assert_int_equal(order_sums(order).returned.fen, 1000);
}

/* The insurance paid nothing, but its settlement stands: it goes back too. */
static void a_settlement_of_nothing_goes_back_as_well(void **state) {
    (void)state;
    own_is_due(1000);
    assert_int_equal(own->amount.fen, 1000);
    assert_int_equal(order_leg_amount(order, 0).fen, 0);
    assert_int_equal(order_sums(order).paid.fen, 0);
    story_cancel(&story);
    story_durable(&story);
    assert_int_equal(story.verb, VERB_REFUND);
    assert_int_equal(order->refunds[0].amount.fen, 0);
    assert_int_equal(order_refund_part(order, 0), REFUND_INSURANCE);
    insurance_is_back(TRADE_INSURANCE_RETURNED, "8");
    assert_int_equal(claim->state, CLAIM_VOID);
    assert_int_equal(order_verdict(order), VERDICT_NOT_PAID);
    assert_true(order_finished(order));
}

static void a_refund_tells_the_hospital_first_and_returns_both(void **state) {
    (void)state;
    own_is_credited();
    assert_int_equal(want_back(250), REFUSAL_WHOLE); /* it is part of the whole credit */
    assert_int_equal(want_back(750), REFUSAL_WHOLE);
    assert_int_equal(want_back(1000), REFUSAL_NONE);
    story_durable(&story);
    assert_int_equal(story.verb, VERB_UNCREDIT);
    assert_int_equal(order->refund_count, 2);
    story_says(&story, OUTCOME_ACCEPTED, "succ");
    story_durable(&story);
    assert_int_equal(order_refund_of_all(order, 1), 1);
    own_is_back(OUTCOME_ACCEPTED);
    assert_int_equal(claim->state, CLAIM_UNCREDITING);
    assert_int_equal(order_refund_of_all(order, 1), 0); /* the one that is not decided */
    insurance_is_back(TRADE_INSURANCE_RETURNED, "8");
    assert_int_equal(order_refund_of_all(order, 1), 1);
    assert_int_equal(claim->state, CLAIM_REFUNDED);
    assert_int_equal(claim->refunded.fen, 1000);
    assert_int_equal(order_verdict(order), VERDICT_REFUNDED);
}

/* An ORG_005 without an answer: asked, the HIS names the own part that it has, or none of it. */
static void what_is_still_booked_is_told_by_the_own_part(void **state) {
    static const struct {
        int64_t named_fen;
        enum claim_state state;
    } rows[] = {{250, CLAIM_DONE}, {0, CLAIM_UNCREDITING}, {1000, CLAIM_CASE}};
    (void)state;
    for (size_t r = 0; r < sizeof rows / sizeof rows[0]; r++) {
        own_is_credited();
        story.policy.settle_result = SETTLE_RESULT_ORDER;
        assert_int_equal(want_back(1000), REFUSAL_NONE);
        story_durable(&story);
        story_says(&story, OUTCOME_UNKNOWN, "-28");
        for (int i = 0;
             i < 100 && order->refunds[0].state == REFUND_NEW && claim->state == CLAIM_UNCREDITING;
             i++) {
            story_answer(&story, (struct event_answer){.outcome = OUTCOME_ACCEPTED,
                                                       .no = "SN1",
                                                       .has_amount = true,
                                                       .amount = {rows[r].named_fen}});
            story_durable(&story);
            if (claim->state == CLAIM_UNCREDITING)
                assert_true(story_until_sent(&story, HOURS_MS));
        }
        assert_int_equal(claim->state, rows[r].state);
        if (rows[r].state == CLAIM_UNCREDITING)
            assert_int_not_equal(order->refunds[0].state, REFUND_NEW); /* the money has left */
    }
}

static void a_refund_of_a_settlement_of_nothing_takes_it_back(void **state) {
    (void)state;
    own_is_due(1000);
    story_choose(&story, CHANNEL_WECHAT);
    story_durable(&story);
    story_leg_hears(&story, 1, TRADE_PAID);
    story_durable(&story);
    story_lists(&story, 0, 1);
    story_durable(&story);
    story_hears(&story, &order->run.claim[0],
                (struct event_answer){.outcome = OUTCOME_ACCEPTED, .no = "SN1"});
    story_durable(&story);
    assert_int_equal(want_back(1000), REFUSAL_NONE);
    assert_int_equal(order->refund_count, 2);
    assert_int_equal(order->refunds[0].amount.fen, 0);
    assert_int_equal(order->refunds[0].leg, 0);
    assert_int_equal(order->refunds[1].amount.fen, 1000);
}

static void a_part_that_does_not_come_back_is_the_case_alone(void **state) {
    (void)state;
    own_is_credited();
    assert_int_equal(want_back(1000), REFUSAL_NONE);
    story_durable(&story);
    story_says(&story, OUTCOME_ACCEPTED, "succ");
    story_durable(&story);
    own_is_back(OUTCOME_DECLINED); /* the payment is asked whether the platform returned it */
    assert_true(story_until_sent(&story, HOURS_MS));
    story_leg_hears(&story, 1, TRADE_PAID);
    for (int i = 0; i < 50 && !refund_traits(order->refunds[1].state)->settled; i++) {
        int at = order->refunds[0].leg == 1 ? 0 : 1;
        if (order->run.refund[at].request == 0 && !story_until_sent(&story, HOURS_MS))
            break;
        if (order->run.refund[at].request != 0)
            story_hears(&story, &order->run.refund[at],
                        (struct event_answer){.outcome = OUTCOME_ACCEPTED,
                                              .trade = TRADE_PAID,
                                              .has_amount = true,
                                              .amount = {250}});
        story_durable(&story);
    }
    insurance_is_back(TRADE_INSURANCE_RETURNED, "8");
    assert_int_equal(claim->state, CLAIM_CASE);
    assert_int_equal(claim->reason, CASE_UNCREDITED_NOT_REFUNDED);
    assert_int_equal(order_claim_in_case(order, 0).fen, 250);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_leaves_gets_the_insurance_back),
        cmocka_unit_test(the_bill_is_held_until_the_settlement_is_back),
        cmocka_unit_test(the_settlement_alone_holds_the_bill),
        cmocka_unit_test(the_insurance_is_not_back_before_it_is),
        cmocka_unit_test(a_code_that_is_closed_returns_the_insurance_and_is_watched),
        cmocka_unit_test(an_insurance_that_keeps_its_part_is_a_case_of_that_share),
        cmocka_unit_test(what_the_hospital_refuses_goes_back_each_by_its_route),
        cmocka_unit_test(a_settlement_of_nothing_goes_back_as_well),
        cmocka_unit_test(a_refund_tells_the_hospital_first_and_returns_both),
        cmocka_unit_test(what_is_still_booked_is_told_by_the_own_part),
        cmocka_unit_test(a_refund_of_a_settlement_of_nothing_takes_it_back),
        cmocka_unit_test(a_part_that_does_not_come_back_is_the_case_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
