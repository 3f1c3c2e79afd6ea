/* links: app/core/ app/core/visit/ app/core/desk/ app/core/order/ app/core/terms/ ui/ids.c */
/* The list of the day: a call of it looked at again, asked about, and its receipt. */

#include "tests/unit/core/desk/window_story.h"

static void only_what_is_there_is_looked_at(void **state) {
    (void)state;
    struct desk_window *window = &p.core.window;
    window->day.count = 1;
    strcpy(window->day.rows[0].order_no, "26112011247K00010000");
    presses(TOUCH_PICK, 0);
    presses(TOUCH_PICK, 2);
    presses(TOUCH_MORE, 0); /* one page */
    assert_int_equal(window->page, 0);
    assert_int_equal(window->reopen_request, 0);
    presses(TOUCH_PICK, 1);
    assert_true(finds(&p, VERB_REOPEN));
    assert_string_equal(window->payment.order_no, "26112011247K00010000");
}

/* The journal has the order that is looked at so. */
static void is_read_again(const struct order *order) {
    static struct order_document again = {.head.kind = DOCUMENT_ORDER};
    again.order = *order;
    assert_true(finds(&p, VERB_REOPEN));
    struct event reopened = answer_to_last(&p, OUTCOME_ACCEPTED);
    reopened.of.answer.document = &again.head;
    happens(&p, reopened);
}

/* "Did it go through?": F8 asks at once, and what comes of it is shown without looking anew. */
static void what_is_undecided_can_be_asked_about_from_the_list(void **state) {
    (void)state;
    choose_code("N1");
    platform_says(VERB_PLACE, OUTCOME_UNKNOWN, TRADE_NONE);
    pass(&p, 16000);
    assert_true(desk_window_asks(window_now())); /* here */
    presses(TOUCH_NEXT, 0);
    shows(SCREEN_DESK_IDLE);
    assert_false(desk_window_asks(window_now()));
    p.core.window.day.count = 1;
    memcpy(p.core.window.day.rows[0].order_no, p.core.book.orders[0].no, ORDER_NO_SIZE);
    presses(TOUCH_PICK, 1);
    is_read_again(&p.core.book.orders[0]);
    shows(SCREEN_DESK_RESULT);
    assert_true(desk_window_asks(window_now()));
    struct desk_window unsure = *window_now();
    unsure.payment.news = CALL_UNSURE; /* the insurance may settle it yet */
    assert_true(desk_window_asks(&unsure));
    unsure.payment.news = CALL_UNPAID;
    assert_false(desk_window_asks(&unsure));
    presses(TOUCH_FUNCTION, 8);
    assert_false(desk_window_asks(window_now())); /* it is being read */
    is_read_again(&p.core.book.orders[0]);
    platform_says(VERB_ASK, OUTCOME_ACCEPTED, TRADE_PAID);
    static struct order paid;
    paid = p.core.book.orders[0];
    writes();
    is_read_again(&paid);
    shows(SCREEN_DESK_RESULT);
    assert_int_equal(window_now()->payment.news, CALL_PAID);
    assert_false(desk_window_asks(window_now()));
}

/* Esc closes what was opened last, and nothing below it. */
static void escape_closes_the_help_and_what_was_looked_at(void **state) {
    (void)state;
    uint32_t number = comes("N1");
    presses(TOUCH_FUNCTION, 9);
    assert_true(window_now()->helps);
    presses(TOUCH_CANCEL, 0);
    assert_false(window_now()->helps);
    assert_null(find_effect(EFFECT_CALL, number)); /* the call is not let go */
    shows(SCREEN_DESK_PAY);
    presses(TOUCH_CANCEL, 0);
    assert_non_null(find_effect(EFFECT_CALL, number));
    shows(SCREEN_DESK_IDLE);
    static struct order looked_at;
    strcpy(looked_at.no, "26112011247K00010000");
    looked_at.leg_count = 1;
    p.core.window.day.count = 1;
    presses(TOUCH_PICK, 1);
    is_read_again(&looked_at);
    shows(SCREEN_DESK_RESULT);
    presses(TOUCH_CANCEL, 0);
    shows(SCREEN_DESK_IDLE);
    assert_false(window_now()->looking);
}

