#include "drivers/printer/escpos.h"

#include <qrencode.h>
#include <stdlib.h>
#include <string.h>

#include "drivers/printer/escpos_text.h"

#define CELLS_MAX 256
#define COLUMN_DOTS 12 /* font 12 x 24 */
#define LETTER_ROWS 24
#define LINE_ROWS 30
#define CUT_ROWS 160 /* from the head to the cutter, more than most need */
/* 0.75 mm of the usual head: what a phone and a counter scanner read at once. */
#define QR_MODULE_DOTS_MAX 6
#define QR_QUIET_MODULES 8
#define BAR_MODULE_DOTS 2
#define DRAWER_ON_2MS 25 /* of its magnet, in units of 2 ms */
#define DRAWER_OFF_2MS 250
#define BAR_ROWS 80
#define RASTER_HEAD_BYTES 8
#define RASTER_BYTES_MAX 128 /* of a row: 1024 dots */

struct sheet {
    const struct escpos_head *head;
    struct escpos_encoder encoder;
    uint8_t *bytes;
    size_t length, capacity;
    int scale, rows;
    bool failed; /* out of memory */
};

static void put_bytes(struct sheet *sheet, const void *bytes, size_t count) {
    if (sheet->failed)
        return;
    if (sheet->length + count > sheet->capacity) {
        size_t capacity = (sheet->capacity + count) * 2;
        uint8_t *grown = realloc(sheet->bytes, capacity);
        sheet->failed = grown == NULL;
        if (!grown)
            return;
        sheet->bytes = grown;
        sheet->capacity = capacity;
    }
    memcpy(sheet->bytes + sheet->length, bytes, count);
    sheet->length += count;
}

#define PUT(sheet, ...)                                                                            \
    put_bytes(sheet, (const uint8_t[]){__VA_ARGS__}, sizeof((const uint8_t[]){__VA_ARGS__}))

static int columns_of(const struct sheet *sheet, int scale) {
    int columns = sheet->head->columns;
    return (columns ? columns : sheet->head->dots / COLUMN_DOTS) / scale;
}

static int scale_of(const struct print_item *item) {
    return item->scale == 2 ? 2 : 1;
}

static void put_style(struct sheet *sheet, enum print_align align, bool bold, int scale) {
    PUT(sheet, 0x1b, 'a', (uint8_t)align);
    PUT(sheet, 0x1b, 'E', bold);
    PUT(sheet, 0x1d, '!', (uint8_t)((scale - 1) << 4 | (scale - 1)));
    sheet->scale = scale;
}

static void put_line_end(struct sheet *sheet) {
    PUT(sheet, '\n');
    sheet->rows += LINE_ROWS - LETTER_ROWS + LETTER_ROWS * sheet->scale;
}

static void put_feed(struct sheet *sheet, int lines) {
    PUT(sheet, 0x1b, 'd', (uint8_t)lines);
    sheet->rows += LINE_ROWS * lines;
}

static void put_cells(struct sheet *sheet, const struct escpos_cell *cells, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (cells[i].bytes[0] != '\n')
            put_bytes(sheet, cells[i].bytes, cells[i].count);
}

static void put_blanks(struct sheet *sheet, int count) {
    for (int i = 0; i < count; i++)
        PUT(sheet, ' ');
}

static size_t skip_spaces(const struct escpos_cell *cells, size_t count) {
    size_t skipped = 0;
    while (skipped < count && cells[skipped].count == 1 && cells[skipped].bytes[0] == ' ')
        skipped++;
    return skipped;
}

/* All lines but the last, which is left to the caller: where it begins. */
static size_t put_lines(struct sheet *sheet, const struct escpos_cell *cells, size_t count,
                        int columns) {
    size_t at = 0;
    for (;;) {
        size_t fit = escpos_fit(cells + at, count - at, columns);
        if (at + fit == count)
            return at;
        put_cells(sheet, cells + at, fit);
        put_line_end(sheet);
        bool broken_by_us = cells[at + fit - 1].bytes[0] != '\n';
        at += fit;
        if (broken_by_us)
            at += skip_spaces(cells + at, count - at);
    }
}

static void put_escpos_text(struct sheet *sheet, const struct print_item *item) {
    struct escpos_cell cells[CELLS_MAX];
    size_t count = escpos_encode(&sheet->encoder, item->text, cells, CELLS_MAX);
    int scale = scale_of(item);
    put_style(sheet, item->align, item->bold, scale);
    size_t last = put_lines(sheet, cells, count, columns_of(sheet, scale));
    put_cells(sheet, cells + last, count - last);
    put_line_end(sheet);
}

