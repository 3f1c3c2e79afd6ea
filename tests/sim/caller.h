/* Window software at the desk. */
#ifndef HOPKIOSK_SIM_CALLER_H
#define HOPKIOSK_SIM_CALLER_H

#include <stdbool.h>
#include <stdint.h>

#include "app/core/desk/desk.h"

struct sim;

/* A number of window software, what it means there and what was told of it. */
#define SIM_CALLED_MAX 64 /* of a crowd */
struct sim_called {
    char order_no[ORDER_NO_SIZE]; /* "": none is known yet */
    int64_t fen;                  /* 0: not called yet */
    int card;
    enum channel channel;
    enum call_news told; /* a final one; CALL_UNDER_WAY: none yet */
    bool lies;           /* the call under way names another amount, person or way back */
    int reversal;        /* it asks for this one, from 1, until it is told its end; 0: none */
    bool book_is_back;   /* it was told that all of it is reversed, and has taken its book back */
};

void caller_begin(struct sim *sim);
void caller_act(struct sim *sim, int called);
/* Does it go back by its caller's reversal alone? */
bool caller_reverses(const struct order *order);
void caller_hears(struct sim *sim, const struct effect *effect);
/* Is it its number's only payment, and does what was told of it still hold? */
void caller_check_order(struct sim *sim, const struct order *order);

#endif
