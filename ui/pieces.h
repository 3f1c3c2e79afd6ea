/* What a line of text is made of: characters, and runs of letters that are joined. For text.c. */
#ifndef HOPKIOSK_UI_PIECES_H
#define HOPKIOSK_UI_PIECES_H

#include "ui/text.h"

/* A character, or a run of letters that are joined to each other. */
struct piece {
    uint32_t first;
    int end; /* bytes */
    const struct glyph *glyph;
    bool parted; /* what is joined goes on: on the next line, since it may run leftward */
};

/* Joined letters end before the byte `limit`. */
struct piece piece_at(struct painter *painter, const struct text_style *style, const char *text,
                      int at, int limit);
/* No wider than `room` where joined letters can be parted: between words, else inside one. */
struct piece piece_within(struct painter *painter, const struct text_style *style, const char *text,
                          int at, int room);
int pieces_width(struct painter *painter, const struct text_style *style, const char *text,
                 int begin, int end);
/* The size that is drawn for one of the scale, and its height in pixels. */
enum text_size pieces_size(const struct painter *painter, enum text_size size);
int pieces_em(const struct painter *painter, enum text_size size);

#endif
