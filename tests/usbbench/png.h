/* A black and white picture as a PNG file, without a library: stored, not compressed. */
#ifndef USBBENCH_PNG_H
#define USBBENCH_PNG_H

#include <stdbool.h>
#include <stdint.h>

/* `dots`: width x height bytes, 1 is black. */
bool png_write(const char *path, const uint8_t *dots, int width, int height);

#endif
