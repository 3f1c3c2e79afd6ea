#ifndef HOPKIOSK_CTL_RECORD_H
#define HOPKIOSK_CTL_RECORD_H

#include "app/ctl/ctl.h"

/* Drives the configured devices until Enter; writes a file for each into `folder`. */
enum ctl_exit ctl_devices_record(const struct config *config, const char *folder);

#endif
