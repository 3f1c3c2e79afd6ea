/* links: app/journal/ app/core/desk/ app/core/order/ app/core/terms/ app/base/ ui/ids.c */
/* A desk's shifts: one is under way, it ends once with its count, and the next begins there. */
#include "app/core/desk/day.h"
#include "tests/support/journal_look.h"

static bool count_shift(void *context, const struct journal_shift *shift) {
    struct journal_shift *newest = context;
    newest[newest[0].began_ms == 0 ? 0 : 1] = *shift;
    return true;
}

static void end_at(struct fixture *fixture, struct journal_shift *shift, int64_t wall_ms) {
    shift->ended_ms = wall_ms;
    assert_int_equal(journal_end_shift(fixture->journal, shift, "王敏"), JOURNAL_OK);
}

static void test_a_shift_begins_once(void **state) {
    struct fixture *fixture = *state;
    struct journal_shift shift;
    assert_int_equal(journal_take_shift(fixture->journal, "林晓", 1000, &shift), JOURNAL_OK);
    assert_int_equal(shift.began_ms, 1000);
    fixture_reopen(fixture);
    assert_int_equal(journal_take_shift(fixture->journal, "another", 2000, &shift), JOURNAL_OK);
    assert_int_equal(shift.began_ms, 1000);
    assert_string_equal(shift.by, "林晓");
}

static void test_it_ends_once(void **state) {
    struct fixture *fixture = *state;
    struct journal_shift shift, seen[2] = {{0}, {0}};
    assert_int_equal(journal_take_shift(fixture->journal, "林晓", 1000, &shift), JOURNAL_OK);
    shift.ended_ms = 5000;
    shift.taken.fen = 8800;
    shift.returned.fen = 800;
    shift.held.fen = 100;
    shift.counted.fen = 8050;
    assert_int_equal(journal_end_shift(fixture->journal, &shift, "王敏"), JOURNAL_OK);
    assert_int_equal(journal_end_shift(fixture->journal, &shift, "王敏"), JOURNAL_NOT_FOUND);
    fixture_reopen(fixture);
    assert_int_equal(journal_each_shift(fixture->journal, count_shift, seen), JOURNAL_OK);
    assert_int_equal(seen[0].began_ms, 5000);
    assert_int_equal(seen[0].ended_ms, 0);
    assert_string_equal(seen[0].by, "王敏");
    assert_memory_equal(&seen[1], &shift, sizeof shift);
}

static bool take_first(void *context, const struct journal_shift *shift) {
    *(struct journal_shift *)context = *shift;
    return false;
}

/* Whoever has seen enough stops, and the next one begins with the newest again. */
static void test_reading_may_stop(void **state) {
    struct fixture *fixture = *state;
    struct journal_shift shift, first;
    assert_int_equal(journal_take_shift(fixture->journal, "林晓", 1000, &shift), JOURNAL_OK);
    end_at(fixture, &shift, 5000);
    for (int i = 0; i < 2; i++) {
        assert_int_equal(journal_each_shift(fixture->journal, take_first, &first), JOURNAL_OK);
        assert_int_equal(first.began_ms, 5000);
    }
}

#define HOUR_MS INT64_C(3600000)

static void add_day_order(void *day, const struct order *order, const struct order_since *since) {
    desk_day_add(day, order, since);
}

/* As app/shell/records.c counts a shift. */
static struct fen cash_of_shift(struct fixture *fixture, int64_t wall_ms,
                                struct journal_shift *out) {
    static struct desk_day day;
    memset(&day, 0, sizeof day);
    assert_int_equal(journal_take_shift(fixture->journal, "林晓", wall_ms, out), JOURNAL_OK);
    int64_t today_ms = policy_day_start_ms(wall_ms);
    day.shift_ms = out->began_ms;
    day.start_ms = out->began_ms < today_ms ? out->began_ms : today_ms;
    assert_int_equal(
        journal_each_of_shift(fixture->journal, out, day.start_ms, add_day_order, &day),
        JOURNAL_OK);
    return desk_day_drawer(&day);
}

