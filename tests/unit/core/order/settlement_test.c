/* links: app/core/order/ app/core/terms/ tests/support/order_story.c */
/* The HIS shows a bill as settled: by our credit, by somebody else's, or nobody can say by whose.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "app/core/order/verdict.h"
#include "tests/support/order_story.h"

static struct story story;

static enum claim_state claim(int i) {
    return story.order.claims[i].state;
}

static struct order_sums sums(void) {
    return order_sums(&story.order);
}

/* Its ORG_003 may have arrived, and nothing says whose settlement it is. */
static void unproven(void) {
    story_begin(&story, 1, CHANNEL_WECHAT);
    story_credit(&story);
    story_says(&story, OUTCOME_UNKNOWN, "");
    story_answer(&story, (struct event_answer){.outcome = OUTCOME_ACCEPTED, .no = "SN7"});
    assert_int_equal(claim(0), CLAIM_DONE);
    assert_true(story.order.claims[0].unproven);
    story_durable(&story);
}

static void settled_without_a_name_is_credited_unproven(void **state) {
    (void)state;
    unproven();
    assert_int_equal(sums().credited.fen, 1000);
    assert_int_equal(order_verdict(&story.order), VERDICT_UNPROVEN);
    assert_false(order_finished(&story.order));
    assert_true(order_only_waits(&story.order));
    story_restart(&story);
    assert_true(story.order.claims[0].unproven);
    struct order_rules rules = story_rules(&story);
    assert_int_equal(
        order_refund_request(&story.order, &rules, 0, (struct fen){1000}, story.now, &story.out),
        REFUSAL_UNPROVEN);
}

static void a_credit_that_nobody_proves_is_a_case_after_some_days(void **state) {
    (void)state;
    unproven();
    story_tick(&story, story.policy.proof_ms - 60000);
    assert_int_equal(claim(0), CLAIM_DONE);
    story_restart(&story);
    story_tick(&story, 60000);
    assert_int_equal(claim(0), CLAIM_CASE);
    assert_int_equal(story.order.claims[0].reason, CASE_CREDIT_UNPROVEN);
    assert_int_equal(sums().in_cases.fen, 1000);
    story_durable(&story);
    assert_true(order_finished(&story.order));
}

/* A bill that is listed again is asked about; not one of a credit that nobody has proved, which
 * goes on waiting, and not for ever. */
static void one_that_is_listed_again_waits_on_for_its_proof(void **state) {
    (void)state;
    unproven();
    story_tick(&story, story.policy.list_lag_ms + 60000);
    struct order_rules rules = story_rules(&story);
    order_ask_listed(&story.order, &rules, 0, story.now, &story.out);
    story_tick(&story, 0);
    assert_int_equal(story.verb, VERB_NONE);
    assert_true(story.order.claims[0].unproven);
    story_tick(&story, story.policy.proof_ms);
    assert_int_equal(claim(0), CLAIM_CASE);
    assert_int_equal(story.order.claims[0].reason, CASE_CREDIT_UNPROVEN);
}

static bool books_prove(const char *leg_no, int64_t fen, const char *call_sn) {
    struct order_rules rules = story_rules(&story);
    struct order_proof proof = {.amount = {fen}};
    strcpy(proof.leg_no, leg_no);
    strcpy(proof.call_sn, call_sn);
    story.out.count = 0;
    return order_prove(&story.order, &rules, &proof, story.now, &story.out);
}

static void the_hospital_s_books_prove_a_credit(void **state) {
    (void)state;
    unproven();
    assert_false(books_prove(story.order.legs[0].no, 999, ""));
    assert_false(books_prove("26112012000000420099", 1000, ""));
    assert_false(books_prove(story.order.legs[0].no, 1000, "SN8"));
    assert_int_equal(story.out.count, 0);
    assert_true(story.order.claims[0].unproven);
    assert_true(books_prove(story.order.legs[0].no, 1000, "SN7"));
    assert_false(story.order.claims[0].unproven);
    assert_int_equal(story.out.notes[0].note, NOTE_PROVEN);
    assert_int_equal(order_verdict(&story.order), VERDICT_CREDITED);
    assert_int_equal(sums().credited.fen, 1000);
    assert_false(order_finished(&story.order));
    story_durable(&story);
    assert_true(order_finished(&story.order));
    assert_int_equal(order_deadline(&story.order), INT64_MAX); /* nothing is waited for */
    assert_false(books_prove(story.order.legs[0].no, 1000, "SN7"));
    story_tick(&story, story.policy.proof_ms);
    assert_int_equal(claim(0), CLAIM_DONE);
}

