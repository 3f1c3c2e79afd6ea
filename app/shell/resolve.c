#include "app/shell/resolve.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/base/log.h"

/* The question whether the order has other open cases, asked on the journal's thread. */
struct rest_of_cases {
    struct inbox *inbox;
    char order_no[ORDER_NO_SIZE];
};

static void tell_core(struct inbox *inbox, enum control control, const char *order_no, bool kept) {
    struct event event = {.kind = EVENT_CONTROL, .of.control = {.control = control, .kept = kept}};
    memcpy(event.of.control.order_no, order_no, ORDER_NO_SIZE);
    if (!inbox_offer(inbox, &inbox_event, NULL, &event, sizeof event))
        log_write(LOG_WARNING, "staff", "a resolved case is forgotten only at the next start");
}

/* On the journal's thread. */
static void read_rest_of_cases(void *context, struct journal *journal) {
    struct rest_of_cases *rest = context;
    struct journal_decisions decisions = {0};
    int undecided = 0;
    enum journal_result result =
        journal_each_case(journal, rest->order_no, false, journal_add_decision, &decisions);
    if (result == JOURNAL_OK)
        result = journal_count_undecided(journal, &undecided);
    if (result != JOURNAL_OK)
        log_write(LOG_ERROR, "journal", "%s", journal_error(journal));
    if (result == JOURNAL_OK && !decisions.open)
        tell_core(rest->inbox, CONTROL_RESOLVED, rest->order_no, decisions.kept);
    if (result == JOURNAL_OK && undecided == 0)
        tell_core(rest->inbox, CONTROL_DECIDED, rest->order_no, false);
    free(rest);
}

static void look_for_rest(const struct resolve *resolve) {
    struct rest_of_cases *rest = calloc(1, sizeof *rest);
    ENSURE(rest != NULL);
    rest->inbox = resolve->inbox;
    memcpy(rest->order_no, resolve->order_no, sizeof rest->order_no);
    journal_pump_read(resolve->pump, read_rest_of_cases, rest);
}

static void resolve_deliver(void *owner, void *payload, struct delivery *out) {
    struct resolve *resolve = owner;
    const enum journal_result *result = payload;
    resolve->busy = false;
    if (*result == JOURNAL_OK)
        look_for_rest(resolve);
    resolve->told(resolve->context, *result, out);
}

/* The program stops: the asker is told the result, the order's other cases are not looked up. */
static void resolve_drop(void *owner, void *payload) {
    struct resolve *resolve = owner;
    const enum journal_result *result = payload;
    struct delivery unheard = {.none = true};
    resolve->told(resolve->context, *result, &unheard);
}

static const struct inbox_kind resolve_kind = {resolve_deliver, resolve_drop};

/* On the journal's thread. */
static void resolve_take(void *context, enum journal_result result) {
    struct resolve *resolve = context;
    inbox_post(resolve->inbox, &resolve_kind, resolve, &result, sizeof result);
}

enum resolve_start resolve_case(struct resolve *resolve, const struct journal_decision *decision,
                                resolve_told *told, void *context) {
    if (resolve->pump == NULL)
        return RESOLVE_NO_JOURNAL;
    if (resolve->busy || !inbox_reserve(resolve->inbox))
        return RESOLVE_BUSY;
    resolve->busy = true;
    resolve->told = told;
    resolve->context = context;
    snprintf(resolve->order_no, sizeof resolve->order_no, "%s", decision->order_no);
    journal_pump_resolve(resolve->pump, decision, resolve_take, resolve);
    return RESOLVE_STARTED;
}
