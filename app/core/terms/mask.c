#include "app/core/terms/mask.h"

#include <stdbool.h>
#include <string.h>

/* Bytes of the character at `text`; each byte of a broken sequence counts as a character. */
static size_t character_length(const char *text) {
    unsigned char lead = (unsigned char)text[0];
    size_t want = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;

    for (size_t i = 1; i < want; i++)
        if (((unsigned char)text[i] & 0xc0) != 0x80)
            return 1;
    return want;
}

static size_t count_characters(const char *text) {
    size_t count = 0;

    for (; *text; text += character_length(text))
        count++;
    return count;
}

/* Copies with the characters in [from, to) replaced by asterisks. Never cuts a character. */
static void mask_range(const char *text, size_t from, size_t to, char *out, size_t size) {
    size_t used = 0, i = 0;

    while (*text) {
        size_t length = character_length(text);
        bool hidden = i >= from && i < to;
        size_t room = hidden ? 1 : length;
        if (used + room + 1 > size)
            break;
        memcpy(out + used, hidden ? "*" : text, room);
        used += room;
        text += length;
        i++;
    }
    out[used] = '\0';
}

char *mask_name(const char *name, char *out, size_t size) {
    size_t count = count_characters(name);

    /* Two characters show the family name, one shows nothing. */
    mask_range(name, count > 1 ? 1 : 0, count > 2 ? count - 1 : count, out, size);
    return out;
}

char *mask_middle(const char *text, size_t head, size_t tail, char *out, size_t size) {
    size_t count = count_characters(text);

    if (count > head + tail)
        mask_range(text, head, count - tail, out, size);
    else
        mask_range(text, 0, count > 0 ? count - 1 : 0, out, size);
    return out;
}
