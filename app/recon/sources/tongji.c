/* The payment console's two answers: recon, where a row is an order with its refund, and
 * reconflow, where it is one flow. cfgParams may leave columns out. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "app/recon/sources/json_list.h"
#include "app/wire/flat_xml.h"

enum tongji_column {
    TONGJI_APP_ORDER = 0,
    TONGJI_PAY_ORDER,
    TONGJI_ORDER_TIME,
    TONGJI_STATE,
    TONGJI_FEE_TYPE,
    TONGJI_CHANNEL,
    TONGJI_AMOUNT,
    TONGJI_TIME,
    TONGJI_REFUND_AMOUNT,
    TONGJI_REFUND_TIME,
    TONGJI_HOSPITAL_ORDER,
    TONGJI_BILL,
    TONGJI_FLOW,
    TONGJI_FLOW_TIME,
    TONGJI_FLOW_TYPE,
    TONGJI_FLOW_AMOUNT,
    TONGJI_DONE_TIME,
    TONGJI_FLOW_STATE
};
static const char *const tongji_columns[] = {
    "appOrderId",  "payOrderId", "payOrderTime", "payOrderSts", "feeType",
    "payChannel",  "payAmt",     "payTime",      "refundAmt",   "refundTime",
    "hospOrderId", "hospBillNo", "payTransId",   "payFlowTime", "transType",
    "transAmt",    "doneTime",   "transSts",     NULL};

enum tongji_envelope {
    TONGJI_CODE = 0,
    TONGJI_MESSAGE,
    TONGJI_TOTAL,
    TONGJI_PAGES,
    TONGJI_PAGE,
    TONGJI_ON_PAGE
};
static const char *const tongji_envelope[] = {
    "respCode", "msg", "totalRecCnt", "totalPageCnt", "curPageNo", "curRecNo", NULL};

/* Done is what the document calls so; any other state proves nothing. Where cfgParams left the
 * state out, the time at which it was done says it. */
static enum recon_state tongji_state(struct recon_slice state, const char *const *done,
                                     struct recon_slice time) {
    if (state.length == 0)
        return time.length > 0 ? RECON_DONE : RECON_PENDING;
    for (; *done; done++)
        if (slice_is(state, *done))
            return RECON_DONE;
    return RECON_PENDING;
}

static void tongji_common(const struct recon_slice *values, struct recon_entry *entry) {
    memset(entry, 0, sizeof *entry);
    entry->ids[RECON_PAYMENT_NO] = values[TONGJI_APP_ORDER];
    entry->ids[RECON_OUT_NO] = values[TONGJI_PAY_ORDER];
    entry->ids[RECON_IN_NO] = values[TONGJI_FLOW];
    entry->ids[RECON_TRACE_NO] = values[TONGJI_HOSPITAL_ORDER];
    entry->ids[RECON_RECEIPT_NO] = values[TONGJI_BILL];
    entry->channel = source_channel_word(values[TONGJI_CHANNEL]);
    entry->fee = values[TONGJI_FEE_TYPE];
}

/* The orders' numbers that a refund carries are those of its payment: it has none of its own but
 * its flow's. */
static void tongji_make_refund(const struct recon_slice *values, struct recon_entry *entry) {
    entry->kind = RECON_REFUND;
    entry->ids[RECON_PAYMENT_NO] = entry->ids[RECON_OUT_NO] = (struct recon_slice){"", 0};
    entry->ids[RECON_TRACE_NO] = entry->ids[RECON_RECEIPT_NO] = (struct recon_slice){"", 0};
    entry->ids[RECON_ORIGIN_NO] = values[TONGJI_APP_ORDER];
}

/* 002 reverses, 003 refunds; where cfgParams left the type out the sign says it. False after a
 * complaint. */
