/* links: app/core/ app/core/visit/ app/core/desk/ app/core/order/ app/core/terms/ ui/ids.c */
/* A call for a bill that medical insurance pays: the cashier scans the patient's e-insurance code,
 * the centre's code is shown to the patient, and the order law of every insured payment holds. */
#include "app/core/about.h"
#include "app/core/desk/day.h"
#include "app/core/order/shares.h"
#include "tests/unit/core/desk/window_story.h"

#define INSURANCE_CODE "EC123456789"
#define PAY_ORD_ID "ORD350100202611290000000001"

static int begin_insured_window(void **state) {
    (void)begin_window(state);
    p.setup.policy.channels[CHANNEL_INSURANCE] = true;
    p.setup.code_rules[p.setup.code_rule_count++] =
        (struct code_rule){.kind = IDENTITY_E_INSURANCE, .prefix = "EC", 11, 11, false};
    core_init(&p.core, &p.setup, p.now);
    call.service = SERVICE_BILLS;
    call.insured = true;
    call.person.account_type = ACCOUNT_OUTPATIENT;
    strcpy(call.caller_channel, "ONE_QR"); /* recpay always names one */
    return 0;
}

static const struct order *order_now(void) {
    return &p.core.book.orders[window_now()->payment.slot];
}

static uint32_t chosen(const char *no) {
    strcpy(call.caller_channel, "ONE_QR");
    uint32_t number = comes(no);
    shows(SCREEN_DESK_PAY);
    scans(INSURANCE_CODE);
    assert_int_equal(find_effect(EFFECT_CHOSEN, number)->of.chosen.way, DESK_WAY_INSURED);
    is_heard_again(number, "INSURANCE", CHANNEL_INSURANCE);
    return number;
}

static void uploads(void) {
    chosen("N1");
    assert_false(finds(&p, VERB_PLACE)); /* the journal first */
    writes();
    assert_true(finds(&p, VERB_PLACE));
    assert_string_equal(core_pay_code(&p.core, window_now()->payment.slot), INSURANCE_CODE);
}

static void shows_code(void) {
    uploads();
    struct event event = answer_to_last(&p, OUTCOME_ACCEPTED);
    strcpy(event.of.answer.in_no, PAY_ORD_ID);
    event.of.answer.document = &link_to_pay.head;
    happens(&p, event);
    writes();
}

static void says_state(enum verb verb, enum outcome outcome, enum trade_state trade) {
    assert_int_equal(p.asked.verb, verb);
    struct event event = answer_to_last(&p, outcome);
    event.of.answer.trade = trade;
    strcpy(event.of.answer.in_no, PAY_ORD_ID);
    strcpy(event.of.answer.code, "1");
    if (trade == TRADE_PAID) {
        event.of.answer.has_amount = true;
        event.of.answer.amount.fen = 8800;
        event.of.answer.split = (struct split){.fund = {6000}, .own = {2800}};
    }
    happens(&p, event);
    writes();
}

static void the_patients_code_pays_by_the_insurance(void **state) {
    (void)state;
    shows_code();
    shows(SCREEN_DESK_WAIT);
    assert_string_equal(window_now()->payment.link, link_to_pay.url);
    assert_string_equal(window_now()->payment.pay_code, ""); /* sent, and forgotten */
    assert_int_equal(order_now()->legs[0].route, ROUTE_MMPC);
    assert_int_equal(order_now()->claims[0].creditor, CREDITOR_PLATFORM);
    assert_string_equal(order_now()->claims[0].org_trace_no, "N1"); /* the hospital's own number */
    pass(&p, 3000);
    says_state(VERB_ASK, OUTCOME_ACCEPTED, TRADE_PAID);
    shows(SCREEN_DESK_RESULT);
    assert_int_equal(window_now()->payment.news, CALL_PAID);
    assert_int_equal(order_now()->legs[0].split.fund.fen, 6000);
    assert_int_equal(order_now()->legs[0].place_tries, 1);
}

