/* links: app/core/order*.c app/core/money.c app/core/policy.c tests/unit/order_story.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "tests/unit/order_story.h"

static struct story story;

static enum leg_state leg(void) {
    return story.order.legs[0].state;
}

static enum claim_state claim(int i) {
    return story.order.claims[i].state;
}

static void late_at_the_end_of_the_window(void) {
    while (story.order.refund_count == 0) {
        assert_true(story_until_sent(&story, INT64_C(3600000)));
        assert_int_equal(story.verb, VERB_ASK);
        story_trade(&story, TRADE_PAID);
        if (story.order.refund_count == 0)
            story_durable(&story);
    }
}

static void close_without_an_answer(void) {
    story_wait(&story);
    story_cancel(&story);
    story_durable(&story);
    assert_int_equal(story.verb, VERB_CLOSE);
    story_says(&story, OUTCOME_UNKNOWN, "");
    story_durable(&story);
}

static struct order_sums sums(void) {
    return order_sums(&story.order);
}

static void nothing_leaves_before_the_order_is_durable(void **state) {
    (void)state;
    story_begin(&story, 1, CHANNEL_WECHAT);
    assert_int_equal(story.persists, 1);
    assert_int_equal(story.verb, VERB_NONE);
    story_tick(&story, 60000);
    assert_int_equal(story.verb, VERB_NONE);
    story_durable(&story);
    assert_int_equal(story.verb, VERB_PLACE);
}

static void a_journal_that_fails_voids_the_order(void **state) {
    (void)state;
    story_begin(&story, 2, CHANNEL_WECHAT);
    story_persist_fails(&story);
    assert_int_equal(story.verb, VERB_NONE);
    assert_int_equal(order_state(&story.order), ORDER_DECLINED);
    assert_true(order_finished(&story.order));
    assert_int_equal(order_deadline(&story.order), INT64_MAX);
}

static void a_persist_that_fails_later_is_tried_again_and_guards_its_act(void **state) {
    (void)state;
    story_begin(&story, 1, CHANNEL_WECHAT);
    story_wait(&story);
    story_cancel(&story);
    story_persist_fails(&story);
    assert_int_equal(story.verb, VERB_NONE);
    story_tick(&story, 1000);
    assert_int_equal(story.persists, 1);
    assert_int_equal(story.note, NOTE_CLOSING);
    assert_int_equal(story.verb, VERB_NONE);
    story_durable(&story);
    assert_int_equal(story.verb, VERB_CLOSE);
}

static void a_phone_code_may_be_paid_at_once(void **state) {
    (void)state;
    story_begin(&story, 1, CHANNEL_PHONE);
    story_durable(&story);
    story_trade(&story, TRADE_PAID);
    assert_int_equal(leg(), LEG_PAID);
    assert_int_equal(story.verb, VERB_BILLS);
}

static void a_refused_payment_is_declined_and_over(void **state) {
    (void)state;
    story_begin(&story, 1, CHANNEL_PHONE);
    story_durable(&story);
    story_trade(&story, TRADE_FAILED);
    story_durable(&story);
    assert_int_equal(leg(), LEG_DECLINED);
    assert_int_equal(claim(0), CLAIM_VOID);
    assert_true(order_finished(&story.order));
}

static void a_place_without_an_answer_is_never_sent_again(void **state) {
    (void)state;
    story_begin(&story, 1, CHANNEL_WECHAT);
    story_durable(&story);
    story_says(&story, OUTCOME_UNKNOWN, "");
    assert_int_equal(leg(), LEG_PLACE_UNKNOWN);
    int asked = 0;
    while (leg() == LEG_PLACE_UNKNOWN && story_until_sent(&story, 5000)) {
        assert_int_equal(story.verb, VERB_ASK);
        story_says(&story, OUTCOME_UNKNOWN, "1");
        asked++;
    }
    assert_in_range(asked, 59, 62);
    assert_true(story.now.wall_ms > story.order.legs[0].expire_ms);
    story_durable(&story);
    assert_int_equal(story.verb, VERB_CLOSE);
}

static void a_place_that_was_lost_can_still_turn_out_paid(void **state) {
    (void)state;
    story_begin(&story, 1, CHANNEL_PHONE);
    story_durable(&story);
    story_says(&story, OUTCOME_MALFORMED, "");
    assert_true(story_until_sent(&story, 5000));
    story_trade(&story, TRADE_PAID);
    assert_int_equal(leg(), LEG_PAID);
}

static void another_amount_than_asked_is_a_case(void **state) {
    (void)state;
    story_begin(&story, 1, CHANNEL_WECHAT);
    story_wait(&story);
    assert_true(story_until_sent(&story, 5000));
    story_answer(&story, (struct event_answer){.outcome = OUTCOME_ACCEPTED,
                                               .trade = TRADE_PAID,
                                               .has_amount = true,
                                               .amount = {999}});
    assert_int_equal(leg(), LEG_CASE);
    assert_int_equal(story.order.legs[0].reason, CASE_AMOUNT_MISMATCH);
    assert_int_equal(order_state(&story.order), ORDER_CASE);
}

static void paid_without_an_amount_says_nothing(void **state) {
    (void)state;
    story_begin(&story, 1, CHANNEL_WECHAT);
    story_wait(&story);
    assert_true(story_until_sent(&story, 5000));
    story_answer(&story, (struct event_answer){.outcome = OUTCOME_ACCEPTED, .trade = TRADE_PAID});
    assert_int_equal(leg(), LEG_WAITING);
}

static void paid_while_the_close_waits_for_the_disk_is_paid(void **state) {
    (void)state;
    story_begin(&story, 1, CHANNEL_WECHAT);
    story_wait(&story);
    assert_true(story_until_sent(&story, 5000));
    story_cancel(&story);
    assert_int_equal(leg(), LEG_CLOSING);
    story_trade(&story, TRADE_PAID);
    assert_int_equal(leg(), LEG_PAID);
    story_durable(&story);
    assert_int_not_equal(story.verb, VERB_CLOSE);
}

static void a_close_refused_is_asked_about_and_may_be_repeated(void **state) {
    (void)state;
    story_begin(&story, 1, CHANNEL_WECHAT);
    story_wait(&story);
    story_cancel(&story);
    story_durable(&story);
    story_answer(&story, (struct event_answer){.outcome = OUTCOME_DECLINED, .not_closed = true});
    assert_int_equal(leg(), LEG_WAITING);
    assert_int_equal(story.verb, VERB_ASK);
    story_says(&story, OUTCOME_UNKNOWN, "");
    assert_true(story_until_sent(&story, 5000));
    assert_int_equal(story.verb, VERB_ASK); /* no close while nobody says that it is unpaid */
    story_trade(&story, TRADE_WAIT);
    story_durable(&story);
    assert_int_equal(story.verb, VERB_CLOSE);
    story_answer(&story, (struct event_answer){.outcome = OUTCOME_DECLINED, .not_closed = true});
    story_durable(&story);
    assert_true(story_until_sent(&story, 5000));
    story_trade(&story, TRADE_PAID);
    assert_int_equal(leg(), LEG_PAID);
}

