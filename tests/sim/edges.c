/* Every boundary of every flow, enumerated: a flow is one visit that always goes the same way; a
 * boundary is where it gives something to the journal, sends or hears. Each is played once with
 * each fault, and nothing else goes wrong. In a long wait the same is asked over and over: there
 * only its beginning and its end are played, unless --every wants all of it. */
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/sim/sim.h"

#define FULL_MS 60000
#define PLAYS_MAX 8192 /* of one flow */
#define BOUNDARIES_MAX (PLAYS_MAX / EDGE_FAULT_COUNT)
#define WAIT_ENDS 6 /* boundaries of a wait that are played at each end: a few questions */

/* clang-format off */
static const struct flow flows[] = {
    {.name = "bill", .channel = CHANNEL_WECHAT, .bills = 1, .pays_ms = 3000},
    {.name = "bills", .channel = CHANNEL_ALIPAY, .bills = 3, .pays_ms = 3000},
    {.name = "bill_by_phone", .channel = CHANNEL_PHONE, .bills = 1, .pays_ms = 3000},
    {.name = "bill_by_card", .channel = CHANNEL_CARD, .bills = 1},
    {.name = "bills_by_card_refused", .channel = CHANNEL_CARD, .bills = 2, .his_refuses = true},
    {.name = "deposit_by_card_given_back", .channel = CHANNEL_CARD, .card = 2, .give_back_permille = 1000},
    {.name = "bill_refused", .channel = CHANNEL_WECHAT, .bills = 2, .pays_ms = 3000, .his_refuses = true},
    {.name = "bill_by_window", .channel = CHANNEL_WECHAT, .bills = 2, .pays_ms = 4000, .window_ms = 9000},
    {.name = "only_bill_by_window", .channel = CHANNEL_WECHAT, .bills = 1, .pays_ms = 4000, .window_ms = 9000},
    {.name = "bill_by_other_kiosk", .channel = CHANNEL_WECHAT, .bills = 1, .pays_ms = 4000, .other_ms = 17000},
    {.name = "bill_by_other_kiosk_and_back", .channel = CHANNEL_WECHAT, .bills = 1, .pays_ms = 4000, .other_ms = 19500, .other_back_ms = 240000, .again_ms = 420000},
    {.name = "bill_given_back", .channel = CHANNEL_WECHAT, .bills = 2, .pays_ms = 3000, .give_back_permille = 1000},
    {.name = "bill_of_visits", .channel = CHANNEL_WECHAT, .bills = 2, .pays_ms = 3000, .by_visit = true},
    {.name = "bill_of_visits_odd", .channel = CHANNEL_WECHAT, .bills = 1, .pays_ms = 3000, .by_visit = true, .his_odd = true},
    {.name = "bills_renumbered", .channel = CHANNEL_WECHAT, .bills = 3, .pays_ms = 3000, .renumbers = true},
    {.name = "bills_looked_at", .channel = CHANNEL_WECHAT, .bills = 2, .pays_ms = 3000, .renumbers = true, .looked_at = true},
    {.name = "bill_of_visits_by_other_kiosk", .channel = CHANNEL_WECHAT, .bills = 2, .pays_ms = 4000, .by_visit = true, .other_ms = 14000},
    {.name = "bill_of_visits_lags", .channel = CHANNEL_WECHAT, .bills = 1, .pays_ms = 3000, .by_visit = true, .lags = true},
    {.name = "bill_kept", .channel = CHANNEL_WECHAT, .bills = 1, .pays_ms = 3000, .give_back_permille = 1000, .uncredit_refused = true},
    {.name = "bill_not_returned", .channel = CHANNEL_WECHAT, .bills = 1, .pays_ms = 3000, .his_refuses = true, .refund_refused = true},
    {.name = "bill_unknown_to_his", .channel = CHANNEL_WECHAT, .bills = 1, .pays_ms = 3000, .his_odd = true},
    {.name = "cancelled", .channel = CHANNEL_WECHAT, .bills = 1, .cancel_ms = 5000},
    {.name = "cancelled_then_paid", .channel = CHANNEL_WECHAT, .bills = 1, .cancel_ms = 5000, .pays_ms = 20000, .returns_itself = true},
    {.name = "cancelled_while_paid", .channel = CHANNEL_WECHAT, .bills = 1, .cancel_ms = 5000, .pays_ms = 5015},
    {.name = "expired", .channel = CHANNEL_WECHAT, .bills = 1},
    {.name = "paid_too_late", .channel = CHANNEL_WECHAT, .bills = 1, .pays_ms = 230000, .returns_itself = true},
    {.name = "paid_too_late_we_return", .channel = CHANNEL_WECHAT, .bills = 1, .pays_ms = 230000},
    {.name = "paid_too_late_refused", .channel = CHANNEL_WECHAT, .bills = 1, .pays_ms = 230000, .refund_refused = true},
    {.name = "paid_another_amount", .channel = CHANNEL_WECHAT, .bills = 1, .pays_ms = 3000, .other_amount = true},
    {.name = "deposit", .channel = CHANNEL_WECHAT, .card = 2, .pays_ms = 3000},
    {.name = "deposit_by_phone", .channel = CHANNEL_PHONE, .card = 2, .pays_ms = 3000},
    {.name = "deposit_refused", .channel = CHANNEL_WECHAT, .card = 2, .pays_ms = 3000, .his_refuses = true},
    {.name = "deposit_unknown_to_his", .channel = CHANNEL_WECHAT, .card = 2, .pays_ms = 3000, .his_odd = true},
    {.name = "deposit_given_back", .channel = CHANNEL_UNIONPAY, .card = 2, .pays_ms = 3000, .give_back_permille = 1000},
    {.name = "deposit_part_given_back", .channel = CHANNEL_WECHAT, .card = 2, .pays_ms = 3000, .give_back_permille = 300},
    {.name = "deposit_taken_not_returned", .channel = CHANNEL_WECHAT, .card = 2, .pays_ms = 3000, .give_back_permille = 1000, .refund_refused = true},
    {.name = "insured", .channel = CHANNEL_INSURANCE, .bills = 1, .pays_ms = 3000},
    {.name = "insured_left", .channel = CHANNEL_INSURANCE, .bills = 1, .cancel_ms = 5000},
    {.name = "insured_left_then_paid", .channel = CHANNEL_INSURANCE, .bills = 1, .cancel_ms = 5000, .pays_ms = 20000},
    {.name = "insured_left_while_paid", .channel = CHANNEL_INSURANCE, .bills = 1, .cancel_ms = 5000, .pays_ms = 4990},
    {.name = "insured_expired", .channel = CHANNEL_INSURANCE, .bills = 1},
    {.name = "insured_paid_as_it_expires", .channel = CHANNEL_INSURANCE, .bills = 1, .pays_ms = 170000},
    {.name = "insured_settles_late", .channel = CHANNEL_INSURANCE, .bills = 1, .pays_ms = 3000, .centre = FLOW_SETTLES_LATE},
    {.name = "insured_left_settles_late", .channel = CHANNEL_INSURANCE, .bills = 1, .cancel_ms = 5000, .pays_ms = 4900, .centre = FLOW_SETTLES_LATE},
    {.name = "insured_own_zero", .channel = CHANNEL_INSURANCE, .bills = 1, .pays_ms = 3000, .centre = FLOW_OWN_ZERO},
    {.name = "insured_own_zero_given_back", .channel = CHANNEL_INSURANCE, .bills = 1, .pays_ms = 3000, .centre = FLOW_OWN_ZERO, .give_back_permille = 1000},
    {.name = "insured_own_only", .channel = CHANNEL_INSURANCE, .bills = 1, .pays_ms = 3000, .centre = FLOW_OWN_ONLY},
    {.name = "insured_own_only_given_back", .channel = CHANNEL_INSURANCE, .bills = 1, .pays_ms = 3000, .centre = FLOW_OWN_ONLY, .give_back_permille = 1000},
    {.name = "insured_refused", .channel = CHANNEL_INSURANCE, .bills = 1, .pays_ms = 3000, .his_refuses = true},
    {.name = "insured_stranded", .channel = CHANNEL_INSURANCE, .bills = 1, .pays_ms = 3000, .centre = FLOW_STRANDS},
    {.name = "insured_stranded_returns_itself", .channel = CHANNEL_INSURANCE, .bills = 1, .pays_ms = 3000, .centre = FLOW_STRANDS, .returns_itself = true},
    {.name = "insured_stranded_not_returned", .channel = CHANNEL_INSURANCE, .bills = 1, .pays_ms = 3000, .centre = FLOW_STRANDS, .refund_refused = true},
    {.name = "insured_own_only_stranded", .channel = CHANNEL_INSURANCE, .bills = 1, .pays_ms = 3000, .centre = FLOW_STRANDS_WHOLE},
    {.name = "insured_contradicts", .channel = CHANNEL_INSURANCE, .bills = 1, .pays_ms = 3000, .centre = FLOW_CONTRADICTS},
    {.name = "insured_left_contradicts", .channel = CHANNEL_INSURANCE, .bills = 1, .cancel_ms = 5000, .pays_ms = 4990, .centre = FLOW_CONTRADICTS},
    {.name = "insured_given_back", .channel = CHANNEL_INSURANCE, .bills = 1, .pays_ms = 3000, .give_back_permille = 1000},
    {.name = "insured_own_given_back", .channel = CHANNEL_INSURANCE, .bills = 1, .pays_ms = 3000, .give_back_permille = 333},
    {.name = "insured_kept", .channel = CHANNEL_INSURANCE, .bills = 1, .pays_ms = 3000, .give_back_permille = 1000, .uncredit_refused = true},
    {.name = "insured_not_returned", .channel = CHANNEL_INSURANCE, .bills = 1, .pays_ms = 3000, .give_back_permille = 1000, .refund_refused = true},
    {.name = "pushed", .channel = CHANNEL_INSURANCE, .pushed = true, .bills = 1, .pays_ms = 3000},
    {.name = "pushed_left", .channel = CHANNEL_INSURANCE, .pushed = true, .bills = 1, .cancel_ms = 5000},
    {.name = "pushed_left_then_paid", .channel = CHANNEL_INSURANCE, .pushed = true, .bills = 1, .cancel_ms = 5000, .pays_ms = 400000},
    {.name = "pushed_settles_late", .channel = CHANNEL_INSURANCE, .pushed = true, .bills = 2, .cancel_ms = 8000, .pays_ms = 3000, .centre = FLOW_SETTLES_LATE},
    {.name = "pushed_by_window", .channel = CHANNEL_INSURANCE, .pushed = true, .bills = 1, .window_ms = 30000},
    {.name = "pushed_by_other_kiosk", .channel = CHANNEL_INSURANCE, .pushed = true, .bills = 1, .cancel_ms = 5000, .other_ms = 22000, .other_back_ms = 240000, .again_ms = 420000},
    {.name = "pushed_renumbered", .channel = CHANNEL_INSURANCE, .pushed = true, .bills = 1, .cancel_ms = 8000, .pays_ms = 3000, .renumbers = true},
    {.name = "pushed_given_back", .channel = CHANNEL_INSURANCE, .pushed = true, .bills = 1, .pays_ms = 3000, .names = true, .give_back_permille = 1000},
    {.name = "pushed_kept", .channel = CHANNEL_INSURANCE, .pushed = true, .bills = 1, .pays_ms = 3000, .names = true, .give_back_permille = 1000, .uncredit_refused = true},
    {.name = "pushed_not_returned", .channel = CHANNEL_INSURANCE, .pushed = true, .bills = 1, .pays_ms = 3000, .names = true, .give_back_permille = 1000, .refund_refused = true},
    {.name = "uploaded_pushed", .channel = CHANNEL_INSURANCE, .pushed = true, .uploads = true, .bills = 1, .pays_ms = 3000},
    {.name = "uploaded_pushed_left", .channel = CHANNEL_INSURANCE, .pushed = true, .uploads = true, .bills = 1, .cancel_ms = 5000},
    {.name = "uploaded_pushed_settles_late", .channel = CHANNEL_INSURANCE, .pushed = true, .uploads = true, .bills = 1, .cancel_ms = 8000, .pays_ms = 3000, .centre = FLOW_SETTLES_LATE},
    {.name = "uploaded_pushed_by_window", .channel = CHANNEL_INSURANCE, .pushed = true, .uploads = true, .bills = 1, .window_ms = 30000},
    {.name = "uploaded_pushed_stranded", .channel = CHANNEL_INSURANCE, .pushed = true, .uploads = true, .bills = 1, .pays_ms = 3000, .centre = FLOW_STRANDS},
    {.name = "uploaded_given_back", .channel = CHANNEL_INSURANCE, .pushed = true, .uploads = true, .bills = 1, .pays_ms = 3000, .names = true, .give_back_permille = 1000},
    {.name = "uploaded_own_given_back", .channel = CHANNEL_INSURANCE, .pushed = true, .uploads = true, .bills = 1, .pays_ms = 3000, .names = true, .give_back_permille = 333},
    {.name = "uploaded_not_returned", .channel = CHANNEL_INSURANCE, .pushed = true, .uploads = true, .bills = 1, .pays_ms = 3000, .names = true, .give_back_permille = 1000, .refund_refused = true},
    {.name = "own_part", .channel = CHANNEL_INSURANCE, .own_here = true, .bills = 1, .pays_ms = 3000, .own_pays_ms = 3000},
    {.name = "own_part_not_chosen", .channel = CHANNEL_INSURANCE, .own_here = true, .bills = 1, .pays_ms = 3000, .own_waits = true},
    {.name = "own_part_left", .channel = CHANNEL_INSURANCE, .own_here = true, .bills = 1, .pays_ms = 3000, .own_cancel_ms = 5000},
    {.name = "own_part_left_then_paid", .channel = CHANNEL_INSURANCE, .own_here = true, .bills = 1, .pays_ms = 3000, .own_cancel_ms = 5000, .own_pays_ms = 20000},
    {.name = "own_part_expired", .channel = CHANNEL_INSURANCE, .own_here = true, .bills = 1, .pays_ms = 3000},
    {.name = "own_part_zero", .channel = CHANNEL_INSURANCE, .own_here = true, .bills = 1, .pays_ms = 3000, .centre = FLOW_OWN_ZERO},
    {.name = "own_part_only_left", .channel = CHANNEL_INSURANCE, .own_here = true, .bills = 1, .pays_ms = 3000, .centre = FLOW_OWN_ONLY, .own_cancel_ms = 5000},
    {.name = "own_part_only_given_back", .channel = CHANNEL_INSURANCE, .own_here = true, .bills = 1, .pays_ms = 3000, .centre = FLOW_OWN_ONLY, .own_pays_ms = 3000, .give_back_permille = 1000},
    {.name = "own_part_taken", .channel = CHANNEL_INSURANCE, .own_here = true, .bills = 1, .pays_ms = 3000, .centre = FLOW_TAKES_ALL},
    {.name = "own_part_refused", .channel = CHANNEL_INSURANCE, .own_here = true, .bills = 1, .pays_ms = 3000, .own_pays_ms = 3000, .his_refuses = true},
    {.name = "own_part_not_returned", .channel = CHANNEL_INSURANCE, .own_here = true, .bills = 1, .pays_ms = 3000, .own_cancel_ms = 5000, .refund_refused = true},
    {.name = "own_part_given_back", .channel = CHANNEL_INSURANCE, .own_here = true, .bills = 1, .pays_ms = 3000, .own_pays_ms = 3000, .give_back_permille = 1000},
    {.name = "own_part_kept", .channel = CHANNEL_INSURANCE, .own_here = true, .bills = 1, .pays_ms = 3000, .own_pays_ms = 3000, .give_back_permille = 1000, .uncredit_refused = true},
    {.name = "own_part_by_window", .channel = CHANNEL_INSURANCE, .own_here = true, .bills = 1, .pays_ms = 3000, .own_pays_ms = 3000, .window_ms = 23000},
    {.name = "insured_renumbered", .channel = CHANNEL_INSURANCE, .bills = 1, .pays_ms = 3000, .renumbers = true},
};
/* clang-format on */

