/* Rectangles in pixels of the upright panel, and cutting them up. */
#ifndef HOPKIOSK_UI_GEOMETRY_H
#define HOPKIOSK_UI_GEOMETRY_H

#include <stdbool.h>

struct rect {
    int x, y, w, h;
};

static inline bool rect_holds(struct rect r, int x, int y) {
    return x >= r.x && y >= r.y && x < r.x + r.w && y < r.y + r.h;
}

static inline struct rect rect_inset(struct rect r, int x, int y) {
    return (struct rect){r.x + x, r.y + y, r.w - 2 * x, r.h - 2 * y};
}

/* Takes `size` off one side of `r` and returns what was taken; `gap` is lost between them. */
static inline struct rect rect_cut_top(struct rect *r, int size, int gap) {
    struct rect taken = {r->x, r->y, r->w, size};
    r->y += size + gap;
    r->h -= size + gap;
    return taken;
}
static inline struct rect rect_cut_bottom(struct rect *r, int size, int gap) {
    struct rect taken = {r->x, r->y + r->h - size, r->w, size};
    r->h -= size + gap;
    return taken;
}
static inline struct rect rect_cut_left(struct rect *r, int size, int gap) {
    struct rect taken = {r->x, r->y, size, r->h};
    r->x += size + gap;
    r->w -= size + gap;
    return taken;
}
static inline struct rect rect_cut_right(struct rect *r, int size, int gap) {
    struct rect taken = {r->x + r->w - size, r->y, size, r->h};
    r->w -= size + gap;
    return taken;
}

/* Cell `index` of a grid of columns x rows, row by row. */
static inline struct rect rect_cell(struct rect r, int columns, int rows, int gap, int index) {
    int column = index % columns, row = index / columns;
    int x0 = (r.w + gap) * column / columns, x1 = (r.w + gap) * (column + 1) / columns - gap;
    int y0 = (r.h + gap) * row / rows, y1 = (r.h + gap) * (row + 1) / rows - gap;
    return (struct rect){r.x + x0, r.y + y0, x1 - x0, y1 - y0};
}

/* A w x h box in the middle of `r`. */
static inline struct rect rect_centre(struct rect r, int w, int h) {
    return (struct rect){r.x + (r.w - w) / 2, r.y + (r.h - h) / 2, w, h};
}

/* Room for `rows` of at most `most` each, in the middle of what would be left over. */
static inline struct rect rect_rows(struct rect r, int rows, int most, int gap) {
    int height = rows * (most + gap) - gap;
    return height < r.h ? rect_centre(r, r.w, height) : r;
}

#endif
