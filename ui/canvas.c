#include "ui/canvas.h"

#include <math.h>
#include <stdint.h>
#include <string.h>
#include <wchar.h>

#define TURN 1000

static struct rect clip_rect(const struct canvas *canvas, struct rect r) {
    int x1 = r.x + r.w, y1 = r.y + r.h;
    r.x = r.x < 0 ? 0 : r.x;
    r.y = r.y < 0 ? 0 : r.y;
    r.w = (x1 > canvas->width ? canvas->width : x1) - r.x;
    r.h = (y1 > canvas->height ? canvas->height : y1) - r.y;
    return r;
}

static inline uint32_t *row_of(const struct canvas *canvas, int y) {
    return canvas->pixels + (long)y * canvas->stride;
}

/* Mixes red and blue in one multiplication, green in another; `alpha` 0..256. */
static inline uint32_t mix_colours(uint32_t below, uint32_t above, uint32_t alpha) {
    uint32_t rb = below & 0xff00ff, g = below & 0x00ff00;
    rb += (((above & 0xff00ff) - rb) * alpha) >> 8;
    g += (((above & 0x00ff00) - g) * alpha) >> 8;
    return (rb & 0xff00ff) | (g & 0x00ff00);
}

static inline void cover_pixel(uint32_t *pixel, rgb colour, int coverage) {
    if (coverage > 0)
        *pixel = coverage >= 255 ? colour : mix_colours(*pixel, colour, (uint32_t)(coverage + 1));
}

_Static_assert(sizeof(wchar_t) == sizeof(uint32_t), "a pixel is filled as a wide character");

void canvas_fill(const struct canvas *canvas, struct rect rect, rgb colour) {
    struct rect r = clip_rect(canvas, rect);
    if (r.w <= 0 || r.h <= 0)
        return;
    for (int y = r.y; y < r.y + r.h; y++) /* several times as fast as one pixel after another */
        wmemset((wchar_t *)row_of(canvas, y) + r.x, (wchar_t)colour, (size_t)r.w);
}

static void put_pixel(const struct canvas *canvas, int x, int y, rgb colour, int coverage) {
    if (x >= 0 && y >= 0 && x < canvas->width && y < canvas->height)
        cover_pixel(row_of(canvas, y) + x, colour, coverage);
}

/* Of a pixel of the upper left corner; along a row it grows. */
static int corner_coverage(int radius, int dx, int dy) {
    float fx = (float)(radius - dx) - 0.5f, fy = (float)(radius - dy) - 0.5f;
    int coverage = (int)(((float)radius + 0.5f - sqrtf(fx * fx + fy * fy)) * 255.0f);
    return coverage > 255 ? 255 : coverage;
}

void canvas_round(const struct canvas *canvas, struct rect r, int radius, rgb colour) {
    int most = (r.w < r.h ? r.w : r.h) / 2;
    if (radius > most)
        radius = most;
    canvas_fill(canvas, (struct rect){r.x, r.y + radius, r.w, r.h - 2 * radius}, colour);
    for (int dy = 0; dy < radius; dy++) {
        int top = r.y + dy, bottom = r.y + r.h - 1 - dy, dx = 0;
        for (int coverage; dx < radius && (coverage = corner_coverage(radius, dx, dy)) < 255;
             dx++) {
            int left = r.x + dx, right = r.x + r.w - 1 - dx;
            put_pixel(canvas, left, top, colour, coverage);
            put_pixel(canvas, right, top, colour, coverage);
            put_pixel(canvas, left, bottom, colour, coverage);
            put_pixel(canvas, right, bottom, colour, coverage);
        }
        canvas_fill(canvas, (struct rect){r.x + dx, top, r.w - 2 * dx, 1}, colour);
        canvas_fill(canvas, (struct rect){r.x + dx, bottom, r.w - 2 * dx, 1}, colour);
    }
}

void canvas_card(const struct canvas *canvas, struct rect rect, int radius, int border, rgb fill,
                 rgb line) {
    canvas_round(canvas, rect, radius, line);
    canvas_round(canvas, rect_inset(rect, border, border), radius - border, fill);
}

typedef uint32_t four __attribute__((vector_size(16)));

/* As cover_pixel, of four pixels. */
static void cover_four(uint32_t *pixels, rgb colour, const uint8_t *coverage) {
    four below, alpha = {coverage[0], coverage[1], coverage[2], coverage[3]};
    memcpy(&below, pixels, sizeof below);
    alpha -= (four)(alpha > 0);
    four rb = below & 0xff00ff, g = below & 0x00ff00;
    rb += (((colour & 0xff00ff) - rb) * alpha) >> 8;
    g += (((colour & 0x00ff00) - g) * alpha) >> 8;
    below = (rb & 0xff00ff) | (g & 0x00ff00);
    memcpy(pixels, &below, sizeof below);
}

void canvas_mask(const struct canvas *canvas, const struct mask *mask, int x, int y, rgb colour) {
    struct rect r = clip_rect(canvas, (struct rect){x, y, mask->width, mask->height});
    for (int row = r.y; row < r.y + r.h; row++) {
        const uint8_t *from = mask->bytes + (long)(row - y) * mask->stride;
        uint32_t *to = row_of(canvas, row);
        int column = r.x;
        for (; column + 4 <= r.x + r.w; column += 4)
            cover_four(to + column, colour, from + column - x);
        for (; column < r.x + r.w; column++)
            cover_pixel(to + column, colour, from[column - x]);
    }
}

