/* `recon --apply --by WHO`: what was proposed is told to the running kiosk, whose order law does
 * it. */
#ifndef HOPKIOSK_CTL_RECON_APPLY_H
#define HOPKIOSK_CTL_RECON_APPLY_H

#include "app/ctl/ctl.h"
#include "app/recon/report.h"

/* Says on stderr what became of each. FAILED: some was not done. */
enum ctl_exit recon_apply(struct ctl *ctl, const struct recon_report *report, const char *by);

#endif
