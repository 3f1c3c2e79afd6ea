/* Lines of text: wrapped between Chinese characters and words, then cut with an ellipsis; nothing
 * leaves its box. */
#ifndef HOPKIOSK_UI_TEXT_H
#define HOPKIOSK_UI_TEXT_H

#include "ui/painter.h"

enum align { ALIGN_LEFT = 0, ALIGN_CENTRE, ALIGN_RIGHT };

struct text_style {
    float em_mm;
    enum weight weight;
    rgb ink;
    enum align align;
    bool middle;   /* vertically, else from the top */
    int lines_max; /* 0: as many as the box holds */
    bool shrink;   /* to TEXT_SMALL before it is wrapped or cut */
    bool strong;   /* an amount or a state */
};

/* Draws inside `box`; returns the height used. */
int text_draw(struct painter *painter, struct rect box, const struct text_style *style,
              const char *text);
/* The height text_draw would use in a box of this width and any height. */
int text_height(struct painter *painter, int width, const struct text_style *style,
                const char *text);
/* The largest of the usual sizes, at most `em_mm`, at which the whole text fits the box. */
float text_fit(struct painter *painter, struct rect box, const struct text_style *style,
               float em_mm, const char *text);
/* The width of the text on one line. */
int text_width(struct painter *painter, const struct text_style *style, const char *text);

#endif
