/* Sections 4.1 to 4.5 and 4.8: reachability, placing, asking, closing; the frame of all answers. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "tests/sandbox/payment.h"
#include "tests/sandbox/service.h"
#include "tests/sandbox/sign.h"
#include "tests/sandbox/value.h"

static const struct rule identity_rules[] = {
    {"isvId", RULE_LONG, 15, true, NULL},     {"partnerId", RULE_LONG, 15, true, NULL},
    {"sign", RULE_TEXT, 32, true, NULL},      {"version", RULE_TEXT, 16, true, "1.0.0"},
    {"timestamp", RULE_LONG, 13, true, NULL}, {NULL, RULE_END, 0, false, NULL},
};

/* What every way of placing a payment has. */
#define PLACING_RULES                                                                              \
    {"paymentNo", RULE_TEXT, 32, true, NULL}, {"expireTime", RULE_TIME, 19, true, NULL},           \
        {"tradeFee", RULE_AMOUNT, 8, true, NULL}, {"subject", RULE_TEXT, 64, true, NULL},          \
        {"districtId", RULE_TEXT, 32, false, NULL},                                                \
        {"sourceType", RULE_TEXT, 32, false, "outpatient|inpatient"},                              \
        {"bizData", RULE_JSON, 256, false, NULL}, {"expandData", RULE_JSON, 256, false, NULL}, {   \
        NULL, RULE_END, 0, false, NULL                                                             \
    }

static const struct rule scan_rules[] = {
    {"channelProduct", RULE_TEXT, 32, true, "ali_scan_code|ten_scan_code|uni_scan_code"},
    PLACING_RULES,
};
/* Not in the document: one code for every wallet. */
static const struct rule agg_rules[] = {
    {"body", RULE_TEXT, 128, false, NULL},
    PLACING_RULES,
};
static const struct rule bar_rules[] = {
    {"authCode", RULE_TEXT, 256, true, NULL},
    PLACING_RULES,
};
static const struct rule face_rules[] = {
    {"channelProduct", RULE_TEXT, 32, true,
     "ali_bar_code|ten_bar_code|uni_bar_code|ali_scan_code|ten_scan_code|uni_scan_code"},
    {"faceCode", RULE_TEXT, 64, true, NULL},
    PLACING_RULES,
};
static const struct rule order_rules[] = {
    {"bizType", RULE_TEXT, 32, true, "scan_pay|barcode_pay"},
    {"paymentNo", RULE_TEXT, 32, true, NULL},
    {NULL, RULE_END, 0, false, NULL},
};
static const struct rule no_rules[] = {{NULL, RULE_END, 0, false, NULL}};

void reply_refuse(struct reply *reply, const char *code, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(reply->msg, sizeof reply->msg, format, arguments);
    va_end(arguments);
    reply->code = code;
}

void put_yuan(cJSON *out, const char *name, int64_t fen) {
    char text[YUAN_SIZE];
    cJSON_AddStringToObject(out, name, yuan_write(fen, text));
}

void put_yuan_number(cJSON *out, const char *name, int64_t fen) {
    char text[YUAN_SIZE];
    cJSON_AddRawToObject(out, name, yuan_write(fen, text));
}

void put_moment(cJSON *out, const char *name, int64_t ms) {
    char text[MOMENT_SIZE];
    if (ms != 0)
        cJSON_AddStringToObject(out, name, moment_write(ms, text));
}

void put_channel(cJSON *out, const char *product) {
    char type[NO_SIZE];
    snprintf(type, sizeof type, "%.*s", (int)strcspn(product, "_"), product);
    cJSON_AddStringToObject(out, "channelType", type);
    cJSON_AddStringToObject(out, "channelProduct", product);
}

void upp_fingerprint(const cJSON *request, char out[NO_SIZE]) {
    cJSON *copy = cJSON_Duplicate(request, true);
    cJSON_DeleteItemFromObjectCaseSensitive(copy, "timestamp");
    char *base = sign_base(copy);
    md5_hex(base, out);
    cJSON_free(base);
    cJSON_Delete(copy);
}

