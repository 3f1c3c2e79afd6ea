/* Entries become rows of the ledger. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/base/log.h"
#include "app/recon/ledger.h"

#define DAY_S INT64_C(86400)

static enum recon_side side_of_name(const char *name) {
    if (!strcmp(name, "journal"))
        return RECON_TERMINAL;
    return !strcmp(name, "his") ? RECON_HOSPITAL : RECON_PLATFORM;
}

/* -1: there are too many, or the name is too long. */
static int source_number(struct recon_ledger *ledger, struct recon_slice name) {
    for (int i = 0; i < ledger->source_count; i++)
        if (slice_is(name, ledger->sources[i].name))
            return i;
    if (ledger->source_count == RECON_SOURCES_MAX || name.length == 0 ||
        name.length >= RECON_SHARED_TEXT_SIZE)
        return -1;
    struct recon_source *source = &ledger->sources[ledger->source_count];
    memcpy(source->name, name.at, name.length);
    source->name[name.length] = '\0';
    source->side = side_of_name(source->name);
    return ledger->source_count++;
}

/* Our numbers name their terminal: yyMMddHHmm, two characters, terminal.no, a counter. What a
 * platform calls the device is asked only of others: under another name one of ours would look
 * like a stranger, and what its journal has lost would be explained. */
static struct recon_slice terminal_of(const struct recon_entry *entry) {
    struct recon_slice no = entry->ids[RECON_PAYMENT_NO];
    if (no.length != 20)
        return entry->terminal;
    for (int i = 0; i < 10; i++)
        if (no.at[i] < '0' || no.at[i] > '9')
            return entry->terminal;
    return (struct recon_slice){no.at + 12, 4};
}

static void put_ids(const struct recon_chunk *chunk, struct recon_line *line,
                    const struct recon_entry *entry, const char *original) {
    for (int id = 0; id < RECON_ID_COUNT; id++) {
        if (chunk->slot[id] < 0)
            continue;
        uint64_t packed = recon_id_pack(entry->kind, (enum recon_id)id, entry->ids[id], original);
        uint16_t *words = line->ids[chunk->slot[id]];
        words[0] = (uint16_t)(packed >> 32);
        words[1] = (uint16_t)(packed >> 16);
        words[2] = (uint16_t)packed;
    }
}

/* No right signature vouches for it. Only platforms sign: a hospital's bills and our own journal
 * are not marked. */
static bool is_unverified(const struct recon_ledger *ledger, const struct recon_chunk *chunk) {
    return ledger->sources[chunk->source].side == RECON_PLATFORM &&
           !ledger->files[chunk->file].verified;
}

static void put_row(struct recon_ledger *ledger, struct recon_chunk *chunk,
                    const struct recon_entry *entry, size_t at, int sub) {
    uint32_t n = chunk->count, terminal;
    struct recon_row row = {.fen = entry->amount.fen,
                            .kind = entry->kind,
                            .state = entry->state,
                            .unverified = is_unverified(ledger, chunk),
                            .elsewhere = entry->elsewhere,
                            .no_platform = entry->no_platform,
                            .sub = (uint8_t)sub};
    struct recon_source *source = &ledger->sources[chunk->source];
    row.channel = (uint8_t)recon_shared_text_number(&ledger->texts[RECON_CHANNELS], entry->channel);
    row.fee = (uint8_t)recon_shared_text_number(&ledger->texts[RECON_FEES], entry->fee);
    terminal = recon_shared_text_number(&ledger->texts[RECON_TERMINALS], terminal_of(entry));
    if (source->side == RECON_TERMINAL)
        ledger->terminal_is_ours[terminal] = true;
    struct recon_line *line = recon_chunk_line(chunk, n);
    line->packed = recon_row_pack(&row);
    line->at = (uint32_t)(at - chunk->base);
    line->time = (uint32_t)entry->time_s;
    chunk->terminals[n] = (uint16_t)terminal;
    line->next = (uint32_t)(chunk - ledger->chunks) << 16 | n;
    put_ids(chunk, line, entry, ledger->files[chunk->file].file.data + at);
    chunk->count++;
    if (line->time != 0 && (ledger->first_time_s == 0 || line->time < ledger->first_time_s))
        ledger->first_time_s = line->time;
    source->rows++;
    source->fen += recon_row_money(&row);
    source->unverified += row.unverified;
}

/* Rows of the day before and after are kept: their counterpart may be of the period. */
static bool is_of_period(const struct recon_period *period, int64_t time_s) {
    return period->end_s == 0 || time_s == 0 ||
           (time_s >= period->from_s - DAY_S && time_s < period->end_s + DAY_S);
}

/* The first file of normalised rows is the source "rows", a second "rows2". */
static int source_of_file(struct recon_ledger *ledger, const char *format) {
    char name[RECON_SHARED_TEXT_SIZE];
    int number = 1;
    if (strcmp(format, "rows") != 0)
        return source_number(ledger, slice_of(format));
    for (int i = 0; i + 1 < ledger->file_count; i++)
        number += !strcmp(ledger->files[i].format->name, "rows");
    snprintf(name, sizeof name, number > 1 ? "rows%d" : "rows", number);
    return source_number(ledger, slice_of(name));
}

struct reading {
    struct recon_ledger *ledger;
    struct source *file;
    int source;
    struct recon_chunk *chunks[RECON_SOURCES_MAX]; /* being filled, one a source */
};

static bool chunk_has_room(const struct recon_chunk *chunk, size_t at) {
    return chunk && chunk->count < RECON_CHUNK_ROWS && at - chunk->base <= UINT32_MAX;
}

