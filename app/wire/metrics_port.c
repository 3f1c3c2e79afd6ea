#include "app/wire/metrics_port.h"

#include <arpa/inet.h>
#include <microhttpd.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "app/base/log.h"

/* A journal that does not answer in this time is told as such: the asker's own alarm is for that.
 */
#define PATIENCE_S 5
#define CONNECTIONS_MAX 8
#define IDLE_S 10
#define TYPE "text/plain; version=0.0.4; charset=utf-8"

struct metrics_port {
    bool (*ask)(void *context);
    void *context;
    struct MHD_Daemon *daemon;
    atomic_bool stopping;
    _Atomic(char *) text; /* the newest reply, until it is taken */
    sem_t came;
};

static bool read_port(const char *text, in_port_t *out) {
    char *end;
    unsigned long port = strtoul(text, &end, 10);
    *out = htons((uint16_t)port);
    return text[0] >= '0' && text[0] <= '9' && *end == '\0' && port <= UINT16_MAX;
}

bool metrics_port_address(const char *text, struct sockaddr_storage *out) {
    struct sockaddr_in *four = (struct sockaddr_in *)(void *)out;
    struct sockaddr_in6 *six = (struct sockaddr_in6 *)(void *)out;
    char host[64] = "127.0.0.1";
    bool brackets = text[0] == '[';
    const char *colon = strrchr(text, ':');
    memset(out, 0, sizeof *out);
    if (colon != NULL && (size_t)(colon - text) < sizeof host)
        snprintf(host, sizeof host, "%.*s", (int)(colon - text) - (brackets ? 2 : 0),
                 text + (brackets ? 1 : 0));
    const char *port = colon != NULL ? colon + 1 : text;
    if (brackets) {
        six->sin6_family = AF_INET6;
        return colon != NULL && colon[-1] == ']' &&
               inet_pton(AF_INET6, host, &six->sin6_addr) == 1 && read_port(port, &six->sin6_port);
    }
    four->sin_family = AF_INET;
    return inet_pton(AF_INET, host, &four->sin_addr) == 1 && read_port(port, &four->sin_port);
}

/* NULL: nobody answered in time. */
static char *fetch_figures(struct metrics_port *port) {
    struct timespec until;
    while (sem_trywait(&port->came) == 0) { /* of a question that was given up */
    }
    free(atomic_exchange(&port->text, NULL));
    if (atomic_load(&port->stopping) || !port->ask(port->context))
        return NULL;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += PATIENCE_S;
    (void)sem_clockwait(&port->came, CLOCK_MONOTONIC, &until);
    return atomic_exchange(&port->text, NULL);
}

static enum MHD_Result send_text(struct MHD_Connection *connection, unsigned status, char *text) {
    struct MHD_Response *response =
        MHD_create_response_from_buffer(strlen(text), text, MHD_RESPMEM_MUST_FREE);
    if (response == NULL)
        return MHD_NO;
    MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE, TYPE);
    enum MHD_Result result = MHD_queue_response(connection, status, response);
    MHD_destroy_response(response);
    return result;
}

static char *copy_answer(const char *text) {
    char *copy = strdup(text);
    ENSURE(copy != NULL);
    return copy;
}

static enum MHD_Result answer_scrape(void *context, struct MHD_Connection *connection,
                                     const char *path, const char *method, const char *version,
                                     const char *upload, size_t *upload_size, void **seen) {
    static int marker;
    (void)version, (void)upload, (void)upload_size;
    if (strcmp(method, "GET") != 0) /* at its head: nothing of its body is taken */
        return send_text(connection, MHD_HTTP_METHOD_NOT_ALLOWED, copy_answer("GET only\n"));
    if (*seen == NULL) { /* only the head has come */
        *seen = &marker;
        return MHD_YES;
    }
    if (strcmp(path, "/metrics") != 0)
        return send_text(connection, MHD_HTTP_NOT_FOUND, copy_answer("/metrics\n"));
    char *text = fetch_figures(context);
    return text != NULL ? send_text(connection, MHD_HTTP_OK, text)
                        : send_text(connection, MHD_HTTP_SERVICE_UNAVAILABLE,
                                    copy_answer("no figures in time\n"));
}

struct metrics_port *metrics_port_start(const char *address, bool (*ask)(void *context),
                                        void *context) {
    struct sockaddr_storage at;
    struct metrics_port *port = calloc(1, sizeof *port);
    ENSURE(port != NULL && metrics_port_address(address, &at));
    port->ask = ask;
    port->context = context;
    sem_init(&port->came, 0, 0);
    port->daemon = MHD_start_daemon(
        MHD_USE_INTERNAL_POLLING_THREAD | (at.ss_family == AF_INET6 ? MHD_USE_IPv6 : 0U), 0, NULL,
        NULL, answer_scrape, port, MHD_OPTION_SOCK_ADDR, &at, MHD_OPTION_CONNECTION_LIMIT,
        (unsigned)CONNECTIONS_MAX, MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE_S, MHD_OPTION_END);
    if (port->daemon == NULL) {
        log_write(LOG_WARNING, "metrics", "%s cannot be had: nobody can fetch figures", address);
        sem_destroy(&port->came);
        free(port);
        return NULL;
    }
    const union MHD_DaemonInfo *info = MHD_get_daemon_info(port->daemon, MHD_DAEMON_INFO_BIND_PORT);
    log_write(LOG_INFO, "metrics", "figures at %s, port %d", address,
              info == NULL ? 0 : info->port);
    return port;
}

void metrics_port_reply(struct metrics_port *port, char *text) {
    free(atomic_exchange(&port->text, text));
    sem_post(&port->came);
}

void metrics_port_stop(struct metrics_port *port) {
    atomic_store(&port->stopping, true);
    sem_post(&port->came);
    MHD_stop_daemon(port->daemon);
    sem_destroy(&port->came);
    free(atomic_load(&port->text));
    free(port);
}
