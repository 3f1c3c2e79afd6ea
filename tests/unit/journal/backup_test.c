/* links: app/journal/ app/core/order/ app/core/terms/ app/base/ */
/* A copy is whole and stands by itself; brought back it forgets nothing that anybody knows of. */
#include "tests/support/journal_fixture.h"
#include "tests/support/journal_older.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>

static char copy_path[128];

static void make_copy(struct fixture *fixture) {
    snprintf(copy_path, sizeof copy_path, "%s/copy.db", fixture->folder);
    unlink(copy_path);
    assert_int_equal(journal_backup(fixture->journal, copy_path), JOURNAL_OK);
}

static void write_new(struct fixture *fixture, int n) {
    struct order *order = fixture_order(n);
    assert_int_equal(fixture_write(fixture->journal, order, NOTE_OPENED), JOURNAL_OK);
    free(order);
}

/* However it ended, nothing of it is left beside the journal. */
static void nothing_is_left_beside(const struct fixture *fixture) {
    static const char *const ends[] = {"", "-wal", "-shm", ".identity", ".identity.new"};
    char path[160];
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        snprintf(path, sizeof path, "%s.restoring%s", fixture->path, ends[i]);
        assert_int_equal(access(path, F_OK), -1);
    }
}

static enum journal_result restore(struct fixture *fixture, enum journal_since since,
                                   struct journal_restored *out) {
    struct journal_options options = {
        .path = fixture->path, .terminal_id = "K1", .begun_by = "Wang"};
    journal_close(fixture->journal);
    fixture->journal = NULL;
    enum journal_result result = journal_restore(&options, copy_path, since, out);
    nothing_is_left_beside(fixture);
    fixture_open(fixture);
    return result;
}

static int64_t events(struct fixture *fixture) {
    struct journal_finding finding;
    assert_int_equal(journal_verify(fixture->journal, &finding), JOURNAL_OK);
    if (!finding.good)
        fail_msg("%s", finding.text);
    return finding.events;
}

/* As if no journal had ever been there. */
static void forget_journal(struct fixture *fixture) {
    static const char *const ends[] = {"", "-wal", "-shm"};
    char path[JOURNAL_PATH_SIZE];
    journal_close(fixture->journal);
    fixture->journal = NULL;
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        snprintf(path, sizeof path, "%s%s", fixture->path, ends[i]);
        unlink(path);
    }
    fixture_forget_identity(fixture);
}

static void clear_away(const struct journal_restored *restored) {
    static const char *const ends[] = {"", "-wal", "-shm", ".identity"};
    char path[JOURNAL_PATH_SIZE + 16];
    unlink(copy_path);
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        snprintf(path, sizeof path, "%s%s", restored->put_aside, ends[i]);
        unlink(path);
    }
}

static void a_copy_is_whole_and_stands_by_itself(void **state) {
    struct fixture *fixture = *state;
    struct journal *copy;
    struct journal_finding finding;
    write_new(fixture, 1);
    make_copy(fixture);
    assert_int_equal(journal_backup(fixture->journal, copy_path), JOURNAL_IO); /* never over one */
    write_new(fixture, 2);
    struct journal_options options = {.path = copy_path, .read_only = true};
    assert_int_equal(journal_open(&options, &copy), JOURNAL_OK);
    assert_int_equal(journal_verify(copy, &finding), JOURNAL_OK);
    assert_true(finding.good);
    assert_int_equal(finding.orders, 1);
    journal_close(copy);
    unlink(copy_path);
}

static void what_the_copy_holds_whole_comes_back_under_its_name(void **state) {
    struct fixture *fixture = *state;
    struct journal_restored restored;
    char before[INSTALLATION_SIZE], after[INSTALLATION_SIZE];
    write_new(fixture, 1);
    assert_int_equal(journal_installation(fixture->journal, before), JOURNAL_OK);
    make_copy(fixture);
    assert_int_equal(restore(fixture, SINCE_UNKNOWN, &restored), JOURNAL_OK);
    assert_false(restored.named_anew);
    assert_int_equal(events(fixture), 1);
    assert_int_equal(journal_installation(fixture->journal, after), JOURNAL_OK);
    assert_string_equal(after, before);
    assert_int_equal(access(restored.put_aside, F_OK), 0);
    clear_away(&restored);
}

