/* What chance decided, one choice after the other, so that a world can be played without some of
 * them: a world that failed is made small until nothing can be left out any more, and told as a
 * story of what is left. A choice that is left out still takes its random number; what comes after
 * it may become another story, which is kept only if it fails in the same way. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "tests/sim/sim.h"

#define FAULT_PREFIX "sim->faults."
#define PLAYS_MAX 3000 /* of one world */
#define PLAYS_IN_A_HURRY 600
#define WAYS 4 /* in which chance may go on behind what is left out, at first */
#define WAYS_MAX 64
#define EVENTS_WANTED 20

/* The faults by the names of their levels. */
static const struct {
    const char *name, *words;
} faults[] = {
    {"lose_request", "a request is lost, or its peer goes down"},
    {"lose_answer", "an answer is lost"},
    {"delay", "it is late"},
    {"twice", "it arrives twice"},
    {"garble", "an answer is garbled"},
    {"kill", "the terminal is killed"},
    {"disk", "the disk fails"},
    {"his_refuses", "the HIS refuses"},
    {"his_odd", "the HIS is odd"},
    {"his_lies", "the HIS lies"},
    {"window_races", "somebody goes to a window at once"},
    {"refund_refused", "a refund is refused"},
    {"refund_odd", "a refund is not told of at first"},
    {"other_amount", "another amount is paid"},
    {"code_amount", "the code is for another amount"},
    {"says_failed", "the platform says failed"},
    {"forget", "the platform forgets the payment"},
    {"stale", "an old copy answers"},
    {"return_fails", "the platform cannot return"},
    {"no_time", "a payment is told of without its time"},
    {"uncredit_refused", "the HIS does not take it back"},
};
#define FAULT_COUNT ((int)(sizeof faults / sizeof faults[0]))

/* Which of them; -1: it is no fault. */
static int fault_of_level(const char *level) {
    if (strncmp(level, FAULT_PREFIX, sizeof FAULT_PREFIX - 1) != 0)
        return -1;
    level += sizeof FAULT_PREFIX - 1;
    for (int i = 0; i < FAULT_COUNT; i++) {
        size_t length = strlen(faults[i].name);
        if (strncmp(level, faults[i].name, length) == 0 && level[length] != '_')
            return i;
    }
    return FAULT_COUNT; /* a new one without words */
}

/* 0: it happens. Else it does not; above 1 chance also goes on from another number. */
static int dropping_of(const struct sim_choices *choices, int i) {
    return i < CHOICES_MAX ? choices->dropped[i] : 0;
}

static void tell(struct sim *sim, const char *text) {
    struct sim_choices *choices = &sim->choices;
    if (sim->tracing)
        printf("                * %s\n", text);
    if (choices->told < STORY_MAX) {
        struct sim_told *told = &choices->story[choices->told];
        told->at_ms = sim->now_ms;
        snprintf(told->text, sizeof told->text, "%s", text);
    }
    choices->told++;
}

bool sim_happens(struct sim *sim, const char *format, ...) {
    char text[SIM_TOLD_SIZE];
    int dropping = dropping_of(&sim->choices, sim->choices.count++);
    if (dropping > 1)
        sim->random ^= (uint64_t)dropping << 32;
    if (dropping > 0)
        return false;
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    tell(sim, text);
    return true;
}

bool sim_chance_of(struct sim *sim, int permille, const char *level) {
    bool happens = permille > 0 && random_permille(&sim->random, permille);
    int fault = happens ? fault_of_level(level) : -1;
    if (fault < 0)
        return happens;
    if (sim->choices.without & UINT64_C(1) << fault)
        return false;
    return sim_happens(sim, "%s (%s)", fault < FAULT_COUNT ? faults[fault].words : level,
                       sim->last_line);
}

bool sim_has_power_cuts(const struct sim *sim) {
    return (sim->choices.without & UINT64_C(1) << 63) == 0;
}

void choices_begin(struct sim *sim) {
    sim->choices.count = sim->choices.told = 0;
    sim->last_line[0] = '\0';
}

/* ---- shrinking ---- */
struct hunt {
    struct sim *sim;
    uint64_t seed, kind; /* of the failure */
    int plays, plays_max, ways;
    int told; /* events of the last world that failed so */
};

