#include "app/recon/origins.h"

#include <stdlib.h>

#include "app/base/log.h"

static void add_numbers(struct origins *origins, const struct recon_chunk *chunk, uint32_t number) {
    int8_t slot = chunk->slot[RECON_PAYMENT_NO];
    for (uint32_t i = 0; slot >= 0 && i < chunk->count; i++) {
        const struct recon_line *line = recon_chunk_line(chunk, i);
        uint64_t packed = recon_line_id(line, slot);
        if (packed != 0 && recon_line_kind(line) == RECON_PAYMENT)
            origins->numbers[origins->count++] =
                (struct part_item){recon_id_hash(packed), number << 16 | i};
    }
}

static void sort_numbers(struct origins *origins) {
    struct parts parts;
    struct part_item *beside = malloc((origins->count + 1) * sizeof *beside);
    ENSURE(beside != NULL);
    for (unsigned shift = 0; shift < RECON_ID_HASH_BITS; shift += PARTS_BITS) {
        struct part_item *sorted = beside;
        parts_sort(&parts, origins->numbers, origins->count, sorted, shift, PART_BY_KEY);
        beside = origins->numbers;
        origins->numbers = sorted;
    }
    free(beside);
}

static void list_numbers(struct origins *origins, const struct recon_ledger *ledger) {
    size_t rows = ((size_t)ledger->chunk_count << 16) + 1;
    origins->numbers = malloc(rows * sizeof *origins->numbers);
    ENSURE(origins->numbers != NULL);
    for (uint32_t n = 0; n < ledger->chunk_count; n++)
        add_numbers(origins, &ledger->chunks[n], n);
    sort_numbers(origins);
}

uint32_t origins_find(struct origins *origins, struct recon_ledger *ledger, uint32_t refund) {
    uint64_t packed = recon_row_id(ledger, refund, RECON_ORIGIN_NO);
    if (packed == 0)
        return RECON_NO_ROW;
    if (!origins->numbers)
        list_numbers(origins, ledger);
    uint32_t hash = recon_id_hash(packed);
    const struct part_item *numbers = origins->numbers;
    for (size_t i = parts_first(numbers, origins->count, hash);
         i < origins->count && numbers[i].key == hash; i++)
        if (recon_same_id(ledger, refund, RECON_ORIGIN_NO, numbers[i].row, RECON_PAYMENT_NO))
            return numbers[i].row;
    return RECON_NO_ROW;
}

void origins_free(struct origins *origins) {
    free(origins->numbers);
    *origins = (struct origins){0};
}
