/* links: app/core/order/ app/core/terms/ tests/support/order_story.c */
/* A bank card at a desk: the pinpad takes the money, the desk's platform books it by our message
 * and takes it back by our message, and is asked by the caller's own numbers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/order_story.h"

static struct story story;

static enum claim_state claim(void) {
    return story.order.claims[0].state;
}

/* A bill of 10.00 of a caller is paid at the pinpad; the booking has left. */
static void booking(void) {
    story_begin(&story, 1, CHANNEL_CARD);
    strcpy(story.order.caller_no, "CALLER-1");
    story.policy.his_takes_back = false; /* that is the hospital's, not the platform's */
    story_durable(&story);
    assert_int_equal(story.verb, VERB_PLACE);
    story_answer(&story, (struct event_answer){.outcome = OUTCOME_ACCEPTED,
                                               .trade = TRADE_PAID,
                                               .has_amount = true,
                                               .amount = {1000},
                                               .no = "REF1"});
    story_durable(&story);
    assert_int_equal(story.verb, VERB_CREDIT); /* no list is read for it */
}

static void asked(enum outcome outcome, const char *code, enum trade_state trade) {
    struct event_answer answer = {.outcome = outcome, .trade = trade};
    strcpy(answer.code, code);
    story_answer(&story, answer);
}

/* Until it is asked when nothing of ours can be on its way any more. */
static void until_quiet(void) {
    int64_t sent_ms = story.order.run.claim[0].sent_mono_ms;
    while (story.order.run.claim[0].asked_mono_ms - sent_ms < story.limits.credit_quiet_ms ||
           story.verb != VERB_ASK_CREDIT) {
        if (story.verb == VERB_ASK_CREDIT)
            asked(OUTCOME_UNKNOWN, "", TRADE_OTHER);
        assert_true(story_until_sent(&story, 120000));
    }
}

static void lost_booking(void) {
    booking();
    story_says(&story, OUTCOME_UNKNOWN, "");
    story_durable(&story);
    assert_int_equal(story.verb, VERB_ASK_CREDIT);
}

static void a_booking_that_the_platform_knows_is_ours(void **state) {
    (void)state;
    lost_booking();
    asked(OUTCOME_ACCEPTED, "succ", TRADE_PAID);
    assert_int_equal(claim(), CLAIM_DONE);
    assert_false(story.order.claims[0].unproven);
}

static void only_one_that_never_arrived_is_sent_again(void **state) {
    static const struct {
        const char *code;
        enum trade_state trade;
        bool again;
    } rows[] = {{"notfound", TRADE_ABSENT, true},
                {"999999", TRADE_OTHER, false},
                {"exp", TRADE_OTHER, false}};
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        lost_booking();
        asked(OUTCOME_UNKNOWN, "notfound", TRADE_ABSENT); /* it may be on its way still */
        assert_int_equal(story.order.claims[0].tries, 1);
        until_quiet();
        asked(OUTCOME_UNKNOWN, rows[i].code, rows[i].trade);
        story_durable(&story);
        assert_int_equal(story.order.claims[0].tries, rows[i].again ? 2 : 1);
        assert_int_equal(story.verb == VERB_CREDIT, rows[i].again);
    }
}

static void give_back(void) {
    booking();
    struct order_rules rules = story_rules(&story);
    story_answer(&story, (struct event_answer){.outcome = OUTCOME_ACCEPTED, .no = "T1"});
    story_durable(&story);
    assert_int_equal(
        order_refund_request(&story.order, &rules, 0, (struct fen){1000}, story.now, &story.out),
        REFUSAL_NONE);
    story_tick(&story, 0);
    story_durable(&story);
    assert_int_equal(story.verb, VERB_UNCREDIT); /* before anything goes back to the card */
}

static void the_card_gets_it_when_the_booking_is_gone(void **state) {
    (void)state;
    give_back();
    story_answer(&story, (struct event_answer){
                             .outcome = OUTCOME_ACCEPTED, .has_amount = true, .amount = {1000}});
    story_durable(&story);
    assert_int_equal(story.verb, VERB_REFUND);
}

static void less_taken_back_than_asked_is_for_a_person(void **state) {
    (void)state;
    give_back();
    story_answer(&story, (struct event_answer){
                             .outcome = OUTCOME_ACCEPTED, .has_amount = true, .amount = {999}});
    assert_int_equal(claim(), CLAIM_CASE);
    assert_int_equal(story.order.claims[0].reason, CASE_CREDIT_CONTRADICTS);
    story_durable(&story);
    assert_int_equal(story.verb, VERB_NONE);
}

/* 040023: its own book is gone, and what it does with the money it leaves to a person. */
static void what_the_platform_leaves_to_a_person_is_a_case(void **state) {
    (void)state;
    give_back();
    story_answer(&story, (struct event_answer){.outcome = OUTCOME_UNKNOWN,
                                               .trade = TRADE_ABNORMAL,
                                               .code = "040023"});
    assert_int_equal(claim(), CLAIM_CASE);
    assert_int_equal(story.order.claims[0].reason, CASE_CREDIT_UNKNOWN);
    story_durable(&story);
    assert_int_equal(story.verb, VERB_NONE);
}

static void a_lost_taking_back_is_asked_about_by_its_number(void **state) {
    static const struct {
        enum outcome outcome;
        const char *code;
        enum trade_state trade;
        enum claim_state then;
    } rows[] = {{OUTCOME_ACCEPTED, "succ", TRADE_RETURNED, CLAIM_UNCREDITING}, /* the card's turn */
                {OUTCOME_UNKNOWN, "notfound", TRADE_NONE, CLAIM_DONE},
                {OUTCOME_UNKNOWN, "999999", TRADE_OTHER, CLAIM_UNCREDITING},
                {OUTCOME_UNKNOWN, "-28", TRADE_NONE, CLAIM_UNCREDITING}}; /* of our own wire */
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        give_back();
        story_says(&story, OUTCOME_UNKNOWN, "");
        assert_int_equal(story.verb, VERB_ASK_CREDIT);
        asked(OUTCOME_UNKNOWN, "notfound", TRADE_NONE); /* it may be on its way still */
        assert_int_equal(claim(), CLAIM_UNCREDITING);
        until_quiet();
        asked(rows[i].outcome, rows[i].code, rows[i].trade);
        story_durable(&story);
        assert_int_equal(claim(), rows[i].then);
        assert_int_equal(story.verb == VERB_REFUND, i == 0);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_booking_that_the_platform_knows_is_ours),
        cmocka_unit_test(only_one_that_never_arrived_is_sent_again),
        cmocka_unit_test(the_card_gets_it_when_the_booking_is_gone),
        cmocka_unit_test(less_taken_back_than_asked_is_for_a_person),
        cmocka_unit_test(what_the_platform_leaves_to_a_person_is_a_case),
        cmocka_unit_test(a_lost_taking_back_is_asked_about_by_its_number),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
