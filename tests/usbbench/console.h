/* Where commands come from: lines on the standard input and on a local socket. */
#ifndef USBBENCH_CONSOLE_H
#define USBBENCH_CONSOLE_H

#include <poll.h>
#include <stdbool.h>
#include <stddef.h>

#define CONSOLE_CLIENTS_MAX 8
#define CONSOLE_LINE_SIZE 4096

struct console_client {
    int in, out; /* -1: free */
    size_t length;
    char line[CONSOLE_LINE_SIZE];
};

struct console {
    int listen;
    char path[108];
    struct console_client clients[CONSOLE_CLIENTS_MAX];
};

/* `path` NULL: no socket; `with_stdin`: the first client is the standard input. */
bool console_open(struct console *console, const char *path, bool with_stdin);
void console_close(struct console *console);
int console_polls(const struct console *console, struct pollfd *polls);
/* `run` answers one line with "ok" or "error: ...". */
void console_serve(struct console *console, const struct pollfd *polls, int count,
                   void (*run)(void *context, const char *line, char *answer, size_t size),
                   void *context);

#endif
