/* Rows in parts: those whose ids have nearly the same hash, so few that the cache holds them, or
 * those that will look at the same memory. In the order of their file each would look at another
 * page. */
#ifndef HOPKIOSK_RECON_PARTS_H
#define HOPKIOSK_RECON_PARTS_H

#include <stddef.h>
#include <stdint.h>

#define PARTS_BITS 9
#define PARTS (1u << PARTS_BITS) /* into more at once is written slower */

struct part_item {
    uint32_t key; /* a hash, or another row */
    uint32_t row;
};
enum part_by { PART_BY_KEY = 0, PART_BY_ROW };

struct parts {
    unsigned shift; /* PARTS_BITS above it say which part */
    enum part_by by;
    struct part_item *items;
    size_t ends[PARTS + 1]; /* of each part; the last: of all */
};

/* Each item is added twice, in the same order: first it is counted ... */
void parts_begin(struct parts *parts, unsigned shift, enum part_by by);
/* ... and after all were counted, so many, ... */
size_t parts_counted(struct parts *parts);
/* ... it is put into `items`: part after part, within a part as added. */
static inline void parts_put(struct parts *parts, struct part_item *items) {
    parts->items = items;
}
static inline void parts_add(struct parts *parts, struct part_item item) {
    uint32_t number = parts->by == PART_BY_ROW ? item.row : item.key,
             part = number >> parts->shift & (PARTS - 1);
    if (parts->items)
        parts->items[parts->ends[part]++] = item;
    else
        parts->ends[part + 1]++;
}
/* Where the first of the items with this key stands, or would, among items in the order of keys. */
size_t parts_first(const struct part_item *items, size_t count, uint32_t key);
/* All of `from` into `to`. */
void parts_sort(struct parts *parts, const struct part_item *from, size_t count,
                struct part_item *to, unsigned shift, enum part_by by);

#endif
