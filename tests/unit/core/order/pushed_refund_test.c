/* links: app/core/order/ app/core/terms/ tests/support/order_story.c */
/* What a portal settled goes back by its own numbers, where the HIS has named both: the HIS first,
 * then all of it, once. What nobody says of it is never sent again. */
#include "tests/support/insured_story.h"

static void settled_under(const char *amp_trace_id, const char *trace_id, enum route route) {
    story_begin_by(&story, 1, CHANNEL_INSURANCE, route);
    story_durable(&story);
    story_says(&story, OUTCOME_ACCEPTED, "SUCCESS");
    story_durable(&story);
    next_is(VERB_ASK_CREDIT);
    struct event_answer answer = {.outcome = OUTCOME_ACCEPTED, .code = "succ", .no = "SN77"};
    strcpy(answer.in_no, amp_trace_id);
    strcpy(answer.trace_id, trace_id);
    story_answer(&story, answer);
    story_durable(&story);
    assert_int_equal(claim->state, CLAIM_DONE);
}

/* The HIS has taken its book back, under a number of its own or none, and the refund has left. */
static void goes_back(const char *his_no) {
    settled_under("AMP1", "TR1", ROUTE_AMP);
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
        settled_under(rows[i].amp_trace_id, rows[i].trace_id, ROUTE_AMP);
        assert_int_equal(want_back(rows[i].fen), rows[i].refusal);
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
    for (size_t i = 0; i < sizeof his_nos / sizeof his_nos[0]; i++) {
        goes_back(his_nos[i][0]);
        portal_says(OUTCOME_PENDING, TRADE_WAIT, "ING");
        next_is(VERB_ASK_REFUND);
        portal_says(OUTCOME_ACCEPTED, TRADE_RETURNED, "SUCCESS");
        assert_int_equal(claim->state, CLAIM_REFUNDED);
        assert_int_equal(order_sums(order).returned.fen, 1000);
        assert_string_equal(order->refunds[0].out_no, his_nos[i][1]);
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

static void what_the_portal_refuses_after_the_his_is_a_case(void **state) {
    (void)state;
    for (int later = 0; later < 2; later++) {
        goes_back("");
        if (later) {
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

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_both_of_its_numbers_it_is_the_windows),
        cmocka_unit_test(all_of_it_goes_back_after_the_his),
        cmocka_unit_test(what_nobody_says_is_never_sent_again),
        cmocka_unit_test(what_did_not_leave_is_sent),
        cmocka_unit_test(what_the_portal_refuses_after_the_his_is_a_case),
        cmocka_unit_test(an_own_part_that_is_booked_is_all_of_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
