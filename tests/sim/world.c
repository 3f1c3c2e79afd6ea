/* A world from its beginning to its end: the safety phase, the liveness phase. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/sim/amp.h"
#include "tests/sim/ledger.h"
#include "tests/sim/mmpc.h"
#include "tests/sim/pinpad.h"
#include "tests/sim/recheck.h"
#include "tests/sim/sim.h"

#define SAFETY_MS INT64_C(3600000)
#define LIVENESS_MS (INT64_C(4) * 24 * 3600000)
#define GIVE_BACK_MS INT64_C(90000)
#define STEPS_MAX 400000
/* Of so many worlds one makes its journal anew, before a fault's eyes. */
#define FRESH_DISK_EVERY 32

#define FNV_PRIME UINT64_C(0x100000001b3)

#define FNV_BASIS UINT64_C(0xcbf29ce484222325)

uint64_t sim_digest_text(uint64_t before, const char *text) {
    for (; *text; text++)
        before = (before ^ (uint8_t)*text) * FNV_PRIME;
    return before;
}

uint64_t sim_digest(uint64_t before, uint64_t world) {
    return (before ^ world) * FNV_PRIME;
}

void sim_trace(struct sim *sim, const char *format, ...) {
    char line[256];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    sim->digest = (sim->digest ^ (uint64_t)sim->now_ms) * FNV_PRIME;
    sim->digest = sim_digest_text(sim->digest, line);
    snprintf(sim->last_line, sizeof sim->last_line, "%.100s", line);
    if (sim->tracing) {
        int64_t ms = sim->now_ms - SIM_EPOCH_MS;
        printf("%5lld:%02lld.%03lld  %s\n", (long long)(ms / 60000), (long long)(ms / 1000 % 60),
               (long long)(ms % 1000), line);
    }
}

void sim_fail(struct sim *sim, const char *format, ...) {
    if (sim->failed)
        return;
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(sim->failure, sizeof sim->failure, format, arguments);
    va_end(arguments);
    sim->failed = true;
    sim->failure_kind = sim_digest_text(FNV_BASIS, format);
    sim_trace(sim, "FAILED: %s", sim->failure);
}

void *sim_document(struct sim *sim, size_t size) {
    if (sim->document_count == sim->document_size) {
        sim->document_size = sim->document_size ? sim->document_size * 2 : 64;
        sim->documents =
            realloc(sim->documents, (size_t)sim->document_size * sizeof *sim->documents);
    }
    void *document = calloc(1, size);
    if (!sim->documents || !document)
        abort();
    sim->documents[sim->document_count++] = document;
    return document;
}

static void jump_clock(struct sim *sim) {
    if (!sim->safety || !sim_happens(sim, "the terminal's clock jumps"))
        return;
    sim->wall_offset_ms = sim_between(sim, -2 * 3600000, 2 * 3600000);
    if (sim_chance(sim, 500))
        sim->wall_offset_ms = sim_between(sim, -5000, 5000);
    sim_trace(sim, "the terminal's clock jumps to %+lld ms", (long long)sim->wall_offset_ms);
    sim->faults_done++;
}

static void happen(struct sim *sim, const struct happening *now) {
    switch (now->kind) {
    case HAPPEN_ARRIVE:
        wire_arrive(sim, (int)now->what);
        return;
    case HAPPEN_ANSWER:
        wire_answer(sim, (int)now->what);
        return;
    case HAPPEN_TIMEOUT:
        wire_timeout(sim, (int)now->what);
        return;
    case HAPPEN_COMMIT:
        if (sim->running && now->what == sim->life)
            terminal_commit(sim);
        return;
    case HAPPEN_RESTART:
        terminal_start(sim);
        return;
    case HAPPEN_PATIENT:
        sim_draw_from(sim, STREAM_PATIENT);
        patient_act(sim);
        sim_draw_from(sim, STREAM_WORLD);
        return;
    case HAPPEN_PHONE:
        if (sim_happens(sim, "%s is paid on the phone", sim->payments[now->what].no))
            platform_phone(sim, (int)now->what);
        return;
    case HAPPEN_LOOK:
        if (sim_happens(sim, "somebody's telephone looks at the bills of card %lld",
                        (long long)now->what))
            his_look(sim, (int)now->what);
        return;
    case HAPPEN_WINDOW:
        if (sim_happens(sim, "somebody is at a window with bill %lld", (long long)now->what))
            his_window(sim, (int)now->what);
        return;
    case HAPPEN_RETURN:
        platform_return(sim, (int)now->what);
        return;
    case HAPPEN_CLOCK:
        jump_clock(sim);
        return;
    case HAPPEN_GIVE_BACK:
        if (sim_happens(sim, "somebody wants a payment back"))
            terminal_give_back(sim, (int)now->what);
        return;
    case HAPPEN_CANCEL:
        patient_cancel(sim);
        return;
    case HAPPEN_SETTLE:
        (sim->amp ? amp_settle : mmpc_settle)(sim, (int)now->what);
        return;
    case HAPPEN_CARD:
        pinpad_decide(sim, (int)now->what);
        return;
    case HAPPEN_STAFF:
        if (sim_happens(sim, "a person resolves a case"))
            terminal_resolve(sim, (int)now->what - 1);
        return;
    case HAPPEN_DAMAGE:
        damage_act(sim);
        return;
    case HAPPEN_CALL:
        sim_draw_from(sim, STREAM_PATIENT);
        caller_act(sim, (int)now->what);
        sim_draw_from(sim, STREAM_WORLD);
        return;
    case HAPPEN_RECHECK:
        sim_draw_from(sim, STREAM_RECHECK);
        if (sim_happens(sim, "a person reconciles"))
            recheck_act(sim);
        sim_draw_from(sim, STREAM_WORLD);
        return;
    case HAPPEN_OTHER:
        sim_draw_from(sim, STREAM_OTHER);
        other_kiosk_act(sim, (int)now->what);
        sim_draw_from(sim, STREAM_WORLD);
        return;
    case HAPPEN_PROMPT:
        ledger_prompt(sim);
        return;
    case HAPPEN_PRINTED:
        terminal_event(sim, (struct event){.kind = EVENT_PRINTED,
                                           .of.printed = {(uint32_t)now->what, PRINT_DONE}});
        return;
    }
}

