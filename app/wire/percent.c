#include "app/wire/percent.h"

#include <stdbool.h>
#include <string.h>

static bool is_unreserved(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           strchr("-._~", c) != NULL;
}

void percent_write(FILE *out, const char *text) {
    for (; *text != '\0'; text++)
        fprintf(out, is_unreserved(*text) ? "%c" : "%%%02X", (unsigned char)*text);
}
