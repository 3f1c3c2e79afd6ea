/* Sections 4.6 and 4.7: refunds, whole or in parts, never above what was paid. */
#include <string.h>

#include "tests/sandbox/payment.h"
#include "tests/sandbox/service.h"
#include "tests/sandbox/value.h"

const struct rule refund_rules[] = {
    {"refundFee", RULE_AMOUNT, 8, true, NULL},
    {"paymentNo", RULE_TEXT, 32, true, NULL},
    {"bizType", RULE_TEXT, 32, true, "scan_pay|barcode_pay"},
    {"requestNo", RULE_TEXT, 32, true, NULL},
    {"refundNo", RULE_TEXT, 32, true, NULL},
    {"bizData", RULE_TEXT, 256, false, NULL},
    {"expandData", RULE_JSON, 256, false, NULL},
    {NULL, RULE_END, 0, false, NULL},
};
const struct rule refund_query_rules[] = {
    {"requestNo", RULE_TEXT, 32, true, NULL},
    {NULL, RULE_END, 0, false, NULL},
};

static cJSON *refund_data(const struct refund *refund, const struct payment *payment) {
    cJSON *data = cJSON_CreateObject();
    cJSON_AddStringToObject(data, "tradeStatus", refund_words[refund->state]);
    put_yuan(data, "refundFee", refund->fee_fen);
    cJSON_AddStringToObject(data, "failedReason", refund->reason);
    cJSON_AddStringToObject(data, "outRefundNo", refund->out_refund_no);
    cJSON_AddStringToObject(data, "requestNo", refund->request_no);
    cJSON_AddStringToObject(data, "refundNo", refund->refund_no);
    cJSON_AddStringToObject(data, "paymentNo", refund->payment_no);
    cJSON_AddStringToObject(data, "outPaymentNo", payment->out_payment_no);
    cJSON_AddStringToObject(data, "inPaymentNo", payment->in_payment_no);
    put_channel(data, payment->channel_product);
    put_moment(data, "refundTime", refund->state == REFUND_FAILED ? 0 : refund->made_ms);
    cJSON_AddStringToObject(data, "bizData", refund->biz_data);
    return data;
}

static struct refund *add_refund(struct sandbox *sandbox, const cJSON *request) {
    struct refund *refund = rows_add(&sandbox->books.refunds);
    text_set(refund->request_no, NO_SIZE, message_get(request, "requestNo"));
    text_set(refund->refund_no, NO_SIZE, message_get(request, "refundNo"));
    text_set(refund->payment_no, NO_SIZE, message_get(request, "paymentNo"));
    text_set(refund->biz_data, sizeof refund->biz_data, message_get(request, "bizData"));
    sandbox_number(sandbox, "YTR", refund->out_refund_no);
    upp_fingerprint(request, refund->fingerprint);
    yuan_read(message_get(request, "refundFee"), &refund->fee_fen);
    refund->made_ms = sandbox_now_ms(sandbox);
    refund->state = REFUND_FAILED;
    return refund;
}

static void decide(struct sandbox *sandbox, struct payment *payment, struct refund *refund) {
    if (!payment_was_paid(payment)) {
        text_set(refund->reason, sizeof refund->reason, "the payment is not paid");
        return;
    }
    if (refund->fee_fen > payment_refundable_fen(sandbox, payment)) {
        text_set(refund->reason, sizeof refund->reason, "more than was paid and not yet refunded");
        return;
    }
    refund->state = sandbox->settings.refund_state;
    if (refund->state == REFUND_FAILED)
        text_set(refund->reason, sizeof refund->reason, "refused by the channel");
    if (refund->state == REFUND_DONE || refund->state == REFUND_APPLIED)
        payment_return(payment, refund->fee_fen);
}

void upp_refund(struct sandbox *sandbox, const cJSON *request, struct reply *reply) {
    char fingerprint[NO_SIZE];
    struct payment *payment = upp_payment(sandbox, request, reply);
    if (payment == NULL)
        return;
    struct refund *refund =
        ROWS_FIND(&sandbox->books.refunds, refund, request_no, message_get(request, "requestNo"));
    if (refund == NULL) {
        refund = add_refund(sandbox, request);
        decide(sandbox, payment, refund);
    } else {
        upp_fingerprint(request, fingerprint);
        if (strcmp(fingerprint, refund->fingerprint) != 0) {
            reply_refuse(reply, KIND_CONFLICT, "requestNo: already used with other content");
            return;
        }
    }
    reply->body = refund_data(refund, payment);
}

void upp_refund_query(struct sandbox *sandbox, const cJSON *request, struct reply *reply) {
    const struct refund *refund =
        ROWS_FIND(&sandbox->books.refunds, refund, request_no, message_get(request, "requestNo"));
    const struct payment *payment = refund == NULL ? NULL
                                                   : ROWS_FIND(&sandbox->books.payments, payment,
                                                               payment_no, refund->payment_no);
    if (payment == NULL || payment->forgotten)
        reply_refuse(reply, KIND_UNKNOWN, "requestNo: no such refund");
    else
        reply->body = refund_data(refund, payment);
}
