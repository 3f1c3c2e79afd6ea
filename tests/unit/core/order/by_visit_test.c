/* links: app/core/order/ app/core/terms/ tests/support/order_story.c */
/* A hospital whose ORG_004 tells of the patient's newest settlement, or perhaps does: what it says
 * proves nothing, the list of bills decides; and what it tells of is found out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "app/core/order/holds.h"
#include "app/core/order/verdict.h"
#include "tests/support/order_story.h"

static struct story story;

static enum claim_state claim(int i) {
    return story.order.claims[i].state;
}

/* The first ORG_003 has left. */
static void crediting(int bills, enum settle_result settles) {
    story_begin(&story, bills, CHANNEL_WECHAT);
    story.policy.settle_result = settles;
    story_credit(&story);
    assert_int_equal(story.verb, VERB_CREDIT);
}

/* ... and was not answered; ORG_004 says this meanwhile. */
static void unanswered(enum settle_result settles, enum outcome outcome, const char *code) {
    crediting(1, settles);
    story_says(&story, OUTCOME_UNKNOWN, "");
    story_durable(&story);
    assert_int_equal(story.verb, VERB_ASK_CREDIT);
    story_says(&story, outcome, code);
}

/* So long after its ORG_003 left, which may have come as late as the quiet time, a list that still
 * has the bill does not lag. */
static int64_t list_speaks_ms(void) {
    return story.limits.credit_quiet_ms + story.policy.list_lag_ms;
}

static void until_list(void) {
    int64_t sent_ms = story.order.run.claim[0].sent_mono_ms;
    while (story.verb != VERB_BILLS)
        assert_true(story_until_sent(&story, 120000));
    assert_true(story.now.mono_ms - sent_ms >= list_speaks_ms());
}

static void neither_yes_nor_no_of_a_visit_decides(void **state) {
    static const struct {
        enum outcome outcome;
        const char *code;
    } answers[] = {{OUTCOME_ACCEPTED, "00"}, {OUTCOME_DECLINED, "fail"}, {OUTCOME_UNKNOWN, "01"}};
    (void)state;
    for (int settles = SETTLE_RESULT_AUTO; settles <= SETTLE_RESULT_VISIT; settles++)
        for (size_t i = 0; settles != SETTLE_RESULT_ORDER && i < 3; i++) {
            unanswered((enum settle_result)settles, answers[i].outcome, answers[i].code);
            assert_int_equal(claim(0), CLAIM_CREDIT_UNKNOWN);
            until_list();
            story_lists(&story, 0, 0);
            assert_int_equal(claim(0), CLAIM_DONE);
            assert_true(story.order.claims[0].unproven);
        }
}

static void a_bill_that_is_listed_still_is_sent_once_more_then_goes_back(void **state) {
    (void)state;
    unanswered(SETTLE_RESULT_VISIT, OUTCOME_ACCEPTED, "00");
    until_list();
    story_lists(&story, 0, 1);
    story_durable(&story);
    assert_int_equal(story.verb, VERB_CREDIT);
    assert_int_equal(story.order.claims[0].tries, 2);
    story_says(&story, OUTCOME_UNKNOWN, "");
    story_durable(&story);
    story_says(&story, OUTCOME_ACCEPTED, "00");
    until_list();
    story_lists(&story, 0, 1);
    assert_int_equal(claim(0), CLAIM_REVERSING);
}

/* Who has spoken of the visit is not asked again before the list may be; who has not, is. */
static void what_a_visit_said_is_not_asked_twice(void **state) {
    (void)state;
    unanswered(SETTLE_RESULT_VISIT, OUTCOME_DECLINED, "fail");
    assert_true(story_until_sent(&story, list_speaks_ms() + 1000));
    assert_int_equal(story.verb, VERB_BILLS);
    unanswered(SETTLE_RESULT_VISIT, OUTCOME_UNKNOWN, "");
    assert_true(story_until_sent(&story, story.policy.list_lag_ms - 1000));
    assert_int_equal(story.verb, VERB_ASK_CREDIT);
}

static void our_own_number_proves_it_all_the_same(void **state) {
    (void)state;
    crediting(1, SETTLE_RESULT_VISIT);
    story_says(&story, OUTCOME_UNKNOWN, "");
    story_durable(&story);
    story_names(&story, OUTCOME_ACCEPTED, "00");
    assert_int_equal(claim(0), CLAIM_DONE);
    assert_false(story.order.claims[0].unproven);
}

