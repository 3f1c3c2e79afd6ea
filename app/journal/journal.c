/* Opening, closing, statements and transactions. */
#include "app/journal/journal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/journal/parts.h"

#define BUSY_MS 2000

static const char *const statement_sql[STATEMENT_COUNT] = {
    [STATEMENT_BEGIN] = "BEGIN IMMEDIATE",
    [STATEMENT_COMMIT] = "COMMIT",
    [STATEMENT_HEAD] = "SELECT events, hash, last_no, terminal_id FROM head WHERE id = 1",
    [STATEMENT_SET_HEAD] =
        "INSERT INTO head (id, events, hash, last_no, terminal_id) VALUES (1, ?, ?, ?, ?)"
        " ON CONFLICT (id) DO UPDATE SET events = excluded.events, hash = excluded.hash,"
        " last_no = excluded.last_no",
    [STATEMENT_EVENT] = "INSERT INTO order_events (number, wall_ms, order_no, note, payload,"
                        " evidence, prev_hash, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
    [STATEMENT_FORGET] = "DELETE FROM retry WHERE order_no = ?",
    [STATEMENT_COUNT_CASES] = "SELECT count(*) FROM cases WHERE order_no = ?",
    [STATEMENT_COUNT_PRINTS] =
        "SELECT (SELECT count(*) FROM outbox WHERE outbox.order_no = orders.order_no)"
        " FROM orders WHERE order_no = ?",
    [STATEMENT_CASES] = "SELECT order_no, n, case_no, part, reason, opened_ms, state, resolved_ms,"
                        " resolved_by, resolution FROM cases"
                        " WHERE (?1 IS NULL OR order_no = ?1) AND (NOT ?2 OR state = 'open')"
                        " ORDER BY opened_ms, order_no, n",
    [STATEMENT_CASE] = "SELECT n FROM cases WHERE order_no = ? AND case_no = ? AND state = 'open'",
    [STATEMENT_OPEN_ORDERS] = "SELECT order_no FROM retry ORDER BY order_no",
    [STATEMENT_OF_PATIENT] =
        "SELECT order_no FROM orders WHERE patient_key = ? ORDER BY order_no DESC",
    [STATEMENT_NEWEST] =
        "SELECT order_no FROM orders WHERE created_ms >= ? ORDER BY order_no DESC LIMIT ?",
    [STATEMENT_EVENTS_OF] = "SELECT number, wall_ms, order_no, note, payload, evidence"
                            " FROM order_events WHERE order_no = ? ORDER BY number",
    [STATEMENT_PAGE_SIZE] = "PRAGMA page_size",
    [STATEMENT_PAID_SINCE] =
        "SELECT coalesce(sum(amount_fen), 0) FROM orders JOIN legs USING (order_no)"
        " WHERE order_no >= ?1 AND (?2 IS NULL OR patient_key = ?2)"
        " AND legs.state NOT IN ('declined', 'closed', 'paid_after_close', 'returned')",
};

static const char *const result_texts[] = {
    [JOURNAL_OK] = "ok",
    [JOURNAL_BUSY] = "another kiosk has the journal",
    [JOURNAL_FULL] = "the disk is full",
    [JOURNAL_IO] = "the journal cannot be read or written",
    [JOURNAL_CORRUPT] = "the journal is damaged",
    [JOURNAL_NEWER] = "the journal was written by a newer version",
    [JOURNAL_NOT_FOUND] = "not in the journal",
};

const char *journal_result_text(enum journal_result result) {
    return result_texts[result];
}

const char *journal_error(const struct journal *journal) {
    return journal->error;
}

enum journal_result journal_say(struct journal *journal, enum journal_result result,
                                const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(journal->error, sizeof journal->error, format, arguments);
    va_end(arguments);
    return result;
}

