/* The pieces every screen is made of. Sizes in millimetres; words already in the view's language.
 */
#ifndef HOPKIOSK_UI_WIDGETS_H
#define HOPKIOSK_UI_WIDGETS_H

#include "ui/icons.h"
#include "ui/text.h"
#include "ui/theme.h"
#include "ui/view.h"

extern const struct text_style style_small, style_body, style_label, style_head, style_title,
    style_amount;

static inline struct text_style styled(struct text_style style, enum align align, rgb ink) {
    style.align = align;
    style.ink = ink;
    return style;
}
static inline struct text_style one_line(struct text_style style) {
    style.lines_max = 1;
    style.middle = true;
    return style;
}

enum button_look { LOOK_PLAIN = 0, LOOK_PRIMARY, LOOK_SOFT };
struct button {
    struct touch touch;
    const char *label;
    enum icon icon;
    enum button_look look;
    bool off; /* shown, but not touchable now */
};
void button_draw(struct painter *painter, struct rect rect, const struct button *button);

void card_draw(struct painter *painter, struct rect rect);
/* A card to touch: registers the touch when it is not off. */
void card_touch(struct painter *painter, struct rect rect, struct touch touch, bool off);
/* An icon on a round tint. */
void badge_draw(struct painter *painter, struct rect rect, enum icon icon, rgb ink, rgb tint);
void icon_draw(struct painter *painter, struct rect rect, enum icon icon, rgb ink);

/* Draws at the top of `area` and takes what was used, and `gap`, away from it. */
void flow_text(struct painter *painter, struct rect *area, const struct text_style *style, int gap,
               const char *text);
/* "label        value", on two lines where one is too narrow; nothing for an empty value or where
 * the height does not do. */
void flow_pair(struct painter *painter, struct rect *area, float em_mm, const char *label,
               const char *value);
int pair_height(struct painter *painter, int width, float em_mm, const char *label,
                const char *value);
int banner_height(struct painter *painter, int width, const char *text);
/* An icon and a sentence on a tint. Returns the height used; 0 when there was nothing to say. */
int banner_draw(struct painter *painter, struct rect area, enum icon icon, rgb ink, rgb tint,
                const char *text);

void amount_draw(struct painter *painter, struct rect rect, const struct text_style *style,
                 int64_t fen);
/* What is left of `whole_s`, as a ring with the time in it. */
void countdown_draw(struct painter *painter, struct rect rect, int left_s, int whole_s);
/* Something goes on: a ring that turns. */
void spinner_draw(struct painter *painter, struct rect rect);
/* Name, numbers and place of the patient, as far as the height goes. */
void account_draw(struct painter *painter, struct rect rect, const struct view_account *account);
/* A code to be read by a phone, on its own white; at least 80 mm where the panel has them. */
void code_draw(struct painter *painter, struct rect rect, const char *text);
/* Previous page, "2 / 5", next page. */
void pager_draw(struct painter *painter, struct rect rect, int page, int page_count);

/* Keys side by side; `keys` row by row, each one character: a digit, a letter, '.', KEY_DELETE,
 * KEY_CLEAR; ' ' widens the key behind it. */
void keys_draw(struct painter *painter, struct rect rect, int columns, int rows, const char *keys);

enum icon icon_of_service(int service);
enum icon icon_of_channel(int channel);

#endif
