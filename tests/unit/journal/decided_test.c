/* links: app/journal/ app/core/order/ app/core/terms/ app/base/ */
/* A bill that a person has to decide about, or has decided about: when it may be paid again. */
#include "tests/unit/journal/held_bills.h"

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
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
