/* onepay: recharge, recpay, close and query. The platform credits at the HIS by itself: what it
 * cannot credit of a recharge it returns by itself, of a recpay it keeps. */
#include <stdio.h>
#include <string.h>

#include "tests/sandbox/hospital.h"
#include "tests/sandbox/onepay.h"
#include "tests/sandbox/payment.h"
#include "tests/sandbox/sign.h"
#include "tests/sandbox/value.h"

#define VALID_MS (INT64_C(2) * 3600 * 1000) /* of a code that nobody closes */
#define RECPAY "hop.trade.recpay"

bool hop_is(const struct payment *payment) {
    return strncmp(payment->operation, "hop.", 4) == 0;
}

static bool is_recpay(const struct payment *payment) {
    return strcmp(payment->operation, RECPAY) == 0;
}

cJSON *hop_extra(const cJSON *param) {
    const cJSON *extra = cJSON_GetObjectItemCaseSensitive(param, "extra");
    if (cJSON_IsString(extra))
        return message_read(extra->valuestring, strlen(extra->valuestring));
    return extra == NULL ? NULL : cJSON_Duplicate(extra, true);
}

void put_time(cJSON *out, const char *name, int64_t ms) {
    char moment[MOMENT_SIZE], text[MOMENT_SIZE];
    if (ms == 0)
        return;
    moment_write(ms, moment);
    snprintf(text, sizeof text, "%.4s%.2s%.2s%.2s%.2s%.2s", moment, moment + 5, moment + 8,
             moment + 11, moment + 14, moment + 17);
    cJSON_AddStringToObject(out, name, text);
}

/* Accounts of the platform are the HIS's: cardType is another list than mdtrt_cert_type. */
const struct patient *hop_patient(const cJSON *param) {
    static const char *const cert_types[] = {"",   "03", "04", "10", "02", "05",
                                             "06", "05", "",   "05", "10"};
    const char *card_type = message_get(param, "cardType");
    size_t type = strspn(card_type, "0123456789") == 2
                      ? (size_t)((card_type[0] - '0') * 10 + card_type[1] - '0')
                      : 0;
    if (type >= sizeof cert_types / sizeof cert_types[0])
        return NULL;
    return patient_find(cert_types[type], message_get(param, "cardNo"),
                        message_get(param, "accountType"));
}

static struct payment *find_trade(struct sandbox *sandbox, const char *no) {
    struct payment *payment = ROWS_FIND(&sandbox->books.payments, payment, payment_no, no);
    return payment == NULL || payment->forgotten || !hop_is(payment) ? NULL : payment;
}

static void fingerprint_of(const cJSON *param, char out[NO_SIZE]) {
    char *text = cJSON_PrintUnformatted(param);
    md5_hex(text, out);
    cJSON_free(text);
}

/* A bill for what is to be settled: purchaseNo of a row of examList, else its phyExamNo. */
static void keep_purchases(struct payment *payment, const cJSON *extra) {
    const cJSON *list = cJSON_GetObjectItemCaseSensitive(extra, "examList"), *row;
    cJSON *open = cJSON_IsString(list) ? message_read(list->valuestring, strlen(list->valuestring))
                                       : cJSON_Duplicate(list, true);
    size_t used = 0;
    cJSON_ArrayForEach(row, open) {
        const char *no = message_get(row, "purchaseNo");
        if (no[0] == '\0')
            no = message_get(row, "phyExamNo");
        int more = snprintf(payment->purchases + used, sizeof payment->purchases - used, "%s%s",
                            used == 0 ? "" : " ", no);
        if (more < 0 || used + (size_t)more >= sizeof payment->purchases)
            break;
        used += (size_t)more;
    }
    cJSON_Delete(open);
}

