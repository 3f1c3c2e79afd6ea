#include "app/base/text.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

static bool continues_character(char byte) {
    return ((unsigned char)byte & 0xc0) == 0x80;
}

char *text_cut(char *out, size_t size, const char *text) {
    size_t length = text == NULL ? 0 : strlen(text);
    if (length >= size) {
        length = size - 1;
        while (length > 0 && continues_character(text[length]))
            length--;
    }
    if (length > 0)
        memmove(out, text, length);
    out[length] = '\0';
    return out;
}

/* The bytes of the UTF-8 character there and its code; 0: it is none. */
static size_t read_character(const char *text, uint32_t *out) {
    const unsigned char *at = (const unsigned char *)text;
    size_t more = at[0] < 0x80 ? 0 : at[0] < 0xc2 ? 4 : at[0] < 0xe0 ? 1 : at[0] < 0xf0 ? 2 : 3;
    static const unsigned char masks[] = {0x7f, 0x1f, 0x0f, 0x07};
    if (more > 3 || at[0] > 0xf4)
        return 0;
    *out = at[0] & masks[more];
    for (size_t i = 1; i <= more; i++) {
        if (!continues_character(text[i]))
            return 0;
        *out = *out << 6 | (at[i] & 0x3f);
    }
    return more + 1;
}

/* Control characters, line and paragraph separators, and the marks, embeddings and isolates that
 * turn the direction of text. */
static bool is_obeyed(uint32_t character) {
    static const struct {
        uint32_t first, last;
    } ranges[] = {{0x00, 0x1f},     {0x7f, 0x9f},     {0x061c, 0x061c}, {0x200e, 0x200f},
                  {0x2028, 0x202e}, {0x2066, 0x2069}, {0xfeff, 0xfeff}};
    for (size_t i = 0; i < sizeof ranges / sizeof ranges[0]; i++)
        if (character >= ranges[i].first && character <= ranges[i].last)
            return true;
    return false;
}

static void blank_obeyed(char *text, bool keep_lines) {
    char *to = text;
    while (*text != '\0') {
        uint32_t character = 0;
        size_t length = read_character(text, &character);
        bool kept = length > 0 && (!is_obeyed(character) || (character == '\n' && keep_lines));
        if (kept)
            memmove(to, text, length);
        else
            *to = length > 0 ? ' ' : '?';
        to += kept ? length : 1;
        text += length > 0 ? length : 1;
    }
    *to = '\0';
}

char *text_clean(char *out, size_t size, const char *text) {
    blank_obeyed(text_cut(out, size, text), true);
    return out;
}

void text_one_line(char *text) {
    blank_obeyed(text, false);
}

unsigned text_characters(const char *text) {
    unsigned count = 0;
    for (; *text != '\0'; text++)
        count += !continues_character(*text);
    return count;
}

size_t text_utf8_length(const unsigned char *at, const unsigned char *end) {
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    size_t length = *at < 0x80 ? 1 : *at >= 0xf0 ? 4 : *at >= 0xe0 ? 3 : 2;
    if (length == 1)
        return 1;
    if (*at < 0xc2 || *at > 0xf4 || (size_t)(end - at) < length)
        return 0;
    uint32_t point = *at & (0xffu >> (length + 1));
    for (size_t i = 1; i < length; i++) {
        if ((at[i] & 0xc0) != 0x80)
            return 0;
        point = point << 6 | (at[i] & 0x3fu);
    }
    bool surrogate = point >= 0xd800 && point <= 0xdfff;
    return point < least[length] || point > 0x10ffff || surrogate ? 0 : length;
}

/* Behind the bytes of ASCII there, eight a step. */
static const char *pass_ascii(const char *at, const char *end) {
    for (uint64_t eight; end - at >= 8; at += 8) {
        memcpy(&eight, at, sizeof eight);
        if (eight & UINT64_C(0x8080808080808080))
            break;
    }
    while (at < end && (unsigned char)*at < 0x80)
        at++;
    return at;
}

const char *text_utf8_fault(const char *at, const char *end) {
    for (at = pass_ascii(at, end); at < end; at = pass_ascii(at, end)) {
        size_t length = text_utf8_length((const unsigned char *)at, (const unsigned char *)end);
        if (length == 0)
            break;
        at += length;
    }
    return at;
}
