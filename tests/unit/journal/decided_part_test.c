/* links: app/journal/ app/core/order/ app/core/terms/ app/base/ */
/* What a person decided about a part of an order: the rest stays booked, and nothing of it goes
 * back a second time. */
#include "app/core/effect.h"
#include "tests/unit/journal/held_bills.h"

/* Of a bill that was credited nobody knows whether so much of it went back. */
static void first_is_back_in_part(struct fixture *fixture, struct order *order, int64_t fen) {
    struct refund refund = {
        .state = REFUND_CASE, .reason = CASE_REFUND_UNCONFIRMED, .claim = 0, .amount = {fen}};
    snprintf(refund.no, sizeof refund.no, "26112012000000019%03d", 1);
    fixture_credit(order);
    assert_int_equal(fixture_write(fixture->journal, order, NOTE_CREDITED), JOURNAL_OK);
    order->refunds[order->refund_count++] = refund;
    order->claims[0].state = CLAIM_CASE;
    order->claims[0].reason = order->shares[0].reason = CASE_REFUND_UNCONFIRMED;
    order->shares[0].disputed.fen = fen;
    assert_int_equal(fixture_write(fixture->journal, order, NOTE_CASE), JOURNAL_OK);
    assert_int_equal(order_sums(order).in_cases.fen, fen);
}

/* Of a bill that the insurance settled only the own part was to go back. It did, somebody says: the
 * rest is booked as before. Where all of it was in doubt, nothing is. */
static void a_part_that_went_back_by_hand_leaves_the_rest_booked(void **state) {
    static const struct {
        int64_t fen;
        bool lines; /* false: an order of an older version */
        enum journal_result another;
    } rows[] = {{3000, true, JOURNAL_CONFLICT},
                {3000, false, JOURNAL_CONFLICT},
                {12850, true, JOURNAL_OK},
                {12850, false, JOURNAL_OK}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_int_equal(fixture_tear_down(state), 0);
        assert_int_equal(fixture_set_up(state), 0);
        struct fixture *fixture = *state;
        struct order *order = fixture_order(1), *other = fixture_order(2);
        if (rows[i].lines)
            open_with_lines(fixture, order);
        first_is_back_in_part(fixture, order, rows[i].fen);
        assert_int_equal(decide_claim(fixture, order, "C00010001", RESOLUTION_RETURNED),
                         JOURNAL_OK);
        assert_int_equal(fixture_number(fixture, "SELECT decided_fen FROM cases"), rows[i].fen);
        memcpy(other->claims[0].org_trace_no, order->claims[0].org_trace_no, TRACE_NO_SIZE);
        assert_int_equal(fixture_open_order(fixture->journal, other, NULL), rows[i].another);
        free(order);
        free(other);
    }
}

/* Two payments have one receipt: the first bill of each. Caller: free() the second. */
static struct order *two_with_one_receipt(struct fixture *fixture) {
    struct order *first = fixture_order(1), *second = fixture_order(2);
    struct order *orders[] = {first, second};
    for (int i = 0; i < 2; i++) {
        assert_int_equal(fixture_write(fixture->journal, orders[i], NOTE_OPENED), JOURNAL_OK);
        fixture_credit(orders[i]);
        memcpy(orders[i]->claims[0].call_sn, "SAME", sizeof "SAME");
        orders[i]->claims[1].state = CLAIM_DONE;
        assert_int_equal(fixture_write(fixture->journal, orders[i], NOTE_CREDITED), JOURNAL_OK);
    }
    assert_int_equal(fixture_number(fixture, "SELECT count(*) FROM cases WHERE state = 'open'"
                                             " AND reason = 'credited_twice'"
                                             " AND order_no LIKE '%0002' AND part = 'claim 0'"),
                     1);
    free(first);
    return second;
}

/* Decided is about what stands credited of the second, which is nothing while the hospital is asked
 * to take it back. */
