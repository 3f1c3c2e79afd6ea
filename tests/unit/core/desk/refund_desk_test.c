/* links: app/core/ app/core/visit/ app/core/desk/ app/core/order/ app/core/terms/ ui/ids.c */
/* The refund desk: which payment, why, who agrees; and the shift that its cash belongs to. */
#include "app/core/desk/choices.h"
#include "tests/unit/core/desk/window_story.h"

static int begin_refunds(void **state) {
    (void)begin_window(state);
    p.setup.second_above.fen = 5000;
    strcpy(p.setup.cashier, "林晓");
    core_init(&p.core, &p.setup, p.now);
    call.in_cash = false;
    call.choices = (struct desk_choices){0};
    pay_first();
    return 0;
}

static struct event_staff asked(void) {
    const struct effect *effect = find_effect(EFFECT_STAFF, 0);
    assert_non_null(effect);
    assert_int_equal(effect->of.staff.ask, STAFF_ASK_PIN);
    assert_int_not_equal(effect->of.staff.tries, 0); /* it counts before it is checked */
    return (struct event_staff){.number = effect->number, .ask = STAFF_ASK_PIN};
}

static void hears_staff(struct event_staff answer, bool ok, const char *name) {
    answer.ok = ok;
    answer.person = ok;
    strcpy(answer.name, ok ? name : "");
    happens(&p, (struct event){.kind = EVENT_STAFF, .of.staff = answer});
}

static const char *missing(void) {
    return desk_refund_missing(window_now(), &p.core.setup);
}

static void nothing_goes_back_without_a_reason(void **state) {
    (void)state;
    wants_back("R1", 5000); /* not above the sum */
    presses(TOUCH_FUNCTION, 7);
    shows(SCREEN_DESK_REFUND);
    assert_string_equal(missing(), "desk.refund.why");
    types("9");
    assert_string_equal(missing(), "desk.refund.why");
    types("3");
    assert_int_equal(window_now()->why, REFUND_WHY_CARE);
    assert_string_equal(missing(), "");
    presses(TOUCH_FUNCTION, 7);
    shows(SCREEN_DESK_WAIT);
}

static void above_the_sum_somebody_else_agrees(void **state) {
    (void)state;
    uint32_t number = wants_back("R1", 5001);
    types("1");
    assert_string_equal(missing(), "desk.refund.second");
    presses(TOUCH_FUNCTION, 7);
    shows(SCREEN_DESK_REFUND);
    types("135790\n");
    hears_staff(asked(), false, "");
    assert_int_equal(window_now()->second, DESK_SECOND_WRONG);
    assert_int_equal(window_now()->typed[0], 0); /* it is not left there */
    types("135790\n");
    hears_staff(asked(), true, "林晓");
    assert_int_equal(window_now()->second, DESK_SECOND_SAME);
    assert_string_equal(missing(), "desk.refund.second");
    scans("135790"); /* a badge */
    hears_staff(asked(), true, "王主管");
    assert_string_equal(missing(), "");
    presses(TOUCH_FUNCTION, 7);
    assert_non_null(find_effect(EFFECT_CHOSEN, number));
    call.to_window = false;
    happens(&p,
            (struct event){.kind = EVENT_CALL, .of.call = {number, CALL_WISH_REFUND, &call.head}});
    const struct refund *refund = &p.core.book.orders[0].refunds[0];
    assert_int_equal(refund->why, REFUND_WHY_TWICE);
    assert_string_equal(refund->agreed_by, "王主管");
}

static void five_wrong_ones_pause_it(void **state) {
    (void)state;
    wants_back("R1", 8800);
    types("1");
    for (int i = 0; i < 5; i++) {
        types("111111\n");
        hears_staff(asked(), false, "");
    }
    types("135790\n");
    assert_null(find_effect(EFFECT_STAFF, 0));
    assert_int_equal(window_now()->second, DESK_SECOND_PAUSED);
}

/* A cashier's own PIN agrees to nothing, and gives no new tries at somebody else's: else the second
 * person's is found by who only knows their own, four guesses at a time. */
