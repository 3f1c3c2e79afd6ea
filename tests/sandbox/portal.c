#include "tests/sandbox/portal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/sandbox/hospital.h"
#include "tests/sandbox/seal.h"
#include "tests/sandbox/value.h"

#define DONE "000000"
#define BAD_MEMBER "-2"
#define BAD_SIGN "000102"
#define NO_APP "-8"
#define RULES_END                                                                                  \
    { NULL, RULE_END, 0, false, NULL }

static const struct rule push_rules[] = {
    {"hisCustType", RULE_TEXT, 10, true, NULL},
    {"hisCustId", RULE_TEXT, 40, true, NULL},
    {"phone", RULE_TEXT, 20, true, NULL},
    {"appType", RULE_TEXT, 10, true, "01|02|03|04"},
    {"medOrgOrd", RULE_TEXT, 40, true, NULL},
    {"payOrdId", RULE_TEXT, 40, false, NULL},
    {"orderStatus", RULE_TEXT, 40, true,
     "MERCHANT_WAIT_PAY|MERCHANT_PAID|MERCHANT_PART_REFUNDED|MERCHANT_REFUNDED|MERCHANT_CLOSED"},
    {"orgCode", RULE_TEXT, 40, true, NULL},
    {"patientName", RULE_TEXT, 100, true, NULL},
    {"idType", RULE_TEXT, 10, true, NULL},
    {"idNo", RULE_TEXT, 30, true, NULL},
    {"pushType", RULE_TEXT, 40, true, NULL},
    {"amount", RULE_AMOUNT, 18, false, NULL},
    {"deptName", RULE_TEXT, 200, false, NULL},
    {"drName", RULE_TEXT, 100, false, NULL},
    RULES_END,
};
static const struct rule refund_rules_of_portal[] = {
    {"ampTraceId", RULE_TEXT, 40, true, NULL},
    {"traceId", RULE_TEXT, 40, true, NULL},
    {"orgTraceNo", RULE_TEXT, 100, true, NULL},
    {"orgCode", RULE_TEXT, 40, true, NULL},
    {"refundReason", RULE_TEXT, 100, true, NULL},
    {"refundAmount", RULE_AMOUNT, 15, false, NULL},
    {"refundType", RULE_TEXT, 10, false, "01|02|03"},
    {"outRefundNo", RULE_TEXT, 40, true, NULL},
    {"orgRefundSn", RULE_TEXT, 40, true, NULL},
    RULES_END,
};
static const struct rule refund_query_rules_of_portal[] = {
    {"ampRefundId", RULE_TEXT, 40, false, NULL},
    {"refundTraceId", RULE_TEXT, 40, false, NULL},
    {"orgCode", RULE_TEXT, 40, true, NULL},
    {"outRefundNo", RULE_TEXT, 40, true, NULL},
    RULES_END,
};
static const struct rule file_rules[] = {
    {"orgCode", RULE_TEXT, 40, true, NULL},
    {"orgSecret", RULE_TEXT, 40, true, NULL},
    {"billDate", RULE_DATE, 10, true, NULL},
    {"billType", RULE_TEXT, 40, true, "ALL|REFUND|CONSUME"},
    RULES_END,
};

static void push(struct sandbox *sandbox, const cJSON *request, struct reply *reply) {
    static const char *const types[] = {"HOSPITAL_APPOINTMENT", "HOSPITAL_CHECK",
                                        "HOSPITAL_MEDICINE", "HOSPITAL_PAYMENT"};
    const char *type = message_get(request, "pushType"), *word = "INVALID_PUSH_TYPE";
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
        if (strcmp(types[i], type) == 0)
            word = "SUCCESS";
    bool payment = strcmp(type, "HOSPITAL_PAYMENT") == 0;
    if (payment && message_text(request, "amount") == NULL)
        word = "ERROR";
    reply->body = cJSON_CreateObject();
    cJSON_AddStringToObject(reply->body, "response", word);
    if (!payment || strcmp(word, "SUCCESS") != 0)
        return;
    const char *order = message_get(request, "medOrgOrd");
    struct push *row = ROWS_FIND(&sandbox->books.pushes, push, med_org_ord, order);
    if (row == NULL)
        row = rows_add(&sandbox->books.pushes);
    text_set(row->med_org_ord, NO_SIZE, order);
    text_set(row->his_cust_id, NO_SIZE, message_get(request, "hisCustId"));
    text_set(row->id_no, NO_SIZE, message_get(request, "idNo"));
    text_set(row->phone, NO_SIZE, message_get(request, "phone"));
    text_set(row->pay_ord_id, NO_SIZE, message_get(request, "payOrdId"));
    text_set(row->dept_name, sizeof row->dept_name, message_get(request, "deptName"));
    text_set(row->dr_name, sizeof row->dr_name, message_get(request, "drName"));
    snprintf(row->messages, sizeof row->messages, "%d", atoi(row->messages) % 100 + 1);
    if (row->paid_ms == 0)
        text_set(row->order_status, NO_SIZE, message_get(request, "orderStatus"));
    yuan_read(message_get(request, "amount"), &row->amount_fen);
    row->pushed_ms = sandbox_now_ms(sandbox);
}

