#include "ui/font.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ui/face.h"

#define GLYPHS_MAX 4096 /* a power of two; trimmed at three quarters */
#define GLYPH_BYTES_MAX (6 << 20)
#define MISSING_MAX 64
#define STAR 0x066d       /* hides a letter where the font has no asterisk */
#define SUBSTITUTE 0x3013 /* the geta mark, which print uses for a character it lacks */

/* What is joined to its neighbours: it is drawn a run at a time. */
static const struct script {
    uint32_t first, last;
    bool leftward;
} scripts[] = {{0x0600, 0x06ff, true},  {0x0750, 0x077f, true}, {0x08a0, 0x08ff, true},
               {0x0f00, 0x0fff, false}, {0xfb50, 0xfdff, true}, {0xfe70, 0xfeff, true}};

struct slot {
    uint64_t key; /* 0: empty */
    struct glyph glyph;
};

struct fonts {
    FT_Library library;
    struct face main[WEIGHT_COUNT];
    struct face fallback[FACE_FALLBACKS][WEIGHT_COUNT];
    bool read; /* from the files since fonts_trim */
    int slot_count;
    size_t byte_count;
    struct slot slots[GLYPHS_MAX];
    void (*missing)(uint32_t codepoint);
    int missing_count;
    uint32_t missed[MISSING_MAX];
};

struct fonts *fonts_create(char *error, int error_size) {
    struct fonts *fonts = calloc(1, sizeof *fonts);
    if (!fonts || FT_Init_FreeType(&fonts->library) != FT_Err_Ok) {
        snprintf(error, (size_t)error_size, "fonts: out of memory");
        free(fonts);
        return NULL;
    }
    face_open(fonts->library, &fonts->main[WEIGHT_REGULAR], &face_main, WEIGHT_REGULAR);
    if (!fonts->main[WEIGHT_REGULAR].single) {
        snprintf(error, (size_t)error_size, "fonts: %s cannot be opened (package fonts-noto-cjk)",
                 face_main.paths[WEIGHT_REGULAR]);
        fonts_destroy(fonts);
        return NULL;
    }
    return fonts;
}

static void forget_glyphs(struct fonts *fonts) {
    for (int i = 0; i < GLYPHS_MAX; i++)
        if (fonts->slots[i].key)
            free((void *)(uintptr_t)fonts->slots[i].glyph.mask.bytes);
    memset(fonts->slots, 0, sizeof fonts->slots);
    fonts->slot_count = 0;
    fonts->byte_count = 0;
}

void fonts_destroy(struct fonts *fonts) {
    if (!fonts)
        return;
    forget_glyphs(fonts);
    for (int i = 0; i < WEIGHT_COUNT; i++)
        face_close(&fonts->main[i]);
    for (int i = 0; i < FACE_FALLBACKS * WEIGHT_COUNT; i++)
        face_close(&fonts->fallback[i / WEIGHT_COUNT][i % WEIGHT_COUNT]);
    FT_Done_FreeType(fonts->library);
    if (TTF_WasInit())
        TTF_Quit();
    free(fonts);
}

void fonts_on_missing(struct fonts *fonts, void (*missing)(uint32_t codepoint)) {
    fonts->missing = missing;
}

void fonts_trim(struct fonts *fonts) {
    for (int i = 0; fonts->read && i < WEIGHT_COUNT; i++)
        face_give_back(&fonts->main[i]);
    for (int i = 0; fonts->read && i < FACE_FALLBACKS * WEIGHT_COUNT; i++)
        face_give_back(&fonts->fallback[i / WEIGHT_COUNT][i % WEIGHT_COUNT]);
    fonts->read = false;
    if (fonts->byte_count > GLYPH_BYTES_MAX || fonts->slot_count > GLYPHS_MAX / 4 * 3)
        forget_glyphs(fonts);
}

static void report_missing(struct fonts *fonts, uint32_t codepoint) {
    for (int i = 0; i < fonts->missing_count; i++)
        if (fonts->missed[i] == codepoint)
            return;
    if (fonts->missing_count < MISSING_MAX)
        fonts->missed[fonts->missing_count++] = codepoint;
    if (fonts->missing)
        fonts->missing(codepoint);
}

/* The fallback in this weight, else the regular one; NULL: not here. */
static struct face *fallback_of(struct fonts *fonts, int i, enum weight weight) {
    struct face *face =
        &fonts->fallback[i][face_fallbacks[i].paths[weight] ? weight : WEIGHT_REGULAR];
    if (!face->tried)
        face_open(fonts->library, face, &face_fallbacks[i],
                  face_fallbacks[i].paths[weight] ? weight : WEIGHT_REGULAR);
    return face->single ? face : NULL;
}