static bool still_fails(struct hunt *hunt) {
    hunt->plays++;
    sim_run(hunt->sim, hunt->seed, 0);
    bool same = hunt->sim->failed && hunt->sim->failure_kind == hunt->kind;
    if (same)
        hunt->told = hunt->sim->choices.told;
    return same;
}

/* In a hurry a story that can be read is short enough. */
static bool may_go_on(const struct hunt *hunt) {
    bool hurry = hunt->plays_max == PLAYS_IN_A_HURRY;
    return hunt->plays < hunt->plays_max && !(hurry && hunt->told <= EVENTS_WANTED);
}

static void drop_kinds(struct hunt *hunt) {
    uint64_t *without = &hunt->sim->choices.without;
    for (int i = 63; i >= 0; i--) {
        if (i >= FAULT_COUNT && i != 63)
            continue;
        *without |= UINT64_C(1) << i;
        if (!still_fails(hunt))
            *without &= ~(UINT64_C(1) << i);
    }
}

/* Leaves out these choices. Where the world then fails no more, perhaps one does in which chance
 * goes on otherwise. */
static bool drop_range(struct hunt *hunt, int first, int count) {
    struct sim_choices *choices = &hunt->sim->choices;
    uint8_t before[CHOICES_MAX];
    memcpy(before, choices->dropped, sizeof before);
    for (int way = 1; way <= (count == 1 ? hunt->ways : 1); way++) {
        memset(choices->dropped + first, way, (size_t)count);
        if (still_fails(hunt))
            return true;
    }
    memcpy(choices->dropped, before, sizeof before);
    return false;
}

static bool is_all_dropped(const struct sim_choices *choices, int first, int count) {
    for (int i = first; i < first + count; i++)
        if (choices->dropped[i] == 0)
            return false;
    return true;
}

/* So many at a time, the last first: what comes before them stays as it was. True: some could be
 * left out. */
static bool drop_chunks(struct hunt *hunt, int count, int size) {
    bool any = false;
    for (int end = count; end > 0 && may_go_on(hunt); end -= size) {
        int first = end > size ? end - size : 0;
        if (!is_all_dropped(&hunt->sim->choices, first, end - first))
            any = drop_range(hunt, first, end - first) || any;
    }
    return any;
}

static int choices_of(struct hunt *hunt) {
    (void)still_fails(hunt);
    int count = hunt->sim->choices.count;
    return count < CHOICES_MAX ? count : CHOICES_MAX;
}

/* Halves, quarters ... single ones, as long as that leads anywhere. */
static void drop_choices(struct hunt *hunt) {
    bool any = true;
    while (any && may_go_on(hunt)) {
        int count = choices_of(hunt);
        any = false;
        for (int size = count / 2; size > 0; size /= 2)
            any = drop_chunks(hunt, count, size) || any;
    }
}

static void tell_story(const struct sim *sim, uint64_t seed) {
    const struct sim_choices *choices = &sim->choices;
    printf("seed %llu, shrunk to %d events: %s\n", (unsigned long long)seed, choices->told,
           sim->failure);
    for (int i = 0; i < choices->told && i < STORY_MAX; i++)
        printf("  %2d. %8.3f s  %s\n", i + 1,
               (double)(choices->story[i].at_ms - SIM_EPOCH_MS) / 1000, choices->story[i].text);
}

bool shrink_world(struct sim *sim, uint64_t seed, bool hurry) {
    int plays_max = hurry ? PLAYS_IN_A_HURRY : PLAYS_MAX;
    struct hunt hunt = {sim, seed, sim->failure_kind, 0, plays_max, WAYS, STORY_MAX};
    drop_kinds(&hunt);
    drop_choices(&hunt);
    for (;
         still_fails(&hunt) && sim->choices.told > EVENTS_WANTED && !hurry && hunt.ways < WAYS_MAX;
         hunt.plays = 0) {
        hunt.ways *= 4;
        drop_choices(&hunt);
    }
    tell_story(sim, seed);
    return sim->choices.told <= EVENTS_WANTED;
}

void shrink_end(struct sim *sim) {
    sim->choices = (struct sim_choices){0};
}
