/* The line of a serial device as its host set it (CDC: SET_LINE_CODING, SET_CONTROL_LINE_STATE). */
#ifndef USBBENCH_CDC_LINE_H
#define USBBENCH_CDC_LINE_H

#include "tests/usbbench/device.h"

struct cdc_line {
    char text[24]; /* "115200 8N1" */
    bool refuses;  /* keeps whatever it has */
};

/* A control transfer of the class; -EPIPE: none of them. */
int cdc_line_control(struct cdc_line *line, const uint8_t setup[8], const uint8_t *data);
/* "line 115200 8N1": true if the host set it so; "line refuses", "line obeys". */
bool cdc_line_command(struct cdc_line *line, const char *text);

#endif
