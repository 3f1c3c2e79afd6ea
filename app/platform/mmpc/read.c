/* What the centre's answers mean for the money. `code` 1 says only that the request was understood;
 * what became of an order says ordStas alone. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/base/clock.h"
#include "app/base/log.h"
#include "app/platform/mmpc/mmpc.h"
#include "app/wire/json.h"
#include "app/wire/reading.h"

#define WRAPPED_MAX 3 /* an answer may be wrapped so often in data, output or body */

/* An answer without what it is wrapped in. */
struct opened {
    const cJSON *level;       /* the innermost object */
    const char *code, *words; /* the first failure on the way in, else the first code; NULL: none */
    bool failed;
    const char *said; /* a text where the object was expected: a revoke may say "true" */
};

/* `code` 1 is a success, in the other generation 0 too; in its own envelope it is infcode 0. */
static bool is_success(enum mmpc_dialect dialect, bool infcode, const char *code) {
    if (infcode)
        return strcmp(code, "0") == 0;
    return strcmp(code, "1") == 0 || (dialect == MMPC_NATIONAL && strcmp(code, "0") == 0);
}

static void hear_level(enum mmpc_dialect dialect, struct opened *opened) {
    const char *infcode = wire_text(opened->level, "infcode");
    const char *code = infcode != NULL ? infcode : wire_text(opened->level, "code");
    if (code == NULL || *code == '\0' || opened->failed)
        return;
    const char *words = wire_text(opened->level, "message");
    opened->failed = !is_success(dialect, infcode != NULL, code);
    if (opened->code == NULL || opened->failed) {
        opened->code = code;
        opened->words = words != NULL ? words : wire_text(opened->level, "err_msg");
    }
}

/* The object inside; one that came as text is opened in its place. NULL: there is none. */
static const cJSON *inner_object(cJSON *level, const char **said) {
    static const char *const names[] = {"data", "output", "body"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        cJSON *item = cJSON_GetObjectItemCaseSensitive(level, names[i]);
        const char *text = wire_text_of(item), *ignored;
        if (text == NULL && cJSON_IsObject(item))
            return item;
        cJSON *open = text == NULL ? NULL : wire_parse(text, strlen(text), &ignored);
        if (cJSON_IsObject(open)) {
            cJSON_ReplaceItemInObjectCaseSensitive(level, names[i], open);
            return open;
        }
        cJSON_Delete(open);
        if (text != NULL)
            *said = text;
    }
    return NULL;
}

static struct opened open_answer(enum mmpc_dialect dialect, cJSON *tree) {
    struct opened opened = {.level = tree};
    hear_level(dialect, &opened);
    for (int i = 0; i < WRAPPED_MAX; i++) {
        const cJSON *inner = inner_object((cJSON *)opened.level, &opened.said);
        if (inner == NULL)
            break;
        opened.level = inner;
        hear_level(dialect, &opened);
    }
    return opened;
}

/* The public national list of ordStas. What no row names decides nothing. */
static const struct {
    const char *word;
    enum trade_state trade;
    enum outcome outcome;
} states[] = {
    {"0", TRADE_WAIT, OUTCOME_PENDING},     /* saved */
    {"1", TRADE_WAIT, OUTCOME_PENDING},     /* pre-settled */
    {"2", TRADE_SETTLING, OUTCOME_PENDING}, /* settling */
    {"3", TRADE_SETTLING, OUTCOME_PENDING}, /* own part done */
    {"4", TRADE_SETTLING, OUTCOME_PENDING}, /* insurance done */
    {"5", TRADE_SETTLING, OUTCOME_PENDING}, /* hospital done */
    {"6", TRADE_PAID, OUTCOME_ACCEPTED},    /* done */
    {"7", TRADE_RETURNED, OUTCOME_UNKNOWN},
    {"8", TRADE_INSURANCE_RETURNED, OUTCOME_UNKNOWN}, /* insurance part wholly refunded */
    {"9", TRADE_OWN_RETURNED, OUTCOME_UNKNOWN},       /* only own part, wholly */
    {"10", TRADE_HALF_RETURNED, OUTCOME_UNKNOWN},     /* only own part, in part */
    {"11", TRADE_HALF_RETURNED, OUTCOME_UNKNOWN},     /* insurance wholly, own part in part */
    {"12", TRADE_REVOKED, OUTCOME_UNKNOWN},
    {"13", TRADE_HALF_RETURNED, OUTCOME_UNKNOWN}, /* insurance revoked */
    {"14", TRADE_ABNORMAL, OUTCOME_UNKNOWN},
    {"15", TRADE_FAILED, OUTCOME_DECLINED},
    {"16", TRADE_OWN_STRANDED, OUTCOME_UNKNOWN}, /* insurance failed, own part not returned */
    {"17", TRADE_SETTLING, OUTCOME_PENDING},     /* refunding */
};

