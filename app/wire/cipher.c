#include "app/wire/cipher.h"

#include <stdlib.h>
#include <string.h>

#include "app/base/log.h"
#include "app/wire/hex.h"
#include "app/wire/json.h"

#define KEY_LENGTH (CIPHER_KEY_SIZE - 1)
#define PADDING_MAX 32

char *cipher_encrypt(struct cipher cipher, const char key[CIPHER_KEY_SIZE], const char *plain) {
    size_t length = strlen(plain);
    unsigned char *bytes = malloc(length + PADDING_MAX);
    char *hex = malloc(2 * (length + PADDING_MAX) + 1);
    int first = 0, last = 0;
    EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
    ENSURE(context != NULL && bytes != NULL && hex != NULL &&
           EVP_EncryptInit_ex(context, cipher.kind, NULL, (const unsigned char *)key,
                              (const unsigned char *)cipher.iv) &&
           EVP_EncryptUpdate(context, bytes, &first, (const unsigned char *)plain, (int)length) &&
           EVP_EncryptFinal_ex(context, bytes + first, &last));
    EVP_CIPHER_CTX_free(context);
    hex_write(bytes, (size_t)(first + last), hex);
    free(bytes);
    return hex;
}

/* Terminated; NULL: the padding is none. The caller frees it. */
static char *decrypt_bytes(struct cipher cipher, const char *key, const unsigned char *bytes,
                           size_t length) {
    char *plain = malloc(length + 1);
    int first = 0, last = 0;
    EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
    ENSURE(context != NULL && plain != NULL &&
           EVP_DecryptInit_ex(context, cipher.kind, NULL, (const unsigned char *)key,
                              (const unsigned char *)cipher.iv));
    bool good =
        EVP_DecryptUpdate(context, (unsigned char *)plain, &first, bytes, (int)length) == 1 &&
        EVP_DecryptFinal_ex(context, (unsigned char *)plain + first, &last) == 1;
    EVP_CIPHER_CTX_free(context);
    plain[good ? first + last : 0] = '\0';
    if (good)
        return plain;
    free(plain);
    return NULL;
}

cJSON *cipher_decrypt(struct cipher cipher, const char key[CIPHER_KEY_SIZE], const char *hex) {
    size_t length = strlen(hex) / 2;
    if (length == 0 || length > WIRE_JSON_MAX)
        return NULL;
    unsigned char *bytes = malloc(length);
    ENSURE(bytes != NULL);
    char *plain = hex_read(hex, bytes, length) ? decrypt_bytes(cipher, key, bytes, length) : NULL;
    const char *error;
    cJSON *tree = plain == NULL ? NULL : wire_parse(plain, strlen(plain), &error);
    free(plain);
    free(bytes);
    return tree;
}

bool cipher_key(struct cipher cipher, const char *app_id, const char *app_secret,
                char out[CIPHER_KEY_SIZE]) {
    char id[CIPHER_KEY_SIZE];
    if (strlen(app_id) < KEY_LENGTH)
        return false;
    memcpy(id, app_id, KEY_LENGTH);
    id[KEY_LENGTH] = '\0';
    char *hex = cipher_encrypt(cipher, id, app_secret);
    memcpy(out, hex, KEY_LENGTH);
    out[KEY_LENGTH] = '\0';
    free(hex);
    return true;
}
