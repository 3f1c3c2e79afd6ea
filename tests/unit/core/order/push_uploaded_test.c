/* links: app/core/order/ app/core/terms/ tests/support/order_story.c */
/* A bill whose fees are uploaded to the insurance first and whose message then goes to the
 * patient's phone: the HIS says whether it is settled, the insurance beside it who paid what. As
 * long as no message has left the upload is revoked like any other. */
#include "tests/support/uploaded_story.h"

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
    story_durable(&story);
    assert_true(order_finished(order));
    assert_int_equal(order_deadline(order), INT64_MAX); /* nothing of it is asked any more */
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
    assert_true(order->run.leg[0].push_refused);
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
    begin_upload();
    says(OUTCOME_PENDING, TRADE_SETTLING, "4"); /* in a way that nobody asked for */
    assert_int_equal(leg->state, LEG_WAITING);
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

/* A slow disk: what comes of the message is not asked about before it has left. */
static void a_message_that_waits_for_its_write_is_not_asked_about(void **state) {
    (void)state;
    begin_upload();
    story_says(&story, OUTCOME_UNKNOWN, "-28");
    asked_now_is(VERB_ASK);
    story_answer(&story, answer_in(OUTCOME_PENDING, TRADE_WAIT, "0"));
    assert_int_equal(leg->state, LEG_PUSHED);
    story_tick(&story, 10 * (int64_t)story.limits.query_ms);
    assert_int_equal(story.verb, VERB_NONE);
    story_durable(&story);
    assert_int_equal(story.verb, VERB_PUSH);
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
        cmocka_unit_test(what_the_insurance_ended_alone_bars_the_bill_still),
        cmocka_unit_test(watched_to_the_end_is_a_case),
        cmocka_unit_test(a_refused_message_revokes_the_upload),
        cmocka_unit_test(who_leaves_before_the_message_revokes_the_upload),
        cmocka_unit_test(who_leaves_after_the_message_has_cancelled_nothing),
        cmocka_unit_test(after_a_restart_what_was_not_pushed_is_revoked),
        cmocka_unit_test(after_a_restart_a_message_is_asked_about_and_never_sent_again),
        cmocka_unit_test(an_upload_without_an_answer_is_found_and_pushed),
        cmocka_unit_test(a_message_that_waits_for_its_write_is_not_asked_about),
        cmocka_unit_test(nothing_of_it_goes_back_here_either),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
