#include "app/wire/person_keys.h"

#include <openssl/hmac.h>
#include <stdio.h>
#include <string.h>

#include "app/base/log.h"
#include "app/core/terms/codes.h"
#include "app/core/terms/copy.h"

static bool is_x(char c) {
    return c == 'x' || c == 'X';
}

/* Two people may have the same. */
static bool is_masked_no(const char *text) {
    static const char *const signs[] = {"*", "?", "#", "xxx", "XXX", "＊", "×", "•", "●", "…"};
    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++)
        if (strstr(text, signs[i]) != NULL)
            return true;
    return false;
}

static bool is_id_character(char c) {
    return (c >= '0' && c <= '9') || is_x(c);
}

/* Both ends that a mask leaves are those of the whole number; of a mask like 110105xxxxxxxx002X the
 * x are no end. */
static bool is_mask_of(const char *masked, const char *whole) {
    size_t head = strspn(masked, "0123456789"), length = strlen(masked), tail = 0;
    while (tail < length - head && is_id_character(masked[length - 1 - tail]) &&
           (tail == 0 || !is_x(masked[length - 1 - tail])))
        tail++;
    size_t whole_length = strlen(whole);
    return head + tail <= whole_length && strncmp(masked, whole, head) == 0 &&
           strncmp(masked + length - tail, whole + whole_length - tail, tail) == 0;
}

/* The HIS may mask the number that it was asked with, or leave it out: it stays known whole. */
static void keep_whole_id_no(const char *asked, struct account *account) {
    if (asked == NULL || !code_is_id_no(asked))
        return;
    if (account->cert_no[0] == '\0' ||
        (is_masked_no(account->cert_no) && is_mask_of(account->cert_no, asked)))
        text_copy(account->cert_no, sizeof account->cert_no, asked);
}

static void hash_key(const char *hospital_key, const char *text, char out[PATIENT_KEY_SIZE]) {
    unsigned char digest[32];
    unsigned int length = sizeof digest;
    ENSURE(HMAC(EVP_sha256(), hospital_key, (int)strlen(hospital_key), (const unsigned char *)text,
                strlen(text), digest, &length) != NULL);
    for (unsigned i = 0; i < length; i++)
        snprintf(out + 2 * i, 3, "%02x", digest[i]);
}

/* HIS and reader write the check character large or small. */
static void make_id_key(const char *hospital_key, const char *id_no, char out[PATIENT_KEY_SIZE]) {
    char upper[TRACE_NO_SIZE];
    if (!code_is_id_no(id_no))
        return;
    text_copy(upper, sizeof upper, id_no);
    if (upper[strlen(upper) - 1] == 'x')
        upper[strlen(upper) - 1] = 'X';
    hash_key(hospital_key, upper, out);
    text_wipe(upper, sizeof upper);
}

static void make_cust_key(const char *hospital_key, const char *his_cust_id,
                          char out[PATIENT_KEY_SIZE]) {
    if (his_cust_id[0] != '\0' && !is_masked_no(his_cust_id))
        hash_key(hospital_key, his_cust_id, out);
}

/* The card that was shown, not what the HIS makes of it. */
static void make_card_key(const char *hospital_key, const struct shown_card *shown,
                          char out[PATIENT_KEY_SIZE]) {
    const char *kind = shown->kind, *number = shown->number;
    char card[16 + TRACE_NO_SIZE];
    if (kind == NULL || number == NULL || number[0] == '\0' || is_masked_no(number))
        return;
    snprintf(card, sizeof card, "%.10s %.40s", kind, number);
    hash_key(hospital_key, card, out);
    text_wipe(card, sizeof card);
}

void person_keys_add(const char *hospital_key, const struct shown_card *shown,
                     struct account *account) {
    keep_whole_id_no(shown->id_no, account);
    if (hospital_key == NULL || hospital_key[0] == '\0')
        return; /* kioskctl: nothing is looked for */
    make_id_key(hospital_key, account->cert_no, account->keys.id);
    make_cust_key(hospital_key, account->his_cust_id, account->keys.cust);
    make_card_key(hospital_key, shown, account->keys.card);
    for (int i = 0; i < account->card_count; i++)
        make_cust_key(hospital_key, account->cards[i].his_cust_id, account->cards[i].cust_key);
}
