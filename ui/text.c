#include "ui/text.h"

#include <string.h>

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

/* The next character; `*at` moves behind it. A broken byte reads as U+FFFD. */
static uint32_t next_codepoint(const char *text, int *at) {
    const unsigned char *s = (const unsigned char *)text + *at;
    int length = s[0] < 0x80             ? 1
                 : (s[0] & 0xe0) == 0xc0 ? 2
                 : (s[0] & 0xf0) == 0xe0 ? 3
                 : (s[0] & 0xf8) == 0xf0 ? 4
                                         : 0;
    if (length <= 1) {
        (*at)++;
        return length == 1 ? s[0] : 0xfffd;
    }
    uint32_t codepoint = s[0] & (0xffu >> (length + 1));
    for (int i = 1; i < length; i++) {
        if ((s[i] & 0xc0) != 0x80) {
            (*at)++;
            return 0xfffd;
        }
        codepoint = codepoint << 6 | (s[i] & 0x3f);
    }
    *at += length;
    return codepoint;
}

/* Elder mode is the same scale one step up; a small panel has no room for its largest. */
static enum text_size size_shown(const struct painter *p, enum text_size size) {
    static const enum text_size elder[TEXT_SIZE_COUNT] = {T2, T3, T4, T4, T6, T6};
    enum text_size shown = p->elder ? elder[size] : size;
    return p->small && shown == T6 ? T5 : shown;
}

static int em_px(const struct painter *p, enum text_size size) {
    return (int)(text_size_mm[size_shown(p, size)] * p->px_per_mm);
}

int text_line(const struct painter *p, enum text_size size) {
    enum text_size shown = size_shown(p, size);
    return (int)((float)em_px(p, size) * text_size_leading[shown] + 0.5f);
}

static enum weight weight_at(const struct text_style *style, int at) {
    return at < style->lead ? WEIGHT_BOLD : style->weight;
}

static int width_of(struct painter *painter, const struct text_style *style, const char *text,
                    int begin, int end) {
    int width = 0, em = em_px(painter, style->size);
    while (begin < end) {
        enum weight weight = weight_at(style, begin);
        width += fonts_glyph(painter->fonts, weight, em, next_codepoint(text, &begin))->advance;
    }
    return width;
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

/* One line from `begin`: ends at the last break that fits, or in the middle of a word too long. */
static struct line take_line(struct painter *painter, const struct text_style *style, int width_max,
                             const char *text, int begin) {
    struct line line = {begin, begin, 0, false};
    int at = begin, width = 0;
    uint32_t before = 0;
    bool found = false;
    struct line broken = line;
    while (text[at] && text[at] != '\n') {
        int behind = at;
        uint32_t codepoint = next_codepoint(text, &behind);
        if (before && breaks_between(before, codepoint)) {
            broken = (struct line){begin, at, width, false};
            found = true;
        }
        int advance = width_of(painter, style, text, at, behind);
        if (width + advance > width_max && at > begin && codepoint != ' ')
            return found ? broken : (struct line){begin, at, width, false};
        width += advance;
        at = behind;
        before = codepoint;
    }
    return (struct line){begin, at, width, false};
}

/* Shortens a line until the ellipsis fits behind it. */
static void cut_line(struct painter *painter, const struct text_style *style, int width_max,
                     const char *text, struct line *line) {
    int dots = width_of(painter, style, ellipsis, 0, (int)sizeof ellipsis - 1);
    int at = line->begin, width = 0, end = line->begin;
    while (at < line->end) {
        int behind = at;
        next_codepoint(text, &behind);
        int advance = width_of(painter, style, text, at, behind);
        if (width + advance + dots > width_max)
            break;
        width += advance;
        at = end = behind;
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
        if (text[at] == '\n')
            at++;
        else
            while (text[at] == ' ')
                at++;
        out->line[out->count++] = line;
    }
    struct line *last = &out->line[out->count - 1];
    if (out->count > 0 && (text[at] || last->width > width_max))
        cut_line(painter, style, width_max, text, last);
}

static void draw_run(struct painter *painter, const struct text_style *style, int x, int baseline,
                     const char *text, int begin, int end) {
    int em = em_px(painter, style->size);
    rgb ink = colour_of(painter, style->ink);
    while (begin < end) {
        enum weight weight = weight_at(style, begin);
        const struct glyph *glyph =
            fonts_glyph(painter->fonts, weight, em, next_codepoint(text, &begin));
        canvas_mask(&painter->canvas, &glyph->mask, x + glyph->left, baseline - glyph->top, ink);
        x += glyph->advance;
    }
}

static void draw_line(struct painter *painter, const struct text_style *style, struct rect place,
                      const char *text, const struct line *line, int words) {
    int slack = place.w - line->width, em = em_px(painter, style->size);
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
        int dots = width_of(painter, style, ellipsis, 0, (int)sizeof ellipsis - 1);
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
    return width_of(painter, style, text, 0, (int)strlen(text));
}

enum text_size text_size_for(struct painter *painter, int width, const struct text_style *style,
                             const char *text) {
    struct text_style tried = *style;
    while (tried.size > T1 && text_width(painter, &tried, text) > width)
        tried.size--;
    return tried.size;
}
