/* Lines of text in six sizes: wrapped between Chinese characters and words, then cut with an
 * ellipsis; nothing leaves its box and nothing is made smaller to fit it. */
#ifndef HOPKIOSK_UI_TEXT_H
#define HOPKIOSK_UI_TEXT_H

#include "ui/painter.h"

enum align { ALIGN_LEFT = 0, ALIGN_CENTRE, ALIGN_RIGHT };

struct text_style {
    enum text_size size;
    enum weight weight;
    enum colour ink;
    enum align align;
    bool middle;   /* vertically, else from the top */
    int lines_max; /* 0: as many as the box holds */
    bool strong;   /* an amount or a state */
    int lead;      /* so many bytes at its beginning are bold: the fact before what explains it */
};

/* Draws inside `box`; returns the height used. */
int text_draw(struct painter *painter, struct rect box, const struct text_style *style,
              const char *text);
/* The height text_draw would use in a box of this width and any height. */
int text_height(struct painter *painter, int width, const struct text_style *style,
                const char *text);
/* The width of the text on one line, and the height of one. */
int text_width(struct painter *painter, const struct text_style *style, const char *text);
int text_line(const struct painter *painter, enum text_size size);
/* The style's size, or the next of the scale at which the text fits on one line of `width`; T1
 * where none does. For amounts, which are never broken, and for what stands on buttons. */
enum text_size text_size_for(struct painter *painter, int width, const struct text_style *style,
                             const char *text);

#endif