static void read_ord_stas(const char *word, struct wire_reading *out) {
    out->outcome = OUTCOME_UNKNOWN;
    out->answer.trade = TRADE_OTHER;
    for (size_t i = 0; i < sizeof states / sizeof states[0]; i++)
        if (strcmp(states[i].word, word) == 0) {
            out->answer.trade = states[i].trade;
            out->outcome = states[i].outcome;
        }
}

/* The centre's number, whole in `in_no`. */
static bool read_pay_order(const cJSON *order, struct wire_reading *out) {
    return reading_id(out->answer.in_no, sizeof out->answer.in_no, order, "payOrdId") &&
           reading_id(out->answer.no, sizeof out->answer.no, order, "payOrdId");
}

/* None of its two numbers may be another than was sent, and an order that was asked about by
 * medOrgOrd, which 1.3 and 1.4 list as required, is not named by payOrdId alone: that may be any
 * order's. Asked by payOrdId, which they do not list, medOrgOrd alone is taken, if it is the bill's
 * (is_expected_bill). */
static bool is_asked_order(const cJSON *order, const cJSON *asked, struct wire_reading *out) {
    bool named = reading_has(order, "medOrgOrd") || !reading_has(order, "payOrdId") ||
                 !reading_has(asked, "medOrgOrd");
    return (named && reading_echoes(order, asked, "medOrgOrd") &&
            reading_echoes(order, asked, "payOrdId")) ||
           reading_malformed(out, "medOrgOrd or payOrdId is not the one sent");
}

static bool names_order(const cJSON *order, const cJSON *asked, struct wire_reading *out) {
    if (!reading_has(order, "medOrgOrd") && !reading_has(order, "payOrdId"))
        return reading_malformed(out, "medOrgOrd is missing");
    return is_asked_order(order, asked, out) &&
           (read_pay_order(order, out) || reading_malformed(out, "payOrdId is too long"));
}

/* What is settled is known to the hospital by the insurance's own number. */
static void keep_settlement_no(const cJSON *order, struct wire_reading *out) {
    const char *no = wire_text(order, "hiDocSn");
    if (no != NULL && *no != '\0' && strlen(no) < OUT_NO_SIZE)
        memcpy(out->answer.no, no, strlen(no) + 1);
}

/* It is settled, and nobody can say from this who paid what: neither paid nor unpaid. */
static void read_contradiction(enum mmpc_split_state state, struct wire_reading *out) {
    out->outcome = OUTCOME_UNKNOWN;
    out->answer.trade = TRADE_CONTRADICTS;
    reading_own_words(out, "settled, and %s",
                      state == MMPC_SPLIT_MISSING ? "an amount of it is missing"
                                                  : "its amounts do not add up");
}

/* Whom the settlement has paid: a word that is none says nothing. */
static enum settled_part read_setl_type(const cJSON *order) {
    static const struct {
        const char *word;
        enum settled_part part;
    } types[] = {{"ALL", SETTLED_ALL}, {"HI", SETTLED_INSURANCE}, {"CASH", SETTLED_OWN}};
    const char *word = wire_text(order, "setlType");
    for (size_t i = 0; word != NULL && i < sizeof types / sizeof types[0]; i++)
        if (strcmp(types[i].word, word) == 0)
            return types[i].part;
    return SETTLED_UNSAID;
}

/* 1.3. While it is under way an order's amounts may be missing; once done they must add up. */
static void read_order(const cJSON *order, const cJSON *asked, struct wire_reading *out) {
    const char *word = wire_text(order, "ordStas"), *time = wire_text(order, "hiChrgTime");
    struct mmpc_split split;
    if (word == NULL || *word == '\0') {
        reading_malformed(out, "ordStas is missing");
        return;
    }
    if (!names_order(order, asked, out))
        return;
    reading_code(out, word, out->message);
    read_ord_stas(word, out);
    enum mmpc_split_state state = mmpc_read_split(order, &split);
    bool settled = out->answer.trade == TRADE_PAID;
    if (settled && state != MMPC_SPLIT_GOOD)
        read_contradiction(state, out);
    out->answer.has_amount = state == MMPC_SPLIT_GOOD || (settled && state == MMPC_SPLIT_ODD);
    if (out->answer.has_amount) {
        out->answer.amount = split.cost;
        out->answer.at_least = split.at_least;
        out->answer.split = (struct split){split.fund, split.account, split.own, split.prepaid};
    }
    if (time != NULL)
        (void)clock_parse(time, &out->answer.time_ms);
    if (settled) {
        keep_settlement_no(order, out);
        out->answer.settled = (uint8_t)read_setl_type(order);
    }
    if (out->outcome == OUTCOME_ACCEPTED)
        out->document = &mmpc_read_settlement(order)->head;
}

