#include "app/core/visit/keys.h"

#include "app/core/order/holds.h"
#include "app/core/order/shares.h"

/* The words about a notice: sentence, short reason, code for the staff. */
struct notice_words {
    const char *key, *reason, *code;
};

static const struct notice_words notices[NOTICE_COUNT] = {
    [NOTICE_NONE] = {"", "", ""},
    [NOTICE_CODE_UNREADABLE] = {"notice.code_unreadable", "", ""},
    [NOTICE_CARD_UNREADABLE] = {"notice.card_unreadable", "", ""},
    [NOTICE_CODE_UNKNOWN] = {"notice.code_unknown", "", ""},
    [NOTICE_CODE_WRONG_KIND] = {"notice.code_wrong_kind", "", ""},
    [NOTICE_NO_PATIENT] = {"notice.no_patient", "", "P1"},
    [NOTICE_LAST4_WRONG] = {"notice.last4_wrong", "", ""},
    [NOTICE_HIS_DOWN] = {"notice.his_down", "", "H1"},
    [NOTICE_HIS_SLOW] = {"notice.his_slow", "", "H2"},
    [NOTICE_HIS_REFUSED] = {"notice.his_refused", "", "H3"},
    [NOTICE_PLATFORM_DOWN] = {"notice.platform_down", "", "U1"},
    [NOTICE_NO_BILLS] = {"notice.no_bills", "", ""},
    [NOTICE_BILLS_CHANGED] = {"notice.bills_changed", "", ""},
    [NOTICE_BILLS_LEFT_OUT] = {"notice.bills_left_out", "", "H4"},
    [NOTICE_MORE_BILLS] = {"notice.more_bills", "", ""},
    [NOTICE_MANY_BILLS] = {"notice.many_bills", "", ""},
    [NOTICE_AMOUNT_ZERO] = {"notice.amount_zero", "", ""},
    [NOTICE_AMOUNT_CAP] = {"notice.amount_cap", "", ""},
    [NOTICE_AMOUNT_MAX] = {"notice.amount_max", "", ""},
    [NOTICE_OUTPATIENT_DEPOSIT] = {"notice.outpatient_deposit", "", ""},
    [NOTICE_NO_SELECTION] = {"notice.no_selection", "", ""},
    [NOTICE_JOURNAL] = {"notice.journal", "reason.journal", "J1"},
    [NOTICE_FULL] = {"notice.full", "reason.full", "J2"},
    [NOTICE_INSURED_CODE] = {"notice.insured_code", "", ""},
    [NOTICE_INSURED_DOWN] = {"notice.insured_down", "", ""},
    [NOTICE_INSURED_NO_ID] = {"notice.insured_no_id", "reason.insured_no_id", ""},
    [NOTICE_INSURED_BILLS_ONLY] = {"notice.insured_bills_only", "reason.insured_bills_only", ""},
    [NOTICE_CLOCK] = {"notice.clock", "reason.clock", "T1"},
    [NOTICE_CLOCK_UNPROVEN] = {"notice.clock.unproven", "reason.clock.unproven", "T2"},
    [NOTICE_CHANNEL] = {"notice.channel", "reason.no_channel", "C1"},
    [NOTICE_DECLINED] = {"notice.declined", "", "U2"},
    [NOTICE_NOT_INPATIENT] = {"notice.not_inpatient", "", ""},
    [NOTICE_SCANNER_ABSENT] = {"notice.scanner_absent", "reason.no_scanner", "D1"},
    [NOTICE_PRINTER_ABSENT] = {"notice.printer_absent", "reason.no_printer", "D2"},
    [NOTICE_NO_PAPER] = {"notice.no_paper", "", "D3"},
    [NOTICE_PAPER_LOW] = {"notice.paper_low", "", "D4"},
    [NOTICE_CARD_LEFT] = {"notice.card_left", "", ""},
    [NOTICE_RECEIPT_LEFT] = {"notice.receipt_left", "", ""},
    [NOTICE_BILL_PAID] = {"notice.bill_paid", "", "M2"},
    [NOTICE_BILL_SOLD] = {"notice.bill_sold", "", "M3"},
    [NOTICE_STILL_ASKING] = {"notice.still_asking", "reason.still_asking", "M1"},
    [NOTICE_PUSHED] = {"notice.pushed", "reason.pushed", "M4"},
    [NOTICE_PUSH_FAILED] = {"notice.push_failed", "", "U4"},
    [NOTICE_PUSH_NO_PHONE] = {"notice.push_no_phone", "reason.push_no_phone", ""},
    [NOTICE_NO_PINPAD] = {"notice.no_pinpad", "reason.no_pinpad", "D6"},
    [NOTICE_PINPAD_DECIDES] = {"notice.pinpad_decides", "", ""},
    [NOTICE_CARD_AGAIN] = {"notice.card_again", "", ""},
    [NOTICE_CODE_AMOUNT] = {"notice.code_amount", "", "U3"},
    [NOTICE_CARD_REFUSED] = {"notice.card_refused", "", "K1"},
    [NOTICE_NO_CARD] = {"notice.no_card", "", ""},
    [NOTICE_OUT_OF_SERVICE] = {"notice.out_of_service", "reason.control", "S1"},
    [NOTICE_PAY_CODE_TOO_SOON] = {"notice.pay_code_too_soon", "", ""},
    [NOTICE_PAY_CODE_CHOOSE] = {"notice.pay_code_choose", "", ""},
    [NOTICE_PAY_CODE_BILLS] = {"notice.pay_code_bills", "", ""},
    [NOTICE_PAY_CODE_AGAIN] = {"notice.pay_code_again", "", ""},
    [NOTICE_HOURS] = {"notice.hours", "reason.hours", ""},
    [NOTICE_PATIENT_DAY] = {"notice.patient_day", "", "L1"},
    [NOTICE_TERMINAL_DAY] = {"notice.terminal_day", "", "L2"},
    [NOTICE_RECORDS_FAILED] = {"notice.records_failed", "", "J3"},
    [NOTICE_RECORDS_PARTLY] = {"notice.records_partly", "", "J5"},
    [NOTICE_RECORDS_HERE_ONLY] = {"notice.records_here_only", "", "J6"},
    [NOTICE_PAID_ELSEWHERE] = {"notice.paid_elsewhere", "", ""},
    [NOTICE_NO_PAYMENTS] = {"notice.no_payments", "", ""},
    [NOTICE_NO_REFUNDS] = {"notice.no_refunds", "", ""},
    [NOTICE_REFUND_ELSEWHERE] = {"notice.refund_elsewhere", "refund.no.elsewhere", "R8"},
    [NOTICE_REFUND_STATE] = {"notice.refund_state", "refund.no.state", "R1"},
    [NOTICE_REFUND_UNPROVEN] = {"notice.refund_unproven", "refund.no.unproven", "R7"},
    [NOTICE_REFUND_NOTHING] = {"notice.refund_nothing", "refund.no.nothing", ""},
    [NOTICE_REFUND_OLD] = {"notice.refund_old", "refund.no.old", "R2"},
    [NOTICE_REFUND_STAFF] = {"notice.refund_staff", "refund.no.staff", "R3"},
    [NOTICE_REFUND_ACCOUNT] = {"notice.refund_account", "refund.no.account", ""},
    [NOTICE_REFUND_CARD] = {"notice.refund_card", "refund.no.card", "R6"},
    [NOTICE_REFUND_SPENT] = {"notice.refund_spent", "refund.no.spent", ""},
    [NOTICE_REFUND_OVER] = {"notice.refund_over", "", ""},
    [NOTICE_REFUND_WHOLE] = {"notice.refund_whole", "", ""},
    [NOTICE_REFUND_CODE] = {"notice.refund_code", "refund.no.code", ""},
    [NOTICE_REFUND_INSURED] = {"notice.refund_insured", "refund.no.insured", ""},
    [NOTICE_REFUND_PLATFORM] = {"notice.refund_platform", "", "R4"},
    [NOTICE_REFUND_MISMATCH] = {"notice.refund_mismatch", "", "R5"},
    [NOTICE_STAFF_PIN] = {"notice.staff_pin", "", ""},
    [NOTICE_STAFF_PAUSE] = {"notice.staff_pause", "", ""},
    [NOTICE_STAFF_NOTE] = {"notice.staff_note", "", ""},
    [NOTICE_STAFF_RESOLVED] = {"notice.staff_resolved", "", ""},
    [NOTICE_STAFF_NOT_SAVED] = {"notice.staff_not_saved", "", "J4"},
    [NOTICE_NOT_OFFERED] = {"notice.not_offered", "reason.not_offered", ""},
};

