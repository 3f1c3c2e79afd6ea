/* A scanner that is a serial port.
 *   scan TEXT       then CR; suffix cr|crlf|none; aim on|off: "]Q1" in front
 *   line ...        cdc_line.h */
#include <stdio.h>
#include <string.h>

#include "tests/usbbench/cdc_descriptors.h"
#include "tests/usbbench/cdc_line.h"
#include "tests/usbbench/model.h"

static const uint8_t descriptors[] = {CDC_DESCRIPTORS(0xab, 0x1e, 0x06, 0x1d)};

struct scanner {
    enum { SUFFIX_CR, SUFFIX_CRLF, SUFFIX_NONE } suffix;
    bool aim;
    struct cdc_line line;
};

static int control(struct device *device, const uint8_t setup[8], uint8_t *data) {
    return cdc_line_control(&((struct scanner *)device->state)->line, setup, data);
}

static bool set(struct scanner *scanner, const char *text) {
    static const char *const suffixes[] = {"suffix cr", "suffix crlf", "suffix none"};
    for (int i = 0; i < 3; i++) {
        if (strcmp(text, suffixes[i]) == 0) {
            scanner->suffix = i;
            return true;
        }
    }
    scanner->aim = strcmp(text, "aim on") == 0;
    return scanner->aim || strcmp(text, "aim off") == 0;
}

static bool command(struct device *device, const char *text) {
    static const char *const ends[] = {"\r", "\r\n", ""};
    struct scanner *scanner = device->state;
    if (strncmp(text, "scan ", 5) != 0)
        return cdc_line_command(&scanner->line, text) || set(scanner, text);
    char line[4200];
    snprintf(line, sizeof line, "%s%s%s", scanner->aim ? "]Q1" : "", text + 5,
             ends[scanner->suffix]);
    device_send(device, 0x81, (const uint8_t *)line, strlen(line));
    return true;
}

const struct model model_scanner_cdc = {.name = "scanner-cdc",
                                        .descriptors = descriptors,
                                        .descriptors_length = sizeof descriptors,
                                        .state_size = sizeof(struct scanner),
                                        .control = control,
                                        .command = command};
