#include <string.h>

#include "app/core/desk/parts.h"
#include "app/core/order/shares.h"
#include "app/core/terms/assert.h"
#include "app/core/terms/copy.h"

static int find_caller_no(const struct book *book, const char *caller_no) {
    for (int i = 0; i < ORDERS_MAX; i++)
        if (book->orders[i].run.used && strcmp(book->orders[i].caller_no, caller_no) == 0)
            return i;
    return -1;
}

/* The slot of the payment that the call names, taken up from the journal if need be; -1: there is
 * none, or no room for it. */
static int slot_of_call(struct book_turn turn, const struct call_document *call, int held) {
    int slot = find_caller_no(turn.book, call->caller_no);
    return slot >= 0 || !call->found ? slot : book_reopen(turn, &call->order, held);
}

/* By the hospital's own number where both are known, which a call always has. */
static bool same_caller_person(const struct order_person *a, const struct order_person *b) {
    if (a->keys.cust[0] != '\0' && b->keys.cust[0] != '\0')
        return strcmp(a->keys.cust, b->keys.cust) == 0;
    return strcmp(a->masked_name, b->masked_name) == 0;
}

/* A number of this terminal's own form is never a caller's: one day it would be given out. */
static bool is_number_of_ours(struct book_turn turn, const char *no) {
    return order_no_is_ours(no) &&
           strncmp(no + 10, turn.setup->number_mark, NUMBER_MARK_SIZE - 1) == 0;
}

static bool is_same_payment(const struct order *order, const struct call_document *call) {
    return order->caller_no[0] != '\0' && order->service == call->service &&
           order->person.account_type == call->person.account_type &&
           money_compare(order_amount(order), call->amount) == 0 &&
           same_caller_person(&order->person, &call->person);
}

static void fill_call_order(struct book_turn turn, const struct call_document *call,
                            struct order *order) {
    memset(order, 0, sizeof *order);
    order_next_no(turn.now.wall_ms, turn.setup->number_mark, turn.book->last_no, order->no);
    memcpy(turn.book->last_no, order->no, ORDER_NO_SIZE);
    memcpy(order->caller_no, call->caller_no, sizeof order->caller_no);
    memcpy(order->caller_channel, call->caller_channel, sizeof order->caller_channel);
    order->service = call->service;
    order->person = call->person;
    struct leg *leg = order_add_leg(order, call->channel, order->no, call->amount);
    bool insured = call->channel == CHANNEL_INSURANCE;
    if (insured)
        leg->route = policy_route(&turn.setup->policy, CHANNEL_INSURANCE);
    else if (call->channel != CHANNEL_CARD)
        leg->route = ROUTE_ONEPAY;
    else
        memcpy(leg->pos_no, call->pos_no, sizeof leg->pos_no);
    order->received = call->received;
    struct claim *claim = &order->claims[order->claim_count++];
    claim->amount = call->amount;
    /* The insurance asks the hospital for the bill by the hospital's own number. */
    const char *number = insured ? call->caller_no : order->no;
    text_copy(claim->org_trace_no, sizeof claim->org_trace_no, number);
    text_copy(claim->doc_trace_no, sizeof claim->doc_trace_no, number);
    order_share_out(order);
}

/* The cashier chooses how it is paid: until then nothing is opened. */
static enum call_refusal wait_for_cashier(struct desk_turn turn, uint32_t number,
                                          const struct call_document *call) {
    if (desk_window_waits(turn.window, call->caller_no))
        return CALL_BUSY;
    if (desk_window_full(turn.window))
        return CALL_FULL;
    desk_window_take(turn, number, call);
    return CALL_SHOWN;
}

