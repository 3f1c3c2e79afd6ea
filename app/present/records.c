/* The views of what was paid before: what became of it, what may go back, what went back. */
#include <stdio.h>
#include <string.h>

#include "app/core/visit/keys.h"
#include "app/core/visit/refundable.h"
#include "app/present/parts.h"

#define DATE_LENGTH 10   /* yyyy-MM-dd */
#define MINUTE_LENGTH 16 /* yyyy-MM-dd HH:mm */

static char *clock_cut(int64_t wall_ms, int length, char out[CLOCK_TEXT_SIZE]) {
    clock_text(wall_ms, out);
    out[length] = '\0';
    return out;
}

static const char *paid_at(const struct payment *payment, char out[CLOCK_TEXT_SIZE]) {
    int64_t paid_ms = payment->paid_ms != 0 ? payment->paid_ms : payment->created_ms;

    return clock_cut(paid_ms, MINUTE_LENGTH, out);
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

static void present_fate(const struct presenting *p, int i, int row) {
    struct payment *payment = live_row(p, row, &p->store->payment_rows[i]);
    struct view_payment *view = &p->view->of.records.rows[i];

    *view = (struct view_payment){.service = (int)payment->service,
                                  .time = paid_at(payment, p->store->payment_times[i]),
                                  .state_key = payment_state_key(payment),
                                  .state_a = payment->case_no,
                                  .state_b = yuan_of(payment->returned, p->store->payment_words[i],
                                                     sizeof p->store->payment_words[i]),
                                  .tone = present_tone(payment->verdict),
                                  .amount_fen = payment->amount.fen};
    if (payment->case_no[0] == '\0')
        view->state_a = clock_cut(payment->returned_ms, DATE_LENGTH, p->store->payment_days[i]);
}

static enum view_tone tone_of_offer(const struct refund_offer *offer) {
    if (offer->obstacle == NOTICE_NONE)
        return TONE_RETURNED;
    return offer->obstacle == NOTICE_REFUND_STATE ? TONE_WAIT : TONE_NOT_PAID;
}

static void present_offer(const struct presenting *p, int i, int index) {
    const struct payment_list *list = session_payments(p->session);
    const struct payment_item *item = &list->items[index];
    const struct payment *payment = &list->rows[item->payment];
    struct refund_offer offer = offer_refund(p->at, item);
    bool free = offer.obstacle == NOTICE_NONE;

    p->view->of.records.rows[i] = (struct view_payment){
        .service = (int)payment->service,
        .time = paid_at(payment, p->store->payment_times[i]),
        .state_key = free ? "refund.may" : reason_key(offer.obstacle),
        .state_a =
            yuan_of(offer.rest, p->store->payment_words[i], sizeof p->store->payment_words[i]),
        .state_b = clock_cut(offer.until_ms, DATE_LENGTH, p->store->payment_days[i]),
        .tone = tone_of_offer(&offer),
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
    int total = row_count(p->session, refund), first = p->session->page * PAYMENTS_A_PAGE;

    view->of.records.page = p->session->page;
    if (total > 0)
        view->of.records.page_count = (total + PAYMENTS_A_PAGE - 1) / PAYMENTS_A_PAGE;
    view->of.records.first = first;
    for (int i = 0; i < PAYMENTS_A_PAGE && first + i < total; i++) {
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

    view->of.records.account = present_account(p);
    view->of.records.refund = refund;
    view->of.records.page_count = 1;
    if (session_payments(p->session) == NULL)
        return;
    view->of.records.more = session_payments(p->session)->more;
    present_rows(p, refund);
    if (refund) {
        offer_balance_plan(p->at, &plan);
        view->of.records.balance_fen = plan.sum.fen;
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
            (struct view_refund){.time = paid_at(payment, p->store->payment_times[i]),
                                 .channel_key = channel_key(payment->channel),
                                 .amount_fen = plan->steps[i].amount.fen};
    }
}

void present_refund_amount(const struct presenting *p) {
    const struct payment_item *item =
        &session_payments(p->session)->items[p->session->giving_back.item];
    struct refund_offer offer = offer_refund(p->at, item);
    struct view *view = p->view;

    view->of.amount.title_key = "title.refund_amount";
    view->of.amount.cap_key = "amount.cap.refund";
    view->of.amount.cap_fen = offer.rest.fen;
    view->of.amount.preset_count = 1;
    view->of.amount.presets_fen[0] = offer.rest.fen;
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
