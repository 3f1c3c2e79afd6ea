#include "tests/sandbox/centre.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/sandbox/onepay.h"
#include "tests/sandbox/seal.h"
#include "tests/sandbox/value.h"

#define RULES_END                                                                                  \
    { NULL, RULE_END, 0, false, NULL }
#define APP_ID                                                                                     \
    { "appId", RULE_TEXT, 64, true, NULL }
#define ORDER_RULES                                                                                \
    {"payOrdId", RULE_TEXT, 64, false, NULL}, {                                                    \
        "medOrgOrd", RULE_TEXT, 40, false, NULL                                                    \
    }

static const struct rule order_rules[] = {APP_ID, ORDER_RULES, RULES_END};
static const struct rule refund_order_rules[] = {
    APP_ID,
    ORDER_RULES,
    {"appRefdSn", RULE_TEXT, 40, true, NULL},
    {"refChannel", RULE_TEXT, 10, false, "online|offline"},
    {"refdType", RULE_TEXT, 10, false, "ALL|CASH|HI"},
    RULES_END,
};
static const struct rule bill_rules[] = {
    APP_ID,
    {"orgCodg", RULE_TEXT, 40, true, NULL},
    {"billDate", RULE_TEXT, 8, true, NULL},
    {"billType", RULE_TEXT, 10, true, "ALL|SUCCESS|REFUND"},
    RULES_END,
};
static const struct rule notice_rules[] = {
    APP_ID,
    {"psnName", RULE_TEXT, 100, true, NULL},
    {"idType", RULE_TEXT, 10, true, NULL},
    {"idNo", RULE_TEXT, 30, true, NULL},
    {"orgCodg", RULE_TEXT, 40, true, NULL},
    {"msgType", RULE_TEXT, 4, true, "1|2"},
    {"channel", RULE_TEXT, 10, true, "all|local|11|12|13"},
    RULES_END,
};

static const struct rule decode_rules[] = {
    {"ecQrCode", RULE_TEXT, 64, true, NULL},
    {"orgCodg", RULE_TEXT, 40, false, NULL},
    RULES_END,
};

struct order *centre_order(struct sandbox *sandbox, const cJSON *request) {
    const char *theirs = message_get(request, "payOrdId");
    const char *ours = message_get(request, "medOrgOrd");
    if (theirs[0] != '\0')
        return ROWS_FIND(&sandbox->books.orders, order, pay_ord_id, theirs);
    return ours[0] == '\0' ? NULL : ROWS_FIND(&sandbox->books.orders, order, med_org_ord, ours);
}

static struct order *asked_order(struct sandbox *sandbox, const cJSON *request,
                                 struct reply *reply) {
    struct order *order = centre_order(sandbox, request);
    if (order == NULL)
        reply_refuse(reply, MMPC_FAILED, "payOrdId: no such order");
    return order;
}

static void put_digits(cJSON *out, const char *name, int64_t ms) {
    char text[MOMENT_SIZE], digits[20];
    moment_write(ms, text);
    snprintf(digits, sizeof digits, "%.4s%.2s%.2s%.2s%.2s%.2s", text, text + 5, text + 8, text + 11,
             text + 14, text + 17);
    cJSON_AddStringToObject(out, name, digits);
}

#define LARGE_FUND_PART                                                                            \
    10 /* of what the funds of an employee pay, the one for large sums pays 1/10 */

static void put_fund(cJSON *list, const char *type, const char *name, int64_t fen) {
    cJSON *fund = cJSON_CreateObject();
    cJSON_AddStringToObject(fund, "fund_pay_type", type);
    put_yuan_number(fund, "fund_payamt", fen);
    cJSON_AddStringToObject(fund, "fund_pay_type_name", name);
    cJSON_AddItemToArray(list, fund);
}

static void put_funds(cJSON *ext, const struct order *order, bool employee) {
    cJSON *list = cJSON_AddArrayToObject(ext, "setldetail");
    int64_t large_fen = employee ? order->fund_fen / LARGE_FUND_PART : 0;
    put_fund(list, employee ? "310100" : "390100",
             employee ? "城镇职工基本医疗保险统筹基金" : "城乡居民基本医疗保险基金",
             order->fund_fen - large_fen);
    if (large_fen != 0)
        put_fund(list, "330100", "职工大额医疗费用补助基金", large_fen);
}

