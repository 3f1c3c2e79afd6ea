/* links: app/core/order/ app/core/terms/ tests/support/order_story.c */
/* How a payment is closed: refused, unanswered, never left, after a restart; and what then proves
 * that nothing was paid. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "app/core/order/verdict.h"
#include "tests/support/order_story.h"

static struct story story;

static enum leg_state leg(void) {
    return story.order.legs[0].state;
}

static struct order_sums sums(void) {
    return order_sums(&story.order);
}

static void a_close_refused_is_asked_about_and_may_be_repeated(void **state) {
    (void)state;
    story_begin(&story, 1, CHANNEL_WECHAT);
    story_leaves(&story);
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

/* It may never have left; and money that came before it is credited only when it is refused. */
static void after_a_restart_a_close_is_sent_again_and_nothing_asked_before(void **state) {
    (void)state;
    story_begin(&story, 1, CHANNEL_WECHAT);
    story_wait(&story);
    story_cancel(&story);
    story_restart(&story);
    assert_int_equal(leg(), LEG_CLOSING);
    assert_int_equal(story.order.run.leg[0].request, 0); /* not before it is durable */
    assert_true(story_until_sent(&story, 1000));
    assert_int_equal(story.verb, VERB_CLOSE);
    story_says(&story, OUTCOME_ACCEPTED, "0");
    assert_int_equal(leg(), LEG_CLOSED);
}

/* The close before it may have been heard, and what was paid since is returned by the platform. */
static void after_a_restart_a_refused_close_credits_nothing(void **state) {
    (void)state;
    story_begin(&story, 1, CHANNEL_WECHAT);
    story_wait(&story);
    story_cancel(&story);
    story_restart(&story);
    assert_true(story_until_sent(&story, 1000));
    story_answer(&story, (struct event_answer){.outcome = OUTCOME_DECLINED, .not_closed = true});
    assert_int_equal(leg(), LEG_CLOSED);
    assert_true(order_perhaps_paid(&story.order));
    assert_true(story_until_sent(&story, 5000));
    story_trade(&story, TRADE_PAID);
    assert_int_equal(leg(), LEG_PAID_AFTER_CLOSE);
}

static void a_close_that_never_left_closed_nothing(void **state) {
    (void)state;
    story_begin(&story, 1, CHANNEL_WECHAT);
    story_leaves(&story);
    for (int i = 0; i < 5; i++) {
        assert_int_equal(story.verb, VERB_CLOSE);
        story_never_leaves(&story);
        assert_int_equal(leg(), LEG_CLOSING);
        assert_true(story_until_sent(&story, 60000));
    }
    story_answer(&story, (struct event_answer){.outcome = OUTCOME_DECLINED, .not_closed = true});
    assert_int_equal(story.verb, VERB_ASK);
    story_trade(&story, TRADE_PAID); /* in time: over the air, without this machine's network */
    assert_int_equal(leg(), LEG_PAID);
}

static void a_failed_code_is_closed_and_watched(void **state) {
    (void)state;
    story_begin(&story, 1, CHANNEL_WECHAT);
    story_wait(&story);
    assert_true(story_until_sent(&story, 5000));
    story_trade(&story, TRADE_FAILED);
    assert_int_equal(leg(), LEG_CLOSING);
    story_durable(&story);
    assert_int_equal(story.verb, VERB_CLOSE);
    story_says(&story, OUTCOME_ACCEPTED, "0");
    assert_true(story_until_sent(&story, 5000));
    assert_int_equal(story.verb, VERB_ASK);
    story_trade(&story, TRADE_PAID);
    assert_int_equal(leg(), LEG_PAID_AFTER_CLOSE);
}

static void a_phone_whose_payment_failed_is_not_watched(void **state) {
    (void)state;
    story_begin(&story, 1, CHANNEL_PHONE);
    story_durable(&story);
    story_trade(&story, TRADE_FAILED);
    assert_int_equal(leg(), LEG_DECLINED);
}

