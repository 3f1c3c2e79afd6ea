/* What the cashier's window and the patient's display may claim: a code only as long as it can be
 * paid, a tick only with the journal, "no money was taken" only where somebody has said so. */
#include <stdio.h>

#include "app/present/parts.h"
#include "tests/support/patient.h"

static struct patient p;
static struct present_site site = {.hospital_name = "福州市第一医院", .terminal_no = "0003"};
static struct present_store store;
static struct view view;
static struct call_document call;
static struct pay_link code;
static uint32_t calls;

static const struct view_desk *look(void) {
    present_view(&p.core, &site, p.now, &store, &view);
    return &view.of.desk;
}

static int begin_desk(void **state) {
    (void)state;
    begin(&p);
    p.setup.desk_window = p.setup.patient_display = true;
    core_init(&p.core, &p.setup, p.now);
    call = (struct call_document){.head.kind = DOCUMENT_CALL,
                                  .caller_no = "N1",
                                  .service = SERVICE_DEPOSIT,
                                  .channel = CHANNEL_ONE,
                                  .amount = {8800},
                                  .show = "住院预交金\n12 床",
                                  .to_window = true};
    call.person.account_type = ACCOUNT_INPATIENT;
    strcpy(call.person.keys.cust, "c57");
    strcpy(call.person.masked_name, "王*兰");
    strcpy(call.person.mdtrt_cert_no, "W20001234");
    code = (struct pay_link){.head.kind = DOCUMENT_PAY_LINK, .url = "https://pay.example/1"};
    return 0;
}

static void comes(bool to_window) {
    call.to_window = to_window;
    happens(&p,
            (struct event){.kind = EVENT_CALL,
                           .of.call = {to_window ? ++calls : calls, CALL_WISH_PAY, &call.head}});
}

static void presses(enum touch_kind kind, int n) {
    look();
    happens(&p, (struct event){.kind = EVENT_TOUCH,
                               .of.touch = {view.screen, view.revision, {kind, n}, 0}});
}

static void writes(void) {
    happens(&p, (struct event){.kind = EVENT_DURABLE, .of.durable.number = p.persisted});
}

static void says(enum verb verb, enum outcome outcome, enum trade_state trade, bool with_code) {
    assert_true(finds(&p, verb));
    struct event event = answer_to_last(&p, outcome);
    event.of.answer.trade = trade;
    strcpy(event.of.answer.no, "T1");
    event.of.answer.document = with_code ? &code.head : NULL;
    happens(&p, event);
}

static void place_code(void) {
    comes(true);
    presses(TOUCH_FUNCTION, DESK_WAY_CODE);
    strcpy(call.caller_channel, "ONE_QR");
    comes(false);
    writes();
    says(VERB_PLACE, OUTCOME_PENDING, TRADE_WAIT, true);
    writes();
}

static void is_said_to_patient(enum view_patient_state state, const char *link) {
    assert_int_equal(look()->patient.state, state);
    assert_string_equal(look()->patient.link, link);
}

static void whose_money_is_masked_and_how_much_is_said(void **state) {
    (void)state;
    assert_int_equal(look()->patient.state, PATIENT_IDLE);
    assert_false(view.identified);
    comes(true);
    look();
    assert_int_equal(view.screen, SCREEN_DESK_PAY);
    assert_true(view.identified);
    assert_string_equal(view.account.name, "王*兰");
    assert_string_equal(view.account.number, "W2***1234");
    assert_int_equal(view.of.desk.amount_fen, 8800);
    is_said_to_patient(PATIENT_DUE, "");
    assert_string_equal(view.of.desk.patient.show, "住院预交金\n12 床");
}

static void a_way_that_is_not_to_be_had_says_why(void **state) {
    (void)state;
    p.core.setup.patient_display = false;
    comes(true);
    assert_string_equal(look()->ways[0].reason_key, "");
    assert_string_equal(look()->ways[1].reason_key, "desk.no_display");
    assert_string_equal(look()->ways[2].reason_key, "desk.no_pos");
    assert_string_equal(look()->ways[4].reason_key, "");
    assert_int_equal(view.focus.kind, TOUCH_FUNCTION);
}

