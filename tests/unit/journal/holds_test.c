/* links: app/journal/ app/core/order/ app/core/terms/ app/base/ */
/* What is being paid or is paid is nobody else's, over restarts and whatever the hospital calls it.
 */
#include "tests/support/journal_look.h"

#define LISTED 2

/* The bills of an order under new numbers, as a hospital lists them that makes such at every
 * ORG_002; `lines` false: it names no lines. Caller: free(). */
static struct bill_list *listed_anew(const struct order *order, bool lines) {
    struct bill_list *list = calloc(1, sizeof *list + LISTED * sizeof list->lines[0]);
    assert_non_null(list);
    list->head.kind = DOCUMENT_BILLS;
    list->bill_count = LISTED;
    for (int i = 0; i < LISTED; i++) {
        struct bill *bill = &list->bills[i];
        snprintf(bill->org_trace_no, sizeof bill->org_trace_no, "NEW-%d", i);
        bill->amount = order->claims[i].amount;
        bill->first_line = i;
        bill->line_count = lines;
        snprintf(list->lines[i].key, HOLD_KEY_SIZE, "sn|H1|line %d", i);
    }
    return list;
}

/* The same list as it was when the order was made. */
static struct bill_list *listed_then(const struct order *order) {
    struct bill_list *list = listed_anew(order, true);
    for (int i = 0; i < LISTED; i++)
        memcpy(list->bills[i].org_trace_no, order->claims[i].org_trace_no, TRACE_NO_SIZE);
    return list;
}

/* Another order for the first bill of this one, under a new number. */
static struct order *another_for_the_same(const struct order *order) {
    struct order *other = fixture_order(2);
    snprintf(other->claims[0].org_trace_no, TRACE_NO_SIZE, "NEW-0");
    other->claims[0].amount = order->claims[0].amount;
    return other;
}

static void open_with_lines(struct fixture *fixture, const struct order *order) {
    struct bill_list *list = listed_then(order);
    assert_int_equal(fixture_open_order(fixture->journal, order, list), JOURNAL_OK);
    free(list);
}

/* Of two bills. Frees the list. */
static void only_second_is_held(struct fixture *fixture, struct bill_list *list) {
    assert_int_equal(journal_mark_held(fixture->journal, list), JOURNAL_OK);
    assert_int_equal(list->bills[0].hold, BILL_FREE);
    assert_int_equal(list->bills[1].hold, BILL_BEING_PAID);
    free(list);
}

static void expect_marks(struct fixture *fixture, const struct order *order, enum bill_hold first) {
    struct bill_list *list = listed_anew(order, true);
    assert_int_equal(journal_mark_held(fixture->journal, list), JOURNAL_OK);
    assert_int_equal(list->bills[0].hold, first);
    assert_int_equal(list->bills[0].held_ms, first == BILL_FREE ? 0 : order->created_ms);
    free(list);
}

static enum journal_result open_another(struct fixture *fixture, const struct order *order) {
    struct order *other = another_for_the_same(order);
    struct bill_list *list = listed_anew(order, true);
    enum journal_result result = fixture_open_order(fixture->journal, other, list);
    free(list);
    free(other);
    return result;
}

static void a_bill_is_taken_once_under_whatever_number(void **state) {
    struct fixture *fixture = *state;
    struct order *order = fixture_order(1);
    expect_marks(fixture, order, BILL_FREE);
    open_with_lines(fixture, order);
    expect_marks(fixture, order, BILL_BEING_PAID);
    assert_int_equal(open_another(fixture, order), JOURNAL_CONFLICT);
    assert_int_equal(fixture_number(fixture, "SELECT count(*) FROM orders"), 1);
    /* Each bill by its number and by its line. */
    assert_int_equal(fixture_number(fixture, "SELECT count(*) FROM holds WHERE held = 1"), 4);
    assert_int_equal(fixture_number(fixture, "SELECT count(*) FROM holds WHERE n < 4"), 4);
    assert_int_equal(fixture_number(fixture, "SELECT n FROM holds WHERE key = 'no|B0001-0'"), 0);
    free(order);
}

static bool count_order(void *context, const struct order *order) {
    assert_true(order->claims[0].taken_elsewhere);
    ++*(int *)context;
    return true;
}

