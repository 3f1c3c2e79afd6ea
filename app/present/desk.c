/* The cashier's window: the call on it, what became of it, today's calls. */
#include <string.h>

#include "app/core/order/shares.h"
#include "app/core/terms/policy.h"
#include "app/present/parts.h"

/* ---- words of rows ---- */

static const char *const way_keys[DESK_WAY_COUNT] = {
    [DESK_WAY_NONE] = "",
    [DESK_WAY_PHONE] = "desk.way.phone",
    [DESK_WAY_CODE] = "desk.way.code",
    [DESK_WAY_POS1] = "desk.way.pos1",
    [DESK_WAY_POS2] = "desk.way.pos2",
    [DESK_WAY_CASH] = "desk.way.cash",
    [DESK_WAY_FACE] = "desk.way.face",
};

static const char *desk_what_key(enum service service, enum account_type type) {
    if (service == SERVICE_BILLS)
        return "desk.what.bills";
    return type == ACCOUNT_INPATIENT ? "desk.what.inpatient" : "desk.what.outpatient";
}

/* What became of a call, in the few words of a row. */
static const struct {
    enum view_tone tone;
    const char *key;
} row_words[VERDICT_COUNT] = {
    [VERDICT_NONE] = {TONE_WAIT, "desk.row.unknown"},
    [VERDICT_CREDITED] = {TONE_GOOD, "desk.row.credited"},
    [VERDICT_UNPROVEN] = {TONE_WAIT, "desk.row.unproven"},
    [VERDICT_ASKING] = {TONE_WAIT, "desk.row.asking"},
    [VERDICT_UNKNOWN] = {TONE_WAIT, "desk.row.unknown"},
    [VERDICT_RETURNED] = {TONE_RETURNED, "desk.row.returned"},
    [VERDICT_PARTLY] = {TONE_RETURNED, "desk.row.partly"},
    [VERDICT_WINDOW] = {TONE_WINDOW, "desk.row.window"},
    [VERDICT_NOT_PAID] = {TONE_NOT_PAID, "desk.row.not_paid"},
    [VERDICT_LATE] = {TONE_WAIT, "desk.row.late"},
    [VERDICT_LATE_RETURNED] = {TONE_RETURNED, "desk.row.returned"},
    [VERDICT_REFUNDED] = {TONE_RETURNED, "desk.row.refunded"},
    [VERDICT_REFUND_PARTLY] = {TONE_RETURNED, "desk.row.partly"},
    [VERDICT_REFUNDING] = {TONE_WAIT, "desk.row.refunding"},
    [VERDICT_REFUND_REFUSED] = {TONE_WINDOW, "desk.row.window"},
    [VERDICT_REFUND_UNCONFIRMED] = {TONE_WINDOW, "desk.row.window"},
    [VERDICT_SETTLED] = {TONE_GOOD, "desk.row.settled"},
};

/* What was handed out of cash that is credited. */
static int64_t change_of_row(const struct desk_row *row) {
    bool counted = row->way == DESK_WAY_CASH && row->verdict == VERDICT_CREDITED;
    return counted && row->received.fen > row->amount.fen ? row->received.fen - row->amount.fen : 0;
}

static void present_row(const struct presenting *p, const struct desk_row *row, int n) {
    char *time = p->store->desk_times[n];
    clock_text(row->created_ms, time);
    p->view->of.desk.rows[n] =
        (struct view_desk_row){.time = time + 11,
                               .name = row->masked_name,
                               .what_key = desk_what_key(row->service, row->account_type),
                               .way_key = way_keys[row->way],
                               .tone = row_words[row->verdict].tone,
                               .state_key = row_words[row->verdict].key,
                               .no = row->case_no[0] != '\0' ? row->case_no : row->caller_no,
                               .amount_fen = row->amount.fen,
                               .change_fen = change_of_row(row)};
    if (p->view->of.desk.rows[n].change_fen > 0)
        p->view->of.desk.rows[n].state_key = "desk.row.change";
}

static void present_totals(const struct presenting *p) {
    const struct desk_day *day = &p->core->window.day;
    struct view_desk *desk = &p->view->of.desk;

    for (int way = 0; way < DESK_WAY_COUNT; way++) {
        const struct desk_total *total = &day->totals[way];
        bool card = way == DESK_WAY_POS1 || way == DESK_WAY_POS2, cash = way == DESK_WAY_CASH;
        *(cash ? &desk->cash : card ? &desk->cards : &desk->wallets) += total->count;
        *(cash ? &desk->cash_fen : card ? &desk->cards_fen : &desk->wallets_fen) += total->paid.fen;
        desk->returned_fen += total->returned.fen;
    }
    desk->drawer_fen = desk_day_drawer(day).fen;
    desk->undecided = day->undecided;
    desk->undecided_fen = day->due.fen;
}

