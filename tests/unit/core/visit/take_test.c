/* links: app/core/ app/core/visit/ app/core/desk/ app/core/order/ app/core/terms/ ui/ids.c */
/* What a patient leaves in the machine is named before the next one sees the first screen. */
#include "tests/support/patient.h"

static void media_is(struct patient *p, enum device_role role, enum media_word media) {
    happens(p, (struct event){.kind = EVENT_DEVICE,
                              .of.device = {role, DEVICE_READY, SUPPLY_OK, media}});
}

static void show_id_card(struct patient *p) {
    happens(p, (struct event){.kind = EVENT_CARD,
                              .of.card = {.kind = IDENTITY_ID_CARD,
                                          .role = ROLE_ID_READER,
                                          .number = "11010519491231002X"}});
}

static enum screen screen_of(const struct patient *p) {
    return p->core.session.screen;
}

/* Somebody who has begun, and goes. */
static void begin_and_leave(struct patient *p) {
    tap_number(p, TOUCH_SERVICE, SERVICE_BILLS);
    tap(p, TOUCH_HOME);
}

static void who_leaves_nothing_is_told_nothing(void **state) {
    struct patient p;

    (void)state;
    begin(&p);
    media_is(&p, ROLE_CARD_READER, MEDIA_NONE);
    begin_and_leave(&p);
    assert_int_equal(screen_of(&p), SCREEN_WELCOME);
}

static void a_card_in_the_reader_is_asked_for_until_it_is_taken(void **state) {
    struct patient p;

    (void)state;
    begin(&p);
    tap(&p, TOUCH_LANG);
    media_is(&p, ROLE_CARD_READER, MEDIA_PRESENT);
    begin_and_leave(&p);
    assert_int_equal(screen_of(&p), SCREEN_TAKE);
    assert_true(p.core.session.left.card);
    assert_int_equal(p.core.session.language, LANGUAGE_EN); /* theirs */
    assert_int_equal(p.wipes, 1);
    pass_by_deadlines(&p, 5000);
    assert_int_equal(screen_of(&p), SCREEN_TAKE);
    media_is(&p, ROLE_CARD_READER, MEDIA_NONE);
    assert_int_equal(screen_of(&p), SCREEN_WELCOME);
    assert_int_equal(p.core.session.language, LANGUAGE_ZH);
    assert_false(p.core.terminal.left[ROLE_CARD_READER]);
}

static void a_forgotten_card_is_nobodys_who_comes_later(void **state) {
    struct patient p;

    (void)state;
    begin(&p);
    media_is(&p, ROLE_CARD_READER, MEDIA_PRESENT);
    begin_and_leave(&p);
    pass_by_deadlines(&p, p.setup.limits.forgotten_ms);
    assert_int_equal(screen_of(&p), SCREEN_WELCOME);
    assert_true(p.core.terminal.left[ROLE_CARD_READER]);
    begin_and_leave(&p);
    assert_int_equal(screen_of(&p), SCREEN_WELCOME); /* it is not theirs */
    media_is(&p, ROLE_CARD_READER, MEDIA_NONE);
    assert_false(p.core.terminal.left[ROLE_CARD_READER]);
    media_is(&p, ROLE_CARD_READER, MEDIA_PRESENT);
    begin_and_leave(&p);
    assert_int_equal(screen_of(&p), SCREEN_TAKE); /* this one is */
}

static void an_id_card_is_asked_for_after_every_reading(void **state) {
    struct patient p;

    (void)state;
    begin(&p);
    media_is(&p, ROLE_ID_READER, MEDIA_NONE);
    show_id_card(&p);
    media_is(&p, ROLE_ID_READER, MEDIA_NONE); /* lying there it is not felt: this proves nothing */
    tap(&p, TOUCH_HOME);
    assert_int_equal(screen_of(&p), SCREEN_TAKE);
    assert_true(p.core.session.left.id_card);
    media_is(&p, ROLE_ID_READER, MEDIA_NONE);
    assert_int_equal(screen_of(&p), SCREEN_TAKE);
    pass_by_deadlines(&p, p.setup.limits.take_ms);
    assert_int_equal(screen_of(&p), SCREEN_WELCOME);
    begin_and_leave(&p);
    assert_int_equal(screen_of(&p), SCREEN_WELCOME);
}

static void a_reader_that_feels_it_ends_it_sooner(void **state) {
    struct patient p;

    (void)state;
    begin(&p);
    show_id_card(&p);
    media_is(&p, ROLE_ID_READER, MEDIA_PRESENT);
    tap(&p, TOUCH_HOME);
    assert_int_equal(screen_of(&p), SCREEN_TAKE);
    media_is(&p, ROLE_ID_READER, MEDIA_NONE);
    assert_int_equal(screen_of(&p), SCREEN_WELCOME);
}

