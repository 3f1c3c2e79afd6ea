#include "ui/font.h"

#include <SDL_ttf.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define GLYPHS_MAX 4096 /* a power of two; trimmed at three quarters */
#define GLYPH_BYTES_MAX (6 << 20)
#define MISSING_MAX 64
#define SUBSTITUTE 0x3013 /* the geta mark, which print uses for a character it lacks */

/* The first is the face of a weight; the others are asked in order for what it lacks. */
struct font_file {
    const char *path;
    int face; /* in a collection: Simplified Chinese */
};
static const struct font_file main_files[WEIGHT_COUNT] = {
    {"/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", 2},
    {"/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc", 2},
};
static const struct font_file fallback_files[] = {
    {"/usr/share/fonts/truetype/hanazono/HanaMinA.ttf", 0},
    {"/usr/share/fonts/truetype/hanazono/HanaMinB.ttf", 0},
    {"/usr/share/fonts/truetype/babelstone/BabelStoneHan.ttf", 0},
};
#define FALLBACKS ((int)(sizeof fallback_files / sizeof fallback_files[0]))

struct face {
    bool tried;
    int em_px;
    TTF_Font *font; /* NULL: not here */
    void *bytes;
    size_t size;
};

struct slot {
    uint64_t key; /* 0: empty */
    struct glyph glyph;
};

struct fonts {
    struct face main[WEIGHT_COUNT];
    struct face fallback[FALLBACKS];
    bool read; /* from the files since fonts_trim */
    int slot_count;
    size_t byte_count;
    struct slot slots[GLYPHS_MAX];
    void (*missing)(uint32_t codepoint);
    int missing_count;
    uint32_t missed[MISSING_MAX];
};

