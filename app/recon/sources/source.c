#include "app/recon/sources/source.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/base/log.h"
#include "app/base/text.h"

#define HEAD_MAX ((size_t)65536)

static const struct source_format *const source_formats[] = {
    &source_rows, &source_journal, &source_upp, &source_channel,
    &source_his,  &source_tongji,  &source_amp, &source_mmpc};

const struct source_format *source_format(const char *name) {
    for (size_t i = 0; i < sizeof source_formats / sizeof *source_formats; i++)
        if (!strcmp(source_formats[i]->name, name))
            return source_formats[i];
    return NULL;
}

int source_bad(struct source *source, size_t at, const char *format, ...) {
    char what[384];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(what, sizeof what, format, arguments);
    va_end(arguments);
    recon_complain(&source->file, at, &source->complaint, "%s", what);
    return SOURCE_BAD;
}

bool source_is_payment(struct source *source, size_t at, const char *name,
                       struct recon_slice amount) {
    if (!amount_is_negative(amount))
        return true;
    source_bad(source, at, "%s: expected a payment that is not negative, got \"%.*s\"", name,
               amount.length > 60 ? 60 : (int)amount.length, amount.at);
    return false;
}

static void init_source(struct source *source, const char *format, size_t *at) {
    *source = (struct source){.format = source_format(format)};
    ENSURE(source->format != NULL);
    source->ids = source->format->ids;
    source->any_encoding = source->format == &source_amp; /* its reader tells two apart */
    *at = 0;
}

size_t source_mark(const struct source *source) {
    static const char mark[] = "\xef\xbb\xbf";
    size_t length = sizeof mark - 1;
    return source->file.size >= length && !memcmp(source->file.data, mark, length) ? length : 0;
}

bool source_is_utf8(struct source *source, size_t begin, size_t end) {
    const char *data = source->file.data;
    const char *fault =
        source->any_encoding ? data + end : text_utf8_fault(data + begin, data + end);
    return fault == data + end || source_bad(source, (size_t)(fault - data),
                                             "expected UTF-8: save the file as UTF-8") == 0;
}

/* Its first line, before anything is looked for in it. */
static bool head_is_utf8(struct source *source) {
    const char *data = source->file.data;
    const char *end =
        memchr(data, '\n', source->file.size < HEAD_MAX ? source->file.size : HEAD_MAX);
    return end == NULL || source_is_utf8(source, 0, (size_t)(end - data));
}

static bool begin_source(struct source *source, size_t *at) {
    source->scratch = malloc(CSV_LINE_MAX);
    ENSURE(source->scratch != NULL);
    csv_init(&source->csv, &source->file, source->scratch);
    return head_is_utf8(source) && source->format->begin(source, at) &&
           source_is_utf8(source, 0, *at);
}

bool source_open(struct source *source, const char *format, const char *path, size_t *at) {
    init_source(source, format, at);
    return recon_file_open(&source->file, path, &source->complaint) && begin_source(source, at);
}

bool source_take(struct source *source, const char *format, const char *name, FILE *answers,
                 bool verified, size_t *at) {
    init_source(source, format, at);
    source->verified = verified;
    source->asked = strdup(name);
    ENSURE(source->asked != NULL);
    return recon_file_take(&source->file, source->asked, answers, &source->complaint) &&
           begin_source(source, at);
}

void source_close(struct source *source) {
    recon_file_close(&source->file);
    free(source->scratch);
    free(source->asked);
    source->scratch = source->asked = NULL;
}

bool source_read_count(struct source *source, size_t *at) {
    static const char words[] = "# rows ";
    const char *data = source->file.data + *at, *end = source->file.data + source->file.size;
    source->said_count = -1;
    if ((size_t)(end - data) < sizeof words || memcmp(data, words, sizeof words - 1) != 0)
        return true;
    const char *digit = data + sizeof words - 1, *stop = digit;
    int64_t number = 0;
    for (; stop < end && *stop >= '0' && *stop <= '9' && stop - digit < 10; stop++)
        number = number * 10 + *stop - '0';
    bool good = stop > digit;
    stop += stop < end && *stop == '\r';
    if (!good || stop == end || *stop != '\n')
        return source_bad(source, *at, "expected \"# rows\" and how many, or a header") == 0;
    source->said_count = number;
    *at = (size_t)(stop + 1 - source->file.data);
    return true;
}

int source_count_fits(struct source *source) {
    if (source->said_count < 0 || source->said_count == source->counted)
        return SOURCE_END;
    return source_bad(source, source->file.size,
                      "the first line says that there are %lld rows, got %lld: the file was cut",
                      (long long)source->said_count, (long long)source->counted);
}

struct recon_slice source_channel_word(struct recon_slice text) {
    static const char *const words[][2] = {
        {"ali", "alipay"},   {"ALI", "alipay"},    {"ten", "wechat"},  {"WX", "wechat"},
        {"uni", "unionpay"}, {"UPOP", "unionpay"}, {"UP", "unionpay"}, {"BANK", "card"}};
    for (size_t i = 0; text.length <= 4 && i < sizeof words / sizeof *words; i++)
        if (slice_is(text, words[i][0]))
            return slice_of(words[i][1]);
    return text;
}
