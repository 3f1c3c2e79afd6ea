/* links: app/journal/ app/core/order/ app/core/terms/ app/base/ */
/* A bill that a person has to decide about, or has decided about: when it may be paid again. */
#include "app/core/effect.h"
#include "tests/unit/journal/held_bills.h"

static enum journal_result decide_claim(struct fixture *fixture, const struct order *order,
                                        const char *case_no, enum resolution how) {
    return journal_resolve(fixture->journal,
                           &(struct journal_decision){order->no, case_no, "window 3", "seen", how,
                                                      FIXTURE_WALL_MS, NULL});
}

/* Who paid this order's first bill again does not any more: nothing was taken. */
static void another_leaves(struct fixture *fixture, const struct order *order) {
    struct order *other = another_for_the_same(order, 2);
    other->legs[0].state = LEG_DECLINED;
    for (int i = 0; i < other->claim_count; i++)
        other->claims[i].state = CLAIM_VOID;
    assert_int_equal(fixture_write(fixture->journal, other, NOTE_DECLINED), JOURNAL_OK);
    free(other);
}

static void a_case_holds_until_a_person_has_decided(void **state) {
    struct fixture *fixture = *state;
    struct order *order = fixture_order(1);
    char case_no[ORDER_CASE_NO_SIZE];
    open_with_lines(fixture, order);
    fixture_case(order);
    assert_int_equal(fixture_write(fixture->journal, order, NOTE_CASE), JOURNAL_OK);
    assert_int_equal(open_another(fixture, order), JOURNAL_CONFLICT);
    assert_int_equal(
        decide_claim(fixture, order, order_case_no(order, case_no), RESOLUTION_RETURNED),
        JOURNAL_OK);
    free(order);
}

/* What the hospital has booked in the end is paid; what it has not may be paid again. */
static void what_a_person_found_booked_stays_taken(void **state) {
    static const struct {
        enum resolution how;
        enum journal_result another;
    } rows[] = {{RESOLUTION_CREDITED, JOURNAL_CONFLICT},
                {RESOLUTION_IN_ORDER, JOURNAL_CONFLICT},
                {RESOLUTION_OTHER, JOURNAL_CONFLICT},
                {RESOLUTION_RETURNED, JOURNAL_OK},
                {RESOLUTION_NO_MONEY, JOURNAL_OK}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_int_equal(fixture_tear_down(state), 0);
        assert_int_equal(fixture_set_up(state), 0);
        struct fixture *fixture = *state;
        struct order *order = fixture_order(1);
        char case_no[ORDER_CASE_NO_SIZE];
        open_with_lines(fixture, order);
        fixture_credit(order);
        order->claims[0].state = CLAIM_CASE;
        order->claims[0].reason = CASE_CREDIT_UNKNOWN;
        assert_int_equal(fixture_write(fixture->journal, order, NOTE_CASE), JOURNAL_OK);
        assert_int_equal(decide_claim(fixture, order, order_case_no(order, case_no), rows[i].how),
                         JOURNAL_OK);
        assert_int_equal(fixture_number(fixture, "SELECT decided_fen FROM cases"),
                         order->claims[0].amount.fen);
        assert_int_equal(open_another(fixture, order), rows[i].another);
        free(order);
    }
}

/* Of two bills that a person had to decide about one is booked, the other is not: only that one may
 * be paid again. */
static void each_bill_of_an_order_is_decided_by_itself(void **state) {
    struct fixture *fixture = *state;
    struct order *order = fixture_order(1);
    open_with_lines(fixture, order);
    fixture_credit(order);
    for (int i = 0; i < 2; i++) {
        order->claims[i].state = CLAIM_CASE;
        order->claims[i].reason = CASE_CREDIT_UNKNOWN;
    }
    assert_int_equal(fixture_write(fixture->journal, order, NOTE_CASE), JOURNAL_OK);
    assert_int_equal(decide_claim(fixture, order, "C00010001", RESOLUTION_RETURNED), JOURNAL_OK);
    only_second_is_held(fixture, listed_anew(order, true));
    assert_int_equal(decide_claim(fixture, order, "C00010001-2", RESOLUTION_CREDITED), JOURNAL_OK);
    only_second_is_held(fixture, listed_anew(order, true));
    free(order);
}

/* Money that came after the close and stuck: the bill is free, until a person books it with that
 * money. Whoever paid it again before has it as long as they want it. */
