/* Whoever stands at the terminal. */
#ifndef HOPKIOSK_SIM_PATIENT_H
#define HOPKIOSK_SIM_PATIENT_H

#include <stdbool.h>

struct sim;

#define SIM_CARDS 4       /* the last two are wristbands of inpatients */
#define SIM_CARDS_MAX 124 /* with those of a crowd: every other one is */

const char *sim_card_no(int card);
int sim_card_of(const char *no);
bool sim_is_inpatient(int card);
void patient_begin(struct sim *sim);
void patient_act(struct sim *sim);
void patient_cancel(struct sim *sim);

#endif
