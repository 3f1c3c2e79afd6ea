/* links: app/core/order/ app/core/terms/ tests/support/order_story.c */
/* A bill that medical insurance pays: uploaded, confirmed on the phone, settled by the centre with
 * the hospital; funds, account and own part in one act, each with its own fate. */
#include "app/core/order/payments.h"
#include "tests/support/insured_story.h"

static void what_the_centre_settles_is_credited_by_it_alone(void **state) {
    (void)state;
    settled();
    assert_int_equal(leg->state, LEG_PAID);
    assert_int_equal(claim->state, CLAIM_DONE);
    assert_int_equal(claim->tries, 0);
    assert_int_equal(leg->split.fund.fen, 650);
    assert_int_equal(order_sums(order).credited.fen, 1000);
    assert_true(order_finished(order));
}

/* How it came about is kept with the order; an answer that says nothing of it takes nothing away.
 */
static void how_it_was_settled_is_kept(void **state) {
    static struct settlement said = {.head.kind = DOCUMENT_SETTLEMENT, .rows = "f650 fund\n"};
    (void)state;
    uploaded();
    next_is(VERB_ASK);
    struct event_answer answer = answer_in(OUTCOME_ACCEPTED, TRADE_PAID, "6");
    answer.has_amount = true;
    answer.amount.fen = 1000;
    answer.split = (struct split){.own = {250}, .account = {100}, .fund = {650}};
    answer.document = &said.head;
    story_answer(&story, answer);
    assert_string_equal(leg->settlement, "f650 fund\n");
    story_durable(&story);
    story_restart(&story);
    assert_string_equal(leg->settlement, "f650 fund\n");
    settled();
    assert_string_equal(leg->settlement, "");
}

static void another_split_than_was_shown_is_seen(void **state) {
    (void)state;
    uploaded();
    next_is(VERB_ASK);
    says_split(OUTCOME_PENDING, TRADE_WAIT, "1", 200);
    assert_true(leg->split_known);
    next_is(VERB_ASK);
    says_split(OUTCOME_ACCEPTED, TRADE_PAID, "6", 250);
    assert_true(order_split_differs(leg));
    assert_int_equal(leg->shown_own.fen, 200);
}

/* Revoked is only what is said to be and shown to be. */
static void a_revoke_is_proved_before_the_bill_is_free(void **state) {
    (void)state;
    revoking();
    says(OUTCOME_ACCEPTED, TRADE_NONE, "1");
    assert_int_equal(leg->state, LEG_CLOSING);
    assert_true(order_claim_holds(order, 0));
    assert_int_equal(story.verb, VERB_ASK);
    says(OUTCOME_UNKNOWN, TRADE_REVOKED, "12");
    assert_int_equal(leg->state, LEG_CLOSED);
    assert_true(leg->unpaid);
    assert_false(order_claim_holds(order, 0));
    assert_int_equal(order_verdict(order), VERDICT_NOT_PAID);
}

/* Called revoked, and then the centre has no such upload: perhaps it was settling it, and settles
 * it yet. Nobody sells the bill until it shows the upload unpaid, or the watch is over. */
static void denied_after(enum trade_state denied_as) {
    revoking();
    says(OUTCOME_ACCEPTED, TRADE_NONE, "1");
    while (leg->state == LEG_CLOSING) {
        next_is(VERB_ASK);
        says(OUTCOME_UNKNOWN, denied_as, "0"); /* the centre refuses the question */
    }
    assert_int_equal(leg->state, LEG_CLOSED);
    assert_false(leg->unpaid);
    assert_true(order_perhaps_paid(order));
    assert_true(order_claim_holds(order, 0));
}

static void a_revoke_that_was_denied_holds_the_bill(void **state) {
    (void)state;
    for (int restarts = 0; restarts < 2; restarts++) {
        denied_after(restarts ? TRADE_ABSENT : TRADE_NONE);
        if (restarts)
            story_restart(&story);
        while (leg->watch_until_ms != 0) {
            assert_true(order_claim_holds(order, 0));
            next_is(VERB_ASK);
            says(OUTCOME_UNKNOWN, TRADE_NONE, "0");
        }
        assert_true(story.now.wall_ms >= leg->expire_ms + story.policy.late_window_ms);
        assert_int_equal(leg->state, LEG_CLOSED);
        assert_false(order_claim_holds(order, 0));
    }
    denied_after(TRADE_NONE);
    next_is(VERB_ASK);
    says(OUTCOME_UNKNOWN, TRADE_REVOKED, "12");
    assert_true(leg->unpaid);
    assert_false(order_claim_holds(order, 0));
    assert_false(order_may_settle_yet(order));
}

