/* The way in: the pumps' words become the core's. */
#include <string.h>

#include "app/base/clock.h"
#include "app/base/log.h"
#include "app/shell/parts.h"
#include "app/shell/pinpad.h"
#include "app/shell/staff.h"

void inbox_take_net(void *context, const struct net_answer *answer) {
    struct loop *loop = context;
    queue_push_reserved(loop->inbox, &(struct item){.kind = ITEM_NET, .of.net = *answer});
}

void inbox_take_journal(void *context, uint32_t number, enum journal_result result) {
    struct loop *loop = context;
    struct item item = {.kind = ITEM_JOURNAL, .of.journal = {number, result}};
    queue_push_reserved(loop->inbox, &item);
}

void inbox_take_resolved(void *context, enum journal_result result) {
    struct loop *loop = context;
    struct item item = {.kind = ITEM_RESOLVED, .of.journal.result = result};
    queue_push_reserved(loop->inbox, &item);
}

static struct event scan_event(const struct driver_event *event) {
    struct event out = {.kind = EVENT_SCAN};
    size_t length = event->of.scan.length;
    if (length < SCAN_TEXT_SIZE) {
        out.of.scan.length = (uint8_t)length;
        memcpy(out.of.scan.text, event->of.scan.text, length);
    }
    return out;
}

static struct event card_event(const struct driver_event *event) {
    static const enum identity_kind kinds[] = {[DRIVER_CARD_ID] = IDENTITY_ID_CARD,
                                               [DRIVER_CARD_SOCIAL] = IDENTITY_SOCIAL_CARD,
                                               [DRIVER_CARD_CONTACTLESS] = IDENTITY_HOSPITAL_CARD};
    const struct driver_card *card = &event->of.card;
    struct event out = {.kind = EVENT_CARD,
                        .of.card = {.kind = kinds[card->kind], .role = event->role}};
    memcpy(out.of.card.number, card->number, sizeof out.of.card.number);
    memcpy(out.of.card.id_no, card->id_no, sizeof out.of.card.id_no);
    memcpy(out.of.card.name, card->name, sizeof out.of.card.name);
    return out;
}

static enum print_outcome print_outcome(enum driver_completion completion) {
    switch (completion) {
    case COMPLETED_OK:
        return PRINT_DONE;
    case COMPLETED_FAILED:
    case COMPLETED_CANCELLED:
        return PRINT_FAILED;
    case COMPLETED_UNKNOWN:
        return PRINT_UNKNOWN;
    }
    return PRINT_UNKNOWN;
}

static void push_droppable(struct loop *loop, const struct item *item) {
    if (!queue_push_droppable(loop->inbox, item))
        log_write(LOG_WARNING, "inbox", "full: something a device said was dropped");
}

void inbox_take_driver(void *context, const struct driver_event *event) {
    struct loop *loop = context;
    struct item item = {.kind = ITEM_EVENT};
    switch (event->kind) {
    case DRIVER_STATUS:
        item.kind = ITEM_STATUS;
        item.of.status.role = event->role;
        item.of.status.status = event->of.status;
        push_droppable(loop, &item);
        return;
    case DRIVER_SCAN:
        item.of.event = scan_event(event);
        push_droppable(loop, &item);
        explicit_bzero(&item, sizeof item);
        return;
    case DRIVER_CARD:
        item.of.event = card_event(event);
        push_droppable(loop, &item);
        explicit_bzero(&item, sizeof item);
        return;
    case DRIVER_PRINTED:
        item.of.event.kind = EVENT_PRINTED;
        item.of.event.of.printed.job = event->of.printed.job;
        item.of.event.of.printed.outcome = print_outcome(event->of.printed.completion);
        queue_push_reserved(loop->inbox, &item);
        return;
    case DRIVER_POS_DONE:
        item.kind = ITEM_POS;
        item.of.pos.id = event->of.pos.id;
        item.of.pos.completion = event->of.pos.completion;
        item.of.pos.result = event->of.pos.result;
        queue_push_reserved(loop->inbox, &item);
        return;
    case DRIVER_POS_PROGRESS:
        item.of.event.kind = EVENT_PROGRESS;
        item.of.event.of.progress.request = event->of.progress.id;
        item.of.event.of.progress.step = (enum card_step)event->of.progress.state;
        push_droppable(loop, &item);
        return;
    }
}

