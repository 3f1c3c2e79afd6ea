/* links: app/journal/ app/core/order/ app/core/terms/ app/base/ */
/* A journal that is gone, emptied or exchanged is missed, never begun anew by itself; and there is
 * one writer, whatever files are removed or closed meanwhile. */
#include "tests/support/journal_fixture.h"

#include "app/base/clock.h"
#include "app/journal/parts.h"

#include <fcntl.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

static void close_journal(struct fixture *fixture) {
    journal_close(fixture->journal);
    fixture->journal = NULL;
}

static enum journal_result try_open(struct fixture *fixture) {
    struct journal_options options = {.path = fixture->path, .terminal_id = "K1"};
    return journal_open(&options, &fixture->journal);
}

static void remove_end(const struct fixture *fixture, const char *end) {
    char path[128];
    snprintf(path, sizeof path, "%s%s", fixture->path, end);
    assert_int_equal(unlink(path), 0);
}

static bool stands(const struct fixture *fixture, const char *end) {
    char path[128];
    snprintf(path, sizeof path, "%s%s", fixture->path, end);
    return access(path, F_OK) == 0;
}

static void move_end(const struct fixture *fixture, const char *end, const char *to) {
    char from[128], moved[160];
    snprintf(from, sizeof from, "%s%s", fixture->path, end);
    snprintf(moved, sizeof moved, "%s/%s", fixture->folder, to);
    assert_int_equal(rename(from, moved), 0);
}

static void change_file(struct fixture *fixture, const char *sql) {
    sqlite3 *db;
    assert_int_equal(sqlite3_open(fixture->path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
}

static void a_journal_that_is_gone_is_not_begun_anew(void **state) {
    struct fixture *fixture = *state;
    close_journal(fixture);
    remove_end(fixture, "");
    assert_int_equal(try_open(fixture), JOURNAL_LOST);
    assert_null(fixture->journal);
    assert_false(stands(fixture, "")); /* nothing was made in its place */
}

static void one_that_was_emptied_is_not_begun_anew(void **state) {
    struct fixture *fixture = *state;
    struct stat found;
    close_journal(fixture);
    assert_int_equal(truncate(fixture->path, 0), 0);
    assert_int_equal(try_open(fixture), JOURNAL_LOST);
    assert_int_equal(stat(fixture->path, &found), 0);
    assert_int_equal(found.st_size, 0);
}

/* Nor one of which the file stands and nothing in it. */
static void one_without_its_tables_is_not_begun_anew(void **state) {
    struct fixture *fixture = *state;
    close_journal(fixture);
    remove_end(fixture, "");
    change_file(fixture, "CREATE TABLE other (n INTEGER)");
    assert_int_equal(try_open(fixture), JOURNAL_LOST);
    change_file(fixture, "CREATE TABLE orders (n INTEGER)"); /* nothing was made there */
}

static void another_installations_journal_is_refused(void **state) {
    struct fixture *fixture = *state;
    close_journal(fixture);
    move_end(fixture, "", "first");
    remove_end(fixture, ".identity");
    fixture_open(fixture); /* another terminal's */
    struct order *order = fixture_order(1);
    assert_int_equal(fixture_write(fixture->journal, order, NOTE_OPENED), JOURNAL_OK);
    close_journal(fixture);
    move_end(fixture, "", "second");
    char first[128];
    snprintf(first, sizeof first, "%s/first", fixture->folder);
    assert_int_equal(rename(first, fixture->path), 0);
    assert_int_equal(try_open(fixture), JOURNAL_FOREIGN);
    assert_int_equal(unlink(fixture->path), 0);
    char second[128];
    snprintf(second, sizeof second, "%s/second", fixture->folder);
    assert_int_equal(rename(second, fixture->path), 0);
    assert_int_equal(try_open(fixture), JOURNAL_OK); /* its own is back */
    free(order);
}

static void an_identity_that_cannot_be_read_is_refused(void **state) {
    static const char *const texts[] = {"", "journal \n", "journal 0123\ninstallation AB\n"};
    struct fixture *fixture = *state;
    char path[128];
    snprintf(path, sizeof path, "%s.identity", fixture->path);
    close_journal(fixture);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        FILE *file = fopen(path, "w");
        fputs(texts[i], file);
        fclose(file);
        assert_int_equal(try_open(fixture), JOURNAL_FOREIGN);
    }
}

/* What names the journal is the owner's alone, and never another file that somebody chose. */
static void an_identity_is_no_link(void **state) {
    static const char *const ends[] = {".identity", ".identity.new"};
    struct fixture *fixture = *state;
    char name[128], other[160];
    struct stat found;
    snprintf(name, sizeof name, "%s.identity", fixture->path);
    assert_int_equal(stat(name, &found), 0);
    assert_int_equal(found.st_mode & 0777, 0600);
    close_journal(fixture);
    move_end(fixture, ".identity", "other");
    snprintf(other, sizeof other, "%s/other", fixture->folder);
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        snprintf(name, sizeof name, "%s%s", fixture->path, ends[i]);
        assert_int_equal(symlink(other, name), 0);
        assert_int_equal(try_open(fixture), i == 0 ? JOURNAL_FOREIGN : JOURNAL_IO);
        assert_null(fixture->journal);
        assert_int_equal(unlink(name), 0);
    }
    assert_int_equal(unlink(other), 0);
}

