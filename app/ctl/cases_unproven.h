/* `cases list --unproven`: a line for each credit that the hospital shows as settled without a
 * proof that it is ours: order number, when ORG_003 left, amount, org_trace_no, call_sn. */
#ifndef HOPKIOSK_CTL_CASES_UNPROVEN_H
#define HOPKIOSK_CTL_CASES_UNPROVEN_H

#include "app/ctl/ctl.h"

enum ctl_exit ctl_cases_unproven(struct ctl *ctl);

#endif
