/* Inside the hospital: what its lists and what settles there share. */
#ifndef HOPKIOSK_SIM_HIS_PARTS_H
#define HOPKIOSK_SIM_HIS_PARTS_H

#include "tests/sim/sim.h"

void his_say(struct event_answer *answer, enum outcome outcome, const char *code);
/* Numbers of one bill, old or new. */
bool his_same_bill(const char *a, const char *b);
/* What ORG_004 tells of where it tells of visits. */
void his_note_newest(struct sim *sim, int card, bool succeeded, const char *call_sn);

/* ORG_002 of another terminal, for the patient of this bill: is it in the list, and as what? */
bool his_list_other(struct sim *sim, int bill, char org_trace_no[TRACE_NO_SIZE]);
/* A bill in the list that a portal asks for, which may give it a new number; NULL: it is settled.
 */
struct sim_bill *his_list_alone(struct sim *sim, const char *org_trace_no);

/* ORG_003, ORG_004, ORG_005 (his_settle.c). */
void his_credit(struct sim *sim, const struct sim_request *request, struct event_answer *answer);
void his_ask_credit(struct sim *sim, const struct sim_request *request,
                    struct event_answer *answer);
void his_uncredit(struct sim *sim, const struct sim_request *request, struct event_answer *answer);

#endif
