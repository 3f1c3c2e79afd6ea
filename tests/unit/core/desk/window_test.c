/* links: app/core/ app/core/visit/ app/core/desk/ app/core/order/ app/core/terms/ ui/ids.c */
/* The cashier's window: nothing is opened before it is chosen how a call is paid; one call is on
 * the screen; what nobody knows cannot be closed. */
#include "tests/unit/core/desk/window_story.h"

static void a_call_waits_until_it_is_chosen(void **state) {
    (void)state;
    uint32_t number = comes("N1");
    shows(SCREEN_DESK_PAY);
    assert_int_equal(p.persists, 0);
    assert_null(find_effect(EFFECT_CALL, number)); /* it is not answered yet */
    assert_string_equal(desk_window_call(window_now())->masked_name, "王*兰");
    assert_string_equal(desk_window_call(window_now())->number, "W2***1234");
    presses(TOUCH_FUNCTION, DESK_WAY_CODE);
    assert_int_equal(find_effect(EFFECT_CHOSEN, number)->of.chosen.way, DESK_WAY_CODE);
    assert_int_equal(p.persists, 0);
    shows(SCREEN_DESK_WAIT);
    is_heard_again(number, "ONE_QR", CHANNEL_ONE);
    assert_int_equal(find_effect(EFFECT_CALL, number)->of.call.refusal, CALL_TAKEN);
    assert_int_equal(p.persists, 1);
    assert_false(finds(&p, VERB_PLACE)); /* the journal first */
    writes();
    assert_true(finds(&p, VERB_PLACE));
}

static void a_call_is_let_go_before_anything_left(void **state) {
    (void)state;
    uint32_t number = comes("N1");
    presses(TOUCH_CANCEL, 0);
    assert_int_equal(find_effect(EFFECT_CALL, number)->of.call.refusal, CALL_CANCELLED);
    assert_int_equal(p.persists, 0);
    shows(SCREEN_DESK_IDLE);
    assert_null(desk_window_call(window_now()));
}

static void calls_wait_in_their_order_and_the_33rd_is_told_so(void **state) {
    (void)state;
    char no[CALLER_NO_SIZE];
    for (int i = 1; i <= DESK_WAITING_MAX; i++) {
        snprintf(no, sizeof no, "N%d", i);
        assert_null(find_effect(EFFECT_CALL, comes(no)));
    }
    assert_int_equal(find_effect(EFFECT_CALL, comes("N33"))->of.call.refusal, CALL_FULL);
    assert_string_equal(desk_window_call(window_now())->caller_no, "N1");
    presses(TOUCH_CANCEL, 0);
    assert_string_equal(desk_window_call(window_now())->caller_no, "N2");
    shows(SCREEN_DESK_PAY);
    assert_int_equal(window_now()->waiting_count, DESK_WAITING_MAX - 1);
}

static void a_number_waits_once(void **state) {
    (void)state;
    comes("N1");
    assert_int_equal(find_effect(EFFECT_CALL, comes("N1"))->of.call.refusal, CALL_BUSY);
    assert_int_equal(window_now()->waiting_count, 1);
}

static void without_a_journal_no_window_opens(void **state) {
    (void)state;
    p.core.book.journal_ok = false;
    assert_int_equal(find_effect(EFFECT_CALL, comes("N1"))->of.call.refusal, CALL_NO_JOURNAL);
    shows(SCREEN_DESK_IDLE);
}

static void a_phone_is_scanned_without_a_key(void **state) {
    (void)state;
    uint32_t number = comes("N1");
    assert_int_equal(p.arm, ARM_PAY_CODE);
    scans("C10000001");
    assert_true(window_now()->wrong_code);
    shows(SCREEN_DESK_PAY);
    scans("134567890123456700");
    assert_int_equal(find_effect(EFFECT_CHOSEN, number)->of.chosen.way, DESK_WAY_PHONE);
    assert_string_equal(window_now()->payment.pay_code, "134567890123456700");
    assert_int_equal(p.arm, ARM_NONE);
    scans("134567890123456799"); /* no second one */
    assert_null(find_effect(EFFECT_CHOSEN, 0));
    is_heard_again(number, "ONE_BAR", CHANNEL_PHONE);
    assert_string_equal(window_now()->payment.pay_code, "");
}

