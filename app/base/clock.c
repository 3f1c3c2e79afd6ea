#include "app/base/clock.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#define CHINA_S (8 * 3600)

static int64_t read_ms(clockid_t clock) {
    struct timespec now;
    clock_gettime(clock, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int64_t clock_wall_ms(void) {
    return read_ms(CLOCK_REALTIME);
}

int64_t clock_mono_ms(void) {
    return read_ms(CLOCK_BOOTTIME);
}

/* A wall clock before 1970 or after 9999 is shown as the nearest time that has the format. */
static struct tm china_time(int64_t wall_ms) {
    static const int64_t last_s = INT64_C(253402300799);
    int64_t seconds = wall_ms / 1000 + CHINA_S;
    time_t time = (time_t)(seconds < 0 ? 0 : seconds > last_s ? last_s : seconds);
    struct tm out;
    gmtime_r(&time, &out);
    return out;
}

char *clock_text(int64_t wall_ms, char out[CLOCK_TEXT_SIZE]) {
    struct tm tm = china_time(wall_ms);
    strftime(out, CLOCK_TEXT_SIZE, "%Y-%m-%d %H:%M:%S", &tm);
    return out;
}

char *clock_digits(int64_t wall_ms, char out[15]) {
    struct tm tm = china_time(wall_ms);
    strftime(out, 15, "%Y%m%d%H%M%S", &tm);
    return out;
}

/* True when `text` has a digit wherever `format` has one, and the same byte elsewhere. The digits
 * go to `digits`. */
static bool matches_format(const char *text, const char *format, char *digits) {
    for (; *format != '\0'; text++, format++) {
        bool digit = *text >= '0' && *text <= '9';
        if (*format == '0' ? !digit : *text != *format)
            return false;
        if (digit)
            *digits++ = *text;
    }
    *digits = '\0';
    return *text == '\0';
}

static int digits_value(const char *digits, int count) {
    int value = 0;
    for (int i = 0; i < count; i++)
        value = value * 10 + (digits[i] - '0');
    return value;
}

bool clock_parse(const char *text, int64_t *out) {
    char digits[15], again[15];
    if (!matches_format(text, "0000-00-00 00:00:00", digits) &&
        !matches_format(text, "00000000000000", digits))
        return false;
    struct tm tm = {.tm_year = digits_value(digits, 4) - 1900,
                    .tm_mon = digits_value(digits + 4, 2) - 1,
                    .tm_mday = digits_value(digits + 6, 2),
                    .tm_hour = digits_value(digits + 8, 2),
                    .tm_min = digits_value(digits + 10, 2),
                    .tm_sec = digits_value(digits + 12, 2)};
    int64_t wall_ms = ((int64_t)timegm(&tm) - CHINA_S) * 1000;
    /* Refuses days that do not exist: mktime turns the 31st of February into another day. */
    if (strcmp(clock_digits(wall_ms, again), digits) != 0)
        return false;
    *out = wall_ms;
    return true;
}
