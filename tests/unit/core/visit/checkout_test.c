/* links: app/core/ app/core/visit/ app/core/desk/ app/core/order/ app/core/terms/ ui/ids.c */
/* From the way that was chosen to the payment that begins: what goes along, what does not. */
#include "tests/support/patient.h"

#define WECHAT_CODE "134567890123456700"
#define INSURANCE_CODE "EC123456789"

static struct patient p;

static int begin_checkout(void **state) {
    struct core_setup setup = usual_setup();
    (void)state;
    setup.policy.channels[CHANNEL_CARD] = setup.policy.channels[CHANNEL_INSURANCE] = true;
    setup.code_rules[3] =
        (struct code_rule){.kind = IDENTITY_E_INSURANCE, .prefix = "EC", 11, 11, false};
    setup.code_rule_count = 4;
    begin_with(&p, &setup);
    device_is(&p, ROLE_PINPAD, DEVICE_READY, SUPPLY_NOT_SUPPORTED);
    return 0;
}

static void chooses(enum channel way) {
    pass(&p, 1000);
    tap_number(&p, TOUCH_CHANNEL, way);
}

static void sale_leaves(void) {
    chooses(CHANNEL_CARD);
    answer(&p, OUTCOME_ACCEPTED, &three_bills);
    durable(&p);
    assert_int_equal(p.asked.verb, VERB_PLACE);
    hears(&p, SCREEN_PAY_CODE, NOTICE_NONE);
}

/* The second card is not in because the first was: until it is, the patient may go. */
static void each_card_begins_with_its_first_step(void **state) {
    (void)state;
    at_channel(&p);
    sale_leaves();
    happens(&p,
            (struct event){.kind = EVENT_PROGRESS, .of.progress = {p.asked.number, CARD_STEP_PIN}});
    assert_int_equal(p.core.session.payment.card_step, CARD_STEP_PIN);
    struct event refused = answer_to_last(&p, OUTCOME_DECLINED);
    refused.of.answer.trade = TRADE_FAILED;
    strcpy(refused.of.answer.code, "51");
    happens(&p, refused);
    durable(&p);
    hears(&p, SCREEN_RESULT, NOTICE_CARD_REFUSED);
    pass(&p, 1000);
    tap(&p, TOUCH_AGAIN);
    hears(&p, SCREEN_CHANNEL, NOTICE_NONE);
    sale_leaves();
    assert_int_equal(p.core.session.payment.card_step, CARD_STEP_NONE);
    pass(&p, 1000);
    tap(&p, TOUCH_CANCEL);
    assert_int_not_equal(p.core.session.notice, NOTICE_PINPAD_DECIDES);
}

/* Who said who they are by it is not asked for it again. */
static void an_insurance_code_that_was_shown_already_pays(void **state) {
    (void)state;
    tap_number(&p, TOUCH_SERVICE, SERVICE_BILLS);
    scan(&p, INSURANCE_CODE);
    answer(&p, OUTCOME_ACCEPTED, &zhang);
    tap(&p, TOUCH_NEXT);
    answer(&p, OUTCOME_ACCEPTED, &three_bills);
    tap(&p, TOUCH_PAY);
    chooses(CHANNEL_INSURANCE);
    answer(&p, OUTCOME_ACCEPTED, &three_bills);
    durable(&p);
    assert_int_equal(p.asked.verb, VERB_PLACE);
    assert_string_equal(core_pay_code(&p.core, p.core.session.payment.slot), INSURANCE_CODE);
}

static void a_way_that_is_none_is_not_taken(void **state) {
    static const int none[] = {CHANNEL_NONE, -1, CHANNEL_COUNT, CHANNEL_COUNT + 1};
    (void)state;
    at_channel(&p);
    for (size_t i = 0; i < sizeof none / sizeof none[0]; i++) {
        chooses((enum channel)none[i]);
        hears(&p, SCREEN_CHANNEL, NOTICE_NONE);
        assert_int_equal(p.core.session.choice.channel, CHANNEL_NONE);
    }
}

/* What the scanner could not read, and what is too long to be a code, are no code of a wrong kind.
 */
static void a_code_that_is_unreadable_is_said_to_be(void **state) {
    static const struct {
        const char *text;
        uint8_t length;
        enum notice notice;
    } rows[] = {{WECHAT_CODE, 0, NOTICE_CODE_UNREADABLE},
                {"]Q3", 3, NOTICE_CODE_UNREADABLE}, /* nothing but the scanner's own mark */
                {"1", 1, NOTICE_CODE_WRONG_KIND}};
    (void)state;
    at_channel(&p);
    chooses(CHANNEL_PHONE);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct event event = {.kind = EVENT_SCAN, .of.scan.revision = p.core.session.revision};
        event.of.scan.length = rows[i].length;
        strcpy(event.of.scan.text, rows[i].text);
        pass(&p, 1000);
        happens(&p, event);
        hears(&p, SCREEN_PAY_CODE, rows[i].notice);
        assert_string_equal(p.core.session.payment.pay_code, "");
    }
}

/* Paid and being credited: leaving shows where it stands, at once. */
static void leaving_while_it_is_credited_shows_the_result(void **state) {
    (void)state;
    at_qr(&p);
    pass(&p, 5000);
    assert_true(finds(&p, VERB_ASK));
    answer_trade(&p, OUTCOME_ACCEPTED, TRADE_PAID, NULL);
    hears(&p, SCREEN_WAITING, NOTICE_NONE);
    assert_int_equal(p.core.session.waiting, WAITING_CREDIT);
    pass(&p, 1000);
    tap(&p, TOUCH_HOME);
    hears(&p, SCREEN_RESULT, NOTICE_NONE);
    assert_int_equal(p.core.session.payment.verdict, VERDICT_ASKING);
}

/* One that has just been placed and has no code to show yet is closed first. */
static void leaving_before_there_is_a_code_waits_for_the_close(void **state) {
    (void)state;
    at_placing(&p);
    pass(&p, 1000);
    tap(&p, TOUCH_HOME);
    assert_int_equal(p.core.session.screen, SCREEN_WAITING);
    assert_int_not_equal(p.core.session.screen, SCREEN_RESULT);
}

/* Over the limit of a payment: said at once, not after the count. */
static void an_early_code_for_too_much_is_refused_at_once(void **state) {
    (void)state;
    p.core.setup.policy.pay_code_on_bills = true;
    p.core.setup.policy.order_max.fen = 16569;
    at_bills(&p);
    pass(&p, 1000);
    scan(&p, WECHAT_CODE);
    hears(&p, SCREEN_BILLS, NOTICE_AMOUNT_MAX);
    assert_false(p.core.session.payment.counting);
    assert_string_equal(p.core.session.payment.pay_code, "");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(each_card_begins_with_its_first_step, begin_checkout),
        cmocka_unit_test_setup(an_insurance_code_that_was_shown_already_pays, begin_checkout),
        cmocka_unit_test_setup(a_way_that_is_none_is_not_taken, begin_checkout),
        cmocka_unit_test_setup(a_code_that_is_unreadable_is_said_to_be, begin_checkout),
        cmocka_unit_test_setup(leaving_while_it_is_credited_shows_the_result, begin_checkout),
        cmocka_unit_test_setup(leaving_before_there_is_a_code_waits_for_the_close, begin_checkout),
        cmocka_unit_test_setup(an_early_code_for_too_much_is_refused_at_once, begin_checkout),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
