#include "app/shell/records.h"

#include <stdlib.h>
#include <string.h>

#include "app/base/clock.h"
#include "app/base/log.h"
#include "app/core/order/payments.h"
#include "app/shell/parts.h"

/* One question under way, on the journal's thread. */
struct records_ask {
    struct loop *loop; /* only its inbox */
    uint32_t number;
    enum verb verb;
    char patient_key[PATIENT_KEY_SIZE];
    char order_no[ORDER_NO_SIZE];
    int64_t day_start_ms;
};

bool records_serve(const struct effect *effect) {
    return effect->of.send.verb == VERB_RECORDS || effect->of.send.verb == VERB_REOPEN;
}

static bool add_order(void *list, const struct order *order) {
    return payments_add(list, order);
}

/* The day's sums go over order numbers: they begin with the time, whatever the clock did since. */
static enum journal_result read_day(struct journal *journal, const struct records_ask *ask,
                                    struct payment_list *list) {
    char digits[15];
    const char *since = clock_digits(ask->day_start_ms, digits) + 2; /* yyMMddHHmmss */
    enum journal_result result =
        journal_paid_since(journal, since, ask->patient_key, &list->patient_today);
    if (result == JOURNAL_OK)
        result = journal_paid_since(journal, since, NULL, &list->terminal_today);
    return result;
}

static struct document *read_payments(struct journal *journal, const struct records_ask *ask) {
    struct payment_list *list = calloc(1, sizeof *list);
    ENSURE(list != NULL);
    list->head.kind = DOCUMENT_PAYMENTS;
    if (journal_each_of_patient(journal, ask->patient_key, add_order, list) == JOURNAL_OK &&
        read_day(journal, ask, list) == JOURNAL_OK)
        return &list->head;
    free(list);
    return NULL;
}

static struct document *read_order(struct journal *journal, const struct records_ask *ask) {
    struct order_document *document = calloc(1, sizeof *document);
    ENSURE(document != NULL);
    document->head.kind = DOCUMENT_ORDER;
    if (journal_load(journal, ask->order_no, &document->order) == JOURNAL_OK)
        return &document->head;
    free(document);
    return NULL;
}

static void answer(const struct records_ask *ask, struct document *document) {
    struct item item = {.kind = ITEM_RECORDS, .of.records = {ask->number, ask->verb, document}};
    queue_push_reserved(ask->loop->inbox, &item);
}

/* On the journal's thread. */
static void read_asked(void *context, struct journal *journal) {
    struct records_ask *ask = context;
    struct document *document =
        ask->verb == VERB_RECORDS ? read_payments(journal, ask) : read_order(journal, ask);
    if (document == NULL)
        log_write(LOG_ERROR, "journal", "%s", journal_error(journal));
    answer(ask, document);
    explicit_bzero(ask, sizeof *ask);
    free(ask);
}

void records_send(struct loop *loop, const struct effect *effect) {
    const struct session *session = &loop->core.session;
    struct records_ask *ask = calloc(1, sizeof *ask);
    ENSURE(ask != NULL && queue_reserve(loop->inbox));
    *ask = (struct records_ask){.loop = loop,
                                .number = effect->number,
                                .verb = effect->of.send.verb,
                                .day_start_ms = policy_day_start_ms(clock_wall_ms())};
    memcpy(ask->order_no, session->payment.order_no, sizeof ask->order_no);
    if (session_account(session) != NULL)
        memcpy(ask->patient_key, session_account(session)->patient_key, sizeof ask->patient_key);
    if (loop->journal_pump != NULL) {
        journal_pump_read(loop->journal_pump, read_asked, ask);
        return;
    }
    answer(ask, NULL);
    free(ask);
}

void records_answered(struct loop *loop, const struct records_answer *answer) {
    struct event event = {
        .kind = EVENT_ANSWER,
        .of.answer = {.request = answer->number,
                      .verb = answer->verb,
                      .outcome = answer->document != NULL ? OUTCOME_ACCEPTED : OUTCOME_UNKNOWN,
                      .reached = true,
                      .document = answer->document}};
    documents_keep(&loop->documents, answer->document);
    loop_step(loop, &event, NULL);
}
