/* What every screen draws with: the canvas, the type, the words, the frame that remembers, and how
 * the patient wants it. */
#ifndef HOPKIOSK_UI_PAINTER_H
#define HOPKIOSK_UI_PAINTER_H

#include "ui/font.h"
#include "ui/frame.h"
#include "ui/strings.h"
#include "ui/theme.h"
#include "ui/ui.h"

struct icons;
struct drawings;
struct qr_cache;

struct painter {
    struct canvas canvas;
    struct frame *frame;
    struct fonts *fonts;
    const struct strings *strings;
    struct icons *icons;
    struct drawings *drawings;
    struct qr_cache *qr;
    float panel_px_per_mm;
    float px_per_mm;     /* of the frame that is drawn: a desk has millimetres of its own */
    struct frame *aside; /* for a picture within the picture, which nobody reads or touches */
    enum ui_spot spots[UI_PART_COUNT]; /* where this machine has its parts */
    bool speaks;                       /* aloud: it can be asked to say it again */
    int mount_mm; /* the panel's lower edge above the floor; 0: as such panels usually hang */

    /* of the frame that is drawn */
    enum view_language language;
    const rgb *palette;
    bool elder, low;
    bool wide;            /* the panel lies: what informs left, what is touched right */
    bool small;           /* ... and has no millimetre to spare */
    bool tight;           /* ... for type a step up: only what is never dropped */
    bool desk;            /* the cashier's window: smaller, and its keys are on a keyboard */
    int reach;            /* no touch target begins above this row */
    int phase;            /* of what moves: grows by one a frame of animation */
    struct touch pressed; /* what a finger is down on: drawn so */
    struct choice focus;  /* what keys have chosen: a ring is around it */
};

/* The view's language and mode, on this canvas. */
void painter_begin(struct painter *painter, const struct view *view);

static inline int mm(const struct painter *painter, float millimetres) {
    return (int)(millimetres * painter->px_per_mm + 0.5f);
}

static inline rgb colour_of(const struct painter *painter, enum colour colour) {
    return painter->palette[colour];
}

/* How many rows of it the program puts on a page. */
static inline int page_rows(const struct painter *painter, enum page_of what) {
    return rows_a_page(what, (struct page_shape){painter->wide, painter->elder, painter->low});
}

/* The least height and width of what can be touched. */
static inline int target_px(const struct painter *painter) {
    return mm(painter, painter->elder ? TARGET_ELDER_MM : TARGET_MM);
}

/* The words of a key in the view's language. */
static inline const char *say(const struct painter *painter, const char *key) {
    return strings_get(painter->strings, painter->language, key);
}

/* The key's shorter words (KEY.short) where it has such, else its words. */
const char *say_short(const struct painter *painter, const char *key);

/* The same, "" for "". */
static inline const char *say_if(const struct painter *painter, const char *key) {
    return key[0] ? say(painter, key) : "";
}

#endif