/* setlinfo and SETLINFO: the same settlement in two spellings, and the person in it. */
static void put_settlement(cJSON *out, const struct order *order) {
    const struct insured *insured = insured_by_card(order->card);
    const struct patient *patient = patient_by_card(order->card);
    int64_t left_fen = insured == NULL ? 0 : insured->account_fen - order->account_fen;
    cJSON *ext = cJSON_AddObjectToObject(out, "extData");
    cJSON_AddStringToObject(ext, "insuplcAdmdvs", insured == NULL ? "" : insured->region);
    cJSON *info = cJSON_AddObjectToObject(ext, "setlinfo");
    cJSON_AddStringToObject(info, "setlId", order->setl_id);
    cJSON_AddStringToObject(info, "mdtrtId", order->mdtrt_id);
    cJSON_AddStringToObject(info, "psnNo", insured == NULL ? "" : insured->psn_no);
    cJSON_AddStringToObject(info, "psnName", patient == NULL ? "" : patient->name);
    cJSON_AddStringToObject(info, "certno", patient == NULL ? "" : patient->id_no);
    put_yuan_number(info, "fundPaySumamt", order->fund_fen);
    put_yuan_number(info, "acctPay", order->account_fen);
    put_yuan_number(info, "psnCashPay", order->own_fen);
    put_yuan_number(info, "medfeeSumamt", order->fee_fen);
    put_yuan_number(info, "fulamtOwnpayAmt", order->outside_fen);
    put_yuan_number(info, "balc", left_fen);
    info = cJSON_AddObjectToObject(ext, "SETLINFO");
    cJSON_AddStringToObject(info, "setl_id", order->setl_id);
    cJSON_AddStringToObject(info, "mdtrt_id", order->mdtrt_id);
    put_yuan_number(info, "fund_pay_sumamt", order->fund_fen);
    put_yuan_number(info, "acct_pay", order->account_fen);
    put_yuan_number(info, "psn_cash_pay", order->own_fen);
    put_yuan_number(info, "local_subsidy_amt", 0); /* a region's own, in no document */
    cJSON_AddStringToObject(info, "local_linkman", "李某");
    put_funds(ext, order, insured != NULL && strcmp(insured->insutype, "310") == 0);
}

static void query(struct sandbox *sandbox, const cJSON *request, struct reply *reply) {
    const struct order *order = asked_order(sandbox, request, reply);
    if (order == NULL)
        return;
    cJSON *out = reply->body = cJSON_CreateObject();
    cJSON_AddStringToObject(out, "ordStas", order_words[order->state]);
    cJSON_AddStringToObject(out, "payOrdId", order->pay_ord_id);
    cJSON_AddStringToObject(out, "medOrgOrd", order->med_org_ord);
    cJSON_AddStringToObject(out, "orgCodg", ORG_CODE);
    cJSON_AddStringToObject(out, "orgName", "示范医院");
    if (sandbox->settings.setl_type[0] != '\0')
        cJSON_AddStringToObject(out, "setlType", order->alone ? "HI" : "ALL");
    put_digits(out, "traceTime", order->made_ms);
    if (order->settled_ms == 0 && (order->state != 1 || !sandbox->settings.split_before))
        return;
    put_yuan_number(out, "feeSumamt", order->fee_fen);
    if (sandbox->settings.names_outside)
        put_yuan_number(out, "outOfMIFee", order->outside_fen);
    put_yuan_number(out, "fundPay", order->fund_fen);
    put_yuan_number(out, "psnAcctPay", order->account_fen);
    put_yuan_number(out, "ownPayAmt",
                    order->own_fen + (order->state == 6 ? sandbox->settings.split_extra_fen : 0));
    cJSON_AddStringToObject(out, "hiDocSn", order->setl_id);
    cJSON_AddStringToObject(out, "hiRgstSn", order->mdtrt_id);
    if (order->settled_ms != 0)
        put_digits(out, "hiChrgTime", order->settled_ms);
    put_settlement(out, order);
}

static void revoke(struct sandbox *sandbox, const cJSON *request, struct reply *reply) {
    struct order *order = asked_order(sandbox, request, reply);
    if (order == NULL)
        return;
    bool open = order->state == 0 || order->state == 1;
    if (open)
        order->state = 12;
    reply->body = cJSON_CreateObject();
    cJSON_AddBoolToObject(reply->body, "success", open || order->state == 12);
}

/* What a refund of this type makes of an order; -1: nothing. Of one that the insurance has settled
 * alone there is no own part to refund. */
static int refunded_state(const struct order *order, const char *type) {
    int state = order->state;
    if (order->alone)
        return strcmp(type, "HI") == 0 && state == 6 ? 8 : -1;
    bool all = strcmp(type, "ALL") == 0 || type[0] == '\0';
    if (strcmp(type, "CASH") == 0)
        return state == 6 ? 9 : state == 8 ? 7 : -1;
    if (strcmp(type, "HI") == 0)
        return state == 6 ? 8 : state == 9 ? 7 : -1;
    return all && (state == 6 || state == 8 || state == 9) ? 7 : -1;
}

