/* What onepay's answers mean for the money. An answer that does not verify says nothing, a code
 * that the document does not decide is asked about. */
#include <string.h>

#include "app/base/clock.h"
#include "app/base/log.h"
#include "app/platform/onepay/onepay.h"
#include "app/wire/json.h"
#include "app/wire/reading.h"

#define CODE_DONE "000000"
#define CODE_NEVER_PAID "040007" /* of a refund: the payment did not succeed */
#define NO_QR_CODE "0"

static enum outcome outcome_of(enum onepay_meaning meaning) {
    switch (meaning) {
    case ONEPAY_DONE:
        return OUTCOME_ACCEPTED;
    case ONEPAY_REFUSED:
        return OUTCOME_DECLINED;
    case ONEPAY_WAITS:
        return OUTCOME_PENDING;
    case ONEPAY_ASK:
    case ONEPAY_PERSON:
        break;
    }
    return OUTCOME_UNKNOWN;
}

static void read_moment(const cJSON *param, const char *name, struct wire_reading *out) {
    const char *text = wire_text(param, name);
    if (text != NULL)
        (void)clock_parse(text, &out->answer.time_ms);
}

static enum channel wallet_of(const cJSON *param) {
    static const struct {
        const char *begins;
        enum channel channel;
    } wallets[] = {{"ALI", CHANNEL_ALIPAY}, {"WX", CHANNEL_WECHAT}, {"UP", CHANNEL_UNIONPAY}};
    const char *mode = wire_text(param, "tradeMode");
    for (size_t i = 0; mode != NULL && i < sizeof wallets / sizeof wallets[0]; i++)
        if (strncmp(mode, wallets[i].begins, strlen(wallets[i].begins)) == 0)
            return wallets[i].channel;
    return CHANNEL_NONE;
}

/* traceNo names the payment in every later message. */
static bool read_trace(const cJSON *param, const char *name, bool needed,
                       struct wire_reading *out) {
    if (!reading_id(out->answer.no, OUT_NO_SIZE, param, name))
        return reading_malformed(out, "param.%s is too long", name);
    if (needed && out->answer.no[0] == '\0')
        return reading_malformed(out, "param.%s is missing", name);
    return true;
}

/* "0" means none. */
static bool read_qr_code(const cJSON *param, struct wire_reading *out) {
    const char *url = wire_text(param, "qrcode");
    if (url == NULL || *url == '\0' || strcmp(url, NO_QR_CODE) == 0)
        return true;
    return reading_pay_link(out, "param.qrcode", url);
}

/* Recharge and recpay: 000000 says that it was placed; that it is paid says the query alone. */
static void read_onepay_pay(const struct onepay_said *said, struct wire_reading *out) {
    enum onepay_meaning meaning = onepay_code_meaning(said->code, ONEPAY_ACT_PAY);
    if (meaning != ONEPAY_DONE) {
        out->outcome = outcome_of(meaning);
        out->answer.trade = meaning == ONEPAY_REFUSED ? TRADE_FAILED
                            : meaning == ONEPAY_WAITS ? TRADE_WAIT
                                                      : TRADE_NONE;
        return;
    }
    if (!reading_id(out->answer.in_no, sizeof out->answer.in_no, said->param, "chargeNo")) {
        reading_malformed(out, "param.chargeNo is too long");
        return;
    }
    if (!read_trace(said->param, "traceNo", true, out) || !read_qr_code(said->param, out))
        return;
    out->answer.paid_by = wallet_of(said->param);
    out->answer.trade = TRADE_WAIT;
    out->outcome = OUTCOME_PENDING;
}

/* Table of results: what they say of a payment, and of a refund. */
static const struct {
    const char *word;
    enum trade_state pay;
    enum outcome pay_outcome;
    enum trade_state refund;
    enum outcome refund_outcome;
} results[] = {
    {"succ", TRADE_PAID, OUTCOME_ACCEPTED, TRADE_RETURNED, OUTCOME_ACCEPTED},
    /* A refund that failed or is not known is sent again under its number. */
    {"fail", TRADE_FAILED, OUTCOME_DECLINED, TRADE_NONE, OUTCOME_UNKNOWN},
    {"notfound", TRADE_ABSENT, OUTCOME_UNKNOWN, TRADE_NONE, OUTCOME_UNKNOWN},
    {"closed", TRADE_CLOSED, OUTCOME_DECLINED, TRADE_OTHER, OUTCOME_UNKNOWN},
    {"init", TRADE_WAIT, OUTCOME_PENDING, TRADE_WAIT, OUTCOME_PENDING},
    {"ing", TRADE_WAIT, OUTCOME_PENDING, TRADE_WAIT, OUTCOME_PENDING},
    {"exp", TRADE_OTHER, OUTCOME_UNKNOWN, TRADE_OTHER, OUTCOME_UNKNOWN},
};

