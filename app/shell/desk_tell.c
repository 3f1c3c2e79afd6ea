/* What became of an order, in the document's codes. */
#include <stdio.h>
#include <string.h>

#include "app/base/clock.h"
#include "app/base/log.h"
#include "app/core/desk/desk.h"
#include "app/core/order/shares.h"
#include "app/shell/desk_parts.h"
#include "app/wire/json.h"

/* The platform's own code where it refused the payment by it. Any other was about something else
 * (that it waits, that its close is done), and a caller would go on asking. */
static void reply_unpaid(struct desk *desk, struct desk_call *call, const struct order *order) {
    const struct leg *leg = order_shown_leg(order);
    bool own = leg->state == LEG_DECLINED &&
               onepay_code_meaning(leg->code, ONEPAY_ACT_PAY) == ONEPAY_REFUSED;
    desk_reply_code(desk, call, own ? leg->code : "033002", "");
}

/* ... and of what the insurance refused its words, as far as they were heard by this process. */
static void reply_not_refunded(struct desk *desk, struct desk_call *call,
                               const struct refund *refund, const struct desk_record *record) {
    bool own = onepay_code_meaning(refund->code, ONEPAY_ACT_REFUND) == ONEPAY_REFUSED;
    desk_reply_code(desk, call, own ? refund->code : "034009", record->insurance_words);
}

static void reply_person(struct desk *desk, struct desk_call *call, const struct order *order) {
    char number[ORDER_CASE_NO_SIZE], detail[96];
    snprintf(detail, sizeof detail, "a person decides about it: case %s",
             order_case_no(order, number));
    desk_reply_code(desk, call, DESK_ASK_CODE, detail);
}

/* There is a code to pay with, or there will never be one. */
static void tell_placed(struct desk *desk, struct desk_call *call, int slot) {
    const struct order *order = desk_order_in(desk, slot);
    struct desk_record *record = &desk->records[slot];
    const char *code = wire_text(record->said, "qrcode");
    if (order_shown_leg(order)->channel == CHANNEL_PHONE || call->gives_up)
        return; /* the patient may have to enter a password */
    if (strcmp(order->caller_channel, "CASH") == 0)
        return; /* it is counted: there is nothing to show */
    if (record->said == NULL && call->by_window)
        return;
    if (record->said == NULL) {
        desk_reply_code(desk, call, "040038", DESK_ASK_WORDS);
        return;
    }
    if (code != NULL && code[0] != '\0' && strcmp(code, "0") != 0) {
        if (!call->by_window) /* else the patient sees it here, and the caller hears the end */
            desk_reply(desk, call, "000000", desk_answer_placed(record, call->row->name));
        return;
    }
    log_write(LOG_WARNING, "desk", "%s: the platform gave no code to pay with: closed", order->no);
    desk_give_up(desk, call);
}

static void tell_payment(struct desk *desk, struct desk_call *call, int slot) {
    const struct order *order = desk_order_in(desk, slot);
    switch (desk_payment_news(order)) {
    case CALL_UNDER_WAY:
        return;
    case CALL_PLACED:
        tell_placed(desk, call, slot);
        return;
    case CALL_PAID:
        desk_reply(desk, call, "000000",
                   desk_answer_paid(&desk->records[slot], call->row->name, order));
        return;
    case CALL_UNPAID:
        reply_unpaid(desk, call, order);
        return;
    case CALL_UNSURE:
        desk_reply_code(desk, call, DESK_ASK_CODE, DESK_ASK_WORDS);
        return;
    case CALL_RETURNED:
        desk_reply_code(desk, call, "033002", "the money came and went back");
        return;
    case CALL_WITH_PERSON:
        reply_person(desk, call, order);
        return;
    case CALL_CONFLICTS:
        desk_reply_code(desk, call, "030001", "");
        return;
    }
}

static void tell_close(struct desk *desk, struct desk_call *call, int slot) {
    const struct order *order = desk_order_in(desk, slot);
    switch (desk_payment_news(order)) {
    case CALL_UNDER_WAY:
    case CALL_PLACED:
        return;
    case CALL_PAID:
        desk_reply_code(desk, call, "033001", "");
        return;
    case CALL_UNPAID:
    case CALL_RETURNED:
        desk_reply(desk, call, "000000",
                   desk_answer_closed(call->row->name,
                                      order->caller_no[0] != '\0' ? order->caller_no : order->no,
                                      clock_wall_ms()));
        return;
    case CALL_UNSURE:
    case CALL_CONFLICTS: /* the number is of another order, about which this one says nothing */
        desk_reply_code(desk, call, DESK_ASK_CODE, DESK_ASK_WORDS);
        return;
    case CALL_WITH_PERSON:
        reply_person(desk, call, order);
        return;
    }
}

