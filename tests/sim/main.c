/* sim [--seed N | --from N] [--count N] [--kills] [--first] [--trace]: worlds by their seeds, the
 * books compared. --edges [--every] [--jobs N]: COUNT times every boundary of every flow with every
 * fault, by N processes; --edge WORD: one of them. --pairs FILE: what was met, with rare moments
 * forked from;
 * --seed N --fork STEP:NUMBER is such a fork. --first: ends with the first failure that is told in
 * a short story. --kills: instead of faults by chance, each world once for each effect of the
 * terminal, killed before it. --onepay: the wallets' platform credits at the hospital by itself;
 * --desk: and window software calls. --mmpc: bills can be paid by insurance.
 * --mmpc-own: ... which settles its part alone: the own part is paid at the terminal.
 * --crowd: in each world a crowd, which else one of 150 has.
 * --amp: ... by a message to the phone. --amp-uploaded: ... of fees that are uploaded first. */
#include <malloc.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "tests/sim/sim.h"

#define COUNT_DEFAULT 200
#define TWICE_EVERY 64         /* of so many worlds one is run twice: same seed, same trace */
#define COMBINATIONS_MIN 20000 /* fewer: flows were lost */
#define FAILURES_SHOWN 5
#define STORIES_MAX 5
#define FORKS 8 /* of one rare moment */

struct options {
    uint64_t first;
    int64_t count;
    int jobs;
    bool trace, kills, edges, every, first_only, onepay, mmpc, amp, uploads, own_parts, desk, crowd;
    const char *pairs;              /* the file for what was met; NULL: none */
    const char *journals;           /* the folder for the worlds' journals; NULL: none */
    int64_t fork_step, fork_number; /* of the one seed */
    struct edge edge;               /* flow NULL: none */
};

struct totals {
    int64_t passed, failed, orders, kills, faults, give_backs, resolved, proven;
    int64_t crowds, over_watched, over_cases, refused;
    bool told;                 /* the failure that was wanted, as a story */
    uint64_t digest, outcomes; /* of all traces and of what they came to, in order */
};

static bool parse(int count, char **words, struct options *out) {
    *out = (struct options){.first = 1, .count = COUNT_DEFAULT, .jobs = 1};
    for (int i = 1; i < count; i++) {
        bool has_value = i + 1 < count;
        if (strcmp(words[i], "--trace") == 0) {
            out->trace = true;
        } else if (strcmp(words[i], "--kills") == 0) {
            out->kills = true;
        } else if (strcmp(words[i], "--edges") == 0) {
            out->edges = true;
        } else if (strcmp(words[i], "--every") == 0) {
            out->every = true;
        } else if (has_value && strcmp(words[i], "--edge") == 0) {
            if (!edge_parse(words[++i], &out->edge))
                return false;
        } else if (strcmp(words[i], "--onepay") == 0) {
            out->onepay = true;
        } else if (strcmp(words[i], "--mmpc") == 0) {
            out->mmpc = true;
        } else if (strcmp(words[i], "--mmpc-own") == 0) {
            out->mmpc = out->own_parts = true;
        } else if (strcmp(words[i], "--amp") == 0) {
            out->amp = true;
        } else if (strcmp(words[i], "--amp-uploaded") == 0) {
            out->amp = out->uploads = true;
        } else if (strcmp(words[i], "--desk") == 0) {
            out->onepay = out->desk = true;
        } else if (strcmp(words[i], "--crowd") == 0) {
            out->crowd = true;
        } else if (strcmp(words[i], "--first") == 0) {
            out->first_only = true;
        } else if (has_value && strcmp(words[i], "--seed") == 0) {
            out->first = strtoull(words[++i], NULL, 10);
            out->count = 1;
        } else if (has_value && strcmp(words[i], "--from") == 0) {
            out->first = strtoull(words[++i], NULL, 10);
        } else if (has_value && strcmp(words[i], "--count") == 0) {
            out->count = strtoll(words[++i], NULL, 10);
        } else if (has_value && strcmp(words[i], "--pairs") == 0) {
            out->pairs = words[++i];
        } else if (has_value && strcmp(words[i], "--journals") == 0) {
            out->journals = words[++i];
        } else if (has_value && strcmp(words[i], "--fork") == 0) {
            long long step, number;
            if (sscanf(words[++i], "%lld:%lld", &step, &number) != 2)
                return false;
            out->fork_step = step;
            out->fork_number = number;
        } else if (has_value && strcmp(words[i], "--jobs") == 0) {
            out->jobs = atoi(words[++i]);
        } else {
            return false;
        }
    }
    return true;
}

