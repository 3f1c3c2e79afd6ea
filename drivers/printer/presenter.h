/* Printers that hold a ticket until it is taken (devices.md E): no standard tells of it, so each
 * maker's way is a row of a table. Pure. */
#ifndef HOPKIOSK_DRIVERS_PRINTER_PRESENTER_H
#define HOPKIOSK_DRIVERS_PRINTER_PRESENTER_H

#include "drivers/printer/escpos_status.h"

struct presenter {
    uint8_t query;      /* DLE EOT with this number is its own question; 0: it has none */
    uint8_t answer[2];  /* how that answer begins */
    int answer_length;  /* with its beginning */
    bool own_paper_end; /* its bits of DLE EOT 4 stand in the table, the standard's do not hold */
    const struct escpos_bit *bits;
    int bit_count;
};

/* Never NULL: of NONE it is a row that says nothing. Which kind a model has: models.h. */
const struct presenter *presenter_of(enum driver_presenter kind);

#endif
