/* links: app/core/order/ app/core/terms/ tests/support/order_story.c */
/* A payment by bank card: what the pinpad says, does not say, or says it never heard. */
#include "tests/unit/core/order/card_story.h"

static void a_sale_keeps_what_its_slip_says(void **state) {
    (void)state;
    at_the_pinpad(1);
    approved();
    const struct leg *paid = &story.order.legs[0];
    assert_int_equal(leg(), LEG_PAID);
    assert_int_equal(paid->paid_by, CHANNEL_CARD);
    assert_string_equal(paid->out_no, "000000700001");
    assert_string_equal(paid->slip.voucher, "000001");
    assert_string_equal(paid->slip.card, "622202*********1234");
    assert_string_equal(paid->slip.date, TODAY);
}

/* The greeting's clock was of the day before: the slip is of the day that it names. */
static void the_slips_day_is_the_sales(void **state) {
    (void)state;
    story_pinpad_ms = STORY_WALL_MS - INT64_C(24) * 3600 * 1000;
    at_the_pinpad(1);
    assert_string_equal(story.order.legs[0].slip.date, YESTERDAY);
    approved();
    assert_string_equal(story.order.legs[0].slip.date, TODAY);
    story_pinpad_ms = STORY_WALL_MS;
}

/* Code 10: the bank approved less than was asked for. */
static void a_part_that_was_approved_is_a_case(void **state) {
    (void)state;
    at_the_pinpad(1);
    story_answer(&story, (struct event_answer){.outcome = OUTCOME_ACCEPTED,
                                               .trade = TRADE_PAID,
                                               .has_amount = true,
                                               .amount = {story.order.legs[0].amount.fen - 1},
                                               .code = "10"});
    assert_int_equal(leg(), LEG_CASE);
    assert_int_equal(story.order.legs[0].reason, CASE_AMOUNT_MISMATCH);
}

static void a_refused_card_ends_it(void **state) {
    (void)state;
    at_the_pinpad(1);
    declined("51");
    assert_int_equal(leg(), LEG_DECLINED);
    story_durable(&story);
    assert_true(order_finished(&story.order));
}

static void a_cancel_goes_beside_the_sale_and_the_pinpad_decides(void **state) {
    (void)state;
    at_the_pinpad(1);
    uint32_t sale = story.request;
    story_cancel(&story);
    assert_int_equal(story.verb, VERB_CLOSE);
    assert_int_equal(story.out.items[0].of.send.timeout_ms, story.limits.answer_ms);
    uint32_t cancel = story.request;
    assert_true(order_awaits(&story.order, sale));
    assert_true(order_awaits(&story.order, cancel));
    story_cancel(&story);
    assert_int_equal(story.request, cancel); /* one at a time */
    story_says(&story, OUTCOME_ACCEPTED, "00");
    assert_int_equal(leg(), LEG_PLACING); /* no proof of anything */
    assert_false(order_awaits(&story.order, cancel));
    story.request = sale;
    approved();
    assert_int_equal(leg(), LEG_PAID);
}

static void a_cancelled_sale_was_not_paid(void **state) {
    (void)state;
    at_the_pinpad(1);
    story_cancel(&story);
    story_says(&story, OUTCOME_ACCEPTED, "00");
    story.request = story.order.run.leg[0].request;
    declined("Z1");
    assert_int_equal(leg(), LEG_DECLINED);
    assert_int_equal(story.order.claims[0].state, CLAIM_VOID);
}

static void no_cancel_once_it_is_only_asked_about(void **state) {
    (void)state;
    at_the_pinpad(1);
    nothing_is_heard();
    story_cancel(&story);
    assert_int_equal(story.verb, VERB_ASK); /* somebody else may stand at the pinpad */
}

static void a_lost_answer_is_asked_for_and_never_sold_again(void **state) {
    (void)state;
    at_the_pinpad(1);
    nothing_is_heard();
    assert_int_equal(leg(), LEG_PLACE_UNKNOWN);
    ask_in_vain(20000);
    approved();
    assert_int_equal(leg(), LEG_PAID);
    assert_int_equal(story.order.legs[0].place_tries, 1);
}

