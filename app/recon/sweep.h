/* Rows in the order of the memory that each will look at: in the order of their file each would
 * look at another page. */
#ifndef HOPKIOSK_RECON_SWEEP_H
#define HOPKIOSK_RECON_SWEEP_H

#include "app/recon/ledger.h"

struct sweep_item {
    uint32_t key;    /* says where is looked: a hash, another row */
    uint32_t within; /* the row that looks, counted from the first of all */
};

struct sweep {
    struct sweep_item *items, *sorted; /* room for all rows each */
    uint32_t count;
};

void sweep_init(struct sweep *sweep, size_t rows);
void sweep_free(struct sweep *sweep);
static inline void sweep_add(struct sweep *sweep, uint32_t key, uint32_t within) {
    sweep->items[sweep->count++] = (struct sweep_item){key, within};
}
/* The items added since the last call, `*count` of them, by the upper bits of their `bits` lower
 * key bits; of equal keys in the order in which they were added. They live until the next call:
 * who walks them may add those of the next. */
const struct sweep_item *sweep_sort(struct sweep *sweep, unsigned bits, uint32_t *count);
/* How many bits numbers below `most` have. */
unsigned sweep_bits(size_t most);

#endif
