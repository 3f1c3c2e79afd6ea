#include "app/recon/sources/json_list.h"

#include <stdlib.h>
#include <string.h>

#include "app/recon/sources/json_scan.h"

static struct json_scan scan_of(struct source *source) {
    return (struct json_scan){.data = source->file.data,
                              .size = source->file.size,
                              .scratch = source->scratch + source->scratch_used,
                              .scratch_size = CSV_LINE_MAX - source->scratch_used};
}

static bool scan_is_bad(struct source *source, const struct json_scan *scan, size_t at,
                        const char *why) {
    source_bad(source, scan->error ? scan->error_at : at, "%s", scan->error ? scan->error : why);
    return false;
}

/* The next member is mostly the one behind the last: looked at first. */
static int list_column(const char *const *columns, struct recon_slice name, int *likely) {
    char initial = name.length ? name.at[0] : '\0';
    for (int n = *likely; columns[n]; n++)
        if (columns[n][0] == initial && slice_is(name, columns[n])) {
            *likely = columns[n + 1] ? n + 1 : 0;
            return n;
        }
    for (int n = 0; n < *likely; n++)
        if (columns[n][0] == initial && slice_is(name, columns[n])) {
            *likely = n + 1;
            return n;
        }
    return -1;
}

/* The member at `*at` by the row before: `"name":` are the same bytes. */
static bool is_of_shape(const struct json_scan *scan, size_t at, const struct list_shape *shape,
                        int n) {
    return n < shape->count && scan->size - at > shape->members[n].length &&
           !memcmp(scan->data + at, scan->data + shape->members[n].at, shape->members[n].length);
}

/* The member at `*at`, read whole, and remembered for the next row. */
static bool learn_member(struct json_scan *scan, size_t *at, const char *const *columns,
                         struct list_shape *shape, int n, int *column) {
    struct recon_slice name;
    size_t begin = *at;
    int likely = 0;
    if (!json_name(scan, at, &name))
        return false;
    *column = list_column(columns, name, &likely);
    if (n < LIST_SHAPE_MAX && *at - begin <= UINT16_MAX) {
        shape->members[n].at = begin;
        shape->members[n].length = (uint16_t)(*at - begin);
        shape->members[n].column = (int16_t)*column;
        shape->count = n + 1;
    }
    return true;
}

static bool take_values(struct json_scan *scan, size_t *at, const char *const *columns,
                        struct list_shape *shape, struct recon_slice *values) {
    bool first = true;
    memset(values, 0, LIST_VALUES_MAX * sizeof *values);
    for (int n = 0; json_next(scan, at, &first, '}'); n++) {
        int column;
        if (is_of_shape(scan, *at, shape, n)) {
            *at += shape->members[n].length;
            column = shape->members[n].column;
        } else if (!learn_member(scan, at, columns, shape, n, &column)) {
            return false;
        }
        json_blanks(scan, at);
        if (!(column < 0 ? json_skip(scan, at) : json_scalar(scan, at, &values[column])))
            return false;
    }
    return !scan->error;
}

/* A value of the envelope outlives the rows: it is kept as a copy. */
static void keep_envelope(struct source *source, int column, struct recon_slice value) {
    size_t length = value.length < LIST_VALUE_SIZE ? value.length : LIST_VALUE_SIZE - 1;
    memcpy(source->list.values[column], value.at, length);
    source->list.values[column][length] = '\0';
}

static bool end_body(struct source *source, const struct list_format *format, size_t at) {
    struct recon_slice values[LIST_VALUES_MAX];
    for (int i = 0; i < LIST_ENVELOPE_MAX; i++)
        values[i] = slice_of(source->list.values[i]);
    source->list.in_body = false;
    return format->body(source, at, values, source->list.rows);
}

