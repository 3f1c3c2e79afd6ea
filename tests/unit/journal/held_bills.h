/* The bills of an order, listed then and anew, and who may pay them. */
#ifndef HOPKIOSK_TESTS_HELD_BILLS_H
#define HOPKIOSK_TESTS_HELD_BILLS_H

#include "tests/support/journal_look.h"

#define LISTED 2

/* The bills of an order under new numbers, as a hospital lists them that makes such at every
 * ORG_002; `lines` false: it names no lines. Caller: free(). */
static inline struct bill_list *listed_anew(const struct order *order, bool lines) {
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
static inline struct bill_list *listed_then(const struct order *order) {
    struct bill_list *list = listed_anew(order, true);
    for (int i = 0; i < LISTED; i++)
        memcpy(list->bills[i].org_trace_no, order->claims[i].org_trace_no, TRACE_NO_SIZE);
    return list;
}

/* Another order, the `n`th, for the first bill of this one, under a new number. */
static inline struct order *another_for_the_same(const struct order *order, int n) {
    struct order *other = fixture_order(n);
    snprintf(other->claims[0].org_trace_no, TRACE_NO_SIZE, "NEW-0");
    other->claims[0].amount = order->claims[0].amount;
    return other;
}

static inline void open_with_lines(struct fixture *fixture, const struct order *order) {
    struct bill_list *list = listed_then(order);
    assert_int_equal(fixture_open_order(fixture->journal, order, list), JOURNAL_OK);
    free(list);
}

/* Of two bills. Frees the list. */
static inline void only_second_is_held(struct fixture *fixture, struct bill_list *list) {
    assert_int_equal(journal_mark_held(fixture->journal, list), JOURNAL_OK);
    assert_int_equal(list->bills[0].hold, BILL_FREE);
    assert_int_equal(list->bills[1].hold, BILL_BEING_PAID);
    free(list);
}

static inline void expect_marks(struct fixture *fixture, const struct order *order,
                                enum bill_hold first) {
    struct bill_list *list = listed_anew(order, true);
    assert_int_equal(journal_mark_held(fixture->journal, list), JOURNAL_OK);
    assert_int_equal(list->bills[0].hold, first);
    assert_int_equal(list->bills[0].held_ms, first == BILL_FREE ? 0 : order->created_ms);
    free(list);
}

static inline enum journal_result open_as(struct fixture *fixture, const struct order *order,
                                          int n) {
    struct order *other = another_for_the_same(order, n);
    struct bill_list *list = listed_anew(order, true);
    enum journal_result result = fixture_open_order(fixture->journal, other, list);
    free(list);
    free(other);
    return result;
}

static inline enum journal_result open_another(struct fixture *fixture, const struct order *order) {
    return open_as(fixture, order, 2);
}

static inline enum journal_result decide_claim(struct fixture *fixture, const struct order *order,
                                               const char *case_no, enum resolution how) {
    return journal_resolve(fixture->journal,
                           &(struct journal_decision){order->no, case_no, "window 3", "seen", how,
                                                      FIXTURE_WALL_MS, NULL});
}

static inline void expect_both_marks(struct fixture *fixture, const struct order *order,
                                     enum bill_hold first, enum bill_hold second) {
    struct bill_list *list = listed_anew(order, true);
    assert_int_equal(journal_mark_held(fixture->journal, list), JOURNAL_OK);
    assert_int_equal(list->bills[0].hold, first);
    assert_int_equal(list->bills[1].hold, second);
    free(list);
}

#endif
