/* links: app/core/order/ app/core/terms/ */
/* Books that do not add up are found, whatever a disk or a hand has changed; what they say of cases
 * and of what goes back is exact. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "app/core/order/check.h"
#include "app/core/order/shares.h"
#include "app/core/terms/money.h"

/* Bills of 10.00 and 20.00, credited: 15.00 by WeChat, 15.00 by card. */
static struct order order;

static void credited_bills(void) {
    order = (struct order){.service = SERVICE_BILLS, .leg_count = 2, .claim_count = 2};
    order.share_count = 3;
    order.legs[0] = (struct leg){
        .route = ROUTE_UPP, .channel = CHANNEL_WECHAT, .state = LEG_PAID, .amount = {1500}};
    order.legs[1] = (struct leg){
        .route = ROUTE_POS, .channel = CHANNEL_CARD, .state = LEG_PAID, .amount = {1500}};
    order.claims[0] = (struct claim){.state = CLAIM_DONE, .amount = {1000}};
    order.claims[1] = (struct claim){.state = CLAIM_DONE, .amount = {2000}};
    order.shares[0] = (struct share){.claim = 0, .leg = 0, .amount = {1000}};
    order.shares[1] = (struct share){.claim = 1, .leg = 0, .amount = {500}};
    order.shares[2] = (struct share){.claim = 1, .leg = 1, .amount = {1500}};
}

#define PLACE(member)                                                                              \
    { #member, offsetof(struct order, member) }
static const struct {
    const char *name;
    size_t at;
} amounts[] = {
    PLACE(legs[0].amount),     PLACE(legs[1].amount),        PLACE(legs[0].seen),
    PLACE(legs[1].seen),       PLACE(legs[0].split.fund),    PLACE(legs[0].split.account),
    PLACE(legs[0].split.own),  PLACE(legs[0].split.prepaid), PLACE(legs[0].shown_own),
    PLACE(claims[0].amount),   PLACE(claims[1].amount),      PLACE(claims[0].refunded),
    PLACE(claims[1].refunded), PLACE(shares[0].amount),      PLACE(shares[2].amount),
    PLACE(shares[0].returned), PLACE(shares[2].returned),    PLACE(shares[0].disputed),
    PLACE(shares[2].disputed)};

static void no_amount_is_negative_or_more_than_there_is(void **state) {
    static const int64_t wrong[] = {-1, INT64_MIN, MONEY_MAX_FEN + 1, INT64_MAX};
    (void)state;
    for (size_t i = 0; i < sizeof amounts / sizeof amounts[0]; i++)
        for (size_t w = 0; w < sizeof wrong / sizeof wrong[0]; w++) {
            credited_bills();
            assert_true(order_adds_up(&order));
            ((struct fen *)(void *)((char *)&order + amounts[i].at))->fen = wrong[w];
            if (order_adds_up(&order))
                fail_msg("%s of %lld", amounts[i].name, (long long)wrong[w]);
        }
}

static void the_largest_amount_is_one(void **state) {
    (void)state;
    credited_bills();
    order.legs[0].seen.fen = order.legs[0].split.own.fen = MONEY_MAX_FEN;
    order.legs[0].shown_own.fen = MONEY_MAX_FEN;
    assert_true(order_adds_up(&order));
}

/* A share more or less than its leg or its claim, one of nothing, of nobody, or twice. */
static void shares_are_all_of_it(void **state) {
    (void)state;
    credited_bills();
    order.shares[0].amount.fen--;
    assert_false(order_adds_up(&order));
    credited_bills();
    order.legs[1].amount.fen++;
    assert_false(order_adds_up(&order));
    credited_bills();
    order.claims[1].amount.fen++;
    assert_false(order_adds_up(&order));
    credited_bills();
    order.legs[0].amount.fen -= 500;
    order.shares[1].amount.fen = 0; /* of nothing, and the claim gets it from the other */
    order.shares[2].amount.fen += 500;
    order.legs[1].amount.fen += 500;
    assert_false(order_adds_up(&order));
    credited_bills();
    order.shares[2].claim = 2;
    assert_false(order_adds_up(&order));
    credited_bills();
    order.shares[2].leg = 2;
    assert_false(order_adds_up(&order));
    credited_bills();
    order.shares[1].amount.fen = 250; /* in two rows of one claim and leg */
    order.shares[3] = order.shares[1];
    order.share_count++;
    assert_false(order_adds_up(&order));
    credited_bills();
    order.legs[0].amount.fen += 100; /* one leg's shares are less than it, the other's more */
    order.legs[1].amount.fen -= 100;
    assert_false(order_adds_up(&order));
    credited_bills();
    order.legs[0].amount.fen = 1001;
    order.legs[1].amount.fen = 1999;
    order.shares[1].amount.fen = 1; /* the least that is a share */
    order.shares[2].amount.fen = 1999;
    assert_true(order_adds_up(&order));
}

/* What went back of what is credited was asked for; of what was not, not always. */
static void what_went_back_is_told_by_claim_and_share(void **state) {
    (void)state;
    credited_bills();
    order.shares[0].returned.fen = 1;
    assert_false(order_adds_up(&order));
    order.claims[0].refunded.fen = 1;
    assert_true(order_adds_up(&order));
    order.claims[0].refunded.fen = 2;
    assert_false(order_adds_up(&order));
    credited_bills();
    order.claims[0].state = CLAIM_REVERSED;
    assert_false(order_adds_up(&order)); /* reversed, and nothing of it is back */
    order.shares[0].returned.fen = 1000;
    assert_true(order_adds_up(&order));
    order.claims[0].refunded.fen = 1001;
    assert_false(order_adds_up(&order));
    order.claims[0].refunded.fen = -1;
    assert_false(order_adds_up(&order));
    credited_bills();
    order.claims[0].refunded.fen = order.shares[0].returned.fen = 600;
    order.shares[0].disputed.fen = 600; /* more than all is back or for a person */
    assert_false(order_adds_up(&order));
    credited_bills();
    order.claims[0].state = CLAIM_CASE;
    order.shares[0].returned.fen = 600;
    order.shares[0].disputed.fen = 400;
    assert_true(order_adds_up(&order));
    order.shares[0].disputed.fen = 401;
    assert_false(order_adds_up(&order));
}

static void a_refund_is_of_a_leg_and_a_claim_that_there_are(void **state) {
    (void)state;
    credited_bills();
    order.refund_count = 1;
    order.refunds[0] = (struct refund){.leg = 1, .claim = 1, .state = REFUND_REFUSED};
    assert_true(order_adds_up(&order));
    order.refunds[0].leg = 2;
    assert_false(order_adds_up(&order));
    order.refunds[0] = (struct refund){.leg = 0, .claim = 2, .state = REFUND_REFUSED};
    assert_false(order_adds_up(&order));
}

/* A stranded own part is of its payment: more than nothing, at most all of it. */
static void an_own_part_alone_is_a_part(void **state) {
    static const struct {
        int64_t own_fen;
        bool good;
    } rows[] = {{0, false}, {1, true}, {1500, true}, {1501, false}};
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        credited_bills();
        order.legs[0].own_only = true;
        order.legs[0].split.own.fen = rows[i].own_fen;
        assert_int_equal(order_adds_up(&order), rows[i].good);
    }
}

