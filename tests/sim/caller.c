/* Window software that calls the desk (--desk), each payment by a number of its own: it pays, calls
 * again, closes, wants money back, names another amount, person or way back. What it is told is
 * durable and stays true, and a number is one payment, one refund. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/core/desk/desk.h"
#include "tests/sim/sim.h"

#define CALLED_FEW 8

static int number_of_call(const struct order *order) {
    return atoi(order->caller_no + 1);
}

static struct call_document *call_of(struct sim *sim, int i) {
    const struct sim_called *called = &sim->called[i];
    struct call_document *call = sim_document(sim, sizeof *call);
    struct order_person *person = &call->person;
    call->head.kind = DOCUMENT_CALL;
    snprintf(call->caller_no, sizeof call->caller_no, "N%d", i);
    bool insured =
        called->channel == CHANNEL_INSURANCE; /* a bill that the hospital knows by this */
    call->service = insured ? SERVICE_BILLS : SERVICE_DEPOSIT;
    call->channel = called->channel;
    call->amount.fen = called->fen;
    if (call->channel == CHANNEL_CARD)
        memcpy(call->pos_no, i % 2 == 0 ? "1" : "2", sizeof call->pos_no);
    person->account_type = ACCOUNT_OUTPATIENT;
    snprintf(person->mdtrt_cert_no, sizeof person->mdtrt_cert_no, "%s", sim_card_no(called->card));
    snprintf(person->his_cust_id, sizeof person->his_cust_id, "%s", sim_card_no(called->card));
    snprintf(person->keys.cust, sizeof person->keys.cust, "%s", sim_card_no(called->card));
    return call;
}

/* As the shell asks the journal before the core hears of it. */
static void call_desk(struct sim *sim, int i, enum call_wish wish, struct call_document *call) {
    enum journal_result result = journal_load_called(sim->journal, call->caller_no, &call->order);
    if (result != JOURNAL_OK && result != JOURNAL_NOT_FOUND)
        return; /* told to ask */
    call->found = result == JOURNAL_OK;
    if (call->found)
        (void)durable_note_restored(sim, &call->order);
    if (journal_refund_owner(sim->journal, call->refund_no, call->refund_owner) != JOURNAL_OK)
        return;
    terminal_event(
        sim, (struct event){.kind = EVENT_CALL, .of.call = {(uint32_t)i + 1, wish, &call->head}});
}

/* A number whose first call has left no trace is as good as new: whatever is said of it now counts.
 */
static bool is_known(const struct sim *sim, int i) {
    char caller_no[CALLER_NO_SIZE];
    snprintf(caller_no, sizeof caller_no, "N%d", i);
    for (int k = 0; k < sim->durable_count; k++)
        if (strcmp(sim->durable[k].order.caller_no, caller_no) == 0)
            return true;
    for (int k = 0; k < ORDERS_MAX; k++)
        if (sim->core.book.orders[k].run.used &&
            strcmp(sim->core.book.orders[k].caller_no, caller_no) == 0)
            return true;
    return false;
}

/* What insurance has paid goes back by a reversal only, of all of it; whoever has asked for one
 * asks for no other before it is told what became of it. */
static void ask_reversal(struct sim *sim, int i, struct call_document *call) {
    struct sim_called *called = &sim->called[i];
    if (called->reversal == 0)
        called->reversal = (int)sim_between(sim, 1, 2);
    call->reverses = true;
    if (sim_chance(sim, 500))
        call->amount.fen = 0; /* all of it */
    snprintf(call->refund_no, sizeof call->refund_no, "R%d-%d", i, called->reversal);
}

static bool is_refund_known(const struct sim *sim, const char *refund_no) {
    for (int k = 0; k < sim->durable_count; k++)
        if (desk_refund(&sim->durable[k].order, refund_no) != NULL)
            return true;
    for (int k = 0; k < ORDERS_MAX; k++)
        if (sim->core.book.orders[k].run.used &&
            desk_refund(&sim->core.book.orders[k], refund_no) != NULL)
            return true;
    return false;
}

/* Its number says how it goes back, for good: said otherwise it is another refund. */
static void say_way_back(struct sim *sim, struct sim_called *called, struct call_document *call) {
    bool odd = call->refund_no[strlen(call->refund_no) - 1] == '1';
    bool lies = is_refund_known(sim, call->refund_no) && sim_chance(sim, 100);
    memcpy(call->mode, "1", sizeof "1");
    snprintf(call->flow, sizeof call->flow, "%s", odd != lies ? "direct" : "hisDecide");
    called->lies |= lies;
}

