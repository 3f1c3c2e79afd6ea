#include "app/recon/ledger.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "app/base/log.h"

#define FEW_CHUNKS 4 /* of a small run, whose chunks mostly stay empty */
#define FEN_BITS 34  /* MONEY_MAX_FEN and above */

/* Their numbers stand in 8, 16 and 7 bits of a row. */
static const unsigned texts_room[RECON_DIMENSIONS] = {256, RECON_SHARED_TEXTS_MAX, 128};

_Static_assert(MONEY_MAX_FEN < INT64_C(1) << FEN_BITS, "an amount fits");

void recon_ledger_init(struct recon_ledger *ledger) {
    memset(ledger, 0, sizeof *ledger);
    ledger->chunks = calloc(RECON_CHUNKS_MAX, sizeof *ledger->chunks);
    ledger->files = calloc(RECON_FILES_MAX, sizeof *ledger->files);
    ledger->entries = calloc(RECON_ENTRIES_MAX, sizeof *ledger->entries);
    ENSURE(ledger->chunks != NULL && ledger->files != NULL && ledger->entries != NULL);
    for (int i = 0; i < RECON_DIMENSIONS; i++)
        recon_shared_texts_init(&ledger->texts[i], texts_room[i]);
}

void recon_ledger_free(struct recon_ledger *ledger) {
    for (int i = 0; i < ledger->arena_count; i++)
        munmap(ledger->arenas[i], RECON_ARENA_SIZE);
    for (int i = 0; i < ledger->file_count; i++)
        source_close(&ledger->files[i]);
    free(ledger->chunks);
    free(ledger->files);
    free(ledger->entries);
    memset(ledger, 0, sizeof *ledger);
}

uint64_t recon_row_pack(const struct recon_row *row) {
    return (uint64_t)row->fen | (uint64_t)row->kind << 34 | (uint64_t)row->state << 35 |
           (uint64_t)row->unverified << 38 | (uint64_t)row->elsewhere << 39 |
           (uint64_t)row->no_platform << 40 | (uint64_t)row->sub << 41 |
           (uint64_t)row->channel << 49 | (uint64_t)row->fee << 57;
}

struct recon_row recon_row(const struct recon_ledger *ledger, uint32_t row) {
    uint64_t packed = recon_line(ledger, row)->packed;
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

/* Has these pages made at once, which is cheaper than one by one as they are touched. */
static void populate(void *memory, size_t size) {
    uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
    uintptr_t from = ((uintptr_t)memory + page - 1) & ~(page - 1),
              to = ((uintptr_t)memory + size) & ~(page - 1);
    if (to > from) /* an older kernel refuses, and makes them one by one */
        (void)madvise((void *)from, to - from, MADV_POPULATE_WRITE);
}

static char *take_memory(struct recon_ledger *ledger, size_t size) {
    if (ledger->arena_count == 0 || ledger->arena_used + size > RECON_ARENA_SIZE) {
        ENSURE(ledger->arena_count < RECON_ARENAS_MAX);
        void *arena = mmap(NULL, RECON_ARENA_SIZE, PROT_READ | PROT_WRITE,
                           MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
        ENSURE(arena != MAP_FAILED);
        ledger->arenas[ledger->arena_count++] = arena;
        ledger->arena_used = 0;
    }
    char *memory = ledger->arenas[ledger->arena_count - 1] + ledger->arena_used;
    ledger->arena_used += size;
    if (ledger->chunk_count > FEW_CHUNKS)
        populate(memory, size);
    return memory;
}

struct recon_chunk *recon_ledger_chunk(struct recon_ledger *ledger, int source, unsigned ids,
                                       size_t at) {
    if (ledger->chunk_count == RECON_CHUNKS_MAX)
        return NULL;
    struct recon_chunk *chunk = &ledger->chunks[ledger->chunk_count++];
    *chunk = (struct recon_chunk){
        .source = (uint16_t)source, .file = (uint16_t)(ledger->file_count - 1), .base = at};
    for (int id = 0; id < RECON_ID_COUNT; id++) {
        chunk->slot[id] = (signed char)(ids & 1u << id ? chunk->stride : -1);
        if (chunk->slot[id] >= 0)
            chunk->kinds[chunk->stride++] = (uint8_t)id;
    }
    chunk->shared = chunk->stride - (chunk->slot[RECON_ORIGIN_NO] >= 0);
    chunk->width =
        sizeof(struct recon_line) + (size_t)chunk->stride * sizeof(uint16_t[RECON_ID_WORDS]);
    const size_t lines = chunk->width * RECON_CHUNK_ROWS;
    chunk->lines = take_memory(ledger, lines + RECON_CHUNK_ROWS * sizeof *chunk->terminals);
    chunk->terminals = (uint16_t *)(void *)(chunk->lines + lines);
    return chunk;
}

struct recon_slice recon_row_original(const struct recon_ledger *ledger, uint32_t row) {
    const struct recon_chunk *chunk = RECON_CHUNK(ledger, row);
    const struct recon_file *file = &ledger->files[chunk->file].file;
    size_t at = chunk->base + recon_chunk_line(chunk, RECON_WITHIN(row))->at;
    while (at < file->size && strchr(" \t\r\n", file->data[at]))
        at++; /* an original begins where the one before it ends */
    const char *end = memchr(file->data + at, '\n', file->size - at);
    return (struct recon_slice){file->data + at,
                                end ? (size_t)(end - file->data) - at : file->size - at};
}

const struct recon_entry *recon_row_entry(struct recon_ledger *ledger, uint32_t row) {
    const struct recon_chunk *chunk = RECON_CHUNK(ledger, row);
    struct source *file = &ledger->files[chunk->file];
    size_t at = chunk->base + recon_chunk_line(chunk, RECON_WITHIN(row))->at;
    int sub = recon_row(ledger, row).sub;
    return file->format->next(file, &at, ledger->entries) > sub ? &ledger->entries[sub] : NULL;
}
