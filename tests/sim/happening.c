/* One heap of happenings, the next one on top. */
#include "tests/sim/happening.h"

#include <stdlib.h>

#include "tests/sim/sim.h"

static bool before(const struct happening *a, const struct happening *b) {
    return a->at_ms < b->at_ms || (a->at_ms == b->at_ms && a->sequence < b->sequence);
}

static void swap(struct happening *a, struct happening *b) {
    struct happening c = *a;
    *a = *b;
    *b = c;
}

void sim_after(struct sim *sim, int64_t ms, enum happening_kind kind, int64_t what) {
    if (sim->heap_count == sim->heap_size) {
        sim->heap_size = sim->heap_size ? sim->heap_size * 2 : 256;
        sim->heap = realloc(sim->heap, (size_t)sim->heap_size * sizeof *sim->heap);
        if (!sim->heap)
            abort();
    }
    int i = sim->heap_count++;
    sim->heap[i] = (struct happening){sim->now_ms + ms, sim->sequence++, kind, what};
    for (; i > 0 && before(&sim->heap[i], &sim->heap[(i - 1) / 2]); i = (i - 1) / 2)
        swap(&sim->heap[i], &sim->heap[(i - 1) / 2]);
}

struct happening happening_take(struct sim *sim) {
    struct happening first = sim->heap[0];
    sim->heap[0] = sim->heap[--sim->heap_count];
    for (int i = 0;;) {
        int least = i, left = 2 * i + 1, right = left + 1;
        if (left < sim->heap_count && before(&sim->heap[left], &sim->heap[least]))
            least = left;
        if (right < sim->heap_count && before(&sim->heap[right], &sim->heap[least]))
            least = right;
        if (least == i)
            return first;
        swap(&sim->heap[i], &sim->heap[least]);
        i = least;
    }
}
