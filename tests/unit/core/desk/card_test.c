/* links: app/core/ app/core/visit/ app/core/desk/ app/core/order/ app/core/terms/ ui/ids.c */
/* A card at one of a desk's two pinpads: who names it, what it waits for, what the platform books
 * and takes back. */
#include "app/core/order/shares.h"
#include "tests/unit/core/desk/window_story.h"

static void pinpad_is(bool second, enum device_word word) {
    happens(&p, (struct event){.kind = EVENT_DEVICE,
                               .of.device = {.role = ROLE_PINPAD,
                                             .device = word,
                                             .supply = SUPPLY_NOT_SUPPORTED,
                                             .second = second}});
}

static int begin_cards(void **state) {
    (void)begin_window(state);
    p.setup.pinpads[0] = p.setup.pinpads[1] = true;
    core_init(&p.core, &p.setup, p.now);
    pinpad_is(false, DEVICE_READY);
    pinpad_is(true, DEVICE_READY);
    call.pos_no[0] = '\0';
    return 0;
}

static const char *obstacle(enum desk_way way) {
    return desk_way_obstacle(
        window_now(), (struct desk_around){&p.core.setup, &p.core.terminal, &p.core.book}, way);
}

static const struct order *order_now(void) {
    return &p.core.book.orders[window_now()->payment.slot];
}

/* A call that is paid at the second pinpad, as far as its sale is under way. */
static uint32_t sells(const char *caller_no) {
    uint32_t number = comes(caller_no);
    presses(TOUCH_FUNCTION, DESK_WAY_POS2);
    strcpy(call.pos_no, "2");
    is_heard_again(number, "POS", CHANNEL_CARD);
    writes();
    assert_true(finds(&p, VERB_PLACE));
    return number;
}

static void pinpad_takes(void) {
    struct event event = answer_to_last(&p, OUTCOME_ACCEPTED);
    event.of.answer.trade = TRADE_PAID;
    event.of.answer.has_amount = true;
    event.of.answer.amount.fen = 8800;
    strcpy(event.of.answer.no, "REF1");
    happens(&p, event);
    writes();
}

static void the_caller_names_the_pinpad(void **state) {
    (void)state;
    strcpy(call.caller_channel, "POS");
    strcpy(call.pos_no, "2");
    uint32_t number = comes("N1");
    const struct effect *chosen = find_effect(EFFECT_CHOSEN, number); /* it asks for the card */
    assert_non_null(chosen);
    assert_int_equal(chosen->of.chosen.way, DESK_WAY_POS2);
    is_heard_again(number, "POS", CHANNEL_CARD);
    assert_string_equal(order_now()->legs[0].pos_no, "2");
    assert_int_equal(order_now()->legs[0].route, ROUTE_POS);
    assert_int_equal(p.persists, 1);
    assert_false(finds(&p, VERB_PLACE)); /* the journal first */
    writes();
    assert_true(finds(&p, VERB_PLACE));
}

static void who_names_none_leaves_it_to_the_cashier(void **state) {
    (void)state;
    strcpy(call.caller_channel, "POS");
    comes("N1");
    shows(SCREEN_DESK_PAY);
    assert_string_equal(obstacle(DESK_WAY_POS1), "");
    assert_string_equal(obstacle(DESK_WAY_POS2), "");
    assert_string_equal(obstacle(DESK_WAY_CASH), "desk.other_named");
}

static void what_is_in_the_way_is_said(void **state) {
    (void)state;
    comes("N1");
    pinpad_is(true, DEVICE_ABSENT);
    assert_string_equal(obstacle(DESK_WAY_POS2), "desk.pos_off");
    assert_string_equal(obstacle(DESK_WAY_POS1), "");
    presses(TOUCH_FUNCTION, DESK_WAY_POS2);
    shows(SCREEN_DESK_PAY);
    pinpad_is(true, DEVICE_READY);
    p.core.setup.pinpads[0] = false;
    assert_string_equal(obstacle(DESK_WAY_POS1), "desk.no_pos");
    sells("N1");
    assert_string_equal(obstacle(DESK_WAY_POS2), "desk.pos_busy");
}