static void an_old_copy_with_open_orders_is_refused_and_nothing_has_changed(void **state) {
    struct fixture *fixture = *state;
    struct journal_restored restored;
    write_new(fixture, 1);
    make_copy(fixture);
    write_new(fixture, 2);
    assert_int_equal(restore(fixture, SINCE_UNKNOWN, &restored), JOURNAL_CONFLICT);
    assert_int_equal(restored.open_orders, 1);
    assert_int_equal(events(fixture), 2);
    assert_int_equal(restore(fixture, SINCE_FORGOTTEN, &restored), JOURNAL_CONFLICT);
    assert_int_equal(events(fixture), 2);
    clear_away(&restored);
}

static void an_old_copy_without_open_orders_goes_on_under_another_name(void **state) {
    struct fixture *fixture = *state;
    struct journal_restored restored;
    char before[INSTALLATION_SIZE], after[INSTALLATION_SIZE];
    assert_int_equal(journal_installation(fixture->journal, before), JOURNAL_OK);
    make_copy(fixture);
    write_new(fixture, 1);
    assert_int_equal(restore(fixture, SINCE_FORGOTTEN, &restored), JOURNAL_OK);
    assert_true(restored.named_anew);
    assert_int_equal(events(fixture), 0);
    assert_int_equal(journal_installation(fixture->journal, after), JOURNAL_OK);
    assert_string_not_equal(after, before);
    clear_away(&restored);
}

static void on_another_machine_somebody_must_know_that_nothing_was_done_since(void **state) {
    struct fixture *fixture = *state;
    struct journal_restored restored;
    write_new(fixture, 1);
    make_copy(fixture);
    forget_journal(fixture);
    struct journal_options options = {
        .path = fixture->path, .terminal_id = "K1", .begun_by = "Wang"};
    assert_int_equal(journal_restore(&options, copy_path, SINCE_UNKNOWN, &restored),
                     JOURNAL_CONFLICT);
    assert_int_equal(journal_look(fixture->path), JOURNAL_OK);
    assert_int_equal(access(fixture->path, F_OK), -1);
    assert_int_equal(journal_restore(&options, copy_path, SINCE_NOTHING, &restored), JOURNAL_OK);
    assert_string_equal(restored.put_aside, ""); /* nothing stood there */
    fixture_open(fixture);
    assert_int_equal(events(fixture), 1);
    unlink(copy_path);
}

/* The disk is new, and the kiosk was started on it once: of what was done since the copy that empty
 * journal knows as little as none. */
static void a_journal_that_was_begun_anew_does_not_prove_that_nothing_was_done(void **state) {
    struct fixture *fixture = *state;
    struct journal_restored restored;
    write_new(fixture, 1);
    make_copy(fixture);
    write_new(fixture, 2); /* and the disk is dead */
    forget_journal(fixture);
    fixture_open(fixture);
    assert_int_equal(restore(fixture, SINCE_UNKNOWN, &restored), JOURNAL_CONFLICT);
    assert_int_equal(restored.open_orders, 1);
    assert_int_equal(events(fixture), 0);
    assert_int_equal(restore(fixture, SINCE_NOTHING, &restored), JOURNAL_OK); /* somebody knows */
    assert_false(restored.named_anew);
    assert_int_equal(events(fixture), 1);
    clear_away(&restored);
}

/* ... nor is one that goes on under another name brought back under its old one. */
static void what_was_named_anew_is_not_named_back(void **state) {
    struct fixture *fixture = *state;
    struct journal_restored restored, again;
    char before[INSTALLATION_SIZE], after[INSTALLATION_SIZE];
    assert_int_equal(journal_installation(fixture->journal, before), JOURNAL_OK);
    make_copy(fixture);
    write_new(fixture, 1);
    forget_journal(fixture);
    fixture_open(fixture);
    assert_int_equal(restore(fixture, SINCE_UNKNOWN, &restored), JOURNAL_OK);
    assert_true(restored.named_anew);
    assert_int_equal(restore(fixture, SINCE_UNKNOWN, &again), JOURNAL_OK);
    assert_int_equal(journal_installation(fixture->journal, after), JOURNAL_OK);
    assert_string_not_equal(after, before);
    clear_away(&again);
    clear_away(&restored);
}

static void one_that_was_interrupted_is_begun_again(void **state) {
    struct fixture *fixture = *state;
    struct journal_restored restored;
    char half[128];
    write_new(fixture, 1);
    make_copy(fixture);
    snprintf(half, sizeof half, "%s.restoring", fixture->path);
    FILE *file = fopen(half, "w");
    assert_non_null(file);
    fputs("half a page", file);
    fclose(file);
    assert_int_equal(restore(fixture, SINCE_UNKNOWN, &restored), JOURNAL_OK);
    assert_int_equal(events(fixture), 1);
    clear_away(&restored);
}

