/* links: app/core/order/ app/core/terms/ tests/support/order_story.c */
/* An order that several legs pay: a claim waits for all its shares, a share that fails returns the
 * others, what is unknown waits. */
#include "tests/support/split_story.h"

/* Both legs are paid, the hospital has the deposit. */
static void at_credited_deposit(void) {
    card_and_code_pay();
    story_hears(&story, &order->run.claim[0],
                (struct event_answer){.outcome = OUTCOME_ACCEPTED, .no = "SN1"});
    durable();
    assert_int_equal(order->claims[0].state, CLAIM_DONE);
    assert_int_equal(sums().credited.fen, 10000);
}

static void legs_pay_claims_one_after_the_other(void **state) {
    static const struct story_leg legs[] = {
        {CHANNEL_WECHAT, 1500}, {CHANNEL_ALIPAY, 4000}, {CHANNEL_CARD, 500}, {0}};
    static const struct share shares[] = {{.claim = 0, .leg = 0, .amount = {1000}},
                                          {.claim = 1, .leg = 0, .amount = {500}},
                                          {.claim = 1, .leg = 1, .amount = {1500}},
                                          {.claim = 2, .leg = 1, .amount = {2500}},
                                          {.claim = 2, .leg = 2, .amount = {500}}};
    (void)state;
    story_begin_split(&story, 3, legs);
    assert_int_equal(order->share_count, 5);
    for (int i = 0; i < 5; i++) {
        assert_int_equal(order->shares[i].claim, shares[i].claim);
        assert_int_equal(order->shares[i].leg, shares[i].leg);
        assert_int_equal(order->shares[i].amount.fen, shares[i].amount.fen);
    }
    assert_int_equal(order_amount(order).fen, 6000);
    assert_ptr_equal(order_shown_leg(order), &order->legs[0]);
    assert_ptr_equal(order_leg_of_claim(order, 2), &order->legs[1]); /* not the card */
    assert_ptr_equal(order_leg_of_claim(order, 1), &order->legs[0]); /* of two alike the first */
    assert_int_equal(order_first_claim(order, 0), 0);
    assert_int_equal(order_first_claim(order, 1), 1);
    assert_int_equal(order_first_claim(order, 2), 2);
    assert_true(strcmp(order->legs[1].no, order->legs[0].no) > 0);
}

static void a_claim_begins_when_all_its_shares_are_paid(void **state) {
    (void)state;
    at_two_codes(1);
    leg_turns_out(0, TRADE_PAID);
    durable();
    assert_int_equal(order->claims[0].state, CLAIM_WAITING);
    assert_int_equal(order_state(order), ORDER_WAITING);
    assert_int_equal(sums().in_flight.fen, 600);
    leg_turns_out(1, TRADE_PAID);
    assert_int_equal(order->claims[0].state, CLAIM_CHECKING);
    assert_int_equal(order->run.claim[0].verb, VERB_BILLS);
}

static void a_claim_whose_own_shares_are_paid_does_not_wait_for_other_legs(void **state) {
    static const struct story_leg legs[] = {{CHANNEL_WECHAT, 1000}, {CHANNEL_ALIPAY, 2000}, {0}};
    (void)state;
    at_codes(2, legs);
    leg_turns_out(0, TRADE_PAID);
    assert_int_equal(order->claims[0].state, CLAIM_CHECKING);
    assert_int_equal(order->claims[1].state, CLAIM_WAITING);
}

/* Whichever comes first: nothing is credited with a part of its money. */
static void a_claim_waits_for_the_first_leg_as_for_the_last(void **state) {
    (void)state;
    at_two_codes(1);
    leg_turns_out(1, TRADE_PAID);
    durable();
    assert_false(order_claim_money(order, 0).paid);
    assert_int_equal(order->claims[0].state, CLAIM_WAITING);
    assert_int_equal(order->claims[0].tries, 0);
    leg_turns_out(0, TRADE_PAID);
    assert_true(order_claim_money(order, 0).paid);
    assert_int_equal(order->claims[0].state, CLAIM_CHECKING);
}

