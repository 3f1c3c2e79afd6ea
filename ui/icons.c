#include "ui/icons.h"

#include <stdlib.h>
#include <string.h>

#define CACHE_MAX 96

struct scaled {
    enum icon icon;
    int size;
    uint8_t *bytes;
};

struct icons {
    int count;
    struct scaled scaled[CACHE_MAX];
};

static const uint8_t *const masks[ICON_COUNT] = {
#define X(name) [ICON_##name] = icon_##name,
    ICONS(X)
#undef X
};

struct icons *icons_create(void) {
    return calloc(1, sizeof(struct icons));
}

static void forget_icon(struct icons *icons) {
    for (int i = 0; i < icons->count; i++)
        free(icons->scaled[i].bytes);
    icons->count = 0;
}

void icons_destroy(struct icons *icons) {
    if (icons)
        forget_icon(icons);
    free(icons);
}

/* Draws the mask in white on black and keeps one byte a pixel. */
static uint8_t *scale_mask(enum icon icon, int size) {
    size_t pixels = (size_t)size * (size_t)size;
    uint32_t *picture = calloc(pixels, sizeof *picture);
    uint8_t *bytes = malloc(pixels);
    if (picture && bytes) {
        struct canvas canvas = {picture, size, size, size};
        struct mask mask = {masks[icon], ICON_MASK_SIZE, ICON_MASK_SIZE, ICON_MASK_SIZE};
        canvas_mask_scaled(&canvas, &mask, (struct rect){0, 0, size, size}, 0xffffff);
        for (size_t i = 0; i < pixels; i++)
            bytes[i] = (uint8_t)picture[i];
    } else {
        free(bytes);
        bytes = NULL;
    }
    free(picture);
    return bytes;
}

static const uint8_t *scaled_mask(struct icons *icons, enum icon icon, int size) {
    for (int i = 0; i < icons->count; i++)
        if (icons->scaled[i].icon == icon && icons->scaled[i].size == size)
            return icons->scaled[i].bytes;
    if (icons->count == CACHE_MAX)
        forget_icon(icons);
    uint8_t *bytes = scale_mask(icon, size);
    if (bytes)
        icons->scaled[icons->count++] = (struct scaled){icon, size, bytes};
    return bytes;
}

void icons_draw(struct icons *icons, const struct canvas *canvas, enum icon icon, struct rect rect,
                rgb colour) {
    int size = rect.w < rect.h ? rect.w : rect.h;
    const uint8_t *bytes = icon != ICON_NONE && size > 0 ? scaled_mask(icons, icon, size) : NULL;
    if (!bytes)
        return;
    struct rect place = rect_centre(rect, size, size);
    struct mask mask = {bytes, size, size, size};
    canvas_mask(canvas, &mask, place.x, place.y, colour);
}
