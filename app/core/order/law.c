/* The money law on one page: a fact, and what follows from it for the other parts of the order. The
 * turn that hears the fact writes both, so that no journal knows one without the other. */
#include "app/core/order/law.h"

#include "app/core/order/parts.h"
#include "app/core/terms/assert.h"

/* The share's money goes back; what finds no room for a refund is for a person. */
static void return_share(struct turn *turn, int i) {
    const struct share *share = &turn->order->shares[i];
    struct fen rest = {order_share_amount(turn->order, i).fen - share->returned.fen};
    int refund = refund_open(turn, share->leg, share->claim, rest);
    if (refund < 0) {
        claim_got_stuck(turn, share->claim, share->leg, CASE_NO_ACT);
        return;
    }
    refund_want(turn, refund);
    turn_note(turn, NOTE_REVERSING, turn_part_refund(turn, refund));
}

/* The last of what a claim waited for on its way back has come to its end. */
static void end_return_if_all(struct turn *turn, int claim) {
    bool reversing = turn->order->claims[claim].state == CLAIM_REVERSING;
    if (order_refund_of_claim(turn->order, claim) >= 0)
        return;
    if (!reversing || !order_claim_money(turn->order, claim).open)
        claim_end_return(turn, claim);
}

/* Nothing of it is credited: all its shares that are there go back, or there are none. */
static void return_claim(struct turn *turn, int claim) {
    const struct order *order = turn->order;
    claim_reverse(turn, claim);
    for (int i = 0; i < order->share_count; i++)
        if (order->shares[i].claim == claim && order->legs[order->shares[i].leg].state == LEG_PAID)
            return_share(turn, i);
    end_return_if_all(turn, claim);
}

/* Is there no claim left that this leg could help to pay? */
static bool leg_is_for_nothing(const struct order *order, int leg) {
    for (int i = 0; i < order->share_count; i++) {
        int claim = order->shares[i].claim;
        if (order->shares[i].leg == leg && order->claims[claim].state == CLAIM_WAITING &&
            !order_claim_money(order, claim).with_person)
            return false;
    }
    return true;
}

/* Nobody is to pay what would only go back. */
static void close_legs_for_nothing(struct turn *turn, int claim) {
    const struct order *order = turn->order;
    for (int i = 0; i < order->share_count; i++) {
        int leg = order->shares[i].leg;
        if (order->shares[i].claim == claim && leg_is_for_nothing(order, leg))
            leg_cancel(turn, leg);
    }
}

/* A claim begins when all its shares are paid; of one that has failed this share goes back. */
static void leg_is_there(struct turn *turn, int leg) {
    const struct order *order = turn->order;
    bool crediting = false;
    for (int i = 0; i < order->share_count; i++) {
        const struct share *share = &order->shares[i];
        enum claim_state state = order->claims[share->claim].state;
        if (share->leg != leg)
            continue;
        if (state == CLAIM_WAITING && order_claim_money(order, share->claim).paid)
            crediting = credit_begin(turn, share->claim) || crediting;
        if (state == CLAIM_REVERSING)
            return_share(turn, i);
    }
    if (crediting)
        turn_note(turn, NOTE_CREDITING, turn_part_leg(leg));
}

/* Who wanted to leave pays no own part any more: what the insurance settled goes back. */
static void open_own_part(struct turn *turn, int leg) {
    int own = due_open(turn, leg);
    if (turn->order->legs[leg].close_wanted)
        leg_cancel(turn, own);
}

static void leg_is_lost(struct turn *turn, int leg) {
    const struct order *order = turn->order;
    for (int i = 0; i < order->share_count; i++) {
        int claim = order->shares[i].claim;
        if (order->shares[i].leg != leg)
            continue;
        if (order->claims[claim].state == CLAIM_WAITING)
            return_claim(turn, claim);
        else if (order->claims[claim].state == CLAIM_REVERSING)
            end_return_if_all(turn, claim);
    }
    for (int i = 0; i < order->share_count; i++)
        if (order->shares[i].leg == leg)
            close_legs_for_nothing(turn, order->shares[i].claim);
}