static void ones_own_pin_gives_no_new_tries_at_anothers(void **state) {
    (void)state;
    wants_back("R1", 8800);
    types("1");
    int guesses = 0;
    for (int round = 0; round < 100 && window_now()->second != DESK_SECOND_PAUSED; round++) {
        for (int i = 0; i < 4 && window_now()->second != DESK_SECOND_PAUSED; i++) {
            types("111111\n");
            if (find_effect(EFFECT_STAFF, 0) == NULL)
                break;
            hears_staff(asked(), false, "");
            guesses++;
        }
        if (window_now()->second == DESK_SECOND_PAUSED)
            break;
        types("135790\n"); /* the cashier's own, which is right */
        if (find_effect(EFFECT_STAFF, 0) != NULL)
            hears_staff(asked(), true, "林晓");
    }
    assert_int_equal(window_now()->second, DESK_SECOND_PAUSED);
    assert_true(guesses <= 5);
}

/* The caller's has nothing left; another of the same patient's has. */
static void another_payment_is_chosen(void **state) {
    (void)state;
    struct desk_choice other = {.way = DESK_WAY_CODE, .paid = {3000}, .paid_ms = 1};
    strcpy(other.caller_no, "N9");
    call.choices = (struct desk_choices){.count = 2, .rows = {other, desk_choice_of(&call.order)}};
    wants_back("R1", 8800);
    shows(SCREEN_DESK_REFUND);
    assert_string_equal(desk_chosen_payment(window_now())->caller_no, "N1");
    presses(TOUCH_PICK, 1);
    assert_string_equal(desk_chosen_payment(window_now())->caller_no, "N9");
    assert_int_equal(desk_window_call(window_now())->amount.fen, 3000);
    assert_int_equal(desk_window_call(window_now())->back.asked.fen, 8800);
}

/* A PIN that is still being checked was said to the payment that stood there then. */
static void who_agreed_to_one_payment_agreed_to_no_other(void **state) {
    (void)state;
    struct desk_choice other = {.way = DESK_WAY_CODE, .paid = {6000}, .paid_ms = 1};
    strcpy(other.caller_no, "N9");
    call.choices = (struct desk_choices){.count = 2, .rows = {other, desk_choice_of(&call.order)}};
    wants_back("R1", 8800);
    types("1");
    types("135790\n");
    struct event_staff checked = asked();
    presses(TOUCH_PICK, 1);
    assert_int_equal(window_now()->typed[0], 0);
    hears_staff(checked, true, "王主管");
    assert_string_equal(desk_chosen_payment(window_now())->caller_no, "N9");
    assert_string_equal(missing(), "desk.refund.second");
}

/* The cashier gives back less, never more; who agreed to one sum agreed to no other. */
static void less_goes_back_than_was_asked(void **state) {
    (void)state;
    uint32_t number = wants_back("R1", 8000);
    types("1135790\n"); /* why, and the second person's PIN */
    hears_staff(asked(), true, "王主管");
    assert_string_equal(missing(), "");
    presses(TOUCH_FUNCTION, 11);
    assert_string_equal(missing(), "desk.refund.amount");
    assert_string_equal(window_now()->agreed_by, "");
    scans("135790"); /* no badge now */
    assert_null(find_effect(EFFECT_STAFF, 0));
    types("80.01\n");
    assert_true(window_now()->amount_wrong && window_now()->amount_asked);
    types("0\n");
    assert_true(window_now()->amount_wrong);
    types("60.5");
    presses(TOUCH_CANCEL, 0); /* as it was */
    shows(SCREEN_DESK_REFUND);
    assert_int_equal(desk_window_call(window_now())->amount.fen, 8000);
    presses(TOUCH_FUNCTION, 11);
    types("30.5");
    presses(TOUCH_NEXT, 0);
    assert_int_equal(desk_window_call(window_now())->amount.fen, 3050);
    assert_string_equal(missing(), ""); /* below the sum nobody else need agree */
    presses(TOUCH_FUNCTION, 7);
    assert_non_null(find_effect(EFFECT_CHOSEN, number));
    call.to_window = false;
    happens(&p,
            (struct event){.kind = EVENT_CALL, .of.call = {number, CALL_WISH_REFUND, &call.head}});
    assert_int_equal(p.core.book.orders[0].refunds[0].amount.fen, 3050);
}

/* 80 are wanted, the cashier gives 30. */
static uint32_t less_goes_back(void) {
    call.to_window = true;
    uint32_t number = wants_back("R1", 8000);
    types("1");
    presses(TOUCH_FUNCTION, 11);
    types("30\n");
    presses(TOUCH_FUNCTION, 7);
    call.amount.fen = 3000;
    call.to_window = false;
    happens(&p,
            (struct event){.kind = EVENT_CALL, .of.call = {number, CALL_WISH_REFUND, &call.head}});
    writes();
    return number;
}

