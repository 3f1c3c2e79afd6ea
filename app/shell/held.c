#include "app/shell/held.h"

#include <stdlib.h>

#include "app/base/log.h"

/* One list on its way over the journal's thread. */
struct held_list {
    struct held *held; /* only its inbox is used there */
    struct delivery delivery;
};

static void held_deliver(void *owner, void *payload, struct delivery *out) {
    struct held_list *list = *(struct held_list **)payload;
    (void)owner;
    *out = list->delivery;
    free(list);
}

static void held_drop(void *owner, void *payload) {
    struct held_list *list = *(struct held_list **)payload;
    (void)owner;
    free(list->delivery.evidence);
    document_free(list->delivery.document);
    free(list);
}

static const struct inbox_kind held_kind = {held_deliver, held_drop};

/* Called on the journal's thread. A list that cannot be joined is no list: nothing of it is sold.
 */
static void mark_held(void *context, struct journal *journal) {
    struct held_list *list = context;
    struct delivery *delivery = &list->delivery;
    if (journal_mark_held(journal, (struct bill_list *)delivery->document) != JOURNAL_OK) {
        log_write(LOG_ERROR, "journal", "a list of bills is not joined: %s",
                  journal_error(journal));
        delivery->event.of.answer.outcome = OUTCOME_UNKNOWN;
    }
    inbox_post(list->held->inbox, &held_kind, list->held, &list, sizeof(struct held_list *));
}

bool held_join(struct held *held, struct delivery *out) {
    const struct document *bills = document_if(out->document, DOCUMENT_BILLS);
    if (held->pump == NULL || bills == NULL)
        return false;
    struct held_list *list = calloc(1, sizeof *list);
    ENSURE(list != NULL && inbox_reserve(held->inbox));
    list->held = held;
    list->delivery = *out;
    *out = (struct delivery){.none = true};
    journal_pump_read(held->pump, mark_held, list);
    return true;
}