/* As at the kiosk: revoked while the centre shows it open, and let go when that is proved. */
static void what_is_taken_back_is_revoked_first(void **state) {
    (void)state;
    shows_code();
    presses(TOUCH_CANCEL, 0);
    says_state(VERB_ASK, OUTCOME_PENDING, TRADE_WAIT);
    assert_true(finds(&p, VERB_CLOSE));
    shows(SCREEN_DESK_WAIT);
    says_state(VERB_CLOSE, OUTCOME_ACCEPTED, TRADE_NONE);
    says_state(VERB_ASK, OUTCOME_UNKNOWN, TRADE_REVOKED);
    shows(SCREEN_DESK_RESULT);
    assert_int_equal(window_now()->payment.news, CALL_UNPAID);
}

/* Called revoked by a centre that has none of it then: it may settle it yet. Whoever asks is told
 * to go on asking, and of the end when there is one. */
static void what_may_be_settled_yet_is_not_called_unpaid(void **state) {
    (void)state;
    shows_code();
    presses(TOUCH_CANCEL, 0);
    says_state(VERB_ASK, OUTCOME_PENDING, TRADE_WAIT);
    says_state(VERB_CLOSE, OUTCOME_ACCEPTED, TRADE_NONE);
    while (order_now()->legs[0].state == LEG_CLOSING) {
        says_state(VERB_ASK, OUTCOME_UNKNOWN, TRADE_ABSENT);
        for (int s = 0; s < 60 && order_now()->legs[0].state == LEG_CLOSING &&
                        p.core.book.orders[window_now()->payment.slot].run.leg[0].request == 0;
             s++)
            pass(&p, 1000);
    }
    assert_int_equal(order_now()->legs[0].state, LEG_CLOSED);
    shows(SCREEN_DESK_RESULT);
    assert_int_equal(window_now()->payment.news, CALL_UNSURE);
    call.reverses = true;
    call.to_window = false;
    uint32_t number = wants_back("R1", 8800); /* nor is it called unpaid to whoever wants it back */
    assert_int_equal(find_effect(EFFECT_CALL, number)->of.call.refusal, CALL_BUSY);
    while (order_now()->run.leg[0].request == 0)
        pass(&p, 1000);
    says_state(VERB_ASK, OUTCOME_UNKNOWN, TRADE_REVOKED);
    assert_int_equal(desk_payment_news(order_now()), CALL_UNPAID);
    assert_non_null(find_effect(EFFECT_CALL, 0));
}

/* The upload's answer was lost, or it was refused for another machine's: what is settled under the
 * caller's number is paid, and that it is taken back is nothing that can be asked for here. */
static void what_another_machine_may_have_uploaded_is_paid_and_stays(void **state) {
    (void)state;
    uploads();
    happens(&p, answer_to_last(&p, OUTCOME_DECLINED));
    writes();
    pass(&p, 3000);
    says_state(VERB_ASK, OUTCOME_ACCEPTED, TRADE_PAID);
    shows(SCREEN_DESK_RESULT);
    assert_int_equal(window_now()->payment.news, CALL_PAID);
    assert_int_equal(window_now()->payment.verdict, VERDICT_UNPROVEN);
    struct desk_day day = {0};
    adds_to_shift(&day, order_now());
    assert_int_equal(day.undecided, 0);
    static struct order paid;
    paid = *order_now();
    call.order = paid;
    call.found = call.reverses = true;
    call.to_window = false;
    presses(TOUCH_NEXT, 0);
    uint32_t number = wants_back("R1", 8800);
    assert_int_equal(find_effect(EFFECT_CALL, number)->of.call.refusal, CALL_REFUSED);
}

/* Nothing is shown by itself: whether the insurance pays is the patient's to say. */
static void an_insured_bill_waits_for_a_code_or_a_key(void **state) {
    (void)state;
    uint32_t number = comes("N1");
    shows(SCREEN_DESK_PAY);
    assert_null(find_effect(EFFECT_CHOSEN, number));
    presses(TOUCH_FUNCTION, DESK_WAY_CODE);
    assert_int_equal(find_effect(EFFECT_CHOSEN, number)->of.chosen.way, DESK_WAY_CODE);
}

static void scans_for_gateway(void) {
    (void)begin_insured_window(NULL);
    p.core.setup.policy.insured_decodes = true;
    call.caller_channel[0] = '\0'; /* every way is open */
    comes("N1");
    scans(INSURANCE_CODE);
    assert_true(finds(&p, VERB_DECODE));
    assert_null(find_effect(EFFECT_CHOSEN, 0));
    shows(SCREEN_DESK_PAY);
    assert_int_equal(window_now()->gateway, DESK_GATEWAY_ASKED);
    assert_string_equal(core_question(&p.core, VERB_DECODE).code, INSURANCE_CODE);
}

