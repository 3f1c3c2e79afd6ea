/* `devices test printer`: asks it every question there is, prints a page that shows what it can,
 * and says which members of the configuration would fit it. */
#ifndef HOPKIOSK_CTL_PRINTER_TEST_H
#define HOPKIOSK_CTL_PRINTER_TEST_H

#include "app/ctl/own_devices.h"

/* False: it did not come in time. */
bool printer_test_wait(struct own_devices *devices, enum driver_event_kind kind,
                       struct driver_event *event);
/* What it answered, on stdout; false: there was no printer to ask. */
bool printer_test_probe(struct own_devices *devices, struct driver_probe *out);
/* The page; what became of it. */
enum driver_completion printer_test_page(struct own_devices *devices,
                                         const struct driver_probe *probe);

#endif