static void what_is_for_a_person_is_exact(void **state) {
    (void)state;
    credited_bills();
    assert_int_equal(order_claim_in_case(&order, 1).fen, 0);
    order.claims[1].state = CLAIM_CASE;
    order.claims[1].refunded.fen = order.shares[2].returned.fen = 300;
    assert_int_equal(order_claim_in_case(&order, 1).fen, 1700);
    struct share *behind = &order.shares[order.share_count];
    *behind = (struct share){.claim = 1, .amount = {5}, .disputed = {3}}; /* of nobody */
    assert_int_equal(order_claim_in_case(&order, 1).fen, 1700);
    order.claims[order.claim_count] = order.claims[1];
    order.shares[0].claim = (uint8_t)order.claim_count;
    assert_int_equal(order_claim_in_case(&order, order.claim_count).fen, 0);
    order.shares[0].claim = 0;
    order.shares[2].disputed.fen = 200; /* the rest of it is credited */
    assert_int_equal(order_claim_in_case(&order, 1).fen, 200);
    assert_int_equal(order_claim_in_case(&order, 2).fen, 0);
    order.legs[1].state = LEG_CASE;
    assert_int_equal(order_leg_in_case(&order, 1).fen, 1500);
    assert_int_equal(order_leg_in_case(&order, 0).fen, 0);
    order.legs[2].state = LEG_CASE; /* behind the last */
    order.legs[2].amount.fen = 7;
    assert_int_equal(order_leg_in_case(&order, 2).fen, 0);
}

/* What the hospital may take back at any moment: of refunds that wait for its word, no other. */
static void what_may_be_taken_back_waits_for_the_hospital(void **state) {
    (void)state;
    credited_bills();
    order.claims[1].state = CLAIM_UNCREDITING;
    order.refund_count = 3;
    order.refunds[0] = (struct refund){.claim = 1, .state = REFUND_NEW, .amount = {100}};
    order.refunds[1] = (struct refund){.claim = 1, .state = REFUND_NEW, .leg = 1, .amount = {20}};
    order.refunds[2] = (struct refund){.claim = 0, .state = REFUND_NEW, .amount = {3}};
    assert_int_equal(order_uncrediting(&order, 1).fen, 120);
    assert_int_equal(order_uncrediting(&order, 0).fen, 0); /* it is not being taken back */
    order.refunds[1].state = REFUND_SENDING;
    assert_int_equal(order_uncrediting(&order, 1).fen, 100);
}

