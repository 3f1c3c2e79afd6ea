#include "app/core/visit/bill_choice.h"

#include <string.h>

#include "app/core/terms/assert.h"
#include "app/core/visit/payment.h"

_Static_assert(BILLS_MAX == CLAIMS_MAX, "what is paid at once is one order");

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

enum notice bill_choice_obstacle(struct situation at, int i) {
    const struct bill *bill = &session_bills(at.session)->bills[i];

    if (bill->amount.fen <= 0)
        return NOTICE_AMOUNT_ZERO;
    if (bill->hold == BILL_PAID)
        return NOTICE_BILL_PAID;
    if (session_sold(at.session, i))
        return NOTICE_BILL_SOLD;
    bool busy = bill->hold == BILL_BEING_PAID || book_bill_busy(at.book, bill->org_trace_no);
    return busy ? NOTICE_STILL_ASKING : NOTICE_NONE;
}

void bill_choice_set(struct session *session, int bill, bool selected) {
    uint64_t bit = UINT64_C(1) << (bill % 64), *word = &session->choice.selected[bill / 64];

    *word = selected ? *word | bit : *word & ~bit;
}

static bool is_left(const struct session *session, int bill) {
    return (session->choice.left[bill / 64] >> (bill % 64) & 1) != 0;
}

static void set_left(struct session *session, int bill) {
    session->choice.left[bill / 64] |= UINT64_C(1) << (bill % 64);
}

/* What is selected is what is paid now. */
static void sum_choice(struct session *session) {
    struct fen sum;

    if (bill_choice_sum(session, &sum))
        session->choice.amount = sum;
}

bool bill_choice_one_by_one(struct session *session) {
    const struct bill_list *bills = session_bills(session);
    int count = 0;

    for (int i = 0; bills != NULL && i < bills->bill_count; i++)
        if (session_selected(session, i) && count++ > 0) {
            bill_choice_set(session, i, false);
            set_left(session, i);
        }
    if (count > 1)
        sum_choice(session);
    return count > 1;
}

void bill_choice_together(struct session *session) {
    if (bill_choice_left(session) < 0)
        return;
    for (int i = 0; i < LISTED_BILLS_MAX / 64; i++)
        session->choice.selected[i] |= session->choice.left[i];
    memset(session->choice.left, 0, sizeof session->choice.left);
    sum_choice(session);
}

int bill_choice_left(const struct session *session) {
    const struct bill_list *bills = session_bills(session);

    for (int i = 0; bills != NULL && i < bills->bill_count; i++)
        if (is_left(session, i))
            return i;
    return -1;
}

int bill_choice_next(struct session *session) {
    int next = bill_choice_left(session);

    if (next < 0)
        return next;
    memset(session->choice.selected, 0, sizeof session->choice.selected);
    bill_choice_set(session, next, true);
    session->choice.left[next / 64] &= ~(UINT64_C(1) << (next % 64));
    sum_choice(session);
    return next;
}

void bill_choice_set_sold(struct session *session, int bill) {
    session->choice.sold[bill / 64] |= UINT64_C(1) << (bill % 64);
    bill_choice_set(session, bill, false);
}

int bill_choice_count(const struct session *session) {
    const struct bill_list *bills = session_bills(session);
    int count = 0;

    for (int i = 0; bills != NULL && i < bills->bill_count; i++)
        count += session_selected(session, i);
    return count;
}

/* Bits of the first that can be chosen, as many as can be paid at once. */
static void mark_payable(struct situation at, uint64_t bits[LISTED_BILLS_MAX / 64]) {
    int count = 0;

    memset(bits, 0, sizeof at.session->choice.selected);
    for (int i = 0; i < session_bills(at.session)->bill_count && count < BILLS_MAX; i++)
        if (bill_choice_obstacle(at, i) == NOTICE_NONE) {
            bits[i / 64] |= UINT64_C(1) << (i % 64);
            count++;
        }
}

