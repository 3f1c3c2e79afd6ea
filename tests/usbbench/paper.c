#include "tests/usbbench/paper.h"

#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define LINE_ROWS 30
#define CELL_ROWS 24
#define COLUMN_DOTS 12

bool paper_init(struct paper *paper, int dots) {
    *paper = (struct paper){.canvas.width = dots};
    paper->pending = malloc(PAPER_PENDING_SIZE);
    return paper->pending != NULL;
}

void paper_free(struct paper *paper) {
    canvas_free(&paper->canvas);
    free(paper->pending);
    free(paper->printed);
}

void paper_forget(struct paper *paper) {
    paper->pending_length = 0;
    paper->line_count = 0;
}

static void reset(struct paper *paper) {
    paper->align = 0;
    paper->stretch_x = paper->stretch_y = 1;
    paper->bold = paper->chinese_off = false;
    paper->qr_module = 3;
    paper->qr_level = 0;
    paper->bar_height = 162;
    paper->bar_module = 3;
    paper->bar_text = 0;
    paper->line_count = 0;
}

static int line_dots(const struct paper *paper) {
    int dots = 0;
    for (int i = 0; i < paper->line_count; i++)
        dots += paper->line[i].cell_width * paper->line[i].stretch_x;
    return dots;
}

static void print_line(struct paper *paper) {
    int tallest = 1, left = paper->canvas.width - line_dots(paper), top = paper->canvas.height;
    for (int i = 0; i < paper->line_count; i++)
        tallest = paper->line[i].stretch_y > tallest ? paper->line[i].stretch_y : tallest;
    int x = paper->align == 0 ? 0 : paper->align == 1 ? left / 2 : left;
    canvas_feed(&paper->canvas, CELL_ROWS * tallest + LINE_ROWS - CELL_ROWS);
    for (int i = 0; i < paper->line_count; i++) {
        const struct paper_cell *cell = &paper->line[i];
        if (cell->character != ' ')
            canvas_character(&paper->canvas, cell->character, x,
                             top + (tallest - cell->stretch_y) * CELL_ROWS, cell->cell_width,
                             cell->stretch_x, cell->stretch_y, cell->bold);
        x += cell->cell_width * cell->stretch_x;
    }
    paper->line_count = 0;
    paper->lines++;
}

static void put_character(struct paper *paper, uint32_t character, int columns) {
    int dots = columns * COLUMN_DOTS;
    if (line_dots(paper) + dots * paper->stretch_x > paper->canvas.width ||
        paper->line_count == PAPER_LINE_CELLS)
        print_line(paper);
    paper->line[paper->line_count++] =
        (struct paper_cell){character, dots, paper->stretch_x, paper->stretch_y, paper->bold};
}

static void keep(struct paper *paper, const uint8_t *bytes, size_t length) {
    if (paper->printed_length + length > paper->printed_room) {
        size_t room = (paper->printed_room + length) * 2;
        uint8_t *grown = realloc(paper->printed, room);
        if (!grown)
            return;
        paper->printed = grown;
        paper->printed_room = room;
    }
    memcpy(paper->printed + paper->printed_length, bytes, length);
    paper->printed_length += length;
}

static void cut(struct paper *paper) {
    if (paper->line_count)
        print_line(paper);
    paper->sheets++;
    if (paper->was_cut)
        paper->was_cut(paper->context, paper);
    if (*paper->folder) {
        char path[320];
        do /* never over a sheet of an earlier run */
            snprintf(path, sizeof path, "%s/%03d.png", paper->folder, ++paper->number);
        while (access(path, F_OK) == 0);
        if (!canvas_save(&paper->canvas, path))
            perror(path);
        snprintf(path, sizeof path, "%s/%03d.bin", paper->folder, paper->number);
        FILE *file = fopen(path, "wb");
        if (!file ||
            fwrite(paper->printed, 1, paper->printed_length, file) != paper->printed_length)
            perror(path);
        if (file)
            fclose(file);
    }
    paper->printed_length = 0;
    paper->lines = 0;
    canvas_clear(&paper->canvas);
}

