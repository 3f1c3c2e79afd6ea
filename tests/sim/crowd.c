/* A crowd of patients, and what the terminal makes of more obligations than it has slots: they live
 * in the journal with a time each, and are asked about in the order of their times. */
#include "tests/sim/crowd.h"

#include <string.h>

#include "tests/sim/sim.h"

#define CROWD_EVERY 150
#define MINUTE_MS INT64_C(60000)
#define HOUR_MS (60 * MINUTE_MS)
#define OVERDUE_MS (10 * MINUTE_MS)
#define SLACK_MS 3000
#define KEPT_MS MINUTE_MS /* who waits for longer gives its slot up */
#define CLOCK_SET_MS MINUTE_MS
#define LOST_MOST 40 /* of a thousand: else, of so many, a peer is always down */
#define KILLS_MOST 3 /* of a thousand effects: a crowd has very many */
#define SHORT_HOURS 1
#define FEW_MORE 50

static const char *const kind_words[CROWD_KINDS] = {
    [CROWD_LEAVES] = "who leave their codes unpaid",
    [CROWD_CASES] = "whose credits and refunds are refused",
    [CROWD_BOTH] = "who leave, or are refused",
    [CROWD_STUCK] = "of whose money nobody says where it is",
};

/* Out of a thousand crowds; how many come, and up to FEW_MORE more. */
static const struct {
    int permille, patients;
} kinds[CROWD_KINDS] = {
    [CROWD_LEAVES] = {350, 115},
    [CROWD_CASES] = {350, 160},
    [CROWD_BOTH] = {100, 220},
    [CROWD_STUCK] = {200, 160},
};

static uint64_t own_random(const struct sim *sim) {
    uint64_t random = sim->seed ^ UINT64_C(0x63726f7764);
    return random_next(&random);
}

static enum crowd_kind draw_kind(uint64_t random) {
    int number = (int)random_below(&random, 1000), kind = CROWD_NONE + 1;
    while (number >= kinds[kind].permille)
        number -= kinds[kind++].permille;
    return (enum crowd_kind)kind;
}

void crowd_begin(struct sim *sim) {
    bool every = sim->crowd.every;
    uint64_t random = own_random(sim);
    sim->crowd = (struct sim_crowd){.every = every};
    if (sim->edge.flow || sim->kill_at != 0 || (!every && random % CROWD_EVERY != 0))
        return;
    sim->crowd.kind = draw_kind(random);
    if (!sim_happens(sim, "there is a crowd of patients %s", kind_words[sim->crowd.kind]))
        sim->crowd.kind = CROWD_NONE;
}

static void choose_faults(struct sim *sim, uint64_t *random) {
    struct sim_faults *faults = &sim->faults;
    struct sim_crowd *crowd = &sim->crowd;
    bool refused = crowd->kind != CROWD_LEAVES;
    faults->kill = faults->kill > KILLS_MOST ? KILLS_MOST : faults->kill;
    faults->lose_request = faults->lose_request > LOST_MOST ? LOST_MOST : faults->lose_request;
    crowd->leaves = crowd->kind == CROWD_LEAVES ? 900 : crowd->kind == CROWD_BOTH ? 500 : 0;
    crowd->silent_his = crowd->kind == CROWD_STUCK && random_permille(random, 400);
    if (refused && !crowd->silent_his)
        faults->his_refuses = 970;
    if (refused && crowd->kind != CROWD_STUCK)
        faults->refund_refused = 970;
    if (crowd->kind != CROWD_STUCK)
        return;
    crowd->silent_ms[0] = SIM_EPOCH_MS + random_below(random, 4 * MINUTE_MS);
    crowd->silent_ms[1] = crowd->silent_ms[0] + (20 + random_below(random, 7)) * MINUTE_MS;
}

/* A bill or two for everybody who is no inpatient. */
static void open_bills(struct sim *sim, uint64_t *random) {
    for (int card = SIM_CARDS; card < SIM_CARDS_MAX; card++)
        for (int i = 0; !sim_is_inpatient(card) && i < 1 + (int)random_below(random, 2); i++)
            his_add_bill(sim, card, 1 + random_below(random, 50000));
}

