/* What is known of receipt printers, a row a model (devices.md E and I1): no standard says whether
 * a printer draws QR codes, how many columns it has, or how it is asked what is on paper. Pure. */
#ifndef HOPKIOSK_DRIVERS_PRINTER_MODELS_H
#define HOPKIOSK_DRIVERS_PRINTER_MODELS_H

#include "drivers/driver.h"
#include "drivers/printer/id.h"

/* The buffered question that ends a job: its answer comes when all before it is on paper. */
enum printer_question {
    PRINTER_ASKS_NOTHING = 0, /* nobody knows when it has printed */
    PRINTER_ASKS_PROCESS_ID,  /* GS ( H 48: the answer names the job */
    PRINTER_ASKS_PAPER_SENSOR /* GS r 1: the answer is one byte that names nothing */
};

/* What empties its buffers the moment it is received. */
enum printer_clear { PRINTER_CLEAR_NONE = 0, PRINTER_CLEAR_DLE_DC4, PRINTER_CLEAR_DLE_ENQ };

#define PRINTER_QUERY(n) (1u << ((n)-1)) /* DLE EOT n, 1 to 4 */
#define PRINTER_QUERIES_ALL 0x0fu

struct printer_model {
    const char *maker, *model; /* MFG begins so; MDL is so, or begins so where a star ends it */
    int dots, columns, speed_mm_s;
    unsigned queries; /* DLE EOT n that it answers, as PRINTER_QUERY(n) */
    bool automatic;   /* GS a */
    bool gbk_only, raster_qr, cutter;
    enum printer_question question;
    enum printer_clear clear;
    enum driver_presenter presenter; /* never BY_ID */
};

/* The first row that fits, else that of a printer nobody knows; never NULL. */
const struct printer_model *printer_model_of(const struct printer_id *id);
/* False: it is the row of a printer nobody knows. */
bool printer_model_known(const struct printer_model *model);

#endif