static enum call_refusal hear_pay(struct desk_turn at, uint32_t number,
                                  const struct call_document *call, int held, int *slot) {
    struct book_turn turn = at.book;
    if (is_number_of_ours(turn, call->caller_no))
        return CALL_OTHER;
    *slot = slot_of_call(turn, call, held);
    if (*slot >= 0)
        return is_same_payment(&turn.book->orders[*slot], call) ? CALL_TAKEN : CALL_OTHER;
    if (call->found)
        return CALL_NO_ROOM;
    if (!book_journal_usable(turn.book))
        return CALL_NO_JOURNAL;
    if (call->to_window)
        return wait_for_cashier(at, number, call);
    *slot = book_take_slot_to_pay(turn.book, held, turn.now);
    if (*slot < 0)
        return CALL_FULL;
    fill_call_order(turn, call, &turn.book->orders[*slot]);
    book_open(turn, *slot);
    return CALL_TAKEN;
}

static enum call_refusal refusal_of_refund(enum refusal refusal) {
    switch (refusal) {
    case REFUSAL_NONE:
        return CALL_TAKEN;
    case REFUSAL_JOURNAL:
        return CALL_NO_JOURNAL;
    case REFUSAL_FULL:
        return CALL_FULL;
    case REFUSAL_OVER_PAID:
        return CALL_NOTHING_LEFT;
    case REFUSAL_WHOLE:
        return CALL_WHOLE;
    case REFUSAL_STATE:
        return CALL_BUSY;
    case REFUSAL_ZERO:
    case REFUSAL_OVER_CAP:
    case REFUSAL_OVER_MAX:
    case REFUSAL_OUTPATIENT:
    case REFUSAL_CHANNEL:
    case REFUSAL_HIS_KEEPS:
    case REFUSAL_ELSEWHERE:
    case REFUSAL_TO_WINDOW:
    case REFUSAL_UNPROVEN:
    case REFUSAL_PATIENT_DAY:
    case REFUSAL_TERMINAL_DAY:
    case REFUSAL_COUNT:
        break;
    }
    return CALL_REFUSED;
}

/* The journal forgets the numbers of a person once nothing is open; whoever asks for the refund has
 * them again, and a retry after a restart needs them. */
static void know_person_again(struct order_person *person, const struct order_person *caller) {
    if (person->his_cust_id[0] != '\0')
        return;
    memcpy(person->mdtrt_cert_type, caller->mdtrt_cert_type, sizeof person->mdtrt_cert_type);
    memcpy(person->mdtrt_cert_no, caller->mdtrt_cert_no, sizeof person->mdtrt_cert_no);
    memcpy(person->cert_no, caller->cert_no, sizeof person->cert_no);
    memcpy(person->his_cust_id, caller->his_cust_id, sizeof person->his_cust_id);
}

/* At most what is left of it: the answer says how much that was (succAmount). */
static struct fen refundable(const struct order *order, struct fen asked) {
    struct fen left = desk_left_to_refund(order);
    return asked.fen < left.fen ? asked : left;
}

static struct fen asked_back(const struct order *order, const struct call_document *call) {
    return call->amount.fen == 0 ? order->claims[0].amount : call->amount;
}

/* Why, and who agreed: as the cashier said at the window. */
static void note_reason(const struct desk_window *window, const struct call_document *call,
                        struct refund *refund) {
    refund->why = call->reverses ? REFUND_WHY_REVERSED : REFUND_WHY_NONE;
    refund->in_cash = call->in_cash;
    memcpy(refund->caller_mode, call->mode, sizeof refund->caller_mode);
    memcpy(refund->caller_flow, call->flow, sizeof refund->caller_flow);
    if (window == NULL || !desk_window_gives_back(window, call->refund_no))
        return;
    refund->why = window->why;
    memcpy(refund->agreed_by, window->agreed_by, sizeof refund->agreed_by);
}

/* Tried again under its number it is the same amount; of one on the window never more than the
 * cashier said. */
static struct fen amount_to_return(const struct desk_window *window, const struct order *order,
                                   const struct call_document *call) {
    const struct refund *tried = desk_refund(order, call->refund_no);
    struct fen amount = tried != NULL ? tried->amount : refundable(order, asked_back(order, call));
    bool seen = window != NULL && desk_window_gives_back(window, call->refund_no);
    return seen && window->waiting[0].amount.fen < amount.fen ? window->waiting[0].amount : amount;
}