static void a_share_that_fails_returns_the_other_in_the_same_write(void **state) {
    (void)state;
    at_two_codes(1);
    leg_turns_out(0, TRADE_PAID);
    durable();
    leg_fails(1);
    assert_int_equal(story.persists, 1);
    assert_int_equal(story.notes[0].note, NOTE_CLOSED);
    assert_int_equal(story.notes[1].note, NOTE_REVERSING);
    assert_int_equal(story.note_count, 2);
    assert_int_equal(order->claims[0].state, CLAIM_REVERSING);
    assert_int_equal(order->refunds[0].leg, 0);
    assert_int_equal(order->refunds[0].amount.fen, 600);
    assert_true(order_claim_money(order, 0).failed);
    refund_says(0, OUTCOME_ACCEPTED);
    assert_int_equal(order->claims[0].state, CLAIM_REVERSED);
    assert_int_equal(order->claims[0].refunded.fen, 0); /* nobody asked for it */
    assert_int_equal(order_state(order), ORDER_RETURNED);
    assert_int_equal(sums().returned.fen, 600);
}

static void while_one_share_is_unknown_the_other_stays_where_it_is(void **state) {
    (void)state;
    story_begin_split(&story, 1, two_codes);
    durable();
    story_leg_hears(&story, 0, TRADE_WAIT);
    story_hears(&story, &order->run.leg[1], (struct event_answer){.outcome = OUTCOME_UNKNOWN});
    durable();
    leg_turns_out(0, TRADE_PAID);
    durable();
    for (int i = 0; i < 20; i++) {
        ask_leg(1);
        story_hears(&story, &order->run.leg[1],
                    (struct event_answer){.outcome = OUTCOME_UNKNOWN, .code = "1"});
    }
    assert_int_equal(order->legs[1].state, LEG_PLACE_UNKNOWN);
    assert_int_equal(order->refund_count, 0);
    assert_int_equal(order->claims[0].state, CLAIM_WAITING);
    leg_turns_out(1, TRADE_PAID);
    assert_int_equal(order->claims[0].state, CLAIM_CHECKING);
}

static void nobody_is_asked_to_pay_what_would_only_go_back(void **state) {
    (void)state;
    at_two_codes(1);
    leg_fails(0);
    assert_int_equal(order->legs[1].state, LEG_CLOSING);
    assert_int_equal(order->claims[0].state, CLAIM_REVERSING);
    close_hears(1, (struct event_answer){.outcome = OUTCOME_ACCEPTED});
    assert_int_equal(order->claims[0].state, CLAIM_VOID);
    assert_int_equal(order->refund_count, 0);
}

static void a_share_that_is_paid_after_the_other_failed_goes_back(void **state) {
    (void)state;
    at_two_codes(1);
    leg_fails(0);
    close_hears(1, (struct event_answer){.outcome = OUTCOME_DECLINED, .not_closed = true});
    durable();
    leg_turns_out(1, TRADE_PAID);
    assert_int_equal(order->claims[0].state, CLAIM_REVERSING);
    refund_says(0, OUTCOME_ACCEPTED);
    assert_int_equal(order->claims[0].state, CLAIM_REVERSED);
    assert_int_equal(sums().returned.fen, 400);
}

static void a_card_whose_sale_runs_for_nothing_is_told_to_stop(void **state) {
    (void)state;
    story_begin_split(&story, 0, card_and_code);
    durable();
    story_leg_hears(&story, 1, TRADE_FAILED);
    durable();
    story_hears(&story, &order->run.leg[1], (struct event_answer){.outcome = OUTCOME_ACCEPTED});
    assert_true(order->run.leg[0].cancel_request != 0);
    story.request = order->run.leg[0].cancel_request;
    story_says(&story, OUTCOME_ACCEPTED, "");
    assert_int_equal(order->run.leg[0].cancel_request, 0);
    story_leg_hears(&story, 0, TRADE_PAID); /* too late: it goes back */
    assert_int_equal(order->refunds[0].amount.fen, 6000);
    refund_says(0, OUTCOME_ACCEPTED);
    assert_int_equal(order->claims[0].state, CLAIM_REVERSED);
}

