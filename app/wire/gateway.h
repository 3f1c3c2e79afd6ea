/* The wire of onepay's gateway: an MD5 over the plain message, AES-128-CBC for its `param`. */
#ifndef HOPKIOSK_WIRE_GATEWAY_H
#define HOPKIOSK_WIRE_GATEWAY_H

#include <cjson/cJSON.h>
#include <stdbool.h>

#include "app/wire/sign.h"

#define GATEWAY_KEY_SIZE 17

/* The text that is signed, without the key: the members that are not empty, sorted without regard
 * to case, k=v joined by '&'. `sign`, `encryptData` and four more take no part. Caller: free(). */
char *gateway_base(const cJSON *message);
void gateway_sign(const cJSON *message, const char *app_secret, char out[SIGN_MD5_SIZE]);
/* True when the message's `sign` is right; `param` is open. */
bool gateway_verify(const cJSON *message, const char *app_secret);
/* Makes the message's key from the id and the secret; false when the id has fewer than 16
 * characters. */
bool gateway_key(const char *app_id, const char *app_secret, char out[GATEWAY_KEY_SIZE]);
/* encryptData: the compact `param` under the key, upper-case hexadecimal. Caller: free(). */
char *gateway_encrypt(const cJSON *param, const char key[GATEWAY_KEY_SIZE]);
/* Back: NULL when it is not hexadecimal, not of this key or not JSON. Caller: cJSON_Delete. */
cJSON *gateway_decrypt(const char *hex, const char key[GATEWAY_KEY_SIZE]);

#endif
