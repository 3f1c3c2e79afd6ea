/* Reconciliation, which a person may run at any moment: an order is asked about, or a row of the
 * hospital's books is brought as the proof of its credit; also of an order that is settled, and a
 * row that is another's. Only the booking of the very claim may prove it. */
#include <string.h>

#include "tests/sim/recheck.h"
#include "tests/sim/sim.h"

#define RECHECKS 8
#define RECHECKED_MS INT64_C(36000000) /* some are long after, of what nobody has proved yet */

void recheck_begin(struct sim *sim) {
    enum sim_stream stream = sim_draw_from(sim, STREAM_RECHECK);
    int permille = sim_chance(sim, 600) ? 600 : 0;
    for (int i = 0; i < RECHECKS; i++)
        if (sim_chance(sim, permille))
            sim_after(sim, sim_between(sim, 0, i % 2 ? RECHECKED_MS : RECHECKED_MS / 40),
                      HAPPEN_RECHECK, 0);
    sim_draw_from(sim, stream);
}

static bool any_unproven(const struct order *order) {
    for (int i = 0; i < order->claim_count; i++)
        if (order->claims[i].state == CLAIM_DONE && order->claims[i].unproven)
            return true;
    return false;
}

/* Mostly one that waits for a proof. */
static const char *choose_order(struct sim *sim) {
    int chosen = (int)sim_between(sim, 0, sim->durable_count - 1);
    if (sim_chance(sim, 700))
        for (int i = 0; i < sim->durable_count; i++)
            if (any_unproven(&sim->durable[i].order))
                chosen = i;
    return sim->durable[chosen].no;
}

/* A booking of this order, or of any other; NULL: there is none. */
static const struct sim_credit *choose_booking(struct sim *sim, const char *no, bool its_own) {
    const struct sim_credit *chosen = NULL;
    int count = 0;
    for (int i = 0; i < sim->credit_count; i++) {
        const struct sim_credit *credit = &sim->credits[i];
        bool own = strncmp(credit->amp_trace_id, no, ORDER_NO_LENGTH) == 0;
        if (!credit->refused && !credit->taken_back && own == its_own &&
            sim_between(sim, 0, count++) == 0)
            chosen = credit;
    }
    return chosen;
}

/* Another's payment with the same money; another amount; the receipt of a credit that the terminal
 * knows, with the money of an unproven one. That a receipt which it never heard of is another
 * claim's, nobody could tell. */
enum forgery { FORGED_NOT = 0, FORGED_PAYMENT, FORGED_AMOUNT, FORGED_RECEIPT, FORGERIES };

static struct fen amount_of_unproven(const struct order *order) {
    int last = order->claim_count - 1;
    for (int i = last; i >= 0; i--)
        if (order->claims[i].unproven)
            return order->claims[i].amount;
    return order->claims[last].amount;
}

static bool knows_receipt(const struct order *order, const char *call_sn) {
    for (int i = 0; i < order->claim_count; i++)
        if (call_sn[0] != '\0' && strcmp(order->claims[i].call_sn, call_sn) == 0)
            return true;
    return false;
}

/* What the hospital's row says. NULL: there is no such row. */
static const struct sim_credit *make_proof(struct sim *sim, const struct order *order,
                                           enum forgery forgery, struct order_proof *out) {
    const struct sim_credit *credit = choose_booking(sim, order->no, forgery != FORGED_PAYMENT);
    if (credit == NULL || (forgery == FORGED_RECEIPT && !knows_receipt(order, credit->call_sn)))
        return NULL;
    *out = (struct order_proof){.amount = {credit->fen}};
    memcpy(out->leg_no, forgery == FORGED_PAYMENT ? credit->amp_trace_id : order->legs[0].no,
           ORDER_NO_LENGTH);
    if (forgery == FORGED_RECEIPT || sim_chance(sim, 700))
        memcpy(out->call_sn, credit->call_sn, TRACE_NO_SIZE);
    if (forgery == FORGED_PAYMENT || forgery == FORGED_RECEIPT)
        out->amount = amount_of_unproven(order);
    if (forgery == FORGED_AMOUNT)
        out->amount.fen++;
    return credit;
}

/* As the shell does on the journal's thread. */
static bool receipt_is_free(struct sim *sim, const struct recheck *recheck) {
    bool taken = true;
    return journal_receipt_taken(sim->journal, recheck->proof.call_sn, recheck->order.no, &taken) ==
               JOURNAL_OK &&
           !taken;
}

/* Is what is proved now what the row is the booking of? */
static void check_proven(struct sim *sim, const struct order *before, const struct order *after,
                         const struct sim_credit *booking, const struct order_proof *proof) {
    char trace[CLAIM_TRACE_SIZE];
    for (int i = 0; i < before->claim_count; i++) {
        const struct claim *was = &before->claims[i];
        if (was->state != CLAIM_DONE || !was->unproven || after->claims[i].unproven)
            continue;
        sim->proven++;
        if (strcmp(booking->amp_trace_id, order_claim_trace(after, i, trace)) != 0 ||
            booking->fen != proof->amount.fen)
            sim_fail(sim, "%s claim %d is proved by another's booking", before->no, i + 1);
    }
}

void recheck_act(struct sim *sim) {
    static struct recheck recheck;
    static struct order before;
    const struct sim_credit *booking = NULL;
    if (!sim->running || sim->durable_count == 0)
        return;
    const char *no = choose_order(sim);
    enum forgery forgery =
        sim_chance(sim, 500) ? FORGED_NOT : (enum forgery)sim_between(sim, 1, FORGERIES - 1);
    recheck = (struct recheck){.head.kind = DOCUMENT_RECHECK};
    if (journal_load(sim->journal, no, &recheck.order) != JOURNAL_OK ||
        order_settled(&recheck.order))
        return;
    if (sim_chance(sim, 600))
        booking = make_proof(sim, &recheck.order, forgery, &recheck.proof);
    bool proves = booking != NULL;
    recheck.kind = proves ? RECHECK_PROVE : RECHECK_ASK;
    if (proves && !receipt_is_free(sim, &recheck))
        return;
    int slot = book_find(&sim->core.book, no);
    before = slot >= 0 ? sim->core.book.orders[slot] : recheck.order;
    sim_trace(sim, "reconciliation %s %s, row %d", proves ? "has a row of" : "asks about", no,
              (int)forgery);
    if (slot < 0 && book_may_recheck(&sim->core.book, no))
        (void)durable_note_restored(sim, &recheck.order);
    enum sim_stream stream = sim_draw_from(sim, STREAM_WORLD);
    terminal_event(
        sim, (struct event){.kind = EVENT_CONTROL,
                            .of.control = {.control = CONTROL_RECHECK, .document = &recheck.head}});
    sim_draw_from(sim, stream);
    slot = book_find(&sim->core.book, no);
    if (proves && slot >= 0)
        check_proven(sim, &before, &sim->core.book.orders[slot], booking, &recheck.proof);
}