const char *notice_key(enum notice notice) {
    return notices[notice].key;
}

const char *reason_key(enum notice notice) {
    return notices[notice].reason;
}

const char *notice_code(enum notice notice) {
    return notices[notice].code;
}

/* What became of an order: the result's title and text, the word of a photographed result, and its
 * line among the payments of before. */
struct verdict_words {
    const char *title, *text, *word, *record;
};

static const struct verdict_words verdicts[VERDICT_COUNT] = {
    [VERDICT_NONE] = {"", "", "", "records.unknown"},
    [VERDICT_CREDITED] = {"result.credited.title", "result.credited.text", "CREDITED",
                          "records.credited"},
    [VERDICT_UNPROVEN] = {"result.unproven.title", "result.unproven.text", "UNPROVEN",
                          "records.unproven"},
    [VERDICT_ASKING] = {"result.asking.title", "result.asking.text", "ASKING", "records.asking"},
    [VERDICT_UNKNOWN] = {"result.unknown.title", "result.unknown.text", "UNKNOWN",
                         "records.unknown"},
    [VERDICT_RETURNED] = {"result.returned.title", "result.returned.text", "RETURNED",
                          "records.returned"},
    [VERDICT_PARTLY] = {"result.partly.title", "result.partly.text", "PARTLY", "records.partly"},
    [VERDICT_WINDOW] = {"result.window.title", "result.window.text", "WINDOW", "records.window"},
    [VERDICT_NOT_PAID] = {"result.not_paid.title", "result.not_paid.text", "NOT_PAID",
                          "records.not_paid"},
    [VERDICT_LATE] = {"result.late.title", "result.late.text", "LATE", "records.late"},
    [VERDICT_LATE_RETURNED] = {"result.late_returned.title", "result.late_returned.text",
                               "LATE_RETURNED", "records.late_returned"},
    [VERDICT_REFUNDED] = {"result.refunded.title", "result.refunded.text", "REFUNDED",
                          "records.refunded"},
    [VERDICT_REFUND_PARTLY] = {"result.refund_partly.title", "result.refund_partly.text",
                               "REFUND_PARTLY", "records.refund_partly"},
    [VERDICT_REFUNDING] = {"result.refunding.title", "result.refunding.text", "REFUNDING",
                           "records.refunding"},
    [VERDICT_REFUND_REFUSED] = {"result.refund_refused.title", "result.refund_refused.text",
                                "REFUND_REFUSED", "records.credited"},
    [VERDICT_REFUND_UNCONFIRMED] = {"result.refund_unconfirmed.title",
                                    "result.refund_unconfirmed.text", "REFUND_UNCONFIRMED",
                                    "records.refund_unconfirmed"},
    [VERDICT_SETTLED] = {"result.settled.title", "result.settled.text", "SETTLED",
                         "records.settled"},
};

