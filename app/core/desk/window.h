/* The cashier's window: which call is on it, how it is paid, what became of it. A call waits here
 * until the cashier has chosen; only then an order is opened, as for every call. Nothing here moves
 * money, and what is lost here with the program has not left. */
#ifndef HOPKIOSK_CORE_DESK_WINDOW_H
#define HOPKIOSK_CORE_DESK_WINDOW_H

#include "app/core/desk/day.h"
#include "app/core/desk/desk.h"
#include "app/core/order/payments.h"
#include "app/core/terms/terminal.h"

#define DESK_WAITING_MAX 32
#define DESK_TYPED_SIZE 16
#define DESK_NOTES_MAX 4
#define DESK_ROWS_A_PAGE 12

/* What a refund is of. */
struct desk_giving_back {
    bool wanted; /* the call wants money back */
    char refund_no[CALLER_NO_SIZE];
    struct fen asked;
    struct fen fixed;            /* tried again under its number: as then; 0: it is a new one */
    bool in_cash;                /* handed out, however it was paid */
    struct desk_choices choices; /* never none */
    int chosen;                  /* of them */
};

/* What else of the patient is under way: what must not be paid a second time by mistake. */
enum desk_other_kind {
    DESK_OTHER_NONE = 0,
    DESK_OTHER_ON_PHONE,     /* a bill was sent to the phone, where it can be paid */
    DESK_OTHER_PERHAPS_PAID, /* nobody knows yet whether it was paid */
    DESK_OTHER_NOT_BOOKED /* money came, or may have: nobody has booked it, or a person decides */
};
struct desk_other {
    enum desk_other_kind kind;
    char place[PAYMENT_PLACE_SIZE]; /* the other machine; "" this one */
    struct fen amount;
    int64_t since_ms; /* wall */
};

/* A call that waits for the cashier. */
struct desk_waiting {
    uint32_t call; /* of the shell */
    char caller_no[CALLER_NO_SIZE];
    char masked_name[PERSON_NAME_SIZE];
    char number[TRACE_NO_SIZE]; /* masked */
    struct patient_keys keys;
    enum service service;
    enum account_type account_type;
    enum desk_way named; /* the only one that the caller wants; NONE: the cashier chooses */
    bool any_pinpad;     /* ... a card, at whichever pinpad */
    bool insured;        /* the insurance may pay it */
    struct fen amount;   /* to be paid, or that goes back */
    struct desk_giving_back back;
    char show[DESK_SHOW_SIZE];
    int64_t since_ms; /* wall */
};

/* The one on the screen, once it is chosen how it is paid. */
struct desk_payment {
    enum desk_way way;
    bool chosen; /* it is to be opened, or is */
    bool cancel_wanted;
    bool unheard; /* it could not be heard again: nothing has left */
    enum call_refusal refusal;
    int slot; /* of its order; -1: none yet */
    char order_no[ORDER_NO_SIZE];
    enum call_news news;
    enum verdict verdict;
    bool perhaps_paid;             /* UNPAID: closed, and nobody said after it that no money came */
    bool unknown;                  /* somebody did not answer: nobody may take the money again */
    char pay_code[SCAN_TEXT_SIZE]; /* as it was scanned, or what that stands for */
    uint32_t decode_request;       /* the gateway is asked what it stands for; 0: it is not */
    char link[PAY_LINK_SIZE];
    char trace_no[OUT_NO_SIZE]; /* the platform's */
    char case_no[ORDER_CASE_NO_SIZE];
    int64_t expire_ms, paid_ms; /* wall; 0 not known */
    struct fen received;        /* CASH */
    enum card_step step;        /* POS: where the pinpad is */
    int64_t chosen_mono_ms;
    enum leg_state leg;   /* as it was last followed */
    int64_t slow_mono_ms; /* whoever has not answered by then is silent; INT64_MAX: that was seen */
    bool slow;
};

