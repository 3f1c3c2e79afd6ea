/* yuntaiBills and channelBills of the unified payment platform (upp 4.9, 4.10). A hospital serves
 * the same rows to it (5.1). */
#include "app/recon/sources/bills.h"

#include <string.h>

enum bills_column {
    BILLS_TRADE_TYPE = 0,
    BILLS_CHANNEL,
    BILLS_DATE,
    BILLS_FEE,
    BILLS_TIME,
    BILLS_OUT_NO,
    BILLS_IN_NO,
    BILLS_NO,
    BILLS_SOURCE,
    BILLS_DEVICE
};
const char *const bills_columns[] = {"tradeType",  "channelType", "billsDate", "tradeFee",
                                     "tradeTime",  "outTradeNo",  "inTradeNo", "tradeNo",
                                     "sourceType", "deviceNo",    NULL};

const char *const bills_envelope[] = {"result", "kind", "msg", NULL};

/* It has no numbers of its own: those that it carries are its payment's. Where the payment's number
 * is not among them, the others stay. */
static void bills_make_reversal(struct recon_entry *entry) {
    if (entry->ids[RECON_PAYMENT_NO].length == 0)
        return;
    entry->ids[RECON_ORIGIN_NO] = entry->ids[RECON_PAYMENT_NO];
    entry->ids[RECON_PAYMENT_NO] = entry->ids[RECON_OUT_NO] = (struct recon_slice){"", 0};
    entry->ids[RECON_IN_NO] = (struct recon_slice){"", 0};
}

int bills_row(struct source *source, size_t at, const struct recon_slice *values,
              struct recon_entry *entries) {
    bool refund = slice_is(values[BILLS_TRADE_TYPE], "refund");
    entry_clear(entries, 1);
    if (!refund && !slice_is(values[BILLS_TRADE_TYPE], "pay"))
        return source_bad(source, at, "tradeType: expected pay or refund");
    /* A hospital's reversal may be a negative pay: 5.1 speaks of positive and negative deals. */
    bool reversal = !refund && amount_is_negative(values[BILLS_FEE]);
    if (values[BILLS_OUT_NO].length == 0 && values[BILLS_NO].length == 0)
        return source_bad(source, at, "outTradeNo and tradeNo are missing");
    entries->kind = refund || reversal ? RECON_REFUND : RECON_PAYMENT;
    entries->ids[RECON_PAYMENT_NO] = values[BILLS_NO];
    entries->ids[RECON_OUT_NO] = values[BILLS_OUT_NO];
    entries->ids[RECON_IN_NO] = values[BILLS_IN_NO];
    if (reversal)
        bills_make_reversal(entries);
    entries->channel = source_channel_word(values[BILLS_CHANNEL]);
    entries->no_platform = slice_is(entries->channel, "card") || slice_is(entries->channel, "cash");
    entries->fee = values[BILLS_SOURCE];
    entries->terminal = values[BILLS_DEVICE];
    bool dated = values[BILLS_TIME].length == 0;
    if (!list_amount(source, at, "tradeFee", values[BILLS_FEE], &entries->amount) ||
        !list_time(source, at, dated ? "billsDate" : "tradeTime",
                   values[dated ? BILLS_DATE : BILLS_TIME], &entries->time_s))
        return SOURCE_BAD;
    return 1;
}

static int platform_row(struct source *source, size_t at, const struct recon_slice *values,
                        struct recon_entry *entries) {
    if (slice_is(values[BILLS_TRADE_TYPE], "pay") &&
        !source_is_payment(source, at, "tradeFee", values[BILLS_FEE]))
        return SOURCE_BAD;
    return bills_row(source, at, values, entries);
}

static bool platform_body(struct source *source, size_t at, const struct recon_slice *values,
                          int64_t rows) {
    (void)rows;
    if (slice_is(values[BILLS_RESULT], "true") &&
        (values[BILLS_KIND].length == 0 || slice_is(values[BILLS_KIND], "0")))
        return true;
    source_bad(source, at, "an answer that is no success: result \"%.20s\", kind \"%.20s\", %.60s",
               values[BILLS_RESULT].at, values[BILLS_KIND].at, values[BILLS_MESSAGE].at);
    return false;
}

static const struct list_format platform_list = {"data", bills_columns, bills_envelope,
                                                 platform_row, platform_body};

static bool platform_begin(struct source *source, size_t *at) {
    return list_begin(source, &platform_list, at);
}

static int platform_next(struct source *source, size_t *at, struct recon_entry *entries) {
    return list_next(source, &platform_list, at, entries);
}

const struct source_format source_upp = {"upp", BILLS_IDS, platform_begin, platform_next};
const struct source_format source_channel = {"channel", BILLS_IDS, platform_begin, platform_next};