static struct payment *add_trade(struct sandbox *sandbox, const cJSON *param, const char *type,
                                 const struct patient *patient) {
    struct payment *payment = rows_add(&sandbox->books.payments);
    bool recpay = strcmp(type, RECPAY) == 0;
    cJSON *extra = hop_extra(param);
    text_set(payment->payment_no, NO_SIZE,
             message_get(param, recpay ? "outTradeNo" : "outChargeNo"));
    sandbox_number(sandbox, "T", payment->out_payment_no);
    sandbox_number(sandbox, "CH", payment->in_payment_no);
    text_set(payment->operation, NO_SIZE, type);
    text_set(payment->channel_product, NO_SIZE, message_get(param, "depositType"));
    text_set(payment->subject, sizeof payment->subject, message_get(param, "subject"));
    text_set(payment->card, NO_SIZE, patient->card);
    text_set(payment->notify_url, sizeof payment->notify_url, message_get(extra, "notifyUrl"));
    fingerprint_of(param, payment->fingerprint);
    snprintf(payment->token, NO_SIZE, "%.20s", payment->fingerprint);
    yuan_read(message_get(param, recpay ? "rechargeAmount" : "amount"), &payment->fee_fen);
    yuan_read(message_get(param, recpay ? "consumeAmount" : "amount"), &payment->consume_fen);
    payment->placed_ms = sandbox_now_ms(sandbox);
    payment->expire_ms = payment->placed_ms + VALID_MS;
    keep_purchases(payment, extra);
    cJSON_Delete(extra);
    return payment;
}

static bool is_channel(const struct payment *payment, const char *ending) {
    size_t length = strlen(payment->channel_product), tail = strlen(ending);
    return length >= tail && strcmp(payment->channel_product + length - tail, ending) == 0;
}

static void put_placed(const struct sandbox *sandbox, const struct payment *payment,
                       struct reply *reply) {
    char own[64], link[512];
    bool code = is_channel(payment, "_QR") && !sandbox->settings.no_qr_code && payment->fee_fen > 0;
    snprintf(own, sizeof own, "http://127.0.0.1:%d", sandbox->port);
    snprintf(link, sizeof link, "%s/pay/%s",
             sandbox->options.pay_base == NULL ? own : sandbox->options.pay_base, payment->token);
    cJSON *out = reply->body = cJSON_CreateObject();
    cJSON_AddStringToObject(out, "chargeNo", payment->in_payment_no);
    cJSON_AddStringToObject(out, "traceNo", payment->out_payment_no);
    cJSON_AddStringToObject(out, "tradeMode", payment->channel_product);
    cJSON_AddStringToObject(out, "qrcode", code ? link : "0");
    put_time(out, "traceTime", payment->paid_ms != 0 ? payment->paid_ms : payment->placed_ms);
}

/* The last two characters of a phone's code say what the phone does: a code of a test. */
static void pay_by_code(struct sandbox *sandbox, struct payment *payment, const char *code,
                        struct reply *reply) {
    const char *end = strlen(code) < 2 ? "" : code + strlen(code) - 2;
    const char *wallet = code[0] == '1' ? "WX_BAR" : code[0] == '2' ? "ALI_BAR" : "UP_BAR";
    if (strcmp(payment->channel_product, "ONE_BAR") == 0)
        text_set(payment->trade_mode, NO_SIZE, wallet);
    if (strcmp(end, "99") == 0) {
        payment->state = PAYMENT_DECLINED;
        reply_refuse(reply, ONEPAY_CHANNEL_FAILED, "渠道交易失败");
    } else if (strcmp(end, "11") == 0) {
        payment->asks_password = true;
        reply_refuse(reply, ONEPAY_PASSWORD, "需要用户输入支付密码");
    } else {
        payment_pay(sandbox, payment);
    }
}

/* The same number again: the same payment, or (other content) another's. */
static void place_again(const struct sandbox *sandbox, const struct payment *payment,
                        const cJSON *param, struct reply *reply) {
    char fingerprint[NO_SIZE];
    fingerprint_of(param, fingerprint);
    if (strcmp(fingerprint, payment->fingerprint) != 0)
        reply_refuse(reply, ONEPAY_USED, "流水号重复");
    else if (payment_was_paid(payment))
        reply_refuse(reply, ONEPAY_PAID, "订单已支付");
    else
        put_placed(sandbox, payment, reply);
}

