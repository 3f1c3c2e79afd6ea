#include "tests/usbbench/canvas.h"

#include <ft2build.h>
#include FT_FREETYPE_H
#include <qrencode.h>
#include <stdlib.h>
#include <string.h>

#include "tests/usbbench/png.h"

#define ROWS_MAX 40000
#define MARGIN 28
#define CELL_ROWS 24
#define BASELINE 20

void canvas_clear(struct canvas *canvas) {
    if (canvas->dots)
        memset(canvas->dots, 0, (size_t)canvas->width * (size_t)canvas->room);
    canvas->height = 0;
}

void canvas_free(struct canvas *canvas) {
    free(canvas->dots);
    canvas->dots = NULL;
    canvas->height = canvas->room = 0;
}

void canvas_feed(struct canvas *canvas, int rows) {
    int wanted = canvas->height + rows;
    if (wanted > ROWS_MAX)
        return;
    if (wanted > canvas->room) {
        int room = wanted * 2 < ROWS_MAX ? wanted * 2 : ROWS_MAX;
        size_t width = (size_t)canvas->width;
        uint8_t *dots = realloc(canvas->dots, width * (size_t)room);
        if (!dots)
            return;
        memset(dots + width * (size_t)canvas->room, 0, width * (size_t)(room - canvas->room));
        canvas->dots = dots;
        canvas->room = room;
    }
    canvas->height = wanted;
}

void canvas_fill(struct canvas *canvas, int x, int y, int width, int height) {
    for (int row = y; row < y + height; row++)
        for (int column = x; column < x + width; column++)
            if (row >= 0 && row < canvas->height && column >= 0 && column < canvas->width)
                canvas->dots[(size_t)row * (size_t)canvas->width + (size_t)column] = 1;
}

static int aligned(const struct canvas *canvas, int width, int align) {
    int left = canvas->width - width;
    return left <= 0 || align == 0 ? 0 : align == 1 ? left / 2 : left;
}

/* The first font that has the character; its cells are half and whole squares. */
static FT_Face face_for(uint32_t character) {
    static const struct {
        const char *path;
        long index;
    } files[] = {{"/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", 7},
                 {"/usr/share/fonts/truetype/hanazono/HanaMinA.ttf", 0},
                 {"/usr/share/fonts/truetype/hanazono/HanaMinB.ttf", 0}};
    static FT_Library library;
    static FT_Face faces[3];
    if (!library && FT_Init_FreeType(&library) != FT_Err_Ok)
        return NULL;
    for (int i = 0; i < 3; i++) {
        if (!faces[i] &&
            FT_New_Face(library, files[i].path, files[i].index, &faces[i]) != FT_Err_Ok)
            continue;
        if (FT_Get_Char_Index(faces[i], character) != 0)
            return faces[i];
    }
    return NULL;
}

/* Rendered in that size; NULL: no font has it. */
static FT_GlyphSlot glyph_of(uint32_t character, int size) {
    FT_Face face = face_for(character);
    if (!face || FT_Set_Pixel_Sizes(face, 0, (FT_UInt)size) != FT_Err_Ok ||
        FT_Load_Char(face, character, FT_LOAD_RENDER) != FT_Err_Ok)
        return NULL;
    return face->glyph;
}

/* Black where the 8-bit picture of the glyph is dark enough, within the rows of its cell. */
static void draw_glyph(struct canvas *canvas, FT_GlyphSlot glyph, int x, int y, int size,
                       int cell_width, int stretch_x, int stretch_y) {
    const FT_Bitmap *bitmap = &glyph->bitmap;
    int left = (cell_width - (int)(glyph->advance.x >> 6)) / 2 + glyph->bitmap_left;
    int top = BASELINE * size - glyph->bitmap_top;
    for (int row = 0; row < (int)bitmap->rows; row++)
        for (int column = 0; column < (int)bitmap->width; column++)
            if (bitmap->buffer[row * bitmap->pitch + column] > 110 && top + row >= 0 &&
                top + row < CELL_ROWS * size)
                canvas_fill(canvas, x + (left + column) * stretch_x, y + (top + row) * stretch_y,
                            stretch_x, stretch_y);
}

static void draw_box(struct canvas *canvas, int x, int y, int width, int height) {
    canvas_fill(canvas, x + 2, y + 2, width - 4, 1);
    canvas_fill(canvas, x + 2, y + height - 3, width - 4, 1);
    canvas_fill(canvas, x + 2, y + 2, 1, height - 4);
    canvas_fill(canvas, x + width - 3, y + 2, 1, height - 4);
}

