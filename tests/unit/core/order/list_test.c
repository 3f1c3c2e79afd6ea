/* links: app/core/order/ app/core/terms/ tests/support/order_story.c */
/* A list that one claim has asked for is heard by the others that wait in the queue behind a
 * credit: every look at the list may have given all bills new numbers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/order_story.h"

static struct story story;
static struct bill_list list;

static struct part_run *run_of(int i) {
    return &story.order.run.claim[i];
}

static const char *number_of(int i) {
    return story.order.claims[i].org_trace_no;
}

/* The first `count` bills under numbers of this prefix. */
static struct event_answer listed(const char *prefix, int count) {
    list = (struct bill_list){.head = {DOCUMENT_BILLS}, .bill_count = count};
    for (int i = 0; i < count; i++) {
        snprintf(list.bills[i].org_trace_no, TRACE_NO_SIZE, "%s%d", prefix, i);
        snprintf(list.bills[i].doc_trace_no, TRACE_NO_SIZE, "D%s%d", prefix, i);
        snprintf(list.bills[i].key, BILL_KEY_SIZE, "key %d", i);
        list.bills[i].amount = story.order.claims[i].amount;
    }
    return (struct event_answer){.outcome = OUTCOME_ACCEPTED, .code = "00", .document = &list.head};
}

/* Of three bills the first was sent without an answer and the list is asked about it; the second is
 * on its way; the third waits for it. */
static void queue_of_three(void) {
    story_begin(&story, 3, CHANNEL_WECHAT);
    story.policy.settle_result = SETTLE_RESULT_VISIT;
    story.policy.list_lag_ms = 0;
    story.limits.credit_quiet_ms = 0;
    for (int i = 0; i < 3; i++)
        snprintf(story.order.claims[i].bill_key, BILL_KEY_SIZE, "key %d", i);
    story_wait(&story);
    assert_true(story_until_sent(&story, 5000));
    story_trade(&story, TRADE_PAID);
    assert_int_equal(story.verb, VERB_BILLS);
    story_answer(&story, listed("N", 3));
    story_durable(&story);
    story_says(&story, OUTCOME_UNKNOWN, "");
    story_durable(&story);
    run_of(1)->answer_by_mono_ms = INT64_MAX; /* a slow one */
    assert_int_equal(run_of(0)->verb, VERB_ASK_CREDIT);
    story_hears(&story, run_of(0),
                (struct event_answer){.outcome = OUTCOME_DECLINED, .code = "fail"});
    assert_int_equal(run_of(0)->verb, VERB_BILLS);
    assert_true(run_of(0)->request != 0);
    assert_int_equal(run_of(1)->verb, VERB_CREDIT);
    assert_int_equal(run_of(2)->wanted, VERB_CREDIT);
}

/* What is on its way has left under its number, and that decides about it. */
static void who_waits_is_sent_under_the_number_of_the_newest_list(void **state) {
    (void)state;
    queue_of_three();
    story_hears(&story, run_of(0), listed("M", 3));
    assert_string_equal(number_of(0), "M0");
    assert_string_equal(number_of(1), "N1");
    assert_string_equal(number_of(2), "M2");
    assert_string_equal(story.order.claims[2].doc_trace_no, "DM2");
    assert_int_equal(run_of(2)->wanted, VERB_CREDIT);
    story_durable(&story);
    story_hears(&story, run_of(1), (struct event_answer){.outcome = OUTCOME_ACCEPTED, .no = "S1"});
    story_durable(&story);
    assert_int_equal(story.verb, VERB_CREDIT);
    story_answer(&story, (struct event_answer){.outcome = OUTCOME_ACCEPTED, .no = "S0"});
    story_durable(&story);
    assert_int_equal(story.verb, VERB_CREDIT);
    assert_int_equal(story.sent_claim, 2);
    story_answer(&story, (struct event_answer){.outcome = OUTCOME_ACCEPTED, .no = "S2"});
    assert_int_equal(order_state(&story.order), ORDER_CREDITED);
}

/* A number that was adopted is durable before it is sent. */
static void the_new_number_is_written_before_it_leaves(void **state) {
    (void)state;
    queue_of_three();
    story_hears(&story, run_of(0), listed("M", 3));
    bool noted = false;
    for (int i = 0; i < story.note_count; i++)
        noted = noted || (story.notes[i].note == NOTE_RENUMBERED && story.notes[i].claim == 2);
    assert_true(noted);
    story_hears(&story, run_of(1), (struct event_answer){.outcome = OUTCOME_ACCEPTED, .no = "S1"});
    assert_int_equal(run_of(2)->request, 0);
    assert_int_equal(run_of(0)->request, 0);
}

