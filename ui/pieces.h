/* What a line of text is made of: characters, and runs of letters that are joined. For text.c. */
#ifndef HOPKIOSK_UI_PIECES_H
#define HOPKIOSK_UI_PIECES_H

#include "ui/text.h"

/* A character, or a run of letters that are joined to each other. */
struct piece {
    uint32_t first;
    int end; /* bytes */
    const struct glyph *glyph;
};

struct piece piece_at(struct painter *painter, const struct text_style *style, const char *text,
                      int at);
int pieces_width(struct painter *painter, const struct text_style *style, const char *text,
                 int begin, int end);
/* The size that is drawn for one of the scale, and its height in pixels. */
enum text_size pieces_size(const struct painter *painter, enum text_size size);
int pieces_em(const struct painter *painter, enum text_size size);

#endif
