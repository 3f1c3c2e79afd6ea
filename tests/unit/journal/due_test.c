/* links: app/journal/ app/core/order/ app/core/terms/ app/base/ */
/* Which open order is asked about next: no one is forgotten, also by a restart. */
#include "tests/support/journal_look.h"

#define NOW FIXTURE_WALL_MS

struct fetched {
    char no[ORDER_NO_SIZE]; /* "": none is due */
    int64_t next_ms;
    bool undecided;
};

static bool all_due; /* the next fetch makes everything due */

static struct fetched fetch(struct fixture *fixture, int64_t wall_ms, const char *known) {
    static struct due_order due;
    char numbers[1][ORDER_NO_SIZE] = {""};
    struct journal_due_ask ask = {.wall_ms = wall_ms,
                                  .all = all_due,
                                  .known_count = known != NULL,
                                  .known = (const char(*)[ORDER_NO_SIZE])numbers};
    struct fetched out = {"", 0, false};
    snprintf(numbers[0], sizeof numbers[0], "%s", known != NULL ? known : "");
    assert_int_equal(journal_fetch_due(fixture->journal, &ask, &due), JOURNAL_OK);
    out.next_ms = due.next_ms;
    out.undecided = due.undecided;
    if (due.found)
        memcpy(out.no, due.order.no, sizeof out.no);
    return out;
}

static void open_orders(struct fixture *fixture, int count) {
    for (int n = 1; n <= count; n++) {
        struct order *order = fixture_order(n);
        assert_int_equal(fixture_write(fixture->journal, order, NOTE_OPENED), JOURNAL_OK);
        free(order);
    }
}

static void an_open_order_is_due_until_it_is_set_aside(void **state) {
    struct fixture *fixture = *state;
    open_orders(fixture, 1);
    struct fetched first = fetch(fixture, NOW, NULL);
    assert_true(first.no[0] != '\0');
    assert_true(first.next_ms == INT64_MAX);
    fixture_reopen(fixture);
    assert_string_equal(fetch(fixture, NOW, NULL).no, first.no);
    assert_string_equal(fetch(fixture, NOW, first.no).no, ""); /* the asker has it */
    assert_int_equal(journal_set_due(fixture->journal, first.no, NOW + 600000), JOURNAL_OK);
    fixture_reopen(fixture);
    struct fetched later = fetch(fixture, NOW + 599999, NULL);
    assert_string_equal(later.no, "");
    assert_int_equal(later.next_ms, NOW + 600000);
    assert_string_equal(fetch(fixture, NOW + 600000, NULL).no, first.no);
    all_due = true; /* the clock was set, or the program has started */
    assert_string_equal(fetch(fixture, NOW, NULL).no, first.no);
    all_due = false;
}

static void who_waits_longest_comes_first(void **state) {
    static const int64_t due[] = {300, 100, 200};
    struct fixture *fixture = *state;
    open_orders(fixture, 3);
    char numbers[3][ORDER_NO_SIZE];
    for (int i = 0; i < 3; i++) {
        struct order *order = fixture_order(i + 1);
        memcpy(numbers[i], order->no, ORDER_NO_SIZE);
        assert_int_equal(journal_set_due(fixture->journal, order->no, NOW + due[i]), JOURNAL_OK);
        free(order);
    }
    struct fetched first = fetch(fixture, NOW + 250, NULL);
    assert_string_equal(first.no, numbers[1]);
    assert_int_equal(first.next_ms, NOW + 200);
    assert_string_equal(fetch(fixture, NOW + 250, numbers[1]).no, numbers[2]);
    assert_int_equal(fetch(fixture, NOW + 250, numbers[1]).next_ms, NOW + 300);
}

