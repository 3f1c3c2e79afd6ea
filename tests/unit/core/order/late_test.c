/* links: app/core/order/ app/core/terms/ tests/support/order_story.c */
/* Money that comes after a close: watched for, returned by the platform or by us, never credited.
 */
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
    story_leaves(&story);
    assert_int_equal(story.verb, VERB_CLOSE);
    story_says(&story, OUTCOME_UNKNOWN, "");
    story_durable(&story);
}

static struct order_sums sums(void) {
    return order_sums(&story.order);
}

static void a_close_without_an_answer_is_closed_and_watched(void **state) {
    (void)state;
    story_begin(&story, 1, CHANNEL_WECHAT);
    close_without_an_answer();
    assert_int_equal(order_state(&story.order), ORDER_CLOSED);
    assert_true(order_only_waits(&story.order));
    assert_false(order_settled(&story.order));
    assert_true(story_until_sent(&story, 5000));
    story_trade(&story, TRADE_PAID);
    assert_int_equal(leg(), LEG_PAID_AFTER_CLOSE);
    assert_int_equal(claim(0), CLAIM_VOID);
    assert_false(order_only_waits(&story.order)); /* before that is written */
    story_durable(&story);
    assert_true(story_until_sent(&story, 600000));
    story_trade(&story, TRADE_PAID);
    assert_true(order_only_waits(&story.order)); /* for the platform to return it */
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

/* It may be paid up to its end, and who has left stands there yet. */
static void what_was_left_before_its_end_is_asked_about_soon_again(void **state) {
    (void)state;
    story_begin(&story, 1, CHANNEL_WECHAT);
    close_without_an_answer();
    for (int i = 0; i < 5; i++) {
        assert_true(story_until_sent(&story, 60000));
        assert_true(story.now.wall_ms < story.order.legs[0].expire_ms);
        story_says(&story, OUTCOME_UNKNOWN, "1");
    }
    assert_true(story_until_sent(&story, 60000));
    story_trade(&story, TRADE_PAID);
    assert_int_equal(leg(), LEG_PAID_AFTER_CLOSE);
}

/* Else each of them is asked every second, a crowd of them for hours. */
static void a_clock_that_was_set_back_makes_no_hurry(void **state) {
    (void)state;
    story_begin(&story, 1, CHANNEL_WECHAT);
    close_without_an_answer();
    story.now.wall_ms -= INT64_C(2) * 3600000;
    story_restart(&story);
    assert_int_equal(story.verb, VERB_ASK);
    story_says(&story, OUTCOME_UNKNOWN, "-28"); /* nobody has spoken: soon again */
    assert_true(story_until_sent(&story, 60000));
    story_says(&story, OUTCOME_UNKNOWN, "1");
    assert_true(order_deadline(&story.order) - story.now.mono_ms >= INT64_C(5) * 60000);
    assert_true(story_until_sent(&story, INT64_C(20) * 60000));
    story_trade(&story, TRADE_PAID);
    assert_int_equal(leg(), LEG_PAID_AFTER_CLOSE);
}

/* A kiosk that was off over the weekend asks before its network is up. */
static void days_without_power_do_not_end_the_watch_unasked(void **state) {
    (void)state;
    story_begin(&story, 1, CHANNEL_WECHAT);
    close_without_an_answer();
    story.now.wall_ms += 4 * story.policy.late_window_ms;
    story_restart(&story);
    assert_int_equal(story.verb, VERB_ASK);
    story_says(&story, OUTCOME_UNKNOWN, "-7");
    assert_int_equal(leg(), LEG_CLOSED);
    assert_false(order_settled(&story.order));
    assert_true(story_until_sent(&story, 60000));
    story_trade(&story, TRADE_PAID);
    assert_int_equal(leg(), LEG_PAID_AFTER_CLOSE);
}

/* Until nobody waits for it any more. */
static void platform_stays_away(void) {
    int64_t began_ms = story.now.mono_ms;
    while (!order_settled(&story.order) && story.now.mono_ms < began_ms + 3 * INT64_C(3600000)) {
        story_says(&story, OUTCOME_UNKNOWN, "-7");
        (void)story_until_sent(&story, INT64_C(3600000));
    }
    assert_true(order_settled(&story.order));
    assert_true(story.now.mono_ms >= began_ms + story.limits.credit_deadline_ms);
}

static void turned_off_for_days(void) {
    story.now.wall_ms += 4 * story.policy.late_window_ms;
    story_restart(&story);
}

/* It may have been paid before its close, which nobody answered: nobody knows. */
static void a_platform_that_stays_away_after_days_without_power_is_a_case(void **state) {
    (void)state;
    story_begin(&story, 1, CHANNEL_WECHAT);
    close_without_an_answer();
    turned_off_for_days();
    platform_stays_away();
    assert_int_equal(leg(), LEG_CASE);
    assert_int_equal(story.order.legs[0].reason, CASE_PAYMENT_UNKNOWN);
    assert_int_equal(claim(0), CLAIM_VOID);
    assert_int_equal(sums().in_cases.fen, 1000);
}

static void a_platform_that_said_before_that_nobody_paid_ends_the_watch(void **state) {
    (void)state;
    story_begin(&story, 1, CHANNEL_WECHAT);
    story_closes_unpaid(&story);
    assert_true(story.order.legs[0].unpaid);
    turned_off_for_days();
    platform_stays_away();
    assert_int_equal(leg(), LEG_CLOSED);
    assert_int_equal(order_state(&story.order), ORDER_CLOSED);
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

static void a_payment_that_went_back_while_we_waited_is_returned(void **state) {
    (void)state;
    story_begin(&story, 1, CHANNEL_WECHAT);
    story_wait(&story);
    assert_true(story_until_sent(&story, 5000));
    story_trade(&story, TRADE_RETURNED);
    assert_int_equal(leg(), LEG_RETURNED);
    assert_int_equal(claim(0), CLAIM_VOID);
}

static void a_return_that_failed_is_never_credited(void **state) {
    (void)state;
    story_begin(&story, 1, CHANNEL_WECHAT);
    story_wait(&story);
    assert_true(story_until_sent(&story, 5000));
    story_trade(&story, TRADE_RETURN_FAILED);
    assert_int_equal(leg(), LEG_PAID_AFTER_CLOSE);
    assert_int_equal(sums().in_flight.fen, 1000);
}

/* refund_exception: it was paid, and perhaps is back. No refund of ours may leave, nor is it called
 * unpaid. */
static void a_return_that_is_odd_is_a_person_s_in_the_end(void **state) {
    (void)state;
    for (int closed = 0; closed < 2; closed++) {
        story_begin(&story, 1, CHANNEL_WECHAT);
        if (closed)
            close_without_an_answer();
        else
            story_wait(&story);
        assert_true(story_until_sent(&story, 5000));
        story_trade(&story, TRADE_RETURN_ODD);
        assert_int_equal(leg(), LEG_PAID_AFTER_CLOSE);
        while (leg() == LEG_PAID_AFTER_CLOSE) {
            assert_true(story_until_sent(&story, INT64_C(24) * 3600000));
            assert_int_equal(story.verb, VERB_ASK);
            story_trade(&story, TRADE_RETURN_ODD);
        }
        assert_int_equal(story.order.legs[0].reason, CASE_PAYMENT_UNKNOWN);
        assert_true(story.now.wall_ms >=
                    story.order.legs[0].paid_ms + 2 * story.policy.late_window_ms);
        assert_int_equal(story.order.refund_count, 0);
        assert_int_equal(sums().in_cases.fen, 1000);
    }
    story_begin(&story, 1, CHANNEL_WECHAT);
    close_without_an_answer();
    assert_true(story_until_sent(&story, 5000));
    story_trade(&story, TRADE_RETURN_ODD);
    assert_true(story_until_sent(&story, 600000));
    story_trade(&story, TRADE_RETURNED);
    assert_int_equal(leg(), LEG_RETURNED);
}

/* The platform's clock may be years ahead: the money waits from now on. */
static void late_money_waits_from_no_time_to_come(void **state) {
    (void)state;
    story_begin(&story, 1, CHANNEL_WECHAT);
    close_without_an_answer();
    assert_true(story_until_sent(&story, 5000));
    struct event_answer paid = {.outcome = OUTCOME_ACCEPTED,
                                .trade = TRADE_PAID,
                                .has_amount = true,
                                .amount = {1000},
                                .code = "0",
                                .time_ms = story.now.wall_ms + INT64_C(365) * 86400000};
    story_answer(&story, paid);
    assert_int_equal(leg(), LEG_PAID_AFTER_CLOSE);
    assert_int_equal(story.order.legs[0].paid_ms, story.now.wall_ms);
}

/* ... also where the order itself was opened by a clock that was ahead. */
static void late_money_of_an_order_that_is_yet_to_come_waits_from_now_on(void **state) {
    (void)state;
    story_begin(&story, 1, CHANNEL_WECHAT);
    close_without_an_answer();
    assert_true(story_until_sent(&story, 5000));
    story.now.wall_ms -= INT64_C(30) * 86400000;
    story_trade(&story, TRADE_PAID);
    assert_int_equal(leg(), LEG_PAID_AFTER_CLOSE);
    assert_int_equal(story.order.legs[0].paid_ms, story.now.wall_ms);
}

/* To the end of its watch the platform names it only an exception. */
static void a_closed_payment_that_is_only_odd_is_a_case(void **state) {
    (void)state;
    for (int before = 0; before < 2; before++) {
        story_begin_by(&story, 1, CHANNEL_WECHAT, ROUTE_ONEPAY);
        story_leaves(&story);
        story_answer(&story, (struct event_answer){.outcome = OUTCOME_ACCEPTED, .code = "000000"});
        story_durable(&story);
        if (before) { /* ... that nobody has paid it said before */
            assert_true(story_until_sent(&story, 600000));
            story_trade(&story, TRADE_WAIT);
            story_durable(&story);
        }
        while (story.order.legs[0].watch_until_ms != 0) {
            if (story.verb == VERB_ASK)
                story_answer(&story, (struct event_answer){.outcome = OUTCOME_UNKNOWN,
                                                           .trade = TRADE_OTHER,
                                                           .code = "exp"});
            if (story.order.legs[0].watch_until_ms != 0)
                assert_true(story_until_sent(&story, INT64_C(24) * 3600000));
        }
        assert_int_equal(leg(), before ? LEG_CLOSED : LEG_CASE);
    }
}

static void late_money_refused_by_us_and_kept_by_them_is_a_case(void **state) {
    (void)state;
    story_begin(&story, 1, CHANNEL_WECHAT);
    close_without_an_answer();
    late_at_the_end_of_the_window();
    story_durable(&story);
    story_says(&story, OUTCOME_DECLINED, "0");
    story_trade(&story, TRADE_PAID);
    assert_int_equal(leg(), LEG_CASE);
    assert_int_equal(story.order.legs[0].reason, CASE_REFUND_REFUSED);
    assert_int_equal(story.order.refund_count, 1);
}

static void a_late_refund_that_stays_unknown_is_a_case(void **state) {
    (void)state;
    story_begin(&story, 1, CHANNEL_WECHAT);
    close_without_an_answer();
    late_at_the_end_of_the_window();
    story_durable(&story);
    while (leg() == LEG_PAID_AFTER_CLOSE) {
        story_says(&story, OUTCOME_UNKNOWN, "");
        if (leg() == LEG_PAID_AFTER_CLOSE && story.verb == VERB_NONE)
            assert_true(story_until_sent(&story, 20000));
    }
    assert_int_equal(story.order.legs[0].reason, CASE_REFUND_UNCONFIRMED);
    assert_int_equal(sums().in_cases.fen, 1000);
}

static void late_money_of_another_amount_is_a_case(void **state) {
    (void)state;
    story_begin(&story, 1, CHANNEL_WECHAT);
    close_without_an_answer();
    struct event_answer paid = {
        .outcome = OUTCOME_ACCEPTED, .trade = TRADE_PAID, .has_amount = true, .amount = {1}};
    assert_true(story_until_sent(&story, 5000));
    story_answer(&story, paid);
    assert_true(story_until_sent(&story, 600000));
    story_answer(&story, paid);
    assert_int_equal(story.order.legs[0].reason, CASE_AMOUNT_MISMATCH);
}

static void late_money_of_which_nothing_more_is_said_is_a_case(void **state) {
    (void)state;
    story_begin(&story, 1, CHANNEL_WECHAT);
    close_without_an_answer();
    assert_true(story_until_sent(&story, 5000));
    story_trade(&story, TRADE_PAID);
    while (leg() == LEG_PAID_AFTER_CLOSE) {
        assert_true(story_until_sent(&story, 600000));
        story_says(&story, OUTCOME_UNKNOWN, "1");
    }
    assert_int_equal(story.order.legs[0].reason, CASE_PAYMENT_UNKNOWN);
}

static void after_a_restart_a_late_refund_under_way_is_asked_about_alone(void **state) {
    (void)state;
    story_begin(&story, 1, CHANNEL_WECHAT);
    close_without_an_answer();
    late_at_the_end_of_the_window();
    story_durable(&story);
    story_restart(&story);
    assert_int_equal(story.verb, VERB_ASK_REFUND);
    story_says(&story, OUTCOME_ACCEPTED, "0");
    assert_int_equal(leg(), LEG_RETURNED);
}

/* All the time of its watch the platform has no such payment. One answer that says nothing, just
 * when the watch is over, is asked again before a person is. */
static void one_odd_answer_at_the_end_of_a_watch_is_no_case(void **state) {
    (void)state;
    story_begin_by(&story, 1, CHANNEL_WECHAT, ROUTE_ONEPAY);
    story_leaves(&story);
    story_answer(&story, (struct event_answer){.outcome = OUTCOME_ACCEPTED, .code = "000000"});
    story_durable(&story);
    int64_t over_ms = story.order.legs[0].watch_until_ms;
    bool odd = false;
    while (!odd) {
        assert_true(story_until_sent(&story, INT64_C(24) * 3600000));
        odd = story.now.wall_ms >= over_ms;
        story_answer(&story, odd ? (struct event_answer){.outcome = OUTCOME_UNKNOWN,
                                                         .trade = TRADE_OTHER,
                                                         .code = "999999"}
                                 : (struct event_answer){.outcome = OUTCOME_UNKNOWN,
                                                         .trade = TRADE_ABSENT,
                                                         .code = "notfound"});
        story_durable(&story);
    }
    assert_int_equal(leg(), LEG_CLOSED);
}

/* Nobody can have paid what was not placed yet: such a time is none to count the platform's window
 * from, within which it returns the money by itself. */
static void a_time_before_the_order_is_not_waited_from(void **state) {
    (void)state;
    story_begin(&story, 1, CHANNEL_WECHAT);
    close_without_an_answer();
    for (int i = 0; i < 2; i++) {
        assert_true(story_until_sent(&story, 600000));
        assert_int_equal(story.verb, VERB_ASK);
        story_answer(&story,
                     (struct event_answer){.outcome = OUTCOME_ACCEPTED,
                                           .trade = TRADE_PAID,
                                           .code = "0",
                                           .has_amount = true,
                                           .amount = story.order.legs[0].amount,
                                           .time_ms = story.now.wall_ms - INT64_C(365) * 86400000});
        story_durable(&story);
    }
    assert_int_equal(story.order.refund_count, 0);
    assert_int_equal(leg(), LEG_PAID_AFTER_CLOSE);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_odd_answer_at_the_end_of_a_watch_is_no_case),
        cmocka_unit_test(a_close_without_an_answer_is_closed_and_watched),
        cmocka_unit_test(a_time_before_the_order_is_not_waited_from),
        cmocka_unit_test(the_watch_ends_with_the_window),
        cmocka_unit_test(what_was_left_before_its_end_is_asked_about_soon_again),
        cmocka_unit_test(a_clock_that_was_set_back_makes_no_hurry),
        cmocka_unit_test(days_without_power_do_not_end_the_watch_unasked),
        cmocka_unit_test(a_platform_that_stays_away_after_days_without_power_is_a_case),
        cmocka_unit_test(a_platform_that_said_before_that_nobody_paid_ends_the_watch),
        cmocka_unit_test(a_return_that_is_odd_is_a_person_s_in_the_end),
        cmocka_unit_test(a_closed_payment_that_is_only_odd_is_a_case),
        cmocka_unit_test(late_money_waits_from_no_time_to_come),
        cmocka_unit_test(late_money_of_an_order_that_is_yet_to_come_waits_from_now_on),
        cmocka_unit_test(late_money_that_stays_is_returned_by_us_with_one_number),
        cmocka_unit_test(a_refused_late_refund_looks_whether_the_platform_was_faster),
        cmocka_unit_test(a_payment_after_expire_is_never_credited),
        cmocka_unit_test(a_payment_in_the_last_second_is_in_time),
        cmocka_unit_test(a_payment_that_went_back_while_we_waited_is_returned),
        cmocka_unit_test(a_return_that_failed_is_never_credited),
        cmocka_unit_test(late_money_refused_by_us_and_kept_by_them_is_a_case),
        cmocka_unit_test(a_late_refund_that_stays_unknown_is_a_case),
        cmocka_unit_test(late_money_of_another_amount_is_a_case),
        cmocka_unit_test(late_money_of_which_nothing_more_is_said_is_a_case),
        cmocka_unit_test(after_a_restart_a_late_refund_under_way_is_asked_about_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