static void who_waits_and_is_gone_gets_its_money_back(void **state) {
    (void)state;
    queue_of_three();
    story_hears(&story, run_of(0), listed("N", 2));
    assert_int_equal(story.order.claims[2].state, CLAIM_REVERSING);
    assert_int_equal(story.order.refund_count, 1);
    assert_int_equal(story.order.refunds[0].claim, 2);
    assert_int_equal(story.order.refunds[0].amount.fen, 3000);
    assert_int_equal(run_of(2)->request, 0);
}

/* It may be among the rows that were left out. */
static void a_flawed_list_without_it_says_nothing(void **state) {
    (void)state;
    queue_of_three();
    struct event_answer flawed = listed("N", 2);
    list.left_out = 1;
    story_hears(&story, run_of(0), flawed);
    assert_int_equal(story.order.claims[2].state, CLAIM_CREDITING);
    assert_int_equal(run_of(2)->wanted, VERB_CREDIT);
    assert_string_equal(number_of(2), "N2");
}

static void no_list_changes_nothing(void **state) {
    (void)state;
    queue_of_three();
    story_hears(&story, run_of(0), (struct event_answer){.outcome = OUTCOME_UNKNOWN, .code = "99"});
    assert_int_equal(story.order.claims[2].state, CLAIM_CREDITING);
    assert_int_equal(run_of(2)->wanted, VERB_CREDIT);
}

/* The credit that waited need not ask for a list of its own. */
static void who_was_listed_just_now_is_fresh(void **state) {
    (void)state;
    queue_of_three();
    story.now.mono_ms += story.limits.answer_ms - 1;
    story_hears(&story, run_of(0), listed("M", 3));
    story_durable(&story);
    story.now.mono_ms += story.limits.answer_ms - 1;
    story_hears(&story, run_of(1), (struct event_answer){.outcome = OUTCOME_ACCEPTED, .no = "S1"});
    story_durable(&story);
    assert_int_equal(story.verb, VERB_CREDIT);
    story_answer(&story, (struct event_answer){.outcome = OUTCOME_ACCEPTED, .no = "S0"});
    story_durable(&story);
    assert_int_equal(story.verb, VERB_CREDIT);
    assert_int_equal(story.sent_claim, 2);
}

static bool is_asking(int i, enum verb verb) {
    return run_of(i)->request != 0 && run_of(i)->verb == verb;
}

/* Of two lists the older may be heard last, with numbers that the newer has killed; and a credit
 * that leaves beside a list carries a number that it may kill. */
static void one_list_is_asked_at_a_time_and_no_credit_leaves_beside_it(void **state) {
    (void)state;
    queue_of_three();
    run_of(0)->answer_by_mono_ms = INT64_MAX;
    story_hears(&story, run_of(1), (struct event_answer){.outcome = OUTCOME_UNKNOWN, .code = ""});
    story_durable(&story);
    assert_true(is_asking(1, VERB_ASK_CREDIT));
    story_hears(&story, run_of(1),
                (struct event_answer){.outcome = OUTCOME_DECLINED, .code = "fail"});
    for (int i = 0; i < 40; i++) {
        story_tick(&story, 100);
        assert_true(is_asking(0, VERB_BILLS));
        assert_false(is_asking(1, VERB_BILLS));
        assert_false(is_asking(2, VERB_CREDIT));
    }
    story_hears(&story, run_of(0), listed("M", 3));
    story_durable(&story);
    assert_string_equal(number_of(2), "M2");
    for (int i = 0; i < 10 && !is_asking(1, VERB_BILLS); i++)
        story_tick(&story, 100);
    assert_true(is_asking(1, VERB_BILLS));
}

/* A hospital where only the list decides has left an ORG_003 without an answer and spoken of the
 * visit. */
static void waits_for_the_list(int64_t lag_ms) {
    story_begin(&story, 1, CHANNEL_WECHAT);
    story.policy.settle_result = SETTLE_RESULT_VISIT;
    story.policy.list_lag_ms = lag_ms;
    story_credit(&story);
    story_says(&story, OUTCOME_UNKNOWN, "");
    story_durable(&story);
    assert_int_equal(story.verb, VERB_ASK_CREDIT);
    story_says(&story, OUTCOME_ACCEPTED, "00");
}

/* The HIS has no list at first, and then one without the bill. */
static void first_list_is_not_the_last(void) {
    story_says(&story, OUTCOME_DECLINED, "01");
    assert_int_equal(story.order.claims[0].state, CLAIM_CREDIT_UNKNOWN);
    assert_true(story_until_sent(&story, story.limits.retry_max_ms));
    assert_int_equal(story.verb, VERB_ASK_CREDIT);
    story_says(&story, OUTCOME_ACCEPTED, "00");
    assert_int_equal(story.verb, VERB_BILLS);
    story_lists(&story, 0, 0);
    assert_int_equal(story.order.claims[0].state, CLAIM_DONE);
    assert_true(story.order.claims[0].unproven);
}

