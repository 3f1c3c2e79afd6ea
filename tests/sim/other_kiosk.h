/* Another terminal of the same hospital and the same platform. */
#ifndef HOPKIOSK_SIM_OTHER_KIOSK_H
#define HOPKIOSK_SIM_OTHER_KIOSK_H

#include <stdbool.h>
#include <stdint.h>

#include "app/core/order/order.h"
#include "tests/sim/patient.h"

struct sim;
struct sim_request;

#define OTHER_ORDERS_MAX 24

/* What it does next with a bill. */
enum other_step { OTHER_LISTS = 0, OTHER_IS_PAID, OTHER_CREDITS, OTHER_TAKES_BACK, OTHER_ENDED };
struct sim_other_order {
    enum other_step step;
    int bill, tries;
    int64_t pause_ms; /* the longest between two steps */
    char no[ORDER_NO_SIZE];
    char trace[CLAIM_TRACE_SIZE];
    char org_trace_no[TRACE_NO_SIZE]; /* as its last list called the bill */
};
struct sim_other_kiosk {
    bool there;
    bool echoes;      /* the HIS answers an ORG_003 of a settled bill with that settlement */
    const char *mark; /* in its numbers */
    char last_no[ORDER_NO_SIZE];
    int64_t listed_ms[SIM_CARDS]; /* the HIS made the last list that a visit here has heard */
    uint32_t sent;
    int count;
    struct sim_other_order orders[OTHER_ORDERS_MAX];
};

void other_kiosk_begin(struct sim *sim);
/* It goes on with one of its orders. */
void other_kiosk_act(struct sim *sim, int order);
/* Something leaves here, or is answered: perhaps it does something just now. */
void other_kiosk_notice(struct sim *sim, const struct sim_request *request);
/* A list has come. */
void other_kiosk_note_heard(struct sim *sim, const struct sim_request *request);
/* What it has settled is neither sold nor credited here once a list was without it. */
void other_kiosk_check_sent(struct sim *sim, const struct sim_request *request,
                            const struct order *order);
/* Is this number, or a trace that begins with it, one of its orders'? */
bool other_kiosk_owns(const struct sim *sim, const char *no);
/* Has it ever settled this bill? */
bool other_kiosk_settled(const struct sim *sim, const char *org_trace_no);

#endif