static void add(struct totals *totals, const struct sim *sim) {
    totals->passed += !sim->failed;
    totals->failed += sim->failed;
    totals->orders += sim->orders;
    totals->kills += sim->kills;
    totals->faults += sim->faults_done;
    totals->give_backs += sim->give_backs;
    totals->resolved += sim->resolved;
    totals->proven += sim->proven;
    totals->crowds += sim->crowd.kind != CROWD_NONE;
    totals->over_watched += sim->crowd.most_watched > ORDERS_MAX;
    totals->over_cases += sim->crowd.most_cases > ORDERS_MAX;
    totals->refused += sim->crowd.refused;
    totals->digest = sim_digest(totals->digest, sim->digest);
    totals->outcomes = sim_digest(totals->outcomes, sim->outcomes);
}

/* The first failure is made small and played again with its trace. Where one is enough, it is the
 * first whose story is short. */
static void show(struct sim *sim, uint64_t seed, int64_t kill_at, const struct options *options,
                 struct totals *totals) {
    printf("seed %llu, kill at %lld: %s\n", (unsigned long long)seed, (long long)kill_at,
           sim->failure);
    if (sim->fork_step != 0)
        printf("it was forked: --seed %llu --fork %lld:%lld\n", (unsigned long long)seed,
               (long long)sim->fork_step, (long long)sim->fork_number);
    if (sim->crowd.kind != CROWD_NONE) { /* no story of so many is short: --seed N --trace */
        totals->told = true;
        return;
    }
    bool hurry = options->first_only && totals->failed < STORIES_MAX;
    if (totals->failed > 1 && !options->first_only)
        return;
    totals->told = kill_at != 0 || shrink_world(sim, seed, hurry) || !hurry;
    if (!totals->told) {
        shrink_end(sim);
        return;
    }
    sim->tracing = true;
    sim_run(sim, seed, kill_at);
    sim->tracing = false;
    shrink_end(sim);
}

static void run(struct sim *sim, uint64_t seed, int64_t kill_at, const struct options *options,
                struct totals *totals) {
    sim->tracing = options->trace;
    sim_run(sim, seed, kill_at);
    sim->tracing = false;
    uint64_t digest = sim->digest;
    if (!sim->failed && kill_at == 0 && (seed - options->first) % TWICE_EVERY == 0) {
        sim_run(sim, seed, kill_at);
        if (sim->digest != digest)
            sim_fail(sim, "the same seed gave another trace");
    }
    add(totals, sim);
    if (sim->failed && !options->trace && totals->failed <= FAILURES_SHOWN)
        show(sim, seed, kill_at, options, totals);
}

/* A world that met something rare is played again up to just before, then with other chances. */
static void run_forks(struct sim *sim, uint64_t seed, const struct options *options,
                      struct totals *totals) {
    int64_t step = sim->rare_step;
    for (int number = 1; step > 0 && number <= FORKS; number++) {
        sim->fork_step = step > number ? step - number : 1;
        sim->fork_number = number;
        run(sim, seed, 0, options, totals);
    }
    sim->fork_step = 0;
}

static void run_all(struct sim *sim, const struct options *options, struct totals *totals) {
    for (int64_t i = 0; i < options->count && !(options->first_only && totals->told); i++) {
        uint64_t seed = options->first + (uint64_t)i;
        if (!options->kills) {
            sim->fork_step = options->fork_step;
            sim->fork_number = options->fork_number;
            run(sim, seed, 0, options, totals);
            if (sim->pairs)
                run_forks(sim, seed, options, totals);
            continue;
        }
        for (int64_t at = 1, last = INT64_MAX; at <= last; at++) {
            run(sim, seed, at, options, totals);
            if (sim->kills == 0)
                last = at; /* there was no such effect any more */
        }
    }
}

