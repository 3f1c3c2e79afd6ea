/* A call of today looked at again, and its receipt. */
#include <string.h>

#include "app/core/desk/parts.h"

#include "app/core/order/payments.h"
#include "app/core/terms/copy.h"

/* ---- a row of today ---- */

static void fill_look(struct desk_window *window, const struct desk_row *row) {
    struct desk_waiting *look = &window->look;
    *look = (struct desk_waiting){.service = row->service,
                                  .account_type = row->account_type,
                                  .amount = row->amount,
                                  .since_ms = row->created_ms};
    memcpy(look->caller_no, row->caller_no, sizeof look->caller_no);
    memcpy(look->masked_name, row->masked_name, sizeof look->masked_name);
    text_wipe(&window->payment, sizeof window->payment);
    window->payment = (struct desk_payment){.slot = -1, .way = row->way};
    memcpy(window->payment.order_no, row->order_no, sizeof window->payment.order_no);
}

/* The order of the screen is read from the journal, as it is there. */
static void reopen(struct desk_turn turn, enum desk_reopen why) {
    struct effect *effect = desk_add_effect(turn.book.out, 0);
    effect->kind = EFFECT_SEND;
    effect->to = (struct address){ADDRESS_TERMINAL, 0};
    effect->number = turn.window->reopen_request = book_take_number(turn.book.book);
    effect->of.send.verb = VERB_REOPEN;
    turn.window->reopens = why;
}

/* The n-th of the page; NULL: there is none, or another one is being read. */
static const struct desk_row *row_of_page(const struct desk_window *window, int n) {
    int row = window->page * DESK_ROWS_A_PAGE + n - 1;
    bool listed = window->screen == SCREEN_DESK_IDLE && n >= 1 && row < window->day.count;
    return listed && window->reopen_request == 0 ? &window->day.rows[row] : NULL;
}

void desk_look_at(struct desk_turn turn, int n) {
    const struct desk_row *row = row_of_page(turn.window, n);
    if (row == NULL)
        return;
    fill_look(turn.window, row);
    reopen(turn, DESK_REOPEN_TO_SHOW);
}

/* ---- paper ---- */

static void print_slot(struct desk_turn turn, int slot, bool reprint) {
    struct effect *effect = desk_add_effect(turn.book.out, slot);
    effect->kind = EFFECT_PRINT;
    effect->number = turn.window->print_job = book_take_number(turn.book.book);
    effect->of.print.reprint = reprint;
    turn.window->receipt = DESK_RECEIPT_PRINTING;
    turn.window->revision++;
}

void desk_open_drawer(struct desk_turn turn) {
    struct effect *drawer = desk_add_effect(turn.book.out, 0);
    drawer->kind = EFFECT_DRAWER;
    drawer->number = book_take_number(turn.book.book);
}

void desk_print_paid(struct desk_turn turn, int slot) {
    turn.window->receipt = DESK_RECEIPT_NONE;
    if (turn.book.setup->has_printer && !turn.book.setup->receipt_on_request)
        print_slot(turn, slot, false);
}

bool desk_window_prints(const struct desk_window *window, const struct core_setup *setup) {
    if (window->screen == SCREEN_DESK_IDLE)
        return desk_slip_prints(window, setup) || desk_row_prints(window, setup);
    return setup->has_printer && window->screen == SCREEN_DESK_RESULT &&
           window->payment.order_no[0] != '\0' && window->receipt != DESK_RECEIPT_PRINTING &&
           window->reopen_request == 0;
}

void desk_print_again(struct desk_turn turn) {
    if (!desk_window_prints(turn.window, turn.book.setup))
        return;
    if (turn.window->screen != SCREEN_DESK_IDLE)
        reopen(turn, DESK_REOPEN_TO_PRINT);
    else if (desk_slip_prints(turn.window, turn.book.setup))
        desk_print_slip(turn);
}

/* The slip of a shift that is not on paper goes first. */
bool desk_row_prints(const struct desk_window *window, const struct core_setup *setup) {
    return setup->has_printer && row_of_page(window, 1) != NULL && !window->shift_asked &&
           window->slip_job == 0 && window->print_job == 0 && !desk_slip_prints(window, setup);
}