static void what_is_settled_is_due_no_more(void **state) {
    struct fixture *fixture = *state;
    open_orders(fixture, 1);
    struct order *order = fixture_order(1);
    order->legs[0].state = LEG_DECLINED;
    for (int i = 0; i < order->claim_count; i++)
        order->claims[i].state = CLAIM_VOID;
    assert_int_equal(fixture_write(fixture->journal, order, NOTE_DECLINED), JOURNAL_OK);
    struct fetched none = fetch(fixture, INT64_MAX - 1, NULL);
    assert_string_equal(none.no, "");
    assert_true(none.next_ms == INT64_MAX);
    free(order);
}

static bool count_case(void *count, const struct journal_case *found) {
    (void)found;
    ++*(int *)count;
    return true;
}

/* The others go on; a person is told of it. */
static void one_that_is_damaged_becomes_a_case_and_is_passed_over(void **state) {
    struct fixture *fixture = *state;
    int cases = 0;
    open_orders(fixture, 2);
    struct order *first = fixture_order(1), *second = fixture_order(2);
    assert_int_equal(fixture_number(fixture, "UPDATE legs SET state = 'nonsense' WHERE order_no ="
                                             " (SELECT min(order_no) FROM orders) RETURNING 1"),
                     1);
    struct fetched passed = fetch(fixture, NOW, NULL);
    assert_string_equal(passed.no, second->no);
    assert_true(passed.undecided);
    for (int twice = 0; twice < 2; twice++, all_due = !all_due)
        assert_string_equal(fetch(fixture, NOW, NULL).no, second->no);
    assert_int_equal(journal_each_case(fixture->journal, first->no, true, count_case, &cases),
                     JOURNAL_OK);
    assert_int_equal(cases, 1);
    free(first);
    free(second);
}

/* Once somebody has decided about it nobody is told of it again; it stays passed over. */
static void one_that_is_damaged_and_decided_is_told_of_no_more(void **state) {
    struct fixture *fixture = *state;
    open_orders(fixture, 2);
    struct order *first = fixture_order(1), *second = fixture_order(2);
    char case_no[ORDER_CASE_NO_SIZE];
    assert_int_equal(fixture_number(fixture, "UPDATE legs SET state = 'nonsense' WHERE order_no ="
                                             " (SELECT min(order_no) FROM orders) RETURNING 1"),
                     1);
    int undecided = 0;
    assert_int_equal(journal_isolate(fixture->journal, NOW, &undecided), JOURNAL_OK);
    assert_int_equal(undecided, 1); /* seen at the start, before it was due */
    struct journal_decision decision = {first->no,    order_case_no(first, case_no), "Li",
                                        "never paid", RESOLUTION_NO_MONEY,           NOW,
                                        NULL};
    assert_int_equal(journal_resolve(fixture->journal, &decision), JOURNAL_OK);
    struct fetched passed = fetch(fixture, NOW, NULL);
    assert_string_equal(passed.no, second->no);
    assert_false(passed.undecided);
    assert_string_equal(fetch(fixture, NOW, NULL).no, second->no);
    free(first);
    free(second);
}

static struct order *deposit(int n, enum claim_state state) {
    struct order *order = fixture_order(n);
    order->service = SERVICE_DEPOSIT;
    order->claim_count = 1;
    order->legs[0].amount = order->claims[0].amount;
    order->claims[0].state = state;
    order->share_count = 0;
    one_leg_pays(order);
    return order;
}

/* That nobody pays a second deposit while the first is unknown is a rule of the journal: memory
 * forgets it at a restart. */