static void present_shift(const struct presenting *p) {
    const struct desk_window *window = &p->core->window;
    const struct desk_day *day = &window->day;
    struct view_desk *desk = &p->view->of.desk;

    desk->shift_began = desk->shift_by = "";
    desk->shift_calls = day->shift_calls;
    desk->held_fen = day->held.fen;
    desk->handed_fen = day->totals[DESK_WAY_CASH].returned.fen + day->handed.fen;
    if (day->shift_ms == 0)
        return;
    clock_text(day->shift_ms, p->store->shift_began);
    p->store->shift_began[16] = '\0';
    desk->shift_began =
        p->store->shift_began + (day->shift_ms < policy_day_start_ms(p->now.wall_ms) ? 5 : 11);
    desk->shift_by = day->shift_by;
    desk->shift_asked = window->shift_asked;
    desk->shift_ending = window->shift_ending;
    if (!window->shift_asked)
        return;
    desk->typed = window->typed;
    desk->counted_fen = desk_received(window).fen;
    p->view->notice_key = window->shift_failed ? "desk.shift.failed" : "";
    desk->enter_key = window->typed[0] != '\0' && !window->shift_ending ? "desk.shift.end" : "";
}

static void present_desk_idle(const struct presenting *p) {
    const struct desk_window *window = &p->core->window;
    struct view_desk *desk = &p->view->of.desk;
    int first = window->page * DESK_ROWS_A_PAGE;

    desk->page = window->page + window->day.skip / DESK_ROWS_A_PAGE;
    desk->page_count = (window->day.whole + DESK_ROWS_A_PAGE - 1) / DESK_ROWS_A_PAGE;
    for (int i = first; i < window->day.count && desk->row_count < VIEW_DESK_ROWS; i++)
        present_row(p, &window->day.rows[i], desk->row_count++);
    present_totals(p);
    present_shift(p);
}

/* ---- the call on the screen ---- */

static void present_ways_of_desk(const struct presenting *p) {
    const struct desk_window *window = &p->core->window;
    struct view_desk *desk = &p->view->of.desk;

    desk->can_choose = window->screen == SCREEN_DESK_PAY || window->screen == SCREEN_DESK_CASH ||
                       (window->screen == SCREEN_DESK_WAIT && !window->payment.chosen);
    struct desk_around around = {&p->core->setup, &p->core->terminal, &p->core->book};
    for (int i = 0; i < VIEW_DESK_WAYS; i++)
        desk->ways[i].reason_key = desk_way_obstacle(window, around, (enum desk_way)(i + 1));
}

static int seconds_left(int64_t ms) {
    return ms <= 0 ? 0 : (int)((ms + 999) / 1000);
}

static void present_call_facts(const struct presenting *p) {
    const struct desk_waiting *call = desk_window_call(&p->core->window);
    const struct desk_payment *payment = &p->core->window.payment;
    struct view_desk *desk = &p->view->of.desk;

    p->view->identified = true;
    p->view->account.name = call->masked_name;
    p->view->account.number_key = "";
    p->view->account.number = call->number;
    p->view->what_key = desk_what_key(call->service, call->account_type);
    clock_text(call->since_ms, p->store->desk_called);
    desk->called = p->store->desk_called + 11;
    desk->amount_key = call->back.wanted ? "desk.back" : "desk.due";
    desk->amount_fen = call->amount.fen;
    desk->caller_no = call->caller_no;
    desk->order_no = payment->order_no;
    desk->way_key =
        way_keys[call->back.wanted ? desk_chosen_payment(&p->core->window)->way : payment->way];
    desk->waiting = p->core->window.waiting_count - (p->core->window.looking ? 0 : 1);
}

