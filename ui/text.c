#include "ui/text.h"

#include <math.h>
#include <string.h>

#include "ui/theme.h"

#define LINES_MAX 64
#define LEADING 1.25f
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

static int em_px(const struct painter *painter, float em_mm) {
    return (int)ceilf(em_mm * painter->px_per_mm - 0.25f);
}

static int advance_of(struct painter *painter, enum weight weight, int em, uint32_t codepoint) {
    return fonts_glyph(painter->fonts, weight, em, codepoint)->advance;
}

static int width_of(struct painter *painter, enum weight weight, int em, const char *text,
                    int begin, int end) {
    int width = 0;
    while (begin < end)
        width += advance_of(painter, weight, em, next_codepoint(text, &begin));
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
static struct line take_line(struct painter *painter, enum weight weight, int em, int width_max,
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
        int advance = advance_of(painter, weight, em, codepoint);
        if (width + advance > width_max && at > begin && codepoint != ' ')
            return found ? broken : (struct line){begin, at, width, false};
        width += advance;
        at = behind;
        before = codepoint;
    }
    return (struct line){begin, at, width, false};
}

/* Shortens a line until the ellipsis fits behind it. */
static void cut_line(struct painter *painter, enum weight weight, int em, int width_max,
                     const char *text, struct line *line) {
    int dots = width_of(painter, weight, em, ellipsis, 0, (int)sizeof ellipsis - 1);
    int at = line->begin, width = 0, end = line->begin;
    while (at < line->end) {
        int behind = at;
        int advance = advance_of(painter, weight, em, next_codepoint(text, &behind));
        if (width + advance + dots > width_max)
            break;
        width += advance;
        at = end = behind;
    }
    *line = (struct line){line->begin, end, width + dots, true};
}

static void break_lines(struct painter *painter, const struct text_style *style, int em,
                        int width_max, int lines_max, const char *text, struct lines *out) {
    out->count = 0;
    int at = 0;
    while (text[at] && out->count < lines_max) {
        struct line line = take_line(painter, style->weight, em, width_max, text, at);
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
        cut_line(painter, style->weight, em, width_max, text, last);
}

static int line_height(int em) {
    return (int)((float)em * LEADING + 0.5f);
}

/* The size to use: smaller only where the style allows and one line would not fit. */
static int fitting_em(struct painter *painter, const struct text_style *style, int width_max,
                      const char *text) {
    int em = em_px(painter, style->em_mm), least = em_px(painter, TEXT_SMALL);
    if (!style->shrink)
        return em;
    int length = (int)strlen(text);
    int width = width_of(painter, style->weight, em, text, 0, length);
    if (width <= width_max || em <= least)
        return em;
    em = em * width_max / width;
    while (em > least && width_of(painter, style->weight, em, text, 0, length) > width_max)
        em--;
    return em < least ? least : em;
}

static void draw_run(struct painter *painter, const struct text_style *style, int em, int x,
                     int baseline, const char *text, int begin, int end) {
    while (begin < end) {
        const struct glyph *glyph =
            fonts_glyph(painter->fonts, style->weight, em, next_codepoint(text, &begin));
        canvas_mask(&painter->canvas, &glyph->mask, x + glyph->left, baseline - glyph->top,
                    style->ink);
        x += glyph->advance;
    }
}

static void draw_line(struct painter *painter, const struct text_style *style, int em,
                      struct rect place, const char *text, const struct line *line, int words) {
    int slack = place.w - line->width;
    int x = place.x + (style->align == ALIGN_LEFT     ? 0
                       : style->align == ALIGN_CENTRE ? slack / 2
                                                      : slack);
    int baseline = place.y + place.h / 2 + (int)((float)em * BASELINE + 0.5f);
    int top = baseline - (int)((float)em * ASCENT);
    struct frame_text record = {{x, top, line->width, (int)((float)em * (ASCENT + DESCENT))},
                                em,
                                style->ink,
                                canvas_pixel(&painter->canvas, x, baseline),
                                style->strong,
                                line->cut,
                                words};
    frame_add_text(painter->frame, &record);
    frame_add_words(painter->frame, text + line->begin, line->end - line->begin);
    draw_run(painter, style, em, x, baseline, text, line->begin, line->end);
    if (line->cut) {
        int dots = width_of(painter, style->weight, em, ellipsis, 0, (int)sizeof ellipsis - 1);
        draw_run(painter, style, em, x + line->width - dots, baseline, ellipsis, 0,
                 (int)sizeof ellipsis - 1);
        frame_add_words(painter->frame, ellipsis, (int)sizeof ellipsis - 1);
    }
}

static int lines_allowed(const struct text_style *style, int height, int em) {
    int room = height / line_height(em);
    if (style->lines_max > 0 && style->lines_max < room)
        room = style->lines_max;
    return room < 1 ? 1 : room > LINES_MAX ? LINES_MAX : room;
}

int text_draw(struct painter *painter, struct rect box, const struct text_style *style,
              const char *text) {
    if (!text[0])
        return 0;
    struct lines lines;
    int em = fitting_em(painter, style, box.w, text), height = line_height(em);
    break_lines(painter, style, em, box.w, lines_allowed(style, box.h, em), text, &lines);
    int used = lines.count * height, words = frame_begin_words(painter->frame);
    int y = box.y + (style->middle ? (box.h - used) / 2 : 0);
    for (int i = 0; i < lines.count; i++, y += height)
        draw_line(painter, style, em, (struct rect){box.x, y, box.w, height}, text, &lines.line[i],
                  words);
    return used;
}

int text_height(struct painter *painter, int width, const struct text_style *style,
                const char *text) {
    if (!text[0])
        return 0;
    struct lines lines;
    int em = fitting_em(painter, style, width, text);
    int most = style->lines_max > 0 ? style->lines_max : LINES_MAX;
    break_lines(painter, style, em, width, most, text, &lines);
    return lines.count * line_height(em);
}

float text_fit(struct painter *painter, struct rect box, const struct text_style *style,
               float em_mm, const char *text) {
    static const float sizes[] = {TEXT_TITLE,     TEXT_HEAD + 2, TEXT_HEAD,
                                  TEXT_LABEL + 1, TEXT_LABEL,    TEXT_BODY};
    struct text_style tried = *style;
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        tried.em_mm = sizes[i];
        if (sizes[i] <= em_mm && text_height(painter, box.w, &tried, text) <= box.h)
            return sizes[i];
    }
    return TEXT_SMALL;
}

int text_width(struct painter *painter, const struct text_style *style, const char *text) {
    return width_of(painter, style->weight, em_px(painter, style->em_mm), text, 0,
                    (int)strlen(text));
}
