/* JSON and keys, encrypted by a block cipher with a key of 16 characters, as upper-case
 * hexadecimal: what the envelope (SM4-ECB) and the gateway (AES-128-CBC) have in common. */
#ifndef HOPKIOSK_WIRE_CIPHER_H
#define HOPKIOSK_WIRE_CIPHER_H

#include <stdbool.h>

#include <cjson/cJSON.h>
#include <openssl/evp.h>

#define CIPHER_KEY_SIZE 17

/* `iv` has 16 characters; NULL: the cipher takes none. Padding is PKCS7. */
struct cipher {
    const EVP_CIPHER *kind;
    const char *iv;
};

/* Hexadecimal; the caller frees it. */
char *cipher_encrypt(struct cipher cipher, const char key[CIPHER_KEY_SIZE], const char *plain);
/* The JSON in it, or NULL: no hexadecimal, longer than WIRE_JSON_MAX, another key, no JSON. */
cJSON *cipher_decrypt(struct cipher cipher, const char key[CIPHER_KEY_SIZE], const char *hex);
/* The key of a message: the first 16 digits of the secret encrypted by the first 16 characters of
 * the id. false: the id is too short. */
bool cipher_key(struct cipher cipher, const char *app_id, const char *app_secret,
                char out[CIPHER_KEY_SIZE]);

#endif
