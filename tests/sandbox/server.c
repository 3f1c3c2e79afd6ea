#include "tests/sandbox/server.h"

#include <arpa/inet.h>
#include <microhttpd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "tests/sandbox/onepay.h"
#include "tests/sandbox/payment.h"
#include "tests/sandbox/serve.h"

#define BODY_MAX (1u << 20)
#define IDLE_S 120 /* a kept connection that says nothing */
#define CHORES_MS_MAX 60000

struct server {
    struct sandbox *sandbox;
    struct MHD_Daemon *daemon;
    pthread_t chores;
};

/* A request while its body arrives. */
struct upload {
    char *text;
    size_t length;
};

/* "Fri, 20 Nov 2026 04:00:00 GMT" of the sandbox's own clock, which control may set. */
static void add_date(struct MHD_Response *out, int64_t now_ms) {
    time_t seconds = (time_t)(now_ms / 1000);
    struct tm tm;
    char text[64];
    gmtime_r(&seconds, &tm);
    strftime(text, sizeof text, "%a, %d %b %Y %H:%M:%S GMT", &tm);
    MHD_add_response_header(out, MHD_HTTP_HEADER_DATE, text);
}

static enum MHD_Result send_response(struct MHD_Connection *connection, struct response *response,
                                     int64_t now_ms) {
    if (response->drop) {
        free(response->body);
        return MHD_NO; /* closes the connection without a byte */
    }
    size_t length = response->body == NULL ? 0
                    : response->length > 0 ? response->length
                                           : strlen(response->body);
    struct MHD_Response *out = MHD_create_response_from_buffer(
        length, response->body == NULL ? (void *)"" : response->body,
        response->body == NULL ? MHD_RESPMEM_PERSISTENT : MHD_RESPMEM_MUST_FREE);
    if (response->type != NULL)
        MHD_add_response_header(out, MHD_HTTP_HEADER_CONTENT_TYPE, response->type);
    add_date(out, now_ms);
    if (response->location != NULL)
        MHD_add_response_header(out, MHD_HTTP_HEADER_LOCATION, response->location);
    enum MHD_Result queued = MHD_queue_response(connection, (unsigned)response->status, out);
    MHD_destroy_response(out);
    return queued;
}

static enum MHD_Result take_body(struct upload *upload, const char *data, size_t *size) {
    if (upload->length + *size > BODY_MAX)
        return MHD_NO;
    char *text = realloc(upload->text, upload->length + *size + 1);
    if (text == NULL)
        return MHD_NO;
    memcpy(text + upload->length, data, *size);
    upload->text = text;
    upload->length += *size;
    text[upload->length] = '\0';
    *size = 0;
    return MHD_YES;
}

static enum MHD_Result add_argument(void *context, enum MHD_ValueKind kind, const char *name,
                                    const char *value) {
    (void)kind;
    cJSON_AddStringToObject(context, name, value == NULL ? "" : value);
    return MHD_YES;
}

static enum MHD_Result on_request(void *context, struct MHD_Connection *connection, const char *url,
                                  const char *method, const char *version, const char *data,
                                  size_t *size, void **request) {
    struct sandbox *sandbox = context;
    struct response response = {.status = 0};
    (void)version;
    if (*request == NULL) {
        *request = calloc(1, sizeof(struct upload));
        return *request == NULL ? MHD_NO : MHD_YES;
    }
    if (*size > 0)
        return take_body(*request, data, size);
    const struct upload *upload = *request;
    const char *language = MHD_lookup_connection_value(connection, MHD_GET_ARGUMENT_KIND, "lang");
    bool english = language != NULL && strcmp(language, "en") == 0;
    cJSON *arguments = cJSON_CreateObject();
    MHD_get_connection_values(connection, MHD_GET_ARGUMENT_KIND, add_argument, arguments);
    struct call call = {.path = url,
                        .arguments = arguments,
                        .post = strcmp(method, "POST") == 0,
                        .english = english,
                        .body = upload->text,
                        .length = upload->length,
                        .hospital =
                            MHD_lookup_connection_value(connection, MHD_HEADER_KIND, "X-Hospital")};
    pthread_mutex_lock(&sandbox->lock);
    serve(sandbox, &call, &response);
    int64_t now_ms = sandbox_now_ms(sandbox);
    pthread_mutex_unlock(&sandbox->lock);
    cJSON_Delete(arguments);
    return send_response(connection, &response, now_ms);
}

static void on_completed(void *context, struct MHD_Connection *connection, void **request,
                         enum MHD_RequestTerminationCode code) {
    struct upload *upload = *request;
    (void)context;
    (void)connection;
    (void)code;
    if (upload != NULL)
        free(upload->text);
    free(upload);
    *request = NULL;
}

/* Late payments and returns happen by themselves, when nobody asks. */
static void *chores_main(void *context) {
    struct sandbox *sandbox = context;
    pthread_mutex_lock(&sandbox->lock);
    while (!sandbox->stopping) {
        int64_t next_ms = payments_chores(sandbox);
        hop_notify_due(sandbox);
        int64_t left_ms = next_ms == 0 ? CHORES_MS_MAX : next_ms - sandbox_now_ms(sandbox);
        /* The clock of control may jump: a far moment is looked at again. */
        struct timespec end = sandbox_deadline(left_ms < 1               ? 1
                                               : left_ms > CHORES_MS_MAX ? CHORES_MS_MAX
                                                                         : left_ms);
        sandbox_save(sandbox);
        pthread_cond_timedwait(&sandbox->changed, &sandbox->lock, &end);
    }
    pthread_mutex_unlock(&sandbox->lock);
    return NULL;
}

static struct MHD_Daemon *start_daemon(struct sandbox *sandbox, unsigned short port) {
    struct sockaddr_in address = {
        .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    return MHD_start_daemon(MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_THREAD_PER_CONNECTION |
                                MHD_USE_SUPPRESS_DATE_NO_CLOCK,
                            port, NULL, NULL, on_request, sandbox, MHD_OPTION_SOCK_ADDR, &address,
                            MHD_OPTION_NOTIFY_COMPLETED, on_completed, NULL,
                            MHD_OPTION_LISTENING_ADDRESS_REUSE, 1u, MHD_OPTION_CONNECTION_TIMEOUT,
                            (unsigned)IDLE_S, MHD_OPTION_END);
}

struct server *server_start(struct sandbox *sandbox, unsigned short port) {
    struct server *server = calloc(1, sizeof *server);
    if (server == NULL)
        return NULL;
    server->sandbox = sandbox;
    server->daemon = start_daemon(sandbox, port);
    if (server->daemon == NULL || pthread_create(&server->chores, NULL, chores_main, sandbox)) {
        if (server->daemon != NULL)
            MHD_stop_daemon(server->daemon);
        free(server);
        return NULL;
    }
    pthread_mutex_lock(&sandbox->lock);
    sandbox->port = MHD_get_daemon_info(server->daemon, MHD_DAEMON_INFO_BIND_PORT)->port;
    pthread_mutex_unlock(&sandbox->lock);
    return server;
}

void server_stop(struct server *server) {
    struct sandbox *sandbox = server->sandbox;
    pthread_mutex_lock(&sandbox->lock);
    sandbox->stopping = true;
    pthread_cond_broadcast(&sandbox->changed);
    pthread_mutex_unlock(&sandbox->lock);
    pthread_join(server->chores, NULL);
    MHD_stop_daemon(server->daemon);
    free(server);
}
