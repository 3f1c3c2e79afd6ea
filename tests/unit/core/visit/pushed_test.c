/* A bill is paid by a message to the patient's phone: from the chosen way to what the hospital
 * says, and what the terminal does not do meanwhile. */
#include "app/core/about.h"
#include "app/core/order/shares.h"
#include "tests/support/patient.h"

static struct account insured;
static struct payment_list records;

static void begin_pushing(struct patient *p) {
    struct core_setup setup = usual_setup();

    setup.policy.channels[CHANNEL_INSURANCE] = true;
    setup.policy.insurance = ROUTE_AMP;
    insured = zhang;
    strcpy(insured.phone, "13800000011");
    records = (struct payment_list){.head.kind = DOCUMENT_PAYMENTS};
    begin_with(p, &setup);
}

/* Says who it is, until the journal has been asked what is on the phone. */
static void identified(struct patient *p) {
    tap_number(p, TOUCH_SERVICE, SERVICE_BILLS);
    scan(p, "C10000001");
    answer(p, OUTCOME_ACCEPTED, &insured);
    tap(p, TOUCH_NEXT);
}

static void at_ways(struct patient *p) {
    identified(p);
    assert_int_equal(p->asked.verb, VERB_RECORDS);
    answer(p, OUTCOME_ACCEPTED, &records);
    assert_int_equal(p->asked.verb, VERB_BILLS);
    answer(p, OUTCOME_ACCEPTED, &three_bills);
    tap(p, TOUCH_PAY);
    hears(p, SCREEN_CHANNEL, NOTICE_NONE);
}

/* No code is asked for: the message is on its way. */
static void pushing(struct patient *p) {
    at_ways(p);
    tap_number(p, TOUCH_CHANNEL, CHANNEL_INSURANCE);
    assert_int_equal(p->asked.verb, VERB_BILLS);
    answer(p, OUTCOME_ACCEPTED, &three_bills);
    durable(p);
    assert_int_equal(p->asked.verb, VERB_PLACE);
    assert_string_equal(core_person_phone(&p->core, p->core.session.payment.slot), "13800000011");
    assert_int_equal(p->core.session.waiting, WAITING_PLACING);
}

static struct order *order_of(struct patient *p) {
    return &p->core.book.orders[p->core.session.payment.slot];
}

static void pushed(struct patient *p) {
    pushing(p);
    answer_code(p, OUTCOME_ACCEPTED, "SUCCESS");
    durable(p);
    hears(p, SCREEN_PUSHED, NOTICE_NONE);
}

static void asks_his(struct patient *p) {
    p->asked.verb = VERB_NONE;
    for (int i = 0; i < 40 && p->asked.verb != VERB_ASK_CREDIT; i++)
        pass(p, 500);
    assert_int_equal(p->asked.verb, VERB_ASK_CREDIT);
}

/* ---- its fees are uploaded first ---- */

static void begin_uploading(struct patient *p) {
    begin_pushing(p);
    struct core_setup setup = p->setup;
    setup.policy.insurance = ROUTE_AMP_UPLOADED;
    setup.code_rules[setup.code_rule_count++] =
        (struct code_rule){.kind = IDENTITY_E_INSURANCE, .prefix = "EC", 11, 11, false};
    begin_with(p, &setup);
    device_is(p, ROLE_SCANNER, DEVICE_READY, SUPPLY_NOT_SUPPORTED);
    at_ways(p);
    tap_number(p, TOUCH_CHANNEL, CHANNEL_INSURANCE);
    hears(p, SCREEN_PAY_CODE, NOTICE_NONE);
    scan(p, "EC123456789");
    answer(p, OUTCOME_ACCEPTED, &three_bills);
    durable(p);
    assert_int_equal(p->asked.verb, VERB_PLACE);
    assert_string_equal(core_pay_code(&p->core, p->core.session.payment.slot), "EC123456789");
}

static void upload_is_taken(struct patient *p) {
    struct event said = answer_to_last(p, OUTCOME_ACCEPTED);
    strcpy(said.of.answer.in_no, "ORD350100202611290000000001");
    said.of.answer.document = &link_to_pay.head;
    happens(p, said);
    assert_int_equal(p->core.session.waiting, WAITING_PLACING);
    durable(p);
}

