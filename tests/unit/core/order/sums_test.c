/* links: app/core/order/ app/core/terms/ */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "app/core/order/shares.h"
#include "tests/support/one_leg.h"

/* One leg of 30.00 with two claims of 10.00 and 20.00: what its states make of it. */
static const struct {
    enum leg_state leg;
    enum claim_state first, second;
    enum order_state state;
    bool settled;
    int64_t paid, credited, returned, in_cases;
} rows[] = {
    {LEG_NEW, CLAIM_WAITING, CLAIM_WAITING, ORDER_OPENING, false, 0, 0, 0, 0},
    {LEG_PLACING, CLAIM_WAITING, CLAIM_WAITING, ORDER_WAITING, false, 0, 0, 0, 0},
    {LEG_PLACE_UNKNOWN, CLAIM_WAITING, CLAIM_WAITING, ORDER_WAITING, false, 0, 0, 0, 0},
    {LEG_WAITING, CLAIM_WAITING, CLAIM_WAITING, ORDER_WAITING, false, 0, 0, 0, 0},
    {LEG_CLOSING, CLAIM_WAITING, CLAIM_WAITING, ORDER_CLOSING, false, 0, 0, 0, 0},
    {LEG_CLOSED, CLAIM_VOID, CLAIM_VOID, ORDER_CLOSED, false, 0, 0, 0, 0},
    {LEG_DECLINED, CLAIM_VOID, CLAIM_VOID, ORDER_DECLINED, true, 0, 0, 0, 0},
    {LEG_PAID_AFTER_CLOSE, CLAIM_VOID, CLAIM_VOID, ORDER_RETURNING, false, 3000, 0, 0, 0},
    {LEG_RETURNED, CLAIM_VOID, CLAIM_VOID, ORDER_RETURNED, true, 3000, 0, 3000, 0},
    {LEG_CASE, CLAIM_WAITING, CLAIM_WAITING, ORDER_CASE, true, 3000, 0, 0, 3000},
    {LEG_PAID, CLAIM_CHECKING, CLAIM_CHECKING, ORDER_CREDITING, false, 3000, 0, 0, 0},
    {LEG_PAID, CLAIM_DONE, CLAIM_CREDITING, ORDER_CREDITING, false, 3000, 1000, 0, 0},
    {LEG_PAID, CLAIM_DONE, CLAIM_CREDIT_UNKNOWN, ORDER_CREDITING, false, 3000, 1000, 0, 0},
    {LEG_PAID, CLAIM_DONE, CLAIM_DONE, ORDER_CREDITED, true, 3000, 3000, 0, 0},
    {LEG_PAID, CLAIM_DONE, CLAIM_REVERSING, ORDER_RETURNING, false, 3000, 1000, 0, 0},
    {LEG_PAID, CLAIM_DONE, CLAIM_UNCREDITING, ORDER_RETURNING, false, 3000, 1000, 0, 0},
    {LEG_PAID, CLAIM_DONE, CLAIM_REVERSED, ORDER_PARTLY, true, 3000, 1000, 2000, 0},
    {LEG_PAID, CLAIM_REVERSED, CLAIM_REVERSED, ORDER_RETURNED, true, 3000, 0, 3000, 0},
    {LEG_PAID, CLAIM_DONE, CLAIM_CASE, ORDER_CASE, true, 3000, 1000, 0, 2000},
    {LEG_PAID, CLAIM_CREDITING, CLAIM_CASE, ORDER_CASE, false, 3000, 0, 0, 2000},
};

static struct order order_of(size_t row) {
    struct order order = {.leg_count = 1, .claim_count = 2};
    order.legs[0].state = rows[row].leg;
    order.legs[0].route = ROUTE_UPP;
    order.legs[0].amount.fen = 3000;
    order.legs[0].watch_until_ms = 1;
    order.claims[0].state = rows[row].first;
    order.claims[0].amount.fen = 1000;
    order.claims[1].state = rows[row].second;
    order.claims[1].amount.fen = 2000;
    order_share_out(&order);
    for (int i = 0; i < 2; i++)
        if (order.claims[i].state == CLAIM_REVERSED)
            order.shares[i].returned = order.shares[i].amount;
    return order;
}

static void every_state_has_its_word_and_its_sums(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct order order = order_of(i);
        struct order_sums sums = order_sums(&order);
        assert_int_equal(order_state(&order), rows[i].state);
        assert_int_equal(order_settled(&order), rows[i].settled);
        assert_int_equal(sums.paid.fen, rows[i].paid);
        assert_int_equal(sums.credited.fen, rows[i].credited);
        assert_int_equal(sums.returned.fen, rows[i].returned);
        assert_int_equal(sums.in_cases.fen, rows[i].in_cases);
        assert_int_equal(sums.paid.fen, sums.credited.fen + sums.returned.fen + sums.in_cases.fen +
                                            sums.in_flight.fen);
    }
}

