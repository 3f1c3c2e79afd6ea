#include "drivers/scanner/text.h"

#include <ctype.h>
#include <iconv.h>
#include <string.h>

#define SUFFIXED_GAPS 10

static bool starts_with_aim(const uint8_t *bytes, size_t length) {
    return length > 3 && bytes[0] == ']' && strchr("ACEFGILQUXYdehz", bytes[1]) && bytes[1] &&
           isalnum(bytes[2]);
}

/* False when it is not in this encoding or does not fit. */
static bool convert_encoding(const char *encoding, const uint8_t *bytes, size_t length, char *out,
                             size_t size) {
    char *from = (char *)bytes, *to = out;
    size_t left = length, room = size - 1;
    iconv_t converter = iconv_open("UTF-8", encoding);
    if (converter == (iconv_t)-1)
        return false;
    bool whole = iconv(converter, &from, &left, &to, &room) != (size_t)-1;
    iconv_close(converter);
    *to = 0;
    return whole;
}

size_t scan_text(const uint8_t *bytes, size_t length, char *out, size_t size) {
    while (length > 0 && memchr("\r\n\t", bytes[length - 1], 4))
        length--; /* a NUL is cut off too */
    if (starts_with_aim(bytes, length)) {
        bytes += 3;
        length -= 3;
    }
    if (!convert_encoding("UTF-8", bytes, length, out, size) &&
        !convert_encoding("GB18030", bytes, length, out, size)) {
        explicit_bzero(out, size);
        return 0;
    }
    return strlen(out);
}

int scan_silence_ms(int gap_ms, bool suffixed) {
    return suffixed ? SUFFIXED_GAPS * gap_ms : gap_ms;
}