static int taken_elsewhere(struct fixture *fixture) {
    int count = 0;
    assert_int_equal(journal_each_taken_elsewhere(fixture->journal, count_order, &count),
                     JOURNAL_OK);
    return count;
}

/* Whose it is stands at the bill: the hospital may have taken that credit back. */
static void who_holds_a_bill_is_named_and_lets_go_of_what_was_taken_back(void **state) {
    struct fixture *fixture = *state;
    struct order *order = fixture_order(1);
    open_with_lines(fixture, order);
    fixture_credit(order);
    assert_int_equal(fixture_write(fixture->journal, order, NOTE_CREDITED), JOURNAL_OK);
    struct bill_list *list = listed_anew(order, true);
    assert_int_equal(journal_mark_held(fixture->journal, list), JOURNAL_OK);
    assert_string_equal(list->bills[1].held_by, order->no);
    assert_int_equal(list->bills[1].held_claim, 1);
    free(list);
    order->claims[0].taken_elsewhere = true;
    assert_int_equal(taken_elsewhere(fixture), 0);
    assert_int_equal(fixture_write(fixture->journal, order, NOTE_TAKEN_ELSEWHERE), JOURNAL_OK);
    expect_marks(fixture, order, BILL_FREE);
    assert_int_equal(open_another(fixture, order), JOURNAL_OK);
    assert_int_equal(taken_elsewhere(fixture), 1); /* once, however many of its claims */
    free(order);
}

static bool keep_reason(void *context, const struct journal_case *found) {
    char *text = context;
    snprintf(text, 64, "%s %s %s", found->order_no, found->part, case_reason_name(found->reason));
    return true;
}

/* It is written all the same: what was observed is never refused. */
static void a_receipt_that_stands_on_another_claim_is_a_case(void **state) {
    struct fixture *fixture = *state;
    struct order *first = fixture_order(1), *second = fixture_order(2);
    struct journal_finding finding;
    static struct order back;
    char told[64] = "", wanted[64];
    open_with_lines(fixture, first);
    fixture_credit(first);
    assert_int_equal(fixture_write(fixture->journal, first, NOTE_CREDITED), JOURNAL_OK);
    assert_int_equal(journal_each_case(fixture->journal, NULL, true, keep_reason, told),
                     JOURNAL_OK);
    assert_string_equal(told, "");
    assert_int_equal(fixture_write(fixture->journal, second, NOTE_OPENED), JOURNAL_OK);
    fixture_credit(second);
    for (int i = 0; i < second->claim_count; i++)
        snprintf(second->claims[i].call_sn, TRACE_NO_SIZE, "OTHER-%d", i);
    memcpy(second->claims[0].call_sn, first->claims[0].call_sn, TRACE_NO_SIZE);
    assert_int_equal(fixture_write(fixture->journal, second, NOTE_CREDITED), JOURNAL_OK);
    assert_int_equal(journal_each_case(fixture->journal, NULL, true, keep_reason, told),
                     JOURNAL_OK);
    snprintf(wanted, sizeof wanted, "%s claim 0 credited_twice", second->no);
    assert_string_equal(told, wanted);
    assert_int_equal(journal_load(fixture->journal, second->no, &back), JOURNAL_OK);
    assert_string_equal(back.claims[0].call_sn, first->claims[0].call_sn);
    assert_int_equal(fixture_write(fixture->journal, second, NOTE_PRINTED), JOURNAL_OK);
    assert_int_equal(fixture_number(fixture, "SELECT count(*) FROM cases"), 1);
    assert_int_equal(journal_verify(fixture->journal, &finding), JOURNAL_OK);
    assert_true(finding.good);
    free(first);
    free(second);
}

static void what_was_found_out_stays_found(void **state) {
    struct fixture *fixture = *state;
    int64_t since_ms = 1;
    assert_int_equal(journal_found(fixture->journal, JOURNAL_FOUND_BY_VISIT, &since_ms),
                     JOURNAL_OK);
    assert_int_equal(since_ms, 0);
    assert_int_equal(journal_find_out(fixture->journal, JOURNAL_FOUND_BY_VISIT, 7), JOURNAL_OK);
    assert_int_equal(journal_find_out(fixture->journal, JOURNAL_FOUND_BY_VISIT, 8), JOURNAL_OK);
    fixture_reopen(fixture);
    assert_int_equal(journal_found(fixture->journal, JOURNAL_FOUND_BY_VISIT, &since_ms),
                     JOURNAL_OK);
    assert_int_equal(since_ms, 7);
    assert_int_equal(journal_found(fixture->journal, JOURNAL_FOUND_BY_ORDER, &since_ms),
                     JOURNAL_OK);
    assert_int_equal(since_ms, 0);
}

