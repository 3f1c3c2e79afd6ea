/* links: app/core/ app/core/visit/ app/core/desk/ app/core/order/ app/core/terms/ ui/ids.c */
/* The inpatient's deposit, and the phone's own code. */
#include "tests/support/patient.h"

static void at_amount(struct patient *p) {
    tap_number(p, TOUCH_SERVICE, SERVICE_DEPOSIT);
    scan(p, "W20001234");
    answer(p, OUTCOME_ACCEPTED, &wang);
    tap(p, TOUCH_NEXT);
    hears(p, SCREEN_AMOUNT, NOTICE_NONE);
}

static void a_deposit_is_credited(void **state) {
    struct patient p;

    (void)state;
    begin(&p);
    at_amount(&p);
    type(&p, "100.5\n");
    hears(&p, SCREEN_CHANNEL, NOTICE_NONE);
    assert_int_equal(p.core.session.choice.amount.fen, 10050);
    tap_number(&p, TOUCH_CHANNEL, CHANNEL_UNIONPAY);
    const struct order *order = &p.core.book.orders[p.core.session.payment.slot];
    assert_string_equal(order->claims[0].org_trace_no, order->no);
    assert_string_equal(order->claims[0].doc_trace_no, order->no);
    assert_string_equal(order->legs[0].no, order->no);
    durable(&p);
    answer_trade(&p, OUTCOME_PENDING, TRADE_WAIT, &link_to_pay);
    durable(&p);
    assert_int_equal(p.core.session.screen, SCREEN_PAY_QR);
    pass_by_deadlines(&p, 3000);
    answer_trade(&p, OUTCOME_ACCEPTED, TRADE_PAID, NULL);
    durable(&p);
    assert_int_equal(p.asked.verb, VERB_CREDIT);
    answer(&p, OUTCOME_ACCEPTED, NULL);
    assert_int_equal(p.core.session.payment.verdict, VERDICT_CREDITED);
}

static void amounts_are_yuan_and_never_above_the_cap(void **state) {
    static const struct {
        const char *keys;
        int64_t fen;
        enum notice notice;
    } rows[] = {{"", 0, NOTICE_AMOUNT_ZERO},
                {"0", 0, NOTICE_AMOUNT_ZERO},
                {"0.00", 0, NOTICE_AMOUNT_ZERO},
                {".5", 500, NOTICE_NONE}, /* a dot needs a digit before it */
                {"1.2.3", 123, NOTICE_NONE},
                {"12.345", 1234, NOTICE_NONE},
                {"007", 700, NOTICE_NONE},
                {"5000", 500000, NOTICE_NONE},
                {"5000.01", 500001, NOTICE_AMOUNT_CAP},
                {"123456789", 1234567800, NOTICE_AMOUNT_CAP}};

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct patient p;
        begin(&p);
        at_amount(&p);
        type(&p, rows[i].keys);
        assert_int_equal(p.core.session.choice.amount.fen, rows[i].fen);
        tap(&p, TOUCH_PAY);
        hears(&p, rows[i].notice == NOTICE_NONE ? SCREEN_CHANNEL : SCREEN_AMOUNT, rows[i].notice);
    }
}

static void presets_end_at_the_cap(void **state) {
    struct patient p;
    struct fen presets[6];

    (void)state;
    begin(&p);
    at_amount(&p);
    assert_int_equal(offer_presets(core_situation(&p.core, p.now), presets),
                     5); /* 10,000.00 is above 5,000.00 */
    tap_number(&p, TOUCH_AMOUNT, 6);
    assert_int_equal(p.core.session.choice.amount.fen, 0);
    tap_number(&p, TOUCH_AMOUNT, 5);
    assert_int_equal(p.core.session.choice.amount.fen, 500000);
    assert_string_equal(p.core.session.typed, "5000");
    hears(&p, SCREEN_CHANNEL, NOTICE_NONE);
    tap(&p, TOUCH_BACK); /* another sum, after all */
    hears(&p, SCREEN_AMOUNT, NOTICE_NONE);
    assert_string_equal(p.core.session.typed, "5000");
}

