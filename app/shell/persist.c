#include "app/shell/persist.h"

#include <stdlib.h>
#include <string.h>

#include "app/base/clock.h"
#include "app/base/log.h"
#include "app/core/about.h"

struct persisted {
    uint32_t number;
    enum journal_result result;
};

static void persist_deliver(void *owner, void *payload, struct delivery *out) {
    const struct persisted *persisted = payload;
    (void)owner;
    out->event.kind = EVENT_DURABLE;
    out->event.of.durable.number = persisted->number;
    if (persisted->result == JOURNAL_CONFLICT) {
        log_write(LOG_WARNING, "order", "not opened: what it would pay is held by another order");
        out->event.kind = EVENT_PERSIST_FAILED;
        out->event.of.durable.conflict = true;
    } else if (persisted->result != JOURNAL_OK) {
        log_write(LOG_ERROR, "journal", "a write failed: %d", (int)persisted->result);
        out->event.kind = EVENT_PERSIST_FAILED;
    }
}

static const struct inbox_kind persist_kind = {persist_deliver, NULL};

/* Called on the journal's thread. */
static void persist_take(void *context, uint32_t number, enum journal_result result) {
    struct persist *persist = context;
    struct persisted persisted = {number, result};
    inbox_post(persist->inbox, &persist_kind, persist, &persisted, sizeof persisted);
}

void persist_start(struct persist *persist) {
    if (persist->journal != NULL)
        persist->pump = journal_pump_start(persist->journal, persist_take, persist);
}

void persist_stop(struct persist *persist) {
    if (persist->pump != NULL)
        journal_pump_stop(persist->pump);
    persist->pump = NULL;
}

/* What a new order takes. Caller: free(). */
static struct hold *holds_of_write(const struct persist *persist, struct journal_write *write) {
    if (write->note_count == 0 || write->notes[0].note != NOTE_OPENED)
        return NULL;
    const struct bill_list *bills = core_bills(persist->core);
    int count = order_holds(write->order, bills, NULL, 0);
    struct hold *holds = calloc((size_t)count, sizeof *holds);
    ENSURE(holds != NULL);
    write->hold_count = order_holds(write->order, bills, holds, count);
    write->holds = holds;
    return holds;
}

void persist_write(struct persist *persist, const struct effect *effect,
                   const struct part_note *notes, const char *evidence) {
    ENSURE(inbox_reserve(persist->inbox));
    if (persist->pump == NULL) {
        persist_take(persist, effect->number, JOURNAL_IO);
        return;
    }
    struct journal_write write = {.order = &persist->core->book.orders[effect->to.index],
                                  .notes = notes,
                                  .note_count = effect->of.persist.count,
                                  .wall_ms = clock_wall_ms(),
                                  .evidence = evidence};
    struct hold *holds = holds_of_write(persist, &write);
    char *operation = NULL, *members = NULL;
    if (persist->desk.owner != NULL && write.order->caller_no[0] != '\0')
        persist->desk.say(persist->desk.owner, effect->to.index, &operation, &members);
    write.words = (struct caller_words){operation, members};
    for (int i = 0; i < write.note_count; i++)
        log_write(LOG_INFO, "order", "%s %s", write.order->no, note_name((enum note)notes[i].note));
    journal_pump_write(persist->pump, effect->number, &write);
    free(holds);
    free(operation);
    if (members != NULL)
        explicit_bzero(members, strlen(members));
    free(members);
}

struct setting_aside {
    char order_no[ORDER_NO_SIZE];
    int64_t due_ms;
};

/* On the journal's thread. */
static void write_due(void *context, struct journal *journal) {
    struct setting_aside *aside = context;
    if (journal_set_due(journal, aside->order_no, aside->due_ms) != JOURNAL_OK)
        log_write(LOG_WARNING, "journal", "%s", journal_error(journal));
    free(aside);
}

void persist_set_aside(struct persist *persist, const struct effect *effect) {
    struct setting_aside *aside = calloc(1, sizeof *aside);
    ENSURE(aside != NULL && persist->pump != NULL);
    memcpy(aside->order_no, persist->core->book.orders[effect->to.index].no, ORDER_NO_SIZE);
    aside->due_ms = effect->of.set_aside.due_ms;
    journal_pump_read(persist->pump, write_due, aside);
}
