#include "app/wire/gateway.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "app/base/log.h"
#include "app/wire/cipher.h"
#include "app/wire/json.h"

#define GATEWAY_IV "0102030405060708"

static bool is_empty_value(const cJSON *item) {
    return cJSON_IsNull(item) || (cJSON_IsString(item) && item->valuestring[0] == '\0') ||
           (cJSON_IsArray(item) && item->child == NULL);
}

/* A value as it is signed: scalars as strings, without empties; an empty object stays. */
static cJSON *gateway_form(const cJSON *item) {
    if (!cJSON_IsObject(item) && !cJSON_IsArray(item)) {
        const char *text = wire_text_of(item);
        return cJSON_CreateString(text == NULL ? "" : text);
    }
    cJSON *form = cJSON_IsObject(item) ? cJSON_CreateObject() : cJSON_CreateArray();
    for (const cJSON *child = item->child; child != NULL; child = child->next) {
        cJSON *kept = gateway_form(child);
        if (is_empty_value(kept))
            cJSON_Delete(kept);
        else if (cJSON_IsObject(item))
            cJSON_AddItemToObject(form, child->string, kept);
        else
            cJSON_AddItemToArray(form, kept);
    }
    return form;
}

static bool is_signed_member(const cJSON *member) {
    static const char *const left_out[] = {"sign",       "encryptData", "extenalMap",
                                           "pageParams", "externalNo",  "billContent"};
    for (size_t i = 0; i < sizeof left_out / sizeof left_out[0]; i++)
        if (strcmp(member->string, left_out[i]) == 0)
            return false;
    return true;
}

static int compare_names(const void *a, const void *b) {
    const char *one = (*(cJSON *const *)a)->string, *other = (*(cJSON *const *)b)->string;
    int order = strcasecmp(one, other);
    return order != 0 ? order : strcmp(one, other);
}

static void write_member(FILE *out, const cJSON *member, bool first) {
    char *nested = cJSON_IsString(member) ? NULL : wire_print(member, true);
    fprintf(out, "%s%s=%s", first ? "" : "&", member->string,
            nested == NULL ? member->valuestring : nested);
    free(nested);
}

char *gateway_base(const cJSON *message) {
    cJSON *form = gateway_form(message);
    const cJSON **sorted = calloc((size_t)cJSON_GetArraySize(form) + 1, sizeof *sorted);
    char *text = NULL;
    size_t count = 0, length = 0;
    FILE *out = open_memstream(&text, &length);
    ENSURE(sorted != NULL && out != NULL);
    for (const cJSON *member = form->child; member != NULL; member = member->next)
        if (is_signed_member(member))
            sorted[count++] = member;
    qsort(sorted, count, sizeof *sorted, compare_names);
    for (size_t i = 0; i < count; i++)
        write_member(out, sorted[i], i == 0);
    ENSURE(fclose(out) == 0);
    free(sorted);
    cJSON_Delete(form);
    return text;
}

void gateway_sign(const cJSON *message, const char *app_secret, char out[SIGN_MD5_SIZE]) {
    char *base = gateway_base(message), *keyed = NULL;
    ENSURE(asprintf(&keyed, "%s&key=", base) > 0);
    sign_md5_upper(keyed, app_secret, out);
    free(keyed);
    free(base);
}

bool gateway_verify(const cJSON *message, const char *app_secret) {
    const char *sign = wire_text(message, "sign");
    char wanted[SIGN_MD5_SIZE];
    if (sign == NULL || strlen(sign) != SIGN_MD5_SIZE - 1)
        return false;
    gateway_sign(message, app_secret, wanted);
    return CRYPTO_memcmp(sign, wanted, SIGN_MD5_SIZE - 1) == 0;
}

_Static_assert(GATEWAY_KEY_SIZE == CIPHER_KEY_SIZE, "one key");
static struct cipher aes(void) {
    return (struct cipher){EVP_aes_128_cbc(), GATEWAY_IV};
}

bool gateway_key(const char *app_id, const char *app_secret, char out[GATEWAY_KEY_SIZE]) {
    return cipher_key(aes(), app_id, app_secret, out);
}

char *gateway_encrypt(const cJSON *param, const char key[GATEWAY_KEY_SIZE]) {
    char *plain = wire_print(param, false), *hex = cipher_encrypt(aes(), key, plain);
    free(plain);
    return hex;
}

cJSON *gateway_decrypt(const char *hex, const char key[GATEWAY_KEY_SIZE]) {
    return cipher_decrypt(aes(), key, hex);
}
