/* Icons: assets/icons/NAME.svg, turned into coverage masks at build and tinted when drawn. */
#ifndef HOPKIOSK_UI_ICONS_H
#define HOPKIOSK_UI_ICONS_H

#include <stdint.h>

#include "ui/canvas.h"

/* clang-format off */
#define ICONS(X)                                                                                   \
    X(back) X(bankcard) X(bills) X(bubble) X(cancel) X(cards) X(check) X(clock) X(dark) X(dash)    \
    X(delete) X(deposit) X(desk) X(exit) X(help) X(hospital) X(info) X(keypad) X(larger) X(left)   \
    X(lock) X(low) X(person) X(phone) X(phonecode) X(printer) X(records) X(refund) X(return)       \
    X(right) X(sound) X(tools) X(wallet)
/* clang-format on */

enum icon {
    ICON_NONE = 0,
#define X(name) ICON_##name,
    ICONS(X)
#undef X
        ICON_COUNT
};

#define ICON_MASK_SIZE 128
#define X(name) extern const uint8_t icon_##name[ICON_MASK_SIZE * ICON_MASK_SIZE];
ICONS(X)
#undef X

/* Scaled masks, kept from frame to frame. */
struct icons;
struct icons *icons_create(void);
void icons_destroy(struct icons *icons);
/* In the largest square in the middle of `rect`. */
void icons_draw(struct icons *icons, const struct canvas *canvas, enum icon icon, struct rect rect,
                rgb colour);

#endif
