/* The book of orders: 64 slots, the numbers that are given out, whether the journal can be written.
 * An order is found by its slot, its number or what it waits for; what orders ask for is addressed
 * with their slot here, because an order does not know it. */
#ifndef HOPKIOSK_CORE_ORDER_BOOK_H
#define HOPKIOSK_CORE_ORDER_BOOK_H

#include "app/core/order/order.h"
#include "app/core/terms/setup.h"

#define ORDERS_MAX 64
#define FETCHED_MAX 31 /* the other slots are for orders that somebody opens here */

/* What a later write that succeeds says nothing about. */
enum journal_fault {
    JOURNAL_SOUND = 0,
    JOURNAL_UNDECIDED, /* an open order cannot be read and nobody has decided about it */
    JOURNAL_UNREAD     /* not all open orders could be read: until the next start */
};

/* Of the journal's open orders that have no slot here the one that waits longest to be asked about:
 * what VERB_FETCH brings. */
struct due_order {
    struct document head;
    bool found;      /* is its time come? */
    bool undecided;  /* one cannot be read, and nobody has decided about it */
    int64_t next_ms; /* wall; when the next one after it is due; INT64_MAX: there is none */
    struct order order;
};

/* An order of the journal about which somebody wants to know, or knows: reconciliation; a list of
 * bills. */
enum recheck_kind {
    RECHECK_ASK = 0,
    RECHECK_PROVE, /* there is a `proof` */
    RECHECK_LISTED /* the bill of its credited `claim` is listed again */
};
struct recheck {
    struct document head;
    struct order order;
    enum recheck_kind kind;
    struct order_proof proof;
    int claim;
};

struct book {
    struct order orders[ORDERS_MAX];
    uint32_t next_number;        /* of the next PERSIST, SEND, PRINT or STAFF; 0 is no number */
    char last_no[ORDER_NO_SIZE]; /* the last order or refund number given out, "" none */
    bool journal_ok;
    enum settle_result settles; /* ORG_004, by the configuration or found out; AUTO: not known */
    enum journal_fault journal_fault;
    struct pinpad_known pinpads[2];
    uint32_t released;       /* so often a credit was found to be taken back elsewhere: a list from
                                before holds a bill that may be paid */
    int64_t clock_ms;        /* wall less monotonic time, at the last tick */
    bool all_due;            /* the clock was set: what the journal has as a time means nothing
                                any more; the next FETCH makes everything due */
    int64_t all_due_mono_ms; /* since then whatever waited was due: the start, a clock set */
    uint32_t fetch_request;  /* of the FETCH that is not answered yet; 0: none */
    int64_t due_mono_ms;     /* since then, or from then on, an order waits to be fetched */
    int64_t fetch_mono_ms;   /* not fetched before that */
    int64_t aside_mono_ms;   /* what was set aside since the FETCH left, which knows nothing
                                of it, is due then */
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

void book_init(struct book *book, const struct core_setup *setup, struct now now);
uint32_t book_take_number(struct book *book);
/* May a new payment or refund be begun, as far as the journal goes? */
bool book_journal_usable(const struct book *book);

/* The slot of an order in the book; -1 none. */
int book_find(const struct book *book, const char *order_no);
/* The slot of the order that waits for this request or this PERSIST; -1 none. */
int book_awaiting(const struct book *book, uint32_t request);
int book_persisting(const struct book *book, uint32_t number);
/* A free slot, if need be one whose order is finished, but not `held`; -1: full. */
int book_take_slot(const struct book *book, int held);
/* A slot for a new payment; -1: there is none, or what was due long ago still finds none. */
int book_take_slot_to_pay(const struct book *book, int held, struct now now);
/* What is finished makes room, but for the slot that is `held` (-1 none); what only waits is set
 * aside until it is due. */
void book_free_slots(struct book_turn turn, int held);
/* What a free slot still holds of a person is wiped, but while an effect of this turn is about it.
 */
void book_wipe_free(struct book *book, const struct effects *out);

/* The filled order in `slot` starts. */
void book_open(struct book_turn turn, int slot);
void book_cancel(struct book_turn turn, int slot);
/* The own part that is due is paid so. */
void book_choose_way(struct book_turn turn, int slot, enum channel channel);
void book_answer(struct book_turn turn, int slot, const struct event_answer *answer);
/* What ORG_004 tells of is known: from now on, and for good. */
void book_found(struct book_turn turn, enum settle_result settles);
/* DURABLE, PERSIST_FAILED or CONFLICT. */
void book_persisted(struct book_turn turn, int slot, uint32_t number, enum order_event_kind kind);
/* Every order whose deadline has come hears the TICK, and what is due in the journal is fetched;
 * the earliest deadline of all, INT64_MAX none. */
void book_tick(struct book_turn turn);
int64_t book_deadline(const struct book *book);
/* An answer to FETCH? Then its order is taken up: what was in flight is asked about. */
bool book_fetched(struct book_turn turn, const struct event_answer *answer);
/* The same while a visit looks at it: the slot, where it was open already that one; -1: full. */
int book_reopen(struct book_turn turn, const struct order *order, int held);
enum refusal book_refund(struct book_turn turn, int slot, int claim, struct fen amount);
/* ORG_004 said `closed` of this credit, before anything of ours could have closed it. */
void book_taken_elsewhere(struct book_turn turn, int slot, int claim);
/* A pinpad has said who it is. */
void book_hears_pinpad(struct book *book, bool second, const struct pinpad_known *known);
/* Every open order of this person is asked about at once. */
void book_ask_person(struct book_turn turn, const struct patient_keys *keys);
/* The order gets a question's slot, where it has none, and is asked about at once, or what is known
 * of it is noted; that somebody wanted it is noted too. Nothing where it may not: there is no room,
 * and nobody is pushed out; it is being written just now; nothing can be written. */
bool book_may_recheck(const struct book *book, const char *order_no);
void book_recheck(struct book_turn turn, const struct recheck *recheck);
/* A person decided all cases of an order: what it was for may be paid again, unless it is kept. */
void book_resolved(struct book *book, const char *order_no, bool kept);

/* ---- busy.c ---- */
/* Is an earlier payment of this bill, or of a deposit of this person, not decided yet? */
bool book_bill_busy(const struct book *book, const char *org_trace_no);
bool book_deposit_busy(const struct book *book, const struct order_person *person);
/* Is an insured payment of this patient not decided yet? Then no list of bills is asked for: it may
 * give the bill another number, and the one that is being paid would be dead. */
bool book_insurance_busy(const struct book *book, const struct patient_keys *keys);
/* Is a payment of this patient's bills on its way into the hospital's books, so that their list may
 * still be wanted? Then nothing is begun that bars it. */
bool book_list_wanted(const struct book *book, const struct patient_keys *keys);
/* Does another order of the patient wait for a list that this one forbids? Set aside it would
 * forbid nothing. */
bool book_keeps_list_back(const struct book *book, int slot);
/* Is somebody at the pinpad for one of the orders? */
bool book_pinpad_busy(const struct book *book, int pos_no);

#endif
