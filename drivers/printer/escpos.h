/* A document as ESC/POS bytes (devices.md E): pure. */
#ifndef HOPKIOSK_DRIVERS_PRINTER_ESCPOS_H
#define HOPKIOSK_DRIVERS_PRINTER_ESCPOS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "drivers/print_doc.h"

/* What the bytes are for. */
struct escpos_head {
    int dots;       /* 384, 512, 576 ... */
    bool gbk_only;  /* it prints nothing that GBK lacks */
    bool raster_qr; /* it has no QR command */
};

/* *out is malloc'ed, the caller frees; 0 and NULL when out of memory. */
size_t escpos_render(const struct print_doc *doc, const struct escpos_head *head, uint8_t **out);

#endif
