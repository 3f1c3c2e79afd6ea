#include "app/shell/staff_asks.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/base/clock.h"
#include "app/base/log.h"
#include "app/base/pin.h"
#include "app/core/about.h"
#include "app/core/terms/staff_tries.h"
#include "app/shell/documents.h"
#include "app/shell/staff_read.h"

/* A question on its way to the journal's thread and back. */
struct staff_reading {
    struct staff_asks *asks; /* only its inbox and what never changes is used there */
    struct event_staff answer;
    struct staff_case chosen;
    char pin[PIN_DIGITS_MAX + 1];
    struct journal_staff_lock lock;
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

const char *staff_asks_person(const struct staff_asks *asks, uint8_t person) {
    ENSURE(person <= asks->person_count);
    return person > 0 ? asks->people[person - 1].name : "";
}

/* Whose PIN it is, from 1; 0: nobody's. All are tried, so that the time says nothing. */
static uint8_t person_of_pin(const struct staff_asks *asks, const char *pin) {
    int found = 0;
    for (int i = asks->person_count; i >= 1; i--)
        if (pin_matches(pin, asks->people[i - 1].pin_hash))
            found = i;
    return (uint8_t)found;
}

static void check_pin(struct staff_reading *reading) {
    struct event_staff *answer = &reading->answer;
    answer->person = person_of_pin(reading->asks, reading->pin);
    answer->ok = answer->person != 0;
    snprintf(answer->name, sizeof answer->name, "%s",
             staff_asks_person(reading->asks, answer->person));
    if (answer->ok)
        log_write(LOG_INFO, "staff", "%s entered with the PIN",
                  staff_asks_person(reading->asks, answer->person));
    else
        log_write(LOG_WARNING, "staff", "a wrong PIN, %d in a row", reading->lock.tries);
    explicit_bzero(reading->pin, sizeof reading->pin);
}

/* A journal that cannot be written does not keep the staff out: they are who can help it. */
static void keep_lock(struct journal *journal, const struct journal_staff_lock *lock) {
    if (journal_set_staff_lock(journal, lock) != JOURNAL_OK)
        log_write(LOG_ERROR, "staff", "a try is not kept: %s", journal_error(journal));
}

/* Called on the journal's thread. The try is on the disk before anybody knows whether it was right,
 * so that pulling the plug saves none. */
static void check_pin_durably(void *context, struct journal *journal) {
    struct staff_reading *reading = context;
    struct journal_staff_lock after = {0};
    keep_lock(journal, &reading->lock);
    check_pin(reading);
    after.tries = staff_tries_after((uint8_t)reading->lock.tries, reading->answer.name,
                                    reading->asks->core->setup.cashier);
    if (reading->answer.ok)
        keep_lock(journal, &after);
    post_staff(reading->asks, &reading->answer);
    free(reading);
}

static void ask_pin(struct staff_asks *asks, const struct effect *effect,
                    const struct event_staff *asked) {
    struct staff_reading *reading = calloc(1, sizeof *reading);
    ENSURE(reading != NULL);
    *reading = (struct staff_reading){.asks = asks, .answer = *asked};
    snprintf(reading->pin, sizeof reading->pin, "%s", core_typed(asks->core));
    reading->lock.tries = effect->of.staff.tries;
    if (effect->of.staff.pause_ms > 0)
        reading->lock.until_ms = clock_wall_ms() + effect->of.staff.pause_ms;
    if (asks->pump != NULL) {
        journal_pump_read(asks->pump, check_pin_durably, reading);
        return;
    }
    check_pin(reading);
    post_staff(asks, &reading->answer);
    free(reading);
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
    *reading = (struct staff_reading){
        .asks = asks, .answer = *asked, .chosen = core_staff(asks->core)->chosen};
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
    struct journal_decision decision = {staff->chosen.order_no,
                                        staff->chosen.case_no,
                                        staff_asks_person(asks, staff->person),
                                        why,
                                        staff->resolution,
                                        clock_wall_ms(),
                                        NULL};
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
        ask_pin(asks, effect, &asked);
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
