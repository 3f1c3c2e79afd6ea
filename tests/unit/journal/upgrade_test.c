/* links: app/journal/ app/core/order/ app/core/terms/ app/base/ tests/support/order_walk.c */
/* Whatever an older version left behind goes on: a journal of each version, with an order in every
 * state of leg, claim and refund, opens, is brought to this version, stays proven, and each of its
 * orders is asked about until it is credited, given back or a case, whatever the other sides say.
 */
#include "tests/support/journal_fixture.h"

#include <sqlite3.h>

#include "app/core/order/holds.h"
#include "tests/support/journal_look.h"
#include "tests/support/journal_older.h"
#include "tests/support/order_walk.h"

#define KEPT_MAX 192
#define KEPT_OF_STATE 3 /* of one leg, and of two; not each can be told in every version */
#define WALKS 6000
#define STEPS_MAX 20000
#define LEGS_ONE_VERSION 2 /* until then each claim was paid by one leg */
#define STATES_MAX 16

/* How often each state of leg, claim and refund is there. */
struct seen {
    int legs[STATES_MAX], claims[STATES_MAX], refunds[STATES_MAX];
};

static void see(struct seen *seen, const struct order *order) {
    for (int i = 0; i < order->leg_count; i++)
        seen->legs[order->legs[i].state]++;
    for (int i = 0; i < order->claim_count; i++)
        seen->claims[order->claims[i].state]++;
    for (int i = 0; i < order->refund_count; i++)
        seen->refunds[order->refunds[i].state]++;
}

static int least_of(int least, int count) {
    return count < least ? count : least;
}

static int rarest(const struct seen *seen, const struct order *order) {
    int least = KEPT_MAX;
    for (int i = 0; i < order->leg_count; i++)
        least = least_of(least, seen->legs[order->legs[i].state]);
    for (int i = 0; i < order->claim_count; i++)
        least = least_of(least, seen->claims[order->claims[i].state]);
    for (int i = 0; i < order->refund_count; i++)
        least = least_of(least, seen->refunds[order->refunds[i].state]);
    return least;
}

/* Orders as their walks left them in the journal, so that every state is there. */
static struct order *kept[KEPT_MAX];
static int kept_count;
static struct seen seen_kept[LEGS_MAX + 1];

static void keep_rare(void *context, const struct walk *walk) {
    char *last_no = context;
    const struct order *order = &walk->order;
    struct seen *seen = &seen_kept[order->leg_count];
    if (kept_count == KEPT_MAX || rarest(seen, order) >= KEPT_OF_STATE ||
        strcmp(order->no, last_no) == 0)
        return; /* one of each walk: every number is one order's */
    memcpy(last_no, order->no, ORDER_NO_SIZE);
    kept[kept_count] = malloc(sizeof *order);
    *kept[kept_count++] = *order;
    see(seen, order);
}

/* Some of them meet ignorance from some moment on, so that they come to its end as well. */
static int walk_all_states(void **state) {
    static struct walk walk = {.chance = 1, .write = keep_rare};
    static char last_no[ORDER_NO_SIZE];
    (void)state;
    walk.context = last_no;
    walk_begin(&walk);
    for (int n = 0; n < WALKS && kept_count < KEPT_MAX; n++) {
        walk.temper = TEMPER_ANY;
        walk_open(&walk, n % 3, n % 5 < 3 ? CHANNEL_WECHAT : CHANNEL_PHONE, 1 + n % 2);
        for (int steps = 0; steps < STEPS_MAX && walk_step(&walk); steps++) {
            if (steps == n / 8 % 80 && n % 8 == 0)
                walk.temper = TEMPER_UNSURE;
            if (steps == 200 && walk.temper == TEMPER_ANY)
                break;
        }
    }
    return 0;
}

static int forget_walks(void **state) {
    (void)state;
    while (kept_count > 0)
        free(kept[--kept_count]);
    return 0;
}

/* What that version had no word for is not in its rows. */
static void as_of_version(struct order *order, int version, int n) {
    if (version <= LEGS_ONE_VERSION)
        one_leg_pays(order);
    for (int i = 0; version < 4 && i < order->leg_count; i++) {
        order->legs[i].close_answered = order->legs[i].unpaid = false;
        order->legs[i].seen = (struct fen){0};
    }
    order->person = (struct order_person){.masked_name = "张*丰",
                                          .mdtrt_cert_type = "10",
                                          .mdtrt_cert_no = "C10000001",
                                          .account_type = ACCOUNT_OUTPATIENT};
    /* Everybody's own: somebody's deposit that is undecided forbids another. */
    snprintf(order->person.keys.id, sizeof order->person.keys.id, "5f%02d", n);
    if (version >= 7)
        snprintf(order->person.keys.card, sizeof order->person.keys.card, "ca%02d", n);
    for (int i = 0; version < 8 && i < order->claim_count; i++)
        order->claims[i].declined = order->claims[i].unproven = false;
    for (int i = 0; version < 8 && i < order->share_count; i++)
        order->shares[i].disputed = (struct fen){0};
    for (int i = 0; version < 9 && i < order->claim_count; i++)
        order->claims[i].renumbered = false;
}

