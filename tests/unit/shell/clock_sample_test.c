/* links: app/shell/clock_sample.c app/wire/ app/core/terms/ app/base/ */
/* What an answer of the paying platform tells of the time, and which answers tell nothing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "app/base/clock.h"
#include "app/shell/clock_sample.h"

static const struct platform paying, hospital;

struct asked {
    struct platform_clock clock;
    struct exchange exchange;
    struct net_answer answer;
    struct wire_reading reading;
    int64_t took_ms;
    struct event_answer told;
};

static struct asked asked_for(enum verb verb) {
    return (struct asked){.clock.platform = &paying,
                          .exchange = {.platform = &paying, .verb = verb},
                          .answer.http_status = 200,
                          .reading = {.outcome = OUTCOME_ACCEPTED, .tree = cJSON_CreateObject()}};
}

/* Seconds that our clock is ahead of a peer's time of now minus `behind_s`. */
static int64_t peer_ms(int behind_s) {
    return clock_wall_ms() - behind_s * INT64_C(1000);
}

static bool tells(struct asked *asked) {
    asked->told = (struct event_answer){.tells_time = false};
    clock_sample(&asked->clock, &asked->exchange, &asked->answer, &asked->reading, asked->took_ms,
                 &asked->told);
    return asked->told.tells_time;
}

static void is_about(int32_t ahead_s, int wanted_s) {
    assert_in_range(ahead_s + 100000, wanted_s + 100000 - 2, wanted_s + 100000 + 2);
}

static void the_timestamp_of_network_tells(void **state) {
    struct asked asked = asked_for(VERB_CLOCK);
    (void)state;
    asked.reading.peer_time_ms = peer_ms(300);
    assert_true(tells(&asked));
    is_about(asked.told.clock_ahead_s, 300);
    asked.exchange.verb = VERB_ASK; /* of another answer it is not said whose it is */
    assert_false(tells(&asked));
    cJSON_Delete(asked.reading.tree);
}

static void the_date_of_any_answer_tells(void **state) {
    struct asked asked = asked_for(VERB_ASK);
    (void)state;
    asked.answer.server_date_ms = peer_ms(-90);
    assert_true(tells(&asked));
    is_about(asked.told.clock_ahead_s, -90);
    cJSON_Delete(asked.reading.tree);
}

static void the_way_there_and_back_is_halved(void **state) {
    struct asked asked = asked_for(VERB_CLOCK);
    (void)state;
    asked.took_ms = 8000;
    asked.reading.peer_time_ms = peer_ms(4);
    assert_true(tells(&asked));
    is_about(asked.told.clock_ahead_s, 0);
    asked.took_ms = 10001;
    assert_false(tells(&asked));
    cJSON_Delete(asked.reading.tree);
}

static void our_own_timestamp_given_back_tells_nothing(void **state) {
    struct asked asked = asked_for(VERB_CLOCK);
    (void)state;
    asked.exchange.sent = cJSON_CreateObject();
    cJSON_AddRawToObject(asked.exchange.sent, "timestamp", "1795147200000");
    asked.reading.peer_time_ms = INT64_C(1795147200000);
    assert_false(tells(&asked));
    asked.answer.server_date_ms = peer_ms(300);
    assert_true(tells(&asked));
    is_about(asked.told.clock_ahead_s, 300);
    cJSON_Delete(asked.exchange.sent);
    cJSON_Delete(asked.reading.tree);
}

/* A proxy's clock in the Date: the platform's own timestamp goes before, and the Dates of other
 * answers are believed no longer. */
static void a_date_that_differs_from_the_timestamp_is_another_clock(void **state) {
    struct asked asked = asked_for(VERB_CLOCK);
    (void)state;
    asked.reading.peer_time_ms = peer_ms(0);
    asked.answer.server_date_ms = peer_ms(300);
    assert_true(tells(&asked));
    is_about(asked.told.clock_ahead_s, 0);
    asked.exchange.verb = VERB_ASK;
    assert_false(tells(&asked));
    asked.exchange.verb = VERB_CLOCK; /* it was set right */
    asked.answer.server_date_ms = peer_ms(0);
    assert_true(tells(&asked));
    asked.exchange.verb = VERB_ASK;
    assert_true(tells(&asked));
    cJSON_Delete(asked.reading.tree);
}

static void whoever_is_not_the_platform_tells_nothing(void **state) {
    struct asked good = asked_for(VERB_ASK), asked;
    (void)state;
    good.answer.server_date_ms = peer_ms(300);
    good.reading.answer.time_ms = peer_ms(300); /* a paymentTime is no clock */
    asked = good;
    asked.exchange.platform = &hospital;
    assert_false(tells(&asked));
    asked = good;
    asked.reading.outcome = OUTCOME_MALFORMED; /* not signed, or wrongly */
    assert_false(tells(&asked));
    asked = good;
    asked.answer.http_status = 302;
    assert_false(tells(&asked));
    asked = good;
    asked.answer.curl_code = 28;
    assert_false(tells(&asked));
    asked = good;
    asked.answer.server_date_ms = 0;
    assert_false(tells(&asked));
    asked = good;
    asked.clock.platform = NULL;
    assert_false(tells(&asked));
    cJSON_Delete(good.reading.tree);
}

static void a_clock_that_was_never_set_is_far_off(void **state) {
    struct asked asked = asked_for(VERB_CLOCK);
    (void)state;
    asked.reading.peer_time_ms = 1;
    assert_true(tells(&asked));
    assert_true(asked.told.clock_ahead_s > 1000000000);
    asked.reading.peer_time_ms = INT64_MAX;
    assert_true(tells(&asked));
    assert_int_equal(asked.told.clock_ahead_s, INT32_MIN);
    cJSON_Delete(asked.reading.tree);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_timestamp_of_network_tells),
        cmocka_unit_test(the_date_of_any_answer_tells),
        cmocka_unit_test(the_way_there_and_back_is_halved),
        cmocka_unit_test(our_own_timestamp_given_back_tells_nothing),
        cmocka_unit_test(a_date_that_differs_from_the_timestamp_is_another_clock),
        cmocka_unit_test(whoever_is_not_the_platform_tells_nothing),
        cmocka_unit_test(a_clock_that_was_never_set_is_far_off),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