static void present_desk_cash(const struct presenting *p) {
    const struct desk_window *window = &p->core->window;
    struct view_desk *desk = &p->view->of.desk;
    struct fen notes[DESK_NOTES_MAX];
    int64_t received = desk_received(window).fen, due = desk->amount_fen;

    desk->typed = window->typed;
    desk->enough = received >= due;
    desk->change_fen = received > due ? received - due : 0;
    desk->note_count = desk_usual_notes((struct fen){due}, notes);
    for (int i = 0; i < desk->note_count; i++)
        desk->notes_fen[i] = notes[i].fen;
    p->view->notice_key = window->too_little ? "desk.too_little" : "";
    desk->enter_key = "desk.take_cash";
}

static const char *no_refund_key(enum call_refusal obstacle) {
    switch (obstacle) {
    case CALL_TAKEN:
        return "";
    case CALL_BUSY:
        return "desk.no_refund.busy";
    case CALL_NOTHING_LEFT:
        return "desk.no_refund.nothing";
    case CALL_NOT_PAID:
        return "desk.no_refund.unpaid";
    default:
        return "desk.no_refund.person";
    }
}

static void present_choice(const struct presenting *p, const struct desk_choice *choice, int n) {
    char *time = p->store->desk_times[n];
    clock_text(choice->paid_ms, time);
    time[16] = '\0';
    p->view->of.desk.choices[n] = (struct view_desk_choice){
        .time = choice->paid_ms == 0 ? "" : time + 5,
        .what_key = desk_what_key(choice->service, choice->account_type),
        .way_key = way_keys[choice->way],
        .paid_fen = choice->paid.fen,
        .before_fen = choice->before.fen,
        .left_fen = choice->obstacle == CALL_TAKEN ? choice->paid.fen - choice->before.fen : 0,
        .reason_key = no_refund_key(choice->obstacle)};
}

static void present_second(const struct presenting *p) {
    static const char *const keys[] = {[DESK_SECOND_NONE] = "desk.second.ask",
                                       [DESK_SECOND_WRONG] = "desk.second.wrong",
                                       [DESK_SECOND_PAUSED] = "desk.second.paused",
                                       [DESK_SECOND_SAME] = "desk.second.same"};
    const struct desk_window *window = &p->core->window;
    struct view_desk *desk = &p->view->of.desk;

    desk->second = desk_needs_second(window, &p->core->setup);
    desk->agreed_by = window->agreed_by;
    desk->second_key = !desk->second                  ? ""
                       : window->agreed_by[0] != '\0' ? "desk.second.agreed"
                                                      : keys[window->second];
    desk->pin_length = (int)strlen(window->typed);
}

static void present_desk_refund(const struct presenting *p) {
    const struct desk_waiting *call = desk_window_call(&p->core->window);
    const struct desk_choices *choices = &call->back.choices;
    struct view_desk *desk = &p->view->of.desk;

    desk->enter_key = desk_back_in_cash(call) ? "desk.refund.go.cash" : "desk.refund.go";
    desk->asked_fen = call->back.asked.fen;
    desk->choice_count = choices->count;
    desk->chosen = call->back.chosen;
    desk->more_choices = choices->more;
    for (int i = 0; i < choices->count && i < VIEW_DESK_CHOICES; i++)
        present_choice(p, &choices->rows[i], i);
    desk->why = (int)p->core->window.why;
    desk->missing_key = desk_refund_missing(&p->core->window, &p->core->setup);
    present_second(p);
}

static void present_scan(const struct presenting *p) {
    struct view_desk *desk = &p->view->of.desk;

    desk->say_key = "desk.say.phone";
    desk->check_count = 1;
    desk->checks[0] = (struct view_check){CHECK_NOW, "desk.check.scan", "", "", ""};
    p->view->notice_key = p->core->window.wrong_code ? "desk.wrong_code" : "";
}

static const struct order *order_of_window(const struct presenting *p) {
    const struct desk_payment *payment = &p->core->window.payment;

    if (payment->slot < 0)
        return NULL;
    const struct order *order = &p->core->book.orders[payment->slot];
    return strcmp(order->no, payment->order_no) == 0 ? order : NULL;
}

/* What the pinpad waits for. */
static const char *card_check_key(enum card_step step) {
    static const char *const keys[CARD_STEP_COUNT] = {
        [CARD_STEP_NONE] = "desk.check.card",       [CARD_STEP_INSERT] = "desk.check.card",
        [CARD_STEP_READING] = "desk.check.reading", [CARD_STEP_PIN] = "desk.check.pin",
        [CARD_STEP_PIN_KEY] = "desk.check.pin",     [CARD_STEP_PIN_DONE] = "desk.check.bank",
        [CARD_STEP_ONLINE] = "desk.check.bank",     [CARD_STEP_REMOVE] = "desk.check.remove"};

    return keys[step];
}

