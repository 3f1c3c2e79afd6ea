/* links: app/core/order/ app/core/terms/ tests/support/order_story.c */
/* What a portal settled goes back by its own numbers, where the HIS has named both: the HIS first,
 * then all of it, once. What nobody says of it is never sent again. */
#include "tests/support/uploaded_story.h"

#define OWN_UNSAID (-1)

/* The hospital names the portal's numbers, and what the patient has paid of it. */
static void booked_under(const char *amp_trace_id, const char *trace_id, int64_t own_fen) {
    struct event_answer answer = {.outcome = OUTCOME_ACCEPTED, .code = "succ", .no = "SN77"};
    asked_now_is(VERB_ASK_CREDIT);
    strcpy(answer.in_no, amp_trace_id);
    strcpy(answer.trace_id, trace_id);
    answer.has_amount = own_fen != OWN_UNSAID;
    answer.amount.fen = own_fen == OWN_UNSAID ? 0 : own_fen;
    story_answer(&story, answer);
    story_durable(&story);
}

static void message_is_out(void) {
    story_begin_by(&story, 1, CHANNEL_INSURANCE, ROUTE_AMP);
    story_durable(&story);
    story_says(&story, OUTCOME_ACCEPTED, "SUCCESS");
    story_durable(&story);
}

static void settled_with_own(const char *amp_trace_id, const char *trace_id, int64_t own_fen) {
    message_is_out();
    booked_under(amp_trace_id, trace_id, own_fen);
    assert_int_equal(claim->state, CLAIM_DONE);
}

static void upload_settled_under(const char *amp_trace_id, const char *trace_id) {
    uploaded_and_pushed();
    booked_under(amp_trace_id, trace_id, 250);
    centre_settled();
    assert_int_equal(claim->state, CLAIM_DONE);
    assert_string_equal(leg->in_no, PAY_ORD_ID); /* the centre's, whatever the portal's is */
}

static void settled_under(const char *amp_trace_id, const char *trace_id, enum route route) {
    if (route == ROUTE_AMP_UPLOADED)
        upload_settled_under(amp_trace_id, trace_id);
    else
        settled_with_own(amp_trace_id, trace_id, OWN_UNSAID);
}

/* The HIS has taken its book back, under a number of its own or none, and the refund has left. */
static void goes_back_by(enum route route, const char *his_no) {
    settled_under("AMP1", "TR1", route);
    story.policy.settle_result = SETTLE_RESULT_ORDER;
    assert_int_equal(want_back(1000), REFUSAL_NONE);
    story_tick(&story, 0);
    story_durable(&story);
    assert_int_equal(story.verb, VERB_UNCREDIT);
    struct event_answer answer = {.outcome = OUTCOME_ACCEPTED, .code = "succ"};
    strcpy(answer.no, his_no);
    story_answer(&story, answer);
    assert_int_equal(order->refunds[0].state, REFUND_SENDING);
    story_durable(&story);
    assert_int_equal(story.verb, VERB_REFUND);
}

static void goes_back(const char *his_no) {
    goes_back_by(ROUTE_AMP, his_no);
}

static void portal_says(enum outcome outcome, enum trade_state trade, const char *code) {
    struct event_answer answer = answer_in(outcome, trade, code);
    strcpy(answer.no, "AR1");
    story_answer(&story, answer);
    story_durable(&story);
}

static void without_both_of_its_numbers_it_is_the_windows(void **state) {
    static const struct {
        const char *amp_trace_id, *trace_id;
        int64_t fen;
        enum refusal refusal;
    } rows[] = {{"AMP1", "", 1000, REFUSAL_HIS_KEEPS},
                {"AMP1", "080c2c3a0afb459b81bd7f34759a3efa1", 1000, REFUSAL_HIS_KEEPS},
                {"", "TR1", 1000, REFUSAL_HIS_KEEPS},
                {"AMP1", "TR1", 999, REFUSAL_WHOLE},
                {"AMP1", "080c2c3a0afb459b81bd7f34759a3efa", 1000, REFUSAL_NONE}};
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        for (enum route route = ROUTE_AMP; route <= ROUTE_AMP_UPLOADED; route++) {
            settled_under(rows[i].amp_trace_id, rows[i].trace_id, route);
            assert_int_equal(want_back(rows[i].fen), rows[i].refusal);
        }
    }
    settled_under("AMP1", "TR1", ROUTE_AMP);
    story.policy.his_takes_back = false; /* the HIS cannot be first */
    assert_int_equal(want_back(1000), REFUSAL_HIS_KEEPS);
    settled_under("AMP1", "TR1", ROUTE_AMP);
    story.policy.insured_his_cancel = false; /* that is said of the insurance's centre */
    assert_int_equal(want_back(1000), REFUSAL_NONE);
    assert_int_equal(claim->state, CLAIM_UNCREDITING);
    assert_int_equal(order->refunds[0].state, REFUND_NEW);
}

