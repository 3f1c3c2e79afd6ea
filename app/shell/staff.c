#include "app/shell/staff.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/base/clock.h"
#include "app/base/log.h"
#include "app/base/pin.h"
#include "app/config/terminal_rows.h"
#include "app/shell/parts.h"

/* A question to the journal, on its way through its thread. */
struct staff_reading {
    struct loop *loop; /* only its inbox */
    struct event_staff answer;
    struct staff_case chosen;
};

static void answer(struct loop *loop, const struct event_staff *answer) {
    queue_push_reserved(loop->inbox, &(struct item){.kind = ITEM_STAFF, .of.staff = *answer});
}

static void check_pin(struct loop *loop, struct event_staff *out) {
    out->ok = pin_matches(loop->core.session.typed, settings_of(loop->config)->staff.pin_hash);
    log_write(out->ok ? LOG_INFO : LOG_WARNING, "staff", "%s",
              out->ok ? "somebody entered with the PIN" : "a wrong PIN");
    answer(loop, out);
}

/* On the journal's thread. */
static void read_asked(void *context, struct journal *journal) {
    struct staff_reading *reading = context;
    if (reading->answer.ask == STAFF_ASK_CASES) {
        struct staff_cases *cases = staff_read_cases(journal);
        reading->answer.document = cases != NULL ? &cases->head : NULL;
    } else {
        struct staff_file *file = staff_read_file(journal, &reading->chosen);
        reading->answer.document = file != NULL ? &file->head : NULL;
    }
    reading->answer.ok = reading->answer.document != NULL;
    if (!reading->answer.ok)
        log_write(LOG_ERROR, "journal", "%s", journal_error(journal));
    answer(reading->loop, &reading->answer);
    free(reading);
}

static void read_journal(struct loop *loop, const struct event_staff *asked) {
    struct staff_reading *reading = calloc(1, sizeof *reading);
    ENSURE(reading != NULL);
    *reading = (struct staff_reading){loop, *asked, loop->core.session.staff.chosen};
    if (loop->journal_pump != NULL) {
        journal_pump_read(loop->journal_pump, read_asked, reading);
        return;
    }
    answer(loop, asked);
    free(reading);
}

/* "Given back at the window: receipt 4711", in the hospital's language: it is kept for ever. */
static void resolution_text(const struct loop *loop, const struct visit_staff *staff, char *out,
                            size_t size) {
    char key[32];
    bool english = config_terminal(loop->config)->language == LANGUAGE_EN;
    snprintf(key, sizeof key, "staff.reason.%d", (int)staff->resolution);
    snprintf(out, size, "%s%s%s", ui_word(loop->ui, english ? VIEW_EN : VIEW_ZH, key),
             staff->note[0] != '\0' ? ": " : "", staff->note);
}

static void resolve(struct loop *loop, const struct event_staff *asked) {
    const struct visit_staff *staff = &loop->core.session.staff;
    char why[RESOLVE_TEXT_MAX + 1];
    if (loop->journal_pump == NULL || loop->resolving.busy || !queue_reserve(loop->inbox)) {
        answer(loop, asked);
        return;
    }
    resolution_text(loop, staff, why, sizeof why);
    loop->resolving.busy = true;
    loop->resolving.staff = *asked;
    memcpy(loop->resolving.order_no, staff->chosen.order_no, ORDER_NO_SIZE);
    struct journal_decision decision = {staff->chosen.order_no, staff->chosen.case_no, staff->who,
                                        why, clock_wall_ms()};
    journal_pump_resolve(loop->journal_pump, &decision, inbox_take_resolved, loop);
}

void staff_ask(struct loop *loop, const struct effect *effect) {
    struct event_staff asked = {.number = effect->number, .ask = effect->of.staff.ask};
    ENSURE(queue_reserve(loop->inbox));
    switch (asked.ask) {
    case STAFF_ASK_PIN:
        check_pin(loop, &asked);
        return;
    case STAFF_ASK_CASES:
    case STAFF_ASK_CASE:
        read_journal(loop, &asked);
        return;
    case STAFF_ASK_RESOLVE:
        resolve(loop, &asked);
        return;
    }
}

void staff_answered(struct loop *loop, const struct event_staff *answer) {
    struct event event = {.kind = EVENT_STAFF, .of.staff = *answer};
    /* The loop's to keep and to free. */
    documents_keep(&loop->documents, (struct document *)(uintptr_t)answer->document);
    loop_step(loop, &event, NULL);
}

struct resolved_order {
    struct loop *loop; /* only its inbox */
    char order_no[ORDER_NO_SIZE];
};

static bool count_case(void *context, const struct journal_case *found) {
    (void)found;
    ++*(int *)context;
    return true;
}

/* On the journal's thread. */
static void read_rest(void *context, struct journal *journal) {
    struct resolved_order *resolved = context;
    struct item item = {
        .kind = ITEM_EVENT,
        .of.event = {.kind = EVENT_CONTROL, .of.control.control = CONTROL_RESOLVED}};
    int open = 0;
    memcpy(item.of.event.of.control.order_no, resolved->order_no, ORDER_NO_SIZE);
    if (journal_each_case(journal, resolved->order_no, true, count_case, &open) != JOURNAL_OK)
        log_write(LOG_ERROR, "journal", "%s", journal_error(journal));
    else if (open == 0 && !queue_push_droppable(resolved->loop->inbox, &item))
        log_write(LOG_WARNING, "staff", "a resolved case is forgotten only at the next start");
    free(resolved);
}

void staff_tell_resolved(struct loop *loop, const char *order_no) {
    struct resolved_order *resolved = calloc(1, sizeof *resolved);
    ENSURE(resolved != NULL);
    resolved->loop = loop;
    memcpy(resolved->order_no, order_no, ORDER_NO_SIZE);
    journal_pump_read(loop->journal_pump, read_rest, resolved);
}