/* No code of the centre's is shown: the phone has the message. */
static void fees_are_uploaded_with_the_patients_code_and_then_pushed(void **state) {
    struct patient p;
    (void)state;
    begin_uploading(&p);
    upload_is_taken(&p);
    assert_int_equal(p.asked.verb, VERB_PUSH);
    assert_string_equal(core_person_phone(&p.core, p.core.session.payment.slot), "13800000011");
    assert_string_equal(core_bill(&p.core, p.core.session.payment.slot)->org_trace_no,
                        order_of(&p)->claims[0].org_trace_no);
    assert_int_equal(p.core.session.waiting, WAITING_PLACING);
    answer_code(&p, OUTCOME_ACCEPTED, "SUCCESS");
    durable(&p);
    hears(&p, SCREEN_PUSHED, NOTICE_NONE);
    tap(&p, TOUCH_CANCEL);
    hears(&p, SCREEN_RESULT, NOTICE_NONE);
    assert_int_equal(order_of(&p)->legs[0].state, LEG_PUSHED);
}

/* Nothing is on the phone yet, so nothing is being confirmed either. */
static void an_upload_without_an_answer_is_still_being_placed(void **state) {
    struct patient p;
    (void)state;
    begin_uploading(&p);
    answer_code(&p, OUTCOME_UNKNOWN, "-28");
    durable(&p);
    assert_int_equal(order_of(&p)->legs[0].state, LEG_PLACE_UNKNOWN);
    hears(&p, SCREEN_WAITING, NOTICE_NONE);
    assert_int_equal(p.core.session.waiting, WAITING_PLACING);
}

static void what_the_portal_refuses_is_said_when_its_upload_is_revoked(void **state) {
    struct patient p;
    (void)state;
    begin_uploading(&p);
    upload_is_taken(&p);
    answer_code(&p, OUTCOME_DECLINED, "ERROR");
    durable(&p);
    answer_trade(&p, OUTCOME_PENDING, TRADE_WAIT, NULL);
    durable(&p);
    assert_int_equal(p.asked.verb, VERB_CLOSE);
    answer_code(&p, OUTCOME_ACCEPTED, "1");
    durable(&p);
    answer_trade(&p, OUTCOME_UNKNOWN, TRADE_REVOKED, NULL);
    durable(&p);
    hears(&p, SCREEN_RESULT, NOTICE_PUSH_FAILED);
    assert_int_equal(p.core.session.payment.verdict, VERDICT_NOT_PAID);
}

static void what_is_paid_on_the_phone_is_shown_here(void **state) {
    struct patient p;
    (void)state;
    begin_pushing(&p);
    pushed(&p);
    asks_his(&p);
    answer_code(&p, OUTCOME_DECLINED, "fail");
    hears(&p, SCREEN_PUSHED, NOTICE_NONE);
    asks_his(&p);
    struct event said = answer_to_last(&p, OUTCOME_ACCEPTED);
    strcpy(said.of.answer.code, "succ");
    strcpy(said.of.answer.in_no, "AMP1");
    said.of.answer.document = &to_the_pharmacy.head;
    happens(&p, said);
    durable(&p);
    hears(&p, SCREEN_RESULT, NOTICE_NONE);
    assert_int_equal(p.core.session.payment.verdict, VERDICT_CREDITED);
    assert_ptr_equal(p.core.session.guidance[0], &to_the_pharmacy);
    tap(&p, TOUCH_PAY); /* the next of the bills that were chosen goes the same way */
    assert_int_equal(p.asked.verb, VERB_BILLS);
}

/* Whoever does not wait, and whoever has waited for long: the bill stays on the phone, and is not
 * sold in another way. */
