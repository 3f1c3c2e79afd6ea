/* Orders, events and cases as JSON for scripts. Amounts are yuan texts, times China Standard Time.
 */
#ifndef HOPKIOSK_CTL_JOURNAL_JSON_H
#define HOPKIOSK_CTL_JOURNAL_JSON_H

#include <cjson/cJSON.h>

#include "app/journal/journal.h"

/* Caller: cJSON_Delete. */
cJSON *json_of_order(const struct order *order);
/* One that cannot be read, and why. */
cJSON *json_of_unreadable(const char *order_no, const char *why);
cJSON *json_of_event(const struct journal_event *event);
cJSON *json_of_shift(const struct journal_shift *shift);
/* A claim with the number of its order. */
cJSON *json_of_listed_claim(const struct order *order, int claim);
cJSON *json_of_case(const struct journal_case *found);
/* One line, then freed. */
/* In yuan with two decimals. */
void json_amount(cJSON *object, const char *name, struct fen amount);
void json_print_line(cJSON *tree);

#endif
