/* What a serial device over USB needs to be told first (CDC-ACM): shared by scanner and pinpad. */
#ifndef HOPKIOSK_DRIVERS_TRANSPORT_CDC_H
#define HOPKIOSK_DRIVERS_TRANSPORT_CDC_H

#include "drivers/usb/driver.h"

/* 115200 8N1 and the control lines, as two control transfers: call it from start() with tag 0 and
 * again from answered() with the tag that was given. True: both have been answered, refused or not.
 */
bool cdc_open(struct usb_port *port, int tag);

#endif