void crowd_open(struct sim *sim) {
    uint64_t random = own_random(sim);
    if (sim->crowd.kind == CROWD_NONE)
        return;
    choose_faults(sim, &random);
    open_bills(sim, &random);
    sim->crowd.until_ms = SIM_EPOCH_MS + (40 + random_below(&random, 35)) * MINUTE_MS;
    sim->faults_last = false;
    /* The shorter, the fewer equal questions. */
    if (!sim->onepay && !sim->mmpc && !sim->amp && random_permille(&random, 750))
        sim->late_hours = SHORT_HOURS;
    else if (!sim->uploads)
        sim->late_hours = 6;
    sim->visits_left = kinds[sim->crowd.kind].patients + (int)random_below(&random, FEW_MORE);
    sim->monkey = false;
    int people = random_permille(&random, 400) ? 12 : 2;
    for (int i = 0; i < people; i++) {
        sim_after(sim, random_below(&random, HOUR_MS), HAPPEN_STAFF, 0);
        sim_after(sim, random_below(&random, HOUR_MS), HAPPEN_GIVE_BACK, -1);
    }
}

bool crowd_keeps_clock(const struct sim *sim) {
    return sim->crowd.kind != CROWD_NONE && sim->late_hours == SHORT_HOURS;
}

bool crowd_lasts(const struct sim *sim) {
    return sim->crowd.kind != CROWD_NONE && sim->now_ms < sim->crowd.until_ms;
}

/* All of it within the late window: longer than that nobody could find out anything. */
int64_t crowd_safety_ms(const struct sim *sim, int64_t safety_ms) {
    return sim->crowd.kind == CROWD_NONE ? safety_ms : sim->crowd.until_ms - SIM_EPOCH_MS;
}

/* Some come again and again. */
int crowd_card(struct sim *sim) {
    if (sim_chance(sim, 200))
        return (int)sim_between(sim, 0, SIM_CARDS - 1);
    return SIM_CARDS + sim->crowd.came++ % (SIM_CARDS_MAX - SIM_CARDS);
}

bool crowd_leaves(struct sim *sim, int payment) {
    if (sim->crowd.kind == CROWD_NONE || payment < 0 || !sim_chance(sim, sim->crowd.leaves))
        return false;
    if (sim_chance(sim, 300))
        sim_after(sim, sim_between(sim, 30000, 2 * SHORT_HOURS * HOUR_MS / 3), HAPPEN_PHONE,
                  payment);
    return true;
}

int64_t crowd_pause_ms(struct sim *sim) {
    bool over = sim->visits_left == 0 && sim->core.session.screen == SCREEN_WELCOME;
    return over ? MINUTE_MS : sim_between(sim, 300, 1200);
}

bool crowd_is_silent(const struct sim *sim, enum verb verb) {
    const struct sim_crowd *crowd = &sim->crowd;
    bool credit = verb == VERB_CREDIT || verb == VERB_ASK_CREDIT || verb == VERB_PROBE_CREDIT;
    bool refund = verb == VERB_REFUND || verb == VERB_ASK_REFUND;
    return crowd->kind == CROWD_STUCK && sim->now_ms >= crowd->silent_ms[0] &&
           sim->now_ms < crowd->silent_ms[1] && (crowd->silent_his ? credit : refund);
}

/* ---- the terminal is watched ---- */
void crowd_note_start(struct sim *sim) {
    sim->crowd.all_due_ms = sim->now_ms;
    sim->crowd.wall_offset_ms = sim->wall_offset_ms;
}

void crowd_note_order(struct sim *sim, int durable) {
    struct sim_crowd *crowd = &sim->crowd;
    struct crowd_order *known = &crowd->orders[durable];
    const struct order *order = &sim->durable[durable].order;
    enum leg_state leg = order->legs[0].state;
    if (crowd->kind == CROWD_NONE)
        return;
    crowd->watched -= known->watched;
    crowd->cases -= known->in_case;
    known->settled = order_settled(order);
    known->watched =
        !known->settled && (leg == LEG_CLOSED || leg == LEG_PAID_AFTER_CLOSE || leg == LEG_PUSHED);
    known->in_case = order_has_case(order) && sim->durable[durable].given_up == 0 &&
                     sim->durable[durable].booked == 0;
    crowd->watched += known->watched;
    crowd->cases += known->in_case;
    if (crowd->watched > crowd->most_watched)
        crowd->most_watched = crowd->watched;
    if (crowd->cases > crowd->most_cases)
        crowd->most_cases = crowd->cases;
}

static int index_of_order(const struct sim *sim, const char *no) {
    for (int i = 0; i < sim->durable_count; i++)
        if (strcmp(sim->durable_nos[i], no) == 0)
            return i;
    return -1;
}

