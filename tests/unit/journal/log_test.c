/* links: app/journal/ app/core/order/ app/core/terms/ app/base/ */
/* The log of a journal that is never idle. */
#include <sys/stat.h>

#include "tests/support/journal_look.h"

#define BYTES_MAX (24 << 20) /* 4000 pages, and some that came before they were moved */

static int64_t log_bytes(struct fixture *fixture) {
    char name[128];
    struct stat found;
    snprintf(name, sizeof name, "%s-wal", fixture->path);
    return stat(name, &found) == 0 ? found.st_size : 0;
}

/* Nobody waits for the disk to move it all, and it does not fill the disk either. */
static void a_log_is_moved_before_it_fills_the_disk(void **state) {
    struct fixture *fixture = *state;
    struct journal_finding finding;
    int64_t longest = 0;
    for (int n = 1; n <= 600; n++) {
        struct order *order = fixture_order(n);
        assert_int_equal(fixture_write(fixture->journal, order, NOTE_OPENED), JOURNAL_OK);
        free(order);
        longest = log_bytes(fixture) > longest ? log_bytes(fixture) : longest;
    }
    assert_true(longest > BYTES_MAX / 2); /* it was not moved after every write */
    assert_true(longest < BYTES_MAX);
    assert_int_equal(journal_verify(fixture->journal, &finding), JOURNAL_OK);
    assert_true(finding.good);
    assert_int_equal(finding.orders, 600);
}

static void copy_file(const char *from, const char *end, const char *to) {
    static char bytes[1 << 20];
    char name[160];
    snprintf(name, sizeof name, "%s%s", from, end);
    FILE *file = fopen(name, "rb");
    assert_non_null(file);
    size_t length = fread(bytes, 1, sizeof bytes, file);
    fclose(file);
    snprintf(name, sizeof name, "%s%s", to, end);
    file = fopen(name, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, length, file), length);
    fclose(file);
}

static void settle_order(struct fixture *fixture, int n) {
    struct order *order = fixture_order(n);
    assert_int_equal(fixture_write(fixture->journal, order, NOTE_OPENED), JOURNAL_OK);
    fixture_credit(order);
    assert_int_equal(fixture_write(fixture->journal, order, NOTE_CREDITED), JOURNAL_OK);
    free(order);
}

/* The files as they stand when the program dies: the next one washes what it left. */
static void what_a_killed_program_left_is_washed(void **state) {
    static const char *const ends[] = {"", "-wal", "-shm", ".identity"};
    struct fixture *fixture = *state, left = *fixture;
    char log[128], name[128];
    settle_order(fixture, 1);
    snprintf(left.path, sizeof left.path, "%s/left.db", fixture->folder);
    snprintf(log, sizeof log, "%s-wal", left.path);
    copy_file(fixture->path, "", left.path);
    copy_file(fixture->path, "-wal", left.path);
    assert_true(fixture_file_holds(log, "11010519491231002X"));
    fixture_open(&left);
    assert_int_equal(journal_wash(left.journal), JOURNAL_OK);
    assert_false(fixture_file_holds(log, "11010519491231002X"));
    journal_close(left.journal);
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        snprintf(name, sizeof name, "%s%s", left.path, ends[i]);
        unlink(name);
    }
}

/* Each log of SQLite's begins with a salt of its own. */
static void read_salt(const struct fixture *fixture, unsigned char salt[32]) {
    char log[128];
    snprintf(log, sizeof log, "%s-wal", fixture->path);
    FILE *file = fopen(log, "rb");
    assert_non_null(file);
    assert_int_equal(fread(salt, 1, 32, file), 32);
    fclose(file);
}

static void a_washed_log_is_left_alone(void **state) {
    struct fixture *fixture = *state;
    unsigned char washed[32], again[32];
    settle_order(fixture, 1);
    assert_int_equal(journal_wash(fixture->journal), JOURNAL_OK);
    read_salt(fixture, washed);
    assert_int_equal(journal_wash(fixture->journal), JOURNAL_OK);
    read_salt(fixture, again);
    assert_memory_equal(washed, again, sizeof washed);
    struct order *order = fixture_order(2);
    fixture_credit(order); /* nobody's numbers were ever there */
    assert_int_equal(fixture_write(fixture->journal, order, NOTE_CREDITED), JOURNAL_OK);
    free(order);
    read_salt(fixture, washed);
    assert_int_equal(journal_wash(fixture->journal), JOURNAL_OK);
    read_salt(fixture, again);
    assert_memory_equal(washed, again, sizeof washed);
}

static bool enough_orders(void *context, const struct order *order) {
    (void)context, (void)order;
    return false;
}

static bool enough_cases(void *context, const struct journal_case *found) {
    (void)context, (void)found;
    return false;
}