struct payment *upp_payment(struct sandbox *sandbox, const cJSON *request, struct reply *reply) {
    struct payment *payment =
        ROWS_FIND(&sandbox->books.payments, payment, payment_no, message_get(request, "paymentNo"));
    if (payment == NULL || payment->forgotten) {
        reply_refuse(reply, KIND_UNKNOWN, "paymentNo: no such payment");
        return NULL;
    }
    const char *biz_type = message_get(request, "bizType");
    bool either = strcmp(payment->operation, "faceCode") == 0; /* the document names none for it */
    if (!either && strcmp(biz_type, payment->biz_type) != 0) {
        reply_refuse(reply, KIND_CONFLICT, "bizType: the payment was placed by %s",
                     payment->operation);
        return NULL;
    }
    return payment;
}

static cJSON *numbers_of(const struct payment *payment) {
    cJSON *data = cJSON_CreateObject();
    cJSON_AddStringToObject(data, "paymentNo", payment->payment_no);
    cJSON_AddStringToObject(data, "outPaymentNo", payment->out_payment_no);
    cJSON_AddStringToObject(data, "inPaymentNo", payment->in_payment_no);
    return data;
}

static bool is_code_of_ours(const char *operation) {
    return strcmp(operation, "scanCode") == 0 || strcmp(operation, "aggCode") == 0;
}

/* Which wallet scans a code for all of them is known when it has paid. */
static cJSON *payment_data(const struct payment *payment) {
    cJSON *data = numbers_of(payment);
    if (strcmp(payment->operation, "aggCode") != 0 || payment_was_paid(payment))
        put_channel(data, payment->channel_product);
    put_moment(data, "paymentTime", payment->paid_ms);
    cJSON_AddStringToObject(data, "bizData", payment->biz_data);
    return data;
}

static int64_t told_fen(const struct sandbox *sandbox, const struct payment *payment) {
    bool unpaid = !payment_was_paid(payment);
    return unpaid && sandbox->settings.unpaid_is_zero ? 0 : payment->fee_fen;
}

/* scanCode's answer has the link and, as the document has it, no tradeStatus. */
static cJSON *placed_data(const struct sandbox *sandbox, const struct payment *payment) {
    cJSON *data = payment_data(payment);
    put_yuan_number(data, "tradeFee", told_fen(sandbox, payment));
    if (!is_code_of_ours(payment->operation)) {
        cJSON_AddStringToObject(data, "tradeStatus", payment_words[payment->state]);
        return data;
    }
    char own[64], link[512];
    snprintf(own, sizeof own, "http://127.0.0.1:%d", sandbox->port);
    const char *base = sandbox->options.pay_base == NULL ? own : sandbox->options.pay_base;
    snprintf(link, sizeof link, "%s/pay/%s", base, payment->token);
    cJSON_AddStringToObject(data, "sign", link);
    return data;
}

/* A token that cannot be guessed from the number: the link is what lets a phone pay. */
static void make_token(struct sandbox *sandbox, struct payment *payment) {
    char text[LONG_SIZE];
    snprintf(text, sizeof text, "%s %s %s", payment->payment_no, payment->out_payment_no,
             sandbox->options.key);
    md5_hex(text, payment->token);
    payment->token[20] = '\0';
}

static struct payment *add_payment(struct sandbox *sandbox, const cJSON *request,
                                   const char *operation, const char *product) {
    struct payment *payment = rows_add(&sandbox->books.payments);
    bool scan = is_code_of_ours(operation);
    text_set(payment->payment_no, NO_SIZE, message_get(request, "paymentNo"));
    sandbox_number(sandbox, "YT", payment->out_payment_no);
    make_token(sandbox, payment);
    text_set(payment->operation, NO_SIZE, operation);
    text_set(payment->biz_type, NO_SIZE, scan ? "scan_pay" : "barcode_pay");
    text_set(payment->channel_product, NO_SIZE, product);
    text_set(payment->district_id, sizeof payment->district_id, message_get(request, "districtId"));
    text_set(payment->source_type, NO_SIZE, message_get(request, "sourceType"));
    text_set(payment->subject, sizeof payment->subject, message_get(request, "subject"));
    text_set(payment->biz_data, sizeof payment->biz_data, message_get(request, "bizData"));
    upp_fingerprint(request, payment->fingerprint);
    yuan_read(message_get(request, "tradeFee"), &payment->fee_fen);
    moment_read(message_get(request, "expireTime"), &payment->expire_ms);
    payment->placed_ms = sandbox_now_ms(sandbox);
    return payment;
}