static void late_money_of_one_share_fails_the_claim(void **state) {
    (void)state;
    at_two_codes(1);
    leg_turns_out(0, TRADE_PAID);
    durable();
    ask_leg(1);
    story_hears(&story, &order->run.leg[1],
                (struct event_answer){.outcome = OUTCOME_ACCEPTED,
                                      .trade = TRADE_PAID,
                                      .has_amount = true,
                                      .amount = {400},
                                      .time_ms = order->legs[1].expire_ms + 1000});
    assert_int_equal(order->legs[1].state, LEG_PAID_AFTER_CLOSE);
    assert_int_equal(order->claims[0].state, CLAIM_REVERSING);
    refund_says(0, OUTCOME_ACCEPTED);
    assert_int_equal(order->claims[0].state, CLAIM_REVERSED);
    assert_int_equal(sums().returned.fen, 600);
    assert_int_equal(sums().in_flight.fen, 400); /* the platform returns it */
}

static void another_amount_of_one_share_keeps_the_other_for_the_person(void **state) {
    (void)state;
    at_two_codes(1);
    leg_turns_out(0, TRADE_PAID);
    durable();
    ask_leg(1);
    story_hears(&story, &order->run.leg[1],
                (struct event_answer){.outcome = OUTCOME_ACCEPTED,
                                      .trade = TRADE_PAID,
                                      .has_amount = true,
                                      .amount = {399},
                                      .time_ms = story.now.wall_ms});
    durable();
    assert_int_equal(order->legs[1].state, LEG_CASE);
    assert_int_equal(order->claims[0].state, CLAIM_WAITING);
    assert_int_equal(order->refund_count, 0);
    assert_int_equal(sums().in_cases.fen, 1000);
    assert_int_equal(order_state(order), ORDER_CASE);
    assert_true(order_finished(order));
}

static void refused_by_the_hospital_all_shares_go_back(void **state) {
    (void)state;
    card_and_code_pay();
    assert_int_equal(story.verb, VERB_CREDIT);
    story_refuses(&story, 0);
    assert_int_equal(order->refund_count, 2);
    refund_says(0, OUTCOME_ACCEPTED);
    assert_int_equal(order->claims[0].state, CLAIM_REVERSING);
    refund_says(1, OUTCOME_ACCEPTED);
    assert_int_equal(order->claims[0].state, CLAIM_REVERSED);
    assert_int_equal(sums().returned.fen, 10000);
}

static void a_return_that_is_refused_is_the_case_of_that_share(void **state) {
    (void)state;
    card_and_code_pay();
    story_refuses(&story, 0);
    refund_says(0, OUTCOME_DECLINED); /* the card's */
    assert_int_equal(order->shares[0].reason, CASE_REFUND_REFUSED);
    assert_int_equal(order->claims[0].state, CLAIM_REVERSING); /* the other is on its way */
    refund_says(1, OUTCOME_ACCEPTED);
    assert_int_equal(order->claims[0].state, CLAIM_CASE);
    assert_int_equal(order->claims[0].reason, CASE_REFUND_REFUSED);
    assert_int_equal(sums().returned.fen, 4000);
    assert_int_equal(sums().in_cases.fen, 6000);
}

static enum refusal give_back(int64_t fen) {
    struct order_rules rules = story_rules(&story);
    effects_clear(&story.out);
    enum refusal refusal =
        order_refund_request(order, &rules, 0, (struct fen){fen}, story.now, &story.out);
    effects_clear(&story.out);
    return refusal;
}

static void hospital_takes_back(int64_t fen) {
    durable();
    assert_int_equal(story.verb, VERB_UNCREDIT);
    assert_int_equal(order_refunding(order, 0).fen, fen);
    story_hears(&story, &order->run.claim[0], (struct event_answer){.outcome = OUTCOME_ACCEPTED});
}

