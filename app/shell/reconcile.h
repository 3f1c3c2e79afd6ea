/* Service that has the day before reconciled (kioskctl recon) and keeps what came of it: for the
 * staff's screen and kioskctl. Owns that pump. */
#ifndef HOPKIOSK_SHELL_RECONCILE_H
#define HOPKIOSK_SHELL_RECONCILE_H

#include "app/pump/daily.h"
#include "app/shell/inbox.h"

struct reconcile {
    /* Set before the start. */
    struct inbox *inbox;
    const struct config *config;
    const char *config_path;
    /* The service's own. */
    char *page, *result; /* files beside the journal */
    struct daily *daily; /* NULL: it does not run by itself */
};

void reconcile_start(struct reconcile *reconcile);
void reconcile_stop(struct reconcile *reconcile);

#endif
