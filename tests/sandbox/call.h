/* What the sandbox's parts say to each other over HTTP, as the real ones do. */
#ifndef SANDBOX_CALL_H
#define SANDBOX_CALL_H

#include "tests/sandbox/sandbox.h"

/* POSTs `body` to `url` without the lock, and takes it again: rows may be gone then. The answer;
 * NULL: none came, or it is no JSON. Caller: cJSON_Delete. */
cJSON *sandbox_call(struct sandbox *sandbox, const char *url, const cJSON *body);
/* The same to the hospital: `suffix` is "/queryAccount". */
cJSON *sandbox_call_his(struct sandbox *sandbox, const char *suffix, const cJSON *body);

#endif