static void another_amount_under_the_same_key_is_neither_there_nor_gone(void **state) {
    static struct bill_list list;
    (void)state;
    crediting(1, SETTLE_RESULT_VISIT);
    strcpy(story.order.claims[0].bill_key, "K");
    story_says(&story, OUTCOME_UNKNOWN, "");
    story_durable(&story);
    story_says(&story, OUTCOME_ACCEPTED, "00");
    until_list();
    list = (struct bill_list){.head.kind = DOCUMENT_BILLS, .bill_count = 1};
    strcpy(list.bills[0].key, "K");
    strcpy(list.bills[0].org_trace_no, "B9");
    list.bills[0].amount.fen = 7;
    story_answer(&story,
                 (struct event_answer){.outcome = OUTCOME_ACCEPTED, .document = &list.head});
    assert_int_equal(claim(0), CLAIM_CREDIT_UNKNOWN);
    until_list(); /* it is looked at again, */
    list.bill_count = 0;
    list.left_out = 1; /* and a list that leaves one out says nothing either */
    story_answer(&story,
                 (struct event_answer){.outcome = OUTCOME_ACCEPTED, .document = &list.head});
    assert_int_equal(claim(0), CLAIM_CREDIT_UNKNOWN);
    until_list();
    list.left_out = 0;
    story_answer(&story,
                 (struct event_answer){.outcome = OUTCOME_ACCEPTED, .document = &list.head});
    assert_int_equal(claim(0), CLAIM_DONE);
}

/* What was credited without a name waits for its proof, and not for ever. */
static void a_bill_that_is_gone_waits_for_its_proof(void **state) {
    (void)state;
    unanswered(SETTLE_RESULT_VISIT, OUTCOME_ACCEPTED, "00");
    until_list();
    story_lists(&story, 0, 0);
    assert_true(story.order.claims[0].unproven);
    story_durable(&story);
    assert_true(order_deadline(&story.order) <= story.now.mono_ms + story.policy.proof_ms);
    story_tick(&story, story.policy.proof_ms + 1000);
    assert_int_equal(claim(0), CLAIM_CASE);
    assert_int_equal(story.order.claims[0].reason, CASE_CREDIT_UNPROVEN);
}

/* What ORG_004 tells of is found out by a settlement that is surely ours. */
static void without_a_proof_nothing_is_found_out(void **state) {
    (void)state;
    unanswered(SETTLE_RESULT_AUTO, OUTCOME_ACCEPTED, "00");
    until_list();
    story_lists(&story, 0, 0);
    assert_true(story.order.claims[0].unproven);
    story_durable(&story);
    assert_int_equal(story.verb, VERB_NONE);
    assert_false(story_until_sent(&story, story.policy.proof_ms - 60000));
}

static void a_deposit_has_no_list_and_ends_with_a_person(void **state) {
    (void)state;
    crediting(0, SETTLE_RESULT_VISIT);
    story_says(&story, OUTCOME_UNKNOWN, "");
    story_durable(&story);
    for (int i = 0; i < 500 && claim(0) == CLAIM_CREDIT_UNKNOWN; i++) {
        if (story.verb == VERB_ASK_CREDIT)
            story_says(&story, i % 2 ? OUTCOME_DECLINED : OUTCOME_ACCEPTED, "00");
        assert_int_not_equal(story.verb, VERB_CREDIT);
        story_until_sent(&story, 30000);
    }
    assert_int_equal(claim(0), CLAIM_CASE);
    assert_int_equal(story.order.claims[0].reason, CASE_CREDIT_UNKNOWN);
}

/* It cannot be asked whether that is so; the refused ORG_003 itself is the answer. */
static void a_refused_deposit_goes_back_at_once(void **state) {
    (void)state;
    crediting(0, SETTLE_RESULT_VISIT);
    story_says(&story, OUTCOME_DECLINED, "fail");
    assert_int_equal(claim(0), CLAIM_REVERSING);
}

/* As long as it is not known what ORG_004 tells of: settled may be another bill of the visit. */
static void refused_and_settled_is_looked_up_in_the_list(void **state) {
    (void)state;
    for (int listed = 0; listed < 2; listed++) {
        crediting(1, SETTLE_RESULT_AUTO);
        story_says(&story, OUTCOME_DECLINED, "fail");
        story_durable(&story);
        assert_int_equal(story.verb, VERB_ASK_CREDIT);
        story_says(&story, OUTCOME_ACCEPTED, "00");
        until_list();
        story_lists(&story, 0, listed);
        assert_int_equal(claim(0), listed ? CLAIM_REVERSING : CLAIM_CASE);
    }
}

