/* An order's life at the centre: uploaded with the lines that the hospital gives (2.1), opened and
 * confirmed on the phone, settled, told to the hospital (2.2) and once to notifyUrl (2.3). */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/sandbox/call.h"
#include "tests/sandbox/centre.h"
#include "tests/sandbox/value.h"

const struct rule centre_upload_rules[] = {
    {"appId", RULE_TEXT, 64, true, NULL},    {"medOrgOrd", RULE_TEXT, 40, true, NULL},
    {"ecToken", RULE_TEXT, 64, false, NULL}, {"payAuthNo", RULE_TEXT, 64, false, NULL},
    {NULL, RULE_END, 0, false, NULL},
};

/* 2.1: the lines of an order, or NULL. Caller: cJSON_Delete. */
static cJSON *ask_fees(struct sandbox *sandbox, const char *med_org_ord) {
    cJSON *body = cJSON_CreateObject();
    cJSON_AddStringToObject(body, "orgCodg", ORG_CODE);
    cJSON_AddStringToObject(body, "medOrgOrd", med_org_ord);
    cJSON *answer = sandbox_call_his(sandbox, "/mmpcFees", body);
    cJSON_Delete(body);
    bool good = strcmp(message_get(answer, "code"), "1") == 0;
    cJSON *data = good ? cJSON_DetachItemFromObjectCaseSensitive(answer, "data") : NULL;
    cJSON_Delete(answer);
    return data;
}

/* The order of the fees, or NULL when an amount is none. */
static struct order *add_order(struct sandbox *sandbox, const char *med_org_ord,
                               const cJSON *fees) {
    int64_t fee_fen, outside_fen = 0;
    const struct patient *patient = patient_by_id(message_get(fees, "idNo"));
    if (!insured_amount(fees, "medfeeSumamt", &fee_fen) || patient == NULL)
        return NULL;
    insured_amount(fees, "outOfMIFee", &outside_fen);
    struct order *order = rows_add(&sandbox->books.orders);
    sandbox_number(sandbox, "ORD350100", order->pay_ord_id);
    sandbox_number(sandbox, "AUTH350100", order->pay_token);
    sandbox_number(sandbox, "35S", order->setl_id);
    sandbox_number(sandbox, "35M", order->mdtrt_id);
    text_set(order->med_org_ord, NO_SIZE, med_org_ord);
    text_set(order->card, NO_SIZE, patient->card);
    order->made_ms = sandbox_now_ms(sandbox);
    order->fee_fen = fee_fen;
    order->outside_fen = outside_fen;
    order->amount_fen = fee_fen + outside_fen;
    return order;
}

#define SECOND_CLASS_FEN 6000 /* a line that costs as much is of the second class */

/* A line in the insurance's eyes: its class, the share that is paid first, what is outside. */
struct seen_line {
    const char *level, *share;
    int64_t outside_fen, first_fen;
};

static struct seen_line seen_line(const cJSON *fee) {
    int64_t fen = 0;
    insured_amount(fee, "detItemFeeSumamt", &fen);
    if (strcmp(message_get(fee, "hospApprFlag"), "0") == 0)
        return (struct seen_line){"03", "1.0000", fen, 0};
    if (fen >= SECOND_CLASS_FEN)
        return (struct seen_line){"02", "0.1000", 0, fen / 10};
    return (struct seen_line){"01", "0.0000", 0, 0};
}

/* Its members in one of the two spellings. */
static void put_line(cJSON *list, const cJSON *fee, const char *const names[6]) {
    struct seen_line seen = seen_line(fee);
    cJSON *line = cJSON_CreateObject();
    cJSON_AddStringToObject(line, names[0], message_get(fee, "feedetlSn"));
    cJSON_AddRawToObject(line, names[1], message_get(fee, "detItemFeeSumamt"));
    cJSON_AddStringToObject(line, names[2], seen.level);
    cJSON_AddRawToObject(line, names[3], seen.share);
    put_yuan_number(line, names[4], seen.outside_fen);
    put_yuan_number(line, names[5], seen.first_fen);
    cJSON_AddItemToArray(list, line);
}

