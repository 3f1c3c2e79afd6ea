/* The views of the staff's pages. */
#include <stdio.h>
#include <string.h>

#include "app/base/pin.h"
#include "app/core/visit/typing.h"
#include "app/present/parts.h"

static const char *const case_keys[CASE_REASON_COUNT] = {
    [CASE_NONE] = "",
    [CASE_CREDIT_UNKNOWN] = "case.credit_unknown",
    [CASE_CREDIT_CONTRADICTS] = "case.credit_contradicts",
    [CASE_REFUND_REFUSED] = "case.refund_refused",
    [CASE_REFUND_UNCONFIRMED] = "case.refund_unconfirmed",
    [CASE_AMOUNT_MISMATCH] = "case.amount_mismatch",
    [CASE_PAYMENT_UNKNOWN] = "case.payment_unknown",
    [CASE_UNCREDITED_NOT_REFUNDED] = "case.uncredited_not_refunded",
    [CASE_NO_ACT] = "case.no_act",
    [CASE_UNREADABLE] = "case.unreadable",
    [CASE_CREDIT_UNPROVEN] = "case.credit_unproven",
    [CASE_HALF_SETTLED] = "case.half_settled",
    [CASE_ABNORMAL] = "case.abnormal",
    [CASE_CREDITED_TWICE] = "case.credited_twice",
    [CASE_SPLIT_WRONG] = "case.split_wrong",
};

static const char *const role_keys[ROLE_COUNT] = {
    [ROLE_SCANNER] = "device.scanner",     [ROLE_PRINTER] = "device.printer",
    [ROLE_ID_READER] = "device.id_reader", [ROLE_CARD_READER] = "device.card_reader",
    [ROLE_PINPAD] = "device.pinpad",       [ROLE_KEYPAD] = "device.keypad",
};

static const char *const device_keys[] = {
    [DEVICE_UNKNOWN] = "device.word.unknown", [DEVICE_READY] = "device.word.ready",
    [DEVICE_BUSY] = "device.word.busy",       [DEVICE_OFFLINE] = "device.word.offline",
    [DEVICE_ABSENT] = "device.word.absent",   [DEVICE_FAULT] = "device.word.fault",
};

static const char *const supply_keys[] = {
    [SUPPLY_UNKNOWN] = "",
    [SUPPLY_OK] = "device.supply.ok",
    [SUPPLY_LOW] = "device.supply.low",
    [SUPPLY_OUT] = "device.supply.out",
    [SUPPLY_JAM] = "device.supply.jam",
    [SUPPLY_NOT_SUPPORTED] = "",
};

static const char *const reason_keys[RESOLUTION_COUNT] = {
    [RESOLUTION_NONE] = "",
    [RESOLUTION_CREDITED] = "staff.reason.1",
    [RESOLUTION_RETURNED] = "staff.reason.2",
    [RESOLUTION_IN_ORDER] = "staff.reason.3",
    [RESOLUTION_NO_MONEY] = "staff.reason.4",
    [RESOLUTION_OTHER] = "staff.reason.5",
};

static struct view_staff_row *add_row(const struct presenting *p, enum touch_kind kind, int n) {
    struct view_staff_row *row = &p->view->of.staff.rows[p->view->of.staff.row_count++];

    *row = (struct view_staff_row){
        .touch = {kind, n}, .head_key = "", .head = "", .line_key = "", .more_key = "", .line = ""};
    return row;
}

static void add_staff_item(const struct presenting *p, int n, const char *head, const char *line) {
    struct view_staff_row *row = add_row(p, TOUCH_PICK, n);

    row->head_key = head;
    row->line_key = line;
}

/* Why no code is sold; setting the clock is done elsewhere. */
static void add_clock_row(const struct presenting *p) {
    const struct clock_check *clock = &p->core->terminal.clock;

    if (clock->state != CLOCK_WRONG)
        return;
    struct view_staff_row *row = add_row(p, TOUCH_NONE, 0);
    bool ahead = clock->ahead_ms > 0;
    int64_t off_s = (ahead ? clock->ahead_ms : -clock->ahead_ms) / 1000;
    snprintf(p->store->clock_off, sizeof p->store->clock_off, " %lld s", (long long)off_s);
    row->head_key = "staff.clock";
    row->line_key = ahead ? "staff.clock.ahead" : "staff.clock.behind";
    row->line = p->store->clock_off;
}