/* A character of the Chinese page: how many bytes, 0: not all here yet. */
static size_t take_chinese(struct paper *paper, const uint8_t *bytes, size_t length) {
    if (length < 2)
        return 0;
    size_t count = bytes[1] >= '0' && bytes[1] <= '9' ? 4 : 2;
    if (length < count)
        return 0;
    char in[4], *from = in;
    uint32_t character = 0xfffd;
    char *to = (char *)&character;
    size_t left = count, room = sizeof character;
    memcpy(in, bytes, count);
    iconv_t converter = iconv_open("UCS-4LE", "GB18030");
    if (converter != (iconv_t)-1) {
        if (iconv(converter, &from, &left, &to, &room) == (size_t)-1)
            character = 0xfffd;
        iconv_close(converter);
    }
    put_character(paper, character, 2);
    return count;
}

static void print_bar(struct paper *paper, const uint8_t *data, size_t length) {
    uint8_t codes[256];
    char text[256] = "";
    size_t count = 0;
    bool pairs = length > 1 && data[1] == 'C';
    codes[count++] = pairs ? 105 : 104;
    for (size_t i = 2; i < length && count < sizeof codes; i++) {
        if (!pairs && data[i] == '{' && i + 1 < length)
            i++;
        codes[count++] = pairs ? data[i] : (uint8_t)(data[i] - 32);
        snprintf(text + strlen(text), sizeof text - strlen(text), pairs ? "%02d" : "%c", data[i]);
    }
    canvas_code128(&paper->canvas, codes, count, paper->bar_module, paper->bar_height,
                   paper->align);
    canvas_feed(&paper->canvas, 4);
    for (const char *at = text; paper->bar_text & 2 && *at; at++)
        put_character(paper, (uint8_t)*at, 1);
    print_line(paper);
}

static void qr_function(struct paper *paper, const uint8_t *data, size_t length) {
    if (length < 3 || data[0] != '1') {
        paper->unknown++;
    } else if (data[1] == 'C') {
        paper->qr_module = data[2];
    } else if (data[1] == 'E') {
        paper->qr_level = data[2] - '0';
    } else if (data[1] == 'P' && length - 3 <= sizeof paper->qr) {
        paper->qr_length = length - 3;
        memcpy(paper->qr, data + 3, paper->qr_length);
    } else if (data[1] == 'Q') {
        canvas_qr(&paper->canvas, paper->qr, paper->qr_length, paper->qr_module, paper->qr_level,
                  paper->align);
    }
}

/* Each of these: how many bytes the command has, 0: not all here yet. */
static size_t take_escape(struct paper *paper, const uint8_t *bytes, size_t length) {
    if (length < 2)
        return 0;
    if (bytes[1] == '@') {
        reset(paper);
        return 2;
    }
    if (length < 3)
        return 0;
    switch (bytes[1]) {
    case 'a':
        paper->align = bytes[2] % 48;
        return 3;
    case 'E':
        paper->bold = bytes[2] & 1;
        return 3;
    case 'd':
        print_line(paper);
        canvas_feed(&paper->canvas, (bytes[2] - 1) * LINE_ROWS);
        return 3;
    case 't':
        return 3;
    default:
        paper->unknown++;
        return 2;
    }
}

static bool has(const struct paper *paper, enum paper_feature feature) {
    return (paper->lacks & feature) == 0;
}

/* A question, or how to answer: it leaves nothing on the paper. */
static size_t ask(struct paper *paper, enum paper_feature feature, const uint8_t *bytes,
                  size_t length) {
    paper->unseen = true;
    if (paper->asked && has(paper, feature))
        paper->asked(paper->context, bytes, length);
    return length;
}

/* A command the printer does not have: its letters are text. */
static size_t misread(struct paper *paper) {
    paper->unknown++;
    return 2;
}