const char *card_step_key(enum card_step step) {
    static const char *const keys[CARD_STEP_COUNT] = {
        [CARD_STEP_NONE] = "pay_card.starting",   [CARD_STEP_INSERT] = "pay_card.insert",
        [CARD_STEP_READING] = "pay_card.reading", [CARD_STEP_PIN] = "pay_card.pin",
        [CARD_STEP_PIN_KEY] = "pay_card.pin",     [CARD_STEP_PIN_DONE] = "pay_card.pin_done",
        [CARD_STEP_ONLINE] = "pay_card.online",   [CARD_STEP_REMOVE] = "pay_card.remove"};
    return keys[step];
}

const char *verdict_title_key(enum verdict verdict) {
    return verdicts[verdict].title;
}

const char *verdict_text_key(enum verdict verdict) {
    return verdicts[verdict].text;
}

/* What became of an order, on paper and on the screen. */
struct fate_words {
    const char *title, *text, *screen_title, *screen_text;
};

bool only_closed(const struct order *order, enum verdict verdict) {
    return verdict == VERDICT_NOT_PAID && order_perhaps_paid(order);
}

const char *insured_case_key(const struct order *order, enum verdict verdict) {
    for (int i = 0; verdict == VERDICT_WINDOW && i < order->leg_count; i++) {
        if (order->legs[i].reason == CASE_HALF_SETTLED)
            return "verdict.half_settled.text";
        if (order->legs[i].reason == CASE_ABNORMAL)
            return "verdict.abnormal.text";
        if (order->legs[i].reason == CASE_SPLIT_WRONG)
            return "verdict.split_wrong.text";
    }
    return NULL;
}

