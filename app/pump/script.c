#include "app/pump/script.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include "app/base/clock.h"
#include "app/base/log.h"
#include "app/pump/net.h"

/* How long a bench device or the sandbox may take to say ok. */
#define BENCH_PATIENCE_S 10
#define REFUSAL_MS 20 /* between two tries of a refused command */

struct script {
    struct script_options options;
    void (*take)(void *context, struct script_line *line);
    void *context;
    int file, stop;
    sem_t done;
    atomic_bool stopping;
    size_t length, used; /* of `buffer` */
    char buffer[4096];
    struct script_line line; /* the main thread's between take and done */
    pthread_t thread;
};

/* Reads more; false at the end of the script or when it is stopped. */
static bool fill_buffer(struct script *script) {
    struct pollfd ready[] = {{.fd = script->stop, .events = POLLIN},
                             {.fd = script->file, .events = POLLIN}};
    if (poll(ready, 2, -1) < 0 || ready[0].revents != 0)
        return false;
    memmove(script->buffer, script->buffer + script->used, script->length - script->used);
    script->length -= script->used;
    script->used = 0;
    ssize_t got = read(script->file, script->buffer + script->length,
                       sizeof script->buffer - 1 - script->length);
    script->length += got > 0 ? (size_t)got : 0;
    script->buffer[script->length] = '\0';
    return got > 0;
}

/* The next line, in the buffer and without its end; NULL at the end. */
static char *next_line(struct script *script) {
    for (;;) {
        char *line = script->buffer + script->used;
        char *end = memchr(line, '\n', script->length - script->used);
        if (end != NULL) {
            *end = '\0';
            script->used = (size_t)(end - script->buffer) + 1;
            return line;
        }
        if (!fill_buffer(script)) {
            line = script->buffer + script->used;
            script->used = script->length;
            return *line == '\0' ? NULL : line;
        }
    }
}

static bool fail_line(struct script_line *line, const char *why) {
    line->command = SCRIPT_WRONG;
    snprintf(line->text, sizeof line->text, "%.*s", (int)sizeof line->text - 1, why);
    return false;
}

/* Sends a line to the virtual devices; `answer` is "ok", "error: ...", or "" when none came. */
static void ask_bench(const struct sockaddr_un *address, const char *command,
                      char answer[SCRIPT_TEXT_SIZE]) {
    struct timeval patience = {.tv_sec = BENCH_PATIENCE_S};
    char text[SCRIPT_TEXT_SIZE + 1];
    int length = snprintf(text, sizeof text, "%s\n", command);
    int file = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    setsockopt(file, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    ssize_t got = -1;
    if (connect(file, (const struct sockaddr *)address, sizeof *address) == 0 &&
        send(file, text, (size_t)length, MSG_NOSIGNAL) == length)
        got = recv(file, answer, SCRIPT_TEXT_SIZE - 1, 0);
    close(file);
    answer[got > 0 ? got : 0] = '\0';
    answer[strcspn(answer, "\n")] = '\0';
}

/* A command that a device refuses ("pinpad sold 1") is tried again for a while: it may hold a
 * moment later. */
static bool tell_device(struct script *script, struct script_line *line) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    const char *path = script->options.usb_socket;
    char answer[SCRIPT_TEXT_SIZE] = "";
    if (path[0] == '\0' || strlen(path) >= sizeof address.sun_path)
        return fail_line(line,
                         "device: the configuration names no bench.usb_socket that can be used");
    memcpy(address.sun_path, path, strlen(path));
    for (int64_t end_ms = clock_mono_ms() + BENCH_PATIENCE_S * 1000;;) {
        ask_bench(&address, line->text, answer);
        if (strcmp(answer, "ok") == 0)
            return true;
        if (answer[0] == '\0')
            return fail_line(line, "device: the virtual devices do not answer");
        if (clock_mono_ms() >= end_ms || atomic_load(&script->stopping))
            return fail_line(line, answer);
        nanosleep(&(struct timespec){0, REFUSAL_MS * 1000000L}, NULL);
    }
}

/* Plays the patient's phone, through the sandbox. */
static bool tell_phone(struct script *script, struct script_line *line) {
    char url[512], body[64];
    if (script->options.sandbox_url[0] == '\0')
        return fail_line(line, "phone: the configuration names no bench.sandbox_url");
    snprintf(url, sizeof url, "%s/control/phone", script->options.sandbox_url);
    int length = snprintf(body, sizeof body, "{\"act\":\"%.16s\"}", line->text);
    struct net_request request = {.url = url,
                                  .content_type = "application/json",
                                  .body = body,
                                  .body_length = (size_t)length,
                                  .timeout_ms = BENCH_PATIENCE_S * 1000};
    struct net_answer answer;
    net_once(false, &request, &answer);
    bool done = answer.curl_code == 0 && answer.http_status == 200;
    free(answer.body);
    return done || fail_line(line, "phone: the sandbox did not do it");
}

static bool done_here(struct script *script, struct script_line *line) {
    switch (line->command) {
    case SCRIPT_DEVICE:
        return tell_device(script, line);
    case SCRIPT_PHONE:
        return tell_phone(script, line);
    default:
        return false;
    }
}

static void hand_over(struct script *script) {
    script->take(script->context, &script->line);
    while (sem_wait(&script->done) != 0 && errno == EINTR) {
    }
}

static void *run_script(void *context) {
    struct script *script = context;
    char *text;
    while (!atomic_load(&script->stopping) && (text = next_line(script)) != NULL) {
        script->line.number++;
        if (script_parse(text, script->options.names, &script->line) &&
            !done_here(script, &script->line))
            hand_over(script);
    }
    if (!atomic_load(&script->stopping)) {
        script->line.command = SCRIPT_QUIT;
        hand_over(script);
    }
    return NULL;
}

struct script *script_start(const struct script_options *options,
                            void (*take)(void *context, struct script_line *line), void *context) {
    bool standard = strcmp(options->path, "-") == 0;
    int file = standard ? STDIN_FILENO : open(options->path, O_RDONLY | O_CLOEXEC);
    if (file < 0) {
        fprintf(stderr, "kiosk: cannot read %s: %s\n", options->path, strerror(errno));
        return NULL;
    }
    struct script *script = calloc(1, sizeof *script);
    ENSURE(script != NULL);
    script->options = *options;
    script->take = take;
    script->context = context;
    script->file = file;
    script->stop = eventfd(0, EFD_CLOEXEC);
    sem_init(&script->done, 0, 0);
    ENSURE(pthread_create(&script->thread, NULL, run_script, script) == 0);
    return script;
}

void script_done(struct script *script) {
    sem_post(&script->done);
}

void script_stop(struct script *script) {
    uint64_t one = 1;
    atomic_store(&script->stopping, true);
    ENSURE(write(script->stop, &one, sizeof one) == sizeof one);
    sem_post(&script->done);
    pthread_join(script->thread, NULL);
    close(script->stop);
    if (script->file != STDIN_FILENO)
        close(script->file);
    sem_destroy(&script->done);
    free(script);
}
