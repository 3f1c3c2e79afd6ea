/* links: app/core/ app/core/visit/ app/core/desk/ app/core/order/ app/core/terms/ ui/ids.c */
/* What stops the program before anything wrong is written: whatever is given once is noticed when
 * it changes, and whatever does not fit together is not sound. And the number a patient reads out.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "app/core/order/check.h"
#include "tests/support/one_leg.h"

static struct order order;

/* Two bills of 10.00 and 6.00 of one payment, of the first 4.00 has gone back. */
static int an_order(void **state) {
    (void)state;
    order = (struct order){.no = "26112012000000420001",
                           .service = SERVICE_DEPOSIT,
                           .leg_count = 1,
                           .claim_count = 2,
                           .refund_count = 2};
    order.legs[0] = (struct leg){
        .no = "26112012000000420001", .route = ROUTE_UPP, .state = LEG_PAID, .amount = {1600}};
    order.claims[0] = (struct claim){
        .org_trace_no = "B1", .state = CLAIM_DONE, .amount = {1000}, .refunded = {400}};
    order.claims[1] = (struct claim){
        .org_trace_no = "B2", .bill_key = "key of 2", .state = CLAIM_DONE, .amount = {600}};
    one_leg_pays(&order);
    order.refunds[0] = (struct refund){
        .no = "26112012000000420002", .leg = 0, .claim = 0, .state = REFUND_DONE, .amount = {400}};
    order.refunds[1] = (struct refund){.no = "26112012000000420003",
                                       .leg = 0,
                                       .claim = 0,
                                       .state = REFUND_REFUSED,
                                       .amount = {1000}};
    order.shares[0].returned.fen = 400;
    return 0;
}

static uint64_t digest(void) {
    return check_begin(&order).digest;
}

static void whatever_is_given_is_noticed_when_it_changes(void **state) {
    (void)state;
    uint64_t before = digest();
    int changed = 0;
#define CHANGES(what)                                                                              \
    an_order(NULL);                                                                                \
    what;                                                                                          \
    assert_true(digest() != before);                                                               \
    changed++
    CHANGES(order.no[19] = '2');
    CHANGES(order.legs[0].no[19] = '2');
    CHANGES(order.legs[0].route = ROUTE_POS);
    CHANGES(order.legs[0].amount.fen++);
    CHANGES(order.claims[0].org_trace_no[1] = '9');
    CHANGES(order.claims[1].bill_key[0] = 'K');
    CHANGES(order.claims[0].amount.fen++);
    CHANGES(order.claims[1].amount.fen++);
    CHANGES(order.shares[0].claim = 1);
    CHANGES(order.shares[1].leg = 1);
    CHANGES(order.shares[1].amount.fen++);
    CHANGES(order.refunds[0].no[19] = '9');
    CHANGES(order.refunds[1].no[19] = '9');
    CHANGES(order.refunds[1].leg = 1);
    CHANGES(order.refunds[0].claim = 1);
    CHANGES(order.refunds[1].amount.fen++);
    assert_int_equal(changed, 16);
#undef CHANGES
}

/* What only moves: a bill that has a key is renumbered, states go on. */
static void what_may_change_is_not_given(void **state) {
    (void)state;
    uint64_t before = digest();
    order.claims[1].org_trace_no[1] = '9';
    order.claims[0].state = CLAIM_UNCREDITING;
    order.legs[0].state = LEG_CASE;
    order.refunds[0].state = REFUND_UNKNOWN;
    order.shares[0].returned.fen = 0;
    assert_true(digest() == before);
}

/* "ab" and "c" are not "a" and "bc". */
static void texts_do_not_run_into_each_other(void **state) {
    (void)state;
    strcpy(order.no, "26112012000000420001");
    strcpy(order.legs[0].no, "x");
    uint64_t before = digest();
    strcpy(order.no, "26112012000000420001x");
    strcpy(order.legs[0].no, "");
    assert_true(digest() != before);
}

