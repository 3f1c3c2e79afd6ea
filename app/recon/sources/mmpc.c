/* The insurance centre's bill (mmpc 1.5): the own part of mixed orders. Its document gives no
 * columns: a header names them in the words of its other interfaces, and what is not known there is
 * left out. */
#include <string.h>

#include "app/recon/sources/source.h"

enum centre_column {
    CENTRE_ORDER = 0, /* the hospital's */
    CENTRE_PAY_ORDER,
    CENTRE_AMOUNT,
    CENTRE_TIME,
    CENTRE_TYPE,
    CENTRE_COLUMNS
};

static const struct {
    const char *name;
    enum centre_column column;
} centre_names[] = {{"medOrgOrd", CENTRE_ORDER},  {"payOrdId", CENTRE_PAY_ORDER},
                    {"ownPayAmt", CENTRE_AMOUNT}, {"ownpayAmt", CENTRE_AMOUNT},
                    {"setlTime", CENTRE_TIME},    {"hiChrgTime", CENTRE_TIME},
                    {"chrgTime", CENTRE_TIME},    {"billType", CENTRE_TYPE}};

static signed char centre_column(struct recon_slice name) {
    while (name.length > 0 && name.at[0] == ' ')
        name = (struct recon_slice){name.at + 1, name.length - 1};
    while (name.length > 0 && name.at[name.length - 1] == ' ')
        name.length--;
    for (size_t i = 0; i < sizeof centre_names / sizeof *centre_names; i++)
        if (slice_is(name, centre_names[i].name))
            return (signed char)centre_names[i].column;
    return -1;
}

static bool centre_begin(struct source *source, size_t *at) {
    struct recon_slice fields[CSV_FIELDS_MAX];
    unsigned named = 0;
    *at = source_mark(source);
    if (!source_read_count(source, at))
        return false;
    source->column_count = csv_line(&source->csv, at, fields, &source->complaint);
    for (int i = 0; i < source->column_count; i++) {
        source->columns[i] = centre_column(fields[i]);
        if (source->columns[i] >= 0 && (named & 1u << source->columns[i]))
            return source_bad(source, 0, "the column %s stands there twice",
                              centre_names[source->columns[i]].name) == 0;
        named |= source->columns[i] < 0 ? 0 : 1u << source->columns[i];
    }
    bool ids = named & (1u << CENTRE_ORDER | 1u << CENTRE_PAY_ORDER);
    return source->column_count >= 0 &&
           ((ids && (named & 1u << CENTRE_AMOUNT)) ||
            source_bad(source, 0, "expected a header with ownPayAmt and medOrgOrd or payOrdId") ==
                0);
}

/* Where no type is given the sign says it. False after a complaint. */
static bool centre_kind(struct source *source, size_t at, struct recon_slice type,
                        struct recon_slice amount, enum recon_kind *kind) {
    bool minus = amount_is_negative(amount), success = slice_is(type, "SUCCESS");
    *kind = minus || slice_is(type, "REFUND") ? RECON_REFUND : RECON_PAYMENT;
    if (!success && type.length > 0 && !slice_is(type, "REFUND"))
        return source_bad(source, at, "billType: expected SUCCESS or REFUND") == 0;
    return !success || source_is_payment(source, at, "ownPayAmt", amount);
}

static int centre_row(struct source *source, size_t at, const struct recon_slice *values,
                      struct recon_entry *entry) {
    memset(entry, 0, sizeof *entry);
    if (values[CENTRE_ORDER].length == 0 && values[CENTRE_PAY_ORDER].length == 0)
        return source_bad(source, at, "medOrgOrd and payOrdId are missing");
    if (!entry_amount(values[CENTRE_AMOUNT], true, &entry->amount))
        return source_bad(source, at, "ownPayAmt: expected yuan with at most two decimals");
    if (!centre_kind(source, at, values[CENTRE_TYPE], values[CENTRE_AMOUNT], &entry->kind))
        return SOURCE_BAD;
    if (values[CENTRE_TIME].length > 0 && !entry_time(values[CENTRE_TIME], &entry->time_s))
        return source_bad(source, at, "expected a time");
    entry->ids[RECON_OUT_NO] = values[CENTRE_PAY_ORDER]; /* of a refund of ours */
    entry->ids[RECON_IN_NO] = values[CENTRE_PAY_ORDER];  /* of a payment of ours */
    entry->ids[RECON_TRACE_NO] = values[CENTRE_ORDER];
    return 1;
}

static int centre_next(struct source *source, size_t *at, struct recon_entry *entries) {
    struct recon_slice fields[CSV_FIELDS_MAX], values[CENTRE_COLUMNS] = {{"", 0}};
    size_t begin = *at;
    int count = csv_line(&source->csv, at, fields, &source->complaint);
    if (count <= 0)
        return count == 0 ? source_count_fits(source) : SOURCE_BAD;
    if (count == 1 && fields[0].length == 0)
        return 0;
    source->counted++;
    if (count != source->column_count)
        return source_bad(source, begin, "expected %d fields, got %d", source->column_count, count);
    for (int i = 0; i < count; i++)
        if (source->columns[i] >= 0)
            values[source->columns[i]] = fields[i];
    return centre_row(source, begin, values, entries);
}

const struct source_format source_mmpc = {
    "mmpc", 1u << RECON_OUT_NO | 1u << RECON_IN_NO | 1u << RECON_TRACE_NO, centre_begin,
    centre_next};
