#include "app/recon/sources/json_scan.h"

#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "app/recon/sources/json_escape.h"

bool json_scan_fail(struct json_scan *scan, size_t at, const char *why) {
    if (!scan->error) {
        scan->error = why;
        scan->error_at = at;
    }
    return false;
}

void json_blanks(const struct json_scan *scan, size_t *at) {
    while (*at < scan->size && (scan->data[*at] == ' ' || scan->data[*at] == '\n' ||
                                scan->data[*at] == '\r' || scan->data[*at] == '\t'))
        ++*at;
}

static char json_peek(const struct json_scan *scan, size_t *at) {
    json_blanks(scan, at);
    return *at < scan->size ? scan->data[*at] : '\0';
}

bool json_enter(struct json_scan *scan, size_t *at, char open) {
    if (scan->error || json_peek(scan, at) != open)
        return false;
    ++*at;
    return true;
}

/* From `i` over bytes that mean nothing inside a string, sixteen a step. */
static size_t pass_plain_bytes(const struct json_scan *scan, size_t i) {
#ifdef __SSE2__
    for (; i + 16 <= scan->size; i += 16) {
        __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)(scan->data + i));
        __m128i hit = _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('"')),
                                   _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\')));
        /* Below a blank: what the smaller of both is equal to. */
        __m128i low = _mm_cmpeq_epi8(_mm_min_epu8(bytes, _mm_set1_epi8(0x1f)), bytes);
        unsigned marks = (unsigned)_mm_movemask_epi8(_mm_or_si128(hit, low));
        if (marks != 0)
            return i + (size_t)__builtin_ctz(marks);
    }
#endif
    return i;
}

/* `*at` behind the closing quote of the string that begins at `*at`; whether it has escapes. */
static bool pass_string(struct json_scan *scan, size_t *at, bool *escaped) {
    size_t i = *at + 1;
    *escaped = false;
    for (i = pass_plain_bytes(scan, i); i < scan->size; i = pass_plain_bytes(scan, i + 1)) {
        unsigned char c = (unsigned char)scan->data[i];
        if (c == '"') {
            *at = i + 1;
            return true;
        }
        if (c < ' ')
            return json_scan_fail(scan, i, "a control character inside a string");
        if (c == '\\') {
            *escaped = true;
            i++;
        }
    }
    return json_scan_fail(scan, *at, "a quote that never ends");
}

static bool scan_string(struct json_scan *scan, size_t *at, struct recon_slice *out) {
    size_t begin = *at + 1;
    bool escaped;
    if (!pass_string(scan, at, &escaped))
        return false;
    *out = (struct recon_slice){scan->data + begin, *at - 1 - begin};
    return !escaped || json_unescape(scan, begin, *at - 1, out);
}

static void trim_name(struct recon_slice *name) {
    while (name->length > 0 && name->at[0] == ' ') {
        name->at++;
        name->length--;
    }
    while (name->length > 0 && name->at[name->length - 1] == ' ')
        name->length--;
}

/* Behind the comma between two, or not even that before the first; false at the end. */
static bool json_separator(struct json_scan *scan, size_t *at, bool *first, char close) {
    char c = json_peek(scan, at);
    if (scan->error)
        return false;
    if (c == close) {
        ++*at;
        return false;
    }
    if (!*first && c != ',')
        return json_scan_fail(scan, *at, "expected a comma");
    *at += !*first;
    *first = false;
    return true;
}

bool json_name(struct json_scan *scan, size_t *at, struct recon_slice *name) {
    if (json_peek(scan, at) != '"')
        return json_scan_fail(scan, *at, "expected a name in quotes");
    if (!scan_string(scan, at, name))
        return false;
    trim_name(name);
    if (json_peek(scan, at) != ':')
        return json_scan_fail(scan, *at, "expected a colon");
    ++*at;
    return true;
}

bool json_next(struct json_scan *scan, size_t *at, bool *first, char close) {
    if (!json_separator(scan, at, first, close))
        return false;
    json_blanks(scan, at);
    return true;
}

bool json_member(struct json_scan *scan, size_t *at, bool *first, struct recon_slice *name) {
    if (!json_next(scan, at, first, '}') || !json_name(scan, at, name))
        return false;
    json_blanks(scan, at);
    return true;
}

bool json_element(struct json_scan *scan, size_t *at, bool *first) {
    return json_next(scan, at, first, ']');
}

static bool is_bare(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || c == '-' || c == '+' || c == '.' ||
           c == 'E';
}

static bool is_number(struct recon_slice text) {
    size_t i = text.at[0] == '-';
    if (i >= text.length || text.at[i] < '0' || text.at[i] > '9')
        return false;
    for (; i < text.length; i++)
        if (text.at[i] >= 'a' && text.at[i] <= 'z' && text.at[i] != 'e')
            return false;
    return true;
}

/* A number, true, false or null; `out` is empty for null. */
static bool json_bare(struct json_scan *scan, size_t *at, struct recon_slice *out) {
    size_t begin = *at;
    while (*at < scan->size && is_bare(scan->data[*at]))
        ++*at;
    *out = (struct recon_slice){scan->data + begin, *at - begin};
    if (out->length == 0)
        return json_scan_fail(scan, begin, "expected a value");
    if (slice_is(*out, "null"))
        out->length = 0;
    else if (!slice_is(*out, "true") && !slice_is(*out, "false") && !is_number(*out))
        return json_scan_fail(scan, begin, "expected a value");
    return true;
}

/* Opens, closes and passes what stands at `*at`; `kinds` remembers the brackets. */
static bool skip_nested(struct json_scan *scan, size_t *at) {
    char kinds[JSON_SCAN_DEPTH];
    int depth = 0;
    bool first = false, escaped;
    struct recon_slice text;
    do {
        char c = json_peek(scan, at);
        if (c == '{' || c == '[') {
            if (depth == JSON_SCAN_DEPTH)
                return json_scan_fail(scan, *at, "nested too deep");
            kinds[depth++] = c == '{' ? '}' : ']';
            ++*at;
            first = true;
        } else if (c == '"') {
            if (!pass_string(scan, at, &escaped))
                return false;
        } else if (!json_bare(scan, at, &text)) {
            return false;
        }
        while (depth > 0 && !json_separator(scan, at, &first, kinds[depth - 1])) {
            if (scan->error)
                return false;
            depth--;
            first = false;
        }
        if (depth > 0 && kinds[depth - 1] == '}') {
            if (json_peek(scan, at) != '"' || !pass_string(scan, at, &escaped) ||
                json_peek(scan, at) != ':')
                return json_scan_fail(scan, *at, "expected a name in quotes and a colon");
            ++*at;
        }
    } while (depth > 0);
    return true;
}

bool json_skip(struct json_scan *scan, size_t *at) {
    bool escaped;
    if (!scan->error && json_peek(scan, at) == '"')
        return pass_string(scan, at, &escaped);
    return !scan->error && skip_nested(scan, at);
}

bool json_scalar(struct json_scan *scan, size_t *at, struct recon_slice *out) {
    *out = (struct recon_slice){"", 0};
    if (scan->error)
        return false;
    char c = json_peek(scan, at);
    if (c == '{' || c == '[')
        return json_skip(scan, at);
    return c == '"' ? scan_string(scan, at, out) : json_bare(scan, at, out);
}
