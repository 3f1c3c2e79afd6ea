#include "app/recon/parts.h"

#include <string.h>

void parts_begin(struct parts *parts, unsigned shift, enum part_by by) {
    memset(parts, 0, sizeof *parts);
    parts->shift = shift;
    parts->by = by;
}

size_t parts_counted(struct parts *parts) {
    for (uint32_t i = 0; i < PARTS; i++)
        parts->ends[i + 1] += parts->ends[i];
    return parts->ends[PARTS];
}

static void add_all(struct parts *parts, const struct part_item *items, size_t count) {
    for (size_t i = 0; i < count; i++)
        parts_add(parts, items[i]);
}

size_t parts_first(const struct part_item *items, size_t count, uint32_t key) {
    size_t from = 0, to = count;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (items[middle].key < key)
            from = middle + 1;
        else
            to = middle;
    }
    return from;
}

void parts_sort(struct parts *parts, const struct part_item *from, size_t count,
                struct part_item *to, unsigned shift, enum part_by by) {
    parts_begin(parts, shift, by);
    add_all(parts, from, count);
    parts_counted(parts);
    parts_put(parts, to);
    add_all(parts, from, count);
}