static void put_refund(const struct portal_refund *refund, struct reply *reply) {
    reply->body = cJSON_CreateObject();
    cJSON_AddStringToObject(reply->body, "refundTraceId", refund->refund_trace_id);
    cJSON_AddStringToObject(reply->body, "ampRefundId", refund->amp_refund_id);
    cJSON_AddStringToObject(reply->body, "traceId", refund->trace_id);
    cJSON_AddStringToObject(reply->body, "tradeStatus", refund->status);
    cJSON_AddStringToObject(reply->body, "tradeStatusDesc", "");
}

/* What may go back of a payment by this type; 0: nothing. 01 takes an amount, else all of the own
 * part. */
static int64_t refundable_fen(const struct push *push, const cJSON *request) {
    int64_t wanted_fen = push->own_fen - push->back_fen;
    bool own = strcmp(message_get(request, "refundType"), "01") == 0 ||
               message_get(request, "refundType")[0] == '\0';
    if (push->wholly_back)
        return 0;
    if (!own)
        return push->back_fen == 0 ? push->amount_fen : 0;
    if (yuan_read(message_get(request, "refundAmount"), &wanted_fen) &&
        wanted_fen > push->own_fen - push->back_fen)
        return 0;
    return wanted_fen;
}

static void book_refund(struct push *push, const struct portal_refund *refund) {
    if (strcmp(refund->status, "SUCCESS") != 0 && strcmp(refund->status, "REFUND") != 0)
        return;
    push->wholly_back = strcmp(refund->type, "01") != 0;
    push->back_fen += refund->amount_fen;
    bool part = !push->wholly_back;
    text_set(push->order_status, NO_SIZE, part ? "MERCHANT_PART_REFUNDED" : "MERCHANT_REFUNDED");
}

static void refund(struct sandbox *sandbox, const cJSON *request, struct reply *reply) {
    struct push *push =
        ROWS_FIND(&sandbox->books.pushes, push, trace_id, message_get(request, "traceId"));
    struct portal_refund *row = ROWS_FIND(&sandbox->books.portal_refunds, portal_refund,
                                          out_refund_no, message_get(request, "outRefundNo"));
    if (row != NULL) {
        put_refund(row, reply);
        return;
    }
    if (push == NULL || push->paid_ms == 0 ||
        strcmp(push->amp_trace_id, message_get(request, "ampTraceId")) != 0) {
        reply_refuse(reply, BAD_MEMBER, "traceId: no such payment");
        return;
    }
    int64_t amount_fen = refundable_fen(push, request);
    if (amount_fen <= 0) {
        reply_refuse(reply, BAD_MEMBER, "refundAmount: nothing is left to refund");
        return;
    }
    row = rows_add(&sandbox->books.portal_refunds);
    text_set(row->out_refund_no, NO_SIZE, message_get(request, "outRefundNo"));
    text_set(row->trace_id, NO_SIZE, push->trace_id);
    text_set(row->org_refund_sn, NO_SIZE, message_get(request, "orgRefundSn"));
    const char *type = message_get(request, "refundType");
    text_set(row->type, sizeof row->type, type[0] == '\0' ? "01" : type);
    text_set(row->status, sizeof row->status, sandbox->settings.portal_refund);
    sandbox_number(sandbox, "AR", row->amp_refund_id);
    sandbox_number(sandbox, "RT", row->refund_trace_id);
    row->amount_fen = amount_fen;
    row->made_ms = sandbox_now_ms(sandbox);
    book_refund(push, row);
    put_refund(row, reply);
}