/* Only to the cashier, and with the day where it was another. */
static void what_else_is_under_way_is_said_with_its_place(void **state) {
    (void)state;
    comes(true);
    assert_string_equal(look()->other_key, "");
    p.core.window.other = (struct desk_other){.kind = DESK_OTHER_ON_PHONE,
                                              .place = "0007",
                                              .amount = {13290},
                                              .since_ms = p.now.wall_ms - 60000};
    assert_string_equal(look()->other_key, "desk.other.phone");
    assert_string_equal(look()->other_place, "0007");
    assert_int_equal(look()->other_fen, 13290);
    assert_int_equal(strlen(look()->other_at), 5); /* hh:mm */
    p.core.window.other.since_ms -= INT64_C(86400000);
    p.core.window.other.kind = DESK_OTHER_PERHAPS_PAID;
    assert_string_equal(look()->other_key, "desk.other.perhaps");
    assert_int_equal(strlen(look()->other_at), 11); /* MM-dd hh:mm */
    p.core.window.other.kind = DESK_OTHER_NOT_BOOKED;
    assert_string_equal(look()->other_key, "desk.other.not_booked");
    is_said_to_patient(PATIENT_DUE, "");
}

static void a_code_is_shown_as_long_as_it_can_be_paid(void **state) {
    (void)state;
    place_code();
    is_said_to_patient(PATIENT_QR, "https://pay.example/1");
    assert_true(look()->patient.left_s > 0);
    assert_string_equal(look()->escape_key, "desk.take_back");
    presses(TOUCH_CANCEL, 0);
    is_said_to_patient(PATIENT_ASKING, "");
    assert_string_equal(look()->escape_key, "");
    assert_string_equal(view.notice_key, "desk.cancelling");
}

static void no_code_is_shown_while_nobody_knows(void **state) {
    (void)state;
    comes(true);
    presses(TOUCH_FUNCTION, DESK_WAY_CODE);
    strcpy(call.caller_channel, "ONE_QR");
    comes(false);
    writes();
    says(VERB_PLACE, OUTCOME_UNKNOWN, TRADE_NONE, false);
    writes();
    is_said_to_patient(PATIENT_ASKING, "");
    assert_true(look()->unknown);
    assert_string_equal(look()->enter_key, "desk.background");
    assert_string_equal(look()->escape_key, "");
    assert_string_equal(look()->say_key, "desk.say.unknown");
}

static void paid_is_said_with_its_journal_entry(void **state) {
    (void)state;
    place_code();
    pass(&p, 6000);
    says(VERB_ASK, OUTCOME_ACCEPTED, TRADE_PAID, false);
    look();
    assert_int_equal(view.screen, SCREEN_DESK_WAIT);
    assert_int_equal(view.of.desk.patient.state, PATIENT_QR);
    writes();
    is_said_to_patient(PATIENT_PAID, "");
    assert_int_equal(look()->tone, TONE_GOOD);
    assert_string_equal(look()->trace_no, "T1");
    assert_true(look()->leaves_s > 0);
}

static void a_closed_code_is_not_called_unpaid_before_somebody_says_so(void **state) {
    (void)state;
    place_code();
    presses(TOUCH_CANCEL, 0);
    writes();
    says(VERB_CLOSE, OUTCOME_ACCEPTED, TRADE_NONE, false);
    writes();
    look();
    assert_int_equal(view.screen, SCREEN_DESK_RESULT);
    assert_string_equal(view.of.desk.title_key, "desk.end.closed");
    is_said_to_patient(PATIENT_CLOSED, "");
}

static void what_the_insurance_may_settle_yet_is_not_collected_again(void **state) {
    (void)state;
    place_code();
    struct desk_window *window = &p.core.window;
    window->screen = SCREEN_DESK_RESULT;
    window->payment.news = CALL_UNSURE;
    window->payment.verdict = VERDICT_NOT_PAID;
    assert_string_equal(look()->title_key, "desk.end.unsure");
    assert_int_equal(view.of.desk.tone, TONE_WAIT);
    is_said_to_patient(PATIENT_UNSURE, "");
    window->looking = true;
    assert_string_equal(look()->title_key, "desk.row.unknown");
    window->looking = false;
    window->screen = SCREEN_DESK_IDLE;
    window->day.count = 1;
    window->day.rows[0] = (struct desk_row){.verdict = VERDICT_NOT_PAID, .may_settle = true};
    assert_string_equal(look()->rows[0].state_key, "desk.row.unknown");
    window->day.rows[0].may_settle = false;
    assert_string_equal(look()->rows[0].state_key, "desk.row.not_paid");
}

static void what_never_left_took_no_money(void **state) {
    (void)state;
    comes(true);
    presses(TOUCH_FUNCTION, DESK_WAY_CODE);
    happens(&p, (struct event){.kind = EVENT_CALL, .of.call = {calls, CALL_WISH_GONE, NULL}});
    assert_string_equal(look()->title_key, "desk.end.not_begun");
    is_said_to_patient(PATIENT_NOT_PAID, "");
}

