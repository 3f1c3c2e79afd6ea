#include "ui/drawings.h"

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

static const struct drawing_raster *const rasters[DRAWING_COUNT][RASTERS] = {
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

static void expand_raster(const struct drawing_raster *raster, uint32_t *pixels) {
    for (int i = 0; i < raster->run_count; i++)
        for (int left = raster->lengths[i]; left > 0; left--)
            *pixels++ = raster->colours[i];
}

static uint32_t premultiply(uint32_t argb) {
    uint32_t alpha = argb >> 24, out = alpha << 24;
    if (alpha == 255 || alpha == 0)
        return alpha ? argb : 0;
    for (int shift = 0; shift < 24; shift += 8)
        out |= (argb >> shift & 255) * alpha / 255 << shift;
    return out;
}

/* Pixels of a raster behind one of the picture's. */
struct box {
    const uint32_t *from;
    int stride, width, height;
};

static bool is_flat(const struct box *box) {
    for (int y = 0; y < box->height; y++)
        for (int x = 0; x < box->width; x++)
            if (box->from[y * box->stride + x] != box->from[0])
                return false;
    return true;
}

/* Their average, premultiplied. */
static uint32_t average(const struct box *box) {
    if (is_flat(box))
        return premultiply(box->from[0]);
    uint32_t sum[4] = {0}, pixels = (uint32_t)(box->width * box->height);
    for (int y = 0; y < box->height; y++)
        for (int x = 0; x < box->width; x++) {
            uint32_t argb = box->from[y * box->stride + x], alpha = argb >> 24;
            for (int i = 0; i < 3; i++)
                sum[i] += (argb >> 8 * i & 255) * alpha;
            sum[3] += alpha;
        }
    uint32_t out = sum[3] / pixels << 24;
    for (int i = 0; i < 3; i++)
        out |= sum[i] / (pixels * 255) << 8 * i;
    return out;
}

static void scale_raster(const uint32_t *pixels, const struct drawing_raster *raster,
                         struct picture *picture) {
    uint32_t *to = picture->pixels;
    for (int y = 0; y < picture->height; y++) {
        int y0 = raster->height * y / picture->height;
        int y1 = raster->height * (y + 1) / picture->height;
        for (int x = 0, x0 = 0, x1; x < picture->width; x++, x0 = x1) {
            x1 = raster->width * (x + 1) / picture->width;
            struct box box = {pixels + (long)y0 * raster->width + x0, raster->width,
                              x1 > x0 ? x1 - x0 : 1, y1 > y0 ? y1 - y0 : 1};
            *to++ = average(&box);
        }
    }
}

/* The smallest raster that is not blown up, else the largest. */
static const struct drawing_raster *choose_raster(enum drawing drawing, int width) {
    int i = 0;
    while (i < RASTERS - 1 && rasters[drawing][i]->width < width)
        i++;
    return rasters[drawing][i];
}

static bool load_picture(struct picture *picture) {
    const struct drawing_raster *raster = choose_raster(picture->drawing, picture->width);
    uint32_t *pixels = malloc((size_t)raster->width * (size_t)raster->height * sizeof *pixels);
    picture->pixels =
        malloc((size_t)picture->width * (size_t)picture->height * sizeof *picture->pixels);
    bool loaded = pixels && picture->pixels;
    if (loaded) {
        expand_raster(raster, pixels);
        scale_raster(pixels, raster, picture);
    } else {
        free(picture->pixels);
    }
    free(pixels);
    return loaded;
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
    if (drawing == DRAWING_NONE || rect.w <= 0 || rect.h <= 0)
        return rect_centre(rect, 0, 0);
    const struct drawing_raster *shape = rasters[drawing][0];
    int width = rect.w, height = (int)((int64_t)rect.w * shape->height / shape->width);
    if (height > rect.h) {
        height = rect.h;
        width = (int)((int64_t)rect.h * shape->width / shape->height);
    }
    struct rect place = rect_centre(rect, width, height);
    const struct picture *picture =
        width > 0 && height > 0 ? picture_of(drawings, drawing, width, height) : NULL;
    if (picture)
        canvas_picture(canvas, picture->pixels, place);
    return place;
}