static void only_the_pinpad_ends_it_once_the_card_is_in(void **state) {
    (void)state;
    sells("N1");
    assert_true(desk_window_cancellable(window_now()));
    uint32_t request = order_now()->run.leg[0].request;
    happens(&p, (struct event){.kind = EVENT_PROGRESS,
                               .of.progress = {.request = request, .step = CARD_STEP_PIN}});
    assert_int_equal(window_now()->payment.step, CARD_STEP_PIN);
    assert_false(desk_window_cancellable(window_now()));
    pass(&p, 60000); /* the patient looks for the PIN: nobody is silent */
    assert_false(window_now()->payment.unknown);
}

static void the_platform_books_what_the_pinpad_took(void **state) {
    (void)state;
    sells("N1");
    pinpad_takes();
    assert_int_equal(desk_payment_news(order_now()), CALL_UNDER_WAY);
    platform_says(VERB_CREDIT, OUTCOME_PENDING, TRADE_WAIT);
    platform_says(VERB_ASK_CREDIT, OUTCOME_ACCEPTED, TRADE_PAID);
    writes();
    assert_int_equal(desk_payment_news(order_now()), CALL_PAID);
    assert_string_equal(desk_trace_no(order_now()), "T1");
    assert_false(order_now()->claims[0].unproven);
}

static void what_is_not_booked_goes_back_to_the_card(void **state) {
    (void)state;
    sells("N1");
    pinpad_takes();
    platform_says(VERB_CREDIT, OUTCOME_DECLINED, TRADE_FAILED);
    platform_says(VERB_ASK_CREDIT, OUTCOME_DECLINED, TRADE_FAILED);
    writes();
    platform_says(VERB_REFUND, OUTCOME_ACCEPTED, TRADE_NONE);
    writes();
    assert_int_equal(desk_payment_news(order_now()), CALL_RETURNED);
    shows(SCREEN_DESK_RESULT);
}

/* ---- money back ---- */

static void books_card(void) {
    sells("N1");
    pinpad_takes();
    platform_says(VERB_CREDIT, OUTCOME_PENDING, TRADE_WAIT);
    platform_says(VERB_ASK_CREDIT, OUTCOME_ACCEPTED, TRADE_PAID);
    writes();
    call.order = *order_now(); /* as the shell finds it in the journal */
    call.found = true;
    presses(TOUCH_NEXT, 0);
}

/* The cashier gives it back: the platform is asked to take its booking back. */
static void cashier_gives_card(const char *refund_no, int64_t fen) {
    call.to_window = true;
    uint32_t number = wants_back(refund_no, fen);
    types("1");
    presses(TOUCH_FUNCTION, 7);
    call.to_window = false;
    happens(&p,
            (struct event){.kind = EVENT_CALL, .of.call = {number, CALL_WISH_REFUND, &call.head}});
    assert_int_equal(find_effect(EFFECT_CALL, number)->of.call.refusal, CALL_TAKEN);
    writes();
}

static void refund_ends(const char *refund_no, enum call_news news) {
    shows(SCREEN_DESK_RESULT);
    assert_int_equal(desk_refund_news(order_now(), refund_no), news);
    assert_int_equal(window_now()->payment.news, news);
    call.order = *order_now();
    presses(TOUCH_NEXT, 0);
}

static void what_the_platform_keeps_booked_is_not_refunded(void **state) {
    (void)state;
    books_card();
    cashier_gives_card("R1", 8800);
    platform_says(VERB_UNCREDIT, OUTCOME_DECLINED, TRADE_RETURN_FAILED);
    writes();
    refund_ends("R1", CALL_UNPAID);
    assert_int_equal(call.order.claims[0].state, CLAIM_DONE);
}

/* Taken back, and the bank says no: the hospital has it no more, nor has the card. What was refused
 * before that stays so. */
