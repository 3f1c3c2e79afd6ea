#include "app/base/log.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "app/base/clock.h"
#include "app/base/text.h"

#define LINE_SIZE 1024
/* So many lines in a row may say the same within this time; then only their number is told. */
#define SAME_MAX 5
#define SAME_MS 10000
/* So many lines a source may write within this time; of more only the number is told. What it says
 * at its worst is still read, and the disk is not one source's. */
#define SOURCE_LINES_MAX 300
#define SOURCE_MS 60000
#define SOURCES_MAX 48
/* A file that has grown to this is put aside as PATH.1, that as PATH.2 and so on; the last goes. */
#define FILE_BYTES_MAX (8 << 20)
#define FILES_KEPT 4

struct source {
    const char *module;
    int64_t since_ms;
    int lines, left_out;
};

/* The only global of the program, opened before any thread starts. */
static struct {
    int file;
    enum log_level level;
    pthread_mutex_t lock; /* of what follows */
    char last[LINE_SIZE]; /* without its time */
    int64_t since_ms;
    int same, untold;
    struct source sources[SOURCES_MAX];
    char path[PATH_MAX]; /* of the file */
    int64_t bytes;       /* in it */
    bool journald;       /* `file` is its socket */
} log_to = {.file = STDERR_FILENO, .level = LOG_INFO, .lock = PTHREAD_MUTEX_INITIALIZER};

int log_open_file(const char *path) {
    return open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0600);
}

const char *log_open_reason(void) {
    return errno == ELOOP ? "it is a symbolic link" : strerror(errno);
}

void log_open(const char *path, enum log_level level) {
    log_to.level = level;
    if (path == NULL || path[0] == '\0')
        return;
    int file = log_open_file(path);
    struct stat found;
    if (file < 0) {
        log_write(LOG_WARNING, "log", "cannot write %s: %s; the log goes to stderr", path,
                  log_open_reason());
        return;
    }
    log_close();
    log_to.file = file;
    log_to.bytes = fstat(file, &found) == 0 ? found.st_size : 0;
    snprintf(log_to.path, sizeof log_to.path, "%s", path);
}

void log_open_journald(const char *socket_path) {
    struct sockaddr_un at = {.sun_family = AF_UNIX};
    int file = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    snprintf(at.sun_path, sizeof at.sun_path, "%s", socket_path);
    if (file < 0 ||
        connect(file, (const struct sockaddr *)(const void *)&at, (socklen_t)sizeof at) != 0) {
        if (file >= 0)
            close(file);
        return; /* it reads stderr as well, without the fields */
    }
    log_close();
    log_to.file = file;
    log_to.journald = true;
}

static const char *level_name(enum log_level level) {
    static const char *const names[] = {"error", "warning", "info", "debug"};
    return names[level];
}

/* The log's own folder only: whatever fails, the file goes on growing. */
static void turn_files_over(void) {
    char from[PATH_MAX + 16], to[PATH_MAX + 16];
    for (int i = FILES_KEPT; i > 0; i--) {
        snprintf(to, sizeof to, "%s.%d", log_to.path, i);
        snprintf(from, sizeof from, i > 1 ? "%s.%d" : "%s", log_to.path, i - 1);
        (void)rename(from, to);
    }
    int file = log_open_file(log_to.path);
    if (file < 0)
        return;
    close(log_to.file);
    log_to.file = file;
    log_to.bytes = 0;
}

/* Its native protocol: a field a line, which no line of ours can break out of. */
static void write_to_journald(enum log_level level, const char *module, const char *text) {
    static const int priorities[] = {3, 4, 6, 7}; /* of syslog */
    char entry[LINE_SIZE + 128];
    int length = snprintf(entry, sizeof entry,
                          "MESSAGE=%s: %s\nPRIORITY=%d\nSYSLOG_IDENTIFIER=hopkiosk\n"
                          "HOPKIOSK_SOURCE=%s\n",
                          module, text, priorities[level], module);
    ssize_t written = send(log_to.file, entry, (size_t)length, MSG_NOSIGNAL);
    (void)written; /* a failure has nowhere to be reported */
}