/* What comes back belongs to whose the folder is, not to root who brought it back. */
static void what_root_brings_back_is_the_kiosks(void **state) {
    static const char *const ends[] = {"", ".identity"};
    struct fixture *fixture = *state;
    struct journal_restored restored;
    if (geteuid() != 0)
        skip();
    make_copy(fixture);
    assert_int_equal(chown(fixture->folder, 1234, 1235), 0);
    assert_int_equal(restore(fixture, SINCE_UNKNOWN, &restored), JOURNAL_OK);
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        char path[128];
        struct stat found;
        snprintf(path, sizeof path, "%s%s", fixture->path, ends[i]);
        assert_int_equal(stat(path, &found), 0);
        assert_int_equal(found.st_uid, 1234);
        assert_int_equal(found.st_gid, 1235);
    }
    clear_away(&restored);
}

static void a_copy_that_somebody_writes_is_refused(void **state) {
    struct fixture *fixture = *state;
    struct journal_restored restored;
    sqlite3 *writer;
    write_new(fixture, 1);
    make_copy(fixture);
    assert_int_equal(sqlite3_open(copy_path, &writer), SQLITE_OK);
    assert_int_equal(sqlite3_exec(writer, "BEGIN EXCLUSIVE", NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(restore(fixture, SINCE_NOTHING, &restored), JOURNAL_IO);
    sqlite3_close(writer);
    assert_int_equal(events(fixture), 1);
    clear_away(&restored);
}

static void a_copy_that_is_not_proven_is_refused(void **state) {
    struct fixture *fixture = *state;
    struct journal_restored restored;
    write_new(fixture, 1);
    make_copy(fixture);
    sqlite3 *db;
    assert_int_equal(sqlite3_open(copy_path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, "UPDATE legs SET amount_fen = 1", NULL, NULL, NULL),
                     SQLITE_OK);
    sqlite3_close(db);
    assert_int_equal(restore(fixture, SINCE_NOTHING, &restored), JOURNAL_CORRUPT);
    assert_int_equal(events(fixture), 1);
    clear_away(&restored);
}

/* What somebody says of the time since does not count against the journal that stands there, which
 * can be read: what is under way in it, or what its numbers were given to, would be done twice. */
static void what_stands_there_is_forgotten_only_on_purpose(void **state) {
    static const enum journal_since words[] = {SINCE_UNKNOWN, SINCE_NOTHING};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        assert_int_equal(fixture_tear_down(state), 0);
        assert_int_equal(fixture_set_up(state), 0);
        struct fixture *fixture = *state;
        struct journal_restored restored;
        struct order *order = fixture_order(1), *other = fixture_order(2);
        make_copy(fixture);
        assert_int_equal(fixture_open_order(fixture->journal, order, NULL), JOURNAL_OK);
        order->legs[0].state = LEG_PLACE_UNKNOWN;
        assert_int_equal(fixture_write(fixture->journal, order, NOTE_PLACED), JOURNAL_OK);
        assert_int_equal(restore(fixture, words[i], &restored), JOURNAL_CONFLICT);
        assert_int_equal(restored.lost_orders, 1);
        assert_int_equal(restored.lost_events, 2);
        memcpy(other->claims[0].org_trace_no, order->claims[0].org_trace_no, TRACE_NO_SIZE);
        assert_int_equal(fixture_open_order(fixture->journal, other, NULL), JOURNAL_CONFLICT);
        assert_int_equal(restore(fixture, SINCE_FORGOTTEN, &restored), JOURNAL_OK);
        assert_true(restored.named_anew);
        clear_away(&restored);
        free(order);
        free(other);
    }
}

/* ... also where nothing of it is open but a person's case, or nothing at all. */
static void what_is_settled_there_is_forgotten_only_on_purpose(void **state) {
    for (int in_case = 0; in_case < 2; in_case++) {
        assert_int_equal(fixture_tear_down(state), 0);
        assert_int_equal(fixture_set_up(state), 0);
        struct fixture *fixture = *state;
        struct journal_restored restored;
        struct order *order = fixture_order(1);
        make_copy(fixture);
        assert_int_equal(fixture_open_order(fixture->journal, order, NULL), JOURNAL_OK);
        if (in_case) {
            fixture_case(order);
        } else {
            order->legs[0].state = LEG_DECLINED;
            order->claims[0].state = order->claims[1].state = CLAIM_VOID;
        }
        assert_int_equal(
            fixture_write(fixture->journal, order, in_case ? NOTE_CASE : NOTE_DECLINED),
            JOURNAL_OK);
        assert_int_equal(restore(fixture, SINCE_NOTHING, &restored), JOURNAL_CONFLICT);
        assert_int_equal(restored.lost_orders, 0);
        assert_int_equal(restored.lost_cases, in_case);
        assert_int_equal(restored.lost_events, 2);
        clear_away(&restored);
        free(order);
    }
}

static void run_there(struct fixture *fixture, const char *sql) {
    sqlite3 *db;
    journal_close(fixture->journal);
    fixture->journal = NULL;
    assert_int_equal(sqlite3_open(fixture->path, &db), SQLITE_OK);
    if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
        fail_msg("%s", sqlite3_errmsg(db));
    sqlite3_close(db);
}

static enum journal_result try_restore(struct fixture *fixture, enum journal_since since,
                                       struct journal_restored *out) {
    struct journal_options options = {
        .path = fixture->path, .terminal_id = "K1", .begun_by = "Wang"};
    enum journal_result result = journal_restore(&options, copy_path, since, out);
    nothing_is_left_beside(fixture);
    return result;
}

/* The kiosk was updated, and has not been started since; or an older program stands where a newer
 * one has written. Nobody can count what is open there, but what was done is not forgotten. */
static void what_another_version_wrote_is_forgotten_only_on_purpose(void **state) {
    char older[JOURNAL_OLDER_SIZE];
    const char *const versions[] = {journal_older(JOURNAL_THIS_VERSION - 1, older),
                                    "PRAGMA user_version=99"};
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(fixture_tear_down(state), 0);
        assert_int_equal(fixture_set_up(state), 0);
        struct fixture *fixture = *state;
        struct journal_restored restored;
        make_copy(fixture);
        write_new(fixture, 1);
        run_there(fixture, versions[i]);
        assert_int_equal(try_restore(fixture, SINCE_UNKNOWN, &restored), JOURNAL_CONFLICT);
        assert_int_equal(try_restore(fixture, SINCE_NOTHING, &restored), JOURNAL_CONFLICT);
        assert_true(restored.lost_version);
        assert_int_equal(restored.lost_events, 1);
        assert_int_equal(try_restore(fixture, SINCE_FORGOTTEN, &restored), JOURNAL_OK);
        assert_true(restored.named_anew);
        fixture_open(fixture);
        assert_int_equal(events(fixture), 0);
        clear_away(&restored);
    }
}