/* The same facts, told of the patient instead of to them. */
static void present_desk_checks(const struct presenting *p, const struct order *order) {
    struct view_desk *desk = &p->view->of.desk;

    desk->check_count = present_payment_checks(p, order, desk->checks);
    if (strcmp(desk->checks[0].key, "check.platform.phone") == 0)
        desk->checks[0].key = "desk.check.patient";
    if (order_shown_leg(order)->state == LEG_PLACING && order_shown_leg(order)->route == ROUTE_POS)
        desk->checks[0] = (struct view_check){
            CHECK_NOW, card_check_key(p->core->window.payment.step), "", "", ""};
}

/* A refund under way: the platform tells the hospital itself. */
static void present_refund_checks(const struct presenting *p, const struct order *order,
                                  const char *refund_no) {
    const struct refund *refund = desk_refund(order, refund_no);
    bool silent = refund != NULL && refund->state == REFUND_UNKNOWN;
    struct view_desk *desk = &p->view->of.desk;

    desk->check_count = 1;
    desk->checks[0] = (struct view_check){
        CHECK_NOW, silent ? "check.platform.asking" : "check.platform.returning", "", "", ""};
}

static const char *card_say_key(enum card_step step) {
    switch (step) {
    case CARD_STEP_NONE:
    case CARD_STEP_INSERT:
    case CARD_STEP_READING:
        return "desk.say.card";
    case CARD_STEP_PIN:
    case CARD_STEP_PIN_KEY:
        return "desk.say.pin";
    case CARD_STEP_REMOVE:
        return "desk.say.remove";
    case CARD_STEP_PIN_DONE:
    case CARD_STEP_ONLINE:
    case CARD_STEP_COUNT:
        break;
    }
    return "";
}

static const char *say_key_of(const struct presenting *p) {
    const struct desk_payment *payment = &p->core->window.payment;

    if (p->core->window.waiting[0].back.wanted)
        return "";
    if (payment->unknown)
        return "desk.say.unknown";
    if (payment->way == DESK_WAY_CODE && payment->news == CALL_PLACED)
        return "desk.say.code";
    if (desk_way_pinpad(payment->way) != 0)
        return payment->leg == LEG_PLACING ? card_say_key(payment->step) : "";
    return payment->way == DESK_WAY_PHONE ? "desk.say.password" : "";
}

static void present_desk_wait(const struct presenting *p) {
    const struct desk_payment *payment = &p->core->window.payment;
    struct view_desk *desk = &p->view->of.desk;
    const struct order *order = order_of_window(p);

    if (!payment->chosen) {
        present_scan(p);
        return;
    }
    desk->unknown = payment->unknown;
    desk->say_key = say_key_of(p);
    desk->waited_s = (int)((p->now.mono_ms - payment->chosen_mono_ms) / 1000);
    if (payment->news == CALL_PLACED && payment->way == DESK_WAY_CODE)
        desk->left_s = seconds_left(payment->expire_ms - p->now.wall_ms);
    const struct desk_giving_back *back = &p->core->window.waiting[0].back;
    if (order != NULL && back->wanted)
        present_refund_checks(p, order, back->refund_no);
    else if (order != NULL)
        present_desk_checks(p, order);
    if (payment->cancel_wanted)
        p->view->notice_key = "desk.cancelling";
    desk->enter_key = payment->unknown ? "desk.background" : "";
}

/* Why a call came to nothing: no money has moved. */
static const char *refusal_key(enum call_refusal refusal) {
    switch (refusal) {
    case CALL_OTHER:
    case CALL_OTHER_TRACE:
        return "desk.refused.number";
    case CALL_FULL:
    case CALL_NO_ROOM:
        return "desk.refused.full";
    case CALL_NO_JOURNAL:
        return "desk.refused.journal";
    default:
        return "desk.refused.other";
    }
}

static const char *const receipt_words[] = {[DESK_RECEIPT_NONE] = "",
                                            [DESK_RECEIPT_PRINTING] = "desk.receipt.printing",
                                            [DESK_RECEIPT_PRINTED] = "desk.receipt.printed",
                                            [DESK_RECEIPT_FAILED] = "desk.receipt.failed",
                                            [DESK_RECEIPT_UNKNOWN] = "desk.receipt.unknown"};

