#include "app/shell/recheck.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/base/log.h"
#include "app/core/order/book.h"

/* One order on its way from the journal's thread. */
struct recheck_reading {
    struct recheck_service *service;
    struct recheck *document;
    char *evidence;
    enum journal_result result;
};

static void free_reading(struct recheck_reading *reading) {
    free(reading->document);
    free(reading->evidence);
    free(reading);
}

static void recheck_deliver(void *owner, void *payload, struct delivery *out) {
    struct recheck_service *service = owner;
    struct recheck_reading *reading = *(struct recheck_reading **)payload;
    service->busy = false;
    service->told(service->context, reading->result, reading->document->order.no);
    out->none = reading->result != JOURNAL_OK;
    if (!out->none) {
        out->event.kind = EVENT_CONTROL;
        out->event.of.control.control = CONTROL_RECHECK;
        out->event.of.control.document = &reading->document->head;
        out->document = &reading->document->head;
        out->evidence = reading->evidence;
        reading->document = NULL;
        reading->evidence = NULL;
    }
    free_reading(reading);
}

/* The program stops: the asker is told so. */
static void recheck_drop(void *owner, void *payload) {
    struct recheck_service *service = owner;
    struct recheck_reading *reading = *(struct recheck_reading **)payload;
    service->told(service->context, JOURNAL_BUSY, reading->document->order.no);
    free_reading(reading);
}

static const struct inbox_kind recheck_kind = {recheck_deliver, recheck_drop};

/* CONFLICT: the receipt that is to prove its credit is another order's. */
static enum journal_result look_for_receipt(struct journal *journal,
                                            const struct recheck *document) {
    bool taken = false;
    enum journal_result result =
        journal_receipt_taken(journal, document->proof.call_sn, document->order.no, &taken);
    return result == JOURNAL_OK && taken ? JOURNAL_CONFLICT : result;
}

/* On the journal's thread. */
static void read_rechecked(void *context, struct journal *journal) {
    struct recheck_reading *reading = context;
    struct recheck *document = reading->document;
    reading->result = journal_load(journal, document->order.no, &document->order);
    if (reading->result == JOURNAL_OK && order_settled(&document->order))
        reading->result = JOURNAL_NOT_FOUND; /* nothing of it is open */
    if (reading->result == JOURNAL_OK && document->kind == RECHECK_PROVE)
        reading->result = look_for_receipt(journal, document);
    inbox_post(reading->service->inbox, &recheck_kind, reading->service, &reading, sizeof reading);
}

static const char *member_text(const cJSON *tree, const char *name) {
    const char *text = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(tree, name));
    return text == NULL ? "" : text;
}

static bool keep_member_text(char *out, size_t size, const cJSON *tree, const char *name) {
    const char *text = member_text(tree, name);
    return snprintf(out, size, "%s", text) < (int)size;
}

/* What the question says, into an order of the document that has only its number yet. */
static bool read_question(const cJSON *asked, struct recheck *out) {
    const char *amount = member_text(asked, "amount");
    struct order_proof *proof = &out->proof;
    out->head.kind = DOCUMENT_RECHECK;
    out->kind = member_text(asked, "leg_no")[0] != '\0' ? RECHECK_PROVE : RECHECK_ASK;
    return member_text(asked, "order_no")[0] != '\0' && member_text(asked, "by")[0] != '\0' &&
           keep_member_text(out->order.no, sizeof out->order.no, asked, "order_no") &&
           keep_member_text(proof->leg_no, sizeof proof->leg_no, asked, "leg_no") &&
           keep_member_text(proof->call_sn, sizeof proof->call_sn, asked, "call_sn") &&
           (out->kind == RECHECK_ASK ||
            (money_parse(amount, strlen(amount), &proof->amount) == MONEY_OK &&
             proof->amount.fen > 0));
}

const char *recheck_begin(struct recheck_service *service, const cJSON *asked, recheck_told *told,
                          void *context) {
    if (service->pump == NULL)
        return "{\"error\":\"the journal could not be opened\"}";
    struct recheck *document = calloc(1, sizeof *document);
    ENSURE(document != NULL);
    if (!read_question(asked, document)) {
        free(document);
        return "{\"error\":\"expected order_no and by, and with leg_no an amount\"}";
    }
    if (service->busy || !inbox_reserve(service->inbox)) {
        free(document);
        return "{\"error\":\"busy\"}";
    }
    struct recheck_reading *reading = calloc(1, sizeof *reading);
    ENSURE(reading != NULL);
    *reading =
        (struct recheck_reading){service, document, cJSON_PrintUnformatted(asked), JOURNAL_OK};
    service->busy = true;
    service->told = told;
    service->context = context;
    journal_pump_read(service->pump, read_rechecked, reading);
    return NULL;
}