static void a_credit_that_is_being_written_is_not_proved_meanwhile(void **state) {
    (void)state;
    story_begin(&story, 1, CHANNEL_WECHAT);
    story_credit(&story);
    story_says(&story, OUTCOME_UNKNOWN, "");
    story_answer(&story, (struct event_answer){.outcome = OUTCOME_ACCEPTED, .no = "SN7"});
    assert_false(books_prove(story.order.legs[0].no, 1000, ""));
    story_durable(&story);
    assert_true(books_prove(story.order.legs[0].no, 1000, ""));
}

/* Two bills of one payment, of different amounts: each is proved by its own. */
static void each_credit_is_proved_by_its_own_amount(void **state) {
    (void)state;
    story_begin(&story, 2, CHANNEL_WECHAT);
    story_credit(&story);
    story.order.claims[0].state = story.order.claims[1].state = CLAIM_DONE;
    story.order.claims[0].unproven = story.order.claims[1].unproven = true;
    assert_true(books_prove(story.order.legs[0].no, 2000, ""));
    assert_true(story.order.claims[0].unproven);
    assert_false(story.order.claims[1].unproven);
    story.order.claims[1].unproven = true;
    story.order.run.durable_wait = 0;
    story.order.shares[1].amount = story.order.shares[0].amount;
    assert_false(books_prove(story.order.legs[0].no, 1000, "")); /* of which of both? */
}

/* A receipt is of one credit: what another claim has, whatever became of it, proves no second. */
static void a_receipt_of_another_claim_proves_nothing(void **state) {
    (void)state;
    story_begin(&story, 2, CHANNEL_WECHAT);
    story_credit(&story);
    story.order.claims[0].state = story.order.claims[1].state = CLAIM_DONE;
    story.order.claims[1].unproven = true;
    strcpy(story.order.claims[0].call_sn, "SN7");
    assert_false(books_prove(story.order.legs[0].no, 2000, "SN7"));
    assert_true(books_prove(story.order.legs[0].no, 2000, "SN8"));
    assert_string_equal(story.order.claims[1].call_sn, "SN8");
}

/* The booking of a bill that was proved long ago is none of another's of the same amount. */
static void a_booking_that_may_be_another_claim_s_proves_nothing(void **state) {
    (void)state;
    story_begin(&story, 2, CHANNEL_WECHAT);
    story_credit(&story);
    story.order.claims[0].state = story.order.claims[1].state = CLAIM_DONE;
    story.order.claims[1].unproven = true;
    story.order.claims[1].amount = story.order.shares[1].amount = story.order.shares[0].amount;
    story.order.legs[0].amount.fen = 2000;
    assert_false(books_prove(story.order.legs[0].no, 1000, ""));
    strcpy(story.order.claims[0].call_sn, "SN7");
    assert_false(books_prove(story.order.legs[0].no, 1000, ""));
    assert_true(books_prove(story.order.legs[0].no, 1000, "SN8")); /* not the other's */
    assert_false(story.order.claims[1].unproven);
}

static void the_receipt_that_our_credit_was_answered_with_proves_it(void **state) {
    (void)state;
    story_begin(&story, 1, CHANNEL_WECHAT);
    story_credit(&story);
    story_says(&story, OUTCOME_UNKNOWN, "exp");
    memcpy(story.order.claims[0].call_sn, "7", 2);
    story_answer(&story, (struct event_answer){.outcome = OUTCOME_ACCEPTED, .no = "7"});
    assert_int_equal(claim(0), CLAIM_DONE);
    assert_false(story.order.claims[0].unproven);
}

