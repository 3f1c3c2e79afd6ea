/* What upp's answers mean for the money. An answer that does not verify says nothing. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/base/clock.h"
#include "app/base/log.h"
#include "app/platform/upp/upp.h"
#include "app/wire/json.h"
#include "app/wire/reading.h"
#include "app/wire/sign.h"

/* Section 6, tradeStatus. */
static enum trade_state trade_state(const char *word) {
    static const struct {
        const char *word;
        enum trade_state state;
    } words[] = {{"wait_pay", TRADE_WAIT},
                 {"pay_success", TRADE_PAID},
                 {"pay_failed", TRADE_FAILED},
                 {"refund_apply_success", TRADE_RETURNED},
                 {"refund_success", TRADE_RETURNED},
                 {"refund_failed", TRADE_RETURN_FAILED},
                 {"refund_exception", TRADE_RETURN_ODD}};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (strcmp(words[i].word, word) == 0)
            return words[i].state;
    return TRADE_OTHER;
}

/* A payment that went back is not a payment to credit: whoever asked looks at the trade state. What
 * is in no row says nothing. */
static const struct {
    enum trade_state state;
    enum outcome payment, refund;
} meanings[] = {{TRADE_WAIT, OUTCOME_PENDING, OUTCOME_UNKNOWN},
                {TRADE_PAID, OUTCOME_ACCEPTED, OUTCOME_UNKNOWN},
                {TRADE_FAILED, OUTCOME_DECLINED, OUTCOME_UNKNOWN},
                {TRADE_RETURNED, OUTCOME_UNKNOWN, OUTCOME_ACCEPTED},
                {TRADE_RETURN_FAILED, OUTCOME_UNKNOWN, OUTCOME_DECLINED}};

static enum outcome meaning_of(enum trade_state state, bool of_refund) {
    for (size_t i = 0; i < sizeof meanings / sizeof meanings[0]; i++)
        if (meanings[i].state == state)
            return of_refund ? meanings[i].refund : meanings[i].payment;
    return OUTCOME_UNKNOWN;
}

static enum channel channel_of(const cJSON *data) {
    const char *type = wire_text(data, "channelType");
    if (type == NULL)
        type = wire_text(data, "channelProduct");
    if (type == NULL)
        return CHANNEL_NONE;
    return strncmp(type, "ten", 3) == 0   ? CHANNEL_WECHAT
           : strncmp(type, "ali", 3) == 0 ? CHANNEL_ALIPAY
           : strncmp(type, "uni", 3) == 0 ? CHANNEL_UNIONPAY
                                          : CHANNEL_NONE;
}

static bool read_state(const cJSON *data, struct wire_reading *out) {
    const char *word = wire_text(data, "tradeStatus");
    if (word == NULL || *word == '\0')
        return reading_malformed(out, "data.tradeStatus is missing");
    out->answer.trade = trade_state(word);
    return true;
}

static bool read_fee(const cJSON *data, const char *name, struct wire_reading *out) {
    if (!reading_amount(data, name, &out->answer.amount) || out->answer.amount.fen < 0)
        return reading_malformed(out, "data.%s is missing or no amount", name);
    out->answer.has_amount = true;
    return true;
}

static void read_time(const cJSON *data, const char *name, struct wire_reading *out) {
    const char *text = wire_text(data, name);
    if (text != NULL)
        (void)clock_parse(text, &out->answer.time_ms);
}

/* An answer that does not say which payment it is about may be another's: 4.5 lists paymentNo as
 * optional, we do not. `needed`: outPaymentNo is required in this answer. */
static bool read_payment_ids(const cJSON *data, const cJSON *sent, bool needed,
                             struct wire_reading *out) {
    const char *no = wire_text(data, "paymentNo");
    if (no == NULL || *no == '\0' || !reading_echoes(data, sent, "paymentNo"))
        return reading_malformed(out, "data.paymentNo is not the one sent");
    if (!reading_id(out->answer.no, OUT_NO_SIZE, data, "outPaymentNo") ||
        !reading_id(out->answer.in_no, sizeof out->answer.in_no, data, "inPaymentNo"))
        return reading_malformed(out, "data.outPaymentNo or inPaymentNo is too long");
    if (needed && out->answer.no[0] == '\0')
        return reading_malformed(out, "data.outPaymentNo is missing");
    return true;
}

