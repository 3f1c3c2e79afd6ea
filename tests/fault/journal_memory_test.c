/* links: tests/sim/vfs*.c app/journal/ app/core/order/ app/core/terms/ app/base/ */
/* SQLite's memory runs out at any single allocation of a journal's life: whatever is asked says so
 * or is done, what was said to be durable is there, and the journal verifies. */
#include "tests/sim/vfs.h"
#include "tests/support/journal_fixture.h"

#include <sqlite3.h>

#define PATH "kiosk.db"
#define ORDERS 3

static sqlite3_mem_methods real;
static int64_t allocations, fails_at; /* 0: none fails */
static char folder[64], copy_path[80];

static bool fails(void) {
    return fails_at != 0 && ++allocations >= fails_at && allocations < fails_at + 3;
}

static void *short_malloc(int size) {
    return fails() ? NULL : real.xMalloc(size);
}

static void *short_realloc(void *memory, int size) {
    return fails() ? NULL : real.xRealloc(memory, size);
}

static bool see_order(void *context, const struct order *order) {
    (void)order;
    ++*(int *)context;
    return true;
}

static bool see_case(void *context, const struct journal_case *found) {
    (void)found;
    ++*(int *)context;
    return true;
}

static bool see_event(void *context, const struct journal_event *event) {
    (void)event;
    ++*(int *)context;
    return true;
}

static void copy_whole_or_not(struct journal *journal) {
    bool copied = journal_backup(journal, copy_path) == JOURNAL_OK;
    assert_int_equal(access(copy_path, F_OK), copied ? 0 : -1);
    unlink(copy_path);
}

/* Everything the program asks of a journal, once. What it answers is looked at only in `good`:
 * the orders of which the last state is durable. */
static void live(struct journal *journal, int good[ORDERS]) {
    static struct order loaded;
    struct journal_finding finding;
    struct fen paid;
    char no[ORDER_NO_SIZE];
    int seen = 0;
    for (int n = 0; n < ORDERS; n++) {
        struct order *order = fixture_order(n);
        good[n] += fixture_write(journal, order, NOTE_OPENED) == JOURNAL_OK;
        if (n == 1)
            fixture_case(order);
        else
            fixture_credit(order);
        if (good[n] == 1)
            good[n] += fixture_write(journal, order, NOTE_CREDITED) == JOURNAL_OK;
        free(order);
    }
    (void)!journal_each_case(journal, NULL, true, see_case, &seen);
    (void)!journal_each_case(journal, "26112012000000010001", false, see_case, &seen);
    (void)!journal_resolve(journal, &(struct journal_decision){"26112012000000010001", "C00010001",
                                                               "who", "why", RESOLUTION_RETURNED,
                                                               FIXTURE_WALL_MS, NULL});
    (void)!journal_print_outcome(journal, "26112012000000010000", false, 0, FIXTURE_WALL_MS);
    (void)!journal_each_open(journal, see_order, &seen);
    (void)!journal_each(journal, 0, 10, see_order, &seen);
    (void)!journal_each_of_patient(journal, &fixture_keys, see_order, &seen);
    (void)!journal_each_event(journal, NULL, see_event, &seen);
    (void)!journal_paid_within(journal, 0, INT64_MAX, NULL, &paid);
    (void)!journal_paid_within(journal, 0, INT64_MAX, &fixture_keys, &paid);
    (void)!journal_load(journal, "26112012000000010000", &loaded);
    (void)!journal_last_no(journal, no);
    (void)!journal_verify(journal, &finding);
    copy_whole_or_not(journal);
    (void)!journal_checkpoint(journal);
    (void)!journal_wash(journal);
    (void)!journal_wash(journal);
}

static enum journal_result open_journal(bool read_only, struct journal **out) {
    struct journal_options options = {
        .path = PATH, .terminal_id = "K1", .vfs = "memory", .read_only = read_only};
    return journal_open(&options, out);
}