static void a_close_without_an_answer_is_closed_and_watched(void **state) {
    (void)state;
    story_begin(&story, 1, CHANNEL_WECHAT);
    close_without_an_answer();
    assert_int_equal(order_state(&story.order), ORDER_CLOSED);
    assert_true(order_evictable(&story.order));
    assert_false(order_settled(&story.order));
    assert_true(story_until_sent(&story, 5000));
    story_trade(&story, TRADE_PAID);
    assert_int_equal(leg(), LEG_PAID_AFTER_CLOSE);
    assert_int_equal(claim(0), CLAIM_VOID);
    assert_false(order_evictable(&story.order));
    story_durable(&story);
    assert_true(story_until_sent(&story, 600000));
    story_trade(&story, TRADE_RETURNED);
    story_durable(&story);
    assert_int_equal(leg(), LEG_RETURNED);
    assert_int_equal(sums().returned.fen, 1000);
    assert_true(order_finished(&story.order));
}

static void the_watch_ends_with_the_window(void **state) {
    (void)state;
    story_begin(&story, 1, CHANNEL_WECHAT);
    close_without_an_answer();
    int asked = 0;
    while (!order_settled(&story.order) && story_until_sent(&story, INT64_C(3600000))) {
        story_says(&story, OUTCOME_UNKNOWN, "1");
        asked++;
    }
    assert_in_range(asked, 100, 200);
    assert_int_equal(story.note, NOTE_WATCH_ENDED);
    assert_true(story.now.wall_ms >= story.order.legs[0].expire_ms + story.policy.late_window_ms);
}