/* The first font of the chain that has the character, or NULL. */
static struct face *face_with(struct fonts *fonts, enum weight weight, uint32_t codepoint) {
    struct face *main = &fonts->main[weight];
    if (!main->tried)
        face_open(fonts->library, main, &face_main, weight);
    if (!main->single)
        main = &fonts->main[WEIGHT_REGULAR];
    if (face_has(main, codepoint))
        return main;
    for (int i = 0; i < FACE_FALLBACKS; i++) {
        struct face *face = fallback_of(fonts, i, weight);
        if (face && face_has(face, codepoint))
            return face;
    }
    return NULL;
}

static struct slot *slot_of(struct fonts *fonts, uint64_t key) {
    uint32_t i = (uint32_t)((key * UINT64_C(0x9e3779b97f4a7c15)) >> 40) & (GLYPHS_MAX - 1);
    while (fonts->slots[i].key && fonts->slots[i].key != key)
        i = (i + 1) & (GLYPHS_MAX - 1);
    return &fonts->slots[i];
}

/* An empty slot for the key, or the one that has it. One frame never holds as many as there are; a
 * caller in between keeps no glyph across this call. */
static struct slot *take_slot(struct fonts *fonts, uint64_t key) {
    struct slot *slot = slot_of(fonts, key);
    if (slot->key || fonts->slot_count < GLYPHS_MAX - 1)
        return slot;
    forget_glyphs(fonts);
    return slot_of(fonts, key);
}

static const struct glyph *keep_glyph(struct fonts *fonts, struct slot *slot) {
    fonts->slot_count++;
    fonts->byte_count += (size_t)slot->glyph.mask.width * (size_t)slot->glyph.mask.height;
    return &slot->glyph;
}

const struct glyph *fonts_glyph(struct fonts *fonts, enum weight weight, int em_px,
                                uint32_t codepoint) {
    uint64_t key = (uint64_t)codepoint << 24 | (uint64_t)em_px << 4 | (uint64_t)weight << 1 | 1;
    struct slot *slot = take_slot(fonts, key);
    if (slot->key)
        return &slot->glyph;
    struct face *face = face_with(fonts, weight, codepoint);
    if (!face) {
        report_missing(fonts, codepoint);
        if (codepoint != SUBSTITUTE)
            return fonts_glyph(fonts, weight, em_px, SUBSTITUTE);
    }
    fonts->read = true;
    slot->key = key;
    if (face)
        face_render_glyph(face, em_px, codepoint, &slot->glyph);
    return keep_glyph(fonts, slot);
}

static const struct script *script_of(uint32_t codepoint) {
    for (size_t i = 0; i < sizeof scripts / sizeof scripts[0]; i++)
        if (codepoint >= scripts[i].first && codepoint <= scripts[i].last)
            return &scripts[i];
    return NULL;
}

bool fonts_joins(uint32_t codepoint) {
    return script_of(codepoint) != NULL;
}

/* A hidden letter stands where it would have been read. */
bool fonts_goes_on(uint32_t first, uint32_t next) {
    const struct script *script = script_of(first), *other = script_of(next);
    return other ? other->leftward == script->leftward : next == '*' && script->leftward;
}

/* FNV-1a; the highest bit tells a run from a character. */
static uint64_t key_of_run(const uint16_t *letters, int count, int em_px, enum weight weight) {
    uint64_t hash = UINT64_C(0xcbf29ce484222325) ^ ((uint64_t)em_px << 8) ^ (uint64_t)weight;
    for (int i = 0; i < count; i++)
        hash = (hash ^ letters[i]) * UINT64_C(0x100000001b3);
    return hash | UINT64_C(1) << 63;
}

/* What the face can draw of the letters. */
static void take_letters(struct fonts *fonts, const struct face *face, const uint16_t *letters,
                         int count, uint16_t *taken) {
    int n = 0;
    for (int i = 0; i < count && n < LETTERS_MAX; i++) {
        uint16_t letter = letters[i] == '*' ? STAR : letters[i];
        if (face_has(face, letter))
            taken[n++] = letter;
        else
            report_missing(fonts, letter);
    }
    taken[n] = 0;
}

const struct glyph *fonts_run(struct fonts *fonts, enum weight weight, int em_px,
                              const uint16_t *letters, int count) {
    uint16_t taken[LETTERS_MAX + 1];
    uint64_t key = key_of_run(letters, count, em_px, weight);
    struct slot *slot = take_slot(fonts, key);
    if (slot->key)
        return &slot->glyph;
    struct face *face = face_with(fonts, weight, letters[0]);
    if (!face)
        return fonts_glyph(fonts, weight, em_px, letters[0]);
    take_letters(fonts, face, letters, count, taken);
    fonts->read = true;
    slot->key = key;
    face_render_run(face, em_px, taken, &slot->glyph);
    return keep_glyph(fonts, slot);
}