/* A refund that was under way is what the setting says now. */
static void query_refund(struct sandbox *sandbox, const cJSON *request, struct reply *reply) {
    struct portal_refund *row = ROWS_FIND(&sandbox->books.portal_refunds, portal_refund,
                                          out_refund_no, message_get(request, "outRefundNo"));
    if (row == NULL) {
        reply_refuse(reply, BAD_MEMBER, "outRefundNo: no such refund");
        return;
    }
    struct push *push = ROWS_FIND(&sandbox->books.pushes, push, trace_id, row->trace_id);
    bool open = strcmp(row->status, "INIT") == 0 || strcmp(row->status, "ING") == 0 ||
                strcmp(row->status, "EXP") == 0;
    if (open && push != NULL) {
        text_set(row->status, sizeof row->status, sandbox->settings.portal_refund);
        book_refund(push, row);
    }
    put_refund(row, reply);
}

static void trade_file(struct sandbox *sandbox, const cJSON *request, struct reply *reply) {
    const char *day = message_get(request, "billDate"), *type = message_get(request, "billType");
    char digest[41], url[160];
    size_t length = 0;
    if (strcmp(message_get(request, "orgSecret"), PORTAL_ORG_SECRET) != 0) {
        reply_refuse(reply, "-4", "orgSecret: wrong");
        return;
    }
    char *bytes = portal_pack(sandbox, day, type, &length);
    portal_digest(bytes, length, digest);
    free(bytes);
    snprintf(url, sizeof url, "http://127.0.0.1:%u/amp/file/%.10s/%.8s/%lld", sandbox->port, day,
             type, (long long)(sandbox_now_ms(sandbox) + 60000));
    reply->body = cJSON_CreateObject();
    cJSON_AddStringToObject(reply->body, "digest", digest);
    cJSON_AddStringToObject(reply->body, "digestType", "SHA1");
    cJSON_AddStringToObject(reply->body, "downloadUrl", url);
    cJSON_AddStringToObject(reply->body, "billType", type);
}

#define HOS "/api/amp/hos/"
const struct operation portal_operations[] = {
    {"amp.pushMsg", HOS "pushMsg", push_rules, push},
    {"amp.refund", HOS "refund", refund_rules_of_portal, refund},
    {"amp.queryRefundResult", HOS "queryRefundResult", refund_query_rules_of_portal, query_refund},
    {"amp.getTradeFile", HOS "getTradeFile", file_rules, trade_file},
    {"amp.getCheckFile", HOS "getCheckFile", file_rules, trade_file},
    {NULL, NULL, NULL, NULL},
};

static struct seal seal_of(const struct sandbox *sandbox) {
    return (struct seal){sandbox->options.amp_appid, sandbox->options.amp_key, false};
}

cJSON *portal_seal(const struct sandbox *sandbox, const cJSON *request, const cJSON *answer) {
    char text[MOMENT_SIZE];
    struct seal seal = seal_of(sandbox);
    (void)request;
    return seal_answer(&seal, answer, moment_write(sandbox_now_ms(sandbox), text), "1.0.0");
}

static void run(struct sandbox *sandbox, const struct operation *operation, const cJSON *request,
                struct reply *reply) {
    struct seal seal = seal_of(sandbox);
    if (strcmp(message_get(request, "appId"), sandbox->options.amp_appid) != 0) {
        reply_refuse(reply, NO_APP, "appId: unknown");
        return;
    }
    cJSON *members = seal_open(&seal, request);
    if (!cJSON_IsObject(members))
        reply_refuse(reply, BAD_SIGN, "signData: wrong");
    else if (!message_check(members, operation->rules, reply->msg))
        reply->code = BAD_MEMBER;
    else if (strcmp(message_get(members, "orgCode"), ORG_CODE) != 0)
        reply_refuse(reply, BAD_MEMBER, "orgCode: expected " ORG_CODE);
    else
        operation->run(sandbox, members, reply);
    cJSON_Delete(members);
}

cJSON *portal_answer(struct sandbox *sandbox, const struct operation *operation,
                     const cJSON *request) {
    struct reply reply = {.code = DONE, .msg = "成功"};
    run(sandbox, operation, request, &reply);
    cJSON *answer = cJSON_CreateObject();
    cJSON_AddStringToObject(answer, "code", reply.code);
    cJSON_AddStringToObject(answer, "message", reply.msg);
    if (reply.body != NULL)
        cJSON_AddItemToObject(answer, "data", reply.body);
    cJSON *out = portal_seal(sandbox, request, answer);
    cJSON_Delete(answer);
    return out;
}