static void expect_kept(const int good[ORDERS]) {
    static struct order loaded;
    struct journal_finding finding;
    struct journal *journal;
    assert_int_equal(open_journal(false, &journal), JOURNAL_OK);
    assert_int_equal(journal_verify(journal, &finding), JOURNAL_OK);
    assert_true(finding.good);
    for (int n = 0; n < ORDERS; n++) {
        struct order *order = fixture_order(n);
        enum journal_result result = journal_load(journal, order->no, &loaded);
        assert_true(good[n] == 0 || result == JOURNAL_OK);
        if (good[n] == 2)
            assert_int_equal(loaded.legs[0].state, LEG_PAID);
        free(order);
    }
    journal_close(journal);
}

/* Made once, for all that are opened before memory runs out. */
static void keep_new_journal(struct vfs *vfs) {
    struct journal *journal;
    vfs_reset(vfs, 1);
    assert_int_equal(open_journal(false, &journal), JOURNAL_OK);
    vfs_keep(vfs);
    journal_close(journal);
}

/* Before and while the journal is opened, or only after: what is prepared on first use comes later.
 */
static bool one_failure(struct vfs *vfs, int64_t at, bool opened_before) {
    struct journal *journal = NULL;
    int good[ORDERS] = {0};
    if (opened_before)
        vfs_recall(vfs, 1);
    else
        vfs_reset(vfs, 1);
    allocations = 0;
    fails_at = opened_before ? 0 : at;
    enum journal_result result = open_journal(false, &journal);
    fails_at = at;
    assert_true((result == JOURNAL_OK) == (journal != NULL));
    if (journal) {
        live(journal, good);
        journal_close(journal);
    }
    bool reached = allocations >= at;
    if (open_journal(true, &journal) == JOURNAL_OK) {
        live(journal, (int[ORDERS]){0});
        journal_close(journal);
    }
    fails_at = 0;
    expect_kept(good);
    return reached;
}

static void memory_runs_out_at_every_allocation(void **state) {
    struct vfs *vfs = *state;
    int64_t at = 1;
    while (at < 100000 && one_failure(vfs, at, false))
        at += 1 + at / 100;
    assert_in_range(at, 500, 99999);
    keep_new_journal(vfs);
    for (at = 1; one_failure(vfs, at, true);)
        at += 1 + at / 100;
}

/* ---- what is asked is told whole, or that it cannot be told ---- */
typedef enum journal_result asking(struct journal *journal, int *value);

static enum journal_result ask_paid(struct journal *journal, int *value) {
    struct fen paid = {0};
    enum journal_result result = journal_paid_within(journal, FIXTURE_WALL_MS - 1000,
                                                     FIXTURE_WALL_MS + 20000, &fixture_keys, &paid);
    *value = (int)paid.fen;
    return result;
}

static enum journal_result ask_orders(struct journal *journal, int *value) {
    return journal_each(journal, 0, 10, see_order, value);
}

static enum journal_result ask_open(struct journal *journal, int *value) {
    return journal_each_open(journal, see_order, value);
}

static enum journal_result ask_patient(struct journal *journal, int *value) {
    return journal_each_of_patient(journal, &fixture_keys, see_order, value);
}

static enum journal_result ask_cases(struct journal *journal, int *value) {
    return journal_each_case(journal, NULL, true, see_case, value);
}

static enum journal_result ask_events(struct journal *journal, int *value) {
    return journal_each_event(journal, "26112012000000010001", see_event, value);
}

static enum journal_result ask_due(struct journal *journal, int *value) {
    static struct due_order due;
    struct journal_due_ask ask = {.wall_ms = FIXTURE_WALL_MS};
    enum journal_result result = journal_fetch_due(journal, &ask, &due);
    *value = due.found;
    return result;
}

static enum journal_result ask_held(struct journal *journal, int *value) {
    static struct bill_list bills;
    bills = (struct bill_list){.bill_count = 1};
    strcpy(bills.bills[0].org_trace_no, "B0002-0");
    enum journal_result result = journal_mark_held(journal, &bills);
    *value = bills.bills[0].hold != BILL_FREE;
    return result;
}