/* The HIS's number of it is kept whole or not at all. */
static void all_of_it_goes_back_after_the_his(void **state) {
    static const char *const his_nos[][2] = {
        {"TFSN77", "TFSN77"}, /* said, kept */
        {"080c2c3a0afb459b81bd7f34759a3efa", "080c2c3a0afb459b81bd7f34759a3efa"},
        {"080c2c3a0afb459b81bd7f34759a3efa1", ""},
        {"", ""}};
    (void)state;
    for (size_t i = 0; i < 2 * sizeof his_nos / sizeof his_nos[0]; i++) {
        goes_back_by(i % 2 ? ROUTE_AMP : ROUTE_AMP_UPLOADED, his_nos[i / 2][0]);
        portal_says(OUTCOME_PENDING, TRADE_WAIT, "ING");
        next_is(VERB_ASK_REFUND);
        portal_says(OUTCOME_ACCEPTED, TRADE_RETURNED, "SUCCESS");
        assert_int_equal(claim->state, CLAIM_REFUNDED);
        assert_int_equal(order_sums(order).returned.fen, 1000);
        assert_string_equal(order->refunds[0].out_no, his_nos[i / 2][1]);
        assert_int_equal(order->refund_count, 1);
        assert_true(order_finished(order));
    }
}

/* No word of a question means that there is no such refund: it is asked about, and then a person
 * finds out. */
static void what_nobody_says_is_never_sent_again(void **state) {
    static const struct {
        enum outcome outcome;
        enum trade_state trade;
        const char *code;
    } said[] = {{OUTCOME_UNKNOWN, TRADE_OTHER, "EXP"},
                {OUTCOME_UNKNOWN, TRADE_NONE, "000105"},
                {OUTCOME_UNKNOWN, TRADE_NONE, "000001"},
                {OUTCOME_PENDING, TRADE_WAIT, "INIT"},
                {OUTCOME_MALFORMED, TRADE_NONE, ""}};
    (void)state;
    for (int restarts = 0; restarts < 2; restarts++) {
        goes_back("");
        portal_says(OUTCOME_UNKNOWN, TRADE_NONE, "-28");
        if (restarts)
            story_restart(&story);
        for (size_t i = 0; order->refunds[0].state == REFUND_UNKNOWN; i++) {
            assert_in_range(i, 0, 1000);
            next_is(VERB_ASK_REFUND);
            size_t k = i % (sizeof said / sizeof said[0]);
            portal_says(said[k].outcome, said[k].trade, said[k].code);
        }
        assert_int_equal(claim->state, CLAIM_CASE);
        assert_int_equal(claim->reason, CASE_REFUND_UNCONFIRMED);
        assert_int_equal(order_sums(order).in_cases.fen, 1000);
    }
}

/* A portal that says -3 has answered: the deadline of the refund counts. One that is not reached
 * has not: it is waited for. */
static void a_word_of_the_portal_is_no_silence(void **state) {
    (void)state;
    for (int word = 0; word < 2; word++) {
        goes_back("");
        portal_says(OUTCOME_UNKNOWN, TRADE_NONE, "-28");
        int64_t from_ms = story.now.wall_ms;
        while (order->refunds[0].state == REFUND_UNKNOWN) {
            struct event_answer answer = answer_in(OUTCOME_UNKNOWN, TRADE_NONE, "-3");
            answer.code_is_word = word;
            next_is(VERB_ASK_REFUND);
            story_answer(&story, answer);
            story_durable(&story);
        }
        assert_int_equal(order->refunds[0].reason, CASE_REFUND_UNCONFIRMED);
        int64_t took_ms = story.now.wall_ms - from_ms;
        if (word)
            assert_in_range(took_ms, story.limits.refund_deadline_ms,
                            2 * story.limits.refund_deadline_ms);
        else
            assert_true(took_ms >= story.policy.late_window_ms);
    }
}

/* What certainly did not leave is sent, under its number; it is asked about once it may have left.
 */
