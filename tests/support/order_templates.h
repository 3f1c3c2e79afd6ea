/* The events of finished orders, taken from journals, for who plays them again at other terminals.
 */
#ifndef HOPKIOSK_TESTS_ORDER_TEMPLATES_H
#define HOPKIOSK_TESTS_ORDER_TEMPLATES_H

#include <stdbool.h>
#include <stdint.h>

#include "app/core/terms/types.h"

struct template_event {
    char *note, *payload;
    int64_t after_ms; /* the event before it */
    bool has_evidence;
};
struct template_order {
    char no[ORDER_NO_SIZE];
    int event_count, room;
    struct template_event *events;
};
struct order_templates {
    int count;
    struct template_order *items;
};

/* Of all journals (*.db) of a folder; two events of an order are at most `gap_ms_max` apart. Lives
 * as long as the program. false: a journal cannot be read, which is said, or there is no order. */
bool order_templates_read(const char *folder, int64_t gap_ms_max, struct order_templates *out);

#endif
