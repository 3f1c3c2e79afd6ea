/* MobileTrans at the desk: what moves no money goes to the insurance portal and back. Which
 * operation it is stands at the end of the caller's serverAddr; where it goes is this desk's
 * configuration. */
#include <string.h>

#include "app/base/clock.h"
#include "app/base/log.h"
#include "app/platform/amp/amp.h"
#include "app/shell/desk_parts.h"
#include "app/wire/json.h"

#define BAD_INPUT "-2"
#define NO_SUCH_SERVICE "404404"
#define UNREADABLE_PORTAL "-3"

static cJSON *portal_answer(const char *code, const char *message) {
    cJSON *answer = cJSON_CreateObject();
    cJSON_AddStringToObject(answer, "code", code);
    cJSON_AddStringToObject(answer, "message", message);
    return answer;
}

static void refuse_mobile(struct desk *desk, uint32_t caller, const char *code,
                          const char *message) {
    desk_answer_caller(desk, caller, code, portal_answer(code, message));
}

static const struct wire_operation *mobile_row(const cJSON *data) {
    const char *address = wire_text(data, "serverAddr");
    const char *slash = address == NULL ? NULL : strrchr(address, '/');
    return slash == NULL ? NULL : wire_operation_named(amp_table, slash + 1);
}

/* The caller's settings are the desk's own: the rest is what is asked. */
static cJSON *mobile_members(const cJSON *data) {
    static const char *const settings[] = {"serverAddr",  "appId",    "appKey",    "orgSecret",
                                           "encryptType", "signType", "timestamp", "version"};
    cJSON *members = cJSON_Duplicate(data, true);
    for (size_t i = 0; i < sizeof settings / sizeof settings[0]; i++)
        cJSON_DeleteItemFromObjectCaseSensitive(members, settings[i]);
    return members;
}

static void read_portal(struct desk *desk, struct desk_call *call,
                        const struct net_answer *answer) {
    struct wire_reading reading = {0};
    char code[CODE_SIZE];
    if (answer->curl_code != 0) {
        desk_code_of_curl(answer->curl_code, code);
        desk_reply(desk, call, code, portal_answer(code, answer->error));
        return;
    }
    amp_read(desk->config, call->row->name, call->sent, answer->http_status, answer->body,
             answer->length, &reading);
    bool bad = reading.answer.outcome == OUTCOME_MALFORMED || reading.tree == NULL;
    const char *said = bad ? UNREADABLE_PORTAL : reading.answer.code;
    cJSON *out = portal_answer(said, reading.message);
    const cJSON *data = bad ? NULL : wire_member(reading.tree, "data");
    if (data != NULL)
        cJSON_AddItemToObject(out, "data", cJSON_Duplicate(data, true));
    desk_reply(desk, call, said, out);
    wire_reading_free(&reading);
}

static void pass_mobile(struct desk *desk, struct desk_call *call, const cJSON *data) {
    struct wire_request wire = {0};
    struct wire_complaint complaint = {.text = ""};
    call->param = mobile_members(data);
    if (!platform_amp.build(desk->config, call->row->name, call->param, clock_wall_ms(), &wire,
                            &complaint)) {
        desk_reply(desk, call, BAD_INPUT, portal_answer(BAD_INPUT, complaint.text));
        return;
    }
    call->sent = wire.message;
    wire.message = NULL;
    call->read = read_portal;
    desk_carry(desk, call, &wire, amp_trust(desk->config));
    wire_request_free(&wire);
}

void desk_mobile(struct desk *desk, uint32_t caller, const cJSON *tree) {
    const cJSON *data = wire_member(tree, "data");
    const struct wire_operation *row = mobile_row(data);
    if (amp_config(desk->config)->server_addr[0] == '\0') {
        refuse_mobile(desk, caller, "-1002", "this desk has no insurance portal");
        return;
    }
    if (row == NULL || row->moves_money) {
        refuse_mobile(desk, caller, NO_SUCH_SERVICE,
                      row == NULL ? "serverAddr: no operation of the portal"
                                  : "this desk returns no payment of the portal: nothing was sent");
        return;
    }
    struct desk_call *call = desk_open_call(desk, caller, row);
    if (call == NULL)
        refuse_mobile(desk, caller, "-1002", "the desk is full");
    else
        pass_mobile(desk, call, data);
}
