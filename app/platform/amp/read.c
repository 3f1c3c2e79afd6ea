/* What the portal's answers mean for the money: first its code, then the state of what was asked.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/base/log.h"
#include "app/platform/amp/amp.h"
#include "app/wire/json.h"
#include "app/wire/reading.h"

#define DIGEST_DIGITS 40 /* SHA-1 */

/* An answer's parts, whatever its form: `code message data` or `respCode respMsg param`. */
struct amp_said {
    const char *code, *message;
    const cJSON *data;
};

/* The document's codes (响应码说明). Those that say nothing of what was asked are asked about:
 * 000001 has two meanings, 010010 is a repetition that was not heard, -6 a limit, behind which
 * something may have been heard. */
static const struct {
    const char *code;
    enum outcome outcome;
} amp_codes[] = {
    {"000000", OUTCOME_ACCEPTED}, {"0", OUTCOME_ACCEPTED},      {"-2", OUTCOME_DECLINED},
    {"-4", OUTCOME_DECLINED},     {"-5", OUTCOME_DECLINED},     {"-8", OUTCOME_DECLINED},
    {"000105", OUTCOME_DECLINED}, {"404404", OUTCOME_DECLINED}, {"000001", OUTCOME_UNKNOWN},
    {"000002", OUTCOME_UNKNOWN},  {"000003", OUTCOME_UNKNOWN},  {"000100", OUTCOME_UNKNOWN},
    {"000101", OUTCOME_UNKNOWN},  {"000102", OUTCOME_UNKNOWN},  {"010010", OUTCOME_UNKNOWN},
    {"-1", OUTCOME_UNKNOWN},      {"-3", OUTCOME_UNKNOWN},      {"-6", OUTCOME_UNKNOWN},
    {"-7", OUTCOME_UNKNOWN},      {"444444", OUTCOME_UNKNOWN}};

/* -1: the document does not have it. */
static int amp_code_row(const char *code) {
    for (size_t i = 0; i < sizeof amp_codes / sizeof amp_codes[0]; i++)
        if (strcmp(amp_codes[i].code, code) == 0)
            return (int)i;
    return -1;
}

enum outcome amp_code_outcome(const char *code) {
    int row = amp_code_row(code);
    return row < 0 ? OUTCOME_UNKNOWN : amp_codes[row].outcome;
}

static const char *amp_code_of(const cJSON *tree) {
    const char *code = wire_text(tree, "respCode");
    return code != NULL && *code != '\0' ? code : wire_text(tree, "code");
}

/* A nested object may come as text. */
static const cJSON *open_amp_data(cJSON *tree) {
    const char *name = wire_member(tree, "data") != NULL ? "data" : "param", *ignored;
    cJSON *item = cJSON_GetObjectItemCaseSensitive(tree, name);
    const char *text = item == NULL ? NULL : wire_text_of(item);
    cJSON *open = text == NULL ? NULL : wire_parse(text, strlen(text), &ignored);
    if (open == NULL)
        return item;
    cJSON_ReplaceItemInObjectCaseSensitive(tree, name, open);
    return open;
}

static bool hear_tree(struct wire_reading *out, struct amp_said *said) {
    const char *words = wire_text(out->tree, "respMsg");
    said->code = amp_code_of(out->tree);
    said->message = words != NULL ? words : wire_text(out->tree, "message");
    if (said->code == NULL || *said->code == '\0')
        return reading_malformed(out, "code is missing");
    said->data = open_amp_data(out->tree);
    return true;
}

static bool is_amp_done(const char *code) {
    return amp_code_outcome(code) == OUTCOME_ACCEPTED;
}

/* What MobileTrans returned and what it left in its buffer must say the same. */
static bool open_mobile_trans(struct wire_reading *out, struct amp_said *said) {
    bool left;
    if (!reading_library(out, is_amp_done, &left))
        return false;
    said->code = wire_text(out->tree, "returned");
    bool done = is_amp_done(said->code);
    if (!left)
        return true;
    if (!hear_tree(out, said))
        return false;
    bool says_done = is_amp_done(said->code);
    if (done && !says_done)
        return true; /* the call was made, its answer refuses */
    said->code = wire_text(out->tree, "returned");
    return done == says_done ||
           reading_malformed(out, "the library returned another code than its output has");
}

static bool open_amp(const struct amp_config *amp, struct wire_reading *out,
                     struct amp_said *said) {
    if (amp->by_library)
        return open_mobile_trans(out, said);
    const char *code = amp_code_of(out->tree);
    bool failed = code != NULL && *code != '\0' && !is_amp_done(code);
    return sealed_open(&amp->keys, failed, out) && hear_tree(out, said);
}

static void read_push(const cJSON *data, struct wire_reading *out) {
    const char *word = wire_text(data, "response");
    if (word == NULL || *word == '\0') {
        reading_malformed(out, "response is missing");
        return;
    }
    char code[CODE_SIZE];
    snprintf(code, sizeof code, "%s", out->code);
    reading_code(out, code, word);
    out->outcome = strcmp(word, "SUCCESS") == 0 ? OUTCOME_ACCEPTED
                   : strcmp(word, "ERROR") == 0 || strcmp(word, "INVALID_PUSH_TYPE") == 0
                       ? OUTCOME_DECLINED
                       : OUTCOME_UNKNOWN;
}

