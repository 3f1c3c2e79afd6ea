/* links: app/core/order/ app/core/terms/ tests/support/order_story.c */
/* What follows from a fact for the other parts of an order: other claims of the same legs, other
 * legs of the same claims, and a refund for which there is no room. */
#include "tests/support/split_story.h"

/* Two bills, 10.00 and 20.00, each with a code of its own: both stand on the screen. */
static void at_a_code_for_each_bill(void) {
    static const struct story_leg legs[] = {{CHANNEL_WECHAT, 1000}, {CHANNEL_ALIPAY, 2000}, {0}};
    at_codes(2, legs);
}

static void leg_turns_out_with(int leg, int64_t fen, int64_t time_ms) {
    ask_leg(leg);
    story_hears(&story, &order->run.leg[leg],
                (struct event_answer){.outcome = OUTCOME_ACCEPTED,
                                      .trade = TRADE_PAID,
                                      .has_amount = true,
                                      .amount = {fen},
                                      .time_ms = time_ms});
    durable();
}

/* Late money of it is still with the platform when its window is over. */
static void leg_stays_paid(int leg) {
    struct part_run *run = &order->run.leg[leg];
    story.now.wall_ms = order->legs[leg].paid_ms + story.policy.late_window_ms;
    for (int i = 0; i < 60 && run->request == 0; i++)
        story_tick(&story, 30000);
    story_leg_hears(&story, leg, TRADE_PAID);
}

/* Refused refunds of another leg, as many as an order has room for. */
static void no_room_for_refunds(int other_leg, int claim) {
    struct refund other = {
        .leg = (uint8_t)other_leg, .claim = (int8_t)claim, .state = REFUND_REFUSED};
    for (order->refund_count = 0; order->refund_count < REFUNDS_MAX; order->refund_count++)
        order->refunds[order->refund_count] = other;
}

static bool is_noted(enum note note) {
    for (int i = 0; i < story.note_count; i++)
        if (story.notes[i].note == note)
            return true;
    return false;
}

/* The platform says no, and that the payment stands as it was. */
static void refund_is_turned_down(int refund) {
    struct part_run *run = &order->run.refund[refund];
    refund_says(refund, OUTCOME_DECLINED);
    durable();
    for (int i = 0; i < 100 && run->request == 0; i++)
        story_tick(&story, 1000);
    story_hears(&story, run,
                (struct event_answer){.outcome = OUTCOME_ACCEPTED, .trade = TRADE_PAID});
    durable();
    assert_int_equal(order->refunds[refund].state, REFUND_REFUSED);
}

static void a_bill_that_nobody_paid_is_void_whatever_paid_the_other(void **state) {
    (void)state;
    at_a_code_for_each_bill();
    leg_turns_out(1, TRADE_PAID);
    durable();
    leg_fails(0);
    assert_int_equal(order->claims[0].state, CLAIM_VOID);
    assert_true(claim_traits(order->claims[1].state)->paid);
    assert_int_equal(order->refund_count, 0);
}

static void a_code_beside_what_is_with_a_person_is_closed(void **state) {
    (void)state;
    at_two_codes(1);
    leg_turns_out_with(0, 599, story.now.wall_ms);
    assert_int_equal(order->legs[0].state, LEG_CASE);
    assert_int_equal(order->legs[1].state, LEG_CLOSING);
    close_hears(1, (struct event_answer){.outcome = OUTCOME_ACCEPTED});
    assert_int_equal(order->legs[1].state, LEG_CLOSED);
}

/* ... but not the code of another bill. */
static void a_code_of_another_bill_stays(void **state) {
    (void)state;
    at_a_code_for_each_bill();
    leg_turns_out_with(0, 999, story.now.wall_ms);
    assert_int_equal(order->legs[0].state, LEG_CASE);
    assert_int_equal(order->legs[1].state, LEG_WAITING);
    leg_turns_out(1, TRADE_PAID);
    assert_int_equal(order->claims[1].state, CLAIM_CHECKING);
}

