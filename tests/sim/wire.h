/* Requests, and the network between the terminal and the others. */
#ifndef HOPKIOSK_SIM_WIRE_H
#define HOPKIOSK_SIM_WIRE_H

#include <stdbool.h>
#include <stdint.h>

#include "app/core/event.h"
#include "app/core/order/order.h"

struct sim;

struct sim_request {
    uint32_t number;
    int life; /* of the terminal that asked */
    enum verb verb;
    int card;
    bool by_id_card; /* that is who was asked about */
    char order_no[ORDER_NO_SIZE], refund_no[ORDER_NO_SIZE];
    int leg;                    /* of the order */
    char pay_no[ORDER_NO_SIZE]; /* its number, by which the platform knows it */
    char org_trace_no[TRACE_NO_SIZE], amp_trace_id[CLAIM_TRACE_SIZE];
    int64_t fen, expire_ms;
    enum channel channel;
    int settled_by; /* what goes back of a portal's: the payment whose numbers are named */
    bool desk_card; /* of an order that was paid at a desk's pinpad */
    bool answered;  /* the terminal has its one answer */
    bool acted;
    bool late, twice;
    int64_t acted_ms, listed_ms;     /* listed_ms: of its payment when it left */
    int64_t acted_list, listed_list; /* the same by looks at a list */
    bool unlooked;                   /* the HIS answers 01 and does nothing, also to its double */
    struct event_answer answer;
};

void wire_send(struct sim *sim, const struct sim_request *request, int64_t timeout_ms);
void wire_arrive(struct sim *sim, int request);
void wire_answer(struct sim *sim, int request);
void wire_timeout(struct sim *sim, int request);
/* The answer to a request that had to wait sets out. */
void wire_reply(struct sim *sim, int request);
/* What the terminal asks of itself: its journal. */
void wire_local(struct sim *sim, const struct sim_request *request,
                const struct document *document);

#endif
