#include "app/base/log.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/base/clock.h"
#include "app/base/text.h"

#define LINE_SIZE 1024
/* So many lines in a row may say the same within this time; then only their number is told. */
#define SAME_MAX 5
#define SAME_MS 10000

/* The only global of the program, opened before any thread starts. */
static struct {
    int file;
    enum log_level level;
    pthread_mutex_t lock; /* of what follows */
    char last[LINE_SIZE]; /* without its time */
    int64_t since_ms;
    int same, untold;
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
    if (file < 0) {
        log_write(LOG_WARNING, "log", "cannot write %s: %s; the log goes to stderr", path,
                  log_open_reason());
        return;
    }
    log_close();
    log_to.file = file;
}

static const char *level_name(enum log_level level) {
    static const char *const names[] = {"error", "warning", "info", "debug"};
    return names[level];
}

static void write_line(enum log_level level, const char *said) {
    char line[LINE_SIZE + CLOCK_TEXT_SIZE + 16], time[CLOCK_TEXT_SIZE];
    int64_t now_ms = clock_wall_ms();
    int length = snprintf(line, sizeof line, "%s.%03d %s %s\n", clock_text(now_ms, time),
                          (int)(now_ms % 1000), level_name(level), said);
    ssize_t written = write(log_to.file, line, (size_t)length);
    (void)written; /* a failure has nowhere to be reported */
}

static void tell_untold(void) {
    char told[64];
    if (log_to.untold > 0) {
        snprintf(told, sizeof told, "log: the same %d times more", log_to.untold);
        write_line(LOG_INFO, told);
    }
    log_to.untold = 0;
}

/* True when the line is one too many of those that say the same: whoever hangs up thousands of times
 * does not fill the disk. */
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
    pthread_mutex_unlock(&log_to.lock);
    if (log_to.file != STDERR_FILENO) {
        close(log_to.file);
        log_to.file = STDERR_FILENO;
    }
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
    if (!is_too_many(said))
        write_line(level, said);
    pthread_mutex_unlock(&log_to.lock);
}

void log_bug(const char *file, int line, const char *what) {
    log_write(LOG_ERROR, "bug", "%s:%d: %s does not hold", file, line, what);
    abort();
}
