/* What a request may say. */
#ifndef HOPKIOSK_SIM_REQUEST_H
#define HOPKIOSK_SIM_REQUEST_H

#include "app/core/order/order.h"
#include "app/core/terms/policy.h"

struct sim;
struct sim_request;

void request_choose_policy(struct sim *sim, struct policy *policy);
void request_check(struct sim *sim, const struct sim_request *request, const struct order *order);

#endif
