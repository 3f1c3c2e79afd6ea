#include "app/base/text.h"

#include <stdbool.h>
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

static void blank_controls(char *text) {
    for (; *text != '\0'; text++)
        if (((unsigned char)*text < ' ' && *text != '\n') || *text == 0x7f)
            *text = ' ';
}

char *text_clean(char *out, size_t size, const char *text) {
    blank_controls(text_cut(out, size, text));
    return out;
}

unsigned text_characters(const char *text) {
    unsigned count = 0;
    for (; *text != '\0'; text++)
        count += !continues_character(*text);
    return count;
}
