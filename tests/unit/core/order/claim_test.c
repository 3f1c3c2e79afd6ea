/* links: app/core/order/ app/core/terms/ tests/support/order_story.c */
/* A paid claim is looked for in the list of the HIS before it is credited: there, gone, under a new
 * number. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/order_story.h"

static struct story story;

static enum claim_state claim(int i) {
    return story.order.claims[i].state;
}

static struct order_sums sums(void) {
    return order_sums(&story.order);
}

static void every_claim_is_checked_then_credited_one_after_the_other(void **state) {
    (void)state;
    story_begin(&story, 3, CHANNEL_WECHAT);
    story_wait(&story);
    assert_true(story_until_sent(&story, 5000));
    story_trade(&story, TRADE_PAID);
    assert_int_equal(story.verb, VERB_BILLS);
    story_lists(&story, 0, 3);
    assert_int_equal(story.persists, 1);
    assert_int_equal(story.note, NOTE_CREDITING);
    assert_int_equal(story.verb, VERB_NONE); /* not durable yet */
    story_durable(&story);
    for (int i = 0; i < 3; i++) {
        assert_int_equal(story.verb, VERB_CREDIT);
        assert_int_equal(story.sent_claim, i);
        story_answer(&story, (struct event_answer){.outcome = OUTCOME_ACCEPTED, .no = "SN"});
        assert_int_equal(story.persists, i == 2); /* the last takes the others along */
        story_durable(&story);
    }
    assert_int_equal(order_state(&story.order), ORDER_CREDITED);
    assert_int_equal(sums().credited.fen, 6000);
    assert_true(order_finished(&story.order));
}

static void a_bill_that_is_gone_gets_its_money_back_alone(void **state) {
    (void)state;
    story_begin(&story, 2, CHANNEL_WECHAT);
    story_wait(&story);
    assert_true(story_until_sent(&story, 5000));
    story_trade(&story, TRADE_PAID);
    story_lists(&story, 1, 1);
    assert_int_equal(claim(0), CLAIM_REVERSING);
    assert_int_equal(claim(1), CLAIM_CREDITING);
    assert_int_equal(story.order.refunds[0].amount.fen, 1000);
    story_durable(&story);
    assert_int_equal(story.verb, VERB_REFUND);
    story_says(&story, OUTCOME_ACCEPTED, "0");
    assert_int_equal(claim(0), CLAIM_REVERSED);
    assert_int_equal(sums().returned.fen, 1000);
    assert_int_equal(sums().in_flight.fen, 2000);
}

static void a_bill_whose_amount_changed_is_not_the_bill_that_was_paid(void **state) {
    (void)state;
    story_begin(&story, 1, CHANNEL_WECHAT);
    story_wait(&story);
    assert_true(story_until_sent(&story, 5000));
    story_trade(&story, TRADE_PAID);
    struct bill_list bills = {.head = {DOCUMENT_BILLS}, .bill_count = 1};
    memcpy(bills.bills[0].org_trace_no, story.order.claims[0].org_trace_no, TRACE_NO_SIZE);
    bills.bills[0].amount.fen = 1001;
    story_answer(&story,
                 (struct event_answer){.outcome = OUTCOME_ACCEPTED, .document = &bills.head});
    assert_int_equal(claim(0), CLAIM_REVERSING);
}

/* Rows were left out of the list: the bill may be among them. It is asked again, and a list that is
 * whole decides. */