/* Of the call on the screen. */
enum desk_receipt {
    DESK_RECEIPT_NONE = 0,
    DESK_RECEIPT_PRINTING,
    DESK_RECEIPT_PRINTED,
    DESK_RECEIPT_FAILED,
    DESK_RECEIPT_UNKNOWN
};

/* What is to be said of the second person. */
enum desk_second { DESK_SECOND_NONE = 0, DESK_SECOND_WRONG, DESK_SECOND_PAUSED, DESK_SECOND_SAME };

/* Why an order of today is read again. */
enum desk_reopen {
    DESK_REOPEN_TO_SHOW = 0,
    DESK_REOPEN_TO_PRINT,
    DESK_REOPEN_TO_ASK, /* its peers, at once */
    DESK_REOPEN_CHANGED /* it is on the screen, and another than it was */
};

/* What the region's gateway said of the patient's code, where there is one. */
enum desk_gateway {
    DESK_GATEWAY_NONE = 0,
    DESK_GATEWAY_ASKED,
    DESK_GATEWAY_REFUSED, /* it is nobody's code */
    DESK_GATEWAY_DOWN     /* nobody said what it stands for */
};

struct desk_window {
    bool on; /* this terminal is a desk with a window */
    enum screen screen;
    uint32_t revision;
    enum language language;
    int64_t since_mono_ms; /* the screen came */
    bool helps;            /* the keys are explained */
    bool early_code;       /* something was scanned just when the call came */
    bool wrong_code;       /* what was scanned is no code to pay with */
    bool insured_code;     /* ... it is an e-insurance code, which does not pay this call */
    enum desk_gateway gateway;
    bool too_little; /* less was received than is due */
    char typed[DESK_TYPED_SIZE];
    /* A refund: why, and who agreed beside the cashier. */
    enum refund_why why;
    char agreed_by[AGREED_BY_SIZE];
    enum desk_second second;
    uint32_t staff_request; /* 0: no PIN is being checked */
    bool amount_asked;      /* ... how much goes back is typed */
    bool amount_wrong;      /* ... and was nothing, or too much */
    int waiting_count;
    struct desk_waiting waiting[DESK_WAITING_MAX]; /* the first is on the screen */
    struct desk_payment payment;
    struct desk_other other;
    uint32_t other_request; /* 0: none is under way */
    enum arm armed;
    enum desk_receipt receipt;
    uint32_t print_job; /* 0: none is under way */
    /* One of today's looked at again. */
    bool looking;
    struct desk_waiting look;
    uint32_t reopen_request; /* of payment.order_no; 0: none is under way */
    enum desk_reopen reopens;
    /* Today's calls, and the shift that ends. */
    bool shift_asked;  /* the cash of the shift is counted */
    bool shift_ending; /* its end is being written */
    bool shift_failed;
    struct fen shift_counted;
    struct desk_shift ended; /* the last one, for its slip */
    enum desk_receipt slip;  /* of its paper */
    uint32_t slip_job;       /* 0: none is under way */
    int day_skip;            /* rows of the day before those that were read */
    int page;
    uint32_t day_request; /* 0: none is under way */
    bool day_stale;
    int64_t day_mono_ms;      /* not asked for before that */
    int64_t day_ends_mono_ms; /* of the one that was asked for; 0: none was */
    struct desk_day day;
};

/* One event at the window. */
struct desk_turn {
    struct desk_window *window;
    struct book_turn book;
    struct terminal *terminal;
};

void desk_window_begin(struct desk_window *window, const struct core_setup *setup);
/* Does a call of this number wait already? Is there room for one more? */
bool desk_window_waits(const struct desk_window *window, const char *caller_no);
bool desk_window_full(const struct desk_window *window);
void desk_window_take(struct desk_turn turn, uint32_t number, const struct call_document *call);
/* ... that wants some of a payment back. */
void desk_window_take_refund(struct desk_turn turn, uint32_t number,
                             const struct call_document *call, const struct order *order);