static void a_receipts_second_credit_is_decided_as_far_as_it_stands(void **state) {
    for (int goes_back = 0; goes_back < 2; goes_back++) {
        assert_int_equal(fixture_tear_down(state), 0);
        assert_int_equal(fixture_set_up(state), 0);
        struct fixture *fixture = *state;
        struct order *order = two_with_one_receipt(fixture);
        if (goes_back)
            order->claims[0].state = CLAIM_UNCREDITING;
        assert_int_equal(fixture_write(fixture->journal, order, NOTE_UNCREDITING), JOURNAL_OK);
        assert_int_equal(decide_claim(fixture, order, "C00010002", RESOLUTION_CREDITED),
                         JOURNAL_OK);
        assert_int_equal(fixture_number(fixture, "SELECT decided_fen FROM cases"),
                         goes_back ? 0 : order->claims[0].amount.fen);
        free(order);
    }
}

/* A person looks, and gives the second back by hand, perhaps: the terminal does not give it back
 * once more, nor anything while the person looks. */
static enum refusal wanted_back(struct fixture *fixture, const struct order *order, int claim) {
    static struct order back;
    static struct effects out;
    uint32_t next_number = 1;
    char last_no[ORDER_NO_SIZE] = "26112012000000019999";
    struct policy policy = policy_default();
    struct limits limits = limits_default();
    struct order_rules rules = {.policy = &policy,
                                .limits = &limits,
                                .next_number = &next_number,
                                .last_no = last_no,
                                .number_mark = "7K0001",
                                .journal_ok = true,
                                .settles = SETTLE_RESULT_ORDER};
    struct now now = {FIXTURE_WALL_MS + 60000, 60000};
    policy.his_takes_back = true;
    effects_clear(&out);
    assert_int_equal(journal_load(fixture->journal, order->no, &back), JOURNAL_OK);
    return order_refund_request(&back, &rules, claim, back.claims[claim].amount, now, &out);
}

static void what_a_person_gave_back_is_not_given_back_again(void **state) {
    static const struct {
        enum resolution how;
        enum refusal refusal;
    } rows[] = {{RESOLUTION_RETURNED, REFUSAL_TO_WINDOW},
                {RESOLUTION_OTHER, REFUSAL_TO_WINDOW}, /* nobody knows */
                {RESOLUTION_NO_MONEY, REFUSAL_TO_WINDOW},
                {RESOLUTION_IN_ORDER, REFUSAL_NONE},
                {RESOLUTION_CREDITED, REFUSAL_NONE}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_int_equal(fixture_tear_down(state), 0);
        assert_int_equal(fixture_set_up(state), 0);
        struct fixture *fixture = *state;
        struct order *second = two_with_one_receipt(fixture);
        assert_int_equal(wanted_back(fixture, second, 0), REFUSAL_TO_WINDOW);
        assert_int_equal(wanted_back(fixture, second, 1), REFUSAL_TO_WINDOW);
        assert_int_equal(decide_claim(fixture, second, "C00010002", rows[i].how), JOURNAL_OK);
        assert_int_equal(fixture_number(fixture, "SELECT decided_fen FROM cases"), 12850);
        assert_int_equal(wanted_back(fixture, second, 0), rows[i].refusal);
        assert_int_equal(wanted_back(fixture, second, 1), REFUSAL_NONE); /* another bill */
        free(second);
    }
}

/* It was on its way back already when the case was opened: nothing credited is left to decide
 * about. */
static void what_goes_back_already_is_no_money_of_the_case(void **state) {
    struct fixture *fixture = *state;
    struct order *second = two_with_one_receipt(fixture);
    second->claims[0].state = CLAIM_UNCREDITING;
    second->refund_count = 1;
    second->refunds[0] = (struct refund){.no = "26112012000000010009",
                                         .claim = 0,
                                         .amount = second->claims[0].amount,
                                         .created_ms = FIXTURE_WALL_MS};
    assert_int_equal(fixture_write(fixture->journal, second, NOTE_UNCREDITING), JOURNAL_OK);
    assert_int_equal(decide_claim(fixture, second, "C00010002", RESOLUTION_CREDITED), JOURNAL_OK);
    assert_int_equal(fixture_number(fixture, "SELECT decided_fen FROM cases"), 0);
    free(second);
}

