/* The frame of the HIS's answers, and what upp asks the HIS (sections 5.1 and 5.2 of upp). */
#include "tests/sandbox/his.h"

#include <stdio.h>
#include <string.h>

#include "tests/sandbox/value.h"

const struct operation his_operations[] = {
    {"his.queryAccount", "/his/queryAccount", account_rules, his_query_account},
    {"his.queryUnsettleList", "/his/queryUnsettleList", unsettled_rules, his_query_unsettled},
    {"his.rechargeSettle", "/his/rechargeSettle", settle_rules, his_settle},
    {"his.querySettleResult", "/his/querySettleResult", settled_rules, his_query_settled},
    {"his.cancelRechargeSettle", "/his/cancelRechargeSettle", cancel_rules, his_cancel},
    {"his.queryOrgTips", "/his/queryOrgTips", tips_rules, his_tips},
    {"his.orgPreorder", "/his/orgPreorder", preorder_rules, his_preorder},
    {"his.orgHsTradeFile", "/his/orgHsTradeFile", hs_trades_rules, his_hs_trades},
    {"his.orgHsCancel", "/his/orgHsCancel", hs_cancel_rules, his_hs_cancel},
    {NULL, NULL, NULL, NULL},
};

/* A framework that answers for the hospital in its own words. */
static cJSON *odd_answer(struct reply *reply) {
    cJSON *answer = cJSON_CreateObject();
    cJSON_AddNumberToObject(answer, "code", -1);
    cJSON_AddStringToObject(answer, "msg", reply->msg);
    cJSON_Delete(reply->body);
    return answer;
}

cJSON *his_answer(struct sandbox *sandbox, const struct operation *operation,
                  const cJSON *request) {
    struct reply reply = {.code = RET_GOOD, .msg = "成功"};
    if (!cJSON_IsObject(request))
        reply_refuse(&reply, RET_INVALID, "body: expected a JSON object");
    else if (!message_check(request, operation->rules, reply.msg))
        reply.code = RET_INVALID;
    else if (strcmp(message_get(request, "org_code"), ORG_CODE) != 0)
        reply_refuse(&reply, RET_INVALID, "org_code: expected " ORG_CODE);
    else
        operation->run(sandbox, request, &reply);
    if (sandbox->settings.odd_errors && strcmp(reply.code, RET_GOOD) != 0)
        return odd_answer(&reply);
    cJSON *answer = reply.body == NULL ? cJSON_CreateObject() : reply.body;
    if (cJSON_HasObjectItem(answer, "billdetail")) /* ORG_008 has no ret_code */
        return answer;
    cJSON_AddStringToObject(answer, "ret_code", reply.code);
    cJSON_AddStringToObject(answer, "ret_msg", reply.msg);
    return answer;
}

const struct operation his_mmpc_operations[] = {
    {"his.mmpcFees", "/his/mmpcFees", mmpc_fees_rules, his_mmpc_fees},
    {"his.mmpcSettled", "/his/mmpcSettled", NULL, his_mmpc_settled},
    {"his.mmpcList", "/his/mmpcList", mmpc_list_rules, his_mmpc_list},
    {NULL, NULL, NULL, NULL},
};

/* 2.2's sample wraps its members, its table does not: both are heard. */
static const cJSON *flat_members(const cJSON *request) {
    const cJSON *data = cJSON_GetObjectItemCaseSensitive(request, "data");
    return cJSON_IsObject(data) ? data : request;
}

cJSON *his_mmpc_answer(struct sandbox *sandbox, const struct operation *operation,
                       const cJSON *request) {
    struct reply reply = {.code = MMPC_GOOD, .msg = "成功"};
    const cJSON *members = flat_members(request);
    if (!cJSON_IsObject(members))
        reply_refuse(&reply, MMPC_FAILED, "body: expected a JSON object");
    else if (operation->rules != NULL && !message_check(members, operation->rules, reply.msg))
        reply.code = MMPC_FAILED;
    else if (strcmp(message_get(members, "orgCodg"), ORG_CODE) != 0)
        reply_refuse(&reply, MMPC_FAILED, "orgCodg: expected " ORG_CODE);
    else
        operation->run(sandbox, members, &reply);
    cJSON *answer = cJSON_CreateObject();
    cJSON_AddRawToObject(answer, "code", reply.code);
    cJSON_AddStringToObject(answer, "message", reply.msg);
    if (reply.body != NULL)
        cJSON_AddItemToObject(answer, "data", reply.body);
    return answer;
}

static const struct rule bills_of_his_rules[] = {
    {"startTime", RULE_TIME, 19, true, NULL},
    {"endTime", RULE_TIME, 19, true, NULL},
    RULES_END,
};
static const struct rule live_order_rules[] = {
    {"paymentNo", RULE_TEXT, 32, true, NULL},
    {"outPaymentNo", RULE_TEXT, 32, true, NULL},
    {"inPaymentNo", RULE_TEXT, 64, false, NULL},
    RULES_END,
};

static cJSON *trade_row(const char *type, const struct credit *credit, int64_t time_ms) {
    cJSON *row = cJSON_CreateObject();
    cJSON_AddStringToObject(row, "tradeType", type);
    put_yuan_number(row, "tradeFee", credit->amount_fen);
    put_moment(row, "tradeTime", time_ms);
    cJSON_AddStringToObject(row, "payType", "self");
    return row;
}

