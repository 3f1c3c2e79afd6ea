/* links: app/core/order/ app/core/terms/ tests/support/order_story.c */
/* ORG_005 without an answer: what ORG_004 says afterwards proves that the credit was taken back,
 * that it stands, or nothing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/order_story.h"

static struct story story;
static struct claim *const claim = &story.order.claims[0];

static enum refusal want_back(int64_t fen) {
    struct order_rules rules = story_rules(&story);
    effects_clear(&story.out);
    return order_refund_request(&story.order, &rules, 0, (struct fen){fen}, story.now, &story.out);
}

/* A bill of 10.00, or a deposit of 100.00 of which so much went back before, is credited. */
static void credited(int bills, int64_t back_fen) {
    story_begin(&story, bills, CHANNEL_WECHAT);
    story.policy.settle_result = SETTLE_RESULT_ORDER;
    story_credit(&story);
    story_answer(&story, (struct event_answer){.outcome = OUTCOME_ACCEPTED, .no = "SN"});
    story_durable(&story);
    claim->refunded.fen = story.order.shares[0].returned.fen = back_fen;
}

static void lost(int64_t fen) {
    assert_int_equal(want_back(fen), REFUSAL_NONE);
    story_tick(&story, 0);
    story_durable(&story);
    assert_int_equal(story.verb, VERB_UNCREDIT);
    story_says(&story, OUTCOME_UNKNOWN, "");
    assert_int_equal(story.verb, VERB_ASK_CREDIT);
}

/* It leaves once: what certainly did not has taken nothing back, whatever ORG_004 can tell. */
static void one_that_never_left_has_taken_nothing_back(void **state) {
    static const enum settle_result settles[] = {SETTLE_RESULT_ORDER, SETTLE_RESULT_VISIT,
                                                 SETTLE_RESULT_AUTO};
    (void)state;
    for (size_t i = 0; i < sizeof settles / sizeof settles[0]; i++) {
        credited(i == 0 ? 0 : 1, 0);
        story.policy.settle_result = settles[i];
        assert_int_equal(want_back(i == 0 ? 3000 : 1000), REFUSAL_NONE);
        story_tick(&story, 0);
        story_durable(&story);
        assert_int_equal(story.verb, VERB_UNCREDIT);
        story_never_leaves(&story);
        assert_int_equal(claim->state, CLAIM_DONE);
        assert_int_equal(story.order.refunds[0].state, REFUND_REFUSED);
    }
}

/* Until ORG_004 is asked when nothing of ours can be on its way any more. */
static void until_quiet(void) {
    const struct part_run *run = &story.order.run.claim[0];
    while (run->asked_mono_ms - run->sent_mono_ms < story.limits.credit_quiet_ms) {
        story_says(&story, OUTCOME_UNKNOWN, "01");
        assert_true(story_until_sent(&story, 120000));
        assert_int_equal(story.verb, VERB_ASK_CREDIT);
    }
}

enum then { ASKED_ON, TAKEN_BACK, KEPT, CASE };
#define BILL 1
#define DEPOSIT 0
#define UNNAMED (-1)