/* The new payment; NULL when this is a repeat, which was answered, or it was refused. */
static struct payment *place(struct sandbox *sandbox, const cJSON *request, const char *operation,
                             const char *product, struct reply *reply) {
    char fingerprint[NO_SIZE];
    int64_t expire_ms = 0;
    const struct payment *old =
        ROWS_FIND(&sandbox->books.payments, payment, payment_no, message_get(request, "paymentNo"));
    if (old != NULL && !old->forgotten) {
        upp_fingerprint(request, fingerprint);
        if (strcmp(fingerprint, old->fingerprint) == 0)
            reply->body = placed_data(sandbox, old);
        else
            reply_refuse(reply, KIND_CONFLICT, "paymentNo: already placed with other content");
        return NULL;
    }
    moment_read(message_get(request, "expireTime"), &expire_ms);
    if (expire_ms <= sandbox_now_ms(sandbox))
        reply_refuse(reply, KIND_MEMBER, "expireTime: expected a time to come");
    else if (strchr(message_get(request, "subject"), ',') != NULL)
        reply_refuse(reply, KIND_MEMBER, "subject: expected no English comma");
    else
        return add_payment(sandbox, request, operation, product);
    return NULL;
}

static void scan_code(struct sandbox *sandbox, const cJSON *request, struct reply *reply) {
    const char *product = message_get(request, "channelProduct");
    struct payment *payment = place(sandbox, request, "scanCode", product, reply);
    if (payment == NULL)
        return;
    payment->fee_fen += sandbox->settings.code_extra_fen;
    reply->body = placed_data(sandbox, payment);
}

static void agg_code(struct sandbox *sandbox, const cJSON *request, struct reply *reply) {
    struct payment *payment = place(sandbox, request, "aggCode", "ten_scan_code", reply);
    if (payment == NULL)
        return;
    payment->fee_fen += sandbox->settings.code_extra_fen;
    reply->body = placed_data(sandbox, payment);
}

/* The last two characters of a phone's code say what the phone does: a code of a test. */
static void pay_by_code(struct sandbox *sandbox, struct payment *payment, const char *code) {
    size_t length = strlen(code);
    const char *end = length < 2 ? "" : code + length - 2;
    if (strcmp(end, "99") == 0)
        payment->state = PAYMENT_DECLINED;
    else if (strcmp(end, "11") != 0)
        payment_pay(sandbox, payment);
}

static const char *product_of_code(const char *code) {
    size_t length = strlen(code);
    if (strspn(code, "0123456789") != length)
        return NULL;
    if (length == 18 && code[0] == '1' && code[1] >= '0' && code[1] <= '5')
        return "ten_bar_code";
    if (length >= 16 && length <= 24 && code[0] >= '2' && code[0] <= '3' &&
        (code[0] == '2' ? code[1] >= '5' : code[1] == '0'))
        return "ali_bar_code";
    if (length == 19 && strncmp(code, "62", 2) == 0)
        return "uni_bar_code";
    return NULL;
}

static void bar_code(struct sandbox *sandbox, const cJSON *request, struct reply *reply) {
    const char *code = message_get(request, "authCode");
    const char *product = product_of_code(code);
    if (product == NULL) {
        reply_refuse(reply, KIND_MEMBER, "authCode: expected a code of WeChat, Alipay or UnionPay");
        return;
    }
    struct payment *payment = place(sandbox, request, "barCode", product, reply);
    if (payment == NULL)
        return;
    pay_by_code(sandbox, payment, code);
    reply->body = placed_data(sandbox, payment);
}

static void face_code(struct sandbox *sandbox, const cJSON *request, struct reply *reply) {
    const char *product = message_get(request, "channelProduct");
    if (strncmp(product, "ten", 3) == 0 && message_get(request, "expandData")[0] == '\0') {
        reply_refuse(reply, KIND_MEMBER, "expandData: WeChat face payment needs it");
        return;
    }
    struct payment *payment = place(sandbox, request, "faceCode", product, reply);
    if (payment == NULL)
        return;
    pay_by_code(sandbox, payment, message_get(request, "faceCode"));
    reply->body = placed_data(sandbox, payment);
}

/* The amount is text here and a number where a payment is placed: the document shows both. */
static void payment_query(struct sandbox *sandbox, const cJSON *request, struct reply *reply) {
    const struct payment *payment = upp_payment(sandbox, request, reply);
    if (payment == NULL)
        return;
    reply->body = payment_data(payment);
    cJSON_AddStringToObject(reply->body, "tradeStatus", payment_words[payment->state]);
    put_yuan(reply->body, "tradeFee", told_fen(sandbox, payment));
}