static enum call_refusal open_refund(struct desk_turn at, const struct call_document *call,
                                     int slot) {
    struct book_turn turn = at.book;
    struct order *order = &turn.book->orders[slot];
    int before = order->refund_count;
    struct fen amount = amount_to_return(at.window, order, call);
    enum call_refusal obstacle = desk_refund_obstacle(order);
    if (obstacle != CALL_TAKEN)
        return obstacle;
    know_person_again(&order->person, &call->person);
    enum call_refusal refusal = refusal_of_refund(book_refund(turn, slot, 0, amount));
    for (int i = before; i < order->refund_count; i++) {
        memcpy(order->refunds[i].caller_no, call->refund_no, sizeof call->refund_no);
        note_reason(at.window, call, &order->refunds[i]);
    }
    return refusal;
}

/* A number of a refund is one refund's too. */
static bool is_refund_of_another(struct book_turn turn, const struct call_document *call,
                                 int slot) {
    const struct order *orders = turn.book->orders;
    for (int i = 0; i < ORDERS_MAX; i++)
        if (i != slot && orders[i].run.used && desk_refund(&orders[i], call->refund_no) != NULL)
            return true;
    return is_number_of_ours(turn, call->refund_no) ||
           (call->refund_owner[0] != '\0' && strcmp(call->refund_owner, orders[slot].no) != 0);
}

static bool is_other_trace(const struct order *order, const struct call_document *call) {
    const char *own = desk_trace_no(order);
    return call->trace_no[0] != '\0' && own[0] != '\0' && strcmp(call->trace_no, own) != 0;
}

/* More was asked for than was left: it took all of that. */
static bool took_all_left(const struct order *order, const struct refund *refund) {
    int64_t left = order->claims[0].amount.fen;
    for (const struct refund *before = order->refunds; before < refund; before++)
        left -= before->state == REFUND_REFUSED ? 0 : before->amount.fen;
    return refund->amount.fen == left;
}

/* The cashier saw it, and may have made it less than was asked. */
static bool was_seen(const struct refund *refund) {
    return refund->why != REFUND_WHY_NONE && refund->why != REFUND_WHY_REVERSED;
}

/* Another way back, or another who tells the hospital, is another refund. Of those of earlier
 * versions nobody knows what was asked. */
static bool is_asked_alike(const struct refund *refund, const struct call_document *call) {
    return refund->caller_mode[0] == '\0' || (strcmp(refund->caller_mode, call->mode) == 0 &&
                                              strcmp(refund->caller_flow, call->flow) == 0);
}

static bool is_same_refund(const struct order *order, const struct refund *refund,
                           const struct call_document *call) {
    struct fen amount = asked_back(order, call);
    return is_asked_alike(refund, call) && (amount.fen == refund->amount.fen ||
                                            (amount.fen > refund->amount.fen &&
                                             (was_seen(refund) || took_all_left(order, refund))));
}

/* A refund that was refused is tried again under its number, as the document demands, and for the
 * same amount. */
static bool is_refund_again(const struct order *order, const struct refund *refund) {
    return refund->state == REFUND_REFUSED && order->run.durable_wait == 0 &&
           order->claims[0].state == CLAIM_DONE &&
           refund->amount.fen <= desk_left_to_refund(order).fen;
}

/* The cashier looks at it first. What cannot go back is told at once. */
static enum call_refusal show_refund(struct desk_turn turn, uint32_t number,
                                     const struct call_document *call, const struct order *order) {
    enum call_refusal obstacle = desk_refund_obstacle(order);
    if (obstacle != CALL_TAKEN && call->choices.count < 2) /* nothing else to choose */
        return obstacle;
    if (desk_window_waits(turn.window, call->refund_no))
        return CALL_BUSY;
    if (desk_window_full(turn.window))
        return CALL_FULL;
    desk_window_take_refund(turn, number, call, order);
    return CALL_SHOWN;
}

/* As its caller said when it was paid (extra.patientType). */
static bool is_insured_bill(const struct order *order) {
    return strcmp(order->person.patient_type, "01") == 0;
}

/* What the insurance has paid is reversed, whole: the hospital's own software asks for it and takes
 * its book back when it hears that it is. Where the insurance wants the patient's code again for
 * that (insured_by_name) there is nobody here to show it. */
