/* links: app/core/ app/core/visit/ app/core/order/ app/core/terms/ ui/ids.c */
/* 64 places for open orders: who gives up a place when all are taken, and who does not. */
#include "tests/support/one_leg.h"
#include "tests/support/patient.h"

#include <stdio.h>

static struct core core;
static struct effects out;
static const struct now noon = {NOON_MS, 1000};

static struct order an_order(int n, enum leg_state leg, enum claim_state claim) {
    struct order order = {.service = SERVICE_DEPOSIT, .leg_count = 1, .claim_count = 1};
    snprintf(order.no, sizeof order.no, "2611201200000042%04d", n);
    order.legs[0] = (struct leg){.route = ROUTE_UPP,
                                 .channel = CHANNEL_WECHAT,
                                 .state = leg,
                                 .amount = {1000},
                                 .expire_ms = NOON_MS + 180000,
                                 .watch_until_ms = NOON_MS + 86400000};
    memcpy(order.legs[0].no, order.no, ORDER_NO_SIZE);
    order.claims[0] = (struct claim){.state = claim, .amount = {1000}};
    one_leg_pays(&order);
    if (claim == CLAIM_CASE)
        order.claims[0].reason = CASE_CREDIT_UNKNOWN;
    return order;
}

static bool restore(int n, enum leg_state leg, enum claim_state claim) {
    struct order order = an_order(n, leg, claim);
    return core_restore(&core, &order, noon, &out);
}

static int open_core(void **state) {
    struct core_setup setup = usual_setup();
    (void)state;
    core_init(&core, &setup, noon);
    return 0;
}

static void the_65th_open_order_waits_for_the_next_start(void **state) {
    (void)state;
    for (int n = 1; n <= ORDERS_MAX; n++)
        assert_true(restore(n, LEG_WAITING, CLAIM_WAITING));
    assert_false(restore(ORDERS_MAX + 1, LEG_WAITING, CLAIM_WAITING));
}

static void what_is_only_watched_gives_up_its_place(void **state) {
    (void)state;
    for (int n = 1; n <= ORDERS_MAX; n++)
        assert_true(
            restore(n, n == 40 ? LEG_CLOSED : LEG_WAITING, n == 40 ? CLAIM_VOID : CLAIM_WAITING));
    assert_true(restore(ORDERS_MAX + 1, LEG_WAITING, CLAIM_WAITING));
    assert_int_equal(book_find(&core.book, "26112012000000420040"), -1);
    assert_true(book_find(&core.book, "26112012000000420041") >= 0);
}

/* Late money comes soon or never: what was closed a moment ago is not forgotten first. */
static void what_was_watched_longest_gives_up_its_place(void **state) {
    (void)state;
    for (int n = ORDERS_MAX; n >= 1; n--)
        assert_true(restore(n, LEG_CLOSED, CLAIM_VOID));
    for (int n = 1; n <= 3; n++)
        assert_true(restore(ORDERS_MAX + n, LEG_CLOSED, CLAIM_VOID));
    assert_int_equal(book_find(&core.book, "26112012000000420001"), -1);
    assert_int_equal(book_find(&core.book, "26112012000000420003"), -1);
    assert_true(book_find(&core.book, "26112012000000420004") >= 0);
    assert_true(book_find(&core.book, "26112012000000420064") >= 0);
    assert_true(book_find(&core.book, "26112012000000420065") >= 0);
    assert_true(book_find(&core.book, "26112012000000420066") >= 0);
}

static void a_case_gives_up_its_place_when_there_is_no_other(void **state) {
    (void)state;
    for (int n = 1; n <= ORDERS_MAX; n++)
        assert_true(
            restore(n, n == 7 ? LEG_PAID : LEG_WAITING, n == 7 ? CLAIM_CASE : CLAIM_WAITING));
    assert_true(book_find(&core.book, "26112012000000420007") >= 0);
    assert_true(restore(ORDERS_MAX + 1, LEG_WAITING, CLAIM_WAITING));
    assert_int_equal(book_find(&core.book, "26112012000000420007"), -1);
}

static void the_greatest_number_of_all_is_the_last(void **state) {
    struct order order = an_order(9, LEG_PAID, CLAIM_REVERSED);
    (void)state;
    order.refund_count = 2;
    for (int i = 0; i < 2; i++)
        order.refunds[i] = (struct refund){.state = REFUND_REFUSED, .claim = 0, .amount = {1000}};
    order.refunds[1].state = REFUND_DONE;
    memcpy(order.refunds[0].no, "26112013000000420011", ORDER_NO_SIZE);
    memcpy(order.refunds[1].no, "26112012300000420010", ORDER_NO_SIZE);
    assert_true(core_restore(&core, &order, noon, &out));
    assert_true(restore(2, LEG_WAITING, CLAIM_WAITING));
    assert_string_equal(core.book.last_no, "26112013000000420011");
}

static void numbers_of_effects_never_are_zero(void **state) {
    struct event tick = {.kind = EVENT_TICK, .now = {NOON_MS + 60000, 61000}};
    (void)state;
    assert_true(restore(1, LEG_WAITING, CLAIM_WAITING));
    core.book.next_number = UINT32_MAX;
    for (int i = 0; i < 3; i++) {
        core_step(&core, &tick, &out);
        for (int at = 0; at < out.count; at++)
            if (out.items[at].kind == EFFECT_SEND || out.items[at].kind == EFFECT_PERSIST)
                assert_true(out.items[at].number != 0);
        tick.now.mono_ms += 60000;
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(the_65th_open_order_waits_for_the_next_start, open_core),
        cmocka_unit_test_setup(what_is_only_watched_gives_up_its_place, open_core),
        cmocka_unit_test_setup(what_was_watched_longest_gives_up_its_place, open_core),
        cmocka_unit_test_setup(a_case_gives_up_its_place_when_there_is_no_other, open_core),
        cmocka_unit_test_setup(the_greatest_number_of_all_is_the_last, open_core),
        cmocka_unit_test_setup(numbers_of_effects_never_are_zero, open_core),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
