/* links: app/core/ app/core/visit/ app/core/desk/ app/core/order/ app/core/terms/ ui/ids.c */
/* Who is it: codes, keys, cards, several cards, the last 4 of the ID number. */
#include "app/core/terms/copy.h"
#include "tests/support/patient.h"

static void at_identify(struct patient *p) {
    tap(p, TOUCH_NEXT);
    tap_number(p, TOUCH_SERVICE, SERVICE_BILLS);
    assert_int_equal(p->core.session.screen, SCREEN_IDENTIFY);
    assert_int_equal(p->arm, ARM_IDENTIFY);
}

static void a_scanned_card_asks_for_its_account(void **state) {
    struct patient p;

    (void)state;
    begin(&p);
    at_identify(&p);
    scan(&p, "]C0C10000001");
    assert_int_equal(p.asked.verb, VERB_ACCOUNT);
    assert_int_equal(p.asked.to.kind, ADDRESS_VISIT);
    assert_int_equal(p.core.session.who.identity, IDENTITY_HOSPITAL_CARD);
    assert_string_equal(p.core.session.who.identity_no, "C10000001");
    assert_int_equal(p.arm, ARM_NONE);
    answer(&p, OUTCOME_ACCEPTED, &zhang);
    hears(&p, SCREEN_CONFIRM, NOTICE_NONE);
    assert_false(p.core.session.who.confirmed);
    tap(&p, TOUCH_NEXT);
    assert_true(p.core.session.who.confirmed);
}

static void who_has_one_card_goes_back_to_show_another(void **state) {
    struct account one = li;
    struct patient p;

    (void)state;
    one.card_count = 1;
    begin(&p);
    at_identify(&p);
    scan(&p, "C10000002");
    answer(&p, OUTCOME_ACCEPTED, &one);
    hears(&p, SCREEN_CONFIRM, NOTICE_NONE);
    tap(&p, TOUCH_BACK);
    hears(&p, SCREEN_IDENTIFY, NOTICE_NONE);
}

static void a_card_shown_at_once_waits_for_the_service(void **state) {
    struct patient p;

    (void)state;
    begin(&p);
    assert_int_equal(p.core.session.armed, ARM_IDENTIFY);
    scan(&p, "hello");
    hears(&p, SCREEN_WELCOME, NOTICE_CODE_UNKNOWN);
    scan(&p, "C10000001");
    hears(&p, SCREEN_SERVICE, NOTICE_NONE);
    assert_int_equal(p.sends, 0);
    scan(&p, "W20001234"); /* another one: the last counts */
    tap_number(&p, TOUCH_SERVICE, SERVICE_DEPOSIT);
    assert_int_equal(p.asked.verb, VERB_ACCOUNT);
    assert_string_equal(p.core.session.who.identity_no, "W20001234");
    answer(&p, OUTCOME_ACCEPTED, &wang);
    hears(&p, SCREEN_CONFIRM, NOTICE_NONE);
}

static void a_card_shown_at_once_is_forgotten_with_the_visit(void **state) {
    struct patient p;

    (void)state;
    begin(&p);
    scan(&p, "C10000001");
    tap(&p, TOUCH_HOME);
    assert_int_equal(p.core.session.who.identity_no[0], '\0');
    tap_number(&p, TOUCH_SERVICE, SERVICE_BILLS);
    hears(&p, SCREEN_IDENTIFY, NOTICE_NONE);
    assert_int_equal(p.sends, 0);
}

static void who_types_may_still_scan(void **state) {
    struct patient p;

    (void)state;
    begin(&p);
    at_identify(&p);
    tap(&p, TOUCH_NEXT);
    type(&p, "C12");
    scan(&p, "hello");
    hears(&p, SCREEN_KEYPAD, NOTICE_CODE_UNKNOWN);
    scan(&p, "C10000001");
    assert_int_equal(p.asked.verb, VERB_ACCOUNT);
    assert_string_equal(p.core.session.who.identity_no, "C10000001");
}

static void strange_codes_are_told_apart(void **state) {
    struct patient p;

    (void)state;
    begin(&p);
    at_identify(&p);
    scan(&p, "hello");
    hears(&p, SCREEN_IDENTIFY, NOTICE_CODE_UNKNOWN);
    scan(&p, "134567890123456789"); /* a WeChat pay code */
    hears(&p, SCREEN_IDENTIFY, NOTICE_PAY_CODE_TOO_SOON);
    scan(&p, "");
    hears(&p, SCREEN_IDENTIFY, NOTICE_CODE_UNREADABLE);
    assert_int_equal(p.sends, 0);
}

