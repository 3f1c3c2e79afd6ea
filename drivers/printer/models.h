/* What is known of receipt printers, a row a model (devices.md E and I1): no standard says whether
 * a printer draws QR codes, how many columns it has, or how it is asked what is on paper. Pure. */
#ifndef HOPKIOSK_DRIVERS_PRINTER_MODELS_H
#define HOPKIOSK_DRIVERS_PRINTER_MODELS_H

#include "drivers/driver.h"
#include "drivers/printer/id.h"

struct printer_model {
    const char *maker, *model; /* MFG begins so; MDL is so, or begins so where a star ends it */
    int dots, columns, speed_mm_s;
    unsigned queries; /* DLE EOT n that it answers, as DRIVER_QUERY(n) */
    bool automatic;   /* GS a */
    bool gbk_only, raster_qr, cutter;
    enum driver_question question;
    enum driver_clear clear;
    enum driver_presenter presenter;
};

/* No member of a row is "by model" or "by id". The first row that fits, else that of a printer
 * nobody knows; never NULL. */
const struct printer_model *printer_model_of(const struct printer_id *id);
/* The row as the configuration would have it. */
struct printer_model printer_model_with(const struct printer_model *row,
                                        const struct driver_binding *binding);
/* False: it is the row of a printer nobody knows. */
bool printer_model_known(const struct printer_model *model);

#endif