/* An ORG_005 without an answer: only what a visit never says tells of it. */
static void what_became_of_an_uncredit_a_visit_does_not_say(void **state) {
    struct order_rules at;
    (void)state;
    crediting(1, SETTLE_RESULT_VISIT);
    story_says(&story, OUTCOME_ACCEPTED, "00");
    story_durable(&story);
    at = story_rules(&story);
    assert_int_equal(
        order_refund_request(&story.order, &at, 0, (struct fen){1000}, story.now, &story.out),
        REFUSAL_NONE);
    story_tick(&story, 0);
    story_durable(&story);
    assert_int_equal(story.verb, VERB_UNCREDIT);
    story_says(&story, OUTCOME_UNKNOWN, "");
    for (int i = 0; i < 500 && claim(0) == CLAIM_UNCREDITING; i++) {
        if (story.verb == VERB_ASK_CREDIT)
            story_says(&story, OUTCOME_ACCEPTED, "00");
        story_until_sent(&story, 30000);
    }
    assert_int_equal(claim(0), CLAIM_CASE);
}

static void without_an_org_005_nothing_credited_goes_back(void **state) {
    struct order_rules at;
    (void)state;
    crediting(1, SETTLE_RESULT_ORDER);
    story_says(&story, OUTCOME_ACCEPTED, "00");
    story_durable(&story);
    story.policy.his_takes_back = false;
    at = story_rules(&story);
    assert_int_equal(
        order_refund_request(&story.order, &at, 0, (struct fen){1000}, story.now, &story.out),
        REFUSAL_HIS_KEEPS);
    assert_int_equal(claim(0), CLAIM_DONE);
}

/* The first credit that is proved. Returns what was found out by these answers. */
static enum settle_result probed_again(const struct event_answer *nobody,
                                       const struct event_answer *own,
                                       const struct event_answer *again) {
    crediting(1, SETTLE_RESULT_AUTO);
    story_answer(&story, (struct event_answer){.outcome = OUTCOME_ACCEPTED, .no = "SN1"});
    story_durable(&story);
    assert_int_equal(story.verb, VERB_PROBE_CREDIT);
    assert_false(order_finished(&story.order));
    story_answer(&story, *nobody);
    if (own != NULL) {
        assert_int_equal(story.order.run.found, SETTLE_RESULT_AUTO);
        assert_int_equal(story.verb, VERB_ASK_CREDIT);
        story_answer(&story, *own);
    }
    if (again != NULL) {
        assert_int_equal(story.order.run.found, SETTLE_RESULT_AUTO);
        assert_int_equal(story.verb, VERB_PROBE_CREDIT);
        story_answer(&story, *again);
    }
    assert_true(order_finished(&story.order));
    return story.order.run.found;
}

static enum settle_result probed(const struct event_answer *nobody,
                                 const struct event_answer *own) {
    return probed_again(nobody, own, NULL);
}

static void a_number_that_there_is_not_tells_them_apart(void **state) {
    const struct event_answer yes = {.outcome = OUTCOME_ACCEPTED, .code = "00"};
    const struct event_answer own = {.outcome = OUTCOME_ACCEPTED, .code = "00", .no = "SN1"};
    const struct event_answer other = {.outcome = OUTCOME_ACCEPTED, .code = "00", .no = "SN2"};
    const struct event_answer no = {.outcome = OUTCOME_DECLINED, .code = "fail"};
    const struct event_answer absent = {.outcome = OUTCOME_UNKNOWN, .code = "01"};
    const struct event_answer closed = {.outcome = OUTCOME_UNKNOWN, .code = "closed"};
    const struct event_answer error = {.outcome = OUTCOME_UNKNOWN, .code = "99"};
    const struct event_answer broken = {.outcome = OUTCOME_UNKNOWN, .code = "500"};
    const struct event_answer busy = {.outcome = OUTCOME_UNKNOWN, .code = "exp"};
    const struct event_answer silent = {.outcome = OUTCOME_UNKNOWN};
    (void)state;
    assert_int_equal(probed(&yes, NULL), SETTLE_RESULT_VISIT);
    assert_int_equal(probed(&closed, NULL), SETTLE_RESULT_ORDER);
    assert_int_equal(probed(&no, &own), SETTLE_RESULT_ORDER);
    assert_int_equal(probed(&no, &other), SETTLE_RESULT_AUTO); /* settled in between, elsewhere */
    assert_int_equal(probed(&no, &yes), SETTLE_RESULT_AUTO);
    assert_int_equal(probed(&no, &no), SETTLE_RESULT_AUTO); /* a trial was in between */
    assert_int_equal(probed(&busy, NULL), SETTLE_RESULT_AUTO);
    assert_int_equal(probed(&silent, NULL), SETTLE_RESULT_AUTO);
    assert_int_equal(probed(&error, NULL), SETTLE_RESULT_AUTO);
    assert_int_equal(probed(&broken, NULL), SETTLE_RESULT_AUTO);
    /* A question that is refused once may be refused for anything. */
    assert_int_equal(probed_again(&absent, &own, &absent), SETTLE_RESULT_ORDER);
    assert_int_equal(probed_again(&absent, &own, &closed), SETTLE_RESULT_ORDER);
    assert_int_equal(probed_again(&absent, &own, &yes), SETTLE_RESULT_VISIT);
    assert_int_equal(probed_again(&absent, &own, &no), SETTLE_RESULT_AUTO);
    assert_int_equal(probed_again(&absent, &own, &error), SETTLE_RESULT_AUTO);
    assert_int_equal(probed(&absent, &other), SETTLE_RESULT_AUTO);
}

