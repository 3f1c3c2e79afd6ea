/* links: app/core/ app/core/visit/ app/core/desk/ app/core/order/ app/core/terms/ ui/ids.c */
/* A phone's payment code that is held out at the bills or at the ways to pay. */
#include "tests/support/patient.h"

#include "app/core/visit/pay_code.h"

#define WECHAT_CODE "134567890123456700"
#define COUNT_MS 5000

static void open_kiosk(struct patient *p) {
    struct core_setup setup = usual_setup();

    setup.policy.pay_code_on_bills = true;
    begin_with(p, &setup);
    at_bills(p);
}

/* The count runs at `from`; nothing of it is written, sent or asked. */
static void counts_from(struct patient *p, enum screen from, int sends) {
    hears(p, SCREEN_PAY_CODE, NOTICE_NONE);
    assert_true(p->core.session.payment.counting);
    assert_int_equal(p->core.session.payment.counted_on, from);
    assert_string_equal(p->core.session.payment.pay_code, WECHAT_CODE);
    assert_int_equal(p->core.session.payment.slot, -1);
    assert_int_equal(p->sends, sends);
    assert_int_equal(p->persists, 0);
}

static void is_forgotten(struct patient *p) {
    static const char nothing[sizeof p->core.session.payment.pay_code];

    assert_false(p->core.session.payment.counting);
    assert_int_equal(p->core.session.payment.slot, -1);
    assert_memory_equal(p->core.session.payment.pay_code, nothing, sizeof nothing);
    pass_by_deadlines(p, 20000);
    assert_int_equal(p->persists, 0);
}

static void a_code_at_the_bills_pays_when_the_count_is_over(void **state) {
    struct patient p;

    (void)state;
    open_kiosk(&p);
    assert_int_equal(p.arm, ARM_PAY_CODE);
    pass(&p, 1000);
    int sends = p.sends;
    scan(&p, WECHAT_CODE);
    counts_from(&p, SCREEN_BILLS, sends);
    pass_by_deadlines(&p, COUNT_MS - 1);
    counts_from(&p, SCREEN_BILLS, sends);
    pass_by_deadlines(&p, 1);
    assert_int_equal(p.asked.verb, VERB_BILLS); /* the list is read again */
    assert_int_equal(p.persists, 0);
    answer(&p, OUTCOME_ACCEPTED, &three_bills);
    assert_int_equal(p.persists, 1);
    assert_int_equal(p.asked.verb, VERB_ASK_CREDIT); /* nothing leaves before it is durable */
    const struct order *order = &p.core.book.orders[p.core.session.payment.slot];
    assert_int_equal(order->legs[0].amount.fen, 16570);
    assert_int_equal(order->legs[0].channel, CHANNEL_PHONE);
    durable(&p);
    assert_int_equal(p.asked.verb, VERB_PLACE);
    assert_string_equal(core_pay_code(&p.core, p.core.session.payment.slot), WECHAT_CODE);
}

static void a_code_at_the_ways_to_pay_pays_too(void **state) {
    struct patient p;

    (void)state;
    open_kiosk(&p);
    pass(&p, 1000);
    tap(&p, TOUCH_PAY);
    pass(&p, 1000);
    int sends = p.sends;
    scan(&p, WECHAT_CODE);
    counts_from(&p, SCREEN_CHANNEL, sends);
    pass_by_deadlines(&p, COUNT_MS);
    answer(&p, OUTCOME_ACCEPTED, &three_bills);
    durable(&p);
    assert_int_equal(p.asked.verb, VERB_PLACE);
}

/* Whatever is touched, and wherever. */
static void any_touch_takes_the_code_back(void **state) {
    static const enum touch_kind touches[] = {TOUCH_NONE,   TOUCH_CANCEL, TOUCH_BACK, TOUCH_HELP,
                                              TOUCH_LARGER, TOUCH_LANG,   TOUCH_PAY,  TOUCH_EXTEND};
    struct patient p;

    (void)state;
    for (size_t i = 0; i < sizeof touches / sizeof *touches; i++) {
        open_kiosk(&p);
        pass(&p, 1000);
        scan(&p, WECHAT_CODE);
        happens(&p, (struct event){.kind = EVENT_TOUCH,
                                   .of.touch = {SCREEN_PAY_CODE,
                                                p.core.session.revision,
                                                {touches[i], 0}}}); /* at once: no guard */
        hears(&p, SCREEN_BILLS, NOTICE_NONE);
        is_forgotten(&p);
    }
}

