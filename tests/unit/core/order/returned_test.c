/* links: app/core/order/ app/core/terms/ tests/support/order_story.c */
/* Our refund was refused, and the payment says that it went back: by the platform, or is that the
 * money of another claim? And what is kept of a refund that is done. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "app/core/order/shares.h"
#include "tests/support/order_story.h"

static struct story story;
static struct order *const order = &story.order;
static struct claim *const claims = story.order.claims;

/* Two bills of one payment; the hospital refused the second: its refund has left. */
static void second_goes_back(void) {
    story_begin(&story, 2, CHANNEL_WECHAT);
    story_credit(&story);
    story_answer(&story, (struct event_answer){.outcome = OUTCOME_ACCEPTED, .no = "SN"});
    story_durable(&story);
    story_refuses(&story, 1);
    story_durable(&story);
    assert_int_equal(story.verb, VERB_REFUND);
    assert_int_equal(order->refunds[0].claim, 1);
}

/* ... is refused, and the payment is asked about. */
static void second_is_refused(void) {
    story_says(&story, OUTCOME_DECLINED, "0");
    assert_int_equal(story.note, NOTE_REFUND_REFUSED);
    assert_int_equal(story.verb, VERB_ASK);
    story_durable(&story);
}

/* What became of the first meanwhile. */
static void first_is(enum claim_state state) {
    bool back = state == CLAIM_REFUNDED || state == CLAIM_REVERSED;
    claims[0].state = state;
    claims[0].reason = state == CLAIM_CASE ? CASE_CREDIT_UNKNOWN : CASE_NONE;
    claims[0].refunded.fen = state == CLAIM_REFUNDED ? 1000 : 0;
    order->shares[0].returned.fen = back ? 1000 : 0;
}

static void first_has_refund(enum refund_state state, bool refused) {
    int i = order->refund_count++;
    order->refunds[i] =
        (struct refund){.claim = 0,
                        .amount = {1000},
                        .state = state,
                        .reason = state == REFUND_CASE ? CASE_REFUND_UNCONFIRMED : CASE_NONE};
    order->run.refund[i] = (struct part_run){.refused = refused};
}

/* All of the payment goes back, says the platform; that is the second bill's money where the first
 * went back before. */
static void what_the_platform_returned_is_all_of_the_payment(void **state) {
    static const struct {
        enum claim_state first, second;
    } rows[] = {{CLAIM_DONE, CLAIM_CASE}, /* what went back is not the money of a credit */
                {CLAIM_CASE, CLAIM_CASE},
                {CLAIM_CREDIT_UNKNOWN, CLAIM_CASE},
                {CLAIM_REFUNDED, CLAIM_REVERSED},
                {CLAIM_REVERSED, CLAIM_REVERSED}};
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        second_goes_back();
        second_is_refused();
        first_is(rows[i].first);
        story_trade(&story, TRADE_RETURNED);
        assert_int_equal(claims[0].state, rows[i].first);
        assert_int_equal(claims[1].state, rows[i].second);
        bool back = rows[i].second == CLAIM_REVERSED, noted = false;
        for (int n = 0; n < story.note_count; n++)
            noted = noted || story.notes[n].note == NOTE_RETURNED;
        assert_int_equal(noted, back);
    }
}

/* ... or is on its way back, and was refused for the same reason. */
static void both_may_have_gone_back_by_the_platform(void **state) {
    (void)state;
    second_goes_back();
    second_is_refused();
    first_is(CLAIM_UNCREDITING);
    first_has_refund(REFUND_UNKNOWN, true);
    story_trade(&story, TRADE_RETURNED);
    assert_int_equal(claims[1].state, CLAIM_REVERSED);
}

/* Another refund of the payment that is done, or with a person, may be what it means: only one that
 * was refused is not. */
static void another_refund_may_be_what_went_back(void **state) {
    static const struct {
        enum refund_state other;
        enum claim_state second;
    } rows[] = {{REFUND_REFUSED, CLAIM_REVERSED},
                {REFUND_DONE, CLAIM_REVERSING},
                {REFUND_CASE, CLAIM_REVERSING}};
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        second_goes_back();
        second_is_refused();
        first_is(CLAIM_REFUNDED);
        first_has_refund(rows[i].other, false);
        story_trade(&story, TRADE_RETURNED);
        assert_int_equal(claims[1].state, rows[i].second);
    }
}

