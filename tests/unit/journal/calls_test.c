/* links: app/journal/ app/core/order/ app/core/terms/ app/base/ */
/* The numbers of the desk's callers: one payment each, for ever. */
#include "tests/support/journal_look.h"

static struct order *called_order(int n, const char *caller_no) {
    struct order *order = fixture_order(n);
    snprintf(order->caller_no, sizeof order->caller_no, "%s", caller_no);
    snprintf(order->caller_channel, sizeof order->caller_channel, "WX_BAR");
    return order;
}

static void test_found_by_its_number(void **state) {
    struct fixture *fixture = *state;
    struct order *order = called_order(1, "20161125000000001"), found;
    assert_int_equal(fixture_open_order(fixture->journal, order, NULL), JOURNAL_OK);
    fixture_reopen(fixture);
    assert_int_equal(journal_load_called(fixture->journal, order->caller_no, &found), JOURNAL_OK);
    assert_string_equal(found.no, order->no);
    assert_string_equal(found.caller_no, order->caller_no);
    assert_string_equal(found.caller_channel, "WX_BAR");
    assert_int_equal(journal_load_called(fixture->journal, order->no, &found), JOURNAL_OK);
    assert_string_equal(found.no, order->no);
    assert_int_equal(journal_load_called(fixture->journal, "another", &found), JOURNAL_NOT_FOUND);
    assert_int_equal(journal_load_called(fixture->journal, "", &found), JOURNAL_NOT_FOUND);
    free(order);
}

static void test_whose_refund(void **state) {
    struct fixture *fixture = *state;
    struct order *order = called_order(1, "N1");
    char owner[ORDER_NO_SIZE];
    assert_int_equal(fixture_open_order(fixture->journal, order, NULL), JOURNAL_OK);
    fixture_credit(order);
    struct refund *refund = &order->refunds[order->refund_count++];
    *refund = (struct refund){.amount = {1}, .created_ms = FIXTURE_WALL_MS};
    snprintf(refund->no, sizeof refund->no, "%s", "2611201200AA00019999");
    snprintf(refund->caller_no, sizeof refund->caller_no, "R1");
    assert_int_equal(fixture_write(fixture->journal, order, NOTE_REFUND_SENDING), JOURNAL_OK);
    assert_int_equal(journal_refund_owner(fixture->journal, "R1", owner), JOURNAL_OK);
    assert_string_equal(owner, order->no);
    assert_int_equal(journal_refund_owner(fixture->journal, "R2", owner), JOURNAL_OK);
    assert_string_equal(owner, "");
    assert_int_equal(journal_refund_owner(fixture->journal, "", owner), JOURNAL_OK);
    assert_string_equal(owner, "");
    free(order);
}

static void is_traced(struct fixture *fixture, const char *trace_no, bool refund,
                      const char *expected) {
    char owner[ORDER_NO_SIZE];
    assert_int_equal(journal_trace_owner(fixture->journal, trace_no, refund, owner), JOURNAL_OK);
    assert_string_equal(owner, expected);
}

/* Of a card the platform's number is that of its booking, and the leg's is the bank's. */
static void test_whose_trace(void **state) {
    struct fixture *fixture = *state;
    struct order *wallet = called_order(1, "N1"), *card = called_order(2, "N2");
    fixture_credit(wallet);
    fixture_credit(card);
    card->legs[0].route = ROUTE_POS;
    snprintf(wallet->legs[0].out_no, OUT_NO_SIZE, "T1");
    snprintf(card->legs[0].out_no, OUT_NO_SIZE, "BANK2");
    snprintf(wallet->claims[0].call_sn, TRACE_NO_SIZE, "SN1");
    snprintf(card->claims[0].call_sn, TRACE_NO_SIZE, "T2");
    struct refund *refund = &wallet->refunds[wallet->refund_count++];
    *refund = (struct refund){.amount = {1}, .created_ms = FIXTURE_WALL_MS, .out_no = "TR"};
    snprintf(refund->no, sizeof refund->no, "%s", "2611201200AA00019999");
    assert_int_equal(fixture_open_order(fixture->journal, wallet, NULL), JOURNAL_OK);
    assert_int_equal(fixture_open_order(fixture->journal, card, NULL), JOURNAL_OK);
    is_traced(fixture, "T1", false, wallet->no);
    is_traced(fixture, "T2", false, card->no);
    is_traced(fixture, "BANK2", false, "");
    is_traced(fixture, "SN1", false, "");
    is_traced(fixture, "TR", false, "");
    is_traced(fixture, "TR", true, wallet->no);
    is_traced(fixture, "T1", true, "");
    is_traced(fixture, "", false, "");
    is_traced(fixture, "", true, "");
    free(wallet);
    free(card);
}

/* A query must not walk through years of payments. */
static void test_a_trace_is_found_by_an_index(void **state) {
    struct fixture *fixture = *state;
    assert_int_equal(fixture_number(fixture, "SELECT count(*) FROM sqlite_schema WHERE name IN"
                                             " ('legs_of_trace', 'refunds_of_trace')"),
                     2);
}

