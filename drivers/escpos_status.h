/* What a receipt printer says about itself (devices.md E): pure. Bytes of real-time answers (DLE
 * EOT) and of automatic status (GS a) come mixed on one pipe and are told apart by their fixed
 * bits. */
#ifndef HOPKIOSK_ESCPOS_STATUS_H
#define HOPKIOSK_ESCPOS_STATUS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "drivers/driver.h"

#define ESCPOS_QUERIES 4

/* What is wrong, as bits; 0: nothing. */
enum escpos_trouble {
    ESCPOS_OFFLINE = 1 << 0,
    ESCPOS_COVER = 1 << 1,
    ESCPOS_PAPER_LOW = 1 << 2,
    ESCPOS_PAPER_OUT = 1 << 3,
    ESCPOS_CUTTER = 1 << 4,
    ESCPOS_MECHANICAL = 1 << 5,
    ESCPOS_UNRECOVERABLE = 1 << 6,
    ESCPOS_BUSY = 1 << 7 /* feeding by its button, waiting for recovery */
};

struct escpos_status {
    unsigned by_query[ESCPOS_QUERIES]; /* troubles each of DLE EOT 1 to 4 told */
    unsigned automatic;   /* of the last automatic status, until all queries are newer */
    unsigned newer;       /* queries answered since, as bits */
    uint8_t collected[4]; /* an automatic status on its way */
    int collected_count;
};

enum escpos_heard { ESCPOS_NOTHING = 0, ESCPOS_ANSWER, ESCPOS_AUTOMATIC };

/* One byte from the printer; `asked` (1 to 4) is the query it may answer, 0 none. */
enum escpos_heard escpos_status_byte(struct escpos_status *status, uint8_t byte, int asked);
/* All that is known to be wrong now. */
unsigned escpos_troubles(const struct escpos_status *status);
/* Troubles that keep paper from coming out. */
bool escpos_cannot_print(unsigned troubles);
void escpos_words(unsigned troubles, struct driver_status *out);

#endif