static void gateway_says(enum outcome outcome, const char *token) {
    struct event event = answer_to_last(&p, outcome);
    strcpy(event.of.answer.in_no, token);
    happens(&p, event);
}

/* Where the region's gateway decodes it the insurance hears what the code stands for, never the
 * code. */
static void a_code_is_decoded_before_anything_is_opened(void **state) {
    (void)state;
    scans_for_gateway();
    gateway_says(OUTCOME_ACCEPTED, "TOKEN1");
    const struct effect *chosen = find_effect(EFFECT_CHOSEN, 0);
    assert_int_equal(chosen->of.chosen.way, DESK_WAY_INSURED);
    is_heard_again(chosen->number, "INSURANCE", CHANNEL_INSURANCE);
    writes();
    assert_true(finds(&p, VERB_PLACE));
    assert_string_equal(core_pay_code(&p.core, window_now()->payment.slot), "TOKEN1");
}

static void a_code_that_is_not_decoded_opens_nothing(void **state) {
    static const struct {
        enum outcome outcome;
        const char *token;
        enum desk_gateway gateway;
    } rows[] = {{OUTCOME_DECLINED, "", DESK_GATEWAY_REFUSED},
                {OUTCOME_ACCEPTED, "", DESK_GATEWAY_DOWN},
                {OUTCOME_UNKNOWN, "", DESK_GATEWAY_DOWN},
                {OUTCOME_MALFORMED, "TOKEN1", DESK_GATEWAY_DOWN}};
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        scans_for_gateway();
        gateway_says(rows[i].outcome, rows[i].token);
        assert_null(find_effect(EFFECT_CHOSEN, 0));
        shows(SCREEN_DESK_PAY);
        assert_int_equal(window_now()->gateway, rows[i].gateway);
        assert_string_equal(window_now()->payment.pay_code, "");
        scans(INSURANCE_CODE); /* once more */
        gateway_says(OUTCOME_ACCEPTED, "TOKEN2");
        assert_int_equal(find_effect(EFFECT_CHOSEN, 0)->of.chosen.way, DESK_WAY_INSURED);
        assert_string_equal(window_now()->payment.pay_code, "TOKEN2");
    }
}

/* Another way is chosen, another code scanned, or the call let go: nobody waits for it. */
static void what_the_gateway_says_too_late_is_nobodys(void **state) {
    enum instead { A_KEY, A_PHONE, LET_GO, ANOTHER_CODE, INSTEAD_COUNT };
    (void)state;
    for (int instead = 0; instead < INSTEAD_COUNT; instead++) {
        scans_for_gateway();
        struct event late = answer_to_last(&p, OUTCOME_ACCEPTED);
        strcpy(late.of.answer.in_no, "TOKEN1");
        if (instead == A_KEY)
            presses(TOUCH_FUNCTION, DESK_WAY_CODE);
        else if (instead == LET_GO)
            presses(TOUCH_CANCEL, 0);
        else
            scans(instead == A_PHONE ? "134567890123456700" : INSURANCE_CODE);
        happens(&p, late);
        assert_null(find_effect(EFFECT_CHOSEN, 0));
        assert_string_not_equal(window_now()->payment.pay_code, "TOKEN1");
        assert_int_equal(window_now()->payment.chosen, instead == A_KEY || instead == A_PHONE);
    }
}

