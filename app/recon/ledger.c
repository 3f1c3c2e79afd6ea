#include "app/recon/ledger.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "app/base/log.h"

#define DAY_S INT64_C(86400)
#define FEN_BITS 34 /* MONEY_MAX_FEN and above */
#define FEES_ROOM 128

_Static_assert(MONEY_MAX_FEN < INT64_C(1) << FEN_BITS, "an amount fits");

static const unsigned words_room[RECON_DIMENSIONS] = {256, RECON_WORDS_MAX, FEES_ROOM};

void recon_ledger_init(struct recon_ledger *ledger) {
    memset(ledger, 0, sizeof *ledger);
    ledger->chunks = calloc(RECON_CHUNKS_MAX, sizeof *ledger->chunks);
    ledger->entries = calloc(RECON_ENTRIES_MAX, sizeof *ledger->entries);
    ENSURE(ledger->chunks != NULL && ledger->entries != NULL);
    for (int i = 0; i < RECON_DIMENSIONS; i++) {
        ledger->words[i].room = words_room[i];
        ledger->words[i].count = 1;
    }
}

void recon_ledger_free(struct recon_ledger *ledger) {
    for (int i = 0; i < ledger->arena_count; i++)
        munmap(ledger->arenas[i], RECON_ARENA_SIZE);
    for (int i = 0; i < ledger->file_count; i++)
        source_close(&ledger->files[i]);
    free(ledger->chunks);
    free(ledger->entries);
    memset(ledger, 0, sizeof *ledger);
}

static uint64_t fold(uint64_t a, uint64_t b) {
    __extension__ typedef unsigned __int128 wide;
    wide product = (wide)a * b;
    return (uint64_t)product ^ (uint64_t)(product >> 64);
}

static uint64_t eight_bytes(const char *at) {
    uint64_t value;
    memcpy(&value, at, sizeof value);
    return value;
}

/* Of fewer than eight. */
static uint64_t few_bytes(const char *at, size_t length) {
    uint32_t head, tail;
    if (length >= 4) {
        memcpy(&head, at, 4);
        memcpy(&tail, at + length - 4, 4);
        return (uint64_t)head << 32 | tail;
    }
    uint64_t value = 0;
    for (size_t i = 0; i < length; i++)
        value = value << 8 | (unsigned char)at[i];
    return value;
}

/* Multiply and fold, eight bytes a step; the last eight may overlap those before. */
static uint64_t hash_text(struct recon_slice text, uint64_t seed) {
    uint64_t hash = fold(seed ^ text.length, UINT64_C(0xa0761d6478bd642f));
    const char *at = text.at, *end = at + text.length;
    if (text.length < 8)
        return fold(hash ^ few_bytes(at, text.length), UINT64_C(0x8ebc6af09c88c6e3));
    for (; end - at > 8; at += 8)
        hash = fold(hash ^ eight_bytes(at), UINT64_C(0xe7037ed1a0b428db));
    hash = fold(hash ^ eight_bytes(end - 8), UINT64_C(0x8ebc6af09c88c6e3));
    return fold(hash ^ UINT64_C(0x589965cc75374cc3), UINT64_C(0x1d8e4e27c47d124f));
}

uint64_t recon_id_hash(enum recon_kind kind, enum recon_id id, struct recon_slice text) {
    uint64_t seed =
        UINT64_C(0x9e3779b97f4a7c15) * (uint64_t)(1 + (int)id * RECON_KIND_COUNT + (int)kind);
    uint64_t hash = hash_text(text, seed);
    return hash ? hash : 1;
}

static unsigned add_word(struct recon_words *words, uint64_t hash, struct recon_slice text) {
    if (words->count == words->room)
        return words->room - 1;
    size_t length = text.length < RECON_WORD_SIZE ? text.length : RECON_WORD_SIZE - 1;
    unsigned number = words->count++;
    words->hashes[number] = hash;
    memcpy(words->texts[number], text.at, length);
    words->texts[number][length] = '\0';
    if (words->count == words->room)
        snprintf(words->texts[number], RECON_WORD_SIZE, "...");
    return number;
}

static unsigned word_number(struct recon_words *words, struct recon_slice text) {
    if (text.length == 0)
        return 0;
    uint64_t hash = hash_text(text, 1);
    uint16_t *recent = &words->recent[hash & 255];
    if (words->hashes[*recent] == hash)
        return *recent;
    for (unsigned i = 1; i < words->count; i++)
        if (words->hashes[i] == hash)
            return *recent = (uint16_t)i;
    return *recent = (uint16_t)add_word(words, hash, text);
}

