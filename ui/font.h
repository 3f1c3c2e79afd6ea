/* Glyphs: two weights of Noto Sans CJK SC and a chain of fonts behind them for other scripts and
 * rare characters. Fonts are opened when first needed and their files are mapped, not read. */
#ifndef HOPKIOSK_UI_FONT_H
#define HOPKIOSK_UI_FONT_H

#include <stdbool.h>
#include <stdint.h>

#include "ui/canvas.h"

enum weight { WEIGHT_REGULAR = 0, WEIGHT_BOLD, WEIGHT_COUNT };

struct glyph {
    struct mask mask;
    int left, top; /* from the pen on the baseline to the mask's corner; top counts upwards */
    int advance;
};

struct fonts;

/* NULL and a sentence in `error` when the first font is missing. */
struct fonts *fonts_create(char *error, int error_size);
void fonts_destroy(struct fonts *fonts);
/* Called once for every character that no font has; the substitute is drawn in its place. */
void fonts_on_missing(struct fonts *fonts, void (*missing)(uint32_t codepoint));

/* Valid until fonts_trim; never NULL. */
const struct glyph *fonts_glyph(struct fonts *fonts, enum weight weight, int em_px,
                                uint32_t codepoint);
/* Is the character joined to its neighbours, as in Uyghur or Tibetan, and does `next` go on with
 * the letters that `first` began? */
bool fonts_joins(uint32_t codepoint);
bool fonts_goes_on(uint32_t first, uint32_t next);
/* Joined letters as one, drawn in the direction of their script; at most LETTERS_MAX. */
#define LETTERS_MAX 256
const struct glyph *fonts_run(struct fonts *fonts, enum weight weight, int em_px,
                              const uint16_t *letters, int count);
/* Between frames: forgets all glyphs once they fill their budget, and gives the pages of the font
 * files back that only new glyphs would need. */
void fonts_trim(struct fonts *fonts);

#endif
