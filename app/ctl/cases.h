/* A person's decision about a case, written by the running kiosk, or here when none runs. */
#ifndef HOPKIOSK_CTL_CASES_H
#define HOPKIOSK_CTL_CASES_H

#include "app/ctl/ctl.h"
#include "app/journal/journal.h"

/* Says why not. */
enum ctl_exit ctl_resolve_case(struct ctl *ctl, const struct journal_decision *decision);

#endif
