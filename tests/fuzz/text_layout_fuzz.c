/* Any text of a hospital, on the screen and on paper: no line is wider than its box, what is drawn
 * is as high as it was measured, nothing is drawn beside the box, and no byte of a text reaches the
 * printer as a command. The first bytes are the size, the width and the number of lines. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "app/base/text.h"
#include "drivers/printer/escpos_text.h"
#include "ui/text.h"

#define SIDE 600
#define CELLS_MAX 4096
#define BACKGROUND 0x123456u

static struct painter painter;
static struct frame frame;
static uint32_t pixels[SIDE * SIDE];

static void need(bool holds) {
    if (!holds)
        abort();
}

static void begin_painter(void) {
    static const struct view view = {.screen = SCREEN_WELCOME};
    char error[256] = "";
    painter.fonts = fonts_create(error, sizeof error);
    need(painter.fonts != NULL);
    painter.frame = &frame;
    painter.panel_px_per_mm = 4;
    painter.canvas = (struct canvas){pixels, SIDE, SIDE, SIDE};
    painter_begin(&painter, &view);
}

static void need_inside(struct rect box) {
    for (int y = 0; y < SIDE; y++)
        for (int x = 0; x < SIDE; x++)
            if (pixels[y * SIDE + x] != BACKGROUND)
                need(x >= box.x && x < box.x + box.w && y >= box.y && y < box.y + box.h);
}

/* A word of a joined script is never broken, so one that is wider than its box stands out of it. */
static bool is_joined(const char *text) {
    for (const unsigned char *at = (const unsigned char *)text; *at != '\0'; at++) {
        if (at[0] >= 0xc2 && at[0] < 0xe0 && fonts_joins((at[0] & 0x1fu) << 6 | (at[1] & 0x3fu)))
            return true;
        if (at[0] >= 0xe0 && at[0] < 0xf0 && at[1] != '\0' &&
            fonts_joins((at[0] & 0x0fu) << 12 | (at[1] & 0x3fu) << 6 | (at[2] & 0x3fu)))
            return true;
    }
    return false;
}

static void lay_out_on_screen(const uint8_t head[3], const char *text) {
    struct text_style style = {.size = (enum text_size)(head[0] % 6),
                               .weight = head[0] / 6 % 2,
                               .align = (enum align)(head[0] / 12 % 3),
                               .lines_max = head[2] % 5,
                               .middle = head[2] & 0x80};
    int line = text_line(&painter, style.size);
    struct rect box = {40, 80, 3 * line + head[1] * 2, 400};
    if (box.w > SIDE - 80)
        box.w = SIDE - 80;
    for (int i = 0; i < SIDE * SIDE; i++)
        pixels[i] = BACKGROUND;
    int high = text_height(&painter, box.w, &style, text);
    int used = text_draw(&painter, box, &style, text);
    need(high >= 0 && used >= 0 && used <= box.h);
    need(high > box.h || used == high);
    need(text_width(&painter, &style, text) >= 0);
    need((unsigned)text_size_for(&painter, box.w, &style, text) < 6);
    /* A letter may lean, and one of a tall script stand out of its line. Blanks at the end of a
     * line count for where it is aligned, so only what begins at the left is looked at. */
    int lean = line; /* a mark at its beginning combines with what is not there */
    if (style.align == ALIGN_LEFT && !is_joined(text))
        need_inside((struct rect){box.x - lean, box.y - line, box.w + 2 * lean, box.h + 2 * line});
    frame.touch_count = 0;
}

static void need_no_command(const struct escpos_cell *cell) {
    need(cell->count == 1 || cell->count == 2 || cell->count == 4);
    if (cell->count == 1)
        need((cell->bytes[0] >= 0x20 && cell->bytes[0] < 0x7f) || cell->bytes[0] == '\n');
    else
        need(cell->bytes[0] >= 0x81);
}

static void lay_out_on_paper(bool gbk_only, int columns, const char *text) {
    static struct escpos_cell cells[CELLS_MAX];
    struct escpos_encoder encoder;
    need(escpos_encoder_open(&encoder, gbk_only));
    size_t count = escpos_encode(&encoder, text, cells, CELLS_MAX), done = 0;
    escpos_encoder_close(&encoder);
    need(count <= CELLS_MAX);
    for (size_t i = 0; i < count; i++)
        need_no_command(&cells[i]);
    while (done < count) {
        size_t fit = escpos_fit(cells + done, count - done, columns);
        need(fit >= 1 && fit <= count - done);
        need(fit == 1 || escpos_width(cells + done, fit) <= columns);
        done += fit;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size < 3 || size > 1024)
        return 0;
    if (painter.fonts == NULL)
        begin_painter();
    char *text = strndup((const char *)data + 3, size - 3);
    need(text != NULL);
    text_clean(text, size - 2, text); /* as every reader of messages does */
    lay_out_on_paper(data[0] & 1, 1 + data[1] % 64, text);
    lay_out_on_screen(data, text);
    free(text);
    return 0;
}
