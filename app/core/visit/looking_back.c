#include "app/core/visit/looking_back.h"

#include <string.h>

#include "app/core/visit/who.h"

int looking_back_row_count(const struct payment_list *list) {
    return list->count;
}

static struct next look_at_order(struct session *session, int slot) {
    session->payment.slot = slot;
    session->payment.reviewing = true;
    return next_show(SCREEN_RESULT);
}

struct next looking_back_pick(struct visit *visit, int row) {
    struct session *session = visit->session;

    if (session_payments(session)->rows[row].elsewhere[0] != '\0')
        return next_tell(SCREEN_RECORDS, NOTICE_PAID_ELSEWHERE);
    memcpy(session->payment.order_no, session_payments(session)->rows[row].order_no, ORDER_NO_SIZE);
    int slot = book_find(visit->book, session->payment.order_no);
    return slot >= 0 ? look_at_order(session, slot) : next_ask(QUESTION_ORDER);
}

struct next looking_back_answer(struct visit *visit, const struct event_answer *answer) {
    enum notice notice;
    int slot = looking_back_reopen(visit, answer, &notice);

    return slot >= 0 ? look_at_order(visit->session, slot) : next_tell(SCREEN_RECORDS, notice);
}

void looking_back_name_person(const struct visit *visit, struct order *order) {
    struct order_person *person = &order->person, kept = order->person;

    if (person->mdtrt_cert_no[0] != '\0')
        return;
    who_fill_person(visit->session, person);
    person->account_type = kept.account_type;
    person->keys = kept.keys; /* the order's own: they may know more or less of the person */
    who_name_insured(visit_situation(visit), order);
}

int looking_back_reopen(struct visit *visit, const struct event_answer *answer,
                        enum notice *notice) {
    const struct session *session = visit->session;
    const struct document *document = document_of(answer, DOCUMENT_ORDER);
    const struct order *order =
        document != NULL ? &((const struct order_document *)document)->order : NULL;

    *notice = NOTICE_RECORDS_FAILED;
    if (order == NULL || strcmp(order->no, session->payment.order_no) != 0)
        return -1;
    *notice = NOTICE_REFUND_ACCOUNT;
    struct patient_keys keys = session_patient_keys(session);
    if (!patient_keys_meet(&order->person.keys, &keys))
        return -1;
    int slot = book_reopen(visit_turn(visit), order, session->payment.slot);
    *notice = slot < 0 ? NOTICE_FULL : NOTICE_NONE;
    if (slot >= 0)
        looking_back_name_person(visit, &visit->book->orders[slot]);
    return slot;
}