/* GS ( and a letter, with its length. */
static size_t take_function(struct paper *paper, const uint8_t *bytes, size_t length) {
    if (bytes[2] == 'k' && !has(paper, PAPER_QR))
        return misread(paper);
    if (bytes[2] == 'H' && !has(paper, PAPER_PROCESS_ID))
        return misread(paper);
    size_t data = length < 5 ? 0 : bytes[3] | (size_t)bytes[4] << 8;
    if (length < 5 || length < 5 + data)
        return 0;
    if (bytes[2] == 'H')
        return ask(paper, PAPER_PROCESS_ID, bytes, 5 + data);
    qr_function(paper, bytes + 5, data);
    return 5 + data;
}

static size_t take_cut(struct paper *paper, const uint8_t *bytes, size_t length) {
    bool feeds = bytes[2] == 'A' || bytes[2] == 'B';
    if (feeds && length < 4)
        return 0;
    if (!has(paper, PAPER_CUTTER))
        return feeds ? 4 : 3;
    keep(paper, bytes, feeds ? 4 : 3); /* the sheet keeps its own cut */
    if (feeds)
        canvas_feed(&paper->canvas, LINE_ROWS);
    cut(paper);
    return feeds ? 4 : 3;
}

static size_t take_group(struct paper *paper, const uint8_t *bytes, size_t length) {
    if (length < 3)
        return 0;
    switch (bytes[1]) {
    case '!':
        paper->stretch_x = (bytes[2] >> 4 & 7) + 1;
        paper->stretch_y = (bytes[2] & 7) + 1;
        return 3;
    case 'h':
        paper->bar_height = bytes[2];
        return 3;
    case 'w':
        paper->bar_module = bytes[2];
        return 3;
    case 'H':
        paper->bar_text = bytes[2];
        return 3;
    case 'V':
        return take_cut(paper, bytes, length);
    case 'a':
        return ask(paper, PAPER_AUTOMATIC, bytes, 3);
    case 'r':
        return ask(paper, PAPER_SENSOR, bytes, 3);
    case '(':
        return take_function(paper, bytes, length);
    case 'k':
        if (length < 4 || length < 4 + (size_t)bytes[3])
            return 0;
        print_bar(paper, bytes + 4, bytes[3]);
        return 4 + (size_t)bytes[3];
    case 'v': {
        size_t columns = length < 8 ? 0 : bytes[4] | (size_t)bytes[5] << 8;
        size_t rows = length < 8 ? 0 : bytes[6] | (size_t)bytes[7] << 8;
        if (length < 8 || length < 8 + columns * rows)
            return 0;
        canvas_raster(&paper->canvas, bytes + 8, (int)columns, (int)rows, paper->align);
        return 8 + columns * rows;
    }
    default:
        paper->unknown++;
        return 2;
    }
}

static size_t take(struct paper *paper, const uint8_t *bytes, size_t length) {
    switch (bytes[0]) {
    case 0x1b:
        return take_escape(paper, bytes, length);
    case 0x1d:
        return take_group(paper, bytes, length);
    case 0x1c:
        if (length < 2)
            return 0;
        paper->chinese_off = bytes[1] == '.';
        return 2;
    case '\n':
        print_line(paper);
        return 1;
    default:
        break;
    }
    if (bytes[0] >= 0x81 && !paper->chinese_off)
        return take_chinese(paper, bytes, length);
    paper->unseen = bytes[0] < ' ';
    if (!paper->unseen)
        put_character(paper, bytes[0], 1);
    return 1;
}

void paper_read(struct paper *paper, const uint8_t *bytes, size_t length) {
    if (paper->pending_length + length > PAPER_PENDING_SIZE)
        paper_forget(paper);
    if (length > PAPER_PENDING_SIZE)
        return;
    memcpy(paper->pending + paper->pending_length, bytes, length);
    paper->pending_length += length;
    size_t at = 0;
    while (at < paper->pending_length) {
        int sheets = paper->sheets;
        paper->unseen = false;
        size_t taken = take(paper, paper->pending + at, paper->pending_length - at);
        if (taken == 0)
            break;
        if (sheets == paper->sheets && !paper->unseen)
            keep(paper, paper->pending + at, taken);
        at += taken;
    }
    paper->pending_length -= at;
    memmove(paper->pending, paper->pending + at, paper->pending_length);
}