static void a_typed_number_is_a_code(void **state) {
    struct patient p;

    (void)state;
    begin(&p);
    at_identify(&p);
    tap(&p, TOUCH_NEXT);
    type(&p, "C123\n");
    hears(&p, SCREEN_KEYPAD, NOTICE_CODE_UNKNOWN);
    type(&p, "\b");
    hears(&p, SCREEN_KEYPAD, NOTICE_NONE);
    assert_string_equal(p.core.session.typed, "C12");
    tap_number(&p, TOUCH_KEY, KEY_CLEAR);
    type(&p, "C10000001\n");
    assert_int_equal(p.asked.verb, VERB_ACCOUNT);
}

static void a_card_in_a_reader_is_as_good(void **state) {
    struct patient p;
    struct event card = {.kind = EVENT_CARD,
                         .of.card = {.kind = IDENTITY_ID_CARD,
                                     .role = ROLE_ID_READER,
                                     .id_no = "11010519491231002X"}};

    (void)state;
    begin(&p);
    at_identify(&p);
    happens(&p, card);
    assert_int_equal(p.core.session.who.identity, IDENTITY_ID_CARD);
    assert_string_equal(p.core.session.who.identity_no, "11010519491231002X");
}

static void a_social_security_card_has_two_numbers(void **state) {
    struct patient p;
    struct event card = {.kind = EVENT_CARD,
                         .of.card = {.kind = IDENTITY_SOCIAL_CARD,
                                     .role = ROLE_CARD_READER,
                                     .number = "A12345678",
                                     .id_no = "11010519491231002X"}};

    (void)state;
    begin(&p);
    at_identify(&p);
    happens(&p, card);
    assert_int_equal(p.core.session.who.identity, IDENTITY_SOCIAL_CARD);
    assert_string_equal(p.core.session.who.identity_no, "A12345678");
    assert_string_equal(p.core.session.who.id_no, "11010519491231002X");
}

static void a_card_without_a_number_is_said_to_be_unreadable(void **state) {
    struct patient p;
    struct event card = {.kind = EVENT_CARD,
                         .of.card = {.kind = IDENTITY_SOCIAL_CARD, .role = ROLE_CARD_READER}};

    (void)state;
    begin(&p);
    at_identify(&p);
    happens(&p, card);
    assert_int_equal(p.core.session.screen, SCREEN_IDENTIFY);
    assert_int_equal(p.core.session.notice, NOTICE_CARD_UNREADABLE);
}

static void what_the_hospital_says_is_said_to_the_patient(void **state) {
    static const struct {
        enum outcome outcome;
        bool reached;
        enum notice notice;
    } rows[] = {{OUTCOME_DECLINED, true, NOTICE_NO_PATIENT},
                {OUTCOME_UNKNOWN, true, NOTICE_HIS_SLOW},
                {OUTCOME_UNKNOWN, false, NOTICE_HIS_DOWN},
                {OUTCOME_MALFORMED, true, NOTICE_HIS_REFUSED},
                {OUTCOME_PENDING, true, NOTICE_HIS_REFUSED},
                {OUTCOME_ACCEPTED, true, NOTICE_HIS_REFUSED}}; /* without a document */

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct patient p;
        begin(&p);
        at_identify(&p);
        scan(&p, "C10000001");
        struct event event = answer_to_last(&p, rows[i].outcome);
        event.of.answer.reached = rows[i].reached;
        happens(&p, event);
        hears(&p, SCREEN_IDENTIFY, rows[i].notice);
        assert_int_equal(p.core.session.who.identity_no[0], '\0');
    }
}

static void an_answer_that_comes_after_the_visit_is_dropped(void **state) {
    struct patient p;

    (void)state;
    begin(&p);
    at_identify(&p);
    scan(&p, "C10000001");
    tap(&p, TOUCH_HOME);
    assert_int_equal(p.core.session.screen, SCREEN_WELCOME);
    answer(&p, OUTCOME_ACCEPTED, &zhang);
    assert_int_equal(p.core.session.screen, SCREEN_WELCOME);
    assert_null(session_account(&p.core.session));
}

static void an_answer_that_never_comes_is_given_up(void **state) {
    struct patient p;

    (void)state;
    begin(&p);
    at_identify(&p);
    scan(&p, "C10000001");
    pass_by_deadlines(&p, 16000);
    hears(&p, SCREEN_IDENTIFY, NOTICE_HIS_SLOW);
}

