#include "app/core/order/book.h"

#include <string.h>

#include "app/core/order/shares.h"

#define SET_ASIDE_MS 60000 /* what waits for less keeps its slot ... */
#define SCARCE_SLOTS 8     /* ... unless no more than so many are left for who comes */
#define OVERDUE_MS (INT64_C(10) * 60 * 1000)
#define FETCH_RETRY_MS 60000
#define CLOCK_SET_MS 60000 /* so much at once is no drift */

void book_init(struct book *book, const struct core_setup *setup, struct now now) {
    book->next_number = 1;
    memcpy(book->last_no, setup->last_no, sizeof book->last_no);
    book->journal_ok = setup->journal_ok;
    book->settles = setup->policy.settle_result == SETTLE_RESULT_AUTO ? setup->found
                                                                      : setup->policy.settle_result;
    book->journal_fault = JOURNAL_SOUND;
    book->journal_retry_mono_ms = 0;
    book->fetch_request = 0;
    book->due_mono_ms = book->fetch_mono_ms = book->all_due_mono_ms = now.mono_ms;
    book->aside_mono_ms = INT64_MAX;
    book->clock_ms = now.wall_ms - now.mono_ms;
    book->all_due = true; /* also what was set aside under another policy */
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

static struct order_rules rules_of(struct book_turn turn, const struct order *order) {
    return (struct order_rules){.policy = &turn.setup->policy,
                                .limits = &turn.setup->limits,
                                .next_number = &turn.book->next_number,
                                .last_no = turn.book->last_no,
                                .number_mark = turn.setup->number_mark,
                                .journal_ok = book_journal_usable(turn.book),
                                .settles = order_is_desk_card(order) ? SETTLE_RESULT_ORDER
                                                                     : turn.book->settles,
                                .list_waits = book_insurance_busy(turn.book, &order->person.keys),
                                .pinpads = turn.book->pinpads};
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

static int free_slot(const struct book *book) {
    for (int i = 0; i < ORDERS_MAX; i++)
        if (!book->orders[i].run.used)
            return i;
    return -1;
}

int book_take_slot(const struct book *book, int held) {
    int slot = free_slot(book);

    if (slot >= 0)
        return slot;
    for (int i = 0; i < ORDERS_MAX; i++)
        if (i != held && order_finished(&book->orders[i]))
            return i;
    return -1;
}

int book_take_slot_to_pay(const struct book *book, int held, struct now now) {
    if (now.mono_ms - book->due_mono_ms > OVERDUE_MS)
        return -1;
    return book_take_slot(book, held);
}

static void due_at(struct book *book, int64_t mono_ms) {
    book->due_mono_ms = mono_ms < book->due_mono_ms ? mono_ms : book->due_mono_ms;
    book->fetch_mono_ms = mono_ms < book->fetch_mono_ms ? mono_ms : book->fetch_mono_ms;
    book->aside_mono_ms = mono_ms < book->aside_mono_ms ? mono_ms : book->aside_mono_ms;
}

static void set_aside(struct book_turn turn, int slot, int64_t left_ms) {
    if (turn.out->count == EFFECTS_MAX)
        return;
    turn.out->items[turn.out->count++] =
        (struct effect){.kind = EFFECT_SET_ASIDE,
                        .to = {ADDRESS_ORDER, slot},
                        .leg = PART_NONE,
                        .claim = PART_NONE,
                        .refund = PART_NONE,
                        .of.set_aside.due_ms = turn.now.wall_ms + left_ms};
    turn.book->orders[slot].run.used = false;
    due_at(turn.book, turn.now.mono_ms + left_ms);
}

static bool slots_are_scarce(const struct book *book) {
    int left = ORDERS_MAX;
    for (int i = 0; i < ORDERS_MAX; i++)
        left -= book->orders[i].run.used;
    return left <= SCARCE_SLOTS;
}

void book_free_slots(struct book_turn turn, int held) {
    int64_t least_ms = slots_are_scarce(turn.book) ? 1 : SET_ASIDE_MS;
    for (int i = 0; i < ORDERS_MAX; i++) {
        struct order *order = &turn.book->orders[i];
        if (!order->run.used || i == held)
            continue;
        int64_t left_ms = order_deadline(order) - turn.now.mono_ms;
        if (order_finished(order))
            order->run.used = false;
        else if (left_ms >= least_ms && order_only_waits(order) &&
                 !book_keeps_list_back(turn.book, i))
            set_aside(turn, i, left_ms);
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
    struct order_rules rules = rules_of(turn, &turn.book->orders[slot]);
    int first = turn.out->count;

    order_open(&turn.book->orders[slot], &rules, turn.now, turn.out);
    address_effects(turn.out, first, slot);
}

static void step_order(struct book_turn turn, int slot, struct order_event event) {
    struct order_rules rules = rules_of(turn, &turn.book->orders[slot]);
    int first = turn.out->count;

    event.now = turn.now;
    order_step(&turn.book->orders[slot], &rules, &event, turn.out);
    address_effects(turn.out, first, slot);
}

void book_found(struct book_turn turn, enum settle_result settles) {
    turn.book->settles = settles;
    if (turn.out->count < EFFECTS_MAX)
        turn.out->items[turn.out->count++] = (struct effect){.kind = EFFECT_FOUND,
                                                             .leg = PART_NONE,
                                                             .claim = PART_NONE,
                                                             .refund = PART_NONE,
                                                             .of.found.settles = (uint8_t)settles};
}

static void hear_found(struct book_turn turn, struct order *order) {
    enum settle_result found = order->run.found;
    order->run.found = SETTLE_RESULT_AUTO;
    if (found != SETTLE_RESULT_AUTO && turn.book->settles == SETTLE_RESULT_AUTO)
        book_found(turn, found);
}

void book_answer(struct book_turn turn, int slot, const struct event_answer *answer) {
    step_order(turn, slot, (struct order_event){.kind = ORDER_HEARS_ANSWER, .answer = answer});
    hear_found(turn, &turn.book->orders[slot]);
}

void book_persisted(struct book_turn turn, int slot, uint32_t number, enum order_event_kind kind) {
    struct order *order = &turn.book->orders[slot];
    step_order(turn, slot, (struct order_event){.kind = kind, .number = number});
    if (kind == ORDER_HEARS_DURABLE && order->run.released && order->run.durable_wait == 0) {
        order->run.released = false;
        turn.book->released++;
    }
}

void book_cancel(struct book_turn turn, int slot) {
    struct order_rules rules = rules_of(turn, &turn.book->orders[slot]);
    int first = turn.out->count;

    order_cancel(&turn.book->orders[slot], &rules, turn.now, turn.out);
    address_effects(turn.out, first, slot);
}

void book_choose_way(struct book_turn turn, int slot, enum channel channel) {
    struct order_rules rules = rules_of(turn, &turn.book->orders[slot]);
    int first = turn.out->count;

    order_choose_way(&turn.book->orders[slot], &rules, channel, turn.now, turn.out);
    address_effects(turn.out, first, slot);
}

static int fetched_count(const struct book *book) {
    int count = 0;
    for (int i = 0; i < ORDERS_MAX; i++)
        count += book->orders[i].run.used && book->orders[i].run.fetched;
    return count;
}

/* Room for a question. What is finished but looked at by a visit is none. */
static bool has_room_to_ask(const struct book *book) {
    return fetched_count(book) < FETCHED_MAX && free_slot(book) >= 0;
}

static int64_t fetch_deadline(const struct book *book) {
    return has_room_to_ask(book) && book->fetch_request == 0 ? book->fetch_mono_ms : INT64_MAX;
}

static void fetch_order(struct book_turn turn) {
    if (turn.out->count == EFFECTS_MAX)
        return;
    turn.book->fetch_request = book_take_number(turn.book);
    turn.book->aside_mono_ms = INT64_MAX;
    turn.out->items[turn.out->count++] = (struct effect){.kind = EFFECT_SEND,
                                                         .number = turn.book->fetch_request,
                                                         .to = {ADDRESS_TERMINAL, 0},
                                                         .leg = PART_NONE,
                                                         .claim = PART_NONE,
                                                         .refund = PART_NONE,
                                                         .of.send.verb = VERB_FETCH};
}

static void look_at_clock(struct book_turn turn) {
    int64_t clock_ms = turn.now.wall_ms - turn.now.mono_ms,
            moved_ms = clock_ms - turn.book->clock_ms;

    if (moved_ms > -CLOCK_SET_MS && moved_ms < CLOCK_SET_MS)
        return;
    turn.book->clock_ms = clock_ms;
    turn.book->all_due = true;
    turn.book->all_due_mono_ms = turn.now.mono_ms;
    due_at(turn.book, turn.now.mono_ms);
}

void book_tick(struct book_turn turn) {
    look_at_clock(turn);
    for (int i = 0; i < ORDERS_MAX; i++) {
        const struct order *order = &turn.book->orders[i];
        if (order->run.used && order_deadline(order) <= turn.now.mono_ms)
            step_order(turn, i, (struct order_event){.kind = ORDER_HEARS_TICK});
    }
    if (fetch_deadline(turn.book) <= turn.now.mono_ms)
        fetch_order(turn);
}

int64_t book_deadline(const struct book *book) {
    int64_t deadline = fetch_deadline(book);

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
    struct order_rules rules = rules_of(turn, order);
    int first = turn.out->count;

    turn.book->orders[slot] = *order;
    order_resume(&turn.book->orders[slot], &rules, turn.now, turn.out);
    address_effects(turn.out, first, slot);
}

static void take_up_fetched(struct book_turn turn, const struct order *order) {
    int slot = free_slot(turn.book);

    remember_numbers(turn.book, order);
    if (book_find(turn.book, order->no) >= 0)
        return;
    if (slot < 0) { /* its time in the journal is past: it comes again */
        due_at(turn.book, turn.now.mono_ms);
        return;
    }
    take_up(turn, slot, order);
    turn.book->orders[slot].run.fetched = true;
}

/* When what the journal has for this time is due, or has been since. */
static int64_t due_since(struct book_turn turn, int64_t due_ms) {
    if (due_ms == INT64_MAX)
        return INT64_MAX;
    int64_t mono_ms = turn.now.mono_ms + due_ms - turn.now.wall_ms;
    return mono_ms > turn.book->all_due_mono_ms ? mono_ms : turn.book->all_due_mono_ms;
}

/* What the journal's thread has read is what is: an order that got a slot meanwhile was read before
 * this answer, and its next write comes after it. */
bool book_fetched(struct book_turn turn, const struct event_answer *answer) {
    struct book *book = turn.book;

    if (answer->request == 0 || answer->request != book->fetch_request)
        return false;
    book->fetch_request = 0;
    const struct document *document = document_if(answer->document, DOCUMENT_DUE_ORDER);
    if (document == NULL) { /* what is due stays due */
        book->fetch_mono_ms = turn.now.mono_ms + FETCH_RETRY_MS;
        return true;
    }
    const struct due_order *due = (const struct due_order *)document;
    book->all_due = false;
    if (due->undecided && book->journal_fault == JOURNAL_SOUND)
        book->journal_fault = JOURNAL_UNDECIDED;
    book->due_mono_ms = book->fetch_mono_ms = due_since(turn, due->next_ms);
    due_at(book, book->aside_mono_ms);
    if (due->found)
        take_up_fetched(turn, &due->order);
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
    return slot;
}

enum refusal book_refund(struct book_turn turn, int slot, int claim, struct fen amount) {
    struct order_rules rules = rules_of(turn, &turn.book->orders[slot]);
    int first = turn.out->count;
    enum refusal refusal =
        order_refund_request(&turn.book->orders[slot], &rules, claim, amount, turn.now, turn.out);

    address_effects(turn.out, first, slot);
    return refusal;
}

void book_taken_elsewhere(struct book_turn turn, int slot, int claim) {
    struct order_rules rules = rules_of(turn, &turn.book->orders[slot]);
    int first = turn.out->count;

    order_taken_elsewhere(&turn.book->orders[slot], &rules, claim, turn.now, turn.out);
    address_effects(turn.out, first, slot);
}

void book_ask_person(struct book_turn turn, const struct patient_keys *keys) {
    for (int i = 0; i < ORDERS_MAX; i++) {
        struct order *order = &turn.book->orders[i];
        int first = turn.out->count;
        if (!order->run.used || !patient_keys_meet(&order->person.keys, keys))
            continue;
        struct order_rules rules = rules_of(turn, order);
        order_ask_now(order, &rules, turn.now, turn.out);
        address_effects(turn.out, first, i);
    }
}

bool book_may_recheck(const struct book *book, const char *order_no) {
    int slot = book_find(book, order_no);
    return book->journal_ok &&
           (slot >= 0 ? book->orders[slot].run.durable_wait == 0 : has_room_to_ask(book));
}

void book_hears_pinpad(struct book *book, bool second, const struct pinpad_known *known) {
    book->pinpads[second] = *known;
    for (int i = 0; i < ORDERS_MAX; i++)
        if (book->orders[i].run.used)
            order_pinpad_is_there(&book->orders[i], second);
}

void book_recheck(struct book_turn turn, const struct recheck *recheck) {
    if (!book_may_recheck(turn.book, recheck->order.no))
        return;
    bool known = book_find(turn.book, recheck->order.no) >= 0;
    int slot = book_reopen(turn, &recheck->order, -1);
    struct order *order = &turn.book->orders[slot];
    struct order_rules rules = rules_of(turn, order);
    int first = turn.out->count;
    if (!known) /* a question's slot, not a person's */
        order->run.fetched = true;
    switch (recheck->kind) {
    case RECHECK_ASK:
        order_ask_by_hand(order, &rules, turn.now, turn.out);
        break;
    case RECHECK_PROVE:
        (void)order_prove(order, &rules, &recheck->proof, turn.now, turn.out);
        break;
    case RECHECK_LISTED:
        order_ask_listed(order, &rules, recheck->claim, turn.now, turn.out);
        break;
    }
    address_effects(turn.out, first, slot);
}

void book_resolved(struct book *book, const char *order_no, bool kept) {
    int slot = book_find(book, order_no);

    if (slot < 0)
        return;
    book->orders[slot].resolved = true;
    book->orders[slot].kept = kept;
}