/* Called again with what was wanted first it is the refund that was made. */
static void less_stays_less_under_its_number(void **state) {
    (void)state;
    uint32_t number = less_goes_back();
    number = wants_back("R1", 8000); /* while it is under way */
    assert_int_equal(find_effect(EFFECT_CALL, number)->of.call.refusal, CALL_TAKEN);
    number = wants_back("R1", 2999);
    assert_int_equal(find_effect(EFFECT_CALL, number)->of.call.refusal, CALL_OTHER);
    assert_int_equal(p.core.book.orders[0].refund_count, 1);
}

/* ... with a window and without. */
static void a_refusal_is_tried_again_with_the_same_sum(void **state) {
    (void)state;
    (void)less_goes_back();
    platform_says(VERB_REFUND, OUTCOME_DECLINED, TRADE_NONE);
    writes();
    call.order = p.core.book.orders[0];
    presses(TOUCH_NEXT, 0);
    shows(SCREEN_DESK_IDLE);
    call.to_window = true;
    wants_back("R1", 8000);
    shows(SCREEN_DESK_REFUND);
    assert_int_equal(desk_window_call(window_now())->amount.fen, 3000);
    presses(TOUCH_FUNCTION, 11);
    assert_false(window_now()->amount_asked);
    presses(TOUCH_CANCEL, 0);
    call.to_window = false;
    wants_back("R1", 8000);
    assert_int_equal(p.core.book.orders[0].refunds[1].amount.fen, 3000);
}

static void what_can_go_back_stands_first(void **state) {
    (void)state;
    struct desk_choices choices = {0};
    struct order spent = call.order, fresh = call.order;
    spent.claims[0].state = CLAIM_REFUNDED;
    spent.claims[0].refunded = spent.claims[0].amount;
    spent.legs[0].paid_ms = 9000;
    strcpy(spent.caller_no, "N2");
    desk_choices_add(&choices, &spent, "");
    desk_choices_add(&choices, &fresh, "ONE_QR");
    desk_choices_add(&choices, &fresh, "CASH"); /* another channel's */
    assert_int_equal(choices.count, 2);
    assert_string_equal(choices.rows[0].caller_no, "N1");
    assert_int_equal(choices.rows[1].obstacle, CALL_NOTHING_LEFT);
    assert_int_equal(desk_choice_amount(&choices.rows[1], (struct fen){100}).fen, 0);
    for (int i = 0; i < DESK_CHOICES_MAX; i++)
        desk_choices_add(&choices, &fresh, "");
    assert_int_equal(choices.count, DESK_CHOICES_MAX);
    assert_true(choices.more);
}

static void what_is_wanted_in_cash_is_handed_out(void **state) {
    (void)state;
    call.in_cash = true;
    uint32_t number = wants_back("R1", 100);
    assert_true(desk_back_in_cash(desk_window_call(window_now())));
    types("4");
    presses(TOUCH_FUNCTION, 7);
    call.to_window = false;
    happens(&p,
            (struct event){.kind = EVENT_CALL, .of.call = {number, CALL_WISH_REFUND, &call.head}});
    assert_true(p.core.book.orders[0].refunds[0].in_cash);
    writes();
    platform_says(VERB_REFUND, OUTCOME_ACCEPTED, TRADE_NONE);
    writes();
    assert_non_null(find_effect(EFFECT_DRAWER, 0));
    static struct desk_day day;
    memset(&day, 0, sizeof day);
    adds_to_shift(&day, &p.core.book.orders[0]);
    assert_int_equal(desk_day_drawer(&day).fen, -100);
}

/* Cash that goes back as cash leaves the drawer once, whatever its caller says of the way: a refund
 * names no depositType. */
static void cash_goes_back_out_of_the_drawer_once(void **state) {
    (void)state;
    strcpy(p.core.book.orders[0].caller_channel, "CASH");
    strcpy(call.order.caller_channel, "CASH");
    call.in_cash = true;
    call.to_window = false;
    wants_back("R1", 100);
    writes();
    platform_says(VERB_REFUND, OUTCOME_ACCEPTED, TRADE_NONE);
    writes();
    static struct desk_day day;
    memset(&day, 0, sizeof day);
    adds_to_shift(&day, &p.core.book.orders[0]);
    assert_int_equal(desk_day_drawer(&day).fen, 8700);
}

/* ---- the shift ---- */

