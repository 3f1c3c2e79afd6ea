/* What extData says beside the amounts: of each line (1.6), and how a settlement came about (1.3).
 * All of it is for people to read; no money depends on it, so what cannot be read is left out. */
#include <stdlib.h>
#include <string.h>

#include "app/base/log.h"
#include "app/base/text.h"
#include "app/platform/mmpc/mmpc.h"
#include "app/wire/json.h"

#define AMOUNT_TEXT_MAX 24

/* Each member has two spellings: of `result` and SETLINFO, of `upload` and setlinfo. */
struct spelled {
    const char *snake, *camel;
};

static const char *spelled_text(const cJSON *object, struct spelled name) {
    const char *text = wire_text(object, name.snake);
    return text != NULL && *text != '\0' ? text : wire_text(object, name.camel);
}

/* An amount without its sign; zeros beyond two decimals are none. False, and 0: there is none. */
static bool spelled_amount(const cJSON *object, struct spelled name, struct fen *out) {
    const char *text = spelled_text(object, name);
    char plain[AMOUNT_TEXT_MAX];
    *out = (struct fen){0};
    size_t length = text == NULL ? AMOUNT_TEXT_MAX : strlen(text);
    if (length == 0 || length >= sizeof plain)
        return false;
    memcpy(plain, text, length + 1);
    const char *point = strchr(plain, '.');
    while (point != NULL && plain + length > point + 3 && plain[length - 1] == '0')
        plain[--length] = '\0';
    if (money_parse(plain, length, out) != MONEY_OK)
        return false;
    out->fen = out->fen < 0 ? -out->fen : out->fen;
    return true;
}

/* extData as an object, also where it came as text; *open is what has to be freed. */
static const cJSON *ext_data(const cJSON *answer, cJSON **open) {
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(answer, "extData");
    const char *text = wire_text_of(item), *ignored;
    *open = cJSON_IsObject(item) || text == NULL ? NULL : wire_parse(text, strlen(text), &ignored);
    return *open != NULL ? *open : item;
}

/* "0.1" as 10; what is above the whole is no share. */
static int read_share_percent(const cJSON *line) {
    struct fen share; /* of 1.00 */
    bool said = spelled_amount(line, (struct spelled){"selfpay_prop", "selfpayProp"}, &share);
    return said && share.fen <= 100 ? (int)share.fen : 0;
}

static enum insured_class read_class(const cJSON *line) {
    static const char *const levels[] = {
        [INSURED_FIRST] = "01", [INSURED_SECOND] = "02", [INSURED_OUTSIDE] = "03"};
    const char *level = spelled_text(line, (struct spelled){"chrgitm_lv", "chrgitmLv"});
    for (int i = INSURED_FIRST; level != NULL && i <= INSURED_OUTSIDE; i++)
        if (strcmp(level, levels[i]) == 0)
            return (enum insured_class)i;
    return INSURED_UNSAID;
}

/* Of a line of class 3 all is outside, also where no amount says so. */
static bool read_insured_line(const cJSON *item, struct insured_line *out) {
    const char *sn = spelled_text(item, (struct spelled){"feedetl_sn", "feedetlSn"});
    struct fen over;
    *out =
        (struct insured_line){.class = read_class(item), .share_percent = read_share_percent(item)};
    if (sn == NULL || *sn == '\0' || strlen(sn) >= sizeof out->sn)
        return false;
    memcpy(out->sn, sn, strlen(sn) + 1);
    spelled_amount(item, (struct spelled){"det_item_fee_sumamt", "detItemFeeSumamt"}, &out->amount);
    spelled_amount(item, (struct spelled){"fulamt_ownpay_amt", "fulamtOwnpayAmt"}, &out->outside);
    spelled_amount(item, (struct spelled){"overlmt_amt", "overlmtAmt"}, &over);
    out->outside.fen += over.fen;
    if (out->class == INSURED_OUTSIDE && out->outside.fen == 0)
        out->outside = out->amount;
    if (out->outside.fen > out->amount.fen)
        out->outside = out->amount;
    if (out->amount.fen > 0 && out->outside.fen == out->amount.fen)
        out->class = INSURED_OUTSIDE;
    return true;
}

