#include "tests/sandbox/insured.h"

#include <stdlib.h>
#include <string.h>

static const struct insured family[] = {
    {"C10000011", "35000000000000000011", "310", "11", "350100", 70, 20000, 0}, /* local */
    {"C10000012", "42000000000000000012", "310", "11", "420100", 50, 0, 0},     /* other region */
    {"C10000013", "35000000000000000013", "310", "12", "350100", 85, 1234, 0},  /* retired */
    {"C10000014", "35000000000000000014", "390", "15", "350100", 60, 0, 0},     /* a child */
    {"C10000016", "35000000000000000016", "310", "11", "350100", 70, 5000, 100},
};
#define FAMILY_COUNT (sizeof family / sizeof family[0])

const struct insured *insured_by_card(const char *card) {
    for (size_t i = 0; i < FAMILY_COUNT; i++)
        if (strcmp(family[i].card, card) == 0)
            return &family[i];
    return NULL;
}

const struct insured *insured_by_token(const char *token) {
    static const char *const prefixes[] = {"EC", "AUTH", "TK"};
    for (int i = 0; i < 3; i++)
        if (strncmp(token, prefixes[i], strlen(prefixes[i])) == 0)
            return insured_by_card(token + strlen(prefixes[i]));
    return NULL;
}

struct split insured_split(const struct insured *insured, int64_t fee_fen, int64_t outside_fen,
                           bool settling) {
    struct split split = {.fee_fen = fee_fen - outside_fen, .outside_fen = outside_fen};
    split.fund_fen = split.fee_fen * insured->fund_percent / 100;
    if (settling && split.fund_fen >= insured->settles_less_fen)
        split.fund_fen -= insured->settles_less_fen;
    int64_t rest_fen = split.fee_fen - split.fund_fen;
    split.account_fen = rest_fen < insured->account_fen ? rest_fen : insured->account_fen;
    split.own_fen = fee_fen - split.fund_fen - split.account_fen;
    return split;
}

bool insured_amount(const cJSON *object, const char *name, int64_t *fen) {
    const char *text = message_text(object, name);
    if (text == NULL)
        return false;
    bool negative = *text == '-';
    text += negative;
    size_t whole = strspn(text, "0123456789");
    size_t decimals = text[whole] == '.' ? strspn(text + whole + 1, "0123456789") : 0;
    if (whole == 0 || whole > 10 || decimals > 2 ||
        text[whole + (text[whole] == '.') + decimals] != '\0')
        return false;
    *fen = strtoll(text, NULL, 10) * 100;
    if (decimals > 0)
        *fen += (text[whole + 1] - '0') * 10;
    if (decimals > 1)
        *fen += text[whole + 2] - '0';
    *fen = negative ? -*fen : *fen;
    return true;
}
