/* links: app/core/order/ app/core/terms/ tests/support/order_story.c */
/* An insured bill goes back, whole or its own part: done is only what the state of the payment at
 * the centre says, in the state that this refund ends in. */
#include "tests/support/insured_story.h"

#define WHOLE 1000
#define OWN 250

/* It was settled and is wanted back: the refund has left, by now. All of it: the HIS was first. */
static void goes_back(int64_t fen) {
    settled();
    assert_int_equal(want_back(fen), REFUSAL_NONE);
    effects_clear(&story.out);
    story_durable(&story);
    if (fen == WHOLE) {
        assert_int_equal(story.verb, VERB_UNCREDIT);
        story_says(&story, OUTCOME_ACCEPTED, "00");
        story_durable(&story);
    }
    assert_int_equal(story.verb, VERB_REFUND);
}

/* 1.4 takes it: that is not done. */
static void is_taken(int64_t fen) {
    goes_back(fen);
    says(OUTCOME_PENDING, TRADE_WAIT, "1");
    assert_int_equal(order->refunds[0].state, REFUND_UNKNOWN);
    next_is(VERB_ASK_REFUND);
}

/* 1.3: settled as before. */
static void says_as_before(void) {
    says_split(OUTCOME_ACCEPTED, TRADE_PAID, "6", OWN);
}

/* Where the hospital hears of it in another way, nothing of ours goes there. */
static void without_his_cancel_the_money_goes_at_once(void **state) {
    (void)state;
    settled();
    story.policy.insured_his_cancel = false;
    assert_int_equal(want_back(WHOLE), REFUSAL_NONE);
    story_durable(&story);
    assert_int_equal(story.verb, VERB_REFUND);
    says(OUTCOME_PENDING, TRADE_WAIT, "1");
    next_is(VERB_ASK_REFUND);
    says(OUTCOME_UNKNOWN, TRADE_RETURNED, "7");
    assert_int_equal(claim->state, CLAIM_REFUNDED);
    assert_int_equal(order_sums(order).returned.fen, WHOLE);
}

/* An ORG_005 without an answer: a HIS that has it still may name the own part or all of it. */
static void what_the_hospital_still_has_is_kept_whatever_it_names(void **state) {
    (void)state;
    for (int named_fen = OWN; named_fen <= WHOLE; named_fen += WHOLE - OWN) {
        settled();
        story.policy.settle_result = SETTLE_RESULT_ORDER;
        assert_int_equal(want_back(WHOLE), REFUSAL_NONE);
        effects_clear(&story.out);
        story_durable(&story);
        story_says(&story, OUTCOME_UNKNOWN, "-28");
        while (claim->state == CLAIM_UNCREDITING) {
            next_is(VERB_ASK_CREDIT);
            story_answer(&story, (struct event_answer){.outcome = OUTCOME_ACCEPTED,
                                                       .has_amount = true,
                                                       .amount = {named_fen}});
            story_durable(&story);
        }
        assert_int_equal(claim->state, CLAIM_DONE);
    }
}

static void each_refund_ends_in_its_own_state(void **state) {
    static const struct {
        int64_t fen;
        enum trade_state end, other;
    } rows[] = {{WHOLE, TRADE_REVOKED, TRADE_OWN_RETURNED},
                {WHOLE, TRADE_RETURNED, TRADE_HALF_RETURNED},
                {OWN, TRADE_OWN_RETURNED, TRADE_REVOKED},
                {OWN, TRADE_OWN_RETURNED, TRADE_HALF_RETURNED}};
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        is_taken(rows[i].fen);
        says(OUTCOME_UNKNOWN, rows[i].other, "8");
        assert_int_equal(order->refunds[0].state, REFUND_UNKNOWN);
        next_is(VERB_ASK_REFUND);
        /* What it names is the payment's amount, not this refund's. */
        says_split(OUTCOME_UNKNOWN, rows[i].end, "9", OWN);
        assert_int_equal(order->refunds[0].state, REFUND_DONE);
        assert_int_equal(order_sums(order).returned.fen, rows[i].fen);
        assert_int_equal(claim->state, rows[i].fen == WHOLE ? CLAIM_REFUNDED : CLAIM_DONE);
        assert_int_equal(order->refund_count, 1);
    }
}

