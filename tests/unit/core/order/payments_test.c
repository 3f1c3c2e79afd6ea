/* links: app/core/order/ app/core/terms/ */
/* What a patient paid, as a list: each order a row, what other machines took between them, and an
 * end that is told. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/payments_story.h"

#define NOON_MS INT64_C(1795147200000) /* 2026-11-20 12:00 in China */

static struct payment_list list;

/* The n-th of a terminal, a minute after the one before. */
static struct order order_of(const char *terminal, int n) {
    char no[ORDER_NO_SIZE];
    snprintf(no, sizeof no, "26112012007K%s%04d", terminal, n);
    struct order order = paid_deposit(no, "key", 1000, NOON_MS + n * 60000);
    order.created_ms = NOON_MS + n * 60000;
    return order;
}

/* As the journal reads them: the newest first. */
static void here(int first, int last) {
    list = (struct payment_list){.keys.id = "key"};
    for (int n = last; n >= first; n--) {
        struct order order = order_of("0042", n);
        assert_true(payments_add(&list, &order));
    }
}

static void elsewhere(int n) {
    struct order order = order_of("0043", n);
    payments_add_elsewhere(&list, &order);
}

static void row_is(int row, const char *order_no, const char *place) {
    assert_string_equal(list.rows[row].order_no, order_no);
    assert_string_equal(list.rows[row].elsewhere, place);
}

static void each_item_has_its_row(void) {
    for (int i = 0; i < list.item_count; i++) {
        const struct payment *row = &list.rows[list.items[i].payment];
        assert_true(list.items[i].payment < list.count);
        assert_string_equal(row->elsewhere, "");
        assert_int_equal(row->first_item, i); /* a deposit has one */
    }
}

static void what_others_took_stands_where_it_belongs(void **state) {
    (void)state;
    here(10, 12);
    elsewhere(11); /* of the same minute: after ours */
    elsewhere(13);
    elsewhere(1);
    assert_int_equal(list.count, 6);
    row_is(0, "26112012007K00430013", "0043");
    row_is(1, "26112012007K00420012", "");
    row_is(2, "26112012007K00420011", "");
    row_is(3, "26112012007K00430011", "0043");
    row_is(4, "26112012007K00420010", "");
    row_is(5, "26112012007K00430001", "0043");
    assert_int_equal(list.item_count, 3);
    each_item_has_its_row();
    assert_false(list.more);
}

static void what_the_list_has_is_not_added(void **state) {
    (void)state;
    here(1, 3);
    for (int n = 1; n <= 3; n++) {
        struct order order = order_of("0042", n);
        payments_add_elsewhere(&list, &order);
    }
    assert_int_equal(list.count, 3);
    list.count = list.item_count = 0; /* what once stood there is no row of it */
    struct order order = order_of("0042", 3);
    payments_add_elsewhere(&list, &order);
    assert_int_equal(list.count, 1);
}

static void what_is_somebody_elses_is_not_added(void **state) {
    (void)state;
    here(1, 3);
    struct order order = order_of("0043", 2);
    strcpy(order.person.keys.id, "key-of-li");
    payments_add_elsewhere(&list, &order);
    assert_int_equal(list.count, 3);
}

static void a_full_list_says_that_there_is_more(void **state) {
    (void)state;
    here(1, PAYMENTS_MAX);
    assert_false(list.more);
    struct order older = order_of("0042", 0);
    assert_false(payments_add(&list, &older));
    assert_true(list.more);
    here(1, PAYMENTS_MAX);
    elsewhere(0); /* older than all: it is left out */
    assert_true(list.more);
    assert_int_equal(list.count, PAYMENTS_MAX);
    row_is(0, "26112012007K00420048", "");
    row_is(PAYMENTS_MAX - 1, "26112012007K00420001", "");
}

