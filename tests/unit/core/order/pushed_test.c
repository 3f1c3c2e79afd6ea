/* links: app/core/order/ app/core/terms/ tests/support/order_story.c */
/* A bill whose message went to the patient's phone: only the HIS says whether it is settled, and
 * nothing takes the message back. Nobody sells the bill meanwhile. */
#include "app/core/order/holds.h"
#include "tests/support/insured_story.h"

#define HIS_SAYS_NO "fail" /* not settled, not yet */

static void push(void) {
    story_begin_by(&story, 1, CHANNEL_INSURANCE, ROUTE_AMP);
    story_durable(&story);
    assert_int_equal(story.verb, VERB_PLACE);
    assert_int_equal(claim->creditor, CREDITOR_PLATFORM);
}

static void pushed(void) {
    push();
    story_says(&story, OUTCOME_ACCEPTED, "SUCCESS");
    story_durable(&story);
    assert_int_equal(leg->state, LEG_WAITING);
}

static void his_settles(const char *trace) {
    struct event_answer answer = {.outcome = OUTCOME_ACCEPTED, .code = "succ", .no = "SN77"};
    strcpy(answer.in_no, trace);
    next_is(VERB_ASK_CREDIT);
    story_answer(&story, answer);
    story_durable(&story);
}

static void what_the_his_has_settled_is_credited(void **state) {
    (void)state;
    pushed();
    assert_int_equal(leg->expire_ms, story.now.wall_ms + story.limits.push_ms);
    next_is(VERB_ASK_CREDIT);
    assert_int_equal(story.sent_claim, 0);
    story_says(&story, OUTCOME_DECLINED, HIS_SAYS_NO);
    assert_int_equal(leg->state, LEG_WAITING);
    his_settles("AMP0001");
    assert_int_equal(leg->state, LEG_PAID);
    assert_int_equal(claim->state, CLAIM_DONE);
    assert_int_equal(claim->tries, 0);
    assert_string_equal(claim->call_sn, "SN77");
    assert_false(claim->unproven);
    assert_int_equal(order_verdict(order), VERDICT_CREDITED);
    assert_int_equal(order_sums(order).credited.fen, 1000);
    assert_true(order_finished(order));
}

/* A window may have settled it. That is no money of anybody's here: it waits for no proof. */
static void settled_by_nobody_that_is_named_is_unproven_and_no_case(void **state) {
    enum { NOBODY, A_TERMINAL, NAMED_COUNT };
    (void)state;
    for (int named = NOBODY; named < NAMED_COUNT; named++) {
        pushed();
        char trace[CLAIM_TRACE_SIZE] = "";
        if (named == A_TERMINAL)
            order_claim_trace(order, 0, trace);
        his_settles(trace);
        assert_int_equal(claim->state, CLAIM_DONE);
        assert_true(claim->unproven);
        assert_int_equal(order_verdict(order), VERDICT_UNPROVEN);
        assert_true(order_finished(order));
        assert_int_equal(order_deadline(order), INT64_MAX);
    }
}

/* What the HIS names is the own part of it; more than the bill is another's. */
static void an_own_part_is_no_other_amount(void **state) {
    static const struct {
        int64_t fen;
        enum leg_state state;
    } named[] = {{0, LEG_PAID}, {250, LEG_PAID}, {1000, LEG_PAID}, {1001, LEG_CASE}};
    (void)state;
    for (size_t i = 0; i < sizeof named / sizeof named[0]; i++) {
        pushed();
        next_is(VERB_ASK_CREDIT);
        story_answer(&story, (struct event_answer){.outcome = OUTCOME_ACCEPTED,
                                                   .code = "succ",
                                                   .has_amount = true,
                                                   .amount.fen = named[i].fen});
        assert_int_equal(leg->state, named[i].state);
    }
}

static void a_refused_message_holds_nothing(void **state) {
    (void)state;
    push();
    story_says(&story, OUTCOME_DECLINED, "INVALID_PUSH_TYPE");
    assert_int_equal(leg->state, LEG_DECLINED);
    assert_int_equal(claim->state, CLAIM_VOID);
    assert_false(order_claim_holds(order, 0));
    push();
    story_never_leaves(&story);
    assert_int_equal(leg->state, LEG_DECLINED);
    assert_int_equal(order_verdict(order), VERDICT_NOT_PAID);
}

/* It may be on the phone: it is never pushed again, nor sold to anybody. */
static void a_message_without_an_answer_is_asked_about(void **state) {
    static const enum outcome silent[] = {OUTCOME_UNKNOWN, OUTCOME_MALFORMED};
    (void)state;
    for (size_t i = 0; i < sizeof silent / sizeof silent[0]; i++) {
        push();
        story_says(&story, silent[i], "-28");
        assert_int_equal(leg->state, LEG_PLACE_UNKNOWN);
        for (int asked = 0; asked < 5; asked++) {
            next_is(VERB_ASK_CREDIT);
            story_says(&story, OUTCOME_DECLINED, HIS_SAYS_NO);
        }
        assert_int_equal(leg->state, LEG_PLACE_UNKNOWN);
        assert_true(order_claim_holds(order, 0));
        his_settles("AMP0001");
        assert_int_equal(claim->state, CLAIM_DONE);
        assert_int_equal(leg->place_tries, 1);
    }
}