static void any_key_takes_the_code_back(void **state) {
    struct patient p;

    (void)state;
    for (const char *key = "\n\x1b"
                           "5";
         *key; key++) {
        open_kiosk(&p);
        pass(&p, 1000);
        scan(&p, WECHAT_CODE);
        happens(&p, (struct event){.kind = EVENT_TEXT, .of.text.key = *key});
        hears(&p, SCREEN_BILLS, NOTICE_NONE);
        is_forgotten(&p);
    }
}

static void leaving_takes_the_code_along(void **state) {
    struct patient p;

    (void)state;
    open_kiosk(&p);
    pass(&p, 1000);
    scan(&p, WECHAT_CODE);
    tap(&p, TOUCH_HOME);
    assert_int_equal(p.core.session.screen, SCREEN_WELCOME);
    assert_int_equal(p.wipes, 1);
    is_forgotten(&p);
}

static void a_second_code_is_ignored(void **state) {
    struct patient p;

    (void)state;
    open_kiosk(&p);
    pass(&p, 1000);
    scan(&p, WECHAT_CODE);
    pass(&p, 2000);
    scan(&p, "281234567890123411");
    assert_string_equal(p.core.session.payment.pay_code, WECHAT_CODE);
    pass_by_deadlines(&p, COUNT_MS - 2000);
    assert_int_equal(p.asked.verb, VERB_BILLS);
}

/* The sum that is charged is one that the patient has seen. */
static void a_code_belongs_to_the_sum_that_stood(void **state) {
    struct patient p;

    (void)state;
    open_kiosk(&p);
    scan(&p, WECHAT_CODE); /* the list has just come */
    hears(&p, SCREEN_BILLS, NOTICE_PAY_CODE_AGAIN);
    pass(&p, 1000);
    tap_number(&p, TOUCH_BILL, 1);
    pass(&p, 299);
    scan(&p, WECHAT_CODE); /* a bill was left out just now */
    hears(&p, SCREEN_BILLS, NOTICE_PAY_CODE_AGAIN);
    is_forgotten(&p);
    scan(&p, WECHAT_CODE);
    hears(&p, SCREEN_PAY_CODE, NOTICE_NONE);
    assert_int_equal(p.core.session.choice.amount.fen, 3720);
}

static void a_code_of_an_old_frame_pays_nothing(void **state) {
    struct event old = {.kind = EVENT_SCAN, .of.scan = {.length = 18, .text = WECHAT_CODE}};
    struct patient p;

    (void)state;
    open_kiosk(&p);
    pass(&p, 1000);
    old.of.scan.revision = p.core.session.revision - 1;
    happens(&p, old);
    hears(&p, SCREEN_BILLS, NOTICE_PAY_CODE_AGAIN);
    is_forgotten(&p);
}

static void a_code_behind_the_warning_pays_nothing(void **state) {
    struct patient p;

    (void)state;
    open_kiosk(&p);
    pass_by_deadlines(&p, 61000);
    assert_true(p.core.session.warning);
    scan(&p, WECHAT_CODE);
    assert_false(p.core.session.warning); /* a sign of life */
    hears(&p, SCREEN_BILLS, NOTICE_PAY_CODE_AGAIN);
    is_forgotten(&p);
}

/* Without the policy, or where it might be a person, it must be asked for first. */
static void what_may_be_a_person_is_refused(void **state) {
    struct patient p;

    (void)state;
    open_kiosk(&p);
    pass(&p, 1000);
    scan(&p, "130102199001010015");
    hears(&p, SCREEN_BILLS, NOTICE_PAY_CODE_BILLS);
    is_forgotten(&p);
    scan(&p, "C10000001"); /* a card is none of this screen's */
    hears(&p, SCREEN_BILLS, NOTICE_PAY_CODE_BILLS);
}

