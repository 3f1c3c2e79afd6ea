/* links: app/journal/ app/core/order/ app/core/terms/ app/base/ */
/* What counts against the limits of a day. */
#include "app/core/order/shares.h"
#include "tests/support/journal_fixture.h"

#define DAY_MS INT64_C(86400000)
#define DAY_2026_11_20_MS INT64_C(1795104000000) /* its first moment in China */

static int64_t paid_within(struct fixture *fixture, int64_t day_ms,
                           const struct patient_keys *keys) {
    struct fen sum = {-1};
    assert_int_equal(journal_paid_within(fixture->journal, day_ms, day_ms + DAY_MS, keys, &sum),
                     JOURNAL_OK);
    return sum.fen;
}

static void a_day_counts_what_was_paid_or_may_yet_be(void **state) {
    static const enum leg_state counted[] = {LEG_PLACE_UNKNOWN, LEG_WAITING, LEG_PAID, LEG_CASE};
    static const enum leg_state others[] = {LEG_DECLINED, LEG_CLOSED, LEG_RETURNED};
    struct fixture *fixture = *state;
    struct order *order;
    assert_int_equal(paid_within(fixture, DAY_2026_11_20_MS, NULL), 0);
    for (int i = 0; i < 7; i++) {
        order = fixture_order(i);
        order->created_ms = DAY_2026_11_20_MS + DAY_MS / 2;
        order->legs[0].state = i < 4 ? counted[i] : others[i - 4];
        if (i == 0)
            order->person.keys = (struct patient_keys){.id = "another"};
        assert_int_equal(fixture_write(fixture->journal, order, NOTE_OPENED), JOURNAL_OK);
        free(order);
    }
    assert_int_equal(paid_within(fixture, DAY_2026_11_20_MS, NULL), 4 * 16450);
    assert_int_equal(paid_within(fixture, DAY_2026_11_20_MS, &fixture_keys), 3 * 16450);
    assert_int_equal(paid_within(fixture, DAY_2026_11_20_MS + DAY_MS, NULL), 0);
    assert_int_equal(paid_within(fixture, DAY_2026_11_20_MS - DAY_MS, NULL), 0);
}

/* What the insurance left open is a part of the bill, which counts once. */
static void an_own_part_is_counted_with_its_bill(void **state) {
    struct fixture *fixture = *state;
    struct order *order = fixture_order(1);
    order->created_ms = DAY_2026_11_20_MS + DAY_MS / 2;
    order->claim_count = order->share_count = order->leg_count = 1;
    order->refund_count = 0;
    order->claims[0].state = CLAIM_WAITING;
    order->claims[0].amount = order->legs[0].amount;
    order->shares[0] = (struct share){.amount = order->legs[0].amount};
    order->legs[0].route = ROUTE_MMPC;
    order->legs[0].channel = CHANNEL_INSURANCE;
    order->legs[0].state = LEG_PAID;
    order_add_leg(order, CHANNEL_WECHAT, "26112010111200019999", (struct fen){1440})->state =
        LEG_WAITING;
    order_add_share(order, 0, 1, (struct fen){1440});
    assert_int_equal(order_amount(order).fen, 16450);
    assert_int_equal(fixture_write(fixture->journal, order, NOTE_OPENED), JOURNAL_OK);
    assert_int_equal(paid_within(fixture, DAY_2026_11_20_MS, NULL), 16450);
    free(order);
}

/* Whoever shows another card has the same limit; nobody else has. */
static void a_patient_is_counted_by_each_key(void **state) {
    static const struct {
        struct patient_keys keys;
        int64_t fen;
    } rows[] = {{{.id = "5f0c"}, 16450}, {{.cust = "c57"}, 16450}, {{.card = "ca4d"}, 16450},
                {{.id = "c57"}, 0},      {{.card = "c57"}, 0},     {{.cust = "ca4d"}, 0},
                {{.id = "someone"}, 0}};
    struct fixture *fixture = *state;
    struct order *order = fixture_order(1);
    order->created_ms = DAY_2026_11_20_MS + DAY_MS / 2;
    order->legs[0].state = LEG_WAITING;
    assert_int_equal(fixture_write(fixture->journal, order, NOTE_OPENED), JOURNAL_OK);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_int_equal(paid_within(fixture, DAY_2026_11_20_MS, &rows[i].keys), rows[i].fen);
    free(order);
}

/* One payment with these times; its number begins with the minute of a clock that was never set
 * back, as all numbers after it do. */
static void pay_at(struct fixture *fixture, const char *no, int64_t created_ms, int64_t paid_ms) {
    struct order *order = fixture_order(1);
    strcpy(order->no, no);
    strcpy(order->legs[0].no, no);
    order->created_ms = created_ms;
    order->legs[0].state = paid_ms != 0 ? LEG_PAID : LEG_WAITING;
    order->legs[0].paid_ms = paid_ms;
    assert_int_equal(fixture_write(fixture->journal, order, NOTE_OPENED), JOURNAL_OK);
    free(order);
}

/* The clock was a year ahead once: every number since then is of that year. */
static void a_wrong_clock_counts_against_no_other_day(void **state) {
    struct fixture *fixture = *state;
    int64_t day_ms = DAY_2026_11_20_MS;
    pay_at(fixture, "27112012007K00010001", day_ms + 365 * DAY_MS, 0);
    assert_int_equal(paid_within(fixture, day_ms, NULL), 0);
    pay_at(fixture, "27112012007K00010002", day_ms + 365 * DAY_MS, day_ms + 1000);
    assert_int_equal(paid_within(fixture, day_ms, NULL), 16450); /* the platform knew the day */
    pay_at(fixture, "27112012007K00010003", day_ms + 2000, 0);   /* the clock is set */
    assert_int_equal(paid_within(fixture, day_ms, NULL), 2 * 16450);
    assert_int_equal(paid_within(fixture, day_ms + DAY_MS, NULL), 0);
    assert_int_equal(paid_within(fixture, day_ms + 365 * DAY_MS, NULL), 16450);
}

static void what_was_opened_before_midnight_counts_on_the_day_it_was_paid(void **state) {
    struct fixture *fixture = *state;
    int64_t day_ms = DAY_2026_11_20_MS;
    pay_at(fixture, "26111923597K00010001", day_ms - 30000, day_ms + 20000);
    assert_int_equal(paid_within(fixture, day_ms, NULL), 16450);
    assert_int_equal(paid_within(fixture, day_ms - DAY_MS, NULL), 0);
    assert_int_equal(paid_within(fixture, day_ms + 20001, NULL), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        STORY(a_day_counts_what_was_paid_or_may_yet_be),
        STORY(an_own_part_is_counted_with_its_bill),
        STORY(a_patient_is_counted_by_each_key),
        STORY(a_wrong_clock_counts_against_no_other_day),
        STORY(what_was_opened_before_midnight_counts_on_the_day_it_was_paid),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
