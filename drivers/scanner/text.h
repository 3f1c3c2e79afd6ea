/* Turns a code as scanners send it into the program's text. Pure. */
#ifndef HOPKIOSK_DRIVERS_SCANNER_TEXT_H
#define HOPKIOSK_DRIVERS_SCANNER_TEXT_H

#include <stddef.h>
#include <stdint.h>

/* UTF-8 stays, anything else is read as GB18030. An AIM identifier ("]Q1") in front and CR, LF, Tab
 * behind are left out. Returns the length; 0, with `out` "", when nothing is left or it does not
 * fit. */
size_t scan_text(const uint8_t *bytes, size_t length, char *out, size_t size);

#endif
