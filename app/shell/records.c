#include "app/shell/records.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/base/clock.h"
#include "app/base/log.h"
#include "app/core/about.h"
#include "app/core/desk/window.h"
#include "app/core/order/payments.h"
#include "app/journal/journal.h"
#include "app/shell/documents.h"
#include "app/shell/payments_elsewhere.h"

#define DAY_MS INT64_C(86400000)

/* What was read from the journal, on its way to the core. */
struct records_answer {
    uint32_t number;
    enum verb verb;
    struct document *document; /* NULL: it could not be read */
    char *operation, *members; /* FETCH: what the order's caller said; NULL nothing */
};

/* One question under way; used on the journal's thread. */
struct records_ask {
    struct records *records; /* only its inbox is used there */
    uint32_t number;
    enum verb verb;
    struct patient_keys keys;
    struct document *document; /* a list, while other machines are asked */
    bool looks_elsewhere;
    char order_no[ORDER_NO_SIZE];
    int64_t day_start_ms;
    int64_t wall_ms;
    int day_skip;                  /* DAY */
    char cashier[STAFF_NAME_SIZE]; /* ... whose shift begins */
    struct journal_shift shift;    /* SHIFT_END */
    bool all_due;                  /* FETCH: book.all_due */
    int known_count;               /* ... the orders that the core has */
    char known[ORDERS_MAX][ORDER_NO_SIZE];
    char *operation, *members; /* ... and what its caller said */
};

bool records_serve(const struct effect *effect) {
    enum verb verb = effect->of.send.verb;
    return verb == VERB_RECORDS || verb == VERB_REOPEN || verb == VERB_FETCH || verb == VERB_DAY ||
           verb == VERB_SHIFT_END;
}

static bool add_payment_order(void *list, const struct order *order) {
    return payments_add(list, order);
}

static bool pass_unreadable_payment(void *context, const char *order_no, const char *why) {
    struct payment_list *list = context;
    log_write(LOG_ERROR, "journal", "order %s is not listed: %s", order_no, why);
    list->partly = true;
    return true;
}

static enum journal_result read_payment_rows(struct journal *journal, struct payment_list *list) {
    journal_on_unreadable(journal, pass_unreadable_payment, list);
    enum journal_result result =
        journal_each_of_patient(journal, &list->keys, add_payment_order, list);
    journal_on_unreadable(journal, NULL, NULL);
    return result;
}

static enum journal_result read_day_sums(struct journal *journal, const struct records_ask *ask,
                                         struct payment_list *list) {
    int64_t from_ms = ask->day_start_ms, to_ms = from_ms + DAY_MS;
    enum journal_result result =
        journal_paid_within(journal, from_ms, to_ms, &ask->keys, &list->patient_today);
    if (result == JOURNAL_OK)
        result = journal_paid_within(journal, from_ms, to_ms, NULL, &list->terminal_today);
    return result;
}

static struct document *read_payments(struct journal *journal, const struct records_ask *ask) {
    struct payment_list *list = calloc(1, sizeof *list);
    ENSURE(list != NULL);
    list->head.kind = DOCUMENT_PAYMENTS;
    list->keys = ask->keys;
    if (read_payment_rows(journal, list) == JOURNAL_OK &&
        read_day_sums(journal, ask, list) == JOURNAL_OK)
        return &list->head;
    free(list);
    return NULL;
}

static struct document *read_one_order(struct journal *journal, const struct records_ask *ask) {
    struct order_document *document = calloc(1, sizeof *document);
    ENSURE(document != NULL);
    document->head.kind = DOCUMENT_ORDER;
    if (journal_load(journal, ask->order_no, &document->order) == JOURNAL_OK)
        return &document->head;
    free(document);
    return NULL;
}

/* An order whose caller's words cannot be read is not fetched: it would be sent as another. */
static enum journal_result read_caller_words(struct journal *journal, const struct order *order,
                                             struct records_ask *ask) {
    return order->caller_no[0] == '\0'
               ? JOURNAL_OK
               : journal_caller_words(journal, order->no, &ask->operation, &ask->members);
}