/* The caller takes the first bill back just as the phone is held out, and the next patient's comes
 * onto the screen: what is scanned was held out for the sum that was seen. */
static void a_code_pays_only_the_call_that_was_seen(void **state) {
    (void)state;
    comes("N1");
    pass(&p, 5000);
    uint32_t seen = window_now()->revision;
    uint32_t next = comes("N2");
    struct event event = {.kind = EVENT_SCAN, .of.scan = {.revision = seen, .length = 18}};
    strcpy(event.of.scan.text, "134567890123456700");
    call.amount.fen = 8800;
    strcpy(call.caller_no, "N1");
    happens(&p,
            (struct event){.kind = EVENT_CALL, .of.call = {++calls, CALL_WISH_CLOSE, &call.head}});
    assert_string_equal(desk_window_call(window_now())->caller_no, "N2");
    happens(&p, event);
    assert_null(find_effect(EFFECT_CHOSEN, next));
    assert_string_equal(window_now()->payment.pay_code, "");
    shows(SCREEN_DESK_PAY);
}

/* Whoever has paid, or could not, still holds the phone under the scanner when the next bill comes
 * onto the screen by itself. */
static void a_phone_that_is_still_held_out_does_not_pay_the_next_call(void **state) {
    (void)state;
    comes("N1");
    uint32_t next = comes("N2");
    pass(&p, 5000);
    presses(TOUCH_CANCEL, 0);
    assert_string_equal(desk_window_call(window_now())->caller_no, "N2");
    struct event event = {.kind = EVENT_SCAN,
                          .of.scan = {.revision = window_now()->revision, .length = 18}};
    strcpy(event.of.scan.text, "134567890123456700");
    happens(&p, event); /* the scanner reads it as soon as it is armed */
    assert_null(find_effect(EFFECT_CHOSEN, next));
    shows(SCREEN_DESK_PAY);
}

/* Whatever becomes of it: the code is nobody's any more. */
static void a_code_does_not_outlive_its_call(void **state) {
    (void)state;
    uint32_t number = comes("N1");
    scans("134567890123456700");
    p.core.book.journal_ok = false;
    is_heard_again(number, "ONE_BAR", CHANNEL_PHONE);
    shows(SCREEN_DESK_RESULT);
    assert_string_equal(window_now()->payment.pay_code, "");
    p.core.book.journal_ok = true;
    presses(TOUCH_NEXT, 0);
    number = comes("N2");
    scans("134567890123456701");
    assert_string_equal(window_now()->payment.pay_code, "134567890123456701");
    happens(&p, (struct event){.kind = EVENT_CALL, .of.call = {number, CALL_WISH_GONE, NULL}});
    assert_true(window_now()->payment.unheard);
    assert_string_equal(window_now()->payment.pay_code, "");
}

static void cash_is_counted_first(void **state) {
    (void)state;
    struct fen notes[DESK_NOTES_MAX];
    assert_int_equal(desk_usual_notes((struct fen){8850}, notes), 4);
    assert_int_equal(notes[0].fen, 8850);
    assert_int_equal(notes[1].fen, 8900);
    assert_int_equal(notes[2].fen, 9000);
    assert_int_equal(notes[3].fen, 10000);
    uint32_t number = comes("N1");
    presses(TOUCH_FUNCTION, DESK_WAY_CASH);
    shows(SCREEN_DESK_CASH);
    types("87.999");
    assert_string_equal(window_now()->typed, "87.99");
    presses(TOUCH_NEXT, 0);
    assert_true(window_now()->too_little);
    assert_null(find_effect(EFFECT_CHOSEN, 0));
    presses(TOUCH_AMOUNT, 3);
    assert_int_equal(desk_received(window_now()).fen, 10000);
    presses(TOUCH_NEXT, 0);
    assert_non_null(find_effect(EFFECT_DRAWER, 0));
    assert_int_equal(find_effect(EFFECT_CHOSEN, number)->of.chosen.way, DESK_WAY_CASH);
}

