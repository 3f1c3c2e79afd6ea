/* Text inside an address. */
#ifndef HOPKIOSK_WIRE_PERCENT_H
#define HOPKIOSK_WIRE_PERCENT_H

#include <stdio.h>

/* Once: what is encoded already would be opened to something else. */
void percent_write(FILE *out, const char *text);

#endif