static void what_is_credited_stays_taken_after_a_restart(void **state) {
    struct fixture *fixture = *state;
    struct order *order = fixture_order(1);
    open_with_lines(fixture, order);
    fixture_credit(order);
    assert_int_equal(fixture_write(fixture->journal, order, NOTE_CREDITED), JOURNAL_OK);
    journal_close(fixture->journal);
    fixture_open(fixture);
    expect_marks(fixture, order, BILL_PAID);
    assert_int_equal(open_another(fixture, order), JOURNAL_CONFLICT);
    free(order);
}

static void what_went_back_is_free(void **state) {
    struct fixture *fixture = *state;
    struct order *order = fixture_order(1);
    struct journal_finding finding;
    open_with_lines(fixture, order);
    order->legs[0].state = LEG_DECLINED;
    order->claims[0].state = order->claims[1].state = CLAIM_VOID;
    assert_int_equal(fixture_write(fixture->journal, order, NOTE_DECLINED), JOURNAL_OK);
    expect_marks(fixture, order, BILL_FREE);
    assert_int_equal(open_another(fixture, order), JOURNAL_OK);
    assert_int_equal(journal_verify(fixture->journal, &finding), JOURNAL_OK);
    if (!finding.good)
        fail_msg("%s", finding.text);
    free(order);
}

static void a_case_holds_until_a_person_has_decided(void **state) {
    struct fixture *fixture = *state;
    struct order *order = fixture_order(1);
    char case_no[ORDER_CASE_NO_SIZE];
    open_with_lines(fixture, order);
    fixture_case(order);
    assert_int_equal(fixture_write(fixture->journal, order, NOTE_CASE), JOURNAL_OK);
    assert_int_equal(open_another(fixture, order), JOURNAL_CONFLICT);
    assert_int_equal(journal_resolve(fixture->journal,
                                     &(struct journal_decision){
                                         order->no, order_case_no(order, case_no), "window 3",
                                         "not booked", RESOLUTION_RETURNED, FIXTURE_WALL_MS, NULL}),
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
        assert_int_equal(journal_resolve(fixture->journal,
                                         &(struct journal_decision){
                                             order->no, order_case_no(order, case_no), "window 3",
                                             "seen", rows[i].how, FIXTURE_WALL_MS, NULL}),
                         JOURNAL_OK);
        assert_int_equal(fixture_number(fixture, "SELECT decided_fen FROM cases"),
                         order->claims[0].amount.fen);
        assert_int_equal(open_another(fixture, order), rows[i].another);
        free(order);
    }
}

