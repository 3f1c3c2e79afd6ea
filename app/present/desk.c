/* The cashier's window: the frame, and the call that is on it. */
#include <string.h>

#include "app/core/order/shares.h"
#include "app/present/desk_screens.h"

/* ---- the call on the screen ---- */

static void present_ways_of_desk(const struct presenting *p) {
    const struct desk_window *window = &p->core->window;
    struct view_desk *desk = &p->view->of.desk;

    desk->can_choose = window->screen == SCREEN_DESK_PAY || window->screen == SCREEN_DESK_CASH ||
                       (window->screen == SCREEN_DESK_WAIT && !window->payment.chosen);
    struct desk_around around = {&p->core->setup, &p->core->terminal, &p->core->book};
    for (int i = 0; i < VIEW_DESK_WAYS; i++)
        desk->ways[i].reason_key = desk_way_obstacle(window, around, (enum desk_way)(i + 1));
    desk->insured = desk_way_obstacle(window, around, DESK_WAY_INSURED)[0] == '\0';
}

/* Of what was scanned, and pays nothing. */
static const char *scanned_key(const struct presenting *p) {
    const struct desk_window *window = &p->core->window;
    struct desk_around around = {&p->core->setup, &p->core->terminal, &p->core->book};

    static const char *const gateway[] = {
        [DESK_GATEWAY_NONE] = "",
        [DESK_GATEWAY_ASKED] = "desk.code_asked",
        [DESK_GATEWAY_REFUSED] = "desk.code_refused",
        [DESK_GATEWAY_DOWN] = "desk.code_unread",
    };
    if (window->early_code)
        return "desk.early_code";
    if (window->gateway != DESK_GATEWAY_NONE)
        return gateway[window->gateway];
    if (window->insured_code)
        return desk_way_obstacle(window, around, DESK_WAY_INSURED);
    return window->wrong_code ? "desk.wrong_code" : "";
}

int desk_seconds_left(int64_t ms) {
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
        desk_way_key(call->back.wanted ? desk_chosen_payment(&p->core->window)->way : payment->way);
    desk->waiting = p->core->window.waiting_count - (p->core->window.looking ? 0 : 1);
}

static void present_desk_cash(const struct presenting *p) {
    const struct desk_window *window = &p->core->window;
    struct view_desk *desk = &p->view->of.desk;
    struct fen notes[DESK_NOTES_MAX];
    int64_t received = desk_received(window).fen, due = desk->amount_fen;

    desk->typed = present_typed(p, window->typed);
    desk->enough = received >= due;
    desk->change_fen = received > due ? received - due : 0;
    desk->note_count = desk_usual_notes((struct fen){due}, notes);
    for (int i = 0; i < desk->note_count; i++)
        desk->notes_fen[i] = notes[i].fen;
    p->view->notice_key = window->too_little ? "desk.too_little" : "";
    desk->enter_key = "desk.take_cash";
}

static void present_scan(const struct presenting *p) {
    struct view_desk *desk = &p->view->of.desk;

    desk->say_key = "desk.say.phone";
    desk->check_count = 1;
    desk->checks[0] = (struct view_check){CHECK_NOW, "desk.check.scan", "", "", ""};
    p->view->notice_key = scanned_key(p);
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
    if (payment->way == DESK_WAY_INSURED && payment->news == CALL_PLACED)
        return "desk.say.insured";
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
    bool shows = desk_way_shows_code(payment->way);
    if (payment->news == CALL_PLACED && shows)
        desk->left_s = desk_seconds_left(payment->expire_ms - p->now.wall_ms);
    const struct desk_giving_back *back = &p->core->window.waiting[0].back;
    if (order != NULL && back->wanted)
        present_refund_checks(p, order, back->refund_no);
    else if (order != NULL)
        present_desk_checks(p, order);
    if (payment->cancel_wanted)
        p->view->notice_key = "desk.cancelling";
    else if (shows && payment->news == CALL_PLACED && p->core->terminal.display_away)
        p->view->notice_key = "desk.display_away.code";
    desk->enter_key = payment->unknown ? "desk.background" : "";
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
        add_lamp(desk, "desk.lamp.display", !p->core->terminal.display_away);
    if (p->core->setup.pinpads[0])
        add_lamp(desk, "desk.key.pos1", offer_role_ready(terminal, ROLE_PINPAD));
    if (p->core->setup.pinpads[1])
        add_lamp(desk, "desk.key.pos2", is_second_pinpad_ready(terminal));
    add_lamp(desk, "desk.lamp.platform", !terminal->platform_silent);
    add_lamp(desk, "desk.lamp.printer", offer_role_ready(terminal, ROLE_PRINTER));
    add_lamp(desk, "desk.lamp.journal", book_journal_usable(&p->core->book));
}

static const char *escape_key_of(const struct desk_window *window) {
    if (window->helps)
        return "desk.help.close";
    if (window->looking)
        return "desk.look.close";
    if (window->shift_asked)
        return "desk.shift.not";
    if (window->amount_asked)
        return "desk.refund.as_it_was";
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
        return (struct touch){types_pin || desk->amount_asked ? TOUCH_NEXT : TOUCH_NONE, 0};
    if (desk->enter_key[0] != '\0')
        return (struct touch){TOUCH_NEXT, 0};
    for (int i = 0; p->view->screen == SCREEN_DESK_PAY && i < VIEW_DESK_WAYS; i++)
        if (desk->ways[i].reason_key[0] == '\0')
            return (struct touch){TOUCH_FUNCTION, i + 1};
    if (p->view->screen == SCREEN_DESK_IDLE && desk->row_count > 0)
        return (struct touch){TOUCH_PICK, 1};
    return (struct touch){TOUCH_NONE, 0};
}

static void present_other(const struct presenting *p) {
    static const char *const keys[] = {[DESK_OTHER_NONE] = "",
                                       [DESK_OTHER_ON_PHONE] = "desk.other.phone",
                                       [DESK_OTHER_PERHAPS_PAID] = "desk.other.perhaps",
                                       [DESK_OTHER_NOT_BOOKED] = "desk.other.not_booked"};
    const struct desk_other *other = desk_window_other(&p->core->window);
    struct view_desk *desk = &p->view->of.desk;
    char text[CLOCK_TEXT_SIZE];

    if (other == NULL)
        return;
    desk->other_key = keys[other->kind];
    desk->other_at = present_when(p, clock_text(other->since_ms, text), p->store->desk_other);
    desk->other_place = other->place;
    desk->other_fen = other->amount.fen;
}

static void present_desk_screen(const struct presenting *p) {
    switch (p->view->screen) {
    case SCREEN_DESK_PAY:
        p->view->notice_key = scanned_key(p);
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
    desk->other_key = desk->other_at = desk->other_place = "";
    desk->missing_key = desk->second_key = desk->agreed_by = desk->less_key = "";
    desk->can_ask = desk_window_asks(window);
    desk->can_print = desk_window_prints(window, &p->core->setup);
    desk->helps = window->helps;
    present_lamps(p);
    present_ways_of_desk(p);
    present_desk_idle(p);
    if (desk_window_call(window) != NULL) {
        present_call_facts(p);
        present_other(p);
        present_desk_screen(p);
    }
    desk->escape_key = escape_key_of(window);
    view->focus = usual_focus(p);
    desk->patient = present_patient(p);
}
