/* What became of an order, as the screens say it: a row a verdict. */
#include "app/core/visit/keys.h"
#include "app/present/parts.h"

#define WORDS(name) "verdict." name ".title", "verdict." name ".text"

static const struct verdict_row rows[VERDICT_COUNT] = {
    [VERDICT_NONE] = {TONE_WAIT, PLACE_UNKNOWN, false, WORDS("unknown")},
    [VERDICT_CREDITED] = {TONE_GOOD, PLACE_HOSPITAL, false, WORDS("credited")},
    [VERDICT_UNPROVEN] = {TONE_WAIT, PLACE_HOSPITAL, false, WORDS("unproven")},
    [VERDICT_ASKING] = {TONE_WAIT, PLACE_PLATFORM, false, WORDS("asking")},
    [VERDICT_UNKNOWN] = {TONE_WAIT, PLACE_UNKNOWN, false, WORDS("unknown")},
    [VERDICT_RETURNED] = {TONE_RETURNED, PLACE_YOU, true, WORDS("returned")},
    [VERDICT_PARTLY] = {TONE_RETURNED, PLACE_HOSPITAL, true, WORDS("partly")},
    [VERDICT_WINDOW] = {TONE_WINDOW, PLACE_PLATFORM, false, WORDS("window")},
    [VERDICT_NOT_PAID] = {TONE_NOT_PAID, PLACE_YOU, false, WORDS("not_paid")},
    [VERDICT_LATE] = {TONE_RETURNED, PLACE_PLATFORM, true, WORDS("late")},
    [VERDICT_LATE_RETURNED] = {TONE_RETURNED, PLACE_YOU, true, WORDS("late_returned")},
    [VERDICT_REFUNDED] = {TONE_RETURNED, PLACE_YOU, true, WORDS("refunded")},
    [VERDICT_REFUND_PARTLY] = {TONE_RETURNED, PLACE_HOSPITAL, true, WORDS("refund_partly")},
    [VERDICT_REFUNDING] = {TONE_WAIT, PLACE_PLATFORM, true, WORDS("refunding")},
    [VERDICT_REFUND_REFUSED] = {TONE_WINDOW, PLACE_HOSPITAL, false, WORDS("refund_refused")},
    [VERDICT_REFUND_UNCONFIRMED] = {TONE_WINDOW, PLACE_PLATFORM, false,
                                    WORDS("refund_unconfirmed")},
    [VERDICT_SETTLED] = {TONE_GOOD, PLACE_HOSPITAL, false, WORDS("settled")},
};

struct verdict_row present_verdict(const struct order *order, enum verdict verdict) {
    struct verdict_row row = rows[verdict];
    const char *insured = insured_case_key(order, verdict);

    if (insured != NULL)
        row.text_key = insured;
    if (only_closed(order, verdict)) /* the phone may have been faster: nobody knows */
        row.title_key = "verdict.closed.title", row.text_key = "verdict.closed.text";
    if (verdict == VERDICT_RETURNED && order_sums(order).in_flight.fen > 0) {
        row.place = PLACE_PLATFORM;
        row.title_key = "verdict.returning.title";
        row.text_key = "verdict.returning.text";
    }
    (void)own_words(order, verdict, &row.title_key, &row.text_key);
    return row;
}

const char *way_key(enum channel channel) {
    static const char *const keys[CHANNEL_COUNT] = {
        "",         "way.wechat", "way.alipay",   "way.unionpay", "way.phone.name",
        "way.card", "way.one",    "way.insurance"};
    return keys[channel];
}
