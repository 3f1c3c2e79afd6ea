/* What is known of a receipt printer: by its own id (drivers/printer/models.c), by the
 * configuration, which knows better, and by asking it. */
#ifndef HOPKIOSK_DRIVERS_PRINTER_KNOWN_H
#define HOPKIOSK_DRIVERS_PRINTER_KNOWN_H

#include <stdbool.h>
#include <stdint.h>

enum driver_choice { DRIVER_BY_MODEL = 0, DRIVER_YES, DRIVER_NO };
/* The buffered question that ends a receipt: its answer comes when all before it is on paper. */
enum driver_question {
    DRIVER_ASKS_BY_MODEL = 0,
    DRIVER_ASKS_PROCESS_ID,   /* GS ( H 48: the answer names the job */
    DRIVER_ASKS_PAPER_SENSOR, /* GS r 1: the answer is one byte that names nothing */
    DRIVER_ASKS_NOTHING       /* nobody knows when it has printed */
};
/* What empties its buffers the moment it is received. */
enum driver_clear {
    DRIVER_CLEAR_BY_MODEL = 0,
    DRIVER_CLEAR_DLE_DC4,
    DRIVER_CLEAR_DLE_ENQ,
    DRIVER_CLEAR_NONE
};
#define DRIVER_QUERY(n) (1u << ((n)-1)) /* DLE EOT n, 1 to 4 */
#define DRIVER_QUERIES_ALL 0x0fu
#define DRIVER_QUERIES_GIVEN 0x80u
/* The kind of presenter that holds a printed ticket until it is taken. */
enum driver_presenter {
    DRIVER_PRESENTER_BY_ID = 0, /* found by the printer's own id */
    DRIVER_PRESENTER_NONE,
    DRIVER_PRESENTER_CUSTOM_KPM,
    DRIVER_PRESENTER_CITIZEN_PPU
};

/* Of a configuration: 0 everywhere is as the driver knows it. */
struct driver_printer {
    int columns, speed_mm_s;
    unsigned queries; /* that it answers, and DRIVER_QUERIES_GIVEN */
    enum driver_choice automatic_status, raster_qr, cutter;
    enum driver_question question;
    enum driver_clear clear;
};

/* What a printer answers when it is asked everything there is: bits. The first four are
 * DRIVER_QUERY(1) to (4). */
enum driver_probed {
    DRIVER_PROBED_AUTOMATIC = 1 << 4,
    DRIVER_PROBED_PROCESS_ID = 1 << 5,
    DRIVER_PROBED_PAPER_SENSOR = 1 << 6,
    DRIVER_PROBED_CLEAR = 1 << 7 /* DLE DC4 8 */
};
struct driver_probe {
    uint32_t id;
    bool found;                              /* a printer was there to be asked */
    char maker[40], model[40], commands[80]; /* of its IEEE 1284 id */
    bool known;                              /* the table has a row for it */
    int dots;
    struct driver_printer used; /* what receipts are printed by; nothing in it is "by model" */
    unsigned answered;          /* enum driver_probed */
};

#endif
