/* links: app/core/order/ app/core/terms/ tests/support/order_story.c */
/* A bill whose fees are uploaded to the insurance first and whose message then goes to the
 * patient's phone: the HIS says whether it is settled, the insurance beside it who paid what. As
 * long as no message has left the upload is revoked like any other. */
#include "tests/support/insured_story.h"

#define HIS_SAYS_NO "fail" /* not settled, not yet */
#define PAY_ORD_ID "ORD350100202611290000000001"

static void begin_upload(void) {
    story_begin_by(&story, 1, CHANNEL_INSURANCE, ROUTE_AMP_UPLOADED);
    story_durable(&story);
    assert_int_equal(story.verb, VERB_PLACE);
}

/* Uploaded, durable: its message leaves with the number of the upload. */
static void push_uploaded(void) {
    begin_upload();
    story_answer(&story, answer_in(OUTCOME_ACCEPTED, TRADE_NONE, "1"));
    assert_int_equal(leg->state, LEG_PUSHED);
    assert_string_equal(leg->in_no, PAY_ORD_ID);
    assert_int_equal(story.verb, VERB_NONE); /* not before it is durable */
    story_durable(&story);
    assert_int_equal(story.verb, VERB_PUSH);
}

static void uploaded_and_pushed(void) {
    push_uploaded();
    assert_true(order_push_is_leaving(order));
    story_says(&story, OUTCOME_ACCEPTED, "SUCCESS");
    assert_int_equal(leg->state, LEG_PUSHED);
    assert_int_equal(story.note, NOTE_PUSHED);
    assert_true(order_push_is_sure(order));
    assert_false(order_push_is_leaving(order));
    story_durable(&story);
}

/* What one of them has answered may have had the other asked at once. */
static void asked_now_is(enum verb verb) {
    if (story.verb == VERB_NONE)
        next_is(verb);
    assert_int_equal(story.verb, verb);
}

static void his_says(enum outcome outcome, const char *code) {
    asked_now_is(VERB_ASK_CREDIT);
    story_says(&story, outcome, code);
}

static void his_has_it(void) {
    struct event_answer answer = {.outcome = OUTCOME_ACCEPTED, .code = "succ", .no = "SN77"};
    strcpy(answer.in_no, "AMP0001");
    asked_now_is(VERB_ASK_CREDIT);
    story_answer(&story, answer);
}

static void centre_says(enum outcome outcome, enum trade_state trade, const char *code) {
    asked_now_is(VERB_ASK);
    says(outcome, trade, code);
}

static void centre_settled(void) {
    asked_now_is(VERB_ASK);
    says_split(OUTCOME_ACCEPTED, TRADE_PAID, "6", 250);
}

static void settled_at_both_is_credited_with_its_split(void **state) {
    (void)state;
    uploaded_and_pushed();
    his_says(OUTCOME_DECLINED, HIS_SAYS_NO);
    centre_says(OUTCOME_PENDING, TRADE_WAIT, "1");
    his_has_it();
    assert_int_equal(leg->state, LEG_PUSHED); /* who paid what is asked first */
    centre_settled();
    assert_int_equal(leg->state, LEG_PAID);
    assert_int_equal(claim->state, CLAIM_DONE);
    assert_false(claim->unproven);
    assert_int_equal(claim->tries, 0);
    assert_string_equal(claim->call_sn, "SN77");
    assert_true(order_split_is_known(leg));
    assert_int_equal(leg->split.own.fen, 250);
    assert_int_equal(order_verdict(order), VERDICT_CREDITED);
    assert_true(order_finished(order));
    assert_int_equal(leg->place_tries, 1);
}

/* The portal tells the HIS after the insurance has settled: between the two nobody is wrong. */
static void settled_there_and_not_booked_yet_is_waited_for(void **state) {
    (void)state;
    uploaded_and_pushed();
    for (int asked = 0; asked < 10; asked++) {
        his_says(OUTCOME_DECLINED, HIS_SAYS_NO);
        centre_settled();
        assert_int_equal(leg->state, LEG_PUSHED);
        assert_false(order_only_waits(order));
        assert_true(order_claim_holds(order, 0));
    }
    his_has_it();
    centre_settled();
    assert_int_equal(order_verdict(order), VERDICT_CREDITED);
}

