/* links: app/core/ app/core/visit/ app/core/desk/ app/core/order/ app/core/terms/ ui/ids.c */
/* A refund at the window: seen first, let go, handed out once. */
#include "tests/unit/core/desk/window_story.h"

static void a_refund_is_seen_first(void **state) {
    (void)state;
    pay_first();
    int persists = p.persists;
    uint32_t number = wants_back("R1", 9900);
    shows(SCREEN_DESK_REFUND);
    assert_null(find_effect(EFFECT_CALL, number));
    assert_int_equal(desk_window_call(window_now())->amount.fen, 8800); /* no more than was paid */
    assert_int_equal(desk_window_call(window_now())->back.asked.fen, 9900);
    presses(TOUCH_NEXT, 0); /* Enter gives nothing back */
    shows(SCREEN_DESK_REFUND);
    assert_int_equal(p.persists, persists);
    types("1"); /* why */
    presses(TOUCH_FUNCTION, 7);
    assert_non_null(find_effect(EFFECT_CHOSEN, number));
    call.to_window = false;
    happens(&p,
            (struct event){.kind = EVENT_CALL, .of.call = {number, CALL_WISH_REFUND, &call.head}});
    shows(SCREEN_DESK_WAIT);
    assert_false(desk_window_cancellable(window_now()));
    writes();
    platform_says(VERB_REFUND, OUTCOME_ACCEPTED, TRADE_NONE);
    writes();
    shows(SCREEN_DESK_RESULT);
    assert_int_equal(window_now()->payment.news, CALL_PAID);
}

/* As the shell does once it is chosen, or where no window is wanted. */
static void gives_back(const char *refund_no, int64_t fen, enum outcome outcome) {
    call.to_window = false;
    wants_back(refund_no, fen);
    call.to_window = true;
    writes();
    platform_says(VERB_REFUND, outcome, TRADE_NONE);
    writes();
    call.order = p.core.book.orders[0]; /* as the shell finds it in the journal */
}

static void a_refund_waits_once(void **state) {
    (void)state;
    pay_first();
    wants_back("R1", 100);
    assert_int_equal(find_effect(EFFECT_CALL, wants_back("R1", 100))->of.call.refusal, CALL_BUSY);
    assert_int_equal(window_now()->waiting_count, 1);
}

static void cash_given_back_opens_the_drawer(void **state) {
    (void)state;
    pay_first();
    call.order.caller_channel[0] = '\0';
    for (int i = 0; i < ORDERS_MAX; i++)
        if (strcmp(p.core.book.orders[i].caller_no, "N1") == 0)
            strcpy(p.core.book.orders[i].caller_channel, "CASH");
    strcpy(call.order.caller_channel, "CASH");
    uint32_t number = wants_back("R1", 100);
    types("1"); /* why */
    presses(TOUCH_FUNCTION, 7);
    assert_null(find_effect(EFFECT_DRAWER, 0)); /* nobody has said yet that it goes back */
    call.to_window = false;
    happens(&p,
            (struct event){.kind = EVENT_CALL, .of.call = {number, CALL_WISH_REFUND, &call.head}});
    writes();
    platform_says(VERB_REFUND, OUTCOME_ACCEPTED, TRADE_NONE);
    writes();
    assert_non_null(find_effect(EFFECT_DRAWER, 0));
    pass(&p, 10 * DESK_RESULT_MS);
    shows(SCREEN_DESK_RESULT); /* it is counted out */
}

/* Tried again under its number it is the same amount, or nothing. */
static void a_refused_refund_never_becomes_less(void **state) {
    (void)state;
    pay_first();
    gives_back("R1", 5000, OUTCOME_DECLINED);
    gives_back("R2", 8000, OUTCOME_ACCEPTED);
    int persists = p.persists;
    call.to_window = false;
    uint32_t number = wants_back("R1", 5000);
    assert_int_equal(find_effect(EFFECT_CALL, number)->of.call.refusal, CALL_TAKEN);
    assert_int_equal(p.persists, persists);
    assert_false(finds(&p, VERB_REFUND));
}

static void a_refund_is_let_go(void **state) {
    (void)state;
    pay_first();
    int persists = p.persists;
    uint32_t number = wants_back("R1", 100);
    presses(TOUCH_CANCEL, 0);
    assert_int_equal(find_effect(EFFECT_CALL, number)->of.call.refusal, CALL_CANCELLED);
    assert_int_equal(p.persists, persists);
    shows(SCREEN_DESK_IDLE);
}

static void what_was_not_paid_opens_no_refund(void **state) {
    (void)state;
    choose_code("N1");
    presses(TOUCH_CANCEL, 0);
    uint32_t number = wants_back("R1", 8800);
    assert_int_equal(find_effect(EFFECT_CALL, number)->of.call.refusal, CALL_BUSY);
    shows(SCREEN_DESK_WAIT);
}

static void what_nobody_paid_gives_nothing_back(void **state) {
    (void)state;
    choose_code("N1");
    platform_says(VERB_PLACE, OUTCOME_DECLINED, TRADE_FAILED);
    writes();
    shows(SCREEN_DESK_RESULT);
    for (int i = 0; i < ORDERS_MAX; i++)
        if (strcmp(p.core.book.orders[i].caller_no, "N1") == 0)
            call.order = p.core.book.orders[i];
    call.found = true;
    presses(TOUCH_NEXT, 0);
    uint32_t number = wants_back("R1", 8800);
    assert_int_equal(find_effect(EFFECT_CALL, number)->of.call.refusal, CALL_NOT_PAID);
    shows(SCREEN_DESK_IDLE);
}

/* It became a case while the cashier looked at it: nothing is said to be still with the hospital.
 */
