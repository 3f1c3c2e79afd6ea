/* The signed envelope of the national insurance payment centre: what is signed, SM2 or SM3 over it,
 * SM4 for the data. Strings are malloc'ed: free(). */
#ifndef HOPKIOSK_WIRE_ENVELOPE_H
#define HOPKIOSK_WIRE_ENVELOPE_H

#include <cjson/cJSON.h>
#include <stdbool.h>

#define ENVELOPE_SM3_SIZE 65
#define ENVELOPE_KEY_SIZE 17
#define ENVELOPE_PUBLIC_SIZE 131

/* The text that is signed: all members but signData, encData and extra, without empty ones at any
 * depth, sorted, k=v joined by '&', then "&key=" and the secret. */
char *envelope_base(const cJSON *message, const char *app_secret);
/* Upper-case hexadecimal. */
void envelope_sm3(const char *base, char out[ENVELOPE_SM3_SIZE]);
/* Base64 of r then s. Keys are hexadecimal: 64 digits private, 130 ("04...") public. NULL and false
 * when a key is none. */
char *envelope_sm2_sign(const char *base, const char *private_hex);
/* The same with the public key that envelope_sm2_public has made of it, which takes as long as a
 * signature. */
char *envelope_sm2_sign_as(const char *base, const char *private_hex, const char *public_hex);
bool envelope_sm2_public(const char *private_hex, char out[ENVELOPE_PUBLIC_SIZE]);
bool envelope_sm2_is_public(const char *public_hex);
bool envelope_sm2_verify(const char *base, const char *public_hex, const char *sign_base64);
/* Makes the message's key from the id and the secret; false when the id has fewer than 16
 * characters. */
bool envelope_key(const char *app_id, const char *app_secret, char out[ENVELOPE_KEY_SIZE]);
/* encData: the compact sorted `data` under the message's key, upper-case hexadecimal. */
char *envelope_encrypt(const cJSON *data, const char key[ENVELOPE_KEY_SIZE]);
/* Back: NULL when it is not hexadecimal, not of this key or not JSON. Caller: cJSON_Delete. */
cJSON *envelope_decrypt(const char *hex, const char key[ENVELOPE_KEY_SIZE]);
/* True when `signData` is the SM3 of the message, whose data is open. */
bool envelope_sm3_verify(const cJSON *message, const char *app_secret);

#endif