static const struct {
    enum outcome outcome;
    enum trade_state trade;
    const char *code;
    enum case_reason reason;
} contradictions[] = {{OUTCOME_ACCEPTED, TRADE_PAID, "6", CASE_CREDIT_UNKNOWN},
                      {OUTCOME_PENDING, TRADE_SETTLING, "4", CASE_HALF_SETTLED},
                      {OUTCOME_UNKNOWN, TRADE_HALF_RETURNED, "8", CASE_HALF_SETTLED},
                      {OUTCOME_UNKNOWN, TRADE_CONTRADICTS, "6", CASE_SPLIT_WRONG},
                      {OUTCOME_UNKNOWN, TRADE_OWN_STRANDED, "16", CASE_HALF_SETTLED}};

static void a_contradiction_that_stands_is_a_case(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof contradictions / sizeof contradictions[0]; i++) {
        uploaded_and_pushed();
        int64_t since_ms = story.now.mono_ms;
        while (leg->state == LEG_PUSHED) {
            his_says(OUTCOME_DECLINED, HIS_SAYS_NO);
            asked_now_is(VERB_ASK);
            says_split(contradictions[i].outcome, contradictions[i].trade, contradictions[i].code,
                       250);
        }
        assert_int_equal(leg->state, LEG_CASE);
        assert_int_equal(leg->reason, contradictions[i].reason);
        assert_true(story.now.mono_ms - since_ms >= story.limits.credit_deadline_ms);
        assert_true(story.now.mono_ms - since_ms < 2 * story.limits.credit_deadline_ms);
        assert_true(order_claim_holds(order, 0));
    }
}

/* It was one as long as it stood, not all the time that it was asked about. */
static void a_contradiction_that_goes_away_begins_anew(void **state) {
    (void)state;
    uploaded_and_pushed();
    his_says(OUTCOME_DECLINED, HIS_SAYS_NO);
    centre_says(OUTCOME_PENDING, TRADE_SETTLING, "2");
    story_tick(&story, story.limits.credit_deadline_ms - 60000);
    his_says(OUTCOME_DECLINED, HIS_SAYS_NO);
    centre_says(OUTCOME_PENDING, TRADE_WAIT, "1");
    story_tick(&story, 120000);
    his_says(OUTCOME_DECLINED, HIS_SAYS_NO);
    centre_says(OUTCOME_PENDING, TRADE_SETTLING, "2");
    assert_int_equal(leg->state, LEG_PUSHED);
}

/* A HIS that is down has not contradicted anything. */
static void a_silent_his_makes_no_contradiction(void **state) {
    (void)state;
    uploaded_and_pushed();
    while (story.now.wall_ms < leg->expire_ms + 5 * HOURS_MS) {
        his_says(OUTCOME_UNKNOWN, "-28");
        centre_settled();
        assert_int_equal(leg->state, LEG_PUSHED);
    }
    his_has_it();
    centre_settled();
    assert_int_equal(claim->state, CLAIM_DONE);
}

static void abnormal_is_a_case_at_once(void **state) {
    (void)state;
    uploaded_and_pushed();
    his_says(OUTCOME_DECLINED, HIS_SAYS_NO);
    centre_says(OUTCOME_UNKNOWN, TRADE_ABNORMAL, "14");
    assert_int_equal(leg->state, LEG_CASE);
    assert_int_equal(leg->reason, CASE_ABNORMAL);
}