static void a_second_deposit_waits_for_the_first(void **state) {
    struct fixture *fixture = *state;
    struct order *first = deposit(1, CLAIM_WAITING), *second = deposit(2, CLAIM_WAITING);
    snprintf(second->claims[0].org_trace_no, TRACE_NO_SIZE, "another");
    assert_int_equal(fixture_open_order(fixture->journal, first, NULL), JOURNAL_OK);
    fixture_reopen(fixture);
    assert_int_equal(fixture_open_order(fixture->journal, second, NULL), JOURNAL_CONFLICT);
    struct patient_keys keys = second->person.keys;
    second->person.keys = (struct patient_keys){.id = "9999", .cust = "c99"};
    assert_int_equal(fixture_open_order(fixture->journal, second, NULL),
                     JOURNAL_OK); /* somebody else's */
    struct order *third = deposit(3, CLAIM_WAITING);
    third->person.keys = keys;
    snprintf(third->claims[0].org_trace_no, TRACE_NO_SIZE, "a third");
    first->legs[0].state = LEG_PAID;
    first->legs[0].paid_ms = NOW;
    first->claims[0].state = CLAIM_CASE;
    first->claims[0].reason = CASE_CREDIT_UNKNOWN;
    assert_int_equal(fixture_write(fixture->journal, first, NOTE_CASE), JOURNAL_OK);
    assert_int_equal(fixture_open_order(fixture->journal, third, NULL), JOURNAL_CONFLICT);
    char case_no[ORDER_CASE_NO_SIZE];
    assert_int_equal(
        journal_resolve(fixture->journal,
                        &(struct journal_decision){first->no, order_case_no(first, case_no), "Li",
                                                   "booked", RESOLUTION_RETURNED, NOW, NULL}),
        JOURNAL_OK);
    assert_int_equal(fixture_open_order(fixture->journal, third, NULL), JOURNAL_OK);
    free(first);
    free(second);
    free(third);
}

/* Who calls the desk names each payment by a number, however short: that is what is paid once. */
static void a_deposit_of_a_caller_waits_for_none(void **state) {
    struct fixture *fixture = *state;
    struct order *first = deposit(1, CLAIM_WAITING), *second = deposit(2, CLAIM_WAITING);
    snprintf(second->claims[0].org_trace_no, TRACE_NO_SIZE, "another");
    strcpy(second->caller_no, "7");
    assert_int_equal(fixture_open_order(fixture->journal, first, NULL), JOURNAL_OK);
    assert_int_equal(fixture_open_order(fixture->journal, second, NULL), JOURNAL_OK);
    free(first);
    free(second);
}

/* Whether it was paid a person has found out: the same person may pay another. */
static void a_payment_that_a_person_has_decided_about_stops_no_deposit(void **state) {
    struct fixture *fixture = *state;
    struct order *first = deposit(1, CLAIM_WAITING), *second = deposit(2, CLAIM_WAITING);
    char case_no[ORDER_CASE_NO_SIZE];
    snprintf(second->claims[0].org_trace_no, TRACE_NO_SIZE, "another");
    assert_int_equal(fixture_open_order(fixture->journal, first, NULL), JOURNAL_OK);
    first->legs[0].state = LEG_CASE;
    first->legs[0].reason = CASE_PAYMENT_UNKNOWN;
    assert_int_equal(fixture_write(fixture->journal, first, NOTE_CASE), JOURNAL_OK);
    assert_int_equal(fixture_open_order(fixture->journal, second, NULL), JOURNAL_CONFLICT);
    struct journal_decision decision = {first->no,    order_case_no(first, case_no), "Li",
                                        "never paid", RESOLUTION_NO_MONEY,           NOW,
                                        NULL};
    assert_int_equal(journal_resolve(fixture->journal, &decision), JOURNAL_OK);
    assert_int_equal(fixture_open_order(fixture->journal, second, NULL), JOURNAL_OK);
    free(first);
    free(second);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        STORY(an_open_order_is_due_until_it_is_set_aside),
        STORY(who_waits_longest_comes_first),
        STORY(what_is_settled_is_due_no_more),
        STORY(one_that_is_damaged_becomes_a_case_and_is_passed_over),
        STORY(one_that_is_damaged_and_decided_is_told_of_no_more),
        STORY(a_deposit_of_a_caller_waits_for_none),
        STORY(a_second_deposit_waits_for_the_first),
        STORY(a_payment_that_a_person_has_decided_about_stops_no_deposit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
