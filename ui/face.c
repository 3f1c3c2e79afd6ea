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

static void map_font_file(struct face *face, const char *path) {
    int fd = path ? open(path, O_RDONLY | O_CLOEXEC) : -1;
    struct stat about;
    if (fd < 0)
        return;
    if (fstat(fd, &about) == 0 && about.st_size > 0) {
        face->size = (size_t)about.st_size;
        face->bytes = mmap(NULL, face->size, PROT_READ, MAP_PRIVATE, fd, 0);
    }
    close(fd);
    if (face->bytes == MAP_FAILED)
        face->bytes = NULL;
    if (face->bytes)
        munlock(face->bytes, face->size); /* no secret, and what is locked cannot be given back */
}

void face_open(FT_Library library, struct face *face, const struct font_file *file,
               enum weight weight) {
    face->tried = true;
    face->file = file;
    map_font_file(face, file->paths[weight]);
    if (face->bytes && FT_New_Memory_Face(library, face->bytes, (FT_Long)face->size, file->face,
                                          &face->single) != FT_Err_Ok)
        face->single = NULL;
}

void face_close(struct face *face) {
    if (face->runs)
        TTF_CloseFont(face->runs);
    if (face->single)
        FT_Done_Face(face->single);
    if (face->bytes)
        munmap(face->bytes, face->size);
}

bool face_has(const struct face *face, uint32_t codepoint) {
    return FT_Get_Char_Index(face->single, codepoint) != 0;
}

void face_give_back(const struct face *face) {
    if (face->bytes)
        madvise(face->bytes, face->size, MADV_DONTNEED);
}

struct coverage {
    const uint8_t *bytes;
    int width, height, stride;
};

struct ink {
    int x0, y0, x1, y1;
};

static struct ink ink_of(const struct coverage *from) {
    struct ink ink = {from->width, from->height, 0, 0};
    for (int y = 0; y < from->height; y++)
        for (int x = 0; x < from->width; x++)
            if (from->bytes[y * from->stride + x]) {
                ink.x0 = x < ink.x0 ? x : ink.x0;
                ink.x1 = x >= ink.x1 ? x + 1 : ink.x1;
                ink.y0 = y < ink.y0 ? y : ink.y0;
                ink.y1 = y + 1;
            }
    return ink;
}

/* The part with ink; `left` and `top` are from the pen on the baseline to the first of `from`. */
static void keep_ink(struct glyph *glyph, const struct coverage *from, int left, int top) {
    struct ink ink = ink_of(from);
    int width = ink.x1 - ink.x0, height = ink.y1 - ink.y0;
    uint8_t *bytes = width > 0 ? malloc((size_t)width * (size_t)height) : NULL;
    if (!bytes)
        return;
    for (int y = 0; y < height; y++)
        memcpy(bytes + (long)y * width, from->bytes + (ink.y0 + y) * from->stride + ink.x0,
               (size_t)width);
    glyph->mask = (struct mask){bytes, width, height, width};
    glyph->left = left + ink.x0;
    glyph->top = top - ink.y0;
}

void face_render_glyph(struct face *face, int em_px, uint32_t codepoint, struct glyph *glyph) {
    if (face->em_px != em_px)
        FT_Set_Char_Size(face->single, 0, em_px * 64, 0, 0);
    face->em_px = em_px;
    FT_UInt index = FT_Get_Char_Index(face->single, codepoint);
    if (FT_Load_Glyph(face->single, index, FT_LOAD_NO_HINTING | FT_LOAD_NO_BITMAP) != FT_Err_Ok)
        return;
    FT_GlyphSlot slot = face->single->glyph;
    glyph->advance = (int)(slot->metrics.horiAdvance + 63) / 64;
    if (FT_Render_Glyph(slot, FT_RENDER_MODE_NORMAL) != FT_Err_Ok)
        return; /* a blank */
    struct coverage from = {slot->bitmap.buffer, (int)slot->bitmap.width, (int)slot->bitmap.rows,
                            slot->bitmap.pitch};
    keep_ink(glyph, &from, slot->bitmap_left, slot->bitmap_top);
}

/* Shaping costs memory of its own: most kiosks never see such a name. */
static TTF_Font *runs_of(struct face *face, int em_px) {
    const struct font_file *file = face->file;
    if (!face->runs && (TTF_WasInit() || TTF_Init() == 0)) {
        SDL_RWops *ops = SDL_RWFromConstMem(face->bytes, (int)face->size);
        face->runs = ops ? TTF_OpenFontIndexRW(ops, 1, em_px, file->face) : NULL;
        if (face->runs)
            TTF_SetFontHinting(face->runs, TTF_HINTING_NONE);
        if (face->runs && file->script) {
            TTF_SetFontScriptName(face->runs, file->script);
            TTF_SetFontDirection(face->runs,
                                 file->leftward ? TTF_DIRECTION_RTL : TTF_DIRECTION_LTR);
        }
    }
    if (face->runs && face->run_em_px != em_px)
        TTF_SetFontSize(face->runs, em_px);
    face->run_em_px = em_px;
    return face->runs;
}

/* SDL_ttf puts the pen at the left edge and the baseline at the ascent. */
void face_render_run(struct face *face, int em_px, const uint16_t *letters, struct glyph *glyph) {
    TTF_Font *font = runs_of(face, em_px);
    if (!font)
        return;
    TTF_SizeUNICODE(font, letters, &glyph->advance, NULL);
    SDL_Color white = {255, 255, 255, 255}, black = {0, 0, 0, 255};
    SDL_Surface *surface = TTF_RenderUNICODE_Shaded(font, letters, white, black);
    if (!surface)
        return;
    struct coverage from = {surface->pixels, surface->w, surface->h, surface->pitch};
    keep_ink(glyph, &from, 0, TTF_FontAscent(font));
    SDL_FreeSurface(surface);
}
