/* What tests and demonstrations order: /control/NAME, documented in README.md. */
#ifndef SANDBOX_CONTROL_H
#define SANDBOX_CONTROL_H

#include "tests/sandbox/sandbox.h"

/* The answer to POST (GET: `request` is an empty object), {"ok":true,...} or {"ok":false,"error":
 * ...}; NULL: no such control. Caller: cJSON_Delete. */
cJSON *control_answer(struct sandbox *sandbox, const char *name, const cJSON *request);

#endif