static bool read_payment(const cJSON *data, const cJSON *sent, bool needed,
                         struct wire_reading *out) {
    if (!read_payment_ids(data, sent, needed, out) || !read_fee(data, "tradeFee", out))
        return false;
    read_time(data, "paymentTime", out);
    out->answer.paid_by = channel_of(data);
    return true;
}

static bool read_link(const cJSON *data, struct wire_reading *out) {
    const char *url = wire_text(data, "sign");
    if (url == NULL || *url == '\0')
        return reading_malformed(out, "data.sign, the link to pay, is missing");
    return reading_pay_link(out, "data.sign", url);
}

/* scanCode's answer has no tradeStatus (4.2): it is placed, nothing is known to be paid. */
static void read_scan(const cJSON *data, const cJSON *sent, struct wire_reading *out) {
    out->answer.trade = TRADE_WAIT;
    if (!read_payment(data, sent, true, out))
        return;
    if (wire_text(data, "tradeStatus") != NULL && !read_state(data, out))
        return;
    if (out->answer.trade == TRADE_WAIT && !read_link(data, out))
        return;
    out->outcome = meaning_of(out->answer.trade, false);
}

static void read_query(const cJSON *data, const cJSON *sent, bool needed,
                       struct wire_reading *out) {
    if (read_state(data, out) && read_payment(data, sent, needed, out))
        out->outcome = meaning_of(out->answer.trade, false);
}

static void read_refund(const cJSON *data, const cJSON *sent, struct wire_reading *out) {
    const char *no = wire_text(data, "requestNo");
    const cJSON *expected = wire_member(sent, WIRE_EXPECTED);
    const cJSON *named = expected != NULL ? expected : sent;
    if (no == NULL || !reading_echoes(data, sent, "requestNo") ||
        !reading_echoes(data, named, "refundNo") || !reading_echoes(data, named, "paymentNo")) {
        reading_malformed(out, "data.requestNo, refundNo or paymentNo is not ours");
        return;
    }
    if (!read_state(data, out) || !read_fee(data, "refundFee", out))
        return;
    if (!reading_id(out->answer.no, OUT_NO_SIZE, data, "outRefundNo") ||
        (out->answer.no[0] == '\0' && out->answer.trade == TRADE_RETURNED)) {
        reading_malformed(out, "data.outRefundNo is missing or too long");
        return;
    }
    read_time(data, "refundTime", out);
    out->answer.paid_by = channel_of(data);
    out->outcome = meaning_of(out->answer.trade, true);
}

/* 4.8: only N says that it is not closed; everything else counts as closed. */
static void read_close(const cJSON *data, const cJSON *sent, struct wire_reading *out) {
    if (!reading_echoes(data, sent, "paymentNo")) {
        reading_malformed(out, "data.paymentNo is not the one sent");
        return;
    }
    const char *closed = wire_text(data, "isCloseOrder");
    out->answer.not_closed = closed != NULL && (*closed == 'N' || *closed == 'n');
    out->outcome = out->answer.not_closed ? OUTCOME_DECLINED : OUTCOME_ACCEPTED;
}

static void read_network(const cJSON *data, struct wire_reading *out) {
    const char *field = wire_text(data, "field");
    if (field == NULL || strcmp(field, UPP_NETWORK_FIELD) != 0)
        reading_malformed(out, "data.field is not the text of 4.1: a wrong platform or encoding");
    else
        out->outcome = OUTCOME_ACCEPTED;
}

static bool says_success(const cJSON *tree) {
    const char *kind = wire_text(tree, "kind");
    return wire_flag(tree, "result") && (kind == NULL || strcmp(kind, "0") == 0);
}

