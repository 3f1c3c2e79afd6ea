#include "app/recon/sources/entry.h"

#include <stdio.h>
#include <string.h>

#define DAY_S 86400

static const char *const id_words[] = {"payment_no", "out_no",    "in_no",    "trace_no",
                                       "receipt_no", "settle_no", "origin_no"};
/* With its length: every row has two of them. */
struct word {
    const char *text;
    size_t length;
};
#define WORD(text)                                                                                 \
    { text, sizeof(text) - 1 }
static const struct word kind_words[] = {WORD("payment"), WORD("refund")};
static const struct word state_words[] = {
    WORD("done"),     WORD("pending"),  WORD("void"),           WORD("uncredited"),
    WORD("unproven"), WORD("returned"), WORD("taken_elsewhere")};

/* -1: none of them. */
static int find_word(const struct word *words, int count, struct recon_slice text) {
    for (int i = 0; i < count; i++)
        if (words[i].length == text.length && memcmp(words[i].text, text.at, text.length) == 0)
            return i;
    return -1;
}

bool entry_kind(struct recon_slice text, enum recon_kind *out) {
    int found = find_word(kind_words, RECON_KIND_COUNT, text);
    *out = found < 0 ? *out : (enum recon_kind)found;
    return found >= 0;
}

bool entry_state(struct recon_slice text, enum recon_state *out) {
    int found = find_word(state_words, RECON_STATE_COUNT, text);
    *out = found < 0 ? *out : (enum recon_state)found;
    return found >= 0;
}

const char *recon_id_word(enum recon_id id) {
    return id_words[id];
}

const char *recon_kind_word(enum recon_kind kind) {
    return kind_words[kind].text;
}

const char *recon_state_word(enum recon_state state) {
    return state_words[state].text;
}

struct recon_slice slice_of(const char *text) {
    return (struct recon_slice){text, strlen(text)};
}

bool entry_amount(struct recon_slice text, bool signed_text, struct fen *out) {
    struct fen amount;
    if (text.length == 0 || money_parse(text.at, text.length, &amount) != MONEY_OK)
        return false;
    if (text.at[0] == '-' && !signed_text)
        return false;
    out->fen = amount.fen < 0 ? -amount.fen : amount.fen;
    return true;
}

static bool take_digits(const char *at, int count, int *out) {
    int value = 0;
    for (int i = 0; i < count; i++) {
        if (at[i] < '0' || at[i] > '9')
            return false;
        value = value * 10 + at[i] - '0';
    }
    *out = value;
    return true;
}

static int month_days(int year, int month) {
    static const signed char days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return days[month - 1] + (month == 2 && leap);
}

/* Days since 1970-01-01 of the proleptic Gregorian calendar, counted from March. */
static int64_t day_number(int year, int month, int day) {
    int y = month <= 2 ? year - 1 : year, era = y / 400, of_era = y - era * 400;
    int of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return (int64_t)era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

/* `apart`: bytes from one part of the date to the next. */
static bool take_date(const char *at, int apart, int64_t *day) {
    int year, month, dom;
    if (!take_digits(at, 4, &year) || !take_digits(at + 2 + apart, 2, &month) ||
        !take_digits(at + 2 + 2 * apart, 2, &dom))
        return false;
    if (year < 1970 || year > 2105 || month < 1 || month > 12 || dom < 1 ||
        dom > month_days(year, month))
        return false;
    *day = day_number(year, month, dom);
    return true;
}

static bool take_clock(const char *at, int apart, int *seconds) {
    int hour, minute, second;
    if (!take_digits(at, 2, &hour) || !take_digits(at + apart, 2, &minute) ||
        !take_digits(at + 2 * apart, 2, &second))
        return false;
    *seconds = hour * 3600 + minute * 60 + second;
    return hour < 24 && minute < 60 && second < 60;
}

bool entry_time(struct recon_slice text, int64_t *time_s) {
    const char *at = text.at;
    int64_t day;
    int seconds = 0;
    bool spaced = text.length == 10 || text.length == 19;
    if (!spaced && text.length != 8 && text.length != 14)
        return false;
    if (spaced && (at[4] != '-' || at[7] != '-'))
        return false;
    if (text.length == 19 && (at[10] != ' ' || at[13] != ':' || at[16] != ':'))
        return false;
    if (!take_date(at, spaced ? 3 : 2, &day))
        return false;
    if (text.length == 19 && !take_clock(at + 11, 3, &seconds))
        return false;
    if (text.length == 14 && !take_clock(at + 8, 2, &seconds))
        return false;
    *time_s = day * DAY_S + seconds;
    return true;
}

bool entry_time_after(struct recon_slice text, struct entry_day *last, int64_t *time_s) {
    int seconds;
    bool same = text.length == 19 && memcmp(text.at, last->text, sizeof last->text) == 0;
    if (same && text.at[10] == ' ' && text.at[13] == ':' && text.at[16] == ':' &&
        take_clock(text.at + 11, 3, &seconds)) {
        *time_s = last->day_s + seconds;
        return true;
    }
    if (!entry_time(text, time_s))
        return false;
    if (text.length == 19) {
        memcpy(last->text, text.at, sizeof last->text);
        last->day_s = *time_s / DAY_S * DAY_S;
    }
    return true;
}

/* Of any number, so that no compiler writes a slow loop for this one size. */
void entry_clear(struct recon_entry *entries, size_t count) {
    memset(entries, 0, count * sizeof *entries);
}

char *entry_time_text(int64_t time_s, char out[RECON_TIME_SIZE]) {
    if (time_s <= 0) {
        out[0] = '\0';
        return out;
    }
    int64_t z = time_s / DAY_S + 719468, era = z / 146097, of_era = z - era * 146097;
    int64_t year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int64_t of_year = of_era - (365 * year + year / 4 - year / 100), m = (5 * of_year + 2) / 153;
    unsigned month = (unsigned)(m < 10 ? m + 3 : m - 9) % 13u;
    unsigned day = (unsigned)(of_year - (153 * m + 2) / 5 + 1) % 32u;
    unsigned of_day = (unsigned)(time_s % DAY_S);
    snprintf(out, RECON_TIME_SIZE, "%04u-%02u-%02u %02u:%02u:%02u",
             (unsigned)(year + era * 400 + (month <= 2)) % 10000u, month, day, of_day / 3600 % 24u,
             of_day / 60 % 60, of_day % 60);
    return out;
}
