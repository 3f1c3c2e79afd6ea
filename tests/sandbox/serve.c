#include "tests/sandbox/serve.h"

#include <stdlib.h>
#include <string.h>

#include "tests/sandbox/centre.h"
#include "tests/sandbox/console.h"
#include "tests/sandbox/control.h"
#include "tests/sandbox/onepay.h"
#include "tests/sandbox/payment.h"
#include "tests/sandbox/phone.h"
#include "tests/sandbox/portal.h"
#include "tests/sandbox/service.h"

#define HOLD_MS_MAX 600000

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
    {his_mmpc_operations, his_mmpc_answer},
    {centre_operations, centre_answer},
    {portal_operations, portal_answer},
    {console_operations, console_answer},
};

static const char notify_path[] = "/his/onepayNotify";

static const struct operation *find_operation(const char *path, const cJSON *request,
                                              answer_of **answer) {
    if (strcmp(path, ONEPAY_PATH) == 0) {
        *answer = hop_answer;
        return hop_operation(request);
    }
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

/* A hospital that is told apart by a header knows nobody without it; one without ORG_005 has
 * nothing at its address. 0: the request is heard. */
static int refused_status(const struct sandbox *sandbox, const struct operation *operation,
                          const struct call *call) {
    const char *wanted = sandbox->settings.headers;
    const char *hospital = call->hospital == NULL ? "" : call->hospital;
    if (strncmp(operation->path, "/his/", 5) != 0)
        return 0;
    if (wanted[0] != '\0' && strcmp(hospital, wanted) != 0)
        return 403;
    bool cancels = strcmp(operation->name, "his.cancelRechargeSettle") == 0;
    return cancels && sandbox->settings.no_cancel ? 404 : 0;
}

/* Waits without the lock until `ms` are over, we stop, or (hold) a release came. */
static void wait_ms(struct sandbox *sandbox, int64_t ms, bool until_released) {
    struct timespec end = sandbox_deadline(ms);
    unsigned released = sandbox->faults.released;
    int over = 0;
    while (!sandbox->stopping && over == 0 &&
           !(until_released && released != sandbox->faults.released))
        over = pthread_cond_timedwait(&sandbox->changed, &sandbox->lock, &end);
}

/* The whole answer, acted on as the fault allows; NULL when nothing was done. */
static cJSON *act(struct sandbox *sandbox, const struct operation *operation, answer_of *answer,
                  const cJSON *request, struct fault *fault) {
    if (fault->kind == FAULT_DROP_BEFORE || fault->kind == FAULT_DOWN ||
        ((fault->kind == FAULT_ANSWER || fault->kind == FAULT_CODE) && !fault->act))
        return NULL;
    payments_chores(sandbox);
    cJSON *tree = answer(sandbox, operation, request);
    if (fault->kind == FAULT_DUPLICATE) {
        cJSON_Delete(tree);
        tree = answer(sandbox, operation, request);
    }
    sandbox_save(sandbox);
    return tree;
}

/* What a test wants said. An object is completed and signed as the platform would; text is sent as
 * it is. */
static char *ordered_body(const struct sandbox *sandbox, answer_of *answer, const cJSON *request,
                          cJSON *body) {
    if (answer == hop_answer && cJSON_IsObject(body)) {
        cJSON *sealed = hop_seal(sandbox, request, body);
        char *text = cJSON_PrintUnformatted(sealed);
        cJSON_Delete(sealed);
        return text;
    }
    if ((answer == centre_answer || answer == portal_answer) && cJSON_IsObject(body)) {
        cJSON *sealed =
            (answer == centre_answer ? centre_seal : portal_seal)(sandbox, request, body);
        char *text = cJSON_PrintUnformatted(sealed);
        cJSON_Delete(sealed);
        return text;
    }
    if (cJSON_IsString(body))
        return strdup(body->valuestring);
    if (answer == upp_answer && cJSON_IsObject(body))
        upp_seal(sandbox, body);
    return cJSON_PrintUnformatted(body);
}

static char *code_body(const struct sandbox *sandbox, answer_of *answer, const cJSON *request,
                       const char *code) {
    cJSON *body = cJSON_CreateObject();
    cJSON_AddStringToObject(body, "respCode", code);
    cJSON_AddStringToObject(body, "respMsg", "");
    char *text = ordered_body(sandbox, answer, request, body);
    cJSON_Delete(body);
    return text;
}

/* The member of an answer that holds its signature. */
static const char *sign_member(const cJSON *tree) {
    return cJSON_HasObjectItem(tree, "signData") ? "signData" : "sign";
}

static void spoil(struct response *response, cJSON *tree, const struct fault *fault) {
    const char *sign;
    switch (fault->kind) {
    case FAULT_BAD_SIGNATURE:
        sign = sign_member(tree);
        cJSON_DeleteItemFromObjectCaseSensitive(tree, sign);
        cJSON_AddStringToObject(tree, sign, "0123456789abcdef0123456789abcdef");
        break;
    case FAULT_UNSIGNED:
        cJSON_DeleteItemFromObjectCaseSensitive(tree, sign_member(tree));
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
    case FAULT_CODE:
    case FAULT_FAIL:
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
        response->body = ordered_body(sandbox, answer, request, fault.body);
    if (fault.kind == FAULT_CODE)
        response->body = code_body(sandbox, answer, request, fault.code);
    if (fault.kind == FAULT_HOLD)
        wait_ms(sandbox, HOLD_MS_MAX, true);
    else if (fault.ms > 0)
        wait_ms(sandbox, fault.ms, false);
    if (response->body == NULL && cJSON_IsString(tree)) /* XML */
        response->body = strdup(tree->valuestring);
    else if (response->body == NULL && tree != NULL)
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
    sandbox_save(sandbox);
}

static void serve_phone(struct sandbox *sandbox, const char *token, const struct call *call,
                        struct response *response) {
    payments_chores(sandbox);
    response->type = html_type;
    if (call->post) {
        phone_press(sandbox, token, call->body == NULL ? "" : call->body);
        sandbox_save(sandbox);
        response->status = 303;
        response->location = call->english ? "?lang=en" : "?";
        return;
    }
    response->body = phone_page(sandbox, token, call->english);
    response->status = response->body == NULL ? 404 : 200;
}

static void serve_cashier(struct sandbox *sandbox, const char *token, const struct call *call,
                          struct response *response) {
    response->type = html_type;
    if (call->post && token != NULL) {
        centre_press(sandbox, token, call->body == NULL ? "" : call->body);
        response->status = 303;
        response->location = "?";
    } else {
        response->body = centre_page(sandbox, token, call->arguments);
        response->status = response->body == NULL ? 404 : 200;
    }
    sandbox_save(sandbox);
}

static bool starts(const char *url, const char *prefix, const char **rest) {
    size_t length = strlen(prefix);
    *rest = url + length;
    return strncmp(url, prefix, length) == 0;
}

void serve(struct sandbox *sandbox, const struct call *call, struct response *response) {
    const char *rest;
    answer_of *answer = NULL;
    cJSON *request = call->body == NULL ? NULL : message_read(call->body, call->length);
    const struct operation *operation = find_operation(call->path, request, &answer);
    response->status = 200;
    bool by_get = answer == console_answer;
    int refused = operation == NULL ? 0 : refused_status(sandbox, operation, call);
    if (operation != NULL && call->post == by_get)
        response->status = 405;
    else if (refused != 0)
        response->status = refused;
    else if (operation != NULL)
        serve_operation(sandbox, operation, answer, by_get ? call->arguments : request, response);
    else if (strcmp(call->path, "/cashier") == 0)
        serve_cashier(sandbox, NULL, call, response);
    else if (starts(call->path, "/mmpc/pay/", &rest))
        serve_cashier(sandbox, rest, call, response);
    else if (strcmp(call->path, "/mmpc/notified") == 0 && call->post)
        hop_keep(sandbox, "mmpc.2.3", message_get(request, "payOrdId"), request);
    else if (starts(call->path, "/mmpc/bill/", &rest))
        response->body = centre_bill(sandbox, rest);
    else if (starts(call->path, "/amp/file/", &rest))
        portal_file(sandbox, rest, response);
    else if (strcmp(call->path, notify_path) == 0 && call->post)
        hop_hear_notify(sandbox, request);
    else if (starts(call->path, "/control/", &rest))
        serve_control(sandbox, rest, request, response);
    else if (starts(call->path, "/pay/", &rest))
        serve_phone(sandbox, rest, call, response);
    else
        response->status = 404;
    cJSON_Delete(request);
}
