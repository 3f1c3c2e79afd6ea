#include "ui/text.h"

#include <limits.h>
#include <string.h>

#include "ui/pieces.h"

#define LINES_MAX 64
#define BASELINE 0.37f /* below the middle of a line */
#define ASCENT 0.86f   /* ink above the baseline */
#define DESCENT 0.12f
static const char ellipsis[] = "…";

struct line {
    int begin, end; /* bytes */
    int width;
    bool cut; /* an ellipsis follows */
};

struct lines {
    int count;
    struct line line[LINES_MAX];
};

int text_line(const struct painter *p, enum text_size size) {
    enum text_size shown = pieces_size(p, size);
    return (int)((float)pieces_em(p, size) * text_size_leading[shown] + 0.5f);
}

static bool in_set(uint32_t codepoint, const uint32_t *set) {
    for (; *set; set++)
        if (*set == codepoint)
            return true;
    return false;
}

/* Chinese typography: these do not begin a line, those do not end one. */
static bool never_begins(uint32_t codepoint) {
    static const uint32_t set[] = {0xff0c, 0x3002, 0xff1b, 0xff1a, 0x3001, 0xff1f, 0xff01, 0xff09,
                                   0x300b, 0x201d, 0x2019, 0x3011, 0x2026, ',',    '.',    ';',
                                   ':',    '?',    '!',    ')',    '%',    0};
    return in_set(codepoint, set);
}
static bool never_ends(uint32_t codepoint) {
    static const uint32_t set[] = {0xff08, 0x300a, 0x201c, 0x2018, 0x3010, '(', 0xa5, 0xffe5, 0};
    return in_set(codepoint, set);
}

/* True when a line may end between `before` and `after`. */
static bool breaks_between(uint32_t before, uint32_t after) {
    if (before == ' ')
        return true;
    if (never_begins(after) || never_ends(before))
        return false;
    return before >= 0x2e80 || after >= 0x2e80;
}

/* One line from `begin`: ends at the last break that fits, or in the middle of a word too long.
 * Blanks at its end are none of it. */
static struct line take_line(struct painter *painter, const struct text_style *style, int width_max,
                             const char *text, int begin) {
    struct line line = {begin, begin, 0, false}, broken = line;
    int at = begin, width = 0;
    uint32_t before = 0;
    bool found = false;
    while (text[at] && text[at] != '\n') {
        struct piece piece =
            piece_within(painter, style, text, at, at > begin ? INT_MAX : width_max);
        int advance = piece.glyph->advance;
        if (before && breaks_between(before, piece.first)) {
            broken = line;
            found = true;
        }
        if (width + advance > width_max && at > begin && piece.first != ' ')
            return found ? broken : line;
        width += advance;
        at = piece.end;
        before = piece.first;
        if (piece.first != ' ')
            line = (struct line){begin, at, width, false};
        if (piece.parted)
            break;
    }
    return line;
}

/* Shortens a line until the ellipsis fits behind it. */
static void cut_line(struct painter *painter, const struct text_style *style, int width_max,
                     const char *text, struct line *line) {
    int dots = pieces_width(painter, style, ellipsis, 0, (int)sizeof ellipsis - 1);
    int at = line->begin, width = 0, end = line->begin;
    while (at < line->end) {
        struct piece piece = piece_within(painter, style, text, at, width_max - dots - width);
        if (width + piece.glyph->advance + dots > width_max)
            break;
        width += piece.glyph->advance;
        at = end = piece.end;
        if (piece.parted)
            break;
    }
    *line = (struct line){line->begin, end, width + dots, true};
}

static void break_lines(struct painter *painter, const struct text_style *style, int width_max,
                        int lines_max, const char *text, struct lines *out) {
    out->count = 0;
    int at = 0;
    while (text[at] && out->count < lines_max) {
        struct line line = take_line(painter, style, width_max, text, at);
        at = line.end;
        while (text[at] == ' ')
            at++;
        if (text[at] == '\n')
            at++;
        out->line[out->count++] = line;
    }
    struct line *last = &out->line[out->count - 1];
    if (out->count > 0 && (text[at] || last->width > width_max))
        cut_line(painter, style, width_max, text, last);
}

static void draw_run(struct painter *painter, const struct text_style *style, int x, int baseline,
                     const char *text, int begin, int end) {
    rgb ink = colour_of(painter, style->ink);
    while (begin < end) {
        struct piece piece = piece_at(painter, style, text, begin, end);
        const struct glyph *glyph = piece.glyph;
        canvas_mask(&painter->canvas, &glyph->mask, x + glyph->left, baseline - glyph->top, ink);
        x += glyph->advance;
        begin = piece.end;
    }
}

static void draw_line(struct painter *painter, const struct text_style *style, struct rect place,
                      const char *text, const struct line *line, int words) {
    int slack = place.w - line->width, em = pieces_em(painter, style->size);
    int x = place.x + (style->align == ALIGN_LEFT     ? 0
                       : style->align == ALIGN_CENTRE ? slack / 2
                                                      : slack);
    int baseline = place.y + place.h / 2 + (int)((float)em * BASELINE + 0.5f);
    int top = baseline - (int)((float)em * ASCENT);
    struct frame_text record = {{x, top, line->width, (int)((float)em * (ASCENT + DESCENT))},
                                em,
                                colour_of(painter, style->ink),
                                canvas_pixel(&painter->canvas, x, baseline),
                                style->strong,
                                line->cut,
                                words};
    frame_add_text(painter->frame, &record);
    frame_add_words(painter->frame, text + line->begin, line->end - line->begin);
    draw_run(painter, style, x, baseline, text, line->begin, line->end);
    if (line->cut) {
        int dots = pieces_width(painter, style, ellipsis, 0, (int)sizeof ellipsis - 1);
        draw_run(painter, style, x + line->width - dots, baseline, ellipsis, 0,
                 (int)sizeof ellipsis - 1);
        frame_add_words(painter->frame, ellipsis, (int)sizeof ellipsis - 1);
    }
}

static int lines_allowed(const struct painter *painter, const struct text_style *style,
                         int height) {
    int room = height / text_line(painter, style->size);
    if (style->lines_max > 0 && style->lines_max < room)
        room = style->lines_max;
    return room < 1 ? 1 : room > LINES_MAX ? LINES_MAX : room;
}

int text_draw(struct painter *painter, struct rect box, const struct text_style *style,
              const char *text) {
    if (!text[0])
        return 0;
    struct lines lines;
    int height = text_line(painter, style->size);
    break_lines(painter, style, box.w, lines_allowed(painter, style, box.h), text, &lines);
    int used = lines.count * height, words = frame_begin_words(painter->frame);
    int y = box.y + (style->middle ? (box.h - used) / 2 : 0);
    for (int i = 0; i < lines.count; i++, y += height)
        draw_line(painter, style, (struct rect){box.x, y, box.w, height}, text, &lines.line[i],
                  words);
    return used;
}

int text_height(struct painter *painter, int width, const struct text_style *style,
                const char *text) {
    if (!text[0])
        return 0;
    struct lines lines;
    int most = style->lines_max > 0 ? style->lines_max : LINES_MAX;
    break_lines(painter, style, width, most, text, &lines);
    return lines.count * text_line(painter, style->size);
}

int text_width(struct painter *painter, const struct text_style *style, const char *text) {
    return pieces_width(painter, style, text, 0, (int)strlen(text));
}

enum text_size text_size_for(struct painter *painter, int width, const struct text_style *style,
                             const char *text) {
    struct text_style tried = *style;
    while (tried.size > T1 && text_width(painter, &tried, text) > width)
        tried.size--;
    return tried.size;
}
