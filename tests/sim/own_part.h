/* The own part of an insured bill that is paid at the terminal. */
#ifndef HOPKIOSK_SIM_OWN_PART_H
#define HOPKIOSK_SIM_OWN_PART_H

#include "tests/sim/platform.h"

struct sim;
struct sim_request;

/* Whom the centre will settle with what is uploaded: mostly its own part alone. */
void own_choose_part(struct sim *sim, struct sim_payment *payment);
/* Is this what the insurance has paid of it, and not the own part? */
bool own_goes_back_alone(const struct sim_payment *payment, int64_t fen);
/* How it is paid was chosen: its code stands from then on. */
void own_note_chosen(struct sim *sim, const struct order *order);
int64_t own_chosen_ms(const struct sim *sim, const struct order *order);
/* A code for an own part that is due, and for nothing else. */
void own_check_place(struct sim *sim, const struct sim_request *request, const struct order *order);
/* Nothing is credited before both parts are paid, nor what the centre has credited. */
void own_check_credit(struct sim *sim, const char *order_no);
/* The books of such an order. */
bool own_is_here(const struct order *order, const struct sim_payment *insured);
void own_check_order(struct sim *sim, const struct order *order, const struct sim_payment *insured);

#endif
