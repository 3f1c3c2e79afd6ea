/* What the desk's callers came to today, as the journal has it: a bounded document of rows, and
 * sums over all of them. */
#ifndef HOPKIOSK_CORE_DESK_DAY_H
#define HOPKIOSK_CORE_DESK_DAY_H

#include "app/core/order/verdict.h"

/* How the cashier lets a call be paid; also by which function key, F1 the first. */
enum desk_way {
    DESK_WAY_NONE = 0,
    DESK_WAY_PHONE, /* the phone's own code, at the scanner */
    DESK_WAY_CODE,  /* a code on the patient's display */
    DESK_WAY_POS1,  /* bank terminal 1 */
    DESK_WAY_POS2,
    DESK_WAY_CASH,
    DESK_WAY_FACE,    /* the caller's own: no key */
    DESK_WAY_INSURED, /* medical insurance, by the e-insurance code at the scanner: no key */
    DESK_WAY_COUNT
};
/* What a caller's depositType means at the window; NONE: it is left to the cashier, or none of
 * ours. */
enum desk_way desk_way_of_word(const char *word);
/* ... with PosNo, "" none; of an order. */
enum desk_way desk_way_of(const char *word, const char *pos_no);
enum desk_way desk_way_of_order(const struct order *order);
/* ... and what is sent for a choice where the caller named nothing. */
const char *desk_way_word(enum desk_way way);

#define DESK_ROWS_MAX 48
struct desk_row {
    char order_no[ORDER_NO_SIZE];
    char caller_no[CALLER_NO_SIZE];
    char masked_name[PERSON_NAME_SIZE];
    char case_no[ORDER_CASE_NO_SIZE]; /* "" none */
    enum service service;
    enum account_type account_type;
    enum desk_way way;
    enum verdict verdict;
    bool may_settle;    /* NOT_PAID: order_may_settle_yet */
    int64_t created_ms; /* wall */
    struct fen amount, returned;
    struct fen received; /* of cash */
};

/* Credited, and given back, of one way. */
struct desk_total {
    int count;
    struct fen paid, returned;
};

/* A shift that has ended, as the journal keeps it. */
struct desk_shift {
    int64_t began_ms, ended_ms; /* wall; 0: none has ended */
    char by[STAFF_NAME_SIZE];
    int calls, cash_calls;      /* cash_calls: credited ones that were paid in cash */
    struct fen taken, returned; /* in cash */
    struct fen held;            /* ... counted, and not decided yet */
    struct fen counted;         /* in the drawer */
};
/* What the drawer should have held. */
struct fen desk_shift_expected(const struct desk_shift *shift);

/* Newest first. */
struct desk_day {
    struct document head; /* DOCUMENT_DESK_DAY */
    int count;
    int skip;          /* so many newer ones are not among the rows */
    int whole;         /* of all of today */
    int undecided;     /* of all of today */
    struct fen due;    /* ... their money */
    struct fen handed; /* given back in cash of what was paid otherwise */
    struct fen held;   /* ... of it cash: counted, and in the drawer until it is decided */
    int64_t start_ms;  /* wall; the list's first moment; older ones of the shift are in it too */
    int64_t shift_ms;  /* wall; the sums are the shift's, which began then; 0: not read yet */
    char shift_by[STAFF_NAME_SIZE];
    int shift_calls;
    struct desk_shift ended; /* with its end only */
    struct desk_row rows[DESK_ROWS_MAX];
    struct desk_total totals[DESK_WAY_COUNT];
};

/* An order of today, or of the shift, or of which something went back in it: that left the drawer
 * then. What of it is of the shift is `since`. Orders that no caller opened are passed over. */
void desk_day_add(struct desk_day *day, const struct order *order, const struct order_since *since);
/* What the drawer should hold of today: taken less returned. */
struct fen desk_day_drawer(const struct desk_day *day);

#endif