static void a_bill_that_a_flawed_list_misses_is_not_gone_yet(void **state) {
    static struct bill_list bills;
    (void)state;
    story_begin(&story, 1, CHANNEL_WECHAT);
    story.now.mono_ms += INT64_C(36000000); /* the machine has run for long */
    story_wait(&story);
    assert_true(story_until_sent(&story, 5000));
    story_trade(&story, TRADE_PAID);
    story_durable(&story);
    bills = (struct bill_list){.head = {DOCUMENT_BILLS}, .left_out = 1};
    struct event_answer flawed = {.outcome = OUTCOME_ACCEPTED, .document = &bills.head};
    story_answer(&story, flawed);
    assert_int_equal(claim(0), CLAIM_CHECKING);
    assert_true(story_until_sent(&story, 20000));
    assert_int_equal(story.verb, VERB_BILLS);
    bills.bill_count = 1;
    memcpy(bills.bills[0].org_trace_no, story.order.claims[0].org_trace_no, TRACE_NO_SIZE);
    bills.bills[0].amount = story.order.claims[0].amount;
    story_answer(&story, flawed); /* left out is another now */
    assert_int_equal(claim(0), CLAIM_CREDITING);
}

static void a_list_that_stays_flawed_returns_the_money_at_last(void **state) {
    static struct bill_list bills;
    (void)state;
    story_begin(&story, 1, CHANNEL_WECHAT);
    story_wait(&story);
    assert_true(story_until_sent(&story, 5000));
    story_trade(&story, TRADE_PAID);
    story_durable(&story);
    bills = (struct bill_list){.head = {DOCUMENT_BILLS}, .left_out = 1};
    while (claim(0) == CLAIM_CHECKING) {
        story_answer(&story,
                     (struct event_answer){.outcome = OUTCOME_ACCEPTED, .document = &bills.head});
        if (claim(0) == CLAIM_CHECKING)
            assert_true(story_until_sent(&story, 20000));
    }
    assert_int_equal(claim(0), CLAIM_REVERSING);
}

static void
a_silent_his_before_the_first_credit_is_asked_again_and_at_last_the_money_returned(void **state) {
    (void)state;
    story_begin(&story, 1, CHANNEL_WECHAT);
    story_wait(&story);
    assert_true(story_until_sent(&story, 5000));
    story_trade(&story, TRADE_PAID);
    story_durable(&story);
    while (claim(0) == CLAIM_CHECKING) {
        story_says(&story, OUTCOME_UNKNOWN, "");
        if (claim(0) == CLAIM_CHECKING) {
            assert_true(story_until_sent(&story, 20000));
            assert_int_equal(story.verb, VERB_BILLS);
        }
    }
    assert_int_equal(claim(0), CLAIM_REVERSING);
}

static void a_credit_that_queued_for_long_leaves_on_a_fresh_list_only(void **state) {
    (void)state;
    story_begin(&story, 3, CHANNEL_WECHAT);
    story_credit(&story);
    story_tick(&story, 15000);
    story_says(&story, OUTCOME_UNKNOWN, "");
    story_durable(&story);
    assert_int_equal(story.verb, VERB_BILLS);
    story_lists(&story, 1, 1); /* the window has settled the third meanwhile */
    assert_int_equal(claim(1), CLAIM_CREDITING);
    assert_int_equal(claim(2), CLAIM_REVERSING);
    assert_int_equal(story.order.claims[1].tries, 1);
}

/* The HIS has given the bills new numbers. */
static void story_lists_anew(const char *prefix) {
    static struct bill_list bills;
    bills = (struct bill_list){.head = {DOCUMENT_BILLS}, .bill_count = story.order.claim_count};
    for (int i = 0; i < bills.bill_count; i++) {
        snprintf(bills.bills[i].org_trace_no, TRACE_NO_SIZE, "%s%d", prefix, i);
        snprintf(bills.bills[i].doc_trace_no, TRACE_NO_SIZE, "D%s%d", prefix, i);
        memcpy(bills.bills[i].key, story.order.claims[i].bill_key, BILL_KEY_SIZE);
        bills.bills[i].amount = story.order.claims[i].amount;
    }
    story_answer(&story, (struct event_answer){
                             .outcome = OUTCOME_ACCEPTED, .code = "00", .document = &bills.head});
}

