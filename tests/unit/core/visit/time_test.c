/* links: app/core/ app/core/visit/ app/core/desk/ app/core/order/ app/core/terms/ ui/ids.c */
/* Time and interruptions: the idle warning, the guard, help, the language, out of service. */
#include "tests/support/patient.h"

#include "app/core/visit/screens.h"

static void an_idle_visit_is_warned_and_ends(void **state) {
    struct patient p;

    (void)state;
    begin(&p);
    at_bills(&p);
    pass_by_deadlines(&p, 59999);
    assert_false(p.core.session.warning);
    pass_by_deadlines(&p, 1);
    assert_true(p.core.session.warning);
    assert_int_equal(offer_idle_left_ms(core_situation(&p.core, p.now)), 20000);
    pass_by_deadlines(&p, 20000);
    assert_int_equal(p.core.session.screen, SCREEN_WELCOME);
    assert_int_equal(p.wipes, 1);
}

static void who_wants_it_larger_has_three_times_as_long(void **state) {
    struct patient p;

    (void)state;
    begin(&p);
    at_bills(&p);
    tap(&p, TOUCH_LARGER);
    pass_by_deadlines(&p, 179999);
    assert_false(p.core.session.warning);
    pass_by_deadlines(&p, 1);
    assert_true(p.core.session.warning);
    assert_int_equal(offer_idle_left_ms(core_situation(&p.core, p.now)), 60000);
    pass_by_deadlines(&p, 59999);
    assert_int_equal(p.core.session.screen, SCREEN_BILLS);
    pass_by_deadlines(&p, 1);
    assert_int_equal(p.core.session.screen, SCREEN_WELCOME);
}

static void one_touch_extends_as_often_as_wanted(void **state) {
    struct patient p;

    (void)state;
    begin(&p);
    at_bills(&p);
    for (int i = 0; i < 3; i++) {
        pass_by_deadlines(&p, 61000);
        assert_true(p.core.session.warning);
        tap(&p, i == 0 ? TOUCH_EXTEND : TOUCH_PAY); /* the warning covers what was touched */
        assert_false(p.core.session.warning);
        assert_int_equal(p.core.session.screen, SCREEN_BILLS);
    }
}

static void a_payment_that_is_being_decided_is_not_left(void **state) {
    struct patient p;

    (void)state;
    begin(&p);
    at_qr(&p);
    pass_by_deadlines(&p, 120000);
    assert_int_equal(p.core.session.screen, SCREEN_PAY_QR);
    assert_false(p.core.session.warning);
}

static void buttons_that_move_money_wait_a_moment(void **state) {
    struct patient p;

    (void)state;
    begin(&p);
    at_channel(&p);
    struct touch wechat = {TOUCH_CHANNEL, CHANNEL_WECHAT};
    struct event touch = {.kind = EVENT_TOUCH,
                          .of.touch = {SCREEN_CHANNEL, p.core.session.revision, wechat}};
    assert_int_equal(offer_guard_left_ms(core_situation(&p.core, p.now), wechat), 300);
    happens(&p, touch);
    assert_int_equal(p.core.session.screen, SCREEN_CHANNEL);
    pass(&p, 300);
    touch.of.touch.held_ms = 100; /* up late enough, but down too early */
    happens(&p, touch);
    assert_int_equal(p.core.session.screen, SCREEN_CHANNEL);
    touch.of.touch.held_ms = 0;
    happens(&p, touch);
    assert_int_equal(p.core.session.screen, SCREEN_WAITING);
}

static void touches_of_an_old_frame_are_dropped(void **state) {
    struct patient p;

    (void)state;
    begin(&p);
    at_bills(&p);
    struct event touch = {.kind = EVENT_TOUCH,
                          .of.touch = {SCREEN_BILLS, p.core.session.revision, {TOUCH_BILL, 1}}};
    happens(&p, touch);
    assert_int_equal(p.core.session.choice.selected[0], 6);
    happens(&p, touch); /* the same finger, bounced: the frame it saw is gone */
    assert_int_equal(p.core.session.choice.selected[0], 6);
}

