/* links: app/core/order/ app/core/terms/ tests/support/order_story.c */
/* A credit that was sent: refused, never left, without an answer, sent again. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
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

static void a_refused_credit_is_asked_about_once_then_it_goes_back(void **state) {
    static const struct event_answer says[] = {
        {.outcome = OUTCOME_DECLINED, .code = "00"},
        {.outcome = OUTCOME_UNKNOWN, .code = "01"},
        {.outcome = OUTCOME_ACCEPTED, .code = "00", .in_no = "2611201200000042000099"}};
    (void)state;
    for (size_t i = 0; i < sizeof says / sizeof *says; i++) {
        story_begin(&story, 1, CHANNEL_WECHAT);
        story_credit(&story);
        assert_int_equal(story.verb, VERB_CREDIT);
        story_says(&story, OUTCOME_DECLINED, "00");
        assert_int_equal(claim(0), CLAIM_CREDIT_UNKNOWN);
        assert_int_equal(story.verb, VERB_ASK_CREDIT);
        story_answer(&story, says[i]);
        assert_int_equal(claim(0), CLAIM_REVERSING);
    }
}

static void a_refused_credit_that_nobody_answers_for_goes_back_after_its_time(void **state) {
    (void)state;
    story_begin(&story, 1, CHANNEL_WECHAT);
    story_credit(&story);
    story_says(&story, OUTCOME_DECLINED, "00");
    for (int i = 0; i < 200 && claim(0) == CLAIM_CREDIT_UNKNOWN; i++) {
        assert_int_equal(story.verb, VERB_ASK_CREDIT);
        story_answer(&story, (struct event_answer){.outcome = OUTCOME_MALFORMED});
        if (claim(0) == CLAIM_CREDIT_UNKNOWN)
            assert_true(story_until_sent(&story, 20000));
    }
    assert_int_equal(claim(0), CLAIM_REVERSING);
    assert_true(story.now.mono_ms >= story.limits.credit_deadline_ms);
}

static void refused_and_settled_all_the_same_is_a_case(void **state) {
    (void)state;
    story_begin(&story, 1, CHANNEL_WECHAT);
    story_credit(&story);
    story_says(&story, OUTCOME_DECLINED, "00");
    story_restart(&story);
    assert_int_equal(story.verb, VERB_ASK_CREDIT);
    story_answer(&story, (struct event_answer){.outcome = OUTCOME_ACCEPTED, .no = "SN"});
    assert_int_equal(claim(0), CLAIM_CASE);
    assert_int_equal(story.order.claims[0].reason, CASE_CREDIT_CONTRADICTS);
}

/* A window settles the bill while our ORG_003 cannot leave: the settlement is not ours. */
static void a_credit_that_never_left_is_not_what_the_hospital_shows_as_settled(void **state) {
    (void)state;
    for (int restarts = 0; restarts < 2; restarts++) {
        story_begin(&story, 1, CHANNEL_WECHAT);
        story_credit(&story);
        story_never_leaves(&story);
        assert_int_equal(claim(0), CLAIM_CREDIT_UNKNOWN);
        assert_int_equal(story.order.claims[0].tries, 0);
        story_durable(&story);
        if (restarts)
            story_restart(&story);
        assert_int_equal(story.verb, VERB_BILLS);
        story_lists(&story, 0, 0);
        assert_int_equal(claim(0), CLAIM_REVERSING);
    }
}

static void a_credit_that_never_left_leaves_later(void **state) {
    (void)state;
    for (int bills = 0; bills < 2; bills++) {
        story_begin(&story, bills, CHANNEL_WECHAT);
        story_credit(&story);
        for (int i = 0; i < 5; i++) {
            story_never_leaves(&story);
            story_durable(&story);
            if (story.verb == VERB_BILLS)
                story_lists(&story, 0, 1);
            else
                story_says(&story, OUTCOME_UNKNOWN, "01");
            story_durable(&story);
            assert_int_equal(story.verb, VERB_CREDIT);
            assert_int_equal(story.order.claims[0].tries, 1);
        }
        story_answer(&story, (struct event_answer){.outcome = OUTCOME_ACCEPTED, .no = "SN"});
        assert_int_equal(claim(0), CLAIM_DONE);
        assert_false(story.order.claims[0].unproven);
    }
}

static void a_credit_that_never_leaves_goes_back(void **state) {
    (void)state;
    story_begin(&story, 0, CHANNEL_WECHAT);
    story_credit(&story);
    story_never_leaves(&story);
    for (int i = 0; i < 10000 && claim(0) == CLAIM_CREDIT_UNKNOWN; i++) {
        assert_true(story_until_sent(&story, 60000));
        assert_int_equal(story.verb, VERB_ASK_CREDIT);
        story_never_leaves(&story);
    }
    assert_int_equal(claim(0), CLAIM_REVERSING);
}

