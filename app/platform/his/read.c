/* What the HIS's answers mean for the money. `fail` is the only word that says "not credited". */
#include <stdio.h>
#include <string.h>

#include "app/base/log.h"
#include "app/platform/his/his.h"
#include "app/wire/json.h"
#include "app/wire/reading.h"

bool his_amount(const cJSON *object, const char *name, struct fen *out) {
    const char *text = wire_text(object, name);
    const char *point = text != NULL ? strchr(text, '.') : NULL;
    size_t length = text != NULL ? strlen(text) : 0;
    while (point != NULL && length > (size_t)(point - text) + 3 && text[length - 1] == '0')
        length--;
    return text != NULL && money_parse(text, length, out) == MONEY_OK;
}

/* Dictionary `result`. exp and closed decide nothing: ORG_004 is asked. */
static enum outcome settled_outcome(const char *result) {
    if (strcmp(result, "succ") == 0)
        return OUTCOME_ACCEPTED;
    if (strcmp(result, "fail") == 0)
        return OUTCOME_DECLINED;
    return OUTCOME_UNKNOWN;
}

/* Where the HIS names them: the platform's number of a settlement, its own of a refund. One that is
 * too long to be kept is none. */
static void read_numbers_of_refund(enum his_kind kind, struct wire_reading *out) {
    const char *trace = wire_text(out->tree, "trace_id");
    const char *refund = wire_text(out->tree, "org_refund_sn");
    if (kind == HIS_ASK_SETTLE && trace != NULL && strlen(trace) < sizeof out->answer.trace_id)
        memcpy(out->answer.trace_id, trace, strlen(trace) + 1);
    if (kind == HIS_CANCEL && refund != NULL && strlen(refund) < sizeof out->answer.no)
        memcpy(out->answer.no, refund, strlen(refund) + 1);
}

/* ORG_003, 004 and 005: `result` decides; call_sn is the HIS's own receipt. amp_trace_id comes back
 * only as an extension and says whose money paid. */
static void read_settled(enum his_kind kind, const cJSON *sent, struct wire_reading *out) {
    const cJSON *tree = out->tree;
    const char *result = wire_text(tree, "result");
    if (result == NULL || *result == '\0') {
        reading_malformed(out, "result is missing");
        return;
    }
    enum outcome outcome = settled_outcome(result);
    reading_code(out, result, wire_text(tree, "ret_msg"));
    if (!reading_id(out->answer.no, sizeof out->answer.no, tree, "call_sn") ||
        !reading_id(out->answer.in_no, sizeof out->answer.in_no, tree, "amp_trace_id")) {
        reading_malformed(out, "call_sn or amp_trace_id is too long");
        return;
    }
    if (!reading_echoes(tree, sent, "org_trace_no")) {
        reading_malformed(out, "org_trace_no is not the one sent");
        return;
    }
    bool has_number = kind == HIS_SETTLE || kind == HIS_PREORDER;
    if (has_number && outcome == OUTCOME_ACCEPTED && out->answer.no[0] == '\0') {
        reading_malformed(out, "call_sn is missing");
        return;
    }
    out->answer.has_amount = his_amount(tree, "deposit_amount", &out->answer.amount);
    read_numbers_of_refund(kind, out);
    out->outcome = outcome;
    if (outcome == OUTCOME_ACCEPTED && kind != HIS_CANCEL && kind != HIS_PREORDER)
        (void)his_read_guidance(tree, false, out);
}

static void read_accepted(const struct config *config, enum his_kind kind, const cJSON *sent,
                          struct wire_reading *out) {
    bool good = false;
    switch (kind) {
    case HIS_ACCOUNT:
        good = his_read_account(config, out->tree, sent, out);
        break;
    case HIS_BILLS:
        good = his_read_bills(config, out->tree, out);
        break;
    case HIS_TIPS:
        good = his_read_guidance(out->tree, true, out);
        break;
    case HIS_SETTLE:
    case HIS_ASK_SETTLE:
    case HIS_CANCEL:
    case HIS_PREORDER:
        read_settled(kind, sent, out);
        return;
    case HIS_HS_TRADES:
    case HIS_HS_CANCEL:
    case HIS_MMPC_FEES:
    case HIS_MMPC_LIST:
    case HIS_BOOKED: /* have forms of their own */
        return;
    }
    if (good)
        out->outcome = OUTCOME_ACCEPTED;
}

/* ret_code 01 and 02 refuse a question; about a settlement they say nothing. */
static enum outcome refused_outcome(enum his_kind kind, const char *code) {
    bool definite = strcmp(code, "01") == 0 || strcmp(code, "02") == 0;
    bool question = kind == HIS_ACCOUNT || kind == HIS_BILLS || kind == HIS_TIPS;
    return definite && question ? OUTCOME_DECLINED : OUTCOME_UNKNOWN;
}

/* A hospital's framework may answer {"code": -1} in place of its document's members: whatever it
 * means, it says nothing. */
static const char *his_other_code(const cJSON *tree, char number[CODE_SIZE]) {
    const cJSON *code = cJSON_GetObjectItemCaseSensitive(tree, "code");
    if (cJSON_IsNumber(code))
        snprintf(number, CODE_SIZE, "%.0f", code->valuedouble);
    return cJSON_IsNumber(code) ? number : wire_text(tree, "code");
}

void his_read(const struct config *config, const char *operation, const cJSON *sent,
              int http_status, const char *body, size_t length, struct wire_reading *out) {
    const struct wire_operation *row = wire_operation_named(his_table, operation);
    ENSURE(row != NULL);
    if (reading_begin(out, http_status, body, length) &&
        !his_read_insurance((enum his_kind)row->kind, sent, out)) {
        char number[CODE_SIZE];
        const char *code = wire_text(out->tree, "ret_code");
        const char *other = his_other_code(out->tree, number);
        if ((code == NULL || *code == '\0') && other != NULL) {
            reading_code(out, other, wire_text(out->tree, "msg"));
            out->outcome = OUTCOME_UNKNOWN;
        } else if (code == NULL || *code == '\0') {
            reading_malformed(out, "ret_code is missing");
        } else {
            reading_code(out, code, wire_text(out->tree, "ret_msg"));
            if (strcmp(code, "00") == 0)
                read_accepted(config, (enum his_kind)row->kind, sent, out);
            else
                out->outcome = refused_outcome((enum his_kind)row->kind, code);
        }
    }
    out->answer.outcome = out->outcome;
    out->answer.document = out->document;
}