static void put_refund(struct reply *reply, const struct order *order, const char *type) {
    bool cash = strcmp(type, "HI") != 0, insurance = strcmp(type, "CASH") != 0;
    reply->body = cJSON_CreateObject();
    cJSON_AddStringToObject(reply->body, "medOrgOrd", order->med_org_ord);
    put_yuan_number(reply->body, "feeSumamt",
                    (cash ? order->own_fen : 0) +
                        (insurance ? order->fund_fen + order->account_fen : 0));
    cJSON_AddStringToObject(reply->body, "ownpayChannel", "支付宝");
    put_yuan_number(reply->body, "ownpayRefAmt", cash ? -order->own_fen : 0);
    if (insurance)
        put_yuan_number(
            cJSON_AddObjectToObject(cJSON_AddObjectToObject(reply->body, "extData"), "setlinfo"),
            "fund_pay_sumamt", -order->fund_fen);
}

/* Taken, not done: 1.3 says when it is. The same number again is the same refund. */
static void refund(struct sandbox *sandbox, const cJSON *request, struct reply *reply) {
    struct order *order = asked_order(sandbox, request, reply);
    const char *type = message_get(request, "refdType");
    if (order == NULL)
        return;
    bool known = strcmp(order->refd_sn, message_get(request, "appRefdSn")) == 0;
    int ends_as = refunded_state(order, type);
    if (!known && ends_as < 0) {
        reply_refuse(reply, MMPC_FAILED, "refdType: nothing to refund");
        return;
    }
    put_refund(reply, order, type);
    if (known)
        return;
    if (sandbox->settings.national)
        cJSON_AddStringToObject(reply->body, "refStatus",
                                sandbox->settings.refunding_ms > 0 ? "EXP" : "SUCC");
    text_set(order->refd_sn, NO_SIZE, message_get(request, "appRefdSn"));
    order->ends_as = ends_as;
    order->refunded_ms = sandbox_now_ms(sandbox) + sandbox->settings.refunding_ms;
    order->state = sandbox->settings.refunding_ms > 0 ? 17 : ends_as;
}

void centre_chores(struct sandbox *sandbox) {
    const struct rows *orders = &sandbox->books.orders;
    for (int i = 0; i < orders->count; i++) {
        struct order *order = orders->at[i];
        if (order->state == 17 && sandbox_now_ms(sandbox) >= order->refunded_ms)
            order->state = order->ends_as;
    }
}

static void bill(struct sandbox *sandbox, const cJSON *request, struct reply *reply) {
    char url[128];
    snprintf(url, sizeof url, "http://127.0.0.1:%u/mmpc/bill/%.8s", sandbox->port,
             message_get(request, "billDate"));
    reply->body = cJSON_CreateObject();
    cJSON_AddStringToObject(reply->body, "downloadUrl", url);
}

static void print_own_part(void *context, const struct day_row *made) {
    const struct deal *deal = made->deal;
    char own[YUAN_SIZE], time[MOMENT_SIZE];
    fprintf(context, "%s,%s,%s,%s,%s\n", deal->trace_no, deal->out_no, yuan_write(made->fen, own),
            moment_write(made->at_ms, time), deal->refund ? "REFUND" : "SUCCESS");
}

static void print_own(FILE *out, const struct order *order, int64_t at_ms, const char *type) {
    char own[YUAN_SIZE], time[MOMENT_SIZE];
    fprintf(out, "%s,%s,%s,%s,%s\n", order->med_org_ord, order->pay_ord_id,
            yuan_write(order->own_fen, own), moment_write(at_ms, time), type);
}

/* Of what was settled with an own part, and of that where it went back. */
static void print_own_parts(const struct sandbox *sandbox, FILE *out, int64_t from_ms) {
    for (int i = 0; i < sandbox->books.orders.count; i++) {
        const struct order *order = sandbox->books.orders.at[i];
        bool back = order->state == 7 || order->state == 9;
        if (order->own_fen == 0 || order->alone || (order->state != 6 && !back))
            continue;
        if (order->settled_ms >= from_ms && order->settled_ms < from_ms + DAY_MS)
            print_own(out, order, order->settled_ms, "SUCCESS");
        if (back && order->refunded_ms >= from_ms && order->refunded_ms < from_ms + DAY_MS)
            print_own(out, order, order->refunded_ms, "REFUND");
    }
}