static void write_line(enum log_level level, const char *module, const char *text) {
    char line[LINE_SIZE + CLOCK_TEXT_SIZE + 32], time[CLOCK_TEXT_SIZE];
    if (log_to.journald) {
        write_to_journald(level, module, text);
        return;
    }
    int64_t now_ms = clock_wall_ms();
    int length = snprintf(line, sizeof line, "%s.%03d %s %s: %s\n", clock_text(now_ms, time),
                          (int)(now_ms % 1000), level_name(level), module, text);
    ssize_t written = write(log_to.file, line, (size_t)length);
    log_to.bytes += written > 0 ? written : 0; /* a failure has nowhere to be reported */
    if (log_to.path[0] != '\0' && log_to.bytes >= FILE_BYTES_MAX)
        turn_files_over();
}

static void tell_untold(void) {
    char told[64];
    if (log_to.untold > 0) {
        snprintf(told, sizeof told, "the same %d times more", log_to.untold);
        write_line(LOG_INFO, "log", told);
    }
    log_to.untold = 0;
}

static struct source *find_source(const char *module) {
    for (int i = 0; i < SOURCES_MAX; i++) {
        struct source *source = &log_to.sources[i];
        if (source->module == NULL)
            source->module = module;
        if (strcmp(source->module, module) == 0)
            return source;
    }
    return NULL; /* a table that is too short limits nobody */
}

static void tell_left_out(struct source *source) {
    char told[96];
    if (source->left_out > 0) {
        snprintf(told, sizeof told, "%d lines of %s were left out", source->left_out,
                 source->module);
        write_line(LOG_WARNING, "log", told);
    }
    source->left_out = 0;
}

static bool is_source_too_loud(const char *module) {
    struct source *source = find_source(module);
    int64_t now_ms = clock_mono_ms();
    if (source == NULL)
        return false;
    if (source->since_ms == 0 || now_ms >= source->since_ms + SOURCE_MS) {
        tell_left_out(source);
        source->since_ms = now_ms;
        source->lines = 0;
    }
    if (source->lines++ < SOURCE_LINES_MAX)
        return false;
    source->left_out++;
    return true;
}

/* True when the line is one too many of those that say the same: whoever hangs up thousands of
 * times does not fill the disk. */
static bool is_too_many(const char *said) {
    int64_t now_ms = clock_mono_ms();
    bool same = strcmp(log_to.last, said) == 0 && now_ms < log_to.since_ms + SAME_MS;
    if (same && ++log_to.same > SAME_MAX) {
        log_to.untold++;
        return true;
    }
    if (same)
        return false;
    tell_untold();
    snprintf(log_to.last, sizeof log_to.last, "%s", said);
    log_to.since_ms = now_ms;
    log_to.same = 1;
    return false;
}

void log_close(void) {
    pthread_mutex_lock(&log_to.lock);
    tell_untold();
    for (int i = 0; i < SOURCES_MAX && log_to.sources[i].module != NULL; i++)
        tell_left_out(&log_to.sources[i]);
    if (log_to.file != STDERR_FILENO)
        close(log_to.file);
    log_to.file = STDERR_FILENO;
    log_to.journald = false;
    log_to.path[0] = '\0';
    pthread_mutex_unlock(&log_to.lock);
}

void log_write(enum log_level level, const char *module, const char *format, ...) {
    if (level > log_to.level)
        return;
    char said[LINE_SIZE];
    int length = snprintf(said, sizeof said, "%s: ", module);
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(said + length, sizeof said - (size_t)length, format, arguments);
    va_end(arguments);
    text_one_line(said); /* a message from outside cannot forge one */
    pthread_mutex_lock(&log_to.lock);
    if (!is_too_many(said) && !is_source_too_loud(module))
        write_line(level, module, said + length);
    pthread_mutex_unlock(&log_to.lock);
}

void log_bug(const char *file, int line, const char *what) {
    log_write(LOG_ERROR, "bug", "%s:%d: %s does not hold", file, line, what);
    abort();
}
