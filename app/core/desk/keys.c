/* What the cashier presses, types and scans. */
#include <string.h>

#include "app/core/desk/parts.h"
#include "app/core/terms/codes.h"
#include "app/core/terms/copy.h"

#define STAFF_PIN_MAX 12 /* digits */

/* ---- how it is paid ---- */

static bool may_choose(const struct desk_window *window) {
    return window->screen == SCREEN_DESK_PAY || window->screen == SCREEN_DESK_CASH ||
           (window->screen == SCREEN_DESK_WAIT && !window->payment.chosen);
}

/* The phone has still to be held out, and cash to be counted: a code is shown at once, and a pinpad
 * asks for the card itself. */
static void press_way(struct desk_turn turn, enum desk_way way) {
    if (!may_choose(turn.window) ||
        desk_way_obstacle(turn.window, desk_around_of(turn), way)[0] != '\0')
        return;
    turn.window->payment.way = way;
    if (way == DESK_WAY_PHONE)
        desk_go(turn, SCREEN_DESK_WAIT);
    else if (way == DESK_WAY_CASH)
        desk_go(turn, SCREEN_DESK_CASH);
    else
        desk_choose(turn, way);
}

static bool waits_for_code(const struct desk_window *window) {
    return window->screen == SCREEN_DESK_PAY ||
           (window->screen == SCREEN_DESK_WAIT && !window->payment.chosen);
}

/* A phone that lay there when the call came was held out for the one before it. */
static bool came_with_call(struct desk_turn turn) {
    const struct desk_window *window = turn.window;
    return window->screen == SCREEN_DESK_PAY &&
           turn.book.now.mono_ms < window->since_mono_ms + turn.book.setup->limits.guard_ms;
}

/* The patient's e-insurance code: the insurance pays, no key is needed. True: it was one. */
static bool take_insured_code(struct desk_turn turn, const char *code) {
    const struct core_setup *setup = turn.book.setup;
    struct desk_window *window = turn.window;
    if (!waits_for_code(window) ||
        code_identity(setup->code_rules, setup->code_rule_count, code) != IDENTITY_E_INSURANCE)
        return false;
    window->wrong_code = false;
    desk_forget_code(window);
    window->insured_code =
        desk_way_obstacle(window, desk_around_of(turn), DESK_WAY_INSURED)[0] != '\0';
    window->revision++;
    if (window->insured_code)
        return true;
    text_copy(window->payment.pay_code, sizeof window->payment.pay_code, code);
    if (setup->policy.insured_decodes)
        desk_ask_gateway(turn);
    else
        desk_choose(turn, DESK_WAY_INSURED);
    return true;
}

static void take_pay_code(struct desk_turn turn, const struct event_scan *scan) {
    struct desk_window *window = turn.window;
    const char *code = code_after_aim(scan->text);
    if (!waits_for_code(window) ||
        desk_way_obstacle(window, desk_around_of(turn), DESK_WAY_PHONE)[0] != '\0')
        return;
    window->insured_code = false;
    desk_forget_code(window);
    window->wrong_code = scan->length == 0 || code_pay_channel(code) == CHANNEL_NONE;
    window->revision++;
    if (window->wrong_code)
        return;
    text_copy(window->payment.pay_code, sizeof window->payment.pay_code, code);
    desk_choose(turn, DESK_WAY_PHONE);
}

/* A badge at the scanner is the second person's PIN. */
static void take_badge(struct desk_turn turn, const struct event_scan *scan) {
    struct desk_window *window = turn.window;
    size_t length = strlen(scan->text);
    if (window->screen != SCREEN_DESK_REFUND || window->amount_asked ||
        !desk_second_missing(window, turn.book.setup) || length == 0 || length > STAFF_PIN_MAX)
        return;
    text_copy(window->typed, sizeof window->typed, scan->text);
    desk_ask_second(turn);
}

/* ---- cash ---- */

static void type_note(struct desk_turn turn, int n) {
    struct fen notes[DESK_NOTES_MAX];
    char text[MONEY_TEXT_SIZE];
    if (n < 1 || n > desk_usual_notes(turn.window->waiting[0].amount, notes))
        return;
    text_copy(turn.window->typed, sizeof turn.window->typed, money_format(notes[n - 1], text));
    turn.window->too_little = false;
    turn.window->revision++;
}

