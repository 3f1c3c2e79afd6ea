#include "app/recon/sources/csv.h"

#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#define BLOCK 64

void csv_init(struct csv *csv, const struct recon_file *file, char *scratch) {
    *csv = (struct csv){.file = file, .block = SIZE_MAX, .scratch = scratch};
}

static bool is_csv_mark(char c) {
    return c == ',' || c == '\n' || c == '"';
}

static uint64_t marks_one_by_one(const char *at, size_t length) {
    uint64_t marks = 0;
    for (size_t i = 0; i < length; i++)
        marks |= (uint64_t)is_csv_mark(at[i]) << i;
    return marks;
}

static uint64_t marks_of_block(const char *at) {
#ifdef __SSE2__
    uint64_t marks = 0;
    for (int i = 0; i < BLOCK; i += 16) {
        __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)(at + i));
        __m128i hit = _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8(',')),
                                   _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\n')));
        hit = _mm_or_si128(hit, _mm_cmpeq_epi8(bytes, _mm_set1_epi8('"')));
        marks |= (uint64_t)(unsigned)_mm_movemask_epi8(hit) << i;
    }
    return marks;
#else
    return marks_one_by_one(at, BLOCK);
#endif
}

static void load_block(struct csv *csv, size_t block) {
    size_t left = csv->file->size - block;
    csv->block = block;
    csv->marks = left >= BLOCK ? marks_of_block(csv->file->data + block)
                               : marks_one_by_one(csv->file->data + block, left);
}

/* The first mark from `at` on, or the file's size. */
static size_t next_mark(struct csv *csv, size_t at) {
    size_t block = at & ~(size_t)(BLOCK - 1);
    if (at >= csv->file->size)
        return csv->file->size;
    if (csv->block != block)
        load_block(csv, block);
    uint64_t marks = csv->marks & (UINT64_MAX << (at - block));
    while (marks == 0) {
        block += BLOCK;
        if (block >= csv->file->size)
            return csv->file->size;
        load_block(csv, block);
        marks = csv->marks;
    }
    return block + (size_t)__builtin_ctzll(marks);
}

/* The field after the quote at `at`; returns where its last quote stands, SIZE_MAX: nowhere. */
static size_t quoted_field(struct csv *csv, size_t at, struct recon_slice *out) {
    const char *data = csv->file->data;
    size_t size = csv->file->size, begin = csv->scratch_used;
    for (size_t i = at + 1; i < size && csv->scratch_used < CSV_LINE_MAX; i++) {
        if (data[i] == '"' && (i + 1 >= size || data[i + 1] != '"')) {
            *out = (struct recon_slice){csv->scratch + begin, csv->scratch_used - begin};
            return i;
        }
        i += data[i] == '"';
        csv->scratch[csv->scratch_used++] = data[i];
    }
    return SIZE_MAX;
}

static bool ends_field(const struct recon_file *file, size_t at) {
    return at >= file->size || file->data[at] == ',' || file->data[at] == '\n' ||
           (file->data[at] == '\r' && (at + 1 >= file->size || file->data[at + 1] == '\n'));
}

/* The field at `at` into `out`; returns where its comma or line feed stands, SIZE_MAX after a
 * complaint. */
static size_t field_at(struct csv *csv, size_t at, struct recon_slice *out,
                       struct recon_complaint *complaint) {
    const char *data = csv->file->data;
    size_t end = next_mark(csv, at);
    if (end == csv->file->size || data[end] != '"') {
        *out = (struct recon_slice){data + at, end - at};
        if (out->length > 0 && data[end - 1] == '\r' &&
            (end == csv->file->size || data[end] == '\n'))
            out->length--;
        return end;
    }
    if (end != at) {
        recon_complain(csv->file, end, complaint,
                       "a quote inside a field that does not begin with one");
        return SIZE_MAX;
    }
    end = quoted_field(csv, at, out);
    if (end == SIZE_MAX) {
        recon_complain(csv->file, at, complaint, "a quote that never ends");
        return SIZE_MAX;
    }
    if (!ends_field(csv->file, end + 1)) {
        recon_complain(csv->file, end, complaint, "expected a comma after the closing quote");
        return SIZE_MAX;
    }
    return next_mark(csv, end + 1);
}

/* Without quotes: the fields stand between the marks. Returns their number; 0 where a quote, the
 * end of the file or too much needs a closer look. */
static int plain_line(struct csv *csv, size_t *at, struct recon_slice fields[CSV_FIELDS_MAX]) {
    const char *data = csv->file->data;
    size_t from = *at, block = from & ~(size_t)(BLOCK - 1);
    if (csv->block != block)
        load_block(csv, block);
    uint64_t marks = csv->marks & (UINT64_MAX << (from - block));
    for (int count = 0; count < CSV_FIELDS_MAX;) {
        for (; marks == 0; marks = csv->marks) {
            block += BLOCK;
            if (block >= csv->file->size || block - *at >= CSV_LINE_MAX)
                return 0;
            load_block(csv, block);
        }
        size_t end = block + (size_t)__builtin_ctzll(marks);
        marks &= marks - 1;
        if (data[end] == '"')
            return 0;
        fields[count++] = (struct recon_slice){data + from, end - from};
        from = end + 1;
        if (data[end] == '\n') {
            fields[count - 1].length -= fields[count - 1].length > 0 && data[end - 1] == '\r';
            *at = from;
            return count;
        }
    }
    return 0;
}

int csv_line(struct csv *csv, size_t *at, struct recon_slice fields[CSV_FIELDS_MAX],
             struct recon_complaint *complaint) {
    size_t from = *at, end;
    int count = 0;
    csv->scratch_used = 0;
    if (from >= csv->file->size)
        return 0;
    count = plain_line(csv, at, fields);
    if (count > 0)
        return count;
    do {
        if (count == CSV_FIELDS_MAX) {
            recon_complain(csv->file, *at, complaint, "more than %d fields", CSV_FIELDS_MAX);
            return -1;
        }
        end = field_at(csv, from, &fields[count++], complaint);
        if (end == SIZE_MAX)
            return -1;
        if (end - *at > CSV_LINE_MAX) {
            recon_complain(csv->file, *at, complaint, "a line longer than 64 KiB");
            return -1;
        }
        from = end + 1;
    } while (end < csv->file->size && csv->file->data[end] == ',');
    *at = from;
    return count;
}
