/* Chance: numbers from a seed, in streams; how often what goes wrong. */
#ifndef HOPKIOSK_SIM_CHANCE_H
#define HOPKIOSK_SIM_CHANCE_H

#include <stdbool.h>
#include <stdint.h>

struct sim;

uint64_t random_next(uint64_t *state);
/* 0 .. below-1 */
int64_t random_below(uint64_t *state, int64_t below);
bool random_permille(uint64_t *state, int permille);

/* Each draws from its own numbers, so that what one leaves out changes little for the others; the
 * network and the peers for each order from others. */
#define STREAM_ORDERS 16
enum sim_stream {
    STREAM_WORLD = 0,
    STREAM_PATIENT,
    STREAM_PEERS,
    STREAM_WIRE = STREAM_PEERS + STREAM_ORDERS,
    STREAM_RECHECK = STREAM_WIRE + STREAM_ORDERS,
    STREAM_OTHER, /* the other kiosk's */
    STREAM_COUNT
};

/* Out of a thousand, or a length. All zero in the liveness phase. */
struct sim_faults {
    int lose_request, lose_answer, delay, twice, garble, kill, disk;
    int his_refuses, his_odd, his_lies, window_races, refund_refused, refund_odd;
    int other_amount, code_amount, says_failed, forget, stale, return_fails, uncredit_refused;
    int no_time;    /* a payment is told of without its time */
    int centre_odd; /* what the insurance's centre settles late, half, or not as it says */
    bool power;     /* kills cut the power as well */
};

void chance_choose_faults(struct sim *sim);
/* From here on the same story goes on with other chances. */
void chance_fork(struct sim *sim);

#endif
