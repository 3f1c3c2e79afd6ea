#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/base/clock.h"
#include "app/base/log.h"
#include "app/config/rules.h"
#include "app/shell/desk_parts.h"
#include "app/wire/json.h"

#define UNREADABLE "-3"
#define CURL_3 3 /* "-3" is taken */
#define AUTHORISE_PATIENCE_MS 60000

void desk_code_of_curl(int curl_code, char out[CODE_SIZE]) {
    snprintf(out, CODE_SIZE, curl_code == CURL_3 ? "-100%d" : "-%d", curl_code);
}

static bool is_still_authorising(const struct desk_call *call, const cJSON *param) {
    const char *status = wire_text(param, "authStatus");
    return call->row->kind == ONEPAY_AUTHORISE && status != NULL && strcmp(status, "ing") == 0 &&
           clock_mono_ms() < call->since_mono_ms + AUTHORISE_PATIENCE_MS;
}

static void reply_said(struct desk *desk, struct desk_call *call, const struct onepay_said *said,
                       const cJSON *tree) {
    cJSON *param = said->param == NULL ? NULL : cJSON_Duplicate(said->param, true);
    const cJSON *extra = wire_member(tree, "extra");
    if (is_still_authorising(call, param)) {
        call->again = true;
        cJSON_Delete(param);
        return;
    }
    cJSON *answer = desk_answer_begin(call->row->name, said->code, "");
    if (said->message != NULL && said->message[0] != '\0')
        cJSON_ReplaceItemInObjectCaseSensitive(answer, "respMsg",
                                               cJSON_CreateString(said->message));
    if (param != NULL)
        cJSON_AddItemToObject(answer, "param", param);
    if (extra != NULL)
        cJSON_AddItemToObject(answer, "extra", cJSON_Duplicate(extra, true));
    if (!desk_doubts(desk, call, said->code, answer))
        desk_reply(desk, call, said->code, answer);
}

static void read_passed(struct desk *desk, struct desk_call *call,
                        const struct net_answer *answer) {
    struct wire_reading reading = {0};
    struct onepay_said said = {0};
    char code[CODE_SIZE];
    if (answer->curl_code != 0) {
        desk_code_of_curl(answer->curl_code, code);
        desk_reply_code(desk, call, code, answer->error);
        return;
    }
    if (onepay_open(onepay_config(desk->config), call->sent, answer->http_status, answer->body,
                    answer->length, &reading, &said))
        reply_said(desk, call, &said, reading.tree);
    else
        desk_reply_code(desk, call, UNREADABLE, reading.message);
    wire_reading_free(&reading);
}

static void pass_deliver(void *owner, void *payload, struct delivery *out) {
    struct desk *desk = owner;
    const struct net_answer *answer = payload;
    struct desk_call *call = desk_find_call(desk, answer->number);
    out->none = true;
    if (call != NULL)
        call->read(desk, call, answer);
    free(answer->body);
}

static void pass_drop(void *owner, void *payload) {
    (void)owner;
    free(((struct net_answer *)payload)->body);
}

static const struct inbox_kind pass_kind = {pass_deliver, pass_drop};

/* Called on a pump's thread. */
static void pass_take(void *context, const struct net_answer *answer) {
    struct desk *desk = context;
    inbox_post(desk->inbox, &pass_kind, desk, answer, sizeof *answer);
}

void desk_carry(struct desk *desk, const struct desk_call *call, const struct wire_request *wire,
                const struct wire_trust *trust) {
    ENSURE(inbox_reserve(desk->inbox));
    int timeout_ms = (int)config_rules(desk->config)->limits.answer_ms;
    if (wire->library == NULL) {
        if (desk->net == NULL)
            desk->net = net_start(config_allows_plain(desk->config), pass_take, desk);
        net_send(desk->net, &(struct net_request){.number = call->number,
                                                  .url = wire->url,
                                                  .content_type = wire->content_type,
                                                  .body = wire->body,
                                                  .body_length = wire->body_length,
                                                  .timeout_ms = timeout_ms,
                                                  .trust = trust});
        return;
    }
    if (desk->vendor == NULL)
        desk->vendor = vendor_start(NULL, pass_take, desk);
    vendor_send(desk->vendor, &(struct vendor_request){.number = call->number,
                                                       .library = wire->library,
                                                       .input = wire->body,
                                                       .timeout_ms = timeout_ms});
}

void desk_pass(struct desk *desk, struct desk_call *call) {
    struct wire_request wire = {0};
    struct wire_complaint complaint = {.text = ""};
    if (!platform_onepay.build(desk->config, call->row->name, call->param, clock_wall_ms(), &wire,
                               &complaint)) {
        desk_reply_code(desk, call, onepay_fault_code(complaint.fault), complaint.text);
        return;
    }
    cJSON_Delete(call->sent);
    call->sent = wire.message;
    wire.message = NULL;
    call->again = false;
    call->read = read_passed;
    desk_carry(desk, call, &wire, onepay_trust(desk->config));
    wire_request_free(&wire);
}

void desk_pass_again(struct desk *desk, struct desk_call *call) {
    if (call->again)
        desk_pass(desk, call);
}

void desk_pass_stop(struct desk *desk) {
    if (desk->net != NULL)
        net_stop(desk->net);
    if (desk->vendor != NULL)
        vendor_stop(desk->vendor);
    desk->net = NULL;
    desk->vendor = NULL;
}
