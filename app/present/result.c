/* RESULT: what became of the money, on which paper, and where to go now. */
#include <stdio.h>

#include "app/core/order/shares.h"
#include "app/core/visit/flows.h"
#include "app/core/visit/guides.h"
#include "app/core/visit/keys.h"
#include "app/present/parts.h"

static const char *receipt_state_key(const struct presenting *p) {
    switch (p->session->payment.receipt) {
    case RECEIPT_NONE:
        return "";
    case RECEIPT_PRINTING:
        return "receipt.printing";
    case RECEIPT_PRINTED:
        return "receipt.printed";
    case RECEIPT_FAILED:
        return "receipt.failed";
    case RECEIPT_UNKNOWN:
        return "receipt.unknown";
    case RECEIPT_NO_PRINTER:
        break;
    }
    return p->core->terminal.devices[ROLE_PRINTER].supply == SUPPLY_OUT ? "receipt.no_paper"
                                                                        : "receipt.no_printer";
}

/* What was asked of the patient where nothing is known to be paid. */
static struct fen amount_of(const struct presenting *p, const struct order_sums *sums) {
    bool paid = sums->paid.fen > 0 || p->session->payment.verdict == VERDICT_NOT_PAID;

    return paid ? sums->paid : order_amount(present_order(p));
}

static bool paper_may_be_missing(const struct session *session) {
    return session->payment.receipt == RECEIPT_NO_PRINTER ||
           session->payment.receipt == RECEIPT_FAILED ||
           session->payment.receipt == RECEIPT_UNKNOWN;
}

/* What the code to photograph is for. Where nobody knows whether there is paper, nobody says that
 * there is none. */
static const char *photo_key(const struct session *session) {
    if (session->payment.reviewing)
        return "result.staff_code";
    return session->payment.receipt == RECEIPT_UNKNOWN ? "result.photo_unknown" : "result.photo";
}

static void present_photo(const struct presenting *p, struct fen amount) {
    char yuan[MONEY_TEXT_SIZE];

    p->view->of.result.photo_code = "";
    p->view->of.result.photo_key = photo_key(p->session);
    if (!p->session->payment.reviewing && !paper_may_be_missing(p->session))
        return;
    snprintf(p->store->photo, sizeof p->store->photo, "HK1|%s|%s|%s", p->session->payment.order_no,
             verdict_word(p->session->payment.verdict), money_format(amount, yuan));
    p->view->of.result.photo_code = p->store->photo;
}

static void present_guides(const struct presenting *p) {
    struct view *view = p->view;
    struct guides guides;

    guides_of(p->session, &guides);
    view->of.result.page = p->session->page;
    view->of.result.next_step = guides.next_step;
    view->of.result.guide_count = guides.count;
    for (int i = 0; i < guides.count; i++) {
        const struct guide_item *item = guides.items[i];
        view->of.result.guides[i] = (struct view_guide){.drug = item->drug,
                                                        .title = item->title,
                                                        .key = item->key,
                                                        .value = item->value,
                                                        .window = item->window,
                                                        .queue = item->queue,
                                                        .waiting = item->waiting,
                                                        .code = (int)item->code,
                                                        .code_value = item->code_value};
    }
}

/* Is what was paid the insurance's part, and nothing else? */
static bool insured_alone(const struct order *order) {
    const struct leg *insured = order_insured_leg(order), *shown = order_shown_leg(order);

    return insured != NULL && insured->state == LEG_PAID && shown != insured &&
           shown->state != LEG_PAID;
}

/* What the amount is: nothing that was not paid is called paid. */
static const char *amount_key(const struct presenting *p, const struct order_sums *sums) {
    if (p->session->payment.verdict == VERDICT_NOT_PAID)
        return "";
    bool paid = sums->paid.fen > 0 && order_seen_paid(present_order(p));
    if (paid && insured_alone(present_order(p)))
        return "result.insured_paid"; /* and nobody the rest */
    if (paid && order_split_is_on_phone(order_shown_leg(present_order(p))))
        return "split.total"; /* of which the phone knows who paid what */
    return paid ? "result.amount" : "result.asked";
}

/* What the platform says of the payer's own way, else what was chosen. */
static enum channel paid_way(const struct leg *leg) {
    return leg->paid_by != CHANNEL_NONE ? leg->paid_by : leg->channel;
}

/* Where the split is shown, how it came about is too. */
static void present_settlement(const struct presenting *p, const struct leg *leg) {
    struct view *view = p->view;

    _Static_assert(SETTLEMENT_ROWS_MAX <= VIEW_SETTLEMENT_MAX, "each has its place");
    view->of.result.settlement_count = settlement_rows(leg->settlement, p->store->settlement);
    for (int i = 0; i < view->of.result.settlement_count; i++)
        view->of.result.settlement[i] =
            (struct view_settlement){.key = settlement_key(p->store->settlement[i].kind),
                                     .name = p->store->settlement[i].name,
                                     .fen = p->store->settlement[i].amount.fen};
}

static void present_money(const struct presenting *p) {
    const struct order *order = present_order(p);
    enum verdict verdict = p->session->payment.verdict;
    struct order_sums sums = order_sums(order);
    struct fen amount = amount_of(p, &sums);
    int64_t time_ms =
        order_shown_leg(order)->paid_ms != 0 ? order_shown_leg(order)->paid_ms : order->created_ms;
    struct view *view = p->view;

    view->of.result.amount_key = amount_key(p, &sums);
    view->of.result.amount_fen = amount.fen;
    view->of.result.has_returned = present_verdict(order, verdict).goes_back;
    view->of.result.returned_fen = sums.returned.fen + sums.in_flight.fen;
    if (sums.credited.fen > 0) {
        view->of.result.split = present_split(order);
        if (order_insured_leg(order) != NULL)
            present_settlement(p, order_insured_leg(order));
    }
    view->of.result.time = clock_text(time_ms, p->store->time);
    view->of.result.channel_key =
        verdict == VERDICT_NOT_PAID ? "" : way_key(paid_way(order_shown_leg(order)));
    if (p->session->service == SERVICE_REFUND) {
        present_refunded(p);
        amount = session_refund_amount(p->session);
    }
    present_photo(p, amount);
}

void present_result(const struct presenting *p) {
    const struct session *session = p->session;
    struct view *view = p->view;

    const struct verdict_row row = present_verdict(present_order(p), session->payment.verdict);
    view->of.result.tone = row.tone;
    view->of.result.title_key = row.title_key;
    view->of.result.text_key = row.text_key;
    view->of.result.order_no = p->store->order_no;
    view->of.result.case_no = session->payment.case_no;
    view->of.result.receipt_key = receipt_state_key(p);
    view->of.result.paper =
        session->payment.receipt == RECEIPT_PRINTING || session->payment.receipt == RECEIPT_PRINTED;
    view->of.result.can_print =
        session->payment.receipt != RECEIPT_PRINTING && offer_printer(p->at);
    view->of.result.again = offer_payment_again(p->at);
    view->of.result.again_fen = session->choice.amount.fen;
    int next = offer_next_bill(p->at);
    view->of.result.next = next >= 0;
    view->of.result.next_fen = next >= 0 ? session_bills(p->session)->bills[next].amount.fen : 0;
    view->of.result.check_count = present_checks(p, view->of.result.checks);
    present_money(p);
    present_guides(p);
}