static void another_receipt_than_our_credit_was_answered_with_is_a_case(void **state) {
    (void)state;
    story_begin(&story, 1, CHANNEL_WECHAT);
    story_credit(&story);
    story_says(&story, OUTCOME_UNKNOWN, "exp");
    memcpy(story.order.claims[0].call_sn, "7", 2);
    story_answer(&story, (struct event_answer){.outcome = OUTCOME_ACCEPTED, .no = "8"});
    assert_int_equal(claim(0), CLAIM_CASE);
    assert_int_equal(story.order.claims[0].reason, CASE_CREDIT_CONTRADICTS);
}

/* The HIS names somebody else: ours was lost, and cannot come any more. */
static void a_settlement_that_is_named_another_s_goes_back_when_ours_cannot_come(void **state) {
    (void)state;
    story_begin(&story, 1, CHANNEL_WECHAT);
    story_credit(&story);
    int64_t sent_ms = story.now.mono_ms;
    story_says(&story, OUTCOME_UNKNOWN, "");
    story_durable(&story);
    while (claim(0) == CLAIM_CREDIT_UNKNOWN) {
        story_answer(&story, (struct event_answer){.outcome = OUTCOME_ACCEPTED,
                                                   .no = "SN",
                                                   .in_no = "2611201200000042000099"});
        if (claim(0) == CLAIM_CREDIT_UNKNOWN)
            assert_true(story_until_sent(&story, 20000));
    }
    assert_int_equal(claim(0), CLAIM_REVERSING);
    assert_true(story.now.mono_ms - sent_ms >= story.limits.credit_quiet_ms);
}

static void a_settlement_of_another_amount_is_a_case(void **state) {
    (void)state;
    story_begin(&story, 1, CHANNEL_WECHAT);
    story_credit(&story);
    story_says(&story, OUTCOME_UNKNOWN, "");
    story_answer(&story, (struct event_answer){
                             .outcome = OUTCOME_ACCEPTED, .has_amount = true, .amount = {999}});
    assert_int_equal(claim(0), CLAIM_CASE);
    assert_int_equal(story.order.claims[0].reason, CASE_CREDIT_CONTRADICTS);
}

static void an_answer_that_names_somebody_else_is_a_case(void **state) {
    (void)state;
    story_begin(&story, 1, CHANNEL_WECHAT);
    story_credit(&story);
    story_answer(&story, (struct event_answer){.outcome = OUTCOME_ACCEPTED,
                                               .in_no = "2611201200000042000099"});
    assert_int_equal(claim(0), CLAIM_CASE);
}

static void our_own_trace_given_back_is_ours(void **state) {
    (void)state;
    char trace[CLAIM_TRACE_SIZE];
    story_begin(&story, 1, CHANNEL_WECHAT);
    story_credit(&story);
    story_says(&story, OUTCOME_UNKNOWN, "");
    struct event_answer answer = {.outcome = OUTCOME_ACCEPTED};
    memcpy(answer.in_no, order_claim_trace(&story.order, 0, trace), sizeof trace);
    story_answer(&story, answer);
    assert_int_equal(claim(0), CLAIM_DONE);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(settled_without_a_name_is_credited_unproven),
        cmocka_unit_test(a_credit_that_nobody_proves_is_a_case_after_some_days),
        cmocka_unit_test(one_that_is_listed_again_waits_on_for_its_proof),
        cmocka_unit_test(the_hospital_s_books_prove_a_credit),
        cmocka_unit_test(a_credit_that_is_being_written_is_not_proved_meanwhile),
        cmocka_unit_test(a_receipt_of_another_claim_proves_nothing),
        cmocka_unit_test(a_booking_that_may_be_another_claim_s_proves_nothing),
        cmocka_unit_test(each_credit_is_proved_by_its_own_amount),
        cmocka_unit_test(the_receipt_that_our_credit_was_answered_with_proves_it),
        cmocka_unit_test(another_receipt_than_our_credit_was_answered_with_is_a_case),
        cmocka_unit_test(a_settlement_that_is_named_another_s_goes_back_when_ours_cannot_come),
        cmocka_unit_test(a_settlement_of_another_amount_is_a_case),
        cmocka_unit_test(an_answer_that_names_somebody_else_is_a_case),
        cmocka_unit_test(our_own_trace_given_back_is_ours),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
