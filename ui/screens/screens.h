/* One function a screen: draws the view with the painter and leaves what can be touched. */
#ifndef HOPKIOSK_UI_SCREENS_H
#define HOPKIOSK_UI_SCREENS_H

#include "ui/chrome.h"

typedef void screen_draw(struct painter *painter, const struct view *view);

#define X(upper, lower) screen_draw screen_##lower;
SCREENS(X)
#undef X
screen_draw screen_refund_confirm; /* CONFIRM of what goes back */

/* welcome.c: what the machine can read, the easiest first. */
struct greeting {
    enum act act;
    const char *title_key, *text_key;
};
struct greeting welcome_greeting(const struct view *view);

/* way.c: a thing and its place on this machine, a row each at the top of `area`. */
struct way {
    enum drawing object;
    enum act act; /* where it is done */
    const char *title_key, *text_key;
};
void ways_draw(struct painter *painter, struct rect area, const struct way *ways, int count);

/* A pinpad at work, in the largest square in the middle of `rect`. */
void pinpad_draw(struct painter *painter, struct rect rect, enum pinpad_step step);

/* channel.c: the ways to pay, what cannot be had now as words below them. */
void channels_draw(struct painter *painter, const struct view_channel *channels, int count,
                   struct rect area);

/* due.c: what is paid or given back, at the top of `area`; with the amount; the order's number. */
void flow_what(struct painter *painter, const struct view *view, struct rect *area,
               enum text_size size);
void flow_due(struct painter *painter, const struct view *view, struct rect *area, int64_t fen);
void flow_order(struct painter *painter, struct rect *area, enum align align, const char *order_no);
const char *order_words(struct painter *painter, const char *order_no, char *out, int size);
int order_height(struct painter *painter, int width, const char *order_no);

/* split.c: who pays an insured payment, at the top of `area`; nothing of another. Above it stands
 * the own part, or all of it: it says the rest. */
enum split_of { SPLIT_OF_OWN = 0, SPLIT_OF_ALL };
void flow_split(struct painter *painter, struct rect *area, const struct view_split *split,
                enum split_of of);

/* ... and how it was settled, where the panel has the room. */
void flow_settlement(struct painter *painter, struct rect *area, const struct view_settlement *rows,
                     int count);

/* insurance.c: what of an insured bill is outside the insurance, at the top of `area`. */
void flow_outside(struct painter *painter, struct rect *area, const struct view_insured *insured);

/* checks.c: what is known of a payment, a line each; `size` of their words. */
int checks_height(struct painter *painter, int width, const struct view_check *checks, int count,
                  enum text_size size);
void checks_draw(struct painter *painter, struct rect area, const struct view_check *checks,
                 int count, enum text_size size);

/* advice.c: what the result screen says of where to go now. */
bool advice_given(const struct view *view);
int advice_height(struct painter *painter, const struct view *view, int width);
void advice_draw(struct painter *painter, const struct view *view, struct rect area);

/* guide.c: one piece of it; `n` counts the places to go to from 1, 0: a thing to mind. Its height
 * where a page is `room` high. */
int guide_height(struct painter *painter, const struct view_guide *guide, int width, int room);
void guide_draw(struct painter *painter, const struct view_guide *guide, int n, struct rect box);

/* lines.c: where the lines of a page of a bill stand, under what is said of them in `area`, the
 * pager below; and the lines. */
struct rect lay_lines(struct painter *painter, const struct places *places, struct rect area,
                      int page, int page_count);
#define LINE_NOTE_SIZE 400
struct line_row {
    const char *name;
    int64_t amount_fen;
    bool outside;                                     /* the insurance does not pay for it */
    char note[LINE_NOTE_SIZE], brief[LINE_NOTE_SIZE]; /* the second where the first is too long */
};
void lines_draw(struct painter *painter, struct rect list, float row_max_mm,
                const struct line_row *rows, int count);

/* How a verdict looks. */
struct tone_look {
    enum icon icon;
    enum colour badge, tint;
};
extern const struct tone_look tone_looks[];

/* track.c: where the money is. */
int track_height(const struct painter *painter);
int track_width(struct painter *painter);
void track_draw(struct painter *painter, struct rect rect, enum view_place at, enum view_tone tone);

/* The screen of view->screen, and the idle warning over it. */
void screens_draw(struct painter *painter, const struct view *view);

#endif