struct end_words {
    enum view_tone tone;
    const char *title_key, *text_key;
};

static struct end_words refund_end_of(const struct desk_payment *payment, bool cash) {
    if (payment->unheard || payment->refusal != CALL_TAKEN)
        return (struct end_words){TONE_NOT_PAID, "desk.end.not_refunded",
                                  "desk.end.not_refunded.text"};
    if (payment->news == CALL_PAID)
        return (struct end_words){TONE_RETURNED, "desk.end.refunded",
                                  cash ? "desk.end.refunded.cash" : "desk.end.refunded.text"};
    if (payment->news == CALL_WITH_PERSON)
        return (struct end_words){TONE_WINDOW, "desk.end.window", "desk.end.refund_window.text"};
    return (struct end_words){TONE_NOT_PAID, "desk.end.not_refunded", "desk.end.not_refunded.text"};
}

/* What came to nothing. Counted cash lies in the drawer by then: nobody but the cashier gives it
 * back. */
static struct end_words nothing_came_of(const struct desk_payment *payment, const char *title_key,
                                        const char *text_key) {
    bool cash = payment->way == DESK_WAY_CASH;
    return (struct end_words){TONE_NOT_PAID, title_key, cash ? "desk.end.cash_back" : text_key};
}

static struct end_words end_words_of(const struct presenting *p) {
    const struct desk_payment *payment = &p->core->window.payment;

    if (p->core->window.looking)
        return (struct end_words){row_words[payment->verdict].tone, row_words[payment->verdict].key,
                                  ""};
    const struct desk_giving_back *back = &p->core->window.waiting[0].back;
    if (back->wanted)
        return refund_end_of(payment, desk_back_in_cash(&p->core->window.waiting[0]));
    if (payment->unheard)
        return nothing_came_of(payment, "desk.end.not_begun", "desk.end.not_begun.text");
    if (payment->refusal != CALL_TAKEN)
        return nothing_came_of(payment, "desk.end.not_begun", refusal_key(payment->refusal));
    switch (payment->news) {
    case CALL_PAID:
        return (struct end_words){TONE_GOOD, "desk.end.paid", "desk.end.paid.text"};
    case CALL_RETURNED:
        return (struct end_words){TONE_RETURNED, "desk.end.returned",
                                  payment->way == DESK_WAY_CASH ? "desk.end.cash_back"
                                                                : "desk.end.returned.text"};
    case CALL_WITH_PERSON:
        return (struct end_words){TONE_WINDOW, "desk.end.window", "desk.end.window.text"};
    case CALL_CONFLICTS:
        return nothing_came_of(payment, "desk.end.not_begun", "desk.refused.number");
    case CALL_UNPAID:
    case CALL_UNDER_WAY:
    case CALL_PLACED:
        break;
    }
    if (payment->perhaps_paid && payment->way != DESK_WAY_CASH)
        return (struct end_words){TONE_NOT_PAID, "desk.end.closed", "desk.end.closed.text"};
    return nothing_came_of(payment, "desk.end.unpaid", "desk.end.unpaid.text");
}

static void present_desk_result(const struct presenting *p) {
    const struct desk_window *window = &p->core->window;
    const struct desk_payment *payment = &window->payment;
    struct view_desk *desk = &p->view->of.desk;
    struct end_words words = end_words_of(p);

    desk->tone = words.tone;
    desk->title_key = words.title_key;
    desk->text_key = words.text_key;
    desk->trace_no = payment->trace_no;
    desk->case_no = payment->case_no;
    desk->receipt_key = receipt_words[window->receipt];
    desk->time = "";
    if (payment->paid_ms != 0) {
        clock_text(payment->paid_ms, p->store->paid_time);
        desk->time = p->store->paid_time + 11;
    }
    if (payment->received.fen > desk->amount_fen && payment->news == CALL_PAID)
        desk->change_fen = payment->received.fen - desk->amount_fen;
    if (words.tone == TONE_GOOD && !window->looking && !desk_window_hands_out(window))
        desk->leaves_s = seconds_left(window->since_mono_ms + DESK_RESULT_MS - p->now.mono_ms);
    desk->enter_key = desk->waiting > 0 ? "desk.next_call" : "desk.done";
}

/* ---- the frame ---- */

static void add_lamp(struct view_desk *desk, const char *key, bool good) {
    desk->lamps[desk->lamp_count++] = (struct view_lamp){key, good};
}