/* One code for half of the first bill, the other for the rest and the second bill. */
static void a_code_that_another_bill_needs_stays(void **state) {
    static const struct story_leg legs[] = {{CHANNEL_WECHAT, 500}, {CHANNEL_ALIPAY, 2500}, {0}};
    (void)state;
    at_codes(2, legs);
    leg_fails(0);
    durable();
    assert_int_equal(order->claims[0].state, CLAIM_REVERSING);
    assert_int_equal(order->legs[1].state, LEG_WAITING);
    leg_turns_out(1, TRADE_PAID);
    assert_int_equal(order->claims[1].state, CLAIM_CHECKING);
    refund_says(0, OUTCOME_ACCEPTED);
    assert_int_equal(order->claims[0].state, CLAIM_REVERSED);
    assert_int_equal(sums().returned.fen, 500);
}

/* ... also where it is the first of all that the code pays. */
static void a_code_that_the_first_bill_needs_stays(void **state) {
    static const struct story_leg legs[] = {{CHANNEL_WECHAT, 2500}, {CHANNEL_ALIPAY, 500}, {0}};
    (void)state;
    at_codes(2, legs);
    leg_fails(1);
    durable();
    assert_int_equal(order->legs[0].state, LEG_WAITING);
    leg_turns_out(0, TRADE_PAID);
    assert_int_equal(order->claims[0].state, CLAIM_CHECKING);
    assert_int_equal(order->claims[1].state, CLAIM_REVERSING);
    durable();
    assert_int_equal(order->refund_count, 1);
    assert_int_equal(order->refunds[0].amount.fen, 1500);
}

static void a_share_without_room_for_its_refund_is_for_a_person(void **state) {
    (void)state;
    at_two_codes(1);
    leg_turns_out(0, TRADE_PAID);
    durable();
    no_room_for_refunds(1, 0);
    leg_fails(1);
    assert_int_equal(order->claims[0].state, CLAIM_CASE);
    assert_int_equal(order->claims[0].reason, CASE_NO_ACT);
    assert_int_equal(order->shares[0].reason, CASE_NO_ACT);
    assert_false(is_noted(NOTE_REVERSING));
    assert_int_equal(sums().in_cases.fen, 600);
    assert_int_equal(order->refund_count, REFUNDS_MAX);
}

static void late_money_without_room_for_its_refund_is_for_a_person(void **state) {
    (void)state;
    at_two_codes(1);
    leg_turns_out_with(1, 400, order->legs[1].expire_ms + 1000);
    assert_int_equal(order->legs[1].state, LEG_PAID_AFTER_CLOSE);
    no_room_for_refunds(0, PART_NONE);
    leg_stays_paid(1);
    assert_int_equal(order->legs[1].reason, CASE_NO_ACT);
    assert_false(is_noted(NOTE_REFUND_SENDING));
    assert_int_equal(sums().in_cases.fen, 400);
}

/* The refund of one code was refused; late money of the other has nothing to do with it. */
static void late_money_goes_back_whatever_became_of_the_other_share(void **state) {
    (void)state;
    at_two_codes(1);
    leg_turns_out(0, TRADE_PAID);
    durable();
    leg_turns_out_with(1, 400, order->legs[1].expire_ms + 1000);
    refund_is_turned_down(0);
    assert_int_equal(order->claims[0].reason, CASE_REFUND_REFUSED);
    leg_stays_paid(1);
    assert_int_equal(order->legs[1].state, LEG_PAID_AFTER_CLOSE);
    assert_int_equal(order->refunds[1].amount.fen, 400);
    refund_says(1, OUTCOME_ACCEPTED);
    assert_int_equal(order->legs[1].state, LEG_RETURNED);
    assert_int_equal(sums().returned.fen, 400);
    assert_int_equal(sums().in_cases.fen, 600);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_bill_that_nobody_paid_is_void_whatever_paid_the_other),
        cmocka_unit_test(a_code_beside_what_is_with_a_person_is_closed),
        cmocka_unit_test(a_code_of_another_bill_stays),
        cmocka_unit_test(a_code_that_another_bill_needs_stays),
        cmocka_unit_test(a_code_that_the_first_bill_needs_stays),
        cmocka_unit_test(a_share_without_room_for_its_refund_is_for_a_person),
        cmocka_unit_test(late_money_without_room_for_its_refund_is_for_a_person),
        cmocka_unit_test(late_money_goes_back_whatever_became_of_the_other_share),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
