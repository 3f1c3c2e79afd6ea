/* links: app/journal/ app/core/order/ app/core/terms/ app/base/ */
/* Whatever is done with a journal a thousand times keeps no memory and no file open. */
#include <dirent.h>
#include <malloc.h>

#include "tests/support/journal_fixture.h"

#define ROUNDS 300

static size_t bytes_in_use(void) {
    struct mallinfo2 all = mallinfo2();
    return all.uordblks + all.hblkhd;
}

static int open_files(void) {
    DIR *folder = opendir("/proc/self/fd");
    int count = 0;
    assert_non_null(folder);
    while (readdir(folder) != NULL)
        count++;
    closedir(folder);
    return count;
}

static void ignore_answer(void *context, uint32_t number, enum journal_result result) {
    (void)context, (void)number, (void)result;
}

static void ignore_decision(void *context, enum journal_result result) {
    (void)context, (void)result;
}

static void write_by_pump(struct fixture *fixture, int n) {
    struct journal_pump *pump = journal_pump_start(fixture->journal, ignore_answer, NULL);
    struct order *order = fixture_order(n);
    struct part_note about = {NOTE_OPENED, PART_NONE, PART_NONE, PART_NONE};
    struct journal_write write = {.order = order,
                                  .notes = &about,
                                  .note_count = 1,
                                  .wall_ms = FIXTURE_WALL_MS,
                                  .evidence = "{\"code\":\"00\"}"};
    journal_pump_write(pump, 1, &write);
    journal_pump_resolve(pump,
                         &(struct journal_decision){order->no, "C9", "Li",
                                                    "a reason that is long enough to be seen",
                                                    RESOLUTION_OTHER, FIXTURE_WALL_MS, NULL},
                         ignore_decision, NULL);
    journal_pump_stop(pump);
    free(order);
}

static void remove_aside(const char *aside) {
    static const char *const ends[] = {"", "-wal", "-shm", ".identity"};
    char name[JOURNAL_PATH_SIZE + 16];
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        snprintf(name, sizeof name, "%s%s", aside, ends[i]);
        unlink(name);
    }
}

static void write_and_close(struct fixture *fixture) {
    fixture_open(fixture);
    write_by_pump(fixture, 1);
    journal_close(fixture->journal);
    fixture->journal = NULL;
}

static void prove_and_close(struct fixture *fixture) {
    struct journal_finding finding;
    char aside[256];
    fixture_open(fixture);
    assert_int_equal(journal_set_aside(fixture->path, aside, sizeof aside), JOURNAL_BUSY);
    assert_int_equal(journal_verify(fixture->journal, &finding), JOURNAL_OK);
    assert_true(finding.good);
    journal_close(fixture->journal);
    fixture->journal = NULL;
}

static void begin_proof(struct fixture *fixture) {
    (void)fixture;
    journal_proof_end(journal_proof_begin());
}

static void copy_and_restore(struct fixture *fixture) {
    static struct journal_restored restored;
    struct journal_options options = {.path = fixture->path, .terminal_id = "K1"};
    char copy[128];
    snprintf(copy, sizeof copy, "%s/copy.db", fixture->folder);
    fixture_open(fixture);
    assert_int_equal(journal_backup(fixture->journal, copy), JOURNAL_OK);
    journal_close(fixture->journal);
    fixture->journal = NULL;
    assert_int_equal(journal_restore(&options, copy, SINCE_UNKNOWN, &restored), JOURNAL_OK);
    remove_aside(restored.put_aside);
    unlink(copy);
}

static void nothing_is_kept(void **state) {
    static const struct {
        void (*act)(struct fixture *);
        size_t bytes_max; /* a round: what malloc keeps for itself; a sanitizer counts none */
    } rows[] = {{write_and_close, 4000},
                {prove_and_close, 150},
                {begin_proof, 40},
                {copy_and_restore, 400}};
    struct fixture *fixture = *state;
    journal_close(fixture->journal);
    fixture->journal = NULL;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        for (int n = 0; n < ROUNDS; n++) /* what is made once stays */
            rows[i].act(fixture);
        int files = open_files();
        size_t bytes = bytes_in_use();
        for (int n = 0; n < ROUNDS; n++)
            rows[i].act(fixture);
        assert_int_equal(open_files(), files);
        size_t later = bytes_in_use();
        if (later > bytes + ROUNDS * rows[i].bytes_max)
            fail_msg("act %zu keeps %zu bytes a round", i, (later - bytes) / ROUNDS);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(nothing_is_kept, fixture_set_up, fixture_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