enum journal_result journal_fail(struct journal *journal, const char *what) {
    int code = sqlite3_errcode(journal->db) & 0xff;
    journal_say(journal, JOURNAL_IO, "%s: %s", what, sqlite3_errmsg(journal->db));
    switch (code) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return JOURNAL_BUSY;
    case SQLITE_FULL:
        return JOURNAL_FULL;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_CONSTRAINT:
    case SQLITE_ERROR: /* a table or column that should be there is not */
        return JOURNAL_CORRUPT;
    default:
        return JOURNAL_IO;
    }
}

static sqlite3_stmt *prepared(struct journal *journal, sqlite3_stmt **kept, const char *sql) {
    if (!*kept)
        sqlite3_prepare_v3(journal->db, sql, -1, SQLITE_PREPARE_PERSISTENT, kept, NULL);
    return *kept;
}

sqlite3_stmt *journal_statement(struct journal *journal, enum statement statement) {
    return prepared(journal, &journal->statements[statement], statement_sql[statement]);
}

/* Row statements are built from the column tables when first needed. */
static sqlite3_stmt *built(struct journal *journal, sqlite3_stmt **kept, char *sql) {
    if (sql)
        prepared(journal, kept, sql);
    free(sql);
    return *kept;
}

sqlite3_stmt *journal_select(struct journal *journal, enum table table) {
    const char *where =
        table_shapes[table].numbered ? " WHERE order_no=? AND n=?" : " WHERE order_no=?";
    sqlite3_stmt **kept = &journal->select[table];
    return *kept ? *kept : built(journal, kept, row_select_sql(table, where));
}

sqlite3_stmt *journal_parts_of(struct journal *journal, enum table table) {
    sqlite3_stmt **kept = &journal->parts[table];
    return *kept ? *kept
                 : built(journal, kept, row_select_sql(table, " WHERE order_no=? ORDER BY n"));
}

sqlite3_stmt *journal_upsert(struct journal *journal, enum table table) {
    sqlite3_stmt **kept = &journal->upsert[table];
    return *kept ? *kept : built(journal, kept, row_upsert_sql(table));
}

static enum journal_result run_sql(struct journal *journal, enum statement which,
                                   const char *what) {
    sqlite3_stmt *statement = journal_statement(journal, which);
    if (!statement)
        return journal_fail(journal, what);
    int step = sqlite3_step(statement);
    enum journal_result result = step == SQLITE_DONE ? JOURNAL_OK : journal_fail(journal, what);
    sqlite3_reset(statement);
    return result;
}

enum journal_result journal_begin(struct journal *journal) {
    return run_sql(journal, STATEMENT_BEGIN, "beginning");
}

enum journal_result journal_end(struct journal *journal, enum journal_result result) {
    if (result == JOURNAL_OK)
        result = run_sql(journal, STATEMENT_COMMIT, "committing");
    if (!sqlite3_get_autocommit(journal->db))
        sqlite3_exec(journal->db, "ROLLBACK", NULL, NULL, NULL);
    if (result == JOURNAL_OK)
        journal_bound_log(journal);
    return result;
}