static void a_case_has_its_reason_and_nothing_else_has_one(void **state) {
    (void)state;
    assert_true(order_is_sound(&order));
    order.legs[0].reason = CASE_NO_ACT;
    assert_false(order_is_sound(&order));
    an_order(NULL);
    order.claims[1].reason = CASE_NO_ACT;
    assert_false(order_is_sound(&order));
    an_order(NULL);
    for (int i = 0; i < 2; i++) {
        order.refunds[i].reason = CASE_NO_ACT;
        assert_false(order_is_sound(&order));
        an_order(NULL);
    }
    order.claims[1].state = CLAIM_CASE;
    assert_false(order_is_sound(&order));
    order.claims[1].reason = CASE_NO_ACT;
    assert_true(order_is_sound(&order));
}

static void no_more_goes_back_than_there_is(void **state) {
    (void)state;
    order.refunds[0].amount.fen = order.refunds[1].amount.fen = 500;
    order.claims[0].refunded.fen = order.shares[0].returned.fen = 500;
    order.claims[0].state = CLAIM_UNCREDITING;
    order.refunds[1].state = REFUND_SENDING;
    assert_true(order_is_sound(&order));
    order.refunds[1].amount.fen = 501; /* of the share, not of the leg */
    assert_false(order_is_sound(&order));
    order.refunds[1].state = REFUND_REFUSED; /* what was refused is not money */
    order.claims[0].state = CLAIM_DONE;
    assert_true(order_is_sound(&order));
    order.refunds[1] = (struct refund){.no = "26112012000000420003",
                                       .leg = 0,
                                       .claim = PART_NONE,
                                       .state = REFUND_DONE,
                                       .amount = {1101}}; /* of the leg */
    assert_false(order_is_sound(&order));
}

static void a_refund_is_of_a_share_that_is_there(void **state) {
    (void)state;
    order.refunds[1].claim = 1;
    assert_true(order_is_sound(&order));
    order.share_count = 1;
    order.shares[0].amount.fen = 1600;
    assert_false(order_is_sound(&order));
}

/* Each bill has a leg of its own: none of the second's is the first's. */
static void a_refund_is_of_a_leg_that_paid_its_claim(void **state) {
    (void)state;
    order.leg_count = 2;
    order.legs[1] = order.legs[0];
    order.legs[1].no[19] = '4';
    order.legs[0].amount.fen = 1000;
    order.legs[1].amount.fen = 600;
    order.shares[1].leg = 1;
    assert_true(order_is_sound(&order));
    order.refunds[1].leg = 1;
    assert_false(order_is_sound(&order));
}

static void only_what_is_there_is_credited(void **state) {
    (void)state;
    order.legs[0].state = LEG_WAITING;
    assert_false(order_is_sound(&order));
}

/* Also one behind the last of them. */
static void a_route_that_nobody_has_is_not_sound(void **state) {
    static const int none[] = {ROUTE_NONE, ROUTE_COUNT, ROUTE_COUNT + 1};
    (void)state;
    for (size_t i = 0; i < sizeof none / sizeof none[0]; i++) {
        order.legs[0].route = (enum route)none[i];
        assert_false(order_is_sound(&order));
    }
}

/* The last digits of the order's number, or all it has. */
static void a_case_is_read_out_by_its_last_digits(void **state) {
    static const char *const rows[][2] = {{"26112012000000420001", "C00420001"},
                                          {"12345678", "C12345678"},
                                          {"123456789", "C23456789"},
                                          {"7", "C7"},
                                          {"", "C"}};
    char out[ORDER_CASE_NO_SIZE];
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        memset(order.no, 'x', sizeof order.no);
        strcpy(order.no, rows[i][0]);
        assert_string_equal(order_case_no(&order, out), rows[i][1]);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(whatever_is_given_is_noticed_when_it_changes, an_order),
        cmocka_unit_test_setup(what_may_change_is_not_given, an_order),
        cmocka_unit_test_setup(texts_do_not_run_into_each_other, an_order),
        cmocka_unit_test_setup(a_case_has_its_reason_and_nothing_else_has_one, an_order),
        cmocka_unit_test_setup(no_more_goes_back_than_there_is, an_order),
        cmocka_unit_test_setup(a_refund_is_of_a_share_that_is_there, an_order),
        cmocka_unit_test_setup(a_refund_is_of_a_leg_that_paid_its_claim, an_order),
        cmocka_unit_test_setup(only_what_is_there_is_credited, an_order),
        cmocka_unit_test_setup(a_route_that_nobody_has_is_not_sound, an_order),
        cmocka_unit_test_setup(a_case_is_read_out_by_its_last_digits, an_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
