/* Drawings: assets/drawings/NAME.svg, rasterised at build in two sizes and scaled once to the size
 * it is shown in. A machine that looks different replaces kiosk-*.svg and map-*.svg. */
#ifndef HOPKIOSK_UI_DRAWINGS_H
#define HOPKIOSK_UI_DRAWINGS_H

#include <stddef.h>
#include <stdint.h>

#include "ui/canvas.h"

/* clang-format off */
#define DRAWINGS(X)                                                                                \
    X(arrow) X(card) X(chipcard) X(idcard) X(kiosk) X(kiosk_insert_card) X(kiosk_lay_idcard)       \
    X(kiosk_scan_card) X(kiosk_scan_phone) X(kiosk_scan_wristband) X(kiosk_take_receipt)           \
    X(map_idpad) X(map_printer) X(map_scanner) X(map_slot) X(phone_scan) X(receipt) X(wristband)
/* clang-format on */

enum drawing {
    DRAWING_NONE = 0,
#define X(name) DRAWING_##name,
    DRAWINGS(X)
#undef X
        DRAWING_COUNT
};

/* A PNG file. */
struct drawing_bytes {
    const uint8_t *bytes;
    size_t length;
};
#define X(name) extern const struct drawing_bytes drawing_##name##_1, drawing_##name##_2;
DRAWINGS(X)
#undef X

/* Scaled pictures, kept from frame to frame. */
struct drawings;
struct drawings *drawings_create(void);
void drawings_destroy(struct drawings *drawings);
/* As large as `rect` allows, in its middle; where it stands. */
struct rect drawings_draw(struct drawings *drawings, const struct canvas *canvas,
                          enum drawing drawing, struct rect rect);

#endif