void crowd_note_set_aside(struct sim *sim, const char *no, const int64_t *due_ms) {
    int i = index_of_order(sim, no);
    if (sim->crowd.kind == CROWD_NONE || i < 0)
        return;
    sim->crowd.orders[i].aside_ms = sim->now_ms;
    if (due_ms != NULL)
        sim->crowd.orders[i].due_ms = *due_ms;
}

/* Of the journal's open orders those that the asker does not have. */
static void mark_known(const struct sim *sim, const struct journal_due_ask *ask,
                       bool known[SIM_PAYMENTS_MAX]) {
    for (int i = 0; i < sim->durable_count; i++)
        known[i] = sim->crowd.orders[i].settled;
    for (int i = 0; i < ask->known_count; i++) {
        int durable = index_of_order(sim, ask->known[i]);
        if (durable >= 0)
            known[durable] = true;
    }
}

/* A write that was cut off by a loss of power may stand: then the journal knows better. */
static bool is_open(struct sim *sim, int i) {
    static struct order order;
    struct crowd_order *known = &sim->crowd.orders[i];
    if (!known->settled)
        known->settled = journal_load(sim->journal, sim->durable_nos[i], &order) == JOURNAL_OK &&
                         order_settled(&order);
    return !known->settled;
}

void crowd_check_fetched(struct sim *sim, const struct journal_due_ask *ask,
                         const struct due_order *due) {
    struct sim_crowd *crowd = &sim->crowd;
    bool known[SIM_PAYMENTS_MAX];
    if (crowd->kind == CROWD_NONE)
        return;
    for (int i = 0; ask->all && i < sim->durable_count; i++)
        crowd->orders[i].due_ms = 0;
    mark_known(sim, ask, known);
    int found = due->found ? index_of_order(sim, due->order.no) : -1;
    if (due->found && found < 0)
        return; /* a first write that was cut off and stands: since when it is due nobody knows */
    for (int i = 0; i < sim->durable_count; i++) {
        int64_t due_ms = crowd->orders[i].due_ms;
        bool wrong = (found >= 0 && due_ms < crowd->orders[found].due_ms) ||
                     (found < 0 && due_ms <= ask->wall_ms) || due_ms < due->next_ms;
        if (known[i] || i == found || !wrong || !is_open(sim, i))
            continue;
        if (found >= 0 && due_ms < crowd->orders[found].due_ms)
            sim_fail(sim, "%s is fetched, and %s has been due for longer", due->order.no,
                     sim->durable_nos[i]);
        else if (found < 0 && due_ms <= ask->wall_ms)
            sim_fail(sim, "%s is due, and nothing is fetched", sim->durable_nos[i]);
        else
            sim_fail(sim, "%s is due next, and is not told of", sim->durable_nos[i]);
    }
}

/* How long the one has been due, and has no slot, that waits longest. Who gives a slot up in this
 * very step still stands in it. */
static int64_t look_overdue(const struct sim *sim, int *longest) {
    const struct sim_crowd *crowd = &sim->crowd;
    bool known[SIM_PAYMENTS_MAX] = {false};
    int64_t most_ms = 0;
    for (int i = 0; i < ORDERS_MAX; i++) {
        const struct order *order = &sim->core.book.orders[i];
        int durable = order->no[0] != '\0' ? index_of_order(sim, order->no) : -1;
        if (durable >= 0)
            known[durable] = true;
    }
    for (int i = 0; i < sim->durable_count; i++) {
        int64_t due_ms = crowd->orders[i].due_ms - sim->wall_offset_ms;
        if (due_ms < crowd->all_due_ms)
            due_ms = crowd->all_due_ms;
        if (due_ms < crowd->orders[i].aside_ms)
            due_ms = crowd->orders[i].aside_ms;
        if (known[i] || crowd->orders[i].settled || sim->now_ms - due_ms <= most_ms)
            continue;
        most_ms = sim->now_ms - due_ms;
        *longest = i;
    }
    return most_ms;
}

static bool clock_was_set(const struct sim *sim) {
    int64_t moved_ms = sim->wall_offset_ms - sim->crowd.wall_offset_ms;
    return moved_ms <= -CLOCK_SET_MS || moved_ms >= CLOCK_SET_MS;
}

static int64_t overdue_ms(struct sim *sim, int *longest) {
    if (clock_was_set(sim)) /* and it does not know that yet */
        return 0;
    int64_t most_ms = look_overdue(sim, longest);
    while (most_ms > OVERDUE_MS && !is_open(sim, *longest))
        most_ms = look_overdue(sim, longest);
    return most_ms;
}

