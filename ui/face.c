#include "ui/face.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define CJK "/usr/share/fonts/opentype/noto/NotoSansCJK-"
#define NOTO "/usr/share/fonts/truetype/noto/Noto"
const struct font_file face_main = {{CJK "Regular.ttc", CJK "Bold.ttc"}, 2, NULL, false};
const struct font_file face_fallbacks[FACE_FALLBACKS] = {
    {{NOTO "Sans-Regular.ttf", NOTO "Sans-Bold.ttf"}, 0, NULL, false},
    {{NOTO "SansArabic-Regular.ttf", NOTO "SansArabic-Bold.ttf"}, 0, "Arab", true},
    {{NOTO "SerifTibetan-Regular.ttf", NOTO "SerifTibetan-Bold.ttf"}, 0, "Tibt", false},
    {{NOTO "SansYi-Regular.ttf"}, 0, NULL, false},
    {{"/usr/share/fonts/truetype/hanazono/HanaMinA.ttf"}, 0, NULL, false},
    {{"/usr/share/fonts/truetype/hanazono/HanaMinB.ttf"}, 0, NULL, false},
    {{"/usr/share/fonts/truetype/babelstone/BabelStoneHan.ttf"}, 0, NULL, false},
};

/* The letters of a script are joined in its direction. */
static void set_script(TTF_Font *font, const struct font_file *file) {
    if (!file->script)
        return;
    TTF_SetFontScriptName(font, file->script);
    TTF_SetFontDirection(font, file->leftward ? TTF_DIRECTION_RTL : TTF_DIRECTION_LTR);
}

void face_open(struct face *face, const struct font_file *file, enum weight weight) {
    face->tried = true;
    int fd = file->paths[weight] ? open(file->paths[weight], O_RDONLY | O_CLOEXEC) : -1;
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
    munlock(face->bytes, face->size); /* no secret, and what is locked cannot be given back */
    SDL_RWops *ops = SDL_RWFromConstMem(face->bytes, (int)face->size);
    face->font = ops ? TTF_OpenFontIndexRW(ops, 1, 32, file->face) : NULL;
    if (face->font) {
        TTF_SetFontHinting(face->font, TTF_HINTING_NONE);
        set_script(face->font, file);
    }
}

void face_close(struct face *face) {
    if (face->font)
        TTF_CloseFont(face->font);
    if (face->bytes)
        munmap(face->bytes, face->size);
}

void face_give_back(const struct face *face) {
    if (face->bytes)
        madvise(face->bytes, face->size, MADV_DONTNEED);
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

static void size_face(struct face *face, int em_px) {
    if (face->em_px != em_px)
        TTF_SetFontSize(face->font, em_px);
    face->em_px = em_px;
}

void face_render_glyph(struct face *face, int em_px, uint32_t codepoint, struct glyph *glyph) {
    size_face(face, em_px);
    int x_min = 0, y_max = 0;
    TTF_GlyphMetrics32(face->font, codepoint, &x_min, NULL, NULL, &y_max, &glyph->advance);
    SDL_Color white = {255, 255, 255, 255}, black = {0, 0, 0, 255};
    SDL_Surface *surface = TTF_RenderGlyph32_Shaded(face->font, codepoint, white, black);
    if (!surface)
        return; /* a blank */
    keep_ink(glyph, surface, TTF_FontAscent(face->font), x_min, y_max);
    SDL_FreeSurface(surface);
}

void face_render_run(struct face *face, int em_px, const uint16_t *letters, struct glyph *glyph) {
    size_face(face, em_px);
    TTF_SizeUNICODE(face->font, letters, &glyph->advance, NULL);
    SDL_Color white = {255, 255, 255, 255}, black = {0, 0, 0, 255};
    SDL_Surface *surface = TTF_RenderUNICODE_Shaded(face->font, letters, white, black);
    if (!surface)
        return;
    keep_ink(glyph, surface, TTF_FontAscent(face->font), 0, 0);
    SDL_FreeSurface(surface);
}