static int run_edges(struct sim *sim, const struct options *options) {
    struct edge_totals totals = {0};
    if (options->edge.flow) {
        sim->tracing = true;
        sim_run_edge(sim, &options->edge);
        return sim->failed;
    }
    for (int64_t i = 0; i < options->count; i++)
        edges_play(
            sim,
            &(struct edges_wanted){options->first + (uint64_t)i, options->jobs, options->every},
            &totals);
    printf("%lld combinations of boundary and fault, %lld failed: %lld flows, %lld boundaries; "
           "trace %016llx; outcomes %016llx\n",
           (long long)totals.combinations, (long long)totals.failed, (long long)totals.flows,
           (long long)totals.boundaries, (unsigned long long)totals.digest,
           (unsigned long long)totals.outcomes);
    return totals.failed != 0 || totals.combinations < COMBINATIONS_MIN;
}

/* Every world opens and closes its journal: what it gives back is kept for the next, not returned
 * to the system page by page, and nobody asks SQLite how much it has. Faster, no more: a
 * sanitizer's memory knows of none of it. */
static void keep_memory(void) {
    (void)mallopt(M_MMAP_THRESHOLD, 32 << 20);
    (void)mallopt(M_TRIM_THRESHOLD, 512 << 20);
    (void)sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

int main(int count, char **words) {
    struct options options;
    struct totals totals = {0};
    struct sim *sim = calloc(1, sizeof *sim);
    keep_memory();
    if (!sim || !parse(count, words, &options)) {
        fprintf(stderr,
                "usage: sim [--seed N | --from N] [--count N] [--kills] [--first] [--trace]"
                " [--pairs FILE] [--journals FOLDER] [--fork STEP:NUMBER] [--crowd] [--onepay | "
                "--desk] [--mmpc | --mmpc-own | --amp | --amp-uploaded]\n");
        return 2;
    }
    sim->onepay = options.onepay;
    sim->mmpc = options.mmpc;
    sim->own_parts = options.own_parts;
    sim->amp = options.amp;
    sim->uploads = options.uploads;
    sim->desk = options.desk;
    sim->crowd.every = options.crowd;
    sim->journals = options.journals;
    sim->writes = calloc(SIM_WRITES_MAX, sizeof *sim->writes);
    sim->vfs = vfs_create("sim", 1);
    if (!sim->writes || !sim->vfs)
        return 1;
    sim_catch_assertions();
    clock_t start = clock();
    if (options.edges || options.edge.flow)
        return run_edges(sim, &options);
    static struct pairs pairs;
    sim->pairs = options.pairs ? &pairs : NULL;
    run_all(sim, &options, &totals);
    if (options.pairs && !pairs_write(&pairs, options.pairs))
        return 1;
    double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
    if (totals.crowds > 0)
        printf("%lld crowds: in %lld more payments were watched at once than there are slots, in "
               "%lld more cases were open; %lld times nobody could pay for want of one\n",
               (long long)totals.crowds, (long long)totals.over_watched,
               (long long)totals.over_cases, (long long)totals.refused);
    printf(
        "%lld worlds simulated, %lld failed: %lld orders, %lld given back, %lld kills, %lld cases "
        "decided, %lld credits proved, %lld faults; %.0f orders per core-second; trace %016llx; "
        "outcomes %016llx\n",
        (long long)(totals.passed + totals.failed), (long long)totals.failed,
        (long long)totals.orders, (long long)totals.give_backs, (long long)totals.kills,
        (long long)totals.resolved, (long long)totals.proven, (long long)totals.faults,
        (double)totals.orders / (seconds > 0 ? seconds : 1), (unsigned long long)totals.digest,
        (unsigned long long)totals.outcomes);
    vfs_destroy(sim->vfs);
    free(sim->writes);
    free(sim->requests);
    free(sim->heap);
    free(sim->documents);
    free(sim);
    return totals.failed == 0 ? 0 : 1;
}
