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

FILE *kept_open(const char *folder, const char *asked, bool *verified) {
    FILE *file = NULL;
    for (int i = 0; file == NULL && i < 2; i++) {
        *verified = i == 0;
        char *path = kept_path(folder, asked, *verified);
        file = fopen(path, "re");
        free(path);
    }
    return file;
}

static bool copy_answers(FILE *from, FILE *to) {
    char piece[8192];
    size_t got;
    rewind(from);
    while ((got = fread(piece, 1, sizeof piece, from)) > 0)
        if (fwrite(piece, 1, got, to) != got)
            return false;
    return !ferror(from);
}

/* Written beside it, and put in its place when it is whole: it names persons' payments. */
bool kept_save(const char *folder, const char *asked, bool verified, FILE *answers) {
    char *path = kept_path(folder, asked, verified), *beside = NULL;
    ENSURE(asprintf(&beside, "%s.part", path) > 0);
    (void)unlink(beside);
    int descriptor = open(beside, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    FILE *out = descriptor < 0 ? NULL : fdopen(descriptor, "w");
    bool copied = out != NULL && copy_answers(answers, out);
    bool kept = out != NULL && fclose(out) == 0 && copied && rename(beside, path) == 0;
    int why = errno;
    if (!kept)
        (void)unlink(beside);
    free(beside);
    free(path);
    errno = why;
    return kept;
}