static struct document *read_due_order(struct journal *journal, struct records_ask *ask) {
    struct journal_due_ask due = {ask->wall_ms, ask->all_due, ask->known_count,
                                  (const char(*)[ORDER_NO_SIZE])ask->known};
    struct due_order *document = calloc(1, sizeof *document);
    ENSURE(document != NULL);
    if (journal_fetch_due(journal, &due, document) == JOURNAL_OK &&
        (!document->found || read_caller_words(journal, &document->order, ask) == JOURNAL_OK))
        return &document->head;
    free(document);
    return NULL;
}

static void add_day_order(void *day, const struct order *order, const struct order_since *since) {
    desk_day_add(day, order, since);
}

/* The list is of the day, or of the shift where that began before it; the sums are the shift's. */
static void begin_at_shift(struct desk_day *day, const struct records_ask *ask,
                           const struct journal_shift *shift) {
    day->shift_ms = shift->began_ms;
    memcpy(day->shift_by, shift->by, sizeof day->shift_by);
    day->start_ms = shift->began_ms < ask->day_start_ms ? shift->began_ms : ask->day_start_ms;
}

static struct document *read_day_calls(struct journal *journal, const struct records_ask *ask) {
    struct desk_day *day = calloc(1, sizeof *day);
    ENSURE(day != NULL);
    day->head.kind = DOCUMENT_DESK_DAY;
    day->skip = ask->day_skip;
    struct journal_shift shift;
    if (journal_take_shift(journal, ask->cashier, ask->wall_ms, &shift) == JOURNAL_OK) {
        begin_at_shift(day, ask, &shift);
        if (journal_each_of_shift(journal, &shift, day->start_ms, add_day_order, day) == JOURNAL_OK)
            return &day->head;
    }
    free(day);
    return NULL;
}

/* Its cash is what the journal has at its end, not what the window had read some seconds before:
 * what came between would be of no shift. */
static void count_shift(const struct desk_day *day, struct journal_shift *shift) {
    const struct desk_total *cash = &day->totals[DESK_WAY_CASH];
    shift->taken = cash->paid;
    shift->returned.fen = cash->returned.fen + day->handed.fen;
    shift->held = day->held;
    memcpy(shift->by, day->shift_by, sizeof shift->by);
}

/* What is printed of it. */
static struct desk_shift slip_of(const struct desk_day *day, const struct journal_shift *shift) {
    struct desk_shift slip = {.began_ms = shift->began_ms,
                              .ended_ms = shift->ended_ms,
                              .calls = day->shift_calls,
                              .cash_calls = day->totals[DESK_WAY_CASH].count,
                              .taken = shift->taken,
                              .returned = shift->returned,
                              .held = shift->held,
                              .counted = shift->counted};
    memcpy(slip.by, shift->by, sizeof slip.by);
    return slip;
}

/* The day as the next shift has it; NULL: the shift has not ended. */
static struct document *end_shift_now(struct journal *journal, const struct records_ask *ask) {
    struct journal_shift shift = ask->shift;
    struct document *ended = read_day_calls(journal, ask);
    if (ended == NULL)
        return NULL;
    count_shift((const struct desk_day *)(const void *)ended, &shift);
    struct desk_shift slip = slip_of((const struct desk_day *)(const void *)ended, &shift);
    free(ended);
    if (journal_end_shift(journal, &shift, ask->cashier) != JOURNAL_OK)
        return NULL;
    log_write(LOG_INFO, "desk", "the shift of %s has ended", shift.by);
    struct document *next = read_day_calls(journal, ask);
    if (next != NULL)
        ((struct desk_day *)(void *)next)->ended = slip;
    return next;
}

static struct document *read_document(struct journal *journal, struct records_ask *ask) {
    switch (ask->verb) {
    case VERB_RECORDS:
        return read_payments(journal, ask);
    case VERB_DAY:
        return read_day_calls(journal, ask);
    case VERB_SHIFT_END:
        return end_shift_now(journal, ask);
    case VERB_FETCH:
        return read_due_order(journal, ask);
    default:
        return read_one_order(journal, ask);
    }
}

static void forget_words(struct records_answer *answer) {
    free(answer->operation);
    if (answer->members != NULL)
        explicit_bzero(answer->members, strlen(answer->members));
    free(answer->members);
}

