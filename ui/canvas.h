/* Drawing into 32-bit pixels (0xRRGGBB), antialiased where edges are round. Everything is clipped
 * to the canvas. */
#ifndef HOPKIOSK_UI_CANVAS_H
#define HOPKIOSK_UI_CANVAS_H

#include <stdint.h>

#include "ui/geometry.h"

typedef uint32_t rgb;

struct canvas {
    uint32_t *pixels;
    int width, height;
    int stride; /* pixels a row */
};

/* Coverage, 0..255 a pixel. */
struct mask {
    const uint8_t *bytes;
    int width, height, stride;
};

void canvas_fill(const struct canvas *canvas, struct rect rect, rgb colour);
void canvas_round(const struct canvas *canvas, struct rect rect, int radius, rgb colour);
/* A rounded card with a border of `border` pixels. */
void canvas_card(const struct canvas *canvas, struct rect rect, int radius, int border, rgb fill,
                 rgb line);
void canvas_mask(const struct canvas *canvas, const struct mask *mask, int x, int y, rgb colour);
/* The mask scaled into `rect` (area average down, bilinear up). */
void canvas_mask_scaled(const struct canvas *canvas, const struct mask *mask, struct rect rect,
                        rgb colour);
/* A ring inside the square `box`, clockwise from `from` for `part` (both in 1/1000 of a turn,
 * 0 is twelve o'clock). */
void canvas_ring(const struct canvas *canvas, struct rect box, int thickness, int from, int part,
                 rgb colour);
/* Premultiplied pixels 0xAARRGGBB, a row after the other, as large as `rect`. */
void canvas_picture(const struct canvas *canvas, const uint32_t *pixels, struct rect rect);
/* Everything mixed towards `colour`; `alpha` 0..255. */
void canvas_veil(const struct canvas *canvas, rgb colour, int alpha);
rgb canvas_pixel(const struct canvas *canvas, int x, int y);

#endif