static void read_result(const cJSON *param, bool refund, struct wire_reading *out) {
    const char *word = wire_text(param, "result");
    out->answer.trade = TRADE_OTHER;
    for (size_t i = 0; word != NULL && i < sizeof results / sizeof results[0]; i++) {
        if (strcmp(results[i].word, word) != 0)
            continue;
        out->answer.trade = refund ? results[i].refund : results[i].pay;
        out->outcome = refund ? results[i].refund_outcome : results[i].pay_outcome;
    }
    /* The result is what the query found: it stands where a code stands. */
    if (word != NULL)
        reading_code(out, word, wire_text(param, "resultDesc"));
}

/* The document has two names for the number of what was asked about: traceNo, which it promises to
 * who asks by outTradeNo, and origTraceNo. The first that is there must be the one sent, because
 * every later question goes by it. */
static bool read_asked_trace(const cJSON *param, const cJSON *asked, struct wire_reading *out) {
    const char *name = reading_has(param, "traceNo") ? "traceNo" : "origTraceNo";
    bool compared = reading_has(param, name) && reading_has(asked, "traceNo");
    if (compared && strcmp(wire_text(param, name), wire_text(asked, "traceNo")) != 0)
        return reading_malformed(out, "param.%s is not the traceNo sent", name);
    if (!reading_echoes(param, asked, "outTradeNo"))
        return reading_malformed(out, "param.outTradeNo is not the one sent");
    return read_trace(param, name, false, out);
}

/* A query that was not answered by 000000 knows nothing of the money, whatever its code. */
static void read_onepay_query(const struct onepay_said *said, const cJSON *asked,
                              struct wire_reading *out) {
    const char *type = wire_text(asked, "tradeType");
    bool refund = type != NULL && strcmp(type, "hop.trade.refund") == 0;
    if (strcmp(said->code, CODE_DONE) != 0) {
        out->answer.trade = TRADE_OTHER;
        return;
    }
    if (wire_text(said->param, "result") == NULL) {
        reading_malformed(out, "param.result is missing");
        return;
    }
    if (!read_asked_trace(said->param, asked, out))
        return;
    read_moment(said->param, "origTraceTime", out);
    out->answer.paid_by = wallet_of(said->param);
    read_result(said->param, refund, out);
}

static void read_onepay_close(const struct onepay_said *said, const cJSON *asked,
                              struct wire_reading *out) {
    enum onepay_meaning meaning = onepay_code_meaning(said->code, ONEPAY_ACT_CLOSE);
    if (!reading_echoes(said->param, asked, "outChargeNo")) {
        reading_malformed(out, "param.outChargeNo is not the one sent");
        return;
    }
    out->answer.not_closed = meaning == ONEPAY_REFUSED;
    out->outcome = outcome_of(meaning);
}

/* The money that went back is succAmount, which may be less than asked. */
static void read_onepay_refund(const struct onepay_said *said, const cJSON *asked,
                               struct wire_reading *out) {
    enum onepay_meaning meaning = onepay_code_meaning(said->code, ONEPAY_ACT_REFUND);
    const char *amount = wire_text(said->param, "succAmount");
    bool never_paid = strcmp(said->code, CODE_NEVER_PAID) == 0;
    if (!reading_echoes(said->param, asked, "outRefundNo")) {
        reading_malformed(out, "param.outRefundNo is not the one sent");
        return;
    }
    if (!read_trace(said->param, "traceNo", false, out))
        return;
    out->outcome = outcome_of(meaning);
    out->answer.trade = meaning == ONEPAY_DONE      ? TRADE_RETURNED
                        : never_paid                ? TRADE_FAILED
                        : meaning == ONEPAY_REFUSED ? TRADE_RETURN_FAILED
                        : meaning == ONEPAY_WAITS   ? TRADE_WAIT
                        : meaning == ONEPAY_PERSON  ? TRADE_ABNORMAL
                                                    : TRADE_OTHER;
    if (meaning != ONEPAY_DONE || amount == NULL || *amount == '\0')
        return;
    if (!reading_amount(said->param, "succAmount", &out->answer.amount) ||
        out->answer.amount.fen < 0) {
        reading_malformed(out, "param.succAmount is no amount");
        return;
    }
    out->answer.has_amount = true;
    read_moment(said->param, "traceTime", out);
}

