/* The views of what was paid before: what became of it, what may go back, what went back. */
#include <stdio.h>
#include <string.h>

#include "app/core/visit/keys.h"
#include "app/core/visit/refundable.h"
#include "app/core/visit/typing.h"
#include "app/present/parts.h"

#define DATE_LENGTH 10 /* yyyy-MM-dd */

static char *clock_cut(int64_t wall_ms, int length, char out[CLOCK_TEXT_SIZE]) {
    clock_text(wall_ms, out);
    out[length] = '\0';
    return out;
}

static const char *paid_at(const struct presenting *p, const struct payment *payment,
                           char out[CLOCK_TEXT_SIZE]) {
    char text[CLOCK_TEXT_SIZE];

    clock_text(payment->paid_ms != 0 ? payment->paid_ms : payment->created_ms, text);
    return present_when(p, text, out);
}

static const char *yuan_of(struct fen amount, char *out, size_t size) {
    char yuan[MONEY_TEXT_SIZE];

    snprintf(out, size, "¥%s", money_format(amount, yuan));
    return out;
}

/* The row as the open order has it, where it is open. */
static struct payment *live_row(const struct presenting *p, int row, struct payment *out) {
    int slot;

    *out = session_payments(p->session)->rows[row];
    slot = book_find(&p->core->book, out->order_no);
    if (slot >= 0)
        payment_of_order(&p->core->book.orders[slot], out);
    return out;
}

/* As the order's verdict; when it went back is known only of our own refunds. */
static struct verdict_row present_fate_row(const struct payment *payment) {
    static const struct order no_order;
    struct verdict_row row = present_verdict(&no_order, payment->verdict);

    if (payment->verdict == VERDICT_RETURNED && payment->returned_ms == 0)
        row.place = PLACE_PLATFORM;
    if (payment->verdict == VERDICT_NOT_PAID && payment->perhaps_paid)
        row.place = PLACE_UNKNOWN;
    return row;
}

static void present_fate(const struct presenting *p, int i, int row) {
    struct payment *payment = live_row(p, row, &p->store->payment_rows[i]);
    struct view_payment *view = &p->view->of.records.rows[i];
    struct verdict_row row_of = present_fate_row(payment);

    *view = (struct view_payment){.service = (int)payment->service,
                                  .time = paid_at(p, payment, p->store->payment_times[i]),
                                  .state_key = payment_state_key(payment),
                                  .state_a = payment->case_no,
                                  .state_b = yuan_of(payment->returned, p->store->payment_words[i],
                                                     sizeof p->store->payment_words[i]),
                                  .channel_key = way_key(payment->channel),
                                  .tone = row_of.tone,
                                  .place = row_of.place,
                                  .elsewhere =
                                      payment->elsewhere[0] != '\0' ? payment->elsewhere : NULL,
                                  .amount_fen = payment->amount.fen};
    if (payment->case_no[0] == '\0')
        view->state_a = clock_cut(payment->returned_ms, DATE_LENGTH, p->store->payment_days[i]);
}

static void present_offer(const struct presenting *p, int i, int index) {
    const struct payment_list *list = session_payments(p->session);
    const struct payment_item *item = &list->items[index];
    const struct payment *payment = &list->rows[item->payment];
    struct refund_offer offer = offer_refund(p->at, item);
    bool free = offer.obstacle == NOTICE_NONE;

    p->view->of.records.rows[i] = (struct view_payment){
        .service = (int)payment->service,
        .time = paid_at(p, payment, p->store->payment_times[i]),
        .state_key = free ? "refund.may" : reason_key(offer.obstacle),
        .state_a =
            yuan_of(offer.rest, p->store->payment_words[i], sizeof p->store->payment_words[i]),
        .state_b = clock_cut(offer.until_ms, DATE_LENGTH, p->store->payment_days[i]),
        .channel_key = way_key(payment->channel),
        .tone = TONE_RETURNED,
        .off = !free,
        .amount_fen = item->amount.fen};
}

static int row_count(const struct session *session, bool refund) {
    int rows = 0;

    if (!refund)
        return session_payments(session)->count;
    while (refund_shown(session_payments(session), rows) >= 0)
        rows++;
    return rows;
}