static void put_pair(struct sheet *sheet, const struct print_item *item) {
    struct escpos_cell left[CELLS_MAX], right[CELLS_MAX];
    size_t left_count = escpos_encode(&sheet->encoder, item->text, left, CELLS_MAX);
    size_t right_count = escpos_encode(&sheet->encoder, item->right, right, CELLS_MAX);
    int scale = scale_of(item), columns = columns_of(sheet, scale);
    put_style(sheet, PRINT_LEFT, item->bold, scale);
    size_t last = put_lines(sheet, left, left_count, columns);
    put_cells(sheet, left + last, left_count - last);
    int used = escpos_width(left + last, left_count - last);
    int wanted = escpos_width(right, right_count);
    if (used + 1 + wanted > columns) {
        put_line_end(sheet);
        used = 0;
    }
    put_blanks(sheet, columns - used - wanted);
    last = put_lines(sheet, right, right_count, columns);
    put_cells(sheet, right + last, right_count - last);
    put_line_end(sheet);
}

static void put_rule(struct sheet *sheet) {
    put_style(sheet, PRINT_LEFT, false, 1);
    for (int i = columns_of(sheet, 1); i > 0; i--)
        PUT(sheet, '-');
    put_line_end(sheet);
}

static int module_dots(const struct sheet *sheet, int modules) {
    int dots = sheet->head->dots / (modules + QR_QUIET_MODULES);
    return dots > QR_MODULE_DOTS_MAX ? QR_MODULE_DOTS_MAX : dots < 1 ? 1 : dots;
}

/* A code as a picture with its quiet zone. */
struct qr_picture {
    const QRcode *code;
    int dots, quiet, size, row_bytes;
};

static void put_qr_row(struct sheet *sheet, const struct qr_picture *picture, int y) {
    const QRcode *code = picture->code;
    int dots = picture->dots, quiet = picture->quiet;
    uint8_t row[RASTER_BYTES_MAX] = {0};
    for (int x = 0; x < picture->size; x++) {
        int column = (x - quiet) / dots, line = (y - quiet) / dots;
        bool inside = x >= quiet && y >= quiet && column < code->width && line < code->width;
        if (inside && code->data[line * code->width + column] & 1)
            row[x / 8] |= (uint8_t)(0x80 >> x % 8);
    }
    put_bytes(sheet, row, (size_t)picture->row_bytes);
}

/* GS v 0, in bands: one below the other they are one picture, and none is longer than a command
 * may be. */
static void put_qr_raster(struct sheet *sheet, const QRcode *code) {
    int dots = module_dots(sheet, code->width), quiet = QR_QUIET_MODULES / 2 * dots;
    int size = code->width * dots + 2 * quiet, row_bytes = (size + 7) / 8;
    struct qr_picture picture = {code, dots, quiet, size, row_bytes};
    int band_max = (ESCPOS_COMMAND_MAX - RASTER_HEAD_BYTES) / row_bytes;
    for (int y = 0; y < size; y += band_max) {
        int band = size - y < band_max ? size - y : band_max;
        PUT(sheet, 0x1d, 'v', '0', 0, (uint8_t)row_bytes, 0, (uint8_t)band, (uint8_t)(band >> 8));
        for (int row = y; row < y + band; row++)
            put_qr_row(sheet, &picture, row);
    }
    sheet->rows += size;
}

/* The printer draws it itself: model 2, module size, level M, store, print. It leaves no quiet zone
 * above and below: a line is about four modules. */
static void put_qr_command(struct sheet *sheet, const char *text, const QRcode *code) {
    int dots = module_dots(sheet, code->width);
    size_t length = strlen(text), stored = length + 3;
    put_feed(sheet, 1);
    PUT(sheet, 0x1d, '(', 'k', 4, 0, '1', 'A', '2', 0);
    PUT(sheet, 0x1d, '(', 'k', 3, 0, '1', 'C', (uint8_t)dots);
    PUT(sheet, 0x1d, '(', 'k', 3, 0, '1', 'E', '1');
    PUT(sheet, 0x1d, '(', 'k', (uint8_t)stored, (uint8_t)(stored >> 8), '1', 'P', '0');
    put_bytes(sheet, text, length);
    PUT(sheet, 0x1d, '(', 'k', 3, 0, '1', 'Q', '0');
    put_feed(sheet, 1);
    sheet->rows += code->width * dots;
}