static void who_does_not_wait_is_told_that_it_stays_there(void **state) {
    enum leaving { TOUCHES, WAITS, LEAVING_COUNT };
    (void)state;
    for (int leaving = TOUCHES; leaving < LEAVING_COUNT; leaving++) {
        struct patient p;
        begin_pushing(&p);
        pushed(&p);
        if (leaving == TOUCHES)
            tap(&p, TOUCH_CANCEL);
        else
            pass(&p, p.setup.limits.push_ms + 1000);
        hears(&p, SCREEN_RESULT, NOTICE_NONE);
        assert_int_equal(p.core.session.payment.verdict, VERDICT_UNKNOWN);
        assert_int_equal(order_of(&p)->legs[0].state, LEG_WAITING);
        tap(&p, TOUCH_AGAIN);
        hears(&p, SCREEN_RESULT, NOTICE_NONE);
    }
}

static void a_message_that_did_not_go_holds_nothing(void **state) {
    struct patient p;
    (void)state;
    begin_pushing(&p);
    pushing(&p);
    answer_code(&p, OUTCOME_DECLINED, "ERROR");
    hears(&p, SCREEN_RESULT, NOTICE_PUSH_FAILED);
    assert_int_equal(p.core.session.payment.verdict, VERDICT_NOT_PAID);
    tap(&p, TOUCH_AGAIN);
    hears(&p, SCREEN_CHANNEL, NOTICE_NONE);
}

static void a_message_without_an_answer_may_be_there(void **state) {
    struct patient p;
    (void)state;
    begin_pushing(&p);
    pushing(&p);
    answer_code(&p, OUTCOME_UNKNOWN, "-28");
    hears(&p, SCREEN_PUSHED, NOTICE_NONE);
    assert_int_equal(order_of(&p)->legs[0].state, LEG_PLACE_UNKNOWN);
    asks_his(&p);
    answer_code(&p, OUTCOME_ACCEPTED, "succ");
    durable(&p);
    hears(&p, SCREEN_RESULT, NOTICE_NONE);
    assert_int_equal(p.core.session.payment.verdict, VERDICT_UNPROVEN);
}

/* Until the portal's end no list of this patient's bills is asked for: by the book, and where the
 * order has given up its slot by the journal. */
static void no_list_is_read_while_a_bill_is_on_the_phone(void **state) {
    struct patient p;
    (void)state;
    begin_pushing(&p);
    pushed(&p);
    tap(&p, TOUCH_CANCEL);
    tap(&p, TOUCH_NEXT);
    pass(&p, 1000);
    p.asked.verb = VERB_NONE;
    int sends = p.sends;
    identified(&p);
    assert_string_equal(p.core.session.who.identity_no, "C10000001");
    hears(&p, SCREEN_CONFIRM, NOTICE_PUSHED);
    while (sends < p.sends) {
        assert_int_not_equal(p.open[sends % 64].verb, VERB_BILLS);
        sends++;
    }
    static const struct {
        enum verdict verdict;
        enum route route;
        bool barred;
    } rows[] = {{VERDICT_UNKNOWN, ROUTE_AMP, true},
                {VERDICT_CREDITED, ROUTE_AMP, false},
                {VERDICT_WINDOW, ROUTE_AMP, false},
                {VERDICT_UNKNOWN, ROUTE_UPP, false}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        begin_pushing(&p);
        records.count = 2;
        records.rows[0] = (struct payment){.verdict = VERDICT_CREDITED, .route = ROUTE_UPP};
        records.rows[1] = (struct payment){.verdict = rows[i].verdict, .route = rows[i].route};
        identified(&p);
        answer(&p, OUTCOME_ACCEPTED, &records);
        if (rows[i].barred)
            hears(&p, SCREEN_CONFIRM, NOTICE_PUSHED);
        else
            assert_int_equal(p.asked.verb, VERB_BILLS);
    }
    begin_pushing(&p);
    identified(&p);
    answer_code(&p, OUTCOME_UNKNOWN, "");
    hears(&p, SCREEN_CONFIRM, NOTICE_RECORDS_FAILED);
}

/* Whichever machine sent the message. One that has not ended it for longer than a machine of ours
 * waits is gone. */
