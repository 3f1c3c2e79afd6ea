/* links: app/core/order/ app/core/terms/ tests/support/order_story.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/order_story.h"

static struct story story;

static enum leg_state leg(void) {
    return story.order.legs[0].state;
}

static enum claim_state claim(int i) {
    return story.order.claims[i].state;
}

static void nothing_leaves_before_the_order_is_durable(void **state) {
    (void)state;
    story_begin(&story, 1, CHANNEL_WECHAT);
    assert_int_equal(story.persists, 1);
    assert_int_equal(story.order.created_ms, STORY_WALL_MS);
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
    assert_int_equal(story.verb, VERB_NONE);
    story_durable(&story);
    assert_int_equal(story.verb, VERB_CLOSE);
}

/* A journal that came back is as good as one that never failed: the next failure waits a second. */
static void the_pause_after_a_failed_write_begins_anew(void **state) {
    (void)state;
    story_begin(&story, 1, CHANNEL_WECHAT);
    story_wait(&story);
    story_cancel(&story);
    for (int64_t pause_ms = 1000; pause_ms <= 4000; pause_ms *= 2) {
        story_persist_fails(&story);
        story_tick(&story, pause_ms - 1);
        assert_int_equal(story.persists, 0);
        story_tick(&story, 1);
        assert_int_equal(story.persists, 1);
    }
    story_durable(&story);
    story_says(&story, OUTCOME_ACCEPTED, "0");
    assert_int_equal(story.persists, 1);
    story_persist_fails(&story);
    story_tick(&story, 1000);
    assert_int_equal(story.persists, 1);
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
    int64_t pauses = story.limits.expire_ms / story.limits.query_ms;
    assert_in_range(asked, pauses - 1, pauses + 2);
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

static void words_that_say_nothing_change_nothing(void **state) {
    (void)state;
    story_begin(&story, 1, CHANNEL_WECHAT);
    story_wait(&story);
    static const enum trade_state words[] = {TRADE_OTHER, TRADE_NONE};
    static const enum outcome outcomes[] = {OUTCOME_UNKNOWN, OUTCOME_ACCEPTED, OUTCOME_DECLINED,
                                            OUTCOME_PENDING, OUTCOME_MALFORMED};
    for (size_t w = 0; w < 2; w++)
        for (size_t o = 0; o < 5; o++) {
            assert_true(story_until_sent(&story, 5000));
            story_answer(&story, (struct event_answer){.outcome = outcomes[o], .trade = words[w]});
            assert_int_equal(leg(), LEG_WAITING);
        }
}

static void paid_and_failed_count_only_when_the_outcome_agrees(void **state) {
    (void)state;
    story_begin(&story, 1, CHANNEL_WECHAT);
    story_wait(&story);
    static const struct event_answer lies[] = {
        {.outcome = OUTCOME_MALFORMED, .trade = TRADE_PAID, .has_amount = true, .amount = {1000}},
        {.outcome = OUTCOME_UNKNOWN, .trade = TRADE_PAID, .has_amount = true, .amount = {1000}},
        {.outcome = OUTCOME_UNKNOWN, .trade = TRADE_FAILED},
        {.outcome = OUTCOME_MALFORMED, .trade = TRADE_RETURNED},
    };
    for (size_t i = 0; i < sizeof lies / sizeof lies[0]; i++) {
        assert_true(story_until_sent(&story, 5000));
        story_answer(&story, lies[i]);
        assert_int_equal(leg(), LEG_WAITING);
    }
}

static void a_sale_the_card_refuses_is_declined(void **state) {
    (void)state;
    story_begin(&story, 1, CHANNEL_CARD);
    story_durable(&story);
    story_says(&story, OUTCOME_DECLINED, "51");
    assert_int_equal(leg(), LEG_DECLINED);
}

static void who_cancels_before_anything_is_durable_is_not_charged(void **state) {
    (void)state;
    story_begin(&story, 1, CHANNEL_WECHAT);
    story_cancel(&story);
    story_durable(&story);
    assert_int_equal(story.verb, VERB_NONE);
    assert_int_equal(order_state(&story.order), ORDER_DECLINED);
    assert_true(order_finished(&story.order));
}

/* Its code is not shown again, though the platform would not close it. */
static void a_code_whose_time_is_over_stays_unwanted(void **state) {
    (void)state;
    story_begin(&story, 1, CHANNEL_WECHAT);
    story_wait(&story);
    story_tick(&story, story.limits.expire_ms + 1000);
    story_trade(&story, TRADE_WAIT);
    while (leg() == LEG_WAITING) {
        assert_true(story_until_sent(&story, 60000));
        story_trade(&story, TRADE_WAIT);
    }
    story_durable(&story);
    assert_int_equal(story.verb, VERB_CLOSE);
    story_answer(&story, (struct event_answer){.outcome = OUTCOME_DECLINED, .not_closed = true});
    assert_int_equal(leg(), LEG_WAITING);
    assert_true(story.order.legs[0].close_wanted);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_leaves_before_the_order_is_durable),
        cmocka_unit_test(a_journal_that_fails_voids_the_order),
        cmocka_unit_test(a_persist_that_fails_later_is_tried_again_and_guards_its_act),
        cmocka_unit_test(the_pause_after_a_failed_write_begins_anew),
        cmocka_unit_test(a_phone_code_may_be_paid_at_once),
        cmocka_unit_test(a_refused_payment_is_declined_and_over),
        cmocka_unit_test(a_place_without_an_answer_is_never_sent_again),
        cmocka_unit_test(a_place_that_was_lost_can_still_turn_out_paid),
        cmocka_unit_test(another_amount_than_asked_is_a_case),
        cmocka_unit_test(paid_without_an_amount_says_nothing),
        cmocka_unit_test(paid_while_the_close_waits_for_the_disk_is_paid),
        cmocka_unit_test(after_a_restart_an_unanswered_place_is_asked_about),
        cmocka_unit_test(after_a_restart_a_phone_code_is_asked_about_then_closed),
        cmocka_unit_test(a_clock_set_back_does_not_stretch_the_wait),
        cmocka_unit_test(a_shell_that_forgets_to_answer_is_not_waited_for),
        cmocka_unit_test(a_sale_at_the_pinpad_that_stays_unknown_is_a_case),
        cmocka_unit_test(words_that_say_nothing_change_nothing),
        cmocka_unit_test(paid_and_failed_count_only_when_the_outcome_agrees),
        cmocka_unit_test(a_sale_the_card_refuses_is_declined),
        cmocka_unit_test(who_cancels_before_anything_is_durable_is_not_charged),
        cmocka_unit_test(a_code_whose_time_is_over_stays_unwanted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
