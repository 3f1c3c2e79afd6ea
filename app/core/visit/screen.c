#include "app/core/visit/screen.h"

#include "app/core/terms/assert.h"

const struct order *visit_order(const struct visit *visit) {
    int slot = visit->session->payment.slot;

    return slot >= 0 ? &visit->book->orders[slot] : NULL;
}

struct effect *visit_effect(struct visit *visit, enum effect_kind kind) {
    CORE_ASSERT(visit->out->count < EFFECTS_MAX);
    struct effect *effect = &visit->out->items[visit->out->count++];
    *effect = (struct effect){.kind = kind,
                              .to = {ADDRESS_VISIT, 0},
                              .leg = PART_NONE,
                              .claim = PART_NONE,
                              .refund = PART_NONE};
    return effect;
}

void visit_alive(struct visit *visit) {
    visit->session->touched_mono_ms = visit->now.mono_ms;
    visit->session->warning = false;
}