/* Two bills that are known by their lines; paid, the list is asked for. */
static void paid_by_key(void) {
    story_begin(&story, 2, CHANNEL_WECHAT);
    for (int i = 0; i < 2; i++)
        snprintf(story.order.claims[i].bill_key, BILL_KEY_SIZE, "key %d", i);
    story_wait(&story);
    assert_true(story_until_sent(&story, 5000));
    story_trade(&story, TRADE_PAID);
    assert_int_equal(story.verb, VERB_BILLS);
}

static void a_bill_with_a_new_number_is_credited_under_it(void **state) {
    (void)state;
    paid_by_key();
    story_lists_anew("N");
    assert_int_equal(claim(0), CLAIM_CREDITING);
    assert_string_equal(story.order.claims[0].org_trace_no, "N0");
    assert_string_equal(story.order.claims[1].doc_trace_no, "DN1");
    assert_int_equal(story.verb, VERB_NONE); /* not before the new numbers are durable */
    story_durable(&story);
    assert_int_equal(story.verb, VERB_CREDIT);
}

/* Somebody's telephone looked at the bills between our list and our credit. */
static void a_credit_refused_under_a_dead_number_goes_once_more_under_the_new_one(void **state) {
    (void)state;
    paid_by_key();
    story_lists_anew("N");
    story_durable(&story);
    for (int again = 0; again < 2; again++) {
        story_says(&story, OUTCOME_DECLINED, "00");
        assert_int_equal(story.verb, VERB_ASK_CREDIT);
        story_says(&story, OUTCOME_DECLINED, "00");
        if (again)
            break;
        assert_int_equal(story.verb, VERB_BILLS);
        story_lists_anew("M");
        assert_int_equal(claim(0), CLAIM_CREDITING);
        assert_string_equal(story.order.claims[0].org_trace_no, "M0");
        story_durable(&story);
        assert_int_equal(story.verb, VERB_CREDIT);
        assert_int_equal(story.order.claims[0].tries, 1);
    }
    assert_int_equal(claim(0), CLAIM_REVERSING);
}

/* Nor where the list is read at once, and has a new number at every look. */
static void a_visits_credit_is_not_sent_under_ever_newer_numbers(void **state) {
    (void)state;
    paid_by_key();
    story.policy.settle_result = SETTLE_RESULT_VISIT;
    story_lists_anew("N");
    story_durable(&story);
    story_says(&story, OUTCOME_DECLINED, "00");
    assert_int_equal(story.verb, VERB_BILLS);
    story_lists_anew("M");
    story_durable(&story);
    assert_int_equal(story.verb, VERB_CREDIT);
    story_says(&story, OUTCOME_DECLINED, "00");
    assert_int_equal(story.verb, VERB_BILLS);
    story_lists_anew("K");
    assert_int_equal(claim(0), CLAIM_REVERSING);
}

static void a_credit_refused_while_its_number_lives_goes_back(void **state) {
    (void)state;
    paid_by_key();
    story_lists_anew("N");
    story_durable(&story);
    story_says(&story, OUTCOME_DECLINED, "00");
    story_says(&story, OUTCOME_DECLINED, "00");
    assert_int_equal(story.verb, VERB_BILLS);
    story_lists_anew("N");
    assert_int_equal(claim(0), CLAIM_REVERSING);
}

/* A list lags: that the bill is still there soon after an unanswered credit says nothing. */
static void the_list_is_asked_only_when_it_cannot_lag_any_more(void **state) {
    (void)state;
    paid_by_key();
    story_lists_anew("N");
    story_durable(&story);
    int64_t sent_ms = story.now.mono_ms;
    story_says(&story, OUTCOME_UNKNOWN, "");
    story_durable(&story);
    while (story.verb != VERB_BILLS) {
        if (story.verb == VERB_ASK_CREDIT)
            story_says(&story, OUTCOME_UNKNOWN, "01");
        else if (story.verb == VERB_CREDIT) /* the second bill's */
            story_says(&story, OUTCOME_ACCEPTED, "00");
        else
            assert_true(story_until_sent(&story, 120000));
        story_durable(&story);
    }
    assert_true(story.now.mono_ms - sent_ms >=
                story.limits.credit_quiet_ms + story.policy.list_lag_ms);
    story_lists_anew("M");
    assert_string_equal(story.order.claims[0].org_trace_no, "M0");
    assert_int_equal(story.order.claims[0].tries, 2);
}

