/* A code as scanners send it, into the text the program knows: pure. */
#ifndef HOPKIOSK_DRIVERS_SCANNER_TEXT_H
#define HOPKIOSK_DRIVERS_SCANNER_TEXT_H

#include <stddef.h>
#include <stdint.h>

/* UTF-8 stays, else it is GB18030; an AIM identifier ("]Q1") in front and CR, LF, Tab behind are
 * left out. Returns the length; 0: nothing, or more than fits, and `out` is "". */
size_t scan_text(const uint8_t *bytes, size_t length, char *out, size_t size);

#endif
