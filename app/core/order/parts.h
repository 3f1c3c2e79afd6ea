/* The doors of the parts of an order. A part `answer`s what it asked, `act`s what it wants or what
 * is due, and at a start `resume`s: what was in flight is unknown. The other doors are
 * consequences, which only law.c calls. Parts never call each other. */
#ifndef HOPKIOSK_CORE_ORDER_PARTS_H
#define HOPKIOSK_CORE_ORDER_PARTS_H

#include "app/core/order/turn.h"

/* order.c: the beginning and the end of every turn. */
void order_begin_turn(struct turn *turn, struct order *order, const struct order_rules *rules,
                      struct now now, struct effects *out);
/* What was heard and what follows from it is one write ... */
void order_write_turn(struct turn *turn);
/* ... then the parts act. */
void order_end_turn(struct turn *turn);

/* reading.c */
/* An answer about a payment, as far as the money goes. NONE: it says nothing. */
enum news {
    NEWS_NONE = 0,
    NEWS_WAIT,
    NEWS_SETTLING, /* neither to be closed nor paid yet */
    NEWS_PAID,
    NEWS_FAILED,
    NEWS_RETURNED,
    NEWS_RETURN_FAILED,
    NEWS_RETURN_ODD,   /* paid, and perhaps returned */
    NEWS_CONTRADICTS,  /* settled, and who pays what does not add up */
    NEWS_OWN_STRANDED, /* only the own part came, and it stays with the platform */
    NEWS_ABNORMAL
};
/* Keeps the numbers that it names. */
enum news leg_read(struct turn *turn, int leg, enum verb verb, const struct event_answer *answer);
/* The platform has no such payment, as far as it can say so. */
bool leg_is_absent(const struct leg *leg, const struct event_answer *answer);
/* leg.c: placed, waited for, closed. */
void leg_answer(struct turn *turn, int leg, enum news news, const struct event_answer *answer);
void leg_close_answer(struct turn *turn, int leg, const struct event_answer *answer);
void leg_act(struct turn *turn, int leg);
void leg_resume(struct turn *turn, int leg);
void leg_cancel(struct turn *turn, int leg);
/* The journal refused before anything left. */
void leg_void(struct turn *turn, int leg);

/* due.c: the own part of what this leg settled becomes a leg that is due; its index. */
int due_open(struct turn *turn, int leg);
/* How it is paid is chosen: its code is asked for as soon as that is durable. */
void due_choose(struct turn *turn, int leg, enum channel channel);
/* Nobody has chosen in time. */
bool due_is_over(const struct turn *turn, int leg);

/* pushed.c: a leg of which only the HIS tells what became. */
enum news pushed_read(struct turn *turn, int leg, enum verb verb,
                      const struct event_answer *answer);
void pushed_ask(struct turn *turn, int leg);
/* Not settled yet, as far as is known; has the HIS spoken? One that is silent at the end of the
 * watch is waited for once more as long. */
void pushed_ask_on(struct turn *turn, int leg, bool his_spoke);
bool pushed_watch_is_over(const struct turn *turn, int leg, bool his_spoke);
void pushed_to_person(struct turn *turn, int leg, enum case_reason reason);

/* uploaded.c: the same of fees that we have uploaded (LEG_PUSHED): the insurance is asked as well.
 */
void uploaded_answer(struct turn *turn, int leg, enum verb verb, enum news news,
                     const struct event_answer *answer);

/* late.c: a closed payment is watched, money that came too late goes back. */
void late_answer(struct turn *turn, int leg, enum news news, const struct event_answer *answer);
void late_resume(struct turn *turn, int leg);
void late_begin(struct turn *turn, int leg);
void late_returned(struct turn *turn, int leg);
/* Our refund of it is done; it was of nothing; it was refused. */
void late_refunded(struct turn *turn, int leg);
void late_never_paid(struct turn *turn, int leg);
void late_refund_refused(struct turn *turn, int leg);

/* credit.c: ORG_003, sent and asked about. */
void credit_answer(struct turn *turn, int claim, enum verb verb, const struct event_answer *answer);
void credit_act(struct turn *turn, int claim);
void credit_resume(struct turn *turn, int claim);
/* The money of the claim is there. True: there is an intent to credit, to be noted. */
bool credit_begin(struct turn *turn, int claim);
/* The insurance's centre has settled all of it with the HIS: nothing is left to credit by us. */
void credit_by_platform(struct turn *turn, int claim);
/* The intent to send ORG_003; it becomes durable with this turn. */
void credit_intend(struct turn *turn, int claim);
/* It is not sent again, but asked about. */
void credit_ask_on(struct turn *turn, int claim);

/* credited.c: what is asked about a claim that is credited. */
void credited_begin(struct turn *turn, int claim);
void credited_answer(struct turn *turn, int claim, const struct event_answer *answer);
void credited_act(struct turn *turn, int claim);
void credited_resume(struct turn *turn, int claim);
/* Time passes: a credit that nobody has proved for too long is for a person. */
void credited_tick(struct turn *turn, int claim);
/* The hospital's books have it: it is no longer waited for. */
void credited_prove(struct turn *turn, int claim, const struct order_proof *proof);
/* The HIS took it back, and not for us. */
void credited_taken_elsewhere(struct turn *turn, int claim);
/* Its bill is listed again though it is credited. */
void credited_ask_listed(struct turn *turn, int claim);

/* claim.c: given up, or on its way back. */
void claim_resume(struct turn *turn, int claim);
void claim_reverse(struct turn *turn, int claim);
/* So much of its share of the leg has gone back; the rest of that share will not, a person. */
void claim_got_back(struct turn *turn, int claim, int leg, struct fen amount);
void claim_got_stuck(struct turn *turn, int claim, int leg, enum case_reason reason);
/* About so much of what was credited a person decides. */
void claim_dispute(struct turn *turn, int claim, int leg, struct fen amount);
/* Everything of it that can go back has. */
void claim_end_return(struct turn *turn, int claim);

/* list.c: the bills behind a credit, read again. */
void list_answer(struct turn *turn, int claim, const struct event_answer *answer);
/* Every list that is heard is heard for the bills whose credit waits in the queue as well. */
void list_heard(struct turn *turn, const struct event_answer *answer);
bool list_is_needed(const struct turn *turn, int claim);
/* One list for all: the first that needs it asks. */
void list_act(struct turn *turn, int claim, bool first);

/* uncredit.c: ORG_005, for a refund that was asked for. */
enum refusal uncredit_refusal(const struct turn *turn, int claim, struct fen amount);
void uncredit_answer(struct turn *turn, int claim, enum verb verb,
                     const struct event_answer *answer);
void uncredit_act(struct turn *turn, int claim);
void uncredit_begin(struct turn *turn, int claim, struct fen amount);
/* Nothing is asked of the HIS any more. */
void uncredit_end(struct turn *turn, int claim);

/* refund.c: money on its way back. */
void refund_answer(struct turn *turn, int refund, enum verb verb,
                   const struct event_answer *answer);
void refund_act(struct turn *turn, int refund);
void refund_resume(struct turn *turn, int refund);
/* The refund's index, REFUND_NEW and not yet wanted; -1: no room. */
int refund_open(struct turn *turn, int leg, int claim, struct fen amount);
/* It leaves as soon as that is durable. */
void refund_want(struct turn *turn, int refund);
/* ORG_005 is done: the same, for a refund that waited for it. */
void refund_release(struct turn *turn, int refund);
/* It never left. */
void refund_abandon(struct turn *turn, int refund);

#endif