/* Half of it would name no journal ever after. */
static void an_identity_that_has_no_room_is_not_written(void **state) {
    struct fixture *fixture = *state;
    struct rlimit all, little = {.rlim_cur = 20};
    sqlite3 *reader; /* has SQLite's files beside the journal made, which have no room either */
    close_journal(fixture);
    remove_end(fixture, ".identity");
    assert_int_equal(sqlite3_open(fixture->path, &reader), SQLITE_OK);
    assert_int_equal(sqlite3_exec(reader, "SELECT count(*) FROM head", NULL, NULL, NULL),
                     SQLITE_OK);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &all), 0);
    little.rlim_max = all.rlim_max;
    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &little), 0);
    enum journal_result result = try_open(fixture);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &all), 0);
    sqlite3_close(reader);
    assert_int_equal(result, JOURNAL_IO);
    assert_true(stands(fixture, ".identity.new")); /* there it was begun */
    assert_false(stands(fixture, ".identity"));
    fixture_open(fixture);
    assert_true(stands(fixture, ".identity"));
    assert_false(stands(fixture, ".identity.new"));
}

static void an_installation_that_was_altered_is_none(void **state) {
    static const char *const damages[] = {"UPDATE head SET installation = 'ZZ'",
                                          "UPDATE head SET journal_id = substr(journal_id, 2)",
                                          "DELETE FROM head"};
    struct fixture *fixture = *state;
    char installation[INSTALLATION_SIZE];
    for (size_t i = 0; i < sizeof damages / sizeof *damages; i++) {
        change_file(fixture, damages[i]);
        assert_int_equal(journal_installation(fixture->journal, installation), JOURNAL_CORRUPT);
    }
}

/* Also of a journal from before there were identities. */
static void a_journal_without_an_identity_is_given_one(void **state) {
    struct fixture *fixture = *state;
    char installation[INSTALLATION_SIZE], later[INSTALLATION_SIZE];
    assert_int_equal(journal_installation(fixture->journal, installation), JOURNAL_OK);
    close_journal(fixture);
    remove_end(fixture, ".identity");
    fixture_open(fixture);
    assert_true(stands(fixture, ".identity"));
    assert_int_equal(journal_installation(fixture->journal, later), JOURNAL_OK);
    assert_string_equal(later, installation);
    assert_int_equal(journal_belongs(fixture->journal, fixture->path), JOURNAL_OK);
    fixture_reopen(fixture);
    assert_string_equal(journal_error(fixture->journal), ""); /* nothing has failed */
}

static void a_first_start_that_was_interrupted_is_one_again(void **state) {
    struct fixture *fixture = *state;
    close_journal(fixture);
    remove_end(fixture, ".identity");
    assert_int_equal(truncate(fixture->path, 0), 0);
    fixture_open(fixture);
    assert_true(stands(fixture, ".identity"));
}