static void wants_to_know(void) {
    struct order_rules rules = story_rules(&story);
    story.out.count = 0;
    order_ask_now(&story.order, &rules, story.now, &story.out);
    story_tick(&story, 0);
}

/* The patient, or reconciliation, wants to know: the list says no more for that. Where ORG_004
 * tells of the number, it is asked at once, and once more just before the list: a window may have
 * taken back meanwhile what was booked, and the list would show it like what never was. */
static void who_wants_to_know_does_not_hurry_the_list(void **state) {
    struct part_run *run = &story.order.run.claim[0];
    (void)state;
    for (int by_visit = 0; by_visit < 2; by_visit++) {
        story_begin(&story, 1, CHANNEL_WECHAT);
        story.policy.list_lag_ms = 600000;
        story.policy.settle_result = by_visit ? SETTLE_RESULT_VISIT : SETTLE_RESULT_ORDER;
        story_credit(&story);
        int64_t sent_ms = story.now.mono_ms, asked_ms = 0;
        story_says(&story, OUTCOME_UNKNOWN, "");
        story_durable(&story);
        while (story.now.mono_ms - sent_ms < story.policy.list_lag_ms / 2)
            if (story.verb == VERB_ASK_CREDIT)
                story_says(&story, OUTCOME_UNKNOWN, "01");
            else if (!story_until_sent(&story, story.policy.list_lag_ms / 4))
                break;
        assert_int_equal(run->request, 0);
        assert_int_equal(run->reread, by_visit);
        wants_to_know();
        assert_int_equal(run->request != 0, !by_visit);
        while (story.verb != VERB_BILLS) {
            if (story.verb == VERB_ASK_CREDIT) {
                asked_ms = story.now.mono_ms;
                story_says(&story, OUTCOME_UNKNOWN, "01");
            }
            if (story.verb != VERB_BILLS)
                assert_true(story_until_sent(&story, 2 * story.policy.list_lag_ms));
        }
        assert_true(story.now.mono_ms - sent_ms >=
                    story.limits.credit_quiet_ms + story.policy.list_lag_ms);
        if (!by_visit)
            assert_int_equal(story.now.mono_ms, asked_ms);
    }
}

/* The first of two was sent once without an answer and is to be sent again; the second's credit is
 * under way meanwhile. */
static void queued_again(void) {
    struct part_run *first = &story.order.run.claim[0];
    story_begin(&story, 2, CHANNEL_WECHAT);
    story_credit(&story);
    story_says(&story, OUTCOME_UNKNOWN, "");
    story_durable(&story);
    story.order.run.claim[1].answer_by_mono_ms = INT64_MAX; /* a slow one */
    for (int i = 0; i < 200 && first->verb != VERB_BILLS; i++) {
        story_tick(&story, 1000);
        if (first->request != 0 && first->verb == VERB_ASK_CREDIT)
            story_hears(&story, first,
                        (struct event_answer){.outcome = OUTCOME_UNKNOWN, .code = "01"});
    }
    assert_int_equal(first->verb, VERB_BILLS);
    story.request = first->request;
    story_lists(&story, 0, 2);
    story_durable(&story);
    assert_int_equal(claim(0), CLAIM_CREDITING);
    assert_int_equal(first->wanted, VERB_CREDIT);
    assert_int_equal(story.order.claims[0].tries, 2);
}

/* Its bill goes: the first ORG_003 may be why. */
static void a_bill_gone_before_it_is_sent_again_is_asked_about(void **state) {
    (void)state;
    queued_again();
    story.now.mono_ms += story.limits.answer_ms;
    story_hears(&story, &story.order.run.claim[1],
                (struct event_answer){.outcome = OUTCOME_ACCEPTED, .no = "SN"});
    story_durable(&story);
    assert_int_equal(story.verb, VERB_BILLS);
    story_lists(&story, 0, 0);
    assert_int_equal(claim(0), CLAIM_CREDIT_UNKNOWN);
    assert_int_equal(story.order.claims[0].tries, 1);
}