static void add_pay(cJSON *out, const struct credit *credit) {
    cJSON *row = trade_row("pay", credit, credit->credited_ms);
    cJSON_AddStringToObject(row, "outTradeNo", credit->trace_id);
    cJSON_AddStringToObject(row, "inTradeNo", credit->pay_chnl_trace_no);
    cJSON_AddStringToObject(row, "tradeNo", credit->mch_trace_no);
    cJSON_AddItemToArray(out, row);
}

/* No ORG interface tells the HIS the refund's numbers: it looks them up in the platform's books.
 * What a window gave back is not there: it has the window's own. */
static void add_refund(const struct sandbox *sandbox, cJSON *out, const struct credit *credit) {
    const struct refund *refund =
        ROWS_FIND(&sandbox->books.refunds, refund, payment_no, credit->mch_trace_no);
    const struct portal_refund *by_portal =
        ROWS_FIND(&sandbox->books.portal_refunds, portal_refund, trace_id, credit->trace_id);
    const struct order *by_centre =
        ROWS_FIND(&sandbox->books.orders, order, setl_id, credit->setl_id);
    bool centres = by_centre != NULL && by_portal == NULL && credit->setl_id[0] != '\0';
    const char *out_no = refund != NULL      ? refund->out_refund_no
                         : by_portal != NULL ? by_portal->trace_id
                         : centres           ? by_centre->pay_ord_id
                                             : "";
    cJSON *row = trade_row("refund", credit, credit->cancelled_ms);
    char own[NO_SIZE + 3];
    snprintf(own, sizeof own, "RF%s", credit->call_sn);
    cJSON_AddStringToObject(row, "outTradeNo", out_no);
    cJSON_AddStringToObject(row, "inTradeNo", out_no);
    cJSON_AddStringToObject(row, "tradeNo", refund == NULL ? own : refund->refund_no);
    cJSON_AddItemToArray(out, row);
}

static void add_trades(const struct sandbox *sandbox, cJSON *out, const char *payment_no,
                       int64_t from_ms, int64_t to_ms) {
    const struct rows *credits = &sandbox->books.credits;
    for (int i = 0; i < credits->count; i++) {
        const struct credit *credit = credits->at[i];
        if (payment_no != NULL && strcmp(payment_no, credit->mch_trace_no) != 0)
            continue;
        if (credit->credited_ms >= from_ms && credit->credited_ms <= to_ms)
            add_pay(out, credit);
        if (credit->cancelled_ms != 0 && credit->cancelled_ms >= from_ms &&
            credit->cancelled_ms <= to_ms)
            add_refund(sandbox, out, credit);
    }
}

static void add_made(void *context, const struct day_row *made) {
    const struct deal *deal = made->deal;
    cJSON *row = cJSON_CreateObject();
    cJSON_AddStringToObject(row, "tradeType", deal->refund ? "refund" : "pay");
    put_yuan_number(row, "tradeFee", made->fen);
    put_moment(row, "tradeTime", made->at_ms);
    cJSON_AddStringToObject(row, "payType", "self");
    cJSON_AddStringToObject(row, "outTradeNo", deal->out_no);
    cJSON_AddStringToObject(row, "inTradeNo", deal->in_no);
    cJSON_AddStringToObject(row, "tradeNo", made->no);
    cJSON_AddItemToArray(context, row);
}

static void his_bills(struct sandbox *sandbox, const cJSON *request, struct reply *reply) {
    int64_t from_ms = 0, to_ms = 0;
    moment_read(message_get(request, "startTime"), &from_ms);
    moment_read(message_get(request, "endTime"), &to_ms);
    reply->body = cJSON_CreateArray();
    add_trades(sandbox, reply->body, NULL, from_ms, to_ms + 999);
    day_rows(&sandbox->day, DAY_HOSPITAL, from_ms, to_ms + 1000, add_made, reply->body);
}

static void his_live_order(struct sandbox *sandbox, const cJSON *request, struct reply *reply) {
    reply->body = cJSON_CreateArray();
    add_trades(sandbox, reply->body, message_get(request, "paymentNo"), 0, INT64_MAX);
}

const struct operation his_lookups[] = {
    {"his.bills", "/his/bills", bills_of_his_rules, his_bills},
    {"his.liveOrder", "/his/liveOrder", live_order_rules, his_live_order},
    {NULL, NULL, NULL, NULL},
};

cJSON *his_lookup(struct sandbox *sandbox, const struct operation *operation,
                  const cJSON *request) {
    struct reply reply = {.code = RET_GOOD};
    if (!message_check(request, operation->rules, reply.msg))
        reply.code = RET_INVALID;
    else
        operation->run(sandbox, request, &reply);
    cJSON *answer = cJSON_CreateObject();
    cJSON_AddItemToObject(answer, "data", reply.body == NULL ? cJSON_CreateArray() : reply.body);
    if (strcmp(reply.code, RET_GOOD) != 0)
        cJSON_AddStringToObject(answer, "msg", reply.msg);
    return answer;
}
