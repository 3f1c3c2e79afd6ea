/* The orders of a whole hospital as a source of reconciliation, from the fleet's database. */
#ifndef HOPKIOSK_CTL_RECON_FLEET_H
#define HOPKIOSK_CTL_RECON_FLEET_H

#include <stdio.h>

#include "app/ctl/ctl.h"

/* Writes, as `journal export` does, an order a line: those to which something happened from the day
 * before from_s (China time, seconds) on. Says on stderr which terminals had not been heard of when
 * the period ended: what they did may be missing. */
enum ctl_exit ctl_fleet_write(struct ctl *ctl, int64_t from_s, int64_t end_s, FILE *out);

#endif