static void what_is_booked_back_and_not_at_the_card_is_a_persons(void **state) {
    (void)state;
    books_card();
    cashier_gives_card("R1", 3000);
    platform_says(VERB_UNCREDIT, OUTCOME_DECLINED, TRADE_RETURN_FAILED);
    writes();
    refund_ends("R1", CALL_UNPAID);
    cashier_gives_card("R2", 4000);
    platform_says(VERB_UNCREDIT, OUTCOME_ACCEPTED, TRADE_NONE);
    writes();
    platform_says(VERB_REFUND, OUTCOME_DECLINED, TRADE_NONE);
    writes();
    refund_ends("R2", CALL_WITH_PERSON);
    assert_int_equal(call.order.claims[0].reason, CASE_UNCREDITED_NOT_REFUNDED);
    assert_int_equal(desk_refund_news(&call.order, "R1"), CALL_UNPAID);
}

/* Less was taken back than was asked: the hospital has neither all nor nothing of it. */
static void what_is_booked_back_otherwise_is_a_persons(void **state) {
    (void)state;
    books_card();
    cashier_gives_card("R1", 8800);
    assert_true(finds(&p, VERB_UNCREDIT));
    struct event event = answer_to_last(&p, OUTCOME_ACCEPTED);
    event.of.answer.has_amount = true;
    event.of.answer.amount.fen = 8000;
    happens(&p, event);
    writes();
    refund_ends("R1", CALL_WITH_PERSON);
}

static void what_nobody_says_to_be_booked_back_is_a_persons(void **state) {
    (void)state;
    books_card();
    cashier_gives_card("R1", 8800);
    assert_true(finds(&p, VERB_UNCREDIT));
    happens(&p, answer_to_last(&p, OUTCOME_UNKNOWN));
    while (order_now()->claims[0].state == CLAIM_UNCREDITING)
        if (order_now()->run.claim[0].request != 0)
            platform_says(VERB_ASK_CREDIT, OUTCOME_UNKNOWN, TRADE_OTHER);
        else
            pass(&p, 1000);
    writes();
    refund_ends("R1", CALL_WITH_PERSON);
    assert_int_equal(call.order.claims[0].reason, CASE_CREDIT_UNKNOWN);
}

/* The same number is the same payment: it stays at the pinpad that has the card, and no other is
 * asked. */
static void a_call_made_again_with_another_pinpad_moves_nothing(void **state) {
    (void)state;
    sells("N1");
    int persists = p.persists;
    for (int step = 0; step < 3; step++) {
        strcpy(call.pos_no, "1");
        call.to_window = false;
        uint32_t again = comes("N1");
        assert_int_equal(find_effect(EFFECT_CALL, again)->of.call.refusal, CALL_TAKEN);
        assert_false(finds(&p, VERB_PLACE));
        assert_string_equal(order_now()->legs[0].pos_no, "2");
        assert_int_equal(order_now()->leg_count, 1);
        assert_false(book_pinpad_busy(&p.core.book, 1));
        if (step > 0)
            continue;
        assert_int_equal(p.persists, persists);
        happens(&p, answer_to_last(&p, OUTCOME_UNKNOWN)); /* nobody knows: still no second sale */
        writes();
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(the_caller_names_the_pinpad, begin_cards),
        cmocka_unit_test_setup(who_names_none_leaves_it_to_the_cashier, begin_cards),
        cmocka_unit_test_setup(what_is_in_the_way_is_said, begin_cards),
        cmocka_unit_test_setup(only_the_pinpad_ends_it_once_the_card_is_in, begin_cards),
        cmocka_unit_test_setup(the_platform_books_what_the_pinpad_took, begin_cards),
        cmocka_unit_test_setup(what_is_not_booked_goes_back_to_the_card, begin_cards),
        cmocka_unit_test_setup(what_the_platform_keeps_booked_is_not_refunded, begin_cards),
        cmocka_unit_test_setup(what_is_booked_back_and_not_at_the_card_is_a_persons, begin_cards),
        cmocka_unit_test_setup(what_is_booked_back_otherwise_is_a_persons, begin_cards),
        cmocka_unit_test_setup(what_nobody_says_to_be_booked_back_is_a_persons, begin_cards),
        cmocka_unit_test_setup(a_call_made_again_with_another_pinpad_moves_nothing, begin_cards),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