/* What the insurance makes of each line, in both spellings. */
static void put_lines(cJSON *out, const cJSON *fees) {
    static const char *const snake[] = {"feedetl_sn",   "det_item_fee_sumamt", "chrgitm_lv",
                                        "selfpay_prop", "fulamt_ownpay_amt",   "preselfpay_amt"};
    static const char *const camel[] = {"feedetlSn",   "detItemFeeSumamt", "chrgitmLv",
                                        "selfpayProp", "fulamtOwnpayAmt",  "preselfpayAmt"};
    cJSON *ext = cJSON_AddObjectToObject(out, "extData");
    cJSON *result = cJSON_AddArrayToObject(ext, "result");
    cJSON *upload = cJSON_AddArrayToObject(ext, "upload");
    const cJSON *fee;
    cJSON_ArrayForEach(fee, cJSON_GetObjectItemCaseSensitive(fees, "feedetailList")) {
        put_line(result, fee, snake);
        put_line(upload, fee, camel);
    }
}

static void put_upload(const struct sandbox *sandbox, const struct order *order, const cJSON *fees,
                       struct reply *reply) {
    char url[200];
    reply->body = cJSON_CreateObject();
    cJSON_AddStringToObject(reply->body, "payOrdId", order->pay_ord_id);
    cJSON_AddStringToObject(reply->body, "payToken", order->pay_token);
    if (sandbox->options.pay_base != NULL)
        snprintf(url, sizeof url, "%.120s/mmpc/pay/%s", sandbox->options.pay_base,
                 order->pay_token);
    else
        snprintf(url, sizeof url, "http://127.0.0.1:%u/mmpc/pay/%s", sandbox->port,
                 order->pay_token);
    if (!sandbox->settings.no_cashier_url)
        cJSON_AddStringToObject(reply->body, "cashierUrl", url);
    put_lines(reply->body, fees);
}

/* 1.6: an order that is open already is uploaded anew under its number. */
void centre_upload(struct sandbox *sandbox, const cJSON *request, struct reply *reply) {
    const char *token = message_get(request, "ecToken");
    const struct insured *insured =
        insured_by_token(token[0] != '\0' ? token : message_get(request, "payAuthNo"));
    const char *med_org_ord = message_get(request, "medOrgOrd");
    bool raw = sandbox->settings.decoded_only && strncmp(token, "EC", 2) == 0;
    if (insured == NULL || raw) {
        reply_refuse(reply, MMPC_FAILED, "ecToken: nobody's with cover");
        return;
    }
    cJSON *fees = ask_fees(sandbox, med_org_ord);
    struct order *order = ROWS_FIND(&sandbox->books.orders, order, med_org_ord, med_org_ord);
    bool open = order != NULL && order->state <= 1;
    if (fees == NULL)
        reply_refuse(reply, MMPC_FAILED, "medOrgOrd: the hospital does not give its lines");
    else if (!open && (order = add_order(sandbox, med_org_ord, fees)) == NULL)
        reply_refuse(reply, MMPC_FAILED, "medOrgOrd: the hospital's lines are not whole");
    else if (strcmp(order->card, insured->card) != 0)
        reply_refuse(reply, MMPC_FAILED, "ecToken: another person's");
    else
        put_upload(sandbox, order, fees, reply);
    cJSON_Delete(fees);
}

static void take_split(struct order *order, bool settling) {
    const struct insured *insured = insured_by_card(order->card);
    struct split split = {.fee_fen = order->amount_fen, .own_fen = order->amount_fen};
    if (insured != NULL)
        split = insured_split(insured, order->amount_fen, order->outside_fen, settling);
    order->fund_fen = split.fund_fen;
    order->account_fen = split.account_fen;
    order->own_fen = split.own_fen;
}

