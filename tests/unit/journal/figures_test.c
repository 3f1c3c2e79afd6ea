/* links: app/journal/ app/core/order/ app/core/terms/ app/base/ */
/* What is open, unknown or unproven is counted; what is neither of the last day nor open is not. */
#include <sqlite3.h>
#include <sys/stat.h>

#include "tests/support/journal_fixture.h"

/* The numbers of the fixture's orders are of 2026-11-20 12:00. */
#define OF_THE_DAY_MS INT64_C(1795150800000)
#define DAYS_LATER_MS (OF_THE_DAY_MS + INT64_C(10) * 86400000)

static struct journal_figures figures_at(struct fixture *fixture, int64_t wall_ms) {
    struct journal_figures figures;
    assert_int_equal(journal_figures(fixture->journal, wall_ms, &figures), JOURNAL_OK);
    return figures;
}

static void keep_order(struct fixture *fixture, struct order *order) {
    assert_int_equal(fixture_write(fixture->journal, order, NOTE_OPENED), JOURNAL_OK);
    free(order);
}

static int64_t all_orders(const struct journal_figures *figures) {
    int64_t sum = 0;
    for (int i = 0; i < ORDER_STATE_COUNT; i++)
        sum += figures->orders[i];
    return sum;
}

static void an_empty_journal_has_nothing_but_a_size(void **state) {
    struct journal_figures figures = figures_at(*state, OF_THE_DAY_MS);
    assert_int_equal(all_orders(&figures), 0);
    assert_int_equal(figures.cases_open, 0);
    assert_int_equal(figures.unknown_since_ms, 0);
    assert_int_equal(figures.unproven_since_ms, 0);
    assert_true(figures.bytes > 0);
}

static void the_oldest_act_that_nobody_knows_of_is_named(void **state) {
    struct fixture *fixture = *state;
    struct order *order = fixture_order(5);
    order->legs[0].state = LEG_PLACE_UNKNOWN;
    keep_order(fixture, order);
    assert_int_equal(figures_at(fixture, OF_THE_DAY_MS).unknown_since_ms, FIXTURE_WALL_MS + 5);
    order = fixture_order(6);
    order->legs[0].state = LEG_PAID;
    order->claims[1].state = CLAIM_CREDIT_UNKNOWN;
    order->claims[1].sent_ms = FIXTURE_WALL_MS - 1000;
    keep_order(fixture, order);
    assert_int_equal(figures_at(fixture, OF_THE_DAY_MS).unknown_since_ms, FIXTURE_WALL_MS - 1000);
}

static void a_credit_without_a_proof_is_named(void **state) {
    struct fixture *fixture = *state;
    struct order *order = fixture_order(7);
    order->legs[0].state = LEG_PAID;
    for (int i = 0; i < 2; i++) {
        order->claims[i].state = CLAIM_DONE;
        order->claims[i].unproven = i == 1;
        order->claims[i].tries = 1;
        order->claims[i].sent_ms = FIXTURE_WALL_MS + i;
    }
    keep_order(fixture, order);
    struct journal_figures figures = figures_at(fixture, OF_THE_DAY_MS);
    assert_int_equal(figures.unproven_since_ms, FIXTURE_WALL_MS + 1);
    assert_int_equal(figures.unknown_since_ms, 0);
}

static void a_case_is_counted_until_somebody_decides(void **state) {
    struct fixture *fixture = *state;
    struct order *order = fixture_order(42);
    fixture_case(order);
    char no[ORDER_NO_SIZE];
    memcpy(no, order->no, sizeof no);
    keep_order(fixture, order);
    assert_int_equal(figures_at(fixture, OF_THE_DAY_MS).cases_open, 1);
    struct journal_decision decision = {
        no, "C00010042", "Wang", "done", RESOLUTION_CREDITED, FIXTURE_WALL_MS, NULL};
    assert_int_equal(journal_resolve(fixture->journal, &decision), JOURNAL_OK);
    assert_int_equal(figures_at(fixture, OF_THE_DAY_MS).cases_open, 0);
}

static void what_is_open_is_counted_on_later_days_too(void **state) {
    struct fixture *fixture = *state;
    keep_order(fixture, fixture_order(1));
    struct journal_figures figures = figures_at(fixture, DAYS_LATER_MS);
    assert_int_equal(all_orders(&figures), 1);
}

/* By their state; a settled one is of its day, and of the next up to its minute. */
static void a_settled_order_is_counted_for_a_day(void **state) {
    struct fixture *fixture = *state;
    struct order *order = fixture_order(1);
    fixture_credit(order);
    keep_order(fixture, order);
    int64_t made_ms = OF_THE_DAY_MS; /* some minutes after its number's */
    struct journal_figures figures = figures_at(fixture, made_ms);
    assert_int_equal(figures.orders[ORDER_CREDITED], 1);
    assert_int_equal(all_orders(&figures), 1);
    figures = figures_at(fixture, DAYS_LATER_MS);
    assert_int_equal(all_orders(&figures), 0);
}

static void a_state_that_nobody_knows_is_not_counted(void **state) {
    struct fixture *fixture = *state;
    sqlite3 *db;
    keep_order(fixture, fixture_order(1));
    assert_int_equal(sqlite3_open(fixture->path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, "UPDATE orders SET state = 'odd'", NULL, NULL, NULL),
                     SQLITE_OK);
    sqlite3_close(db);
    struct journal_figures figures = figures_at(fixture, OF_THE_DAY_MS);
    assert_int_equal(all_orders(&figures), 0);
    assert_true(figures.bytes > 0);
}

static void a_refund_that_nobody_knows_of_is_named(void **state) {
    struct fixture *fixture = *state;
    struct order *order = fixture_order(8);
    fixture_credit(order);
    order->claims[0].state = CLAIM_UNCREDITING;
    order->refund_count = 1;
    order->refunds[0] = (struct refund){.no = "26112012000000010009",
                                        .state = REFUND_UNKNOWN,
                                        .claim = 0,
                                        .amount = {1},
                                        .created_ms = FIXTURE_WALL_MS - 7};
    keep_order(fixture, order);
    assert_int_equal(figures_at(fixture, OF_THE_DAY_MS).unknown_since_ms, FIXTURE_WALL_MS - 7);
}

static int64_t size_of(const char *path, const char *end) {
    char name[128];
    struct stat found;
    snprintf(name, sizeof name, "%s%s", path, end);
    assert_int_equal(stat(name, &found), 0);
    return found.st_size;
}

static void the_size_is_that_of_the_file_and_its_log(void **state) {
    struct fixture *fixture = *state;
    keep_order(fixture, fixture_order(1));
    assert_true(size_of(fixture->path, "-wal") > 0);
    assert_int_equal(figures_at(fixture, OF_THE_DAY_MS).bytes,
                     size_of(fixture->path, "") + size_of(fixture->path, "-wal"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        STORY(an_empty_journal_has_nothing_but_a_size),
        STORY(the_oldest_act_that_nobody_knows_of_is_named),
        STORY(a_credit_without_a_proof_is_named),
        STORY(a_case_is_counted_until_somebody_decides),
        STORY(a_settled_order_is_counted_for_a_day),
        STORY(a_state_that_nobody_knows_is_not_counted),
        STORY(a_refund_that_nobody_knows_of_is_named),
        STORY(the_size_is_that_of_the_file_and_its_log),
        STORY(what_is_open_is_counted_on_later_days_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