static void what_did_not_leave_is_sent(void **state) {
    char no[ORDER_NO_SIZE];
    (void)state;
    goes_back("");
    memcpy(no, order->refunds[0].no, sizeof no);
    for (int i = 0; i < 3; i++) {
        story_never_leaves(&story);
        next_is(VERB_REFUND);
        assert_string_equal(order->refunds[0].no, no);
    }
    portal_says(OUTCOME_UNKNOWN, TRADE_NONE, "-28");
    next_is(VERB_ASK_REFUND);
    portal_says(OUTCOME_ACCEPTED, TRADE_RETURNED, "REFUND");
    assert_int_equal(claim->state, CLAIM_REFUNDED);
}

/* ... also after a restart. A no is then perhaps of one of an earlier run. */
static void what_did_not_leave_is_sent_after_a_restart(void **state) {
    (void)state;
    goes_back("");
    story_never_leaves(&story);
    story_restart(&story);
    next_is(VERB_REFUND);
    assert_true(order->run.refund[0].resent);
    portal_says(OUTCOME_UNKNOWN, TRADE_NONE, "-28");
    story_restart(&story);
    next_is(VERB_ASK_REFUND);
}

static void what_the_portal_refuses_after_the_his_is_a_case(void **state) {
    (void)state;
    for (int later = 0; later < 4; later++) {
        goes_back_by(later < 2 ? ROUTE_AMP : ROUTE_AMP_UPLOADED, "");
        if (later % 2) {
            portal_says(OUTCOME_PENDING, TRADE_WAIT, "ING");
            next_is(VERB_ASK_REFUND);
        }
        portal_says(OUTCOME_DECLINED, TRADE_RETURN_FAILED, "FAIL");
        assert_int_equal(claim->state, CLAIM_CASE);
        assert_int_equal(claim->reason, CASE_UNCREDITED_NOT_REFUNDED);
    }
}

/* The HIS names the own part of an insured settlement: that it is still booked says that all is. */
static void an_own_part_that_is_booked_is_all_of_it(void **state) {
    (void)state;
    settled_under("AMP1", "TR1", ROUTE_AMP);
    story.policy.settle_result = SETTLE_RESULT_ORDER;
    assert_int_equal(want_back(1000), REFUSAL_NONE);
    story_tick(&story, 0);
    story_durable(&story);
    story_says(&story, OUTCOME_UNKNOWN, "-28");
    for (int i = 0; claim->state == CLAIM_UNCREDITING; i++) {
        assert_in_range(i, 0, 100);
        struct event_answer answer = {.outcome = OUTCOME_ACCEPTED, .code = "succ"};
        answer.has_amount = true;
        answer.amount.fen = 250;
        next_is(VERB_ASK_CREDIT);
        story_answer(&story, answer);
        story_durable(&story);
    }
    assert_int_equal(claim->state, CLAIM_DONE);
    assert_int_equal(order->refunds[0].state, REFUND_REFUSED);
    assert_int_equal(order_sums(order).credited.fen, 1000);
}

/* The own part alone goes back at once, by the portal, and once: the settlement stands. */
static void an_own_part_goes_back_alone(void **state) {
    (void)state;
    for (enum route route = ROUTE_AMP; route <= ROUTE_AMP_UPLOADED; route++) {
        if (route == ROUTE_AMP)
            settled_with_own("AMP1", "TR1", 250);
        else
            upload_settled_under("AMP1", "TR1");
        assert_int_equal(want_back(251), REFUSAL_WHOLE);
        assert_int_equal(want_back(250), REFUSAL_NONE);
        assert_int_equal(order_refund_part(order, 0), REFUND_OWN);
        story_tick(&story, 0);
        story_durable(&story);
        assert_int_equal(story.verb, VERB_REFUND);
        portal_says(OUTCOME_ACCEPTED, TRADE_RETURNED, "SUCCESS");
        assert_int_equal(claim->state, CLAIM_DONE);
        assert_int_equal(order_sums(order).returned.fen, 250);
        assert_int_equal(order_sums(order).credited.fen, 750);
        assert_int_equal(want_back(250), REFUSAL_WHOLE);
        assert_int_equal(want_back(1000), REFUSAL_OVER_PAID);
    }
}

/* What nobody has named, or is nothing, all of it or more, does not go back alone. */
static void what_is_no_own_part_goes_back_whole(void **state) {
    static const int64_t named[] = {OWN_UNSAID, 0, 1000};
    (void)state;
    for (size_t i = 0; i < sizeof named / sizeof named[0]; i++) {
        settled_with_own("AMP1", "TR1", named[i]);
        assert_int_equal(order_own_alone(order, 0).fen, 0);
        assert_int_equal(want_back(250), REFUSAL_WHOLE);
        assert_int_equal(want_back(1000), REFUSAL_NONE);
    }
    settled_with_own("", "TR1", 250); /* nobody has proved whose it is */
    assert_int_equal(order_own_alone(order, 0).fen, 0);
    message_is_out();
    booked_under("AMP1", "TR1", 1001); /* more than the bill is no part of it */
    assert_int_equal(leg->reason, CASE_AMOUNT_MISMATCH);
    assert_int_equal(leg->split.own.fen, 0);
}