/* What is known waits with it, what has failed does not. */
static void leg_is_with_person(struct turn *turn, int leg) {
    const struct order *order = turn->order;
    for (int i = 0; i < order->share_count; i++) {
        int claim = order->shares[i].claim;
        if (order->shares[i].leg != leg)
            continue;
        if (order->claims[claim].state == CLAIM_REVERSING)
            end_return_if_all(turn, claim);
        close_legs_for_nothing(turn, claim);
    }
}

/* The list has what is checked: an intent for each, one note for all. */
static void credit_listed(struct turn *turn, const struct fact *fact) {
    for (int i = 0; i < turn->order->claim_count; i++)
        if (turn->order->claims[i].state == CLAIM_CHECKING)
            credit_intend(turn, i);
    turn_note(turn, NOTE_CREDITING, fact->part);
}

static void return_leg(struct turn *turn, int leg) {
    int refund = refund_open(turn, leg, PART_NONE, order_leg_money(turn->order, leg));
    if (refund < 0) {
        turn_enter_leg_case(turn, leg, CASE_NO_ACT);
        return;
    }
    refund_want(turn, refund);
    turn_note(turn, NOTE_REFUND_SENDING, turn_part_refund(turn, refund));
}

static void release_refunds(struct turn *turn, int claim) {
    const struct order *order = turn->order;
    uncredit_end(turn, claim);
    for (int i = 0; i < order->refund_count; i++) {
        if (order->refunds[i].claim != claim || refund_traits(order->refunds[i].state)->settled)
            continue;
        refund_release(turn, i);
        turn_note(turn, NOTE_REFUND_SENDING, turn_part_refund(turn, i));
    }
}

/* The HIS first; the refunds wait for it. Own pay goes back first, never more than a leg. */
static void take_back(struct turn *turn, const struct fact *fact) {
    int claim = fact->part.claim;
    struct fen parts[LEGS_MAX];
    (void)order_split_back(turn->order, claim, fact->amount, parts);
    uncredit_begin(turn, claim, fact->amount);
    for (int leg = 0; leg < turn->order->leg_count; leg++) {
        int share = order_share_of(turn->order, claim, leg);
        if (parts[leg].fen == 0 && (share < 0 || !order_share_is_bare(turn->order, share)))
            continue;
        int refund = refund_open(turn, leg, claim, parts[leg]);
        CORE_ASSERT(refund >= 0);
        turn_note(turn, NOTE_UNCREDITING, turn_part_refund(turn, refund));
    }
    if (!order_his_is_first(turn->order, turn->rules->policy, claim, fact->amount))
        release_refunds(turn, claim);
}

static void abandon_refunds(struct turn *turn, int claim) {
    for (int i = order_refund_of_claim(turn->order, claim); i >= 0;
         i = order_refund_of_claim(turn->order, claim))
        refund_abandon(turn, i);
}

static void keep_credit(struct turn *turn, int claim) {
    abandon_refunds(turn, claim);
    uncredit_end(turn, claim);
    turn_move_claim(turn, claim, CLAIM_DONE);
    turn_note(turn, NOTE_REFUND_REFUSED, turn_part_claim(turn, claim));
}

/* What was to go back is for a person, what was not stays credited. */
static void leave_credit_to_person(struct turn *turn, const struct fact *fact) {
    const struct order *order = turn->order;
    for (int i = 0; i < order->refund_count; i++)
        if (order->refunds[i].claim == fact->part.claim &&
            !refund_traits(order->refunds[i].state)->settled)
            claim_dispute(turn, fact->part.claim, order->refunds[i].leg, order->refunds[i].amount);
    abandon_refunds(turn, fact->part.claim);
    turn_enter_claim_case(turn, fact->part.claim, fact->reason);
}

static void money_is_back(struct turn *turn, const struct part *part) {
    if (part->claim == PART_NONE) {
        late_refunded(turn, part->leg);
        return;
    }
    claim_got_back(turn, part->claim, part->leg, turn->order->refunds[part->refund].amount);
    end_return_if_all(turn, part->claim);
}

/* The share is for a person, with its claim as soon as the other shares have come to their end. */
static void leave_share_to_person(struct turn *turn, const struct part *part,
                                  enum case_reason reason) {
    claim_got_stuck(turn, part->claim, part->leg, reason);
    if (turn->order->claims[part->claim].state == CLAIM_UNCREDITING)
        claim_dispute(turn, part->claim, part->leg, turn->order->refunds[part->refund].amount);
    end_return_if_all(turn, part->claim);
}

