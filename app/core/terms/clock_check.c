#include "app/core/terms/clock_check.h"

#include <string.h>

static void keep_sample(struct clock_check *check, int64_t ahead_ms) {
    if (check->count == CLOCK_SAMPLES)
        memmove(check->samples_ms, check->samples_ms + 1,
                (CLOCK_SAMPLES - 1) * sizeof check->samples_ms[0]);
    else
        check->count++;
    check->samples_ms[check->count - 1] = ahead_ms;
}

bool clock_check_hear(struct clock_check *check, int64_t ahead_ms) {
    enum clock_state before = check->state;
    int64_t least = ahead_ms, most = ahead_ms;

    keep_sample(check, ahead_ms);
    for (int i = 0; i < check->count; i++) {
        least = check->samples_ms[i] < least ? check->samples_ms[i] : least;
        most = check->samples_ms[i] > most ? check->samples_ms[i] : most;
    }
    check->agreed = check->count == CLOCK_SAMPLES && most - least <= CLOCK_AGREE_MS;
    if (check->agreed) {
        int64_t middle = least + (most - least) / 2;
        check->ahead_ms = middle;
        check->state =
            middle > CLOCK_OFF_MAX_MS || middle < -CLOCK_OFF_MAX_MS ? CLOCK_WRONG : CLOCK_RIGHT;
    }
    return check->state != before;
}
