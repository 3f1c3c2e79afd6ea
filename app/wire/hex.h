/* Bytes as hexadecimal text, and back. */
#ifndef HOPKIOSK_WIRE_HEX_H
#define HOPKIOSK_WIRE_HEX_H

#include <stdbool.h>
#include <stddef.h>

/* Upper case; `out` holds 2 * length + 1 characters. */
void hex_write(const unsigned char *bytes, size_t length, char *out);
/* Exactly `length` bytes, either case; false when the text is anything else. */
bool hex_read(const char *hex, unsigned char *out, size_t length);

#endif
