/* The signed envelope as the insurance's platforms speak it: SM4 for the data, SM2 or SM3 over all.
 */
#ifndef SANDBOX_SEAL_H
#define SANDBOX_SEAL_H

#include <cjson/cJSON.h>
#include <stdbool.h>

struct seal {
    const char *id, *secret;
    bool sm2; /* else SM3 */
};

bool seal_is_on(const cJSON *request);
/* The open data of a sealed request; NULL: it does not open, or its signature is wrong. Caller:
 * cJSON_Delete. */
cJSON *seal_open(const struct seal *seal, const cJSON *request);
/* {code, message, data} closed and signed. Caller: cJSON_Delete. */
cJSON *seal_answer(const struct seal *seal, const cJSON *answer, const char *timestamp,
                   const char *version);

#endif
