/* Where is my money: the patient's payments from the journal, and one of them looked at again. */
#include "app/core/order/payments.h"
#include "app/core/visit/parts.h"
#include "app/core/visit/refundable.h"

#include <string.h>

void records_begin(struct visit *visit) {
    if (session_account(visit->session)->patient_key[0] == '\0')
        session_refuse(visit, SCREEN_CONFIRM, NOTICE_RECORDS_FAILED);
    else
        session_ask(visit, VERB_RECORDS, WAITING_RECORDS);
}

/* Why the list is empty; NOTICE_NONE: it is not. */
static enum notice nothing_to_show(const struct visit *visit, const struct payment_list *list) {
    if (visit->session->service == SERVICE_REFUND)
        return refund_shown(list, 0) < 0 ? NOTICE_NO_REFUNDS : NOTICE_NONE;
    return list->count == 0 ? NOTICE_NO_PAYMENTS : NOTICE_NONE;
}

static void list_answer(struct visit *visit, const struct event_answer *answer) {
    visit->session->documents[DOCUMENT_PAYMENTS] = document_of(answer, DOCUMENT_PAYMENTS);
    const struct payment_list *list = session_payments(visit->session);
    if (list == NULL) {
        session_refuse(visit, SCREEN_CONFIRM, NOTICE_RECORDS_FAILED);
        return;
    }
    book_ask_person(visit_turn(visit), session_account(visit->session)->patient_key);
    session_refuse(visit, SCREEN_RECORDS, nothing_to_show(visit, list));
}

/* The journal keeps a person's numbers only as long as it must: those of who stands there, who was
 * found to be the same, are asked with instead. */
static void name_person(const struct visit *visit, struct order_person *person) {
    enum account_type account_type = person->account_type;

    if (person->mdtrt_cert_no[0] != '\0')
        return;
    pay_fill_person(visit, person);
    person->account_type = account_type;
}

static const struct order *order_of(const struct event_answer *answer) {
    const struct document *document = document_of(answer, DOCUMENT_ORDER);

    return document != NULL ? &((const struct order_document *)document)->order : NULL;
}

int records_reopen(struct visit *visit, const struct event_answer *answer, enum notice *notice) {
    const struct order *order = order_of(answer);
    const struct session *session = visit->session;

    *notice = NOTICE_RECORDS_FAILED;
    if (order == NULL || strcmp(order->no, session->payment.order_no) != 0)
        return -1;
    *notice = NOTICE_REFUND_ACCOUNT;
    if (strcmp(order->person.patient_key, session_account(session)->patient_key) != 0)
        return -1;
    int slot = book_reopen(visit_turn(visit), order, session->payment.slot);
    *notice = slot < 0 ? NOTICE_FULL : NOTICE_NONE;
    if (slot >= 0)
        name_person(visit, &visit->book->orders[slot].person);
    return slot;
}

/* Fresh advice for every bill that is paid, one question at a time. */
static void ask_guidance(struct visit *visit, int from) {
    const struct order *order = visit_order(visit);

    for (int i = from; order != NULL && i < order->claim_count; i++)
        if (order->service == SERVICE_BILLS && order->claims[i].state == CLAIM_DONE) {
            visit->session->giving_back.item = i;
            session_ask_order(visit, VERB_GUIDANCE, i);
            return;
        }
}

void records_guidance(struct visit *visit, const struct event_answer *answer) {
    struct session *session = visit->session;

    if (!session->payment.reviewing)
        return;
    const struct document *advice = document_of(answer, DOCUMENT_GUIDANCE);
    if (advice != NULL)
        session->guidance[session->giving_back.item] = (const struct guidance *)advice;
    ask_guidance(visit, session->giving_back.item + 1);
}

static void look_at(struct visit *visit, int slot) {
    struct session *session = visit->session;

    session->payment.slot = slot;
    session->payment.reviewing = true;
    result_show(visit, &visit->book->orders[slot]);
    ask_guidance(visit, 0);
}

static void order_answer(struct visit *visit, const struct event_answer *answer) {
    enum notice notice;
    int slot = records_reopen(visit, answer, &notice);

    if (slot < 0)
        session_refuse(visit, SCREEN_RECORDS, notice);
    else
        look_at(visit, slot);
}

void records_answer(struct visit *visit, enum verb verb, const struct event_answer *answer) {
    if (verb == VERB_REOPEN)
        order_answer(visit, answer);
    else
        list_answer(visit, answer);
}

static void open_row(struct visit *visit, int row) {
    struct session *session = visit->session;

    memcpy(session->payment.order_no, session_payments(session)->rows[row].order_no, ORDER_NO_SIZE);
    int slot = book_find(visit->book, session->payment.order_no);
    if (slot >= 0)
        look_at(visit, slot);
    else
        session_ask(visit, VERB_REOPEN, WAITING_RECORDS);
}

static int row_count(const struct session *session) {
    int rows = 0;

    if (session->service != SERVICE_REFUND)
        return session_payments(session)->count;
    while (refund_shown(session_payments(session), rows) >= 0)
        rows++;
    return rows;
}

void records_touch(struct visit *visit, struct touch touch) {
    struct session *session = visit->session;

    if (session_payments(session) == NULL)
        return;
    session->notice = NOTICE_NONE;
    if (touch.kind == TOUCH_MORE || touch.kind == TOUCH_LESS)
        turn_page(session, touch.kind, row_count(session), PAYMENTS_A_PAGE);
    else if (session->service == SERVICE_REFUND)
        refund_touch(visit, touch);
    else if (touch.kind == TOUCH_BILL && touch.n >= 1 &&
             touch.n <= session_payments(session)->count)
        open_row(visit, touch.n - 1);
}
