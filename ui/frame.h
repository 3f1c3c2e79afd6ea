/* What a drawn frame left behind: where it can be touched and what it says. */
#ifndef HOPKIOSK_UI_FRAME_H
#define HOPKIOSK_UI_FRAME_H

#include <stdbool.h>
#include <stdint.h>

#include "ui/canvas.h"
#include "ui/ids.h"

#define FRAME_TOUCHES_MAX 160
#define FRAME_TEXTS_MAX 512
#define FRAME_CODES_MAX 8
#define FRAME_MOVERS_MAX 4
#define FRAME_WORDS_SIZE 32768

struct frame_touch {
    struct touch touch;
    struct rect rect;
};

/* What keys have chosen: of those that do the same, the n-th. */
struct choice {
    struct touch touch; /* TOUCH_NONE: nothing */
    int nth;
};

/* One line of text as drawn. */
struct frame_text {
    struct rect rect; /* of its ink, by the font's metrics */
    int em_px;
    rgb ink, paper; /* paper: the pixel it was drawn on */
    bool strong;    /* an amount or a state: higher contrast */
    bool cut;       /* it ends in an ellipsis of ours */
    int words;      /* where the text it belongs to begins in `words` */
};

/* A code for phones or for the scanner of a window, or its bars. */
enum code_kind { CODE_FOR_PHONE = 0, CODE_FOR_SCANNER, CODE_BARS };
struct frame_code {
    struct rect rect; /* quiet zone included */
    int module_px;
    enum code_kind kind;
    struct rect field; /* the white that it stands on */
};

/* What moves by itself (movers.h), and the colour it stands on. */
struct frame_mover {
    struct rect rect;
    rgb paper;
    int kind, step;
};

struct frame {
    int touch_count;
    struct frame_touch touches[FRAME_TOUCHES_MAX];
    int text_count;
    struct frame_text texts[FRAME_TEXTS_MAX];
    int code_count;
    struct frame_code codes[FRAME_CODES_MAX];
    int mover_count;
    struct frame_mover movers[FRAME_MOVERS_MAX];
    int words_length;
    char words[FRAME_WORDS_SIZE]; /* every text in the order drawn, without blanks, each ended by a
                                     line break */
};

void frame_clear(struct frame *frame);
void frame_add_touch(struct frame *frame, struct touch touch, struct rect rect);
void frame_add_text(struct frame *frame, const struct frame_text *text);
/* A text begins; returns where. */
int frame_begin_words(struct frame *frame);
/* `length` bytes more of what is readable. */
void frame_add_words(struct frame *frame, const char *text, int length);
void frame_add_code(struct frame *frame, const struct frame_code *code);
void frame_add_mover(struct frame *frame, const struct frame_mover *mover);
/* True when it is part of one text. Blanks and line breaks do not matter. */
bool frame_shows(const struct frame *frame, const char *text);
/* NULL: nothing to touch there. */
const struct frame_touch *frame_at(const struct frame *frame, int x, int y);
const struct frame_touch *frame_find(const struct frame *frame, struct touch touch);
const struct frame_touch *frame_chosen(const struct frame *frame, struct choice choice);
/* How many of the first `end` do so. */
int frame_count(const struct frame *frame, struct touch touch, int end);

struct ui;
/* The presented frame. */
const struct frame *ui_frame(const struct ui *ui);
/* ... of the display that is turned to the patient; NULL: there is none. */
const struct frame *ui_display_frame(const struct ui *ui);

#endif