static cJSON *settlement_of(const struct sandbox *sandbox, const struct order *order) {
    char text[MOMENT_SIZE], digits[20];
    cJSON *out = cJSON_CreateObject();
    moment_write(order->settled_ms, text);
    snprintf(digits, sizeof digits, "%.4s%.2s%.2s%.2s%.2s%.2s", text, text + 5, text + 8, text + 11,
             text + 14, text + 17);
    put_yuan_number(out, "feeSumamt", order->fee_fen);
    put_yuan_number(out, "fundPay", order->fund_fen);
    put_yuan_number(out, "psnAcctPay", order->account_fen);
    put_yuan_number(out, "ownPayAmt", order->own_fen);
    put_yuan_number(out, "outOfMIFee", order->outside_fen);
    cJSON_AddStringToObject(out, "hiChrgTime", digits);
    cJSON_AddStringToObject(out, "hiDocSn", order->setl_id);
    cJSON_AddStringToObject(out, "hiRgstSn", order->mdtrt_id);
    cJSON_AddStringToObject(out, "medOrgOrd", order->med_org_ord);
    cJSON_AddStringToObject(out, "payOrdId", order->pay_ord_id);
    cJSON_AddStringToObject(out, "setlType", order->alone ? "HI" : "ALL");
    cJSON_AddStringToObject(out, "ordStas", "6");
    cJSON_AddStringToObject(out, "appId", sandbox->options.mmpc_appid);
    cJSON_AddStringToObject(out, "orgCodg", ORG_CODE);
    cJSON_AddObjectToObject(out, "extData");
    cJSON_AddObjectToObject(out, "uploadInfo");
    return out;
}

/* 2.2, in the sample's wrapping. True when the hospital took it. */
static bool tell_his(struct sandbox *sandbox, const struct order *order) {
    cJSON *body = cJSON_CreateObject();
    cJSON_AddRawToObject(body, "code", "1");
    cJSON_AddStringToObject(body, "message", "成功");
    cJSON_AddItemToObject(body, "data", settlement_of(sandbox, order));
    cJSON *answer = sandbox_call_his(sandbox, "/mmpcSettled", body);
    bool good = strcmp(message_get(answer, "code"), "1") == 0;
    cJSON_Delete(answer);
    cJSON_Delete(body);
    return good;
}

/* 2.3, once, whatever is answered. */
static void notify(struct sandbox *sandbox, const struct order *order) {
    char url[264], text[MOMENT_SIZE], digits[20];
    text_set(url, sizeof url, order->notify_url);
    if (url[0] == '\0')
        return;
    cJSON *body = cJSON_CreateObject();
    moment_write(order->settled_ms, text);
    snprintf(digits, sizeof digits, "%.4s%.2s%.2s%.2s%.2s%.2s", text, text + 5, text + 8, text + 11,
             text + 14, text + 17);
    put_yuan_number(body, "feeSumamt", order->fee_fen);
    put_yuan_number(body, "fundPay", order->fund_fen);
    put_yuan_number(body, "psnAcctPay", order->account_fen);
    put_yuan_number(body, "ownpayAmt", order->own_fen);
    cJSON_AddStringToObject(body, "chrgTime", digits);
    cJSON_AddStringToObject(body, "medOrgOrd", order->med_org_ord);
    cJSON_AddStringToObject(body, "payOrdId", order->pay_ord_id);
    cJSON_AddStringToObject(body, "notifyHisStatus", order->told_his ? "1" : "0");
    cJSON_Delete(sandbox_call(sandbox, url, body));
    cJSON_Delete(body);
}

/* Insurance and own part in one act, or by setting the insurance's part alone. What the hospital
 * does not take goes back: the order failed.
 */
static void settle(struct sandbox *sandbox, struct order *order) {
    char pay_ord_id[NO_SIZE];
    text_set(pay_ord_id, NO_SIZE, order->pay_ord_id);
    order->state = 2;
    take_split(order, true);
    order->settled_ms = sandbox_now_ms(sandbox);
    order->alone = strcmp(sandbox->settings.setl_type, "HI") == 0;
    order->state = 4;
    bool told = tell_his(sandbox, order);
    order = ROWS_FIND(&sandbox->books.orders, order, pay_ord_id, pay_ord_id);
    if (order == NULL || order->state != 4)
        return;
    order->told_his = told;
    order->state = told ? 6 : 15;
    notify(sandbox, order);
}

