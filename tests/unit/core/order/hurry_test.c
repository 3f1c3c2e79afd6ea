/* links: app/core/order/ app/core/terms/ tests/support/order_story.c */
/* Somebody wants to know now: every question that waits for its time is asked at once. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/order_story.h"

static struct story story;

static enum verb sent(void) {
    for (int i = 0; i < story.out.count; i++)
        if (story.out.items[i].kind == EFFECT_SEND)
            return story.out.items[i].of.send.verb;
    return VERB_NONE;
}

static bool noted(enum note note) {
    for (int i = 0; i < story.out.note_count; i++)
        if (story.out.notes[i].note == note)
            return true;
    return false;
}

static enum verb asked_now(void) {
    struct order_rules rules = story_rules(&story);
    effects_clear(&story.out);
    order_ask_now(&story.order, &rules, story.now, &story.out);
    return sent();
}

static enum verb asked_by_hand(bool journal_ok) {
    struct order_rules rules = story_rules(&story);
    rules.journal_ok = journal_ok;
    effects_clear(&story.out);
    order_ask_by_hand(&story.order, &rules, story.now, &story.out);
    return sent();
}

/* Its question was answered once: the next has its time. */
static void pauses_after(enum verb verb) {
    story_durable(&story);
    assert_true(story_until_sent(&story, 60000));
    assert_int_equal(story.verb, verb);
    story_answer(&story, (struct event_answer){.outcome = OUTCOME_UNKNOWN, .code = "01"});
    story_durable(&story);
    assert_int_equal(story.verb, VERB_NONE);
}

static void a_payment_pauses(void) {
    story_begin(&story, 1, CHANNEL_WECHAT);
    story_wait(&story);
    pauses_after(VERB_ASK);
}

static void a_credit_pauses(void) {
    story_begin(&story, 1, CHANNEL_WECHAT);
    story_credit(&story);
    story_says(&story, OUTCOME_UNKNOWN, "");
    pauses_after(VERB_ASK_CREDIT);
}

static void a_refund_pauses(void) {
    story_begin(&story, 1, CHANNEL_WECHAT);
    story_credit(&story);
    story_refuses(&story, 0);
    story_durable(&story);
    assert_int_equal(story.verb, VERB_REFUND);
    story_says(&story, OUTCOME_UNKNOWN, "");
    pauses_after(VERB_ASK_REFUND);
}

static const struct {
    void (*pauses)(void);
    enum verb asks;
} rows[] = {{a_payment_pauses, VERB_ASK},
            {a_credit_pauses, VERB_ASK_CREDIT},
            {a_refund_pauses, VERB_ASK_REFUND}};

static void whatever_waits_is_asked_at_once(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        rows[i].pauses();
        assert_int_equal(asked_now(), rows[i].asks);
        assert_int_equal(asked_now(), VERB_NONE); /* it is under way */
    }
}

/* That a person asked is an event of the order; without a journal nothing is asked by hand. */
static void who_asks_by_hand_is_written_down_first(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        rows[i].pauses();
        assert_int_equal(asked_by_hand(false), VERB_NONE);
        assert_false(noted(NOTE_ASKED));
        asked_by_hand(true);
        assert_true(noted(NOTE_ASKED));
        uint32_t writing = story.order.run.durable_wait;
        assert_true(writing != 0);
        assert_int_equal(asked_by_hand(true), VERB_NONE); /* one is being written */
        assert_int_equal(story.order.run.durable_wait, writing);
        assert_false(noted(NOTE_ASKED));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whatever_waits_is_asked_at_once),
        cmocka_unit_test(who_asks_by_hand_is_written_down_first),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
