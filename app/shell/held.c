#include "app/shell/held.h"

#include <stdlib.h>

#include "app/base/log.h"
#include "app/core/order/book.h"
#include "app/shell/documents.h"

#define HOLDERS_MAX 4 /* orders of one list that are looked at */

/* One list on its way over the journal's thread. */
struct held_list {
    struct held *held; /* only its inbox is used there */
    struct delivery delivery;
};

static void held_deliver(void *owner, void *payload, struct delivery *out) {
    struct held_list *list = *(struct held_list **)payload;
    (void)owner;
    *out = list->delivery;
    free(list);
}

static void held_drop(void *owner, void *payload) {
    struct held_list *list = *(struct held_list **)payload;
    (void)owner;
    free(list->delivery.evidence);
    document_free(list->delivery.document);
    free(list);
}

static const struct inbox_kind held_kind = {held_deliver, held_drop};

static void listed_deliver(void *owner, void *payload, struct delivery *out) {
    struct recheck *recheck = *(struct recheck **)payload;
    (void)owner;
    out->event.kind = EVENT_CONTROL;
    out->event.of.control.control = CONTROL_RECHECK;
    out->event.of.control.document = &recheck->head;
    out->document = &recheck->head;
}

static void listed_drop(void *owner, void *payload) {
    (void)owner;
    document_free(&(*(struct recheck **)payload)->head);
}

static const struct inbox_kind listed_kind = {listed_deliver, listed_drop};

/* A bill that was paid here and is listed: the hospital may have taken the credit back. The next
 * list brings what finds no room now. */
static void bring_holder(struct held *held, struct journal *journal, const struct bill *bill) {
    struct recheck *recheck = calloc(1, sizeof *recheck);
    ENSURE(recheck != NULL);
    *recheck = (struct recheck){
        .head.kind = DOCUMENT_RECHECK, .kind = RECHECK_LISTED, .claim = bill->held_claim};
    bool good = journal_load(journal, bill->held_by, &recheck->order) == JOURNAL_OK &&
                bill->held_claim < recheck->order.claim_count;
    if (!good || !inbox_offer(held->inbox, &listed_kind, held, &recheck, sizeof recheck))
        document_free(&recheck->head);
}

static void bring_holders(struct held *held, struct journal *journal,
                          const struct bill_list *bills) {
    int count = 0;
    for (int i = 0; i < bills->bill_count && count < HOLDERS_MAX; i++)
        if (bills->bills[i].hold == BILL_PAID) {
            bring_holder(held, journal, &bills->bills[i]);
            count++;
        }
}

/* Called on the journal's thread. A list that cannot be joined is no list: nothing of it is sold.
 */
static void mark_held(void *context, struct journal *journal) {
    struct held_list *list = context;
    struct delivery *delivery = &list->delivery;
    if (journal_mark_held(journal, (struct bill_list *)delivery->document) != JOURNAL_OK) {
        log_write(LOG_ERROR, "journal", "a list of bills is not joined: %s",
                  journal_error(journal));
        delivery->event.of.answer.outcome = OUTCOME_UNKNOWN;
    } else {
        bring_holders(list->held, journal, (const struct bill_list *)delivery->document);
    }
    inbox_post(list->held->inbox, &held_kind, list->held, &list, sizeof(struct held_list *));
}

bool held_join(struct held *held, struct delivery *out) {
    const struct document *bills = document_if(out->document, DOCUMENT_BILLS);
    if (held->pump == NULL || bills == NULL)
        return false;
    struct held_list *list = calloc(1, sizeof *list);
    ENSURE(list != NULL && inbox_reserve(held->inbox));
    list->held = held;
    list->delivery = *out;
    *out = (struct delivery){.none = true};
    journal_pump_read(held->pump, mark_held, list);
    return true;
}
