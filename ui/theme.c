#include "ui/theme.h"

const rgb palettes[PALETTE_COUNT][COLOUR_COUNT] = {
    [PALETTE_LIGHT] =
        {
            [COLOUR_PAPER] = 0xf3f1ec,      [COLOUR_DOCK] = 0xe4e0d8,
            [COLOUR_CARD] = 0xffffff,       [COLOUR_LINE] = 0xcfcabf,
            [COLOUR_INK] = 0x14202b,        [COLOUR_QUIET] = 0x3b4650,
            [COLOUR_ACCENT] = 0x00497f,     [COLOUR_ON_ACCENT] = 0xffffff,
            [COLOUR_DEEP] = 0x00325a,       [COLOUR_TINT] = 0xdbe8f2,
            [COLOUR_EDGE] = 0x64809a,       [COLOUR_CARD_PRESSED] = 0xdbe8f2,
            [COLOUR_OFF] = 0xe7e3db,        [COLOUR_OFF_INK] = 0x3b4650,
            [COLOUR_GOOD] = 0x07552e,       [COLOUR_GOOD_TINT] = 0xd9eee0,
            [COLOUR_WAIT] = 0x733e00,       [COLOUR_WAIT_TINT] = 0xffe7b8,
            [COLOUR_BACK] = 0x453a8c,       [COLOUR_BACK_TINT] = 0xe3e0f6,
            [COLOUR_CALM] = 0x434e58,       [COLOUR_CALM_TINT] = 0xe2e4e5,
            [COLOUR_ON_TONE] = 0xffffff,    [COLOUR_STEP_REST] = 0xaeb6bd,
            [COLOUR_STEP_ASKED] = 0xd98e00, [COLOUR_BLOCK] = 0xe0dad2,
            [COLOUR_LIT] = 0xf2a900,        [COLOUR_STAFF] = 0x14202b,
            [COLOUR_ON_STAFF] = 0xffffff,   [COLOUR_FIELD] = 0xffffff,
            [COLOUR_FIELD_INK] = 0x000000,  [COLOUR_FUND] = 0x5b93bf,
        },
    [PALETTE_DARK] =
        {
            [COLOUR_PAPER] = 0x000000,      [COLOUR_DOCK] = 0x000000,
            [COLOUR_CARD] = 0x000000,       [COLOUR_LINE] = 0x8c9299,
            [COLOUR_INK] = 0xffffff,        [COLOUR_QUIET] = 0xffffff,
            [COLOUR_ACCENT] = 0xffd400,     [COLOUR_ON_ACCENT] = 0x000000,
            [COLOUR_DEEP] = 0xe0b000,       [COLOUR_TINT] = 0x000000,
            [COLOUR_EDGE] = 0xffd400,       [COLOUR_CARD_PRESSED] = 0x2b2b2b,
            [COLOUR_OFF] = 0x1c1c1c,        [COLOUR_OFF_INK] = 0xffffff,
            [COLOUR_GOOD] = 0xd9eee0,       [COLOUR_GOOD_TINT] = 0x000000,
            [COLOUR_WAIT] = 0xffe7b8,       [COLOUR_WAIT_TINT] = 0x000000,
            [COLOUR_BACK] = 0xe3e0f6,       [COLOUR_BACK_TINT] = 0x000000,
            [COLOUR_CALM] = 0xe2e4e5,       [COLOUR_CALM_TINT] = 0x000000,
            [COLOUR_ON_TONE] = 0x000000,    [COLOUR_STEP_REST] = 0x8c9299,
            [COLOUR_STEP_ASKED] = 0xffe7b8, [COLOUR_BLOCK] = 0x2b2b2b,
            [COLOUR_LIT] = 0xf2a900,        [COLOUR_STAFF] = 0xffffff,
            [COLOUR_ON_STAFF] = 0x000000,   [COLOUR_FIELD] = 0xffffff,
            [COLOUR_FIELD_INK] = 0x000000,  [COLOUR_FUND] = 0x8c9299,
        },
};

/* T2 is the smallest of elder mode: its capitals are 7.3 mm and more also where an em is rounded
 * down to a pixel. */
const float text_size_mm[TEXT_SIZE_COUNT] = {8.0f, 10.2f, 12.5f, 17.0f, 24.0f, 33.0f};

const float desk_size_mm[TEXT_SIZE_COUNT] = {5.0f, 5.5f, 6.5f, 9.0f, 14.0f, 24.0f};

const float text_size_leading[TEXT_SIZE_COUNT] = {1.3f, 1.3f, 1.3f, 1.15f, 1.1f, 1.1f};