static void present_rows(const struct presenting *p, bool refund) {
    struct view *view = p->view;
    int a_page = visit_rows_a_page(p->at, PAGE_PAYMENTS);
    int total = row_count(p->session, refund), first = p->session->page * a_page;

    view->of.records.page = p->session->page;
    if (total > 0)
        view->of.records.page_count = (total + a_page - 1) / a_page;
    view->of.records.first = first;
    for (int i = 0; i < a_page && first + i < total; i++) {
        if (refund)
            present_offer(p, i, refund_shown(session_payments(p->session), first + i));
        else
            present_fate(p, i, first + i);
        view->of.records.count++;
    }
}

void present_records(const struct presenting *p) {
    bool refund = p->session->service == SERVICE_REFUND;
    struct refund_plan plan;
    struct view *view = p->view;

    view->of.records.refund = refund;
    view->of.records.page_count = 1;
    if (session_payments(p->session) == NULL)
        return;
    view->of.records.more = session_payments(p->session)->more;
    present_rows(p, refund);
    if (refund) {
        offer_balance_plan(p->at, &plan);
        view->of.records.balance_fen = plan.sum.fen;
        view->of.records.at_once = plan.count > 1; /* one alone says the same */
    }
}

static const struct payment *payment_of_step(const struct payment_list *list,
                                             const struct refund_step *step) {
    for (int i = 0; i < list->count; i++)
        if (strcmp(list->rows[i].order_no, step->order_no) == 0)
            return &list->rows[i];
    return &list->rows[0];
}

void present_refund_confirm(const struct presenting *p) {
    const struct refund_plan *plan = &p->session->giving_back.plan;
    struct view *view = p->view;

    view->of.confirm.refund_count = plan->count;
    view->of.confirm.refund_fen = plan->sum.fen;
    for (int i = 0; i < plan->count && i < VIEW_REFUNDS_MAX; i++) {
        const struct payment *payment =
            payment_of_step(session_payments(p->session), &plan->steps[i]);
        view->of.confirm.refunds[i] =
            (struct view_refund){.time = paid_at(p, payment, p->store->payment_times[i]),
                                 .channel_key = way_key(payment->channel),
                                 .amount_fen = plan->steps[i].amount.fen};
    }
}

void present_refund_amount(const struct presenting *p) {
    const struct payment_item *item =
        &session_payments(p->session)->items[p->session->giving_back.item];
    struct refund_offer offer = offer_refund(p->at, item);
    struct view *view = p->view;

    view->of.amount.title_key = "title.refund_amount";
    view->of.amount.cap_key = item->insured ? "amount.cap.insured" : "amount.cap.refund";
    view->of.amount.cap_fen = offer.rest.fen;
    view->of.amount.preset_count = item->own.fen > 0 ? 2 : 1;
    view->of.amount.presets_fen[0] = offer.rest.fen;
    view->of.amount.presets_fen[1] = item->own.fen;
    if (view->of.amount.preset_count == 2) {
        view->of.amount.preset_keys[0] = "amount.whole";
        view->of.amount.preset_keys[1] = "amount.own";
    }
}

/* When it went back, or was asked for. */
static int64_t refund_ms(const struct presenting *p) {
    const struct session *session = p->session;

    if (session->payment.slot < 0 || session->giving_back.refund < 0)
        return p->now.wall_ms;
    const struct refund *refund =
        &p->core->book.orders[session->payment.slot].refunds[session->giving_back.refund];
    return refund->done_ms != 0 ? refund->done_ms : refund->created_ms;
}

void present_refunded(const struct presenting *p) {
    struct fen done = session_refunded(p->session), about = session_refund_amount(p->session);
    struct view *view = p->view;

    view->of.result.amount_key = "result.refund";
    view->of.result.amount_fen = about.fen;
    view->of.result.has_returned = done.fen > 0 && money_compare(done, about) != 0;
    view->of.result.returned_fen = done.fen;
    view->of.result.time = clock_text(refund_ms(p), p->store->time);
}
