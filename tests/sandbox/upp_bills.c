/* Sections 4.9 and 4.10: what was paid and refunded in a range of days, a row each. */
#include <string.h>

#include "tests/sandbox/payment.h"
#include "tests/sandbox/service.h"
#include "tests/sandbox/value.h"

const struct rule bills_rules[] = {
    {"startDate", RULE_DATE, 10, true, NULL},
    {"endDate", RULE_DATE, 10, true, NULL},
    {NULL, RULE_END, 0, false, NULL},
};

struct range {
    int64_t from_ms, to_ms;
    bool channel; /* the channel's own bill: its number, no waived amount, no place */
};

struct entry {
    const char *type, *trade_no, *out_no, *in_no;
    int64_t fee_fen, time_ms;
};

static void add_row(const struct sandbox *sandbox, cJSON *rows, const struct range *range,
                    const struct payment *payment, const struct entry *entry) {
    if (entry->time_ms < range->from_ms || entry->time_ms >= range->to_ms)
        return;
    char day[MOMENT_SIZE];
    cJSON *row = cJSON_CreateObject();
    cJSON_AddRawToObject(row, "partnerId", sandbox->options.partner_id);
    cJSON_AddRawToObject(row, "isvId", sandbox->options.isv_id);
    cJSON_AddStringToObject(row, "tradeType", entry->type);
    cJSON_AddStringToObject(row, "bizType", payment->biz_type);
    put_channel(row, payment->channel_product);
    cJSON_AddStringToObject(row, "billsDate", day_write(entry->time_ms, day));
    put_yuan_number(row, "tradeFee", entry->fee_fen);
    put_moment(row, "tradeTime", entry->time_ms);
    cJSON_AddStringToObject(row, "outTradeNo", entry->out_no);
    cJSON_AddStringToObject(row, "inTradeNo", entry->in_no);
    cJSON_AddStringToObject(row, "tradeNo", entry->trade_no);
    cJSON_AddStringToObject(row, "balanceNo", "");
    if (!range->channel) {
        put_yuan_number(row, "derateFee", 0);
        cJSON_AddStringToObject(row, "districtId", payment->district_id);
        cJSON_AddStringToObject(row, "sourceType", payment->source_type);
    }
    cJSON_AddItemToArray(rows, row);
}

static void add_payments(const struct sandbox *sandbox, cJSON *out, const struct range *range) {
    const struct rows *rows = &sandbox->books.payments;
    for (int i = 0; i < rows->count; i++) {
        const struct payment *payment = rows->at[i];
        if (!payment_was_paid(payment))
            continue;
        struct entry entry = {"pay",
                              payment->payment_no,
                              payment->out_payment_no,
                              payment->in_payment_no,
                              payment->fee_fen,
                              payment->paid_ms};
        add_row(sandbox, out, range, payment, &entry);
    }
}

static void add_refunds(const struct sandbox *sandbox, cJSON *out, const struct range *range) {
    const struct rows *rows = &sandbox->books.refunds;
    for (int i = 0; i < rows->count; i++) {
        const struct refund *refund = rows->at[i];
        const struct payment *payment =
            ROWS_FIND(&sandbox->books.payments, payment, payment_no, refund->payment_no);
        bool moved = refund->state == REFUND_DONE || refund->state == REFUND_APPLIED;
        if (payment == NULL || !moved)
            continue;
        struct entry entry = {
            "refund",        refund->refund_no, refund->out_refund_no, refund->out_refund_no,
            refund->fee_fen, refund->made_ms};
        add_row(sandbox, out, range, payment, &entry);
    }
}

struct made_rows {
    const struct sandbox *sandbox;
    const struct range *range;
    cJSON *rows;
};

static void add_made(void *context, const struct day_row *made) {
    const struct made_rows *out = context;
    const struct deal *deal = made->deal;
    struct payment payment = {
        .biz_type = "scan_pay", .channel_product = "ten_scan_code", .source_type = "outpatient"};
    struct entry entry = {deal->refund ? "refund" : "pay",
                          made->no,
                          deal->out_no,
                          deal->in_no,
                          made->fen,
                          made->at_ms};
    if (!out->range->channel || !deal->not_at_channel)
        add_row(out->sandbox, out->rows, out->range, &payment, &entry);
}

static void bills(const struct sandbox *sandbox, const cJSON *request, bool channel,
                  struct reply *reply) {
    struct range range = {.channel = channel};
    day_read(message_get(request, "startDate"), &range.from_ms);
    day_read(message_get(request, "endDate"), &range.to_ms);
    range.to_ms += DAY_MS;
    if (range.to_ms <= range.from_ms) {
        reply_refuse(reply, KIND_MEMBER, "endDate: expected startDate or later");
        return;
    }
    reply->body = cJSON_CreateArray();
    add_payments(sandbox, reply->body, &range);
    add_refunds(sandbox, reply->body, &range);
    struct made_rows made = {sandbox, &range, reply->body};
    day_rows(&sandbox->day, DAY_PLATFORM, range.from_ms, range.to_ms, add_made, &made);
}

void upp_yuntai_bills(struct sandbox *sandbox, const cJSON *request, struct reply *reply) {
    bills(sandbox, request, false, reply);
}

void upp_channel_bills(struct sandbox *sandbox, const cJSON *request, struct reply *reply) {
    bills(sandbox, request, true, reply);
}