static void what_the_pinpad_never_had_was_not_paid(void **state) {
    (void)state;
    at_the_pinpad(1);
    nothing_is_heard();
    assert_true(story_until_sent(&story, 60000));
    says("Z5", TODAY);
    assert_int_equal(leg(), LEG_PLACE_UNKNOWN); /* it may be on its way */
    ask_in_vain(30000);
    says("Z5", YESTERDAY);
    assert_int_equal(leg(), LEG_PLACE_UNKNOWN); /* of another day it remembers nothing */
    assert_true(story_until_sent(&story, 60000));
    says("Z3", TODAY);
    assert_int_equal(leg(), LEG_PLACE_UNKNOWN);
    assert_true(story_until_sent(&story, 60000));
    says("Z5", TODAY);
    assert_int_equal(leg(), LEG_DECLINED);
}

static void after_a_restart_the_pinpad_has_time_to_hear_the_sale(void **state) {
    (void)state;
    at_the_pinpad(1);
    story_restart(&story);
    assert_int_equal(story.verb, VERB_ASK);
    says("Z5", TODAY);
    assert_int_equal(leg(), LEG_PLACE_UNKNOWN);
    ask_in_vain(30000);
    says("Z5", TODAY);
    assert_int_equal(leg(), LEG_DECLINED);
}

static void a_slow_customer_is_not_given_up(void **state) {
    (void)state;
    at_the_pinpad(1);
    uint32_t sale = story.request;
    story_tick(&story, story.limits.expire_ms + 60000);
    assert_true(order_awaits(&story.order, sale));
    approved();
    assert_int_equal(leg(), LEG_PAID); /* the pinpad, not our clock, ends a sale */
}

/* A night without power: its silence of one question in the morning is no reason for a person. */
static void a_pinpad_that_starts_later_than_we_do_is_asked_again(void **state) {
    (void)state;
    at_the_pinpad(1);
    story.now.wall_ms += INT64_C(10) * 3600 * 1000;
    story_restart(&story);
    nothing_is_heard();
    assert_int_equal(leg(), LEG_PLACE_UNKNOWN);
    ask_in_vain(story.limits.credit_deadline_ms - 60000);
    approved();
    assert_int_equal(leg(), LEG_PAID);
}

static void a_pinpad_that_never_says_is_a_case(void **state) {
    (void)state;
    at_the_pinpad(1);
    nothing_is_heard();
    for (int i = 0; i < 1000 && leg() != LEG_CASE; i++) {
        assert_true(story_until_sent(&story, 60000));
        nothing_is_heard();
    }
    assert_int_equal(leg(), LEG_CASE);
    assert_int_equal(story.order.legs[0].reason, CASE_PAYMENT_UNKNOWN);
    assert_true(story.now.wall_ms >=
                story.order.legs[0].expire_ms + story.limits.credit_deadline_ms);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sale_keeps_what_its_slip_says),
        cmocka_unit_test(the_slips_day_is_the_sales),
        cmocka_unit_test(a_part_that_was_approved_is_a_case),
        cmocka_unit_test(a_refused_card_ends_it),
        cmocka_unit_test(a_cancel_goes_beside_the_sale_and_the_pinpad_decides),
        cmocka_unit_test(a_cancelled_sale_was_not_paid),
        cmocka_unit_test(no_cancel_once_it_is_only_asked_about),
        cmocka_unit_test(a_lost_answer_is_asked_for_and_never_sold_again),
        cmocka_unit_test(what_the_pinpad_never_had_was_not_paid),
        cmocka_unit_test(after_a_restart_the_pinpad_has_time_to_hear_the_sale),
        cmocka_unit_test(a_slow_customer_is_not_given_up),
        cmocka_unit_test(a_pinpad_that_starts_later_than_we_do_is_asked_again),
        cmocka_unit_test(a_pinpad_that_never_says_is_a_case),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