/* The call of this number is let go; false: it is chosen how it is paid. */
bool desk_window_withdraw(struct desk_turn turn, const char *caller_no);
/* The call was heard again: its order's slot, or why it has none. */
void desk_window_heard(struct desk_turn turn, uint32_t number, int slot, enum call_refusal refusal);
/* ... could not be heard again, and is answered. */
void desk_window_unheard(struct desk_turn turn, uint32_t number);
/* TOUCH, TEXT, SCAN. */
void desk_window_hear(struct desk_turn turn, const struct event *event);
/* An answer to what its order asked, before the order hears it; one of its own questions. */
void desk_window_answer(struct desk_turn turn, int slot, const struct event_answer *answer);
bool desk_window_day(struct desk_turn turn, const struct event_answer *answer);
bool desk_window_reopened(struct desk_turn turn, const struct event_answer *answer);
bool desk_window_others(struct desk_turn turn, const struct event_answer *answer);
bool desk_window_decoded(struct desk_turn turn, const struct event_answer *answer);
void desk_window_printed(struct desk_turn turn, const struct event_printed *printed);
void desk_window_staff(struct desk_turn turn, const struct event_staff *answer);
void desk_window_progress(struct desk_turn turn, const struct event_progress *progress);
/* After every event: the screen follows the order, the scanner is armed for it. */
void desk_window_follow(struct desk_turn turn);
int64_t desk_window_deadline(const struct desk_window *window);

/* ---- what is shown ---- */
/* The call on the screen; NULL none. */
const struct desk_waiting *desk_window_call(const struct desk_window *window);
/* What else of its patient is under way; NULL nothing, or it is not known. */
const struct desk_other *desk_window_other(const struct desk_window *window);
/* What decides whether a call can be paid in a way. */
struct desk_around {
    const struct core_setup *setup;
    const struct terminal *terminal;
    const struct book *book;
};
/* May the call be paid so? What is in the way: a word of assets/text; "" nothing. */
const char *desk_way_obstacle(const struct desk_window *window, struct desk_around around,
                              enum desk_way way);
/* Is it paid at a pinpad? At which, from 1; 0: at none. */
int desk_way_pinpad(enum desk_way way);
/* Does the patient scan a code on their display? */
bool desk_way_shows_code(enum desk_way way);
/* May it still be taken back? */
bool desk_window_cancellable(const struct desk_window *window);
/* May the cashier leave it to the background? */
bool desk_window_leavable(const struct desk_window *window);
/* May it be asked about once more, now? Here, or looked at again and not decided. */
bool desk_window_asks(const struct desk_window *window);
/* Can the receipt of what is on the screen be printed again? That of a row of the list? */
bool desk_window_prints(const struct desk_window *window, const struct core_setup *setup);
bool desk_row_prints(const struct desk_window *window, const struct core_setup *setup);
/* Has the cashier still to hand out cash for what is on the screen? Then Enter alone leaves it. */
bool desk_window_hands_out(const struct desk_window *window);
/* The payment that a refund on the screen is of; NULL: it is no refund. */
const struct desk_choice *desk_chosen_payment(const struct desk_window *window);
/* Does the call on the screen give back under this number? */
bool desk_window_gives_back(const struct desk_window *window, const char *refund_no);
/* Is what goes back handed out? */
bool desk_back_in_cash(const struct desk_waiting *call);
/* The most that can go back now; can it be made less? */
struct fen desk_back_most(const struct desk_waiting *call);
bool desk_amount_changes(const struct desk_window *window);
/* May F7 be held? What is missing: a word of assets/text; "" nothing. */
const char *desk_refund_missing(const struct desk_window *window, const struct core_setup *setup);
bool desk_needs_second(const struct desk_window *window, const struct core_setup *setup);
bool desk_second_missing(const struct desk_window *window, const struct core_setup *setup);
/* What was received as typed; the notes that one usually pays so much with, how many. */
struct fen desk_received(const struct desk_window *window);
int desk_usual_notes(struct fen due, struct fen notes[DESK_NOTES_MAX]);
/* Until a good end leaves the screen by itself. */
#define DESK_RESULT_MS 4000

#endif