/* The terminal looks at its clock when it ticks. */
void crowd_before_event(struct sim *sim, bool tick) {
    struct sim_crowd *crowd = &sim->crowd;
    if (crowd->kind == CROWD_NONE)
        return;
    if (tick && clock_was_set(sim)) {
        crowd->all_due_ms = sim->now_ms;
        crowd->wall_offset_ms = sim->wall_offset_ms;
        for (int i = 0; i < sim->durable_count; i++)
            crowd->orders[i].due_ms = 0;
    }
    crowd->used = 0;
    for (int i = 0; i < ORDERS_MAX; i++)
        crowd->used += sim->core.book.orders[i].run.used;
}

/* A payment that is only watched for what may come yet. */
static bool only_watched(const struct order *order) {
    return order->run.used && order->leg_count == 1 && order->refund_count == 0 &&
           order->legs[0].state == LEG_CLOSED && order->run.durable_wait == 0 &&
           order->run.leg[0].request == 0 && order->claims[0].state == CLAIM_VOID;
}

static void check_slots(struct sim *sim) {
    int64_t now_ms = terminal_now(sim).mono_ms;
    for (int i = 0; i < ORDERS_MAX && sim->effects.count < EFFECTS_MAX; i++) {
        const struct order *order = &sim->core.book.orders[i];
        if (i != sim->core.session.payment.slot && only_watched(order) && !order_finished(order) &&
            order_deadline(order) >= now_ms + KEPT_MS)
            sim_fail(sim, "%s only waits, and keeps a slot", order->no);
    }
}

static void check_opened(struct sim *sim) {
    int longest = 0;
    for (int i = 0; i < sim->effects.count; i++) {
        const struct effect *effect = &sim->effects.items[i];
        if (effect->kind != EFFECT_PERSIST ||
            sim->effects.notes[effect->of.persist.first].note != NOTE_OPENED)
            continue;
        int64_t waits_ms = overdue_ms(sim, &longest);
        if (waits_ms > OVERDUE_MS + SLACK_MS)
            sim_fail(sim, "%s is sold, and %s has waited %lld ms for a slot",
                     sim->core.book.orders[effect->to.index].no, sim->durable_nos[longest],
                     (long long)waits_ms);
    }
}

static bool logs_full(const struct effect *effect) {
    return effect->kind == EFFECT_LOG && effect->of.log.word == LOG_ORDERS_FULL;
}

static bool tells_caller_full(const struct effect *effect) {
    return effect->kind == EFFECT_CALL && effect->number != 0 &&
           effect->of.call.refusal == CALL_FULL;
}

static bool has_effect(const struct sim *sim, bool (*is_it)(const struct effect *)) {
    for (int i = 0; i < sim->effects.count; i++)
        if (is_it(&sim->effects.items[i]))
            return true;
    return false;
}

static void check_refused(struct sim *sim) {
    int longest = 0;
    sim->crowd.refused++;
    if (sim->crowd.used < ORDERS_MAX && overdue_ms(sim, &longest) < OVERDUE_MS - SLACK_MS)
        sim_fail(sim, "nobody can pay, and there are slots, and nothing has waited for long");
}

/* What is unknown has a question's slot until its deadline; then the next have it. A payment whose
 * close is refused, and of which nobody knows anything, is asked about for twice as long. */
static int64_t longest_wait_ms(const struct sim *sim) {
    int open = 0;
    for (int i = 0; i < sim->durable_count; i++)
        open += !sim->crowd.orders[i].settled;
    const struct limits *limits = &sim->core.setup.limits;
    return (1 + open / FETCHED_MAX) * (2 * limits->credit_deadline_ms + OVERDUE_MS);
}

void crowd_after_event(struct sim *sim, enum notice before) {
    enum notice notice = sim->core.session.notice;
    int longest = 0;
    if (sim->crowd.kind == CROWD_NONE)
        return;
    check_slots(sim);
    check_opened(sim);
    bool called = has_effect(sim, tells_caller_full);
    bool full = called || has_effect(sim, logs_full);
    if (full || (notice == NOTICE_FULL && before != NOTICE_FULL))
        check_refused(sim);
    if (full && !called && notice != NOTICE_FULL && sim->core.session.screen != SCREEN_WELCOME)
        sim_fail(sim, "somebody cannot pay, and is not told why");
    if (sim->now_ms - sim->crowd.looked_ms < MINUTE_MS)
        return;
    sim->crowd.looked_ms = sim->now_ms;
    if (overdue_ms(sim, &longest) > longest_wait_ms(sim))
        sim_fail(sim, "%s waits in vain", sim->durable_nos[longest]);
}
