/* The book of orders: 64 slots, the numbers that are given out, whether the journal can be written.
 * An order is found by its slot, its number or what it waits for; what orders ask for is addressed
 * with their slot here, because an order does not know it. */
#ifndef HOPKIOSK_CORE_ORDER_BOOK_H
#define HOPKIOSK_CORE_ORDER_BOOK_H

#include "app/core/order/order.h"
#include "app/core/terms/setup.h"

#define ORDERS_MAX 64

/* What a later write that succeeds says nothing about. */
enum journal_fault {
    JOURNAL_SOUND = 0,
    JOURNAL_UNDECIDED, /* an open order cannot be read and nobody has decided about it */
    JOURNAL_UNREAD     /* not all open orders could be read: until the next start */
};

struct book {
    struct order orders[ORDERS_MAX];
    uint32_t next_number;        /* of the next PERSIST, SEND, PRINT or STAFF; 0 is no number */
    char last_no[ORDER_NO_SIZE]; /* the last order or refund number given out, "" none */
    bool journal_ok;
    enum journal_fault journal_fault;
    int64_t journal_retry_mono_ms; /* a journal that failed is trusted with one more payment then;
                                      0: it has not failed */
};

/* One event at the book: whose rules, when, and where effects go. */
struct book_turn {
    struct book *book;
    const struct core_setup *setup;
    struct now now;
    struct effects *out;
};

void book_init(struct book *book, const struct core_setup *setup);
uint32_t book_take_number(struct book *book);
/* May a new payment or refund be begun, as far as the journal goes? */
bool book_journal_usable(const struct book *book);

/* The slot of an order in the book; -1 none. */
int book_find(const struct book *book, const char *order_no);
/* The slot of the order that waits for this request or this PERSIST; -1 none. */
int book_awaiting(const struct book *book, uint32_t request);
int book_persisting(const struct book *book, uint32_t number);
/* A free slot, if need be one whose order is only watched or is finished, but not `held`; -1: full.
 */
int book_take_slot(const struct book *book, int held);
/* What is finished makes room, but for the slot that is `held` (-1 none), and for cases as long as
 * there is room: what they were for is not paid a second time before a person has decided. */
void book_free_slots(struct book *book, int held);
/* What a free slot still holds of a person is wiped, but while an effect of this turn is about it.
 */
void book_wipe_free(struct book *book, const struct effects *out);

/* The filled order in `slot` starts. */
void book_open(struct book_turn turn, int slot);
void book_cancel(struct book_turn turn, int slot);
void book_answer(struct book_turn turn, int slot, const struct event_answer *answer);
/* DURABLE, PERSIST_FAILED or CONFLICT. */
void book_persisted(struct book_turn turn, int slot, uint32_t number, enum order_event_kind kind);
/* Every order whose deadline has come hears the TICK; the earliest deadline of all, INT64_MAX none.
 */
void book_tick(struct book_turn turn);
int64_t book_deadline(const struct book *book);
/* An order read back from the journal, at the start: what was in flight is asked about. False: no
 * slot is free. */
bool book_restore(struct book_turn turn, const struct order *order);
/* The same while a visit looks at it: the slot, where it was open already that one; -1: full. */
int book_reopen(struct book_turn turn, const struct order *order, int held);
enum refusal book_refund(struct book_turn turn, int slot, int claim, struct fen amount);
/* Every open order of this person is asked about at once. */
void book_ask_person(struct book_turn turn, const struct patient_keys *keys);
/* A person decided the cases of an order: what it was for may be paid again. */
void book_resolved(struct book *book, const char *order_no);

/* Is an earlier payment of this bill, or of a deposit of this person, not decided yet? */
bool book_bill_busy(const struct book *book, const char *org_trace_no);
bool book_deposit_busy(const struct book *book, const struct order_person *person);
/* Is somebody at the pinpad for one of the orders? */
bool book_pinpad_busy(const struct book *book);

#endif
