/* links: app/core/ app/core/visit/ app/core/desk/ app/core/order/ app/core/terms/ ui/ids.c */
/* The insurance has settled its part of a bill: the patient sees what is left, chooses a code for
 * it, pays it or leaves. */
#include "app/core/order/shares.h"
#include "tests/support/patient.h"

static void begin_own_part(struct patient *p) {
    struct core_setup setup = usual_setup();

    setup.policy.own_part_here = true;
    setup.policy.channels[CHANNEL_INSURANCE] = true;
    setup.code_rules[3] =
        (struct code_rule){.kind = IDENTITY_E_INSURANCE, .prefix = "EC", 11, 11, false};
    setup.code_rule_count = 4;
    begin_with(p, &setup);
}

static struct order *order_of(struct patient *p) {
    return &p->core.book.orders[p->core.session.payment.slot];
}

/* 28.50 of 128.50 are left by the insurance. */
static void settles_its_part(struct patient *p) {
    at_channel(p);
    tap_number(p, TOUCH_CHANNEL, CHANNEL_INSURANCE);
    scan(p, "EC123456789");
    answer(p, OUTCOME_ACCEPTED, &three_bills);
    durable(p);
    answer_trade(p, OUTCOME_ACCEPTED, TRADE_NONE, &link_to_pay);
    durable(p);
    hears(p, SCREEN_PAY_QR, NOTICE_NONE);
    pass(p, 5000);
    struct event settled = answer_to_last(p, OUTCOME_ACCEPTED);
    settled.of.answer.trade = TRADE_PAID;
    settled.of.answer.has_amount = true;
    settled.of.answer.settled = SETTLED_INSURANCE;
    settled.of.answer.amount = p->core.session.choice.amount;
    settled.of.answer.split = (struct split){.fund = {10000}, .own = {2850}};
    happens(p, settled);
    durable(p);
}

static void the_rest_is_paid_with_a_code_of_its_own(void **state) {
    struct patient p;
    (void)state;
    begin_own_part(&p);
    settles_its_part(&p);
    hears(&p, SCREEN_OWN_PART, NOTICE_NONE);
    assert_int_equal(order_of(&p)->leg_count, 2);
    tap_number(&p, TOUCH_CHANNEL, CHANNEL_PHONE); /* no code of ours */
    tap_number(&p, TOUCH_CHANNEL, CHANNEL_INSURANCE);
    tap_number(&p, TOUCH_CHANNEL, CHANNEL_COUNT);
    hears(&p, SCREEN_OWN_PART, NOTICE_NONE);
    assert_int_equal(order_due_leg(order_of(&p)), 1);
    pass(&p, 1000);
    tap_number(&p, TOUCH_CHANNEL, CHANNEL_ALIPAY);
    assert_int_equal(p.core.session.waiting, WAITING_PLACING);
    assert_null(session_link(&p.core.session)); /* the insurance's is not scanned again */
    durable(&p);
    assert_int_equal(p.asked.verb, VERB_PLACE);
    struct event placed = answer_to_last(&p, OUTCOME_PENDING);
    placed.of.answer.trade = TRADE_WAIT;
    placed.of.answer.document = &link_to_pay.head;
    happens(&p, placed);
    durable(&p);
    hears(&p, SCREEN_PAY_QR, NOTICE_NONE);
    assert_int_equal(p.core.session.choice.channel, CHANNEL_ALIPAY);
    pass(&p, 5000);
    struct event paid = answer_to_last(&p, OUTCOME_ACCEPTED);
    paid.of.answer.trade = TRADE_PAID;
    paid.of.answer.has_amount = true;
    paid.of.answer.amount.fen = 2850;
    paid.of.answer.time_ms = p.now.wall_ms;
    happens(&p, paid);
    assert_int_equal(p.core.session.waiting, WAITING_CREDIT);
}

static void who_leaves_the_choice_is_told_that_it_goes_back(void **state) {
    struct patient p;
    (void)state;
    for (int home = 0; home < 2; home++) {
        begin_own_part(&p);
        settles_its_part(&p);
        pass(&p, 1000);
        tap(&p, home ? TOUCH_HOME : TOUCH_CANCEL);
        durable(&p);
        hears(&p, SCREEN_RESULT, NOTICE_NONE);
        assert_int_equal(p.core.session.payment.verdict, VERDICT_RETURNED);
        assert_int_equal(order_of(&p)->legs[1].state, LEG_DECLINED);
        assert_true(finds(&p, VERB_REFUND));
    }
}

/* The screen waits no longer than the order does. */
static void who_chooses_nothing_is_not_waited_for(void **state) {
    struct patient p;
    (void)state;
    begin_own_part(&p);
    settles_its_part(&p);
    pass(&p, p.setup.limits.expire_ms - 1000);
    hears(&p, SCREEN_OWN_PART, NOTICE_NONE);
    pass(&p, 2000);
    hears(&p, SCREEN_RESULT, NOTICE_NONE);
    assert_int_equal(order_of(&p)->legs[1].state, LEG_DECLINED);
}

/* One way is no choice. */
static void the_only_way_is_taken(void **state) {
    struct patient p;
    (void)state;
    begin_own_part(&p);
    struct core_setup setup = p.setup;
    setup.policy.channels[CHANNEL_ALIPAY] = setup.policy.channels[CHANNEL_UNIONPAY] = false;
    begin_with(&p, &setup);
    settles_its_part(&p);
    assert_int_equal(p.core.session.waiting, WAITING_PLACING);
    assert_int_equal(order_of(&p)->legs[1].channel, CHANNEL_WECHAT);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_rest_is_paid_with_a_code_of_its_own),
        cmocka_unit_test(who_leaves_the_choice_is_told_that_it_goes_back),
        cmocka_unit_test(who_chooses_nothing_is_not_waited_for),
        cmocka_unit_test(the_only_way_is_taken),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