/* 1.4: taken, not done: 1.3 says what became of it, unless refStatus says so at once. */
static void read_taken_refund(const cJSON *refund, const cJSON *asked, struct wire_reading *out) {
    const char *status = wire_text(refund, "refStatus");
    struct fen sum;
    bool named = reading_has(refund, "medOrgOrd") || reading_has(refund, "payOrdId");
    if (!is_asked_order(refund, asked, out))
        return;
    if (status == NULL && !named) {
        reading_malformed(out, "medOrgOrd is missing");
        return;
    }
    if (status == NULL && !reading_amount(refund, "feeSumamt", &sum)) {
        reading_malformed(out, "feeSumamt is missing or no amount");
        return;
    }
    out->outcome = status == NULL                ? OUTCOME_PENDING
                   : strcmp(status, "SUCC") == 0 ? OUTCOME_ACCEPTED
                   : strcmp(status, "FAIL") == 0 ? OUTCOME_DECLINED
                                                 : OUTCOME_UNKNOWN;
    out->answer.trade = out->outcome == OUTCOME_ACCEPTED   ? TRADE_RETURNED
                        : out->outcome == OUTCOME_DECLINED ? TRADE_RETURN_FAILED
                        : out->outcome == OUTCOME_PENDING  ? TRADE_WAIT
                                                           : TRADE_OTHER;
}

static bool is_link(const char *text) {
    return reading_is_whole_word(text) &&
           (strncmp(text, "http://", 7) == 0 || strncmp(text, "https://", 8) == 0);
}

/* 1.5: where the bill is fetched. */
static void read_bill_link(const cJSON *bill, struct wire_reading *out) {
    const char *url = wire_text(bill, "downloadUrl");
    if (url == NULL || *url == '\0')
        reading_malformed(out, "downloadUrl is missing");
    else if (!is_link(url))
        reading_malformed(out, "downloadUrl is no link");
    else
        out->outcome = OUTCOME_ACCEPTED;
}

static void show_link(const cJSON *order, const char *url, bool alipay_only,
                      struct wire_reading *out) {
    struct pay_link *link = mmpc_link_with_lines(order);
    ENSURE(strlen(url) < sizeof link->url);
    link->alipay_only = alipay_only;
    memcpy(link->url, url, strlen(url) + 1);
    out->document = &link->head;
}

/* Without an address from the centre the link of 1.2 is shown: it wants no openId by Alipay only.
 */
static void make_cashier_link(const struct config *config, const cJSON *order, const cJSON *asked,
                              struct wire_reading *out) {
    struct wire_request request;
    struct wire_complaint complaint;
    const char *number = wire_text(asked, "medOrgOrd");
    cJSON *members = cJSON_CreateObject();
    cJSON_AddStringToObject(members, "medOrgOrd", number != NULL ? number : "");
    if (platform_mmpc.build(config, "cashier", members, 0, &request, &complaint)) {
        if (strlen(request.url) < PAY_LINK_SIZE)
            show_link(order, request.url, true, out);
        wire_request_free(&request);
    }
    cJSON_Delete(members);
}

/* 1.6: the order's number there, its token, and perhaps where it is paid. */
static void read_upload(const struct config *config, const cJSON *order, const cJSON *asked,
                        struct wire_reading *out) {
    const char *url = wire_text(order, "cashierUrl"), *token = wire_text(order, "payToken");
    if (!reading_echoes(order, asked, "medOrgOrd")) {
        reading_malformed(out, "medOrgOrd is not the one sent");
        return;
    }
    if (!read_pay_order(order, out) || out->answer.no[0] == '\0') {
        reading_malformed(out, "payOrdId is missing or too long");
        return;
    }
    if (url != NULL && *url != '\0' && (strlen(url) >= PAY_LINK_SIZE || !is_link(url))) {
        reading_malformed(out, "cashierUrl is no link, or too long for a QR code");
        return;
    }
    out->outcome = OUTCOME_ACCEPTED;
    if (url == NULL || *url == '\0')
        make_cashier_link(config, order, asked, out);
    else
        show_link(order, url, false, out);
    struct pay_link *link = (struct pay_link *)(void *)out->document;
    if (link != NULL && mmpc_names_person(config) && token != NULL &&
        strlen(token) < sizeof link->pay_token)
        memcpy(link->pay_token, token, strlen(token) + 1);
}

