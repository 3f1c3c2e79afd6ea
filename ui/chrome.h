/* What is the same on every screen: header, steps, title, notice, the lower bar, the idle warning.
 * Tall panels stack; wide panels put what informs left and what is touched right. */
#ifndef HOPKIOSK_UI_CHROME_H
#define HOPKIOSK_UI_CHROME_H

#include "ui/widgets.h"

struct places {
    bool wide;
    struct rect info;     /* what informs: nothing to touch here may begin above `reach` */
    struct rect controls; /* what is touched: wholly in the lower two thirds */
    struct rect whole;    /* from the title down to the lower bar */
    struct rect primary;  /* the one primary action */
    int reach;            /* the first row that hands are asked to reach */
};

/* Draws it all; `title` in words, "" none. */
struct places chrome_draw(struct painter *painter, const struct view *view, const char *title);
/* Over the drawn screen: everything else stops being touchable. */
void chrome_warning(struct painter *painter, const struct view *view);
/* The sentence under the title: what to do here. */
void hint_draw(struct painter *painter, const struct places *places, struct rect *area,
               const char *words);
/* The same with a picture, filling what informs: where there is little else to say. */
void stage_draw(struct painter *painter, const struct places *places, enum icon icon,
                const char *words);
void primary_draw(struct painter *painter, const struct places *places, struct touch touch,
                  const char *label, bool off);
/* The body without a primary action: its room goes to the controls of a tall panel. */
struct rect controls_without_primary(const struct places *places);

#endif
