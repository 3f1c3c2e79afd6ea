/* A regional insurance portal. */
#ifndef HOPKIOSK_SIM_AMP_H
#define HOPKIOSK_SIM_AMP_H

#include "app/core/event.h"
#include "app/core/order/order.h"

struct sim;
struct sim_payment;
struct sim_request;

/* Does the portal hear this, of an insured order? */
bool amp_hears(const struct sim *sim, const struct sim_request *request);
void amp_act(struct sim *sim, const struct sim_request *request, struct event_answer *answer);
/* The patient confirms on the phone; the portal settles with the hospital. */
void amp_confirm(struct sim *sim, int payment);
void amp_settle(struct sim *sim, int payment);
/* Fails when a bill of the order is sold while it is on a phone for another; when a list of bills
 * leaves for a patient who has one there. */
/* What is on the phone is revoked only when the hospital has settled it. */
void amp_check_revoke(struct sim *sim, const struct sim_request *request);
void amp_check_sale(struct sim *sim, const char *order_no);
void amp_check_list(struct sim *sim, int card);
/* The books of an order that went to a phone, or should have (NULL: the portal knows nothing). */
void amp_check_order(struct sim *sim, const struct order *order, const struct sim_payment *payment);

#endif
