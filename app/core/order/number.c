#include <string.h>

#include "app/core/order/order.h"
#include "app/core/terms/assert.h"

#define CHINA_OFFSET_S (INT64_C(8) * 3600)
#define DAY_S INT64_C(86400)
#define TIME_DIGITS 12 /* yyMMddHHmmss */
#define TERMINAL_DIGITS 4
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
    put_digits(out + 10, 2, of_day % 60);
}

static int64_t get_time(const char *no) {
    int64_t days =
        days_of(CENTURY + get_digits(no, 2), get_digits(no + 2, 2), get_digits(no + 4, 2));
    int64_t of_day =
        get_digits(no + 6, 2) * 3600 + get_digits(no + 8, 2) * 60 + get_digits(no + 10, 2);
    return days * DAY_S + of_day - CHINA_OFFSET_S;
}

/* The counter runs on over days, so that the last 8 digits stay distinct for 10,000 numbers; at
 * equal times it alone makes the number greater, and where it wraps a second is borrowed. */
void order_next_no(int64_t wall_ms, const char *terminal_no, const char *last_no,
                   char out[ORDER_NO_SIZE]) {
    CORE_ASSERT(strlen(terminal_no) == TERMINAL_DIGITS);
    int64_t wall_s = wall_ms / 1000, counter = 0;
    wall_s = wall_s < WALL_S_MIN ? WALL_S_MIN : wall_s > WALL_S_MAX ? WALL_S_MAX : wall_s;
    if (last_no[0]) {
        const char *last_counter = last_no + TIME_DIGITS + TERMINAL_DIGITS;
        int64_t last_s = get_time(last_no);
        counter = (get_digits(last_counter, COUNTER_DIGITS) + 1) % (COUNTER_MAX + 1);
        bool same = memcmp(last_no + TIME_DIGITS, terminal_no, TERMINAL_DIGITS) == 0;
        if (wall_s <= last_s)
            wall_s = counter == 0 || !same ? last_s + 1 : last_s;
    }
    char number[ORDER_NO_SIZE];
    put_time(number, wall_s);
    memcpy(number + TIME_DIGITS, terminal_no, TERMINAL_DIGITS);
    put_digits(number + TIME_DIGITS + TERMINAL_DIGITS, COUNTER_DIGITS, counter);
    number[ORDER_NO_LENGTH] = '\0';
    CORE_ASSERT(!last_no[0] || memcmp(number, last_no, ORDER_NO_LENGTH) > 0);
    memcpy(out, number, ORDER_NO_SIZE);
}

char *order_claim_trace(const struct order *order, int claim, char out[CLAIM_TRACE_SIZE]) {
    CORE_ASSERT(claim >= 0 && claim < order->claim_count);
    memcpy(out, order->no, ORDER_NO_LENGTH);
    put_digits(out + ORDER_NO_LENGTH, 2, claim + 1);
    out[ORDER_NO_LENGTH + 2] = '\0';
    return out;
}
