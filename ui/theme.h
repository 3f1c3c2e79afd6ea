/* The look: one accent, much white, large type. Colours keep the contrast of the design: text 7:1
 * and more on what it stands on, amounts and states 10:1 (a test computes it for every frame). */
#ifndef HOPKIOSK_UI_THEME_H
#define HOPKIOSK_UI_THEME_H

#include "ui/canvas.h"

enum {
    COLOUR_PAPER = 0xf4f7fa, /* behind everything */
    COLOUR_CARD = 0xffffff,
    COLOUR_LINE = 0xd5dee7,
    COLOUR_INK = 0x0f1f2e,   /* what matters */
    COLOUR_QUIET = 0x3d4c5b, /* what explains */
    COLOUR_ACCENT = 0x0a3d8c,
    COLOUR_ACCENT_DEEP = 0x08347a,
    COLOUR_ACCENT_PRESSED = 0x041d47,
    COLOUR_ACCENT_TINT = 0xe5edf8,
    COLOUR_ACCENT_LINE = 0x9db6da,
    COLOUR_ON_ACCENT = 0xffffff,
    COLOUR_OFF = 0xe6ebf0, /* what cannot be touched now */
    COLOUR_OFF_TEXT = 0x3a4652,
    COLOUR_GOOD = 0x0d6b3c,
    COLOUR_GOOD_TINT = 0xe7f4ec,
    COLOUR_WARN = 0x8a5200,
    COLOUR_WARN_TINT = 0xfff3dc,
    COLOUR_BACK = 0x1f5f7a,
    COLOUR_BACK_TINT = 0xe4f1f6,
    COLOUR_CALM = 0x55636f,
    COLOUR_CALM_TINT = 0xecf0f3,
    COLOUR_QR_DARK = 0x000000,
    COLOUR_QR_LIGHT = 0xffffff
};

/* Em sizes in millimetres. Noto Sans CJK's capitals are 0.733 em: TEXT_SMALL is the smallest that
 * keeps 5.5 mm. */
#define TEXT_SMALL 8.0f
#define TEXT_BODY 9.0f
#define TEXT_LABEL 10.0f
#define TEXT_HEAD 12.5f
#define TEXT_TITLE 16.0f
#define TEXT_AMOUNT 22.0f
#define TEXT_HERO 30.0f

#define TARGET_MM 20.5f /* touch targets: 20 mm and the rounding */
#define BAR_MM 22.0f    /* buttons of the lower bar and the primary action */
#define GAP_MM 3.0f
#define MARGIN_MM 8.0f
#define RADIUS_MM 3.0f
#define QR_MM 80.0f /* the smallest code a phone is asked to read */
#define QR_MODULE_PX 8

#endif
