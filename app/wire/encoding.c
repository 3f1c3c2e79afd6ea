#include "app/wire/encoding.h"

#include <iconv.h>
#include <stdlib.h>
#include <string.h>

#include "app/base/log.h"

#define GROWTH_MAX 4 /* bytes that one byte of either encoding can become */

static char *convert(const char *to, const char *from, const char *text, size_t length) {
    iconv_t converter = iconv_open(to, from);
    ENSURE(converter != (iconv_t)-1);
    size_t room = GROWTH_MAX * length;
    char *out = malloc(room + 1), *at = out, *in = (char *)text;
    ENSURE(out != NULL);
    size_t lost = iconv(converter, &in, &length, &at, &room);
    iconv_close(converter);
    if (lost != 0) { /* (size_t)-1, or characters that were replaced */
        free(out);
        return NULL;
    }
    *at = '\0';
    return out;
}

size_t encoding_length(enum wire_encoding encoding, const char *text) {
    char *converted = encoding == WIRE_UTF8 ? NULL : encoding_to(encoding, text);
    size_t length = strlen(converted == NULL ? text : converted);
    free(converted);
    return length;
}

char *encoding_to(enum wire_encoding encoding, const char *text) {
    return encoding == WIRE_UTF8 ? strdup(text) : convert("GB18030", "UTF-8", text, strlen(text));
}

char *encoding_from(enum wire_encoding encoding, const char *text, size_t length) {
    return encoding == WIRE_UTF8 ? strndup(text, length)
                                 : convert("UTF-8", "GB18030", text, length);
}
