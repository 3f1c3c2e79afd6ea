/* links: app/core/order/ app/core/terms/ tests/support/order_story.c */
/* A closed payment is watched: how often it is asked about, and what counts as late money. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/order_story.h"

#define MINUTE_MS INT64_C(60000)

static struct story story;
static struct leg *const watched = &story.order.legs[0];

/* The patient left, the platform closed it. */
static void is_watched(void) {
    story_begin(&story, 1, CHANNEL_WECHAT);
    story_leaves(&story);
    story_says(&story, OUTCOME_ACCEPTED, "0");
    story_durable(&story);
    assert_int_equal(watched->state, LEG_CLOSED);
}

/* The platform says now that nobody has paid: how long until the next question, and how long it has
 * been waited for. */
static int64_t pause_after_an_answer(int64_t *age_ms) {
    assert_true(story_until_sent(&story, 60 * MINUTE_MS));
    assert_int_equal(story.verb, VERB_ASK);
    story_trade(&story, TRADE_WAIT);
    int64_t answered_ms = story.now.wall_ms;
    *age_ms = answered_ms - (watched->watch_until_ms - story.policy.late_window_ms);
    assert_true(story_until_sent(&story, 60 * MINUTE_MS));
    return story.now.wall_ms - answered_ms;
}

/* Also once the program was started again: an old one needs no question each second. */
static void the_longer_it_has_waited_the_longer_its_pauses(void **state) {
    (void)state;
    int64_t age_ms;
    for (int minutes = 1; minutes < 300; minutes *= 2) {
        is_watched();
        story.now.wall_ms = watched->watch_until_ms - story.policy.late_window_ms;
        story.now.wall_ms += minutes * MINUTE_MS;
        story_restart(&story);
        int64_t pause_ms = pause_after_an_answer(&age_ms);
        assert_true(age_ms >= minutes * MINUTE_MS);
        assert_int_equal(pause_ms, age_ms < 10 * MINUTE_MS ? age_ms / 2 * 2 : 10 * MINUTE_MS);
    }
}

static void what_shows_that_it_was_paid_is_late_money(void **state) {
    (void)state;
    static const enum trade_state shows[] = {TRADE_PAID, TRADE_RETURN_FAILED, TRADE_ABNORMAL};
    for (size_t n = 0; n < sizeof shows / sizeof shows[0]; n++) {
        is_watched();
        assert_true(story_until_sent(&story, 60 * MINUTE_MS));
        story_trade(&story, shows[n]);
        assert_int_equal(watched->state, LEG_PAID_AFTER_CLOSE);
        assert_true(watched->paid_ms != 0);
    }
    is_watched();
    assert_true(story_until_sent(&story, 60 * MINUTE_MS));
    story_trade(&story, TRADE_RETURNED);
    assert_int_equal(watched->state, LEG_RETURNED);
}

/* The program was started again before it ever closed it: the refusal means what it says, and what
 * is paid is in time. */
static void a_first_close_after_a_restart_may_be_refused(void **state) {
    (void)state;
    story_begin(&story, 1, CHANNEL_WECHAT);
    story_durable(&story);
    assert_int_equal(story.verb, VERB_PLACE);
    story_restart(&story);
    assert_int_equal(watched->state, LEG_PLACE_UNKNOWN);
    assert_true(story_until_sent(&story, MINUTE_MS));
    story_trade(&story, TRADE_WAIT);
    story_cancel(&story);
    story_durable(&story);
    assert_int_equal(story.verb, VERB_CLOSE);
    story_answer(&story, (struct event_answer){.outcome = OUTCOME_DECLINED, .not_closed = true});
    assert_int_equal(watched->state, LEG_WAITING);
    assert_true(story_until_sent(&story, MINUTE_MS));
    story_trade(&story, TRADE_PAID);
    assert_int_equal(watched->state, LEG_PAID);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_longer_it_has_waited_the_longer_its_pauses),
        cmocka_unit_test(what_shows_that_it_was_paid_is_late_money),
        cmocka_unit_test(a_first_close_after_a_restart_may_be_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