/* Of what is, or may be, on the patient's phone. */
static const struct fate_words *fate_of_push(const struct order *order, enum verdict verdict) {
    static const struct fate_words sent = {"result.pushed.title", "result.pushed.text",
                                           "verdict.pushed.title", "verdict.pushed.text"};
    static const struct fate_words unsure = {"result.push_unsure.title", "result.push_unsure.text",
                                             "verdict.push_unsure.title",
                                             "verdict.push_unsure.text"};
    if (verdict != VERDICT_UNKNOWN || order->leg_count == 0 ||
        !order_leg_is_pushed(order_shown_leg(order)))
        return NULL;
    return order_push_is_sure(order) ? &sent : &unsure;
}

/* The insurance had settled its part, and nobody paid the own part. */
static const struct fate_words *fate_of_own_part(const struct order *order, enum verdict verdict) {
    static const struct fate_words unpaid = {"result.own_unpaid.title", "result.own_unpaid.text",
                                             "verdict.own_unpaid.title", "verdict.own_unpaid.text"};
    for (int i = 0; verdict == VERDICT_RETURNED && i < order->leg_count; i++) {
        int own = order_own_leg(order, i);
        if (own >= 0 && order->legs[own].state != LEG_PAID)
            return &unpaid;
    }
    return NULL;
}

/* The insurance called its upload revoked, and has not shown it unpaid: it is still asked. */
static const struct fate_words *fate_of_revoke(const struct order *order, enum verdict verdict) {
    static const struct fate_words unsure = {
        "result.revoke_unsure.title", "result.revoke_unsure.text", "verdict.revoke_unsure.title",
        "verdict.revoke_unsure.text"};
    return only_closed(order, verdict) && order_may_settle_yet(order) ? &unsure : NULL;
}

static const struct fate_words *fate_of_order(const struct order *order, enum verdict verdict) {
    const struct fate_words *pushed = fate_of_push(order, verdict);
    const struct fate_words *revoke = fate_of_revoke(order, verdict);
    if (pushed != NULL || revoke != NULL)
        return pushed != NULL ? pushed : revoke;
    return fate_of_own_part(order, verdict);
}

bool own_words(const struct order *order, enum verdict verdict, const char **title,
               const char **text) {
    const struct fate_words *words = fate_of_order(order, verdict);
    if (words == NULL)
        return false;
    *title = words->screen_title;
    *text = words->screen_text;
    return true;
}

const char *fate_title_key(const struct order *order, enum verdict verdict) {
    const struct fate_words *own = fate_of_order(order, verdict);
    if (own != NULL)
        return own->title;
    return only_closed(order, verdict) ? "result.closed.title" : verdict_title_key(verdict);
}

const char *fate_text_key(const struct order *order, enum verdict verdict) {
    const struct fate_words *own = fate_of_order(order, verdict);
    if (own != NULL)
        return own->text;
    const char *insured = insured_case_key(order, verdict);
    if (insured != NULL)
        return insured;
    return only_closed(order, verdict) ? "result.closed.text" : verdict_text_key(verdict);
}

const char *verdict_word(enum verdict verdict) {
    return verdicts[verdict].word;
}

/* Without a time of return the line names none: the time is known of our own refunds only. */
const char *payment_state_key(const struct payment *payment) {
    if (payment->may_settle)
        return "records.unknown";
    if (payment->verdict == VERDICT_NOT_PAID && payment->perhaps_paid)
        return "records.closed";
    if (payment->verdict == VERDICT_UNKNOWN && route_traits(payment->route)->seen_at_his)
        return "records.pushed";
    if (payment->verdict == VERDICT_RETURNED && payment->returned_ms == 0)
        return "records.returning";
    if (payment->verdict == VERDICT_LATE_RETURNED && payment->returned_ms == 0)
        return "records.late_returned.by_platform";
    return verdicts[payment->verdict].record;
}

#define CHANNEL_KEY(upper, lower) "channel." #lower,
#define SERVICE_KEY(upper, lower) "service." #lower,
static const char *const channels[CHANNEL_COUNT] = {"", CHANNELS(CHANNEL_KEY)};
static const char *const services[SERVICE_COUNT] = {"", SERVICES(SERVICE_KEY)};

const char *channel_key(enum channel channel) {
    return channels[channel];
}

const char *service_key(enum service service) {
    return services[service];
}