/* Refused it stands as it was: nothing was taken back. */
static void an_own_part_that_the_portal_keeps_stands(void **state) {
    (void)state;
    settled_with_own("AMP1", "TR1", 250);
    assert_int_equal(want_back(250), REFUSAL_NONE);
    story_tick(&story, 0);
    story_durable(&story);
    portal_says(OUTCOME_DECLINED, TRADE_RETURN_FAILED, "FAIL");
    assert_int_equal(claim->state, CLAIM_DONE);
    assert_int_equal(order->refunds[0].state, REFUND_REFUSED);
    assert_int_equal(order_sums(order).credited.fen, 1000);
    assert_int_equal(want_back(250), REFUSAL_NONE);
}

/* The insurance took the own part of an upload before any message had left: no portal has it. */
static void an_own_part_of_no_message_goes_back_at_the_insurance(void **state) {
    (void)state;
    begin_upload();
    story_cancel(&story);
    says(OUTCOME_ACCEPTED, TRADE_NONE, "1");
    next_is(VERB_ASK);
    says_split(OUTCOME_UNKNOWN, TRADE_OWN_STRANDED, "16", 250);
    assert_int_equal(leg->state, LEG_PAID_AFTER_CLOSE);
    for (int i = 0; order->refund_count == 0; i++) {
        assert_in_range(i, 0, 400);
        next_is(VERB_ASK);
        says_split(OUTCOME_UNKNOWN, TRADE_OWN_STRANDED, "16", 250);
    }
    assert_false(order_refund_is_portals(order, 0));
    assert_int_equal(order->refunds[0].amount.fen, 250);
    assert_int_equal(story.verb, VERB_REFUND);
    says(OUTCOME_PENDING, TRADE_WAIT, "1");
    next_is(VERB_ASK_REFUND);
    says(OUTCOME_UNKNOWN, TRADE_OWN_RETURNED, "9");
    assert_int_equal(leg->state, LEG_RETURNED);
    goes_back_by(ROUTE_AMP_UPLOADED, "");
    assert_true(order_refund_is_portals(order, 0));
}

/* The centre refused our upload, for it has one of the bill: another machine's, as far as anybody
 * knows. The portal's numbers prove that the portal settled it, not that it was ours: the own part
 * would go back here and there. */
static void what_another_machine_uploaded_does_not_go_back_here(void **state) {
    (void)state;
    begin_upload();
    says(OUTCOME_DECLINED, TRADE_NONE, "105");
    next_is(VERB_ASK);
    says(OUTCOME_PENDING, TRADE_WAIT, "1"); /* found by the bill's number only */
    assert_true(claim->unproven);
    if (story.verb == VERB_PUSH)
        story_says(&story, OUTCOME_ACCEPTED, "SUCCESS");
    story_durable(&story);
    if (leg->state == LEG_PUSHED) {
        booked_under("AMP1", "TR1", 250);
        centre_settled();
    } else {
        next_is(VERB_ASK);
        says_split(OUTCOME_ACCEPTED, TRADE_PAID, "6", 250);
    }
    assert_int_equal(claim->state, CLAIM_DONE);
    assert_int_equal(want_back(250), REFUSAL_HIS_KEEPS);
    assert_true(claim->unproven);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_another_machine_uploaded_does_not_go_back_here),
        cmocka_unit_test(without_both_of_its_numbers_it_is_the_windows),
        cmocka_unit_test(all_of_it_goes_back_after_the_his),
        cmocka_unit_test(what_nobody_says_is_never_sent_again),
        cmocka_unit_test(a_word_of_the_portal_is_no_silence),
        cmocka_unit_test(what_did_not_leave_is_sent),
        cmocka_unit_test(what_did_not_leave_is_sent_after_a_restart),
        cmocka_unit_test(what_the_portal_refuses_after_the_his_is_a_case),
        cmocka_unit_test(an_own_part_that_is_booked_is_all_of_it),
        cmocka_unit_test(an_own_part_of_no_message_goes_back_at_the_insurance),
        cmocka_unit_test(an_own_part_goes_back_alone),
        cmocka_unit_test(what_is_no_own_part_goes_back_whole),
        cmocka_unit_test(an_own_part_that_the_portal_keeps_stands),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
