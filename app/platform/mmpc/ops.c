/* The centre's seven operations and the gateway's one, and the building of their requests. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/base/clock.h"
#include "app/base/log.h"
#include "app/platform/mmpc/mmpc.h"
#include "app/wire/json.h"
#include "app/wire/percent.h"

#define ENVELOPE_VERSION "2.0.1"

/* The document has no paths: these are known in public. */
const struct wire_operation mmpc_table[] = {
    {"cashier", "/cashier", VERB_NONE, false, MMPC_CASHIER, mmpc_fields_cashier},
    {"query", "/org/local/api/hos/query_order_info", VERB_NONE, false, MMPC_QUERY,
     mmpc_fields_query},
    {"refund", "/org/local/api/hos/refund_Order", VERB_NONE, true, MMPC_REFUND, mmpc_fields_refund},
    {"bill", "/org/local/api/hos/download_bill", VERB_NONE, false, MMPC_BILL, mmpc_fields_bill},
    {"upload", "/org/local/api/hos/uldFeeInfo", VERB_NONE, false, MMPC_UPLOAD, mmpc_fields_upload},
    {"revoke", "/org/local/api/hos/revoke_order", VERB_NONE, false, MMPC_REVOKE,
     mmpc_fields_revoke},
    {"notice", "/org/local/api/hos/notice", VERB_NONE, false, MMPC_NOTICE, mmpc_fields_notice},
    {"decode", "/decode", VERB_DECODE, false, MMPC_DECODE, mmpc_fields_decode},
    {0}};

/* 1.2 is a link: a browser sends it, not we. */
static void make_link(struct wire_request *out) {
    char *link = NULL;
    size_t length = 0;
    FILE *stream = open_memstream(&link, &length);
    ENSURE(stream != NULL);
    fputs(out->url, stream);
    for (const cJSON *member = out->message->child; member != NULL; member = member->next) {
        fprintf(stream, "%c%s=", member == out->message->child ? '?' : '&', member->string);
        percent_write(stream, member->valuestring);
    }
    fclose(stream);
    free(out->url);
    free(out->body);
    out->url = link;
    out->body = NULL;
    out->body_length = 0;
    out->content_type = NULL;
    out->shown = true;
}

/* The message in its envelope takes the place of the plain one. */
static void seal_mmpc_request(const struct mmpc_config *mmpc, int64_t wall_ms,
                              struct wire_request *out) {
    char time[15];
    out->message =
        sealed_message(&mmpc->keys, out->message, clock_digits(wall_ms, time), ENVELOPE_VERSION);
    free(out->body);
    out->body = sealed_body(&mmpc->keys, out->message);
    out->body_length = strlen(out->body);
}

static bool build_mmpc(const struct config *config, const char *operation, const cJSON *members,
                       int64_t wall_ms, struct wire_request *out,
                       struct wire_complaint *complaint) {
    const struct mmpc_config *mmpc = mmpc_config(config);
    *out = (struct wire_request){0};
    bool decodes = strcmp(operation, "decode") == 0;
    if ((decodes ? mmpc->decode_url : mmpc->base_url)[0] == '\0') {
        snprintf(complaint->text, sizeof complaint->text, "mmpc.%.40s: %s is not configured",
                 operation, decodes ? "platforms.mmpc.decode_url" : "platforms.mmpc");
        return false;
    }
    cJSON *expected, *to_send = wire_members_to_send(members, &expected);
    cJSON *message = mmpc_members(mmpc, operation, to_send, complaint);
    cJSON_Delete(to_send);
    if (message == NULL) {
        cJSON_Delete(expected);
        return false;
    }
    const struct wire_operation *row = wire_operation_named(mmpc_table, operation);
    fields_post(out, row->kind == MMPC_DECODE ? mmpc->decode_url : mmpc->base_url,
                config_path_of(&mmpc->paths, operation, row->path), message);
    if (row->kind == MMPC_CASHIER)
        make_link(out);
    else if (mmpc->sealed && row->kind != MMPC_DECODE)
        seal_mmpc_request(mmpc, wall_ms, out);
    if (expected != NULL)
        cJSON_AddItemToObject(out->message, WIRE_EXPECTED, expected);
    return true;
}

const struct platform platform_mmpc = {.name = "mmpc",
                                       .route = ROUTE_MMPC,
                                       .section = &mmpc_section,
                                       .trust = mmpc_trust,
                                       .operations = mmpc_table,
                                       .compose = mmpc_compose,
                                       .build = build_mmpc,
                                       .read = mmpc_read};
