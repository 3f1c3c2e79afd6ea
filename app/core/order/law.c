/* The money law on one page: a fact, and what follows from it for the other parts of the order. The
 * turn that hears the fact writes both, so that no journal knows one without the other. */
#include "app/core/order/law.h"

#include "app/core/order/parts.h"
#include "app/core/terms/assert.h"

/* What the money is for may begin. */
static void begin_claims(struct turn *turn, int leg) {
    const struct order *order = turn->order;
    bool crediting = false;
    for (int i = 0; i < order->claim_count; i++)
        if (order->claims[i].leg == leg && order->claims[i].state == CLAIM_WAITING)
            crediting = claim_begin(turn, i) || crediting;
    if (crediting)
        turn_note(turn, NOTE_CREDITING, turn_part_leg(leg));
}

/* Nothing is credited with this money any more. */
static void void_claims(struct turn *turn, int leg) {
    const struct order *order = turn->order;
    for (int i = 0; i < order->claim_count; i++)
        if (order->claims[i].leg == leg && order->claims[i].state == CLAIM_WAITING)
            claim_void(turn, i);
}

/* The list has what is checked: an intent for each, one note for all. */
static void credit_listed(struct turn *turn, const struct fact *fact) {
    for (int i = 0; i < turn->order->claim_count; i++)
        if (turn->order->claims[i].state == CLAIM_CHECKING)
            claim_intend_credit(turn, i);
    turn_note(turn, NOTE_CREDITING, fact->part);
}

static void return_leg(struct turn *turn, int leg) {
    int refund = refund_open(turn, leg, PART_NONE, turn->order->legs[leg].amount);
    if (refund < 0) {
        turn_enter_leg_case(turn, leg, CASE_NO_ACT);
        return;
    }
    refund_want(turn, refund);
    late_refunding(turn, leg);
    turn_note(turn, NOTE_REFUND_SENDING, turn_part_refund(turn, refund));
}

static void return_claim(struct turn *turn, int claim) {
    const struct claim *of = &turn->order->claims[claim];
    int refund = refund_open(turn, of->leg, claim, of->amount);
    if (refund < 0) {
        turn_enter_claim_case(turn, claim, CASE_NO_ACT);
        return;
    }
    claim_reverse(turn, claim);
    refund_want(turn, refund);
    turn_note(turn, NOTE_REVERSING, turn_part_refund(turn, refund));
}

/* The HIS first; the refund waits for it. */
static void take_back(struct turn *turn, const struct fact *fact) {
    int claim = fact->part.claim;
    int refund = refund_open(turn, fact->part.leg, claim, fact->amount);
    CORE_ASSERT(refund >= 0);
    uncredit_begin(turn, claim);
    turn_note(turn, NOTE_UNCREDITING, turn_part_refund(turn, refund));
}

static int refund_of_claim(const struct turn *turn, int claim) {
    int refund = order_refund_under_way(turn->order, turn->order->claims[claim].leg, claim);
    CORE_ASSERT(refund >= 0);
    return refund;
}

static void release_refund(struct turn *turn, int claim) {
    int refund = refund_of_claim(turn, claim);
    uncredit_end(turn, claim);
    refund_release(turn, refund);
    turn_note(turn, NOTE_REFUND_SENDING, turn_part_refund(turn, refund));
}

static void keep_credit(struct turn *turn, int claim) {
    refund_abandon(turn, refund_of_claim(turn, claim));
    uncredit_end(turn, claim);
    turn_move_claim(turn, claim, CLAIM_DONE);
    turn_note(turn, NOTE_REFUND_REFUSED, turn_part_claim(turn, claim));
}

static void leave_to_person(struct turn *turn, const struct fact *fact) {
    refund_abandon(turn, refund_of_claim(turn, fact->part.claim));
    turn_enter_claim_case(turn, fact->part.claim, fact->reason);
}

static void money_is_back(struct turn *turn, const struct fact *fact) {
    if (fact->part.claim == PART_NONE)
        late_refunded(turn, fact->part.leg);
    else
        claim_got_back(turn, fact->part.claim, turn->order->refunds[fact->part.refund].amount);
}

static void refund_was_refused(struct turn *turn, const struct fact *fact) {
    int claim = fact->part.claim;
    if (claim == PART_NONE)
        late_refund_refused(turn, fact->part.leg);
    else if (turn->order->claims[claim].state == CLAIM_UNCREDITING)
        turn_enter_claim_case(turn, claim, CASE_UNCREDITED_NOT_REFUNDED);
    else
        turn_enter_claim_case(turn, claim, CASE_REFUND_REFUSED);
}

static void leave_refund_to_person(struct turn *turn, const struct fact *fact) {
    if (fact->part.claim == PART_NONE)
        turn_enter_leg_case(turn, fact->part.leg, CASE_REFUND_UNCONFIRMED);
    else
        turn_enter_claim_case(turn, fact->part.claim, CASE_REFUND_UNCONFIRMED);
}

static void law_apply(struct turn *turn, const struct fact *fact) {
    switch (fact->kind) {
    case FACT_LEG_PAID: /* its claims begin */
        begin_claims(turn, fact->part.leg);
        return;
    case FACT_LEG_UNPAID: /* its claims are void */
        void_claims(turn, fact->part.leg);
        return;
    case FACT_LEG_LATE: /* its claims are void; the platform returns the money, else we do */
        late_begin(turn, fact->part.leg);
        void_claims(turn, fact->part.leg);
        return;
    case FACT_LEG_RETURNED: /* over, its claims are void */
        late_returned(turn, fact->part.leg);
        void_claims(turn, fact->part.leg);
        return;
    case FACT_LEG_STRANDED: /* we return it */
        return_leg(turn, fact->part.leg);
        return;
    case FACT_CLAIMS_LISTED: /* they are credited, one after the other */
        credit_listed(turn, fact);
        return;
    case FACT_CLAIM_REFUSED: /* its money goes back */
        return_claim(turn, fact->part.claim);
        return;
    case FACT_CLAIM_WANTED_BACK: /* the HIS takes it back first */
        take_back(turn, fact);
        return;
    case FACT_CLAIM_TAKEN_BACK: /* then the money goes back */
        release_refund(turn, fact->part.claim);
        return;
    case FACT_CLAIM_KEPT: /* no money goes back, it is credited as before */
        keep_credit(turn, fact->part.claim);
        return;
    case FACT_CLAIM_UNCLEAR: /* no money goes back, a person decides */
        leave_to_person(turn, fact);
        return;
    case FACT_REFUND_DONE: /* its claim or its leg is returned */
    case FACT_REFUND_BY_PLATFORM:
        money_is_back(turn, fact);
        return;
    case FACT_REFUND_REFUSED: /* late money is asked about once more, a claim is for a person */
        refund_was_refused(turn, fact);
        return;
    case FACT_REFUND_UNCONFIRMED: /* a person finds out */
        leave_refund_to_person(turn, fact);
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