static void a_deposit_that_never_left_and_is_settled_is_a_case(void **state) {
    (void)state;
    story_begin(&story, 0, CHANNEL_WECHAT);
    story_credit(&story);
    story_never_leaves(&story);
    assert_int_equal(story.verb, VERB_ASK_CREDIT);
    story_answer(&story, (struct event_answer){.outcome = OUTCOME_ACCEPTED, .no = "SN"});
    assert_int_equal(claim(0), CLAIM_CASE);
    assert_int_equal(story.order.claims[0].reason, CASE_CREDIT_CONTRADICTS);
}

static void a_credit_without_an_answer_is_asked_about_at_once(void **state) {
    (void)state;
    story_begin(&story, 1, CHANNEL_WECHAT);
    story_credit(&story);
    story_says(&story, OUTCOME_UNKNOWN, "");
    assert_int_equal(story.verb, VERB_ASK_CREDIT);
    story_answer(&story, (struct event_answer){.outcome = OUTCOME_ACCEPTED, .no = "SN7"});
    assert_int_equal(claim(0), CLAIM_DONE);
    assert_string_equal(story.order.claims[0].call_sn, "SN7");
}

static void a_fail_counts_only_when_the_credit_cannot_be_on_its_way_any_more(void **state) {
    (void)state;
    story_begin(&story, 1, CHANNEL_WECHAT);
    story_credit(&story);
    int64_t sent_ms = story.now.mono_ms;
    story_says(&story, OUTCOME_UNKNOWN, "");
    story_durable(&story);
    while (claim(0) == CLAIM_CREDIT_UNKNOWN) {
        story_says(&story, OUTCOME_DECLINED, "00");
        if (claim(0) == CLAIM_CREDIT_UNKNOWN)
            assert_true(story_until_sent(&story, 20000));
    }
    assert_int_equal(claim(0), CLAIM_REVERSING);
    assert_true(story.now.mono_ms - sent_ms >= story.limits.credit_quiet_ms);
}

static void a_slow_fail_from_before_the_credit_arrived_does_not_count(void **state) {
    (void)state;
    story_begin(&story, 1, CHANNEL_WECHAT);
    story_credit(&story);
    story_tick(&story, 15000);
    story_says(&story, OUTCOME_UNKNOWN, "");
    story_durable(&story);
    assert_int_equal(story.verb, VERB_ASK_CREDIT); /* asked after 15 s, answered after 31 s */
    story.now.mono_ms += 16000;
    story_says(&story, OUTCOME_DECLINED, "00");
    assert_int_equal(claim(0), CLAIM_CREDIT_UNKNOWN);
}

static void the_same_credit_goes_again_while_the_bill_is_listed_three_times_at_most(void **state) {
    (void)state;
    story_begin(&story, 1, CHANNEL_WECHAT);
    story_credit(&story);
    int credits = 1;
    story_says(&story, OUTCOME_UNKNOWN, "01");
    story_durable(&story);
    while (claim(0) != CLAIM_CASE) {
        if (story.verb == VERB_BILLS)
            story_lists(&story, 0, 1);
        else
            story_says(&story, OUTCOME_UNKNOWN, "01");
        if (!order_finished(&story.order) && story.order.run.durable_wait != 0)
            story_durable(&story);
        else if (story.verb == VERB_NONE)
            assert_true(story_until_sent(&story, 60000) || claim(0) == CLAIM_CASE);
        if (story.verb == VERB_CREDIT) /* what was said of the one before is not said of this one */
            assert_string_equal(story.order.claims[0].code, "");
        credits += story.verb == VERB_CREDIT;
    }
    assert_int_equal(credits, 3);
    assert_int_equal(story.order.claims[0].reason, CASE_CREDIT_UNKNOWN);
    assert_int_equal(sums().in_cases.fen, 1000);
}

static void refused_the_second_time(void) {
    story_begin(&story, 1, CHANNEL_WECHAT);
    story_credit(&story);
    story_says(&story, OUTCOME_UNKNOWN, "");
    story_durable(&story);
    while (story.verb != VERB_BILLS) {
        story_says(&story, OUTCOME_UNKNOWN, "01");
        if (story.verb == VERB_NONE)
            assert_true(story_until_sent(&story, 60000));
    }
    story_lists(&story, 0, 1);
    story_durable(&story);
    assert_int_equal(story.verb, VERB_CREDIT);
    story_says(&story, OUTCOME_DECLINED, "00");
    assert_int_equal(claim(0), CLAIM_CREDIT_UNKNOWN);
    assert_int_equal(story.verb, VERB_ASK_CREDIT);
}

