/* Whoever stands at the terminal. */
#ifndef HOPKIOSK_SIM_PATIENT_H
#define HOPKIOSK_SIM_PATIENT_H

struct sim;

#define SIM_CARDS 4 /* the last two are wristbands of inpatients */

const char *sim_card_no(int card);
int sim_card_of(const char *no);
void patient_begin(struct sim *sim);
void patient_act(struct sim *sim);
void patient_cancel(struct sim *sim);

#endif
