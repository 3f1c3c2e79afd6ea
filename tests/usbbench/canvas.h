/* The paper as dots: what a head of so many dots has burnt, line by line. */
#ifndef USBBENCH_CANVAS_H
#define USBBENCH_CANVAS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct canvas {
    int width, height, room; /* room: rows allocated */
    uint8_t *dots;           /* 1 black */
};

void canvas_clear(struct canvas *canvas);
void canvas_free(struct canvas *canvas);
/* Moves the paper on; what is drawn goes above the new edge. */
void canvas_feed(struct canvas *canvas, int rows);
void canvas_fill(struct canvas *canvas, int x, int y, int width, int height);
/* One character into a cell of `cell_width` x 24 dots, stretched. */
void canvas_character(struct canvas *canvas, uint32_t character, int x, int y, int cell_width,
                      int stretch_x, int stretch_y, bool bold);
/* Draws and feeds; align 0 left, 1 centre, 2 right. */
void canvas_qr(struct canvas *canvas, const uint8_t *data, size_t length, int module, int level,
               int align);
void canvas_code128(struct canvas *canvas, const uint8_t *codes, size_t count, int module,
                    int height, int align);
void canvas_raster(struct canvas *canvas, const uint8_t *bits, int row_bytes, int rows, int align);
/* With a margin all around, as torn off. */
bool canvas_save(const struct canvas *canvas, const char *path);

#endif