/* Members of a body up to the first row of its list, or to its end. */
static bool seek_in_body(struct source *source, const struct list_format *format, size_t *at) {
    struct json_scan scan = scan_of(source);
    struct recon_slice name, value;
    size_t begin = *at;
    int likely = 0;
    while (json_member(&scan, at, &source->list.first, &name)) {
        if (slice_is(name, format->list) && json_enter(&scan, at, '[')) {
            bool first = true;
            if (json_element(&scan, at, &first)) {
                source->list.in_list = true;
                return true;
            }
            if (scan.error)
                break;
            continue;
        }
        int column = list_column(format->envelope, name, &likely);
        if (!(column < 0 ? json_skip(&scan, at) : json_scalar(&scan, at, &value)))
            break;
        if (column >= 0)
            keep_envelope(source, column, value);
    }
    return scan.error ? scan_is_bad(source, &scan, begin, "") : end_body(source, format, begin);
}

static bool begin_body(struct source *source, size_t *at) {
    struct json_scan scan = scan_of(source);
    if (!json_enter(&scan, at, '{'))
        return scan_is_bad(source, &scan, *at, "expected an answer: an object");
    source->list.in_body = source->list.first = true;
    source->list.rows = 0;
    source->list.bodies++;
    memset(source->list.values, 0, sizeof source->list.values);
    return true;
}

/* `*at` at the next row, whichever body has it, or at the end of the file. */
static bool seek_row(struct source *source, const struct list_format *format, size_t *at) {
    struct json_scan scan = scan_of(source);
    for (;;) {
        json_blanks(&scan, at);
        if (!source->list.in_body && *at >= source->file.size)
            return true;
        if (!source->list.in_body && !begin_body(source, at))
            return false;
        if (!seek_in_body(source, format, at))
            return false;
        if (source->list.in_list)
            return true;
    }
}

bool list_begin(struct source *source, const struct list_format *format, size_t *at) {
    *at = source_mark(source);
    if (!seek_row(source, format, at))
        return false;
    if (source->list.bodies == 0) {
        source_bad(source, 0, "expected an answer: an object");
        return false;
    }
    return true;
}

/* Behind a row: the next of its list, or what follows the list. */
static bool pass_row(struct source *source, const struct list_format *format, size_t *at) {
    struct json_scan scan = scan_of(source);
    bool first = false;
    source->list.rows++;
    if (json_element(&scan, at, &first))
        return true;
    source->list.in_list = false;
    return scan.error ? scan_is_bad(source, &scan, *at, "") : seek_row(source, format, at);
}

static uint64_t hash_row(const char *row, size_t length) {
    uint64_t hash = 0xcbf29ce484222325u; /* FNV-1a */
    for (size_t i = 0; i < length; i++)
        hash = (hash ^ (unsigned char)row[i]) * 0x100000001b3u;
    return hash;
}

int list_next(struct source *source, const struct list_format *format, size_t *at,
              struct recon_entry *entries) {
    struct recon_slice values[LIST_VALUES_MAX];
    size_t begin = *at;
    source->scratch_used = 0;
    struct json_scan scan = scan_of(source);
    if (*at >= source->file.size && !source->list.in_body)
        return SOURCE_END;
    if (!json_enter(&scan, at, '{') ||
        !take_values(&scan, at, format->columns, &source->list.shape, values)) {
        scan_is_bad(source, &scan, begin, "expected a row: an object");
        return SOURCE_BAD;
    }
    source->scratch_used = scan.scratch_used;
    if (source->list.rows == 0 && !source->was_read)
        source->list.first_row = hash_row(source->file.data + begin, *at - begin);
    int count = format->row(source, begin, values, entries);
    if (count == SOURCE_BAD || source->was_read)
        return count; /* shown again: what follows was checked the first time */
    return pass_row(source, format, at) ? count : SOURCE_BAD;
}

bool list_amount(struct source *source, size_t at, const char *name, struct recon_slice text,
                 struct fen *out) {
    if (entry_amount(text, true, out))
        return true;
    source_bad(source, at, "%s: expected yuan with at most two decimals, got \"%.*s\"", name,
               text.length > 60 ? 60 : (int)text.length, text.length ? text.at : "");
    return false;
}

bool list_time(struct source *source, size_t at, const char *name, struct recon_slice text,
               int64_t *out) {
    if (text.length == 0 || entry_time(text, out))
        return true;
    source_bad(source, at, "%s: expected a time, got \"%.*s\"", name,
               text.length > 60 ? 60 : (int)text.length, text.at);
    return false;
}