/* The average coverage of the source area behind one pixel, in 1/256 source pixels. */
static int area_average(const struct mask *mask, int x0, int x1, int y0, int y1) {
    int64_t sum = 0, weight = 0;
    for (int y = y0 >> 8; y <= (y1 - 1) >> 8 && y < mask->height; y++) {
        int top = y << 8 > y0 ? y << 8 : y0, bottom = (y + 1) << 8 < y1 ? (y + 1) << 8 : y1;
        for (int x = x0 >> 8; x <= (x1 - 1) >> 8 && x < mask->width; x++) {
            int left = x << 8 > x0 ? x << 8 : x0, right = (x + 1) << 8 < x1 ? (x + 1) << 8 : x1;
            int64_t area = (int64_t)(right - left) * (bottom - top);
            sum += area * mask->bytes[(long)y * mask->stride + x];
            weight += area;
        }
    }
    return weight > 0 ? (int)(sum / weight) : 0;
}

void canvas_mask_scaled(const struct canvas *canvas, const struct mask *mask, struct rect rect,
                        rgb colour) {
    for (int y = 0; y < rect.h; y++) {
        int y0 = (int)((int64_t)mask->height * 256 * y / rect.h);
        int y1 = (int)((int64_t)mask->height * 256 * (y + 1) / rect.h);
        for (int x = 0; x < rect.w; x++) {
            int x0 = (int)((int64_t)mask->width * 256 * x / rect.w);
            int x1 = (int)((int64_t)mask->width * 256 * (x + 1) / rect.w);
            put_pixel(canvas, rect.x + x, rect.y + y, colour, area_average(mask, x0, x1, y0, y1));
        }
    }
}

/* Clockwise from twelve o'clock, in 1/1000 of a turn. */
static float angle_of(float x, float y) {
    float turn = atan2f(x, -y) / (2.0f * (float)M_PI);
    return (turn < 0 ? turn + 1.0f : turn) * TURN;
}

void canvas_ring(const struct canvas *canvas, struct rect box, int thickness, int from, int part,
                 rgb colour) {
    float outer = (float)box.w / 2.0f, inner = outer - (float)thickness;
    float far = outer * outer + 1, near = inner > 0 ? inner * inner - 1 : 0;
    for (int y = 0; y < box.h; y++)
        for (int x = 0; x < box.w; x++) {
            float fx = (float)x + 0.5f - outer, fy = (float)y + 0.5f - outer;
            float square = fx * fx + fy * fy;
            if (square > far || square < near)
                continue; /* most of the box is beside the ring */
            float distance = sqrtf(square);
            float out = outer - distance, in = distance - inner;
            float edge = out < in ? out : in;
            if (edge <= 0)
                continue;
            if (part < TURN) {
                float behind = angle_of(fx, fy) - (float)from;
                if ((behind < 0 ? behind + TURN : behind) > (float)part)
                    continue;
            }
            put_pixel(canvas, box.x + x, box.y + y, colour, edge >= 1 ? 255 : (int)(edge * 255.0f));
        }
}

void canvas_picture(const struct canvas *canvas, const uint32_t *pixels, struct rect rect) {
    struct rect r = clip_rect(canvas, rect);
    for (int y = r.y; y < r.y + r.h; y++) {
        const uint32_t *from = pixels + (long)(y - rect.y) * rect.w - rect.x;
        uint32_t *to = row_of(canvas, y);
        for (int x = r.x; x < r.x + r.w; x++) {
            uint32_t rest = 256 - (from[x] >> 24) - (from[x] >> 31);
            if (rest == 0)
                to[x] = from[x] & 0xffffff;
            else if (rest < 256)
                to[x] = (from[x] & 0xffffff) + ((((to[x] & 0xff00ff) * rest) >> 8 & 0xff00ff) |
                                                (((to[x] & 0x00ff00) * rest) >> 8 & 0x00ff00));
        }
    }
}

/* Two pixels at a time: every byte has 16 bits of room, and the whole canvas goes through here. */
void canvas_veil(const struct canvas *canvas, rgb colour, int alpha) {
    const uint64_t even = 0x00ff00ff00ff00ff, both = (uint64_t)colour << 32 | colour;
    uint64_t keep = (uint64_t)(256 - alpha), pair;
    uint64_t low = (both & even) * (uint64_t)alpha, high = (both >> 8 & even) * (uint64_t)alpha;
    for (int y = 0; y < canvas->height; y++) {
        uint32_t *row = row_of(canvas, y);
        for (int x = 0; x + 1 < canvas->width; x += 2) {
            memcpy(&pair, row + x, sizeof pair);
            pair = (((pair & even) * keep + low) >> 8 & even) |
                   (((pair >> 8 & even) * keep + high) & ~even);
            memcpy(row + x, &pair, sizeof pair);
        }
        if (canvas->width % 2)
            row[canvas->width - 1] = mix_colours(row[canvas->width - 1], colour, (uint32_t)alpha);
    }
}

rgb canvas_pixel(const struct canvas *canvas, int x, int y) {
    if (x < 0 || y < 0 || x >= canvas->width || y >= canvas->height)
        return 0;
    return row_of(canvas, y)[x] & 0xffffff;
}
