/* links: app/core/order/ app/core/terms/ tests/support/order_story.c */
/* The network is down for hours, with the limits of a real terminal: nobody is sent to the window
 * for that. A minute after it is back, five after a restart, whatever was unknown is known, when
 * the other side answers definitely. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/order_story.h"

#define SECONDS INT64_C(1000)
#define MINUTES (60 * SECONDS)
#define HOURS (60 * MINUTES)

static struct story story;

static const char *const broken[] = {"", "-7", "-28", "HTTP 502"};

/* Every question is lost, for so long. */
static void down_for(int64_t ms) {
    int64_t until_ms = story.now.mono_ms + ms;
    for (int i = 0; story.now.mono_ms < until_ms; i++) {
        if (story.verb != VERB_NONE)
            story_says(&story, OUTCOME_UNKNOWN, broken[i % 4]);
        if (story.verb == VERB_NONE && !story_until_sent(&story, until_ms - story.now.mono_ms))
            story_tick(&story, until_ms - story.now.mono_ms);
    }
}

/* What each side answers when it can be reached. */
struct other_side {
    enum trade_state payment;
    enum outcome credit, refund; /* asked about */
    const char *credit_code;
};

static void answer(const struct other_side *side) {
    switch (story.verb) {
    case VERB_ASK:
        story_trade(&story, side->payment);
        return;
    case VERB_BILLS:
        story_lists(&story, 0, story.order.claim_count);
        return;
    case VERB_ASK_CREDIT:
        story_names(&story, side->credit, side->credit_code);
        return;
    case VERB_ASK_REFUND:
        story_says(&story, side->refund, "0");
        return;
    default:
        story_says(&story, OUTCOME_ACCEPTED, "00");
        return;
    }
}

/* The time until the order is settled. */
static int64_t settles_in(const struct other_side *side) {
    int64_t since_ms = story.now.mono_ms;
    while (!order_finished(&story.order)) {
        assert_true(story.verb != VERB_NONE || story_until_sent(&story, HOURS) ||
                    order_finished(&story.order));
        if (story.verb != VERB_NONE)
            answer(side);
        if (story.order.run.durable_wait != 0)
            story_durable(&story);
    }
    return story.now.mono_ms - since_ms;
}

static const struct other_side well = {TRADE_PAID, OUTCOME_ACCEPTED, OUTCOME_ACCEPTED, "00"};
static const struct other_side credit_was_lost = {TRADE_PAID, OUTCOME_DECLINED, OUTCOME_ACCEPTED,
                                                  "00"};
static const struct other_side taken_back = {TRADE_PAID, OUTCOME_UNKNOWN, OUTCOME_ACCEPTED,
                                             "closed"};

static void ends_as(const struct other_side *side, int64_t limit_ms, enum order_state state) {
    int64_t took_ms = settles_in(side);
    if (took_ms > limit_ms)
        fail_msg("settled after %d s only", (int)(took_ms / SECONDS));
    assert_int_equal(order_state(&story.order), state);
    assert_int_equal(order_sums(&story.order).in_cases.fen, 0);
}

/* Moments at which the way to the other side breaks. */
static void with_the_code_on_the_screen(void) {
    story_begin(&story, 1, CHANNEL_WECHAT);
    story_wait(&story);
}

static void with_the_credit_under_way(void) {
    story_begin(&story, 1, CHANNEL_WECHAT);
    story_credit(&story);
}

static void with_the_reversal_under_way(void) {
    with_the_credit_under_way();
    story_refuses(&story, 0);
    story_durable(&story);
    assert_int_equal(story.verb, VERB_REFUND);
}

static void with_the_credit_being_taken_back(void) {
    with_the_credit_under_way();
    story_says(&story, OUTCOME_ACCEPTED, "00");
    story_durable(&story);
    struct order_rules rules = {.policy = &story.policy,
                                .limits = &story.limits,
                                .next_number = &story.next_number,
                                .last_no = story.last_no,
                                .number_mark = "7K0042",
                                .journal_ok = true};
    assert_int_equal(order_refund_request(&story.order, &rules, 0, story.order.claims[0].amount,
                                          story.now, &story.out),
                     REFUSAL_NONE);
    story.out.count = 0;
    story_durable(&story);
    assert_int_equal(story.verb, VERB_UNCREDIT);
}