/* Is it told in the list of payments as not paid, but perhaps settled yet? */
static bool may_settle_in_list(void) {
    struct payment row;
    payment_of_order(order, &row);
    return row.may_settle;
}

/* What was settled after all nobody sells until a person has decided. */
static void what_settled_after_it_was_denied_is_held_by_its_case(void **state) {
    (void)state;
    denied_after(TRADE_NONE);
    assert_true(may_settle_in_list());
    next_is(VERB_ASK);
    says(OUTCOME_PENDING, TRADE_SETTLING, "2");
    assert_true(order_claim_holds(order, 0));
    for (int i = 0; leg->state != LEG_CASE; i++) {
        assert_in_range(i, 0, 3);
        next_is(VERB_ASK);
        says_split(OUTCOME_ACCEPTED, TRADE_PAID, "6", 250);
        assert_true(order_claim_holds(order, 0));
    }
    assert_int_equal(leg->reason, CASE_ABNORMAL);
    assert_true(order_may_settle_yet(order));
    assert_false(may_settle_in_list()); /* there it is a case */
    order->resolved = true;
    assert_false(order_claim_holds(order, 0));
    assert_false(order_may_settle_yet(order));
    order->kept = true; /* the hospital has booked it */
    assert_true(order_claim_holds(order, 0));
}

static void a_revoke_without_an_answer_is_asked_about_and_sent_again(void **state) {
    (void)state;
    revoking();
    says(OUTCOME_UNKNOWN, TRADE_NONE, "-28");
    assert_int_equal(leg->state, LEG_WAITING);
    assert_true(order_claim_holds(order, 0));
    next_is(VERB_ASK);
    says(OUTCOME_PENDING, TRADE_WAIT, "1");
    assert_int_equal(leg->state, LEG_CLOSING);
    assert_int_equal(story.verb, VERB_CLOSE);
    story_restart(&story);
    next_is(VERB_ASK);
    says(OUTCOME_PENDING, TRADE_WAIT, "0");
    assert_int_equal(story.verb, VERB_CLOSE);
    says(OUTCOME_ACCEPTED, TRADE_NONE, "1");
    says(OUTCOME_UNKNOWN, TRADE_REVOKED, "12");
    assert_int_equal(leg->state, LEG_CLOSED);
}

/* Whatever was on its way when the program died, 1.3 comes first; what it shows decides. */
static void after_a_restart_it_is_asked_about_before_it_is_revoked(void **state) {
    (void)state;
    enum died { PLACED, WANTED, REVOKED, ANSWERED, DIED_COUNT };
    for (int died = PLACED; died < DIED_COUNT; died++) {
        if (died == PLACED)
            upload(); /* its answer never came */
        else if (died == WANTED)
            uploaded();
        else
            revoking();
        if (died == WANTED)
            story_cancel(&story);
        if (died == ANSWERED) {
            story_says(&story, OUTCOME_ACCEPTED, "1");
            story_durable(&story);
        }
        story_restart(&story);
        next_is(VERB_ASK);
        says_split(OUTCOME_ACCEPTED, TRADE_PAID, "6", 250);
        assert_int_equal(leg->state, LEG_PAID);
        assert_int_equal(order_sums(order).credited.fen, 1000);
        assert_int_equal(claim->unproven, died == PLACED); /* the centre never named it to us */
        assert_int_equal(order->refund_count, 0);
    }
}

/* Its time is over, or the patient has left: what is not known is asked about, never revoked. */
static void what_is_not_known_is_not_revoked(void **state) {
    (void)state;
    static const struct {
        enum outcome outcome;
        enum trade_state trade;
        const char *code;
    } dark[] = {{OUTCOME_UNKNOWN, TRADE_NONE, "-28"},
                {OUTCOME_MALFORMED, TRADE_NONE, "0"},
                {OUTCOME_UNKNOWN, TRADE_NONE, "HTTP 502"},
                {OUTCOME_UNKNOWN, TRADE_OTHER, "99"},
                {OUTCOME_PENDING, TRADE_SETTLING, "2"}};
    for (size_t n = 0; n < sizeof dark / sizeof dark[0]; n++)
        for (int left = 0; left < 2; left++) {
            uploaded();
            if (left)
                story_cancel(&story);
            for (int i = 0; i < 200; i++) {
                next_is(VERB_ASK);
                if (story.now.wall_ms > leg->expire_ms + 60000)
                    break;
                says(dark[n].outcome, dark[n].trade, dark[n].code);
            }
            assert_true(order_claim_holds(order, 0));
            says_split(OUTCOME_ACCEPTED, TRADE_PAID, "6", 250);
            assert_int_equal(leg->state, LEG_PAID);
            assert_int_equal(order->refund_count, 0);
        }
}