static bool is_second_pinpad_ready(const struct terminal *terminal) {
    enum device_word word = terminal->second_pinpad.device;

    return word == DEVICE_READY || word == DEVICE_BUSY;
}

static void present_lamps(const struct presenting *p) {
    const struct terminal *terminal = &p->core->terminal;
    struct view_desk *desk = &p->view->of.desk;

    add_lamp(desk, "desk.lamp.scanner", offer_role_ready(terminal, ROLE_SCANNER));
    if (p->core->setup.patient_display)
        add_lamp(desk, "desk.lamp.display", p->site->display_there);
    if (p->core->setup.pinpads[0])
        add_lamp(desk, "desk.key.pos1", offer_role_ready(terminal, ROLE_PINPAD));
    if (p->core->setup.pinpads[1])
        add_lamp(desk, "desk.key.pos2", is_second_pinpad_ready(terminal));
    add_lamp(desk, "desk.lamp.printer", offer_role_ready(terminal, ROLE_PRINTER));
    add_lamp(desk, "desk.lamp.journal", book_journal_usable(&p->core->book));
}

static const char *escape_key_of(const struct desk_window *window) {
    if (window->shift_asked)
        return "desk.shift.not";
    if (!desk_window_cancellable(window))
        return "";
    if (window->screen == SCREEN_DESK_REFUND)
        return "desk.keep";
    if (window->screen == SCREEN_DESK_PAY)
        return "desk.let_go";
    if (window->screen == SCREEN_DESK_WAIT && window->payment.chosen)
        return "desk.take_back";
    return window->waiting[0].named == DESK_WAY_CASH ? "desk.let_go" : "desk.other_way";
}

static struct touch usual_focus(const struct presenting *p) {
    const struct view_desk *desk = &p->view->of.desk;

    bool types_pin = desk->second && desk->agreed_by[0] == '\0' && desk->pin_length > 0;
    if (p->view->screen == SCREEN_DESK_REFUND) /* F7, and nothing by chance */
        return (struct touch){types_pin ? TOUCH_NEXT : TOUCH_NONE, 0};
    if (desk->enter_key[0] != '\0')
        return (struct touch){TOUCH_NEXT, 0};
    for (int i = 0; p->view->screen == SCREEN_DESK_PAY && i < VIEW_DESK_WAYS; i++)
        if (desk->ways[i].reason_key[0] == '\0')
            return (struct touch){TOUCH_FUNCTION, i + 1};
    if (p->view->screen == SCREEN_DESK_IDLE && desk->row_count > 0)
        return (struct touch){TOUCH_PICK, 1};
    return (struct touch){TOUCH_NONE, 0};
}

static void present_desk_screen(const struct presenting *p) {
    switch (p->view->screen) {
    case SCREEN_DESK_PAY:
        p->view->notice_key = p->core->window.wrong_code ? "desk.wrong_code" : "";
        return;
    case SCREEN_DESK_CASH:
        present_desk_cash(p);
        return;
    case SCREEN_DESK_WAIT:
        present_desk_wait(p);
        return;
    case SCREEN_DESK_REFUND:
        present_desk_refund(p);
        return;
    case SCREEN_DESK_RESULT:
        present_desk_result(p);
        return;
    default:
        return;
    }
}

void present_desk(const struct presenting *p) {
    const struct desk_window *window = &p->core->window;
    struct view *view = p->view;
    struct view_desk *desk = &view->of.desk;

    view->screen = window->screen;
    view->revision = window->revision;
    view->language = window->language == LANGUAGE_EN ? VIEW_EN : VIEW_ZH;
    desk->amount_key = desk->way_key = desk->order_no = desk->caller_no = desk->called =
        desk->say_key = "";
    desk->typed = desk->title_key = desk->text_key = desk->trace_no = "";
    desk->case_no = desk->time = desk->enter_key = desk->receipt_key = "";
    desk->missing_key = desk->second_key = desk->agreed_by = "";
    desk->can_print = desk_window_prints(window, &p->core->setup);
    desk->helps = window->helps;
    present_lamps(p);
    present_ways_of_desk(p);
    present_desk_idle(p);
    if (desk_window_call(window) != NULL) {
        present_call_facts(p);
        present_desk_screen(p);
    }
    desk->escape_key = escape_key_of(window);
    view->focus = usual_focus(p);
    desk->patient = present_patient(p);
}
