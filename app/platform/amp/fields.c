/* What each request to the portal must hold: AMP_HOS_001 to 004, and what its tables cannot say. */
#include <stdio.h>
#include <string.h>

#include "app/platform/amp/amp.h"
#include "app/wire/json.h"

static const char *const app_types[] = {"01", "02", "03", "04", NULL};
static const char *const order_states[] = {"MERCHANT_WAIT_PAY",      "MERCHANT_PAID",
                                           "MERCHANT_PART_REFUNDED", "MERCHANT_REFUNDED",
                                           "MERCHANT_CLOSED",        NULL};
static const char *const push_types[] = {"HOSPITAL_APPOINTMENT", "HOSPITAL_CHECK",
                                         "HOSPITAL_MEDICINE", "HOSPITAL_PAYMENT", NULL};
static const char *const refund_types[] = {"01", "02", "03", NULL};
static const char *const bill_types[] = {"ALL", "REFUND", "CONSUME", NULL};

/* pushType's values are longer than the 10 characters that are listed: the values win. */
const struct field amp_fields_push[] = {{"hisCustType", FIELD_TEXT, 10, true, NULL},
                                        {"hisCustId", FIELD_TEXT, 40, true, NULL},
                                        {"phone", FIELD_TEXT, 20, true, NULL},
                                        {"appType", FIELD_TEXT, 10, true, app_types},
                                        {"medOrgOrd", FIELD_TEXT, 40, true, NULL},
                                        {"subOrgCode", FIELD_TEXT, 40, false, NULL},
                                        {"refundReason", FIELD_TEXT, 100, false, NULL},
                                        {"payOrdId", FIELD_TEXT, 40, false, NULL},
                                        {"orderStatus", FIELD_TEXT, 40, true, order_states},
                                        {"orgCode", FIELD_TEXT, 40, true, NULL},
                                        {"patientName", FIELD_TEXT, 100, true, NULL},
                                        {"idType", FIELD_TEXT, 10, true, NULL},
                                        {"idNo", FIELD_TEXT, 30, true, NULL},
                                        {"takeMedicineLoc", FIELD_TEXT, 200, false, NULL},
                                        {"pushType", FIELD_TEXT, 0, true, push_types},
                                        {"scheduledTime", FIELD_TIME, 20, false, NULL},
                                        {"redirectUrl", FIELD_TEXT, 500, false, NULL},
                                        {"amount", FIELD_YUAN, 20, false, NULL},
                                        {"deptName", FIELD_TEXT, 200, false, NULL},
                                        {"deptCode", FIELD_TEXT, 40, false, NULL},
                                        {"deptLoc", FIELD_TEXT, 200, false, NULL},
                                        {"drName", FIELD_TEXT, 100, false, NULL},
                                        {"drLvName", FIELD_TEXT, 100, false, NULL},
                                        {"drNo", FIELD_TEXT, 40, false, NULL},
                                        {"waitingNum", FIELD_TEXT, 40, false, NULL},
                                        {"checkItem", FIELD_TEXT, 20, false, NULL},
                                        {"createTime", FIELD_TIME, 20, false, NULL},
                                        {"updateTime", FIELD_TIME, 20, false, NULL},
                                        {"extData", FIELD_TEXT, 0, false, NULL},
                                        {0}};

/* refundType is always sent: where it is absent some portals take it for "all". */
const struct field amp_fields_refund[] = {{"ampTraceId", FIELD_TEXT, 40, true, NULL},
                                          {"traceId", FIELD_TEXT, 40, true, NULL},
                                          {"orgTraceNo", FIELD_TEXT, 100, true, NULL},
                                          {"orgCode", FIELD_TEXT, 40, true, NULL},
                                          {"subOrgCode", FIELD_TEXT, 40, false, NULL},
                                          {"refundReason", FIELD_TEXT, 100, true, NULL},
                                          {"refundAmount", FIELD_YUAN, 18, false, NULL},
                                          {"refundType", FIELD_TEXT, 10, true, refund_types},
                                          {"outRefundNo", FIELD_TEXT, 40, true, NULL},
                                          {"orgRefundSn", FIELD_TEXT, 40, true, NULL},
                                          {0}};

/* traceId is not in the table: a public client of the portal sends it. */
const struct field amp_fields_refund_query[] = {{"ampRefundId", FIELD_TEXT, 40, false, NULL},
                                                {"refundTraceId", FIELD_TEXT, 40, false, NULL},
                                                {"orgCode", FIELD_TEXT, 40, true, NULL},
                                                {"subOrgCode", FIELD_TEXT, 40, false, NULL},
                                                {"outRefundNo", FIELD_TEXT, 40, true, NULL},
                                                {"traceId", FIELD_TEXT, 40, false, NULL},
                                                {0}};

const struct field amp_fields_trade_file[] = {
    {"orgCode", FIELD_TEXT, 40, true, NULL},        {"subOrgCode", FIELD_TEXT, 40, false, NULL},
    {"orgSecret", FIELD_TEXT, 40, true, NULL},      {"billDate", FIELD_DAY, 10, true, NULL},
    {"billType", FIELD_TEXT, 40, true, bill_types}, {0}};

/* A member that must be there, or must not, where another one has a value. */
static const struct {
    enum amp_kind kind;
    const char *where, *value, *member;
    bool wanted;
    const char *expected;
} rules[] = {
    {AMP_PUSH, "pushType", "HOSPITAL_PAYMENT", "amount", true,
     "a value (required of HOSPITAL_PAYMENT)"},
    {AMP_PUSH, "orderStatus", "MERCHANT_REFUNDED", "refundReason", true,
     "a value (required of MERCHANT_REFUNDED)"},
    {AMP_PUSH, "orderStatus", "MERCHANT_PART_REFUNDED", "refundReason", true,
     "a value (required of MERCHANT_PART_REFUNDED)"},
    {AMP_REFUND, "refundType", "02", "refundAmount", false, "nothing with refundType 02"},
    {AMP_REFUND, "refundType", "03", "refundAmount", false, "nothing with refundType 03"},
};

static bool meets_rules(enum amp_kind kind, const char *name, const cJSON *message,
                        struct wire_complaint *complaint) {
    for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++) {
        const char *value = rules[i].kind == kind ? wire_text(message, rules[i].where) : NULL;
        const cJSON *member = wire_member(message, rules[i].member);
        if (value != NULL && strcmp(value, rules[i].value) == 0 &&
            (member != NULL) != rules[i].wanted)
            return fields_complain(complaint, name, rules[i].member, member, "%s",
                                   rules[i].expected);
    }
    return true;
}

cJSON *amp_members(const struct amp_config *amp, const struct wire_operation *row,
                   const cJSON *members, struct wire_complaint *complaint) {
    char name[40];
    enum wire_encoding encoding = amp->by_library ? amp->vendor.encoding : WIRE_UTF8;
    snprintf(name, sizeof name, "amp.%s", row->name);
    cJSON *whole = cJSON_Duplicate(members, true);
    if (row->kind == AMP_TRADE_FILE && cJSON_IsObject(whole) &&
        cJSON_GetObjectItemCaseSensitive(whole, "orgSecret") == NULL)
        fields_add_text(whole, "orgSecret", amp->org_secret);
    cJSON *message = fields_message_in(encoding, name, row->fields, whole, complaint);
    cJSON_Delete(whole);
    if (message == NULL || meets_rules((enum amp_kind)row->kind, name, message, complaint))
        return message;
    cJSON_Delete(message);
    return NULL;
}
