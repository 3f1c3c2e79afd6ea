#include "app/recon/sweep.h"

#include <stdlib.h>

#include "app/base/log.h"

#define BUCKET_BITS 11 /* of a group of chunks (match) 128 rows a bucket */
#define BUCKETS (1u << BUCKET_BITS)

void sweep_init(struct sweep *sweep, size_t rows) {
    *sweep = (struct sweep){.items = malloc(rows * sizeof *sweep->items),
                            .sorted = malloc(rows * sizeof *sweep->sorted)};
    ENSURE(sweep->items != NULL && sweep->sorted != NULL);
}

void sweep_free(struct sweep *sweep) {
    free(sweep->items);
    free(sweep->sorted);
    *sweep = (struct sweep){0};
}

unsigned sweep_bits(size_t most) {
    unsigned bits = 0;
    while (bits < 32 && most > (size_t)1 << bits)
        bits++;
    return bits;
}

const struct sweep_item *sweep_sort(struct sweep *sweep, unsigned bits, uint32_t *count) {
    unsigned shift = bits > BUCKET_BITS ? bits - BUCKET_BITS : 0;
    uint32_t begins[BUCKETS + 1] = {0};
    for (uint32_t i = 0; i < sweep->count; i++)
        begins[(sweep->items[i].key >> shift & (BUCKETS - 1)) + 1]++;
    for (uint32_t i = 1; i < BUCKETS; i++)
        begins[i] += begins[i - 1];
    for (uint32_t i = 0; i < sweep->count; i++)
        sweep->sorted[begins[sweep->items[i].key >> shift & (BUCKETS - 1)]++] = sweep->items[i];
    *count = sweep->count;
    sweep->count = 0;
    return sweep->sorted;
}
