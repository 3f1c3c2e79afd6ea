/* links: tests/sim/vfs*.c app/journal/ app/core/order/ app/core/terms/ app/base/ */
/* Rows of one order are damaged: it is a case until a person decides, the others go on. */
#include "tests/fault/damaged_journal.h"

struct seen {
    int shown, told;
    char why[256];
};

static bool count_shown(void *context, const struct order *order) {
    struct seen *seen = context;
    (void)order;
    seen->shown++;
    return true;
}

static bool count_told(void *context, const char *order_no, const char *why) {
    struct seen *seen = context;
    assert_string_equal(order_no, "26112012000000010001");
    snprintf(seen->why, sizeof seen->why, "%s", why);
    seen->told++;
    return true;
}

/* Orders 1, 4 and 5 are open; the first of them is damaged. */
static void live_with_open_ones(struct fixture *fixture) {
    live(fixture->journal);
    for (int i = 4; i <= 5; i++) {
        struct order *order = fixture_order(i);
        assert_int_equal(fixture_write(fixture->journal, order, NOTE_OPENED), JOURNAL_OK);
        free(order);
    }
}

#define OF_FIRST " WHERE order_no = '26112012000000010001'"
static const char *const damages[] = {
    "UPDATE legs SET state = 'nonsense'" OF_FIRST,
    "UPDATE legs SET amount_fen = amount_fen + 1" OF_FIRST,
    "UPDATE claims SET org_trace_no = org_trace_no || char(0) || 'x'" OF_FIRST,
    "UPDATE claims SET n = 7" OF_FIRST " AND n = 1",
    "UPDATE retry SET cert_no = printf('%50d', 1)" OF_FIRST,
    "UPDATE orders SET account_type = 'x'" OF_FIRST,
    "DELETE FROM retry" OF_FIRST,
    "PRAGMA foreign_keys = OFF; DELETE FROM orders" OF_FIRST,
    "DELETE FROM shares" OF_FIRST,
};

static void one_damaged_order_stops_no_other(void **state) {
    for (size_t i = 0; i < sizeof damages / sizeof *damages; i++) {
        assert_int_equal(fixture_set_up(state), 0);
        struct fixture *fixture = *state;
        struct seen seen = {0};
        live_with_open_ones(fixture);
        assert_true(change(fixture->path, damages[i]));
        journal_on_unreadable(fixture->journal, count_told, &seen);
        if (journal_each_open(fixture->journal, count_shown, &seen) != JOURNAL_OK ||
            seen.shown != 2 || seen.told != 1)
            fail_msg("%s: %d shown, %d told", damages[i], seen.shown, seen.told);
        assert_true(seen.why[0] != '\0');
        fixture_tear_down(state);
    }
}

static bool keep_case(void *context, const struct journal_case *found) {
    struct journal_case *kept = context;
    assert_string_equal(found->order_no, "26112012000000010001");
    assert_string_equal(found->case_no, "C00010001");
    *kept = *found;
    return true;
}

static bool keep_evidence(void *context, const struct journal_event *event) {
    if (!strcmp(event->note, "case"))
        snprintf(context, 4096, "%s", event->evidence);
    return true;
}

static int undecided_in(struct journal *journal) {
    int undecided = -1;
    assert_int_equal(journal_count_undecided(journal, &undecided), JOURNAL_OK);
    return undecided;
}

static void a_damaged_order_is_a_case_until_a_person_decides(void **state) {
    for (size_t i = 0; i < sizeof damages / sizeof *damages; i++) {
        assert_int_equal(fixture_set_up(state), 0);
        struct fixture *fixture = *state;
        struct journal *journal = fixture->journal;
        struct journal_case found = {0};
        char evidence[4096] = "";
        int undecided = 0;
        live_with_open_ones(fixture);
        assert_true(change(fixture->path, damages[i]));
        for (int again = 0; again < 2; again++) { /* a second start makes no second case */
            assert_int_equal(journal_isolate(journal, FIXTURE_WALL_MS, &undecided), JOURNAL_OK);
            assert_int_equal(undecided, 1);
        }
        assert_int_equal(
            journal_each_case(journal, "26112012000000010001", true, keep_case, &found),
            JOURNAL_OK);
        assert_int_equal(found.reason, CASE_UNREADABLE);
        assert_int_equal(
            journal_each_event(journal, "26112012000000010001", keep_evidence, evidence),
            JOURNAL_OK);
        assert_non_null(strstr(evidence, "{\"unreadable\":\""));
        assert_null(strstr(evidence, "11010519491231002X"));
        assert_int_equal(undecided_in(journal), 1);
        assert_int_equal(
            journal_resolve(journal, &(struct journal_decision){"26112012000000010001", "C00010001",
                                                                "A", "b", RESOLUTION_RETURNED,
                                                                FIXTURE_WALL_MS, NULL}),
            JOURNAL_OK);
        assert_int_equal(undecided_in(journal), 0);
        assert_int_equal(journal_isolate(journal, FIXTURE_WALL_MS, &undecided), JOURNAL_OK);
        assert_int_equal(undecided, 0);
        fixture_tear_down(state);
    }
}

static bool count_open(void *context, const struct journal_case *found) {
    assert_string_equal(found->order_no, ORDER_NO);
    assert_string_equal(found->case_no, "C00010002");
    assert_false(found->resolved);
    ++*(int *)context;
    return true;
}

static void a_damaged_case_is_shown_and_resolved(void **state) {
    static const char *const changes[] = {
        "UPDATE cases SET reason = 'nonsense'", "UPDATE cases SET state = 'x'",
        "UPDATE cases SET part = printf('%60d', 1)", "UPDATE cases SET case_no = 'C' || char(0)"};
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        assert_int_equal(fixture_set_up(state), 0);
        struct fixture *fixture = *state;
        int count = 0;
        live(fixture->journal);
        assert_true(change(fixture->path, changes[i]));
        assert_int_equal(journal_each_case(fixture->journal, NULL, true, count_open, &count),
                         JOURNAL_OK);
        assert_int_equal(count, 1);
        assert_int_equal(ask_resolve(fixture->journal), JOURNAL_OK);
        assert_int_equal(journal_each_case(fixture->journal, NULL, true, count_open, &count),
                         JOURNAL_OK);
        assert_int_equal(count, 1);
        fixture_tear_down(state);
    }
}

#define STORY(name) cmocka_unit_test_setup_teardown(name, fixture_set_up, fixture_tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_damaged_order_stops_no_other),
        cmocka_unit_test(a_damaged_order_is_a_case_until_a_person_decides),
        cmocka_unit_test(a_damaged_case_is_shown_and_resolved),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