/* Of another order: the order's own says nothing, and no receipt is nobody's. */
static void test_receipt_is_found_at_its_order(void **state) {
    struct fixture *fixture = *state;
    struct order *order = called_order(1, "");
    bool taken = true;
    snprintf(order->claims[0].call_sn, TRACE_NO_SIZE, "SN7");
    assert_int_equal(fixture_open_order(fixture->journal, order, NULL), JOURNAL_OK);
    assert_int_equal(journal_receipt_taken(fixture->journal, "SN7", order->no, &taken), JOURNAL_OK);
    assert_false(taken);
    assert_int_equal(journal_receipt_taken(fixture->journal, "SN7", "other", &taken), JOURNAL_OK);
    assert_true(taken);
    assert_int_equal(journal_receipt_taken(fixture->journal, "", "other", &taken), JOURNAL_OK);
    assert_false(taken);
    free(order);
}

static void test_taken_number_is_a_conflict(void **state) {
    struct fixture *fixture = *state;
    struct order *first = called_order(1, "N1"), *second = called_order(2, "N1");
    assert_int_equal(fixture_open_order(fixture->journal, first, NULL), JOURNAL_OK);
    assert_int_equal(fixture_open_order(fixture->journal, second, NULL), JOURNAL_CONFLICT);
    /* ... and it is one of whatever else is written of the order. */
    const struct part_note declined = {NOTE_DECLINED, 0, PART_NONE, PART_NONE};
    const struct journal_write let_go = {
        .order = second, .notes = &declined, .note_count = 1, .wall_ms = FIXTURE_WALL_MS};
    assert_int_equal(journal_commit(fixture->journal, &let_go, 1), JOURNAL_CONFLICT);
    assert_int_equal(fixture_number(fixture, "SELECT count(*) FROM orders"), 1);
    free(first);
    free(second);
}

/* Whoever asks for it again is not told that nothing is known of it, whatever a person decided: it
 * may be a program that asks until it is told. */
static void test_number_is_taken_when_the_row_is_gone(void **state) {
    struct fixture *fixture = *state;
    struct order *order = called_order(1, "N1"), *second = called_order(2, "N1"), found;
    int undecided = 0;
    for (int c = 0; c < second->claim_count; c++)
        snprintf(second->claims[c].org_trace_no, TRACE_NO_SIZE, "B2-%d", c);
    assert_int_equal(fixture_open_order(fixture->journal, order, NULL), JOURNAL_OK);
    fixture_reopen(fixture);
    assert_int_equal(fixture_number(fixture, "DELETE FROM orders RETURNING 1"), 1);
    assert_int_equal(journal_load_called(fixture->journal, "N1", &found), JOURNAL_CORRUPT);
    assert_non_null(strstr(journal_error(fixture->journal), order->no));
    assert_int_equal(journal_load_called(fixture->journal, "N2", &found), JOURNAL_NOT_FOUND);
    assert_int_equal(fixture_open_order(fixture->journal, second, NULL), JOURNAL_CONFLICT);
    assert_int_equal(journal_isolate(fixture->journal, FIXTURE_WALL_MS, &undecided), JOURNAL_OK);
    assert_int_equal(
        journal_resolve(fixture->journal,
                        &(struct journal_decision){order->no, "C00010001", "window 3", "seen",
                                                   RESOLUTION_RETURNED, FIXTURE_WALL_MS, NULL}),
        JOURNAL_OK);
    assert_int_equal(fixture_number(fixture, "SELECT count(*) FROM holds WHERE held = 1"), 1);
    assert_int_equal(journal_load_called(fixture->journal, "N1", &found), JOURNAL_CORRUPT);
    assert_int_equal(fixture_open_order(fixture->journal, second, NULL), JOURNAL_CONFLICT);
    free(order);
    free(second);
}

static void test_orders_without_a_caller_are_many(void **state) {
    struct fixture *fixture = *state;
    for (int n = 1; n <= 3; n++) {
        struct order *order = called_order(n, "");
        for (int c = 0; c < order->claim_count; c++)
            snprintf(order->claims[c].org_trace_no, TRACE_NO_SIZE, "B%d-%d", n, c);
        assert_int_equal(fixture_open_order(fixture->journal, order, NULL), JOURNAL_OK);
        free(order);
    }
    assert_int_equal(fixture_number(fixture, "SELECT count(*) FROM orders"), 3);
}

/* Given once: neither by us nor by a hand in the file is it changed unnoticed. */
static void test_number_stays(void **state) {
    struct fixture *fixture = *state;
    struct order *order = called_order(1, "N1");
    struct journal_finding finding;
    assert_int_equal(fixture_open_order(fixture->journal, order, NULL), JOURNAL_OK);
    assert_int_equal(journal_verify(fixture->journal, &finding), JOURNAL_OK);
    assert_true(finding.good);
    snprintf(order->caller_no, sizeof order->caller_no, "N2");
    assert_int_equal(fixture_write(fixture->journal, order, NOTE_PLACED), JOURNAL_CORRUPT);
    free(order);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_set_up, fixture_tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {TEST(test_found_by_its_number),
                                       TEST(test_whose_refund),
                                       TEST(test_whose_trace),
                                       TEST(test_a_trace_is_found_by_an_index),
                                       TEST(test_receipt_is_found_at_its_order),
                                       TEST(test_taken_number_is_a_conflict),
                                       TEST(test_number_is_taken_when_the_row_is_gone),
                                       TEST(test_orders_without_a_caller_are_many),
                                       TEST(test_number_stays)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