/* What a pinpad said of a card payment: the platform only books it. */
static bool is_slip(const cJSON *extra) {
    const cJSON *slip = cJSON_GetObjectItemCaseSensitive(extra, "posTrans");
    return message_get(slip, "referenceNo")[0] != '\0' && message_get(slip, "amount")[0] != '\0';
}

static void place(struct sandbox *sandbox, const cJSON *param, const char *type,
                  struct reply *reply) {
    bool recpay = strcmp(type, RECPAY) == 0;
    const char *no = message_get(param, recpay ? "outTradeNo" : "outChargeNo");
    const struct patient *patient = hop_patient(param);
    const struct payment *old = find_trade(sandbox, no);
    cJSON *extra = hop_extra(param);
    const char *code = message_get(extra, "authCode"), *channel = message_get(param, "depositType");
    size_t length = strlen(channel);
    bool bar = length > 4 && strcmp(channel + length - 4, "_BAR") == 0;
    if (patient == NULL)
        reply_refuse(reply, ONEPAY_NO_PERSON, "用户非法");
    else if (old != NULL)
        place_again(sandbox, old, param, reply);
    else if (bar && code[0] == '\0')
        reply_refuse(reply, ONEPAY_NO_AUTH_CODE, "扩展参数 authCode 为空");
    else if (strcmp(channel, "POS") == 0 && !is_slip(extra))
        reply_refuse(reply, ONEPAY_BAD_POS_TRANS, "扩展参数 posTrans 不合法");
    else {
        struct payment *payment = add_trade(sandbox, param, type, patient);
        if (bar)
            pay_by_code(sandbox, payment, code, reply);
        else if (!is_channel(payment, "_QR") || payment->fee_fen == 0)
            payment_pay(sandbox, payment);
        if (strcmp(reply->code, ONEPAY_GOOD) == 0)
            put_placed(sandbox, payment, reply);
    }
    cJSON_Delete(extra);
}

void hop_recharge(struct sandbox *sandbox, const cJSON *param, struct reply *reply) {
    place(sandbox, param, "hop.trade.recharge", reply);
}

void hop_recpay(struct sandbox *sandbox, const cJSON *param, struct reply *reply) {
    place(sandbox, param, RECPAY, reply);
}

static struct credit *add_credit(struct sandbox *sandbox, const struct payment *payment,
                                 int64_t fen) {
    struct credit *credit = rows_add(&sandbox->books.credits);
    text_set(credit->mch_trace_no, NO_SIZE, payment->payment_no);
    text_set(credit->trace_id, NO_SIZE, payment->out_payment_no);
    text_set(credit->amp_trace_id, NO_SIZE, payment->in_payment_no);
    text_set(credit->card, NO_SIZE, payment->card);
    sandbox_number(sandbox, "SN", credit->call_sn);
    credit->amount_fen = fen;
    credit->credited_ms = sandbox_now_ms(sandbox);
    return credit;
}

static struct bill *bill_named(struct sandbox *sandbox, const char *name, size_t length) {
    char no[NO_SIZE];
    snprintf(no, sizeof no, "%.*s", (int)length, name);
    return ROWS_FIND(&sandbox->books.bills, bill, org_trace_no, no);
}