/* tradeStatus of a refund. EXP, and none at all, decide nothing. */
static const struct {
    const char *word;
    enum trade_state trade;
    enum outcome outcome;
} statuses[] = {{"SUCCESS", TRADE_RETURNED, OUTCOME_ACCEPTED},
                {"REFUND", TRADE_RETURNED, OUTCOME_ACCEPTED},
                {"FAIL", TRADE_RETURN_FAILED, OUTCOME_DECLINED},
                {"INIT", TRADE_WAIT, OUTCOME_PENDING},
                {"ING", TRADE_WAIT, OUTCOME_PENDING}};

static bool names_refund(const cJSON *data, const cJSON *asked, struct wire_reading *out) {
    static const char *const echoed[] = {"traceId", "ampRefundId", "refundTraceId", "outRefundNo"};
    if (!reading_has(data, "ampRefundId") && !reading_has(data, "refundTraceId"))
        return reading_malformed(out, "ampRefundId is missing");
    if (!reading_has(data, "traceId"))
        return reading_malformed(out, "traceId is missing");
    for (size_t i = 0; i < sizeof echoed / sizeof echoed[0]; i++)
        if (!reading_echoes(data, asked, echoed[i]))
            return reading_malformed(out, "%s is not the one sent", echoed[i]);
    return reading_id(out->answer.no, sizeof out->answer.no, data, "ampRefundId") ||
           reading_malformed(out, "ampRefundId is too long");
}

static void read_refund_status(const cJSON *data, const cJSON *asked, struct wire_reading *out) {
    const char *word = wire_text(data, "tradeStatus");
    if (!names_refund(data, asked, out))
        return;
    out->answer.trade = TRADE_OTHER;
    out->outcome = OUTCOME_UNKNOWN;
    for (size_t i = 0; word != NULL && i < sizeof statuses / sizeof statuses[0]; i++)
        if (strcmp(statuses[i].word, word) == 0) {
            out->answer.trade = statuses[i].trade;
            out->outcome = statuses[i].outcome;
        }
    if (word != NULL && *word != '\0')
        reading_code(out, word, wire_text(data, "tradeStatusDesc"));
}

static bool is_hexadecimal(const char *text, size_t digits) {
    return strlen(text) == digits && text[strspn(text, "0123456789abcdefABCDEF")] == '\0';
}

/* Where the file lies for a minute, and what it must be. */
static void read_trade_file_link(const cJSON *data, struct wire_reading *out) {
    const char *digest = wire_text(data, "digest"), *type = wire_text(data, "digestType");
    const char *url = wire_text(data, "downloadUrl");
    bool http =
        url != NULL && (strncmp(url, "http://", 7) == 0 || strncmp(url, "https://", 8) == 0);
    if (digest == NULL || !is_hexadecimal(digest, DIGEST_DIGITS))
        reading_malformed(out, "digest is missing or no SHA-1");
    else if (type != NULL && *type != '\0' && strcasecmp(type, "SHA1") != 0 &&
             strcasecmp(type, "SHA-1") != 0)
        reading_malformed(out, "digestType is not SHA1");
    else if (!http || url[strcspn(url, " \t\r\n")] != '\0')
        reading_malformed(out, "downloadUrl is missing or no link");
    else
        out->outcome = OUTCOME_ACCEPTED;
}

static void read_amp_kind(enum amp_kind kind, const struct amp_said *said, const cJSON *asked,
                          struct wire_reading *out) {
    switch (kind) {
    case AMP_PUSH:
        read_push(said->data, out);
        return;
    case AMP_REFUND:
    case AMP_REFUND_QUERY:
        read_refund_status(said->data, asked, out);
        return;
    case AMP_TRADE_FILE:
        read_trade_file_link(said->data, out);
        return;
    }
}

void amp_read(const struct config *config, const char *operation, const cJSON *sent,
              int http_status, const char *body, size_t length, struct wire_reading *out) {
    const struct wire_operation *row = wire_operation_named(amp_table, operation);
    const struct amp_config *amp = amp_config(config);
    struct amp_said said = {0};
    ENSURE(row != NULL);
    if (reading_begin(out, http_status, body, length) && open_amp(amp, out, &said)) {
        reading_code(out, said.code, said.message);
        out->outcome = amp_code_outcome(said.code);
        out->answer.code_is_word = amp_code_row(said.code) >= 0;
        /* A refused question says nothing of the refund that it asks about. */
        if (out->outcome == OUTCOME_DECLINED && row->kind == AMP_REFUND_QUERY)
            out->outcome = OUTCOME_UNKNOWN;
        if (out->outcome == OUTCOME_ACCEPTED)
            read_amp_kind((enum amp_kind)row->kind, &said, wire_member(sent, "data"), out);
        out->unverified = amp->by_library; /* what the library checks it does not say */
    }
    out->answer.outcome = out->outcome;
    out->answer.document = out->document;
}