static void face_open(struct face *face, const struct font_file *file) {
    face->tried = true;
    int fd = open(file->path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return;
    struct stat about;
    if (fstat(fd, &about) == 0 && about.st_size > 0) {
        face->size = (size_t)about.st_size;
        face->bytes = mmap(NULL, face->size, PROT_READ, MAP_PRIVATE, fd, 0);
    }
    close(fd);
    if (!face->bytes || face->bytes == MAP_FAILED) {
        face->bytes = NULL;
        return;
    }
    SDL_RWops *ops = SDL_RWFromConstMem(face->bytes, (int)face->size);
    face->font = ops ? TTF_OpenFontIndexRW(ops, 1, 32, file->face) : NULL;
    if (face->font)
        TTF_SetFontHinting(face->font, TTF_HINTING_NONE);
}

static void face_close(struct face *face) {
    if (face->font)
        TTF_CloseFont(face->font);
    if (face->bytes)
        munmap(face->bytes, face->size);
}

struct fonts *fonts_create(char *error, int error_size) {
    struct fonts *fonts = calloc(1, sizeof *fonts);
    if (!fonts || TTF_Init() != 0) {
        snprintf(error, (size_t)error_size, "fonts: %s", fonts ? TTF_GetError() : "out of memory");
        free(fonts);
        return NULL;
    }
    face_open(&fonts->main[WEIGHT_REGULAR], &main_files[WEIGHT_REGULAR]);
    if (!fonts->main[WEIGHT_REGULAR].font) {
        snprintf(error, (size_t)error_size, "fonts: %s cannot be opened (package fonts-noto-cjk)",
                 main_files[WEIGHT_REGULAR].path);
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
    for (int i = 0; i < FALLBACKS; i++)
        face_close(&fonts->fallback[i]);
    TTF_Quit();
    free(fonts);
}

void fonts_on_missing(struct fonts *fonts, void (*missing)(uint32_t codepoint)) {
    fonts->missing = missing;
}

static void give_back_glyph(const struct face *face) {
    if (face->bytes)
        madvise(face->bytes, face->size, MADV_DONTNEED);
}

void fonts_trim(struct fonts *fonts) {
    for (int i = 0; fonts->read && i < WEIGHT_COUNT; i++)
        give_back_glyph(&fonts->main[i]);
    for (int i = 0; fonts->read && i < FALLBACKS; i++)
        give_back_glyph(&fonts->fallback[i]);
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

/* The first font of the chain that has the character, or NULL. */
static struct face *face_with(struct fonts *fonts, enum weight weight, uint32_t codepoint) {
    struct face *main = &fonts->main[weight];
    if (!main->tried)
        face_open(main, &main_files[weight]);
    if (!main->font)
        main = &fonts->main[WEIGHT_REGULAR];
    if (TTF_GlyphIsProvided32(main->font, codepoint))
        return main;
    for (int i = 0; i < FALLBACKS; i++) {
        struct face *face = &fonts->fallback[i];
        if (!face->tried)
            face_open(face, &fallback_files[i]);
        if (face->font && TTF_GlyphIsProvided32(face->font, codepoint))
            return face;
    }
    return NULL;
}

struct ink {
    int x0, y0, x1, y1;
};

static struct ink ink_of(const SDL_Surface *surface) {
    struct ink ink = {surface->w, surface->h, 0, 0};
    const uint8_t *pixels = surface->pixels;
    for (int y = 0; y < surface->h; y++)
        for (int x = 0; x < surface->w; x++)
            if (pixels[y * surface->pitch + x]) {
                ink.x0 = x < ink.x0 ? x : ink.x0;
                ink.x1 = x >= ink.x1 ? x + 1 : ink.x1;
                ink.y0 = y < ink.y0 ? y : ink.y0;
                ink.y1 = y + 1;
            }
    return ink;
}

/* SDL_ttf puts the pen at x = max(0, -minx) and the baseline at max(ascent, maxy): from that the
 * ink's place is exact. */
static void keep_ink(struct glyph *glyph, const SDL_Surface *surface, int ascent, int x_min,
                     int y_max) {
    struct ink ink = ink_of(surface);
    int width = ink.x1 - ink.x0, height = ink.y1 - ink.y0;
    uint8_t *bytes = width > 0 ? malloc((size_t)width * (size_t)height) : NULL;
    if (!bytes)
        return;
    for (int y = 0; y < height; y++)
        memcpy(bytes + (long)y * width,
               (const uint8_t *)surface->pixels + (ink.y0 + y) * surface->pitch + ink.x0,
               (size_t)width);
    glyph->mask = (struct mask){bytes, width, height, width};
    glyph->left = ink.x0 - (x_min < 0 ? -x_min : 0);
    glyph->top = (y_max > ascent ? y_max : ascent) - ink.y0;
}

static void render_glyph(struct face *face, int em_px, uint32_t codepoint, struct glyph *glyph) {
    if (face->em_px != em_px) {
        TTF_SetFontSize(face->font, em_px);
        face->em_px = em_px;
    }
    int x_min = 0, y_max = 0;
    TTF_GlyphMetrics32(face->font, codepoint, &x_min, NULL, NULL, &y_max, &glyph->advance);
    SDL_Color white = {255, 255, 255, 255}, black = {0, 0, 0, 255};
    SDL_Surface *surface = TTF_RenderGlyph32_Shaded(face->font, codepoint, white, black);
    if (!surface)
        return; /* a blank */
    keep_ink(glyph, surface, TTF_FontAscent(face->font), x_min, y_max);
    SDL_FreeSurface(surface);
}

static struct slot *slot_of(struct fonts *fonts, uint64_t key) {
    uint32_t i = (uint32_t)((key * UINT64_C(0x9e3779b97f4a7c15)) >> 40) & (GLYPHS_MAX - 1);
    while (fonts->slots[i].key && fonts->slots[i].key != key)
        i = (i + 1) & (GLYPHS_MAX - 1);
    return &fonts->slots[i];
}

const struct glyph *fonts_glyph(struct fonts *fonts, enum weight weight, int em_px,
                                uint32_t codepoint) {
    uint64_t key = (uint64_t)codepoint << 24 | (uint64_t)em_px << 4 | (uint64_t)weight << 1 | 1;
    struct slot *slot = slot_of(fonts, key);
    if (slot->key)
        return &slot->glyph;
    /* One frame never holds this many; a caller in between keeps no glyph across this call. */
    if (fonts->slot_count >= GLYPHS_MAX - 1) {
        forget_glyphs(fonts);
        slot = slot_of(fonts, key);
    }
    struct face *face = face_with(fonts, weight, codepoint);
    if (!face) {
        report_missing(fonts, codepoint);
        if (codepoint != SUBSTITUTE)
            return fonts_glyph(fonts, weight, em_px, SUBSTITUTE);
    }
    fonts->read = true;
    slot->key = key;
    fonts->slot_count++;
    if (face)
        render_glyph(face, em_px, codepoint, &slot->glyph);
    fonts->byte_count += (size_t)slot->glyph.mask.width * (size_t)slot->glyph.mask.height;
    return &slot->glyph;
}
