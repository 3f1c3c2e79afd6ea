/* Sets the line of a serial device over USB (CDC-ACM). Scanner and pinpad share it. */
#ifndef HOPKIOSK_DRIVERS_TRANSPORT_CDC_H
#define HOPKIOSK_DRIVERS_TRANSPORT_CDC_H

#include "drivers/usb/driver.h"

/* Sets 115200 8N1 and the control lines by two control transfers. Call it from start() with tag 0
 * and from answered() with the tag that was given. True when both were answered, refused or not. */
bool cdc_open(struct usb_port *port, int tag);

#endif