static bool could_be_of(const struct order *order, int version) {
    return (version > LEGS_ONE_VERSION || order->leg_count == 1) && order_is_sound(order);
}

static struct order written[KEPT_MAX];
static int written_count;

static void write_kept(struct fixture *fixture, int version) {
    written_count = 0;
    for (int i = 0; i < kept_count; i++) {
        struct order *order = &written[written_count];
        *order = *kept[i];
        as_of_version(order, version, i);
        if (!could_be_of(order, version))
            continue;
        written_count++;
        assert_int_equal(version < 9 ? fixture_write(fixture->journal, order, NOTE_OPENED)
                                     : fixture_open_order(fixture->journal, order, NULL),
                         JOURNAL_OK);
    }
}

/* A leg that is alone is written before it is placed and when its fate is known, not in between. */
static void every_state_is_there(int version) {
    struct seen seen = {{0}, {0}, {0}};
    for (int i = 0; i < written_count; i++)
        see(&seen, &written[i]);
    for (int i = 0; i <= LEG_CASE; i++) {
        bool never =
            (version <= LEGS_ONE_VERSION && (i == LEG_PLACING || i == LEG_PLACE_UNKNOWN)) ||
            i == LEG_PUSHED || i == LEG_DUE; /* no older one uploads before it pushes, nor takes an
                                                own part */
        if ((seen.legs[i] == 0) != never)
            fail_msg("version %d: %d legs %s", version, seen.legs[i], leg_state_name(i));
    }
    for (int i = 0; i <= CLAIM_CASE; i++)
        if (seen.claims[i] == 0)
            fail_msg("version %d: no claim %s", version, claim_state_name(i));
    for (int i = 0; i <= REFUND_CASE; i++)
        if (seen.refunds[i] == 0)
            fail_msg("version %d: no refund %s", version, refund_state_name(i));
}

static void run_sql(const char *path, const char *sql) {
    sqlite3 *db;
    char *error = NULL;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    if (sqlite3_exec(db, sql, NULL, NULL, &error) != SQLITE_OK)
        fail_msg("%s", error);
    sqlite3_close(db);
}

static void expect_proven(struct fixture *fixture, int version) {
    struct journal_finding finding;
    assert_int_equal(journal_verify(fixture->journal, &finding), JOURNAL_OK);
    if (!finding.good)
        fail_msg("version %d: %s", version, finding.text);
}

/* The journal is emptied, filled as that version would have, and opened by this one. */
static void bring_here(struct fixture *fixture, int version) {
    static const char *const files[] = {"", "-wal", "-shm", ".identity"};
    char path[128], sql[JOURNAL_OLDER_SIZE];
    journal_close(fixture->journal);
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        snprintf(path, sizeof path, "%s%s", fixture->path, files[i]);
        unlink(path);
    }
    fixture_open(fixture);
    write_kept(fixture, version);
    every_state_is_there(version);
    journal_close(fixture->journal);
    run_sql(fixture->path, journal_older(version, sql));
    if (version < 6)
        fixture_forget_identity(fixture);
    fixture_open(fixture);
    expect_proven(fixture, version);
}

/* Each that is not settled is fetched when its time comes, and no other. */
static void expect_all_due(struct fixture *fixture, int version) {
    static char known[KEPT_MAX][ORDER_NO_SIZE];
    static struct due_order due;
    struct journal_due_ask ask = {.wall_ms = INT64_MAX / 2,
                                  .known = (const char(*)[ORDER_NO_SIZE])known};
    int open = 0;
    for (int i = 0; i < written_count; i++)
        open += !order_settled(&written[i]);
    for (;;) {
        assert_int_equal(journal_fetch_due(fixture->journal, &ask, &due), JOURNAL_OK);
        if (!due.found)
            break;
        memcpy(known[ask.known_count++], due.order.no, ORDER_NO_SIZE);
        if (ask.known_count > open)
            fail_msg("version %d: %s is not open", version, due.order.no);
    }
    assert_int_equal(ask.known_count, open);
}