static void late_money_that_stays_is_returned_by_us_with_one_number(void **state) {
    (void)state;
    story_begin(&story, 1, CHANNEL_WECHAT);
    close_without_an_answer();
    late_at_the_end_of_the_window();
    assert_true(story.now.wall_ms >= story.order.legs[0].paid_ms + story.policy.late_window_ms);
    assert_int_equal(story.verb, VERB_NONE);
    story_durable(&story);
    assert_int_equal(story.verb, VERB_REFUND);
    story_answer(&story, (struct event_answer){.outcome = OUTCOME_ACCEPTED,
                                               .trade = TRADE_RETURNED,
                                               .has_amount = true,
                                               .amount = {1000}});
    assert_int_equal(leg(), LEG_RETURNED);
    assert_int_equal(story.order.refund_count, 1);
    assert_true(strcmp(story.order.refunds[0].no, story.order.no) > 0);
}

static void a_refused_late_refund_looks_whether_the_platform_was_faster(void **state) {
    (void)state;
    story_begin(&story, 1, CHANNEL_WECHAT);
    close_without_an_answer();
    late_at_the_end_of_the_window();
    story_durable(&story);
    story_says(&story, OUTCOME_DECLINED, "0");
    assert_int_equal(story.verb, VERB_ASK);
    story_trade(&story, TRADE_RETURNED);
    assert_int_equal(leg(), LEG_RETURNED);
    assert_int_equal(sums().returned.fen, 1000);
}

static void a_payment_after_expire_is_never_credited(void **state) {
    (void)state;
    story_begin(&story, 1, CHANNEL_WECHAT);
    story_wait(&story);
    assert_true(story_until_sent(&story, 5000));
    struct event_answer paid = {.outcome = OUTCOME_ACCEPTED,
                                .trade = TRADE_PAID,
                                .has_amount = true,
                                .amount = {1000},
                                .time_ms = story.order.legs[0].expire_ms + 1000};
    story_answer(&story, paid);
    assert_int_equal(leg(), LEG_PAID_AFTER_CLOSE);
}

static void a_payment_in_the_last_second_is_in_time(void **state) {
    (void)state;
    story_begin(&story, 1, CHANNEL_WECHAT);
    story_wait(&story);
    assert_true(story_until_sent(&story, 5000));
    struct event_answer paid = {.outcome = OUTCOME_ACCEPTED,
                                .trade = TRADE_PAID,
                                .has_amount = true,
                                .amount = {1000},
                                .time_ms = story.order.legs[0].expire_ms};
    story_answer(&story, paid);
    assert_int_equal(leg(), LEG_PAID);
}

static void after_a_restart_an_unanswered_place_is_asked_about(void **state) {
    (void)state;
    story_begin(&story, 1, CHANNEL_WECHAT);
    story_durable(&story);
    story.order.legs[0].state = LEG_NEW; /* what the journal has */
    story_restart(&story);
    assert_int_equal(story.verb, VERB_ASK);
    assert_int_equal(leg(), LEG_PLACE_UNKNOWN);
    story_trade(&story, TRADE_WAIT);
    assert_int_equal(leg(), LEG_WAITING);
}

static void after_a_restart_a_phone_code_is_asked_about_then_closed(void **state) {
    (void)state;
    story_begin(&story, 1, CHANNEL_PHONE);
    story_durable(&story);
    story_restart(&story);
    assert_int_equal(story.verb, VERB_ASK);
    story_says(&story, OUTCOME_UNKNOWN, "1");
    assert_int_equal(leg(), LEG_CLOSING);
}

