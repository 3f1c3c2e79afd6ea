/* What is wanted of the terminal beside its visits: money back, cases decided. */
#include <stdio.h>
#include <string.h>

#include "tests/sim/sim.h"

/* Outside a visit there is no screen for it: the order is asked directly, in the core or
 * brought back from the journal. */
static struct order *order_to_give_back(struct sim *sim, const char *no, int *slot) {
    static struct order order;
    struct book_turn turn = {&sim->core.book, &sim->core.setup, terminal_now(sim), &sim->effects};
    *slot = book_find(&sim->core.book, no);
    if (*slot >= 0)
        return &sim->core.book.orders[*slot];
    effects_clear(&sim->effects);
    if (journal_load(sim->journal, no, &order) != JOURNAL_OK ||
        (*slot = book_reopen(turn, &order, -1)) < 0)
        return NULL;
    (void)durable_note_restored(sim, &order);
    terminal_run_effects(sim);
    return sim->running ? &sim->core.book.orders[*slot] : NULL;
}

/* Any, but mostly one that a portal settled, where there is one that goes back here. */
static int order_to_want_back(struct sim *sim) {
    int chosen = (int)sim_between(sim, 0, sim->durable_count - 1);
    if (!sim->amp || !sim_chance(sim, 800))
        return chosen;
    for (int i = 0; i < sim->durable_count; i++) {
        const struct order *order = &sim->durable[i].order;
        if (route_traits(order->legs[0].route)->seen_at_his &&
            order->claims[0].state == CLAIM_DONE && !order->claims[0].unproven)
            chosen = i;
    }
    return chosen;
}

void terminal_give_back(struct sim *sim, int durable) {
    int slot;
    if (!sim->running || sim->durable_count == 0 || sim->his_gives_back)
        return;
    if (durable < 0)
        durable = order_to_want_back(sim);
    const char *no = sim->durable[durable].no;
    struct order *order = order_to_give_back(sim, no, &slot);
    if (!order || order->claim_count == 0 || caller_reverses(order))
        return;
    struct order_rules rules = {.policy = &sim->core.setup.policy,
                                .pinpads = sim->core.book.pinpads,
                                .limits = &sim->core.setup.limits,
                                .next_number = &sim->core.book.next_number,
                                .last_no = sim->core.book.last_no,
                                .number_mark = TERMINAL_MARK,
                                .journal_ok = true};
    int claim = sim->edge.flow ? 0 : (int)sim_between(sim, 0, order->claim_count - 1);
    pairs_note_wanted_back(sim, order, claim);
    effects_clear(&sim->effects);
    struct fen amount = {order->claims[claim].amount.fen - order->claims[claim].refunded.fen};
    if (sim->edge.flow)
        amount.fen = amount.fen * sim->edge.flow->give_back_permille / 1000;
    else if (sim_chance(sim, 200))
        amount = order->claims[claim].amount; /* what already went back as well */
    else if (order->service == SERVICE_DEPOSIT && sim_chance(sim, 500))
        amount.fen = sim_between(sim, 1, amount.fen);
    else if (order->service == SERVICE_BILLS && sim_chance(sim, 100))
        amount.fen = sim_between(sim, 1, amount.fen); /* refused: a bill goes back whole */
    struct fen own = order->legs[0].split.own;
    if (!sim->edge.flow && own.fen > 0 && sim_chance(sim, 400)) /* of an insured payment */
        amount = own;
    bool unproven = order->claims[claim].unproven;
    enum refusal refusal =
        order_refund_request(order, &rules, claim, amount, terminal_now(sim), &sim->effects);
    sim_trace(sim, "claim %d of %s is wanted back: %d", claim + 1, no, (int)refusal);
    if (refusal == REFUSAL_NONE && unproven)
        sim_fail(sim, "%s: a credit goes back that nobody has proved", no);
    if (refusal == REFUSAL_NONE && !sim->edge.flow && sim_chance(sim, 300))
        sim_after(sim, sim_between(sim, 500, 120000), HAPPEN_GIVE_BACK, durable);
    sim->give_backs += refusal == REFUSAL_NONE;
    for (int i = 0; i < sim->effects.count; i++)
        sim->effects.items[i].to = (struct address){ADDRESS_ORDER, slot};
    terminal_run_effects(sim);
}

struct open_case {
    bool unreadable; /* the case of an order that cannot be read is wanted, else another */
    char order_no[ORDER_NO_SIZE], case_no[ORDER_CASE_NO_SIZE + 8], part[16];
};

static bool take_case(void *context, const struct journal_case *row) {
    struct open_case *out = context;
    if ((row->reason == CASE_UNREADABLE) != out->unreadable)
        return true;
    snprintf(out->order_no, sizeof out->order_no, "%s", row->order_no);
    snprintf(out->case_no, sizeof out->case_no, "%s", row->case_no);
    snprintf(out->part, sizeof out->part, "%s", row->part);
    return false; /* the oldest */
}

/* As the program does: it hears when all cases of the order are decided. */
static void tell_of_decisions(struct sim *sim, const char *order_no) {
    struct journal_decisions decisions = {0};
    struct event event = {.kind = EVENT_CONTROL, .of.control.control = CONTROL_RESOLVED};
    int undecided = 0;
    if (journal_each_case(sim->journal, order_no, false, journal_add_decision, &decisions) !=
            JOURNAL_OK ||
        journal_count_undecided(sim->journal, &undecided) != JOURNAL_OK)
        return;
    memcpy(event.of.control.order_no, order_no, ORDER_NO_SIZE);
    event.of.control.kept = decisions.kept;
    if (!decisions.open)
        terminal_event(sim, event);
    event.of.control.control = CONTROL_DECIDED;
    if (undecided == 0)
        terminal_event(sim, event);
}

void terminal_resolve(struct sim *sim, int damaged) {
    const char *no = damaged >= 0 ? sim->damage.orders[damaged].no : NULL;
    struct open_case found = {.unreadable = no != NULL};
    if (!sim->running ||
        journal_each_case(sim->journal, no, true, take_case, &found) != JOURNAL_OK ||
        !found.order_no[0])
        return;
    enum resolution how = sim_chance(sim, 500) ? RESOLUTION_CREDITED : RESOLUTION_RETURNED;
    if (no != NULL)
        how = damage_decision(sim, no);
    enum journal_result result = journal_resolve(
        sim->journal, &(struct journal_decision){found.order_no, found.case_no, "the window",
                                                 "decided", how, terminal_now(sim).wall_ms, NULL});
    sim_trace(sim, "case %s is resolved as %s: %d", found.case_no, resolution_name(how),
              (int)result);
    if (result != JOURNAL_OK)
        return;
    sim->resolved++;
    durable_note_decided(sim, found.order_no, found.part, how == RESOLUTION_CREDITED);
    if (no != NULL)
        damage_note_decided(sim, no, how == RESOLUTION_CREDITED);
    tell_of_decisions(sim, found.order_no);
    if (no != NULL)
        damage_check_told(sim);
}