static const struct {
    enum settle_result settles;
    int bills;
    int64_t back_fen, wanted_fen;
    enum outcome outcome;
    const char *code;
    int64_t named_fen;
    enum then then;
} rows[] = {
    {SETTLE_RESULT_ORDER, BILL, 0, 1000, OUTCOME_ACCEPTED, "succ", UNNAMED, KEPT},
    {SETTLE_RESULT_ORDER, BILL, 0, 1000, OUTCOME_UNKNOWN, "closed", UNNAMED, TAKEN_BACK},
    {SETTLE_RESULT_ORDER, BILL, 0, 1000, OUTCOME_DECLINED, "fail", UNNAMED, CASE},
    {SETTLE_RESULT_ORDER, BILL, 0, 1000, OUTCOME_UNKNOWN, "01", UNNAMED, ASKED_ON},
    {SETTLE_RESULT_ORDER, DEPOSIT, 0, 3000, OUTCOME_ACCEPTED, "succ", 7000, TAKEN_BACK},
    {SETTLE_RESULT_ORDER, DEPOSIT, 0, 3000, OUTCOME_ACCEPTED, "succ", 10000, KEPT},
    {SETTLE_RESULT_ORDER, DEPOSIT, 0, 3000, OUTCOME_ACCEPTED, "succ", 8000, CASE},
    {SETTLE_RESULT_ORDER, DEPOSIT, 0, 3000, OUTCOME_ACCEPTED, "succ", UNNAMED, ASKED_ON},
    {SETTLE_RESULT_ORDER, DEPOSIT, 0, 3000, OUTCOME_UNKNOWN, "closed", UNNAMED, CASE},
    {SETTLE_RESULT_ORDER, DEPOSIT, 2000, 3000, OUTCOME_ACCEPTED, "succ", 5000, TAKEN_BACK},
    {SETTLE_RESULT_ORDER, DEPOSIT, 2000, 3000, OUTCOME_ACCEPTED, "succ", 8000, KEPT},
    {SETTLE_RESULT_ORDER, DEPOSIT, 2000, 8000, OUTCOME_UNKNOWN, "closed", UNNAMED, TAKEN_BACK},
    /* while nobody knows what it tells of, a word without an amount may be of another settlement */
    {SETTLE_RESULT_AUTO, BILL, 0, 1000, OUTCOME_ACCEPTED, "succ", UNNAMED, ASKED_ON},
    {SETTLE_RESULT_AUTO, BILL, 0, 1000, OUTCOME_DECLINED, "fail", UNNAMED, ASKED_ON},
    {SETTLE_RESULT_AUTO, DEPOSIT, 0, 3000, OUTCOME_ACCEPTED, "succ", 7000, TAKEN_BACK},
    {SETTLE_RESULT_AUTO, DEPOSIT, 0, 3000, OUTCOME_ACCEPTED, "succ", UNNAMED, ASKED_ON},
    {SETTLE_RESULT_VISIT, BILL, 0, 1000, OUTCOME_UNKNOWN, "closed", UNNAMED, ASKED_ON},
    {SETTLE_RESULT_VISIT, DEPOSIT, 0, 3000, OUTCOME_ACCEPTED, "succ", 7000, ASKED_ON},
};

static enum then what_became_of_it(void) {
    if (claim->state == CLAIM_CASE) {
        assert_int_equal(claim->reason, CASE_CREDIT_CONTRADICTS);
        return CASE;
    }
    if (claim->state == CLAIM_DONE)
        return KEPT;
    assert_int_equal(claim->state, CLAIM_UNCREDITING);
    return story.order.refunds[0].state == REFUND_NEW ? ASKED_ON : TAKEN_BACK;
}

static void only_what_proves_something_decides(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        credited(rows[i].bills, rows[i].back_fen);
        story.policy.settle_result = rows[i].settles;
        lost(rows[i].wanted_fen);
        until_quiet();
        struct event_answer answer = {.outcome = rows[i].outcome,
                                      .has_amount = rows[i].named_fen != UNNAMED,
                                      .amount = {rows[i].named_fen}};
        strcpy(answer.code, rows[i].code);
        story_answer(&story, answer);
        if (what_became_of_it() != rows[i].then)
            fail_msg("row %zu: claim %d, refund %d", i, claim->state, story.order.refunds[0].state);
        story_durable(&story);
        assert_int_equal(story.verb == VERB_REFUND, rows[i].then == TAKEN_BACK);
    }
}

/* It is given up so long after it was wanted back, not after it was credited. */
static void a_credit_of_long_ago_has_all_the_time_there_is(void **state) {
    (void)state;
    credited(BILL, 0);
    story.now.wall_ms += 3 * story.limits.credit_deadline_ms;
    story.now.mono_ms += 3 * story.limits.credit_deadline_ms;
    int64_t wanted_ms = story.now.mono_ms;
    lost(1000);
    while (claim->state == CLAIM_UNCREDITING) {
        story_answer(&story, (struct event_answer){.outcome = OUTCOME_UNKNOWN, .code = "01"});
        if (claim->state == CLAIM_UNCREDITING)
            assert_true(story_until_sent(&story, 600000));
    }
    assert_int_equal(claim->reason, CASE_CREDIT_UNKNOWN);
    assert_true(story.now.mono_ms - wanted_ms >= story.limits.credit_deadline_ms);
}