static enum journal_result take_lock(struct journal *journal, const char *path) {
    char lock_path[4096];
    if (snprintf(lock_path, sizeof lock_path, "%s.lock", path) >= (int)sizeof lock_path)
        return journal_say(journal, JOURNAL_IO, "the journal's path is too long");
    journal->lock = open(lock_path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (journal->lock < 0)
        return journal_say(journal, JOURNAL_IO, "%s: %s", lock_path, strerror(errno));
    if (flock(journal->lock, LOCK_EX | LOCK_NB) != 0)
        return journal_say(journal, JOURNAL_BUSY, "%s", result_texts[JOURNAL_BUSY]);
    return JOURNAL_OK;
}

/* Made here, so that it and SQLite's files beside it are the owner's only. */
static enum journal_result make_file(struct journal *journal, const char *path) {
    int file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (file < 0)
        return journal_say(journal, JOURNAL_IO, "%s: %s", path, strerror(errno));
    (void)fchmod(file, 0600); /* it may come from a copy; the self-test says where this fails */
    close(file);
    return JOURNAL_OK;
}

static enum journal_result open_file(struct journal *journal,
                                     const struct journal_options *options) {
    int flags =
        options->read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    if (options->read_only && !options->vfs && access(options->path, F_OK) != 0)
        return journal_say(journal, JOURNAL_NOT_FOUND, "%s: %s", options->path, strerror(errno));
    if (sqlite3_open_v2(options->path, &journal->db, flags | SQLITE_OPEN_NOMUTEX, options->vfs) !=
        SQLITE_OK)
        return journal_fail(journal, options->path);
    journal->vfs = sqlite3_vfs_find(options->vfs);
    sqlite3_extended_result_codes(journal->db, 0);
    sqlite3_busy_timeout(journal->db, BUSY_MS);
    return JOURNAL_OK;
}

static enum journal_result set_up(struct journal *journal, bool read_only) {
    static const char writing[] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
                                  "PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON;"
                                  "PRAGMA journal_size_limit=-1; PRAGMA temp_store=MEMORY;";
    static const char reading[] = "PRAGMA temp_store=MEMORY;";
    if (sqlite3_exec(journal->db, read_only ? reading : writing, NULL, NULL, NULL) != SQLITE_OK)
        return journal_fail(journal, "opening");
    if (read_only)
        return JOURNAL_OK;
    int keep = 1; /* the log stays as long as it is: writing into it needs no new blocks */
    sqlite3_file_control(journal->db, "main", SQLITE_FCNTL_PERSIST_WAL, &keep);
    journal_watch_log(journal);
    return JOURNAL_OK;
}

static enum journal_result open_all(struct journal *journal,
                                    const struct journal_options *options) {
    enum journal_result result = JOURNAL_OK;
    bool own = !options->read_only && !options->vfs;
    if (!journal->digest || !journal->sha256 || !journal->scratch)
        return journal_say(journal, JOURNAL_IO, "out of memory");
    if (own)
        result = take_lock(journal, options->path);
    if (own && result == JOURNAL_OK)
        result = make_file(journal, options->path);
    if (result == JOURNAL_OK)
        result = open_file(journal, options);
    if (result == JOURNAL_OK)
        result = set_up(journal, options->read_only);
    if (result == JOURNAL_OK)
        result = journal_migrate(journal, options->terminal_id, options->read_only);
    if (result == JOURNAL_OK && !options->read_only)
        result = journal_find_log(journal);
    return result;
}

enum journal_result journal_open(const struct journal_options *options, struct journal **out) {
    struct journal *journal = calloc(1, sizeof *journal);
    *out = NULL;
    if (!journal)
        return JOURNAL_IO;
    journal->lock = -1;
    journal->digest = EVP_MD_CTX_new();
    journal->sha256 = EVP_MD_fetch(NULL, "SHA256", NULL);
    journal->scratch = calloc(1, sizeof *journal->scratch);
    enum journal_result result = open_all(journal, options);
    if (result == JOURNAL_OK)
        *out = journal;
    else
        journal_close(journal);
    return result;
}

void journal_close(struct journal *journal) {
    if (!journal)
        return;
    for (int i = 0; i < STATEMENT_COUNT; i++)
        sqlite3_finalize(journal->statements[i]);
    for (int i = 0; i < TABLE_COUNT; i++) {
        sqlite3_finalize(journal->select[i]);
        sqlite3_finalize(journal->parts[i]);
        sqlite3_finalize(journal->upsert[i]);
    }
    if (journal->db &&
        journal->lock >= 0) /* the log still holds what was blanked since it was written there */
        (void)sqlite3_wal_checkpoint_v2(journal->db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
    sqlite3_close(journal->db);
    if (journal->lock >= 0)
        close(journal->lock);
    EVP_MD_CTX_free(journal->digest);
    EVP_MD_free(journal->sha256);
    text_free(&journal->payload);
    free(journal->scratch);
    free(journal);
}
