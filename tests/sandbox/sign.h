/* upp's signature (sections 2.4 and 2.5), written from the document and from nothing else. */
#ifndef SANDBOX_SIGN_H
#define SANDBOX_SIGN_H

#include <cjson/cJSON.h>
#include <stdbool.h>

#define SIGN_SIZE 33

/* The text that is signed, before the key. Caller: free(). */
char *sign_base(const cJSON *message);
/* MD5 of the base and the key, lower-case hex. */
void sign_make(const cJSON *message, const char *key, char out[SIGN_SIZE]);
bool sign_good(const cJSON *message, const char *key);
void md5_hex(const char *text, char out[SIGN_SIZE]);

#endif
