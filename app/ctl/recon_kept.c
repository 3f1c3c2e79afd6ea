#include "app/ctl/recon_kept.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/base/log.h"

/* Caller: free(). Rows whose signature is missing or wrong are marked when they are read again. */
static char *kept_path(const char *folder, const char *asked, bool verified) {
    char *path = NULL;
    ENSURE(asprintf(&path, "%s/%s%s", folder, asked, verified ? "" : ".unverified") > 0);
    for (char *c = path + strlen(folder); *c != '\0'; c++)
        *c = *c == ' ' ? '_' : *c;
    return path;
}

static FILE *open_either(const char *folder, const char *asked, bool *verified) {
    FILE *file = NULL;
    for (int i = 0; file == NULL && i < 2; i++) {
        *verified = i == 0;
        char *path = kept_path(folder, asked, *verified);
        file = fopen(path, "re");
        free(path);
    }
    return file;
}

static bool copy_rest(FILE *from, FILE *to) {
    char piece[8192];
    size_t got;
    while ((got = fread(piece, 1, sizeof piece, from)) > 0)
        if (fwrite(piece, 1, got, to) != got)
            return false;
    return !ferror(from);
}

/* -1: it cannot be told. The file then stands at its beginning. */
static long length_of(FILE *file) {
    long length = fseek(file, 0, SEEK_END) == 0 ? ftell(file) : -1;
    rewind(file);
    return length;
}

/* A loss of power may leave a part of a file, or nothing. Answers stand one after the other, so
 * that one which ends between two of them looks whole: the first line says how long the rest is. */
#define KEPT_HEAD "# kept %ld bytes\n"

/* False: there is no such line; the file stands at its beginning again. */
static bool read_kept_head(FILE *file, long *length) {
    char line[64], expected[64];
    if (fgets(line, sizeof line, file) != NULL && sscanf(line, KEPT_HEAD, length) == 1) {
        snprintf(expected, sizeof expected, KEPT_HEAD, *length);
        if (strcmp(line, expected) == 0)
            return true;
    }
    rewind(file);
    return false;
}

enum kept_form kept_open(const char *folder, const char *asked, bool *verified, FILE **answers) {
    long whole, length;
    FILE *file = open_either(folder, asked, verified);
    *answers = NULL;
    if (file == NULL)
        return KEPT_NOTHING;
    whole = length_of(file);
    if (whole > 0 && !read_kept_head(file, &length)) {
        *answers = file;
        return KEPT_UNCOUNTED;
    }
    if (whole > 0 && whole - ftell(file) == length)
        *answers = tmpfile();
    if (*answers != NULL && (!copy_rest(file, *answers) || length_of(*answers) != length)) {
        fclose(*answers);
        *answers = NULL;
    }
    fclose(file);
    return *answers != NULL ? KEPT_WHOLE : KEPT_CUT;
}

static bool write_answers(FILE *answers, FILE *out) {
    long length = length_of(answers);
    return length >= 0 && fprintf(out, KEPT_HEAD, length) > 0 && copy_rest(answers, out) &&
           fflush(out) == 0 && fsync(fileno(out)) == 0;
}

/* A name is durable when its folder is. */
static bool sync_kept_folder(const char *folder) {
    int descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool synced = descriptor >= 0 && fsync(descriptor) == 0;
    int why = errno;
    if (descriptor >= 0)
        close(descriptor);
    errno = why;
    return synced;
}

/* What was kept before under the other name would be found first, or last for ever. */
static void forget_other(const char *folder, const char *asked, bool verified) {
    char *other = kept_path(folder, asked, !verified);
    (void)unlink(other);
    free(other);
}

/* Written beside it, and put in its place when it is whole: it names persons' payments. */
bool kept_save(const char *folder, const char *asked, bool verified, FILE *answers) {
    char *path = kept_path(folder, asked, verified), *beside = NULL;
    ENSURE(asprintf(&beside, "%s.part", path) > 0);
    (void)unlink(beside);
    int descriptor = open(beside, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    FILE *out = descriptor < 0 ? NULL : fdopen(descriptor, "w");
    bool written = out != NULL && write_answers(answers, out);
    int why = errno;
    bool kept = out != NULL && fclose(out) == 0 && written;
    if (kept && rename(beside, path) == 0) {
        forget_other(folder, asked, verified);
        kept = sync_kept_folder(folder);
        why = errno;
    } else {
        why = kept ? errno : why;
        kept = false;
        (void)unlink(beside);
    }
    free(beside);
    free(path);
    errno = why;
    return kept;
}
