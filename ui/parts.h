/* What is read, not touched: flat, square or full-bleed. Words already in the view's language. */
#ifndef HOPKIOSK_UI_PARTS_H
#define HOPKIOSK_UI_PARTS_H

#include "ui/drawings.h"
#include "ui/icons.h"
#include "ui/machine.h"
#include "ui/text.h"
#include "ui/view.h"

extern const struct text_style style_small, style_body, style_label, style_head, style_title,
    style_amount;

static inline struct text_style styled(struct text_style style, enum align align, enum colour ink) {
    style.align = align;
    style.ink = ink;
    return style;
}
static inline struct text_style one_line(struct text_style style) {
    style.lines_max = 1;
    style.middle = true;
    return style;
}

void icon_draw(struct painter *painter, struct rect rect, enum icon icon, enum colour ink);
/* An icon on a filled disc. */
void badge_draw(struct painter *painter, struct rect rect, enum icon icon, enum colour ink,
                enum colour fill);
struct rect drawing_draw(struct painter *painter, struct rect rect, enum drawing drawing);
/* A full-bleed band: of high contrast black between two lines. */
void band_draw(struct painter *painter, struct rect rect, enum colour tint);
/* A hairline under what was drawn last, and the gap below it, off the top of `area`. */
void flow_hairline(struct painter *painter, struct rect *area, int gap);
void hairline_draw(struct painter *painter, int x, int y, int width);

/* Draws at the top of `area` and takes what was used, and `gap`, away from it. */
void flow_text(struct painter *painter, struct rect *area, const struct text_style *style, int gap,
               const char *text);
/* Above a group of rows or keys. */
void flow_small_head(struct painter *painter, struct rect *area, enum colour ink,
                     const char *words);
/* "label        value", below each other where one is too narrow; nothing for an empty value. */
void flow_pair(struct painter *painter, struct rect *area, const struct text_style *label,
               const char *label_text, const struct text_style *value, const char *value_text);
int pair_height(struct painter *painter, int width, const struct text_style *label,
                const char *label_text, const struct text_style *value, const char *value_text);
/* An icon and words to its right, in the middle of its height. */
int icon_text_height(struct painter *painter, int width, const struct text_style *style,
                     const char *text);
void flow_icon_text(struct painter *painter, struct rect *area, enum icon icon, enum colour ink,
                    const struct text_style *style, int gap, const char *text);

/* The amount on one line, in the style's size where it fits. */
void amount_draw(struct painter *painter, struct rect rect, const struct text_style *style,
                 int64_t fen);
void flow_amount(struct painter *painter, struct rect *area, enum text_size size, int gap,
                 int64_t fen);
/* What is left of `whole_s`, as a ring with the time in it. */
void countdown_draw(struct painter *painter, struct rect rect, int left_s, int whole_s);
/* Something goes on: a ring that turns. */
void spinner_draw(struct painter *painter, struct rect rect);

/* White with a line around it, for what a lens reads. */
void field_draw(struct painter *painter, struct rect rect);

/* "2611 2807 0028 0001 0000": as people read it aloud. Returns `out`. */
#define GROUPED_SIZE 48
const char *grouped_no(const char *no, char out[GROUPED_SIZE]);
/* How many bytes the first sentence has. */
int first_sentence(const char *text);

enum icon icon_of_service(int service);
enum icon icon_of_channel(int channel);

#endif
