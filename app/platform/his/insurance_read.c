/* What the HIS answers about insurance. None of it moves money at the terminal; only ids and
 * amounts are required. */
#include <string.h>

#include "app/platform/his/his.h"
#include "app/wire/json.h"
#include "app/wire/reading.h"

#define DECIMALS_MAX 6 /* of a detail's total: kept as text */

/* "40.123456": a detail's total has more decimals than money has. */
static bool is_detail_amount(const char *text) {
    if (text == NULL)
        return false;
    text += *text == '-';
    size_t whole = strspn(text, "0123456789");
    size_t decimals = text[whole] == '.' ? strspn(text + whole + 1, "0123456789") : 0;
    bool ends = text[whole] == '\0' ||
                (text[whole] == '.' && decimals > 0 && text[whole + 1 + decimals] == '\0');
    return whole > 0 && whole <= 12 && decimals <= DECIMALS_MAX && ends;
}

static bool has_own_id(const cJSON *row, const char *name) {
    const char *text = wire_text(row, name);
    return text != NULL && *text != '\0' && strlen(text) < IN_NO_SIZE;
}

static bool check_row(const cJSON *row, const char *list, const char *const *ids,
                      const char *amount, struct wire_reading *out) {
    for (; *ids != NULL; ids++)
        if (!has_own_id(row, *ids))
            return reading_malformed(out, "%s: %s is missing or too long", list, *ids);
    return is_detail_amount(wire_text(row, amount)) ||
           reading_malformed(out, "%s: %s is missing or no amount", list, amount);
}

/* Each row has its ids and its amount. An absent list is malformed. */
static bool check_rows(const cJSON *holder, const char *list, const char *const *ids,
                       const char *amount, struct wire_reading *out) {
    const cJSON *rows = wire_member(holder, list);
    bool good = cJSON_IsArray(rows) || reading_malformed(out, "%s is missing", list);
    for (const cJSON *row = good ? rows->child : NULL; good && row != NULL; row = row->next)
        good = check_row(row, list, ids, amount, out);
    return good;
}

static bool is_page(const cJSON *tree, const char *name) {
    const char *text = wire_text(tree, name);
    return text == NULL || *text == '\0' ||
           (strlen(text) <= 6 && text[strspn(text, "0123456789")] == '\0');
}

/* ORG_008 has no ret_code; one that comes all the same is heard. */
static void read_hs_trades(struct wire_reading *out) {
    static const char *const ids[] = {"setl_id", "mdtrt_id", NULL};
    const char *code = wire_text(out->tree, "ret_code");
    if (code != NULL && *code != '\0')
        reading_code(out, code, wire_text(out->tree, "ret_msg"));
    if (code != NULL && *code != '\0' && strcmp(code, "00") != 0) {
        bool definite = strcmp(code, "01") == 0 || strcmp(code, "02") == 0;
        out->outcome = definite ? OUTCOME_DECLINED : OUTCOME_UNKNOWN;
        return;
    }
    if (!is_page(out->tree, "current") || !is_page(out->tree, "pages"))
        reading_malformed(out, "current or pages is no number");
    else if (check_rows(out->tree, "billdetail", ids, "medfee_sumamt", out))
        out->outcome = OUTCOME_ACCEPTED;
}

/* ORG_009 changes a settlement: only 00 says what became of it. */
static void read_hs_cancel(struct wire_reading *out) {
    const char *code = wire_text(out->tree, "ret_code");
    if (code == NULL || *code == '\0') {
        reading_malformed(out, "ret_code is missing");
        return;
    }
    reading_code(out, code, wire_text(out->tree, "ret_msg"));
    out->outcome = strcmp(code, "00") == 0 ? OUTCOME_ACCEPTED : OUTCOME_UNKNOWN;
}

static void read_fees(const cJSON *data, const cJSON *sent, struct wire_reading *out) {
    static const char *const ids[] = {"feedetlSn", NULL};
    struct fen sum;
    if (!has_own_id(data, "medOrgOrd") || !reading_echoes(data, sent, "medOrgOrd"))
        reading_malformed(out, "medOrgOrd is missing or not the one sent");
    else if (!his_amount(data, "medfeeSumamt", &sum) || sum.fen < 0)
        reading_malformed(out, "medfeeSumamt is missing or no amount");
    else if (check_rows(data, "feedetailList", ids, "detItemFeeSumamt", out)) {
        out->answer.amount = sum;
        out->answer.has_amount = true;
        out->outcome = OUTCOME_ACCEPTED;
    }
}

/* 2.1 and 2.4: code 1, and data. */
static void read_centre_answer(enum his_kind kind, const cJSON *sent, struct wire_reading *out) {
    static const char *const ids[] = {"medOrgOrd", NULL};
    const char *code = wire_text(out->tree, "code");
    const cJSON *data = wire_member(out->tree, "data");
    if (code == NULL || *code == '\0') {
        reading_malformed(out, "code is missing");
        return;
    }
    reading_code(out, code, wire_text(out->tree, "message"));
    if (strcmp(code, "1") != 0)
        out->outcome = OUTCOME_DECLINED;
    else if (kind == HIS_MMPC_FEES)
        read_fees(data, sent, out);
    else if (check_rows(data, "pendingChargeList", ids, "medfeeSumamt", out))
        out->outcome = OUTCOME_ACCEPTED;
}

/* upp 5.1: no code, only rows. */
static void read_booked(struct wire_reading *out) {
    static const char *const ids[] = {"tradeType", NULL};
    if (wire_text(out->tree, "result") != NULL && !wire_flag(out->tree, "result"))
        out->outcome = OUTCOME_DECLINED;
    else if (check_rows(out->tree, "data", ids, "tradeFee", out))
        out->outcome = OUTCOME_ACCEPTED;
}

bool his_read_insurance(enum his_kind kind, const cJSON *sent, struct wire_reading *out) {
    if (kind == HIS_HS_TRADES)
        read_hs_trades(out);
    else if (kind == HIS_HS_CANCEL)
        read_hs_cancel(out);
    else if (kind == HIS_BOOKED)
        read_booked(out);
    else if (kind == HIS_MMPC_FEES || kind == HIS_MMPC_LIST)
        read_centre_answer(kind, sent, out);
    else
        return false;
    return true;
}