/* A centre that says nothing for as long as late money is looked for: a person asks it. */
static void a_centre_that_stays_silent_is_a_case(void **state) {
    (void)state;
    uploaded();
    for (int i = 0; i < 100000 && leg->state != LEG_CASE; i++) {
        next_is(VERB_ASK);
        says(OUTCOME_UNKNOWN, TRADE_NONE, "-28");
    }
    assert_int_equal(leg->reason, CASE_PAYMENT_UNKNOWN);
    assert_true(story.now.wall_ms >= leg->watch_until_ms);
    assert_true(order_claim_holds(order, 0));
}

/* The revoke never left this machine: by the time it could, the patient has confirmed. */
static void a_revoke_that_never_left_is_asked_about_first(void **state) {
    (void)state;
    revoking();
    story_never_leaves(&story);
    story_durable(&story);
    next_is(VERB_ASK);
    says_split(OUTCOME_ACCEPTED, TRADE_PAID, "6", 250);
    assert_int_equal(leg->state, LEG_PAID);
}

static void what_settles_though_it_was_revoked_is_credited_or_a_case(void **state) {
    (void)state;
    for (int late = 0; late < 2; late++) {
        revoking();
        says(OUTCOME_ACCEPTED, TRADE_NONE, "1");
        if (late) {
            says(OUTCOME_UNKNOWN, TRADE_REVOKED, "12");
        } else {
            says(OUTCOME_PENDING, TRADE_SETTLING, "2");
            assert_int_equal(leg->state, LEG_WAITING);
        }
        next_is(VERB_ASK);
        says_split(OUTCOME_ACCEPTED, TRADE_PAID, "6", 250);
        if (late) {
            next_is(VERB_ASK);
            says_split(OUTCOME_ACCEPTED, TRADE_PAID, "6", 250);
        }
        assert_int_equal(leg->state, late ? LEG_CASE : LEG_PAID);
        assert_int_equal(leg->reason, late ? CASE_ABNORMAL : CASE_NONE);
        assert_int_equal(order->refund_count, 0);
    }
}

static void an_upload_that_was_refused_is_looked_for(void **state) {
    (void)state;
    for (int there = 0; there < 2; there++) {
        upload();
        says(OUTCOME_DECLINED, TRADE_NONE, "0");
        assert_int_equal(leg->state, LEG_PLACE_UNKNOWN);
        for (int i = 0; i < 40 && leg->state == LEG_PLACE_UNKNOWN; i++) {
            next_is(VERB_ASK);
            if (there)
                says(OUTCOME_PENDING, TRADE_WAIT, "1");
            else
                says(OUTCOME_UNKNOWN, TRADE_NONE, "0"); /* the centre refuses the question */
        }
        assert_int_equal(leg->state, there ? LEG_WAITING : LEG_DECLINED);
    }
}

/* Our upload was refused, or its answer lost: what the centre has under the bill's number may be
 * another machine's, and no code was shown here. It is credited there; nothing of it is ours to
 * give back, and nobody's case. */
static void what_only_the_bills_number_finds_is_not_ours(void **state) {
    (void)state;
    for (int lost = 0; lost < 2; lost++)
        for (int open = 0; open < 2; open++)
            for (int restarts = 0; restarts < 2; restarts++) {
                upload();
                says(lost ? OUTCOME_UNKNOWN : OUTCOME_DECLINED, TRADE_NONE, lost ? "-28" : "105");
                next_is(VERB_ASK);
                if (open) {
                    says(OUTCOME_PENDING, TRADE_WAIT, "1"); /* its number is known from here on */
                    if (restarts)
                        story_restart(&story);
                    next_is(VERB_ASK);
                }
                says_split(OUTCOME_ACCEPTED, TRADE_PAID, "6", 250);
                assert_int_equal(claim->state, CLAIM_DONE);
                assert_true(claim->unproven);
                assert_int_equal(leg->split.own.fen, 250);
                assert_int_equal(order_verdict(order), VERDICT_UNPROVEN);
                assert_true(order_claim_holds(order, 0));
                assert_int_equal(want_back(1000), REFUSAL_UNPROVEN);
                assert_int_equal(want_back(250), REFUSAL_UNPROVEN);
                assert_true(order_finished(order));
                assert_int_equal(order_deadline(order), INT64_MAX);
                story_restart(&story);
                assert_true(claim->unproven);
            }
}

