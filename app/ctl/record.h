#ifndef HOPKIOSK_CTL_RECORD_H
#define HOPKIOSK_CTL_RECORD_H

#include "app/ctl/ctl.h"

/* Drives the configured devices itself, until Enter; one file a device in `folder`. */
enum ctl_exit ctl_devices_record(const struct config *config, const char *folder);

#endif
