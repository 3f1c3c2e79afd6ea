#include <string.h>

#include "app/core/order/order.h"
#include "app/core/terms/assert.h"

#define CHINA_OFFSET_S (INT64_C(8) * 3600)
#define DAY_S INT64_C(86400)
#define MINUTE_S 60
#define TIME_DIGITS 10 /* yyMMddHHmm */
#define MARK_LENGTH (NUMBER_MARK_SIZE - 1)
#define COUNTER_DIGITS 4
#define COUNTER_MAX 9999
#define CENTURY 2000
#define WALL_S_MIN                                                                                 \
    INT64_C(946684800)                 /* 2000-01-01: a clock that was never set counts from here  \
                                        */
#define WALL_S_MAX INT64_C(4102400000) /* late in 2099: two digits of the year end there */

static void put_digits(char *out, int digits, int64_t value) {
    for (int i = digits - 1; i >= 0; i--, value /= 10)
        out[i] = (char)('0' + value % 10);
}

static int64_t get_digits(const char *text, int digits) {
    int64_t value = 0;
    for (int i = 0; i < digits; i++)
        value = value * 10 + (text[i] - '0');
    return value;
}

/* Days since 1970-01-01 of a proleptic Gregorian date; the year counts from March, so that the leap
 * day is its last. */
static int64_t days_of(int64_t year, int64_t month, int64_t day) {
    int64_t y = month <= 2 ? year - 1 : year;
    int64_t of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    return y * 365 + y / 4 - y / 100 + y / 400 + of_year - 719468;
}

static void put_date(char *out, int64_t days) {
    int64_t z = days + 719468;
    int64_t era = z / 146097, of_era = z % 146097;
    int64_t year_of_era = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int64_t of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t shifted = (5 * of_year + 2) / 153;
    int64_t month = shifted < 10 ? shifted + 3 : shifted - 9;
    int64_t year = year_of_era + era * 400 + (month <= 2);
    put_digits(out, 2, year % 100);
    put_digits(out + 2, 2, month);
    put_digits(out + 4, 2, of_year - (153 * shifted + 2) / 5 + 1);
}

static void put_time(char *out, int64_t wall_s) {
    int64_t china_s = wall_s + CHINA_OFFSET_S, of_day = china_s % DAY_S;
    put_date(out, china_s / DAY_S);
    put_digits(out + 6, 2, of_day / 3600);
    put_digits(out + 8, 2, of_day / 60 % 60);
}

void order_day(int64_t wall_ms, char out[9]) {
    put_digits(out, 2, CENTURY / 100);
    put_date(out + 2, (wall_ms / 1000 + CHINA_OFFSET_S) / DAY_S);
    out[8] = '\0';
}

/* When the minute of a number began. */
static int64_t get_time(const char *no) {
    int64_t days =
        days_of(CENTURY + get_digits(no, 2), get_digits(no + 2, 2), get_digits(no + 4, 2));
    return days * DAY_S + get_digits(no + 6, 2) * 3600 + get_digits(no + 8, 2) * MINUTE_S -
           CHINA_OFFSET_S;
}

static bool has_digits(const char *text, int count) {
    for (int i = 0; i < count; i++)
        if (text[i] < '0' || text[i] > '9')
            return false;
    return true;
}

static bool is_letter_or_digit(char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z');
}

static bool is_within(const char *text, int64_t min, int64_t max) {
    int64_t value = get_digits(text, 2);
    return value >= min && value <= max;
}

static bool is_minute(const char *no) {
    return has_digits(no, TIME_DIGITS) && is_within(no + 2, 1, 12) && is_within(no + 4, 1, 31) &&
           is_within(no + 6, 0, 23) && is_within(no + 8, 0, 59);
}

bool order_no_is_ours(const char *no) {
    const char *mark = no + TIME_DIGITS;
    return strlen(no) == ORDER_NO_LENGTH && is_minute(no) && is_letter_or_digit(mark[0]) &&
           is_letter_or_digit(mark[1]) && has_digits(mark + 2, ORDER_NO_LENGTH - TIME_DIGITS - 2);
}

static void put_number(char out[ORDER_NO_SIZE], int64_t wall_s, const char *mark, int64_t counter) {
    put_time(out, wall_s);
    memcpy(out + TIME_DIGITS, mark, MARK_LENGTH);
    put_digits(out + TIME_DIGITS + MARK_LENGTH, COUNTER_DIGITS, counter);
    out[ORDER_NO_LENGTH] = '\0';
}

/* The counter runs on over days, so that the last 8 digits stay distinct for 10,000 numbers. Where
 * that alone does not make the number greater (it wraps, the clock was set back, the number before
 * is of another mark or has the older form, with seconds in the mark's place), the minute after the
 * last number's is borrowed. */
void order_next_no(int64_t wall_ms, const char *mark, const char *last_no,
                   char out[ORDER_NO_SIZE]) {
    CORE_ASSERT(strlen(mark) == MARK_LENGTH);
    CORE_ASSERT(!last_no[0] || order_no_is_ours(last_no));
    int64_t wall_s = wall_ms / 1000, last_s = 0, counter = 0;
    wall_s = wall_s < WALL_S_MIN ? WALL_S_MIN : wall_s > WALL_S_MAX ? WALL_S_MAX : wall_s;
    char number[ORDER_NO_SIZE];
    if (last_no[0]) {
        const char *last_counter = last_no + TIME_DIGITS + MARK_LENGTH;
        last_s = get_time(last_no);
        counter = (get_digits(last_counter, COUNTER_DIGITS) + 1) % (COUNTER_MAX + 1);
        wall_s = wall_s < last_s ? last_s : wall_s;
    }
    put_number(number, wall_s, mark, counter);
    if (last_no[0] && memcmp(number, last_no, ORDER_NO_LENGTH) <= 0)
        put_number(number, last_s + MINUTE_S, mark, counter);
    CORE_ASSERT(!last_no[0] || memcmp(number, last_no, ORDER_NO_LENGTH) > 0);
    memcpy(out, number, ORDER_NO_SIZE);
}

char *order_no_such_trace(const struct order *order, char out[CLAIM_TRACE_SIZE]) {
    memcpy(out, order->no, ORDER_NO_LENGTH);
    memcpy(out + ORDER_NO_LENGTH, "00", 3);
    return out;
}

char *order_claim_trace(const struct order *order, int claim, char out[CLAIM_TRACE_SIZE]) {
    CORE_ASSERT(claim >= 0 && claim < order->claim_count);
    memcpy(out, order->no, ORDER_NO_LENGTH);
    put_digits(out + ORDER_NO_LENGTH, 2, claim + 1);
    out[ORDER_NO_LENGTH + 2] = '\0';
    return out;
}
