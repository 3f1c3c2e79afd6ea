/* links: app/core/ app/core/visit/ app/core/desk/ app/core/order/ app/core/terms/ ui/ids.c */
/* A visit paid by bank card: the screen follows the pinpad, and the pinpad decides. */
#include "tests/support/patient.h"

static void begin_with_pinpad(struct patient *p) {
    struct core_setup setup = usual_setup();

    setup.policy.channels[CHANNEL_CARD] = true;
    begin_with(p, &setup);
    device_is(p, ROLE_PINPAD, DEVICE_READY, SUPPLY_NOT_SUPPORTED);
}

/* The sale has left, the pinpad was not heard of yet. */
static void at_the_pinpad(struct patient *p) {
    begin_with_pinpad(p);
    at_channel(p);
    tap_number(p, TOUCH_CHANNEL, CHANNEL_CARD);
    answer(p, OUTCOME_ACCEPTED, &three_bills);
    assert_int_equal(p->core.session.screen, SCREEN_WAITING);
    durable(p);
    assert_int_equal(p->asked.verb, VERB_PLACE);
    assert_int_equal(p->core.session.screen, SCREEN_PAY_CODE);
}

static void pinpad_goes_on(struct patient *p, uint32_t request, enum card_step step) {
    happens(p, (struct event){.kind = EVENT_PROGRESS, .of.progress = {request, step}});
}

static void pinpad_says(struct patient *p, struct asked asked, const char *code) {
    p->asked = asked;
    struct event event = answer_to_last(p, OUTCOME_UNKNOWN);
    struct event_answer *said = &event.of.answer;
    strcpy(said->code, code);
    if (strcmp(code, "00") == 0) {
        said->outcome = OUTCOME_ACCEPTED;
        said->trade = TRADE_PAID;
        said->has_amount = true;
        said->amount = p->core.book.orders[asked.to.index].legs[0].amount;
    } else if (code[0] != '\0') {
        said->outcome = OUTCOME_DECLINED;
        said->trade = TRADE_FAILED;
    }
    happens(p, event);
}

static void the_hospital_credits_all(struct patient *p) {
    durable(p);
    assert_true(finds(p, VERB_BILLS));
    while (p->asked.verb == VERB_BILLS && finds(p, VERB_BILLS))
        ; /* the newest */
    answer(p, OUTCOME_ACCEPTED, &three_bills);
    durable(p);
    for (int i = 0; i < 3; i++) {
        assert_int_equal(p->asked.verb, VERB_CREDIT);
        answer(p, OUTCOME_ACCEPTED, NULL);
        durable(p);
    }
}

static void a_patient_pays_by_card(void **state) {
    struct patient p;

    (void)state;
    at_the_pinpad(&p);
    struct asked sale = p.asked;
    for (enum card_step step = CARD_STEP_INSERT; step <= CARD_STEP_ONLINE; step++) {
        pinpad_goes_on(&p, sale.number, step);
        assert_int_equal(p.core.session.payment.card_step, step);
        assert_int_equal(p.core.session.screen, SCREEN_PAY_CODE);
    }
    pinpad_says(&p, sale, "00");
    assert_int_equal(p.core.session.screen, SCREEN_WAITING);
    the_hospital_credits_all(&p);
    assert_int_equal(p.core.session.screen, SCREEN_RESULT);
    assert_int_equal(p.core.session.payment.verdict, VERDICT_CREDITED);
}

static void steps_of_another_payment_are_not_shown(void **state) {
    struct patient p;

    (void)state;
    at_the_pinpad(&p);
    pinpad_goes_on(&p, p.asked.number + 1, CARD_STEP_PIN);
    assert_int_equal(p.core.session.payment.card_step, CARD_STEP_NONE);
}

static void before_the_card_is_in_it_can_be_cancelled(void **state) {
    struct patient p;

    (void)state;
    at_the_pinpad(&p);
    struct asked sale = p.asked;
    pinpad_goes_on(&p, sale.number, CARD_STEP_INSERT);
    tap(&p, TOUCH_CANCEL);
    assert_int_equal(p.asked.verb, VERB_CLOSE);
    assert_int_equal(p.core.session.screen, SCREEN_WAITING);
    assert_int_equal(p.core.session.waiting, WAITING_CLOSE);
    pinpad_says(&p, sale, "Z1");
    assert_int_equal(p.core.session.screen, SCREEN_RESULT);
    assert_int_equal(p.core.session.payment.verdict, VERDICT_NOT_PAID);
    assert_int_equal(p.core.session.notice, NOTICE_NONE);
}

