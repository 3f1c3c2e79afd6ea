/* Who pays what of an order. Outside this room nobody names a leg by its place: what can be shown
 * or said of one leg only is asked for here. */
#ifndef HOPKIOSK_CORE_ORDER_SHARES_H
#define HOPKIOSK_CORE_ORDER_SHARES_H

#include "app/core/order/order.h"

/* ---- filling an order, before it is opened ---- */
/* Was it paid at the pinpad of a desk? Then the desk's platform books it, by our message, as the
 * hospital books what is paid at the kiosk's. */
bool order_is_desk_card(const struct order *order);
/* `no` is a number of its own; the first leg's is the order's. */
struct leg *order_add_leg(struct order *order, enum channel channel, const char *no,
                          struct fen amount);
void order_add_share(struct order *order, int claim, int leg, struct fen amount);
/* The legs in their order pay the claims in theirs: their sums are equal. */
void order_share_out(struct order *order);

/* ---- what people and messages are told ---- */
/* What was asked of the patient and the insurance, over all legs. */
struct fen order_amount(const struct order *order);
/* The leg that stands for the order where there is room for one: own pay, the first of it. */
const struct leg *order_shown_leg(const struct order *order);
/* Has the platform named another amount for it than was asked? 0 names none: upp calls tradeFee the
 * amount actually paid, which before a payment may well be nothing. */
bool order_leg_differs(const struct leg *leg, struct fen named);
/* Is it a message to the patient's phone, of which only the HIS tells? One whose fees are uploaded
 * first is none before it leaves. */
bool order_leg_is_pushed(const struct leg *leg);
/* ... has the portal taken it, as far as is known? */
bool order_push_is_sure(const struct order *order);
/* ... and is it about to leave, or just on its way? */
bool order_push_is_leaving(const struct order *order);
/* Who paid what of an insured payment, is it known? */
bool order_split_is_known(const struct leg *leg);
/* ... or is it told on the patient's phone only? */
bool order_split_is_on_phone(const struct leg *leg);
/* What came of the leg's amount, if anything did. */
struct fen order_leg_money(const struct order *order, int leg);
/* The leg that medical insurance pays, or paid; NULL: there is none. */
const struct leg *order_insured_leg(const struct order *order);
/* Was it settled with another own part than could be shown before? */
bool order_split_differs(const struct leg *leg);
/* The leg that a message about this claim names, in the same way; its index. */
const struct leg *order_leg_of_claim(const struct order *order, int claim);
int order_claim_leg(const struct order *order, int claim);
/* Has everything left that makes the platforms take the payment? */
bool order_all_placed(const struct order *order);
/* Does our ORG_005 take the claim back before the money goes? A platform that credits by itself
 * tells the HIS of a refund by itself, mostly; the settlement of which only the own part goes back
 * stands; whoever calls a desk is the hospital's own software. */
bool order_his_is_first(const struct order *order, const struct policy *policy, int claim,
                        struct fen amount);
/* Of what a portal settled: are its numbers of it known, without which it returns nothing? True of
 * what no portal settled. */
bool order_portal_returns(const struct leg *leg);
/* Those numbers of a leg that is seen at the HIS: amp_trace_id and trace_id; "" not named. */
const char *order_portal_no(const struct leg *leg);
const char *order_portal_trace(const struct leg *leg);
/* Does the portal return it? Of what we uploaded only what it has settled: an own part that the
 * insurance took before any message had left is with the insurance. */
bool order_refund_is_portals(const struct order *order, int refund);
/* Is the leg paid by an insurance, which settles with the HIS? */
bool order_settles_insured(const struct leg *leg);
/* So much of an insured claim may go back alone, once: its own part, where it is known; 0: none. */
struct fen order_own_alone(const struct order *order, int claim);
/* What of a payment with a split goes back (mmpc refdType). */
enum refund_part { REFUND_ALL = 0, REFUND_OWN, REFUND_INSURANCE };
enum refund_part order_refund_part(const struct order *order, int refund);
/* What of the claim is on its way back: what ORG_005 takes back. */
struct fen order_refunding(const struct order *order, int claim);
/* ... as long as the HIS has not said that it took it back. */
struct fen order_uncrediting(const struct order *order, int claim);

/* ---- the own part of an insured bill, over another route ----
 * The insurance is asked for the whole bill. Where it settles its part alone, what it left open is
 * another leg's: its share is what the first one does not pay. Amounts that were given once stay as
 * they are; what a leg and a share come to follows from them here. */
/* Is what the insurance leaves open paid here? Fixed when the order is opened, as the creditor is.
 */
bool order_own_is_ours(const struct order *order, int leg);
/* The leg that pays the own part of what this leg settled; -1: there is none. */
int order_own_leg(const struct order *order, int leg);
/* The own part that is to be paid here, how is to be chosen; -1: there is none. */
int order_due_leg(const struct order *order);
/* Less what another leg pays of it. */
struct fen order_leg_amount(const struct order *order, int leg);
struct fen order_share_amount(const struct order *order, int share);
/* So much of the claim the patient has paid, as the HIS is told by our ORG_003 (deposit_amount) and
 * names it: all of it but what the insurance has settled alone. */
struct fen order_deposited(const struct order *order, int claim);
/* The answer about a leg, with what the centre leaves to the bill: what that costs, and of an
 * inpatient's what was prepaid. Who pays more than the bill, or less, contradicts it. */
struct event_answer order_answer_by_bill(const struct order *order, int leg,
                                         const struct event_answer *answer);
/* Did the insurance settle a share of nothing? Then its settlement goes back though no money does.
 */
bool order_share_is_bare(const struct order *order, int share);
/* Who has credited the claim, or will. What was to be credited by us, and the insurance's centre
 * settled whole with the HIS, is the platform's: no ORG_003 of ours has ever left. */
enum creditor order_creditor(const struct order *order, int claim);

/* ---- the money of a claim ---- */
struct claim_money {
    bool paid;        /* all of it is there in time */
    bool failed;      /* some of it definitely will not come for it */
    bool open;        /* some of it may still come */
    bool with_person; /* some of it is for a person to decide */
};
struct claim_money order_claim_money(const struct order *order, int claim);
/* The first claim that the leg helps to pay: of a bill that is paid alone, the one. */
int order_first_claim(const struct order *order, int leg);
/* The share's index; -1: the leg pays nothing of the claim. */
int order_share_of(const struct order *order, int claim, int leg);
/* The first refund that is not decided yet, of a claim, of a leg's late money; -1 none. */
int order_refund_of_claim(const struct order *order, int claim);
int order_refund_of_late_leg(const struct order *order, int leg);
/* Of the refunds that were opened together with this one, the newest of them, the one that is least
 * decided: what became of them all. */
int order_refund_of_all(const struct order *order, int newest);
/* How `amount` of a claim goes back, leg by leg: own pay first, no more than what is left of each
 * share. Returns of how many legs. */
int order_split_back(const struct order *order, int claim, struct fen amount,
                     struct fen parts[LEGS_MAX]);

#endif
