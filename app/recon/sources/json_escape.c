#include "app/recon/sources/json_escape.h"

#include <string.h>

static int hex_digit_value(char c) {
    if (c >= '0' && c <= '9')
        return c - '0';
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static int32_t hex_four(const char *at) {
    int32_t code = 0;
    for (int i = 0; i < 4; i++) {
        int value = hex_digit_value(at[i]);
        if (value < 0)
            return -1;
        code = code * 16 + value;
    }
    return code;
}

static size_t put_code_point(char *out, int32_t code) {
    if (code < 0x80) {
        out[0] = (char)code;
        return 1;
    }
    size_t more = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
    static const unsigned char leads[] = {0, 0xc0, 0xe0, 0xf0};
    for (size_t i = more; i > 0; i--, code >>= 6)
        out[i] = (char)(0x80 | (code & 0x3f));
    out[0] = (char)(leads[more] | code);
    return more + 1;
}

/* \u and four hex digits at `at` (the backslash), both halves of a pair; returns the bytes read, 0
 * bad. */
static size_t unicode_escape(const char *at, size_t left, int32_t *code) {
    *code = left >= 6 ? hex_four(at + 2) : -1;
    if (*code <= 0 || (*code >= 0xdc00 && *code < 0xe000))
        return 0;
    if (*code < 0xd800 || *code >= 0xdc00)
        return 6;
    int32_t low = left >= 12 && at[6] == '\\' && at[7] == 'u' ? hex_four(at + 8) : -1;
    if (low < 0xdc00 || low >= 0xe000)
        return 0;
    *code = 0x10000 + ((*code - 0xd800) << 10) + (low - 0xdc00);
    return 12;
}

/* One escape at `at` into `out`; returns the bytes read, 0 bad. */
static size_t unescape_one(const char *at, size_t left, char *out, size_t *put) {
    static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
    int32_t code;
    if (left < 2)
        return 0;
    if (at[1] == 'u') {
        size_t used = unicode_escape(at, left, &code);
        *put = used ? put_code_point(out, code) : 0;
        return used;
    }
    const char *found = at[1] ? strchr(from, at[1]) : NULL;
    if (!found)
        return 0;
    out[0] = to[found - from];
    *put = 1;
    return 2;
}

bool json_unescape(struct json_scan *scan, size_t begin, size_t end, struct recon_slice *out) {
    if (scan->scratch_used + (end - begin) > scan->scratch_size)
        return json_scan_fail(scan, begin, "too long a text");
    char *to = scan->scratch + scan->scratch_used;
    size_t length = 0, used, put = 0;
    for (size_t i = begin; i < end;) {
        if (scan->data[i] != '\\') {
            to[length++] = scan->data[i++];
            continue;
        }
        used = unescape_one(scan->data + i, end - i, to + length, &put);
        if (used == 0)
            return json_scan_fail(scan, i, "a wrong escape");
        i += used;
        length += put;
    }
    scan->scratch_used += length;
    *out = (struct recon_slice){to, length};
    return true;
}
