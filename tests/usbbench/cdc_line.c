#include "tests/usbbench/cdc_line.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

static void take_coding(struct cdc_line *line, const uint8_t coding[7]) {
    static const char *const stops[] = {"1", "1.5", "2"};
    unsigned baud = coding[0] | (unsigned)coding[1] << 8 | (unsigned)coding[2] << 16 |
                    (unsigned)coding[3] << 24;
    snprintf(line->text, sizeof line->text, "%u %u%c%s", baud, coding[6], "NOEMS"[coding[5] % 5],
             stops[coding[4] % 3]);
}

int cdc_line_control(struct cdc_line *line, const uint8_t setup[8], const uint8_t *data) {
    if (setup[0] != 0x21)
        return -EPIPE;
    if (setup[1] == 0x22)
        return 0;
    if (setup[1] != 0x20 || setup[6] != 7 || line->refuses)
        return -EPIPE;
    take_coding(line, data);
    return 0;
}

bool cdc_line_command(struct cdc_line *line, const char *text) {
    if (strncmp(text, "line ", 5) != 0)
        return false;
    if (strcmp(text + 5, "refuses") == 0 || strcmp(text + 5, "obeys") == 0) {
        line->refuses = text[5] == 'r';
        return true;
    }
    return strcmp(text + 5, line->text) == 0;
}