/* The journal lost the refund that a claim is on its way back by: a person looks. */
static void on_its_way_back_without_a_refund_is_a_case_after_a_restart(void **state) {
    static const enum claim_state states[] = {CLAIM_REVERSING, CLAIM_UNCREDITING};
    (void)state;
    for (int i = 0; i < 2; i++) {
        story_begin(&story, 2, CHANNEL_WECHAT);
        story_wait(&story);
        assert_true(story_until_sent(&story, 5000));
        story_trade(&story, TRADE_PAID);
        story_lists(&story, 1, 1);
        story_durable(&story);
        story.order.claims[0].state = states[i];
        story.order.refund_count = 0;
        story_restart(&story);
        assert_int_equal(claim(0), CLAIM_CASE);
        assert_int_equal(story.order.claims[0].reason, CASE_NO_ACT);
    }
}

static const struct story_leg two_codes[] = {{CHANNEL_WECHAT, 600}, {CHANNEL_ALIPAY, 400}, {0}};

/* One share is paid, what becomes of the other is not known: the claim is given up. */
static void while_a_code_is_open_its_refund_may_still_come(void **state) {
    (void)state;
    story_begin_split(&story, 1, two_codes);
    story_durable(&story);
    story_leg_hears(&story, 0, TRADE_PAID);
    story_durable(&story);
    story.order.claims[0].state = CLAIM_REVERSING;
    story.order.refund_count = 0;
    story_restart(&story);
    assert_int_equal(claim(0), CLAIM_REVERSING);
}

static void after_a_restart_a_paid_bill_is_checked_and_credited(void **state) {
    (void)state;
    story_begin(&story, 1, CHANNEL_WECHAT);
    story_wait(&story);
    assert_true(story_until_sent(&story, 5000));
    story_trade(&story, TRADE_PAID);
    story_restart(&story);
    assert_int_equal(story.verb, VERB_BILLS);
    story_lists(&story, 0, 1);
    story_durable(&story);
    assert_int_equal(story.verb, VERB_CREDIT);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_claim_is_checked_then_credited_one_after_the_other),
        cmocka_unit_test(a_bill_that_is_gone_gets_its_money_back_alone),
        cmocka_unit_test(a_bill_whose_amount_changed_is_not_the_bill_that_was_paid),
        cmocka_unit_test(a_bill_that_a_flawed_list_misses_is_not_gone_yet),
        cmocka_unit_test(a_list_that_stays_flawed_returns_the_money_at_last),
        cmocka_unit_test(
            a_silent_his_before_the_first_credit_is_asked_again_and_at_last_the_money_returned),
        cmocka_unit_test(a_credit_that_queued_for_long_leaves_on_a_fresh_list_only),
        cmocka_unit_test(a_bill_with_a_new_number_is_credited_under_it),
        cmocka_unit_test(a_credit_refused_under_a_dead_number_goes_once_more_under_the_new_one),
        cmocka_unit_test(a_visits_credit_is_not_sent_under_ever_newer_numbers),
        cmocka_unit_test(a_credit_refused_while_its_number_lives_goes_back),
        cmocka_unit_test(the_list_is_asked_only_when_it_cannot_lag_any_more),
        cmocka_unit_test(who_wants_to_know_does_not_hurry_the_list),
        cmocka_unit_test(a_bill_gone_before_it_is_sent_again_is_asked_about),
        cmocka_unit_test(on_its_way_back_without_a_refund_is_a_case_after_a_restart),
        cmocka_unit_test(while_a_code_is_open_its_refund_may_still_come),
        cmocka_unit_test(after_a_restart_a_paid_bill_is_checked_and_credited),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