static void change_is_said_while_cash_is_counted(void **state) {
    (void)state;
    comes(true);
    presses(TOUCH_FUNCTION, DESK_WAY_CASH);
    assert_false(look()->enough);
    presses(TOUCH_AMOUNT, 3); /* 100.00 */
    assert_true(look()->enough);
    assert_int_equal(look()->change_fen, 1200);
    assert_int_equal(look()->patient.change_fen, 1200);
    assert_int_equal(look()->patient.state, PATIENT_CASH);
    strcpy(p.core.window.typed, "12345.5");
    assert_string_equal(look()->typed, "12,345.5");
    assert_int_equal(look()->change_fen, 1234550 - 8800);
}

/* What stops before it left, with cash in the drawer: "no money was taken" would be wrong. */
static void counted_cash_goes_back(void **state) {
    (void)state;
    comes(true);
    presses(TOUCH_FUNCTION, DESK_WAY_CASH);
    presses(TOUCH_AMOUNT, 3);
    presses(TOUCH_NEXT, 0);
    happens(&p, (struct event){.kind = EVENT_CALL, .of.call = {calls, CALL_WISH_GONE, NULL}});
    assert_string_equal(look()->title_key, "desk.end.not_begun");
    assert_string_equal(look()->text_key, "desk.end.cash_back");
    is_said_to_patient(PATIENT_NOT_PAID, "");
    assert_true(look()->patient.cash);
    enum call_news ends[] = {CALL_UNPAID, CALL_RETURNED, CALL_CONFLICTS};
    p.core.window.payment.unheard = false;
    p.core.window.payment.perhaps_paid = true;
    for (int i = 0; i < 3; i++) {
        p.core.window.payment.news = ends[i];
        assert_string_equal(look()->text_key, "desk.end.cash_back");
        assert_int_not_equal(look()->patient.state, PATIENT_CLOSED);
    }
    p.core.window.payment.news = CALL_UNPAID;
    p.core.window.payment.refusal = CALL_NO_JOURNAL;
    assert_string_equal(look()->text_key, "desk.end.cash_back");
}

static void pay_cash(int note) {
    comes(true);
    presses(TOUCH_FUNCTION, DESK_WAY_CASH);
    presses(TOUCH_AMOUNT, note);
    presses(TOUCH_NEXT, 0);
    strcpy(call.caller_channel, "CASH");
    comes(false);
    writes();
    says(VERB_PLACE, OUTCOME_ACCEPTED, TRADE_PAID, false);
    writes();
    look();
    assert_int_equal(view.screen, SCREEN_DESK_RESULT);
}

static void change_stays_until_it_is_counted_out(void **state) {
    (void)state;
    pay_cash(3); /* 100.00 */
    assert_int_equal(look()->change_fen, 1200);
    assert_int_equal(look()->patient.change_fen, 1200);
    assert_int_equal(look()->leaves_s, 0);
    pass(&p, 10 * DESK_RESULT_MS);
    look();
    assert_int_equal(view.screen, SCREEN_DESK_RESULT);
    presses(TOUCH_NEXT, 0);
    look();
    assert_int_equal(view.screen, SCREEN_DESK_IDLE);
}

static void what_was_paid_exactly_leaves_by_itself(void **state) {
    (void)state;
    pay_cash(1);
    assert_true(look()->leaves_s > 0);
    pass(&p, DESK_RESULT_MS + 1);
    look();
    assert_int_equal(view.screen, SCREEN_DESK_IDLE);
}

/* ---- money back ---- */

static void wants_back(int64_t fen) {
    call.order = p.core.book.orders[p.core.window.payment.slot];
    presses(TOUCH_NEXT, 0);
    call.found = call.to_window = true;
    strcpy(call.refund_no, "R1");
    call.amount.fen = fen;
    happens(&p,
            (struct event){.kind = EVENT_CALL, .of.call = {++calls, CALL_WISH_REFUND, &call.head}});
}

