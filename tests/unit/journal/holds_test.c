/* links: app/journal/ app/core/order/ app/core/terms/ app/base/ */
/* What is being paid or is paid is nobody else's, over restarts and whatever the hospital calls it.
 */
#include "tests/unit/journal/held_bills.h"

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
        STORY(an_order_without_holds_holds_its_numbers),
        cmocka_unit_test(a_line_that_stands_twice_in_a_bill_is_held_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