/* `result` false: for money it decides nothing (asked about again), but close counts as closed and
 * what moves no money is simply refused. */
static void read_upp_failure(enum upp_kind kind, struct wire_reading *out) {
    switch (kind) {
    case UPP_CLOSE:
        out->outcome = OUTCOME_ACCEPTED;
        return;
    case UPP_NETWORK:
    case UPP_BILLS:
        out->outcome = OUTCOME_DECLINED;
        return;
    case UPP_SCAN:
    case UPP_PLACE:
    case UPP_QUERY:
    case UPP_REFUND:
        break;
    }
    out->outcome = OUTCOME_UNKNOWN;
}

static void read_upp_success(enum upp_kind kind, const cJSON *data, const cJSON *sent,
                             struct wire_reading *out) {
    switch (kind) {
    case UPP_NETWORK:
        read_network(data, out);
        return;
    case UPP_SCAN:
        read_scan(data, sent, out);
        return;
    case UPP_PLACE:
        read_query(data, sent, true, out);
        return;
    case UPP_QUERY:
        read_query(data, sent, false, out);
        return;
    case UPP_REFUND:
        read_refund(data, sent, out);
        return;
    case UPP_CLOSE:
        read_close(data, sent, out);
        return;
    case UPP_BILLS:
        upp_read_bills(data, out);
        return;
    }
}

/* Some answers carry data as a JSON string: the same members, one layer deeper. */
static const cJSON *open_data(cJSON *tree) {
    cJSON *data = cJSON_GetObjectItemCaseSensitive(tree, "data");
    if (!cJSON_IsString(data))
        return data;
    const char *ignored;
    cJSON *nested = wire_parse(data->valuestring, strlen(data->valuestring), &ignored);
    if (nested == NULL)
        return data;
    cJSON_ReplaceItemInObjectCaseSensitive(tree, "data", nested);
    return nested;
}

static int64_t positive_of(const char *text) {
    char *end;
    long long value = text == NULL ? 0 : strtoll(text, &end, 10);
    return text != NULL && *end == '\0' && value > 0 ? value : 0;
}

/* Rows of bills are kept for people to look at: platforms are known that sign them in a way of
 * their own. Nothing about money follows from them. */
static bool keep_unverified(enum upp_kind kind, struct wire_reading *out) {
    out->unverified = kind == UPP_BILLS && says_success(out->tree);
    return out->unverified;
}

void upp_read(const struct config *config, const char *operation, const cJSON *sent,
              int http_status, const char *body, size_t length, struct wire_reading *out) {
    const struct wire_operation *row = wire_operation_named(upp_table, operation);
    ENSURE(row != NULL);
    const enum upp_kind kind = (enum upp_kind)row->kind;
    if (!reading_begin_long(out, http_status, body, length,
                            kind == UPP_BILLS ? UPP_BILLS_MAX : WIRE_JSON_MAX)) {
        if (kind == UPP_CLOSE && out->outcome == OUTCOME_UNKNOWN)
            read_upp_failure(kind, out);
    } else if (!sign_upp_verify(out->tree, upp_config(config)->key) &&
               !keep_unverified(kind, out)) {
        reading_malformed(out, wire_text(out->tree, "sign") == NULL ? "not signed"
                                                                    : "the signature is wrong");
    } else {
        reading_code(out, wire_text(out->tree, "kind"), wire_text(out->tree, "msg"));
        out->peer_time_ms = positive_of(wire_text(out->tree, "timestamp"));
        const cJSON *data = open_data(out->tree);
        if (says_success(out->tree))
            read_upp_success(kind, data, sent, out);
        else
            read_upp_failure(kind, out);
        if (out->unverified && out->outcome == OUTCOME_ACCEPTED)
            reading_own_words(out, "unverified: the signature is %s",
                              wire_text(out->tree, "sign") == NULL ? "missing" : "wrong");
    }
    out->answer.outcome = out->outcome;
    out->answer.document = out->document;
}
