#include "app/core/order/book.h"

#include <string.h>

#include "app/core/order/holds.h"
#include "app/core/order/shares.h"

void book_init(struct book *book, const struct core_setup *setup) {
    book->next_number = 1;
    memcpy(book->last_no, setup->last_no, sizeof book->last_no);
    book->journal_ok = setup->journal_ok;
    book->journal_fault = JOURNAL_SOUND;
    book->journal_retry_mono_ms = 0;
    /* 64 orders are 2 MB: an unused slot is not written to, a slot is filled whole when it is
     * taken. */
    for (int i = 0; i < ORDERS_MAX; i++)
        book->orders[i].run.used = false;
}

uint32_t book_take_number(struct book *book) {
    uint32_t number = book->next_number++;

    if (book->next_number == 0) /* 0 means none */
        book->next_number = 1;
    return number;
}

bool book_journal_usable(const struct book *book) {
    return book->journal_ok && book->journal_fault == JOURNAL_SOUND;
}

static struct order_rules rules_of(struct book_turn turn) {
    return (struct order_rules){.policy = &turn.setup->policy,
                                .limits = &turn.setup->limits,
                                .next_number = &turn.book->next_number,
                                .last_no = turn.book->last_no,
                                .number_mark = turn.setup->number_mark,
                                .journal_ok = book_journal_usable(turn.book)};
}

static void address_effects(struct effects *out, int first, int slot) {
    for (int i = first; i < out->count; i++)
        out->items[i].to = (struct address){ADDRESS_ORDER, slot};
}

int book_find(const struct book *book, const char *order_no) {
    for (int i = 0; i < ORDERS_MAX; i++)
        if (book->orders[i].run.used && strcmp(book->orders[i].no, order_no) == 0)
            return i;
    return -1;
}

int book_awaiting(const struct book *book, uint32_t request) {
    for (int i = 0; request != 0 && i < ORDERS_MAX; i++)
        if (book->orders[i].run.used && order_awaits(&book->orders[i], request))
            return i;
    return -1;
}

int book_persisting(const struct book *book, uint32_t number) {
    for (int i = 0; i < ORDERS_MAX; i++)
        if (book->orders[i].run.used && order_persists(&book->orders[i], number))
            return i;
    return -1;
}

/* The oldest of what is only watched: late money comes soon or never. -1: there is none. */
static int watched_longest(const struct book *book, int held) {
    int oldest = -1;

    for (int i = 0; i < ORDERS_MAX; i++)
        if (i != held && order_evictable(&book->orders[i]) &&
            (oldest < 0 || strcmp(book->orders[i].no, book->orders[oldest].no) < 0))
            oldest = i;
    return oldest;
}

int book_take_slot(const struct book *book, int held) {
    for (int i = 0; i < ORDERS_MAX; i++)
        if (!book->orders[i].run.used)
            return i;
    int watched = watched_longest(book, held);
    if (watched >= 0)
        return watched;
    for (int i = 0; i < ORDERS_MAX; i++)
        if (i != held && order_finished(&book->orders[i]))
            return i;
    return -1;
}

void book_free_slots(struct book *book, int held) {
    for (int i = 0; i < ORDERS_MAX; i++) {
        struct order *order = &book->orders[i];
        if (order->run.used && i != held && order_finished(order) &&
            (order->run.display_copy || order->resolved || order_state(order) != ORDER_CASE))
            order->run.used = false;
    }
}

static bool is_named_by(const struct effects *out, int slot) {
    for (int i = 0; i < out->count; i++)
        if (out->items[i].to.kind == ADDRESS_ORDER && out->items[i].to.index == slot)
            return true;
    return false;
}

void book_wipe_free(struct book *book, const struct effects *out) {
    for (int i = 0; i < ORDERS_MAX; i++) {
        struct order *order = &book->orders[i];
        if (!order->run.used && order->no[0] != '\0' && !is_named_by(out, i))
            *order = (struct order){0};
    }
}

void book_open(struct book_turn turn, int slot) {
    struct order_rules rules = rules_of(turn);
    int first = turn.out->count;

    order_open(&turn.book->orders[slot], &rules, turn.now, turn.out);
    address_effects(turn.out, first, slot);
}

static void step_order(struct book_turn turn, int slot, struct order_event event) {
    struct order_rules rules = rules_of(turn);
    int first = turn.out->count;

    event.now = turn.now;
    order_step(&turn.book->orders[slot], &rules, &event, turn.out);
    address_effects(turn.out, first, slot);
}

void book_answer(struct book_turn turn, int slot, const struct event_answer *answer) {
    step_order(turn, slot, (struct order_event){.kind = ORDER_HEARS_ANSWER, .answer = answer});
}

void book_persisted(struct book_turn turn, int slot, uint32_t number, enum order_event_kind kind) {
    step_order(turn, slot, (struct order_event){.kind = kind, .number = number});
}

