/* The trade file of the regional insurance portal (AMP_HOS_004): lines with `#` around a CSV whose
 * every value begins with a backtick, 28 columns by the table, 27 by the sample. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/base/log.h"
#include "app/recon/sources/source.h"
#include "app/wire/encoding.h"
#include "app/wire/packed_csv.h"

#define TABLE_COLUMNS 28
#define SAMPLE_COLUMNS 27
#define MISSING_IN_SAMPLE 14 /* 医保就诊ID */
#define DIGEST_SIZE 42       /* one more than a digest has, so that a longer one is none */

enum trade_column {
    TRADE_TIME = 0,
    TRADE_DONE = 1,
    TRADE_RECEIPT = 6, /* 院内结算流水号 */
    TRADE_ORDER = 7,   /* 平台订单号 */
    TRADE_CHANNEL_ORDER = 9,
    TRADE_SETTLED = 12,  /* 医保结算ID */
    TRADE_AMOUNT = 16,   /* 费用总额 */
    TRADE_MERCHANT = 20, /* 商户订单号; of a refund the payment's */
    TRADE_STATE = 25,
    TRADE_CHANNEL = 26
};

/* What the footer must say; its words, in the order of source_footer. */
static const char *const footer_words[] = {"交易总笔数", "退款总笔数", "交易总金额", "退款总金额"};

/* The digest that the portal gave with the file: SHA-1 in hexadecimal, beside it as PATH.sha1.
 * False: there is no such file. What is none does not fit any ZIP. */
static bool amp_digest(const char *path, char digest[DIGEST_SIZE]) {
    char *beside = NULL, format[16];
    ENSURE(asprintf(&beside, "%s.sha1", path) > 0);
    FILE *file = fopen(beside, "re");
    free(beside);
    if (file == NULL && errno == ENOENT)
        return false;
    digest[0] = '\0';
    snprintf(format, sizeof format, "%%%ds", DIGEST_SIZE - 1);
    if (file && fscanf(file, format, digest) != 1)
        digest[0] = '\0';
    if (file)
        fclose(file);
    return true;
}

/* The CSV in it instead of a ZIP. */
static bool amp_unpack(struct source *source) {
    char digest[DIGEST_SIZE];
    FILE *plain = tmpfile();
    bool given = amp_digest(source->file.path, digest);
    const char *wrong = plain ? packed_csv_unpack(source->file.data, source->file.size,
                                                  given ? digest : NULL, plain)
                              : strerror(errno);
    bool good = wrong ? source_bad(source, 0, "%s", wrong) == 0
                      : recon_file_replace(&source->file, plain, &source->complaint);
    if (plain)
        fclose(plain);
    return good;
}

static bool amp_begin(struct source *source, size_t *at) {
    if (source->file.size >= 2 && !memcmp(source->file.data, "PK", 2) && !amp_unpack(source))
        return false;
    *at = source_mark(source);
    return true;
}

static struct recon_slice without_tick(struct recon_slice field) {
    if (field.length > 0 && field.at[0] == '`')
        return (struct recon_slice){field.at + 1, field.length - 1};
    return field;
}

/* A total in hundredths ("148" is 14800); -1: none stands there. */
static int64_t footer_number(const char *text) {
    int64_t number = 0, decimals = -1;
    size_t digits = strspn(text, "0123456789");
    if (digits == 0 || digits > 15)
        return -1;
    for (; *text && (strchr("0123456789", *text) || (*text == '.' && decimals < 0)); text++) {
        if (*text == '.') {
            decimals = 0;
            continue;
        }
        number = number * 10 + (*text - '0');
        if (decimals >= 0 && ++decimals > 2)
            return -1;
    }
    for (decimals = decimals < 0 ? 0 : decimals; decimals < 2; decimals++)
        number *= 10;
    return number;
}

/* The figure behind "#交易总笔数：": a colon of either width. */
static bool footer_line(struct source *source, size_t at, const char *line) {
    static const char wide_colon[] = "：";
    for (int i = 0; i < SOURCE_FOOTER_COUNT; i++) {
        size_t length = strlen(footer_words[i]);
        if (strncmp(line, footer_words[i], length) != 0)
            continue;
        line += length;
        line += !strncmp(line, wide_colon, strlen(wide_colon)) ? strlen(wide_colon) : *line == ':';
        source->footer.said |= 1u << i;
        if (footer_number(line) == source->footer.counted[i])
            return true;
        source_bad(source, at, "%s: the footer does not fit the rows", footer_words[i]);
        return false;
    }
    return true;
}

/* What can be said in GB18030 is UTF-8; what is not is GB18030 itself, or nothing. */
static char *remark_text(struct recon_slice line) {
    char *text = strndup(line.at, line.length),
         *again = text ? encoding_to(WIRE_GB18030, text) : NULL;
    if (text && !again) {
        free(text);
        text = encoding_from(WIRE_GB18030, line.at, line.length);
    }
    free(again);
    return text;
}