static bool probes(void) {
    for (int i = 0; i < story.out.count; i++)
        if (story.out.items[i].kind == EFFECT_SEND &&
            story.out.items[i].of.send.verb == VERB_PROBE_CREDIT)
            return true;
    return false;
}

/* The newest settlement is the one that is tried: while any is, nothing is found out. */
static void nothing_is_found_out_while_a_credit_is_tried(void **state) {
    (void)state;
    crediting(2, SETTLE_RESULT_AUTO);
    story_says(&story, OUTCOME_ACCEPTED, "00");
    assert_false(probes());
    story_durable(&story);
    assert_int_equal(claim(0), CLAIM_DONE);
    assert_int_equal(claim(1), CLAIM_CREDITING);
    assert_false(probes());
    story_tick(&story, 0);
    assert_false(probes());
    story_says(&story, OUTCOME_UNKNOWN, "");
    story_durable(&story);
    assert_int_equal(claim(1), CLAIM_CREDIT_UNKNOWN);
    assert_int_equal(story.verb, VERB_ASK_CREDIT);
    assert_false(probes());
    story_tick(&story, 0);
    assert_false(probes());
    story_names(&story, OUTCOME_ACCEPTED, "00");
    assert_int_equal(claim(1), CLAIM_DONE);
    story_durable(&story);
    assert_int_equal(story.verb, VERB_PROBE_CREDIT);
}

static void what_is_known_is_not_asked(void **state) {
    (void)state;
    crediting(1, SETTLE_RESULT_ORDER);
    story_says(&story, OUTCOME_ACCEPTED, "00");
    story_durable(&story);
    assert_int_equal(story.verb, VERB_NONE);
    assert_true(order_finished(&story.order));
}

/* Another order has found it out meanwhile. */
static void what_was_found_out_meanwhile_is_not_asked(void **state) {
    (void)state;
    crediting(2, SETTLE_RESULT_AUTO);
    story_answer(&story, (struct event_answer){.outcome = OUTCOME_ACCEPTED, .no = "SN1"});
    assert_int_equal(story.verb, VERB_CREDIT); /* the second's */
    story.policy.settle_result = SETTLE_RESULT_ORDER;
    story_answer(&story, (struct event_answer){.outcome = OUTCOME_ACCEPTED, .no = "SN2"});
    story_durable(&story);
    assert_int_equal(story.verb, VERB_NONE);
    story_tick(&story, story.policy.list_lag_ms + 60000);
    struct order_rules at = story_rules(&story);
    order_ask_listed(&story.order, &at, 0, story.now, &story.out);
    story_tick(&story, 0);
    assert_int_equal(story.verb, VERB_ASK_CREDIT);
}

/* A credited bill is listed again. */
static void listed_again(enum settle_result settles, int64_t age_ms) {
    crediting(1, SETTLE_RESULT_ORDER);
    story_says(&story, OUTCOME_ACCEPTED, "00");
    story_durable(&story);
    story_tick(&story, age_ms);
    story.policy.settle_result = settles;
    struct order_rules at = story_rules(&story);
    order_ask_listed(&story.order, &at, 0, story.now, &story.out);
    story_tick(&story, 0);
}