static void one_that_could_not_be_read_lies_there_too(void **state) {
    struct patient p;

    (void)state;
    begin(&p);
    tap_number(&p, TOUCH_SERVICE, SERVICE_BILLS);
    happens(&p, (struct event){.kind = EVENT_CARD, .of.card = {.role = ROLE_ID_READER}});
    tap(&p, TOUCH_HOME);
    assert_int_equal(screen_of(&p), SCREEN_TAKE);
}

static void each_thing_goes_by_itself(void **state) {
    struct patient p;

    (void)state;
    begin(&p);
    show_id_card(&p);
    media_is(&p, ROLE_CARD_READER, MEDIA_PRESENT);
    media_is(&p, ROLE_PRINTER, MEDIA_PRESENT);
    tap(&p, TOUCH_HOME);
    assert_true(p.core.session.left.card && p.core.session.left.id_card &&
                p.core.session.left.receipt);
    pass_by_deadlines(&p, p.setup.limits.take_ms);
    assert_false(p.core.session.left.id_card);
    assert_int_equal(screen_of(&p), SCREEN_TAKE);
    media_is(&p, ROLE_PRINTER, MEDIA_NONE);
    assert_false(p.core.session.left.receipt);
    media_is(&p, ROLE_CARD_READER, MEDIA_NONE);
    assert_int_equal(screen_of(&p), SCREEN_WELCOME);
}

static void a_touch_goes_on(void **state) {
    static const enum touch_kind ways[] = {TOUCH_NEXT, TOUCH_HOME};

    (void)state;
    for (int i = 0; i < 2; i++) {
        struct patient p;
        begin(&p);
        media_is(&p, ROLE_CARD_READER, MEDIA_PRESENT);
        begin_and_leave(&p);
        tap(&p, ways[i]);
        assert_int_equal(screen_of(&p), SCREEN_WELCOME);
        assert_true(p.core.terminal.left[ROLE_CARD_READER]);
    }
}

static void idle_time_ends_there_too(void **state) {
    struct patient p;

    (void)state;
    begin(&p);
    media_is(&p, ROLE_CARD_READER, MEDIA_PRESENT);
    tap_number(&p, TOUCH_SERVICE, SERVICE_BILLS);
    pass_by_deadlines(&p, p.setup.limits.idle_ms + p.setup.limits.warn_ms);
    assert_int_equal(screen_of(&p), SCREEN_TAKE);
    pass_by_deadlines(&p, p.setup.limits.forgotten_ms);
    assert_int_equal(screen_of(&p), SCREEN_WELCOME);
}

static void help_covers_it_and_it_ends_in_time(void **state) {
    struct patient p;

    (void)state;
    begin(&p);
    media_is(&p, ROLE_CARD_READER, MEDIA_PRESENT);
    begin_and_leave(&p);
    tap(&p, TOUCH_HELP);
    assert_int_equal(screen_of(&p), SCREEN_HELP);
    pass_by_deadlines(&p, p.setup.limits.forgotten_ms);
    assert_int_equal(screen_of(&p), SCREEN_WELCOME);
}

static void a_terminal_that_closes_reminds_first(void **state) {
    struct patient p;

    (void)state;
    begin(&p);
    media_is(&p, ROLE_CARD_READER, MEDIA_PRESENT);
    tap_number(&p, TOUCH_SERVICE, SERVICE_BILLS);
    happens(&p,
            (struct event){.kind = EVENT_CONTROL, .of.control.control = CONTROL_OUT_OF_SERVICE});
    tap(&p, TOUCH_HOME);
    assert_int_equal(screen_of(&p), SCREEN_TAKE);
    media_is(&p, ROLE_CARD_READER, MEDIA_NONE);
    assert_int_equal(screen_of(&p), SCREEN_OUT_OF_SERVICE);
}

static void without_limits_nobody_is_reminded(void **state) {
    struct core_setup setup = usual_setup();
    struct patient p;

    (void)state;
    setup.limits.take_ms = setup.limits.forgotten_ms = 0;
    begin_with(&p, &setup);
    media_is(&p, ROLE_CARD_READER, MEDIA_PRESENT);
    show_id_card(&p);
    tap(&p, TOUCH_HOME);
    assert_int_equal(screen_of(&p), SCREEN_WELCOME);
}

static void pay_until_printing(struct patient *p) {
    at_qr(p);
    pass_by_deadlines(p, 3000);
    answer_trade(p, OUTCOME_ACCEPTED, TRADE_PAID, NULL);
    pass_by_deadlines(p, 21000);
    assert_int_equal(p->core.session.payment.receipt, RECEIPT_PRINTING);
}

/* Paid, and gone while it is printed. */
static void leave_while_printing(struct patient *p) {
    pay_until_printing(p);
    tap(p, TOUCH_HOME);
    assert_int_equal(screen_of(p), SCREEN_WELCOME);
}

static void it_is_printed(struct patient *p) {
    happens(p, (struct event){.kind = EVENT_PRINTED,
                              .of.printed = {p->core.session.payment.print_job, PRINT_DONE}});
    assert_int_equal(p->core.session.payment.receipt, RECEIPT_PRINTED);
}