static void a_refund_is_told_apart_from_a_payment(void **state) {
    (void)state;
    pay_cash(1);
    wants_back(9900);
    assert_string_equal(look()->enter_key, "desk.refund.go.cash");
    assert_int_equal(view.of.desk.asked_fen, 9900);
    assert_int_equal(view.of.desk.amount_fen, 8800);
    assert_int_equal(view.focus.kind, TOUCH_NONE); /* Enter gives nothing back */
    is_said_to_patient(PATIENT_REFUND, "");
    assert_true(look()->patient.cash);
    presses(TOUCH_AMOUNT, 1); /* why */
    presses(TOUCH_FUNCTION, 7);
    happens(&p, (struct event){.kind = EVENT_CALL, .of.call = {calls, CALL_WISH_GONE, NULL}});
    assert_string_equal(look()->title_key, "desk.end.not_refunded");
    is_said_to_patient(PATIENT_NOT_REFUNDED, "");
    struct desk_payment *payment = &p.core.window.payment;
    static const struct {
        enum call_news news;
        const char *title_key;
        enum view_patient_state state;
    } ends[] = {{CALL_PAID, "desk.end.refunded", PATIENT_REFUNDED},
                {CALL_UNPAID, "desk.end.not_refunded", PATIENT_NOT_REFUNDED},
                {CALL_WITH_PERSON, "desk.end.window", PATIENT_WINDOW}};
    payment->unheard = false;
    for (int i = 0; i < 3; i++) {
        payment->news = ends[i].news;
        assert_string_equal(look()->title_key, ends[i].title_key);
        is_said_to_patient(ends[i].state, "");
    }
}

/* Nothing has left, and where the money is nobody says yet. */
static void a_refund_of_a_case_is_a_persons(void **state) {
    (void)state;
    pay_cash(1);
    wants_back(8800);
    struct desk_window *window = &p.core.window;
    window->waiting[0].back.choices.rows[0].obstacle = CALL_IN_CASE;
    assert_string_equal(look()->choices[0].reason_key, "desk.no_refund.person");
    window->screen = SCREEN_DESK_RESULT;
    window->payment.refusal = CALL_IN_CASE;
    assert_string_equal(look()->title_key, "desk.end.window");
    assert_string_equal(view.of.desk.text_key, "desk.end.refund_window.text");
    is_said_to_patient(PATIENT_WINDOW, "");
    window->payment.refusal = CALL_BUSY; /* another refund of it, or whether it is paid at all */
    assert_string_equal(look()->title_key, "desk.end.not_refunded");
    assert_string_equal(view.of.desk.text_key, "desk.end.refund_busy.text");
    is_said_to_patient(PATIENT_WINDOW, "");
}

static void what_is_looked_at_again_is_not_the_patients(void **state) {
    (void)state;
    pay_cash(1);
    presses(TOUCH_NEXT, 0);
    struct desk_window *window = &p.core.window;
    window->looking = true;
    window->screen = SCREEN_DESK_RESULT;
    window->payment.verdict = VERDICT_UNKNOWN;
    assert_string_equal(look()->title_key, "desk.row.unknown");
    is_said_to_patient(PATIENT_IDLE, "");
}

static void every_verdict_has_its_row(void **state) {
    (void)state;
    struct desk_day *day = &p.core.window.day;
    for (int verdict = VERDICT_NONE; verdict < VERDICT_COUNT; verdict++) {
        day->count = 1;
        day->rows[0] = (struct desk_row){.service = SERVICE_DEPOSIT,
                                         .account_type = ACCOUNT_INPATIENT,
                                         .verdict = (enum verdict)verdict};
        assert_int_equal(look()->row_count, 1);
        if (view.of.desk.rows[0].state_key == NULL)
            fail_msg("verdict %d has no words", verdict);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(whose_money_is_masked_and_how_much_is_said, begin_desk),
        cmocka_unit_test_setup(a_way_that_is_not_to_be_had_says_why, begin_desk),
        cmocka_unit_test_setup(what_else_is_under_way_is_said_with_its_place, begin_desk),
        cmocka_unit_test_setup(a_code_is_shown_as_long_as_it_can_be_paid, begin_desk),
        cmocka_unit_test_setup(no_code_is_shown_while_nobody_knows, begin_desk),
        cmocka_unit_test_setup(paid_is_said_with_its_journal_entry, begin_desk),
        cmocka_unit_test_setup(a_closed_code_is_not_called_unpaid_before_somebody_says_so,
                               begin_desk),
        cmocka_unit_test_setup(what_the_insurance_may_settle_yet_is_not_collected_again,
                               begin_desk),
        cmocka_unit_test_setup(what_never_left_took_no_money, begin_desk),
        cmocka_unit_test_setup(change_is_said_while_cash_is_counted, begin_desk),
        cmocka_unit_test_setup(counted_cash_goes_back, begin_desk),
        cmocka_unit_test_setup(change_stays_until_it_is_counted_out, begin_desk),
        cmocka_unit_test_setup(what_was_paid_exactly_leaves_by_itself, begin_desk),
        cmocka_unit_test_setup(a_refund_is_told_apart_from_a_payment, begin_desk),
        cmocka_unit_test_setup(a_refund_of_a_case_is_a_persons, begin_desk),
        cmocka_unit_test_setup(what_is_looked_at_again_is_not_the_patients, begin_desk),
        cmocka_unit_test_setup(every_verdict_has_its_row, begin_desk),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
