/* links: app/core/order/ app/core/terms/ */
/* What is under way for somebody, so that nothing of it begins twice or too early. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "app/core/order/holds.h"
#include "tests/support/book_slots.h"

static int empty_book(void **state) {
    (void)state;
    memset(&book, 0, sizeof book);
    return 0;
}

static void a_bill_is_busy_while_a_claim_of_it_holds_it(void **state) {
    (void)state;
    assert_false(book_bill_busy(&book, "B1"));
    struct order *order = put_order(0, LEG_WAITING, CLAIM_WAITING);
    assert_true(book_bill_busy(&book, "B1")); /* the first slot is one */
    assert_false(book_bill_busy(&book, "B2"));
    order->claims[order->claim_count] = order->claims[0]; /* behind the last: nobody's */
    strcpy(order->claims[order->claim_count].org_trace_no, "B2");
    assert_false(book_bill_busy(&book, "B2"));
    order->run.used = false;
    assert_false(book_bill_busy(&book, "B1"));
    order = put_order(ORDERS_MAX - 1, LEG_PAID, CLAIM_REVERSED);
    assert_false(book_bill_busy(&book, "B1")); /* its money went back */
    order->claims[0].state = CLAIM_DONE;
    assert_true(book_bill_busy(&book, "B1"));
    order->claims[0].taken_elsewhere = true;
    assert_false(book_bill_busy(&book, "B1"));
}

/* The bill is being read again for an order that has been paid, or will be: what the hospital lists
 * meanwhile for the same patient would be half of it. */
static void the_list_is_wanted_by_who_is_not_decided(void **state) {
    (void)state;
    for (enum claim_state claim = CLAIM_WAITING; claim <= CLAIM_CASE; claim++) {
        bool waits = claim == CLAIM_WAITING;
        bool wanted = waits || claim == CLAIM_CHECKING || claim == CLAIM_CREDITING ||
                      claim == CLAIM_CREDIT_UNKNOWN;
        struct order *order = put_order(0, waits ? LEG_WAITING : LEG_PAID, claim);
        struct patient_keys keys = order->person.keys;
        order->claims[0].reason = claim == CLAIM_CASE ? CASE_CREDIT_UNKNOWN : CASE_NONE;
        if (book_list_wanted(&book, &keys) != wanted)
            fail_msg("in state %d", claim);
    }
}

/* A bill on the patient's phone keeps its slot as long as an order that was paid here waits to read
 * the list: who is set aside is not seen to forbid it. */
static void who_forbids_a_list_that_is_wanted_is_not_set_aside(void **state) {
    (void)state;
    struct order *insured = put_order(0, LEG_PUSHED, CLAIM_WAITING);
    insured->legs[0].route = ROUTE_AMP;
    assert_false(book_keeps_list_back(&book, 0)); /* its own list nobody wants */
    struct order *paid = put_order(ORDERS_MAX - 1, LEG_PAID, CLAIM_CHECKING);
    assert_false(book_keeps_list_back(&book, 0)); /* another patient's */
    paid->person.keys = insured->person.keys;
    assert_true(book_keeps_list_back(&book, 0));
    assert_false(book_keeps_list_back(&book, ORDERS_MAX - 1));
    paid->run.used = false;
    assert_false(book_keeps_list_back(&book, 0));
    paid = put_order(ORDERS_MAX - 1, LEG_PAID, CLAIM_DONE);
    paid->person.keys = insured->person.keys;
    assert_false(book_keeps_list_back(&book, 0));
    paid = put_order(ORDERS_MAX - 1, LEG_PUSHED, CLAIM_WAITING);
    paid->legs[0].route = ROUTE_AMP;
    paid->person.keys = insured->person.keys;
    assert_false(book_keeps_list_back(&book, 0)); /* on the phone too: it reads none */
}

static void nobody_elses_order_wants_the_list(void **state) {
    (void)state;
    struct order *order = put_order(ORDERS_MAX - 1, LEG_WAITING, CLAIM_WAITING);
    struct patient_keys keys = order->person.keys;
    assert_true(book_list_wanted(&book, &keys));
    memcpy(keys.cust, "another", sizeof "another");
    assert_false(book_list_wanted(&book, &keys));
    keys = order->person.keys;
    order->service = SERVICE_DEPOSIT; /* of which no list tells */
    assert_false(book_list_wanted(&book, &keys));
    order->service = SERVICE_BILLS;
    order->legs[0].state = LEG_CASE; /* all of it waits for a person */
    assert_false(book_list_wanted(&book, &keys));
    order->legs[0].state = LEG_WAITING;
    order->run.used = false;
    assert_false(book_list_wanted(&book, &keys));
}

/* An insured bill that may be paid: a list might end the number that is being paid. */
static void who_is_insuring_is_known(void **state) {
    static const struct {
        enum route route;
        enum leg_state leg;
        bool busy;
    } rows[] = {{ROUTE_MMPC, LEG_WAITING, true},  {ROUTE_AMP, LEG_WAITING, true},
                {ROUTE_UPP, LEG_WAITING, false},  {ROUTE_AMP, LEG_PAID, false},
                {ROUTE_AMP, LEG_DECLINED, false}, {ROUTE_AMP, LEG_PLACE_UNKNOWN, true}};
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct order *order = put_order(0, rows[i].leg, CLAIM_WAITING);
        struct patient_keys keys = order->person.keys;
        order->legs[0].route = rows[i].route;
        assert_int_equal(book_insurance_busy(&book, &keys), rows[i].busy);
        memcpy(keys.cust, "another", sizeof "another");
        assert_false(book_insurance_busy(&book, &keys));
    }
}