static void an_installation_is_two_letters_or_digits(void **state) {
    struct fixture *fixture = *state;
    char installation[INSTALLATION_SIZE];
    assert_int_equal(journal_installation(fixture->journal, installation), JOURNAL_OK);
    assert_int_equal(strlen(installation), 2);
    for (int i = 0; i < 2; i++)
        assert_non_null(strchr("23456789ABCDEFGHJKLMNPQRSTUVWXYZ", installation[i]));
}

static void what_is_put_aside_is_kept_whole(void **state) {
    struct fixture *fixture = *state;
    struct order *order = fixture_order(1), *read = calloc(1, sizeof *read);
    char aside[256], name[300];
    assert_int_equal(fixture_write(fixture->journal, order, NOTE_OPENED), JOURNAL_OK);
    assert_int_equal(journal_set_aside(fixture->path, aside, sizeof aside), JOURNAL_BUSY);
    assert_int_equal(journal_set_aside(fixture->folder, aside, sizeof aside), JOURNAL_IO);
    close_journal(fixture);
    assert_int_equal(journal_set_aside(fixture->path, aside, sizeof aside), JOURNAL_OK);
    assert_false(stands(fixture, ""));
    assert_false(stands(fixture, ".identity"));
    char again[256];
    assert_int_equal(journal_set_aside(fixture->path, again, sizeof again), JOURNAL_NOT_FOUND);
    fixture_open(fixture);
    assert_int_equal(journal_load(fixture->journal, order->no, read), JOURNAL_NOT_FOUND);
    struct journal_options options = {.path = aside, .read_only = true};
    struct journal *old;
    assert_int_equal(journal_open(&options, &old), JOURNAL_OK);
    assert_int_equal(journal_load(old, order->no, read), JOURNAL_OK);
    assert_int_equal(journal_belongs(old, aside), JOURNAL_OK);
    journal_close(old);
    snprintf(name, sizeof name, "rm -f '%s'*", aside);
    assert_int_equal(system(name), 0);
    free(order);
    free(read);
}

/* In the same second an identity was put aside whose journal was missed: nothing has its name
 * twice, or what is put aside now would be in the way of itself and the place stay empty. */
static void what_is_put_aside_takes_nobodys_name(void **state) {
    struct fixture *fixture = *state;
    char aside[256], digits[15], name[300];
    close_journal(fixture);
    for (int s = 0; s < 5; s++) {
        snprintf(name, sizeof name, "%s.before-%s.identity", fixture->path,
                 clock_digits(clock_wall_ms() + s * 1000, digits));
        assert_int_equal(close(open(name, O_WRONLY | O_CREAT, 0600)), 0);
    }
    assert_int_equal(journal_set_aside(fixture->path, aside, sizeof aside), JOURNAL_OK);
    assert_string_equal(aside + strlen(aside) - 2, "-2");
    snprintf(name, sizeof name, "rm -f '%s'.before-*", fixture->path);
    assert_int_equal(system(name), 0);
}