static void who_hears_first_of_a_refund(void **state) {
    static const struct {
        enum creditor creditor;
        enum route route;
        int64_t fen;
        bool his_cancel, his_first;
    } rows[] = {{CREDITOR_TERMINAL, ROUTE_UPP, 1000, true, true},
                {CREDITOR_TERMINAL, ROUTE_UPP, 1000, false, true},
                {CREDITOR_TERMINAL, ROUTE_UPP, 1, true, true},
                {CREDITOR_PLATFORM, ROUTE_ONEPAY, 1000, true, false},
                {CREDITOR_PLATFORM, ROUTE_MMPC, 1000, true, true}, /* the centre tells nobody */
                {CREDITOR_PLATFORM, ROUTE_MMPC, 1000, false, false},
                {CREDITOR_PLATFORM, ROUTE_MMPC, 999, true, false}};
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        credited_bills();
        order.claims[0].creditor = rows[i].creditor;
        order.legs[0].route = rows[i].route;
        struct policy policy = policy_default();
        policy.insured_his_cancel = rows[i].his_cancel;
        assert_int_equal(order_his_is_first(&order, &policy, 0, (struct fen){rows[i].fen}),
                         rows[i].his_first);
    }
}

static void a_refund_of_all_is_not_of_the_own_part(void **state) {
    (void)state;
    credited_bills();
    order.refund_count = 1;
    order.refunds[0] = (struct refund){.amount = {1500}};
    assert_int_equal(order_refund_part(&order, 0), REFUND_ALL);
    order.refunds[0].amount.fen = 1499;
    assert_int_equal(order_refund_part(&order, 0), REFUND_OWN);
    order.refunds[0].amount.fen = 1500;
    order.legs[0].own_only = true;
    assert_int_equal(order_refund_part(&order, 0), REFUND_OWN);
}

static void another_split_than_was_shown_is_one_that_was_shown(void **state) {
    (void)state;
    credited_bills();
    order.legs[0].split.own.fen = 250;
    assert_false(order_split_differs(&order.legs[0])); /* nothing was shown */
    order.legs[0].split_known = true;
    assert_true(order_split_differs(&order.legs[0]));
    order.legs[0].shown_own.fen = 251;
    assert_true(order_split_differs(&order.legs[0]));
    order.legs[0].shown_own.fen = 250;
    assert_false(order_split_differs(&order.legs[0]));
    order.legs[0].shown_own.fen = 0;
    order.legs[0].state = LEG_WAITING; /* it is not settled yet */
    assert_false(order_split_differs(&order.legs[0]));
}

static void all_is_placed_when_each_has_left(void **state) {
    (void)state;
    credited_bills();
    assert_true(order_all_placed(&order));
    order.legs[1].state = LEG_NEW;
    assert_false(order_all_placed(&order));
    order.legs[1].state = LEG_PLACE_UNKNOWN;
    order.run.leg[1].wanted = VERB_PLACE;
    assert_false(order_all_placed(&order));
    order.run.leg[1].wanted = VERB_CLOSE;
    assert_true(order_all_placed(&order));
}

/* Whoever asks something does not only wait, and keeps a slot. */
static void who_asks_does_not_only_wait(void **state) {
    (void)state;
    credited_bills();
    assert_false(order_only_waits(&order)); /* settled: it waits for nothing */
    order.claims[1].unproven = true;
    order.claims[1].tries = 1;
    assert_true(order_only_waits(&order));
    uint32_t *const asks[] = {&order.run.leg[0].request,    &order.run.leg[1].cancel_request,
                              &order.run.claim[0].request,  &order.run.claim[1].request,
                              &order.run.refund[0].request, &order.run.durable_wait};
    order.refund_count = 1;
    order.refunds[0] = (struct refund){.claim = 1, .leg = 1, .state = REFUND_REFUSED};
    for (size_t i = 0; i < sizeof asks / sizeof asks[0]; i++) {
        *asks[i] = 5;
        assert_false(order_only_waits(&order));
        *asks[i] = 0;
        assert_true(order_only_waits(&order));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_amount_is_negative_or_more_than_there_is),
        cmocka_unit_test(the_largest_amount_is_one),
        cmocka_unit_test(shares_are_all_of_it),
        cmocka_unit_test(what_went_back_is_told_by_claim_and_share),
        cmocka_unit_test(a_refund_is_of_a_leg_and_a_claim_that_there_are),
        cmocka_unit_test(an_own_part_alone_is_a_part),
        cmocka_unit_test(what_is_for_a_person_is_exact),
        cmocka_unit_test(what_may_be_taken_back_waits_for_the_hospital),
        cmocka_unit_test(who_hears_first_of_a_refund),
        cmocka_unit_test(a_refund_of_all_is_not_of_the_own_part),
        cmocka_unit_test(another_split_than_was_shown_is_one_that_was_shown),
        cmocka_unit_test(all_is_placed_when_each_has_left),
        cmocka_unit_test(who_asks_does_not_only_wait),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
