/* The fleet's database, for the commands that read it. */
#ifndef HOPKIOSK_CTL_FLEET_LINK_H
#define HOPKIOSK_CTL_FLEET_LINK_H

#include "app/ctl/ctl.h"
#include "app/fleet/link.h"

/* `database` NULL: the configuration's. Says what is wrong. */
enum ctl_exit ctl_fleet_open(struct ctl *ctl, const char *database, struct fleet_link *link);
/* Says what the database said; returns CTL_FAILED. */
enum ctl_exit ctl_fleet_failed(const struct fleet_link *link, enum fleet_result result);

#endif
