#include "tests/ui/sheet.h"

#include <png.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define GAP_PX 12
#define GROUND 0x80

struct small {
    int width, height;
    uint8_t *rgb;
};

/* The average of divisor x divisor pixels for each. */
static void shrink(const uint8_t *from, int from_width, int divisor, struct small *small) {
    for (int y = 0; y < small->height; y++)
        for (int x = 0; x < small->width; x++)
            for (int part = 0; part < 3; part++) {
                int sum = 0;
                for (int i = 0; i < divisor * divisor; i++)
                    sum += from[3 * ((y * divisor + i / divisor) * from_width + x * divisor +
                                     i % divisor) +
                                part];
                small->rgb[3 * (y * small->width + x) + part] =
                    (uint8_t)(sum / (divisor * divisor));
            }
}

static struct small read_small(const char *path, int divisor) {
    png_image image = {.version = PNG_IMAGE_VERSION};
    struct small small = {0, 0, NULL};
    if (!png_image_begin_read_from_file(&image, path))
        return small;
    image.format = PNG_FORMAT_RGB;
    uint8_t *pixels = malloc(PNG_IMAGE_SIZE(image));
    if (pixels && png_image_finish_read(&image, NULL, pixels, 0, NULL)) {
        small = (struct small){(int)image.width / divisor, (int)image.height / divisor, NULL};
        small.rgb = malloc((size_t)small.width * (size_t)small.height * 3);
        if (small.rgb)
            shrink(pixels, (int)image.width, divisor, &small);
    }
    free(pixels);
    return small;
}

static int largest(const struct small *smalls, int first, int step, int count, bool width) {
    int most = 0;
    for (int i = 0; i < count; i++) {
        const struct small *small = &smalls[first + i * step];
        int side = !small->rgb ? 0 : width ? small->width : small->height;
        most = side > most ? side : most;
    }
    return most > 0 ? most + GAP_PX : 0;
}

static void copy_small(const struct small *small, uint8_t *to, int width, int x, int y) {
    for (int row = 0; small->rgb && row < small->height; row++)
        memcpy(to + 3 * ((y + row) * width + x), small->rgb + 3 * row * small->width,
               (size_t)small->width * 3);
}

static bool write_sheet(const char *out, const struct small *smalls, int columns, int rows) {
    int width = GAP_PX, height = GAP_PX;
    for (int i = 0; i < columns; i++)
        width += largest(smalls, i, columns, rows, true);
    for (int i = 0; i < rows; i++)
        height += largest(smalls, i * columns, 1, columns, false);
    size_t size = (size_t)width * (size_t)height * 3;
    uint8_t *pixels = malloc(size);
    if (!pixels)
        return false;
    memset(pixels, GROUND, size);
    for (int row = 0, y = GAP_PX; row < rows; row++) {
        for (int column = 0, x = GAP_PX; column < columns; column++) {
            copy_small(&smalls[row * columns + column], pixels, width, x, y);
            x += largest(smalls, column, columns, rows, true);
        }
        y += largest(smalls, row * columns, 1, columns, false);
    }
    png_image image = {.version = PNG_IMAGE_VERSION,
                       .width = (png_uint_32)width,
                       .height = (png_uint_32)height,
                       .format = PNG_FORMAT_RGB,
                       .flags = PNG_IMAGE_FLAG_FAST};
    bool written = png_image_write_to_file(&image, out, 0, pixels, 0, NULL) != 0;
    free(pixels);
    return written;
}

bool sheet_write(const char *out, const char *const *paths, int columns, int rows, int divisor) {
    int count = columns * rows, read = 0;
    struct small *smalls = calloc((size_t)count, sizeof *smalls);
    if (!smalls)
        return false;
    for (int i = 0; i < count; i++) {
        smalls[i] = read_small(paths[i], divisor);
        read += smalls[i].rgb != NULL;
    }
    bool written = read > 0 && write_sheet(out, smalls, columns, rows);
    for (int i = 0; i < count; i++)
        free(smalls[i].rgb);
    free(smalls);
    return written;
}
