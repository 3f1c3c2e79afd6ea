/* SQLite's log: moved into the database when nobody waits, and washed of what was blanked there.
 * It keeps its length, so that a full disk has room for what is already begun. */
#include <stdio.h>

#include "app/journal/parts.h"

/* Moved during work only when it grows beyond this: idle moments come far earlier. */
#define LOG_PAGES_MAX 4000
/* Of SQLite's file format. */
#define LOG_HEADER_BYTES 32
#define FRAME_HEADER_BYTES 24

static int64_t end_of(const struct journal *journal, int pages) {
    return LOG_HEADER_BYTES + (int64_t)pages * (FRAME_HEADER_BYTES + journal->page_size);
}

/* In place of SQLite's own checkpoint in the middle of a payment. */
static int note_log(void *context, sqlite3 *db, const char *name, int pages) {
    struct journal *journal = context;
    (void)db, (void)name;
    journal->log_pages = pages;
    if (end_of(journal, pages) > journal->log_used_end)
        journal->log_used_end = end_of(journal, pages);
    return SQLITE_OK;
}

void journal_watch_log(struct journal *journal) {
    sqlite3_wal_hook(journal->db, note_log, journal);
}

static enum journal_result read_page_size(struct journal *journal) {
    sqlite3_stmt *statement = journal_statement(journal, STATEMENT_PAGE_SIZE);
    if (!statement || sqlite3_step(statement) != SQLITE_ROW)
        return journal_fail(journal, "reading the page size");
    journal->page_size = sqlite3_column_int(statement, 0);
    sqlite3_reset(statement);
    return JOURNAL_OK;
}

static sqlite3_file *log_file(struct journal *journal) {
    sqlite3_file *file = NULL;
    sqlite3_file_control(journal->db, "main", SQLITE_FCNTL_JOURNAL_POINTER, &file);
    return file && file->pMethods ? file : NULL;
}

enum journal_result journal_find_log(struct journal *journal) {
    sqlite3_file *file = log_file(journal);
    sqlite3_int64 size = 0;
    if (file && file->pMethods->xFileSize(file, &size) != SQLITE_OK)
        return journal_say(journal, JOURNAL_IO, "the log's length cannot be read");
    journal->log_used_end = size;
    journal->log_tells = size > 0;
    return read_page_size(journal);
}

/* Writes the version as it is: one page, and a log that is in the database begins anew. */
static enum journal_result touch_database(struct journal *journal) {
    char pragma[48];
    snprintf(pragma, sizeof pragma, "PRAGMA user_version=%d", journal->version);
    return sqlite3_exec(journal->db, pragma, NULL, NULL, NULL) == SQLITE_OK
               ? JOURNAL_OK
               : journal_fail(journal, "writing the version");
}

static enum journal_result move_log(struct journal *journal, int *pages) {
    int moved = 0;
    if (sqlite3_wal_checkpoint_v2(journal->db, NULL, SQLITE_CHECKPOINT_PASSIVE, pages, &moved) !=
        SQLITE_OK)
        return journal_fail(journal, "checkpoint");
    if (*pages != moved)
        return JOURNAL_BUSY;
    journal->log_pages = 0;
    return JOURNAL_OK;
}

enum journal_result journal_checkpoint(struct journal *journal) {
    int pages;
    if (journal->log_pages == 0)
        return JOURNAL_OK;
    enum journal_result result = move_log(journal, &pages);
    return result == JOURNAL_BUSY ? JOURNAL_OK : result;
}

void journal_bound_log(struct journal *journal) {
    if (journal->log_pages > LOG_PAGES_MAX && journal_checkpoint(journal) != JOURNAL_OK)
        journal->log_pages = 0; /* committed all the same; tried again after as many pages */
}

/* Behind the last page in use nobody reads, and a recovery ends there: these bytes are not of the
 * log's present salts. */
static enum journal_result overwrite_rest(struct journal *journal) {
    static const char blank[1 << 16];
    sqlite3_file *file = log_file(journal);
    int64_t at = end_of(journal, journal->log_pages);
    while (file && at < journal->log_used_end) {
        int64_t left = journal->log_used_end - at;
        int size = left < (int64_t)sizeof blank ? (int)left : (int)sizeof blank;
        if (file->pMethods->xWrite(file, blank, size, at) != SQLITE_OK)
            return journal_say(journal, JOURNAL_IO, "the log cannot be overwritten");
        at += size;
    }
    journal->log_used_end = end_of(journal, journal->log_pages);
    return JOURNAL_OK;
}

/* A log that is wholly in the database begins anew with the next page written, unless somebody
 * still reads in it: then that page came behind the others. */
enum journal_result journal_wash(struct journal *journal) {
    int before = 0;
    if (!journal->log_tells)
        return JOURNAL_OK;
    enum journal_result result = move_log(journal, &before);
    if (result == JOURNAL_OK)
        result = touch_database(journal);
    if (result != JOURNAL_OK)
        return result;
    if (journal->log_pages == 0 || (before > 0 && journal->log_pages > before))
        return JOURNAL_BUSY;
    result = overwrite_rest(journal);
    journal->log_tells = result != JOURNAL_OK;
    return result;
}
