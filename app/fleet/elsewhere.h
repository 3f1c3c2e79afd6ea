/* "Where is my money?" at the other machines of the hospital: what the database has of a patient's
 * keys, as rows of the journal's tables. */
#ifndef HOPKIOSK_FLEET_ELSEWHERE_H
#define HOPKIOSK_FLEET_ELSEWHERE_H

#include <cjson/cJSON.h>

#include "app/fleet/link.h"

#define ELSEWHERE_ORDERS_MAX 24
#define ELSEWHERE_BYTES_MAX 60000 /* of the answer as text */
#define ELSEWHERE_DAYS 400

/* *out: {"orders":[{"order_no":...,"terminal":...,"rows":{"orders":{...},"legs/0":{...}}}],
 * "more":false}, newest first, without those that the journal `journal_id` has itself. Caller:
 * cJSON_Delete. `keys`: an array of texts. */
__attribute__((warn_unused_result)) enum fleet_result
elsewhere_ask(struct fleet_link *link, const char *journal_id, const cJSON *keys, cJSON **out);

#endif