/* A `closed` may be of a settlement before; `exp`, silence and what cannot be read say nothing. */
static void nothing_but_a_yes_is_the_end(void **state) {
    static const struct {
        enum outcome outcome;
        const char *code;
    } said[] = {{OUTCOME_DECLINED, HIS_SAYS_NO}, {OUTCOME_UNKNOWN, "exp"},
                {OUTCOME_UNKNOWN, "closed"},     {OUTCOME_UNKNOWN, "99"},
                {OUTCOME_UNKNOWN, "-28"},        {OUTCOME_MALFORMED, ""}};
    (void)state;
    pushed();
    for (size_t i = 0; i < sizeof said / sizeof said[0]; i++) {
        next_is(VERB_ASK_CREDIT);
        story_says(&story, said[i].outcome, said[i].code);
        assert_int_equal(leg->state, LEG_WAITING);
        assert_true(order_claim_holds(order, 0));
        assert_int_equal(order_verdict(order), VERDICT_UNKNOWN);
    }
}

/* Nothing takes the message back. */
static void who_leaves_has_not_cancelled_it(void **state) {
    (void)state;
    pushed();
    story_cancel(&story);
    story_durable(&story);
    assert_int_equal(leg->state, LEG_WAITING);
    assert_true(order_claim_holds(order, 0));
    story.now.wall_ms += 200000; /* nobody waits here any more: it is asked about more rarely */
    next_is(VERB_ASK_CREDIT);
    story_says(&story, OUTCOME_DECLINED, HIS_SAYS_NO);
    assert_true(order_deadline(order) - story.now.mono_ms >= 100000);
    his_settles("AMP0001");
    assert_int_equal(order_verdict(order), VERDICT_CREDITED);
}

/* Who has left, or whose time here is over, is asked about after half as long again: at least as
 * often as who waits, and at least every ten minutes. */
static void the_longer_ago_the_more_rarely(void **state) {
    (void)state;
    for (int left = 0; left < 2; left++) {
        pushed();
        if (left) {
            story_cancel(&story);
            story_durable(&story);
        }
        int64_t since_ms = left ? order->created_ms : leg->expire_ms;
        int64_t least_ms = story.limits.query_ms;
        const int64_t ages_ms[] = {2 * least_ms - 2, 2 * least_ms, 2 * least_ms + 2, 90000,
                                   1199998,          1200000,      2 * HOURS_MS};
        for (size_t i = 0; i < sizeof ages_ms / sizeof ages_ms[0]; i++) {
            int64_t ms = since_ms + ages_ms[i] - story.now.wall_ms;
            if (ms < 0)
                continue; /* it was asked since then */
            story.now.wall_ms += ms;
            story.now.mono_ms += ms;
            order->run.leg[0].next_mono_ms = story.now.mono_ms;
            next_is(VERB_ASK_CREDIT);
            story_says(&story, OUTCOME_DECLINED, HIS_SAYS_NO);
            int64_t half_ms = ages_ms[i] / 2;
            int64_t pause_ms = half_ms < least_ms ? least_ms : half_ms > 600000 ? 600000 : half_ms;
            assert_int_equal(order_deadline(order) - story.now.mono_ms, pause_ms);
        }
        story.now.wall_ms = since_ms - 2 * HOURS_MS; /* the clock was set back */
        order->run.leg[0].next_mono_ms = story.now.mono_ms;
        next_is(VERB_ASK_CREDIT);
        story_says(&story, OUTCOME_DECLINED, HIS_SAYS_NO);
        assert_int_equal(order_deadline(order) - story.now.mono_ms, left ? 600000 : least_ms);
    }
}

/* Before anything left it is cancelled like any other. */
static void what_was_not_pushed_yet_is_cancelled(void **state) {
    (void)state;
    story_begin_by(&story, 1, CHANNEL_INSURANCE, ROUTE_AMP);
    story_cancel(&story);
    assert_int_equal(leg->state, LEG_DECLINED);
    story_durable(&story);
    assert_int_equal(story.verb, VERB_NONE);
}

/* The patient was sent to the window; the phone pays hours later. */
static void what_settles_late_is_credited_by_the_watch(void **state) {
    (void)state;
    pushed();
    while (story.now.wall_ms < leg->expire_ms + 5 * HOURS_MS) {
        next_is(VERB_ASK_CREDIT);
        story_says(&story, OUTCOME_DECLINED, HIS_SAYS_NO);
        assert_true(order_claim_holds(order, 0));
    }
    assert_int_equal(leg->state, LEG_WAITING);
    assert_true(order_only_waits(order));
    assert_true(order_deadline(order) - story.now.mono_ms >= 60000);
    his_settles("AMP0001");
    assert_int_equal(claim->state, CLAIM_DONE);
}