static void what_was_given_back_of_a_claim_is_returned(void **state) {
    (void)state;
    struct order order = order_of(0);
    order.legs[0].state = LEG_PAID;
    order.claims[0].state = CLAIM_REFUNDED;
    order.claims[0].refunded.fen = 1000;
    order.claims[1].state = CLAIM_DONE;
    order.claims[1].refunded.fen = 500;
    order.shares[0].returned.fen = 1000;
    order.shares[1].returned.fen = 500;
    struct order_sums sums = order_sums(&order);
    assert_int_equal(sums.returned.fen, 1500);
    assert_int_equal(sums.credited.fen, 1500);
    assert_int_equal(order_state(&order), ORDER_PARTLY);
}

static void a_refund_under_way_keeps_an_order_open(void **state) {
    (void)state;
    static const enum refund_state open[] = {REFUND_NEW, REFUND_SENDING, REFUND_UNKNOWN};
    static const enum refund_state over[] = {REFUND_DONE, REFUND_REFUSED, REFUND_CASE};
    struct order order = order_of(0);
    order.legs[0].state = LEG_CASE;
    order.refund_count = 1;
    for (size_t i = 0; i < 3; i++) {
        order.refunds[0].state = open[i];
        assert_false(order_settled(&order));
        order.refunds[0].state = over[i];
        assert_true(order_settled(&order));
    }
}

static void only_what_waits_by_itself_gives_up_its_slot(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct order order = order_of(i);
        bool waits = rows[i].leg == LEG_CLOSED || rows[i].leg == LEG_PAID_AFTER_CLOSE;
        bool on_phone = rows[i].leg == LEG_PLACE_UNKNOWN || rows[i].leg == LEG_WAITING;
        assert_int_equal(order_only_waits(&order), waits);
        order.legs[0].route = ROUTE_AMP;
        assert_int_equal(order_only_waits(&order), waits || on_phone);
        order.run.leg[0].request = 8;
        assert_false(order_only_waits(&order));
        order.run.leg[0].request = 0;
        order.run.durable_wait = 7;
        assert_false(order_only_waits(&order));
        assert_false(order_finished(&order));
        assert_true(order_persists(&order, 7));
        assert_false(order_persists(&order, 6));
        assert_false(order_awaits(&order, 0));
    }
}

static void what_a_disk_has_changed_is_not_sound(void **state) {
    static struct order good, bad;
    (void)state;
    good = (struct order){.leg_count = 1, .claim_count = 1, .refund_count = 1};
    good.legs[0] = (struct leg){.route = ROUTE_UPP, .state = LEG_PAID, .amount = {1000}};
    good.claims[0] = (struct claim){.state = CLAIM_REFUNDED, .amount = {1000}, .refunded = {1000}};
    one_leg_pays(&good);
    good.refunds[0] = (struct refund){.state = REFUND_DONE, .amount = {1000}};
    assert_true(order_is_sound(&good));
    assert_false(order_is_sound(&(struct order){.no = "26112012007K00420000"})); /* without a leg */
    for (int part = 0; part < 15; part++) {
        bad = good;
        switch (part) {
        case 14:
            bad.legs[0].route = ROUTE_NONE;
            break;
        case 0:
            bad.legs[0].amount.fen = 1001;
            break;
        case 1:
            bad.legs[0].amount.fen = -1000;
            break;
        case 2:
            bad.claims[0].amount.fen = INT64_MAX;
            break;
        case 3:
            bad.claims[0].refunded.fen = -1;
            break;
        case 4:
            bad.claims[0].refunded.fen = 999;
            break;
        case 5:
            bad.shares[0].leg = 1;
            break;
        case 6:
            bad.refunds[0].leg = 1;
            break;
        case 7:
            bad.refunds[0].claim = 1;
            break;
        case 8:
            bad.shares[0].claim = 1;
            break;
        case 9:
            bad.shares[0].amount.fen = 999;
            break;
        case 10:
            bad.shares[0].returned.fen = 1001;
            break;
        case 11:
            bad.share_count = 0;
            break;
        case 12: /* two shares of the same leg */
            bad.shares[0].amount.fen = bad.shares[0].returned.fen = 400;
            bad.shares[1] = (struct share){.amount = {600}, .returned = {600}};
            bad.share_count = 2;
            break;
        default:
            bad.claims[0].amount.fen = MONEY_MAX_FEN;
            break;
        }
        assert_false(order_is_sound(&bad));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_a_disk_has_changed_is_not_sound),
        cmocka_unit_test(every_state_has_its_word_and_its_sums),
        cmocka_unit_test(what_was_given_back_of_a_claim_is_returned),
        cmocka_unit_test(a_refund_under_way_keeps_an_order_open),
        cmocka_unit_test(only_what_waits_by_itself_gives_up_its_slot),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