static void ask_back(struct sim *sim, int i, struct call_document *call) {
    struct sim_called *called = &sim->called[i];
    if (called->channel == CHANNEL_INSURANCE && sim_chance(sim, 800)) {
        ask_reversal(sim, i, call);
        return;
    }
    called->lies = called->channel == CHANNEL_INSURANCE; /* a part of it */
    call->amount.fen = 1 + called->fen / (2 + i % 2);    /* what is left may be as much, or less */
    snprintf(call->refund_no, sizeof call->refund_no, "R%d-%d", i, (int)sim_between(sim, 1, 2));
    say_way_back(sim, called, call);
}

static void call_again(struct sim *sim, int i) {
    struct sim_called *called = &sim->called[i];
    struct call_document *call = call_of(sim, i);
    enum call_wish wish = CALL_WISH_PAY;
    int64_t what = is_known(sim, i) ? sim_between(sim, 0, 999) : 999;
    if (called->reversal != 0) {
        wish = CALL_WISH_REFUND;
        ask_reversal(sim, i, call);
    } else if (what < 150) {
        call->amount.fen++;
        called->lies = true;
    } else if (what < 300) {
        snprintf(call->person.keys.cust, sizeof call->person.keys.cust, "another");
        called->lies = true;
    } else if (what < 400) {
        wish = CALL_WISH_CLOSE;
    } else if (what < 800) {
        wish = CALL_WISH_REFUND;
        ask_back(sim, i, call);
    }
    call_desk(sim, i, wish, call);
}

void caller_act(struct sim *sim, int i) {
    struct sim_called *called = &sim->called[i];
    bool has_to = called->reversal != 0 && !sim->safety; /* one that waits asks until it is told */
    bool again = called->reversal != 0 || sim_chance(sim, 800);
    if (again)
        sim_after(sim, sim_between(sim, 500, 120000), HAPPEN_CALL, i);
    if (!sim->running)
        return;
    if (!has_to && !sim_happens(sim, "window software calls about N%d", i))
        return;
    called->lies = false;
    if (called->fen != 0) {
        call_again(sim, i);
        if (called->reversal != 0 && !again) /* it was to be its last call */
            sim_after(sim, sim_between(sim, 500, 120000), HAPPEN_CALL, i);
        return;
    }
    called->fen = sim_between(sim, 1, 20000);
    called->card = (int)sim_between(sim, 0, 1);
    called->channel = sim_chance(sim, 500) ? CHANNEL_PHONE : CHANNEL_ALIPAY;
    if (sim_chance(sim, 400))
        called->channel = CHANNEL_CARD;
    if (sim->mmpc && sim_chance(sim, 500))
        called->channel = CHANNEL_INSURANCE;
    call_desk(sim, i, CALL_WISH_PAY, call_of(sim, i));
}

bool caller_reverses(const struct order *order) {
    return order->caller_no[0] != '\0' && order->legs[0].channel == CHANNEL_INSURANCE;
}

void caller_begin(struct sim *sim) {
    memset(sim->called, 0, sizeof sim->called);
    int count = sim->crowd.kind != CROWD_NONE ? SIM_CALLED_MAX : CALLED_FEW;
    for (int i = 0; sim->desk && i < count; i++)
        sim_after(sim, sim_between(sim, 0, 600000), HAPPEN_CALL, i);
}

/* ---- what is told ---- */

static bool is_final(enum call_news news) {
    return news == CALL_PAID || news == CALL_UNPAID || news == CALL_RETURNED;
}

/* Money that came late may be returned after "not paid", never kept. */
static bool contradicts(enum call_news before, enum call_news now) {
    return (before == CALL_PAID && (now == CALL_UNPAID || now == CALL_RETURNED)) ||
           (before == CALL_UNPAID && now == CALL_PAID) ||
           (before == CALL_RETURNED && now == CALL_PAID);
}

static bool is_back_anywhere(const struct sim *sim, const char *refund_no) {
    for (int i = 0; i < sim->refund_count; i++)
        if (sim->refunds[i].done && strcmp(sim->refunds[i].no, refund_no) == 0)
            return true;
    for (int i = 0; i < sim->unbooking_count; i++)
        if (sim->unbookings[i].done && strcmp(sim->unbookings[i].no, refund_no) == 0)
            return true;
    return false;
}

static void check_told_refunds(struct sim *sim, const struct order *order,
                               const struct order *durable) {
    for (int i = 0; i < order->refund_count; i++) {
        enum refund_state state = order->refunds[i].state;
        bool final = state == REFUND_DONE || state == REFUND_REFUSED;
        if (order->refunds[i].caller_no[0] == '\0' || !final)
            continue;
        if (durable == NULL || durable->refund_count <= i || durable->refunds[i].state != state)
            sim_fail(sim, "%s: the end of %s is told before it is durable", order->caller_no,
                     order->refunds[i].caller_no);
        if (desk_refund_news(order, order->refunds[i].caller_no) == CALL_UNPAID &&
            is_back_anywhere(sim, order->refunds[i].caller_no))
            sim_fail(sim, "%s is told of as refused, and is booked back or given back",
                     order->refunds[i].caller_no);
    }
}