static void with_several_cards_the_patient_chooses(void **state) {
    struct patient p;

    (void)state;
    begin(&p);
    at_identify(&p);
    scan(&p, "C10000002");
    answer(&p, OUTCOME_ACCEPTED, &li);
    assert_int_equal(p.core.session.screen, SCREEN_CARDS);
    tap_number(&p, TOUCH_CARD, 3);
    assert_int_equal(p.core.session.screen, SCREEN_CARDS);
    tap_number(&p, TOUCH_CARD, 2);
    assert_int_equal(p.core.session.screen, SCREEN_CONFIRM);
    assert_int_equal(p.core.session.who.card, 1);
    tap(&p, TOUCH_BACK);
    assert_int_equal(p.core.session.screen, SCREEN_CARDS);
}

/* Where only who typed a number is asked whether it is they. */
static void begin_trusting_cards(struct patient *p) {
    struct core_setup setup = usual_setup();

    setup.policy.confirm = CONFIRM_TYPED;
    begin_with(p, &setup);
}

static void bills_are_paid_in_two_touches_with_a_card_at_the_welcome(void **state) {
    struct patient p;

    (void)state;
    begin_trusting_cards(&p);
    scan(&p, "C10000001");
    assert_int_equal(p.asked.verb, VERB_ACCOUNT);
    answer(&p, OUTCOME_ACCEPTED, &zhang);
    assert_int_equal(p.asked.verb, VERB_BILLS);
    answer(&p, OUTCOME_ACCEPTED, &three_bills);
    hears(&p, SCREEN_BILLS, NOTICE_NONE);
    pass(&p, 1000);
    tap(&p, TOUCH_PAY);
    hears(&p, SCREEN_CHANNEL, NOTICE_NONE);
    pass(&p, 1000);
    tap_number(&p, TOUCH_CHANNEL, CHANNEL_WECHAT);
    assert_int_equal(p.core.session.screen, SCREEN_WAITING);
}

static void a_deposit_is_paid_in_two_touches_with_a_wristband_at_the_welcome(void **state) {
    struct patient p;

    (void)state;
    begin_trusting_cards(&p);
    scan(&p, "W20001234");
    answer(&p, OUTCOME_ACCEPTED, &wang);
    hears(&p, SCREEN_AMOUNT, NOTICE_NONE);
    assert_true(p.core.session.who.confirmed);
    tap_number(&p, TOUCH_AMOUNT, 1);
    hears(&p, SCREEN_CHANNEL, NOTICE_NONE);
    pass(&p, 1000);
    tap_number(&p, TOUCH_CHANNEL, CHANNEL_WECHAT);
    assert_int_equal(p.core.session.screen, SCREEN_WAITING);
}

static void who_typed_a_number_shows_more_than_the_number(void **state) {
    struct patient p;

    (void)state;
    begin_trusting_cards(&p);
    at_identify(&p);
    tap(&p, TOUCH_NEXT);
    type(&p, "C10000001\n");
    answer(&p, OUTCOME_ACCEPTED, &zhang);
    hears(&p, SCREEN_CONFIRM, NOTICE_NONE);
    assert_false(p.core.session.who.confirmed);
    tap(&p, TOUCH_NEXT);
    assert_int_equal(p.core.session.field, FIELD_LAST4);
    type(&p, "002X\n");
    assert_int_equal(p.asked.verb, VERB_BILLS);
}

static void money_goes_back_only_to_who_shows_more_than_a_card(void **state) {
    struct patient p;

    (void)state;
    begin_trusting_cards(&p);
    tap(&p, TOUCH_NEXT);
    tap_number(&p, TOUCH_SERVICE, SERVICE_REFUND);
    scan(&p, "C10000001");
    answer(&p, OUTCOME_ACCEPTED, &zhang);
    hears(&p, SCREEN_CONFIRM, NOTICE_NONE);
    tap(&p, TOUCH_NEXT);
    assert_int_equal(p.core.session.field, FIELD_LAST4);
    hears(&p, SCREEN_KEYPAD, NOTICE_NONE);
    type(&p, "002X\n");
    assert_int_equal(p.asked.verb, VERB_RECORDS);
}

static void an_older_policy_asks_everybody_for_the_last_4(void **state) {
    struct core_setup setup = usual_setup();
    struct patient p;

    (void)state;
    setup.policy.confirm = CONFIRM_TYPED;
    setup.policy.confirm_last4 = true;
    begin_with(&p, &setup);
    at_identify(&p);
    scan(&p, "C10000001");
    answer(&p, OUTCOME_ACCEPTED, &zhang);
    hears(&p, SCREEN_CONFIRM, NOTICE_NONE);
    tap(&p, TOUCH_NEXT);
    assert_int_equal(p.core.session.field, FIELD_LAST4);
}