static void close_payment(struct sandbox *sandbox, const cJSON *request, struct reply *reply) {
    struct payment *payment = upp_payment(sandbox, request, reply);
    if (payment == NULL)
        return;
    bool closed = payment_close(sandbox, payment);
    reply->body = numbers_of(payment);
    cJSON_AddStringToObject(reply->body, "isCloseOrder", closed ? "Y" : "N");
}

static void network(struct sandbox *sandbox, const cJSON *request, struct reply *reply) {
    (void)sandbox;
    (void)request;
    reply->body = cJSON_CreateObject();
    cJSON_AddStringToObject(reply->body, "field", "杭州恒生芸泰网络科技有限公司");
}

const struct operation upp_operations[] = {
    {"upp.network", "/access/network", no_rules, network},
    {"upp.scanCode", "/access/scanCode", scan_rules, scan_code},
    {"upp.aggCode", "/access/aggCode", agg_rules, agg_code},
    {"upp.barCode", "/access/barCode", bar_rules, bar_code},
    {"upp.faceCode", "/access/faceCode", face_rules, face_code},
    {"upp.paymentQuery", "/access/paymentQuery", order_rules, payment_query},
    {"upp.refund", "/access/refund", refund_rules, upp_refund},
    {"upp.refundQuery", "/access/refundQuery", refund_query_rules, upp_refund_query},
    {"upp.close", "/access/close", order_rules, close_payment},
    {"upp.yuntaiBills", "/access/yuntaiBills", bills_rules, upp_yuntai_bills},
    /* The document's own bytes, and what they must have meant. */
    {"upp.channelBills", "/access/channelBIIIs", bills_rules, upp_channel_bills},
    {"upp.channelBills", "/access/channelBills", bills_rules, upp_channel_bills},
    {NULL, NULL, NULL, NULL},
};

static void run_checked(struct sandbox *sandbox, const struct operation *operation,
                        const cJSON *request, struct reply *reply) {
    const struct options *options = &sandbox->options;
    reply->code = KIND_MEMBER;
    if (!cJSON_IsObject(request)) {
        reply_refuse(reply, KIND_MEMBER, "body: expected a JSON object");
        return;
    }
    if (!message_check(request, identity_rules, reply->msg))
        return;
    if (strcmp(message_get(request, "isvId"), options->isv_id) != 0 ||
        strcmp(message_get(request, "partnerId"), options->partner_id) != 0)
        reply_refuse(reply, KIND_SIGNATURE, "isvId, partnerId: unknown");
    else if (!sign_good(request, options->key))
        reply_refuse(reply, KIND_SIGNATURE, "sign: wrong");
    else if (message_check(request, operation->rules, reply->msg)) {
        reply->code = KIND_GOOD;
        operation->run(sandbox, request, reply);
    }
}

void upp_seal(const struct sandbox *sandbox, cJSON *answer) {
    char sign[SIGN_SIZE], timestamp[YUAN_SIZE];
    snprintf(timestamp, sizeof timestamp, "%lld", (long long)sandbox_now_ms(sandbox));
    if (!cJSON_HasObjectItem(answer, "version"))
        cJSON_AddStringToObject(answer, "version", "1.0.0");
    if (!cJSON_HasObjectItem(answer, "timestamp"))
        cJSON_AddRawToObject(answer, "timestamp", timestamp);
    if (cJSON_HasObjectItem(answer, "sign"))
        return;
    sign_make(answer, sandbox->options.key, sign);
    cJSON_AddStringToObject(answer, "sign", sign);
}

cJSON *upp_answer(struct sandbox *sandbox, const struct operation *operation,
                  const cJSON *request) {
    struct reply reply = {.code = KIND_GOOD};
    run_checked(sandbox, operation, request, &reply);
    cJSON *answer = cJSON_CreateObject();
    cJSON_AddBoolToObject(answer, "result", strcmp(reply.code, KIND_GOOD) == 0);
    cJSON_AddStringToObject(answer, "kind", reply.code);
    cJSON_AddStringToObject(answer, "msg", reply.msg);
    if (reply.body != NULL)
        cJSON_AddItemToObject(answer, "data", reply.body);
    upp_seal(sandbox, answer);
    return answer;
}
