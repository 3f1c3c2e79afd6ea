/* What every screen draws with: the canvas, the type, the words, the frame that remembers. */
#ifndef HOPKIOSK_UI_PAINTER_H
#define HOPKIOSK_UI_PAINTER_H

#include "ui/font.h"
#include "ui/frame.h"
#include "ui/strings.h"

struct icons;
struct qr_cache;

struct painter {
    struct canvas canvas;
    struct frame *frame;
    struct fonts *fonts;
    const struct strings *strings;
    struct icons *icons;
    struct qr_cache *qr;
    enum view_language language;
    float px_per_mm;
    int phase;            /* of what moves: grows by one a frame of animation */
    struct touch pressed; /* what a finger is down on: drawn so */
};

static inline int mm(const struct painter *painter, float millimetres) {
    return (int)(millimetres * painter->px_per_mm + 0.5f);
}

/* The words of a key in the view's language. */
static inline const char *say(const struct painter *painter, const char *key) {
    return strings_get(painter->strings, painter->language, key);
}

#endif