/* What the reconciliation of the day before found, where it runs. */
static void add_recon_row(const struct presenting *p) {
    static const char *const lines[] = {[RECONCILED_NONE] = "",
                                        [RECONCILED_AGREES] = "staff.recon.agrees",
                                        [RECONCILED_DIFFERENCES] = "staff.recon.differences",
                                        [RECONCILED_FAILED] = "staff.recon.failed"};
    const struct reconciled *found = &p->core->terminal.reconciled;
    char day[CLOCK_TEXT_SIZE], count[24] = "";

    if (found->state == RECONCILED_NONE || p->view->of.staff.row_count == STAFF_ROWS_A_PAGE)
        return;
    struct view_staff_row *row = add_row(p, TOUCH_NONE, 0);
    clock_text(found->day_ms, day);
    if (found->state == RECONCILED_DIFFERENCES)
        snprintf(count, sizeof count, " %lld", (long long)found->differences);
    snprintf(p->store->reconciled, sizeof p->store->reconciled, "%s · %.10s", count, day);
    row->head_key = "staff.recon";
    row->line_key = lines[found->state];
    row->line = p->store->reconciled;
    row->has_amount = found->state == RECONCILED_DIFFERENCES;
    row->amount_fen = found->amount.fen;
}

static void present_menu(const struct presenting *p) {
    p->view->of.staff.title_key = "staff.menu";
    add_staff_item(p, STAFF_ITEM_CASES, "staff.menu.1", "staff.menu.1.text");
    add_staff_item(p, STAFF_ITEM_DEVICES, "staff.menu.2", "staff.menu.2.text");
    if (p->core->terminal.out_of_service)
        add_staff_item(p, STAFF_ITEM_SERVICE, "staff.menu.3.start", "staff.menu.3.start.text");
    else
        add_staff_item(p, STAFF_ITEM_SERVICE, "staff.menu.3.stop", "staff.menu.3.stop.text");
    add_staff_item(p, STAFF_ITEM_STOP, "staff.menu.4", "staff.menu.4.text");
    add_clock_row(p);
    add_recon_row(p);
}

static int pages_of(int rows, int rows_a_page) {
    return rows > 0 ? (rows + rows_a_page - 1) / rows_a_page : 1;
}

static void present_case_row(const struct presenting *p, int i) {
    const struct staff_case *found = &session_staff_cases(p->session)->rows[i];
    int at = p->view->of.staff.row_count;
    struct view_staff_row *row = add_row(p, TOUCH_CASE, i + 1);
    char when[CLOCK_TEXT_SIZE];

    clock_text(found->opened_ms, when);
    snprintf(p->store->staff_heads[at], sizeof p->store->staff_heads[at], "%s · %.11s · %s",
             found->case_no, when + 5, found->masked_name);
    row->head = p->store->staff_heads[at];
    row->line_key = case_keys[found->reason];
    row->has_amount = found->reason != CASE_UNREADABLE; /* nobody knows it */
    row->amount_fen = found->amount.fen;
}

static void present_cases(const struct presenting *p) {
    const struct staff_cases *cases = session_staff_cases(p->session);
    struct view *view = p->view;

    view->of.staff.title_key = "staff.cases";
    if (cases == NULL || cases->count == 0) {
        view->of.staff.text_key = cases != NULL                    ? "staff.cases.none"
                                  : p->session->staff.request != 0 ? "staff.reading"
                                                                   : "";
        return;
    }
    view->of.staff.page = p->session->page;
    view->of.staff.page_count = pages_of(cases->count, STAFF_ROWS_A_PAGE);
    int first = p->session->page * STAFF_ROWS_A_PAGE;
    for (int i = first; i < cases->count && i < first + STAFF_ROWS_A_PAGE; i++)
        present_case_row(p, i);
}

