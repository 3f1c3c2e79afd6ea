#include "app/core/terms/codes.h"

#include <string.h>

#define ID_NO_LENGTH 18
#define MOBILE_LENGTH 11

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static size_t count_digits(const char *text) {
    size_t n = 0;

    while (is_digit(text[n]))
        n++;
    return n;
}

/* The value of `count` decimal digits. */
static int number_at(const char *digits, int count) {
    int n = 0;

    for (int i = 0; i < count; i++)
        n = n * 10 + (digits[i] - '0');
    return n;
}

const char *code_after_aim(const char *text) {
    bool letter = text[0] == ']' &&
                  ((text[1] >= 'A' && text[1] <= 'Z') || (text[1] >= 'a' && text[1] <= 'z'));
    return letter && text[2] != '\0' ? text + 3 : text;
}

/* ISO 7064 MOD 11-2 over the first 17 digits. */
static char id_check_character(const char *code) {
    static const int weights[ID_NO_LENGTH - 1] = {7, 9, 10, 5,  8, 4, 2, 1, 6,
                                                  3, 7, 9,  10, 5, 8, 4, 2};
    int sum = 0;

    for (int i = 0; i < ID_NO_LENGTH - 1; i++)
        sum += weights[i] * (code[i] - '0');
    return "10X98765432"[sum % 11];
}

/* Also checks the date: by the check digit alone one in eleven of WeChat's 18-digit payment codes
 * would pass for an ID number. */
bool code_is_id_no(const char *code) {
    size_t digits = count_digits(code);

    if (strlen(code) != ID_NO_LENGTH || digits < ID_NO_LENGTH - 1)
        return false;
    int year = number_at(code + 6, 4), month = number_at(code + 10, 2),
        day = number_at(code + 12, 2);
    if (year < 1880 || year > 2099 || month < 1 || month > 12 || day < 1 || day > 31)
        return false;
    char last = code[ID_NO_LENGTH - 1] == 'x' ? 'X' : code[ID_NO_LENGTH - 1];
    return last == id_check_character(code);
}

bool code_is_mobile(const char *code) {
    code += code[0] == '+';
    if (strlen(code) == MOBILE_LENGTH + 2 && strncmp(code, "86", 2) == 0)
        code += 2;
    return strlen(code) == MOBILE_LENGTH && count_digits(code) == MOBILE_LENGTH && code[0] == '1' &&
           code[1] >= '3';
}

static bool all_code_characters(const char *code) {
    for (; *code; code++)
        if (*code <= ' ' || *code > '~')
            return false;
    return true;
}

static bool rule_matches(const struct code_rule *rule, const char *code) {
    size_t length = strlen(code), prefix = strlen(rule->prefix);

    if (rule->kind == IDENTITY_ID_CARD)
        return code_is_id_no(code);
    if (length < rule->length_min || length > rule->length_max || length >= TRACE_NO_SIZE)
        return false;
    if (strncmp(code, rule->prefix, prefix) != 0)
        return false;
    return !rule->digits_only || count_digits(code + prefix) == length - prefix;
}

enum identity_kind code_identity(const struct code_rule *rules, int count, const char *code) {
    if (code[0] == '\0' || !all_code_characters(code))
        return IDENTITY_NONE;
    for (int i = 0; i < count; i++)
        if (rule_matches(&rules[i], code))
            return rules[i].kind;
    return IDENTITY_NONE;
}

enum channel code_pay_channel(const char *code) {
    size_t length = count_digits(code);

    if (code[length] != '\0' || length < 16)
        return CHANNEL_NONE;
    int head = number_at(code, 2);
    if (head >= 10 && head <= 15 && length == 18)
        return CHANNEL_WECHAT;
    if (head >= 25 && head <= 30 && length >= 16 && length <= 24)
        return CHANNEL_ALIPAY;
    if (head == 62 && length == 19)
        return CHANNEL_UNIONPAY;
    return CHANNEL_NONE;
}