/* The document gives no columns: the words of its other interfaces. */
char *centre_bill(const struct sandbox *sandbox, const char *date) {
    char *text = NULL, day[16];
    size_t length;
    int64_t from_ms = 0;
    snprintf(day, sizeof day, "%.4s-%.2s-%.2s", date, strlen(date) == 8 ? date + 4 : "",
             strlen(date) == 8 ? date + 6 : "");
    FILE *out = open_memstream(&text, &length);
    fputs("medOrgOrd,payOrdId,ownPayAmt,setlTime,billType\n", out);
    if (!day_read(day, &from_ms)) {
        fclose(out);
        return text;
    }
    print_own_parts(sandbox, out, from_ms);
    day_rows(&sandbox->day, DAY_PLATFORM, from_ms, from_ms + DAY_MS, print_own_part, out);
    fclose(out);
    return text;
}

static void notice(struct sandbox *sandbox, const cJSON *request, struct reply *reply) {
    hop_keep(sandbox, "mmpc.notice", message_get(request, "idNo"), request);
    reply->body = cJSON_CreateObject();
    cJSON_AddBoolToObject(reply->body, "success", true);
}

/* The region's gateway: what an e-insurance code stands for. */
static void decode(struct sandbox *sandbox, const cJSON *request, struct reply *reply) {
    char token[NO_SIZE];
    const char *code = message_get(request, "ecQrCode");
    (void)sandbox;
    if (strncmp(code, "EC", 2) != 0 || insured_by_token(code) == NULL) {
        reply_refuse(reply, MMPC_FAILED, "ecQrCode: nobody's");
        return;
    }
    snprintf(token, sizeof token, "TK%s", code + 2);
    reply->body = cJSON_CreateObject();
    cJSON_AddStringToObject(reply->body, "ecToken", token);
}

#define HOS "/org/local/api/hos/"
const struct operation centre_operations[] = {
    {"mmpc.query", HOS "query_order_info", order_rules, query},
    {"mmpc.refund", HOS "refund_Order", refund_order_rules, refund},
    {"mmpc.bill", HOS "download_bill", bill_rules, bill},
    {"mmpc.upload", HOS "uldFeeInfo", centre_upload_rules, centre_upload},
    {"mmpc.revoke", HOS "revoke_order", order_rules, revoke},
    {"mmpc.notice", HOS "notice", notice_rules, notice},
    {"mmpc.decode", "/decode", decode_rules, decode},
    {NULL, NULL, NULL, NULL},
};

static struct seal seal_of(const struct sandbox *sandbox) {
    return (struct seal){sandbox->options.mmpc_appid, sandbox->options.mmpc_secret, true};
}

cJSON *centre_seal(const struct sandbox *sandbox, const cJSON *request, const cJSON *answer) {
    char text[MOMENT_SIZE];
    struct seal seal = seal_of(sandbox);
    moment_write(sandbox_now_ms(sandbox), text);
    return seal_is_on(request) ? seal_answer(&seal, answer, text, "2.0.1")
                               : cJSON_Duplicate(answer, true);
}

static void run(struct sandbox *sandbox, const struct operation *operation, const cJSON *members,
                struct reply *reply) {
    const char *wrong = sandbox->settings.national && cJSON_IsObject(members)
                            ? centre_national_wrong(sandbox, operation, members)
                            : NULL;
    if (!cJSON_IsObject(members))
        reply_refuse(reply, MMPC_FAILED, "body: cannot be read, or its signature is wrong");
    else if (!message_check(members, operation->rules, reply->msg))
        reply->code = MMPC_FAILED;
    else if (operation->run != decode &&
             strcmp(message_get(members, "appId"), sandbox->options.mmpc_appid) != 0)
        reply_refuse(reply, MMPC_FAILED, "appId: unknown");
    else if (wrong != NULL)
        reply_refuse(reply, MMPC_FAILED, "%s", wrong);
    else
        operation->run(sandbox, members, reply);
}

static cJSON *document_answer(const struct reply *reply) {
    cJSON *answer = cJSON_CreateObject();
    cJSON_AddRawToObject(answer, "code", reply->code);
    cJSON_AddStringToObject(answer, "message", reply->msg);
    if (reply->body != NULL)
        cJSON_AddItemToObject(answer, "data", reply->body);
    return answer;
}

cJSON *centre_answer(struct sandbox *sandbox, const struct operation *operation,
                     const cJSON *request) {
    struct reply reply = {.code = MMPC_GOOD, .msg = "成功"};
    struct seal seal = seal_of(sandbox);
    bool sealed = seal_is_on(request);
    cJSON *open = sealed ? seal_open(&seal, request) : NULL;
    centre_chores(sandbox);
    run(sandbox, operation, sealed ? open : request, &reply);
    cJSON *answer = sandbox->settings.national ? centre_national_answer(operation, &reply)
                                               : document_answer(&reply);
    cJSON *out = centre_seal(sandbox, request, answer);
    cJSON_Delete(answer);
    cJSON_Delete(open);
    return out;
}
