/* Credits that are no case and that somebody should look at all the same, a line each: order
 * number, when ORG_003 left, amount, org_trace_no, call_sn; then how many, and their sum. */
#ifndef HOPKIOSK_CTL_CASES_CREDITS_H
#define HOPKIOSK_CTL_CASES_CREDITS_H

#include "app/ctl/ctl.h"

/* `cases list --unproven`: the hospital shows them as settled, without a proof that it is ours. */
enum ctl_exit ctl_cases_unproven(struct ctl *ctl);
/* `cases list --taken-elsewhere`: the hospital has taken them back itself. Newest first. */
enum ctl_exit ctl_cases_taken_elsewhere(struct ctl *ctl);

#endif
