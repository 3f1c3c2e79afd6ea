#include "app/wire/envelope.h"

#include <stdlib.h>
#include <string.h>

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include "app/base/log.h"
#include "app/wire/cipher.h"
#include "app/wire/hex.h"
#include "app/wire/json.h"

static bool is_empty_member(const cJSON *item) {
    if (cJSON_IsString(item))
        return item->valuestring[0] == '\0';
    return cJSON_IsNull(item) || ((cJSON_IsObject(item) || cJSON_IsArray(item)) && !item->child);
}

/* A copy without empties; numbers keep their own text. Emptied objects of an object go too. */
static cJSON *without_empties(const cJSON *item) {
    if (!cJSON_IsObject(item) && !cJSON_IsArray(item))
        return cJSON_Duplicate(item, false);
    cJSON *copy = cJSON_IsObject(item) ? cJSON_CreateObject() : cJSON_CreateArray();
    for (const cJSON *child = item->child; child != NULL; child = child->next) {
        cJSON *kept = without_empties(child);
        if (is_empty_member(kept))
            cJSON_Delete(kept);
        else if (cJSON_IsObject(item))
            cJSON_AddItemToObject(copy, child->string, kept);
        else
            cJSON_AddItemToArray(copy, kept);
    }
    return copy;
}

static char *compact_text(const cJSON *item) {
    char *text = wire_print(item, true);
    ENSURE(text != NULL);
    return text;
}

static bool takes_part(const cJSON *member) {
    static const char *const left_out[] = {"signData", "encData", "extra"};
    for (size_t i = 0; i < sizeof left_out / sizeof left_out[0]; i++)
        if (strcmp(member->string, left_out[i]) == 0)
            return false;
    return true;
}

struct text {
    char *bytes;
    size_t length;
};

static void append_text(struct text *text, const char *more) {
    size_t length = strlen(more);
    text->bytes = realloc(text->bytes, text->length + length + 1);
    ENSURE(text->bytes != NULL);
    memcpy(text->bytes + text->length, more, length + 1);
    text->length += length;
}

static void append_member(struct text *text, const cJSON *member) {
    const char *scalar = wire_text_of(member);
    char *nested = scalar == NULL ? compact_text(member) : NULL;
    append_text(text, member->string);
    append_text(text, "=");
    append_text(text, scalar != NULL ? scalar : nested);
    append_text(text, "&");
    free(nested);
}

char *envelope_base(const cJSON *message, const char *app_secret) {
    cJSON *clean = without_empties(message);
    size_t count = 0;
    const cJSON **sorted = calloc((size_t)cJSON_GetArraySize(clean) + 1, sizeof *sorted);
    ENSURE(sorted != NULL);
    for (const cJSON *member = clean->child; member != NULL; member = member->next)
        if (takes_part(member))
            sorted[count++] = member;
    qsort(sorted, count, sizeof *sorted, wire_by_name);
    struct text base = {0};
    for (size_t i = 0; i < count; i++)
        append_member(&base, sorted[i]);
    append_text(&base, "key=");
    append_text(&base, app_secret);
    free(sorted);
    cJSON_Delete(clean);
    return base.bytes;
}

void envelope_sm3(const char *base, char out[ENVELOPE_SM3_SIZE]) {
    unsigned char digest[32];
    ENSURE(EVP_Digest(base, strlen(base), digest, NULL, EVP_sm3(), NULL) == 1);
    hex_write(digest, sizeof digest, out);
}

_Static_assert(ENVELOPE_KEY_SIZE == CIPHER_KEY_SIZE, "one key");
static struct cipher sm4(void) {
    return (struct cipher){EVP_sm4_ecb(), NULL};
}

bool envelope_key(const char *app_id, const char *app_secret, char out[ENVELOPE_KEY_SIZE]) {
    return cipher_key(sm4(), app_id, app_secret, out);
}

char *envelope_encrypt(const cJSON *data, const char key[ENVELOPE_KEY_SIZE]) {
    cJSON *clean = without_empties(data);
    char *plain = compact_text(clean), *hex = cipher_encrypt(sm4(), key, plain);
    free(plain);
    cJSON_Delete(clean);
    return hex;
}

cJSON *envelope_decrypt(const char *hex, const char key[ENVELOPE_KEY_SIZE]) {
    return cipher_decrypt(sm4(), key, hex);
}

bool envelope_sm3_verify(const cJSON *message, const char *app_secret) {
    const char *sign = wire_text(message, "signData");
    char wanted[ENVELOPE_SM3_SIZE];
    if (sign == NULL || strlen(sign) != ENVELOPE_SM3_SIZE - 1)
        return false;
    char *base = envelope_base(message, app_secret);
    envelope_sm3(base, wanted);
    free(base);
    return CRYPTO_memcmp(sign, wanted, ENVELOPE_SM3_SIZE - 1) == 0;
}