static void outpatients_deposit_only_where_policy_says_so(void **state) {
    struct core_setup setup = usual_setup();
    struct patient p;

    (void)state;
    begin(&p);
    tap_number(&p, TOUCH_SERVICE, SERVICE_DEPOSIT);
    scan(&p, "C10000001");
    answer(&p, OUTCOME_ACCEPTED, &zhang);
    hears(&p, SCREEN_IDENTIFY, NOTICE_OUTPATIENT_DEPOSIT);
    scan(&p, "W20001234"); /* a wristband of somebody who went home */
    answer(&p, OUTCOME_ACCEPTED, &zhang);
    hears(&p, SCREEN_IDENTIFY, NOTICE_NOT_INPATIENT);

    setup.policy.outpatient_deposit = true;
    begin_with(&p, &setup);
    tap_number(&p, TOUCH_SERVICE, SERVICE_DEPOSIT);
    scan(&p, "C10000001");
    answer(&p, OUTCOME_ACCEPTED, &zhang);
    hears(&p, SCREEN_CONFIRM, NOTICE_NONE);
}

static void a_second_deposit_waits_for_the_first(void **state) {
    struct patient p;

    (void)state;
    begin(&p);
    at_amount(&p);
    type(&p, "100\n");
    tap_number(&p, TOUCH_CHANNEL, CHANNEL_PHONE);
    scan(&p, "130000000000000011");
    durable(&p);
    answer(&p, OUTCOME_UNKNOWN, NULL);
    pass_by_deadlines(&p, 400000); /* the platform stays silent, the patient goes */
    assert_int_equal(p.core.session.screen, SCREEN_WELCOME);
    struct order *first = &p.core.book.orders[0];
    assert_true(first->run.used);
    first->legs[0].state = LEG_PLACE_UNKNOWN; /* whatever came of the close: say it is not known */
    first->claims[0].state = CLAIM_WAITING;
    at_amount(&p);
    type(&p, "100\n");
    tap_number(&p, TOUCH_CHANNEL, CHANNEL_WECHAT);
    hears(&p, SCREEN_CHANNEL, NOTICE_STILL_ASKING);
}

static void at_pay_code(struct patient *p) {
    at_channel(p);
    tap_number(p, TOUCH_CHANNEL, CHANNEL_PHONE);
    hears(p, SCREEN_PAY_CODE, NOTICE_NONE);
    assert_int_equal(p->arm, ARM_PAY_CODE);
}

static void the_phones_code_pays_and_is_overwritten(void **state) {
    struct patient p;

    (void)state;
    begin(&p);
    at_pay_code(&p);
    scan(&p, "]Q1134567890123456700");
    assert_int_equal(p.arm, ARM_NONE);
    answer(&p, OUTCOME_ACCEPTED, &three_bills);
    int slot = p.core.session.payment.slot;
    durable(&p);
    assert_int_equal(p.asked.verb, VERB_PLACE);
    /* The shell builds the message after the step: the code is still there, for this order only. */
    assert_string_equal(core_pay_code(&p.core, slot), "134567890123456700");
    assert_string_equal(core_pay_code(&p.core, slot + 1), "");
    answer_trade(&p, OUTCOME_ACCEPTED, TRADE_PAID, NULL);
    assert_string_equal(core_pay_code(&p.core, slot), "");
    static const char nothing[sizeof p.core.session.payment.pay_code];
    assert_memory_equal(p.core.session.payment.pay_code, nothing, sizeof nothing);
    assert_int_equal(p.core.session.waiting, WAITING_CREDIT);
}

