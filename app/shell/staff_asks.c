#include "app/shell/staff_asks.h"

#include <stdio.h>
#include <stdlib.h>

#include "app/base/clock.h"
#include "app/base/log.h"
#include "app/base/pin.h"
#include "app/core/about.h"
#include "app/shell/documents.h"
#include "app/shell/staff_read.h"

/* A question on its way to the journal's thread and back. */
struct staff_reading {
    struct staff_asks *asks; /* only its inbox is used there */
    struct event_staff answer;
    struct staff_case chosen;
};

/* The answer's document without const: the loop takes it over and frees it. */
static struct document *staff_document(const struct event_staff *answer) {
    return (struct document *)(uintptr_t)answer->document;
}

static void staff_deliver(void *owner, void *payload, struct delivery *out) {
    const struct event_staff *answer = payload;
    (void)owner;
    out->event.kind = EVENT_STAFF;
    out->event.of.staff = *answer;
    out->document = staff_document(answer);
}

static void staff_drop(void *owner, void *payload) {
    (void)owner;
    document_free(staff_document(payload));
}

static const struct inbox_kind staff_kind = {staff_deliver, staff_drop};

/* Posts into the place that was reserved when the question came. */
static void post_staff(struct staff_asks *asks, const struct event_staff *answer) {
    inbox_post(asks->inbox, &staff_kind, asks, answer, sizeof *answer);
}

static void ask_pin(struct staff_asks *asks, struct event_staff *asked) {
    asked->ok = pin_matches(core_typed(asks->core), asks->pin_hash);
    log_write(asked->ok ? LOG_INFO : LOG_WARNING, "staff", "%s",
              asked->ok ? "somebody entered with the PIN" : "a wrong PIN");
    post_staff(asks, asked);
}

/* Called on the journal's thread. */
static void read_for_staff(void *context, struct journal *journal) {
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
    post_staff(reading->asks, &reading->answer);
    free(reading);
}

static void ask_journal(struct staff_asks *asks, struct event_staff *asked) {
    if (asks->pump == NULL) {
        post_staff(asks, asked);
        return;
    }
    struct staff_reading *reading = calloc(1, sizeof *reading);
    ENSURE(reading != NULL);
    *reading = (struct staff_reading){asks, *asked, core_staff(asks->core)->chosen};
    journal_pump_read(asks->pump, read_for_staff, reading);
}

/* "Given back at the window: receipt 4711". In the hospital's language, not the screen's: the
 * journal keeps it. */
static void resolution_text(const struct staff_asks *asks, char *out, size_t size) {
    const struct visit_staff *staff = core_staff(asks->core);
    char key[32];
    bool english = asks->core->setup.language == LANGUAGE_EN;
    snprintf(key, sizeof key, "staff.reason.%d", (int)staff->resolution);
    snprintf(out, size, "%s%s%s", ui_word(asks->ui, english ? VIEW_EN : VIEW_ZH, key),
             staff->note[0] != '\0' ? ": " : "", staff->note);
}

static void staff_resolved(void *context, enum journal_result result, struct delivery *out) {
    struct staff_asks *asks = context;
    asks->resolving.ok = result == JOURNAL_OK;
    staff_deliver(asks, &asks->resolving, out);
}

static void ask_resolve(struct staff_asks *asks, struct event_staff *asked) {
    const struct visit_staff *staff = core_staff(asks->core);
    char why[RESOLVE_TEXT_MAX + 1];
    resolution_text(asks, why, sizeof why);
    struct journal_decision decision = {staff->chosen.order_no, staff->chosen.case_no, staff->who,
                                        why, clock_wall_ms()};
    if (resolve_case(asks->resolve, &decision, staff_resolved, asks) == RESOLVE_STARTED) {
        asks->resolving = *asked;
        return;
    }
    ENSURE(inbox_reserve(asks->inbox));
    post_staff(asks, asked);
}

void staff_asks_run(struct staff_asks *asks, const struct effect *effect) {
    struct event_staff asked = {.number = effect->number, .ask = effect->of.staff.ask};
    if (asked.ask != STAFF_ASK_RESOLVE)
        ENSURE(inbox_reserve(asks->inbox));
    switch (asked.ask) {
    case STAFF_ASK_PIN:
        ask_pin(asks, &asked);
        return;
    case STAFF_ASK_CASES:
    case STAFF_ASK_CASE:
        ask_journal(asks, &asked);
        return;
    case STAFF_ASK_RESOLVE:
        ask_resolve(asks, &asked);
        return;
    }
}
