/* What the files of an order's life share: one turn (order, rules, time, effects) and its verbs.
 *
 * A part (leg, claim, refund) has three doors: `answer` hears what it asked, `act` sends what it
 * wants and asks what is due, `resume` makes everything that was in flight unknown. Acts that move
 * money are only `wanted`; they leave in `act`, when nothing of the order is undurable. */
#ifndef HOPKIOSK_CORE_ORDER_PARTS_H
#define HOPKIOSK_CORE_ORDER_PARTS_H

#include "app/core/order/order.h"

struct turn {
    struct order *order;
    const struct order_rules *rules;
    struct now now;
    struct effects *out;
};

/* Which part, with what it belongs to: a claim's leg, a refund's claim and leg. */
struct part {
    int leg, claim, refund;
};
struct part part_leg(int leg);
struct part part_claim(const struct turn *turn, int claim);
struct part part_refund(const struct turn *turn, int refund);

/* Makes the order as it is now durable. Until then nothing that moves money leaves. */
void turn_persist(struct turn *turn, enum note note, struct part part);
bool turn_durable(const struct turn *turn);
/* Asks now; the part's request must be free. */
void turn_send(struct turn *turn, struct part_run *run, struct part part, enum verb verb);
/* Asks the pinpad to give up the sale in flight. What became of it only the sale's own answer says.
 */
void turn_send_cancel(struct turn *turn, struct part_run *run, struct part part);
/* An act leaves if it may: true. */
bool turn_send_wanted(struct turn *turn, struct part_run *run, struct part part);
/* Nothing in flight and the time to ask has come. */
bool turn_due(const struct turn *turn, const struct part_run *run);

/* When to ask again: at once, after `ms`, or backing off from one second to `max_ms`. */
void ask_now(struct turn *turn, struct part_run *run);
void ask_in(struct turn *turn, struct part_run *run, int64_t ms);
void ask_later(struct turn *turn, struct part_run *run, int64_t max_ms);
void ask_never(struct part_run *run);
bool waited(const struct turn *turn, int64_t since_mono_ms, int64_t ms);
/* Has this run had the order so long? What happened while nobody asked proves nothing: after days
 * without power the first answers settle it, though the network comes up after us. */
bool held(const struct turn *turn, int64_t ms);
/* Is it time for a person? The deadline `ms` counts while the peer can be reached: a network that
 * is down for hours is no reason, the first answers afterwards settle it. But no question stays
 * open longer than late money is looked for, from `started_ms` (wall) on. */
bool out_of_time(const struct turn *turn, struct part_run *run, int64_t started_ms, int64_t ms,
                 const struct event_answer *answer);
/* Did the question just answered leave when the last act could not be on its way any more? When it
 * is answered does not matter: a slow answer may be older than the act's arrival. */
bool asked_when_quiet(const struct turn *turn, const struct part_run *run);

/* Cut to the field; an empty source leaves it as it was. */
void keep_text(char *field, size_t size, const char *text);

/* The bank terminal says that it never had the sale, void or refund with this number of ours: its
 * own day is the number's day, so it would remember, and nothing of it can be on its way. */
bool pos_never_had(const struct turn *turn, const struct part_run *run, const char *no,
                   const struct event_answer *answer);

/* The peer itself said something, if only that it does not know: no time-out, no garbage, no
 * proxy. */
bool answer_spoke(const struct event_answer *answer);

void leg_answer(struct turn *turn, int leg, enum verb verb, const struct event_answer *answer);
void leg_act(struct turn *turn, int leg);
void leg_resume(struct turn *turn, int leg);
void leg_cancel(struct turn *turn, int leg);
/* The journal refused before anything left. */
void leg_void(struct turn *turn, int leg);
/* An answer about a payment, as far as the money goes. Zero: it says nothing. */
enum news { NEWS_NONE = 0, NEWS_WAIT, NEWS_PAID, NEWS_FAILED, NEWS_RETURNED, NEWS_RETURN_FAILED };
/* The one door into a state: nothing is wanted or asked any more, and it is persisted. */
void leg_enter(struct turn *turn, int leg, enum leg_state state, enum note note);
void leg_enter_case(struct turn *turn, int leg, enum case_reason reason);

/* Money that came too late, or came and could not be returned; or that went back. */
void leg_late(struct turn *turn, int leg, const struct event_answer *answer);
void leg_returned(struct turn *turn, int leg);
/* Is the window over, so many times? */
bool leg_watched(const struct turn *turn, const struct leg *leg, int windows);
#define WATCH_PAUSE_MS_MAX (INT64_C(10) * 60 * 1000) /* late money comes within hours */
void leg_watch_heard(struct turn *turn, int leg, enum news news, const struct event_answer *answer);
void leg_late_heard(struct turn *turn, int leg, enum news news, const struct event_answer *answer);
/* What became of our own refund of late money. */
void leg_refund_done(struct turn *turn, int leg);
void leg_refund_refused(struct turn *turn, int leg);
void leg_refund_case(struct turn *turn, int leg, enum case_reason reason);

void claims_of_paid_leg(struct turn *turn, int leg);
void claims_of_unpaid_leg(struct turn *turn, int leg);
void claim_answer(struct turn *turn, int claim, enum verb verb, const struct event_answer *answer);
void claims_act(struct turn *turn);
void claim_resume(struct turn *turn, int claim);
void claim_case(struct turn *turn, int claim, enum case_reason reason);
/* The claim's money goes back: it was definitely not credited. */
void claim_reverse(struct turn *turn, int claim);
/* The intent to send ORG_003: it becomes durable with the next PERSIST of this turn. */
void claim_intend_credit(struct turn *turn, int claim);
/* Is this asked for any of the order's claims now? */
bool claims_asking(const struct order *order, enum verb verb);

/* The list in an accepted answer; NULL: none. */
const struct bill_list *bill_list_of(const struct event_answer *answer);
bool claim_listed(const struct bill_list *bills, const struct claim *claim);
bool claim_needs_list(const struct turn *turn, int claim);
void claims_checked(struct turn *turn, int claim, const struct event_answer *answer);
void claim_act_list(struct turn *turn, int claim, bool first);

/* ORG_005's life, for a refund that was asked for. */
void uncredit_answer(struct turn *turn, int claim, enum verb verb,
                     const struct event_answer *answer);
void uncredit_act(struct turn *turn, int claim);

/* The refund's index, REFUND_NEW and not yet wanted; -1: no room. */
int refund_new(struct turn *turn, int leg, int claim, struct fen amount);
/* The refund under way for a claim (PART_NONE: for the leg's late money); -1 none. */
int refund_under_way(const struct order *order, int leg, int claim);
void refund_answer(struct turn *turn, int refund, enum verb verb,
                   const struct event_answer *answer);
void refund_act(struct turn *turn, int refund);
void refund_resume(struct turn *turn, int refund);

#endif
