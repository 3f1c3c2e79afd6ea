#include "app/recon/sources/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "app/base/text.h"

bool recon_complain(const struct recon_file *file, size_t at, struct recon_complaint *complaint,
                    const char *format, ...) {
    size_t line = 1;
    va_list arguments;
    char what[384];
    for (size_t i = 0; i < at && i < file->size; i++)
        line += file->data[i] == '\n';
    va_start(arguments, format);
    vsnprintf(what, sizeof what, format, arguments);
    va_end(arguments);
    text_one_line(what);
    snprintf(complaint->text, sizeof complaint->text,
             file->answers ? "%.100s, page %zu: " : "%.100s:%zu: ", file->path, line);
    size_t used = strlen(complaint->text);
    text_clean(complaint->text + used, sizeof complaint->text - used, what);
    return false;
}

static bool complain_whole(const char *path, struct recon_complaint *complaint, const char *why) {
    snprintf(complaint->text, sizeof complaint->text, "%.200s: %s", path, why);
    return false;
}

/* The mapping lives on after the descriptor. */
static bool map_file(struct recon_file *file, int fd, struct recon_complaint *complaint) {
    struct stat about;
    if (fstat(fd, &about) != 0 || !S_ISREG(about.st_mode))
        return complain_whole(file->path, complaint, "expected a regular file");
    file->size = (size_t)about.st_size;
    file->data = "";
    if (file->size == 0)
        return true;
    void *data = mmap(NULL, file->size, PROT_READ, MAP_PRIVATE, fd, 0);
    if (data == MAP_FAILED) {
        file->size = 0;
        return complain_whole(file->path, complaint, strerror(errno));
    }
    (void)madvise(data, file->size, MADV_SEQUENTIAL);
    file->data = data;
    return true;
}

static bool is_gzip(const struct recon_file *file) {
    return file->size > 2 && !memcmp(file->data, "\x1f\x8b", 2);
}

/* Zero after everything was written, else why not. */
static const char *unpack_gzip(gzFile from, FILE *to) {
    static char piece[1 << 16];
    size_t total = 0;
    int got;
    while ((got = gzread(from, piece, sizeof piece)) > 0) {
        total += (size_t)got;
        if (total > RECON_FILE_MAX)
            return "unpacks to more than 16 GiB";
        if (fwrite(piece, 1, (size_t)got, to) != (size_t)got)
            return strerror(errno);
    }
    /* Of a file that was cut, zlib gives what there is and says so only here. */
    int error = Z_OK;
    (void)gzerror(from, &error);
    return got < 0 || error != Z_OK ? "gzip: truncated or damaged" : NULL;
}

static bool open_gzip(struct recon_file *file, int fd, struct recon_complaint *complaint) {
    FILE *plain = tmpfile();
    int copy = dup(fd);
    gzFile packed = copy < 0 || lseek(copy, 0, SEEK_SET) != 0 ? NULL : gzdopen(copy, "rb");
    const char *why = plain && packed ? unpack_gzip(packed, plain) : strerror(errno);
    if (why == NULL && fflush(plain) != 0)
        why = strerror(errno);
    if (packed && gzclose_r(packed) != Z_OK && why == NULL)
        why = "gzip: truncated or damaged";
    if (!packed && copy >= 0)
        close(copy);
    recon_file_close(file);
    bool good =
        why ? complain_whole(file->path, complaint, why) : map_file(file, fileno(plain), complaint);
    if (plain)
        fclose(plain);
    return good;
}

bool recon_file_replace(struct recon_file *file, FILE *plain, struct recon_complaint *complaint) {
    if (fflush(plain) != 0)
        return complain_whole(file->path, complaint, strerror(errno));
    recon_file_close(file);
    return map_file(file, fileno(plain), complaint);
}

bool recon_file_open(struct recon_file *file, const char *path, struct recon_complaint *complaint) {
    *file = (struct recon_file){.path = path, .data = ""};
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0)
        return complain_whole(path, complaint, strerror(errno));
    bool good = map_file(file, fd, complaint);
    if (good && is_gzip(file))
        good = open_gzip(file, fd, complaint);
    close(fd);
    return good;
}

bool recon_file_take(struct recon_file *file, const char *name, FILE *answers,
                     struct recon_complaint *complaint) {
    *file = (struct recon_file){.path = name, .data = "", .answers = true};
    return recon_file_replace(file, answers, complaint);
}

void recon_file_close(struct recon_file *file) {
    if (file->size > 0)
        munmap((void *)(uintptr_t)file->data, file->size);
    file->data = "";
    file->size = 0;
}