static void expect_same_parts(const struct order *order, const struct order *was) {
    assert_int_equal(order->leg_count, was->leg_count);
    assert_int_equal(order->claim_count, was->claim_count);
    assert_int_equal(order->refund_count, was->refund_count);
    assert_memory_equal(order->legs, was->legs, (size_t)was->leg_count * sizeof *was->legs);
    for (int i = 0; i < was->claim_count; i++) {
        assert_int_equal(order->claims[i].state, was->claims[i].state);
        assert_int_equal(order->claims[i].amount.fen, was->claims[i].amount.fen);
        assert_string_equal(order->claims[i].org_trace_no, was->claims[i].org_trace_no);
    }
    for (int i = 0; i < was->refund_count; i++) {
        assert_int_equal(order->refunds[i].state, was->refunds[i].state);
        assert_string_equal(order->refunds[i].no, was->refunds[i].no);
    }
    assert_int_equal(order_sums(order).paid.fen, order_sums(was).paid.fen);
}

static void write_on(void *context, const struct walk *walk) {
    struct fixture *fixture = context;
    struct journal_write write = {.order = &walk->order,
                                  .notes = walk->notes,
                                  .note_count = walk->note_count,
                                  .wall_ms = walk->now.wall_ms};
    assert_int_equal(journal_commit(fixture->journal, &write, 1), JOURNAL_OK);
}

/* A settlement that was refused and is there all the same is a contradiction, and one that nobody
 * proves is a case after its days: also where everybody is kind. Of two payments for the same bills
 * the second waits for the person who decides about the first. */
static bool may_need_person(const struct order *order) {
    for (int i = 0; i < order->leg_count; i++)
        if (order->leg_count > 1 && order->legs[i].state == LEG_CASE)
            return true;
    for (int i = 0; i < order->claim_count; i++)
        if (order->claims[i].declined || order->claims[i].unproven)
            return true;
    return false;
}

/* Every order ends: nothing of it is on its way, and what was paid is somewhere. */
static void settle(struct fixture *fixture, int version, int n, enum temper temper) {
    static struct walk walk;
    static struct order order;
    const struct order *was = &written[n];
    assert_int_equal(journal_load(fixture->journal, was->no, &order), JOURNAL_OK);
    expect_same_parts(&order, was);
    walk = (struct walk){.temper = temper, .write = write_on, .context = fixture};
    walk_begin(&walk);
    assert_int_equal(journal_last_no(fixture->journal, walk.last_no), JOURNAL_OK);
    walk.now.wall_ms = was->created_ms + 60000;
    walk_resume(&walk, &order);
    int steps = 0;
    while (steps < STEPS_MAX && walk_step(&walk))
        steps++;
    struct order_sums sums = order_sums(&walk.order);
    if (!order_settled(&walk.order) || sums.in_flight.fen != 0)
        fail_msg("version %d, temper %d: %s (was leg %s, claim %s) is %s after %d steps", version,
                 (int)temper, was->no, leg_state_name(was->legs[0].state),
                 claim_state_name(was->claims[0].state), order_state_name(order_state(&walk.order)),
                 steps);
    assert_int_equal(journal_load(fixture->journal, was->no, &order), JOURNAL_OK);
    assert_int_equal(order_state(&order), order_state(&walk.order));
    assert_int_equal(order_sums(&order).in_cases.fen, sums.in_cases.fen);
    if (temper == TEMPER_KIND && !may_need_person(was))
        assert_int_equal(sums.in_cases.fen, order_sums(was).in_cases.fen);
}

static void settle_all(struct fixture *fixture, int version, enum temper temper) {
    bring_here(fixture, version);
    expect_all_due(fixture, version);
    for (int n = 0; n < written_count; n++)
        settle(fixture, version, n, temper);
    expect_proven(fixture, version);
    fixture_reopen(fixture);
    expect_proven(fixture, version);
}

/* This version's own journal, and that of the first: whatever the others say. */
static void the_oldest_and_the_newest_settle_whatever_is_said(void **state) {
    for (enum temper temper = TEMPER_KIND; temper < TEMPERS_DEFINITE; temper++) {
        settle_all(*state, JOURNAL_THIS_VERSION, temper);
        settle_all(*state, 1, temper);
    }
}

static void every_version_between_goes_on(void **state) {
    for (int version = 2; version < JOURNAL_THIS_VERSION; version++)
        settle_all(*state, version, (enum temper)(version % TEMPERS_DEFINITE));
}

/* A new version adds its line to tests/support/journal_older.h. */
static void this_is_the_newest_version(void **state) {
    assert_int_equal(fixture_number(*state, "PRAGMA user_version"), JOURNAL_THIS_VERSION);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(this_is_the_newest_version, fixture_set_up,
                                        fixture_tear_down),
        cmocka_unit_test_setup_teardown(the_oldest_and_the_newest_settle_whatever_is_said,
                                        fixture_set_up, fixture_tear_down),
        cmocka_unit_test_setup_teardown(every_version_between_goes_on, fixture_set_up,
                                        fixture_tear_down),
    };
    return cmocka_run_group_tests(tests, walk_all_states, forget_walks);
}
