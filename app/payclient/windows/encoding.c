/* As app/wire/encoding.c, by Windows' own tables. */
#include "app/wire/encoding.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <windows.h>

#include "app/base/log.h"

#define CODE_PAGE_GB18030 54936
#define GROWTH_MAX 4

/* What is no text of `from` is refused; what `to` lacks does not exist, for GB18030 has all of
 * Unicode. */
static char *convert_by_windows(UINT to, UINT from, const char *text, size_t length) {
    wchar_t *wide = calloc(length + 1, sizeof *wide);
    char *out = calloc(GROWTH_MAX * length + 1, 1);
    ENSURE(wide != NULL && out != NULL);
    int units = length == 0 ? 0
                            : MultiByteToWideChar(from, MB_ERR_INVALID_CHARS, text, (int)length,
                                                  wide, (int)length);
    bool read = length == 0 || units > 0;
    int bytes = !read || units == 0 ? 0
                                    : WideCharToMultiByte(to, 0, wide, units, out,
                                                          (int)(GROWTH_MAX * length), NULL, NULL);
    free(wide);
    if (read && (units == 0 || bytes > 0))
        return out;
    free(out);
    return NULL;
}

static char *copy_utf8(const char *text, size_t length) {
    char *copy = malloc(length + 1);
    ENSURE(copy != NULL);
    memcpy(copy, text, length);
    copy[length] = '\0';
    return copy;
}

size_t encoding_length(enum wire_encoding encoding, const char *text) {
    char *converted = encoding == WIRE_UTF8 ? NULL : encoding_to(encoding, text);
    size_t length = strlen(converted == NULL ? text : converted);
    free(converted);
    return length;
}

char *encoding_to(enum wire_encoding encoding, const char *text) {
    return encoding == WIRE_UTF8
               ? strdup(text)
               : convert_by_windows(CODE_PAGE_GB18030, CP_UTF8, text, strlen(text));
}

char *encoding_from(enum wire_encoding encoding, const char *text, size_t length) {
    return encoding == WIRE_UTF8 ? copy_utf8(text, strnlen(text, length))
                                 : convert_by_windows(CP_UTF8, CODE_PAGE_GB18030, text, length);
}