#define FLOW_COUNT ((int)(sizeof flows / sizeof flows[0]))

static const char *const fault_words[EDGE_FAULT_COUNT] = {
    [EDGE_NONE] = "none",           [EDGE_KILL] = "kill",           [EDGE_KILL_AGAIN_1] = "kill_1",
    [EDGE_KILL_AGAIN_2] = "kill_2", [EDGE_KILL_AGAIN_3] = "kill_3", [EDGE_POWER] = "power",
    [EDGE_TORN] = "torn",           [EDGE_FULL] = "full",           [EDGE_LOST] = "lost",
    [EDGE_TWICE] = "twice",         [EDGE_LATE] = "late",
};

/* What stood at each boundary of a flow that nothing went wrong in: every state, and the screen. */
static uint64_t stood_at[BOUNDARIES_MAX + 1];

static uint64_t standing_of(const struct sim *sim) {
    uint64_t sum = sim_digest(1, (uint64_t)sim->core.session.screen);
    for (int n = 0; n < ORDERS_MAX; n++) {
        const struct order *order = &sim->core.book.orders[n];
        if (!order->run.used)
            continue;
        for (int i = 0; i < order->leg_count; i++)
            sum = sim_digest(sum, (uint64_t)order->legs[i].state);
        for (int i = 0; i < order->claim_count; i++)
            sum = sim_digest(sum, (uint64_t)order->claims[i].state);
        for (int i = 0; i < order->refund_count; i++)
            sum = sim_digest(sum, (uint64_t)order->refunds[i].state);
    }
    return sum;
}