static uint64_t pack_row(const struct recon_row *row) {
    return (uint64_t)row->fen | (uint64_t)row->kind << 34 | (uint64_t)row->state << 35 |
           (uint64_t)row->unverified << 38 | (uint64_t)row->elsewhere << 39 |
           (uint64_t)row->no_platform << 40 | (uint64_t)row->sub << 41 |
           (uint64_t)row->channel << 49 | (uint64_t)row->fee << 57;
}

struct recon_row recon_row(const struct recon_ledger *ledger, uint32_t row) {
    uint64_t packed = RECON_CHUNK(ledger, row)->packed[RECON_WITHIN(row)];
    return (struct recon_row){.fen = (int64_t)(packed & ((UINT64_C(1) << FEN_BITS) - 1)),
                              .kind = (enum recon_kind)(packed >> 34 & 1),
                              .state = (enum recon_state)(packed >> 35 & 7),
                              .unverified = packed >> 38 & 1,
                              .elsewhere = packed >> 39 & 1,
                              .no_platform = packed >> 40 & 1,
                              .sub = (uint8_t)(packed >> 41),
                              .channel = (uint8_t)(packed >> 49),
                              .fee = (uint8_t)(packed >> 57)};
}

int64_t recon_row_money(const struct recon_row *row) {
    if (row->state == RECON_VOID)
        return 0;
    return row->kind == RECON_REFUND ? -row->fen : row->fen;
}

uint64_t recon_row_id(const struct recon_ledger *ledger, uint32_t row, enum recon_id id) {
    const struct recon_chunk *chunk = RECON_CHUNK(ledger, row);
    int slot = chunk->slot[id];
    return slot < 0 ? 0 : chunk->ids[RECON_WITHIN(row) * (uint32_t)chunk->stride + (uint32_t)slot];
}

/* Where a column of `width` bytes a row begins in a chunk's memory. */
static void *lay_column(char *memory, size_t *used, size_t width) {
    void *column = memory + *used;
    *used += width * RECON_CHUNK_ROWS;
    return column;
}

/* Large pages where the system has them: the rows of a deal lie far apart. */
static char *take_memory(struct recon_ledger *ledger, size_t size) {
    if (ledger->arena_count == 0 || ledger->arena_used + size > RECON_ARENA_SIZE) {
        ENSURE(ledger->arena_count < RECON_ARENAS_MAX);
        void *arena = mmap(NULL, RECON_ARENA_SIZE, PROT_READ | PROT_WRITE,
                           MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
        ENSURE(arena != MAP_FAILED);
        (void)madvise(arena, RECON_ARENA_SIZE, MADV_HUGEPAGE);
        ledger->arenas[ledger->arena_count++] = arena;
        ledger->arena_used = 0;
    }
    char *memory = ledger->arenas[ledger->arena_count - 1] + ledger->arena_used;
    ledger->arena_used += size;
    return memory;
}

static void allocate_chunk(struct recon_ledger *ledger, struct recon_chunk *chunk) {
    size_t used = 0, row = 8 + 8 * (size_t)chunk->stride + 4 + 4 + 4 + 2;
    char *memory = take_memory(ledger, row * RECON_CHUNK_ROWS);
    chunk->packed = lay_column(memory, &used, 8);
    chunk->ids = lay_column(memory, &used, 8 * (size_t)chunk->stride);
    chunk->at = lay_column(memory, &used, 4);
    chunk->time = lay_column(memory, &used, 4);
    chunk->next = lay_column(memory, &used, 4);
    chunk->terminal = lay_column(memory, &used, 2);
    ENSURE(used == row * RECON_CHUNK_ROWS);
}

static struct recon_chunk *begin_chunk(struct recon_ledger *ledger, int source, unsigned ids,
                                       size_t at) {
    if (ledger->chunk_count == RECON_CHUNKS_MAX)
        return NULL;
    struct recon_chunk *chunk = &ledger->chunks[ledger->chunk_count++];
    *chunk = (struct recon_chunk){
        .source = (uint16_t)source, .file = (uint16_t)(ledger->file_count - 1), .base = at};
    for (int id = 0; id < RECON_ID_COUNT; id++)
        chunk->slot[id] = (signed char)(ids & 1u << id ? chunk->stride++ : -1);
    allocate_chunk(ledger, chunk);
    return chunk;
}

static bool chunk_has_room(const struct recon_chunk *chunk, size_t at) {
    return chunk && chunk->count < RECON_CHUNK_ROWS && at - chunk->base <= UINT32_MAX;
}

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
        name.length >= RECON_WORD_SIZE)
        return -1;
    struct recon_source *source = &ledger->sources[ledger->source_count];
    memcpy(source->name, name.at, name.length);
    source->name[name.length] = '\0';
    source->side = side_of_name(source->name);
    return ledger->source_count++;
}

