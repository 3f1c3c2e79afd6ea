#include "tests/sandbox/server.h"

#include <arpa/inet.h>
#include <microhttpd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "tests/sandbox/control.h"
#include "tests/sandbox/payment.h"
#include "tests/sandbox/phone.h"
#include "tests/sandbox/service.h"

#define BODY_MAX (1u << 20)
#define IDLE_S 120 /* a kept connection that says nothing */
#define HOLD_MS_MAX 600000
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

struct response {
    int status;
    const char *type, *location;
    char *body; /* owned */
    bool drop;  /* close the connection instead */
};

static const char json_type[] = "application/json;charset=utf-8";
static const char html_type[] = "text/html;charset=utf-8";

typedef cJSON *answer_of(struct sandbox *sandbox, const struct operation *operation,
                         const cJSON *request);

static const struct {
    const struct operation *operations;
    answer_of *answer;
} services[] = {
    {upp_operations, upp_answer},
    {his_operations, his_answer},
    {his_lookups, his_lookup},
};

static const struct operation *find_operation(const char *path, answer_of **answer) {
    for (size_t i = 0; i < sizeof services / sizeof services[0]; i++) {
        for (const struct operation *o = services[i].operations; o->name != NULL; o++) {
            if (strcmp(o->path, path) == 0) {
                *answer = services[i].answer;
                return o;
            }
        }
    }
    return NULL;
}

static struct timespec deadline(int64_t ms) {
    struct timespec end;
    clock_gettime(CLOCK_MONOTONIC, &end);
    end.tv_sec += ms / 1000;
    end.tv_nsec += ms % 1000 * 1000000;
    if (end.tv_nsec >= 1000000000) {
        end.tv_nsec -= 1000000000;
        end.tv_sec++;
    }
    return end;
}

/* Waits without the lock until `ms` are over, we stop, or (hold) a release came. */
static void wait_ms(struct sandbox *sandbox, int64_t ms, bool until_released) {
    struct timespec end = deadline(ms);
    unsigned released = sandbox->faults.released;
    int over = 0;
    while (!sandbox->stopping && over == 0 &&
           !(until_released && released != sandbox->faults.released))
        over = pthread_cond_timedwait(&sandbox->changed, &sandbox->lock, &end);
}

static void save(struct sandbox *sandbox) {
    if (sandbox->options.state_path != NULL)
        books_save(&sandbox->books, sandbox->options.state_path);
}

/* The whole answer, acted on as the fault allows; NULL when nothing was done. */
static cJSON *act(struct sandbox *sandbox, const struct operation *operation, answer_of *answer,
                  const cJSON *request, struct fault *fault) {
    if (fault->kind == FAULT_DROP_BEFORE || fault->kind == FAULT_DOWN ||
        (fault->kind == FAULT_ANSWER && !fault->act))
        return NULL;
    payments_chores(sandbox);
    cJSON *tree = answer(sandbox, operation, request);
    if (fault->kind == FAULT_DUPLICATE) {
        cJSON_Delete(tree);
        tree = answer(sandbox, operation, request);
    }
    save(sandbox);
    return tree;
}

/* What a test wants said. An object is completed and signed as upp would; text is sent as it is. */
static char *ordered_body(const struct sandbox *sandbox, answer_of *answer, cJSON *body) {
    if (cJSON_IsString(body))
        return strdup(body->valuestring);
    if (answer == upp_answer && cJSON_IsObject(body))
        upp_seal(sandbox, body);
    return cJSON_PrintUnformatted(body);
}

static void spoil(struct response *response, cJSON *tree, const struct fault *fault) {
    switch (fault->kind) {
    case FAULT_BAD_SIGNATURE:
        cJSON_DeleteItemFromObjectCaseSensitive(tree, "sign");
        cJSON_AddStringToObject(tree, "sign", "0123456789abcdef0123456789abcdef");
        break;
    case FAULT_UNSIGNED:
        cJSON_DeleteItemFromObjectCaseSensitive(tree, "sign");
        break;
    case FAULT_GARBAGE:
        response->body = strdup("<html><body>Bad gateway \x01 {\"result\":true");
        break;
    case FAULT_ANSWER:
        break;
    case FAULT_DOWN:
        response->status = 503;
        response->body = strdup("service unavailable\n");
        break;
    case FAULT_DROP_BEFORE:
    case FAULT_DROP_AFTER:
        response->drop = true;
        break;
    case FAULT_NONE:
    case FAULT_DELAY:
    case FAULT_HOLD:
    case FAULT_DUPLICATE:
        break;
    }
    if (fault->status != 0)
        response->status = fault->status;
}

