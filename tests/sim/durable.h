/* Nothing leaves before it is durable, and nothing twice. */
#ifndef HOPKIOSK_SIM_DURABLE_H
#define HOPKIOSK_SIM_DURABLE_H

#include <stdbool.h>
#include <stdint.h>

#include "app/core/effect.h"
#include "app/core/order/order.h"

struct sim;
struct sim_request;

struct sim_durable_leg {
    bool placed;
    int closed_life;  /* in which the last close left; 0: none, or it never left the machine */
    int no_life;      /* in which life the last close was heard to be refused; 0: it was not */
    bool knows_no;    /* and that is durable */
    int closing_life; /* began with a close under way: a no to another proves nothing */
    bool close_left;  /* it may have: the machine, if only for nowhere */
};

/* How an order stood when it was last durable, and what has left for it in all its lives. */
struct sim_durable {
    char no[ORDER_NO_SIZE];
    struct order order;
    struct sim_durable_leg legs[LEGS_MAX];
    bool pushed, at_portal;
    int64_t case_ms;     /* its first leg became a case then; 0: it has not */
    int life;            /* in which it was opened, or taken up for the first time */
    int64_t restored_ms; /* when that was taken up; 0: opened */
    int absent_life;     /* in which life the other side had none of it, when asked last; 0: none */
    uint64_t credited, asked;  /* bits of claims; asked: since the last credit */
    uint64_t credit_left;      /* an ORG_003 of it has left, or may have */
    uint64_t booked, given_up; /* claims of which a person has found that they are, or are not */
};

#define SIM_UNWRITTEN_MAX 64

/* What has left for an order, in its order; for no order: what visits asked. */
struct sim_sent {
    char no[ORDER_NO_SIZE];
    uint64_t digest;
};

void durable_note_order(struct sim *sim, const struct order *order);
/* It was given to the journal, which did not write it. */
void durable_note_failed(struct sim *sim, const struct order *order);
/* False: this life of the terminal has had it before. */
bool durable_note_restored(struct sim *sim, const struct order *order);
void durable_check_sent(struct sim *sim, const struct order *order, const struct effect *effect);
/* A close of it has left, or may have. */
void durable_note_close(struct sim *sim, const char *order_no, int leg);
/* ... an ORG_003 for this number. */
void durable_note_credit(struct sim *sim, const struct sim_request *request);
/* The order as it is durable; NULL: there is none. */
const struct order *durable_order(const struct sim *sim, const char *order_no);
bool durable_credit_left(const struct sim *sim, const char *order_no, int claim);
/* When this life of the terminal took it up; 0: it was opened in it. */
int64_t durable_restored_ms(const struct sim *sim, const char *order_no);
/* When its first leg became a case. */
int64_t durable_case_ms(const struct sim *sim, const char *order_no);
/* A person has decided about this part of the order ("claim 0"): it is booked, or it may be paid
 * again. */
void durable_note_decided(struct sim *sim, const char *order_no, const char *part, bool booked);
/* What an answer allows: a close again after a no, a credit again after asking. */
void durable_note_answer(struct sim *sim, const struct sim_request *request,
                         const struct event_answer *answer);
/* Was it durable that a close had been refused? Did one leave, or may it have? */
bool durable_knew_no(const struct sim *sim, const char *order_no, int leg);
/* Was its message about to leave, and not taken back as far as the terminal knows? */
bool durable_at_portal(const struct sim *sim, const char *order_no);
/* Has the other side said in this life that it has none? -1: it has one. */
void durable_note_absent(struct sim *sim, const char *order_no, int life);
bool durable_is_absent(const struct sim *sim, const char *order_no);
bool durable_close_left(const struct sim *sim, const char *order_no, int leg);

#endif