static void what_came_late_and_was_booked_by_hand_is_taken(void **state) {
    static const struct {
        enum resolution how;
        bool paid_before;
        enum journal_result another;
    } rows[] = {{RESOLUTION_CREDITED, false, JOURNAL_CONFLICT},
                {RESOLUTION_CREDITED, true, JOURNAL_CONFLICT},
                {RESOLUTION_RETURNED, false, JOURNAL_OK},
                {RESOLUTION_IN_ORDER, false, JOURNAL_OK}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_int_equal(fixture_tear_down(state), 0);
        assert_int_equal(fixture_set_up(state), 0);
        struct fixture *fixture = *state;
        struct order *order = fixture_order(1);
        static struct order back;
        open_with_lines(fixture, order);
        order->legs[0].state = LEG_CASE;
        order->legs[0].reason = CASE_REFUND_REFUSED;
        order->claims[0].state = order->claims[1].state = CLAIM_VOID;
        assert_int_equal(fixture_write(fixture->journal, order, NOTE_CASE), JOURNAL_OK);
        expect_marks(fixture, order, BILL_FREE);
        if (rows[i].paid_before)
            assert_int_equal(open_another(fixture, order), JOURNAL_OK);
        assert_int_equal(decide_claim(fixture, order, "C00010001", rows[i].how), JOURNAL_OK);
        assert_int_equal(journal_load(fixture->journal, order->no, &back), JOURNAL_OK);
        assert_int_equal(fixture_write(fixture->journal, &back, NOTE_CLOSED), JOURNAL_OK);
        if (rows[i].paid_before)
            another_leaves(fixture, order);
        assert_int_equal(open_as(fixture, order, 3), rows[i].another);
        free(order);
    }
}

/* Two payments of one order: what was booked with the one's late money is the one's bill. */
static void late_money_books_its_own_bill(void **state) {
    struct fixture *fixture = *state;
    struct order *order = fixture_order(1);
    order->leg_count = 2;
    order->legs[1] = order->legs[0];
    order->legs[1].no[ORDER_NO_LENGTH - 1]++;
    order->legs[0].amount = order->shares[0].amount;
    order->legs[1].amount = order->shares[1].amount;
    order->shares[1].leg = 1;
    open_with_lines(fixture, order);
    order->legs[1].state = LEG_CASE;
    order->legs[1].reason = CASE_REFUND_REFUSED;
    order->legs[0].state = LEG_DECLINED;
    order->claims[0].state = order->claims[1].state = CLAIM_VOID;
    assert_int_equal(fixture_write(fixture->journal, order, NOTE_CASE), JOURNAL_OK);
    assert_int_equal(decide_claim(fixture, order, "C00010001", RESOLUTION_CREDITED), JOURNAL_OK);
    only_second_is_held(fixture, listed_anew(order, true));
    free(order);
}

/* Nor does a later write of its order let go of what is booked. */
static void what_is_booked_stays_taken_when_its_order_goes_on(void **state) {
    struct fixture *fixture = *state;
    struct order *order = fixture_order(1);
    static struct order back;
    open_with_lines(fixture, order);
    fixture_credit(order);
    order->claims[0].state = CLAIM_CASE;
    order->claims[0].reason = CASE_CREDIT_UNKNOWN;
    order->claims[1].state = CLAIM_CREDIT_UNKNOWN;
    assert_int_equal(fixture_write(fixture->journal, order, NOTE_CASE), JOURNAL_OK);
    assert_int_equal(decide_claim(fixture, order, "C00010001", RESOLUTION_CREDITED), JOURNAL_OK);
    assert_int_equal(journal_load(fixture->journal, order->no, &back), JOURNAL_OK);
    assert_true(back.resolved);
    assert_true(back.kept);
    back.claims[1].state = CLAIM_DONE;
    assert_int_equal(fixture_write(fixture->journal, &back, NOTE_CREDITED), JOURNAL_OK);
    expect_marks(fixture, order, BILL_BEING_PAID);
    free(order);
}

/* Both bills were not credited and go back; then the first's refund is refused. */
static void first_is_stuck_on_its_way_back(struct fixture *fixture, struct order *order) {
    struct refund refund = {.state = REFUND_REFUSED, .claim = 0, .amount = {12850}};
    snprintf(refund.no, sizeof refund.no, "26112012000000019%03d", 1);
    order->claims[0].state = CLAIM_CASE;
    order->claims[0].reason = order->shares[0].reason = CASE_REFUND_REFUSED;
    order->refunds[order->refund_count++] = refund;
    assert_int_equal(fixture_write(fixture->journal, order, NOTE_CASE), JOURNAL_OK);
}

static void both_go_back(struct fixture *fixture, struct order *order) {
    open_with_lines(fixture, order);
    order->legs[0].state = LEG_PAID;
    order->claims[0].state = order->claims[1].state = CLAIM_REVERSING;
    assert_int_equal(fixture_write(fixture->journal, order, NOTE_REVERSING), JOURNAL_OK);
    expect_marks(fixture, order, BILL_FREE);
}