static void ask_for_ever(enum outcome outcome, const char *code) {
    while (leg->state == LEG_WAITING) {
        next_is(VERB_ASK_CREDIT);
        story_says(&story, outcome, code);
    }
}

static void unsettled_at_the_end_of_the_watch_is_a_case_and_stays_held(void **state) {
    (void)state;
    pushed();
    ask_for_ever(OUTCOME_DECLINED, HIS_SAYS_NO);
    assert_int_equal(leg->state, LEG_CASE);
    assert_int_equal(leg->reason, CASE_PAYMENT_UNKNOWN);
    assert_true(story.now.wall_ms >= leg->watch_until_ms);
    assert_true(story.now.wall_ms < leg->watch_until_ms + HOURS_MS);
    assert_int_equal(order_verdict(order), VERDICT_WINDOW);
    assert_true(order_claim_holds(order, 0));
    order->resolved = true;
    assert_false(order_claim_holds(order, 0));
}

/* A hospital that is down for so long gets as long again. */
static void a_silent_his_has_twice_as_long(void **state) {
    (void)state;
    pushed();
    ask_for_ever(OUTCOME_UNKNOWN, "-28");
    assert_int_equal(leg->state, LEG_CASE);
    assert_true(story.now.wall_ms >= leg->watch_until_ms + story.policy.late_window_ms);
}

/* Whatever was on its way when the program died: it may be on the phone, and is not pushed again.
 */
static void after_a_restart_it_is_asked_about(void **state) {
    enum died { NOT_SENT, SENT, ANSWERED, CANCELLED, LATE, DIED_COUNT };
    (void)state;
    for (int died = NOT_SENT; died < DIED_COUNT; died++) {
        if (died == NOT_SENT)
            story_begin_by(&story, 1, CHANNEL_INSURANCE, ROUTE_AMP);
        else if (died == SENT)
            push();
        else
            pushed();
        if (died == CANCELLED)
            story_cancel(&story);
        if (died == LATE)
            story.now.wall_ms += 3 * HOURS_MS;
        story_restart(&story);
        next_is(VERB_ASK_CREDIT);
        story_says(&story, OUTCOME_DECLINED, HIS_SAYS_NO);
        assert_true(order_claim_holds(order, 0));
        his_settles("AMP0001");
        assert_int_equal(claim->state, CLAIM_DONE);
        assert_int_equal(order_sums(order).credited.fen, 1000);
    }
}

/* What the portal has settled it alone can give back, under numbers that nobody has named here. */
static void nothing_of_it_goes_back_here(void **state) {
    (void)state;
    pushed();
    his_settles("AMP0001");
    assert_int_equal(want_back(1000), REFUSAL_HIS_KEEPS);
    assert_int_equal(order->refund_count, 0);
}

static void listed_again(int64_t in_ms) {
    story_tick(&story, in_ms);
    struct order_rules at = story_rules(&story);
    story.verb = VERB_NONE;
    order_ask_listed(order, &at, 0, story.now, &story.out);
    story_tick(&story, 0);
}

/* The settlement was another's, who has taken it back; the message is still on the phone. */
static void a_message_outlives_what_nobody_has_proved(void **state) {
    (void)state;
    pushed();
    his_settles("");
    listed_again(story.policy.list_lag_ms + 1000);
    assert_int_equal(story.verb, VERB_NONE);
    assert_true(order_claim_holds(order, 0));
    listed_again(leg->watch_until_ms - story.now.wall_ms);
    assert_int_equal(story.verb, VERB_ASK_CREDIT);
    story_says(&story, OUTCOME_UNKNOWN, "closed");
    assert_true(claim->taken_elsewhere);
    assert_true(claim->unproven);
    assert_false(order_claim_holds(order, 0));
    pushed();
    his_settles("AMP0001");
    listed_again(story.policy.list_lag_ms + 1000);
    assert_int_equal(story.verb, VERB_ASK_CREDIT);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_the_his_has_settled_is_credited),
        cmocka_unit_test(a_message_outlives_what_nobody_has_proved),
        cmocka_unit_test(settled_by_nobody_that_is_named_is_unproven_and_no_case),
        cmocka_unit_test(an_own_part_is_no_other_amount),
        cmocka_unit_test(a_refused_message_holds_nothing),
        cmocka_unit_test(a_message_without_an_answer_is_asked_about),
        cmocka_unit_test(nothing_but_a_yes_is_the_end),
        cmocka_unit_test(who_leaves_has_not_cancelled_it),
        cmocka_unit_test(the_longer_ago_the_more_rarely),
        cmocka_unit_test(what_was_not_pushed_yet_is_cancelled),
        cmocka_unit_test(what_settles_late_is_credited_by_the_watch),
        cmocka_unit_test(unsettled_at_the_end_of_the_watch_is_a_case_and_stays_held),
        cmocka_unit_test(a_silent_his_has_twice_as_long),
        cmocka_unit_test(after_a_restart_it_is_asked_about),
        cmocka_unit_test(nothing_of_it_goes_back_here),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
