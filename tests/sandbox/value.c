#include "tests/sandbox/value.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define CHINA_S (8 * 3600)

bool yuan_read(const char *text, int64_t *fen) {
    size_t whole = strspn(text, "0123456789");
    if (whole == 0 || whole > 12 || text[whole] != '.')
        return false;
    const char *cents = text + whole + 1;
    if (strspn(cents, "0123456789") != 2 || cents[2] != '\0')
        return false;
    *fen = strtoll(text, NULL, 10) * 100 + (cents[0] - '0') * 10 + (cents[1] - '0');
    return true;
}

char *yuan_write(int64_t fen, char out[YUAN_SIZE]) {
    uint64_t size = fen < 0 ? -(uint64_t)fen : (uint64_t)fen;
    snprintf(out, YUAN_SIZE, "%s%" PRIu64 ".%02" PRIu64, fen < 0 ? "-" : "", size / 100,
             size % 100);
    return out;
}

/* `form` is the form itself, so that one function checks every digit and separator. */
static bool read_form(const char *text, const char *form, struct tm *out) {
    if (strlen(text) != strlen(form))
        return false;
    int fields[6] = {0}, field = 0;
    for (size_t i = 0; form[i] != '\0'; i++) {
        if (form[i] != '0') {
            if (text[i] != form[i])
                return false;
            field++;
        } else if (isdigit((unsigned char)text[i])) {
            fields[field] = fields[field] * 10 + (text[i] - '0');
        } else {
            return false;
        }
    }
    *out = (struct tm){.tm_year = fields[0] - 1900,
                       .tm_mon = fields[1] - 1,
                       .tm_mday = fields[2],
                       .tm_hour = fields[3],
                       .tm_min = fields[4],
                       .tm_sec = fields[5]};
    return true;
}

static bool read_time(const char *text, const char *form, int64_t *ms) {
    struct tm given, normal;
    if (!read_form(text, form, &given))
        return false;
    normal = given;
    time_t seconds = timegm(&normal);
    /* 2026-02-30 would become the 2nd of March. */
    if (normal.tm_mday != given.tm_mday || normal.tm_mon != given.tm_mon ||
        normal.tm_hour != given.tm_hour || normal.tm_min != given.tm_min)
        return false;
    *ms = ((int64_t)seconds - CHINA_S) * 1000;
    return true;
}

static char *write_time(int64_t ms, const char *form, char out[MOMENT_SIZE]) {
    time_t seconds = (time_t)(ms / 1000) + CHINA_S;
    struct tm broken;
    gmtime_r(&seconds, &broken);
    strftime(out, MOMENT_SIZE, form, &broken);
    return out;
}

bool moment_read(const char *text, int64_t *ms) {
    return read_time(text, "0000-00-00 00:00:00", ms);
}

char *moment_write(int64_t ms, char out[MOMENT_SIZE]) {
    return write_time(ms, "%Y-%m-%d %H:%M:%S", out);
}

bool day_read(const char *text, int64_t *ms) {
    return read_time(text, "0000-00-00", ms);
}

char *day_write(int64_t ms, char out[MOMENT_SIZE]) {
    return write_time(ms, "%Y-%m-%d", out);
}

void text_set(char *out, size_t size, const char *text) {
    snprintf(out, size, "%s", text == NULL ? "" : text);
}