/* Paid in cash at the desk. */
static int64_t pay_cash(struct fixture *fixture, int n, int64_t wall_ms) {
    struct order *order = fixture_order(n);
    snprintf(order->caller_no, sizeof order->caller_no, "N%d", n);
    strcpy(order->caller_channel, "CASH");
    order->created_ms = wall_ms;
    fixture_credit(order);
    assert_int_equal(fixture_write(fixture->journal, order, NOTE_OPENED), JOURNAL_OK);
    int64_t fen = order->legs[0].amount.fen;
    free(order);
    return fen;
}

/* The machine starts with a clock that is eight hours ahead; then it is set. What is paid in cash
 * from then on is some shift's: of this one, or of the next. */
static void test_cash_is_of_a_shift_though_the_clock_was_set_back(void **state) {
    struct fixture *fixture = *state;
    int64_t now_ms = FIXTURE_WALL_MS;
    struct journal_shift shift;
    assert_int_equal(cash_of_shift(fixture, now_ms + 8 * HOUR_MS, &shift).fen, 0);
    int64_t fen = pay_cash(fixture, 1, now_ms + HOUR_MS);
    struct fen first = cash_of_shift(fixture, now_ms + 2 * HOUR_MS, &shift);
    shift.taken = first;
    end_at(fixture, &shift, now_ms + 2 * HOUR_MS);
    struct fen second = cash_of_shift(fixture, now_ms + 3 * HOUR_MS, &shift);
    assert_int_equal(first.fen + second.fen, fen);
}

/* Right after a handover the clock is set back: the next shift has none of the one before, but all
 * that was paid since the handover, before that and after. */
static void test_after_a_handover_a_clock_that_is_set_back_gives_nothing_twice(void **state) {
    static const int64_t back_ms[] = {1000, 60000, HOUR_MS};
    for (size_t i = 0; i < sizeof back_ms / sizeof back_ms[0]; i++) {
        assert_int_equal(fixture_tear_down(state), 0);
        assert_int_equal(fixture_set_up(state), 0);
        struct fixture *fixture = *state;
        int64_t at_ms = policy_day_start_ms(FIXTURE_WALL_MS) + 12 * HOUR_MS;
        struct journal_shift shift;
        assert_int_equal(cash_of_shift(fixture, at_ms - 4 * HOUR_MS, &shift).fen, 0);
        int64_t first_fen = pay_cash(fixture, 1, at_ms - 2 * HOUR_MS);
        shift.taken = cash_of_shift(fixture, at_ms, &shift);
        assert_int_equal(shift.taken.fen, first_fen);
        end_at(fixture, &shift, at_ms);
        assert_int_equal(cash_of_shift(fixture, at_ms - back_ms[i], &shift).fen, 0);
        assert_int_equal(shift.began_ms, at_ms - back_ms[i]);
        int64_t second_fen = pay_cash(fixture, 2, at_ms - back_ms[i] + 400);
        assert_int_equal(cash_of_shift(fixture, at_ms + 1000, &shift).fen, second_fen);
    }
}

/* ... also where somebody looks at the shift only after that. */
static void test_what_was_paid_by_a_clock_that_was_set_back_is_the_next_shifts(void **state) {
    struct fixture *fixture = *state;
    int64_t at_ms = policy_day_start_ms(FIXTURE_WALL_MS) + 12 * HOUR_MS;
    struct journal_shift shift;
    assert_int_equal(cash_of_shift(fixture, at_ms - 4 * HOUR_MS, &shift).fen, 0);
    pay_cash(fixture, 1, at_ms - 2 * HOUR_MS);
    end_at(fixture, &shift, at_ms);
    int64_t second_fen = pay_cash(fixture, 2, at_ms + 5000);
    second_fen += pay_cash(fixture, 3, at_ms - HOUR_MS);
    assert_int_equal(cash_of_shift(fixture, at_ms - HOUR_MS + 60000, &shift).fen, second_fen);
    assert_int_equal(shift.began_ms, at_ms - HOUR_MS + 60000);
}

/* The clock was ahead all through the shift before, whose cash was counted and handed over: by a
 * clock that is right the next one has none of it. */