static const struct {
    void (*begin)(void);
    int64_t down_ms;
    const struct other_side *side;
    enum order_state end;
} outages[] = {
    {with_the_code_on_the_screen, 2 * MINUTES, &well, ORDER_CREDITED},
    {with_the_credit_under_way, 2 * MINUTES, &well, ORDER_CREDITED},
    {with_the_credit_under_way, 5 * HOURS, &well, ORDER_CREDITED},
    {with_the_credit_under_way, 5 * HOURS, &credit_was_lost, ORDER_RETURNED},
    {with_the_reversal_under_way, 5 * HOURS, &well, ORDER_RETURNED},
    {with_the_credit_being_taken_back, 5 * HOURS, &taken_back, ORDER_RETURNED},
};
#define OUTAGES (int)(sizeof outages / sizeof *outages)

static void a_minute_after_the_network_is_back_everything_is_known(void **state) {
    (void)state;
    for (int i = 0; i < OUTAGES; i++) {
        outages[i].begin();
        down_for(outages[i].down_ms);
        ends_as(outages[i].side, 60 * SECONDS, outages[i].end);
    }
}

static void five_minutes_after_a_restart_everything_is_known(void **state) {
    (void)state;
    for (int i = 0; i < OUTAGES; i++) {
        outages[i].begin();
        down_for(outages[i].down_ms);
        story_restart(&story);
        ends_as(outages[i].side, 5 * MINUTES, outages[i].end);
    }
}

/* Paid, and the hospital is away before it was told anything: the money goes back by itself. */
static void a_hospital_that_stays_away_costs_the_patient_a_way_but_no_money(void **state) {
    (void)state;
    story_begin(&story, 1, CHANNEL_WECHAT);
    story_wait(&story);
    assert_true(story_until_sent(&story, 10 * SECONDS));
    story_trade(&story, TRADE_PAID);
    story_durable(&story);
    assert_int_equal(story.verb, VERB_BILLS);
    while (story.verb == VERB_BILLS) {
        story_says(&story, OUTCOME_UNKNOWN, "-7");
        if (story.verb == VERB_NONE)
            assert_true(story_until_sent(&story, MINUTES));
    }
    assert_int_equal(story.verb, VERB_REFUND);
    ends_as(&well, 60 * SECONDS, ORDER_RETURNED);
}

/* Nobody is left asking for ever: a day later a person looks. */
static void a_day_of_silence_is_a_case(void **state) {
    (void)state;
    with_the_credit_under_way();
    down_for(23 * HOURS);
    assert_int_equal(order_state(&story.order), ORDER_CREDITING);
    down_for(2 * HOURS);
    assert_int_equal(story.order.claims[0].reason, CASE_CREDIT_UNKNOWN);
}

/* Whoever answers without an answer is given half an hour. */
static void a_hospital_that_will_not_say_is_a_case_sooner(void **state) {
    (void)state;
    with_the_credit_under_way();
    story_says(&story, OUTCOME_UNKNOWN, "99");
    int64_t since_ms = story.now.mono_ms;
    while (order_state(&story.order) == ORDER_CREDITING) {
        assert_true(story.verb != VERB_NONE || story_until_sent(&story, MINUTES));
        if (story.verb == VERB_BILLS)
            story_lists(&story, 0, 1);
        else
            story_says(&story, OUTCOME_UNKNOWN, "exp");
    }
    assert_int_equal(order_state(&story.order), ORDER_CASE);
    assert_true(story.now.mono_ms - since_ms < 31 * MINUTES);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_minute_after_the_network_is_back_everything_is_known),
        cmocka_unit_test(five_minutes_after_a_restart_everything_is_known),
        cmocka_unit_test(a_hospital_that_stays_away_costs_the_patient_a_way_but_no_money),
        cmocka_unit_test(a_day_of_silence_is_a_case),
        cmocka_unit_test(a_hospital_that_will_not_say_is_a_case_sooner),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