static bool is_in_a_long_wait(int64_t at, int64_t boundaries) {
    if (at <= WAIT_ENDS || at + WAIT_ENDS > boundaries)
        return false;
    for (int64_t i = at - WAIT_ENDS; i <= at + WAIT_ENDS; i++)
        if (stood_at[i] != stood_at[at])
            return false;
    return true;
}

/* The fault for this boundary; a second kill follows so many boundaries after the first. */
enum edge_fault edge_pass(struct sim *sim) {
    sim->edges_passed++;
    if (sim->edge.at == 0 && sim->edges_passed <= BOUNDARIES_MAX)
        stood_at[sim->edges_passed] = standing_of(sim);
    if (sim->edges_passed != sim->edge.at)
        return EDGE_NONE;
    sim_trace(sim, "boundary %lld: %s", (long long)sim->edge.at, fault_words[sim->edge.fault]);
    sim->faults_done++;
    switch (sim->edge.fault) {
    case EDGE_KILL_AGAIN_1:
    case EDGE_KILL_AGAIN_2:
    case EDGE_KILL_AGAIN_3:
        sim->edge.at += 1 + (int64_t)(sim->edge.fault - EDGE_KILL_AGAIN_1);
        sim->edge.fault = EDGE_KILL;
        return EDGE_KILL;
    case EDGE_FULL:
        sim->full_until_ms = sim->now_ms + FULL_MS;
        return EDGE_FULL;
    default:
        return sim->edge.fault;
    }
}