static void what_became_a_case_is_a_persons(void **state) {
    (void)state;
    pay_first();
    uint32_t number = wants_back("R1", 8800);
    types("1");
    presses(TOUCH_FUNCTION, 7);
    call.to_window = false;
    call.order.claims[0].state = CLAIM_CASE;
    call.order.claims[0].reason = CASE_REFUND_UNCONFIRMED;
    happens(&p,
            (struct event){.kind = EVENT_CALL, .of.call = {number, CALL_WISH_REFUND, &call.head}});
    assert_int_equal(find_effect(EFFECT_CALL, number)->of.call.refusal, CALL_IN_CASE);
    shows(SCREEN_DESK_RESULT);
    assert_int_equal(window_now()->payment.refusal, CALL_IN_CASE);
    char case_no[ORDER_CASE_NO_SIZE];
    assert_string_equal(window_now()->payment.case_no, order_case_no(&call.order, case_no));
    assert_int_equal(desk_choice_of(&call.order).obstacle, CALL_IN_CASE);
    call.order.resolved = true; /* ... who has decided, and is not asked for ever */
    assert_int_equal(desk_choice_of(&call.order).obstacle, CALL_REFUSED);
}

/* hop.trade.pay.cancel of the payment that the cashier looks at. */
static uint32_t is_reversed(const char *cancel_no) {
    bool window = call.to_window;
    call.to_window = false;
    call.reverses = true;
    uint32_t number = wants_back(cancel_no, 0);
    call.reverses = false;
    call.to_window = window;
    return number;
}

static void cashier_gives_back(uint32_t number, const char *refund_no, int64_t fen) {
    presses(TOUCH_FUNCTION, 7);
    call.to_window = false;
    snprintf(call.refund_no, sizeof call.refund_no, "%s", refund_no);
    call.amount.fen = fen;
    happens(&p,
            (struct event){.kind = EVENT_CALL, .of.call = {number, CALL_WISH_REFUND, &call.head}});
    call.to_window = true;
}

static int64_t going_back_fen(void) {
    int64_t fen = 0;
    for (int i = 0; i < p.core.book.orders[0].refund_count; i++)
        if (p.core.book.orders[0].refunds[i].state != REFUND_REFUSED)
            fen += p.core.book.orders[0].refunds[i].amount.fen;
    return fen;
}

/* The reversal comes while the cashier still looks at the list: it goes, and F7 finds it busy, or
 * nothing left. */
static void a_reversal_is_faster_than_the_cashier(void **state) {
    for (int written = 0; written < 3; written++) {
        (void)begin_window(state);
        pay_first();
        uint32_t number = wants_back("R1", 8800);
        types("1");
        uint32_t reversal = is_reversed("X1");
        assert_int_equal(find_effect(EFFECT_CALL, reversal)->of.call.refusal, CALL_TAKEN);
        if (written > 0)
            writes();
        if (written > 1) {
            platform_says(VERB_REFUND, OUTCOME_ACCEPTED, TRADE_NONE);
            writes();
            call.order = p.core.book.orders[0]; /* as the shell finds it in the journal */
        }
        cashier_gives_back(number, "R1", 8800);
        assert_int_equal(find_effect(EFFECT_CALL, number)->of.call.refusal,
                         written > 1 ? CALL_NOTHING_LEFT : CALL_BUSY);
        shows(SCREEN_DESK_RESULT);
        assert_int_equal(window_now()->payment.refusal,
                         written > 1 ? CALL_NOTHING_LEFT : CALL_BUSY);
        assert_int_equal(going_back_fen(), 8800);
    }
}

/* The cashier was faster: the reversal is told so, and takes what is left once that is decided. */
static void the_cashier_is_faster_than_a_reversal(void **state) {
    (void)state;
    pay_first();
    uint32_t number = wants_back("R1", 3000);
    types("1");
    cashier_gives_back(number, "R1", 3000);
    assert_int_equal(find_effect(EFFECT_CALL, is_reversed("X1"))->of.call.refusal, CALL_BUSY);
    writes();
    assert_int_equal(find_effect(EFFECT_CALL, is_reversed("X1"))->of.call.refusal, CALL_BUSY);
    platform_says(VERB_REFUND, OUTCOME_ACCEPTED, TRADE_NONE);
    assert_int_equal(find_effect(EFFECT_CALL, is_reversed("X1"))->of.call.refusal, CALL_BUSY);
    writes();
    assert_int_equal(find_effect(EFFECT_CALL, is_reversed("X1"))->of.call.refusal, CALL_TAKEN);
    assert_int_equal(going_back_fen(), 8800);
    writes();
    platform_says(VERB_REFUND, OUTCOME_ACCEPTED, TRADE_NONE);
    writes();
    call.order = p.core.book.orders[0];
    assert_int_equal(find_effect(EFFECT_CALL, is_reversed("X2"))->of.call.refusal,
                     CALL_NOTHING_LEFT);
    assert_int_equal(going_back_fen(), 8800);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(a_refund_is_seen_first, begin_window),
        cmocka_unit_test_setup(a_refund_is_let_go, begin_window),
        cmocka_unit_test_setup(what_was_not_paid_opens_no_refund, begin_window),
        cmocka_unit_test_setup(a_refund_waits_once, begin_window),
        cmocka_unit_test_setup(cash_given_back_opens_the_drawer, begin_window),
        cmocka_unit_test_setup(a_refused_refund_never_becomes_less, begin_window),
        cmocka_unit_test_setup(what_nobody_paid_gives_nothing_back, begin_window),
        cmocka_unit_test_setup(what_became_a_case_is_a_persons, begin_window),
        cmocka_unit_test_setup(a_reversal_is_faster_than_the_cashier, begin_window),
        cmocka_unit_test_setup(the_cashier_is_faster_than_a_reversal, begin_window),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