/* Of what moves no money a code that is not 000000 is a refusal, unless it says that it does not
 * know itself. */
static enum outcome outcome_of_question(const char *code) {
    static const char *const unsure[] = {"999999", "055001", "039001", "044003", "-3", "-28"};
    for (size_t i = 0; i < sizeof unsure / sizeof unsure[0]; i++)
        if (strcmp(unsure[i], code) == 0)
            return OUTCOME_UNKNOWN;
    return strcmp(code, CODE_DONE) == 0 ? OUTCOME_ACCEPTED : OUTCOME_DECLINED;
}

/* "succ", "ing", and everything else a no. */
static void read_state_word(const cJSON *param, const char *name, struct wire_reading *out) {
    const char *word = wire_text(param, name);
    if (word == NULL || *word == '\0')
        reading_malformed(out, "param.%s is missing", name);
    else if (strcmp(word, "ing") == 0)
        out->outcome = OUTCOME_PENDING;
    else if (strcmp(word, "succ") != 0)
        out->outcome = OUTCOME_DECLINED;
}

static void read_onepay_question(const struct config *config, enum onepay_kind kind,
                                 const struct onepay_said *said, const cJSON *asked,
                                 struct wire_reading *out) {
    out->outcome = outcome_of_question(said->code);
    if (out->outcome != OUTCOME_ACCEPTED)
        return;
    if (kind == ONEPAY_ACCOUNT)
        onepay_read_account(config, said->param, asked, out);
    else if (kind == ONEPAY_AUTHORISE)
        read_state_word(said->param, "authStatus", out);
    else if (kind == ONEPAY_PUSH)
        read_state_word(said->param, "notifyState", out);
}

static void read_onepay_kind(const struct config *config, enum onepay_kind kind,
                             const struct onepay_said *said, const cJSON *asked,
                             struct wire_reading *out) {
    switch (kind) {
    case ONEPAY_PAY:
        read_onepay_pay(said, out);
        return;
    case ONEPAY_QUERY:
        read_onepay_query(said, asked, out);
        return;
    case ONEPAY_CLOSE:
        read_onepay_close(said, asked, out);
        return;
    case ONEPAY_REFUND:
        read_onepay_refund(said, asked, out);
        return;
    case ONEPAY_ACCOUNT:
    case ONEPAY_WRISTBAND:
    case ONEPAY_AUTHORISE:
    case ONEPAY_PUSH:
    case ONEPAY_NOTICE:
        read_onepay_question(config, kind, said, asked, out);
        return;
    }
}

/* The peer's words, else the document's for its code. */
static void keep_code(const struct onepay_said *said, struct wire_reading *out) {
    bool silent = said->message == NULL || said->message[0] == '\0';
    const char *words = onepay_code_words(said->code, LANGUAGE_ZH);
    reading_code(out, said->code, said->message);
    if (silent && words != NULL)
        reading_own_words(out, "%s", words);
}

void onepay_read(const struct config *config, const char *operation, const cJSON *sent,
                 int http_status, const char *body, size_t length, struct wire_reading *out) {
    const struct wire_operation *row = wire_operation_named(onepay_table, operation);
    const struct onepay_config *onepay = onepay_config(config);
    struct onepay_said said = {0};
    ENSURE(row != NULL);
    if (onepay_open(onepay, sent, http_status, body, length, out, &said)) {
        bool envelope = onepay->backend == ONEPAY_HTTP && onepay->wire == ONEPAY_ENVELOPE;
        const char *asked = envelope ? "data" : "param";
        keep_code(&said, out);
        read_onepay_kind(config, (enum onepay_kind)row->kind, &said, wire_member(sent, asked), out);
    }
    out->answer.outcome = out->outcome;
    out->answer.document = out->document;
}
