/* What is the same on every screen: header, steps, whose money it is, the dock, the idle warning.
 * Tall panels stack; wide panels put what informs left and what is touched right. */
#ifndef HOPKIOSK_UI_CHROME_H
#define HOPKIOSK_UI_CHROME_H

#include "ui/buttons.h"
#include "ui/parts.h"

struct places {
    bool wide;
    struct rect stage;  /* what informs: on a tall panel down to where hands reach */
    struct rect board;  /* what is touched, and what belongs to it */
    struct rect whole;  /* both; on a wide panel below whose money it is */
    struct rect bleed;  /* the stage to the edges of the panel, for bands */
    struct rect action; /* of the dock */
};

/* What the dock holds beside its five places. */
enum dock {
    DOCK_PLAIN = 0,
    DOCK_ACTION,      /* what can be done here */
    DOCK_ACTION_BACK, /* ... one of which is the way back: where room is scarce it stands once */
};
/* Draws it all. */
struct places chrome_draw(struct painter *painter, const struct view *view, enum dock dock);
/* warning.c: over the drawn screen; everything else stops being touchable. */
void chrome_warning(struct painter *painter, const struct view *view);
/* On a tall panel what is left below `used`, the stage's area that is not drawn on yet, but not
 * above where hands reach; on a wide one the board. */
struct rect board_below(const struct painter *painter, const struct places *places,
                        const struct rect *used);

/* A sentence as large as a title; on a small panel no larger than a head. */
void flow_saying(struct painter *painter, struct rect *area, const char *words);
void flow_title(struct painter *painter, struct rect *area, const char *title);
/* A full-bleed band of the stage with an icon and a sentence, its first one bold. */
struct band {
    enum icon icon;
    enum colour ink, tint;
    const char *text;
    bool large; /* the first sentence stands above the others, a head */
};
int band_height(struct painter *painter, const struct places *places, const struct band *band);
void flow_band(struct painter *painter, const struct places *places, struct rect *area,
               const struct band *band);
/* What the program has to say on this screen, as a band; nothing when it has nothing. */
void flow_notice(struct painter *painter, const struct view *view, const struct places *places,
                 struct rect *area);
/* The places of a band on the board, where the stage is full. */
struct places board_places(const struct painter *painter, const struct places *places,
                           const struct rect *board);
/* The notice at the top of the board. */
void board_notice(struct painter *painter, const struct view *view, const struct places *places,
                  struct rect *board);
/* header.c: takes its height off the top of `body`. Returns the height of the strip that says whose
 * money it is, 0 none: drawn already on a tall panel; of a wide one it is the stage's. */
int stage_width(int body_width); /* of a wide panel */
int header_draw(struct painter *painter, const struct view *view, struct rect *body);
void strip_draw(struct painter *painter, const struct view *view, struct rect row);
/* dock.c: the floor with its five places. Returns where actions go. */
int dock_height(const struct painter *painter, enum dock kind);
struct rect dock_draw(struct painter *painter, const struct view *view, struct rect dock,
                      enum dock kind);
/* The one thing to do here, and the other one to its left; alone each takes the whole row. */
struct action {
    struct touch touch;
    const char *label;
    enum icon icon;
    bool off;
};
void dock_actions(struct painter *painter, const struct places *places,
                  const struct action *primary, const struct action *secondary);
/* Two ways out, none of them what is wanted here. */
void dock_ways(struct painter *painter, const struct places *places, const struct action *left,
               const struct action *right);

#endif
