/* Orders of other machines, made of the rows of the journal's tables as the fleet's database has
 * them: {"order_no":...,"rows":{"orders":{...},"legs/0":{...},"cases/1":{...}}}, as wire_parse
 * reads it: a number keeps its own text. */
#ifndef HOPKIOSK_SHELL_ORDER_ROWS_H
#define HOPKIOSK_SHELL_ORDER_ROWS_H

#include <cjson/cJSON.h>

#include "app/journal/journal.h"

/* False: a row is missing or cannot be read, or the amounts contradict each other. */
__attribute__((warn_unused_result)) bool order_rows_read(const cJSON *order, struct order *out);
/* What persons decide about it. A row that cannot be read is shown as CASE_UNREADABLE. */
void order_rows_each_case(const cJSON *order, bool (*visit)(void *, const struct journal_case *),
                          void *context);

#endif
