#include "app/core/visit/guides.h"

#include <string.h>

static bool same_item(const struct guide_item *a, const struct guide_item *b) {
    return a->drug == b->drug && strcmp(a->title, b->title) == 0 && strcmp(a->key, b->key) == 0 &&
           strcmp(a->value, b->value) == 0 && strcmp(a->code_value, b->code_value) == 0;
}

static void add_guide_item(struct guides *guides, const struct guide_item *item) {
    for (int i = 0; i < guides->count; i++)
        if (same_item(guides->items[i], item))
            return;
    if (guides->count < GUIDE_ITEMS_MAX)
        guides->items[guides->count++] = item;
}

void guides_of(const struct session *session, struct guides *out) {
    *out = (struct guides){.next_step = ""};
    for (int i = 0; i < BILLS_MAX; i++) {
        const struct guidance *guidance = session->guidance[i];
        if (guidance == NULL)
            continue;
        if (out->next_step[0] == '\0')
            out->next_step = guidance->next_step;
        for (int item = 0; item < guidance->item_count; item++)
            add_guide_item(out, &guidance->items[item]);
    }
}