/* What the gateway makes of a code: what 1.6 wants. */
static void read_token(const cJSON *person, struct wire_reading *out) {
    if (!reading_id(out->answer.in_no, sizeof out->answer.in_no, person, "ecToken") ||
        out->answer.in_no[0] == '\0')
        reading_malformed(out, "ecToken is missing or too long");
    else
        out->outcome = OUTCOME_ACCEPTED;
}

/* 1.7 and 1.8: a flag, which may come as the text of the data itself. */
static void read_success(const struct opened *opened, const cJSON *asked,
                         struct wire_reading *out) {
    if (!is_asked_order(opened->level, asked, out))
        return;
    const char *word = wire_text(opened->level, "success");
    if (word == NULL)
        word = opened->said;
    bool yes = word != NULL &&
               (strcmp(word, "true") == 0 || strcmp(word, "TRUE") == 0 || strcmp(word, "1") == 0);
    bool no = word != NULL &&
              (strcmp(word, "false") == 0 || strcmp(word, "FALSE") == 0 || strcmp(word, "0") == 0);
    if (!yes && !no)
        reading_malformed(out, "success is missing or no flag");
    else
        out->outcome = yes ? OUTCOME_ACCEPTED : OUTCOME_DECLINED;
}

/* A refusal of a question is one; about an order's money it says nothing. */
static enum outcome failed_outcome(enum mmpc_kind kind) {
    return kind == MMPC_QUERY || kind == MMPC_REFUND ? OUTCOME_UNKNOWN : OUTCOME_DECLINED;
}

/* Asked about by payOrdId the bill's own number was not sent: another one is another bill's. */
static bool is_expected_bill(const cJSON *answer, const cJSON *sent, struct wire_reading *out) {
    return reading_echoes(answer, wire_member(sent, WIRE_EXPECTED), "medOrgOrd") ||
           reading_malformed(out, "medOrgOrd is another bill's");
}

static void read_opened(const struct config *config, enum mmpc_kind kind,
                        const struct opened *opened, const cJSON *asked, struct wire_reading *out) {
    switch (kind) {
    case MMPC_CASHIER: /* is shown, not sent */
        return;
    case MMPC_QUERY:
        read_order(opened->level, asked, out);
        return;
    case MMPC_REFUND:
        read_taken_refund(opened->level, asked, out);
        return;
    case MMPC_BILL:
        read_bill_link(opened->level, out);
        return;
    case MMPC_UPLOAD:
        read_upload(config, opened->level, asked, out);
        return;
    case MMPC_REVOKE:
    case MMPC_NOTICE:
        read_success(opened, asked, out);
        return;
    case MMPC_DECODE:
        read_token(opened->level, out);
        return;
    }
}

/* Opened where it is sealed; true when there is something to read. */
static bool unseal_answer(const struct mmpc_config *mmpc, enum mmpc_kind kind,
                          struct wire_reading *out) {
    const char *code = wire_text(out->tree, "code");
    bool failed = code != NULL && *code != '\0' && !is_success(mmpc->dialect, false, code);
    return !mmpc->sealed || kind == MMPC_DECODE || sealed_open(&mmpc->keys, failed, out);
}

void mmpc_read(const struct config *config, const char *operation, const cJSON *sent,
               int http_status, const char *body, size_t length, struct wire_reading *out) {
    const struct wire_operation *row = wire_operation_named(mmpc_table, operation);
    const struct mmpc_config *mmpc = mmpc_config(config);
    ENSURE(row != NULL);
    if (reading_begin(out, http_status, body, length) &&
        unseal_answer(mmpc, (enum mmpc_kind)row->kind, out)) {
        struct opened opened = open_answer(mmpc->dialect, out->tree);
        const cJSON *asked =
            mmpc->sealed && row->kind != MMPC_DECODE ? wire_member(sent, "data") : sent;
        if (opened.code == NULL) {
            reading_malformed(out, "code is missing");
        } else {
            reading_code(out, opened.code, opened.words);
            if (opened.failed)
                out->outcome = failed_outcome((enum mmpc_kind)row->kind);
            else if (is_expected_bill(opened.level, sent, out))
                read_opened(config, (enum mmpc_kind)row->kind, &opened, asked, out);
        }
    }
    out->answer.outcome = out->outcome;
    out->answer.document = out->document;
}