static void at_last4(struct patient *p) {
    struct core_setup setup = usual_setup();

    setup.policy.confirm_last4 = true;
    begin_with(p, &setup);
    at_identify(p);
    scan(p, "C10000001");
    answer(p, OUTCOME_ACCEPTED, &zhang);
    tap(p, TOUCH_NEXT);
    assert_int_equal(p->core.session.field, FIELD_LAST4);
    hears(p, SCREEN_KEYPAD, NOTICE_NONE);
}

static void the_last_4_open_the_bills(void **state) {
    struct patient p;

    (void)state;
    at_last4(&p);
    type(&p, "0000\n");
    hears(&p, SCREEN_KEYPAD, NOTICE_LAST4_WRONG);
    assert_int_equal(p.core.session.typed[0], '\0');
    type(&p, "002X9\n"); /* the ninth key is one too many and ignored */
    assert_int_equal(p.asked.verb, VERB_BILLS);
    assert_true(p.core.session.who.confirmed);
}

/* Nobody could type what the hospital does not tell; with all 4 of them the rest may be masked. */
static void a_masked_end_is_not_asked_for(void **state) {
    static const char *const hidden[] = {"3201************12", "3201**************", "***X", "12X4",
                                         "3201xxxxxxxxxxxxxX"};
    struct core_setup setup = usual_setup();

    (void)state;
    setup.policy.confirm_last4 = true;
    for (size_t i = 0; i < sizeof hidden / sizeof hidden[0] + 1; i++) {
        bool is_hidden = i < sizeof hidden / sizeof hidden[0];
        struct account masked = zhang;
        struct patient p;
        begin_with(&p, &setup);
        at_identify(&p);
        scan(&p, "C10000001");
        text_copy(masked.cert_no, sizeof masked.cert_no,
                  is_hidden ? hidden[i] : "110105********002x");
        answer(&p, OUTCOME_ACCEPTED, &masked);
        tap(&p, TOUCH_NEXT);
        if (is_hidden)
            assert_int_equal(p.asked.verb, VERB_BILLS);
        else
            assert_int_equal(p.core.session.field, FIELD_LAST4);
    }
}

static void no_card_answers_for_the_last_4(void **state) {
    struct patient p;

    (void)state;
    at_last4(&p);
    scan(&p, "C10000002");
    scan(&p, "");
    hears(&p, SCREEN_KEYPAD, NOTICE_NONE);
    assert_int_equal(p.core.session.field, FIELD_LAST4);
    assert_string_equal(p.core.session.who.identity_no, "C10000001");
}

static void three_wrong_tries_end_the_visit(void **state) {
    struct patient p;

    (void)state;
    at_last4(&p);
    for (int i = 0; i < 3; i++)
        type(&p, "1111\n");
    hears(&p, SCREEN_WELCOME, NOTICE_LAST4_WRONG);
    assert_int_equal(p.wipes, 1);
    assert_null(session_account(&p.core.session));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_scanned_card_asks_for_its_account),
        cmocka_unit_test(who_has_one_card_goes_back_to_show_another),
        cmocka_unit_test(a_card_shown_at_once_waits_for_the_service),
        cmocka_unit_test(a_card_shown_at_once_is_forgotten_with_the_visit),
        cmocka_unit_test(who_types_may_still_scan),
        cmocka_unit_test(strange_codes_are_told_apart),
        cmocka_unit_test(a_typed_number_is_a_code),
        cmocka_unit_test(a_card_in_a_reader_is_as_good),
        cmocka_unit_test(a_social_security_card_has_two_numbers),
        cmocka_unit_test(a_card_without_a_number_is_said_to_be_unreadable),
        cmocka_unit_test(what_the_hospital_says_is_said_to_the_patient),
        cmocka_unit_test(an_answer_that_comes_after_the_visit_is_dropped),
        cmocka_unit_test(an_answer_that_never_comes_is_given_up),
        cmocka_unit_test(with_several_cards_the_patient_chooses),
        cmocka_unit_test(bills_are_paid_in_two_touches_with_a_card_at_the_welcome),
        cmocka_unit_test(a_deposit_is_paid_in_two_touches_with_a_wristband_at_the_welcome),
        cmocka_unit_test(who_typed_a_number_shows_more_than_the_number),
        cmocka_unit_test(money_goes_back_only_to_who_shows_more_than_a_card),
        cmocka_unit_test(an_older_policy_asks_everybody_for_the_last_4),
        cmocka_unit_test(the_last_4_open_the_bills),
        cmocka_unit_test(a_masked_end_is_not_asked_for),
        cmocka_unit_test(no_card_answers_for_the_last_4),
        cmocka_unit_test(three_wrong_tries_end_the_visit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
