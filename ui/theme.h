/* The look: warm paper, one accent, four tones and no red, six sizes of type. A palette is only
 * colours: nothing moves when it changes. A test computes the contrast of every text in it: 7:1 and
 * more on what it stands on, amounts and states 10:1. */
#ifndef HOPKIOSK_UI_THEME_H
#define HOPKIOSK_UI_THEME_H

#include "ui/canvas.h"

enum colour {
    COLOUR_PAPER = 0, /* behind everything */
    COLOUR_DOCK,      /* the floor: the band that holds the way back, help, size, language */
    COLOUR_CARD,      /* what can be touched */
    COLOUR_LINE,      /* hairlines and resting rings: decoration */
    COLOUR_INK,       /* facts, amounts, every state */
    COLOUR_QUIET,     /* what explains */
    COLOUR_ACCENT,
    COLOUR_ON_ACCENT,
    COLOUR_DEEP, /* the lip of the primary action, and what it looks like pressed */
    COLOUR_TINT, /* the band of what is shown, not said */
    COLOUR_EDGE, /* the outline of what can be touched */
    COLOUR_CARD_PRESSED,
    COLOUR_OFF, /* what cannot be touched now; its words say why */
    COLOUR_OFF_INK,
    COLOUR_GOOD, /* the hospital has it */
    COLOUR_GOOD_TINT,
    COLOUR_WAIT, /* do not pay again */
    COLOUR_WAIT_TINT,
    COLOUR_BACK, /* money comes back */
    COLOUR_BACK_TINT,
    COLOUR_CALM, /* nothing happened */
    COLOUR_CALM_TINT,
    COLOUR_ON_TONE,    /* the sign on a badge */
    COLOUR_STEP_REST,  /* a step that is still to come */
    COLOUR_STEP_ASKED, /* a step that is being asked about */
    COLOUR_BLOCK,      /* where something will stand when it has come */
    COLOUR_FUND,       /* what the insurance pays, in the bar of who pays what */
    COLOUR_LIT,        /* the ring around what keys have chosen */
    COLOUR_STAFF,      /* the band over the pages of the staff */
    COLOUR_ON_STAFF,
    COLOUR_FIELD,     /* codes stand on white in every palette, and what is said there ... */
    COLOUR_FIELD_INK, /* ... in black */
    COLOUR_COUNT
};

enum palette { PALETTE_LIGHT = 0, PALETTE_DARK, PALETTE_COUNT };
extern const rgb palettes[PALETTE_COUNT][COLOUR_COUNT];

/* Sizes of type: six, and no other. Elder mode uses the same ones, a step up. */
enum text_size {
    T1 = 0, /* every small text, the buttons of the dock */
    T2,     /* body, titles of rows */
    T3,     /* names, amounts of rows, the primary action */
    T4,     /* titles, verdicts, keys */
    T5,     /* the amount of lists and results */
    T6,     /* the amount while it is paid */
    TEXT_SIZE_COUNT
};
/* Em in millimetres. Noto Sans CJK's capitals are 0.733 em. */
extern const float text_size_mm[TEXT_SIZE_COUNT];
/* ... of the cashier's window, whose millimetre is four pixels of 1920 x 1080: it is read sitting.
 */
extern const float desk_size_mm[TEXT_SIZE_COUNT];
/* A line's height in ems. */
extern const float text_size_leading[TEXT_SIZE_COUNT];

/* Millimetres. */
#define TARGET_MM 20.5f /* touch targets: 20 mm and the rounding */
#define TARGET_ELDER_MM 30.5f
#define GAP_MM 3.5f /* between touch targets; never less than 3 */
#define MARGIN_MM 10.0f
#define RADIUS_MM 3.5f /* of what can be touched, and of nothing else */
#define LIP_MM 1.5f    /* its lower edge */
#define LINE_GAP_MM 2.0f
#define GROUP_GAP_MM 6.0f
#define BAND_PAD_MM 4.5f
#define REACH_MM 1220.0f    /* no control stands higher above the floor */
#define LOW_REACH_MM 268.0f /* low-reach mode: all controls in so much of the panel's lower end */
#define QR_MM 80.0f         /* the smallest code a phone is asked to read */
#define QR_SCANNED_MM 50.0f /* ... and a scanner */
#define QR_MODULE_PX 8

#endif