/* Whose keys are not known is told by what they showed. */
static void two_deposits_of_nobody_known_are_told_apart_by_their_cards(void **state) {
    struct order_person person = {.mdtrt_cert_no = "W1"};
    (void)state;
    struct order *order = put_order(0, LEG_WAITING, CLAIM_WAITING);
    order->service = SERVICE_DEPOSIT;
    order->person = person;
    assert_true(book_deposit_busy(&book, &person));
    memcpy(person.mdtrt_cert_no, "W2", sizeof "W2");
    assert_false(book_deposit_busy(&book, &person));
    memcpy(order->person.keys.cust, "a", sizeof "a");
    memcpy(person.keys.cust, "a", sizeof "a");
    assert_true(book_deposit_busy(&book, &person));
    memcpy(person.keys.cust, "b", sizeof "b");
    assert_false(book_deposit_busy(&book, &person));
}

static void only_an_undecided_deposit_of_the_same_person_is_in_the_way(void **state) {
    static const struct {
        enum service service;
        enum claim_state claim;
        bool used, same, busy;
    } rows[] = {{SERVICE_DEPOSIT, CLAIM_WAITING, true, true, true},
                {SERVICE_DEPOSIT, CLAIM_WAITING, true, false, false},
                {SERVICE_DEPOSIT, CLAIM_WAITING, false, true, false},
                {SERVICE_BILLS, CLAIM_WAITING, true, true, false},
                {SERVICE_DEPOSIT, CLAIM_DONE, true, true, false},
                {SERVICE_DEPOSIT, CLAIM_VOID, true, true, false}};
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct order *order = put_order(1, LEG_WAITING, rows[i].claim);
        struct order_person person = order->person;
        order->service = rows[i].service;
        order->run.used = rows[i].used;
        if (!rows[i].same)
            memcpy(person.keys.cust, "another", sizeof "another");
        assert_int_equal(book_deposit_busy(&book, &person), rows[i].busy);
    }
}

/* Its rest was booked, and a person has yet to say what becomes of the other part. */
static void a_deposit_of_which_a_part_is_undecided_is_in_the_way(void **state) {
    (void)state;
    struct order *order = put_order(1, LEG_PAID, CLAIM_CASE);
    order->service = SERVICE_DEPOSIT;
    order->claims[0].reason = CASE_REFUND_REFUSED;
    order->shares[0].disputed.fen = 300;
    assert_true(order_rest_is_booked(order, 0));
    assert_true(book_deposit_busy(&book, &order->person));
    order->resolved = true;
    assert_false(book_deposit_busy(&book, &order->person));
}

static void who_is_at_the_pinpad_is_known(void **state) {
    (void)state;
    struct order *order = put_order(2, LEG_PLACING, CLAIM_WAITING);
    assert_false(book_pinpad_busy(&book, 1)); /* a wallet's */
    order->legs[0].route = ROUTE_POS;
    assert_true(book_pinpad_busy(&book, 1));
    assert_false(book_pinpad_busy(&book, 2)); /* a desk's second */
    order->run.used = false;
    assert_false(book_pinpad_busy(&book, 1));
    order->run.used = true;
    order->legs[0].state = LEG_PAID;
    assert_false(book_pinpad_busy(&book, 1));
    order->refund_count = 1;
    order->refunds[0] = (struct refund){.state = REFUND_SENDING, .claim = 0, .amount = {1000}};
    assert_false(book_pinpad_busy(&book, 1));
    order->run.refund[0].request = 1;
    order->run.refund[0].verb = VERB_ASK_REFUND; /* that is asked by itself */
    assert_false(book_pinpad_busy(&book, 1));
    order->run.refund[0].verb = VERB_REFUND;
    assert_true(book_pinpad_busy(&book, 1));
    strcpy(order->legs[0].pos_no, "2");
    assert_false(book_pinpad_busy(&book, 1));
    assert_true(book_pinpad_busy(&book, 2));
    order->run.refund[0].request = 0;
    assert_false(book_pinpad_busy(&book, 1));
    order->run.refund[0].request = 1;
    order->legs[0].route = ROUTE_UPP;
    assert_false(book_pinpad_busy(&book, 1));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(a_bill_is_busy_while_a_claim_of_it_holds_it, empty_book),
        cmocka_unit_test_setup(the_list_is_wanted_by_who_is_not_decided, empty_book),
        cmocka_unit_test_setup(who_forbids_a_list_that_is_wanted_is_not_set_aside, empty_book),
        cmocka_unit_test_setup(nobody_elses_order_wants_the_list, empty_book),
        cmocka_unit_test_setup(who_is_insuring_is_known, empty_book),
        cmocka_unit_test_setup(two_deposits_of_nobody_known_are_told_apart_by_their_cards,
                               empty_book),
        cmocka_unit_test_setup(only_an_undecided_deposit_of_the_same_person_is_in_the_way,
                               empty_book),
        cmocka_unit_test_setup(a_deposit_of_which_a_part_is_undecided_is_in_the_way, empty_book),
        cmocka_unit_test_setup(who_is_at_the_pinpad_is_known, empty_book),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
