/* Reconciliation: asks about an order at any moment, or has a row of the hospital's books. */
#ifndef HOPKIOSK_SIM_RECHECK_H
#define HOPKIOSK_SIM_RECHECK_H

struct sim;

void recheck_begin(struct sim *sim);
void recheck_act(struct sim *sim);

#endif
