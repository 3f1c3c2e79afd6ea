/* A payment by bank card: what the pinpad, or another in its place, says of a sale and of a return.
 */
#ifndef HOPKIOSK_CARD_STORY_H
#define HOPKIOSK_CARD_STORY_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/order_story.h"

#define TODAY "20261120"
#define YESTERDAY "20261119"

static struct story story;

static inline enum leg_state leg(void) {
    return story.order.legs[0].state;
}

static inline void at_the_pinpad(int bills) {
    story_begin(&story, bills, CHANNEL_CARD);
    story_durable(&story);
    assert_int_equal(story.verb, VERB_PLACE);
    assert_int_equal(leg(), LEG_PLACING);
}

static inline void approved(void) {
    story_answer(&story, (struct event_answer){.outcome = OUTCOME_ACCEPTED,
                                               .trade = TRADE_PAID,
                                               .has_amount = true,
                                               .amount = story.order.legs[0].amount,
                                               .paid_by = CHANNEL_CARD,
                                               .code = "00",
                                               .no = "000000700001",
                                               .slip = {.voucher = "000001",
                                                        .batch = "000001",
                                                        .terminal = "BENCH001",
                                                        .card = "622202*********1234",
                                                        .date = TODAY}});
}

static inline void declined(const char *code) {
    struct event_answer answer = {.outcome = OUTCOME_DECLINED, .trade = TRADE_FAILED};
    strcpy(answer.code, code);
    story_answer(&story, answer);
}

static inline void says(const char *code, const char *date) {
    struct event_answer answer = {.outcome = OUTCOME_UNKNOWN};
    strcpy(answer.code, code);
    strcpy(answer.slip.date, date);
    strcpy(answer.slip.terminal, "BENCH001");
    story_answer(&story, answer);
}

static inline void another_says(const char *code, const char *terminal) {
    struct event_answer answer = {.outcome = OUTCOME_UNKNOWN, .slip.date = TODAY};
    strcpy(answer.code, code);
    strcpy(answer.slip.terminal, terminal);
    story_answer(&story, answer);
}

static inline void nothing_is_heard(void) {
    story_says(&story, OUTCOME_UNKNOWN, "");
}

/* Questions without an answer until so long after the sale. */
static inline void ask_in_vain(int64_t ms) {
    int64_t until = story.now.mono_ms + ms;
    while (story.now.mono_ms < until) {
        assert_true(story_until_sent(&story, 60000));
        assert_int_equal(story.verb, VERB_ASK);
        if (story.now.mono_ms < until)
            nothing_is_heard();
    }
}

/* The hospital definitely refuses the deposit that was paid. */
static inline void refused_by_the_hospital(void) {
    at_the_pinpad(0);
    approved();
    story_durable(&story);
    assert_int_equal(story.verb, VERB_CREDIT);
    story_refuses(&story, 0);
    assert_int_equal(story.order.claims[0].state, CLAIM_REVERSING);
    story_durable(&story);
    assert_int_equal(story.verb, VERB_REFUND);
}

/* Questions about the return without an answer, until nothing of it can be on its way. */
static inline void ask_for_the_return_in_vain(void) {
    for (int64_t began = story.now.mono_ms; story.now.mono_ms < began + 40000;) {
        assert_true(story_until_sent(&story, 60000));
        assert_int_equal(story.verb, VERB_ASK_REFUND);
        nothing_is_heard();
    }
    assert_true(story_until_sent(&story, 60000));
    assert_int_equal(story.verb, VERB_ASK_REFUND);
}

/* A pinpad has the act: the bank did not answer (98), its card was charged with a flaw, the pinpad
 * itself does not know. */
static const char *const has_the_act[] __attribute__((unused)) = {"98", "A2", "Z6"};

#endif
