/* Turns a code as scanners send it into the program's text. Pure. */
#ifndef HOPKIOSK_DRIVERS_SCANNER_TEXT_H
#define HOPKIOSK_DRIVERS_SCANNER_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* UTF-8 stays, anything else is read as GB18030. An AIM identifier ("]Q1") in front and CR, LF, Tab
 * behind are left out. Returns the length; 0, with `out` "", when nothing is left or it does not
 * fit. */
size_t scan_text(const uint8_t *bytes, size_t length, char *out, size_t size);
/* How long a scanner is silent before what it sent is a whole code, when the pause behind a code
 * without a suffix is `gap_ms`. One that ended the code before with a suffix has longer: a wireless
 * one stops in the middle of a code, and half a number may be another patient's. */
int scan_silence_ms(int gap_ms, bool suffixed);

#endif