/* Asked by a process of its own: locks within one are no question. */
static enum journal_result other_process_opens(const struct fixture *fixture) {
    int status = 0;
    pid_t child = fork();
    if (child == 0) {
        struct fixture other = *fixture;
        _exit((int)try_open(&other));
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    return (enum journal_result)WEXITSTATUS(status);
}

static void a_file_that_is_closed_or_removed_lets_nobody_in(void **state) {
    struct fixture *fixture = *state;
    struct journal_options options = {.path = fixture->path, .read_only = true};
    struct journal *reader;
    char name[128];
    assert_int_equal(other_process_opens(fixture), JOURNAL_BUSY);
    close(open(fixture->path, O_RDWR)); /* drops the locks that fcntl gives */
    assert_int_equal(journal_open(&options, &reader), JOURNAL_OK);
    journal_close(reader);
    assert_int_equal(other_process_opens(fixture), JOURNAL_BUSY);
    snprintf(name, sizeof name, "%s.lock", fixture->path);
    (void)unlink(name);
    assert_int_equal(other_process_opens(fixture), JOURNAL_BUSY);
    close_journal(fixture);
    assert_int_equal(other_process_opens(fixture), JOURNAL_OK);
}

/* Whose database is being closed; NULL: nobody looks. */
static struct fixture *closing;
static enum journal_result found_closed;
static const sqlite3_io_methods *files;
static sqlite3_vfs *disk;

/* Another kiosk comes just when SQLite has closed the file. */
static int close_watched(sqlite3_file *file) {
    struct fixture *looked_at = closing;
    int result = files->xClose(file);
    closing = NULL; /* the other kiosk closes too */
    if (looked_at != NULL)
        found_closed = other_process_opens(looked_at);
    return result;
}

static int open_watched(sqlite3_vfs *watched, sqlite3_filename name, sqlite3_file *file, int flags,
                        int *out_flags) {
    static sqlite3_io_methods methods;
    (void)watched;
    int result = disk->xOpen(disk, name, file, flags, out_flags);
    if (result == SQLITE_OK && (flags & SQLITE_OPEN_MAIN_DB) != 0) {
        files = file->pMethods;
        methods = *files;
        methods.xClose = close_watched;
        file->pMethods = &methods;
    }
    return result;
}

static void nobody_is_let_in_before_the_database_is_closed(void **state) {
    struct fixture *fixture = *state;
    static sqlite3_vfs watched;
    disk = sqlite3_vfs_find(NULL);
    watched = *disk;
    watched.zName = "watched";
    watched.xOpen = open_watched;
    close_journal(fixture);
    assert_int_equal(sqlite3_vfs_register(&watched, 1), SQLITE_OK);
    fixture_open(fixture);
    assert_int_equal(sqlite3_vfs_register(disk, 1), SQLITE_OK);
    found_closed = JOURNAL_NOT_FOUND;
    closing = fixture;
    close_journal(fixture);
    assert_int_equal(sqlite3_vfs_unregister(&watched), SQLITE_OK);
    assert_int_equal(found_closed, JOURNAL_BUSY);
    assert_int_equal(other_process_opens(fixture), JOURNAL_OK);
}

static void a_symbolic_link_in_its_place_is_refused(void **state) {
    struct fixture *fixture = *state;
    char other[160];
    struct stat status;
    close_journal(fixture);
    unlink(fixture->path);
    fixture_forget_identity(fixture);
    snprintf(other, sizeof other, "%s.other", fixture->path);
    assert_int_equal(symlink(other, fixture->path), 0);
    assert_int_equal(try_open(fixture), JOURNAL_LINK);
    assert_null(fixture->journal);
    assert_int_not_equal(stat(other, &status), 0); /* nothing was made there */
}

/* A name in a folder that is not there, or is a file, is not durable. */
static void a_name_without_a_folder_is_not_durable(void **state) {
    struct fixture *fixture = *state;
    char name[160];
    assert_true(identity_sync_folder(fixture->path));
    snprintf(name, sizeof name, "%s/in-a-file", fixture->path);
    assert_false(identity_sync_folder(name));
    snprintf(name, sizeof name, "%s/nowhere/name", fixture->folder);
    assert_false(identity_sync_folder(name));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        STORY(a_name_without_a_folder_is_not_durable),
        STORY(a_journal_that_is_gone_is_not_begun_anew),
        STORY(one_that_was_emptied_is_not_begun_anew),
        STORY(one_without_its_tables_is_not_begun_anew),
        STORY(another_installations_journal_is_refused),
        STORY(an_identity_that_cannot_be_read_is_refused),
        STORY(an_identity_is_no_link),
        STORY(an_identity_that_has_no_room_is_not_written),
        STORY(an_installation_that_was_altered_is_none),
        STORY(a_journal_without_an_identity_is_given_one),
        STORY(a_first_start_that_was_interrupted_is_one_again),
        STORY(an_installation_is_two_letters_or_digits),
        STORY(what_is_put_aside_is_kept_whole),
        STORY(what_is_put_aside_takes_nobodys_name),
        STORY(a_file_that_is_closed_or_removed_lets_nobody_in),
        STORY(nobody_is_let_in_before_the_database_is_closed),
        STORY(a_symbolic_link_in_its_place_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
