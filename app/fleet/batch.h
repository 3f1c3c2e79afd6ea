/* Events of the journal on their way to the database: so many that they fit into a bounded memory,
 * as columns in the database's binary form. */
#ifndef HOPKIOSK_FLEET_BATCH_H
#define HOPKIOSK_FLEET_BATCH_H

#include <stddef.h>

#include "app/fleet/link.h"
#include "app/journal/journal.h"

#define BATCH_EVENTS_MAX 500
#define BATCH_BYTES_MAX (1 << 20) /* one event more may stand behind it */

/* A column of the database's arrays. */
struct batch_column {
    Oid array, element;
    char *bytes;
    size_t length, room;
};

enum batch_column_name {
    BATCH_DAYS = 0, /* of the event, days since 1970 in China time */
    BATCH_WALLS,
    BATCH_ORDERS,
    BATCH_ORDER_DAYS, /* of the order, from its number */
    BATCH_NOTES,
    BATCH_PAYLOADS,
    BATCH_EVIDENCES,
    BATCH_HASHES,
    BATCH_COLUMN_COUNT
};

struct batch {
    struct batch_column columns[BATCH_COLUMN_COUNT];
    int64_t after; /* the number of the event before the first */
    int count, count_max;
    size_t bytes;
    bool is_damaged; /* an event has no hash of ours */
    char last_hash[JOURNAL_HASH_SIZE];
};

void batch_begin(struct batch *batch);
void batch_end(struct batch *batch);
/* The events behind `after`, at most count_max of them; count 0: there is none. */
__attribute__((warn_unused_result)) enum journal_result
batch_read(struct batch *batch, struct journal *journal, int64_t after, int count_max);
/* The columns as parameters, in their order. */
void batch_values(struct batch *batch, struct fleet_value values[BATCH_COLUMN_COUNT]);
/* 32 bytes; false: it is none. */
__attribute__((warn_unused_result)) bool batch_hash_bytes(const char *hash, char out[32]);
/* Days since 1970 of a wall time, and of an order's number (0: its day cannot be read); both within
 * what a database can hold. */
int batch_day(int64_t wall_ms);
int batch_order_day(const char *order_no);

#endif
