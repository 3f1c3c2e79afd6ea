/* Sets the line of a serial device over USB (CDC-ACM). Scanner and pinpad share it. */
#ifndef HOPKIOSK_DRIVERS_TRANSPORT_CDC_H
#define HOPKIOSK_DRIVERS_TRANSPORT_CDC_H

#include "drivers/usb/driver.h"

/* Sets the binding's line and the control lines by two control transfers. Call it from start() with
 * tag 0 and from answered() with the tag and the length that were given. True when both were
 * answered. `trouble` is then what an integrator should know: "", or that settings of the
 * configuration were refused. A row without settings asks for the usual ones, which may be refused.
 */
bool cdc_open(struct usb_port *port, int tag, int length, const char **trouble);

/* SET_LINE_CODING's seven bytes; what a line leaves out is 115200 8N1. */
void cdc_line_coding(const struct driver_line *line, uint8_t out[7]);

#endif