static void test_a_shift_by_a_clock_ahead_gives_nothing_to_the_next(void **state) {
    struct fixture *fixture = *state;
    int64_t at_ms = policy_day_start_ms(FIXTURE_WALL_MS) + 6 * HOUR_MS;
    int64_t ahead_ms = 8 * HOUR_MS;
    struct journal_shift shift;
    assert_int_equal(cash_of_shift(fixture, at_ms + ahead_ms, &shift).fen, 0);
    int64_t first_fen = pay_cash(fixture, 1, at_ms + ahead_ms + HOUR_MS);
    shift.taken = cash_of_shift(fixture, at_ms + ahead_ms + 2 * HOUR_MS, &shift);
    assert_int_equal(shift.taken.fen, first_fen);
    end_at(fixture, &shift, at_ms + ahead_ms + 2 * HOUR_MS);
    assert_int_equal(cash_of_shift(fixture, at_ms + 2 * HOUR_MS, &shift).fen, 0);
    int64_t second_fen = pay_cash(fixture, 2, at_ms + 3 * HOUR_MS);
    assert_int_equal(cash_of_shift(fixture, at_ms + 4 * HOUR_MS, &shift).fen, second_fen);
}

/* A payment in cash by its number, all of which is given back to the patient. */
static void give_back(struct fixture *fixture, int n, int64_t done_ms) {
    struct order *order = fixture_order(n);
    char no[ORDER_NO_SIZE];
    memcpy(no, order->no, sizeof no);
    assert_int_equal(journal_load(fixture->journal, no, order), JOURNAL_OK);
    for (int i = 0; i < 2; i++) { /* what the HIS refuses first, is not handed out */
        struct refund *refund = &order->refunds[order->refund_count++];
        *refund = (struct refund){.state = i ? REFUND_DONE : REFUND_REFUSED,
                                  .claim = PART_NONE,
                                  .amount = order->legs[0].amount,
                                  .done_ms = i ? done_ms : 0};
        snprintf(refund->no, sizeof refund->no, "2611201200AA000%d999%d", i, n);
        snprintf(refund->caller_no, sizeof refund->caller_no, "R%d-%d", n, i);
        struct part_note note = {i ? NOTE_REFUNDED : NOTE_REFUND_REFUSED, 0, PART_NONE, (int8_t)i};
        struct journal_write write = {
            .order = order, .notes = &note, .note_count = 1, .wall_ms = FIXTURE_WALL_MS};
        assert_int_equal(journal_commit(fixture->journal, &write, 1), JOURNAL_OK);
    }
    free(order);
}

/* What was paid in one shift and goes back in the next leaves the drawer of that one, by whatever
 * clock, and of no other. */
static void test_what_goes_back_leaves_the_drawer_of_its_shift(void **state) {
    static const int64_t clock_ms[] = {-30 * HOUR_MS, 0, 30 * HOUR_MS};
    for (size_t i = 0; i < sizeof clock_ms / sizeof clock_ms[0]; i++) {
        assert_int_equal(fixture_tear_down(state), 0);
        assert_int_equal(fixture_set_up(state), 0);
        struct fixture *fixture = *state;
        int64_t at_ms = policy_day_start_ms(FIXTURE_WALL_MS) + 6 * HOUR_MS;
        struct journal_shift shift;
        assert_int_equal(cash_of_shift(fixture, at_ms, &shift).fen, 0);
        int64_t fen = pay_cash(fixture, 1, at_ms + HOUR_MS);
        assert_int_equal(cash_of_shift(fixture, at_ms + 2 * HOUR_MS, &shift).fen, fen);
        end_at(fixture, &shift, at_ms + 2 * HOUR_MS);
        give_back(fixture, 1, at_ms + 3 * HOUR_MS + clock_ms[i]);
        assert_int_equal(cash_of_shift(fixture, at_ms + 4 * HOUR_MS, &shift).fen, -fen);
        end_at(fixture, &shift, at_ms + 4 * HOUR_MS);
        assert_int_equal(cash_of_shift(fixture, at_ms + 5 * HOUR_MS, &shift).fen, 0);
    }
}