static void another_amount_is_a_case(void **state) {
    (void)state;
    uploaded_and_pushed();
    his_has_it();
    asked_now_is(VERB_ASK);
    struct event_answer answer = answer_in(OUTCOME_ACCEPTED, TRADE_PAID, "6");
    answer.has_amount = true;
    answer.amount.fen = 1001;
    story_answer(&story, answer);
    assert_int_equal(leg->reason, CASE_AMOUNT_MISMATCH);
    uploaded_and_pushed();
    asked_now_is(VERB_ASK_CREDIT);
    story_answer(&story, (struct event_answer){.outcome = OUTCOME_ACCEPTED,
                                               .code = "succ",
                                               .has_amount = true,
                                               .amount.fen = 1001});
    assert_int_equal(leg->reason, CASE_AMOUNT_MISMATCH);
}

static void booked_and_open(void) {
    his_has_it();
    story_durable(&story);
    centre_says(OUTCOME_PENDING, TRADE_WAIT, "1");
    assert_int_equal(leg->state, LEG_PUSHED);
}

/* A window has settled the bill, or the portal by an upload of its own: ours is open, and the phone
 * could pay it again. */
static void what_was_settled_without_the_upload_revokes_it(void **state) {
    (void)state;
    uploaded_and_pushed();
    booked_and_open();
    int64_t since_ms = story.now.mono_ms;
    while (story.verb != VERB_CLOSE) /* the portal may be in the middle of settling it */
        booked_and_open();
    assert_true(story.now.mono_ms - since_ms >= story.limits.credit_deadline_ms);
    assert_true(story.now.mono_ms - since_ms < 2 * story.limits.credit_deadline_ms);
    story_says(&story, OUTCOME_UNKNOWN, "-28");
    for (int asked = 0; asked < 3; asked++) { /* a revoke that nobody answers is sent again */
        booked_and_open();
        assert_int_equal(story.verb, VERB_CLOSE);
        assert_int_equal(story.note, NOTE_CLOSING);
        story_says(&story, OUTCOME_UNKNOWN, "-28");
        assert_false(order_only_waits(order));
    }
    his_has_it();
    story_durable(&story);
    centre_says(OUTCOME_UNKNOWN, TRADE_REVOKED, "12");
    assert_int_equal(leg->state, LEG_PAID);
    assert_int_equal(claim->state, CLAIM_DONE);
    assert_false(order_split_is_known(leg)); /* nobody has told it */
    assert_true(order_finished(order));
}

static void over_beside_a_booked_bill_is_the_end(void **state) {
    (void)state;
    uploaded_and_pushed();
    his_has_it();
    centre_says(OUTCOME_DECLINED, TRADE_FAILED, "15");
    assert_int_equal(leg->state, LEG_PAID);
}

/* The insurance may answer from an old copy. */
static void gone_beside_a_booked_bill_is_the_end_when_it_stays_gone(void **state) {
    (void)state;
    uploaded_and_pushed();
    int64_t since_ms = story.now.mono_ms;
    while (leg->state == LEG_PUSHED) {
        his_has_it();
        centre_says(OUTCOME_UNKNOWN, TRADE_NONE, "0");
    }
    assert_int_equal(leg->state, LEG_PAID);
    assert_true(story.now.mono_ms - since_ms >= story.limits.credit_deadline_ms);
}

/* Given back at the insurance: by whom it was settled decides. */
static void given_back_there_and_booked_is_another_s_or_a_contradiction(void **state) {
    (void)state;
    uploaded_and_pushed();
    his_says(OUTCOME_ACCEPTED, "succ");
    assert_true(claim->unproven);
    centre_says(OUTCOME_UNKNOWN, TRADE_RETURNED, "7");
    assert_int_equal(order_verdict(order), VERDICT_UNPROVEN);
    uploaded_and_pushed();
    while (leg->state == LEG_PUSHED) {
        his_has_it();
        centre_says(OUTCOME_UNKNOWN, TRADE_RETURNED, "7");
    }
    assert_int_equal(leg->reason, CASE_CREDIT_CONTRADICTS);
}