static void without_the_policy_the_code_is_answered(void **state) {
    struct patient p;

    (void)state;
    begin(&p);
    at_bills(&p);
    pass(&p, 1000);
    scan(&p, WECHAT_CODE);
    hears(&p, SCREEN_BILLS, NOTICE_PAY_CODE_BILLS);
    is_forgotten(&p);
}

static void nothing_chosen_pays_nothing(void **state) {
    struct patient p;

    (void)state;
    open_kiosk(&p);
    for (int i = 1; i <= 3; i++)
        tap_number(&p, TOUCH_BILL, i);
    pass(&p, 1000);
    scan(&p, WECHAT_CODE);
    hears(&p, SCREEN_BILLS, NOTICE_NO_SELECTION);
    is_forgotten(&p);
}

static void a_way_that_is_not_open_takes_no_code(void **state) {
    struct core_setup setup = usual_setup();
    struct patient p;

    (void)state;
    setup.policy.pay_code_on_bills = true;
    setup.policy.channels[CHANNEL_PHONE] = false;
    begin_with(&p, &setup);
    at_bills(&p);
    pass(&p, 1000);
    scan(&p, WECHAT_CODE);
    hears(&p, SCREEN_BILLS, NOTICE_CHANNEL);
    is_forgotten(&p);
}

static void the_count_of_who_wants_it_larger_is_longer(void **state) {
    struct patient p;

    (void)state;
    open_kiosk(&p);
    tap(&p, TOUCH_LARGER);
    pass(&p, 1000);
    int sends = p.sends;
    scan(&p, WECHAT_CODE);
    assert_int_equal(pay_code_count_ms(core_situation(&p.core, p.now)), 3 * COUNT_MS);
    pass_by_deadlines(&p, 3 * COUNT_MS - 1);
    counts_from(&p, SCREEN_BILLS, sends);
    pass_by_deadlines(&p, 1);
    assert_int_equal(p.asked.verb, VERB_BILLS);
}

/* Changed meanwhile: nothing is charged, and the code is not kept for the new sum. */
static void another_list_after_the_count_pays_nothing(void **state) {
    struct bill_list fewer = three_bills;
    struct patient p;

    (void)state;
    open_kiosk(&p);
    pass(&p, 1000);
    scan(&p, WECHAT_CODE);
    pass_by_deadlines(&p, COUNT_MS);
    fewer.bill_count = 2;
    answer(&p, OUTCOME_ACCEPTED, &fewer);
    hears(&p, SCREEN_BILLS, NOTICE_BILLS_CHANGED);
    is_forgotten(&p);
}

/* The scanner has done its work; a journal that fails meanwhile stops the payment. */
static void what_goes_wrong_while_it_counts(void **state) {
    struct patient p;

    (void)state;
    open_kiosk(&p);
    pass(&p, 1000);
    scan(&p, WECHAT_CODE);
    device_is(&p, ROLE_SCANNER, DEVICE_ABSENT, SUPPLY_NOT_SUPPORTED);
    hears(&p, SCREEN_PAY_CODE, NOTICE_NONE);
    pass_by_deadlines(&p, COUNT_MS);
    hears(&p, SCREEN_CHANNEL, NOTICE_SCANNER_ABSENT);
    is_forgotten(&p);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_code_at_the_bills_pays_when_the_count_is_over),
        cmocka_unit_test(a_code_at_the_ways_to_pay_pays_too),
        cmocka_unit_test(any_touch_takes_the_code_back),
        cmocka_unit_test(any_key_takes_the_code_back),
        cmocka_unit_test(leaving_takes_the_code_along),
        cmocka_unit_test(a_second_code_is_ignored),
        cmocka_unit_test(a_code_belongs_to_the_sum_that_stood),
        cmocka_unit_test(a_code_of_an_old_frame_pays_nothing),
        cmocka_unit_test(a_code_behind_the_warning_pays_nothing),
        cmocka_unit_test(what_may_be_a_person_is_refused),
        cmocka_unit_test(without_the_policy_the_code_is_answered),
        cmocka_unit_test(nothing_chosen_pays_nothing),
        cmocka_unit_test(a_way_that_is_not_open_takes_no_code),
        cmocka_unit_test(the_count_of_who_wants_it_larger_is_longer),
        cmocka_unit_test(another_list_after_the_count_pays_nothing),
        cmocka_unit_test(what_goes_wrong_while_it_counts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
