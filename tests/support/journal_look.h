/* What tests look at in a journal: a number by SQL, and orders as they are shown. */
#ifndef HOPKIOSK_TESTS_JOURNAL_LOOK_H
#define HOPKIOSK_TESTS_JOURNAL_LOOK_H

#include <sqlite3.h>

#include "tests/support/journal_fixture.h"

/* The first column of the first row. */
static inline int64_t fixture_number(struct fixture *fixture, const char *sql) {
    sqlite3 *db;
    sqlite3_stmt *statement;
    assert_int_equal(sqlite3_open(fixture->path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &statement, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    int64_t number = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    sqlite3_close(db);
    return number;
}

/* What is not there holds nothing. */
static inline bool fixture_file_holds(const char *path, const char *needle) {
    FILE *file = fopen(path, "rb");
    static char bytes[1 << 20];
    size_t length = file ? fread(bytes, 1, sizeof bytes, file) : 0;
    if (file)
        fclose(file);
    return memmem(bytes, length, needle, strlen(needle)) != NULL;
}

/* How many were shown, and which of them first. */
struct fixture_seen {
    int count;
    char first[ORDER_NO_SIZE];
};

static inline bool fixture_see(void *context, const struct order *order) {
    struct fixture_seen *seen = context;
    if (seen->count++ == 0)
        strcpy(seen->first, order->no);
    return true;
}

#endif