/* A state that nobody knows, or none, decides nothing: it is asked again. */
static void a_payment_that_says_nothing_is_asked_again(void **state) {
    static const enum trade_state nothing[] = {TRADE_NONE, TRADE_OTHER, TRADE_ABSENT};
    (void)state;
    for (size_t i = 0; i < sizeof nothing / sizeof nothing[0]; i++) {
        second_goes_back();
        second_is_refused();
        story_answer(&story, (struct event_answer){
                                 .outcome = OUTCOME_UNKNOWN, .trade = nothing[i], .code = "1"});
        assert_int_equal(order->refunds[0].state, REFUND_UNKNOWN);
        assert_true(story_until_sent(&story, 60000));
        assert_int_equal(story.verb, VERB_ASK);
        story_trade(&story, TRADE_PAID);
        assert_int_equal(order->refunds[0].state, REFUND_REFUSED);
        assert_int_equal(claims[1].reason, CASE_REFUND_REFUSED);
    }
}

/* When it was done is what the platform says, else when we heard. */
static void a_refund_has_its_time(void **state) {
    (void)state;
    for (int named = 0; named < 2; named++) {
        second_goes_back();
        story_answer(&story, (struct event_answer){.outcome = OUTCOME_ACCEPTED,
                                                   .time_ms = named ? STORY_WALL_MS + 12345 : 0});
        assert_int_equal(order->refunds[0].state, REFUND_DONE);
        assert_int_equal(order->refunds[0].done_ms,
                         named ? STORY_WALL_MS + 12345 : story.now.wall_ms);
    }
}

/* It is given up so long after it began, not after the machine was switched on. */
static void a_refund_begins_to_be_waited_for_when_it_is_opened(void **state) {
    (void)state;
    second_goes_back();
    int64_t began_ms = story.now.mono_ms;
    story_says(&story, OUTCOME_UNKNOWN, "1");
    for (int i = 0; i < 400 && order->refunds[0].state == REFUND_UNKNOWN; i++) {
        story_durable(&story);
        assert_true(story_until_sent(&story, 600000));
        story_answer(&story, (struct event_answer){.outcome = OUTCOME_MALFORMED, .code = "1"});
    }
    assert_int_equal(order->refunds[0].state, REFUND_CASE);
    assert_int_equal(order->refunds[0].reason, CASE_REFUND_UNCONFIRMED);
    assert_true(story.now.mono_ms - began_ms >= story.limits.refund_deadline_ms);
}

/* Of two that were opened together, whichever comes first; of two alike the newest. */
static void what_became_of_all_is_what_is_least_decided(void **state) {
    static const enum refund_state least_first[][2] = {{REFUND_NEW, REFUND_UNKNOWN},
                                                       {REFUND_UNKNOWN, REFUND_CASE},
                                                       {REFUND_CASE, REFUND_REFUSED},
                                                       {REFUND_REFUSED, REFUND_DONE}};
    (void)state;
    memset(order, 0, sizeof *order);
    order->refund_count = 2;
    for (size_t i = 0; i < sizeof least_first / sizeof least_first[0]; i++)
        for (int first = 0; first < 2; first++) {
            bool alike = i == 0; /* neither is decided */
            order->refunds[first].state = least_first[i][0];
            order->refunds[!first].state = least_first[i][1];
            assert_int_equal(order_refund_of_all(order, 1), alike ? 1 : first);
        }
}

static void what_is_late_goes_back_once(void **state) {
    (void)state;
    memset(order, 0, sizeof *order);
    order->refund_count = 1;
    order->refunds[0] = (struct refund){.claim = 0, .state = REFUND_SENDING};
    order->refunds[1] = (struct refund){.claim = PART_NONE, .state = REFUND_SENDING};
    assert_int_equal(order_refund_of_late_leg(order, 0), -1); /* behind the last: nobody's */
    order->refund_count = 2;
    assert_int_equal(order_refund_of_late_leg(order, 0), 1);
    assert_int_equal(order_refund_of_late_leg(order, 1), -1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_the_platform_returned_is_all_of_the_payment),
        cmocka_unit_test(both_may_have_gone_back_by_the_platform),
        cmocka_unit_test(another_refund_may_be_what_went_back),
        cmocka_unit_test(a_payment_that_says_nothing_is_asked_again),
        cmocka_unit_test(a_refund_has_its_time),
        cmocka_unit_test(what_is_late_goes_back_once),
        cmocka_unit_test(what_became_of_all_is_what_is_least_decided),
        cmocka_unit_test(a_refund_begins_to_be_waited_for_when_it_is_opened),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
