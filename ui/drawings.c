#include "ui/drawings.h"

#include <png.h>
#include <stdlib.h>
#include <string.h>

#define CACHE_MAX 40
#define RASTERS 2

/* Premultiplied, 0xAARRGGBB. */
struct picture {
    enum drawing drawing;
    int width, height;
    uint32_t *pixels;
};

struct drawings {
    int count;
    struct picture pictures[CACHE_MAX];
};

static const struct drawing_bytes *const rasters[DRAWING_COUNT][RASTERS] = {
#define X(name) [DRAWING_##name] = {&drawing_##name##_1, &drawing_##name##_2},
    DRAWINGS(X)
#undef X
};

struct drawings *drawings_create(void) {
    return calloc(1, sizeof(struct drawings));
}

static void forget_pictures(struct drawings *drawings) {
    for (int i = 0; i < drawings->count; i++)
        free(drawings->pictures[i].pixels);
    drawings->count = 0;
}

void drawings_destroy(struct drawings *drawings) {
    if (drawings)
        forget_pictures(drawings);
    free(drawings);
}

static bool open_raster(enum drawing drawing, int raster, png_image *image) {
    const struct drawing_bytes *bytes = rasters[drawing][raster];
    *image = (png_image){.version = PNG_IMAGE_VERSION};
    return png_image_begin_read_from_memory(image, bytes->bytes, bytes->length) != 0;
}

/* The average of the raster's pixels behind one of the picture's, premultiplied. */
static uint32_t average(const uint8_t *rgba, int stride, int x0, int x1, int y0, int y1) {
    uint32_t sum[4] = {0}, pixels = 0;
    for (int y = y0; y < y1; y++)
        for (int x = x0; x < x1; x++, pixels++) {
            const uint8_t *from = rgba + (size_t)y * (size_t)stride + 4 * (size_t)x;
            for (int i = 0; i < 3; i++)
                sum[i] += (uint32_t)from[i] * from[3];
            sum[3] += from[3];
        }
    uint32_t out = sum[3] / pixels << 24;
    for (int i = 0; i < 3; i++)
        out |= sum[i] / (pixels * 255) << (16 - 8 * i);
    return out;
}

static void scale_raster(const uint8_t *rgba, const png_image *image, struct picture *picture) {
    int from_w = (int)image->width, from_h = (int)image->height;
    for (int y = 0; y < picture->height; y++)
        for (int x = 0; x < picture->width; x++) {
            int x0 = from_w * x / picture->width, x1 = from_w * (x + 1) / picture->width;
            int y0 = from_h * y / picture->height, y1 = from_h * (y + 1) / picture->height;
            picture->pixels[(size_t)y * (size_t)picture->width + (size_t)x] =
                average(rgba, 4 * from_w, x0, x1 > x0 ? x1 : x0 + 1, y0, y1 > y0 ? y1 : y0 + 1);
        }
}

/* The smallest raster that is not blown up, else the largest. */
static bool choose_raster(enum drawing drawing, int width, png_image *image) {
    for (int i = 0; i < RASTERS; i++) {
        if (!open_raster(drawing, i, image))
            return false;
        if ((int)image->width >= width || i == RASTERS - 1)
            return true;
        png_image_free(image);
    }
    return false;
}

static bool load_picture(struct picture *picture) {
    png_image image;
    if (!choose_raster(picture->drawing, picture->width, &image))
        return false;
    image.format = PNG_FORMAT_RGBA;
    uint8_t *rgba = malloc(PNG_IMAGE_SIZE(image));
    picture->pixels =
        malloc((size_t)picture->width * (size_t)picture->height * sizeof *picture->pixels);
    bool read = rgba && picture->pixels && png_image_finish_read(&image, NULL, rgba, 0, NULL);
    if (read)
        scale_raster(rgba, &image, picture);
    png_image_free(&image);
    free(rgba);
    if (!read)
        free(picture->pixels);
    return read;
}

static const struct picture *picture_of(struct drawings *drawings, enum drawing drawing, int width,
                                        int height) {
    for (int i = 0; i < drawings->count; i++)
        if (drawings->pictures[i].drawing == drawing && drawings->pictures[i].width == width)
            return &drawings->pictures[i];
    if (drawings->count == CACHE_MAX)
        forget_pictures(drawings);
    struct picture *picture = &drawings->pictures[drawings->count];
    *picture = (struct picture){drawing, width, height, NULL};
    if (!load_picture(picture))
        return NULL;
    drawings->count++;
    return picture;
}

struct rect drawings_draw(struct drawings *drawings, const struct canvas *canvas,
                          enum drawing drawing, struct rect rect) {
    png_image image;
    if (drawing == DRAWING_NONE || rect.w <= 0 || rect.h <= 0 || !open_raster(drawing, 0, &image))
        return rect_centre(rect, 0, 0);
    int width = rect.w, height = (int)((int64_t)rect.w * image.height / image.width);
    if (height > rect.h) {
        height = rect.h;
        width = (int)((int64_t)rect.h * image.width / image.height);
    }
    png_image_free(&image);
    struct rect place = rect_centre(rect, width, height);
    const struct picture *picture =
        width > 0 && height > 0 ? picture_of(drawings, drawing, width, height) : NULL;
    if (picture)
        canvas_picture(canvas, picture->pixels, place);
    return place;
}