/* In one word, as it is given to --edge: FLOW:SEED:BOUNDARY:FAULT. */
static void name_edge(char *out, size_t size, const struct edge *edge) {
    snprintf(out, size, "%s:%llu:%lld:%s", edge->flow->name, (unsigned long long)edge->seed,
             (long long)edge->at, fault_words[edge->fault]);
}

bool edge_parse(const char *word, struct edge *out) {
    char flow[64], fault[16];
    unsigned long long seed;
    long long at;
    *out = (struct edge){0};
    if (sscanf(word, "%63[^:]:%llu:%lld:%15s", flow, &seed, &at, fault) != 4)
        return false;
    for (int i = 0; i < FLOW_COUNT; i++)
        if (strcmp(flows[i].name, flow) == 0)
            out->flow = &flows[i];
    for (int i = 0; i < EDGE_FAULT_COUNT; i++)
        if (strcmp(fault_words[i], fault) == 0)
            out->fault = (enum edge_fault)i;
    out->seed = seed;
    out->at = at;
    return out->flow != NULL;
}

/* What one process found of one flow. */
struct found {
    struct edge_totals totals;
    int64_t plays;
    uint64_t digests[PLAYS_MAX], outcomes[PLAYS_MAX];
};

static void play(struct sim *sim, const struct edge *edge, struct found *found) {
    char name[128];
    sim_run_edge(sim, edge);
    found->totals.orders += sim->orders;
    found->totals.combinations += edge->fault != EDGE_NONE;
    if (found->plays == PLAYS_MAX)
        abort();
    found->outcomes[found->plays] = sim->outcomes;
    found->digests[found->plays++] = sim->digest;
    if (!sim->failed)
        return;
    name_edge(name, sizeof name, edge);
    printf("--edge %s: %s\n", name, sim->failure);
    if (found->totals.failed++ > 0)
        return;
    sim->tracing = true;
    sim_run_edge(sim, edge);
    sim->tracing = false;
}

