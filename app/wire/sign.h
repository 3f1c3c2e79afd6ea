/* The two MD5 signatures: upp's over sorted JSON (upp-yuntai 2.4), tongji's over k=v pairs. */
#ifndef HOPKIOSK_WIRE_SIGN_H
#define HOPKIOSK_WIRE_SIGN_H

#include <cjson/cJSON.h>
#include <stdbool.h>

#define SIGN_MD5_SIZE 33

/* The text that upp signs, without the key: the root without `sign` and empty values, keys sorted
 * at every depth, each value a string. `data_as_string`: with data as a JSON string, as some
 * platforms sign it. Caller: free(). */
char *sign_upp_text(const cJSON *message, bool data_as_string);
void sign_upp(const cJSON *message, const char *key, char out[SIGN_MD5_SIZE]);
/* True when the root's `sign` is right in one of the two forms. */
bool sign_upp_verify(const cJSON *message, const char *key);

/* "a=1&b=2" of the members of a flat object but `sign`, sorted, raw. Caller: free(). */
char *sign_tongji_text(const cJSON *params);
/* Upper case. */
void sign_tongji(const cJSON *params, const char *key, char out[SIGN_MD5_SIZE]);

/* MD5 of the text and then the key, upper case. */
void sign_md5_upper(const char *text, const char *key, char out[SIGN_MD5_SIZE]);

#endif
