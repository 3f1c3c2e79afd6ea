/* Which journal is this installation's. The journal says it in `head`, and PATH.identity beside it
 * says it again: a journal that vanishes, is emptied or is exchanged is missed, instead of begun
 * anew with nothing remembered. The file is written after the journal stands, so a first start that
 * is interrupted is a first start again. */
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/base/clock.h"
#include "app/journal/parts.h"

#define IDENTITY_BYTES_MAX 1024
#define ALPHABET                                                                                   \
    "23456789ABCDEFGHJKLMNPQRSTUVWXYZ" /* none is taken for another: people read them */

static void name_identity_file(const char *path, char out[PATH_MAX]) {
    snprintf(out, PATH_MAX, "%s.identity", path);
}

/* The installation follows from the id, so that neither can be altered alone. */
static void derive_installation(struct journal *journal, const char *journal_id,
                                char out[INSTALLATION_SIZE]) {
    char hash[HASH_SIZE];
    unsigned bits = 0;
    chain_genesis(journal, journal_id, hash);
    sscanf(hash, "%6x", &bits);
    for (int i = 0; i < INSTALLATION_SIZE - 1; i++, bits /= 32)
        out[i] = ALPHABET[bits % 32];
    out[INSTALLATION_SIZE - 1] = '\0';
}
_Static_assert(sizeof ALPHABET - 1 == 32, "five bits a letter");

static void make_identity(struct journal *journal, struct identity *out) {
    unsigned char bytes[16];
    journal->vfs->xRandomness(journal->vfs, sizeof bytes, (char *)bytes);
    for (int i = 0; i < 16; i++)
        snprintf(out->journal_id + 2 * i, 3, "%02x", bytes[i]);
    derive_installation(journal, out->journal_id, out->installation);
}

bool identity_is_sound(struct journal *journal) {
    char installation[INSTALLATION_SIZE];
    derive_installation(journal, journal->identity.journal_id, installation);
    return strlen(journal->identity.journal_id) == JOURNAL_ID_SIZE - 1 &&
           strcmp(installation, journal->identity.installation) == 0;
}

enum journal_result journal_read_identity(struct journal *journal) {
    sqlite3_stmt *statement = journal_statement(journal, STATEMENT_IDENTITY);
    if (!statement)
        return journal_fail(journal, "reading the identity");
    int step = sqlite3_step(statement);
    if (step == SQLITE_ROW) {
        journal_copy_text(statement, 0, journal->identity.journal_id, JOURNAL_ID_SIZE);
        journal_copy_text(statement, 1, journal->identity.installation, INSTALLATION_SIZE);
    }
    enum journal_result result = step == SQLITE_ROW ? JOURNAL_OK
                                 : step == SQLITE_DONE
                                     ? journal_say(journal, JOURNAL_CORRUPT, "the head is missing")
                                     : journal_fail(journal, "reading the identity");
    sqlite3_reset(statement);
    return result;
}

enum journal_result journal_give_identity(struct journal *journal) {
    struct identity made;
    enum journal_result result = journal_read_identity(journal);
    if (result != JOURNAL_OK || journal->identity.journal_id[0])
        return result;
    make_identity(journal, &made);
    sqlite3_stmt *statement = journal_statement(journal, STATEMENT_SET_IDENTITY);
    if (!statement)
        return journal_fail(journal, "writing the identity");
    journal_bind_text(statement, 1, made.journal_id);
    journal_bind_text(statement, 2, made.installation);
    return journal_step_done(journal, statement, "writing the identity");
}

enum journal_result journal_installation(struct journal *journal, char out[INSTALLATION_SIZE]) {
    enum journal_result result = journal_read_identity(journal);
    if (result == JOURNAL_OK && !identity_is_sound(journal))
        return journal_say(journal, JOURNAL_CORRUPT, "head: the installation is altered");
    if (result == JOURNAL_OK)
        memcpy(out, journal->identity.installation, INSTALLATION_SIZE);
    return result;
}