/* It may be open: it is asked about until somebody says so. */
static void a_silent_insurance_beside_a_booked_bill_is_asked_on(void **state) {
    (void)state;
    uploaded_and_pushed();
    for (int asked = 0; asked < 20; asked++) {
        his_has_it();
        asked_now_is(VERB_ASK);
        story_says(&story, OUTCOME_UNKNOWN, "-28");
        assert_int_equal(leg->state, LEG_PUSHED);
        assert_false(order_only_waits(order));
    }
    his_has_it();
    centre_settled();
    assert_int_equal(leg->state, LEG_PAID);
}

static void what_the_insurance_ended_alone_bars_the_bill_still(void **state) {
    static const struct {
        enum outcome outcome;
        enum trade_state trade;
    } over[] = {{OUTCOME_DECLINED, TRADE_FAILED},
                {OUTCOME_UNKNOWN, TRADE_REVOKED},
                {OUTCOME_UNKNOWN, TRADE_RETURNED},
                {OUTCOME_UNKNOWN, TRADE_NONE}};
    (void)state;
    for (size_t i = 0; i < sizeof over / sizeof over[0]; i++) {
        uploaded_and_pushed();
        his_says(OUTCOME_DECLINED, HIS_SAYS_NO);
        centre_says(over[i].outcome, over[i].trade, "15");
        assert_int_equal(leg->state, LEG_PUSHED);
        assert_true(order_claim_holds(order, 0));
        assert_true(order_only_waits(order));
    }
}

static void watched_to_the_end_is_a_case(void **state) {
    (void)state;
    uploaded_and_pushed();
    while (leg->state == LEG_PUSHED) {
        his_says(OUTCOME_DECLINED, HIS_SAYS_NO);
        if (leg->state == LEG_PUSHED)
            centre_says(OUTCOME_PENDING, TRADE_WAIT, "1");
    }
    assert_int_equal(leg->reason, CASE_PAYMENT_UNKNOWN);
    assert_true(story.now.wall_ms >= leg->watch_until_ms);
}

/* ---- before a message has left ---- */

static void shown_open(void) {
    asked_now_is(VERB_ASK);
    says(OUTCOME_PENDING, TRADE_WAIT, "1");
}

static void revoked_and_proved(void) {
    assert_int_equal(leg->state, LEG_CLOSING);
    assert_int_equal(story.verb, VERB_CLOSE);
    says(OUTCOME_ACCEPTED, TRADE_NONE, "1");
    asked_now_is(VERB_ASK);
    says(OUTCOME_UNKNOWN, TRADE_REVOKED, "12");
    assert_int_equal(leg->state, LEG_CLOSED);
    assert_false(order_claim_holds(order, 0));
    assert_int_equal(order_verdict(order), VERDICT_NOT_PAID);
}

static void a_refused_message_revokes_the_upload(void **state) {
    (void)state;
    push_uploaded();
    story_says(&story, OUTCOME_DECLINED, "INVALID_PUSH_TYPE");
    story_durable(&story);
    assert_int_equal(leg->state, LEG_WAITING);
    assert_int_equal(story.note, NOTE_NOT_PUSHED);
    assert_true(order_claim_holds(order, 0));
    shown_open();
    revoked_and_proved();
    push_uploaded();
    story_never_leaves(&story);
    story_durable(&story);
    shown_open();
    revoked_and_proved();
}

static void who_leaves_before_the_message_revokes_the_upload(void **state) {
    (void)state;
    begin_upload();
    story_cancel(&story);
    says(OUTCOME_ACCEPTED, TRADE_NONE, "1"); /* it is open: nothing is pushed */
    revoked_and_proved();
    begin_upload();
    story_answer(&story, answer_in(OUTCOME_ACCEPTED, TRADE_NONE, "1"));
    story_cancel(&story); /* the message waits for its write */
    story_durable(&story);
    shown_open();
    revoked_and_proved();
}