/* The oldest makes room, with its items where it has some. */
static void the_oldest_makes_room(void **state) {
    (void)state;
    here(1, PAYMENTS_MAX);
    elsewhere(20);
    assert_true(list.more);
    assert_int_equal(list.count, PAYMENTS_MAX);
    assert_int_equal(list.item_count, PAYMENTS_MAX - 1);
    row_is(PAYMENTS_MAX - 1, "26112012007K00420002", "");
    each_item_has_its_row();
    here(1, PAYMENTS_MAX - 1);
    elsewhere(0);
    assert_false(list.more);
    elsewhere(20); /* ... for which what the other machine took makes room */
    assert_int_equal(list.count, PAYMENTS_MAX);
    assert_int_equal(list.item_count, PAYMENTS_MAX - 1);
    row_is(PAYMENTS_MAX - 1, "26112012007K00420001", "");
    each_item_has_its_row();
}

static void the_last_return_is_when_it_was_back(void **state) {
    struct order order = order_of("0042", 1);
    struct payment row;
    (void)state;
    order.refund_count = 3;
    for (int i = 0; i < 3; i++)
        order.refunds[i] =
            (struct refund){.state = REFUND_DONE, .amount = {100}, .done_ms = NOON_MS + 2 - i};
    order.refunds[0].state = REFUND_REFUSED;
    order.claims[0].refunded.fen = order.shares[0].returned.fen = 200;
    payment_of_order(&order, &row);
    assert_int_equal(row.returned_ms, NOON_MS + 1);
    assert_int_equal(row.returned.fen, 200);
    order.refunds[1].state = order.refunds[2].state = REFUND_REFUSED;
    payment_of_order(&order, &row);
    assert_int_equal(row.returned_ms, 0);
}

static void who_paid_is_named_where_it_is_known(void **state) {
    struct order order = order_of("0042", 1);
    struct payment row;
    (void)state;
    order.legs[0].channel = CHANNEL_ONE;
    payment_of_order(&order, &row);
    assert_int_equal(row.channel, CHANNEL_ONE);
    order.legs[0].paid_by = CHANNEL_ALIPAY;
    payment_of_order(&order, &row);
    assert_int_equal(row.channel, CHANNEL_ALIPAY);
    assert_string_equal(row.case_no, "");
}

/* Insurance paid 7.50 of 10.00: the other 2.50 may go back alone, once; all of it is no part. */
static void a_callers_payment_is_known_by_the_callers_number(void **state) {
    static const char *const numbers[] = {"", "7", "POS20261120000001"};
    (void)state;
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        struct order order = order_of("0042", 1);
        struct payment payment;
        strcpy(order.caller_no, numbers[i]);
        payment_of_order(&order, &payment);
        assert_int_equal(payment.of_caller, i > 0);
    }
}

static void an_own_part_is_a_part(void **state) {
    static const struct {
        enum route route;
        int64_t own_fen, refunded_fen, part_fen;
    } rows[] = {{ROUTE_MMPC, 250, 0, 250},
                {ROUTE_MMPC, 250, 1, 0},
                {ROUTE_MMPC, 1000, 0, 0},
                {ROUTE_MMPC, 999, 0, 999},
                {ROUTE_UPP, 250, 0, 0}};
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct order order = order_of("0042", 1);
        order.legs[0].route = rows[i].route;
        order.legs[0].split.own.fen = rows[i].own_fen;
        order.claims[0].refunded.fen = rows[i].refunded_fen;
        list = (struct payment_list){.keys.id = "key"};
        assert_true(payments_add(&list, &order));
        assert_int_equal(list.items[0].own.fen, rows[i].part_fen);
        assert_int_equal(list.items[0].insured, rows[i].route == ROUTE_MMPC);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_others_took_stands_where_it_belongs),
        cmocka_unit_test(what_the_list_has_is_not_added),
        cmocka_unit_test(what_is_somebody_elses_is_not_added),
        cmocka_unit_test(a_full_list_says_that_there_is_more),
        cmocka_unit_test(the_oldest_makes_room),
        cmocka_unit_test(the_last_return_is_when_it_was_back),
        cmocka_unit_test(who_paid_is_named_where_it_is_known),
        cmocka_unit_test(a_callers_payment_is_known_by_the_callers_number),
        cmocka_unit_test(an_own_part_is_a_part),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
