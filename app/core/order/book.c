/* The slots of open orders: taking and freeing them, and what an order needs to act. */
#include <string.h>

#include "app/core/visit/parts.h"

static struct order_rules rules_of(struct core *core) {
    return (struct order_rules){.policy = &core->setup.policy,
                                .limits = &core->setup.limits,
                                .next_number = &core->next_number,
                                .last_no = core->setup.last_no,
                                .terminal_no = core->setup.terminal_no,
                                .journal_ok = core->setup.journal_ok};
}

/* An order does not know its slot: what it asked for is addressed here. */
static void address_effects(struct effects *out, int first, int slot) {
    for (int i = first; i < out->count; i++)
        out->items[i].slot = (int16_t)slot;
}

void core_open_order(struct visit *visit, int slot) {
    struct order_rules rules = rules_of(visit->core);
    int first = visit->out->count;

    order_open(&visit->core->orders[slot], &rules, visit->now, visit->out);
    address_effects(visit->out, first, slot);
}

void core_cancel_order(struct visit *visit, int slot) {
    struct order_rules rules = rules_of(visit->core);
    int first = visit->out->count;

    order_cancel(&visit->core->orders[slot], &rules, visit->now, visit->out);
    address_effects(visit->out, first, slot);
}

void core_step_order(struct visit *visit, int slot, const struct event *event) {
    struct order_rules rules = rules_of(visit->core);
    int first = visit->out->count;

    order_step(&visit->core->orders[slot], &rules, event, visit->out);
    address_effects(visit->out, first, slot);
}

struct order *core_session_order(struct core *core) {
    return core->session.slot >= 0 ? &core->orders[core->session.slot] : NULL;
}

/* The oldest of what is only watched: late money comes soon or never. -1: there is none. */
static int watched_longest(const struct core *core) {
    int oldest = -1;

    for (int i = 0; i < ORDERS_MAX; i++)
        if (i != core->session.slot && order_evictable(&core->orders[i]) &&
            (oldest < 0 || strcmp(core->orders[i].no, core->orders[oldest].no) < 0))
            oldest = i;
    return oldest;
}

int core_take_slot(struct core *core) {
    for (int i = 0; i < ORDERS_MAX; i++)
        if (!core->orders[i].run.used)
            return i;
    int watched = watched_longest(core);
    if (watched >= 0)
        return watched;
    for (int i = 0; i < ORDERS_MAX; i++)
        if (i != core->session.slot && order_finished(&core->orders[i]))
            return i;
    return -1;
}

/* What is finished makes room, but for the order the patient is looking at, and for cases as long
 * as there is room: what they were for is not paid a second time before a person has decided. */
void core_free_slots(struct core *core) {
    for (int i = 0; i < ORDERS_MAX; i++) {
        struct order *order = &core->orders[i];
        if (order->run.used && i != core->session.slot && order_finished(order) &&
            (order->run.looked_up || order->resolved || order_state(order) != ORDER_CASE))
            order->run.used = false;
    }
}

/* Refunds and orders share one row of numbers. */
static void remember_numbers(struct core *core, const struct order *order) {
    char *last = core->setup.last_no;

    if (strcmp(order->no, last) > 0)
        memcpy(last, order->no, ORDER_NO_SIZE);
    for (int i = 0; i < order->refund_count; i++)
        if (strcmp(order->refunds[i].no, last) > 0)
            memcpy(last, order->refunds[i].no, ORDER_NO_SIZE);
}

bool core_restore(struct core *core, const struct order *order, struct now now,
                  struct effects *out) {
    int slot = core_take_slot(core);

    if (slot < 0)
        return false;
    struct order_rules rules = rules_of(core);
    out->count = 0;
    core->orders[slot] = *order;
    core->orders[slot].run = (struct order_run){.used = true};
    remember_numbers(core, order);
    order_resume(&core->orders[slot], &rules, now, out);
    address_effects(out, 0, slot);
    return true;
}

int core_find_order(const struct core *core, const char *order_no) {
    for (int i = 0; i < ORDERS_MAX; i++)
        if (core->orders[i].run.used && strcmp(core->orders[i].no, order_no) == 0)
            return i;
    return -1;
}

int core_reopen(struct visit *visit, const struct order *order) {
    struct core *core = visit->core;
    int slot = core_find_order(core, order->no);

    if (slot >= 0) /* what is open knows more than what was read */
        return slot;
    slot = core_take_slot(core);
    if (slot < 0)
        return -1;
    struct order_rules rules = rules_of(core);
    int first = visit->out->count;
    core->orders[slot] = *order;
    core->orders[slot].run = (struct order_run){.used = true};
    order_resume(&core->orders[slot], &rules, visit->now, visit->out);
    core->orders[slot].run.looked_up = order_settled(order);
    address_effects(visit->out, first, slot);
    return slot;
}

enum refusal core_refund_order(struct visit *visit, int slot, int claim, struct fen amount) {
    struct order_rules rules = rules_of(visit->core);
    int first = visit->out->count;
    enum refusal refusal = order_refund_request(&visit->core->orders[slot], &rules, claim, amount,
                                                visit->now, visit->out);

    address_effects(visit->out, first, slot);
    if (refusal == REFUSAL_NONE)
        visit->core->orders[slot].run.looked_up = false;
    return refusal;
}

void core_ask_orders(struct visit *visit, const char *patient_key) {
    struct order_rules rules = rules_of(visit->core);

    for (int i = 0; i < ORDERS_MAX; i++) {
        struct order *order = &visit->core->orders[i];
        int first = visit->out->count;
        if (!order->run.used || strcmp(order->person.patient_key, patient_key) != 0)
            continue;
        order_ask_now(order, &rules, visit->now, visit->out);
        address_effects(visit->out, first, i);
    }
}
