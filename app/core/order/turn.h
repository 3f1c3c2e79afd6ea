/* One turn of an order: it hears one thing; parts report facts, the law says what follows, all of
 * it is one PERSIST; then what may leave leaves. This is what the parts share: the turn and its
 * verbs. */
#ifndef HOPKIOSK_CORE_ORDER_TURN_H
#define HOPKIOSK_CORE_ORDER_TURN_H

#include "app/core/order/check.h"
#include "app/core/order/shares.h"

/* What a part has found out. What follows from it for the others is said in law.c only. */
enum fact_kind {
    FACT_LEG_PAID = 0,       /* in time and to the fen */
    FACT_OWN_DUE,            /* the insurance has settled its part, the own part is ours to take */
    FACT_LEG_PAID_ALL,       /* ... all of it, though the own part was to be ours */
    FACT_LEG_UNPAID,         /* declined or closed: no money of it is ever credited */
    FACT_LEG_LATE,           /* its money came too late, or came and could not be returned */
    FACT_LEG_RETURNED,       /* the platform returned its money by itself */
    FACT_LEG_CASE,           /* a person decides about its money */
    FACT_LEG_STRANDED,       /* late money that the platform has not returned in its time */
    FACT_CLAIMS_LISTED,      /* the HIS has listed every bill that is CHECKING, asked for `claim` */
    FACT_CLAIM_REFUSED,      /* definitely not credited: a no of the HIS, or its bill is gone */
    FACT_CLAIM_UNLISTED,     /* its bill is gone before ORG_003 left again: an earlier one may have
                                arrived */
    FACT_CLAIM_WANTED_BACK,  /* somebody may have `amount` of what was credited back */
    FACT_CLAIM_TAKEN_BACK,   /* the HIS has taken that back */
    FACT_CLAIM_KEPT,         /* ... has not, definitely */
    FACT_CLAIM_UNCLEAR,      /* ... has said nothing of use, or contradicts itself: `reason` */
    FACT_REFUND_DONE,        /* the money is back */
    FACT_REFUND_OF_NOTHING,  /* of late money: the platform says that there is none */
    FACT_REFUND_REFUSED,     /* definitely not */
    FACT_REFUND_BY_PLATFORM, /* not by our refund: the platform had returned the money before */
    FACT_REFUND_UNCONFIRMED  /* whether it is back, nobody says */
};

struct part {
    int leg, claim, refund; /* with what it belongs to: a claim's leg, a refund's claim and leg */
};

struct fact {
    enum fact_kind kind;
    struct part part;
    struct fen amount;
    enum case_reason reason;
};
#define FACTS_MAX (CLAIMS_MAX + 8) /* one answer may refuse every claim */

struct turn {
    struct order *order;
    const struct order_rules *rules;
    struct now now;
    struct effects *out;
    struct given given;
    int fact_count, note_count;
    struct fact facts[FACTS_MAX];
    struct part_note notes[NOTES_MAX];
};
void turn_begin(struct turn *turn, struct order *order, const struct order_rules *rules,
                struct now now, struct effects *out);

struct part turn_part_leg(int leg);
struct part turn_part_claim(const struct turn *turn, int claim);
struct part turn_part_refund(const struct turn *turn, int refund);

void turn_report(struct turn *turn, enum fact_kind kind, struct part part);
void turn_report_fact(struct turn *turn, struct fact fact);
/* A row of order_events, written with the turn. */
void turn_note(struct turn *turn, enum note note, struct part part);
/* What was noted, if anything, becomes the turn's PERSIST; until its DURABLE nothing that moves
 * money leaves. */
void turn_persist(struct turn *turn);
/* The PERSIST that failed is made again when its time has come. What it noted is not noted again:
 * whoever writes still owes it. */
void turn_persist_again(struct turn *turn);
bool turn_durable(const struct turn *turn);

/* The doors into states: the life of the part must allow it (states.c). `move` changes the state,
 * `enter` also ends what was wanted and asked. */
void turn_move_leg(struct turn *turn, int leg, enum leg_state state);
void turn_enter_leg(struct turn *turn, int leg, enum leg_state state, enum note note);
void turn_enter_leg_case(struct turn *turn, int leg, enum case_reason reason);
void turn_move_claim(struct turn *turn, int claim, enum claim_state state);
void turn_enter_claim(struct turn *turn, int claim, enum claim_state state);
void turn_enter_claim_case(struct turn *turn, int claim, enum case_reason reason);
void turn_move_refund(struct turn *turn, int refund, enum refund_state state);
void turn_enter_refund(struct turn *turn, int refund, enum refund_state state);

/* Asks now; the part's request must be free. */
void turn_send(struct turn *turn, struct part_run *run, struct part part, enum verb verb);
/* ORG_002; later, where another payment of the patient would suffer from it. Of an order one at a
 * time: each may give the bills new numbers, and of two answers the older may come last. */
void turn_send_list(struct turn *turn, struct part_run *run, struct part part);
/* Asks the pinpad to give up the sale in flight. What became of it only the sale's own answer says.
 */
void turn_send_cancel(struct turn *turn, struct part_run *run, struct part part);
/* An act leaves if it may: true. */
bool turn_send_wanted(struct turn *turn, struct part_run *run, struct part part);
/* Nothing in flight and the time to ask has come. */
bool turn_due(const struct turn *turn, const struct part_run *run);
/* Is this asked for any of the order's claims now? */
bool turn_claims_asking(const struct turn *turn, enum verb verb);

/* When to ask again: at once, after `ms`, or backing off from one second to `max_ms`. */
void turn_ask_now(struct turn *turn, struct part_run *run);
void turn_ask_in(struct turn *turn, struct part_run *run, int64_t ms);
void turn_ask_later(struct turn *turn, struct part_run *run, int64_t max_ms);
void turn_ask_never(struct part_run *run);
bool turn_has_passed(const struct turn *turn, int64_t since_mono_ms, int64_t ms);
/* This process has tracked the order for `ms`. Downtime does not count: after an outage peers get a
 * chance to answer before a case opens. */
bool turn_tracked_for(const struct turn *turn, int64_t ms);
/* Is it time for a person? The deadline `ms` counts while the peer can be reached: a network that
 * is down for hours is no reason, the first answers afterwards settle it. But no question stays
 * open longer than late money is looked for, from `started_ms` (wall) on. */
bool turn_question_overdue(const struct turn *turn, struct part_run *run, int64_t started_ms,
                           int64_t ms, const struct event_answer *answer);
/* Did the question just answered leave when the last act could not be on its way any more? When it
 * is answered does not matter: a slow answer may be older than the act's arrival. */
bool turn_asked_when_quiet(const struct turn *turn, const struct part_run *run);
/* Does what was said of a settlement still contradict itself, asked again after the quiet time? One
 * answer may be from the middle of the platform's work. */
bool turn_contradiction_stands(const struct turn *turn, const struct part_run *run);
/* Is the bill of the claim in the list? Its numbers there are the only ones that the HIS still
 * knows: the claim has them from then on. */
bool turn_claim_listed(struct turn *turn, int claim, const struct bill_list *bills);

/* Cut to the field; an empty source leaves it as it was. */
void turn_keep_text(char *field, size_t size, const char *text);

#endif
