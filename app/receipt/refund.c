/* The part of a receipt that is about money given back on request. */
#include "app/base/clock.h"
#include "app/core/visit/giving_back.h"
#include "app/receipt/parts.h"

/* The words for what became of a refund. */
static const char *state_key(enum refund_state state, bool for_a_person) {
    switch (state) {
    case REFUND_DONE:
        return "receipt.refund.done";
    case REFUND_REFUSED:
        return for_a_person ? "receipt.refund.window" : "receipt.refund.refused";
    case REFUND_CASE:
        return "receipt.refund.window";
    case REFUND_NEW:
    case REFUND_SENDING:
    case REFUND_UNKNOWN:
        break;
    }
    return "receipt.refund.open";
}

static void write_amount(struct writer *w, const char *key, struct fen amount) {
    char text[WRITER_AMOUNT_SIZE];

    writer_pair(w, writer_words(w, key), writer_amount_text(amount, text));
}

static void write_step(struct writer *w, const struct refund_step *step, const char *key) {
    writer_pair(w, writer_words(w, "receipt.order_no"), step->order_no);
    writer_pair(w, writer_words(w, "receipt.refund_no"), step->refund_no);
    write_amount(w, "receipt.refund", step->amount);
    writer_pair(w, "", writer_words(w, key));
    writer_add(w, PRINT_RULE, "");
}

static const char *step_key(const struct writer *w, int i) {
    const struct session *session = w->source->session;
    const struct order *order = w->source->order;

    if (session->giving_back.plan.steps[i].done)
        return "receipt.refund.done";
    if (i != session->giving_back.step || session->giving_back.refund < 0)
        return ""; /* it has not begun */
    const struct refund *refund = giving_back_refund(session, order);
    return state_key(refund->state, order->claims[refund->claim].state == CLAIM_CASE);
}

void receipt_write_plan(struct writer *w) {
    const struct session *session = w->source->session;
    struct fen sum = session_refunded(session);
    char time[CLOCK_TEXT_SIZE];

    writer_pair(w, writer_words(w, "receipt.name"), w->source->order->person.masked_name);
    writer_pair(w, writer_words(w, "receipt.time"), clock_text(w->source->now.wall_ms, time));
    writer_pair(w, writer_words(w, "receipt.terminal"),
                writer_given(w->source->site.terminal_no, ""));
    writer_add(w, PRINT_RULE, "");
    for (int i = 0; i < session->giving_back.plan.count; i++)
        if (step_key(w, i)[0] != '\0')
            write_step(w, &session->giving_back.plan.steps[i], step_key(w, i));
    if (sum.fen > 0)
        write_amount(w, "receipt.returned", sum);
}

void receipt_write_refunds(struct writer *w) {
    const struct order *order = w->source->order;
    char time[CLOCK_TEXT_SIZE];

    for (int i = 0; i < order->refund_count; i++) {
        const struct refund *refund = &order->refunds[i];
        if (refund->state != REFUND_DONE)
            continue;
        writer_add(w, PRINT_RULE, "");
        writer_pair(w, writer_words(w, "receipt.refund_no"), refund->no);
        write_amount(w, "receipt.refund", refund->amount);
        writer_pair(w, writer_words(w, "receipt.refund_time"), clock_text(refund->done_ms, time));
    }
}
