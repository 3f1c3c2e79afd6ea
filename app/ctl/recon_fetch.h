/* What the services say of some days, read into a ledger as their files would be. */
#ifndef HOPKIOSK_CTL_RECON_FETCH_H
#define HOPKIOSK_CTL_RECON_FETCH_H

#include "app/ctl/ctl.h"
#include "app/recon/ledger.h"

struct recon_service;

/* By what stands behind --source; NULL: there is none. */
const struct recon_service *recon_service(const char *name);
const char *recon_service_format(const struct recon_service *service);
/* All names, a blank between them. */
const char *recon_service_names(void);

/* Asks for all days of the ledger's period, and for those beside it, which may be missing. `keep`:
 * a folder in which whole answers of days that are over stay and are found again; NULL: none. OK,
 * or the exit code after saying why: what was asked, and of several pages which one. */
enum ctl_exit recon_fetch(struct ctl *ctl, const struct recon_service *service, const char *keep,
                          struct recon_ledger *ledger);

#endif
