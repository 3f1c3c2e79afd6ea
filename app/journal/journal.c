/* Opening and closing: the lock, the file, its settings and its version. */
#include "app/journal/journal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/base/log.h"
#include "app/journal/parts.h"

#define BUSY_MS 2000

/* Made here, so that it and SQLite's files beside it are the owner's only. */
static enum journal_result take_lock(struct journal *journal, const char *path) {
    journal->lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (journal->lock == -1 && errno == ELOOP)
        return journal_say(journal, JOURNAL_LINK, "%s: %s", path,
                           journal_result_text(JOURNAL_LINK));
    if (journal->lock == -1)
        return journal_say(journal, JOURNAL_IO, "%s: %s", path, strerror(errno));
    (void)fchmod(journal->lock, 0600); /* it may come from a copy; the self-test says where not */
    if (flock(journal->lock, LOCK_EX | LOCK_NB) != 0)
        return journal_say(journal, JOURNAL_BUSY, "%s", journal_result_text(JOURNAL_BUSY));
    return JOURNAL_OK;
}

/* Before anything is made: what is missing is not begun anew where it once was. */
static enum journal_result claim_file(struct journal *journal, const char *path) {
    enum journal_result result = journal_look(path);
    if (result != JOURNAL_OK)
        return journal_say(journal, result, "%s", journal_result_text(result));
    return take_lock(journal, path);
}

/* The journal of this installation is the one that its identity file names; without one it is this.
 */
static enum journal_result check_identity(struct journal *journal,
                                          const struct journal_options *options) {
    enum journal_result result = journal_belongs(journal, options->path);
    if (result == JOURNAL_NOT_FOUND)
        return identity_save(journal, options);
    return result == JOURNAL_OK ? result
                                : journal_say(journal, result, "%s", journal_result_text(result));
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
    struct identity named;
    if (!journal->digest || !journal->sha256 || !journal->scratch)
        return journal_say(journal, JOURNAL_IO, "out of memory");
    if (own)
        result = claim_file(journal, options->path);
    journal->must_stand =
        !options->vfs && identity_load(options->path, &named) != JOURNAL_NOT_FOUND;
    if (result == JOURNAL_OK)
        result = open_file(journal, options);
    if (result == JOURNAL_OK)
        result = set_up(journal, options->read_only);
    if (result == JOURNAL_OK)
        result = journal_migrate(journal, options->terminal_id, options->read_only);
    if (own && result == JOURNAL_OK)
        result = check_identity(journal, options);
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
        journal->lock != -1) /* the log still holds what was blanked since it was written there */
        (void)sqlite3_wal_checkpoint_v2(journal->db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
    ENSURE(sqlite3_close(journal->db) == SQLITE_OK); /* whatever was prepared is finalized */
    if (journal->lock != -1)
        close(journal->lock);
    EVP_MD_CTX_free(journal->digest);
    EVP_MD_free(journal->sha256);
    text_free(&journal->payload);
    owed_forget(&journal->owed);
    free(journal->scratch);
    free(journal);
}