static void after_a_restart_a_close_is_not_sent_again(void **state) {
    (void)state;
    story_begin(&story, 1, CHANNEL_WECHAT);
    story_wait(&story);
    story_cancel(&story);
    story_restart(&story);
    assert_int_equal(leg(), LEG_CLOSED);
    assert_int_equal(story.verb, VERB_ASK);
}

static void a_clock_set_back_does_not_stretch_the_wait(void **state) {
    (void)state;
    story_begin(&story, 1, CHANNEL_WECHAT);
    story_wait(&story);
    story.now.wall_ms -= INT64_C(86400000);
    for (int i = 0; i < 200 && leg() == LEG_WAITING; i++) {
        assert_true(story_until_sent(&story, 5000));
        story_trade(&story, TRADE_WAIT);
    }
    assert_int_equal(leg(), LEG_CLOSING);
}

static void a_shell_that_forgets_to_answer_is_not_waited_for(void **state) {
    (void)state;
    story_begin(&story, 1, CHANNEL_WECHAT);
    story_durable(&story);
    uint32_t place = story.request;
    assert_true(order_awaits(&story.order, place));
    assert_true(story_until_sent(&story, 60000));
    assert_int_equal(story.verb, VERB_ASK);
    assert_false(order_awaits(&story.order, place));
}

static void a_sale_at_the_pinpad_that_stays_unknown_is_a_case(void **state) {
    (void)state;
    story_begin(&story, 1, CHANNEL_CARD);
    story_durable(&story);
    story_says(&story, OUTCOME_UNKNOWN, "");
    story_cancel(&story);
    while (leg() == LEG_PLACE_UNKNOWN && story_until_sent(&story, 60000)) {
        assert_int_equal(story.verb, VERB_ASK);
        story_says(&story, OUTCOME_UNKNOWN, "");
    }
    assert_int_equal(leg(), LEG_CASE);
    assert_int_equal(story.order.legs[0].reason, CASE_PAYMENT_UNKNOWN);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_leaves_before_the_order_is_durable),
        cmocka_unit_test(a_journal_that_fails_voids_the_order),
        cmocka_unit_test(a_persist_that_fails_later_is_tried_again_and_guards_its_act),
        cmocka_unit_test(a_phone_code_may_be_paid_at_once),
        cmocka_unit_test(a_refused_payment_is_declined_and_over),
        cmocka_unit_test(a_place_without_an_answer_is_never_sent_again),
        cmocka_unit_test(a_place_that_was_lost_can_still_turn_out_paid),
        cmocka_unit_test(another_amount_than_asked_is_a_case),
        cmocka_unit_test(paid_without_an_amount_says_nothing),
        cmocka_unit_test(paid_while_the_close_waits_for_the_disk_is_paid),
        cmocka_unit_test(a_close_refused_is_asked_about_and_may_be_repeated),
        cmocka_unit_test(a_close_without_an_answer_is_closed_and_watched),
        cmocka_unit_test(the_watch_ends_with_the_window),
        cmocka_unit_test(late_money_that_stays_is_returned_by_us_with_one_number),
        cmocka_unit_test(a_refused_late_refund_looks_whether_the_platform_was_faster),
        cmocka_unit_test(a_payment_after_expire_is_never_credited),
        cmocka_unit_test(a_payment_in_the_last_second_is_in_time),
        cmocka_unit_test(after_a_restart_an_unanswered_place_is_asked_about),
        cmocka_unit_test(after_a_restart_a_phone_code_is_asked_about_then_closed),
        cmocka_unit_test(after_a_restart_a_close_is_not_sent_again),
        cmocka_unit_test(a_clock_set_back_does_not_stretch_the_wait),
        cmocka_unit_test(a_shell_that_forgets_to_answer_is_not_waited_for),
        cmocka_unit_test(a_sale_at_the_pinpad_that_stays_unknown_is_a_case),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
