#include "app/core/terms/money.h"

#include "app/core/terms/assert.h"

#define YUAN_DIGITS_MAX 8

static bool is_yuan_digit(char c) {
    return c >= '0' && c <= '9';
}

static size_t digits_at(const char *text, size_t length, size_t from, int64_t *value) {
    size_t at = from;
    for (*value = 0; at < length && at - from <= YUAN_DIGITS_MAX && is_yuan_digit(text[at]); at++)
        *value = *value * 10 + (text[at] - '0');
    return at - from;
}

enum money_result money_parse(const char *text, size_t length, struct fen *out) {
    bool negative = length > 0 && text[0] == '-';
    size_t at = negative ? 1 : 0;
    int64_t yuan, cents = 0;
    size_t count = digits_at(text, length, at, &yuan);
    if (count == 0)
        return MONEY_SYNTAX;
    if (count > YUAN_DIGITS_MAX)
        return MONEY_RANGE;
    at += count;
    if (at < length && text[at] == '.') {
        count = digits_at(text, length, ++at, &cents);
        if (count < 1 || count > 2)
            return MONEY_SYNTAX;
        cents = count == 1 ? cents * 10 : cents;
        at += count;
    }
    if (at != length)
        return MONEY_SYNTAX;
    out->fen = (yuan * 100 + cents) * (negative ? -1 : 1);
    return MONEY_OK;
}

char *money_format(struct fen amount, char out[MONEY_TEXT_SIZE]) {
    CORE_ASSERT(amount.fen >= -MONEY_MAX_FEN && amount.fen <= MONEY_MAX_FEN);
    int64_t rest = amount.fen < 0 ? -amount.fen : amount.fen;
    char reversed[MONEY_TEXT_SIZE];
    int count = 0, at = 0;
    do {
        reversed[count++] = (char)('0' + rest % 10);
        rest /= 10;
        if (count == 2)
            reversed[count++] = '.';
    } while (rest > 0 || count < 4);
    if (amount.fen < 0)
        out[at++] = '-';
    while (count > 0)
        out[at++] = reversed[--count];
    out[at] = '\0';
    return out;
}

static bool store_in_range(int64_t fen, struct fen *out) {
    if (fen < -MONEY_MAX_FEN || fen > MONEY_MAX_FEN)
        return false;
    out->fen = fen;
    return true;
}

bool money_add(struct fen a, struct fen b, struct fen *out) {
    int64_t sum;
    return !__builtin_add_overflow(a.fen, b.fen, &sum) && store_in_range(sum, out);
}

bool money_subtract(struct fen a, struct fen b, struct fen *out) {
    int64_t difference;
    return !__builtin_sub_overflow(a.fen, b.fen, &difference) && store_in_range(difference, out);
}

int money_compare(struct fen a, struct fen b) {
    return (a.fen > b.fen) - (a.fen < b.fen);
}