/* Those of which something is outside the insurance, or the others. */
static void add_insured_lines(struct pay_link *link, const cJSON *list, int most, bool outside) {
    struct insured_line line;
    const cJSON *item;
    cJSON_ArrayForEach(item, list) {
        if (link->line_count < most && read_insured_line(item, &line) &&
            (line.outside.fen > 0) == outside)
            link->lines[link->line_count++] = line;
    }
}

/* What the patient pays whole stands on the first page. */
struct pay_link *mmpc_link_with_lines(const cJSON *answer) {
    cJSON *open;
    const cJSON *ext = ext_data(answer, &open);
    const cJSON *list = cJSON_GetObjectItemCaseSensitive(ext, "result");
    if (!cJSON_IsArray(list) || cJSON_GetArraySize(list) == 0)
        list = cJSON_GetObjectItemCaseSensitive(ext, "upload");
    int most = cJSON_IsArray(list) ? cJSON_GetArraySize(list) : 0;
    most = most > BILL_LINES_MAX ? BILL_LINES_MAX : most;
    struct pay_link *link = calloc(1, sizeof *link + (size_t)most * sizeof link->lines[0]);
    ENSURE(link != NULL);
    link->head.kind = DOCUMENT_PAY_LINK;
    add_insured_lines(link, list, most, true);
    add_insured_lines(link, list, most, false);
    cJSON_Delete(open);
    return link;
}

static void add_settlement_row(char *text, enum settlement_kind kind, struct fen amount,
                               const char *name) {
    struct settlement_row row = {.kind = kind, .amount = amount};
    text_clean(row.name, sizeof row.name, name);
    text_one_line(row.name);
    (void)settlement_add(text, &row);
}

/* setldetail: which fund has paid how much. */
static void add_funds(const cJSON *ext, char *text) {
    const cJSON *list = cJSON_GetObjectItemCaseSensitive(ext, "setldetail"), *item;
    struct fen amount;
    cJSON_ArrayForEach(item, list) {
        const char *name =
            spelled_text(item, (struct spelled){"fund_pay_type_name", "fundPayTypeName"});
        bool paid = spelled_amount(item, (struct spelled){"fund_payamt", "fundPayamt"}, &amount);
        if (name != NULL && paid && amount.fen > 0)
            add_settlement_row(text, SETTLEMENT_FUND, amount, name);
    }
}

/* setlinfo, else SETLINFO. What is left in an account that nobody used is the patient's own
 * business: it is said where the account has paid. */
static void add_settlement_sums(const cJSON *ext, char *text) {
    static const struct {
        enum settlement_kind kind;
        struct spelled name;
    } sums[] = {{SETTLEMENT_OUTSIDE, {"fulamt_ownpay_amt", "fulamtOwnpayAmt"}},
                {SETTLEMENT_SHARE, {"preselfpay_amt", "preselfpayAmt"}},
                {SETTLEMENT_OVER, {"overlmt_selfpay", "overlmtSelfpay"}}};
    const cJSON *info = cJSON_GetObjectItemCaseSensitive(ext, "setlinfo");
    struct fen amount, account;
    if (!cJSON_IsObject(info))
        info = cJSON_GetObjectItemCaseSensitive(ext, "SETLINFO");
    for (size_t i = 0; i < sizeof sums / sizeof sums[0]; i++)
        if (spelled_amount(info, sums[i].name, &amount) && amount.fen > 0)
            add_settlement_row(text, sums[i].kind, amount, "");
    spelled_amount(info, (struct spelled){"acct_pay", "acctPay"}, &account);
    if (spelled_amount(info, (struct spelled){"balc", "balc"}, &amount) && account.fen > 0)
        add_settlement_row(text, SETTLEMENT_BALANCE, amount, "");
}

struct settlement *mmpc_read_settlement(const cJSON *order) {
    cJSON *open;
    const cJSON *ext = ext_data(order, &open);
    struct settlement *settlement = calloc(1, sizeof *settlement);
    ENSURE(settlement != NULL);
    settlement->head.kind = DOCUMENT_SETTLEMENT;
    add_funds(ext, settlement->rows);
    add_settlement_sums(ext, settlement->rows);
    cJSON_Delete(open);
    return settlement;
}
