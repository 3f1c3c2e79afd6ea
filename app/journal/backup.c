/* A copy of the journal that stands by itself, made while the kiosk writes; and the way back, which
 * forgets nothing: what happened since a copy was made is not in it. */
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/journal/parts.h"

/* One moment of the source: all pages in one step. The copy needs no log beside it. */
static enum journal_result copy_pages(struct journal *journal, sqlite3 *to) {
    sqlite3_backup *backup = sqlite3_backup_init(to, "main", journal->db, "main");
    if (backup == NULL)
        return journal_say(journal, JOURNAL_IO, "the copy: %s", sqlite3_errmsg(to));
    int step = sqlite3_backup_step(backup, -1);
    sqlite3_backup_finish(backup); /* whose word is the step's once more */
    if (step != SQLITE_DONE)
        return journal_say(journal, step == SQLITE_FULL ? JOURNAL_FULL : JOURNAL_IO, "the copy: %s",
                           sqlite3_errstr(step));
    return sqlite3_exec(to, "PRAGMA journal_mode=DELETE", NULL, NULL, NULL) == SQLITE_OK
               ? JOURNAL_OK
               : journal_say(journal, JOURNAL_IO, "the copy: %s", sqlite3_errmsg(to));
}

enum journal_result journal_backup(struct journal *journal, const char *path) {
    sqlite3 *to = NULL;
    int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (file == -1)
        return journal_say(journal, errno == ENOSPC ? JOURNAL_FULL : JOURNAL_IO, "%s: %s", path,
                           strerror(errno));
    close(file);
    enum journal_result result = JOURNAL_OK;
    if (sqlite3_open_v2(path, &to, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK)
        result = journal_say(journal, JOURNAL_IO, "%s: %s", path, sqlite3_errmsg(to));
    if (result == JOURNAL_OK)
        result = copy_pages(journal, to);
    sqlite3_close(to);
    if (result == JOURNAL_OK && !identity_sync_folder(path))
        result = journal_say(journal, JOURNAL_IO, "%s: %s", path, strerror(errno));
    if (result != JOURNAL_OK)
        unlink(path);
    return result;
}

/* --- the way back ------------------------------------------------------------------------------
 */

static bool is_same_journal(struct journal *copy, struct journal *standing) {
    return journal_read_identity(copy) == JOURNAL_OK &&
           journal_read_identity(standing) == JOURNAL_OK &&
           strcmp(standing->identity.journal_id, copy->identity.journal_id) == 0;
}

/* Is the newest event of `older` one of `newer`, in its place? */
static bool is_beginning_of(struct journal *older, struct journal *newer) {
    struct head head;
    char hash[HASH_SIZE];
    if (journal_read_head(older, &head) != JOURNAL_OK)
        return false;
    return head.events == 0 || (journal_hash_at(newer, head.events, hash) == JOURNAL_OK &&
                                strcmp(hash, head.hash) == 0);
}

/* Then the copy forgets nothing. One that was begun or named anew here knows only what was done
 * since: of the time before that the copy may lack some. */
static bool holds_all_of(struct journal *copy, struct journal *standing) {
    return is_same_journal(copy, standing) && is_beginning_of(standing, copy);
}

static bool count_open(void *context, const struct order *order) {
    (void)order;
    ++*(int64_t *)context;
    return true;
}

static bool count_damaged(void *context, const char *order_no, const char *why) {
    (void)order_no, (void)why;
    ++*(int64_t *)context;
    return true;
}

static bool count_lost_case(void *context, const struct journal_case *found) {
    (void)found;
    ++*(int64_t *)context;
    return true;
}

/* Of one that was begun anew here the copy has none. */
static int64_t events_more(struct journal *copy, struct journal *standing, const struct head *head,
                           const struct journal_restored *out) {
    return head->events - (is_beginning_of(copy, standing) ? out->finding.events : 0);
}

/* Another's journal, or one that cannot be read, is put aside unasked, as `journal init` does. */
static void count_lost(struct journal *copy, struct journal *standing, const char *path,
                       struct journal_restored *out) {
    struct head head;
    int64_t orders = 0, cases = 0;
    journal_on_unreadable(standing, count_damaged, &orders);
    if (journal_belongs(standing, path) == JOURNAL_FOREIGN ||
        journal_each_open(standing, count_open, &orders) != JOURNAL_OK ||
        journal_each_case(standing, NULL, true, count_lost_case, &cases) != JOURNAL_OK ||
        journal_read_head(standing, &head) != JOURNAL_OK)
        return;
    out->lost_orders = orders;
    out->lost_cases = cases;
    int64_t more = events_more(copy, standing, &head, out);
    out->lost_events = more > 0 ? more : 0;
}

/* Of another version's only the head is read, which every version has. What is open in it nobody
 * can tell: some event at least is lost. */
static void count_lost_of_version(struct journal *copy, struct journal *standing, const char *path,
                                  struct journal_restored *out) {
    struct head head;
    if (journal_belongs(standing, path) == JOURNAL_FOREIGN ||
        journal_read_head(standing, &head) != JOURNAL_OK)
        return;
    int64_t more = events_more(copy, standing, &head, out);
    out->lost_version = true;
    out->lost_events = more > 0 ? more : 1;
}

/* Neither brought to this version nor checked. */
static struct journal *open_another_version(const char *path) {
    struct journal *journal = calloc(1, sizeof *journal);
    if (journal == NULL)
        return NULL;
    journal->lock = -1;
    if (sqlite3_open_v2(path, &journal->db, SQLITE_OPEN_READONLY, NULL) == SQLITE_OK)
        return journal;
    journal_close(journal);
    return NULL;
}

/* Is the journal that stands there whole in the copy? One that is not there proves nothing. */
static bool forgets_nothing(struct journal *copy, const char *path, struct journal_restored *out) {
    struct journal_options options = {.path = path, .read_only = true};
    struct journal *standing;
    enum journal_result result = journal_open(&options, &standing);
    bool of_version = result == JOURNAL_OLDER || result == JOURNAL_NEWER;
    if (of_version)
        standing = open_another_version(path);
    if (standing == NULL)
        return false;
    bool all = holds_all_of(copy, standing);
    if (!all && of_version)
        count_lost_of_version(copy, standing, path, out);
    else if (!all)
        count_lost(copy, standing, path, out);
    journal_close(standing);
    return all;
}

/* Numbers of orders and events go on under another name, so that none of them is given twice. */
static enum journal_result name_anew(struct journal *copy) {
    enum journal_result result = journal_begin(copy);
    if (result != JOURNAL_OK)
        return result;
    if (sqlite3_exec(copy->db, "UPDATE head SET journal_id = '', installation = ''", NULL, NULL,
                     NULL) != SQLITE_OK)
        result = journal_fail(copy, "naming the journal anew");
    if (result == JOURNAL_OK)
        result = journal_give_identity(copy);
    if (result == JOURNAL_OK)
        result = journal_read_identity(copy);
    return journal_end(copy, result);
}

static enum journal_result judge_copy(struct journal *copy, const char *path,
                                      enum journal_since since, struct journal_restored *out) {
    enum journal_result result = journal_verify(copy, &out->finding);
    if (result != JOURNAL_OK || !out->finding.good)
        return result == JOURNAL_OK ? JOURNAL_CORRUPT : result;
    result = journal_each_open(copy, count_open, &out->open_orders);
    if (result != JOURNAL_OK || forgets_nothing(copy, path, out))
        return result;
    bool loses = out->lost_orders + out->lost_cases + out->lost_events > 0;
    if (loses && since != SINCE_FORGOTTEN)
        return JOURNAL_CONFLICT;
    if (since == SINCE_NOTHING)
        return JOURNAL_OK;
    if (out->open_orders > 0)
        return JOURNAL_CONFLICT;
    out->named_anew = true;
    return name_anew(copy);
}

/* Made beside the place where it will stand, and brought to this version there. */
static enum journal_result lay_out_copy(const char *from, const char *beside) {
    struct journal source = {.db = NULL};
    if (sqlite3_open_v2(from, &source.db, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK) {
        sqlite3_close(source.db);
        return JOURNAL_NOT_FOUND;
    }
    enum journal_result result = journal_backup(&source, beside);
    sqlite3_close(source.db);
    return result;
}

static void remove_copy(const char *beside) {
    static const char *const ends[] = {"", "-wal", "-shm", ".identity", ".identity.new"};
    char name[PATH_MAX + 16];
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        snprintf(name, sizeof name, "%s%s", beside, ends[i]);
        unlink(name);
    }
}

/* Root may do this; the files are the kiosk's, whose the folder is. */
static bool give_to_owner(const char *name) {
    char copy[PATH_MAX];
    struct stat folder;
    snprintf(copy, sizeof copy, "%s", name);
    return geteuid() != 0 ||
           (stat(dirname(copy), &folder) == 0 && chown(name, folder.st_uid, folder.st_gid) == 0);
}

/* At every moment there is either a journal with its own identity, or an identity whose journal is
 * missed. */
static enum journal_result put_in_place(const char *beside, const char *path) {
    char made[PATH_MAX + 16], name[PATH_MAX + 16];
    snprintf(made, sizeof made, "%s.identity", beside);
    snprintf(name, sizeof name, "%s.identity", path);
    if (!give_to_owner(beside) || !give_to_owner(made) || rename(beside, path) != 0 ||
        rename(made, name) != 0 || !identity_sync_folder(path))
        return JOURNAL_IO;
    remove_copy(beside);
    return JOURNAL_OK;
}

static enum journal_result put_aside(const char *path, struct journal_restored *out) {
    enum journal_result result =
        identity_set_aside(path, true, out->put_aside, sizeof out->put_aside);
    if (result != JOURNAL_NOT_FOUND)
        return result;
    out->put_aside[0] = '\0';
    return JOURNAL_OK;
}

enum journal_result journal_restore(const struct journal_options *options, const char *from,
                                    enum journal_since since, struct journal_restored *out) {
    char beside[PATH_MAX];
    struct journal *copy;
    struct journal_options aside = *options;
    *out = (struct journal_restored){.put_aside = ""};
    snprintf(beside, sizeof beside, "%.4000s.restoring", options->path);
    aside.path = beside;
    remove_copy(beside); /* of one that was interrupted */
    enum journal_result result = lay_out_copy(from, beside);
    if (result == JOURNAL_OK)
        result = journal_open(&aside, &copy);
    if (result == JOURNAL_OK) {
        result = judge_copy(copy, options->path, since, out);
        if (result == JOURNAL_OK)
            result = identity_save(copy, &aside);
        journal_close(copy);
    }
    if (result == JOURNAL_OK)
        result = put_aside(options->path, out);
    if (result == JOURNAL_OK)
        return put_in_place(beside, options->path);
    remove_copy(beside);
    return result;
}