static void who_leaves_after_the_message_has_cancelled_nothing(void **state) {
    (void)state;
    uploaded_and_pushed();
    story_cancel(&story);
    story_durable(&story);
    assert_int_equal(leg->state, LEG_PUSHED);
    his_says(OUTCOME_DECLINED, HIS_SAYS_NO);
    centre_says(OUTCOME_PENDING, TRADE_WAIT, "1");
    assert_int_equal(leg->state, LEG_PUSHED);
    his_has_it();
    centre_settled();
    assert_int_equal(order_verdict(order), VERDICT_CREDITED);
}

/* Nobody is there any more for whom it could be pushed. */
static void after_a_restart_what_was_not_pushed_is_revoked(void **state) {
    (void)state;
    begin_upload();
    story_restart(&story);
    shown_open();
    revoked_and_proved();
}

static void after_a_restart_a_message_is_asked_about_and_never_sent_again(void **state) {
    (void)state;
    for (int sent = 0; sent < 2; sent++) {
        push_uploaded();
        if (sent)
            story_says(&story, OUTCOME_UNKNOWN, "-28");
        story_restart(&story);
        assert_int_equal(leg->state, LEG_PUSHED);
        assert_false(order_push_is_leaving(order));
        his_says(OUTCOME_DECLINED, HIS_SAYS_NO);
        centre_says(OUTCOME_PENDING, TRADE_WAIT, "1");
        assert_true(order_claim_holds(order, 0));
        his_has_it();
        centre_settled();
        assert_int_equal(claim->state, CLAIM_DONE);
    }
}

/* The answer of the upload is lost: the insurance is asked, and what it has is pushed. */
static void an_upload_without_an_answer_is_found_and_pushed(void **state) {
    (void)state;
    begin_upload();
    story_says(&story, OUTCOME_UNKNOWN, "-28");
    assert_int_equal(leg->state, LEG_PLACE_UNKNOWN);
    asked_now_is(VERB_ASK);
    says(OUTCOME_PENDING, TRADE_WAIT, "0");
    assert_int_equal(leg->state, LEG_PUSHED);
    assert_int_equal(story.verb, VERB_PUSH);
    assert_int_equal(leg->place_tries, 1);
}

static void nothing_of_it_goes_back_here_either(void **state) {
    (void)state;
    uploaded_and_pushed();
    his_has_it();
    centre_settled();
    assert_int_equal(want_back(1000), REFUSAL_HIS_KEEPS);
    assert_int_equal(want_back(250), REFUSAL_HIS_KEEPS);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(settled_at_both_is_credited_with_its_split),
        cmocka_unit_test(settled_there_and_not_booked_yet_is_waited_for),
        cmocka_unit_test(a_contradiction_that_stands_is_a_case),
        cmocka_unit_test(a_contradiction_that_goes_away_begins_anew),
        cmocka_unit_test(a_silent_his_makes_no_contradiction),
        cmocka_unit_test(abnormal_is_a_case_at_once),
        cmocka_unit_test(another_amount_is_a_case),
        cmocka_unit_test(what_was_settled_without_the_upload_revokes_it),
        cmocka_unit_test(over_beside_a_booked_bill_is_the_end),
        cmocka_unit_test(gone_beside_a_booked_bill_is_the_end_when_it_stays_gone),
        cmocka_unit_test(given_back_there_and_booked_is_another_s_or_a_contradiction),
        cmocka_unit_test(a_silent_insurance_beside_a_booked_bill_is_asked_on),
        cmocka_unit_test(what_the_insurance_ended_alone_bars_the_bill_still),
        cmocka_unit_test(watched_to_the_end_is_a_case),
        cmocka_unit_test(a_refused_message_revokes_the_upload),
        cmocka_unit_test(who_leaves_before_the_message_revokes_the_upload),
        cmocka_unit_test(who_leaves_after_the_message_has_cancelled_nothing),
        cmocka_unit_test(after_a_restart_what_was_not_pushed_is_revoked),
        cmocka_unit_test(after_a_restart_a_message_is_asked_about_and_never_sent_again),
        cmocka_unit_test(an_upload_without_an_answer_is_found_and_pushed),
        cmocka_unit_test(nothing_of_it_goes_back_here_either),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
