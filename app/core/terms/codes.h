/* What a scanned or typed code is. Pure; the texts are secrets and stay where they are. */
#ifndef HOPKIOSK_CORE_TERMS_CODES_H
#define HOPKIOSK_CORE_TERMS_CODES_H

#include "app/core/terms/types.h"

/* How scanned or typed codes of a site look: which kind of identity a code is. */
#define CODE_RULES_MAX 16
struct code_rule {
    enum identity_kind kind;
    char prefix[16];
    uint8_t length_min, length_max;
    bool digits_only;
};

/* Behind the AIM identifier ("]C0", "]Q1") that scanners may put first, if there is one. */
const char *code_after_aim(const char *text);
/* A whole ID number by its form, date and check digit (GB 11643, MOD 11-2). What is masked is none.
 */
bool code_is_id_no(const char *code);
/* By the `count` rules of the site, first match. IDENTITY_NONE: nothing we know. */
enum identity_kind code_identity(const struct code_rule *rules, int count, const char *code);
/* WeChat 10..15 + 16 digits, Alipay 25..30 + 14..22, UnionPay 62 + 17; CHANNEL_NONE: no pay code.
 */
enum channel code_pay_channel(const char *code);

#endif