static bool enough_events(void *context, const struct journal_event *event) {
    (void)context, (void)event;
    return false;
}

static bool enough_hashes(void *context, const struct journal_event *event, const char *hash) {
    (void)context, (void)event, (void)hash;
    return false;
}

static bool enough_shifts(void *context, const struct journal_shift *shift) {
    (void)context, (void)shift;
    return false;
}

#define READS(name, call)                                                                          \
    static enum journal_result name(struct journal *journal) {                                     \
        return call;                                                                               \
    }
#define ORDER_1 "26112012000000010001"

READS(reads_found, journal_found(journal, JOURNAL_FOUND_BY_VISIT, &(int64_t){0}))
READS(reads_lock, journal_staff_lock(journal, &(struct journal_staff_lock){0}))
READS(reads_last_no, journal_last_no(journal, (char[ORDER_NO_SIZE]){""}))
READS(reads_mark, journal_mark(journal, &(struct journal_mark){.events = 0}))
READS(reads_hash, journal_hash_at(journal, 1, (char[JOURNAL_HASH_SIZE]){""}))
READS(reads_chain, journal_each_after(journal, 0, enough_hashes, NULL))
READS(reads_events, journal_each_event(journal, ORDER_1, enough_events, NULL))
READS(reads_cases, journal_each_case(journal, NULL, false, enough_cases, NULL))
READS(reads_orders, journal_each(journal, 0, 0, enough_orders, NULL))
READS(reads_open, journal_each_open(journal, enough_orders, NULL))
READS(reads_patient, journal_each_of_patient(journal, &fixture_keys, enough_orders, NULL))
READS(reads_shifts, journal_each_shift(journal, enough_shifts, NULL))
READS(reads_paid, journal_paid_within(journal, 0, INT64_MAX, &fixture_keys, &(struct fen){0}))
READS(reads_figures,
      journal_figures(journal, FIXTURE_WALL_MS, &(struct journal_figures){.bytes = 0}))
READS(reads_order, journal_load(journal, ORDER_1, &(struct order){.no = ""}))
READS(reads_called, journal_load_called(journal, ORDER_1, &(struct order){.no = ""}))
READS(reads_receipt, journal_receipt_taken(journal, "S" ORDER_1 "0", "", &(bool){false}))
READS(reads_undecided, journal_count_undecided(journal, &(int){0}))
READS(reads_proof, journal_verify(journal, &(struct journal_finding){.good = false}))
READS(reads_installation, journal_installation(journal, (char[INSTALLATION_SIZE]){""}))

/* Whoever has seen enough reads no more: a statement that was left where it stood would keep the
 * log from being washed for as long as the kiosk runs. */
static void what_was_read_keeps_nothing_in_the_log(void **state) {
    static enum journal_result (*const reads[])(struct journal *) = {
        reads_found,   reads_lock,    reads_last_no,   reads_mark,    reads_hash,
        reads_chain,   reads_events,  reads_cases,     reads_orders,  reads_open,
        reads_patient, reads_shifts,  reads_paid,      reads_figures, reads_order,
        reads_called,  reads_receipt, reads_undecided, reads_proof,   reads_installation};
    struct fixture *fixture = *state;
    struct journal_shift shift;
    struct order *order = fixture_order(1);
    fixture_case(order);
    assert_int_equal(fixture_write(fixture->journal, order, NOTE_OPENED), JOURNAL_OK);
    free(order);
    assert_int_equal(journal_find_out(fixture->journal, JOURNAL_FOUND_BY_VISIT, 7), JOURNAL_OK);
    assert_int_equal(journal_set_staff_lock(fixture->journal, &(struct journal_staff_lock){1, 2}),
                     JOURNAL_OK);
    assert_int_equal(journal_take_shift(fixture->journal, "Li", FIXTURE_WALL_MS, &shift),
                     JOURNAL_OK);
    for (size_t i = 0; i < sizeof reads / sizeof *reads; i++) {
        assert_int_equal(reads[i](fixture->journal), JOURNAL_OK);
        order = fixture_order((int)i + 2);
        assert_int_equal(fixture_write(fixture->journal, order, NOTE_OPENED), JOURNAL_OK);
        free(order);
        assert_int_equal(journal_wash(fixture->journal), JOURNAL_OK);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_log_is_moved_before_it_fills_the_disk, fixture_set_up,
                                        fixture_tear_down),
        cmocka_unit_test_setup_teardown(what_was_read_keeps_nothing_in_the_log, fixture_set_up,
                                        fixture_tear_down),
        cmocka_unit_test_setup_teardown(what_a_killed_program_left_is_washed, fixture_set_up,
                                        fixture_tear_down),
        cmocka_unit_test_setup_teardown(a_washed_log_is_left_alone, fixture_set_up,
                                        fixture_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
