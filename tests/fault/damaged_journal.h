/* A journal that is changed behind the program's back, and opened again. */
#ifndef HOPKIOSK_TESTS_DAMAGED_JOURNAL_H
#define HOPKIOSK_TESTS_DAMAGED_JOURNAL_H

#include <sqlite3.h>

#include "tests/support/journal_fixture.h"

#define ORDER_NO "26112012000000010002"

static inline enum journal_result ask_resolve(struct journal *journal) {
    return journal_resolve(journal,
                           &(struct journal_decision){ORDER_NO, "C00010002", "A", "b",
                                                      RESOLUTION_RETURNED, FIXTURE_WALL_MS, NULL});
}

/* Order 1 is open, 2 is a case, 3 credited. */
static inline void live(struct journal *journal) {
    for (int i = 1; i <= 3; i++) {
        struct order *order = fixture_order(i);
        assert_int_equal(fixture_write(journal, order, NOTE_OPENED), JOURNAL_OK);
        if (i == 2)
            fixture_case(order);
        else if (i == 3)
            fixture_credit(order);
        assert_int_equal(fixture_write(journal, order, NOTE_PAID), JOURNAL_OK);
        free(order);
    }
}

static inline bool change(const char *path, const char *sql) {
    sqlite3 *db;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    bool done = sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK;
    sqlite3_close(db);
    return done;
}

/* For writing, or else for reading. */
static inline bool open_damaged(struct fixture *fixture) {
    struct journal_options options = {.path = fixture->path, .terminal_id = "K1"};
    enum journal_result result = journal_open(&options, &fixture->journal);
    if (result == JOURNAL_OK)
        return true;
    assert_int_equal(result, JOURNAL_CORRUPT);
    options.read_only = true;
    assert_int_equal(journal_open(&options, &fixture->journal), JOURNAL_OK);
    return false;
}

#endif