/* One step of the world; false when nothing is left before `end_ms`. */
static bool advance(struct sim *sim, int64_t end_ms) {
    int64_t tick_ms = terminal_deadline(sim);
    int64_t next_ms = sim->heap_count > 0 ? sim->heap[0].at_ms : INT64_MAX;
    int64_t at_ms = tick_ms < next_ms ? tick_ms : next_ms;
    if (at_ms > end_ms)
        return false;
    if (at_ms > sim->now_ms)
        sim->now_ms = at_ms;
    if (sim->fork_step != 0 && sim->steps == sim->fork_step)
        chance_fork(sim);
    if (++sim->steps > STEPS_MAX)
        sim_fail(sim, "more than %d steps", STEPS_MAX);
    if (next_ms <= tick_ms) {
        struct happening next = happening_take(sim);
        happen(sim, &next);
    } else {
        terminal_event(sim, (struct event){.kind = EVENT_TICK});
        if (sim->effects.count == 0 && terminal_deadline(sim) <= sim->now_ms && ++sim->spins > 3)
            sim_fail(sim, "the terminal spins: a TICK changes nothing");
    }
    return true;
}

static void plan_by_chance(struct sim *sim) {
    int give_back = sim_chance(sim, 600) ? 300 : 0;
    int staff = sim_chance(sim, 600) ? 300 : 0;
    int clock = sim_chance(sim, 500) && !sim->faults_last && !crowd_keeps_clock(sim) ? 500 : 0;
    bool portal = sim->amp; /* there a bill is paid late */
    for (int i = 0; i < (sim->mmpc || portal ? 12 : 4); i++)
        if (sim_chance(sim, give_back))
            sim_after(sim, sim_between(sim, 0, SAFETY_MS / (portal ? 1 : 4)), HAPPEN_GIVE_BACK, -1);
    for (int i = 0; i < 4; i++)
        if (sim_chance(sim, staff))
            sim_after(sim, sim_between(sim, 0, SAFETY_MS), HAPPEN_STAFF, 0);
    for (int i = 0; i < 2 && sim->kill_at == 0; i++)
        if (sim_chance(sim, clock))
            sim_after(sim, sim_between(sim, 0, SAFETY_MS / 4), HAPPEN_CLOCK, 0);
}

static void begin(struct sim *sim, uint64_t seed, int64_t kill_at) {
    sim->seed = seed;
    sim->kill_at = kill_at;
    sim->rare_step = 0;
    sim->died_of_power = false;
    sim->spins = sim->effect_count = sim->give_backs = sim->resolved = sim->proven = 0;
    sim->last_no[0] = '\0';
    sim->edges_passed = sim->full_until_ms = 0;
    sim->stream = STREAM_WORLD;
    for (int i = 0; i < STREAM_COUNT; i++)
        sim->streams[i] = (seed + ((uint64_t)i << 56)) * UINT64_C(0x2545f4914f6cdd1d) + 1;
    sim->random = sim->streams[STREAM_WORLD];
    sim->now_ms = SIM_EPOCH_MS;
    sim->wall_offset_ms = sim->boot_ms = 0;
    sim->safety = true;
    sim->failed = false;
    choices_begin(sim);
    sim->digest = sim->outcomes = FNV_BASIS;
    sim->sent_count = 0;
    sim->steps = sim->kills = sim->orders = sim->faults_done = 0;
    sim->heap_count = sim->write_count = sim->durable_count = sim->request_count = 0;
    sim->payment_count = sim->refund_count = sim->bill_count = sim->credit_count = 0;
    sim->unbooking_count = sim->tried_count = sim->unwritten_count = 0;
    sim->his_lists = 0;
    sim->sequence = 0;
    sim->life = 0;
    sim->running = sim->committing = false;
    crowd_begin(sim);
    memset(sim->down_until_ms, 0, sizeof sim->down_until_ms);
    if (sim->edge.flow || seed % FRESH_DISK_EVERY != 0)
        terminal_lay_disk(sim);
    else
        vfs_reset(sim->vfs, seed);
    chance_choose_faults(sim);
    sim->faults_last = sim_chance(sim, 150) && !sim->edge.flow && !sim->onepay && !sim->mmpc &&
                       !sim->amp && kill_at == 0;
    sim->late_hours = sim_chance(sim, 700) ? 6 : sim_chance(sim, 500) ? 12 : 24;
    if (sim->uploads) /* what two sides say of one bill changes slowly */
        sim->late_hours = 24;
    sim->part_is_returned = sim_chance(sim, 300);
    sim->refuses_known_refunds = sim_chance(sim, 300);
    sim->his_pends = sim_chance(sim, 500);
    sim->returns_late = sim_chance(sim, 200) ? 0 : sim_chance(sim, 300) ? 1000 : 800;
    masked_begin(sim);
    damage_begin(sim);
    his_open(sim);
    patient_begin(sim);
    crowd_open(sim);
    caller_begin(sim);
    other_kiosk_begin(sim);
    if (!sim->edge.flow) {
        plan_by_chance(sim);
        recheck_begin(sim);
    } else if (sim->edge.flow->give_back_permille > 0)
        sim_after(sim, GIVE_BACK_MS, HAPPEN_GIVE_BACK, 0);
    terminal_start(sim);
}

