#include "ui/pieces.h"

#include <limits.h>

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
enum text_size pieces_size(const struct painter *p, enum text_size size) {
    static const enum text_size elder[TEXT_SIZE_COUNT] = {T2, T3, T4, T4, T6, T6};
    enum text_size shown = p->elder ? elder[size] : size;
    return p->small && shown == T6 ? T5 : shown;
}

int pieces_em(const struct painter *p, enum text_size size) {
    const float *ems_mm = p->desk ? desk_size_mm : text_size_mm;
    return (int)(ems_mm[pieces_size(p, size)] * p->px_per_mm);
}

static enum weight weight_at(const struct text_style *style, int at) {
    return at < style->lead ? WEIGHT_BOLD : style->weight;
}

/* The joined letters from `at` to `end`, with the blanks between them; `*at` moves behind the last.
 */
static int take_letters_from(const char *text, int *at, int end, uint16_t *letters) {
    int next = *at, taken = 0, count = 0;
    uint32_t first = 0;
    while (text[next] && next < end && taken < LETTERS_MAX) {
        uint32_t codepoint = next_codepoint(text, &next);
        first = first ? first : codepoint;
        if (codepoint != ' ' && !fonts_goes_on(first, codepoint))
            break;
        letters[taken++] = (uint16_t)codepoint;
        if (codepoint != ' ') {
            count = taken;
            *at = next;
        }
    }
    return count;
}

struct piece piece_at(struct painter *painter, const struct text_style *style, const char *text,
                      int at, int limit) {
    uint16_t letters[LETTERS_MAX];
    enum weight weight = weight_at(style, at);
    int em = pieces_em(painter, style->size), end = at;
    struct piece piece = {.first = next_codepoint(text, &end)};
    if (fonts_joins(piece.first)) {
        int count = take_letters_from(text, &at, limit, letters);
        piece.glyph = fonts_run(painter->fonts, weight, em, letters, count);
        piece.end = at;
    } else {
        piece.glyph = fonts_glyph(painter->fonts, weight, em, piece.first);
        piece.end = end;
    }
    return piece;
}

/* Before the last blank of what ends at `end`; where it has none, a letter less. */
static int shorter_end(const char *text, int at, int end) {
    for (int i = end - 1; i > at; i--)
        if (text[i] == ' ')
            return i;
    for (end--; end > at && ((unsigned char)text[end] & 0xc0) == 0x80;)
        end--;
    return end;
}

struct piece piece_within(struct painter *painter, const struct text_style *style, const char *text,
                          int at, int room) {
    struct piece piece = piece_at(painter, style, text, at, INT_MAX);
    while (fonts_joins(piece.first) && piece.glyph->advance > room) {
        int end = shorter_end(text, at, piece.end);
        if (end <= at)
            break;
        piece = piece_at(painter, style, text, at, end);
        piece.parted = true;
    }
    return piece;
}

int pieces_width(struct painter *painter, const struct text_style *style, const char *text,
                 int begin, int end) {
    int width = 0;
    while (begin < end) {
        struct piece piece = piece_at(painter, style, text, begin, end);
        width += piece.glyph->advance;
        begin = piece.end;
    }
    return width;
}