static void paper_comes_when_it_is_asked_for(void **state) {
    (void)state;
    p.core.setup.has_printer = p.core.setup.receipt_on_request = true;
    choose_code("N1");
    platform_says(VERB_PLACE, OUTCOME_ACCEPTED, TRADE_PAID);
    writes();
    shows(SCREEN_DESK_RESULT);
    assert_null(find_effect(EFFECT_PRINT, 0));
    assert_true(desk_window_prints(window_now(), &p.core.setup));
    p.core.setup.has_printer = false;
    assert_false(desk_window_prints(window_now(), &p.core.setup));
}

static void paper_of_a_call_is_no_other_calls(void **state) {
    (void)state;
    p.core.setup.has_printer = true;
    choose_code("N1");
    platform_says(VERB_PLACE, OUTCOME_ACCEPTED, TRADE_PAID);
    writes();
    const struct effect *print = find_effect(EFFECT_PRINT, 0);
    assert_non_null(print);
    uint32_t job = print->number;
    assert_int_equal(window_now()->receipt, DESK_RECEIPT_PRINTING);
    static struct order_document again = {.head.kind = DOCUMENT_ORDER};
    again.order = p.core.book.orders[window_now()->payment.slot];
    pass(&p, DESK_RESULT_MS + 1);
    p.core.window.day.count = 1;
    presses(TOUCH_PICK, 1);
    assert_true(finds(&p, VERB_REOPEN));
    struct event reopened = answer_to_last(&p, OUTCOME_ACCEPTED);
    reopened.of.answer.document = &again.head;
    happens(&p, reopened);
    assert_true(window_now()->looking);
    assert_int_equal(window_now()->print_job, 0);
    presses(TOUCH_NEXT, 0);
    p.core.window.print_job = job;
    comes("N2");
    happens(&p, (struct event){.kind = EVENT_PRINTED,
                               .of.printed = {.job = job, .outcome = PRINT_DONE}});
    assert_int_equal(window_now()->receipt, DESK_RECEIPT_NONE);
}

/* ---- the receipt of a row, without looking at it ---- */

static void list_has_rows(int count) {
    p.core.setup.has_printer = true;
    p.core.window.day.count = count;
    for (int i = 0; i < count; i++) {
        struct desk_row *row = &p.core.window.day.rows[i];
        snprintf(row->order_no, sizeof row->order_no, "26112011247K0001000%c", (char)('0' + i));
        snprintf(row->caller_no, sizeof row->caller_no, "N%d", i);
    }
}

static void is_printed(enum print_outcome outcome) {
    happens(&p, (struct event){.kind = EVENT_PRINTED,
                               .of.printed = {window_now()->print_job, outcome}});
}

static void a_row_is_printed_and_the_list_stays(void **state) {
    (void)state;
    static struct order_document read = {.head.kind = DOCUMENT_ORDER};
    pay_first();
    read.order = call.order;
    is_printed(PRINT_DONE);
    list_has_rows(3);
    memcpy(p.core.window.day.rows[1].order_no, read.order.no, ORDER_NO_SIZE);
    presses(TOUCH_REPRINT, 4); /* there is none */
    assert_false(finds(&p, VERB_REOPEN));
    presses(TOUCH_REPRINT, 2);
    assert_true(finds(&p, VERB_REOPEN));
    assert_string_equal(window_now()->payment.order_no, read.order.no);
    assert_false(desk_row_prints(window_now(), &p.core.setup)); /* one at a time */
    struct event answer = answer_to_last(&p, OUTCOME_ACCEPTED);
    answer.of.answer.document = &read.head;
    presses(TOUCH_PICK, 3);
    assert_false(finds(&p, VERB_REOPEN)); /* it would be the end of that paper */
    happens(&p, answer);
    const struct effect *print = find_effect(EFFECT_PRINT, 0);
    assert_non_null(print);
    assert_true(print->of.print.reprint);
    assert_string_equal(p.core.book.orders[print->to.index].no, read.order.no);
    shows(SCREEN_DESK_IDLE);
    assert_string_equal(window_now()->look.caller_no, "N1");
    is_printed(PRINT_DONE);
    assert_int_equal(window_now()->receipt, DESK_RECEIPT_PRINTED);
    presses(TOUCH_REPRINT, 1);
    assert_true(finds(&p, VERB_REOPEN));
}