static void what_may_not_be_asked_is_not_overdue(void **state) {
    (void)state;
    waits_for_the_list(60000);
    story.list_waits = true;
    for (int64_t ms = 0; ms < 2 * story.limits.credit_deadline_ms; ms += 10000) {
        story_tick(&story, 10000);
        assert_int_equal(story.verb, VERB_NONE);
        assert_true(order_deadline(&story.order) >
                    story.now.mono_ms); /* nor looked at all the time */
    }
    story.list_waits = false;
    assert_true(story_until_sent(&story, story.limits.retry_max_ms));
    assert_int_equal(story.verb, VERB_BILLS);
    first_list_is_not_the_last();
}

/* Nothing has been decided for long, and ORG_004 was asked now and then. */
static void is_asked_about_for_long(void) {
    int asked = 0;
    story.list_waits = true;
    for (int64_t ms = 0; ms < 2 * story.limits.credit_deadline_ms; ms += 1000) {
        story_tick(&story, 1000);
        if (story.verb == VERB_NONE)
            continue;
        assert_int_equal(story.verb, VERB_ASK_CREDIT);
        story_says(&story, OUTCOME_UNKNOWN, "01");
        asked++;
    }
    assert_in_range(asked, story.limits.credit_deadline_ms / story.limits.retry_max_ms,
                    10 + 2 * story.limits.credit_deadline_ms / story.limits.retry_max_ms);
    assert_int_equal(story.order.claims[0].state, CLAIM_CREDIT_UNKNOWN);
}

/* Where ORG_004 proves something it is asked on, without haste, also when only the list was waited
 * for: an old copy may have answered. */
static void the_credit_is_asked_about_while_the_list_may_not_be_read(void **state) {
    (void)state;
    for (int over = 0; over < 2; over++) {
        story_begin(&story, 1, CHANNEL_WECHAT);
        story.policy.settle_result = SETTLE_RESULT_ORDER;
        story.policy.list_lag_ms = 600000;
        story_credit(&story);
        story_says(&story, OUTCOME_UNKNOWN, "");
        story_durable(&story);
        while (!story.order.run.claim[0].reread) {
            story_says(&story, OUTCOME_UNKNOWN, "01");
            story.verb = VERB_NONE;
            while (story.verb == VERB_NONE && !story.order.run.claim[0].reread)
                story_tick(&story, 1000);
        }
        is_asked_about_for_long();
        story.list_waits = !over;
        assert_true(story_until_sent(&story, story.limits.retry_max_ms));
        story_says(&story, over ? OUTCOME_UNKNOWN : OUTCOME_ACCEPTED, over ? "01" : "00");
        if (over) {
            assert_int_equal(story.verb, VERB_BILLS);
            story_says(&story, OUTCOME_UNKNOWN, "01"); /* nor is it overdue at its first answer */
        }
        assert_int_equal(story.order.claims[0].state, over ? CLAIM_CREDIT_UNKNOWN : CLAIM_DONE);
    }
}

/* Its list was due while another bill's was under way, and then none may be read. */
static void a_list_that_may_not_be_read_any_more_is_not_waited_for_in_silence(void **state) {
    struct part_run *run = &story.order.run.claim[0];
    (void)state;
    story_credit_unanswered(&story);
    story_says(&story, OUTCOME_UNKNOWN, "01");
    assert_int_equal(run->request, 0);
    run->reread = true;
    story.list_waits = true;
    assert_true(story_until_sent(&story, story.limits.retry_max_ms));
    assert_int_equal(story.verb, VERB_ASK_CREDIT);
    assert_false(run->reread);
}

static void what_lags_for_longer_than_an_answer_may_take_is_not_overdue(void **state) {
    (void)state;
    int64_t lag_ms = limits_default().credit_deadline_ms;
    waits_for_the_list(lag_ms);
    assert_true(story_until_sent(&story, lag_ms + story.limits.credit_quiet_ms));
    assert_int_equal(story.verb, VERB_BILLS);
    first_list_is_not_the_last();
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_waits_is_sent_under_the_number_of_the_newest_list),
        cmocka_unit_test(the_new_number_is_written_before_it_leaves),
        cmocka_unit_test(who_waits_and_is_gone_gets_its_money_back),
        cmocka_unit_test(a_flawed_list_without_it_says_nothing),
        cmocka_unit_test(no_list_changes_nothing),
        cmocka_unit_test(who_was_listed_just_now_is_fresh),
        cmocka_unit_test(one_list_is_asked_at_a_time_and_no_credit_leaves_beside_it),
        cmocka_unit_test(what_may_not_be_asked_is_not_overdue),
        cmocka_unit_test(the_credit_is_asked_about_while_the_list_may_not_be_read),
        cmocka_unit_test(a_list_that_may_not_be_read_any_more_is_not_waited_for_in_silence),
        cmocka_unit_test(what_lags_for_longer_than_an_answer_may_take_is_not_overdue),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