/* Our numbers name their terminal: yyMMddHHmm, two characters, terminal.no, a counter. */
static struct recon_slice terminal_of(const struct recon_entry *entry) {
    struct recon_slice no = entry->ids[RECON_PAYMENT_NO];
    if (entry->terminal.length > 0 || no.length != 20)
        return entry->terminal;
    for (int i = 0; i < 10; i++)
        if (no.at[i] < '0' || no.at[i] > '9')
            return entry->terminal;
    return (struct recon_slice){no.at + 12, 4};
}

static void put_ids(struct recon_chunk *chunk, const struct recon_entry *entry) {
    uint64_t *ids = chunk->ids + chunk->count * (uint32_t)chunk->stride;
    for (int id = 0; id < RECON_ID_COUNT; id++) {
        if (chunk->slot[id] < 0)
            continue;
        bool origin = id == RECON_ORIGIN_NO;
        ids[chunk->slot[id]] = entry->ids[id].length == 0 ? 0
                               : origin
                                   ? recon_id_hash(RECON_PAYMENT, RECON_PAYMENT_NO, entry->ids[id])
                                   : recon_id_hash(entry->kind, (enum recon_id)id, entry->ids[id]);
    }
}

static void put_row(struct recon_ledger *ledger, struct recon_chunk *chunk,
                    const struct recon_entry *entry, size_t at, int sub) {
    uint32_t n = chunk->count, terminal;
    struct recon_row row = {.fen = entry->amount.fen,
                            .kind = entry->kind,
                            .state = entry->state,
                            .unverified = entry->unverified,
                            .elsewhere = entry->elsewhere,
                            .no_platform = entry->no_platform,
                            .sub = (uint8_t)sub};
    struct recon_source *source = &ledger->sources[chunk->source];
    row.channel = (uint8_t)word_number(&ledger->words[RECON_CHANNELS], entry->channel);
    row.fee = (uint8_t)word_number(&ledger->words[RECON_FEES], entry->fee);
    terminal = word_number(&ledger->words[RECON_TERMINALS], terminal_of(entry));
    if (source->side == RECON_TERMINAL)
        ledger->terminal_is_ours[terminal] = true;
    put_ids(chunk, entry);
    chunk->packed[n] = pack_row(&row);
    chunk->at[n] = (uint32_t)(at - chunk->base);
    chunk->time[n] = (uint32_t)entry->time_s;
    chunk->terminal[n] = (uint16_t)terminal;
    chunk->next[n] = (uint32_t)(chunk - ledger->chunks) << 16 | n;
    chunk->count++;
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
    char name[RECON_WORD_SIZE];
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
                          RECON_SOURCES_MAX, RECON_WORD_SIZE - 1) == 0;
    if (!is_of_period(&ledger->period, entry->time_s))
        return true;
    struct recon_chunk **chunk = &reading->chunks[source];
    if (!chunk_has_room(*chunk, at))
        *chunk = begin_chunk(ledger, source, reading->file->ids, at);
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
        if (count < 0)
            return count == SOURCE_END;
        for (int i = 0; i < count; i++)
            if (!ledger_entry(reading, &ledger->entries[i], begin, i))
                return false;
    }
}

bool recon_ledger_read(struct recon_ledger *ledger, const char *format, const char *path) {
    size_t at;
    if (ledger->file_count == RECON_FILES_MAX) {
        snprintf(ledger->complaint.text, sizeof ledger->complaint.text, "more than %d files",
                 RECON_FILES_MAX);
        return false;
    }
    struct source *file = &ledger->files[ledger->file_count++];
    bool good = source_open(file, format, path, &at);
    struct reading reading = {ledger, file, -1, {NULL}};
    if (good && !file->names_source)
        reading.source = source_of_file(ledger, format);
    good = good && read_all(&reading, at);
    file->was_read = good;
    if (!good)
        ledger->complaint = file->complaint;
    return good;
}

const struct recon_entry *recon_row_entry(struct recon_ledger *ledger, uint32_t row) {
    const struct recon_chunk *chunk = RECON_CHUNK(ledger, row);
    struct source *file = &ledger->files[chunk->file];
    size_t at = chunk->base + chunk->at[RECON_WITHIN(row)];
    int sub = recon_row(ledger, row).sub;
    return file->format->next(file, &at, ledger->entries) > sub ? &ledger->entries[sub] : NULL;
}
