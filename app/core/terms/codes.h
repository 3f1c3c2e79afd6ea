/* Tells what a scanned or typed code is. Pure: a code may be a secret and is not copied. */
#ifndef HOPKIOSK_CORE_TERMS_CODES_H
#define HOPKIOSK_CORE_TERMS_CODES_H

#include "app/core/terms/types.h"

/* A site's rule: codes of this form are this kind of identity. */
#define CODE_RULES_MAX 16
struct code_rule {
    enum identity_kind kind;
    char prefix[16];
    uint8_t length_min, length_max;
    bool digits_only;
};

/* The code without the AIM identifier ("]C0", "]Q1") that some scanners put in front. */
const char *code_after_aim(const char *text);
/* A whole ID number by its form, date and check digit (GB 11643, MOD 11-2). A masked one is none.
 */
bool code_is_id_no(const char *code);
/* A mobile phone of the mainland, whole: 11 digits that begin with 1, +86 or 86 before it or not.
 */
bool code_is_mobile(const char *code);
/* The identity of the first of `count` rules that matches. IDENTITY_NONE: no rule matches. */
enum identity_kind code_identity(const struct code_rule *rules, int count, const char *code);
/* WeChat 10..15 + 16 digits, Alipay 25..30 + 14..22, UnionPay 62 + 17; CHANNEL_NONE: no pay code.
 */
enum channel code_pay_channel(const char *code);

#endif
