/* What a serial device over USB needs to be told first (CDC-ACM): shared by scanner and pinpad. */
#ifndef HOPKIOSK_DRIVERS_TRANSPORT_CDC_H
#define HOPKIOSK_DRIVERS_TRANSPORT_CDC_H

#include "drivers/usb/driver.h"

/* The binding's line settings and the control lines, as two control transfers: call it from start()
 * with tag 0 and again from answered() with the tag and the length that were given. True: both have
 * been answered. `trouble` is then what an integrator should know: "", or that settings of the
 * configuration were refused. A device without them is asked for the usual ones, and may refuse. */
bool cdc_open(struct usb_port *port, int tag, int length, const char **trouble);

/* SET_LINE_CODING's seven bytes; what a line leaves out is 115200 8N1. */
void cdc_line_coding(const struct driver_line *line, uint8_t out[7]);

#endif