static void a_part_goes_back_from_what_needs_no_card_first(void **state) {
    (void)state;
    at_credited_deposit();
    assert_int_equal(give_back(3000), REFUSAL_NONE);
    assert_int_equal(order->refund_count, 1);
    assert_int_equal(order->refunds[0].leg, 1);
    hospital_takes_back(3000);
    refund_says(0, OUTCOME_ACCEPTED);
    assert_int_equal(order->claims[0].state, CLAIM_DONE);
    assert_int_equal(order->claims[0].refunded.fen, 3000);
    assert_int_equal(give_back(2000), REFUSAL_NONE); /* 10.00 are left of the code */
    assert_int_equal(order->refund_count, 3);
    hospital_takes_back(2000);
    assert_int_equal(order->refunds[1].amount.fen + order->refunds[2].amount.fen, 2000);
    for (int i = 1; i < 3; i++)
        assert_int_equal(order->refunds[i].amount.fen, 1000);
    refund_says(1, OUTCOME_ACCEPTED);
    assert_int_equal(order->claims[0].state, CLAIM_UNCREDITING);
    refund_says(2, OUTCOME_ACCEPTED);
    assert_int_equal(order->claims[0].state, CLAIM_DONE);
    assert_int_equal(sums().credited.fen, 5000);
    assert_int_equal(give_back(5001), REFUSAL_OVER_PAID);
    assert_int_equal(give_back(5000), REFUSAL_NONE);
    hospital_takes_back(5000);
    refund_says(3, OUTCOME_ACCEPTED);
    assert_int_equal(order->claims[0].state, CLAIM_REFUNDED);
    assert_int_equal(sums().returned.fen, 10000);
}

static void what_the_hospital_keeps_none_of_the_legs_returns(void **state) {
    (void)state;
    at_credited_deposit();
    assert_int_equal(give_back(10000), REFUSAL_NONE);
    durable();
    story_hears(&story, &order->run.claim[0], (struct event_answer){.outcome = OUTCOME_DECLINED});
    for (int i = 0; i < 2; i++)
        assert_int_equal(order->refunds[i].state, REFUND_REFUSED);
    assert_int_equal(order->claims[0].state, CLAIM_DONE);
    assert_int_equal(sums().credited.fen, 10000);
}

static void taken_back_and_one_leg_refuses(void **state) {
    (void)state;
    at_credited_deposit();
    assert_int_equal(give_back(10000), REFUSAL_NONE);
    hospital_takes_back(10000);
    int card = order->refunds[0].leg == 0 ? 0 : 1;
    refund_says(card, OUTCOME_DECLINED);
    assert_int_equal(order->claims[0].state, CLAIM_UNCREDITING);
    refund_says(1 - card, OUTCOME_ACCEPTED);
    assert_int_equal(order->claims[0].state, CLAIM_CASE);
    assert_int_equal(order->claims[0].reason, CASE_UNCREDITED_NOT_REFUNDED);
    assert_int_equal(order->claims[0].refunded.fen, 4000);
    assert_int_equal(sums().in_cases.fen, 6000);
}

/* The platform returned all of a payment, it says. Of the other bill that it paid a part a refund
 * was refused, and only the other leg's is on its way: not all of it went back rightly. */
static void what_one_leg_returns_is_not_what_the_other_does(void **state) {
    static const struct story_leg legs[] = {{CHANNEL_WECHAT, 1500}, {CHANNEL_ALIPAY, 1500}, {0}};
    (void)state;
    for (int both = 0; both < 2; both++) {
        at_codes(2, legs);
        leg_turns_out(0, TRADE_PAID);
        durable();
        leg_turns_out(1, TRADE_PAID);
        durable();
        story.request = order->run.claim[0].request;
        story.verb = VERB_BILLS;
        story_lists(&story, 0, 2);
        durable();
        story_refuses(&story, 0);
        refund_says(0, OUTCOME_DECLINED);
        durable();
        assert_int_equal(order->run.refund[0].verb, VERB_ASK);
        order->claims[1].state = CLAIM_UNCREDITING;
        order->refund_count = 3;
        for (int i = 1; i < 3; i++)
            order->refunds[i] =
                (struct refund){.claim = 1,
                                .leg = (uint8_t)(i - 1),
                                .amount = order->shares[i].amount,
                                .state = i == 2 || both ? REFUND_NEW : REFUND_REFUSED};
        order->run.refund[1].refused = order->run.refund[2].refused = true;
        order->run.claim[1] = (struct part_run){0};
        story_hears(&story, &order->run.refund[0],
                    (struct event_answer){
                        .outcome = OUTCOME_UNKNOWN, .trade = TRADE_RETURNED, .code = "4"});
        assert_int_equal(order->claims[0].state, both ? CLAIM_REVERSED : CLAIM_CASE);
    }
}