static void refund_was_refused(struct turn *turn, const struct part *part) {
    const struct claim *claims = turn->order->claims;
    struct fen amount = turn->order->refunds[part->refund].amount;
    if (part->claim == PART_NONE)
        late_refund_refused(turn, part->leg);
    else if (claims[part->claim].state == CLAIM_UNCREDITING &&
             !order_his_is_first(turn->order, turn->rules->policy, part->claim, amount))
        end_return_if_all(turn, part->claim); /* nothing of it happened: credited as before */
    else if (claims[part->claim].state == CLAIM_UNCREDITING)
        leave_share_to_person(turn, part, CASE_UNCREDITED_NOT_REFUNDED);
    else
        leave_share_to_person(turn, part, CASE_REFUND_REFUSED);
}

static void refund_has_no_answer(struct turn *turn, const struct part *part) {
    if (part->claim == PART_NONE)
        turn_enter_leg_case(turn, part->leg, CASE_REFUND_UNCONFIRMED);
    else
        leave_share_to_person(turn, part, CASE_REFUND_UNCONFIRMED);
}

static void law_apply(struct turn *turn, const struct fact *fact) {
    const struct part *part = &fact->part;
    switch (fact->kind) {
    case FACT_LEG_PAID: /* a claim begins when all its shares are paid */
        leg_is_there(turn, part->leg);
        return;
    case FACT_OWN_DUE: /* what the insurance left open is a leg of its own */
        open_own_part(turn, part->leg);
        return;
    case FACT_LEG_PAID_ALL: /* the platform has credited it with the HIS */
        credit_by_platform(turn, order_first_claim(turn->order, part->leg));
        return;
    case FACT_LEG_UNPAID: /* its claims are not credited, their other shares go back */
        leg_is_lost(turn, part->leg);
        return;
    case FACT_LEG_LATE: /* the same; the platform returns the money, else we do */
        late_begin(turn, part->leg);
        leg_is_lost(turn, part->leg);
        return;
    case FACT_LEG_RETURNED: /* the same; its own money is back */
        late_returned(turn, part->leg);
        leg_is_lost(turn, part->leg);
        return;
    case FACT_LEG_CASE: /* unknown waits: the shares that are there stay where they are */
        leg_is_with_person(turn, part->leg);
        return;
    case FACT_LEG_STRANDED: /* we return it */
        return_leg(turn, part->leg);
        return;
    case FACT_CLAIMS_LISTED: /* they are credited, one after the other */
        credit_listed(turn, fact);
        return;
    case FACT_CLAIM_REFUSED: /* all its shares go back */
        return_claim(turn, part->claim);
        return;
    case FACT_CLAIM_UNLISTED: /* it is asked about */
        credit_ask_on(turn, part->claim);
        return;
    case FACT_CLAIM_WANTED_BACK: /* the HIS takes it back first */
        take_back(turn, fact);
        return;
    case FACT_CLAIM_TAKEN_BACK: /* then the money goes back */
        release_refunds(turn, part->claim);
        return;
    case FACT_CLAIM_KEPT: /* no money goes back, it is credited as before */
        keep_credit(turn, part->claim);
        return;
    case FACT_CLAIM_UNCLEAR: /* no money goes back, a person decides */
        leave_credit_to_person(turn, fact);
        return;
    case FACT_REFUND_DONE: /* its share or its leg is returned */
    case FACT_REFUND_BY_PLATFORM:
        money_is_back(turn, part);
        return;
    case FACT_REFUND_OF_NOTHING: /* of late money: none ever came */
        late_never_paid(turn, part->leg);
        return;
    case FACT_REFUND_REFUSED: /* late money is asked about once more, a share is for a person */
        refund_was_refused(turn, part);
        return;
    case FACT_REFUND_UNCONFIRMED: /* a person finds out */
        refund_has_no_answer(turn, part);
        return;
    }
}

void law_drain(struct turn *turn) {
    for (int i = 0; i < turn->fact_count; i++) {
        struct fact fact = turn->facts[i];
        law_apply(turn, &fact);
    }
    turn->fact_count = 0;
}