/* The insurance's number of the reversal: of what it has paid here, the centre's own. */
static const char *med_cancel_sn(const struct desk_call *call, const struct order *order,
                                 const struct refund *refund) {
    bool insured = order_shown_leg(order)->channel == CHANNEL_INSURANCE;
    return insured ? refund->out_no : wire_text(wire_member(call->param, "extra"), "medCancelSn");
}

static void tell_refund(struct desk *desk, struct desk_call *call, int slot) {
    const struct order *order = desk_order_in(desk, slot);
    const char *no = desk_refund_no(call);
    const struct refund *refund = desk_refund(order, no);
    if (refund == NULL)
        return;
    switch (desk_refund_news(order, no)) {
    case CALL_UNDER_WAY:
    case CALL_PLACED:
    case CALL_UNSURE:
    case CALL_RETURNED:
    case CALL_CONFLICTS:
        return;
    case CALL_PAID:
        if (desk_is_cancel(call))
            desk_reply(desk, call, "000000",
                       desk_answer_cancelled(&desk->records[slot], call->row->name, refund,
                                             med_cancel_sn(call, order, refund)));
        else
            desk_reply(desk, call, "000000",
                       desk_answer_refunded(&desk->records[slot], call->row->name, order, refund));
        return;
    case CALL_UNPAID:
        reply_not_refunded(desk, call, refund, &desk->records[slot]);
        return;
    case CALL_WITH_PERSON:
        reply_person(desk, call, order);
        return;
    }
}

/* What is not durable yet may be otherwise after a kill: it is told when it is. */
void desk_tell_call(struct desk *desk, struct desk_call *call, int slot) {
    if (desk_order_in(desk, slot)->run.durable_wait != 0)
        return;
    if (call->wish == CALL_WISH_REFUND)
        tell_refund(desk, call, slot);
    else if (call->wish == CALL_WISH_CLOSE)
        tell_close(desk, call, slot);
    else
        tell_payment(desk, call, slot);
}

void desk_tell_refusal(struct desk *desk, struct desk_call *call, int slot,
                       enum call_refusal refusal) {
    static const struct {
        const char *code, *detail;
    } words[] = {
        [CALL_TAKEN] = {"000000", ""},
        [CALL_OTHER] = {"030001", "the number is of another amount, person or payment"},
        [CALL_OTHER_TRACE] = {"040008", "traceNo is another payment's"},
        [CALL_ABSENT] = {"030002", "not of this desk"},
        [CALL_FULL] = {"-1002", "too many payments are open"},
        [CALL_NO_ROOM] = {DESK_ASK_CODE, "too many payments are open: ask, or call again"},
        [CALL_NO_JOURNAL] = {"-1002", "the journal cannot be written: no money is moved"},
        [CALL_BUSY] = {"040038", "it, or a refund of it, is under way"},
        [CALL_NOTHING_LEFT] = {"034001", "nothing is left of it"},
        [CALL_NOT_PAID] = {"040007", ""},
        [CALL_WHOLE] = {"034008", "it goes back whole or not at all"},
        [CALL_REFUSED] = {"034009", ""},
        [CALL_CANCELLED] = {"033002", "the cashier let it go: nothing was sent"},
        [CALL_NO_MED_SN] = {"020001", "extra.medCancelSn: required of insured patients"},
        [CALL_SHOWN] = {DESK_ASK_CODE, DESK_ASK_WORDS},
    };
    bool refund = call->wish == CALL_WISH_REFUND;
    if (refusal == CALL_CANCELLED && call->wish == CALL_WISH_CLOSE) { /* it had not left yet */
        desk_reply(desk, call, "000000",
                   desk_answer_closed(call->row->name, wire_text(call->param, "outChargeNo"),
                                      clock_wall_ms()));
        return;
    }
    if (refusal == CALL_IN_CASE) {
        reply_person(desk, call, desk_order_in(desk, slot));
        return;
    }
    const char *code = words[refusal].code;
    if (refund && refusal == CALL_ABSENT)
        code = "040008";
    else if (refund && refusal == CALL_CANCELLED)
        code = "034009";
    desk_reply_code(desk, call, code, words[refusal].detail);
}
