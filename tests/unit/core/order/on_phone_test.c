/* links: app/core/order/ app/core/terms/ */
/* What a screen may say of a bill that is paid on the patient's phone: has its message arrived, is
 * it still leaving, are the parts known. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "app/core/order/shares.h"

static struct order order;
static struct leg *leg;
static struct part_run *run;

static void begin(enum route route, enum leg_state state) {
    order = (struct order){.leg_count = 1};
    leg = &order.legs[0];
    run = &order.run.leg[0];
    leg->route = route;
    leg->state = state;
}

/* Nothing else shows that it is there: a message without an answer may have been lost. */
static void it_is_there_when_the_portal_has_taken_it(void **state) {
    (void)state;
    for (enum leg_state at = LEG_NEW; at <= LEG_CASE; at++) {
        begin(ROUTE_AMP, at);
        assert_int_equal(order_push_is_sure(&order), at == LEG_WAITING);
        run->push_taken = true;
        assert_int_equal(order_push_is_sure(&order), at == LEG_WAITING || at == LEG_PUSHED);
    }
}

static void it_leaves_from_when_it_is_wanted_until_it_is_answered(void **state) {
    (void)state;
    for (enum leg_state at = LEG_NEW; at <= LEG_CASE; at++) {
        begin(ROUTE_AMP_UPLOADED, at);
        assert_false(order_push_is_leaving(&order));
        run->wanted = VERB_PUSH;
        assert_int_equal(order_push_is_leaving(&order), at == LEG_PUSHED);
        run->wanted = VERB_SHIFT_END;
        assert_false(order_push_is_leaving(&order));
        run->wanted = VERB_NONE;
        run->verb = VERB_PUSH; /* the last that was asked */
        assert_false(order_push_is_leaving(&order));
        run->request = 7; /* ... and is not answered */
        assert_int_equal(order_push_is_leaving(&order), at == LEG_PUSHED);
        run->verb = VERB_ASK;
        assert_false(order_push_is_leaving(&order));
    }
}

/* Any one part that is said is enough, and each alone. */
static void parts_are_known_when_one_of_them_is_said(void **state) {
    static const struct split one[] = {
        {.fund = {1}}, {.account = {1}}, {.own = {1}}, {.prepaid = {1}}};
    (void)state;
    begin(ROUTE_AMP_UPLOADED, LEG_WAITING);
    assert_false(order_split_is_known(leg));
    assert_true(order_split_is_on_phone(leg));
    for (size_t i = 0; i < sizeof one / sizeof one[0]; i++) {
        leg->split = one[i];
        assert_true(order_split_is_known(leg));
        assert_false(order_split_is_on_phone(leg));
    }
    leg->route = ROUTE_UPP; /* which has no parts, and no phone of its own */
    assert_false(order_split_is_known(leg));
    assert_false(order_split_is_on_phone(leg));
    leg->split = (struct split){0};
    leg->route = ROUTE_MMPC;
    assert_false(order_split_is_known(leg));
    assert_false(order_split_is_on_phone(leg));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_is_there_when_the_portal_has_taken_it),
        cmocka_unit_test(it_leaves_from_when_it_is_wanted_until_it_is_answered),
        cmocka_unit_test(parts_are_known_when_one_of_them_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
