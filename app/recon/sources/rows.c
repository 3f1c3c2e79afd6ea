/* The normalised rows as CSV: a header names the columns, in any order. */
#include <string.h>

#include "app/recon/sources/source.h"

enum rows_column {
    COLUMN_ID = 0, /* the first RECON_ID_COUNT */
    COLUMN_SOURCE = RECON_ID_COUNT,
    COLUMN_KIND,
    COLUMN_AMOUNT,
    COLUMN_TIME,
    COLUMN_CHANNEL,
    COLUMN_TERMINAL,
    COLUMN_FEE,
    COLUMN_STATE,
    COLUMN_PLACE,
    COLUMN_COUNT
};
static const char *const column_names[COLUMN_COUNT - RECON_ID_COUNT] = {
    "source", "kind", "amount", "time", "channel", "terminal", "fee_type", "state", "place"};

static const char *rows_column_name(int column) {
    return column < RECON_ID_COUNT ? recon_id_word((enum recon_id)column)
                                   : column_names[column - RECON_ID_COUNT];
}

static int rows_column(struct recon_slice name) {
    for (int i = 0; i < COLUMN_COUNT; i++)
        if (slice_is(name, rows_column_name(i)))
            return i;
    return -1;
}

static bool name_column(struct source *source, int field, struct recon_slice name,
                        unsigned *named) {
    int column = rows_column(name);
    int length = name.length > 60 ? 60 : (int)name.length;
    if (column < 0) {
        source_bad(source, 0, "no such column: \"%.*s\"", length, name.at);
        return false;
    }
    if (*named & 1u << column) {
        source_bad(source, 0, "the column %s stands there twice", rows_column_name(column));
        return false;
    }
    *named |= 1u << column;
    source->columns[field] = (signed char)column;
    return true;
}

static bool rows_begin(struct source *source, size_t *at) {
    struct recon_slice fields[CSV_FIELDS_MAX];
    unsigned named = 0;
    *at = source_mark(source); /* spreadsheets write one */
    if (!source_read_count(source, at))
        return false;
    source->column_count = csv_line(&source->csv, at, fields, &source->complaint);
    if (source->column_count < 0)
        return false;
    for (int i = 0; i < source->column_count; i++)
        if (!name_column(source, i, fields[i], &named))
            return false;
    if (!(named & 1u << COLUMN_AMOUNT)) {
        source_bad(source, 0, "expected a header with at least the column amount");
        return false;
    }
    source->names_source = named & 1u << COLUMN_SOURCE;
    source->ids = named & ((1u << RECON_ID_COUNT) - 1);
    return true;
}

/* "" the terminal; "window" or another word: not ours. */
static bool rows_place(struct recon_slice text, bool *elsewhere) {
    *elsewhere = text.length > 0 && !slice_is(text, "terminal");
    return true;
}

static bool rows_value(struct source *source, int column, struct recon_slice text,
                       struct recon_entry *out) {
    switch (column) {
    case COLUMN_SOURCE:
        out->source = text;
        return true;
    case COLUMN_KIND:
        return text.length == 0 || entry_kind(text, &out->kind);
    case COLUMN_AMOUNT:
        return entry_amount(text, false, &out->amount);
    case COLUMN_TIME:
        return text.length == 0 || entry_time_after(text, &source->day, &out->time_s);
    case COLUMN_CHANNEL:
        out->channel = text;
        out->no_platform = slice_is(text, "cash") || slice_is(text, "card");
        return true;
    case COLUMN_TERMINAL:
        out->terminal = text;
        return true;
    case COLUMN_FEE:
        out->fee = text;
        return true;
    case COLUMN_STATE:
        return text.length == 0 || entry_state(text, &out->state);
    case COLUMN_PLACE:
        return rows_place(text, &out->elsewhere);
    default:
        out->ids[column] = text;
        return true;
    }
}

static const char *rows_expected(int column) {
    switch (column) {
    case COLUMN_KIND:
        return "payment or refund";
    case COLUMN_AMOUNT:
        return "yuan, not negative, at most 8 digits and two decimals";
    case COLUMN_TIME:
        return "yyyy-MM-dd HH:mm:ss or yyyyMMddHHmmss";
    default:
        return "done, pending, void, uncredited, unproven or returned";
    }
}

static int rows_next(struct source *source, size_t *at, struct recon_entry *entries) {
    struct recon_slice fields[CSV_FIELDS_MAX];
    size_t begin = *at;
    int count = csv_line(&source->csv, at, fields, &source->complaint);
    if (count <= 0)
        return count == 0 ? source_count_fits(source) : SOURCE_BAD;
    if (count == 1 && fields[0].length == 0)
        return 0; /* an empty line */
    if (count != source->column_count)
        return source_bad(source, begin, "expected %d fields, got %d", source->column_count, count);
    entry_clear(entries, 1);
    for (int i = 0; i < count; i++) {
        int column = (unsigned char)source->columns[i]; /* each is known here */
        if (!rows_value(source, column, fields[i], entries))
            return source_bad(source, begin, "%s: expected %s, got \"%.*s\"",
                              rows_column_name(column), rows_expected(column),
                              fields[i].length > 60 ? 60 : (int)fields[i].length, fields[i].at);
    }
    source->counted++;
    return 1;
}

const struct source_format source_rows = {"rows", (1u << RECON_ID_COUNT) - 1, rows_begin,
                                          rows_next};