static bool tongji_flow_kind(struct source *source, size_t at, const struct recon_slice *values,
                             struct recon_entry *entry) {
    struct recon_slice type = values[TONGJI_FLOW_TYPE], amount = values[TONGJI_FLOW_AMOUNT];
    bool pays = slice_is(type, "001"), returns = slice_is(type, "002") || slice_is(type, "003");
    if (!pays && !returns && type.length > 0)
        return source_bad(source, at, "transType: expected 001, 002 or 003") == 0;
    if (returns || (!pays && amount_is_negative(amount)))
        tongji_make_refund(values, entry);
    return !pays || source_is_payment(source, at, "transAmt", amount);
}

static int tongji_flow(struct source *source, size_t at, const struct recon_slice *values,
                       struct recon_entry *entries) {
    static const char *const flow_done[] = {"02", NULL};
    tongji_common(values, entries);
    if (!tongji_flow_kind(source, at, values, entries))
        return SOURCE_BAD;
    entries->state = tongji_state(values[TONGJI_FLOW_STATE], flow_done, values[TONGJI_DONE_TIME]);
    bool done = values[TONGJI_DONE_TIME].length > 0;
    if (!list_amount(source, at, "transAmt", values[TONGJI_FLOW_AMOUNT], &entries->amount) ||
        !list_time(source, at, done ? "doneTime" : "payFlowTime",
                   values[done ? TONGJI_DONE_TIME : TONGJI_FLOW_TIME], &entries->time_s))
        return SOURCE_BAD;
    return 1;
}

static int tongji_order_refund(struct source *source, size_t at, const struct recon_slice *values,
                               struct recon_entry *entries) {
    bool returned = slice_is(values[TONGJI_STATE], "04") || slice_is(values[TONGJI_STATE], "06");
    if (values[TONGJI_REFUND_AMOUNT].length == 0 && !returned)
        return 1;
    tongji_common(values, &entries[1]);
    tongji_make_refund(values, &entries[1]);
    entries[1].state = entries[0].state;
    if (!list_amount(source, at, "refundAmt", values[TONGJI_REFUND_AMOUNT], &entries[1].amount) ||
        !list_time(source, at, "refundTime", values[TONGJI_REFUND_TIME], &entries[1].time_s))
        return SOURCE_BAD;
    return entries[1].amount.fen == 0 ? 1 : 2;
}

static int tongji_row(struct source *source, size_t at, const struct recon_slice *values,
                      struct recon_entry *entries) {
    static const char *const order_paid[] = {"02", "04", "06", NULL}; /* 04 reversed, 06 refunded */
    if (values[TONGJI_APP_ORDER].length == 0 && values[TONGJI_PAY_ORDER].length == 0)
        return source_bad(source, at, "appOrderId and payOrderId are missing");
    if (values[TONGJI_FLOW].length > 0 || values[TONGJI_FLOW_AMOUNT].length > 0)
        return tongji_flow(source, at, values, entries);
    tongji_common(values, entries);
    entries->state = tongji_state(values[TONGJI_STATE], order_paid, values[TONGJI_TIME]);
    bool paid = values[TONGJI_TIME].length > 0;
    if (!list_amount(source, at, "payAmt", values[TONGJI_AMOUNT], &entries->amount) ||
        !source_is_payment(source, at, "payAmt", values[TONGJI_AMOUNT]) ||
        !list_time(source, at, paid ? "payTime" : "payOrderTime",
                   values[paid ? TONGJI_TIME : TONGJI_ORDER_TIME], &entries->time_s))
        return SOURCE_BAD;
    return tongji_order_refund(source, at, values, entries);
}

/* -1: no number stands there. */
static int64_t tongji_number(struct recon_slice text) {
    char *end;
    long number = strtol(text.at, &end, 10);
    return text.length == 0 || *end != '\0' || number < 0 ? -1 : number;
}

static bool tongji_page_is_bad(struct source *source, size_t at, const char *why) {
    source_bad(source, at, "%s", why);
    return false;
}

/* A page behind the first: the next one, and what it says of all is what the last said. */
static const char *later_page_fault(const struct source_pages *pages, int64_t page, int64_t total,
                                    int64_t count) {
    if (page <= pages->last)
        return "a page that came before";
    if (page > pages->last + 1)
        return "a page is missing before this one";
    return total != pages->total || count != pages->count ? "the totals changed from page to page"
                                                          : NULL;
}