static enum call_refusal refusal_of_insured(const struct policy *policy, const struct order *order,
                                            const struct call_document *call) {
    if (!call->reverses || call->tells_his || policy->insured_by_name)
        return CALL_REFUSED;
    return money_compare(asked_back(order, call), order->claims[0].amount) == 0 ? CALL_TAKEN
                                                                                : CALL_WHOLE;
}

/* May what was paid in this way go back by this call at all? */
static enum call_refusal refusal_of_way(const struct policy *policy, const struct order *order,
                                        const struct call_document *call) {
    if (desk_is_insured(order))
        return refusal_of_insured(policy, order, call);
    if (!desk_gives_back(order) || (call->in_cash && order_is_desk_card(order)))
        return CALL_REFUSED;
    return call->reverses && !call->has_med_sn && is_insured_bill(order) ? CALL_NO_MED_SN
                                                                         : CALL_TAKEN;
}

static enum call_refusal hear_refund(struct desk_turn at, uint32_t number,
                                     const struct call_document *call, int slot) {
    struct book_turn turn = at.book;
    const struct order *order = &turn.book->orders[slot];
    const struct refund *refund = desk_refund(order, call->refund_no);
    if (!same_caller_person(&order->person, &call->person) ||
        is_refund_of_another(turn, call, slot))
        return CALL_OTHER;
    if (is_other_trace(order, call))
        return CALL_OTHER_TRACE;
    enum call_refusal refusal = refusal_of_way(&turn.setup->policy, order, call);
    if (refusal != CALL_TAKEN)
        return refusal;
    if (refund != NULL && !is_same_refund(order, refund, call))
        return CALL_OTHER;
    if (refund != NULL && !is_refund_again(order, refund))
        return CALL_TAKEN;
    /* Also one that was refused: cash that goes back is handed out by somebody. */
    return call->to_window ? show_refund(at, number, call, order) : open_refund(at, call, slot);
}

/* Closed while it waits for the cashier: it is let go. Chosen, and about to be opened, it is under
 * way. */
static enum call_refusal close_waiting(struct desk_turn at, const char *caller_no) {
    if (at.window == NULL || !desk_window_waits(at.window, caller_no))
        return CALL_ABSENT;
    return desk_window_withdraw(at, caller_no) ? CALL_CANCELLED : CALL_BUSY;
}

static enum call_refusal hear_of_payment(struct desk_turn at, const struct event_call *heard,
                                         const struct call_document *call, int held, int *slot) {
    struct book_turn turn = at.book;
    *slot = slot_of_call(turn, call, held);
    if (*slot < 0 && heard->wish == CALL_WISH_CLOSE && !call->found)
        return close_waiting(at, call->caller_no);
    if (*slot < 0)
        return call->found ? CALL_NO_ROOM : CALL_ABSENT;
    if (heard->wish == CALL_WISH_REFUND)
        return hear_refund(at, heard->call, call, *slot);
    if (turn.book->orders[*slot].caller_no[0] == '\0')
        return CALL_ABSENT; /* a visit's own is not closed from here */
    if (heard->wish == CALL_WISH_CLOSE)
        book_cancel(turn, *slot);
    return CALL_TAKEN;
}

void desk_hear(struct desk_turn at, const struct event_call *heard, int held) {
    const struct document *document = document_if(heard->document, DOCUMENT_CALL);
    const struct call_document *call = (const struct call_document *)(const void *)document;
    int slot = -1;
    CORE_ASSERT(call != NULL && (at.window != NULL || !call->to_window));
    enum call_refusal refusal = heard->wish == CALL_WISH_PAY
                                    ? hear_pay(at, heard->call, call, held, &slot)
                                    : hear_of_payment(at, heard, call, held, &slot);
    if (refusal == CALL_SHOWN)
        return;
    struct effect *effect = desk_add_effect(at.book.out, slot < 0 ? 0 : slot);
    effect->number = heard->call;
    effect->of.call.refusal = refusal;
    if (at.window != NULL)
        desk_window_heard(at, heard->call, slot, refusal);
}