const char *centre_act(struct sandbox *sandbox, struct order *order, const char *act) {
    if (order->state > 1)
        return "act: the order is not open";
    if (strcmp(act, "cancel") == 0) {
        order->state = 12;
        return NULL;
    }
    if (strcmp(act, "open") != 0 && strcmp(act, "pay") != 0)
        return "act: expected open, pay or cancel";
    if (order->state == 0) {
        take_split(order, false);
        order->state = 1;
    }
    if (strcmp(act, "pay") == 0)
        settle(sandbox, order);
    return NULL;
}

/* By 1.2 an order is made when its page is opened. */
static struct order *order_of_link(struct sandbox *sandbox, const cJSON *arguments) {
    const char *med_org_ord = message_get(arguments, "medOrgOrd");
    if (med_org_ord[0] == '\0' ||
        strcmp(message_get(arguments, "appId"), sandbox->options.mmpc_appid) != 0)
        return NULL;
    struct order *order = ROWS_FIND(&sandbox->books.orders, order, med_org_ord, med_org_ord);
    if (order == NULL || order->state == 12) {
        cJSON *fees = ask_fees(sandbox, med_org_ord);
        order = fees == NULL ? NULL : add_order(sandbox, med_org_ord, fees);
        cJSON_Delete(fees);
    }
    if (order != NULL) {
        text_set(order->return_url, sizeof order->return_url, message_get(arguments, "returnUrl"));
        text_set(order->notify_url, sizeof order->notify_url, message_get(arguments, "notifyUrl"));
    }
    return order;
}

static void print_escaped(FILE *out, const char *text) {
    for (; *text != '\0'; text++)
        if (strchr("<>&\"'", *text) != NULL)
            fprintf(out, "&#%d;", *text);
        else
            fputc(*text, out);
}

static void print_row(FILE *out, const char *title, int64_t fen) {
    char text[YUAN_SIZE];
    fprintf(out, "<p>%s <b>¥%s</b></p>", title, yuan_write(fen, text));
}

static void print_page(FILE *out, const struct order *order) {
    fprintf(out, "<!doctype html><meta charset=utf-8><meta name=viewport "
                 "content='width=device-width'><title>医保支付</title><main>"
                 "<h1>示范医院</h1>");
    print_row(out, "费用总额", order->amount_fen);
    print_row(out, "医保基金支付", order->fund_fen);
    print_row(out, "个人账户支付", order->account_fen);
    print_row(out, "个人现金支付", order->own_fen);
    if (order->state <= 1)
        fprintf(out,
                "<form method=post action='/mmpc/pay/%s'><button name=act value=pay>确认支付"
                "</button><button name=act value=cancel>取消</button></form>",
                order->pay_token);
    else
        fprintf(out, "<p id=state>%s</p>", order->state == 6 ? "支付成功" : "订单已结束");
    bool http = strncmp(order->return_url, "http://", 7) == 0 ||
                strncmp(order->return_url, "https://", 8) == 0;
    if (order->state > 1 && http) {
        fprintf(out, "<a href='");
        print_escaped(out, order->return_url);
        fprintf(out, "'>返回</a>");
    }
    fprintf(out, "</main>");
}

char *centre_page(struct sandbox *sandbox, const char *token, const cJSON *arguments) {
    struct order *order = token != NULL ? ROWS_FIND(&sandbox->books.orders, order, pay_token, token)
                                        : order_of_link(sandbox, arguments);
    char *page = NULL;
    size_t length = 0;
    if (order == NULL)
        return NULL;
    if (order->state == 0)
        (void)centre_act(sandbox, order, "open");
    FILE *out = open_memstream(&page, &length);
    print_page(out, order);
    fclose(out);
    return page;
}

void centre_press(struct sandbox *sandbox, const char *token, const char *body) {
    struct order *order = ROWS_FIND(&sandbox->books.orders, order, pay_token, token);
    if (order != NULL && strncmp(body, "act=", 4) == 0)
        (void)centre_act(sandbox, order, body + 4);
}