static void what_the_insurance_does_not_pay_is_said(void **state) {
    enum why {
        NOT_INSURED,
        DEPOSIT_OR_SETTLED,
        OFF,
        PUSHED,
        UPLOADED,
        BY_NAME,
        NAMED,
        NO_DISPLAY,
        AWAY,
        COUNT
    };
    (void)state;
    static const char *const said[COUNT] = {
        "desk.not_insured",        "desk.not_insured",        "desk.no_insurance",
        "desk.insurance_by_phone", "desk.insurance_by_phone", "desk.no_insurance",
        "desk.other_named",        "desk.no_display",         "desk.display_away"};
    for (int why = 0; why < COUNT; why++) {
        begin_insured_window(NULL);
        call.insured = why != NOT_INSURED && why != DEPOSIT_OR_SETTLED;
        p.core.setup.policy.channels[CHANNEL_INSURANCE] = why != OFF;
        p.core.setup.policy.insurance = why == PUSHED     ? ROUTE_AMP
                                        : why == UPLOADED ? ROUTE_AMP_UPLOADED
                                                          : ROUTE_NONE;
        p.core.setup.policy.insured_by_name = why == BY_NAME;
        p.core.setup.patient_display = why != NO_DISPLAY;
        p.core.terminal.display_away = why == AWAY;
        strcpy(call.caller_channel, why == NAMED ? "CASH" : "ONE_BAR");
        comes("N1");
        struct desk_around around = {&p.core.setup, &p.core.terminal, &p.core.book};
        assert_string_equal(desk_way_obstacle(window_now(), around, DESK_WAY_INSURED), said[why]);
        if (why == NAMED)
            continue; /* cash is counted: nothing is scanned there */
        scans(INSURANCE_CODE);
        assert_true(window_now()->insured_code);
        assert_null(find_effect(EFFECT_CHOSEN, 0));
        shows(SCREEN_DESK_PAY);
        scans("134567890123456700"); /* a pay code does */
        assert_false(window_now()->insured_code);
        assert_int_equal(find_effect(EFFECT_CHOSEN, 0)->of.chosen.way, DESK_WAY_PHONE);
    }
}

static const struct order *paid_here(void) {
    static struct order paid;
    shows_code();
    pass(&p, 3000);
    says_state(VERB_ASK, OUTCOME_ACCEPTED, TRADE_PAID);
    paid = *order_now();
    call.order = paid;
    call.found = true;
    call.to_window = false; /* the document knows no window of a reversal */
    presses(TOUCH_NEXT, 0);
    return &paid;
}

/* A refund names a part of the money or a wallet: neither is the insurance's. Nor is a reversal of
 * a part, one that calls the hospital, or one for which nobody here can show the patient's code. */
static void it_goes_back_by_a_reversal_only(void **state) {
    static const struct {
        bool reverses, tells_his, by_name;
        int64_t fen;
        enum call_refusal refusal;
    } rows[] = {{false, false, false, 8800, CALL_REFUSED}, {false, true, false, 8800, CALL_REFUSED},
                {true, true, false, 8800, CALL_REFUSED},   {true, false, true, 8800, CALL_REFUSED},
                {true, false, false, 2800, CALL_WHOLE},    {true, false, false, 8801, CALL_WHOLE},
                {true, false, false, 0, CALL_TAKEN}};
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        begin_insured_window(NULL);
        paid_here();
        call.reverses = rows[i].reverses;
        call.tells_his = rows[i].tells_his;
        p.core.setup.policy.insured_by_name = rows[i].by_name;
        uint32_t number = wants_back("R1", rows[i].fen);
        assert_int_equal(find_effect(EFFECT_CALL, number)->of.call.refusal, rows[i].refusal);
    }
}

static void asks_reversal(void) {
    uint32_t number = wants_back("R1", 8800);
    assert_int_equal(find_effect(EFFECT_CALL, number)->of.call.refusal, CALL_TAKEN);
    writes();
}

/* The order of what was paid here, its reversal R1 asked for and on its way. */
static const struct order *reversing(void) {
    char no[ORDER_NO_SIZE];
    memcpy(no, paid_here()->no, sizeof no);
    strcpy(call.person.patient_type, "01");
    call.reverses = true;
    asks_reversal();
    return &p.core.book.orders[book_find(&p.core.book, no)];
}

/* The hospital's own software asks, and takes its book back when it hears that all of it is back:
 * no ORG_005 of ours leaves. */