static void a_shift_ends_with_its_count(void **state) {
    (void)state;
    p.core.window.day.shift_ms = 1000;
    presses(TOUCH_FUNCTION, 12);
    assert_true(window_now()->shift_asked);
    presses(TOUCH_NEXT, 0); /* nothing is counted yet */
    assert_false(window_now()->shift_ending);
    types("80.5");
    presses(TOUCH_NEXT, 0);
    assert_int_equal(window_now()->shift_counted.fen, 8050);
    assert_true(finds(&p, VERB_SHIFT_END));
    presses(TOUCH_NEXT, 0); /* once */
    assert_false(finds(&p, VERB_SHIFT_END));
    happens(&p, answer_to_last(&p, OUTCOME_UNKNOWN)); /* it could not be written */
    assert_true(window_now()->shift_failed && window_now()->shift_asked);
    call.found = false;
    comes("N2"); /* whoever comes is not kept waiting */
    shows(SCREEN_DESK_PAY);
    assert_false(window_now()->shift_asked);
}

/* Paper that fails changes nothing, and is printed again. */
static void its_slip_is_printed(void **state) {
    (void)state;
    static struct desk_day next;
    next = (struct desk_day){.head.kind = DOCUMENT_DESK_DAY,
                             .ended = {.began_ms = 1000,
                                       .ended_ms = 9000,
                                       .taken = {8800},
                                       .returned = {800},
                                       .counted = {8050}}};
    p.core.window.day.shift_ms = 1000;
    presses(TOUCH_FUNCTION, 6);
    assert_null(find_effect(EFFECT_SLIP, 0)); /* none has ended yet */
    presses(TOUCH_FUNCTION, 12);
    types("80.5");
    presses(TOUCH_NEXT, 0);
    struct event written = answer_to_last(&p, OUTCOME_ACCEPTED);
    written.of.answer.document = &next.head;
    happens(&p, written);
    const struct effect *slip = find_effect(EFFECT_SLIP, 0);
    assert_non_null(slip);
    uint32_t job = slip->number;
    assert_int_equal(window_now()->ended.counted.fen, 8050);
    assert_int_equal(desk_shift_expected(&window_now()->ended).fen, 8000);
    presses(TOUCH_FUNCTION, 6);
    assert_null(find_effect(EFFECT_SLIP, 0)); /* it is under way */
    happens(&p, (struct event){.kind = EVENT_PRINTED, .of.printed = {job, PRINT_FAILED}});
    assert_int_equal(window_now()->slip, DESK_RECEIPT_FAILED);
    presses(TOUCH_FUNCTION, 6);
    assert_non_null(find_effect(EFFECT_SLIP, 0));
}

static void the_sums_are_the_shifts(void **state) {
    (void)state;
    static struct desk_day day;
    memset(&day, 0, sizeof day);
    struct order order = call.order;
    desk_day_add(&day, &order, &(struct order_since){.opened = false});
    assert_int_equal(day.count, 1); /* seen, and of the shift before */
    assert_int_equal(day.shift_calls, 0);
    assert_int_equal(day.totals[DESK_WAY_CODE].paid.fen, 0);
    adds_to_shift(&day, &order);
    assert_int_equal(day.count, 2);
    assert_int_equal(day.shift_calls, 1);
    assert_int_equal(day.totals[DESK_WAY_CODE].paid.fen, 8800);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(nothing_goes_back_without_a_reason, begin_refunds),
        cmocka_unit_test_setup(above_the_sum_somebody_else_agrees, begin_refunds),
        cmocka_unit_test_setup(five_wrong_ones_pause_it, begin_refunds),
        cmocka_unit_test_setup(ones_own_pin_gives_no_new_tries_at_anothers, begin_refunds),
        cmocka_unit_test_setup(another_payment_is_chosen, begin_refunds),
        cmocka_unit_test_setup(who_agreed_to_one_payment_agreed_to_no_other, begin_refunds),
        cmocka_unit_test_setup(less_goes_back_than_was_asked, begin_refunds),
        cmocka_unit_test_setup(less_stays_less_under_its_number, begin_refunds),
        cmocka_unit_test_setup(a_refusal_is_tried_again_with_the_same_sum, begin_refunds),
        cmocka_unit_test_setup(what_can_go_back_stands_first, begin_refunds),
        cmocka_unit_test_setup(what_is_wanted_in_cash_is_handed_out, begin_refunds),
        cmocka_unit_test_setup(cash_goes_back_out_of_the_drawer_once, begin_refunds),
        cmocka_unit_test_setup(a_shift_ends_with_its_count, begin_refunds),
        cmocka_unit_test_setup(its_slip_is_printed, begin_refunds),
        cmocka_unit_test_setup(the_sums_are_the_shifts, begin_refunds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
