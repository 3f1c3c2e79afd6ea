/* What can be touched: rounded, outlined, with a lip; and nothing else is. */
#ifndef HOPKIOSK_UI_BUTTONS_H
#define HOPKIOSK_UI_BUTTONS_H

#include "ui/icons.h"
#include "ui/text.h"

enum look { LOOK_CARD = 0, LOOK_SECONDARY, LOOK_PRIMARY };

/* The surface of something to touch, which it registers. Returns where its content stands: lower
 * while a finger is down on it. */
struct rect touchable_draw(struct painter *painter, struct rect rect, enum look look,
                           struct touch touch);
/* The same while nothing presses it, and nothing is drawn. */
struct rect touchable_inside(const struct painter *painter, struct rect rect, enum look look);
/* ... of something that cannot be touched now: no outline, no lip. */
struct rect off_draw(struct painter *painter, struct rect rect);

struct button {
    struct touch touch;
    const char *label;
    enum icon icon; /* `right` stands behind the label, all others before it */
    enum look look;
    enum text_size size; /* of the label, at most */
    bool stacked;        /* the icon stands above the label */
    bool off;            /* shown, but not touchable now: the label says why */
};
void button_draw(struct painter *painter, struct rect rect, const struct button *button);
/* The width at which the label stands in its size beside its icon. */
int button_width(struct painter *painter, const struct button *button);
/* The largest size, at most `size`, at which every label fits a button of this width: one size a
 * grid. */
enum text_size buttons_size(struct painter *painter, int width, enum text_size size,
                            const char *const *labels, int count);

/* Previous page, "page 2 of 5", next page; the height is that of a target. */
void pager_draw(struct painter *painter, struct rect rect, int page, int page_count);
int pager_height(const struct painter *painter);

/* Keys side by side; `keys` row by row, each one character: a digit, a letter, '.', KEY_DELETE,
 * KEY_CLEAR; ' ' leaves a place empty. */
void keys_draw(struct painter *painter, struct rect rect, int columns, int rows, const char *keys);
/* The same as near as keys may stand. */
void letters_draw(struct painter *painter, struct rect rect, int columns, int rows,
                  const char *keys);
/* A box to tick, inside something to touch. */
void tick_box_draw(struct painter *painter, struct rect rect, bool ticked);

#endif
