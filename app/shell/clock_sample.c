#include "app/shell/clock_sample.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/base/clock.h"
#include "app/core/terms/clock_check.h"
#include "app/wire/json.h"

#define TOOK_MAX_MS 10000  /* of a slower answer nobody knows when it was made */
#define DATE_MIDDLE_MS 500 /* a Date has whole seconds */

/* 0: none, or our own given back. */
static int64_t timestamp_of(const struct exchange *exchange, const struct wire_reading *reading) {
    char ours[24];
    const char *sent = wire_text(exchange->sent, "timestamp");
    if (exchange->verb != VERB_CLOCK || reading->peer_time_ms == 0)
        return 0;
    snprintf(ours, sizeof ours, "%" PRId64, reading->peer_time_ms);
    return sent != NULL && strcmp(sent, ours) == 0 ? 0 : reading->peer_time_ms;
}

/* Said by the platform itself: signed, not by a proxy in its place. */
static bool is_signed_answer(const struct net_answer *answer, const struct wire_reading *reading) {
    return answer->curl_code == 0 && answer->http_status == 200 && reading->tree != NULL &&
           reading->outcome != OUTCOME_MALFORMED;
}

/* A clock that was never set is decades off. */
static int32_t whole_seconds(int64_t ms) {
    int64_t s = ms / 1000;
    return (int32_t)(s > INT32_MAX ? INT32_MAX : s < INT32_MIN ? INT32_MIN : s);
}

void clock_sample(struct platform_clock *clock, const struct exchange *exchange,
                  const struct net_answer *answer, const struct wire_reading *reading,
                  int64_t took_ms, struct event_answer *out) {
    if (clock->platform == NULL || exchange->platform != clock->platform || took_ms > TOOK_MAX_MS ||
        !is_signed_answer(answer, reading))
        return;
    int64_t stamp_ms = timestamp_of(exchange, reading);
    int64_t date_ms = answer->server_date_ms == 0 ? 0 : answer->server_date_ms + DATE_MIDDLE_MS;
    if (stamp_ms != 0 && date_ms != 0)
        clock->other_date = llabs(stamp_ms - date_ms) > CLOCK_AGREE_MS;
    int64_t peer_ms = stamp_ms != 0 ? stamp_ms : clock->other_date ? 0 : date_ms;
    out->tells_time = peer_ms != 0;
    if (out->tells_time)
        out->clock_ahead_s = whole_seconds(clock_wall_ms() - took_ms / 2 - peer_ms);
}