static void records_deliver(void *owner, void *payload, struct delivery *out) {
    struct records_answer *answer = payload;
    const struct records *records = owner;
    const struct due_order *due = (const struct due_order *)(const void *)answer->document;
    if (answer->members != NULL && records->desk.owner != NULL)
        records->desk.hear(records->desk.owner, due->order.no, answer->operation, answer->members);
    forget_words(answer);
    out->document = answer->document;
    out->event.kind = EVENT_ANSWER;
    out->event.of.answer = (struct event_answer){
        .request = answer->number,
        .verb = answer->verb,
        .outcome = answer->document != NULL ? OUTCOME_ACCEPTED : OUTCOME_UNKNOWN,
        .reached = true,
        .document = answer->document};
}

static void records_drop(void *owner, void *payload) {
    struct records_answer *answer = payload;
    (void)owner;
    forget_words(answer);
    document_free(answer->document);
}

static const struct inbox_kind records_kind = {records_deliver, records_drop};

static void post_records(const struct records_ask *ask, struct document *document) {
    struct records_answer answer = {ask->number, ask->verb, document, ask->operation, ask->members};
    inbox_post(ask->records->inbox, &records_kind, ask->records, &answer, sizeof answer);
}

static void end_ask(struct records_ask *ask, struct document *document) {
    post_records(ask, document);
    explicit_bzero(ask, sizeof *ask);
    free(ask);
}

/* Called on the asker's thread. */
static void hear_elsewhere(void *context, char *answer) {
    struct records_ask *ask = context;
    struct payment_list *list = (struct payment_list *)ask->document;
    elsewhere_read(list, answer);
    if (list->here_only)
        log_write(LOG_WARNING, "fleet", "what other machines took is not known: nobody answers");
    free(answer);
    end_ask(ask, &list->head);
}

/* The list of this machine, and then of the others. */
static void look_elsewhere(struct records_ask *ask, struct document *document) {
    ask->document = document;
    if (!asker_ask(ask->records->elsewhere, elsewhere_question(&ask->keys), hear_elsewhere, ask))
        hear_elsewhere(ask, NULL);
}

/* Called on the journal's thread. */
static void read_records(void *context, struct journal *journal) {
    struct records_ask *ask = context;
    struct document *document = read_document(journal, ask);
    if (document == NULL)
        log_write(LOG_ERROR, "journal", "%s", journal_error(journal));
    if (document != NULL && ask->looks_elsewhere)
        look_elsewhere(ask, document);
    else
        end_ask(ask, document);
}

static void name_known_orders(const struct book *book, struct records_ask *ask) {
    ask->all_due = book->all_due;
    for (int i = 0; i < ORDERS_MAX; i++)
        if (book->orders[i].run.used)
            memcpy(ask->known[ask->known_count++], book->orders[i].no, ORDER_NO_SIZE);
}

void records_send(struct records *records, const struct effect *effect) {
    struct records_ask *ask = calloc(1, sizeof *ask);
    ENSURE(ask != NULL && inbox_reserve(records->inbox));
    *ask = (struct records_ask){.records = records,
                                .number = effect->number,
                                .verb = effect->of.send.verb,
                                .wall_ms = clock_wall_ms(),
                                .day_start_ms = policy_day_start_ms(clock_wall_ms())};
    snprintf(ask->order_no, sizeof ask->order_no, "%s", core_order_no(records->core));
    ask->keys = core_patient_keys(records->core);
    ask->looks_elsewhere = records->elsewhere != NULL && ask->verb == VERB_RECORDS &&
                           core_looks_elsewhere(records->core);
    ask->day_skip = records->core->window.day_skip;
    snprintf(ask->cashier, sizeof ask->cashier, "%s", records->core->setup.cashier);
    if (ask->verb == VERB_SHIFT_END)
        ask->shift = (struct journal_shift){.began_ms = records->core->window.day.shift_ms,
                                            .ended_ms = ask->wall_ms,
                                            .counted = records->core->window.shift_counted};
    if (ask->verb == VERB_FETCH)
        name_known_orders(&records->core->book, ask);
    if (records->pump != NULL) {
        journal_pump_read(records->pump, read_records, ask);
        return;
    }
    post_records(ask, NULL);
    free(ask);
}
