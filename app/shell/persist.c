#include "app/shell/persist.h"

#include "app/base/clock.h"
#include "app/base/log.h"

struct persisted {
    uint32_t number;
    enum journal_result result;
};

static void persist_deliver(void *owner, void *payload, struct delivery *out) {
    const struct persisted *persisted = payload;
    (void)owner;
    out->event.kind = EVENT_DURABLE;
    out->event.of.durable.number = persisted->number;
    if (persisted->result != JOURNAL_OK) {
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
    for (int i = 0; i < write.note_count; i++)
        log_write(LOG_INFO, "order", "%s %s", write.order->no, note_name((enum note)notes[i].note));
    journal_pump_write(persist->pump, effect->number, &write);
}
