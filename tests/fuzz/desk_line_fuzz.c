/* Any bytes of a caller from another machine: the line of its token, and what follows it, through
 * the desk's thread and its service. What is whole is answered with one line of JSON and a code,
 * once; what is not was not said. */
#include <errno.h>
#include <poll.h>
#include <semaphore.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include "app/payclient/protocol.h"
#include "app/pump/desk_token.h"
#include "app/shell/desk_service.h"
#include "app/shell/settings.h"
#include "app/wire/json.h"

#define TOKEN "0123456789abcdef0123456789abcdef"
#define CONFIG                                                                                     \
    "{\"terminal\":{\"id\":\"K1\",\"no\":\"0001\",\"org_code\":\"H1\",\"hospital_name\":\"H\"},"   \
    "\"his\":{\"base_url\":\"http://127.0.0.1:1/his\"},\"platforms\":{\"onepay\":{"                \
    "\"serveraddr\":\"http://127.0.0.1:1/"                                                         \
    "onepay\",\"appid\":\"0123456789abcdef\",\"appsecret\":\"0123456789abcdef\"}}}"

static struct core core;
static struct config config;
static struct desk desk;
static sem_t woken;
static char folder[64], path[96], settings[96];

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Says which of them did not hold: what depends on another thread's pace comes once. */
static void demand_at(bool holds, int line) {
    if (holds)
        return;
    fprintf(stderr, "line %d: %s\n", line, strerror(errno));
    abort();
}
#define demand(holds) demand_at(holds, __LINE__)

static void wake(void *context) {
    (void)context;
    sem_post(&woken);
}

static void forget_folder(void) {
    unlink(path);
    unlink(settings);
    rmdir(folder);
}

static void write_settings(void) {
    FILE *file = fopen(settings, "w");
    demand(file != NULL);
    fputs(CONFIG, file);
    fclose(file);
}

/* Without a journal: no money can move, and every order is refused in words. */
static void begin_desk(void) {
    static const struct core_setup setup = {.number_mark = "7K0001"};
    char error[256] = "";
    snprintf(folder, sizeof folder, "/tmp/desk_fuzz.XXXXXX");
    demand(mkdtemp(folder) != NULL);
    snprintf(path, sizeof path, "%s/desk.sock", folder);
    snprintf(settings, sizeof settings, "%s/kiosk.json", folder);
    atexit(forget_folder);
    signal(SIGPIPE, SIG_IGN);
    sem_init(&woken, 0, 0);
    write_settings();
    if (!settings_load(settings, &config, error, sizeof error)) {
        fprintf(stderr, "%s\n", error);
        abort();
    }
    log_open("/dev/null", LOG_ERROR);
    core_init(&core, &setup, (struct now){.mono_ms = 1, .wall_ms = 1});
    desk = (struct desk){
        .inbox = inbox_create(wake, NULL), .core = &core, .config = &config, .path = path};
    desk_start(&desk);
    demand(desk.socket != NULL);
}

/* The fuzzer's own clock interrupts whatever waits. */
static int call_desk(void) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    char greeting[sizeof DESK_GREETING] = "";
    memcpy(address.sun_path, path, strlen(path));
    int file = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    demand(file >= 0 &&
           TEMP_FAILURE_RETRY(connect(file, (struct sockaddr *)&address, sizeof address)) == 0);
    demand(TEMP_FAILURE_RETRY(recv(file, greeting, strlen(DESK_GREETING), MSG_WAITALL)) ==
           (ssize_t)strlen(DESK_GREETING));
    demand(strcmp(greeting, DESK_GREETING) == 0);
    return file;
}

/* In two pieces, as a network may deliver them. */
static void say_pieces(int file, const uint8_t *data, size_t size, size_t first) {
    first = first < size ? first : size;
    if (first > 0 && send(file, data, first, MSG_NOSIGNAL) < 0)
        return;
    if (size > first)
        (void)send(file, data + first, size - first, MSG_NOSIGNAL);
    shutdown(file, SHUT_WR);
}

static size_t hear_all(int file, char *answer, size_t size) {
    struct pollfd ready = {.fd = file, .events = POLLIN};
    size_t length = 0;
    for (;;) {
        struct delivery delivery;
        while (inbox_deliver(desk.inbox, &delivery))
            demand(delivery.none);
        if (poll(&ready, 1, 1) <= 0)
            continue;
        ssize_t got = TEMP_FAILURE_RETRY(recv(file, answer + length, size - length, 0));
        if (got <= 0)
            return length;
        length += (size_t)got;
        demand(length < size);
    }
}

/* Empty lines are signs of life. */
static void check_answer(const char *answer, size_t length) {
    const char *ignored;
    while (length > 0 && answer[0] == '\n') {
        answer++;
        length--;
    }
    if (length == 0)
        return;
    demand(answer[length - 1] == '\n' && memchr(answer, '\n', length) == answer + length - 1);
    cJSON *tree = wire_parse(answer, length - 1, &ignored);
    const char *code = wire_text(tree, "code");
    demand(code != NULL && code[0] != '\0');
    demand(cJSON_IsObject(wire_member(tree, "out")));
    cJSON_Delete(tree);
}

static void check_token(const uint8_t *data, size_t size) {
    struct desk_token heard = {.length = 0};
    enum desk_token_state state = DESK_TOKEN_MORE;
    size_t read = 0;
    while (read < size && state == DESK_TOKEN_MORE)
        state = desk_token_take(&heard, (char)data[read++]);
    static const char right[] = DESK_TOKEN_WORD TOKEN "\n";
    bool is_right = read == strlen(right) && memcmp(data, right, read) == 0;
    demand(heard.length < sizeof heard.line && read <= sizeof heard.line);
    demand((state == DESK_TOKEN_WHOLE && desk_token_is(&heard, TOKEN)) == is_right);
}

/* The first byte: where what is said is cut in two. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static char answer[1 << 21];
    if (size == 0)
        return 0;
    check_token(data + 1, size - 1);
    if (desk.inbox == NULL)
        begin_desk();
    int file = call_desk();
    say_pieces(file, data + 1, size - 1, data[0]);
    check_answer(answer, hear_all(file, answer, sizeof answer));
    close(file);
    for (int i = 0; i < DESK_CALLS_MAX; i++)
        demand(!desk.calls[i].used);
    return 0;
}