static void nothing_shown_changes_without_a_new_revision(void **state) {
    struct patient p;

    (void)state;
    begin(&p);
    at_bills(&p);
    uint32_t revision = p.core.session.revision;
    pass(&p, 1000);
    assert_int_equal(p.core.session.revision, revision);
    tap(&p, TOUCH_LANG);
    assert_int_not_equal(p.core.session.revision, revision);
}

static void the_language_changes_and_everything_else_stays(void **state) {
    struct patient p;

    (void)state;
    begin(&p);
    at_bills(&p);
    tap_number(&p, TOUCH_BILL, 2);
    tap(&p, TOUCH_LANG);
    assert_int_equal(p.core.session.language, LANGUAGE_EN);
    assert_int_equal(p.core.session.screen, SCREEN_BILLS);
    assert_int_equal(p.core.session.choice.selected[0], 5);
    tap(&p, TOUCH_HOME);
    assert_int_equal(p.core.session.language, LANGUAGE_ZH); /* the next patient's */
}

static void a_language_left_on_welcome_goes_back(void **state) {
    struct patient p;

    (void)state;
    begin(&p);
    tap(&p, TOUCH_LANG);
    pass_by_deadlines(&p, 60000);
    assert_int_equal(p.core.session.language, LANGUAGE_ZH);
    assert_int_equal(core_deadline(&p.core), INT64_MAX); /* an idle kiosk sleeps */
}

static void help_leads_back_to_where_it_was_asked(void **state) {
    struct patient p;

    (void)state;
    begin(&p);
    at_bills(&p);
    tap(&p, TOUCH_ALL);
    tap(&p, TOUCH_PAY);
    tap(&p, TOUCH_HELP);
    assert_int_equal(p.core.session.screen, SCREEN_HELP);
    tap(&p, TOUCH_BACK);
    assert_int_equal(p.core.session.screen, SCREEN_BILLS);
    assert_int_equal(p.core.session.notice, NOTICE_NO_SELECTION);
    tap(&p, TOUCH_ALL);
    assert_int_equal(p.core.session.choice.selected[0], 7);
}

static void help_does_not_hide_what_became_of_the_money(void **state) {
    struct patient p;

    (void)state;
    begin(&p);
    at_qr(&p);
    tap(&p, TOUCH_HELP);
    pass_by_deadlines(&p, 2700);
    answer_trade(&p, OUTCOME_ACCEPTED, TRADE_PAID, NULL);
    assert_int_equal(p.core.session.screen, SCREEN_WAITING);
}

static void a_result_leads_home_after_its_time(void **state) {
    struct patient p;

    (void)state;
    begin(&p);
    at_qr(&p);
    tap(&p, TOUCH_CANCEL);
    durable(&p);
    answer(&p, OUTCOME_ACCEPTED, NULL);
    assert_int_equal(p.core.session.screen, SCREEN_RESULT);
    pass_by_deadlines(&p, 59999);
    assert_true(p.core.session.warning);
    assert_int_equal(p.core.session.screen, SCREEN_RESULT);
    pass_by_deadlines(&p, 1);
    assert_int_equal(p.core.session.screen, SCREEN_WELCOME);
}

static void a_print_without_an_answer_is_unknown(void **state) {
    struct patient p;

    (void)state;
    begin(&p);
    at_qr(&p);
    tap(&p, TOUCH_CANCEL);
    durable(&p);
    answer(&p, OUTCOME_ACCEPTED, NULL);
    tap(&p, TOUCH_PRINT);
    assert_int_equal(p.core.session.payment.receipt, RECEIPT_PRINTING);
    pass_by_deadlines(&p, 15000);
    assert_int_equal(p.core.session.payment.receipt, RECEIPT_UNKNOWN);
}