bool inbox_take_control(void *context, const struct control_ask *ask) {
    struct loop *loop = context;
    struct item item = {.kind = ITEM_CONTROL, .of.control = *ask};
    return queue_push_droppable(loop->inbox, &item);
}

/* The script has one line on its way at a time: its slot was reserved when it started. */
void inbox_take_script(void *context, struct script_line *line) {
    struct loop *loop = context;
    queue_push_reserved(loop->inbox, &(struct item){.kind = ITEM_SCRIPT, .of.script = line});
}

static void journal_done(struct loop *loop, uint32_t number, enum journal_result result) {
    struct event event = {.kind = EVENT_DURABLE, .of.durable.number = number};
    if (result != JOURNAL_OK) {
        log_write(LOG_ERROR, "journal", "a write failed: %d", (int)result);
        event.kind = EVENT_PERSIST_FAILED;
    }
    loop_step(loop, &event, NULL);
}

static void device_said(struct loop *loop, enum device_role role,
                        const struct driver_status *status) {
    loop->devices[role] = *status;
    log_write(LOG_INFO, "device", "%s: %s, supply %s, media %s%s%s", device_role_name(role),
              device_word_name(status->device), supply_word_name(status->supply),
              media_word_name(status->media), status->detail[0] != '\0' ? ": " : "",
              status->detail);
    struct event event = {.kind = EVENT_DEVICE,
                          .of.device = {.role = role,
                                        .device = status->device,
                                        .supply = status->supply,
                                        .media = status->media}};
    loop_step(loop, &event, NULL);
}

static void printed(struct loop *loop, struct event *event) {
    for (int i = 0; i < PRINT_JOBS_MAX; i++) {
        struct print_job *job = &loop->print_jobs[i];
        if (job->job != event->of.printed.job)
            continue;
        if (loop->journal_pump != NULL) {
            journal_pump_print_outcome(loop->journal_pump, job->order_no, job->reprint,
                                       (int)event->of.printed.outcome, clock_wall_ms());
        }
        *job = (struct print_job){0};
    }
    loop_step(loop, event, NULL);
}

static void take(struct loop *loop, struct item *item) {
    switch (item->kind) {
    case ITEM_EVENT:
        if (item->of.event.kind == EVENT_PRINTED)
            printed(loop, &item->of.event);
        else
            loop_step(loop, &item->of.event, NULL);
        return;
    case ITEM_NET:
        exchange_answered(loop, &item->of.net);
        return;
    case ITEM_JOURNAL:
        journal_done(loop, item->of.journal.number, item->of.journal.result);
        return;
    case ITEM_RESOLVED:
        answering_resolved(loop, item->of.journal.result);
        return;
    case ITEM_STATUS:
        device_said(loop, item->of.status.role, &item->of.status.status);
        return;
    case ITEM_POS:
        pinpad_done(loop, item->of.pos.id, item->of.pos.completion, &item->of.pos.result);
        return;
    case ITEM_RECORDS:
        records_answered(loop, &item->of.records);
        return;
    case ITEM_CONTROL:
        answering_control(loop, &item->of.control);
        return;
    case ITEM_SCRIPT:
        panel_take_line(loop, item->of.script);
        return;
    case ITEM_STAFF:
        staff_answered(loop, &item->of.staff);
        return;
    }
    ENSURE(!"an item of no kind");
}

void inbox_drain(struct loop *loop) {
    struct item item;
    while (queue_pop(loop->inbox, &item)) {
        take(loop, &item);
        explicit_bzero(&item, sizeof item); /* it may have been a scanned code */
    }
}
