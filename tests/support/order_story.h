/* A small stage for tests of orders: virtual time, effects looked at, answers given by hand. */
#ifndef HOPKIOSK_ORDER_STORY_H
#define HOPKIOSK_ORDER_STORY_H

#include "app/core/order/order.h"

#define STORY_WALL_MS INT64_C(1795147200000) /* 2026-11-20 12:00 in China */

#define STORY_NOTES_MAX 64

struct story {
    struct order order;
    struct policy policy;
    struct limits limits;
    uint32_t next_number;
    char last_no[ORDER_NO_SIZE];
    struct now now;
    struct effects out;
    uint32_t request; /* the last SEND */
    enum verb verb;   /* its verb; VERB_NONE: it was answered and nothing sent since */
    int sent_claim, sent_refund;
    int persists; /* PERSISTs asked for by the last step; what the last of them notes */
    int note_count;
    struct part_note notes[NOTES_MAX];
    enum note note; /* the last of them */
    int told_count; /* everything that was noted since the order began, in its order */
    enum note told[STORY_NOTES_MAX];
    bool journal_broken;
    bool list_waits; /* struct order_rules */
    struct pinpad_known pinpads[2];
};

/* What the pinpad's clock says when a story begins; 0: it has none. */
extern int64_t story_pinpad_ms;

/* What an order of the story is decided by, now. */
struct order_rules story_rules(struct story *story);
/* An order of `bills` bills of 10.00, 20.00 ...; 0: a deposit of 100.00. */
void story_begin(struct story *story, int bills, enum channel channel);
/* ... by another route than the channel's own. */
void story_begin_by(struct story *story, int bills, enum channel channel, enum route route);
/* A bill of 10.00 for the insurance, whose own part is paid here. */
void story_begin_own_part(struct story *story);
/* How it is paid is chosen. */
void story_choose(struct story *story, enum channel channel);
/* ... paid by several legs: the channel and the fen of each, 0 fen ends the list. */
struct story_leg {
    enum channel channel;
    int64_t fen;
};
void story_begin_split(struct story *story, int bills, const struct story_leg *legs);
/* What the request in flight for this leg, claim or refund hears. */
void story_leg_hears(struct story *story, int leg, enum trade_state trade);
void story_hears(struct story *story, struct part_run *run, struct event_answer answer);
/* Opened, durable, placed: the patient may pay. */
void story_wait(struct story *story);
/* Placed, and the patient left: the close has left. */
void story_leaves(struct story *story);
/* ... it is answered, and so is the query after it: nobody has paid. */
void story_closes_unpaid(struct story *story);
/* Paid, checked: the first ORG_003 has left. */
void story_credit(struct story *story);
/* ... of one bill, where ORG_004 tells of the number, and nobody answered it. */
void story_credit_unanswered(struct story *story);

void story_durable(struct story *story);
void story_persist_fails(struct story *story);
void story_cancel(struct story *story);
void story_tick(struct story *story, int64_t ms);
/* Until something is sent, what was journalled being durable: at most `ms`; false: nothing was. */
bool story_until_sent(struct story *story, int64_t ms);
void story_answer(struct story *story, struct event_answer answer);
/* The request in flight did not leave this machine. */
void story_never_leaves(struct story *story);
void story_says(struct story *story, enum outcome outcome, const char *code);
void story_trade(struct story *story, enum trade_state trade);
/* ... the HIS does, and names this order's own claim. */
void story_names(struct story *story, enum outcome outcome, const char *code);
/* The HIS refuses the credit of a claim, and has nothing of it when it is asked once more. */
void story_refuses(struct story *story, int claim);
/* The HIS lists the first `count` bills of the order still. */
void story_lists(struct story *story, int first, int count);
/* The program dies and starts again: what was journalled is read back. */
void story_restart(struct story *story);

#endif