static void what_a_caller_named_is_the_only_way(void **state) {
    (void)state;
    strcpy(call.caller_channel, "CASH");
    uint32_t number = comes("N1");
    shows(SCREEN_DESK_CASH);
    presses(TOUCH_FUNCTION, DESK_WAY_CODE);
    shows(SCREEN_DESK_CASH);
    presses(TOUCH_CANCEL, 0);
    assert_int_equal(find_effect(EFFECT_CALL, number)->of.call.refusal, CALL_CANCELLED);
    strcpy(call.caller_channel, "WX_QR");
    number = comes("N2");
    assert_int_equal(find_effect(EFFECT_CHOSEN, number)->of.chosen.way, DESK_WAY_CODE);
}

static void a_payment_is_followed_to_its_end(void **state) {
    (void)state;
    choose_code("N1");
    platform_says(VERB_PLACE, OUTCOME_PENDING, TRADE_WAIT);
    writes();
    assert_int_equal(window_now()->payment.news, CALL_PLACED);
    assert_true(desk_window_cancellable(window_now()));
    pass(&p, 6000);
    platform_says(VERB_ASK, OUTCOME_ACCEPTED, TRADE_PAID);
    shows(SCREEN_DESK_WAIT); /* a kill could still undo it */
    writes();
    shows(SCREEN_DESK_RESULT);
    assert_int_equal(window_now()->payment.news, CALL_PAID);
    pass(&p, DESK_RESULT_MS + 1);
    shows(SCREEN_DESK_IDLE);
}

static void nobody_closes_what_nobody_knows(void **state) {
    (void)state;
    choose_code("N1");
    platform_says(VERB_PLACE, OUTCOME_UNKNOWN, TRADE_NONE);
    writes();
    assert_true(window_now()->payment.unknown);
    presses(TOUCH_CANCEL, 0);
    assert_false(window_now()->payment.cancel_wanted);
    shows(SCREEN_DESK_WAIT);
    assert_true(desk_window_leavable(window_now()));
    presses(TOUCH_NEXT, 0); /* to the background: the order stays */
    shows(SCREEN_DESK_IDLE);
    int open = 0;
    for (int i = 0; i < ORDERS_MAX; i++)
        open += p.core.book.orders[i].run.used;
    assert_int_equal(open, 1);
    pass(&p, 6000);
    assert_true(finds(&p, VERB_ASK)); /* it is asked about, with nobody before it */
}

static void what_is_known_cannot_be_left(void **state) {
    (void)state;
    choose_code("N1");
    platform_says(VERB_PLACE, OUTCOME_PENDING, TRADE_WAIT);
    writes();
    presses(TOUCH_NEXT, 0);
    shows(SCREEN_DESK_WAIT);
}

static void a_code_is_taken_back(void **state) {
    (void)state;
    choose_code("N1");
    platform_says(VERB_PLACE, OUTCOME_PENDING, TRADE_WAIT);
    writes();
    presses(TOUCH_CANCEL, 0);
    assert_true(window_now()->payment.cancel_wanted);
    assert_false(desk_window_cancellable(window_now()));
    writes();
    assert_true(finds(&p, VERB_CLOSE));
}