/* Its money did not come back: a person decides, and until then nobody pays it again. */
static void what_gets_stuck_on_its_way_back_is_held_again(void **state) {
    struct fixture *fixture = *state;
    struct order *order = fixture_order(1);
    struct journal_finding finding;
    both_go_back(fixture, order);
    first_is_stuck_on_its_way_back(fixture, order);
    expect_marks(fixture, order, BILL_BEING_PAID);
    assert_int_equal(open_another(fixture, order), JOURNAL_CONFLICT);
    assert_int_equal(decide_claim(fixture, order, "C00010001", RESOLUTION_RETURNED), JOURNAL_OK);
    expect_marks(fixture, order, BILL_FREE);
    assert_int_equal(fixture_write(fixture->journal, order, NOTE_PRINTED), JOURNAL_OK);
    expect_marks(fixture, order, BILL_FREE); /* it is decided */
    assert_int_equal(journal_verify(fixture->journal, &finding), JOURNAL_OK);
    assert_true(finding.good);
    free(order);
}

static void it_is_stuck_and_was_paid_again(struct fixture *fixture, struct order *order) {
    both_go_back(fixture, order);
    assert_int_equal(open_another(fixture, order), JOURNAL_OK);
    first_is_stuck_on_its_way_back(fixture, order);
}

/* What was paid again meanwhile is the other's. */
static void what_somebody_holds_by_then_stays_theirs(void **state) {
    struct fixture *fixture = *state;
    struct order *order = fixture_order(1);
    it_is_stuck_and_was_paid_again(fixture, order);
    assert_int_equal(fixture_number(fixture,
                                    "SELECT count(*) FROM holds WHERE held = 1 AND claim = 0"
                                    " AND key = 'sn|H1|line 0' AND order_no LIKE '%0002'"),
                     1);
    free(order);
}

/* Theirs only as long as they want it: the case is still open when they leave. */
static void what_somebody_lets_go_of_is_the_open_cases(void **state) {
    struct fixture *fixture = *state;
    struct order *order = fixture_order(1);
    it_is_stuck_and_was_paid_again(fixture, order);
    another_leaves(fixture, order);
    expect_marks(fixture, order, BILL_BEING_PAID);
    assert_int_equal(open_as(fixture, order, 3), JOURNAL_CONFLICT);
    assert_int_equal(decide_claim(fixture, order, "C00010001", RESOLUTION_RETURNED), JOURNAL_OK);
    expect_marks(fixture, order, BILL_FREE);
    assert_int_equal(open_as(fixture, order, 3), JOURNAL_OK);
    free(order);
}

/* Of an order that cannot be read a person decides about all of it. */
static void what_cannot_be_read_holds_until_it_is_decided(void **state) {
    static const struct {
        enum resolution how;
        enum bill_hold hold;
    } rows[] = {{RESOLUTION_RETURNED, BILL_FREE}, {RESOLUTION_CREDITED, BILL_BEING_PAID}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_int_equal(fixture_tear_down(state), 0);
        assert_int_equal(fixture_set_up(state), 0);
        struct fixture *fixture = *state;
        struct order *order = fixture_order(1);
        int undecided = 0;
        open_with_lines(fixture, order);
        assert_int_equal(fixture_number(fixture, "UPDATE legs SET state = 'nonsense' RETURNING 1"),
                         1);
        assert_int_equal(journal_isolate(fixture->journal, FIXTURE_WALL_MS, &undecided),
                         JOURNAL_OK);
        expect_marks(fixture, order, BILL_BEING_PAID);
        assert_int_equal(decide_claim(fixture, order, "C00010001", rows[i].how), JOURNAL_OK);
        expect_marks(fixture, order, rows[i].hold);
        free(order);
    }
}

/* Both bills of an order have been let go of; then it cannot be read any more. */
static void damage_after_the_way_back(struct fixture *fixture, struct order *order,
                                      const char *damage) {
    int undecided = 0;
    both_go_back(fixture, order);
    order->claims[0].state = CLAIM_REVERSED;
    assert_int_equal(fixture_write(fixture->journal, order, NOTE_REFUNDED), JOURNAL_OK);
    assert_int_equal(fixture_number(fixture, damage), 1);
    assert_int_equal(journal_isolate(fixture->journal, FIXTURE_WALL_MS, &undecided), JOURNAL_OK);
    assert_int_equal(undecided, 1);
}

static void expect_both_marks(struct fixture *fixture, const struct order *order,
                              enum bill_hold first, enum bill_hold second) {
    struct bill_list *list = listed_anew(order, true);
    assert_int_equal(journal_mark_held(fixture->journal, list), JOURNAL_OK);
    assert_int_equal(list->bills[0].hold, first);
    assert_int_equal(list->bills[1].hold, second);
    free(list);
}