static enum journal_result decide_claim(struct fixture *fixture, const struct order *order,
                                        const char *case_no, enum resolution how) {
    return journal_resolve(fixture->journal,
                           &(struct journal_decision){order->no, case_no, "window 3", "seen", how,
                                                      FIXTURE_WALL_MS, NULL});
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
 * money. Whoever paid it again before has it. */
static void what_came_late_and_was_booked_by_hand_is_taken(void **state) {
    static const struct {
        enum resolution how;
        bool paid_before;
        enum journal_result another;
    } rows[] = {{RESOLUTION_CREDITED, false, JOURNAL_CONFLICT},
                {RESOLUTION_CREDITED, true, JOURNAL_OK},
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
        if (!rows[i].paid_before)
            assert_int_equal(open_another(fixture, order), rows[i].another);
        free(order);
    }
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

/* What was paid again meanwhile is the other's. */
static void what_somebody_holds_by_then_stays_theirs(void **state) {
    struct fixture *fixture = *state;
    struct order *order = fixture_order(1);
    both_go_back(fixture, order);
    assert_int_equal(open_another(fixture, order), JOURNAL_OK);
    first_is_stuck_on_its_way_back(fixture, order);
    assert_int_equal(fixture_number(fixture,
                                    "SELECT count(*) FROM holds WHERE held = 1 AND claim = 0"
                                    " AND key = 'sn|H1|line 0' AND order_no LIKE '%0002'"),
                     1);
    free(order);
}

/* Theirs only as long as they want it: the case is still open when they leave. */
static void what_somebody_lets_go_of_is_the_open_cases(void **state) {
    struct fixture *fixture = *state;
    struct order *order = fixture_order(1), *other = another_for_the_same(order),
                 *third = fixture_order(3);
    struct bill_list *list = listed_anew(order, true);
    both_go_back(fixture, order);
    assert_int_equal(fixture_open_order(fixture->journal, other, list), JOURNAL_OK);
    first_is_stuck_on_its_way_back(fixture, order);
    other->legs[0].state = LEG_DECLINED;
    for (int i = 0; i < other->claim_count; i++)
        other->claims[i].state = CLAIM_VOID;
    assert_int_equal(fixture_write(fixture->journal, other, NOTE_DECLINED), JOURNAL_OK);
    expect_marks(fixture, order, BILL_BEING_PAID);
    memcpy(third->claims[0].org_trace_no, "NEW-0", sizeof "NEW-0");
    assert_int_equal(fixture_open_order(fixture->journal, third, list), JOURNAL_CONFLICT);
    assert_int_equal(decide_claim(fixture, order, "C00010001", RESOLUTION_RETURNED), JOURNAL_OK);
    expect_marks(fixture, order, BILL_FREE);
    assert_int_equal(fixture_open_order(fixture->journal, third, list), JOURNAL_OK);
    free(list);
    free(third);
    free(other);
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

/* An order of an older version has no rows in `holds`. */
static void an_order_without_holds_holds_its_numbers(void **state) {
    struct fixture *fixture = *state;
    struct order *order = fixture_order(1), *other = fixture_order(2);
    assert_int_equal(fixture_write(fixture->journal, order, NOTE_OPENED), JOURNAL_OK);
    memcpy(other->claims[1].org_trace_no, order->claims[0].org_trace_no, TRACE_NO_SIZE);
    assert_int_equal(fixture_open_order(fixture->journal, other, NULL), JOURNAL_CONFLICT);
    struct bill_list *list = listed_anew(order, false);
    memcpy(list->bills[1].org_trace_no, order->claims[0].org_trace_no, TRACE_NO_SIZE);
    only_second_is_held(fixture, list);
    free(order);
    free(other);
}

/* ... each of its bills until somebody has decided about that one. */
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

static void a_line_that_stands_twice_in_a_bill_is_held_once(void **state) {
    (void)state;
    struct order *order = fixture_order(1);
    struct bill_list *list = listed_then(order);
    struct hold holds[8];
    list->bills[0].first_line = 0;
    list->bills[0].line_count = 2;
    memcpy(list->lines[1].key, list->lines[0].key, HOLD_KEY_SIZE);
    list->bills[1].line_count = 0;
    assert_int_equal(order_holds(order, list, holds, 8), 3);
    assert_string_equal(holds[0].key, "no|B0001-0");
    assert_string_equal(holds[1].key, "sn|H1|line 0");
    assert_int_equal(holds[2].claim, 1);
    free(list);
    free(order);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        STORY(a_bill_is_taken_once_under_whatever_number),
        STORY(what_is_credited_stays_taken_after_a_restart),
        STORY(who_holds_a_bill_is_named_and_lets_go_of_what_was_taken_back),
        STORY(a_receipt_that_stands_on_another_claim_is_a_case),
        STORY(what_was_found_out_stays_found),
        STORY(what_went_back_is_free),
        STORY(a_case_holds_until_a_person_has_decided),
        STORY(what_a_person_found_booked_stays_taken),
        STORY(each_bill_of_an_order_is_decided_by_itself),
        STORY(what_came_late_and_was_booked_by_hand_is_taken),
        STORY(what_is_booked_stays_taken_when_its_order_goes_on),
        STORY(what_gets_stuck_on_its_way_back_is_held_again),
        STORY(what_somebody_lets_go_of_is_the_open_cases),
        STORY(what_somebody_holds_by_then_stays_theirs),
        STORY(what_cannot_be_read_holds_until_it_is_decided),
        STORY(an_order_without_holds_holds_its_numbers),
        STORY(an_order_without_holds_holds_what_is_not_decided),
        cmocka_unit_test(a_line_that_stands_twice_in_a_bill_is_held_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