/* The way back to the version before: nothing was done since the change. */
static void what_another_version_has_not_added_to_comes_back(void **state) {
    struct fixture *fixture = *state;
    struct journal_restored restored;
    write_new(fixture, 1);
    make_copy(fixture);
    run_there(fixture, "PRAGMA user_version=99");
    assert_int_equal(try_restore(fixture, SINCE_UNKNOWN, &restored), JOURNAL_OK);
    assert_false(restored.named_anew);
    fixture_open(fixture);
    assert_int_equal(events(fixture), 1);
    clear_away(&restored);
}

/* A head that no event of the copy has is of a fork: something of it is lost, however short it is.
 */
static void a_fork_of_another_version_loses_something(void **state) {
    struct fixture *fixture = *state;
    struct journal_restored restored;
    write_new(fixture, 1);
    make_copy(fixture);
    run_there(fixture, "UPDATE head SET hash = '00'; PRAGMA user_version=99");
    assert_int_equal(try_restore(fixture, SINCE_NOTHING, &restored), JOURNAL_CONFLICT);
    assert_int_equal(restored.lost_events, 1);
    unlink(copy_path);
    run_there(fixture, "PRAGMA user_version=1; DELETE FROM head");
    unlink(fixture->path);
    fixture_forget_identity(fixture);
    fixture_open(fixture);
}

/* Another terminal's is put aside unasked, whichever version wrote it. */
static void anothers_loses_nothing(void **state) {
    static const char *const others[] = {
        "UPDATE head SET journal_id = 'another'",
        "UPDATE head SET journal_id = 'another'; PRAGMA user_version=99"};
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(fixture_tear_down(state), 0);
        assert_int_equal(fixture_set_up(state), 0);
        struct fixture *fixture = *state;
        struct journal_restored restored;
        make_copy(fixture);
        write_new(fixture, 1);
        run_there(fixture, others[i]);
        assert_int_equal(try_restore(fixture, SINCE_NOTHING, &restored), JOURNAL_OK);
        fixture_open(fixture);
        assert_int_equal(events(fixture), 0);
        clear_away(&restored);
    }
}