/* Booked is what did not come back for sure; until somebody has decided it may be. */
static void what_cannot_be_read_and_was_let_go_of_is_booked(void **state) {
    static const struct {
        const char *damage;
        enum resolution how;
        enum bill_hold first, second;
    } rows[] = {
        {"UPDATE legs SET state = 'nonsense' RETURNING 1", RESOLUTION_CREDITED, BILL_FREE,
         BILL_BEING_PAID},
        {"UPDATE legs SET state = 'nonsense' RETURNING 1", RESOLUTION_OTHER, BILL_FREE,
         BILL_BEING_PAID},
        {"UPDATE legs SET state = 'nonsense' RETURNING 1", RESOLUTION_RETURNED, BILL_FREE,
         BILL_FREE},
        {"DELETE FROM orders RETURNING 1", RESOLUTION_CREDITED, BILL_FREE, BILL_BEING_PAID},
        {"UPDATE claims SET n = n + 64 RETURNING 1", RESOLUTION_CREDITED, BILL_BEING_PAID,
         BILL_BEING_PAID},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_int_equal(fixture_tear_down(state), 0);
        assert_int_equal(fixture_set_up(state), 0);
        struct fixture *fixture = *state;
        struct order *order = fixture_order(1);
        damage_after_the_way_back(fixture, order, rows[i].damage);
        expect_both_marks(fixture, order, rows[i].first, BILL_BEING_PAID);
        assert_int_equal(decide_claim(fixture, order, "C00010001", rows[i].how), JOURNAL_OK);
        expect_both_marks(fixture, order, rows[i].first, rows[i].second);
        free(order);
    }
}

/* Who paid it again before has it as long as they want it, and no longer. */
static void what_cannot_be_read_and_is_booked_waits_for_who_has_it(void **state) {
    struct fixture *fixture = *state;
    struct order *order = fixture_order(1);
    int undecided = 0;
    both_go_back(fixture, order);
    assert_int_equal(open_another(fixture, order), JOURNAL_OK);
    assert_int_equal(fixture_number(fixture, "UPDATE legs SET state = 'nonsense'"
                                             " WHERE order_no LIKE '%0001' RETURNING 1"),
                     1);
    assert_int_equal(journal_isolate(fixture->journal, FIXTURE_WALL_MS, &undecided), JOURNAL_OK);
    assert_int_equal(decide_claim(fixture, order, "C00010001", RESOLUTION_CREDITED), JOURNAL_OK);
    another_leaves(fixture, order);
    expect_both_marks(fixture, order, BILL_BEING_PAID, BILL_BEING_PAID);
    assert_int_equal(open_as(fixture, order, 3), JOURNAL_CONFLICT);
    free(order);
}

/* One of an older version, too, each of its bills until somebody has decided about that one. */
static void an_order_without_holds_holds_what_is_not_decided(void **state) {
    struct fixture *fixture = *state;
    struct order *order = fixture_order(1);
    fixture_credit(order);
    for (int i = 0; i < 2; i++) {
        order->claims[i].state = CLAIM_CASE;
        order->claims[i].reason = CASE_CREDIT_UNKNOWN;
    }
    assert_int_equal(fixture_write(fixture->journal, order, NOTE_CASE), JOURNAL_OK);
    assert_int_equal(decide_claim(fixture, order, "C00010001", RESOLUTION_RETURNED), JOURNAL_OK);
    struct bill_list *list = listed_then(order);
    for (int i = 0; i < 2; i++)
        list->bills[i].line_count = 0;
    only_second_is_held(fixture, list);
    free(order);
}

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

int main(void) {
    const struct CMUnitTest tests[] = {
        STORY(a_case_holds_until_a_person_has_decided),
        STORY(what_a_person_found_booked_stays_taken),
        STORY(each_bill_of_an_order_is_decided_by_itself),
        STORY(what_came_late_and_was_booked_by_hand_is_taken),
        STORY(late_money_books_its_own_bill),
        STORY(what_is_booked_stays_taken_when_its_order_goes_on),
        STORY(what_gets_stuck_on_its_way_back_is_held_again),
        STORY(what_somebody_holds_by_then_stays_theirs),
        STORY(what_somebody_lets_go_of_is_the_open_cases),
        STORY(what_cannot_be_read_holds_until_it_is_decided),
        STORY(what_cannot_be_read_and_was_let_go_of_is_booked),
        STORY(what_cannot_be_read_and_is_booked_waits_for_who_has_it),
        STORY(an_order_without_holds_holds_what_is_not_decided),
        STORY(a_part_that_went_back_by_hand_leaves_the_rest_booked),
        STORY(what_a_person_gave_back_is_not_given_back_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
