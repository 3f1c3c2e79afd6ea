/* The payment console (tongji): a made day's bills as orders and as flows, page by page, JSON or
 * XML; signed queries by GET. */
#ifndef SANDBOX_CONSOLE_H
#define SANDBOX_CONSOLE_H

#include "tests/sandbox/service.h"

#define CONSOLE_HOSPITAL "100200"
#define CONSOLE_KEY "7E4C1D9A2B5F8063"

extern const struct operation console_operations[];
/* `request`: the arguments of the query. A text where XML was asked for. Caller: cJSON_Delete. */
cJSON *console_answer(struct sandbox *sandbox, const struct operation *operation,
                      const cJSON *request);

#endif
