/* links: app/core/ app/core/visit/ app/core/desk/ app/core/order/ app/core/terms/ app/journal/ app/base/ ui/ids.c */
/* Hundreds of closed payments are watched by 64 slots: each is asked about in its time, no one is
 * forgotten, and whoever comes can pay. The core and the journal are real, time is virtual. */
#include "tests/support/journal_fixture.h"

#include "app/core/core.h"

#define WATCHED 400
#define HOURS 1
#define HOUR_MS INT64_C(3600000)
#define PAUSE_MS_MAX (11 * INT64_C(60000)) /* ten minutes, and what the others take */

struct watched {
    char no[ORDER_NO_SIZE];
    int64_t asked_ms; /* last */
    int64_t longest_ms;
    int times;
};

static struct core core;
static struct effects out;
static struct now now = {FIXTURE_WALL_MS + HOUR_MS, 5000};
static struct watched watched[WATCHED];
static struct due_order due;
static bool full; /* a new payment found no slot */

static void close_payments(struct fixture *fixture) {
    for (int n = 0; n < WATCHED; n++) {
        struct order *order = fixture_order(n + 1);
        order->legs[0].state = LEG_CLOSED;
        order->legs[0].watch_until_ms = FIXTURE_WALL_MS + 24 * HOUR_MS;
        for (int i = 0; i < order->claim_count; i++)
            order->claims[i].state = CLAIM_VOID;
        assert_int_equal(fixture_write(fixture->journal, order, NOTE_CLOSED), JOURNAL_OK);
        memcpy(watched[n].no, order->no, ORDER_NO_SIZE);
        watched[n].asked_ms = now.wall_ms;
        free(order);
    }
}

static struct watched *watched_of(const char *no) {
    for (int n = 0; n < WATCHED; n++)
        if (strcmp(watched[n].no, no) == 0)
            return &watched[n];
    fail_msg("%s: nobody's", no);
    return NULL;
}

static void note_asked(const char *no) {
    struct watched *one = watched_of(no);
    int64_t pause_ms = now.wall_ms - one->asked_ms;
    one->longest_ms = pause_ms > one->longest_ms ? pause_ms : one->longest_ms;
    one->asked_ms = now.wall_ms;
    one->times++;
}

static struct event_answer fetch(struct fixture *fixture, uint32_t request) {
    char known[ORDERS_MAX][ORDER_NO_SIZE];
    struct journal_due_ask ask = {.wall_ms = now.wall_ms,
                                  .all = core.book.all_due,
                                  .known = (const char(*)[ORDER_NO_SIZE])known};
    for (int i = 0; i < ORDERS_MAX; i++)
        if (core.book.orders[i].run.used)
            memcpy(known[ask.known_count++], core.book.orders[i].no, ORDER_NO_SIZE);
    assert_int_equal(journal_fetch_due(fixture->journal, &ask, &due), JOURNAL_OK);
    return (struct event_answer){.request = request,
                                 .verb = VERB_FETCH,
                                 .outcome = OUTCOME_ACCEPTED,
                                 .reached = true,
                                 .document = &due.head};
}

/* What the platform says of a payment that nobody has made. */
static struct event_answer unpaid(uint32_t request) {
    return (struct event_answer){.request = request,
                                 .verb = VERB_ASK,
                                 .outcome = OUTCOME_PENDING,
                                 .reached = true,
                                 .code = "0"};
}

/* Answers everything that a step asks for, and what the answers ask for. */
static void step(struct fixture *fixture, struct event event) {
    static struct event queue[EFFECTS_MAX];
    int count = 1;
    queue[0] = event;
    for (int at = 0; at < count; at++) {
        queue[at].now = now;
        core_step(&core, &queue[at], &out);
        for (int i = 0; i < out.count; i++) {
            const struct effect *effect = &out.items[i];
            const char *no = core.book.orders[effect->to.index].no;
            struct event *next = &queue[count];
            assert_in_range(count, 1, EFFECTS_MAX - 2);
            if (effect->kind == EFFECT_SET_ASIDE) {
                assert_int_equal(journal_set_due(fixture->journal, no, effect->of.set_aside.due_ms),
                                 JOURNAL_OK);
            } else if (effect->kind == EFFECT_PERSIST) {
                *next = (struct event){.kind = EVENT_DURABLE, .of.durable.number = effect->number};
                count++;
            } else if (effect->kind == EFFECT_SEND && effect->of.send.verb == VERB_ASK) {
                note_asked(no);
                *next = (struct event){.kind = EVENT_ANSWER, .of.answer = unpaid(effect->number)};
                count++;
            } else if (effect->kind == EFFECT_SEND && effect->of.send.verb == VERB_FETCH) {
                *next = (struct event){.kind = EVENT_ANSWER,
                                       .of.answer = fetch(fixture, effect->number)};
                count++;
            }
        }
    }
}

static void every_watched_payment_is_asked_about_in_its_time(void **state) {
    struct fixture *fixture = *state;
    struct core_setup setup = {.policy = policy_default(),
                               .limits = limits_default(),
                               .number_mark = "7K0001",
                               .journal_ok = true};
    close_payments(fixture);
    core_init(&core, &setup, now);
    int64_t end_ms = now.mono_ms + HOURS * HOUR_MS;
    while (now.mono_ms < end_ms) {
        int64_t at_ms = core_deadline(&core);
        int64_t ms = at_ms > now.mono_ms ? at_ms - now.mono_ms : 1;
        now.mono_ms += ms;
        now.wall_ms += ms;
        step(fixture, (struct event){.kind = EVENT_TICK});
        full = full || book_take_slot_to_pay(&core.book, -1, now) < 0;
    }
    assert_false(full);
    for (int n = 0; n < WATCHED; n++) {
        assert_in_range(watched[n].longest_ms, 1, PAUSE_MS_MAX);
        assert_true(now.wall_ms - watched[n].asked_ms <= PAUSE_MS_MAX);
        assert_in_range(watched[n].times, HOURS * 5, HOURS * 6 + 6);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        STORY(every_watched_payment_is_asked_about_in_its_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
