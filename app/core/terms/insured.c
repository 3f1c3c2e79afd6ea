#include "app/core/terms/insured.h"

#include <string.h>

#include "app/core/terms/assert.h"
#include "app/core/terms/money.h"

#define DIGITS_MAX 12 /* no amount has more */

/* A row is a letter for its kind, the fen, a blank, the name, a line's end. */
static const char kind_letters[] = "fbosl";
_Static_assert(sizeof kind_letters == SETTLEMENT_KIND_COUNT + 1, "a letter each");

bool settlement_add(char text[SETTLEMENT_SIZE], const struct settlement_row *row) {
    char digits[DIGITS_MAX];
    int count = 0;
    size_t used = strlen(text), name = strlen(row->name);

    CORE_ASSERT(row->amount.fen >= 0 && row->amount.fen <= MONEY_MAX_FEN);
    for (int64_t fen = row->amount.fen; fen > 0 || count == 0; fen /= 10)
        digits[count++] = (char)('0' + fen % 10);
    if (used + (size_t)count + name + 3 >= SETTLEMENT_SIZE)
        return false;
    text[used++] = kind_letters[row->kind];
    while (count > 0)
        text[used++] = digits[--count];
    text[used++] = ' ';
    memcpy(text + used, row->name, name);
    text[used + name] = '\n';
    text[used + name + 1] = '\0';
    return true;
}

/* The row between `line` and `end`. */
static bool read_settlement_row(const char *line, const char *end, struct settlement_row *out) {
    const char *kind = line < end ? strchr(kind_letters, *line) : NULL;
    const char *at = line + 1;
    int64_t fen = 0;

    if (kind == NULL || *kind == '\0')
        return false;
    while (at < end && *at >= '0' && *at <= '9' && fen <= MONEY_MAX_FEN)
        fen = fen * 10 + (*at++ - '0');
    if (at == line + 1 || at == end || *at != ' ' || fen > MONEY_MAX_FEN ||
        end - at - 1 >= FUND_NAME_SIZE)
        return false;
    *out = (struct settlement_row){.kind = (enum settlement_kind)(kind - kind_letters),
                                   .amount = {fen}};
    memcpy(out->name, at + 1, (size_t)(end - at - 1));
    return true;
}

int settlement_rows(const char *text, struct settlement_row out[SETTLEMENT_ROWS_MAX]) {
    int count = 0;

    while (*text != '\0' && count < SETTLEMENT_ROWS_MAX) {
        const char *end = strchr(text, '\n');
        size_t length = end != NULL ? (size_t)(end - text) : strlen(text);
        if (read_settlement_row(text, text + length, &out[count]))
            count++;
        text += length + (text[length] == '\n');
    }
    return count;
}

const char *settlement_key(enum settlement_kind kind) {
    static const char *const keys[SETTLEMENT_KIND_COUNT] = {
        [SETTLEMENT_FUND] = "",
        [SETTLEMENT_BALANCE] = "settlement.balance",
        [SETTLEMENT_OUTSIDE] = "settlement.outside",
        [SETTLEMENT_SHARE] = "settlement.share",
        [SETTLEMENT_OVER] = "settlement.over"};

    return keys[kind];
}
