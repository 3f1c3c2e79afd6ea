/* The life and death of the simulated terminal. What was given to the journal and not committed
 * dies with it; what left on the wire does not. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/sim/pinpad.h"
#include "tests/sim/request.h"
#include "tests/sim/sim.h"

#define JOURNAL_PATH "kiosk.db"
#define VFS_NAME "sim"
#define HOUR_MS INT64_C(3600000)
#define PROOF_MS (12 * HOUR_MS)

struct now terminal_now(const struct sim *sim) {
    return (struct now){sim->now_ms + sim->wall_offset_ms, sim->now_ms - sim->boot_ms + 1000};
}

int64_t terminal_late_window_ms(const struct sim *sim) {
    if (sim->faults_last)
        return HOUR_MS / 3;
    return sim->edge.flow ? 6 * HOUR_MS : sim->late_hours * HOUR_MS;
}

int64_t terminal_clock_error_ms(const struct sim *sim) {
    return sim->faults_last || sim->edge.flow || crowd_keeps_clock(sim)
               ? terminal_late_window_ms(sim) / 6
               : 5 * HOUR_MS;
}

int64_t terminal_deadline(const struct sim *sim) {
    if (!sim->running)
        return INT64_MAX;
    int64_t deadline = core_deadline(&sim->core);
    return deadline == INT64_MAX ? deadline : deadline - 1000 + sim->boot_ms;
}

static void plug_in(struct sim *sim, enum device_role role) {
    terminal_event(
        sim,
        (struct event){.kind = EVENT_DEVICE,
                       .of.device = {.role = role, .device = DEVICE_READY, .supply = SUPPLY_OK}});
}

/* One that stands for both of a desk. */
static void greet_sim_pinpad(struct sim *sim, bool second) {
    struct event event = {.kind = EVENT_PINPAD, .of.pinpad.second = second};
    event.of.pinpad.known.ahead_ms = sim->now_ms - terminal_now(sim).mono_ms;
    memcpy(event.of.pinpad.known.terminal, PINPAD_TERMINAL, sizeof PINPAD_TERMINAL);
    terminal_event(sim, event);
}

/* Journals that are kept are those of many terminals. */
static enum journal_result open_journal_of(struct sim *sim) {
    char terminal_id[24] = "SIM";
    if (sim->journals)
        snprintf(terminal_id, sizeof terminal_id, "SIM%06llu", (unsigned long long)sim->seed);
    struct journal_options options = {
        .path = JOURNAL_PATH, .terminal_id = terminal_id, .vfs = VFS_NAME};
    return journal_open(&options, &sim->journal);
}

/* Made once: it would be a tenth of the work of a world, and a third of the short ones' of --edges.
 */
void terminal_lay_disk(struct sim *sim) {
    if (!sim->kept || sim->journals) {
        vfs_reset(sim->vfs, sim->journals ? sim->seed : 0);
        if (open_journal_of(sim) != JOURNAL_OK)
            abort();
        vfs_keep(sim->vfs);
        journal_close(sim->journal);
        sim->kept = true;
    }
    vfs_recall(sim->vfs, sim->seed);
}

/* As the shell does. */
static enum journal_result read_found(struct journal *journal, enum settle_result *out) {
    int64_t visit_ms = 0, order_ms = 0;
    enum journal_result result = journal_found(journal, JOURNAL_FOUND_BY_VISIT, &visit_ms);
    if (result == JOURNAL_OK)
        result = journal_found(journal, JOURNAL_FOUND_BY_ORDER, &order_ms);
    *out = visit_ms != 0   ? SETTLE_RESULT_VISIT
           : order_ms != 0 ? SETTLE_RESULT_ORDER
                           : SETTLE_RESULT_AUTO;
    return result;
}

void terminal_start(struct sim *sim) {
    struct core_setup setup = {.policy = policy_default(),
                               .limits = limits_default(),
                               .number_mark = TERMINAL_MARK,
                               .journal_ok = true,
                               .code_rule_count = 3,
                               .code_rules = {{IDENTITY_HOSPITAL_CARD, "C", 9, 9, false},
                                              {IDENTITY_WRISTBAND, "W", 9, 9, false},
                                              {IDENTITY_E_INSURANCE, "EC", 11, 11, false}}};
    request_choose_policy(sim, &setup.policy);
    setup.policy.late_window_ms = terminal_late_window_ms(sim);
    setup.policy.proof_ms = PROOF_MS;
    setup.policy.wallets = sim->onepay ? ROUTE_ONEPAY : ROUTE_NONE;
    damage_strike(sim, JOURNAL_PATH, VFS_NAME);
    enum journal_result result = open_journal_of(sim);
    if (result == JOURNAL_OK)
        result = journal_last_no(sim->journal, setup.last_no);
    if (result == JOURNAL_OK)
        result = read_found(sim->journal, &setup.found);
    if (result != JOURNAL_OK) {
        sim_fail(sim, "the journal does not open: %s", journal_result_text(result));
        return;
    }
    sim->life++;
    sim->running = true;
    sim->write_count = 0;
    sim->committing = false;
    sim->boot_ms = sim->now_ms;
    crowd_note_start(sim);
    effects_clear(&sim->effects);
    sim_trace(sim, "the terminal starts, last number %s", setup.last_no);
    core_init(&sim->core, &setup, terminal_now(sim));
    damage_isolate(sim);
    plug_in(sim, ROLE_SCANNER);
    plug_in(sim, ROLE_PRINTER);
    greet_sim_pinpad(sim, false);
    greet_sim_pinpad(sim, true);
    plug_in(sim, ROLE_PINPAD);
}

void terminal_heal(struct sim *sim) {
    journal_close(sim->journal);
    sim->journal = NULL;
    damage_heal(sim, JOURNAL_PATH, VFS_NAME);
    enum journal_result result = open_journal_of(sim);
    if (result != JOURNAL_OK)
        sim_fail(sim, "healed, the journal does not open: %s", journal_result_text(result));
    sim->running = result == JOURNAL_OK;
}

void terminal_stop(struct sim *sim) {
    journal_close(sim->journal);
    sim->journal = NULL;
    sim->running = false;
}

/* The program dies; with faults.power the machine too, and the disk loses what was not synced. */
void terminal_kill(struct sim *sim) {
    static const enum vfs_loss losses[] = {VFS_LOSE_ALL, VFS_LOSE_NONE, VFS_LOSE_SOME, VFS_TEAR};
    enum vfs_loss loss = sim->faults.power ? losses[sim_between(sim, 0, 3)] : VFS_LOSE_NONE;
    terminal_die(sim, loss);
}

void terminal_die(struct sim *sim, enum vfs_loss loss) {
    sim_trace(sim, "KILLED");
    for (int i = 0; i < sim->write_count; i++)
        pairs_note_write(sim, &sim->writes[i].order, PAIR_KILLED);
    sim->died_of_power = loss != VFS_LOSE_NONE;
    sim->kills++;
    sim->faults_done++;
    vfs_cut(sim->vfs);
    terminal_stop(sim);
    vfs_restore(sim->vfs, loss);
    sim_after(sim, sim_between(sim, 500, 90000), HAPPEN_RESTART, 0);
}
