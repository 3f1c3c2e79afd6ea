/* links: app/journal/ app/core/order/ app/core/terms/ app/base/ */
/* An order that cannot be read is one case, once, with what stands of its rows; the others go on.
 */
#include "tests/support/journal_look.h"

#define MANY 40 /* more than are noted at once */

static void open_orders(struct fixture *fixture, int count) {
    for (int n = 1; n <= count; n++) {
        struct order *order = fixture_order(n);
        assert_int_equal(fixture_write(fixture->journal, order, NOTE_OPENED), JOURNAL_OK);
        free(order);
    }
}

static int64_t cases(struct fixture *fixture) {
    return fixture_number(fixture, "SELECT count(*) FROM cases WHERE reason = 'unreadable'");
}

static int undecided(struct fixture *fixture) {
    int count = -1;
    assert_int_equal(journal_count_undecided(fixture->journal, &count), JOURNAL_OK);
    return count;
}

static int isolated(struct fixture *fixture) {
    int count = -1;
    assert_int_equal(journal_isolate(fixture->journal, FIXTURE_WALL_MS + 9, &count), JOURNAL_OK);
    return count;
}

static void each_of_many_is_one_case_once(void **state) {
    struct fixture *fixture = *state;
    struct fixture_seen seen = {0};
    open_orders(fixture, MANY + 1);
    assert_int_equal(isolated(fixture), 0);
    sqlite3 *db;
    assert_int_equal(sqlite3_open(fixture->path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db,
                                  "UPDATE legs SET state = 'nonsense' WHERE order_no <>"
                                  " (SELECT max(order_no) FROM orders)",
                                  NULL, NULL, NULL),
                     SQLITE_OK);
    assert_int_equal(sqlite3_changes(db), MANY);
    sqlite3_close(db);
    for (int again = 0; again < 2; again++) {
        assert_int_equal(isolated(fixture), MANY);
        assert_int_equal(cases(fixture), MANY);
        assert_int_equal(fixture_number(fixture, "SELECT count(DISTINCT order_no) FROM cases"),
                         MANY);
    }
    assert_int_equal(journal_each_open(fixture->journal, fixture_see, &seen), JOURNAL_CORRUPT);
}

/* What a person needs to decide, and nothing of the patient's numbers. */
static void its_case_holds_what_stands_of_its_rows(void **state) {
    struct fixture *fixture = *state;
    open_orders(fixture, 2);
    assert_int_equal(fixture_number(fixture, "UPDATE legs SET state = 'nonsense' WHERE order_no ="
                                             " (SELECT min(order_no) FROM orders) RETURNING 1"),
                     1);
    assert_int_equal(undecided(fixture), 1); /* looked at only */
    assert_int_equal(cases(fixture), 0);
    for (int again = 0; again < 2; again++) {
        assert_int_equal(isolated(fixture), 1);
        assert_int_equal(undecided(fixture), 1);
        assert_int_equal(cases(fixture), 1);
    }
#define EVIDENCE(what) "SELECT " what " FROM order_events WHERE note = 'case'"
    assert_int_equal(
        fixture_number(fixture, EVIDENCE("json_extract(evidence, '$.\"legs/0\".state') = 'nonsense'"
                                         " AND json_extract(evidence, '$.\"legs/0\".amount_fen')"
                                         " = 16450")),
        1);
    assert_int_equal(
        fixture_number(fixture, EVIDENCE("json_extract(evidence, '$.\"claims/1\".amount_fen')")),
        3600);
    assert_int_equal(
        fixture_number(fixture, EVIDENCE("json_extract(evidence, '$.orders.service') = 'bills'")),
        1);
    assert_int_equal(
        fixture_number(fixture,
                       EVIDENCE("json_extract(evidence, '$.unreadable') GLOB '*legs of order*'")),
        1);
    assert_int_equal(fixture_number(fixture, EVIDENCE("instr(evidence, '11010519491231002X')"
                                                      " + instr(evidence, 'C10000001')")),
                     0);
    assert_int_equal(fixture_number(fixture, "SELECT opened_ms FROM cases"), FIXTURE_WALL_MS + 9);
    assert_int_equal(
        fixture_number(fixture, EVIDENCE("json_extract(payload, '$.about') = 'order'")), 1);
}

/* What it holds stands there; earlier cases and prints are found where they are. */
static void its_case_does_not_repeat_cases_and_prints(void **state) {
    struct fixture *fixture = *state;
    struct order *order = fixture_order(1);
    assert_int_equal(fixture_open_order(fixture->journal, order, NULL), JOURNAL_OK);
    fixture_case(order);
    order->claims[0] = (struct claim){.amount = order->claims[0].amount};
    memcpy(order->claims[0].org_trace_no, "B0001-0", sizeof "B0001-0");
    assert_int_equal(fixture_write(fixture->journal, order, NOTE_CASE), JOURNAL_OK);
    assert_int_equal(journal_print_outcome(fixture->journal, order->no, false, PRINT_DONE, 5),
                     JOURNAL_OK);
    assert_int_equal(fixture_number(fixture, "UPDATE legs SET state = 'x' RETURNING 1"), 1);
    assert_int_equal(isolated(fixture), 1);
#define OF_IT(part)                                                                                \
    "SELECT json_type(evidence, '$.\"" part "\"') = 'object' FROM order_events"                    \
    " ORDER BY number DESC LIMIT 1"
    assert_int_equal(fixture_number(fixture, OF_IT("holds/0")), 1);
    assert_int_equal(fixture_number(fixture, OF_IT("cases/1")), 0);
    assert_int_equal(fixture_number(fixture, OF_IT("outbox/1")), 0);
    free(order);
}

/* Who is told of damaged orders is told on afterwards. */
static bool note_told(void *context, const char *order_no, const char *why) {
    (void)order_no, (void)why;
    ++*(int *)context;
    return true;
}

static void who_is_told_of_them_is_told_on(void **state) {
    struct fixture *fixture = *state;
    struct fixture_seen seen = {0};
    int told = 0;
    open_orders(fixture, 1);
    assert_int_equal(fixture_number(fixture, "UPDATE legs SET state = 'x' RETURNING 1"), 1);
    journal_on_unreadable(fixture->journal, note_told, &told);
    assert_int_equal(isolated(fixture), 1);
    assert_int_equal(told, 0);
    assert_int_equal(journal_each_open(fixture->journal, fixture_see, &seen), JOURNAL_OK);
    assert_int_equal(told, 1);
    journal_on_unreadable(fixture->journal, NULL, NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        STORY(each_of_many_is_one_case_once),
        STORY(its_case_holds_what_stands_of_its_rows),
        STORY(its_case_does_not_repeat_cases_and_prints),
        STORY(who_is_told_of_them_is_told_on),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