void caller_check_order(struct sim *sim, const struct order *order) {
    if (order->caller_no[0] != 'N')
        return;
    struct sim_called *called = &sim->called[number_of_call(order)];
    enum call_news news = desk_payment_news(order);
    if (called->order_no[0] != '\0' && strcmp(called->order_no, order->no) != 0)
        sim_fail(sim, "%s is two payments", order->caller_no);
    memcpy(called->order_no, order->no, ORDER_NO_SIZE);
    if (contradicts(called->told, news))
        sim_fail(sim, "%s was told otherwise: %d, now %d", order->caller_no, (int)called->told,
                 (int)news);
    for (int i = 0; i < order->refund_count; i++)
        for (int k = 0; k < i; k++)
            if (order->refunds[i].caller_no[0] != '\0' &&
                order->refunds[k].state != REFUND_REFUSED &&
                strcmp(order->refunds[i].caller_no, order->refunds[k].caller_no) == 0)
                sim_fail(sim, "%s is two refunds", order->refunds[i].caller_no);
}

static const struct sim_refund *refund_at_centre(const struct sim *sim, const char *refund_no) {
    for (int i = 0; i < sim->refund_count; i++)
        if (strcmp(sim->refunds[i].no, refund_no) == 0)
            return &sim->refunds[i];
    return NULL;
}

/* Reversed: only now the caller takes its book back. Not reversed: it stands as it was paid. With a
 * person: it waits for that one. */
static void hear_reversal(struct sim *sim, struct sim_called *called, const struct order *order,
                          const char *refund_no) {
    const struct sim_refund *real = refund_at_centre(sim, refund_no);
    enum call_news news = desk_refund_news(order, refund_no);
    bool done = news == CALL_PAID, really = real != NULL && real->done;
    char trace[CLAIM_TRACE_SIZE];
    if ((done || news == CALL_UNPAID) && done != really)
        sim_fail(sim, "%s is told of as %s, and the centre has %s it", refund_no,
                 done ? "done" : "refused", really ? "done" : "not done");
    if (done && !called->book_is_back)
        his_unbook(sim, order_claim_trace(order, 0, trace), called->fen);
    called->book_is_back = called->book_is_back || done;
    if (news != CALL_UNDER_WAY && refund_no[strlen(refund_no) - 1] == '0' + called->reversal)
        called->reversal = 0;
}

/* An answer may be lost on its way to the caller, who asks again. */
static void hear_reversals(struct sim *sim, struct sim_called *called, const struct order *order) {
    bool lost = sim->safety && sim_chance(sim, sim->faults.lose_answer);
    for (int i = 0; i < order->refund_count && !lost && called->channel == CHANNEL_INSURANCE; i++)
        if (order->refunds[i].caller_no[0] != '\0')
            hear_reversal(sim, called, order, order->refunds[i].caller_no);
}

/* Is it definite that nothing was begun? */
static bool is_not_taken(enum call_refusal refusal) {
    return refusal != CALL_TAKEN && refusal != CALL_BUSY && refusal != CALL_FULL &&
           refusal != CALL_NO_ROOM && refusal != CALL_NO_JOURNAL;
}

/* As the shell tells it: who has just called waits for what is not durable. */
void caller_hears(struct sim *sim, const struct effect *effect) {
    const struct order *order = &sim->core.book.orders[effect->to.index];
    bool refused = effect->number != 0 && effect->of.call.refusal != CALL_TAKEN;
    if (effect->number != 0)
        sim_trace(sim, "N%u is answered %d", effect->number - 1, (int)effect->of.call.refusal);
    if (effect->number != 0 && !refused && sim->called[effect->number - 1].lies)
        sim_fail(sim, "%s is taken for another amount, person or way back", order->caller_no);
    if (effect->number != 0 && is_not_taken(effect->of.call.refusal))
        sim->called[effect->number - 1].reversal = 0;
    if (refused || (effect->number != 0 && order->run.durable_wait != 0) ||
        order->caller_no[0] != 'N')
        return;
    const struct order *durable = durable_order(sim, order->no);
    enum call_news news = desk_payment_news(order);
    if (durable == NULL && news == CALL_UNPAID)
        return; /* it could not be written down: nothing has left, the number is free */
    if (is_final(news) && (durable == NULL || desk_payment_news(durable) != news))
        sim_fail(sim, "%s: its end is told before it is durable", order->caller_no);
    check_told_refunds(sim, order, durable);
    hear_reversals(sim, &sim->called[number_of_call(order)], order);
    caller_check_order(sim, order);
    if (is_final(news))
        sim->called[number_of_call(order)].told = news;
}