/* Settled as before: it may be on its way, and after the quiet time the same is sent again. */
static void what_never_arrived_is_sent_again_with_its_number(void **state) {
    (void)state;
    goes_back(WHOLE);
    int64_t left_ms = story.now.mono_ms;
    char no[ORDER_NO_SIZE];
    memcpy(no, order->refunds[0].no, sizeof no);
    says(OUTCOME_UNKNOWN, TRADE_NONE, "-28");
    while (story.verb != VERB_REFUND) {
        next_is(VERB_ASK_REFUND);
        says_as_before();
        assert_int_equal(order->refunds[0].state, REFUND_UNKNOWN);
    }
    assert_true(story.now.mono_ms - left_ms >= story.limits.credit_quiet_ms);
    assert_string_equal(order->refunds[0].no, no);
    assert_int_equal(order->refund_count, 1);
    says(OUTCOME_PENDING, TRADE_WAIT, "1");
    next_is(VERB_ASK_REFUND);
    says(OUTCOME_UNKNOWN, TRADE_REVOKED, "12");
    assert_int_equal(order->refunds[0].state, REFUND_DONE);
}

/* A no of 1.4 may be about a refund that is done already: 1.3 decides, and "as before" only long
 * after it left. */
static void a_no_is_one_when_the_payment_stays_as_before(void **state) {
    static const struct {
        enum outcome outcome; /* of 1.4: refused, or a word that nobody knows */
        bool there;
    } rows[] = {{OUTCOME_DECLINED, false},
                {OUTCOME_DECLINED, true},
                {OUTCOME_UNKNOWN, false},
                {OUTCOME_UNKNOWN, true}};
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        bool there = rows[i].there;
        goes_back(WHOLE);
        int64_t left_ms = story.now.mono_ms;
        story_answer(&story, answer_in(rows[i].outcome, TRADE_NONE, "0"));
        assert_int_equal(story.note, NOTE_REFUND_UNKNOWN);
        story_durable(&story);
        assert_int_equal(order->refunds[0].state, REFUND_UNKNOWN);
        while (order->refunds[0].state == REFUND_UNKNOWN) {
            next_is(VERB_ASK_REFUND);
            if (there)
                says(OUTCOME_UNKNOWN, TRADE_REVOKED, "12");
            else
                says_as_before();
        }
        assert_int_equal(order->refunds[0].state, there ? REFUND_DONE : REFUND_REFUSED);
        assert_true(there || story.now.mono_ms - left_ms >= story.limits.credit_quiet_ms);
        assert_int_equal(claim->state, there ? CLAIM_REFUNDED : CLAIM_CASE);
        assert_int_equal(order->refund_count, 1);
    }
}

/* 1.4 said no, and what 1.3 says cannot be read: that is no state "as before". */
static void what_cannot_be_read_is_not_as_before(void **state) {
    (void)state;
    goes_back(WHOLE);
    story_answer(&story, answer_in(OUTCOME_DECLINED, TRADE_NONE, "0"));
    story_durable(&story);
    int64_t left_ms = story.now.mono_ms;
    while (story.now.mono_ms - left_ms < 2 * story.limits.credit_quiet_ms) {
        next_is(VERB_ASK_REFUND);
        says(OUTCOME_MALFORMED, TRADE_PAID, "6");
        assert_int_equal(order->refunds[0].state, REFUND_UNKNOWN);
    }
    next_is(VERB_ASK_REFUND);
    says_as_before();
    assert_int_equal(order->refunds[0].state, REFUND_REFUSED);
}

/* 1.4 named a state: it is no refusal, and as before after the quiet time means that it was lost.
 */
static void a_state_in_place_of_an_answer_is_no_refusal(void **state) {
    (void)state;
    goes_back(WHOLE);
    says(OUTCOME_UNKNOWN, TRADE_OTHER, "3");
    while (story.verb != VERB_REFUND) {
        next_is(VERB_ASK_REFUND);
        says_as_before();
        assert_int_equal(order->refunds[0].state, REFUND_UNKNOWN);
    }
    assert_int_equal(order->refund_count, 1);
}

