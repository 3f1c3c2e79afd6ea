/* Drawings: assets/drawings/NAME.svg, rasterised at build in two sizes and scaled once to the size
 * it is shown in. This machine is put together of `kiosk` or `map`, its parts and what one does
 * there (machine.h). */
#ifndef HOPKIOSK_UI_DRAWINGS_H
#define HOPKIOSK_UI_DRAWINGS_H

#include <stdint.h>

#include "ui/canvas.h"

/* clang-format off */
#define DRAWINGS(X)                                                                                \
    X(act_card) X(act_chipcard) X(act_idcard) X(act_phone) X(act_receipt) X(act_wristband)         \
    X(arrow) X(card) X(chipcard) X(idcard) X(kiosk) X(map) X(part_idpad) X(part_idpad_lit)         \
    X(part_outlet) X(part_outlet_lit) X(part_scanner) X(part_scanner_lit) X(part_slot)             \
    X(part_slot_lit) X(phone_message) X(phone_scan) X(receipt) X(wristband)
/* clang-format on */

enum drawing {
    DRAWING_NONE = 0,
#define X(name) DRAWING_##name,
    DRAWINGS(X)
#undef X
        DRAWING_COUNT
};

/* Row after row, as runs of one colour: 0xAARRGGBB, not premultiplied. Drawings are flat, so that
 * this takes a thirtieth of their pixels and is read much faster than a PNG file. */
struct drawing_raster {
    int width, height, run_count;
    const uint32_t *colours;
    const uint8_t *lengths;
};
#define X(name) extern const struct drawing_raster drawing_##name##_1, drawing_##name##_2;
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
