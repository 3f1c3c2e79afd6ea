/* upp: the tables of its ten operations and the building of their requests. */
#include "app/platform/upp/upp.h"

#include <stdio.h>
#include <string.h>

#include "app/base/clock.h"
#include "app/wire/json.h"
#include "app/wire/sign.h"

/* Section 6. */
static const char *const biz_types[] = {"scan_pay", "barcode_pay", NULL};
static const char *const source_types[] = {"outpatient", "inpatient", NULL};
static const char *const products[] = {"ali_scan_code",
                                       "ali_bar_code",
                                       "ten_scan_code",
                                       "ten_bar_code",
                                       "uni_scan_code",
                                       "uni_bar_code",
                                       NULL};

static const struct field none[] = {{0}};
/* 4.2 */
static const struct field scan_code[] = {{"paymentNo", FIELD_TEXT, 32, true, NULL},
                                         {"channelProduct", FIELD_TEXT, 32, true, products},
                                         {"expireTime", FIELD_TIME, 19, true, NULL},
                                         {"tradeFee", FIELD_YUAN, 11, true, NULL},
                                         {"subject", FIELD_TEXT, 64, true, NULL},
                                         {"districtId", FIELD_TEXT, 32, false, NULL},
                                         {"sourceType", FIELD_TEXT, 32, false, source_types},
                                         {"bizData", FIELD_JSON, 256, false, NULL},
                                         {"expandData", FIELD_JSON, 256, false, NULL},
                                         {0}};
/* 4.3 */
static const struct field bar_code[] = {{"paymentNo", FIELD_TEXT, 32, true, NULL},
                                        {"expireTime", FIELD_TIME, 19, true, NULL},
                                        {"tradeFee", FIELD_YUAN, 11, true, NULL},
                                        {"subject", FIELD_TEXT, 64, true, NULL},
                                        {"authCode", FIELD_TEXT, 256, true, NULL},
                                        {"districtId", FIELD_TEXT, 32, false, NULL},
                                        {"sourceType", FIELD_TEXT, 32, false, source_types},
                                        {"bizData", FIELD_JSON, 256, false, NULL},
                                        {"expandData", FIELD_JSON, 256, false, NULL},
                                        {0}};
/* 4.4 */
static const struct field face_code[] = {{"paymentNo", FIELD_TEXT, 32, true, NULL},
                                         {"channelProduct", FIELD_TEXT, 32, true, products},
                                         {"expireTime", FIELD_TIME, 19, true, NULL},
                                         {"tradeFee", FIELD_YUAN, 11, true, NULL},
                                         {"subject", FIELD_TEXT, 64, true, NULL},
                                         {"faceCode", FIELD_TEXT, 64, true, NULL},
                                         {"districtId", FIELD_TEXT, 32, false, NULL},
                                         {"sourceType", FIELD_TEXT, 32, false, source_types},
                                         {"bizData", FIELD_JSON, 256, false, NULL},
                                         {"expandData", FIELD_JSON, 256, false, NULL},
                                         {0}};
/* 4.5, 4.8 */
static const struct field payment[] = {
    {"bizType", FIELD_TEXT, 32, true, biz_types}, {"paymentNo", FIELD_TEXT, 32, true, NULL}, {0}};
/* 4.6 */
static const struct field refund[] = {
    {"refundFee", FIELD_YUAN, 11, true, NULL},    {"paymentNo", FIELD_TEXT, 32, true, NULL},
    {"bizType", FIELD_TEXT, 32, true, biz_types}, {"requestNo", FIELD_TEXT, 32, true, NULL},
    {"refundNo", FIELD_TEXT, 32, true, NULL},     {"bizData", FIELD_TEXT, 256, false, NULL},
    {"expandData", FIELD_JSON, 256, false, NULL}, {0}};
/* 4.7 */
static const struct field refund_query[] = {{"requestNo", FIELD_TEXT, 32, true, NULL}, {0}};
/* 4.9, 4.10 */
static const struct field bills[] = {
    {"startDate", FIELD_DAY, 10, true, NULL}, {"endDate", FIELD_DAY, 10, true, NULL}, {0}};

static const struct upp_operation table[] = {
    {"network", "/access/network", UPP_NETWORK, none},
    {"scanCode", "/access/scanCode", UPP_SCAN, scan_code},
    {"barCode", "/access/barCode", UPP_PLACE, bar_code},
    {"faceCode", "/access/faceCode", UPP_PLACE, face_code},
    {"paymentQuery", "/access/paymentQuery", UPP_QUERY, payment},
    {"refund", "/access/refund", UPP_REFUND, refund},
    {"refundQuery", "/access/refundQuery", UPP_REFUND, refund_query},
    {"close", "/access/close", UPP_CLOSE, payment},
    {"yuntaiBills", "/access/yuntaiBills", UPP_BILLS, bills},
    /* The document's own bytes: three capital I. */
    {"channelBills", "/access/channelBIIIs", UPP_BILLS, bills},
};

static const struct platform_operation operations[] = {{"network", VERB_NONE, false},
                                                       {"scanCode", VERB_PLACE, true},
                                                       {"barCode", VERB_PLACE, true},
                                                       {"faceCode", VERB_PLACE, true},
                                                       {"paymentQuery", VERB_ASK, false},
                                                       {"refund", VERB_REFUND, true},
                                                       {"refundQuery", VERB_ASK_REFUND, false},
                                                       {"close", VERB_CLOSE, true},
                                                       {"yuntaiBills", VERB_NONE, false},
                                                       {"channelBills", VERB_NONE, false},
                                                       {NULL, VERB_NONE, false}};

const struct upp_operation *upp_operation(const char *name) {
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
        if (strcmp(table[i].name, name) == 0)
            return &table[i];
    return NULL;
}

/* What the tables cannot say. */
static bool check_rest(const char *name, const cJSON *message, int64_t wall_ms,
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

static void add_identity(const struct upp_config *upp, cJSON *message, int64_t wall_ms) {
    char sign[SIGN_MD5_SIZE];
    fields_add_whole(message, "isvId", upp->isv_id);
    fields_add_whole(message, "partnerId", upp->partner_id);
    cJSON_AddStringToObject(message, "version", "1.0.0");
    fields_add_whole(message, "timestamp", wall_ms);
    sign_upp(message, upp->key, sign);
    cJSON_AddStringToObject(message, "sign", sign);
}

static bool build(const struct config *config, const char *operation, const cJSON *members,
                  int64_t wall_ms, struct wire_request *out, struct wire_complaint *complaint) {
    *out = (struct wire_request){0};
    const struct upp_operation *row = upp_operation(operation);
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
    cJSON *message = fields_message(name, row->fields, members, complaint);
    if (message == NULL || !check_rest(name, message, wall_ms, complaint)) {
        cJSON_Delete(message);
        return false;
    }
    add_identity(upp, message, wall_ms);
    fields_post(out, upp->base_url, config_path_of(&upp->paths, operation, row->path), message);
    return true;
}

const struct platform platform_upp = {"upp", &upp_section, operations, build, upp_read};