/* In a file a first page begins another query; a service was asked one. */
static const char *page_fault(const struct source *source, int64_t page, int64_t total,
                              int64_t count, int64_t rows) {
    const struct source_pages *pages = &source->pages;
    if (pages->seen == 0)
        return NULL;
    if (page == 1 && !source->file.answers)
        return pages->last != pages->count ? "a page is missing before this one" : NULL;
    const char *fault = later_page_fault(pages, page, total, count);
    if (!fault && rows > 0 && pages->first_row == source->list.first_row)
        fault = "the rows of the page before";
    return fault;
}

/* A file that begins with a later page is one of several: its total is not all there. */
static bool tongji_page(struct source *source, size_t at, const struct recon_slice *values,
                        int64_t rows) {
    struct source_pages *pages = &source->pages;
    int64_t page = tongji_number(values[TONGJI_PAGE]), total = tongji_number(values[TONGJI_TOTAL]),
            count = tongji_number(values[TONGJI_PAGES]),
            on_page = tongji_number(values[TONGJI_ON_PAGE]);
    if (on_page >= 0 && on_page != rows)
        return tongji_page_is_bad(source, at, "curRecNo is not the number of rows");
    if (page < 0)
        return true;
    const char *fault = page_fault(source, page, total, count, rows);
    if (fault)
        return tongji_page_is_bad(source, at, fault);
    if (page == 1 || pages->seen == 0)
        *pages = (struct source_pages){.seen = pages->seen, .first = page, .whole = page == 1};
    pages->seen++;
    pages->last = page;
    pages->total = total;
    pages->count = count;
    pages->rows += rows;
    pages->first_row = source->list.first_row;
    if (page == count && pages->whole && total >= 0 && pages->rows != total)
        return tongji_page_is_bad(source, at, "totalRecCnt is not the number of all rows");
    return true;
}

static bool tongji_body(struct source *source, size_t at, const struct recon_slice *values,
                        int64_t rows) {
    if (slice_is(values[TONGJI_CODE], "0002") && rows == 0)
        return true;
    if (!slice_is(values[TONGJI_CODE], "0000")) {
        source_bad(source, at, "an answer that is no success: respCode \"%.20s\", %.60s",
                   values[TONGJI_CODE].at, values[TONGJI_MESSAGE].at);
        return false;
    }
    return tongji_page(source, at, values, rows);
}

static const struct list_format tongji_list = {"detail", tongji_columns, tongji_envelope,
                                               tongji_row, tongji_body};

static size_t byte_of_line(const struct recon_file *file, unsigned long line) {
    size_t at = 0;
    for (; at < file->size && line > 1; at++)
        line -= file->data[at] == '\n';
    return at;
}

/* The JSON that the reader knows instead of the XML. */
static bool replace_xml(struct source *source) {
    struct recon_file *file = &source->file;
    unsigned long line = 1;
    FILE *plain = tmpfile();
    const char *wrong =
        plain ? flat_xml_to_json(file->data, file->size, tongji_list.list, plain, &line)
              : strerror(errno);
    bool good = wrong ? source_bad(source, byte_of_line(file, line), "XML: %s", wrong) == 0
                      : recon_file_replace(file, plain, &source->complaint);
    if (plain)
        fclose(plain);
    return good;
}

static bool tongji_begin(struct source *source, size_t *at) {
    if (flat_xml_is(source->file.data, source->file.size) && !replace_xml(source))
        return false;
    return list_begin(source, &tongji_list, at);
}

/* One page alone may be one of several files; of several the last must be there. */
static int tongji_next(struct source *source, size_t *at, struct recon_entry *entries) {
    const struct source_pages *pages = &source->pages;
    int count = list_next(source, &tongji_list, at, entries);
    if (count == SOURCE_END && (pages->seen > 1 || source->file.answers) &&
        pages->last < pages->count)
        return source_bad(source, source->file.size, "the last pages are missing");
    return count;
}

const struct source_format source_tongji = {"tongji", (1u << RECON_ID_COUNT) - 1, tongji_begin,
                                            tongji_next};
