#include "app/wire/sign.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <stdlib.h>
#include <string.h>

#include "app/base/log.h"
#include "app/wire/json.h"

static void md5_hex(const char *text, const char *key, const char *digits,
                    char out[SIGN_MD5_SIZE]) {
    unsigned char digest[16];
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    ENSURE(context != NULL && EVP_DigestInit_ex(context, EVP_md5(), NULL) == 1 &&
           EVP_DigestUpdate(context, text, strlen(text)) == 1 &&
           EVP_DigestUpdate(context, key, strlen(key)) == 1 &&
           EVP_DigestFinal_ex(context, digest, NULL) == 1);
    EVP_MD_CTX_free(context);
    for (int i = 0; i < 16; i++) {
        out[2 * i] = digits[digest[i] >> 4];
        out[2 * i + 1] = digits[digest[i] & 15];
    }
    out[SIGN_MD5_SIZE - 1] = '\0';
}

static bool is_unsigned(const cJSON *item) {
    return cJSON_IsNull(item) || (cJSON_IsString(item) && item->valuestring[0] == '\0');
}

/* The item as it is signed: scalars as strings, empties left out at every depth. */
static cJSON *signed_form(const cJSON *item) {
    if (!cJSON_IsObject(item) && !cJSON_IsArray(item)) {
        const char *text = wire_text_of(item);
        return cJSON_CreateString(text == NULL ? "" : text);
    }
    cJSON *form = cJSON_IsObject(item) ? cJSON_CreateObject() : cJSON_CreateArray();
    for (const cJSON *child = item->child; child != NULL; child = child->next) {
        if (is_unsigned(child))
            continue;
        if (cJSON_IsObject(item))
            cJSON_AddItemToObject(form, child->string, signed_form(child));
        else
            cJSON_AddItemToArray(form, signed_form(child));
    }
    return form;
}

char *sign_upp_text(const cJSON *message, bool data_as_string) {
    cJSON *form = signed_form(message);
    /* Only the root's `sign` is left out: the one inside data is the payment link and is signed. */
    cJSON_DeleteItemFromObjectCaseSensitive(form, "sign");
    cJSON *data = cJSON_GetObjectItemCaseSensitive(form, "data");
    if (data_as_string && data != NULL && !cJSON_IsString(data)) {
        char *text = wire_print(data, true);
        ENSURE(text != NULL);
        cJSON_ReplaceItemInObjectCaseSensitive(form, "data", cJSON_CreateString(text));
        free(text);
    }
    char *text = wire_print(form, true);
    cJSON_Delete(form);
    ENSURE(text != NULL);
    return text;
}

static void sign_upp_form(const cJSON *message, bool data_as_string, const char *key,
                          char out[SIGN_MD5_SIZE]) {
    char *text = sign_upp_text(message, data_as_string);
    md5_hex(text, key, "0123456789abcdef", out);
    free(text);
}

void sign_upp(const cJSON *message, const char *key, char out[SIGN_MD5_SIZE]) {
    sign_upp_form(message, false, key, out);
}

bool sign_upp_verify(const cJSON *message, const char *key) {
    const char *sign = wire_text(message, "sign");
    if (sign == NULL || strlen(sign) != SIGN_MD5_SIZE - 1)
        return false;
    char wanted[SIGN_MD5_SIZE];
    for (int data_as_string = 0; data_as_string < 2; data_as_string++) {
        sign_upp_form(message, data_as_string, key, wanted);
        if (CRYPTO_memcmp(sign, wanted, SIGN_MD5_SIZE - 1) == 0)
            return true;
    }
    return false;
}

char *sign_tongji_text(const cJSON *params) {
    size_t count = 0, length = 1;
    const cJSON **sorted = calloc((size_t)cJSON_GetArraySize(params) + 1, sizeof *sorted);
    ENSURE(sorted != NULL);
    for (const cJSON *member = params->child; member != NULL; member = member->next) {
        if (strcmp(member->string, "sign") == 0 || wire_text_of(member) == NULL)
            continue;
        sorted[count++] = member;
        length += strlen(member->string) + strlen(wire_text_of(member)) + 2;
    }
    qsort(sorted, count, sizeof *sorted, wire_by_name);
    char *text = calloc(1, length), *at = text;
    ENSURE(text != NULL);
    for (size_t i = 0; i < count; i++) {
        at = stpcpy(stpcpy(at, i == 0 ? "" : "&"), sorted[i]->string);
        at = stpcpy(stpcpy(at, "="), wire_text_of(sorted[i]));
    }
    free(sorted);
    return text;
}

void sign_tongji(const cJSON *params, const char *key, char out[SIGN_MD5_SIZE]) {
    char *text = sign_tongji_text(params);
    sign_md5_upper(text, key, out);
    free(text);
}

void sign_md5_upper(const char *text, const char *key, char out[SIGN_MD5_SIZE]) {
    md5_hex(text, key, "0123456789ABCDEF", out);
}