static void a_restart_in_the_middle_asks_for_both_returns(void **state) {
    (void)state;
    at_credited_deposit();
    assert_int_equal(give_back(10000), REFUSAL_NONE);
    hospital_takes_back(10000);
    durable();
    story_restart(&story);
    for (int i = 0; i < 2; i++) {
        assert_int_equal(order->run.refund[i].verb, VERB_ASK_REFUND);
        story_hears(&story, &order->run.refund[i],
                    (struct event_answer){.outcome = OUTCOME_ACCEPTED});
    }
    assert_int_equal(order->claims[0].state, CLAIM_REFUNDED);
}

static void a_cancel_returns_what_was_paid_of_it(void **state) {
    (void)state;
    at_two_codes(1);
    leg_turns_out(0, TRADE_PAID);
    durable();
    story_cancel(&story);
    close_hears(1, (struct event_answer){.outcome = OUTCOME_ACCEPTED});
    refund_says(0, OUTCOME_ACCEPTED);
    assert_int_equal(order_state(order), ORDER_RETURNED);
}

static void a_claim_that_a_platform_credits_has_no_credit_of_ours(void **state) {
    (void)state;
    at_two_codes(1);
    order->claims[0].creditor = CREDITOR_PLATFORM; /* fixed when it was opened */
    leg_turns_out(0, TRADE_PAID);
    durable();
    leg_turns_out(1, TRADE_PAID);
    durable();
    assert_int_equal(order->claims[0].state, CLAIM_DONE);
    assert_int_equal(order->claims[0].tries, 0);
    assert_true(order_finished(order));
    /* The platform tells the HIS of the refund, too: no ORG_005 of ours. */
    assert_int_equal(give_back(1000), REFUSAL_NONE);
    assert_int_equal(order->run.claim[0].wanted, VERB_NONE);
    assert_int_equal(order->refunds[0].state, REFUND_SENDING);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(legs_pay_claims_one_after_the_other),
        cmocka_unit_test(a_claim_begins_when_all_its_shares_are_paid),
        cmocka_unit_test(a_claim_whose_own_shares_are_paid_does_not_wait_for_other_legs),
        cmocka_unit_test(a_claim_waits_for_the_first_leg_as_for_the_last),
        cmocka_unit_test(a_share_that_fails_returns_the_other_in_the_same_write),
        cmocka_unit_test(while_one_share_is_unknown_the_other_stays_where_it_is),
        cmocka_unit_test(nobody_is_asked_to_pay_what_would_only_go_back),
        cmocka_unit_test(a_share_that_is_paid_after_the_other_failed_goes_back),
        cmocka_unit_test(a_card_whose_sale_runs_for_nothing_is_told_to_stop),
        cmocka_unit_test(late_money_of_one_share_fails_the_claim),
        cmocka_unit_test(another_amount_of_one_share_keeps_the_other_for_the_person),
        cmocka_unit_test(refused_by_the_hospital_all_shares_go_back),
        cmocka_unit_test(a_return_that_is_refused_is_the_case_of_that_share),
        cmocka_unit_test(a_part_goes_back_from_what_needs_no_card_first),
        cmocka_unit_test(what_the_hospital_keeps_none_of_the_legs_returns),
        cmocka_unit_test(taken_back_and_one_leg_refuses),
        cmocka_unit_test(what_one_leg_returns_is_not_what_the_other_does),
        cmocka_unit_test(a_restart_in_the_middle_asks_for_both_returns),
        cmocka_unit_test(a_cancel_returns_what_was_paid_of_it),
        cmocka_unit_test(a_claim_that_a_platform_credits_has_no_credit_of_ours),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
