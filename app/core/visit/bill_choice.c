#include "app/core/visit/bill_choice.h"

#include <string.h>

#include "app/core/visit/payment.h"

#define BIT(i) (UINT64_C(1) << (i))

/* False when an org_trace_no stands twice in the list: bills are told apart by it, and the bill
 * would be paid twice. */
static bool is_sound_list(const struct bill_list *bills) {
    for (int i = 0; i < bills->bill_count; i++) {
        if (bills->bills[i].org_trace_no[0] == '\0')
            return false;
        for (int j = 0; j < i; j++)
            if (strcmp(bills->bills[i].org_trace_no, bills->bills[j].org_trace_no) == 0)
                return false;
    }
    return true;
}

const struct bill_list *bill_choice_list(const struct event_answer *answer) {
    const struct bill_list *bills = bill_list_of(answer);

    return bills != NULL && is_sound_list(bills) ? bills : NULL;
}

enum notice bill_choice_obstacle(const struct visit *visit, int i) {
    const struct bill *bill = &session_bills(visit->session)->bills[i];

    if (bill->amount.fen <= 0)
        return NOTICE_AMOUNT_ZERO;
    return book_bill_busy(visit->book, bill->org_trace_no) ? NOTICE_STILL_ASKING : NOTICE_NONE;
}

uint64_t bill_choice_payable(const struct visit *visit) {
    uint64_t bits = 0;

    for (int i = 0; i < session_bills(visit->session)->bill_count; i++)
        if (bill_choice_obstacle(visit, i) == NOTICE_NONE)
            bits |= BIT(i);
    return bits;
}

void bill_choice_take(struct visit *visit, const struct bill_list *bills) {
    session_keep(visit->session, &bills->head);
    visit->session->choice.bill = 0;
    visit->session->choice.selected = bill_choice_payable(visit);
}

/* The index of the same bill with the same amount in a newer list; -1 when it is gone or changed.
 */
static int find_bill(const struct bill_list *bills, const struct bill *wanted) {
    for (int i = 0; i < bills->bill_count; i++)
        if (strcmp(bills->bills[i].org_trace_no, wanted->org_trace_no) == 0)
            return money_compare(bills->bills[i].amount, wanted->amount) == 0 ? i : -1;
    return -1;
}

bool bill_choice_renew(struct visit *visit, const struct bill_list *fresh) {
    struct session *session = visit->session;
    const struct bill_list *bills = session_bills(session);
    uint64_t bits = 0;

    for (int i = 0; i < bills->bill_count; i++) {
        if ((session->choice.selected & BIT(i)) == 0)
            continue;
        int j = find_bill(fresh, &bills->bills[i]);
        if (j < 0 || book_bill_busy(visit->book, fresh->bills[j].org_trace_no))
            return false;
        bits |= BIT(j);
    }
    if (bits == 0)
        return false;
    session_keep(session, &fresh->head);
    session->choice.selected = bits;
    return true;
}

bool bill_choice_sum(const struct session *session, struct fen *out) {
    const struct bill_list *bills = session_bills(session);
    struct fen sum = {0};

    for (int i = 0; bills != NULL && i < bills->bill_count; i++)
        if ((session->choice.selected & BIT(i)) != 0 &&
            !money_add(sum, bills->bills[i].amount, &sum))
            return false;
    *out = sum;
    return true;
}

void bill_choice_add_claims(const struct session *session, struct order *order) {
    const struct bill_list *bills = session_bills(session);

    for (int i = 0; i < bills->bill_count; i++) {
        const struct bill *bill = &bills->bills[i];
        if ((session->choice.selected & BIT(i)) != 0)
            payment_add_claim(order, bill->org_trace_no, bill->doc_trace_no, bill->amount);
    }
}
