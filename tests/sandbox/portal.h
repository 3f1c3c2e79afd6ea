/* The regional insurance portal (amp): its four interfaces in the envelope of SM3 and SM4, and what
 * it does when the patient pays there: ORG_001, ORG_002, ORG_007, the payment, ORG_003, and ORG_004
 * when it is not sure. */
#ifndef SANDBOX_PORTAL_H
#define SANDBOX_PORTAL_H

#include "tests/sandbox/serve.h"
#include "tests/sandbox/service.h"

#define PORTAL_ORG_SECRET "9D1C33A7E0B24F68"

extern const struct operation portal_operations[];
cJSON *portal_answer(struct sandbox *sandbox, const struct operation *operation,
                     const cJSON *request);
/* {code, message, data} as a sealed answer. Caller: cJSON_Delete. */
cJSON *portal_seal(const struct sandbox *sandbox, const cJSON *request, const cJSON *answer);

/* The patient pays or cancels what was pushed (portal_pay.c). NULL, or what is wrong. */
const char *portal_act(struct sandbox *sandbox, const char *med_org_ord, const char *act);

/* The trade file of a day (portal_file.c): its bytes, owned, and SHA-1. */
char *portal_pack(struct sandbox *sandbox, const char *day, const char *type, size_t *length);
void portal_digest(const char *bytes, size_t length, char out[41]);
/* What stands behind a link, which lives a minute. */
void portal_file(struct sandbox *sandbox, const char *name, struct response *response);

#endif