static void a_patient_who_takes_time_wakes_nobody(void **state) {
    (void)state;
    choose_code("N1");
    platform_says(VERB_PLACE, OUTCOME_PENDING, TRADE_WAIT);
    writes();
    for (int s = 0; s < 60; s++) {
        pass(&p, 1000);
        assert_true(desk_window_deadline(window_now()) > p.now.mono_ms);
    }
    assert_false(window_now()->payment.unknown);
    presses(TOUCH_CANCEL, 0); /* asked only now: it has not been silent for long */
    writes();
    assert_false(window_now()->payment.unknown);
    pass(&p, 16000);
    assert_true(window_now()->payment.unknown);
    assert_true(desk_window_deadline(window_now()) > p.now.mono_ms);
}

static void a_call_that_cannot_be_heard_again_has_not_begun(void **state) {
    (void)state;
    uint32_t number = comes("N1");
    presses(TOUCH_FUNCTION, DESK_WAY_CODE);
    happens(&p, (struct event){.kind = EVENT_CALL, .of.call = {number, CALL_WISH_GONE, NULL}});
    shows(SCREEN_DESK_RESULT);
    assert_true(window_now()->payment.unheard);
    presses(TOUCH_NEXT, 0);
    shows(SCREEN_DESK_IDLE);
}

static void what_nobody_knows_is_asked_at_once(void **state) {
    (void)state;
    choose_code("N1");
    presses(TOUCH_FUNCTION, 8); /* nothing is unknown yet */
    platform_says(VERB_PLACE, OUTCOME_UNKNOWN, TRADE_NONE);
    writes();
    assert_false(finds(&p, VERB_ASK));
    presses(TOUCH_FUNCTION, 8);
    assert_true(finds(&p, VERB_ASK));
}

/* Its order is not known yet: it is closed as soon as it is. */
static void a_choice_is_taken_back_at_once(void **state) {
    (void)state;
    uint32_t number = comes("N1");
    presses(TOUCH_FUNCTION, DESK_WAY_CODE);
    presses(TOUCH_CANCEL, 0);
    is_heard_again(number, "ONE_QR", CHANNEL_ONE);
    writes();
    writes();
    assert_false(finds(&p, VERB_PLACE));
    shows(SCREEN_DESK_RESULT);
    assert_int_equal(window_now()->payment.news, CALL_UNPAID);
}

static void what_was_typed_is_of_one_call(void **state) {
    (void)state;
    comes("N1");
    presses(TOUCH_FUNCTION, DESK_WAY_CASH);
    types("100");
    presses(TOUCH_CANCEL, 0);
    presses(TOUCH_CANCEL, 0);
    comes("N2");
    presses(TOUCH_FUNCTION, DESK_WAY_CASH);
    assert_string_equal(window_now()->typed, "");
    presses(TOUCH_NEXT, 0);
    assert_true(window_now()->too_little);
}

static void notes_are_amounts(void **state) {
    (void)state;
    struct fen notes[DESK_NOTES_MAX];
    int count = desk_usual_notes((struct fen){MONEY_MAX_FEN - 1}, notes);
    for (int i = 0; i < count; i++)
        assert_true(notes[i].fen <= MONEY_MAX_FEN);
}

/* ---- money back ---- */

static void touches_of_another_frame_do_nothing(void **state) {
    (void)state;
    comes("N1");
    happens(&p, (struct event){.kind = EVENT_TOUCH,
                               .of.touch = {.screen = SCREEN_DESK_PAY,
                                            .revision = window_now()->revision - 1,
                                            .touch = {TOUCH_CANCEL, 0}}});
    shows(SCREEN_DESK_PAY);
    happens(&p, (struct event){.kind = EVENT_TOUCH,
                               .of.touch = {.screen = SCREEN_DESK_REFUND,
                                            .revision = window_now()->revision,
                                            .touch = {TOUCH_CANCEL, 0}}});
    shows(SCREEN_DESK_PAY);
}

static void display_is(bool away) {
    happens(&p, (struct event){.kind = EVENT_DISPLAY, .of.display.away = away});
}