static void with_the_card_in_only_the_pinpad_decides(void **state) {
    static const enum touch_kind ways_out[] = {TOUCH_CANCEL, TOUCH_HOME, TOUCH_BACK};

    (void)state;
    for (int i = 0; i < 3; i++) {
        struct patient p;
        at_the_pinpad(&p);
        struct asked sale = p.asked;
        pinpad_goes_on(&p, sale.number, CARD_STEP_PIN);
        int sends = p.sends;
        tap(&p, ways_out[i]);
        assert_int_equal(p.sends, sends);
        assert_int_equal(p.core.session.screen, SCREEN_PAY_CODE);
        assert_int_equal(p.core.session.notice, NOTICE_PINPAD_DECIDES);
        pinpad_says(&p, sale, "00");
        assert_int_equal(p.core.session.waiting, WAITING_CREDIT);
    }
}

static void a_slow_hand_at_the_pinpad_is_not_sent_home(void **state) {
    struct patient p;

    (void)state;
    at_the_pinpad(&p);
    pinpad_goes_on(&p, p.asked.number, CARD_STEP_PIN);
    int sends = p.sends;
    pass_by_deadlines(&p, p.setup.limits.expire_ms + 60000);
    assert_int_equal(p.core.session.screen, SCREEN_PAY_CODE);
    assert_false(p.core.session.warning);
    assert_int_equal(p.sends, sends);
}

static void without_a_card_in_time_it_is_cancelled(void **state) {
    struct patient p;

    (void)state;
    at_the_pinpad(&p);
    struct asked sale = p.asked;
    pinpad_goes_on(&p, sale.number, CARD_STEP_INSERT);
    pass_by_deadlines(&p, p.setup.limits.expire_ms + 1000);
    assert_true(finds(&p, VERB_CLOSE));
    assert_int_equal(p.core.session.screen, SCREEN_WAITING);
    pinpad_says(&p, sale, "Z2");
    assert_int_equal(p.core.session.payment.verdict, VERDICT_NOT_PAID);
    assert_int_equal(p.core.session.notice, NOTICE_NO_CARD);
}

static void a_refused_card_is_said_to_be_refused(void **state) {
    struct patient p;

    (void)state;
    at_the_pinpad(&p);
    pinpad_says(&p, p.asked, "51");
    assert_int_equal(p.core.session.screen, SCREEN_RESULT);
    assert_int_equal(p.core.session.payment.verdict, VERDICT_NOT_PAID);
    assert_int_equal(p.core.session.notice, NOTICE_CARD_REFUSED);
    assert_int_equal(p.prints, 0);
}

static void a_lost_answer_is_waited_for_not_sold_again(void **state) {
    struct patient p;

    (void)state;
    at_the_pinpad(&p);
    pinpad_says(&p, p.asked, "");
    assert_int_equal(p.core.session.screen, SCREEN_WAITING);
    assert_int_equal(p.core.session.waiting, WAITING_CONFIRMING);
    pass_by_deadlines(&p, 20000);
    assert_int_equal(p.core.book.orders[p.core.session.payment.slot].legs[0].place_tries, 1);
    assert_true(finds(&p, VERB_ASK));
    struct asked newest = p.asked;
    while (finds(&p, VERB_ASK))
        newest = p.asked;
    pinpad_says(&p, newest, "00");
    assert_int_equal(p.core.session.waiting, WAITING_CREDIT);
}

static void the_pinpad_is_offered_when_it_is_ready_and_free(void **state) {
    struct patient p;

    (void)state;
    begin_with_pinpad(&p);
    assert_int_equal(offer_channel_obstacle(core_situation(&p.core, p.now), CHANNEL_CARD),
                     NOTICE_NONE);
    device_is(&p, ROLE_PINPAD, DEVICE_BUSY, SUPPLY_NOT_SUPPORTED);
    assert_int_equal(offer_channel_obstacle(core_situation(&p.core, p.now), CHANNEL_CARD),
                     NOTICE_NO_PINPAD);
    at_the_pinpad(&p);
    assert_int_equal(offer_channel_obstacle(core_situation(&p.core, p.now), CHANNEL_CARD),
                     NOTICE_NO_PINPAD);
    pinpad_says(&p, p.asked, "51");
    assert_int_equal(offer_channel_obstacle(core_situation(&p.core, p.now), CHANNEL_CARD),
                     NOTICE_NONE);
}

