/* The portal's operations, and the building of their requests. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/base/clock.h"
#include "app/base/log.h"
#include "app/platform/amp/amp.h"
#include "app/wire/json.h"

#define ENVELOPE_VERSION "1.0.0"
#define LIBRARY_BUFFER 2048 /* what the process of a library takes, with its zero */

const struct wire_operation amp_table[] = {
    {"pushMsg", "/api/amp/hos/pushMsg", VERB_NONE, false, AMP_PUSH, amp_fields_push},
    {"refund", "/api/amp/hos/refund", VERB_NONE, true, AMP_REFUND, amp_fields_refund},
    {"queryRefundResult", "/api/amp/hos/queryRefundResult", VERB_NONE, false, AMP_REFUND_QUERY,
     amp_fields_refund_query},
    {"getTradeFile", "/api/amp/hos/getTradeFile", VERB_NONE, false, AMP_TRADE_FILE,
     amp_fields_trade_file},
    /* Not in the document: the same at portals whose clients are known in public. */
    {"getCheckFile", "/api/amp/hos/getCheckFile", VERB_NONE, false, AMP_TRADE_FILE,
     amp_fields_trade_file},
    {0}};

/* The settings go into every input of MobileTrans, beside the members. */
static char *library_input(const struct amp_config *amp, const char *address, const char *time,
                           const cJSON *message) {
    cJSON *input = cJSON_Duplicate(message, true);
    cJSON *data = cJSON_GetObjectItemCaseSensitive(input, "data");
    cJSON_AddStringToObject(data, "serverAddr", address);
    cJSON_AddStringToObject(data, "appId", amp->app_id);
    cJSON_AddStringToObject(data, "appKey", amp->app_key);
    cJSON_AddStringToObject(data, "encryptType", "SM4");
    cJSON_AddStringToObject(data, "signType", "SM3");
    cJSON_AddStringToObject(data, "timestamp", time);
    cJSON_AddStringToObject(data, "version", ENVELOPE_VERSION);
    char *text = wire_print(input, false);
    cJSON_Delete(input);
    ENSURE(text != NULL);
    return text;
}

/* What is said to a library: the whole input; shown and remembered is only what was asked. */
static bool make_library_input(const struct amp_config *amp, const char *operation,
                               const char *time, struct wire_request *out,
                               struct wire_complaint *complaint) {
    cJSON *message = cJSON_CreateObject();
    cJSON_AddItemToObject(message, "data", out->message);
    cJSON_AddStringToObject(message, "orgId", amp->org_id);
    free(out->body);
    out->message = message;
    out->body = library_input(amp, out->url, time, message);
    out->body_length = strlen(out->body);
    out->library = &amp->vendor;
    free(out->url);
    out->url = NULL;
    out->content_type = NULL;
    size_t length = encoding_length(amp->vendor.encoding, out->body);
    if (length < LIBRARY_BUFFER)
        return true;
    snprintf(complaint->text, sizeof complaint->text,
             "amp.%.40s: expected at most %d bytes for a library, got %zu", operation,
             LIBRARY_BUFFER - 1, length);
    wire_request_free(out);
    return false;
}

static void seal_amp_request(const struct amp_config *amp, const char *time,
                             struct wire_request *out) {
    out->message = sealed_message(&amp->keys, out->message, time, ENVELOPE_VERSION);
    free(out->body);
    out->body = sealed_body(&amp->keys, out->message);
    out->body_length = strlen(out->body);
}

static bool build_amp(const struct config *config, const char *operation, const cJSON *members,
                      int64_t wall_ms, struct wire_request *out, struct wire_complaint *complaint) {
    const struct amp_config *amp = amp_config(config);
    const struct wire_operation *row = wire_operation_named(amp_table, operation);
    char time[CLOCK_TEXT_SIZE];
    *out = (struct wire_request){0};
    if (row == NULL || amp->server_addr[0] == '\0') {
        snprintf(complaint->text, sizeof complaint->text, "amp.%.40s: %s", operation,
                 row == NULL ? "no such operation" : "platforms.amp is not configured");
        return false;
    }
    cJSON *message = amp_members(amp, row, members, complaint);
    if (message == NULL)
        return false;
    clock_text(wall_ms, time); /* of each sending: the portal refuses a time it has seen */
    fields_post(out, amp->server_addr, config_path_of(&amp->paths, operation, row->path), message);
    if (amp->by_library)
        return make_library_input(amp, operation, time, out, complaint);
    seal_amp_request(amp, time, out);
    return true;
}

const struct platform platform_amp = {.name = "amp",
                                      .route = ROUTE_AMP,
                                      .section = &amp_section,
                                      .trust = amp_trust,
                                      .operations = amp_table,
                                      .compose = amp_compose,
                                      .build = build_amp,
                                      .read = amp_read};