/* Digits, one point, two of them behind it. */
static bool fits_amount(const char *typed, char key) {
    const char *point = strchr(typed, '.');
    if (key == '.')
        return point == NULL && typed[0] != '\0';
    return key >= '0' && key <= '9' && (point != NULL ? strlen(point) < 3 : strlen(typed) < 8);
}

/* Once it is said why, what is typed is the second person's PIN. */
static void type_at_refund(struct desk_turn turn, char key) {
    struct desk_window *window = turn.window;
    size_t length = strlen(window->typed);
    bool digit = key >= '0' && key <= '9';
    if (key == '\n') {
        desk_ask_second(turn);
        return;
    }
    if (window->why == REFUND_WHY_NONE || !desk_second_missing(window, turn.book.setup)) {
        desk_pick_why(turn, digit ? key - '0' : 0);
        return;
    }
    if (key == KEY_DELETE && length > 0)
        window->typed[length - 1] = '\0';
    else if (digit && length < STAFF_PIN_MAX)
        window->typed[length] = key;
    else
        return;
    window->second = DESK_SECOND_NONE;
    window->revision++;
}

static void type_amount_key(struct desk_turn turn, char key) {
    char *typed = turn.window->typed;
    size_t length = strlen(typed);
    if (key == KEY_DELETE && length > 0)
        typed[length - 1] = '\0';
    else if (fits_amount(typed, key) && length + 1 < DESK_TYPED_SIZE)
        typed[length] = key;
    else
        return;
    turn.window->too_little = turn.window->amount_wrong = false;
    turn.window->revision++;
}

static void type_key(struct desk_turn turn, char key) {
    const struct desk_window *window = turn.window;
    if (window->amount_asked && key == '\n')
        desk_take_amount(turn);
    else if (window->screen == SCREEN_DESK_CASH || window->shift_asked || window->amount_asked)
        type_amount_key(turn, key);
    else if (window->screen == SCREEN_DESK_REFUND)
        type_at_refund(turn, key);
}

static void take_cash(struct desk_turn turn) {
    struct desk_window *window = turn.window;
    struct fen received = desk_received(window);
    if (received.fen < window->waiting[0].amount.fen) {
        window->too_little = true;
        window->revision++;
        return;
    }
    window->payment.received = received;
    desk_open_drawer(turn);
    desk_choose(turn, DESK_WAY_CASH);
}

/* ---- keys ---- */

static void take_payment_back(struct desk_turn turn) {
    struct desk_payment *payment = &turn.window->payment;
    if (!payment->chosen) {
        payment->way = DESK_WAY_NONE;
        desk_go(turn, SCREEN_DESK_PAY);
        return;
    }
    payment->cancel_wanted = true;
    turn.window->revision++;
    if (payment->slot >= 0)
        book_cancel(turn.book, payment->slot);
}

static void press_escape(struct desk_turn turn) {
    struct desk_window *window = turn.window;
    bool named = window->waiting_count > 0 && window->waiting[0].named != DESK_WAY_NONE;
    if (window->helps) { /* what it covers is not let go by chance */
        window->helps = false;
        window->revision++;
        return;
    }
    if (window->looking) {
        desk_next_call(turn);
        return;
    }
    if (window->shift_asked)
        desk_count_shift(turn);
    if (window->amount_asked) {
        desk_type_amount(turn);
        return;
    }
    if (!desk_window_cancellable(window))
        return;
    if (window->screen == SCREEN_DESK_PAY || window->screen == SCREEN_DESK_REFUND ||
        (window->screen == SCREEN_DESK_CASH && named))
        desk_let_go(turn);
    else if (window->screen == SCREEN_DESK_CASH)
        desk_go(turn, SCREEN_DESK_PAY);
    else
        take_payment_back(turn);
}

static void press_enter(struct desk_turn turn) {
    switch (turn.window->screen) {
    case SCREEN_DESK_CASH:
        take_cash(turn);
        return;
    case SCREEN_DESK_REFUND:
        if (turn.window->amount_asked)
            desk_take_amount(turn);
        else
            desk_ask_second(turn);
        return;
    case SCREEN_DESK_IDLE:
        desk_end_shift(turn);
        return;
    case SCREEN_DESK_WAIT:
        if (desk_window_leavable(turn.window))
            desk_next_call(turn);
        return;
    case SCREEN_DESK_RESULT:
        desk_next_call(turn);
        return;
    default:
        return;
    }
}

