#include "tests/sandbox/direct.h"

#include <stdlib.h>
#include <string.h>

#include "tests/sandbox/sandbox.h"
#include "tests/sandbox/serve.h"

struct sandbox *direct_open(const char *key) {
    struct options options = {.isv_id = "20000", .partner_id = "12345", .key = key};
    struct sandbox *sandbox = calloc(1, sizeof *sandbox);
    if (sandbox == NULL)
        abort();
    sandbox_init(sandbox, &options);
    return sandbox;
}

void direct_close(struct sandbox *sandbox) {
    sandbox_destroy(sandbox);
    free(sandbox);
}

char *direct_post(struct sandbox *sandbox, const char *path, const char *body) {
    struct call call = {.path = path, .post = true, .body = body, .length = strlen(body)};
    struct response response = {.status = 0};
    pthread_mutex_lock(&sandbox->lock);
    serve(sandbox, &call, &response);
    pthread_mutex_unlock(&sandbox->lock);
    return response.body == NULL ? strdup("") : response.body;
}

char *direct_get(struct sandbox *sandbox, const char *path, const char *arguments) {
    cJSON *tree = message_read(arguments, strlen(arguments));
    struct call call = {.path = path, .arguments = tree};
    struct response response = {.status = 0};
    pthread_mutex_lock(&sandbox->lock);
    serve(sandbox, &call, &response);
    pthread_mutex_unlock(&sandbox->lock);
    cJSON_Delete(tree);
    return response.body == NULL ? strdup("") : response.body;
}

int64_t direct_now_ms(const struct sandbox *sandbox) {
    return sandbox_now_ms(sandbox);
}