static void serve_operation(struct sandbox *sandbox, const struct operation *operation,
                            answer_of *answer, const cJSON *request, struct response *response) {
    struct fault fault = faults_take(&sandbox->faults, operation->name);
    cJSON *tree = act(sandbox, operation, answer, request, &fault);
    response->type = json_type;
    spoil(response, tree, &fault);
    if (fault.kind == FAULT_ANSWER)
        response->body = ordered_body(sandbox, answer, fault.body);
    if (fault.kind == FAULT_HOLD)
        wait_ms(sandbox, HOLD_MS_MAX, true);
    else if (fault.ms > 0)
        wait_ms(sandbox, fault.ms, false);
    if (response->body == NULL && tree != NULL)
        response->body = cJSON_PrintUnformatted(tree);
    cJSON_Delete(tree);
    cJSON_Delete(fault.body);
}

static void serve_control(struct sandbox *sandbox, const char *name, const cJSON *request,
                          struct response *response) {
    cJSON *nothing = cJSON_CreateObject();
    cJSON *tree = control_answer(sandbox, name, request == NULL ? nothing : request);
    cJSON_Delete(nothing);
    response->type = json_type;
    response->status = tree == NULL ? 404 : 200;
    if (tree != NULL && !cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(tree, "ok")))
        response->status = 400;
    response->body = tree == NULL ? NULL : cJSON_PrintUnformatted(tree);
    cJSON_Delete(tree);
    save(sandbox);
}

static void serve_phone(struct sandbox *sandbox, const char *token, bool post, bool english,
                        const struct upload *upload, struct response *response) {
    payments_chores(sandbox);
    response->type = html_type;
    if (post) {
        phone_press(sandbox, token, upload->text == NULL ? "" : upload->text);
        save(sandbox);
        response->status = 303;
        response->location = english ? "?lang=en" : "?";
        return;
    }
    response->body = phone_page(sandbox, token, english);
    response->status = response->body == NULL ? 404 : 200;
}

static bool starts(const char *url, const char *prefix, const char **rest) {
    size_t length = strlen(prefix);
    *rest = url + length;
    return strncmp(url, prefix, length) == 0;
}

static void serve(struct sandbox *sandbox, const char *url, bool post, bool english,
                  const struct upload *upload, struct response *response) {
    const char *rest;
    answer_of *answer = NULL;
    const struct operation *operation = find_operation(url, &answer);
    cJSON *request = upload->text == NULL ? NULL : message_read(upload->text, upload->length);
    if (operation != NULL && !post)
        response->status = 405;
    else if (operation != NULL)
        serve_operation(sandbox, operation, answer, request, response);
    else if (starts(url, "/control/", &rest))
        serve_control(sandbox, rest, request, response);
    else if (starts(url, "/pay/", &rest))
        serve_phone(sandbox, rest, post, english, upload, response);
    else
        response->status = 404;
    cJSON_Delete(request);
}

static enum MHD_Result send_response(struct MHD_Connection *connection, struct response *response) {
    if (response->drop) {
        free(response->body);
        return MHD_NO; /* closes the connection without a byte */
    }
    size_t length = response->body == NULL ? 0 : strlen(response->body);
    struct MHD_Response *out = MHD_create_response_from_buffer(
        length, response->body == NULL ? (void *)"" : response->body,
        response->body == NULL ? MHD_RESPMEM_PERSISTENT : MHD_RESPMEM_MUST_FREE);
    if (response->type != NULL)
        MHD_add_response_header(out, MHD_HTTP_HEADER_CONTENT_TYPE, response->type);
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

static enum MHD_Result on_request(void *context, struct MHD_Connection *connection, const char *url,
                                  const char *method, const char *version, const char *data,
                                  size_t *size, void **request) {
    struct sandbox *sandbox = context;
    struct response response = {.status = 200};
    (void)version;
    if (*request == NULL) {
        *request = calloc(1, sizeof(struct upload));
        return *request == NULL ? MHD_NO : MHD_YES;
    }
    if (*size > 0)
        return take_body(*request, data, size);
    const char *language = MHD_lookup_connection_value(connection, MHD_GET_ARGUMENT_KIND, "lang");
    bool english = language != NULL && strcmp(language, "en") == 0;
    pthread_mutex_lock(&sandbox->lock);
    serve(sandbox, url, strcmp(method, "POST") == 0, english, *request, &response);
    pthread_mutex_unlock(&sandbox->lock);
    return send_response(connection, &response);
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
        int64_t left_ms = next_ms == 0 ? CHORES_MS_MAX : next_ms - sandbox_now_ms(sandbox);
        /* The clock of control may jump: a far moment is looked at again. */
        struct timespec end = deadline(left_ms < 1               ? 1
                                       : left_ms > CHORES_MS_MAX ? CHORES_MS_MAX
                                                                 : left_ms);
        save(sandbox);
        pthread_cond_timedwait(&sandbox->changed, &sandbox->lock, &end);
    }
    pthread_mutex_unlock(&sandbox->lock);
    return NULL;
}

static struct MHD_Daemon *start_daemon(struct sandbox *sandbox, unsigned short port) {
    struct sockaddr_in address = {
        .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    return MHD_start_daemon(MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_THREAD_PER_CONNECTION, port,
                            NULL, NULL, on_request, sandbox, MHD_OPTION_SOCK_ADDR, &address,
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
