/* What chance decided in a world; worlds without some of what happened in them. */
#ifndef HOPKIOSK_SIM_SHRINK_H
#define HOPKIOSK_SIM_SHRINK_H

#include <stdbool.h>
#include <stdint.h>

struct sim;

#define CHOICES_MAX 8192 /* what comes after them cannot be left out */
#define STORY_MAX 64
#define SIM_TOLD_SIZE 160

/* What chance decided in a world: faults and what people do. */
struct sim_told {
    int64_t at_ms;
    char text[SIM_TOLD_SIZE];
};
struct sim_choices {
    int count;                    /* so far */
    uint8_t dropped[CHOICES_MAX]; /* not 0: they do not happen */
    uint64_t without;             /* bits: faults that do not exist */
    int told;
    struct sim_told story[STORY_MAX];
};

bool sim_chance_of(struct sim *sim, int permille, const char *level);
/* Somebody is about to do this; false: not in this world. */
bool sim_happens(struct sim *sim, const char *format, ...) __attribute__((format(printf, 2, 3)));
bool sim_has_power_cuts(const struct sim *sim);
void choices_begin(struct sim *sim);
/* Leaves out of the world that has just failed whatever can be left out, and prints the rest as a
 * story; it stays so until shrink_end. `hurry`: not for long, there are other worlds. True: the
 * story is short enough to be read. */
bool shrink_world(struct sim *sim, uint64_t seed, bool hurry);
void shrink_end(struct sim *sim);

#endif