static void no_list_is_read_either_while_another_machine_waits(void **state) {
    struct patient p;
    (void)state;
    for (int elsewhere = 0; elsewhere < 2; elsewhere++)
        for (int gone = 0; gone < 2; gone++) {
            begin_pushing(&p);
            int64_t longest_ms = p.setup.limits.push_ms + 2 * p.setup.policy.late_window_ms;
            records.count = 1;
            records.rows[0] = (struct payment){.verdict = VERDICT_UNKNOWN,
                                               .route = ROUTE_AMP,
                                               .created_ms = p.now.wall_ms - longest_ms -
                                                             INT64_C(3600000) * gone};
            strcpy(records.rows[0].elsewhere, elsewhere ? "0007" : "");
            identified(&p);
            assert_true(core_looks_elsewhere(&p.core));
            answer(&p, OUTCOME_ACCEPTED, &records);
            if (!elsewhere || !gone)
                hears(&p, SCREEN_CONFIRM, NOTICE_PUSHED);
            else
                assert_int_equal(p.asked.verb, VERB_BILLS);
        }
}

static void whom_no_message_reaches_is_sent_to_the_window(void **state) {
    enum lacks { PHONE, LANDLINE, ID_NO, CARD, LACKS_COUNT };
    static const enum notice notices[] = {[PHONE] = NOTICE_PUSH_NO_PHONE,
                                          [LANDLINE] = NOTICE_PUSH_NO_PHONE,
                                          [ID_NO] = NOTICE_INSURED_NO_ID,
                                          [CARD] = NOTICE_PUSH_NO_PHONE};
    (void)state;
    for (int lacks = PHONE; lacks < LACKS_COUNT; lacks++) {
        struct patient p;
        begin_pushing(&p);
        strcpy(insured.phone, lacks == PHONE      ? ""
                              : lacks == LANDLINE ? "059212345"
                                                  : "13800000011");
        if (lacks == ID_NO)
            strcpy(insured.cert_no, "110105********002X");
        if (lacks == CARD)
            insured.his_cust_id[0] = '\0';
        at_ways(&p);
        tap_number(&p, TOUCH_CHANNEL, CHANNEL_INSURANCE);
        hears(&p, SCREEN_CHANNEL, notices[lacks]);
    }
}

/* Its own list would have to wait until the phone has paid. */
static void nothing_is_pushed_while_another_payment_wants_the_list(void **state) {
    struct patient p;
    (void)state;
    begin_pushing(&p);
    at_ways(&p);
    tap_number(&p, TOUCH_CHANNEL, CHANNEL_WECHAT);
    answer(&p, OUTCOME_ACCEPTED, &three_bills);
    durable(&p);
    answer_trade(&p, OUTCOME_PENDING, TRADE_WAIT, &link_to_pay);
    durable(&p);
    pass(&p, 4000);
    answer_trade(&p, OUTCOME_ACCEPTED, TRADE_PAID, NULL);
    assert_int_equal(p.asked.verb, VERB_BILLS); /* never answered */
    assert_true(book_list_wanted(&p.core.book, &insured.keys));
    assert_int_equal(offer_channel_obstacle(core_situation(&p.core, p.now), CHANNEL_INSURANCE),
                     NOTICE_STILL_ASKING);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_paid_on_the_phone_is_shown_here),
        cmocka_unit_test(fees_are_uploaded_with_the_patients_code_and_then_pushed),
        cmocka_unit_test(an_upload_without_an_answer_is_still_being_placed),
        cmocka_unit_test(what_the_portal_refuses_is_said_when_its_upload_is_revoked),
        cmocka_unit_test(who_does_not_wait_is_told_that_it_stays_there),
        cmocka_unit_test(a_message_that_did_not_go_holds_nothing),
        cmocka_unit_test(a_message_without_an_answer_may_be_there),
        cmocka_unit_test(no_list_is_read_while_a_bill_is_on_the_phone),
        cmocka_unit_test(no_list_is_read_either_while_another_machine_waits),
        cmocka_unit_test(whom_no_message_reaches_is_sent_to_the_window),
        cmocka_unit_test(nothing_is_pushed_while_another_payment_wants_the_list),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
