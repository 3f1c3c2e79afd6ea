#include "app/wire/envelope.h"

#include <stdlib.h>
#include <string.h>

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include "app/base/log.h"
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

/* SM4-ECB-PKCS7, upper-case hexadecimal. */
static char *encrypt_sm4(const char *plain, const char *key) {
    size_t length = strlen(plain);
    unsigned char *cipher = malloc(length + 32);
    char *hex = malloc(2 * (length + 32) + 1);
    int first = 0, last = 0;
    EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
    ENSURE(context != NULL && cipher != NULL && hex != NULL &&
           EVP_EncryptInit_ex(context, EVP_sm4_ecb(), NULL, (const unsigned char *)key, NULL) &&
           EVP_EncryptUpdate(context, cipher, &first, (const unsigned char *)plain, (int)length) &&
           EVP_EncryptFinal_ex(context, cipher + first, &last));
    EVP_CIPHER_CTX_free(context);
    hex_write(cipher, (size_t)(first + last), hex);
    free(cipher);
    return hex;
}

bool envelope_key(const char *app_id, const char *app_secret, char out[ENVELOPE_KEY_SIZE]) {
    char id[ENVELOPE_KEY_SIZE];
    if (strlen(app_id) < ENVELOPE_KEY_SIZE - 1)
        return false;
    memcpy(id, app_id, ENVELOPE_KEY_SIZE - 1);
    id[ENVELOPE_KEY_SIZE - 1] = '\0';
    char *hex = encrypt_sm4(app_secret, id);
    memcpy(out, hex, ENVELOPE_KEY_SIZE - 1);
    out[ENVELOPE_KEY_SIZE - 1] = '\0';
    free(hex);
    return true;
}

char *envelope_encrypt(const cJSON *data, const char key[ENVELOPE_KEY_SIZE]) {
    cJSON *clean = without_empties(data);
    char *plain = compact_text(clean), *hex = encrypt_sm4(plain, key);
    free(plain);
    cJSON_Delete(clean);
    return hex;
}

/* What SM4 leaves of `cipher`, terminated; NULL: the padding is none. Caller: free(). */
static char *decrypt_sm4(const unsigned char *cipher, size_t length, const char *key) {
    char *plain = malloc(length + 1);
    int first = 0, last = 0;
    EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
    ENSURE(context != NULL && plain != NULL &&
           EVP_DecryptInit_ex(context, EVP_sm4_ecb(), NULL, (const unsigned char *)key, NULL));
    bool good =
        EVP_DecryptUpdate(context, (unsigned char *)plain, &first, cipher, (int)length) == 1 &&
        EVP_DecryptFinal_ex(context, (unsigned char *)plain + first, &last) == 1;
    EVP_CIPHER_CTX_free(context);
    plain[good ? first + last : 0] = '\0';
    if (good)
        return plain;
    free(plain);
    return NULL;
}

cJSON *envelope_decrypt(const char *hex, const char key[ENVELOPE_KEY_SIZE]) {
    size_t length = strlen(hex) / 2;
    if (length == 0 || length > WIRE_JSON_MAX)
        return NULL;
    unsigned char *cipher = malloc(length);
    ENSURE(cipher != NULL);
    char *plain = hex_read(hex, cipher, length) ? decrypt_sm4(cipher, length, key) : NULL;
    const char *error;
    cJSON *data = plain == NULL ? NULL : wire_parse(plain, strlen(plain), &error);
    free(plain);
    free(cipher);
    return data;
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
