/* What is under way for somebody, so that nothing of it is begun a second time, or too early: a
 * bill, a deposit, an insured payment, a pinpad. These functions only read the book. */
#include <string.h>

#include "app/core/order/book.h"
#include "app/core/order/holds.h"

bool book_bill_busy(const struct book *book, const char *org_trace_no) {
    for (int i = 0; i < ORDERS_MAX; i++) {
        const struct order *order = &book->orders[i];
        for (int c = 0; order->run.used && c < order->claim_count; c++)
            if (strcmp(order->claims[c].org_trace_no, org_trace_no) == 0 &&
                order_claim_holds(order, c))
                return true;
    }
    return false;
}

static bool same_person(const struct order_person *a, const struct order_person *b) {
    if (patient_keys_known(&a->keys) && patient_keys_known(&b->keys))
        return patient_keys_meet(&a->keys, &b->keys);
    return strcmp(a->mdtrt_cert_no, b->mdtrt_cert_no) == 0;
}

/* What is credited is no deposit under way; nor is the rest of one of which a part was decided. */
static bool deposit_is_open(const struct order *order, int claim) {
    bool booked = order->claims[claim].state == CLAIM_DONE ||
                  (order->resolved && order_rest_is_booked(order, claim));
    return !booked && order_claim_holds(order, claim);
}

bool book_deposit_busy(const struct book *book, const struct order_person *person) {
    for (int i = 0; i < ORDERS_MAX; i++) {
        const struct order *order = &book->orders[i];
        if (!order->run.used || order->service != SERVICE_DEPOSIT ||
            !same_person(&order->person, person))
            continue;
        for (int c = 0; c < order->claim_count; c++)
            if (deposit_is_open(order, c))
                return true;
    }
    return false;
}

static bool is_insuring(const struct order *order) {
    for (int i = 0; i < order->leg_count; i++) {
        const struct leg_traits *traits = leg_traits(order->legs[i].state);
        if (route_traits(order->legs[i].route)->lists_would_kill && traits->may_pay &&
            !traits->settled)
            return true;
    }
    return false;
}

bool book_insurance_busy(const struct book *book, const struct patient_keys *keys) {
    for (int i = 0; i < ORDERS_MAX; i++) {
        const struct order *order = &book->orders[i];
        if (order->run.used && is_insuring(order) && patient_keys_meet(&order->person.keys, keys))
            return true;
    }
    return false;
}

static bool may_want_list(const struct order *order) {
    for (int i = 0; i < order->claim_count; i++) {
        enum claim_state state = order->claims[i].state;
        if (order->service == SERVICE_BILLS &&
            (state == CLAIM_WAITING || state == CLAIM_CHECKING || state == CLAIM_CREDITING ||
             state == CLAIM_CREDIT_UNKNOWN))
            return true;
    }
    return false;
}

bool book_list_wanted(const struct book *book, const struct patient_keys *keys) {
    for (int i = 0; i < ORDERS_MAX; i++) {
        const struct order *order = &book->orders[i];
        if (order->run.used && may_want_list(order) && !order_settled(order) &&
            patient_keys_meet(&order->person.keys, keys))
            return true;
    }
    return false;
}

bool book_keeps_list_back(const struct book *book, int slot) {
    const struct order *insured = &book->orders[slot];
    for (int i = 0; is_insuring(insured) && i < ORDERS_MAX; i++) {
        const struct order *order = &book->orders[i];
        if (i != slot && order->run.used && may_want_list(order) && !order_settled(order) &&
            !is_insuring(order) && patient_keys_meet(&order->person.keys, &insured->person.keys))
            return true;
    }
    return false;
}

static bool is_leg_at(const struct leg *leg, int pos_no) {
    int at = leg->pos_no[0] == '2' ? 2 : 1;
    return leg->route == ROUTE_POS && at == pos_no;
}

static bool is_at_pinpad(const struct order *order, int pos_no) {
    for (int i = 0; i < order->leg_count; i++)
        if (is_leg_at(&order->legs[i], pos_no) && order->legs[i].state == LEG_PLACING)
            return true;
    for (int i = 0; i < order->refund_count; i++)
        if (is_leg_at(&order->legs[order->refunds[i].leg], pos_no) &&
            order->run.refund[i].request != 0 && order->run.refund[i].verb == VERB_REFUND)
            return true;
    return false;
}

bool book_pinpad_busy(const struct book *book, int pos_no) {
    for (int i = 0; i < ORDERS_MAX; i++)
        if (book->orders[i].run.used && is_at_pinpad(&book->orders[i], pos_no))
            return true;
    return false;
}