/* These digits are a person of Hebei and a code of WeChat: the step tells which. */
static void the_step_tells_what_a_number_is(void **state) {
    static const char both[] = "130102199001010015";
    struct patient p;

    (void)state;
    begin(&p);
    tap_number(&p, TOUCH_SERVICE, SERVICE_BILLS);
    scan(&p, both);
    assert_int_equal(p.asked.verb, VERB_ACCOUNT);
    assert_int_equal(p.core.session.who.identity, IDENTITY_ID_CARD);
    begin(&p);
    at_pay_code(&p);
    scan(&p, both);
    answer(&p, OUTCOME_ACCEPTED, &three_bills);
    durable(&p);
    assert_int_equal(p.asked.verb, VERB_PLACE);
}

static void what_is_no_pay_code_pays_nothing(void **state) {
    struct patient p;

    (void)state;
    begin(&p);
    at_pay_code(&p);
    int sends = p.sends;
    scan(&p, "C10000001");
    hears(&p, SCREEN_PAY_CODE, NOTICE_CODE_WRONG_KIND);
    scan(&p, "");
    hears(&p, SCREEN_PAY_CODE, NOTICE_CODE_UNREADABLE);
    assert_int_equal(p.sends, sends);
    tap(&p, TOUCH_CANCEL);
    hears(&p, SCREEN_CHANNEL, NOTICE_NONE);
}

static void a_code_that_waits_for_the_phone_can_be_cancelled(void **state) {
    struct patient p;

    (void)state;
    begin(&p);
    at_pay_code(&p);
    scan(&p, "281234567890123411");
    answer(&p, OUTCOME_ACCEPTED, &three_bills);
    durable(&p);
    answer_trade(&p, OUTCOME_PENDING, TRADE_WAIT, NULL);
    durable(&p);
    assert_int_equal(p.core.session.waiting, WAITING_CONFIRMING);
    tap(&p, TOUCH_CANCEL);
    assert_int_equal(p.core.session.waiting, WAITING_CLOSE);
}

static void a_declined_code_says_that_no_money_moved(void **state) {
    struct patient p;

    (void)state;
    begin(&p);
    at_pay_code(&p);
    scan(&p, "6212345678901234599");
    answer(&p, OUTCOME_ACCEPTED, &three_bills);
    durable(&p);
    answer_trade(&p, OUTCOME_DECLINED, TRADE_FAILED, NULL);
    hears(&p, SCREEN_RESULT, NOTICE_DECLINED);
    assert_int_equal(p.core.session.payment.verdict, VERDICT_NOT_PAID);
}

static void without_a_scanner_the_phone_is_not_offered(void **state) {
    struct patient p;

    (void)state;
    begin(&p);
    at_pay_code(&p);
    device_is(&p, ROLE_SCANNER, DEVICE_ABSENT, SUPPLY_NOT_SUPPORTED);
    hears(&p, SCREEN_CHANNEL, NOTICE_SCANNER_ABSENT);
    assert_int_equal(offer_channel_obstacle(core_situation(&p.core, p.now), CHANNEL_PHONE),
                     NOTICE_SCANNER_ABSENT);
    tap_number(&p, TOUCH_CHANNEL, CHANNEL_PHONE);
    hears(&p, SCREEN_CHANNEL, NOTICE_SCANNER_ABSENT);
    assert_int_equal(offer_channel_obstacle(core_situation(&p.core, p.now), CHANNEL_WECHAT),
                     NOTICE_NONE);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_deposit_is_credited),
        cmocka_unit_test(amounts_are_yuan_and_never_above_the_cap),
        cmocka_unit_test(presets_end_at_the_cap),
        cmocka_unit_test(outpatients_deposit_only_where_policy_says_so),
        cmocka_unit_test(a_second_deposit_waits_for_the_first),
        cmocka_unit_test(the_phones_code_pays_and_is_overwritten),
        cmocka_unit_test(the_step_tells_what_a_number_is),
        cmocka_unit_test(what_is_no_pay_code_pays_nothing),
        cmocka_unit_test(a_code_that_waits_for_the_phone_can_be_cancelled),
        cmocka_unit_test(a_declined_code_says_that_no_money_moved),
        cmocka_unit_test(without_a_scanner_the_phone_is_not_offered),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