static void put_qr(struct sheet *sheet, const struct print_item *item) {
    QRcode *code = QRcode_encodeString8bit(item->text, 0, QR_ECLEVEL_M);
    put_style(sheet, item->align, false, 1);
    if (!code) /* nothing to encode, or no memory: the words at least */
        put_escpos_text(sheet, item);
    else if (item->qr == PRINT_QR_PICTURE || (item->qr == PRINT_QR_USUAL && sheet->head->raster_qr))
        put_qr_raster(sheet, code);
    else
        put_qr_command(sheet, item->text, code);
    QRcode_free(code);
}

/* Start, check and stop code beside the data, in modules. */
static bool bar_fits(const struct sheet *sheet, size_t symbols) {
    return (11 * (symbols + 2) + 13) * BAR_MODULE_DOTS <= (size_t)sheet->head->dots;
}

/* CODE128 in set B; set C packs two digits where B would be too wide. False: not printable so. */
static bool bar_data(const struct sheet *sheet, const char *text, uint8_t *out, size_t *count) {
    size_t length = strlen(text), digits = strspn(text, "0123456789");
    *count = 0;
    out[(*count)++] = '{';
    if (bar_fits(sheet, length)) {
        out[(*count)++] = 'B';
        for (const char *at = text; *at; at++) {
            if (*at < ' ' || *at > '~')
                return false;
            if (*at == '{')
                out[(*count)++] = '{';
            out[(*count)++] = (uint8_t)*at;
        }
        return length > 0;
    }
    out[(*count)++] = 'C';
    for (size_t i = 0; i + 1 < length; i += 2)
        out[(*count)++] = (uint8_t)((text[i] - '0') * 10 + text[i + 1] - '0');
    return digits == length && length % 2 == 0 && bar_fits(sheet, length / 2);
}

static void put_bar(struct sheet *sheet, const struct print_item *item) {
    uint8_t data[2 * sizeof item->text + 2];
    size_t count;
    put_style(sheet, item->align, false, 1);
    if (!bar_data(sheet, item->text, data, &count) || count > 255) {
        put_escpos_text(sheet, item);
        return;
    }
    PUT(sheet, 0x1d, 'h', BAR_ROWS, 0x1d, 'w', BAR_MODULE_DOTS, 0x1d, 'H', 2);
    PUT(sheet, 0x1d, 'k', 0x49, (uint8_t)count);
    put_bytes(sheet, data, count);
    sheet->rows += BAR_ROWS + LINE_ROWS;
}

static void put_cut(struct sheet *sheet) {
    if (sheet->head->no_cutter) {
        put_feed(sheet, ESCPOS_TEAR_LINES);
        return;
    }
    PUT(sheet, 0x1d, 'V', 'B', 0);
    sheet->rows += CUT_ROWS;
}

static void put_item(struct sheet *sheet, const struct print_item *item) {
    switch (item->kind) {
    case PRINT_TEXT:
        put_escpos_text(sheet, item);
        break;
    case PRINT_PAIR:
        put_pair(sheet, item);
        break;
    case PRINT_RULE:
        put_rule(sheet);
        break;
    case PRINT_QR:
        put_qr(sheet, item);
        break;
    case PRINT_BAR:
        put_bar(sheet, item);
        break;
    case PRINT_FEED:
        put_feed(sheet, item->lines > 0 && item->lines < 50 ? item->lines : 1);
        break;
    case PRINT_DRAWER:
        PUT(sheet, 0x1b, 'p', 0, DRAWER_ON_2MS, DRAWER_OFF_2MS);
        break;
    case PRINT_CUT:
        put_cut(sheet);
        break;
    }
}

bool escpos_render(const struct print_doc *doc, const struct escpos_head *head,
                   struct escpos_bytes *out) {
    struct sheet sheet = {.head = head, .scale = 1};
    *out = (struct escpos_bytes){0};
    if (!escpos_encoder_open(&sheet.encoder, head->gbk_only))
        return false;
    PUT(&sheet, 0x1b, '@', 0x1c, '&');
    for (int i = 0; i < doc->count; i++)
        put_item(&sheet, &doc->items[i]);
    escpos_encoder_close(&sheet.encoder);
    if (sheet.failed) {
        free(sheet.bytes);
        return false;
    }
    *out = (struct escpos_bytes){sheet.bytes, sheet.length, sheet.rows};
    return true;
}
