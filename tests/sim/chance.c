#include "tests/sim/chance.h"

#include "tests/sim/sim.h"

uint64_t random_next(uint64_t *state) {
    uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

int64_t random_below(uint64_t *state, int64_t below) {
    return below <= 0 ? 0 : (int64_t)(random_next(state) % (uint64_t)below);
}

bool random_permille(uint64_t *state, int permille) {
    return random_below(state, 1000) < permille;
}

enum sim_stream sim_draw_from(struct sim *sim, enum sim_stream stream) {
    enum sim_stream before = sim->stream;
    sim->streams[before] = sim->random;
    sim->random = sim->streams[stream];
    sim->stream = stream;
    return before;
}

int64_t sim_between(struct sim *sim, int64_t low, int64_t high) {
    return low + random_below(&sim->random, high - low + 1);
}

static void faults_of_flow(struct sim_faults *faults, const struct flow *flow) {
    *faults = (struct sim_faults){.his_refuses = flow->his_refuses ? 1000 : 0,
                                  .his_odd = flow->his_odd ? 600 : 0,
                                  .uncredit_refused = flow->uncredit_refused ? 1000 : 0,
                                  .refund_refused = flow->refund_refused ? 1000 : 0,
                                  .other_amount = flow->other_amount ? 1000 : 0};
}

void chance_choose_faults(struct sim *sim) {
    struct sim_faults *faults = &sim->faults;
    *faults = (struct sim_faults){.power = sim_chance(sim, 500) && sim_has_power_cuts(sim)};
    if (sim->edge.flow)
        faults_of_flow(faults, sim->edge.flow);
    if (sim->kill_at != 0 || sim->edge.flow)
        return;
    int *levels[] = {&faults->lose_request, &faults->lose_answer, &faults->delay,
                     &faults->twice,        &faults->garble,      &faults->kill,
                     &faults->disk,         &faults->his_odd,     &faults->refund_odd,
                     &faults->forget,       &faults->stale,       &faults->return_fails};
    static const int most[] = {200, 200, 150, 100, 100, 15, 20, 150, 300, 50, 300, 500};
    for (unsigned i = 0; i < sizeof levels / sizeof levels[0]; i++)
        *levels[i] = sim_chance(sim, 500) ? (int)sim_between(sim, 1, most[i]) : 0;
    faults->his_refuses = sim_chance(sim, 300) ? 100 : 0;
    faults->no_time = sim_chance(sim, 200) ? 300 : 0;
    faults->uncredit_refused = sim_chance(sim, 300) ? 500 : 0;
    faults->his_lies = sim_chance(sim, 200) ? 100 : 0;
    faults->refund_refused = sim_chance(sim, 300) ? 300 : 0;
    faults->other_amount = sim_chance(sim, 100) ? 100 : 0;
    faults->code_amount = sim_chance(sim, 100) ? 100 : 0;
    faults->says_failed = sim_chance(sim, 200) ? 200 : 0;
    faults->window_races = sim_chance(sim, 500) ? 800 : 0;
    if (sim->mmpc || sim->amp)
        faults->centre_odd = sim_chance(sim, 500) ? 300 : 0;
}

void chance_fork(struct sim *sim) {
    sim->random ^= (uint64_t)sim->fork_number << 40;
    for (int i = 0; i < STREAM_COUNT; i++)
        sim->streams[i] ^= (uint64_t)sim->fork_number << 40;
    if (!sim->safety)
        return;
    chance_choose_faults(sim);
    struct sim_faults *faults = &sim->faults;
    if (sim->his_by_visit) /* as where the world began */
        faults->his_lies = 0;
    if (sim->fork_number % 2 == 0) {
        faults->power = true;
        faults->kill = 100;
        faults->disk = 50;
    } else {
        faults->lose_request = faults->lose_answer = faults->twice = faults->garble = 150;
    }
}