static void out_of_service_waits_for_the_end_of_the_visit(void **state) {
    struct patient p;

    (void)state;
    begin(&p);
    at_bills(&p);
    happens(&p,
            (struct event){.kind = EVENT_CONTROL, .of.control.control = CONTROL_OUT_OF_SERVICE});
    assert_int_equal(p.core.session.screen, SCREEN_BILLS);
    tap(&p, TOUCH_HOME);
    assert_int_equal(p.core.session.screen, SCREEN_OUT_OF_SERVICE);
    happens(&p, (struct event){.kind = EVENT_CONTROL, .of.control.control = CONTROL_IN_SERVICE});
    assert_int_equal(p.core.session.screen, SCREEN_WELCOME);
}

static void quitting_closes_no_payment(void **state) {
    struct patient p;

    (void)state;
    begin(&p);
    at_qr(&p);
    int persists = p.persists;
    happens(&p, (struct event){.kind = EVENT_CONTROL, .of.control.control = CONTROL_QUIT});
    assert_int_equal(p.persists, persists);
    assert_int_equal(p.core.book.orders[0].legs[0].state, LEG_WAITING);
    assert_int_equal(p.wipes, 1);
    assert_int_equal(p.quits, 1);
}

static void who_asks_by_control_hears_how_it_stands_afterwards(void **state) {
    static const enum control controls[] = {CONTROL_STATUS, CONTROL_OUT_OF_SERVICE,
                                            CONTROL_IN_SERVICE, CONTROL_QUIT};
    struct patient p;
    struct event event = {.kind = EVENT_CONTROL};

    (void)state;
    begin(&p);
    for (uint32_t i = 0; i < sizeof controls / sizeof *controls; i++) {
        event.of.control = (struct event_control){.control = controls[i], .asker = 0};
        happens(&p, event);
        assert_int_equal(p.replied, 0);
    }
    for (uint32_t i = 0; i < sizeof controls / sizeof *controls; i++) {
        event.of.control = (struct event_control){.control = controls[i], .asker = i + 1};
        happens(&p, event);
        assert_int_equal(p.replied, i + 1);
    }
}

static void asking_for_the_status_changes_nothing(void **state) {
    struct patient p;

    (void)state;
    begin(&p);
    at_qr(&p);
    uint32_t revision = p.core.session.revision;
    happens(&p, (struct event){.kind = EVENT_CONTROL,
                               .of.control = {.control = CONTROL_STATUS, .asker = 1}});
    assert_int_equal(p.out.count, 1);
    assert_int_equal(p.out.items[0].kind, EFFECT_REPLY);
    assert_int_equal(p.core.session.revision, revision);
    assert_int_equal(p.core.session.screen, SCREEN_PAY_QR);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_idle_visit_is_warned_and_ends),
        cmocka_unit_test(who_wants_it_larger_has_three_times_as_long),
        cmocka_unit_test(who_asks_by_control_hears_how_it_stands_afterwards),
        cmocka_unit_test(asking_for_the_status_changes_nothing),
        cmocka_unit_test(one_touch_extends_as_often_as_wanted),
        cmocka_unit_test(a_payment_that_is_being_decided_is_not_left),
        cmocka_unit_test(buttons_that_move_money_wait_a_moment),
        cmocka_unit_test(touches_of_an_old_frame_are_dropped),
        cmocka_unit_test(nothing_shown_changes_without_a_new_revision),
        cmocka_unit_test(the_language_changes_and_everything_else_stays),
        cmocka_unit_test(a_language_left_on_welcome_goes_back),
        cmocka_unit_test(help_leads_back_to_where_it_was_asked),
        cmocka_unit_test(help_does_not_hide_what_became_of_the_money),
        cmocka_unit_test(a_result_leads_home_after_its_time),
        cmocka_unit_test(a_print_without_an_answer_is_unknown),
        cmocka_unit_test(out_of_service_waits_for_the_end_of_the_visit),
        cmocka_unit_test(quitting_closes_no_payment),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