/* What the answer says could not be kept. */
static void one_that_is_listed_again_is_asked_about_with_a_sound_journal_only(void **state) {
    (void)state;
    credited(BILL, 0);
    story_tick(&story, story.policy.list_lag_ms + 60000);
    struct order_rules rules = story_rules(&story);
    rules.journal_ok = false;
    effects_clear(&story.out);
    order_ask_listed(&story.order, &rules, 0, story.now, &story.out);
    assert_int_equal(story.out.count, 0);
    rules.journal_ok = true;
    order_ask_listed(&story.order, &rules, 0, story.now, &story.out);
    assert_int_equal(story.out.count, 1);
    assert_int_equal(story.out.items[0].of.send.verb, VERB_ASK_CREDIT);
}

/* A credited bill was listed again, and ORG_004 is being asked whether it was taken back when its
 * payer wants it back here: whatever the answer is, it is of the time before the ORG_005. */
static void what_was_asked_while_it_stood_decides_nothing(void **state) {
    static const struct event_answer answers[] = {
        {.outcome = OUTCOME_UNKNOWN, .code = "closed"},
        {.outcome = OUTCOME_ACCEPTED, .code = "succ"},
        {.outcome = OUTCOME_DECLINED, .code = "fail"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof answers / sizeof answers[0]; i++) {
        credited(BILL, 0);
        story_tick(&story, story.policy.list_lag_ms + 60000);
        struct order_rules rules = story_rules(&story);
        effects_clear(&story.out);
        order_ask_listed(&story.order, &rules, 0, story.now, &story.out);
        uint32_t asked = story.out.items[0].number;
        assert_int_equal(story.order.run.claim[0].request, asked);

        assert_int_equal(want_back(1000), REFUSAL_NONE);
        story.request = asked;
        story_answer(&story, answers[i]);
        assert_int_equal(what_became_of_it(), ASKED_ON);
        story_tick(&story, 0);
        story_durable(&story);
        assert_int_equal(story.verb, VERB_UNCREDIT);
    }
}

/* What ORG_004 tells of is not found out any more with a credit that goes back. */
static void a_probe_ends_with_it(void **state) {
    (void)state;
    story_begin(&story, BILL, CHANNEL_WECHAT);
    story.policy.settle_result = SETTLE_RESULT_AUTO;
    story_credit(&story);
    story_answer(&story, (struct event_answer){.outcome = OUTCOME_ACCEPTED, .no = "SN"});
    story_durable(&story);
    assert_int_equal(story.verb, VERB_PROBE_CREDIT);
    assert_int_equal(want_back(1000), REFUSAL_NONE);
    story_tick(&story, 0);
    story_durable(&story);
    assert_int_equal(story.verb, VERB_UNCREDIT);
    story_says(&story, OUTCOME_ACCEPTED, "00");
    story_durable(&story);
    assert_int_equal(story.verb, VERB_REFUND);
    story_answer(&story,
                 (struct event_answer){.outcome = OUTCOME_ACCEPTED, .trade = TRADE_RETURNED});
    story_durable(&story);
    assert_int_equal(claim->state, CLAIM_REFUNDED);
    assert_true(order_finished(&story.order));
}

/* The last place for a refund is one. */
static void refunds_have_so_many_places(void **state) {
    (void)state;
    for (int places = 0; places < 2; places++) {
        credited(DEPOSIT, 0);
        story.order.refund_count = REFUNDS_MAX - places;
        for (int i = 0; i < story.order.refund_count; i++)
            story.order.refunds[i] = (struct refund){.state = REFUND_REFUSED, .amount = {1}};
        assert_int_equal(want_back(100), places == 0 ? REFUSAL_FULL : REFUSAL_NONE);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_that_never_left_has_taken_nothing_back),
        cmocka_unit_test(only_what_proves_something_decides),
        cmocka_unit_test(a_credit_of_long_ago_has_all_the_time_there_is),
        cmocka_unit_test(one_that_is_listed_again_is_asked_about_with_a_sound_journal_only),
        cmocka_unit_test(what_was_asked_while_it_stood_decides_nothing),
        cmocka_unit_test(a_probe_ends_with_it),
        cmocka_unit_test(refunds_have_so_many_places),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
