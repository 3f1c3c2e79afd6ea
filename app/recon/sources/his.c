/* What the hospital booked: bills (upp 5.1), or settlements of the insurance with their pages
 * (ORG_008). Which of both a file is, the list in its first answer says. */
#include <stdlib.h>
#include <string.h>

#include "app/recon/sources/bills.h"
#include "app/recon/sources/json_scan.h"

static bool booked_body(struct source *source, size_t at, const struct recon_slice *values,
                        int64_t rows) {
    (void)rows;
    if (!slice_is(values[BILLS_RESULT], "false"))
        return true;
    source_bad(source, at, "an answer that is no success");
    return false;
}

static const struct list_format booked_list = {"data", bills_columns, bills_envelope, bills_row,
                                               booked_body};

enum settled_column {
    SETTLED_ID = 0,
    SETTLED_SUM,
    SETTLED_FUND,
    SETTLED_ACCOUNT,
    SETTLED_RETURNED,
    SETTLED_CHANNEL
};
static const char *const settled_columns[] = {"setl_id",  "medfee_sumamt",  "fund_pay_sumamt",
                                              "acct_pay", "refd_setl_flag", "deposit_type",
                                              NULL};

enum settled_envelope {
    SETTLED_CODE = 0,
    SETTLED_PAGE,
    SETTLED_PAGES,
    SETTLED_COUNT,
    SETTLED_SUMS /* the first of three */
};
static const char *const settled_envelope[] = {
    "ret_code",      "current",         "pages",    "fixmedins_setl_cnt",
    "medfee_sumamt", "fund_pay_sumamt", "acct_pay", NULL};
#define SETTLED_SUM_COUNT 3

/* The totals say what was paid, less what went back. */
static bool add_settled_sums(struct source *source, size_t at, const struct recon_slice *values,
                             bool refund) {
    struct fen fen;
    for (int i = 0; i < SETTLED_SUM_COUNT; i++) {
        struct recon_slice text = values[SETTLED_SUM + i];
        if (text.length == 0)
            continue;
        if (!list_amount(source, at, settled_columns[SETTLED_SUM + i], text, &fen))
            return false;
        source->pages.sums[i] += refund ? -fen.fen : fen.fen;
    }
    return true;
}

static int settled_row(struct source *source, size_t at, const struct recon_slice *values,
                       struct recon_entry *entry) {
    struct recon_slice returned = values[SETTLED_RETURNED], sum = values[SETTLED_SUM];
    memset(entry, 0, sizeof *entry);
    if (values[SETTLED_ID].length == 0)
        return source_bad(source, at, "setl_id is missing");
    bool refund = slice_is(returned, "1") || amount_is_negative(sum);
    entry->kind = refund ? RECON_REFUND : RECON_PAYMENT;
    entry->ids[RECON_SETTLE_NO] = values[SETTLED_ID];
    entry->channel = source_channel_word(values[SETTLED_CHANNEL]);
    if (!list_amount(source, at, "medfee_sumamt", sum, &entry->amount))
        return SOURCE_BAD;
    return source->was_read || add_settled_sums(source, at, values, refund) ? 1 : SOURCE_BAD;
}

static int64_t settled_number(struct recon_slice text, int64_t fallback) {
    char *end;
    long number = strtol(text.at, &end, 10);
    return text.length == 0 || *end != '\0' || number < 0 ? fallback : number;
}

static bool settled_is_bad(struct source *source, size_t at, const char *why) {
    source_bad(source, at, "%s", why);
    return false;
}

/* All pages say the same of all, and on the last one it is so. */
static bool settled_sums_hold(struct source *source, size_t at, const struct recon_slice *values) {
    const struct source_pages *pages = &source->pages;
    int64_t total = settled_number(values[SETTLED_COUNT], -1);
    struct fen fen;
    if (!pages->whole || pages->last < pages->count)
        return true;
    if (total >= 0 && total != pages->rows)
        return settled_is_bad(source, at, "fixmedins_setl_cnt is not the number of all rows");
    for (int i = 0; i < SETTLED_SUM_COUNT; i++) {
        struct recon_slice text = values[SETTLED_SUMS + i];
        if (text.length == 0)
            continue;
        if (!list_amount(source, at, settled_envelope[SETTLED_SUMS + i], text, &fen))
            return false;
        int64_t said = amount_is_negative(text) ? -fen.fen : fen.fen;
        if (said != pages->sums[i])
            return settled_is_bad(source, at, "a total is not the sum of all rows");
    }
    return true;
}

static bool settled_body(struct source *source, size_t at, const struct recon_slice *values,
                         int64_t rows) {
    struct source_pages *pages = &source->pages;
    int64_t page = settled_number(values[SETTLED_PAGE], 1),
            count = settled_number(values[SETTLED_PAGES], 1);
    if (values[SETTLED_CODE].length > 0 && !slice_is(values[SETTLED_CODE], "00"))
        return settled_is_bad(source, at, "an answer that is no success");
    if (pages->seen > 0 && page <= pages->last)
        return settled_is_bad(source, at, "a page that came before");
    if (pages->seen > 0 && page > pages->last + 1)
        return settled_is_bad(source, at, "a page is missing before this one");
    if (pages->seen > 0 && rows > 0 && pages->first_row == source->list.first_row)
        return settled_is_bad(source, at, "the rows of the page before");
    if (pages->seen > 0 && count != pages->count)
        return settled_is_bad(source, at, "the totals changed from page to page");
    pages->whole = pages->seen == 0 ? page == 1 : pages->whole;
    pages->first = pages->seen == 0 ? page : pages->first;
    pages->seen++;
    pages->last = page;
    pages->count = count;
    pages->rows += rows;
    pages->first_row = source->list.first_row;
    return settled_sums_hold(source, at, values);
}

static const struct list_format settled_list = {"billdetail", settled_columns, settled_envelope,
                                                settled_row, settled_body};

/* Does the first answer list settlements? What is no answer is said by its reader. */
static bool lists_settlements(const struct source *source) {
    struct json_scan scan = {.data = source->file.data, .size = source->file.size};
    struct recon_slice name;
    size_t at = source_mark(source);
    bool first = true;
    if (!json_enter(&scan, &at, '{'))
        return false;
    while (json_member(&scan, &at, &first, &name)) {
        if (slice_is(name, "data") || slice_is(name, settled_list.list))
            return !slice_is(name, "data");
        if (!json_skip(&scan, &at))
            return false;
    }
    return false;
}

static const struct list_format *hospital_list(const struct source *source) {
    return source->insurance ? &settled_list : &booked_list;
}

static bool hospital_begin(struct source *source, size_t *at) {
    source->insurance = lists_settlements(source);
    source->ids = source->insurance ? 1u << RECON_SETTLE_NO : BILLS_IDS | 1u << RECON_ORIGIN_NO;
    return list_begin(source, hospital_list(source), at);
}

static int hospital_next(struct source *source, size_t *at, struct recon_entry *entries) {
    int count = list_next(source, hospital_list(source), at, entries);
    if (count == SOURCE_END && source->insurance &&
        (source->pages.seen > 1 || source->file.answers) &&
        source->pages.last < source->pages.count)
        return source_bad(source, source->file.size, "the last pages are missing");
    return count;
}

const struct source_format source_his = {"his", (1u << RECON_ID_COUNT) - 1, hospital_begin,
                                         hospital_next};
