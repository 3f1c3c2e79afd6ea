/* upp: its ten operations, one more that its front end has, and the building of their requests. */
#include "app/platform/upp/upp.h"

#include <stdio.h>
#include <string.h>

#include "app/base/clock.h"
#include "app/wire/json.h"
#include "app/wire/sign.h"

const struct wire_operation upp_table[] = {
    {"network", "/access/network", VERB_CLOCK, false, UPP_NETWORK, upp_fields_none},
    {"scanCode", "/access/scanCode", VERB_PLACE, true, UPP_SCAN, upp_fields_scan_code},
    /* Not in the document: one code for every wallet (aggregate_code). */
    {"aggCode", "/access/aggCode", VERB_PLACE, true, UPP_SCAN, upp_fields_agg_code},
    {"barCode", "/access/barCode", VERB_PLACE, true, UPP_PLACE, upp_fields_bar_code},
    {"faceCode", "/access/faceCode", VERB_PLACE, true, UPP_PLACE, upp_fields_face_code},
    {"paymentQuery", "/access/paymentQuery", VERB_ASK, false, UPP_QUERY, upp_fields_payment},
    {"refund", "/access/refund", VERB_REFUND, true, UPP_REFUND, upp_fields_refund},
    {"refundQuery", "/access/refundQuery", VERB_ASK_REFUND, false, UPP_REFUND,
     upp_fields_refund_query},
    {"close", "/access/close", VERB_CLOSE, true, UPP_CLOSE, upp_fields_payment},
    {"yuntaiBills", "/access/yuntaiBills", VERB_NONE, false, UPP_BILLS, upp_fields_bills},
    /* The document prints channelBIIIs, three capital I: a misprint by the platform's own clients.
     */
    {"channelBills", "/access/channelBills", VERB_NONE, false, UPP_BILLS, upp_fields_bills},
    {0}};

/* What the tables cannot say. */
static bool check_upp_rest(const char *name, const cJSON *message, int64_t wall_ms,
                           struct wire_complaint *complaint) {
    const cJSON *subject = wire_member(message, "subject");
    if (subject != NULL && strchr(subject->valuestring, ',') != NULL)
        return fields_complain(complaint, name, "subject", subject, "no English comma (4.2)");
    int64_t expire_ms;
    const cJSON *expire = wire_member(message, "expireTime");
    if (expire != NULL && (!clock_parse(expire->valuestring, &expire_ms) || expire_ms <= wall_ms))
        return fields_complain(complaint, name, "expireTime", expire, "a time to come (4.2)");
    const char *product = wire_text(message, "channelProduct");
    bool wechat_face = wire_member(message, "faceCode") != NULL && strncmp(product, "ten", 3) == 0;
    if (wechat_face && wire_member(message, "expandData") == NULL)
        return fields_complain(complaint, name, "expandData", NULL,
                               "a value (required for WeChat, 4.4)");
    const cJSON *end = wire_member(message, "endDate");
    if (end != NULL && strcmp(wire_text(message, "startDate"), end->valuestring) > 0)
        return fields_complain(complaint, name, "endDate", end, "a day not before startDate");
    return true;
}

static void add_upp_identity(const struct upp_config *upp, cJSON *message, int64_t wall_ms) {
    char sign[SIGN_MD5_SIZE];
    fields_add_whole(message, "isvId", upp->isv_id);
    fields_add_whole(message, "partnerId", upp->partner_id);
    cJSON_AddStringToObject(message, "version", "1.0.0");
    fields_add_whole(message, "timestamp", wall_ms);
    sign_upp(message, upp->key, sign);
    cJSON_AddStringToObject(message, "sign", sign);
}

static bool build_upp(const struct config *config, const char *operation, const cJSON *members,
                      int64_t wall_ms, struct wire_request *out, struct wire_complaint *complaint) {
    *out = (struct wire_request){0};
    const struct wire_operation *row = wire_operation_named(upp_table, operation);
    const struct upp_config *upp = upp_config(config);
    if (row == NULL || upp->base_url[0] == '\0') {
        snprintf(complaint->text, sizeof complaint->text,
                 row == NULL ? "upp.%.40s: no such operation"
                             : "upp.%.40s: platforms.upp is not configured",
                 operation);
        return false;
    }
    char name[32];
    snprintf(name, sizeof name, "upp.%s", operation);
    cJSON *expected, *to_send = wire_members_to_send(members, &expected);
    cJSON *message = fields_message(name, row->fields, to_send, complaint);
    cJSON_Delete(to_send);
    if (message == NULL || !check_upp_rest(name, message, wall_ms, complaint)) {
        cJSON_Delete(message);
        cJSON_Delete(expected);
        return false;
    }
    add_upp_identity(upp, message, wall_ms);
    fields_post(out, upp->base_url, config_path_of(&upp->paths, operation, row->path), message);
    if (expected != NULL)
        cJSON_AddItemToObject(out->message, WIRE_EXPECTED, expected);
    return true;
}

const struct platform platform_upp = {.name = "upp",
                                      .route = ROUTE_UPP,
                                      .section = &upp_section,
                                      .trust = upp_trust,
                                      .operations = upp_table,
                                      .answer_max = UPP_BILLS_MAX,
                                      .compose = upp_compose,
                                      .build = build_upp,
                                      .read = upp_read};
