/* What a receipt printer says about itself (devices.md E): pure. Bytes of real-time answers (DLE
 * EOT), of automatic status (GS a) and of buffered answers (GS ( H, GS r) come mixed on one pipe
 * and are told apart by their fixed bits. */
#ifndef HOPKIOSK_DRIVERS_PRINTER_ESCPOS_STATUS_H
#define HOPKIOSK_DRIVERS_PRINTER_ESCPOS_STATUS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "drivers/driver.h"

#define ESCPOS_QUERIES 4   /* DLE EOT 1 to 4 */
#define ESCPOS_OWN_QUERY 5 /* of a presenter */
#define ESCPOS_BLOCK_MAX 7 /* 37 22, the four letters of a process id, 00 */
#define ESCPOS_OWN_ANSWER_MAX 8

/* What is wrong, as bits; 0: nothing. */
enum escpos_trouble {
    ESCPOS_OFFLINE = 1 << 0,
    ESCPOS_COVER = 1 << 1,
    ESCPOS_PAPER_LOW = 1 << 2,
    ESCPOS_PAPER_OUT = 1 << 3,
    ESCPOS_CUTTER = 1 << 4,
    ESCPOS_MECHANICAL = 1 << 5,
    ESCPOS_UNRECOVERABLE = 1 << 6,
    ESCPOS_BUSY = 1 << 7,  /* feeding by its button, waiting for recovery */
    ESCPOS_TICKET = 1 << 8 /* no trouble: a ticket waits to be taken */
};

/* What a bit says, and in which byte: query 1 to 4, byte 1 to 3 of the automatic status, or byte n
 * of a presenter's own answer at ESCPOS_OWN_QUERY + n. */
struct escpos_bit {
    int place;
    uint8_t mask;
    unsigned trouble;
};

struct presenter;
struct escpos_status {
    const struct presenter *presenter;   /* NULL: none */
    unsigned queries;                    /* that it answers: 1u << (query - 1) */
    unsigned by_query[ESCPOS_OWN_QUERY]; /* troubles each query told */
    unsigned automatic;   /* of the last automatic status, until all queries are newer */
    unsigned newer;       /* queries answered since, as bits */
    uint8_t collected[4]; /* an automatic status on its way */
    int collected_count;
    uint8_t own[ESCPOS_OWN_ANSWER_MAX]; /* a presenter's answer on its way */
    int own_count;
    uint8_t block[ESCPOS_BLOCK_MAX]; /* an answer to GS ( H or to DLE DC4 8 on its way, or whole */
    int block_count;
    bool sensor_due; /* GS r was asked: a byte that is nothing else answers it */
    uint8_t sensor;  /* what it said */
};

enum escpos_heard {
    ESCPOS_NOTHING = 0,
    ESCPOS_ANSWER,
    ESCPOS_AUTOMATIC,
    ESCPOS_PROCESS_ID, /* escpos_answered_id */
    ESCPOS_SENSOR,     /* GS r */
    ESCPOS_CLEARED     /* DLE DC4 8 */
};

/* `queries` of DLE EOT 1 to 4 are answered, a presenter's own is added. */
void escpos_status_begin(struct escpos_status *status, const struct presenter *presenter,
                         unsigned queries);
/* The query that follows in a round, the first after 0; 0: the round is over. */
int escpos_next_query(const struct escpos_status *status, int query);
/* It does not have this one: a round is complete without it. */
void escpos_drop_query(struct escpos_status *status, int query);
/* The n of DLE EOT n of a query. */
uint8_t escpos_query_byte(const struct escpos_status *status, int query);
/* One byte from the printer; `asked` is the query it may answer, 0 none. */
enum escpos_heard escpos_status_byte(struct escpos_status *status, uint8_t byte, int asked);
/* After ESCPOS_PROCESS_ID: its four letters, without an end. */
const char *escpos_answered_id(const struct escpos_status *status);
/* After ESCPOS_SENSOR. */
bool escpos_sensor_says_out(const struct escpos_status *status);
/* All that is known to be wrong now. */
unsigned escpos_troubles(const struct escpos_status *status);
/* Troubles that keep paper from coming out. */
bool escpos_cannot_print(unsigned troubles);
void escpos_words(unsigned troubles, struct driver_status *out);

#endif