void canvas_character(struct canvas *canvas, uint32_t character, int x, int y, int cell_width,
                      int stretch_x, int stretch_y, bool bold) {
    bool large = stretch_x == 2 && stretch_y == 2;
    int drawn_x = large ? 1 : stretch_x, drawn_y = large ? 1 : stretch_y, size = large ? 2 : 1;
    FT_GlyphSlot glyph = glyph_of(character, CELL_ROWS * size);
    if (!glyph) {
        draw_box(canvas, x, y, cell_width * stretch_x, CELL_ROWS * stretch_y);
        return;
    }
    for (int i = 0; i <= bold; i++)
        draw_glyph(canvas, glyph, x + i, y, size, cell_width * size, drawn_x, drawn_y);
}

void canvas_qr(struct canvas *canvas, const uint8_t *data, size_t length, int module, int level,
               int align) {
    static const QRecLevel levels[] = {QR_ECLEVEL_L, QR_ECLEVEL_M, QR_ECLEVEL_Q, QR_ECLEVEL_H};
    QRcode *code = QRcode_encodeData((int)length, data, 0, levels[level & 3]);
    if (!code)
        return;
    int left = aligned(canvas, code->width * module, align), top = canvas->height;
    canvas_feed(canvas, code->width * module);
    for (int y = 0; y < code->width; y++)
        for (int x = 0; x < code->width; x++)
            if (code->data[y * code->width + x] & 1)
                canvas_fill(canvas, left + x * module, top + y * module, module, module);
    QRcode_free(code);
}

/* Bars and spaces of each CODE128 value, in modules; the last is the stop code. */
static const char *const code128_widths[107] = {
    "212222", "222122", "222221", "121223", "121322", "131222", "122213", "122312", "132212",
    "221213", "221312", "231212", "112232", "122132", "122231", "113222", "123122", "123221",
    "223211", "221132", "221231", "213212", "223112", "312131", "311222", "321122", "321221",
    "312212", "322112", "322211", "212123", "212321", "232121", "111323", "131123", "131321",
    "112313", "132113", "132311", "211313", "231113", "231311", "112133", "112331", "132131",
    "113123", "113321", "133121", "313121", "211331", "231131", "213113", "213311", "213131",
    "311123", "311321", "331121", "312113", "312311", "332111", "314111", "221411", "431111",
    "111224", "111422", "121124", "121421", "141122", "141221", "112214", "112412", "122114",
    "122411", "142112", "142211", "241211", "221114", "413111", "241112", "134111", "111242",
    "121142", "121241", "114212", "124112", "124211", "411212", "421112", "421211", "212141",
    "214121", "412121", "111143", "111341", "131141", "114113", "114311", "411113", "411311",
    "113141", "114131", "311141", "411131", "211412", "211214", "211232", "2331112"};

static bool is_code128(const uint8_t *codes, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (codes[i] > 105)
            return false;
    return true;
}

void canvas_code128(struct canvas *canvas, const uint8_t *codes, size_t count, int module,
                    int height, int align) {
    if (!is_code128(codes, count)) /* a printer draws none */
        return;
    unsigned check = codes[0];
    for (size_t i = 1; i < count; i++)
        check += (unsigned)i * codes[i];
    int left = aligned(canvas, (int)(11 * (count + 1) + 13) * module, align);
    int top = canvas->height;
    canvas_feed(canvas, height);
    for (size_t i = 0; i < count + 2; i++) {
        const char *widths = code128_widths[i < count ? codes[i] : i == count ? check % 103 : 106];
        for (int bar = 0; widths[bar]; bar++) {
            int width = (widths[bar] - '0') * module;
            if (bar % 2 == 0)
                canvas_fill(canvas, left, top, width, height);
            left += width;
        }
    }
}

void canvas_raster(struct canvas *canvas, const uint8_t *bits, int row_bytes, int rows, int align) {
    int left = aligned(canvas, row_bytes * 8, align), top = canvas->height;
    canvas_feed(canvas, rows);
    for (int y = 0; y < rows; y++)
        for (int x = 0; x < row_bytes * 8; x++)
            if (bits[y * row_bytes + x / 8] & 0x80 >> x % 8)
                canvas_fill(canvas, left + x, top + y, 1, 1);
}

bool canvas_save(const struct canvas *canvas, const char *path) {
    int width = canvas->width + 2 * MARGIN, height = canvas->height + 2 * MARGIN;
    uint8_t *dots = calloc((size_t)width, (size_t)height);
    if (!dots)
        return false;
    for (int y = 0; y < canvas->height; y++)
        memcpy(dots + (size_t)(y + MARGIN) * (size_t)width + MARGIN,
               canvas->dots + (size_t)y * (size_t)canvas->width, (size_t)canvas->width);
    bool written = png_write(path, dots, width, height);
    free(dots);
    return written;
}
