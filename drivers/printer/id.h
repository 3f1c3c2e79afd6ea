/* What a printer calls itself: the IEEE 1284 id (devices.md E). Pure. */
#ifndef HOPKIOSK_DRIVERS_PRINTER_ID_H
#define HOPKIOSK_DRIVERS_PRINTER_ID_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct printer_id {
    char maker[40], model[40]; /* "" where it does not say; printable ASCII */
    char commands[80];         /* "ESC/POS" */
};

/* The answer to GET_DEVICE_ID with its two bytes of length, whatever stands in it. */
void printer_id_parse(const uint8_t *bytes, size_t length, struct printer_id *out);

/* False: it names the languages it speaks, and the receipt printers' is none of them. */
bool printer_id_may_be_escpos(const struct printer_id *id);

#endif