static bool ledger_entry(struct reading *reading, const struct recon_entry *entry, size_t at,
                         int sub) {
    struct recon_ledger *ledger = reading->ledger;
    int source = reading->source;
    if (entry->source.length > 0)
        source = source_number(ledger, entry->source);
    else if (source < 0)
        source = reading->source = source_of_file(ledger, reading->file->format->name);
    if (source < 0)
        return source_bad(reading->file, at,
                          "source: expected at most %d names of at most %d bytes",
                          RECON_SOURCES_MAX, RECON_SHARED_TEXT_SIZE - 1) == 0;
    if (!is_of_period(&ledger->period, entry->time_s))
        return true;
    struct recon_chunk **chunk = &reading->chunks[source];
    if (!chunk_has_room(*chunk, at) && ledger->progress)
        ledger->progress(reading->file->file.path, at, reading->file->file.size);
    if (!chunk_has_room(*chunk, at))
        *chunk = recon_ledger_chunk(ledger, source, reading->file->ids, at);
    if (!*chunk)
        return source_bad(reading->file, at, "more than %u rows", RECON_CHUNKS_MAX << 16) == 0;
    put_row(ledger, *chunk, entry, at, sub);
    return true;
}

static bool read_all(struct reading *reading, size_t at) {
    struct recon_ledger *ledger = reading->ledger;
    for (;;) {
        size_t begin = at;
        int count = reading->file->format->next(reading->file, &at, ledger->entries);
        if (count != SOURCE_BAD && !source_is_utf8(reading->file, begin, at))
            return false;
        if (count < 0)
            return count == SOURCE_END;
        for (int i = 0; i < count; i++)
            if (!ledger_entry(reading, &ledger->entries[i], begin, i))
                return false;
    }
}

/* NULL after a complaint. */
static struct source *add_file(struct recon_ledger *ledger) {
    if (ledger->file_count < RECON_FILES_MAX)
        return &ledger->files[ledger->file_count++];
    snprintf(ledger->complaint.text, sizeof ledger->complaint.text, "more than %d files",
             RECON_FILES_MAX);
    return NULL;
}

static bool read_source(struct recon_ledger *ledger, struct source *file, bool opened, size_t at) {
    struct reading reading = {ledger, file, -1, {NULL}};
    if (opened && !file->names_source)
        reading.source = source_of_file(ledger, file->format->name);
    bool good = opened && read_all(&reading, at);
    file->was_read = good;
    if (!good)
        ledger->complaint = file->complaint;
    return good;
}

bool recon_ledger_read(struct recon_ledger *ledger, const char *format, const char *path) {
    size_t at = 0;
    struct source *file = add_file(ledger);
    bool opened = file && source_open(file, format, path, &at);
    return file && read_source(ledger, file, opened, at);
}

bool recon_ledger_take(struct recon_ledger *ledger, const char *format, const char *name,
                       FILE *answers, bool verified) {
    size_t at = 0;
    struct source *file = add_file(ledger);
    bool opened = file && source_take(file, format, name, answers, verified, &at);
    return file && read_source(ledger, file, opened, at);
}

static bool walk_to_end(struct source *source, size_t at, struct recon_entry *entries) {
    for (;;) {
        size_t begin = at;
        int count = source->format->next(source, &at, entries);
        if (count < 0)
            return count == SOURCE_END && source_is_utf8(source, begin, at);
        if (!source_is_utf8(source, begin, at))
            return false;
    }
}

bool recon_answers_are_whole(const char *format, const char *name, FILE *answers,
                             struct recon_complaint *complaint) {
    size_t at = 0;
    struct source *source = calloc(1, sizeof *source);
    struct recon_entry *entries = calloc(RECON_ENTRIES_MAX, sizeof *entries);
    ENSURE(source != NULL && entries != NULL);
    bool whole =
        source_take(source, format, name, answers, false, &at) && walk_to_end(source, at, entries);
    *complaint = source->complaint;
    source_close(source);
    free(source);
    free(entries);
    return whole;
}

/* Does another file go on where this one ends (`next` 1), or end where it begins (-1)? */
static bool has_page_beside(const struct recon_ledger *ledger, const struct source *file,
                            int next) {
    const struct source_pages *pages = &file->pages;
    for (int i = 0; i < ledger->file_count; i++) {
        const struct source_pages *other = &ledger->files[i].pages;
        if (ledger->files[i].format == file->format && other->count == pages->count &&
            other->total == pages->total &&
            (next > 0 ? other->first == pages->last + 1 : other->last == pages->first - 1))
            return true;
    }
    return false;
}

static bool has_pages_around(struct recon_ledger *ledger, const struct source *file) {
    const struct source_pages *pages = &file->pages;
    if (pages->seen == 0 || pages->count <= 1)
        return true;
    if (pages->first > 1 && !has_page_beside(ledger, file, -1))
        return recon_complain(&file->file, 0, &ledger->complaint,
                              "page %lld of %lld; the one before it is in no file",
                              (long long)pages->first, (long long)pages->count);
    if (pages->last < pages->count && !has_page_beside(ledger, file, 1))
        return recon_complain(&file->file, file->file.size, &ledger->complaint,
                              "page %lld of %lld; the one after it is in no file",
                              (long long)pages->last, (long long)pages->count);
    return true;
}

bool recon_ledger_has_all_pages(struct recon_ledger *ledger) {
    for (int i = 0; i < ledger->file_count; i++)
        if (!has_pages_around(ledger, &ledger->files[i]))
            return false;
    return true;
}