/* A line that begins with `#`. */
static int amp_remark(struct source *source, size_t begin, struct recon_slice line) {
    char *text = remark_text(line);
    if (text == NULL)
        return source_bad(source, begin, "neither UTF-8 nor GB18030");
    bool good = footer_line(source, begin, text + 1);
    free(text);
    return good ? 0 : SOURCE_BAD;
}

static struct recon_slice rest_of_line(const struct recon_file *file, size_t at) {
    const char *end = memchr(file->data + at, '\n', file->size - at);
    size_t length = end ? (size_t)(end - (file->data + at)) : file->size - at;
    length -= length > 0 && file->data[at + length - 1] == '\r';
    return (struct recon_slice){file->data + at, length};
}

static int amp_state(struct source *source, size_t at, const struct recon_slice *values,
                     struct recon_entry *entry) {
    struct recon_slice state = values[TRADE_STATE];
    if (slice_is(state, "SUCCESS"))
        return source_is_payment(source, at, "费用总额", values[TRADE_AMOUNT]) ? 1 : SOURCE_BAD;
    if (!slice_is(state, "REFUND") && !slice_is(state, "REVOKED"))
        return source_bad(source, at, "交易状态: expected SUCCESS, REFUND or REVOKED");
    entry->kind = RECON_REFUND;
    entry->ids[RECON_ORIGIN_NO] = entry->ids[RECON_PAYMENT_NO];
    entry->ids[RECON_PAYMENT_NO].length = 0;
    return 1;
}

static void count_for_footer(struct source *source, const struct recon_entry *entry) {
    source->footer.counted[entry->kind == RECON_REFUND] += 100; /* in hundredths, as amounts are */
    source->footer.counted[2 + (entry->kind == RECON_REFUND)] += entry->amount.fen;
}

static int amp_row(struct source *source, size_t at, const struct recon_slice *values,
                   struct recon_entry *entry) {
    memset(entry, 0, sizeof *entry);
    struct recon_slice done = values[TRADE_DONE].length ? values[TRADE_DONE] : values[TRADE_TIME];
    entry->ids[RECON_PAYMENT_NO] = values[TRADE_MERCHANT];
    entry->ids[RECON_OUT_NO] = values[TRADE_ORDER];
    entry->ids[RECON_IN_NO] = values[TRADE_CHANNEL_ORDER];
    entry->ids[RECON_RECEIPT_NO] = values[TRADE_RECEIPT];
    entry->ids[RECON_SETTLE_NO] = values[TRADE_SETTLED];
    entry->channel = source_channel_word(values[TRADE_CHANNEL]);
    if (!entry_amount(values[TRADE_AMOUNT], true, &entry->amount))
        return source_bad(source, at, "费用总额: expected yuan with at most two decimals");
    if (!entry_time(done, &entry->time_s))
        return source_bad(source, at, "交易完成时间: expected a time");
    int count = amp_state(source, at, values, entry);
    if (count == 1 && !source->was_read)
        count_for_footer(source, entry);
    return count;
}

/* The fields at the places of the table. */
static int amp_fields(struct source *source, size_t at, struct recon_slice *fields, int count,
                      struct recon_entry *entries) {
    struct recon_slice values[TABLE_COLUMNS] = {{NULL, 0}};
    if (count != TABLE_COLUMNS && count != SAMPLE_COLUMNS)
        return source_bad(source, at, "expected 27 or 28 columns, got %d", count);
    for (int i = 0, n = 0; i < count; i++, n++) {
        n += n == MISSING_IN_SAMPLE && count == SAMPLE_COLUMNS;
        values[n] = without_tick(fields[i]);
    }
    return amp_row(source, at, values, entries);
}

static int amp_end(struct source *source) {
    return source->footer.said == (1u << SOURCE_FOOTER_COUNT) - 1
               ? SOURCE_END
               : source_bad(source, source->file.size, "the footer is missing: the file was cut");
}

static int amp_next(struct source *source, size_t *at, struct recon_entry *entries) {
    struct recon_slice fields[CSV_FIELDS_MAX];
    size_t begin = *at;
    if (begin >= source->file.size)
        return amp_end(source);
    char first = source->file.data[begin];
    if (first != '`' && first != '\r' && first != '\n') {
        struct recon_slice line = rest_of_line(&source->file, begin);
        const char *end = memchr(line.at, '\n', source->file.size - begin);
        *at = end ? (size_t)(end - source->file.data) + 1 : source->file.size;
        return first == '#' ? amp_remark(source, begin, line) : 0; /* the header */
    }
    int count = csv_line(&source->csv, at, fields, &source->complaint);
    if (count < 0)
        return SOURCE_BAD;
    if (count == 1 && fields[0].length == 0)
        return 0;
    return amp_fields(source, begin, fields, count, entries);
}

const struct source_format source_amp = {"amp",
                                         1u << RECON_PAYMENT_NO | 1u << RECON_OUT_NO |
                                             1u << RECON_IN_NO | 1u << RECON_RECEIPT_NO |
                                             1u << RECON_SETTLE_NO | 1u << RECON_ORIGIN_NO,
                                         amp_begin, amp_next};