static void play_flow(struct sim *sim, const struct flow *flow, uint64_t seed, bool every,
                      struct found *found) {
    struct edge edge = {.flow = flow, .seed = seed};
    play(sim, &edge, found);
    int64_t boundaries = sim->edges_passed;
    if (boundaries > BOUNDARIES_MAX)
        abort();
    for (edge.at = 1; edge.at <= boundaries; edge.at++) {
        if (!every && is_in_a_long_wait(edge.at, boundaries))
            continue;
        found->totals.boundaries++;
        for (edge.fault = EDGE_KILL; edge.fault < EDGE_FAULT_COUNT; edge.fault++)
            play(sim, &edge, found);
    }
}

/* Shared by the processes that play: each takes the next flow that nobody has. */
struct stage {
    atomic_int next;
    struct found found[FLOW_COUNT];
};

/* In a process of its own. */
static void play_flows(struct sim *sim, const struct edges_wanted *wanted, struct stage *stage) {
    for (int i; (i = atomic_fetch_add(&stage->next, 1)) < FLOW_COUNT;)
        play_flow(sim, &flows[i], wanted->seed, wanted->every, &stage->found[i]);
    fflush(stdout);
    _exit(0);
}

/* False: one ended before its time. */
static bool play_in_processes(struct sim *sim, const struct edges_wanted *wanted,
                              struct stage *stage) {
    bool good = true;
    fflush(stdout);
    for (int i = 0; i < wanted->processes; i++) {
        pid_t process = fork();
        if (process == 0)
            play_flows(sim, wanted, stage);
        good = good && process > 0;
    }
    for (int status; wait(&status) > 0;)
        good = good && status == 0;
    return good;
}

static void add_found(struct edge_totals *totals, const struct found *found) {
    totals->orders += found->totals.orders;
    totals->combinations += found->totals.combinations;
    totals->boundaries += found->totals.boundaries;
    totals->failed += found->totals.failed;
    for (int64_t i = 0; i < found->plays; i++) {
        totals->digest = sim_digest(totals->digest, found->digests[i]);
        totals->outcomes = sim_digest(totals->outcomes, found->outcomes[i]);
    }
}

void edges_play(struct sim *sim, const struct edges_wanted *wanted, struct edge_totals *totals) {
    struct stage *stage =
        mmap(NULL, sizeof *stage, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (stage == MAP_FAILED)
        abort();
    if (!play_in_processes(sim, wanted, stage)) {
        printf("a process ended before its time\n");
        totals->failed++;
    }
    for (int i = 0; i < FLOW_COUNT; i++)
        add_found(totals, &stage->found[i]);
    totals->flows = FLOW_COUNT;
    munmap(stage, sizeof *stage);
}