static void no_code_is_shown_to_a_display_that_is_away(void **state) {
    (void)state;
    display_is(true);
    comes("N1");
    presses(TOUCH_FUNCTION, DESK_WAY_CODE);
    shows(SCREEN_DESK_PAY);
    assert_null(find_effect(EFFECT_CHOSEN, 0));
    display_is(false);
    presses(TOUCH_FUNCTION, DESK_WAY_CODE);
    shows(SCREEN_DESK_WAIT);
}

/* The lamp of the platform: out with the first question that is not answered, on with the next that
 * is. */
static void a_platform_that_is_silent_is_seen(void **state) {
    (void)state;
    comes("N1");
    presses(TOUCH_FUNCTION, DESK_WAY_CODE);
    is_heard_again(1, "ONE_QR", CHANNEL_ONE);
    writes();
    assert_false(p.core.terminal.platform_silent);
    int revision = (int)window_now()->revision;
    platform_says(VERB_PLACE, OUTCOME_UNKNOWN, TRADE_NONE);
    assert_true(p.core.terminal.platform_silent);
    assert_true((int)window_now()->revision > revision);
    pass_by_deadlines(&p, 6000);
    platform_says(VERB_ASK, OUTCOME_ACCEPTED, TRADE_WAIT);
    assert_false(p.core.terminal.platform_silent);
}

/* The caller wants a code: it is shown as soon as somebody can see it, and not before. */
static void a_named_code_waits_for_the_display(void **state) {
    (void)state;
    display_is(true);
    strcpy(call.caller_channel, "ONE_QR");
    comes("N1");
    shows(SCREEN_DESK_PAY);
    display_is(false);
    presses(TOUCH_FUNCTION, DESK_WAY_CODE);
    shows(SCREEN_DESK_WAIT);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(a_call_waits_until_it_is_chosen, begin_window),
        cmocka_unit_test_setup(a_call_is_let_go_before_anything_left, begin_window),
        cmocka_unit_test_setup(calls_wait_in_their_order_and_the_33rd_is_told_so, begin_window),
        cmocka_unit_test_setup(a_number_waits_once, begin_window),
        cmocka_unit_test_setup(without_a_journal_no_window_opens, begin_window),
        cmocka_unit_test_setup(a_phone_is_scanned_without_a_key, begin_window),
        cmocka_unit_test_setup(a_code_pays_only_the_call_that_was_seen, begin_window),
        cmocka_unit_test_setup(a_phone_that_is_still_held_out_does_not_pay_the_next_call,
                               begin_window),
        cmocka_unit_test_setup(a_code_does_not_outlive_its_call, begin_window),
        cmocka_unit_test_setup(cash_is_counted_first, begin_window),
        cmocka_unit_test_setup(what_a_caller_named_is_the_only_way, begin_window),
        cmocka_unit_test_setup(a_payment_is_followed_to_its_end, begin_window),
        cmocka_unit_test_setup(nobody_closes_what_nobody_knows, begin_window),
        cmocka_unit_test_setup(what_is_known_cannot_be_left, begin_window),
        cmocka_unit_test_setup(a_code_is_taken_back, begin_window),
        cmocka_unit_test_setup(a_patient_who_takes_time_wakes_nobody, begin_window),
        cmocka_unit_test_setup(a_call_that_cannot_be_heard_again_has_not_begun, begin_window),
        cmocka_unit_test_setup(touches_of_another_frame_do_nothing, begin_window),
        cmocka_unit_test_setup(what_nobody_knows_is_asked_at_once, begin_window),
        cmocka_unit_test_setup(a_choice_is_taken_back_at_once, begin_window),
        cmocka_unit_test_setup(what_was_typed_is_of_one_call, begin_window),
        cmocka_unit_test_setup(notes_are_amounts, begin_window),
        cmocka_unit_test_setup(no_code_is_shown_to_a_display_that_is_away, begin_window),
        cmocka_unit_test_setup(a_platform_that_is_silent_is_seen, begin_window),
        cmocka_unit_test_setup(a_named_code_waits_for_the_display, begin_window),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
