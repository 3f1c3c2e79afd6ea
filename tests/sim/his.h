/* A hospital with its own books. */
#ifndef HOPKIOSK_SIM_HIS_H
#define HOPKIOSK_SIM_HIS_H

#include <stdbool.h>
#include <stdint.h>

#include "app/core/order/order.h"

struct sim;
struct sim_request;

#define SIM_CREDITS_MAX 1024
#define SIM_BILLS_MAX 144
#define SIM_TRIED_MAX 1024
#define LONG_LAG 4       /* so much longer are lists behind, where they are; the policy knows it */
#define BILL_STEM 7      /* characters of a number that stay when a bill is given a new one */
#define SIM_HOLDS_MAX 96 /* of one card's bills */

struct sim_bill {
    char org_trace_no[TRACE_NO_SIZE]; /* the newest; older ones are dead */
    int numbers;                      /* it has had so many */
    int64_t numbered_list;            /* the newest is of this look at a list */
    bool looked_at;                   /* ... of somebody's telephone, behind a list of ours */
    int card;
    int64_t fen;
    bool settled, by_window;
    int64_t settled_ms;
};
/* What the HIS has decided: a bill or a deposit is credited once for an org_trace_no. */
struct sim_credit {
    char org_trace_no[TRACE_NO_SIZE];
    char amp_trace_id[CLAIM_TRACE_SIZE];
    char call_sn[TRACE_NO_SIZE];
    int64_t fen;      /* still booked */
    bool taken_back;  /* all of it */
    bool elsewhere;   /* ... by a window, which gave the money back: its bill is due again */
    bool lied;        /* ORG_003 was answered with a no all the same */
    bool not_back;    /* the last ORG_005 was refused */
    bool refused;     /* a definite no, for good: a doubled request hears it again */
    uint32_t request; /* that made it, of that life */
    int life;
    int64_t known_ms; /* ORG_004 knows it from then on */
};

/* What has left for a claim, and what was refused only because its number was dead. */
struct sim_tried {
    char amp_trace_id[CLAIM_TRACE_SIZE];
    int sent, dead;
    char refused_no[TRACE_NO_SIZE]; /* the bill that somebody else had then */
};

/* As credited, on the terminal's books: what a window gave back it does not. */
bool his_counts(const struct sim_credit *credit);
void his_open(struct sim *sim);
void his_add_bill(struct sim *sim, int card, int64_t fen);
/* Is a settled bill listed for some minutes? The terminal's policy knows that. */
bool his_lags_long(const struct sim *sim);
void his_act(struct sim *sim, const struct sim_request *request, struct event_answer *answer);
void his_window(struct sim *sim, int bill);
/* Somebody's telephone looks at the bills of a card, each only once: they have other numbers. */
void his_look(struct sim *sim, int card);
/* An ORG_003 did not get through: perhaps its bill is settled at a window soon. */
void his_race(struct sim *sim, const char *org_trace_no);
/* Does it say `fail` of what it had credited? */
bool his_contradicts(const struct sim *sim, const char *org_trace_no);
int64_t his_credited_fen(const struct sim *sim, const char *order_no);
/* A window, or the other kiosk: whoever it was, it was not this terminal. */
bool his_window_paid(const struct sim *sim, const char *org_trace_no);
/* Has a credit under this number been taken back, whoever's it was? */
bool his_has_taken_back(const struct sim *sim, const char *org_trace_no);
/* An ORG_003 has left. */
void his_note_sent(struct sim *sim, const struct sim_request *request);
/* Was the one ORG_003 of this claim refused because its number was dead, and is its bill still to
 * be paid? Whoever has heard that no has to try the new number. */
bool his_waits_under_another_number(const struct sim *sim, const char *amp_trace_id,
                                    const char *org_trace_no);
/* The hospital books all claims of an order, or none. */
bool his_book(struct sim *sim, const struct order *order);
/* What a portal asks and tells by itself: it looks for the bill in the list, which may give it a
 * new number, and settles it under its own trace. True: it is settled. */
bool his_book_alone(struct sim *sim, const char *org_trace_no, const char *amp_trace_id);
/* Would ORG_004 say of this very number that it is settled? When the bill was; 0: it is not. */
bool his_tells_of(const struct sim *sim, const char *org_trace_no);
int64_t his_settled_ms(const struct sim *sim, const char *org_trace_no);
/* ... takes so much of a claim back, as onepay tells it. */
void his_unbook(struct sim *sim, const char *amp_trace_id, int64_t fen);

#endif