/* Before the chain tells of any shift the clock says what is of the first. */
static void test_what_goes_back_before_the_first_shift_is_of_none(void **state) {
    static const int64_t after_ms[] = {-1, 0};
    for (size_t i = 0; i < sizeof after_ms / sizeof after_ms[0]; i++) {
        assert_int_equal(fixture_tear_down(state), 0);
        assert_int_equal(fixture_set_up(state), 0);
        struct fixture *fixture = *state;
        int64_t at_ms = policy_day_start_ms(FIXTURE_WALL_MS) + 6 * HOUR_MS;
        struct journal_shift shift;
        int64_t fen = pay_cash(fixture, 1, at_ms - 30 * HOUR_MS);
        give_back(fixture, 1, at_ms + after_ms[i]);
        assert_int_equal(cash_of_shift(fixture, at_ms, &shift).fen, i == 0 ? 0 : -fen);
    }
}

/* By a clock that went back to another day, which the list of today does not reach: what is paid
 * and what goes back then is the shift's all the same. */
static void test_what_another_days_clock_wrote_is_of_its_shift(void **state) {
    struct fixture *fixture = *state;
    int64_t at_ms = policy_day_start_ms(FIXTURE_WALL_MS) + 6 * HOUR_MS;
    struct journal_shift shift;
    assert_int_equal(cash_of_shift(fixture, at_ms - 40 * HOUR_MS, &shift).fen, 0);
    int64_t fen = pay_cash(fixture, 1, at_ms - 38 * HOUR_MS);
    end_at(fixture, &shift, at_ms);
    give_back(fixture, 1, at_ms - 36 * HOUR_MS);
    assert_int_equal(cash_of_shift(fixture, at_ms + HOUR_MS, &shift).fen, -fen);
    fen -= pay_cash(fixture, 2, at_ms - 30 * HOUR_MS);
    assert_int_equal(cash_of_shift(fixture, at_ms + HOUR_MS, &shift).fen, -fen);
}

static void count_orders(void *context, const struct order *order,
                         const struct order_since *since) {
    (void)order;
    (void)since;
    ++*(int *)context;
}

/* A sum of which a part cannot be read would be wrong: there is none. */
static void test_a_shift_with_a_damaged_event_has_no_sums(void **state) {
    struct fixture *fixture = *state;
    int64_t at_ms = policy_day_start_ms(FIXTURE_WALL_MS) + 6 * HOUR_MS;
    struct journal_shift shift;
    int seen = 0;
    assert_int_equal(cash_of_shift(fixture, at_ms, &shift).fen, 0);
    pay_cash(fixture, 1, at_ms + HOUR_MS);
    assert_int_not_equal(cash_of_shift(fixture, at_ms + 2 * HOUR_MS, &shift).fen, 0);
    end_at(fixture, &shift, at_ms + 2 * HOUR_MS);
    pay_cash(fixture, 2, at_ms + 3 * HOUR_MS);
    assert_int_equal(journal_take_shift(fixture->journal, "王敏", at_ms + 4 * HOUR_MS, &shift),
                     JOURNAL_OK);
    assert_int_equal(fixture_number(fixture, "UPDATE order_events SET payload = 'x'"
                                             " WHERE number = (SELECT max(number) FROM"
                                             " order_events) RETURNING 1"),
                     1);
    assert_int_equal(journal_each_of_shift(fixture->journal, &shift, at_ms, count_orders, &seen),
                     JOURNAL_CORRUPT);
    assert_int_equal(seen, 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_set_up, fixture_tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(test_a_shift_begins_once),
        TEST(test_it_ends_once),
        TEST(test_reading_may_stop),
        TEST(test_cash_is_of_a_shift_though_the_clock_was_set_back),
        TEST(test_after_a_handover_a_clock_that_is_set_back_gives_nothing_twice),
        TEST(test_what_was_paid_by_a_clock_that_was_set_back_is_the_next_shifts),
        TEST(test_a_shift_by_a_clock_ahead_gives_nothing_to_the_next),
        TEST(test_what_goes_back_leaves_the_drawer_of_its_shift),
        TEST(test_what_goes_back_before_the_first_shift_is_of_none),
        TEST(test_what_another_days_clock_wrote_is_of_its_shift),
        TEST(test_a_shift_with_a_damaged_event_has_no_sums)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