enum journal_result identity_load(const char *path, struct identity *out) {
    char name[PATH_MAX], text[IDENTITY_BYTES_MAX] = "";
    name_identity_file(path, name);
    int file = open(name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (file == -1)
        return errno == ENOENT ? JOURNAL_NOT_FOUND : JOURNAL_FOREIGN;
    (void)!read(file, text, sizeof text - 1); /* what cannot be read names nothing */
    close(file);
    bool read = sscanf(text, "journal %32[0-9a-f]\ninstallation %2[0-9A-Z]\n", out->journal_id,
                       out->installation) == 2;
    return read && strlen(out->journal_id) == JOURNAL_ID_SIZE - 1 ? JOURNAL_OK : JOURNAL_FOREIGN;
}

/* A name is durable when its folder is. */
bool identity_sync_folder(const char *path) {
    char copy[PATH_MAX];
    snprintf(copy, sizeof copy, "%s", path);
    int folder = open(dirname(copy), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder == -1)
        return false;
    bool synced = fsync(folder) == 0;
    close(folder);
    return synced;
}

static bool write_whole(const char *name, const char *text) {
    int file = open(name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (file == -1)
        return false;
    size_t length = strlen(text);
    bool written = write(file, text, length) == (ssize_t)length && fsync(file) == 0;
    return close(file) == 0 && written;
}

enum journal_result identity_save(struct journal *journal, const struct journal_options *options) {
    char name[PATH_MAX], made[PATH_MAX + 8], text[IDENTITY_BYTES_MAX], when[CLOCK_TEXT_SIZE];
    name_identity_file(options->path, name);
    snprintf(made, sizeof made, "%s.new", name);
    snprintf(text, sizeof text,
             "journal %s\ninstallation %s\nterminal %.100s\nwritten %s%s%.200s\n",
             journal->identity.journal_id, journal->identity.installation,
             options->terminal_id ? options->terminal_id : "", clock_text(clock_wall_ms(), when),
             options->begun_by ? " by " : "", options->begun_by ? options->begun_by : "");
    if (!identity_sync_folder(options->path) || !write_whole(made, text) ||
        rename(made, name) != 0 || !identity_sync_folder(options->path))
        return journal_say(journal, errno == ENOSPC ? JOURNAL_FULL : JOURNAL_IO, "%s: %s", name,
                           strerror(errno));
    return JOURNAL_OK;
}

enum journal_result journal_belongs(struct journal *journal, const char *path) {
    struct identity named;
    enum journal_result result = journal_read_identity(journal);
    if (result == JOURNAL_OK)
        result = identity_load(path, &named);
    if (result == JOURNAL_OK && strcmp(named.journal_id, journal->identity.journal_id) != 0)
        return JOURNAL_FOREIGN;
    return result;
}

static bool is_missing(const char *path) {
    struct stat found;
    return stat(path, &found) != 0 ? errno == ENOENT : S_ISREG(found.st_mode) && !found.st_size;
}

enum journal_result journal_look(const char *path) {
    struct identity named;
    enum journal_result result = identity_load(path, &named);
    if (result == JOURNAL_NOT_FOUND)
        return JOURNAL_OK;
    if (result == JOURNAL_OK && is_missing(path))
        return JOURNAL_LOST;
    return result;
}

/* The database first: interrupted, what is left is an identity without a journal. */
static enum journal_result move_files(const char *path, const char *aside, bool is_missed) {
    static const char *const ends[] = {"", "-wal", "-shm", ".identity"};
    char from[PATH_MAX], to[PATH_MAX];
    bool moved = false;
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        bool stays = is_missed && strcmp(ends[i], ".identity") == 0;
        snprintf(from, sizeof from, "%s%s", path, ends[i]);
        snprintf(to, sizeof to, "%s%s", aside, ends[i]);
        if ((stays ? link : rename)(from, to) == 0)
            moved = true;
        else if (errno != ENOENT)
            return JOURNAL_IO;
    }
    if (!moved)
        return JOURNAL_NOT_FOUND;
    return identity_sync_folder(path) ? JOURNAL_OK : JOURNAL_IO;
}

/* Also by an identity alone, whose journal was missed when it was put aside. */
static bool name_is_taken(const char *aside) {
    char identity[PATH_MAX];
    snprintf(identity, sizeof identity, "%s.identity", aside);
    return access(aside, F_OK) == 0 || access(identity, F_OK) == 0;
}

static void name_aside(const char *path, char *aside, size_t size) {
    char digits[15];
    int length = snprintf(aside, size, "%s.before-%s", path, clock_digits(clock_wall_ms(), digits));
    for (int i = 2; name_is_taken(aside) && (size_t)length < size; i++)
        snprintf(aside + length, size - (size_t)length, "-%d", i);
}

enum journal_result identity_set_aside(const char *path, bool is_missed, char *aside, size_t size) {
    int file = open(path, O_RDWR | O_CLOEXEC);
    if (file == -1 && errno != ENOENT)
        return JOURNAL_IO;
    if (file != -1 && flock(file, LOCK_EX | LOCK_NB) != 0) {
        close(file);
        return JOURNAL_BUSY;
    }
    name_aside(path, aside, size);
    enum journal_result result = move_files(path, aside, is_missed);
    if (file != -1)
        close(file);
    return result;
}

enum journal_result journal_set_aside(const char *path, char *aside, size_t size) {
    return identity_set_aside(path, false, aside, size);
}