void desk_print_row(struct desk_turn turn, int n) {
    const struct desk_row *row = row_of_page(turn.window, n);
    if (row == NULL || !desk_row_prints(turn.window, turn.book.setup))
        return;
    fill_look(turn.window, row);
    turn.window->slip = DESK_RECEIPT_NONE;
    turn.window->receipt = DESK_RECEIPT_PRINTING;
    turn.window->revision++;
    reopen(turn, DESK_REOPEN_TO_PRINT);
}

void desk_window_printed(struct desk_turn turn, const struct event_printed *printed) {
    static const enum desk_receipt ends[] = {[PRINT_DONE] = DESK_RECEIPT_PRINTED,
                                             [PRINT_FAILED] = DESK_RECEIPT_FAILED,
                                             [PRINT_UNKNOWN] = DESK_RECEIPT_UNKNOWN};
    if (turn.window->slip_job != 0 && printed->job == turn.window->slip_job) {
        turn.window->slip_job = 0;
        turn.window->slip = ends[printed->outcome];
        turn.window->revision++;
    }
    if (turn.window->print_job == 0 || printed->job != turn.window->print_job)
        return;
    turn.window->print_job = 0;
    turn.window->receipt = ends[printed->outcome];
    turn.window->revision++;
}

/* ---- what nobody has decided ---- */

bool desk_window_asks(const struct desk_window *window) {
    enum call_news news = window->payment.news;
    bool undecided = news == CALL_UNDER_WAY || news == CALL_PLACED || news == CALL_UNSURE;
    return desk_window_leavable(window) ||
           (window->looking && undecided && window->reopen_request == 0);
}

void desk_ask_now(struct desk_turn turn) {
    const struct desk_payment *payment = &turn.window->payment;
    if (!desk_window_asks(turn.window))
        return;
    if (turn.window->looking)
        reopen(turn, DESK_REOPEN_TO_ASK);
    else if (payment->slot >= 0)
        book_ask_person(turn.book, &turn.book.book->orders[payment->slot].person.keys);
}

void desk_look_again(struct desk_turn turn) {
    if (turn.window->looking && turn.window->reopen_request == 0)
        reopen(turn, DESK_REOPEN_CHANGED);
}

/* ---- what was read ---- */

static void show_again(struct desk_turn turn, const struct order *order) {
    turn.window->looking = true;
    turn.window->receipt = DESK_RECEIPT_NONE;
    turn.window->print_job = 0; /* of the call before it */
    desk_note_facts(&turn.window->payment, order);
    turn.window->payment.received = order->received;
    desk_go(turn, SCREEN_DESK_RESULT);
}

static void no_paper(struct desk_turn turn) {
    turn.window->receipt = DESK_RECEIPT_FAILED;
    turn.window->revision++;
}

static void print_order(struct desk_turn turn, const struct order *order) {
    int slot = book_reopen(turn.book, order, -1);
    if (slot >= 0)
        print_slot(turn, slot, true);
    else
        no_paper(turn);
}

bool desk_window_reopened(struct desk_turn turn, const struct event_answer *answer) {
    struct desk_window *window = turn.window;
    if (window->reopen_request == 0 || window->reopen_request != answer->request)
        return false;
    const struct document *document = document_if(answer->document, DOCUMENT_ORDER);
    window->reopen_request = 0;
    if (document == NULL) {
        if (window->reopens == DESK_REOPEN_TO_PRINT)
            no_paper(turn);
        return true;
    }
    const struct order *order = &((const struct order_document *)(const void *)document)->order;
    switch (window->reopens) {
    case DESK_REOPEN_TO_SHOW:
        show_again(turn, order);
        break;
    case DESK_REOPEN_TO_PRINT:
        print_order(turn, order);
        break;
    case DESK_REOPEN_TO_ASK:
        if (book_reopen(turn.book, order, -1) >= 0)
            book_ask_person(turn.book, &order->person.keys);
        break;
    case DESK_REOPEN_CHANGED:
        desk_note_facts(&window->payment, order);
        break;
    }
    window->revision++;
    return true;
}
