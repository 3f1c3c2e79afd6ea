#include "app/shell/trace.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

#include "app/base/log.h"

struct trace {
    int file;
};

struct trace *trace_open(const char *path) {
    if (path == NULL || path[0] == '\0')
        return NULL;
    int file = log_open_file(path);
    if (file < 0) {
        log_write(LOG_WARNING, "trace", "cannot write %s: %s", path, log_open_reason());
        return NULL;
    }
    struct trace *trace = calloc(1, sizeof *trace);
    ENSURE(trace != NULL);
    trace->file = file;
    return trace;
}

void trace_close(struct trace *trace) {
    if (trace != NULL) {
        close(trace->file);
        free(trace);
    }
}

void trace_write(struct trace *trace, const char *masked) {
    if (trace == NULL)
        return;
    struct iovec line[] = {
        {.iov_base = (void *)(uintptr_t)masked, .iov_len = strlen(masked)},
        {.iov_base = (void *)(uintptr_t) "\n", .iov_len = 1},
    };
    ssize_t written = writev(trace->file, line, 2);
    (void)written; /* a trace that cannot be written does not stop a payment */
}
