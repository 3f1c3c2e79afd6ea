#include "tests/usbbench/console.h"

#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

static bool listen_at(struct console *console, const char *path) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    if (snprintf(address.sun_path, sizeof address.sun_path, "%s", path) >=
        (int)sizeof address.sun_path)
        return false;
    snprintf(console->path, sizeof console->path, "%s", path);
    struct stat status;
    if (lstat(path, &status) == 0 && S_ISSOCK(status.st_mode)) /* another's file is left alone */
        unlink(path);
    console->listen = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    mode_t before = umask(0177);
    bool bound = console->listen >= 0 &&
                 bind(console->listen, (struct sockaddr *)&address, sizeof address) == 0;
    umask(before);
    return bound && listen(console->listen, CONSOLE_CLIENTS_MAX) == 0;
}

bool console_open(struct console *console, const char *path, bool with_stdin) {
    *console = (struct console){.listen = -1};
    for (int i = 0; i < CONSOLE_CLIENTS_MAX; i++)
        console->clients[i].in = console->clients[i].out = -1;
    if (with_stdin) {
        console->clients[0].in = STDIN_FILENO;
        console->clients[0].out = STDOUT_FILENO;
    }
    return !path || listen_at(console, path);
}

static void hang_up(struct console_client *client) {
    if (client->in != STDIN_FILENO)
        close(client->in);
    client->in = client->out = -1;
    client->length = 0;
}

void console_close(struct console *console) {
    for (int i = 0; i < CONSOLE_CLIENTS_MAX; i++)
        if (console->clients[i].in >= 0)
            hang_up(&console->clients[i]);
    if (console->listen < 0)
        return;
    close(console->listen);
    unlink(console->path);
}

int console_polls(const struct console *console, struct pollfd *polls) {
    int count = 0;
    bool room = false;
    for (int i = 0; i < CONSOLE_CLIENTS_MAX; i++)
        if (console->clients[i].in >= 0)
            polls[count++] = (struct pollfd){.fd = console->clients[i].in, .events = POLLIN};
        else
            room = true;
    if (console->listen >= 0 && room)
        polls[count++] = (struct pollfd){.fd = console->listen, .events = POLLIN};
    return count;
}

static void greet(struct console *console) {
    int fd = accept4(console->listen, NULL, NULL, SOCK_CLOEXEC);
    for (int i = 0; i < CONSOLE_CLIENTS_MAX && fd >= 0; i++) {
        if (console->clients[i].in >= 0)
            continue;
        console->clients[i].in = console->clients[i].out = fd;
        return;
    }
}

static void answer_line(struct console_client *client, const char *line,
                        void (*run)(void *, const char *, char *, size_t), void *context) {
    char answer[256] = "ok";
    if (*line == 0 || *line == '#')
        return;
    run(context, line, answer, sizeof answer - 1);
    strcat(answer, "\n");
    if (client->out == STDOUT_FILENO)
        (void)!write(client->out, answer, strlen(answer));
    else
        send(client->out, answer, strlen(answer), MSG_NOSIGNAL);
}

static void hear(struct console_client *client, void (*run)(void *, const char *, char *, size_t),
                 void *context) {
    ssize_t got =
        read(client->in, client->line + client->length, sizeof client->line - client->length - 1);
    if (got <= 0) {
        hang_up(client);
        return;
    }
    client->length += (size_t)got;
    client->line[client->length] = 0;
    char *end;
    while ((end = strchr(client->line, '\n'))) {
        *end = 0;
        answer_line(client, client->line, run, context);
        client->length -= (size_t)(end + 1 - client->line);
        memmove(client->line, end + 1, client->length + 1);
    }
    if (client->length == sizeof client->line - 1)
        hang_up(client); /* no line is that long */
}

void console_serve(struct console *console, const struct pollfd *polls, int count,
                   void (*run)(void *context, const char *line, char *answer, size_t size),
                   void *context) {
    for (int i = 0; i < count; i++) {
        if (polls[i].revents == 0)
            continue;
        if (polls[i].fd == console->listen)
            greet(console);
        for (int k = 0; k < CONSOLE_CLIENTS_MAX; k++)
            if (console->clients[k].in == polls[i].fd && polls[i].fd != console->listen)
                hear(&console->clients[k], run, context);
    }
}