/* What is counted as lost is what the copy has not; of a journal that was begun anew here, all. */
static void only_what_the_copy_has_not_is_lost(void **state) {
    const int lowest = 0;
    for (int i = 0; i < 4; i++) {
        bool begun_anew = i % 2 == 1, other_version = i > 1;
        assert_int_equal(fixture_tear_down(state), 0);
        assert_int_equal(fixture_set_up(state), 0);
        struct fixture *fixture = *state;
        struct journal_restored restored;
        write_new(fixture, 1);
        make_copy(fixture);
        if (begun_anew) {
            forget_journal(fixture);
            fixture_open(fixture);
        }
        for (int n = 2; n < 5; n++)
            write_new(fixture, n);
        run_there(fixture, other_version ? "PRAGMA user_version=99" : "");
        assert_int_equal(try_restore(fixture, SINCE_NOTHING, &restored), JOURNAL_CONFLICT);
        assert_int_equal(restored.lost_orders, other_version ? 0 : begun_anew ? 3 : 4);
        assert_int_equal(restored.lost_events, 3);
        assert_int_not_equal(fcntl(lowest, F_GETFD), -1); /* nobody else's is closed */
        unlink(copy_path);
        forget_journal(fixture);
        fixture_open(fixture);
    }
}

/* ... also where all of it is settled: whoever says that nothing was done does not know of it. */
static void what_is_settled_in_one_begun_anew_is_forgotten_only_on_purpose(void **state) {
    struct fixture *fixture = *state;
    struct journal_restored restored;
    struct order *order = fixture_order(2);
    make_copy(fixture);
    forget_journal(fixture);
    fixture_open(fixture);
    assert_int_equal(fixture_open_order(fixture->journal, order, NULL), JOURNAL_OK);
    fixture_credit(order);
    assert_int_equal(fixture_write(fixture->journal, order, NOTE_CREDITED), JOURNAL_OK);
    assert_int_equal(restore(fixture, SINCE_NOTHING, &restored), JOURNAL_CONFLICT);
    assert_int_equal(restored.lost_events, 2);
    assert_int_equal(events(fixture), 2);
    clear_away(&restored);
    free(order);
}

/* An order that cannot be read is lost as well as one that can. */
static void a_damaged_order_is_lost_too(void **state) {
    struct fixture *fixture = *state;
    struct journal_restored restored;
    make_copy(fixture);
    write_new(fixture, 1);
    write_new(fixture, 2);
    run_there(fixture, "UPDATE legs SET state = 'nonsense' WHERE order_no ="
                       " (SELECT min(order_no) FROM orders)");
    assert_int_equal(try_restore(fixture, SINCE_NOTHING, &restored), JOURNAL_CONFLICT);
    assert_int_equal(restored.lost_orders, 2);
    assert_false(restored.lost_version);
    unlink(copy_path);
    fixture_open(fixture);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        STORY(a_copy_is_whole_and_stands_by_itself),
        STORY(what_the_copy_holds_whole_comes_back_under_its_name),
        STORY(an_old_copy_with_open_orders_is_refused_and_nothing_has_changed),
        STORY(an_old_copy_without_open_orders_goes_on_under_another_name),
        STORY(on_another_machine_somebody_must_know_that_nothing_was_done_since),
        STORY(a_journal_that_was_begun_anew_does_not_prove_that_nothing_was_done),
        STORY(what_was_named_anew_is_not_named_back),
        STORY(one_that_was_interrupted_is_begun_again),
        STORY(what_root_brings_back_is_the_kiosks),
        STORY(a_copy_that_somebody_writes_is_refused),
        STORY(a_copy_that_is_not_proven_is_refused),
        STORY(what_stands_there_is_forgotten_only_on_purpose),
        STORY(what_is_settled_there_is_forgotten_only_on_purpose),
        STORY(what_another_version_wrote_is_forgotten_only_on_purpose),
        STORY(what_another_version_has_not_added_to_comes_back),
        STORY(a_fork_of_another_version_loses_something),
        STORY(anothers_loses_nothing),
        STORY(what_is_settled_in_one_begun_anew_is_forgotten_only_on_purpose),
        STORY(a_damaged_order_is_lost_too),
        STORY(only_what_the_copy_has_not_is_lost),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
