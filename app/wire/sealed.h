/* A message in the signed envelope: made whole, closed for the way, opened and verified. */
#ifndef HOPKIOSK_WIRE_SEALED_H
#define HOPKIOSK_WIRE_SEALED_H

#include "app/wire/message.h"

/* Who we are to the platform. With keys of SM2 it is signed with SM2, else with SM3. The
 * configuration's. */
struct sealed_keys {
    const char *app_id, *app_secret;    /* the id has 16 characters or more */
    const char *sm2_private, *sm2_peer; /* hexadecimal; "" or NULL: SM3 */
    const char *sm2_public;             /* envelope_sm2_public of sm2_private; NULL: made anew */
};

/* True when the texts are keys that a message can be signed and verified with. */
bool sealed_is_private_key(const char *hex);
bool sealed_is_public_key(const char *hex);

/* The message with its data, which passes to it, open and signed. */
cJSON *sealed_message(const struct sealed_keys *keys, cJSON *data, const char *timestamp,
                      const char *version);
/* The bytes that travel: data closed as encData. Caller: free(). */
char *sealed_body(const struct sealed_keys *keys, const cJSON *message);
/* Opens an answer in its place and verifies it. `failed`: its code says failure, which is the only
 * one that may come without encData. False: MALFORMED, and `out` says why. */
bool sealed_open(const struct sealed_keys *keys, bool failed, struct wire_reading *out);

#endif