/* The printer says "printed" before its presenter says that it holds something. */
static void a_receipt_that_is_printed_comes_out_a_moment_later(void **state) {
    struct patient p;

    (void)state;
    begin(&p);
    media_is(&p, ROLE_PRINTER, MEDIA_NONE);
    pay_until_printing(&p);
    it_is_printed(&p);
    tap(&p, TOUCH_HOME);
    assert_int_equal(screen_of(&p), SCREEN_WELCOME);
    media_is(&p, ROLE_PRINTER, MEDIA_PRESENT);
    assert_int_equal(screen_of(&p), SCREEN_TAKE);
    assert_true(p.core.session.left.receipt);
}

static void what_was_taken_from_the_presenter_is_not_waited_for(void **state) {
    struct patient p;

    (void)state;
    begin(&p);
    media_is(&p, ROLE_PRINTER, MEDIA_NONE);
    pay_until_printing(&p);
    it_is_printed(&p);
    media_is(&p, ROLE_PRINTER, MEDIA_PRESENT);
    media_is(&p, ROLE_PRINTER, MEDIA_NONE);
    tap(&p, TOUCH_HOME);
    media_is(&p, ROLE_PRINTER, MEDIA_PRESENT); /* nobody's */
    assert_int_equal(screen_of(&p), SCREEN_WELCOME);
}

/* The next visit's own receipt is its own, though nobody saw the one before in the presenter. */
static void a_receipt_that_nobody_saw_takes_no_other_away(void **state) {
    struct patient p;

    (void)state;
    begin(&p);
    media_is(&p, ROLE_PRINTER, MEDIA_NONE);
    p.core.terminal.receipt_due = true; /* of the visit before */
    pay_until_printing(&p);
    it_is_printed(&p);
    media_is(&p, ROLE_PRINTER, MEDIA_PRESENT);
    tap(&p, TOUCH_HOME);
    assert_int_equal(screen_of(&p), SCREEN_TAKE);
    assert_true(p.core.session.left.receipt);
}

static void a_receipt_that_comes_after_its_visit_is_asked_for(void **state) {
    struct patient p;

    (void)state;
    begin(&p);
    media_is(&p, ROLE_PRINTER, MEDIA_NONE);
    tap(&p, TOUCH_LANG);
    leave_while_printing(&p);
    media_is(&p, ROLE_PRINTER, MEDIA_PRESENT);
    assert_int_equal(screen_of(&p), SCREEN_TAKE);
    assert_true(p.core.session.left.receipt);
    assert_int_equal(p.core.session.language, LANGUAGE_EN);
    media_is(&p, ROLE_PRINTER, MEDIA_NONE);
    assert_int_equal(screen_of(&p), SCREEN_WELCOME);
    media_is(&p, ROLE_PRINTER, MEDIA_PRESENT); /* nobody's */
    assert_int_equal(screen_of(&p), SCREEN_WELCOME);
}

static void a_receipt_that_comes_in_anothers_visit_is_not_theirs(void **state) {
    struct patient p;

    (void)state;
    begin(&p);
    leave_while_printing(&p);
    tap_number(&p, TOUCH_SERVICE, SERVICE_DEPOSIT);
    media_is(&p, ROLE_PRINTER, MEDIA_PRESENT);
    assert_int_equal(screen_of(&p), SCREEN_IDENTIFY);
    tap(&p, TOUCH_HOME);
    assert_int_equal(screen_of(&p), SCREEN_WELCOME);
    assert_true(p.core.terminal.left[ROLE_PRINTER]);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_leaves_nothing_is_told_nothing),
        cmocka_unit_test(a_card_in_the_reader_is_asked_for_until_it_is_taken),
        cmocka_unit_test(a_forgotten_card_is_nobodys_who_comes_later),
        cmocka_unit_test(an_id_card_is_asked_for_after_every_reading),
        cmocka_unit_test(a_reader_that_feels_it_ends_it_sooner),
        cmocka_unit_test(one_that_could_not_be_read_lies_there_too),
        cmocka_unit_test(each_thing_goes_by_itself),
        cmocka_unit_test(a_touch_goes_on),
        cmocka_unit_test(idle_time_ends_there_too),
        cmocka_unit_test(help_covers_it_and_it_ends_in_time),
        cmocka_unit_test(a_terminal_that_closes_reminds_first),
        cmocka_unit_test(without_limits_nobody_is_reminded),
        cmocka_unit_test(a_receipt_that_comes_after_its_visit_is_asked_for),
        cmocka_unit_test(a_receipt_that_is_printed_comes_out_a_moment_later),
        cmocka_unit_test(what_was_taken_from_the_presenter_is_not_waited_for),
        cmocka_unit_test(a_receipt_that_nobody_saw_takes_no_other_away),
        cmocka_unit_test(a_receipt_that_comes_in_anothers_visit_is_not_theirs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
