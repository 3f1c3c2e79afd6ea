#ifndef HOPKIOSK_CTL_DEVICE_TEST_H
#define HOPKIOSK_CTL_DEVICE_TEST_H

#include "app/ctl/own_devices.h"

/* `devices test ROLE`: checks that a device is there and works. A reader reads, a printer prints a
 * page, the pinpad answers an echo (devices.md F2, type 08: no money). */
enum ctl_exit ctl_devices_test(struct ctl *ctl, const struct config *config, const char *name);

#endif