void book_cancel(struct book_turn turn, int slot) {
    struct order_rules rules = rules_of(turn);
    int first = turn.out->count;

    order_cancel(&turn.book->orders[slot], &rules, turn.now, turn.out);
    address_effects(turn.out, first, slot);
}

void book_tick(struct book_turn turn) {
    for (int i = 0; i < ORDERS_MAX; i++) {
        const struct order *order = &turn.book->orders[i];
        if (order->run.used && order_deadline(order) <= turn.now.mono_ms)
            step_order(turn, i, (struct order_event){.kind = ORDER_HEARS_TICK});
    }
}

int64_t book_deadline(const struct book *book) {
    int64_t deadline = INT64_MAX;

    for (int i = 0; i < ORDERS_MAX; i++) {
        if (!book->orders[i].run.used)
            continue;
        int64_t order = order_deadline(&book->orders[i]);
        deadline = order < deadline ? order : deadline;
    }
    return deadline;
}

/* Orders, legs and refunds share one row of numbers. */
static void remember_numbers(struct book *book, const struct order *order) {
    char *last = book->last_no;

    if (strcmp(order->no, last) > 0)
        memcpy(last, order->no, ORDER_NO_SIZE);
    for (int i = 0; i < order->leg_count; i++)
        if (strcmp(order->legs[i].no, last) > 0)
            memcpy(last, order->legs[i].no, ORDER_NO_SIZE);
    for (int i = 0; i < order->refund_count; i++)
        if (strcmp(order->refunds[i].no, last) > 0)
            memcpy(last, order->refunds[i].no, ORDER_NO_SIZE);
}

static void take_up(struct book_turn turn, int slot, const struct order *order) {
    struct order_rules rules = rules_of(turn);
    int first = turn.out->count;

    turn.book->orders[slot] = *order;
    turn.book->orders[slot].run = (struct order_run){.used = true};
    order_resume(&turn.book->orders[slot], &rules, turn.now, turn.out);
    address_effects(turn.out, first, slot);
}

bool book_restore(struct book_turn turn, const struct order *order) {
    int slot = book_take_slot(turn.book, -1);

    if (slot < 0)
        return false;
    remember_numbers(turn.book, order);
    take_up(turn, slot, order);
    return true;
}

int book_reopen(struct book_turn turn, const struct order *order, int held) {
    int slot = book_find(turn.book, order->no);

    if (slot >= 0) /* what is open knows more than what was read */
        return slot;
    slot = book_take_slot(turn.book, held);
    if (slot < 0)
        return -1;
    take_up(turn, slot, order);
    turn.book->orders[slot].run.display_copy = order_settled(order);
    return slot;
}

enum refusal book_refund(struct book_turn turn, int slot, int claim, struct fen amount) {
    struct order_rules rules = rules_of(turn);
    int first = turn.out->count;
    enum refusal refusal =
        order_refund_request(&turn.book->orders[slot], &rules, claim, amount, turn.now, turn.out);

    address_effects(turn.out, first, slot);
    if (refusal == REFUSAL_NONE)
        turn.book->orders[slot].run.display_copy = false;
    return refusal;
}

void book_ask_person(struct book_turn turn, const struct patient_keys *keys) {
    struct order_rules rules = rules_of(turn);

    for (int i = 0; i < ORDERS_MAX; i++) {
        struct order *order = &turn.book->orders[i];
        int first = turn.out->count;
        if (!order->run.used || !patient_keys_meet(&order->person.keys, keys))
            continue;
        order_ask_now(order, &rules, turn.now, turn.out);
        address_effects(turn.out, first, i);
    }
}

void book_resolved(struct book *book, const char *order_no) {
    for (int i = 0; i < ORDERS_MAX; i++)
        if (book->orders[i].run.used && strcmp(book->orders[i].no, order_no) == 0)
            book->orders[i].resolved = true;
}

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

bool book_deposit_busy(const struct book *book, const struct order_person *person) {
    for (int i = 0; i < ORDERS_MAX; i++) {
        const struct order *order = &book->orders[i];
        if (!order->run.used || order->service != SERVICE_DEPOSIT ||
            !same_person(&order->person, person))
            continue;
        for (int c = 0; c < order->claim_count; c++)
            if (order->claims[c].state != CLAIM_DONE && order_claim_holds(order, c))
                return true;
    }
    return false;
}

static bool is_at_pinpad(const struct order *order) {
    for (int i = 0; i < order->leg_count; i++)
        if (order->legs[i].route == ROUTE_POS && order->legs[i].state == LEG_PLACING)
            return true;
    for (int i = 0; i < order->refund_count; i++)
        if (order->legs[order->refunds[i].leg].route == ROUTE_POS &&
            order->run.refund[i].request != 0 && order->run.refund[i].verb == VERB_REFUND)
            return true;
    return false;
}

bool book_pinpad_busy(const struct book *book) {
    for (int i = 0; i < ORDERS_MAX; i++)
        if (book->orders[i].run.used && is_at_pinpad(&book->orders[i]))
            return true;
    return false;
}