static void without_its_scanner_a_card_payment_goes_on(void **state) {
    struct patient p;

    (void)state;
    at_the_pinpad(&p);
    device_is(&p, ROLE_SCANNER, DEVICE_ABSENT, SUPPLY_NOT_SUPPORTED);
    assert_int_equal(p.core.session.screen, SCREEN_PAY_CODE);
    scan(&p, "134567890123456700");
    assert_int_equal(p.core.session.screen, SCREEN_PAY_CODE);
    assert_int_equal(p.core.session.payment.pay_code[0], '\0');
}

static void for_its_money_to_go_back_the_card_is_asked_for_again(void **state) {
    struct patient p;

    (void)state;
    at_the_pinpad(&p);
    pinpad_says(&p, p.asked, "00");
    durable(&p);
    while (finds(&p, VERB_BILLS))
        ;
    answer(&p, OUTCOME_ACCEPTED, &no_bills); /* settled at another window meanwhile */
    durable(&p);
    assert_true(finds(&p, VERB_REFUND));
    pinpad_goes_on(&p, p.asked.number, CARD_STEP_INSERT);
    assert_int_equal(p.core.session.notice, NOTICE_CARD_AGAIN);
    assert_int_equal(offer_channel_obstacle(core_situation(&p.core, p.now), CHANNEL_CARD),
                     NOTICE_NO_PINPAD);
    pinpad_goes_on(&p, p.asked.number, CARD_STEP_ONLINE);
    assert_int_equal(p.core.session.notice, NOTICE_NONE);
}

/* The way was free when it was chosen. While the bills are read again, somebody else's money begins
 * to go back at the same pinpad: no sale is opened behind it, for which the patient would put a
 * card into another's return. */
static void a_pinpad_that_was_taken_meanwhile_is_not_sold_at(void **state) {
    struct patient p;

    (void)state;
    begin_with_pinpad(&p);
    at_channel(&p);
    tap_number(&p, TOUCH_CHANNEL, CHANNEL_CARD);
    struct order *other = &p.core.book.orders[40];
    other->run.used = true;
    other->service = SERVICE_DEPOSIT;
    strcpy(other->no, "26112011000000010001");
    other->leg_count = other->claim_count = other->share_count = other->refund_count = 1;
    other->legs[0] = (struct leg){
        .route = ROUTE_POS, .channel = CHANNEL_CARD, .state = LEG_PAID, .amount = {10000}};
    other->claims[0] = (struct claim){.state = CLAIM_REVERSING, .amount = {10000}};
    other->refunds[0] = (struct refund){.state = REFUND_SENDING, .amount = {10000}};
    other->run.refund[0].request = 987654;
    other->run.refund[0].verb = VERB_REFUND;
    assert_int_equal(offer_channel_obstacle(core_situation(&p.core, p.now), CHANNEL_CARD),
                     NOTICE_NO_PINPAD);
    answer(&p, OUTCOME_ACCEPTED, &three_bills);
    hears(&p, SCREEN_CHANNEL, NOTICE_NO_PINPAD);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_patient_pays_by_card),
        cmocka_unit_test(steps_of_another_payment_are_not_shown),
        cmocka_unit_test(before_the_card_is_in_it_can_be_cancelled),
        cmocka_unit_test(with_the_card_in_only_the_pinpad_decides),
        cmocka_unit_test(a_slow_hand_at_the_pinpad_is_not_sent_home),
        cmocka_unit_test(without_a_card_in_time_it_is_cancelled),
        cmocka_unit_test(a_refused_card_is_said_to_be_refused),
        cmocka_unit_test(a_lost_answer_is_waited_for_not_sold_again),
        cmocka_unit_test(the_pinpad_is_offered_when_it_is_ready_and_free),
        cmocka_unit_test(without_its_scanner_a_card_payment_goes_on),
        cmocka_unit_test(for_its_money_to_go_back_the_card_is_asked_for_again),
        cmocka_unit_test(a_pinpad_that_was_taken_meanwhile_is_not_sold_at),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
