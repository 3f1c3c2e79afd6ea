/* Is this machine's clock that of the paying platform? Codes expire by the platform's (upp 4.2),
 * late money is told by it. One comparison may be wrong by any delay or proxy: three that agree
 * decide, either way. */
#ifndef HOPKIOSK_CORE_TERMS_CLOCK_CHECK_H
#define HOPKIOSK_CORE_TERMS_CLOCK_CHECK_H

#include <stdbool.h>
#include <stdint.h>

#define CLOCK_OFF_MAX_MS INT64_C(60000)
#define CLOCK_AGREE_MS INT64_C(10000) /* what the ways there and back may make of it */
#define CLOCK_SAMPLES 3

enum clock_state { CLOCK_UNKNOWN = 0, CLOCK_RIGHT, CLOCK_WRONG };

struct clock_check {
    enum clock_state state;
    bool agreed;      /* the last three did */
    int64_t ahead_ms; /* of the platform's, when they last agreed; negative: behind */
    int count;        /* of the newest samples, at most three */
    int64_t samples_ms[CLOCK_SAMPLES];
};

/* One comparison: how far ahead this clock was. True: the state is another now. */
bool clock_check_hear(struct clock_check *check, int64_t ahead_ms);

#endif