/* Goes through the bills of a payment; false: one of them is not there or settled already. */
static bool each_bill(struct sandbox *sandbox, const struct payment *payment, bool settle,
                      int64_t *sum_fen) {
    const char *at = payment->purchases;
    *sum_fen = 0;
    while (*at != '\0') {
        size_t length = strcspn(at, " ");
        struct bill *bill = bill_named(sandbox, at, length);
        if (bill == NULL || bill->state != BILL_UNSETTLED)
            return false;
        *sum_fen += bill->amount_fen;
        if (settle) {
            struct credit *credit = add_credit(sandbox, payment, bill->amount_fen);
            text_set(credit->org_trace_no, NO_SIZE, bill->org_trace_no);
            text_set(credit->doc_trace_no, NO_SIZE, bill->doc_trace_no);
            bill->state = BILL_SETTLED;
            bill->settled_ms = credit->credited_ms;
            text_set(bill->call_sn, NO_SIZE, credit->call_sn);
            hospital_tried(sandbox, bill->card, bill->org_trace_no, bill->call_sn, true);
        }
        at += length + strspn(at + length, " ");
    }
    return true;
}

static bool book_bills(struct sandbox *sandbox, const struct payment *payment) {
    int64_t sum_fen;
    if (payment->purchases[0] == '\0' || !each_bill(sandbox, payment, false, &sum_fen) ||
        sum_fen != payment->consume_fen)
        return false;
    return each_bill(sandbox, payment, true, &sum_fen);
}

static bool book_deposit(struct sandbox *sandbox, const struct payment *payment) {
    const struct patient *patient = patient_by_card(payment->card);
    if (patient_is_inpatient(patient) && payment->fee_fen > patient->cap_fen)
        return false;
    struct credit *credit = add_credit(sandbox, payment, payment->fee_fen);
    text_set(credit->org_trace_no, NO_SIZE, payment->payment_no);
    text_set(credit->doc_trace_no, NO_SIZE, payment->payment_no);
    credit->deposit = true;
    hospital_account(sandbox, payment->card)->balance_fen += payment->fee_fen;
    return true;
}

static void return_by_itself(struct sandbox *sandbox, struct payment *payment) {
    struct refund *refund = rows_add(&sandbox->books.refunds);
    sandbox_number(sandbox, "AR", refund->request_no);
    text_set(refund->payment_no, NO_SIZE, payment->payment_no);
    sandbox_number(sandbox, "TR", refund->out_refund_no);
    refund->state = REFUND_DONE;
    refund->fee_fen = payment->fee_fen;
    refund->made_ms = sandbox_now_ms(sandbox);
    refund->automatic = true;
    payment_return(payment, payment->fee_fen);
}

/* What is paid after its close is credited nowhere. */
void hop_paid(struct sandbox *sandbox, struct payment *payment) {
    int his = sandbox->settings.onepay_his;
    if (payment->trade_mode[0] == '\0')
        text_set(payment->trade_mode, NO_SIZE,
                 strcmp(payment->channel_product, "ONE_QR") == 0 ? "WX_QR"
                                                                 : payment->channel_product);
    if (payment->closed_ms != 0)
        return;
    if (his == BOOKED_DONE)
        his = (is_recpay(payment) ? book_bills : book_deposit)(sandbox, payment) ? BOOKED_DONE
                                                                                 : BOOKED_REFUSED;
    payment->booked = his;
    bool card =
        strcmp(payment->channel_product, "POS") == 0; /* its money is at the pinpad's bank */
    if (his == BOOKED_REFUSED && !is_recpay(payment) && !card)
        return_by_itself(sandbox, payment);
    if (his == BOOKED_DONE && payment->notify_url[0] != '\0') {
        cJSON *body = cJSON_CreateObject();
        cJSON_AddStringToObject(body, "transType", payment->operation);
        cJSON_AddStringToObject(body, "outTradeNo", payment->payment_no);
        cJSON_AddStringToObject(body, "traceNo", payment->out_payment_no);
        cJSON_AddStringToObject(body, "result", "succ");
        put_yuan(body, "amount", payment->fee_fen);
        hop_keep(sandbox, "notify", payment->notify_url, body);
        cJSON_Delete(body);
    }
}