static void a_row_that_cannot_be_read_has_no_paper(void **state) {
    (void)state;
    list_has_rows(1);
    presses(TOUCH_REPRINT, 1);
    assert_true(finds(&p, VERB_REOPEN));
    assert_int_equal(window_now()->receipt, DESK_RECEIPT_PRINTING);
    happens(&p, answer_to_last(&p, OUTCOME_UNKNOWN));
    assert_int_equal(window_now()->receipt, DESK_RECEIPT_FAILED);
    assert_null(find_effect(EFFECT_PRINT, 0));
    assert_true(desk_row_prints(window_now(), &p.core.setup));
}

static void without_a_printer_or_a_row_nothing_is_printed(void **state) {
    (void)state;
    list_has_rows(0);
    assert_false(desk_window_prints(window_now(), &p.core.setup));
    list_has_rows(1);
    assert_true(desk_window_prints(window_now(), &p.core.setup));
    p.core.setup.has_printer = false;
    assert_false(desk_window_prints(window_now(), &p.core.setup));
    presses(TOUCH_REPRINT, 1);
    assert_false(finds(&p, VERB_REOPEN));
    list_has_rows(1);
    comes("N2"); /* a call's window has no list */
    presses(TOUCH_REPRINT, 1);
    assert_false(finds(&p, VERB_REOPEN));
}

/* F6 says once what it prints: the slip that is not on paper, then rows again. */
static void a_slip_that_failed_goes_first(void **state) {
    (void)state;
    list_has_rows(1);
    struct desk_window *window = &p.core.window;
    window->day.shift_ms = 1000;
    window->ended = (struct desk_shift){.began_ms = 1000, .ended_ms = 9000};
    window->slip = DESK_RECEIPT_FAILED;
    assert_false(desk_row_prints(window, &p.core.setup));
    presses(TOUCH_REPRINT, 1);
    assert_false(finds(&p, VERB_REOPEN));
    presses(TOUCH_FUNCTION, 6);
    const struct effect *slip = find_effect(EFFECT_SLIP, 0);
    assert_non_null(slip);
    assert_false(desk_window_prints(window, &p.core.setup)); /* the printer has it */
    happens(&p, (struct event){.kind = EVENT_PRINTED, .of.printed = {slip->number, PRINT_DONE}});
    presses(TOUCH_FUNCTION, 6); /* it is there */
    assert_null(find_effect(EFFECT_SLIP, 0));
    assert_true(desk_row_prints(window, &p.core.setup));
    presses(TOUCH_FUNCTION, 12); /* where a shift is counted, the last one's slip comes again */
    presses(TOUCH_FUNCTION, 6);
    assert_non_null(find_effect(EFFECT_SLIP, 0));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(only_what_is_there_is_looked_at, begin_window),
        cmocka_unit_test_setup(what_is_undecided_can_be_asked_about_from_the_list, begin_window),
        cmocka_unit_test_setup(escape_closes_the_help_and_what_was_looked_at, begin_window),
        cmocka_unit_test_setup(paper_comes_when_it_is_asked_for, begin_window),
        cmocka_unit_test_setup(paper_of_a_call_is_no_other_calls, begin_window),
        cmocka_unit_test_setup(a_row_is_printed_and_the_list_stays, begin_window),
        cmocka_unit_test_setup(a_row_that_cannot_be_read_has_no_paper, begin_window),
        cmocka_unit_test_setup(without_a_printer_or_a_row_nothing_is_printed, begin_window),
        cmocka_unit_test_setup(a_slip_that_failed_goes_first, begin_window),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