/* Nor is an own part that was left there: whoever uploaded it returns it. */
static void a_stranded_own_part_that_is_not_ours_is_not_returned_here(void **state) {
    (void)state;
    upload();
    says(OUTCOME_DECLINED, TRADE_NONE, "105");
    for (int i = 0; i < 400 && leg->state != LEG_CASE; i++) {
        next_is(VERB_ASK);
        says_split(OUTCOME_UNKNOWN, TRADE_OWN_STRANDED, "16", 250);
        assert_int_equal(order->refund_count, 0);
    }
    assert_int_equal(leg->reason, CASE_HALF_SETTLED);
}

/* "Busy" may be said of both, and the upload be on its way. */
static void a_refused_upload_has_its_quiet_time(void **state) {
    (void)state;
    upload();
    int64_t began_ms = story.now.mono_ms;
    says(OUTCOME_DECLINED, TRADE_NONE, "0");
    assert_string_equal(leg->code, "0"); /* why */
    while (leg->state == LEG_PLACE_UNKNOWN) {
        next_is(VERB_ASK);
        says(OUTCOME_UNKNOWN, TRADE_NONE, "0");
    }
    assert_int_equal(leg->state, LEG_DECLINED);
    assert_true(story.now.mono_ms - began_ms >= story.limits.credit_quiet_ms);
}

/* The number of the bill finds the one of before, which was revoked: it proves nothing of ours. */
static void an_earlier_upload_of_the_bill_is_not_ours(void **state) {
    (void)state;
    static const enum trade_state over[] = {TRADE_REVOKED, TRADE_RETURNED, TRADE_FAILED};
    for (size_t n = 0; n < sizeof over / sizeof over[0]; n++) {
        upload();
        story_says(&story, OUTCOME_UNKNOWN, "-28");
        story_durable(&story);
        next_is(VERB_ASK);
        says(over[n] == TRADE_FAILED ? OUTCOME_DECLINED : OUTCOME_UNKNOWN, over[n], "12");
        assert_int_equal(leg->state, LEG_PLACE_UNKNOWN);
        assert_string_equal(leg->in_no, "");
        assert_true(order_claim_holds(order, 0));
        next_is(VERB_ASK);
        says(OUTCOME_PENDING, TRADE_WAIT, "1"); /* there it is */
        assert_int_equal(leg->state, LEG_WAITING);
    }
}

static void an_upload_that_never_arrived_is_declined_at_last(void **state) {
    (void)state;
    upload();
    story_says(&story, OUTCOME_UNKNOWN, "-28");
    story_durable(&story);
    for (int i = 0; i < 4000 && leg->state != LEG_DECLINED; i++) {
        assert_true(story_until_sent(&story, HOURS_MS));
        bool asks = story.verb == VERB_ASK;
        says(asks ? OUTCOME_UNKNOWN : OUTCOME_DECLINED, TRADE_NONE, "0");
    }
    assert_int_equal(leg->state, LEG_DECLINED);
    assert_false(order_claim_holds(order, 0));
}

static void what_is_settled_half_is_asked_about_and_then_a_case(void **state) {
    (void)state;
    revoking();
    says(OUTCOME_DECLINED, TRADE_NONE, "1");
    for (int i = 0; i < 400 && leg->state != LEG_CASE; i++) {
        next_is(VERB_ASK);
        says(OUTCOME_PENDING, TRADE_SETTLING, "4");
    }
    assert_int_equal(leg->reason, CASE_HALF_SETTLED);
    assert_true(order_claim_holds(order, 0));
}

static void what_is_abnormal_is_a_case_at_once(void **state) {
    (void)state;
    uploaded();
    next_is(VERB_ASK);
    says(OUTCOME_UNKNOWN, TRADE_ABNORMAL, "14");
    assert_int_equal(leg->reason, CASE_ABNORMAL);
    assert_int_equal(order_deadline(order), INT64_MAX); /* nothing of it is asked any more */
    assert_int_equal(order_sums(order).in_cases.fen, 1000);
}