static void present_case(const struct presenting *p) {
    const struct staff_file *file = session_staff_file(p->session);
    struct view *view = p->view;

    view->of.staff.title_key = "staff.file";
    if (file == NULL) {
        view->of.staff.text_key = p->session->staff.request != 0 ? "staff.reading" : "";
        return;
    }
    view->of.staff.page = p->session->page;
    view->of.staff.page_count = pages_of(file->line_count, STAFF_LINES_A_PAGE);
    view->of.staff.next_key = "staff.resolve";
    int first = p->session->page * STAFF_LINES_A_PAGE;
    for (int i = first; i < file->line_count && i < first + STAFF_LINES_A_PAGE; i++) {
        int at = view->of.staff.line_count++;
        view->of.staff.lines[at].key = file->lines[i].key;
        view->of.staff.lines[at].text = file->lines[i].text;
    }
}

static void present_reasons(const struct presenting *p) {
    p->view->of.staff.title_key = "staff.reason";
    for (int i = RESOLUTION_NONE + 1; i < RESOLUTION_COUNT; i++)
        add_staff_item(p, i, reason_keys[i], "");
}

static void present_device_rows(const struct presenting *p) {
    p->view->of.staff.title_key = "staff.devices";
    int count = staff_device_rows(&p->core->terminal);
    int first = p->session->page * STAFF_ROWS_A_PAGE;
    p->view->of.staff.page = p->session->page;
    p->view->of.staff.page_count = pages_of(count, STAFF_ROWS_A_PAGE);
    for (int i = first; i < count && i < first + STAFF_ROWS_A_PAGE; i++) {
        const struct device_state *device = &p->core->terminal.devices[i];
        enum touch_kind touch = i == ROLE_KEYPAD ? TOUCH_PICK : TOUCH_NONE; /* to be tried out */
        struct view_staff_row *row = add_row(p, touch, touch == TOUCH_PICK ? i + 1 : 0);
        row->head_key = role_keys[i];
        row->line_key = device_keys[device->device];
        row->more_key = supply_keys[device->supply];
    }
}

static void present_typing(const struct presenting *p, const char *title) {
    bool pin = p->session->staff.page == STAFF_PIN;
    struct view *view = p->view;

    memcpy(p->store->typed, p->session->typed, sizeof p->store->typed);
    view->typing = true;
    view->of.keypad.title_key = title;
    view->of.keypad.typed = p->store->typed;
    view->of.keypad.masked = pin;
    view->of.keypad.letters = p->session->staff.page == STAFF_NOTE;
    view->of.keypad.length_min = pin ? PIN_DIGITS_MIN : 0;
    view->of.keypad.length_max = STAFF_TEXT_SIZE - 1;
    view->of.keypad.board = p->session->page == TYPING_LETTERS;
    view->of.keypad.prefixes = "";
}

static void present_stop(const struct presenting *p) {
    p->view->of.staff.title_key = "staff.stop";
    p->view->of.staff.text_key = "staff.stop.text";
    p->view->of.staff.next_key = "staff.stop.go";
}

void present_staff(const struct presenting *p) {
    p->view->of.staff.page_count = 1;
    p->view->of.staff.text_key = p->view->of.staff.next_key = "";
    switch (p->session->staff.page) {
    case STAFF_PIN:
        present_typing(p, "staff.pin");
        return;
    case STAFF_MENU:
        present_menu(p);
        return;
    case STAFF_CASES:
        present_cases(p);
        return;
    case STAFF_CASE:
        present_case(p);
        return;
    case STAFF_REASON:
        present_reasons(p);
        return;
    case STAFF_NOTE:
        present_typing(p, "staff.note");
        return;
    case STAFF_DEVICES:
        present_device_rows(p);
        return;
    case STAFF_KEYS:
        present_typing(p, "staff.keys");
        return;
    case STAFF_STOP:
        present_stop(p);
        return;
    case STAFF_PAGE_COUNT:
        return;
    }
}
