#include "app/wire/hex.h"

#include <string.h>

void hex_write(const unsigned char *bytes, size_t length, char *out) {
    static const char digits[] = "0123456789ABCDEF";
    for (size_t i = 0; i < length; i++) {
        *out++ = digits[bytes[i] >> 4];
        *out++ = digits[bytes[i] & 15];
    }
    *out = '\0';
}

static unsigned char hex_value(char digit) {
    return (unsigned char)(digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10);
}

bool hex_read(const char *hex, unsigned char *out, size_t length) {
    if (strlen(hex) != 2 * length || hex[strspn(hex, "0123456789abcdefABCDEF")] != '\0')
        return false;
    for (size_t i = 0; i < length; i++)
        out[i] = (unsigned char)(hex_value(hex[2 * i]) << 4 | hex_value(hex[2 * i + 1]));
    return true;
}