static void a_reversal_returns_all_of_it_as_it_came(void **state) {
    (void)state;
    const struct order *order = reversing();
    assert_int_equal(order->refund_count, 1);
    assert_string_equal(order->refunds[0].caller_no, "R1");
    assert_int_equal(order->refunds[0].why, REFUND_WHY_REVERSED);
    says_state(VERB_REFUND, OUTCOME_PENDING, TRADE_WAIT);
    assert_int_equal(order->claims[0].state, CLAIM_UNCREDITING);
    assert_int_equal(desk_refund_news(order, "R1"), CALL_UNDER_WAY);
    pass(&p, 3000);
    says_state(VERB_ASK_REFUND, OUTCOME_UNKNOWN, TRADE_HALF_RETURNED);
    assert_int_equal(desk_refund_news(order, "R1"), CALL_UNDER_WAY);
    pass(&p, 3000);
    says_state(VERB_ASK_REFUND, OUTCOME_UNKNOWN, TRADE_RETURNED);
    assert_int_equal(order->claims[0].state, CLAIM_REFUNDED);
    assert_int_equal(desk_refund_news(order, "R1"), CALL_PAID);
    assert_int_equal(order_sums(order).returned.fen, 8800);
}

/* The insurance refuses it: it stands as it was paid, and is tried again under its number. */
static void a_reversal_that_is_refused_changes_nothing(void **state) {
    (void)state;
    const struct order *order = reversing();
    says_state(VERB_REFUND, OUTCOME_UNKNOWN, TRADE_NONE);
    assert_int_equal(desk_refund_news(order, "R1"),
                     CALL_UNDER_WAY); /* it may be done all the same */
    says_state(VERB_ASK_REFUND, OUTCOME_ACCEPTED, TRADE_PAID);
    assert_int_equal(desk_refund_news(order, "R1"), CALL_UNDER_WAY); /* so soon that says nothing */
    pass(&p, p.setup.limits.credit_quiet_ms);
    says_state(VERB_ASK_REFUND, OUTCOME_ACCEPTED, TRADE_PAID);
    assert_int_equal(desk_refund_news(order, "R1"), CALL_UNPAID);
    assert_int_equal(order->claims[0].state, CLAIM_DONE);
    assert_int_equal(order_sums(order).credited.fen, 8800);
    call.order = *order; /* as the journal has it */
    asks_reversal();
    assert_true(finds(&p, VERB_REFUND));
    int slot = book_find(&p.core.book, call.order.no);
    assert_string_equal(p.core.book.orders[slot].refunds[1].caller_no, "R1");
}

/* Half of it is back for good: a person finds out, and the caller is told to ask. */
static void a_reversal_that_stays_half_done_is_a_case(void **state) {
    (void)state;
    const struct order *order = reversing();
    says_state(VERB_REFUND, OUTCOME_PENDING, TRADE_WAIT);
    int64_t passed_ms = 0;
    while (desk_refund_news(order, "R1") == CALL_UNDER_WAY) {
        assert_in_range(passed_ms, 0, 2 * p.setup.limits.refund_deadline_ms);
        pass(&p, p.setup.limits.retry_max_ms);
        passed_ms += p.setup.limits.retry_max_ms;
        says_state(VERB_ASK_REFUND, OUTCOME_UNKNOWN, TRADE_HALF_RETURNED);
    }
    assert_int_equal(desk_refund_news(order, "R1"), CALL_WITH_PERSON);
    assert_int_equal(order->claims[0].state, CLAIM_CASE);
    assert_int_equal(order_sums(order).in_cases.fen, 8800);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(the_patients_code_pays_by_the_insurance, begin_insured_window),
        cmocka_unit_test_setup(what_is_taken_back_is_revoked_first, begin_insured_window),
        cmocka_unit_test_setup(what_may_be_settled_yet_is_not_called_unpaid, begin_insured_window),
        cmocka_unit_test_setup(what_another_machine_may_have_uploaded_is_paid_and_stays,
                               begin_insured_window),
        cmocka_unit_test_setup(an_insured_bill_waits_for_a_code_or_a_key, begin_insured_window),
        cmocka_unit_test(a_code_is_decoded_before_anything_is_opened),
        cmocka_unit_test(a_code_that_is_not_decoded_opens_nothing),
        cmocka_unit_test(what_the_gateway_says_too_late_is_nobodys),
        cmocka_unit_test_setup(what_the_insurance_does_not_pay_is_said, begin_insured_window),
        cmocka_unit_test_setup(it_goes_back_by_a_reversal_only, begin_insured_window),
        cmocka_unit_test_setup(a_reversal_returns_all_of_it_as_it_came, begin_insured_window),
        cmocka_unit_test_setup(a_reversal_that_is_refused_changes_nothing, begin_insured_window),
        cmocka_unit_test_setup(a_reversal_that_stays_half_done_is_a_case, begin_insured_window),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