static void the_own_part_of_an_insurance_that_failed_goes_back(void **state) {
    (void)state;
    uploaded();
    next_is(VERB_ASK);
    says_split(OUTCOME_UNKNOWN, TRADE_OWN_STRANDED, "16", 250);
    assert_int_equal(leg->state, LEG_PAID_AFTER_CLOSE);
    assert_int_equal(order_sums(order).paid.fen, 250);
    assert_false(order_claim_holds(order, 0));
    for (int i = 0; i < 400 && order->refund_count == 0; i++) {
        next_is(VERB_ASK);
        says_split(OUTCOME_UNKNOWN, TRADE_OWN_STRANDED, "16", 250);
    }
    assert_int_equal(order->refunds[0].amount.fen, 250);
    assert_int_equal(story.verb, VERB_REFUND);
    says(OUTCOME_PENDING, TRADE_WAIT, "1");
    next_is(VERB_ASK_REFUND);
    says(OUTCOME_UNKNOWN, TRADE_OWN_RETURNED, "9");
    assert_int_equal(leg->state, LEG_RETURNED);
    assert_int_equal(order_sums(order).returned.fen, 250);
}

static void a_part_that_is_not_the_own_part_stays(void **state) {
    (void)state;
    settled();
    assert_int_equal(want_back(100), REFUSAL_WHOLE);
    assert_int_equal(want_back(650), REFUSAL_WHOLE);
    claim->refunded.fen = 250;
    assert_int_equal(want_back(250), REFUSAL_WHOLE);
}

/* 1.3 may name the bill alone (medOrgOrd, without payOrdId): what was left there is not ours
 * either. */
static void a_stranded_own_part_without_a_number_is_not_returned_here(void **state) {
    (void)state;
    for (int lost = 0; lost < 2; lost++) {
        upload();
        says(lost ? OUTCOME_UNKNOWN : OUTCOME_DECLINED, TRADE_NONE, lost ? "-28" : "105");
        for (int i = 0; i < 400 && leg->state != LEG_CASE; i++) {
            next_is(VERB_ASK);
            struct event_answer answer = answer_in(OUTCOME_UNKNOWN, TRADE_OWN_STRANDED, "16");
            answer.in_no[0] = '\0';
            answer.has_amount = true;
            answer.amount.fen = 1000;
            answer.split = (struct split){.own = {250}, .account = {100}, .fund = {650}};
            story_answer(&story, answer);
            story_durable(&story);
            assert_int_equal(order->refund_count, 0);
        }
        assert_int_equal(leg->reason, CASE_HALF_SETTLED);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_stranded_own_part_without_a_number_is_not_returned_here),
        cmocka_unit_test(what_the_centre_settles_is_credited_by_it_alone),
        cmocka_unit_test(how_it_was_settled_is_kept),
        cmocka_unit_test(another_split_than_was_shown_is_seen),
        cmocka_unit_test(a_revoke_is_proved_before_the_bill_is_free),
        cmocka_unit_test(a_revoke_that_was_denied_holds_the_bill),
        cmocka_unit_test(what_settled_after_it_was_denied_is_held_by_its_case),
        cmocka_unit_test(a_revoke_without_an_answer_is_asked_about_and_sent_again),
        cmocka_unit_test(after_a_restart_it_is_asked_about_before_it_is_revoked),
        cmocka_unit_test(what_is_not_known_is_not_revoked),
        cmocka_unit_test(a_centre_that_stays_silent_is_a_case),
        cmocka_unit_test(a_revoke_that_never_left_is_asked_about_first),
        cmocka_unit_test(what_settles_though_it_was_revoked_is_credited_or_a_case),
        cmocka_unit_test(an_upload_that_was_refused_is_looked_for),
        cmocka_unit_test(what_only_the_bills_number_finds_is_not_ours),
        cmocka_unit_test(a_stranded_own_part_that_is_not_ours_is_not_returned_here),
        cmocka_unit_test(a_refused_upload_has_its_quiet_time),
        cmocka_unit_test(an_earlier_upload_of_the_bill_is_not_ours),
        cmocka_unit_test(an_upload_that_never_arrived_is_declined_at_last),
        cmocka_unit_test(what_is_settled_half_is_asked_about_and_then_a_case),
        cmocka_unit_test(what_is_abnormal_is_a_case_at_once),
        cmocka_unit_test(the_own_part_of_an_insurance_that_failed_goes_back),
        cmocka_unit_test(a_part_that_is_not_the_own_part_stays),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
