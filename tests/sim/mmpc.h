/* A centre of medical insurance. */
#ifndef HOPKIOSK_SIM_MMPC_H
#define HOPKIOSK_SIM_MMPC_H

#include "app/core/event.h"
#include "tests/sim/platform.h"

struct sim;
struct sim_request;

/* It names who pays, and not what the bill costs; draws nothing. */
bool mmpc_leaves_cost_out(const struct sim *sim);
void mmpc_act(struct sim *sim, const struct sim_request *request, struct event_answer *answer);
/* The patient confirms on the phone; the centre goes on. */
/* A portal settles what was uploaded. */
void mmpc_enter(struct sim *sim, int payment, enum centre_state state);
void mmpc_confirm(struct sim *sim, int payment);
void mmpc_settle(struct sim *sim, int payment);
/* What the terminal hears of a payment; and that it revokes nothing of which it does not know. */
void mmpc_note_heard(struct sim *sim, const struct sim_request *request,
                     const struct event_answer *answer);
void mmpc_check_revoke(struct sim *sim, const struct sim_request *request);
/* Fails when a bill of the order is uploaded for another. */
void mmpc_check_sale(struct sim *sim, const char *order_no);

#endif
