/* "Where is my money?" at the other machines of the hospital: what the database has of a patient's
 * keys, as rows of the journal's tables. */
#ifndef HOPKIOSK_FLEET_ELSEWHERE_H
#define HOPKIOSK_FLEET_ELSEWHERE_H

#include <cjson/cJSON.h>

#include "app/fleet/link.h"
#include "app/journal/journal.h"

#define ELSEWHERE_ORDERS_MAX 24
#define ELSEWHERE_BYTES_MAX 60000 /* of the answer as text */
#define ELSEWHERE_DAYS 400

/* Whose patients these are: its journal, where that stands in the database (place_look), and
 * whether the journal has an order of this number that began then itself. */
struct elsewhere_asker {
    char journal_id[JOURNAL_ID_SIZE];
    int place;
    bool (*has_order)(void *context, const char *order_no, int64_t created_ms);
    void *context;
};

/* *out: {"orders":[{"order_no":...,"terminal":...,"rows":{"orders":{...},"legs/0":{...}}}],
 * "more":false}, newest first, without those that the asker's journal has itself. What a journal
 * lacks since it was restored is there, though this terminal did it. Caller: cJSON_Delete. `keys`:
 * an array of texts. */
__attribute__((warn_unused_result)) enum fleet_result
elsewhere_ask(struct fleet_link *link, const struct elsewhere_asker *asker, const cJSON *keys,
              cJSON **out);

#endif