static enum journal_result ask_figures(struct journal *journal, int *value) {
    struct journal_figures figures;
    enum journal_result result = journal_figures(journal, FIXTURE_WALL_MS, &figures);
    *value = (int)figures.cases_open;
    for (int i = 0; i < ORDER_STATE_COUNT; i++)
        *value += 10 * (int)figures.orders[i];
    return result;
}

static enum journal_result ask_proof(struct journal *journal, int *value) {
    struct journal_finding finding;
    enum journal_result result = journal_verify(journal, &finding);
    *value = finding.good ? (int)finding.orders : -1;
    return result;
}

static enum journal_result decide(struct journal *journal, int *value) {
    *value = 1;
    return journal_resolve(journal, &(struct journal_decision){"26112012000000010001", "C00010001",
                                                               "who", "why", RESOLUTION_RETURNED,
                                                               FIXTURE_WALL_MS, NULL});
}

static void begin_life(struct vfs *vfs) {
    struct journal *journal;
    vfs_reset(vfs, 1);
    assert_int_equal(open_journal(false, &journal), JOURNAL_OK);
    for (int n = 0; n < ORDERS; n++) {
        struct order *order = fixture_order(n);
        assert_int_equal(fixture_write(journal, order, NOTE_OPENED), JOURNAL_OK);
        if (n == 1)
            fixture_case(order);
        if (n == 2)
            fixture_credit(order);
        assert_int_equal(fixture_write(journal, order, NOTE_RESUMED), JOURNAL_OK);
        free(order);
    }
    journal_close(journal);
}

/* False: nothing failed any more. */
static bool ask_once(asking *ask, int64_t at, int expected) {
    struct journal *journal;
    int value = 0;
    assert_int_equal(open_journal(false, &journal), JOURNAL_OK);
    allocations = 0;
    fails_at = at;
    enum journal_result result = ask(journal, &value);
    fails_at = 0;
    journal_close(journal);
    if (result == JOURNAL_OK)
        assert_int_equal(value, expected);
    return allocations >= at;
}

static void what_is_asked_is_told_whole_or_not_at_all(void **state) {
    static const struct {
        asking *ask;
        int expected;
    } rows[] = {{ask_paid, 3 * 16450}, {ask_orders, 3}, {ask_open, 1}, {ask_patient, 3},
                {ask_cases, 1},        {ask_events, 2}, {ask_due, 1},  {ask_held, 1},
                {ask_figures, 31},     {ask_proof, 3},  {decide, 1}};
    begin_life(*state);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        int64_t at = 1;
        while (ask_once(rows[i].ask, at, rows[i].expected))
            at++;
        assert_true(at > 1);
    }
}

static int set_up(void **state) {
    sqlite3_mem_methods methods;
    assert_int_equal(sqlite3_shutdown(), SQLITE_OK);
    assert_int_equal(sqlite3_config(SQLITE_CONFIG_GETMALLOC, &real), SQLITE_OK);
    methods = real;
    methods.xMalloc = short_malloc;
    methods.xRealloc = short_realloc;
    assert_int_equal(sqlite3_config(SQLITE_CONFIG_MALLOC, &methods), SQLITE_OK);
    assert_int_equal(sqlite3_config(SQLITE_CONFIG_LOOKASIDE, 0, 0), SQLITE_OK);
    assert_int_equal(sqlite3_initialize(), SQLITE_OK);
    snprintf(folder, sizeof folder, "%s/journal_memory_test.XXXXXX",
             access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
    assert_non_null(mkdtemp(folder));
    snprintf(copy_path, sizeof copy_path, "%s/copy.db", folder);
    *state = vfs_create("memory", 1);
    return 0;
}

static int tear_down(void **state) {
    rmdir(folder);
    vfs_destroy(*state);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(memory_runs_out_at_every_allocation),
        cmocka_unit_test(what_is_asked_is_told_whole_or_not_at_all),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