static void only_an_answered_close_and_a_query_after_it_say_that_nothing_was_paid(void **state) {
    (void)state;
    static const struct {
        enum outcome outcome;
        const char *code;
    } closes[] = {{OUTCOME_UNKNOWN, "-28"},       /* silence */
                  {OUTCOME_ACCEPTED, "HTTP 502"}, /* a proxy: counts as closed, says nothing */
                  {OUTCOME_ACCEPTED, "0"}};
    for (int i = 0; i < 3; i++) {
        bool answered = i == 2;
        story_begin(&story, 1, CHANNEL_WECHAT);
        story_wait(&story);
        story_cancel(&story);
        story_durable(&story);
        story_says(&story, closes[i].outcome, closes[i].code);
        assert_int_equal(leg(), LEG_CLOSED);
        assert_true(order_perhaps_paid(&story.order));
        assert_true(story_until_sent(&story, 5000));
        story_trade(&story, TRADE_WAIT);
        assert_int_equal(order_perhaps_paid(&story.order), !answered);
        assert_int_equal(order_verdict(&story.order), VERDICT_NOT_PAID);
    }
}

/* upp's tradeFee is the amount actually paid: of a payment that waits it may be 0.00. */
static void a_waiting_payment_that_names_no_amount_goes_on(void **state) {
    static const struct event_answer nothing = {
        .outcome = OUTCOME_PENDING, .trade = TRADE_WAIT, .has_amount = true};
    (void)state;
    story_begin(&story, 1, CHANNEL_WECHAT);
    story_durable(&story);
    story_answer(&story, nothing);
    assert_int_equal(leg(), LEG_WAITING);
    assert_true(story_until_sent(&story, 5000));
    story_answer(&story, nothing);
    assert_int_equal(leg(), LEG_WAITING);
    assert_false(story.order.legs[0].close_wanted);
}

static void a_close_that_never_leaves_is_a_case_at_last(void **state) {
    int64_t window_ms = policy_default().late_window_ms;
    (void)state;
    story_begin(&story, 1, CHANNEL_WECHAT);
    story_leaves(&story);
    int64_t end_ms = story.order.legs[0].expire_ms + 2 * window_ms;
    while (story.now.wall_ms < end_ms) {
        assert_int_equal(leg(), LEG_CLOSING);
        story_never_leaves(&story);
        assert_true(leg() != LEG_CLOSING || story_until_sent(&story, 60000));
    }
    story_never_leaves(&story);
    assert_int_equal(leg(), LEG_CASE);
    assert_int_equal(story.order.legs[0].reason, CASE_PAYMENT_UNKNOWN);
}

static void a_code_for_another_amount_is_closed(void **state) {
    (void)state;
    story_begin(&story, 1, CHANNEL_WECHAT);
    story_durable(&story);
    story_answer(&story, (struct event_answer){.outcome = OUTCOME_PENDING,
                                               .trade = TRADE_WAIT,
                                               .has_amount = true,
                                               .amount = {1001}});
    story_durable(&story);
    assert_int_equal(story.verb, VERB_CLOSE);
    assert_int_equal(story.order.legs[0].seen.fen, 1001);
}

static void a_close_refused_for_a_day_by_a_platform_that_says_nothing_else_is_a_case(void **state) {
    (void)state;
    story_begin(&story, 1, CHANNEL_WECHAT);
    story_leaves(&story);
    story_answer(&story, (struct event_answer){.outcome = OUTCOME_DECLINED, .not_closed = true});
    while (leg() == LEG_WAITING) {
        story_says(&story, OUTCOME_UNKNOWN, "1");
        if (leg() == LEG_WAITING)
            assert_true(story_until_sent(&story, 60000));
    }
    assert_int_equal(leg(), LEG_CASE);
    assert_int_equal(story.order.legs[0].reason, CASE_PAYMENT_UNKNOWN);
    assert_true(order_settled(&story.order));
    assert_int_equal(sums().in_cases.fen, 1000);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_close_refused_is_asked_about_and_may_be_repeated),
        cmocka_unit_test(after_a_restart_a_close_is_sent_again_and_nothing_asked_before),
        cmocka_unit_test(after_a_restart_a_refused_close_credits_nothing),
        cmocka_unit_test(a_close_that_never_left_closed_nothing),
        cmocka_unit_test(a_failed_code_is_closed_and_watched),
        cmocka_unit_test(a_phone_whose_payment_failed_is_not_watched),
        cmocka_unit_test(only_an_answered_close_and_a_query_after_it_say_that_nothing_was_paid),
        cmocka_unit_test(a_code_for_another_amount_is_closed),
        cmocka_unit_test(a_waiting_payment_that_names_no_amount_goes_on),
        cmocka_unit_test(a_close_that_never_leaves_is_a_case_at_last),
        cmocka_unit_test(a_close_refused_for_a_day_by_a_platform_that_says_nothing_else_is_a_case),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