/* Beyond what was read the next rows are read. */
static void turn_day_page(struct desk_turn turn, int by) {
    struct desk_window *window = turn.window;
    int pages = (window->day.count + DESK_ROWS_A_PAGE - 1) / DESK_ROWS_A_PAGE;
    int page = window->page + by;
    bool older = page >= pages && window->day.skip + window->day.count < window->day.whole;
    bool newer = page < 0 && window->day.skip > 0;
    if (older || newer) {
        window->day_skip = window->day.skip + (older ? DESK_ROWS_MAX : -DESK_ROWS_MAX);
        window->day_stale = true;
        page = older ? 0 : DESK_ROWS_MAX / DESK_ROWS_A_PAGE - 1;
    } else if (page < 0 || page >= pages) {
        return;
    }
    window->page = page;
    window->revision++;
}

#define REPRINT_KEY 6
#define REFUND_KEY 7
#define ASK_KEY 8
#define HELP_KEY 9
#define AMOUNT_KEY 11
#define SHIFT_KEY 12

static void press_refund(struct desk_turn turn) {
    const struct desk_choice *choice = desk_chosen_payment(turn.window);
    if (turn.window->screen == SCREEN_DESK_REFUND &&
        desk_refund_missing(turn.window, turn.book.setup)[0] == '\0')
        desk_choose(turn, choice->way);
}

static void press_function(struct desk_turn turn, int n) {
    if (n > DESK_WAY_NONE && n <= DESK_WAY_CASH)
        press_way(turn, (enum desk_way)n);
    else if (n == REPRINT_KEY)
        desk_print_again(turn);
    else if (n == REFUND_KEY)
        press_refund(turn);
    else if (n == ASK_KEY)
        desk_ask_now(turn);
    else if (n == AMOUNT_KEY)
        desk_type_amount(turn);
    else if (n == SHIFT_KEY)
        desk_count_shift(turn);
    else if (n == HELP_KEY) {
        turn.window->helps = !turn.window->helps;
        turn.window->revision++;
    }
}

static void press(struct desk_turn turn, struct touch touch) {
    struct desk_window *window = turn.window;
    switch (touch.kind) {
    case TOUCH_FUNCTION:
        press_function(turn, touch.n);
        return;
    case TOUCH_CANCEL:
        press_escape(turn);
        return;
    case TOUCH_NEXT:
        press_enter(turn);
        return;
    case TOUCH_AMOUNT:
        if (window->screen == SCREEN_DESK_CASH)
            type_note(turn, touch.n);
        else if (window->screen == SCREEN_DESK_REFUND)
            desk_pick_why(turn, touch.n);
        return;
    case TOUCH_PICK:
        if (window->screen == SCREEN_DESK_REFUND)
            desk_pick_payment(turn, touch.n);
        else
            desk_look_at(turn, touch.n);
        return;
    case TOUCH_REPRINT:
        desk_print_row(turn, touch.n);
        return;
    case TOUCH_LESS:
        turn_day_page(turn, -1);
        return;
    case TOUCH_MORE:
        turn_day_page(turn, 1);
        return;
    case TOUCH_LANG:
        window->language = window->language == LANGUAGE_ZH ? LANGUAGE_EN : LANGUAGE_ZH;
        window->revision++;
        return;
    default:
        return;
    }
}

void desk_window_hear(struct desk_turn turn, const struct event *event) {
    const struct desk_window *window = turn.window;
    switch (event->kind) {
    case EVENT_TOUCH:
        if (event->of.touch.screen == window->screen &&
            event->of.touch.revision == window->revision)
            press(turn, event->of.touch.touch);
        return;
    case EVENT_TEXT:
        type_key(turn, event->of.text.key);
        return;
    case EVENT_SCAN:
        if (came_with_call(turn)) {
            turn.window->early_code = true;
            turn.window->revision++;
            return;
        }
        turn.window->early_code = false;
        if (!take_insured_code(turn, code_after_aim(event->of.scan.text)))
            take_pay_code(turn, &event->of.scan);
        take_badge(turn, &event->of.scan);
        return;
    default:
        return;
    }
}
