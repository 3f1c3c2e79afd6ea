/* Faces of the system's fonts: opened when first needed, their files mapped, not read. A single
 * character comes from FreeType as it is; joined letters are shaped by SDL_ttf. For font.c. */
#ifndef HOPKIOSK_UI_FACE_H
#define HOPKIOSK_UI_FACE_H

#include <SDL_ttf.h>
#include <ft2build.h>
#include <stdbool.h>
#include FT_FREETYPE_H

#include "ui/font.h"

struct font_file {
    const char *paths[WEIGHT_COUNT]; /* without a bold one the regular stands for it */
    int face;                        /* in a collection: Simplified Chinese */
    const char *script;              /* its letters are joined (ISO 15924), or NULL */
    bool leftward;                   /* ... and written from right to left */
};
/* The first font, and those that are asked in order for what it lacks. */
#define FACE_FALLBACKS 7
extern const struct font_file face_main, face_fallbacks[FACE_FALLBACKS];

struct face {
    const struct font_file *file;
    bool tried;
    int em_px, run_em_px;
    FT_Face single; /* NULL: not here */
    TTF_Font *runs; /* NULL: none was drawn yet */
    void *bytes;
    size_t size;
};

/* `single` stays NULL where there is no such file. */
void face_open(FT_Library library, struct face *face, const struct font_file *file,
               enum weight weight);
void face_close(struct face *face);
/* The pages of its file that only new glyphs would need. */
void face_give_back(const struct face *face);
bool face_has(const struct face *face, uint32_t codepoint);
/* One character, or letters up to a zero in the direction of its script. */
void face_render_glyph(struct face *face, int em_px, uint32_t codepoint, struct glyph *glyph);
void face_render_run(struct face *face, int em_px, const uint16_t *letters, struct glyph *glyph);

#endif
