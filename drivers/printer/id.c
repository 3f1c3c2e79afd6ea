#include "drivers/printer/id.h"

#include <string.h>
#include <strings.h>

#define LENGTH_BYTES 2

struct span {
    const char *text;
    size_t length;
};

static bool is_blank(char c) {
    return c >= 0 && c <= ' ';
}

static struct span span_trim(struct span span) {
    while (span.length > 0 && is_blank(span.text[0])) {
        span.text++;
        span.length--;
    }
    while (span.length > 0 && is_blank(span.text[span.length - 1]))
        span.length--;
    return span;
}

static bool span_is(struct span span, const char *word) {
    return span.length == strlen(word) && strncasecmp(span.text, word, span.length) == 0;
}

/* The first to say so is believed. Whoever shows it wants no surprises: only printable ASCII. */
static void keep_value(struct span value, char *out, size_t size) {
    size_t count = 0;
    if (*out)
        return;
    for (size_t i = 0; i < value.length && count + 1 < size; i++)
        out[count++] = value.text[i] > ' ' && value.text[i] <= '~' ? value.text[i] : ' ';
    out[count] = 0;
}

static void take_pair(struct span key, struct span value, struct printer_id *out) {
    const struct {
        const char *brief, *whole;
        char *text;
        size_t size;
    } members[] = {{"MFG", "MANUFACTURER", out->maker, sizeof out->maker},
                   {"MDL", "MODEL", out->model, sizeof out->model},
                   {"CMD", "COMMAND SET", out->commands, sizeof out->commands}};
    for (size_t i = 0; i < sizeof members / sizeof *members; i++)
        if (span_is(key, members[i].brief) || span_is(key, members[i].whole))
            keep_value(value, members[i].text, members[i].size);
}

/* "MFG:EPSON;MDL:TM-T88V;": to the end of the text, a NUL or the length that was received, which
 * is not always the one it says. */
void printer_id_parse(const uint8_t *bytes, size_t length, struct printer_id *out) {
    *out = (struct printer_id){0};
    if (length <= LENGTH_BYTES)
        return;
    const char *text = (const char *)bytes + LENGTH_BYTES, *end;
    size_t left = strnlen(text, length - LENGTH_BYTES);
    while (left > 0) {
        end = memchr(text, ';', left);
        size_t count = end ? (size_t)(end - text) : left;
        const char *colon = memchr(text, ':', count);
        if (colon) {
            size_t key = (size_t)(colon - text);
            take_pair(span_trim((struct span){text, key}),
                      span_trim((struct span){colon + 1, count - key - 1}), out);
        }
        count += end != NULL;
        text += count;
        left -= count;
    }
}

/* Makers write the language in several ways; EPSON is what clones of its printers say. */
bool printer_id_may_be_escpos(const struct printer_id *id) {
    static const char *const names[] = {"ESC/POS", "ESCPOS", "EPSON"};
    bool named = id->commands[0] == '\0' || strcasecmp(id->commands, "ESC") == 0;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        named = named || strcasestr(id->commands, names[i]) != NULL;
    return named;
}