/* Some refuse whatever comes a second time because the first is settled: that is no contradiction,
 * and as long as nobody says more no money goes back. */
static void a_fail_of_a_credit_sent_again_says_nothing_of_the_first(void **state) {
    (void)state;
    refused_the_second_time();
    story_answer(&story, (struct event_answer){.outcome = OUTCOME_ACCEPTED, .no = "SN"});
    assert_int_equal(claim(0), CLAIM_DONE);
    assert_true(story.order.claims[0].unproven);

    refused_the_second_time();
    story_durable(&story);
    while (claim(0) == CLAIM_CREDIT_UNKNOWN) {
        if (story.verb == VERB_ASK_CREDIT)
            story_answer(&story, (struct event_answer){.outcome = OUTCOME_MALFORMED});
        if (claim(0) == CLAIM_CREDIT_UNKNOWN)
            assert_true(story_until_sent(&story, 60000));
    }
    assert_int_equal(claim(0), CLAIM_CASE);
    assert_int_equal(story.order.claims[0].reason, CASE_CREDIT_UNKNOWN);
}

static void a_deposit_is_sent_again_only_when_the_his_did_not_look_at_it(void **state) {
    static const char *const said[] = {"", "exp", "closed", "99"};
    (void)state;
    for (size_t i = 0; i < sizeof said / sizeof *said; i++) {
        story_begin(&story, 0, CHANNEL_WECHAT);
        story_credit(&story);
        assert_int_equal(story.verb, VERB_CREDIT);
        story_says(&story, OUTCOME_UNKNOWN, said[i]);
        story_durable(&story);
        while (claim(0) == CLAIM_CREDIT_UNKNOWN) {
            assert_int_equal(story.verb, VERB_ASK_CREDIT);
            story_says(&story, OUTCOME_UNKNOWN, "02");
            if (claim(0) == CLAIM_CREDIT_UNKNOWN)
                assert_true(story_until_sent(&story, 20000));
        }
        assert_int_equal(claim(0), CLAIM_CASE);
        assert_int_equal(story.order.claims[0].tries, 1);
    }
}

static void after_a_restart_a_credit_is_asked_about(void **state) {
    (void)state;
    story_begin(&story, 2, CHANNEL_WECHAT);
    story_credit(&story);
    story_restart(&story);
    assert_int_equal(claim(0), CLAIM_CREDIT_UNKNOWN);
    assert_int_equal(claim(1), CLAIM_CREDIT_UNKNOWN);
    assert_int_equal(story.verb, VERB_ASK_CREDIT);
}

/* A kiosk that was off over the weekend asks before its network is up. */
static void after_days_without_power_the_hospital_is_asked_before_a_person(void **state) {
    (void)state;
    story_begin(&story, 1, CHANNEL_WECHAT);
    story_credit(&story);
    story.now.wall_ms += 3 * story.policy.late_window_ms;
    story_restart(&story);
    assert_int_equal(story.verb, VERB_ASK_CREDIT);
    story_says(&story, OUTCOME_UNKNOWN, "-7");
    assert_int_equal(claim(0), CLAIM_CREDIT_UNKNOWN);
    assert_true(story_until_sent(&story, 60000));
    story_answer(&story, (struct event_answer){.outcome = OUTCOME_ACCEPTED, .no = "SN"});
    assert_int_equal(claim(0), CLAIM_DONE);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_refused_credit_is_asked_about_once_then_it_goes_back),
        cmocka_unit_test(a_refused_credit_that_nobody_answers_for_goes_back_after_its_time),
        cmocka_unit_test(refused_and_settled_all_the_same_is_a_case),
        cmocka_unit_test(a_credit_that_never_left_is_not_what_the_hospital_shows_as_settled),
        cmocka_unit_test(a_credit_that_never_left_leaves_later),
        cmocka_unit_test(a_credit_that_never_leaves_goes_back),
        cmocka_unit_test(a_deposit_that_never_left_and_is_settled_is_a_case),
        cmocka_unit_test(a_credit_without_an_answer_is_asked_about_at_once),
        cmocka_unit_test(a_fail_counts_only_when_the_credit_cannot_be_on_its_way_any_more),
        cmocka_unit_test(a_slow_fail_from_before_the_credit_arrived_does_not_count),
        cmocka_unit_test(the_same_credit_goes_again_while_the_bill_is_listed_three_times_at_most),
        cmocka_unit_test(a_fail_of_a_credit_sent_again_says_nothing_of_the_first),
        cmocka_unit_test(a_deposit_is_sent_again_only_when_the_his_did_not_look_at_it),
        cmocka_unit_test(after_a_restart_a_credit_is_asked_about),
        cmocka_unit_test(after_days_without_power_the_hospital_is_asked_before_a_person),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