static void live(struct sim *sim) {
    sim->safety = false;
    if (!sim->edge.flow) /* its fault may lie in the days that follow */
        sim->faults = (struct sim_faults){0};
    sim->kill_at = 0;
    vfs_cut_after(sim->vfs, 0);
    memset(sim->down_until_ms, 0, sizeof sim->down_until_ms);
    sim_trace(sim, "no more faults");
    int64_t end_ms = sim->now_ms + LIVENESS_MS;
    while (!sim->failed && !sim->running && advance(sim, end_ms))
        ;
    if (!sim->edge.flow)
        sim_after(sim, PROMPT_MS, HAPPEN_PROMPT, 0);
    while (!sim->failed && advance(sim, end_ms) && !ledger_settled(sim))
        ;
}

/* For who wants journals of many terminals: FOLDER/SEED.db. */
static void keep_journal(struct sim *sim) {
    char path[512];
    snprintf(path, sizeof path, "%s/%llu.db", sim->journals, (unsigned long long)sim->seed);
    remove(path);
    if (journal_backup(sim->journal, path) != JOURNAL_OK)
        sim_fail(sim, "the journal is not kept: %s", journal_error(sim->journal));
}

static void end(struct sim *sim) {
    if (sim->running && sim->journals && !sim->failed)
        keep_journal(sim);
    if (sim->running)
        terminal_stop(sim);
    for (int i = 0; i < sim->document_count; i++)
        free(sim->documents[i]);
    sim->document_count = 0;
}

/* An assertion of the core is a failure of this world, not the end of all. */
static sigjmp_buf assertion;
static void *volatile assertion_at;

static void stop_world(int signal_number, siginfo_t *info, void *context) {
    (void)signal_number;
    (void)context;
    assertion_at = info->si_addr;
    siglongjmp(assertion, 1);
}

void sim_catch_assertions(void) {
    struct sigaction action = {.sa_sigaction = stop_world, .sa_flags = SA_SIGINFO};
    sigaction(SIGILL, &action, NULL);
    sigaction(SIGTRAP, &action, NULL);
}

static bool faults_go_on(const struct sim *sim) {
    return sim->faults_last || crowd_lasts(sim) || sim->visits_left > 0 ||
           sim->core.session.screen != SCREEN_WELCOME;
}

static void play_to_end(struct sim *sim, uint64_t seed, int64_t kill_at) {
    begin(sim, seed, kill_at);
    int64_t end_ms = SIM_EPOCH_MS + crowd_safety_ms(sim, SAFETY_MS);
    while (!sim->failed && sim->now_ms < end_ms && faults_go_on(sim) && advance(sim, end_ms))
        ;
    if (!sim->failed)
        live(sim);
    if (!sim->failed)
        ledger_check(sim);
}

static void play(struct sim *sim, uint64_t seed, int64_t kill_at) {
    if (sigsetjmp(assertion, 1) == 0) {
        play_to_end(sim, seed, kill_at);
    } else {
        sim_fail(sim, "the program stops itself: an assertion does not hold");
        sim->failure_kind = sim_digest(sim->failure_kind, (uint64_t)(uintptr_t)assertion_at);
    }
    end(sim);
}

void sim_run(struct sim *sim, uint64_t seed, int64_t kill_at) {
    sim->edge = (struct edge){0};
    play(sim, seed, kill_at);
}

void sim_run_edge(struct sim *sim, const struct edge *edge) {
    sim->edge = *edge;
    sim->amp = edge->flow->pushed;
    sim->uploads = edge->flow->uploads;
    sim->mmpc = edge->flow->channel == CHANNEL_INSURANCE && !sim->amp;
    sim->own_parts = edge->flow->own_here;
    play(sim, edge->seed, 0);
}