/* What 1.4 accepts without a state is not done either. */
static void an_answer_without_a_state_is_asked_about(void **state) {
    (void)state;
    static const struct {
        enum outcome outcome;
        enum trade_state trade;
        const char *code;
    } rows[] = {{OUTCOME_UNKNOWN, TRADE_NONE, "0"},
                {OUTCOME_UNKNOWN, TRADE_NONE, "-28"},
                {OUTCOME_MALFORMED, TRADE_NONE, "0"},
                {OUTCOME_MALFORMED, TRADE_REVOKED, "12"},
                {OUTCOME_UNKNOWN, TRADE_ABSENT, "0"}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        is_taken(WHOLE);
        says(rows[i].outcome, rows[i].trade, rows[i].code);
        assert_int_equal(order->refunds[0].state, REFUND_UNKNOWN);
    }
}

/* A centre that is silent for longer than a refund may take says nothing of it: no case is made of
 * that. */
static void silence_is_no_state(void **state) {
    (void)state;
    is_taken(WHOLE);
    int64_t began_ms = story.now.mono_ms;
    while (story.now.mono_ms - began_ms < 2 * story.limits.refund_deadline_ms) {
        says(OUTCOME_UNKNOWN, TRADE_NONE, "-28");
        assert_int_equal(order->refunds[0].state, REFUND_UNKNOWN);
        next_is(VERB_ASK_REFUND);
    }
    says(OUTCOME_UNKNOWN, TRADE_REVOKED, "12");
    assert_int_equal(order->refunds[0].state, REFUND_DONE);
}

/* The quiet time begins anew with the program: the refund may have left just before it died. */
static void after_a_restart_as_before_means_nothing_for_a_while(void **state) {
    (void)state;
    goes_back(WHOLE);
    story_restart(&story);
    int64_t began_ms = story.now.mono_ms;
    do {
        next_is(VERB_ASK_REFUND);
        says_as_before();
        assert_int_equal(order->refunds[0].state, REFUND_UNKNOWN);
    } while (story.verb != VERB_REFUND);
    assert_true(story.now.mono_ms - began_ms >= story.limits.credit_quiet_ms);
}

/* Only the own part was to go back, and the centre never says that it did. They say that it went
 * back: the bill is as it would have been had the centre said so, settled. */
static void
what_the_insurance_settled_is_held_whoever_says_that_the_own_part_is_back(void **state) {
    (void)state;
    is_taken(OWN);
    says_split(OUTCOME_UNKNOWN, TRADE_OWN_RETURNED, "9", OWN);
    assert_int_equal(claim->state, CLAIM_DONE);
    assert_true(order_claim_holds(order, 0)); /* by the centre's word */
    is_taken(OWN);
    while (order->refunds[0].state == REFUND_UNKNOWN) { /* an odd state, until nobody asks on */
        says(OUTCOME_UNKNOWN, TRADE_HALF_RETURNED, "8");
        if (order->refunds[0].state == REFUND_UNKNOWN)
            next_is(VERB_ASK_REFUND);
    }
    assert_int_equal(order->refunds[0].state, REFUND_CASE);
    assert_int_equal(claim->state, CLAIM_CASE);
    assert_int_equal(order_claim_in_case(order, 0).fen, OWN);
    assert_int_equal(order_sums(order).credited.fen, WHOLE - OWN);
    assert_true(order_claim_holds(order, 0)); /* while it is open */
    order->resolved = true;                   /* RESOLUTION_RETURNED: not kept */
    assert_true(order_claim_holds(order, 0)); /* by the person's word */
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_his_cancel_the_money_goes_at_once),
        cmocka_unit_test(what_the_hospital_still_has_is_kept_whatever_it_names),
        cmocka_unit_test(each_refund_ends_in_its_own_state),
        cmocka_unit_test(what_the_insurance_settled_is_held_whoever_says_that_the_own_part_is_back),
        cmocka_unit_test(what_never_arrived_is_sent_again_with_its_number),
        cmocka_unit_test(a_no_is_one_when_the_payment_stays_as_before),
        cmocka_unit_test(what_cannot_be_read_is_not_as_before),
        cmocka_unit_test(a_state_in_place_of_an_answer_is_no_refusal),
        cmocka_unit_test(an_answer_without_a_state_is_asked_about),
        cmocka_unit_test(silence_is_no_state),
        cmocka_unit_test(after_a_restart_as_before_means_nothing_for_a_while),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