/* One bill was credited, a person has to decide about the other: the order is settled. Its rows are
 * damaged then, and somebody decides about that other bill. */
static void what_is_credited_beside_a_case_stays_taken_when_it_cannot_be_read(void **state) {
    static const struct {
        const char *damage;
        enum resolution how;
        enum bill_hold first, second;
    } rows[] = {
        {"UPDATE legs SET state = 'nonsense' RETURNING 1", RESOLUTION_RETURNED, BILL_PAID,
         BILL_FREE},
        {"UPDATE legs SET state = 'nonsense' RETURNING 1", RESOLUTION_CREDITED, BILL_PAID,
         BILL_BEING_PAID},
        {"UPDATE shares SET disputed_fen = 100 WHERE claim = 1 RETURNING 1", RESOLUTION_RETURNED,
         BILL_PAID, BILL_BEING_PAID}, /* less than all of it */
        {"UPDATE cases SET part = 'claim x' RETURNING 1", RESOLUTION_RETURNED, BILL_PAID,
         BILL_BEING_PAID}, /* of which bill nobody can tell */
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_int_equal(fixture_tear_down(state), 0);
        assert_int_equal(fixture_set_up(state), 0);
        struct fixture *fixture = *state;
        struct order *order = fixture_order(1);
        int undecided = -1;
        open_with_lines(fixture, order);
        fixture_case(order); /* the second; the first is credited */
        assert_int_equal(fixture_write(fixture->journal, order, NOTE_CASE), JOURNAL_OK);
        expect_both_marks(fixture, order, BILL_PAID, BILL_BEING_PAID);
        assert_int_equal(fixture_number(fixture, rows[i].damage), 1);
        assert_int_equal(fixture_number(fixture, "UPDATE legs SET state = 'nonsense' RETURNING 1"),
                         1);
        assert_int_equal(journal_isolate(fixture->journal, FIXTURE_WALL_MS, &undecided),
                         JOURNAL_OK);
        assert_int_equal(undecided, 0); /* nobody is asked about the order as a whole */
        assert_int_equal(decide_claim(fixture, order, "C00010001", rows[i].how), JOURNAL_OK);
        expect_both_marks(fixture, order, rows[i].first, rows[i].second);
        free(order);
    }
}

/* The same where a person is asked about the order as a whole: it was open yet. */
static void what_is_credited_stays_taken_when_all_of_it_is_given_up(void **state) {
    struct fixture *fixture = *state;
    struct order *order = fixture_order(1);
    int undecided = -1;
    open_with_lines(fixture, order);
    fixture_credit(order);
    order->claims[1].state = CLAIM_CREDIT_UNKNOWN;
    assert_int_equal(fixture_write(fixture->journal, order, NOTE_CREDITED), JOURNAL_OK);
    assert_int_equal(fixture_number(fixture, "UPDATE legs SET state = 'nonsense' RETURNING 1"), 1);
    assert_int_equal(journal_isolate(fixture->journal, FIXTURE_WALL_MS, &undecided), JOURNAL_OK);
    assert_int_equal(undecided, 1);
    assert_int_equal(decide_claim(fixture, order, "C00010001", RESOLUTION_RETURNED), JOURNAL_OK);
    expect_both_marks(fixture, order, BILL_PAID, BILL_FREE);
    free(order);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        STORY(a_receipts_second_credit_is_decided_as_far_as_it_stands),
        STORY(a_part_that_went_back_by_hand_leaves_the_rest_booked),
        STORY(what_a_person_gave_back_is_not_given_back_again),
        STORY(what_goes_back_already_is_no_money_of_the_case),
        STORY(what_is_credited_beside_a_case_stays_taken_when_it_cannot_be_read),
        STORY(what_is_credited_stays_taken_when_all_of_it_is_given_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