static void taken_back_elsewhere_lets_its_bill_go(void **state) {
    struct order_rules at;
    (void)state;
    listed_again(SETTLE_RESULT_ORDER, story.policy.list_lag_ms + 60000);
    assert_int_equal(story.verb, VERB_ASK_CREDIT);
    assert_false(order_finished(&story.order));
    story_says(&story, OUTCOME_UNKNOWN, "closed");
    assert_int_equal(story.note, NOTE_TAKEN_ELSEWHERE);
    story_durable(&story);
    assert_true(story.order.claims[0].taken_elsewhere);
    assert_false(order_claim_holds(&story.order, 0));
    assert_true(order_finished(&story.order));
    assert_int_equal(order_sums(&story.order).credited.fen, 1000); /* nothing of ours went back */
    at = story_rules(&story);
    assert_int_equal(
        order_refund_request(&story.order, &at, 0, (struct fen){1000}, story.now, &story.out),
        REFUSAL_ELSEWHERE);
}

static void nothing_else_lets_it_go(void **state) {
    static const struct {
        enum outcome outcome;
        const char *code;
    } answers[] = {{OUTCOME_ACCEPTED, "00"}, {OUTCOME_DECLINED, "fail"}, {OUTCOME_UNKNOWN, ""}};
    (void)state;
    for (size_t i = 0; i < 3; i++) {
        listed_again(SETTLE_RESULT_ORDER, story.policy.list_lag_ms + 60000);
        story_says(&story, answers[i].outcome, answers[i].code);
        assert_false(story.order.claims[0].taken_elsewhere);
        assert_true(order_claim_holds(&story.order, 0));
    }
    listed_again(SETTLE_RESULT_ORDER, 1000); /* it only lags */
    assert_int_equal(story.verb, VERB_NONE);
    listed_again(SETTLE_RESULT_VISIT, story.policy.list_lag_ms + 60000);
    assert_int_equal(story.verb, VERB_NONE);
    listed_again(SETTLE_RESULT_AUTO, story.policy.list_lag_ms + 60000);
    story.policy.settle_result = SETTLE_RESULT_VISIT; /* found out while it was asked */
    story_says(&story, OUTCOME_UNKNOWN, "closed");
    assert_false(story.order.claims[0].taken_elsewhere);
}

/* Whoever settled it: another kiosk may have, and has taken its own credit back. */
static void what_nobody_has_proved_is_not_taken_back_elsewhere(void **state) {
    struct order_rules at;
    (void)state;
    unanswered(SETTLE_RESULT_ORDER, OUTCOME_ACCEPTED, "00");
    story_durable(&story);
    assert_true(story.order.claims[0].unproven);
    story_tick(&story, story.policy.list_lag_ms + 60000);
    at = story_rules(&story);
    order_ask_listed(&story.order, &at, 0, story.now, &story.out);
    story_tick(&story, 0);
    story_says(&story, OUTCOME_UNKNOWN, "closed");
    order_taken_elsewhere(&story.order, &at, 0, story.now, &story.out);
    assert_false(story.order.claims[0].taken_elsewhere);
    assert_true(story.order.claims[0].unproven);
    assert_true(order_claim_holds(&story.order, 0));
    assert_true(order_waits_for_proof(&story.order.claims[0]));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(neither_yes_nor_no_of_a_visit_decides),
        cmocka_unit_test(a_bill_that_is_listed_still_is_sent_once_more_then_goes_back),
        cmocka_unit_test(what_a_visit_said_is_not_asked_twice),
        cmocka_unit_test(without_a_proof_nothing_is_found_out),
        cmocka_unit_test(what_was_found_out_meanwhile_is_not_asked),
        cmocka_unit_test(our_own_number_proves_it_all_the_same),
        cmocka_unit_test(another_amount_under_the_same_key_is_neither_there_nor_gone),
        cmocka_unit_test(a_bill_that_is_gone_waits_for_its_proof),
        cmocka_unit_test(a_deposit_has_no_list_and_ends_with_a_person),
        cmocka_unit_test(a_refused_deposit_goes_back_at_once),
        cmocka_unit_test(refused_and_settled_is_looked_up_in_the_list),
        cmocka_unit_test(what_became_of_an_uncredit_a_visit_does_not_say),
        cmocka_unit_test(without_an_org_005_nothing_credited_goes_back),
        cmocka_unit_test(a_number_that_there_is_not_tells_them_apart),
        cmocka_unit_test(nothing_is_found_out_while_a_credit_is_tried),
        cmocka_unit_test(what_is_known_is_not_asked),
        cmocka_unit_test(taken_back_elsewhere_lets_its_bill_go),
        cmocka_unit_test(nothing_else_lets_it_go),
        cmocka_unit_test(what_nobody_has_proved_is_not_taken_back_elsewhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