/* The newest credits first; a bill goes back whole. */
bool hop_unbook(struct sandbox *sandbox, const struct payment *payment, int64_t fen) {
    const struct rows *credits = &sandbox->books.credits;
    for (int i = credits->count - 1; i >= 0 && fen > 0; i--) {
        struct credit *credit = credits->at[i];
        int64_t left = credit->amount_fen - credit->cancelled_fen;
        if (strcmp(credit->mch_trace_no, payment->payment_no) != 0 || left == 0)
            continue;
        struct account *account = hospital_account(sandbox, credit->card);
        struct bill *bill = credit->deposit ? NULL
                                            : ROWS_FIND(&sandbox->books.bills, bill, org_trace_no,
                                                        credit->org_trace_no);
        int64_t part = credit->deposit && fen < left ? fen : left;
        if (credit->deposit && account->balance_fen < part)
            return false;
        if (credit->deposit)
            account->balance_fen -= part;
        if (bill != NULL)
            bill->state = BILL_UNSETTLED;
        credit->cancelled_fen += part;
        if (credit->cancelled_fen == credit->amount_fen)
            credit->cancelled_ms = sandbox_now_ms(sandbox);
        fen -= part;
    }
    return true;
}

void hop_close(struct sandbox *sandbox, const cJSON *param, struct reply *reply) {
    struct payment *payment = find_trade(sandbox, message_get(param, "outChargeNo"));
    if (payment == NULL)
        reply_refuse(reply, ONEPAY_NO_PAYMENT, "原订单流水不存在");
    else if (payment->closed_ms != 0)
        reply_refuse(reply, ONEPAY_CLOSED, "已关闭成功");
    else if (!payment_close(sandbox, payment))
        reply_refuse(reply, ONEPAY_PAID, "订单已支付");
    if (payment == NULL)
        return;
    reply->body = cJSON_CreateObject();
    put_time(reply->body, "traceTime", sandbox_now_ms(sandbox));
    cJSON_AddStringToObject(reply->body, "outChargeNo", payment->payment_no);
}

/* A payment whose money went back by itself has failed; one that was refunded has succeeded. */
static const char *result_of(const struct payment *payment) {
    if (payment_was_paid(payment) && payment->booked == BOOKED_REFUSED)
        return "fail";
    if (payment_was_paid(payment))
        return payment->booked == BOOKED_UNKNOWN ? "exp" : "succ";
    if (payment->closed_ms != 0)
        return "closed";
    if (payment->state == PAYMENT_DECLINED)
        return "fail";
    return payment->asks_password ? "ing" : "init";
}

void hop_query(struct sandbox *sandbox, const cJSON *param, struct reply *reply) {
    const char *trace_no = message_get(param, "traceNo");
    if (strcmp(message_get(param, "tradeType"), "hop.trade.refund") == 0) {
        hop_query_refund(sandbox, param, reply);
        return;
    }
    if (trace_no[0] == '\0' && message_get(param, "outTradeNo")[0] == '\0') {
        reply_refuse(reply, ONEPAY_MISSING, "outTradeNo: expected it or traceNo");
        return;
    }
    struct payment *payment =
        trace_no[0] == '\0'
            ? find_trade(sandbox, message_get(param, "outTradeNo"))
            : ROWS_FIND(&sandbox->books.payments, payment, out_payment_no, trace_no);
    if (payment != NULL && payment->forgotten)
        payment = NULL;
    cJSON *out = reply->body = cJSON_CreateObject();
    cJSON_AddStringToObject(out, "result", payment == NULL ? "notfound" : result_of(payment));
    if (payment == NULL)
        return;
    bool paid = payment->trade_mode[0] != '\0';
    cJSON_AddStringToObject(out, "tradeMode",
                            paid ? payment->trade_mode : payment->channel_product);
    cJSON_AddStringToObject(out, "traceNo", payment->out_payment_no);
    cJSON_AddStringToObject(out, "origTraceNo", payment->out_payment_no);
    put_time(out, "origTraceTime", payment->paid_ms);
}
