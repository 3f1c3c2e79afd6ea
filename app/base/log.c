#include "app/base/log.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/base/clock.h"

/* The only global of the program, set before any thread starts. Each line is one write(), which
 * O_APPEND keeps whole between threads. */
static struct {
    int file;
    enum log_level level;
} log_to = {.file = STDERR_FILENO, .level = LOG_INFO};

#define LINE_SIZE 1024

void log_open(const char *path, enum log_level level) {
    log_to.level = level;
    if (path == NULL || path[0] == '\0')
        return;
    int file = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (file < 0) {
        log_write(LOG_WARNING, "log", "cannot write %s: %s; the log goes to stderr", path,
                  strerror(errno));
        return;
    }
    log_close();
    log_to.file = file;
}

void log_close(void) {
    if (log_to.file != STDERR_FILENO) {
        close(log_to.file);
        log_to.file = STDERR_FILENO;
    }
}

static const char *level_name(enum log_level level) {
    static const char *const names[] = {"error", "warning", "info", "debug"};
    return names[level];
}

/* Control characters become blanks, so that a message from outside cannot forge a line. */
static void keep_one_line(char *text) {
    for (; *text != '\0'; text++)
        if ((unsigned char)*text < ' ' || *text == 0x7f)
            *text = ' ';
}

void log_write(enum log_level level, const char *module, const char *format, ...) {
    if (level > log_to.level)
        return;
    char line[LINE_SIZE];
    char time[CLOCK_TEXT_SIZE];
    int64_t now_ms = clock_wall_ms();
    int length = snprintf(line, sizeof line, "%s.%03d %s %s: ", clock_text(now_ms, time),
                          (int)(now_ms % 1000), level_name(level), module);
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(line + length, sizeof line - (size_t)length - 1, format, arguments);
    va_end(arguments);
    keep_one_line(line);
    size_t end = strlen(line);
    line[end] = '\n';
    ssize_t written = write(log_to.file, line, end + 1);
    (void)written; /* a failure has nowhere to be reported */
}

void log_bug(const char *file, int line, const char *what) {
    log_write(LOG_ERROR, "bug", "%s:%d: %s does not hold", file, line, what);
    abort();
}