bool bill_choice_is_all(struct situation at) {
    uint64_t payable[LISTED_BILLS_MAX / 64];

    mark_payable(at, payable);
    return bill_choice_count(at.session) > 0 &&
           memcmp(at.session->choice.selected, payable, sizeof payable) == 0;
}

void bill_choice_toggle_all(struct visit *visit) {
    struct visit_choice *choice = &visit->session->choice;

    if (bill_choice_is_all(visit_situation(visit)))
        memset(choice->selected, 0, sizeof choice->selected);
    else
        mark_payable(visit_situation(visit), choice->selected);
}

void bill_choice_take(struct visit *visit, const struct bill_list *bills) {
    session_keep(visit->session, &bills->head);
    visit->session->choice.bill = 0;
    visit->session->choice.released = visit->book->released;
    memset(visit->session->choice.sold, 0, sizeof visit->session->choice.sold);
    memset(visit->session->choice.left, 0, sizeof visit->session->choice.left);
    mark_payable(visit_situation(visit), visit->session->choice.selected);
}

/* The index of the same bill in a newer list, under whatever number; -1 when it is gone, changed or
 * somebody else's by now. */
static int find_bill(const struct visit *visit, const struct bill_list *fresh,
                     const struct bill *wanted) {
    int i = bill_list_find(fresh, wanted->key, wanted->org_trace_no, wanted->amount);
    bool taken = i >= 0 && (fresh->bills[i].hold != BILL_FREE ||
                            book_bill_busy(visit->book, fresh->bills[i].org_trace_no));
    return taken ? -1 : i;
}

/* What is left for later and is gone meanwhile is paid for, or is nobody's any more. */
static void renew_left(struct visit *visit, const struct bill_list *bills,
                       const struct bill_list *fresh) {
    struct session *session = visit->session;
    int same[LISTED_BILLS_MAX], count = 0;

    for (int i = 0; i < bills->bill_count; i++)
        if (is_left(session, i) && (same[count] = find_bill(visit, fresh, &bills->bills[i])) >= 0)
            count++;
    memset(session->choice.left, 0, sizeof session->choice.left);
    for (int i = 0; i < count; i++)
        set_left(session, same[i]);
}

bool bill_choice_renew(struct visit *visit, const struct bill_list *fresh) {
    struct session *session = visit->session;
    const struct bill_list *bills = session_bills(session);
    int same[BILLS_MAX], count = 0;

    for (int i = 0; i < bills->bill_count; i++) {
        if (!session_selected(session, i))
            continue;
        int j = find_bill(visit, fresh, &bills->bills[i]);
        if (j < 0)
            return false;
        CORE_ASSERT(count < BILLS_MAX);
        same[count++] = j;
    }
    if (count == 0)
        return false;
    renew_left(visit, bills, fresh);
    session_keep(session, &fresh->head);
    memset(session->choice.sold, 0, sizeof session->choice.sold);
    memset(session->choice.selected, 0, sizeof session->choice.selected);
    for (int i = 0; i < count; i++)
        bill_choice_set(session, same[i], true);
    return true;
}

bool bill_choice_sum(const struct session *session, struct fen *out) {
    const struct bill_list *bills = session_bills(session);
    struct fen sum = {0};

    for (int i = 0; bills != NULL && i < bills->bill_count; i++)
        if (session_selected(session, i) && !money_add(sum, bills->bills[i].amount, &sum))
            return false;
    *out = sum;
    return true;
}

void bill_choice_add_claims(const struct session *session, struct order *order) {
    const struct bill_list *bills = session_bills(session);

    for (int i = 0; i < bills->bill_count; i++) {
        const struct bill *bill = &bills->bills[i];
        if (session_selected(session, i))
            payment_add_claim(order, bill->key, bill->org_trace_no, bill->doc_trace_no,
                              bill->amount);
    }
}
