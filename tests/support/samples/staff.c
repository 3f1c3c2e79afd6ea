/* The pages of the staff; help; out of service. */
#include "tests/support/samples/parts.h"

static void staff(struct view *v, const char *title) {
    v->screen = SCREEN_STAFF;
    v->of.staff.title_key = title;
    v->of.staff.text_key = v->of.staff.next_key = "";
    v->of.staff.page_count = 1;
}
static void staff_row(struct view *v, enum touch_kind kind, const char *head, const char *line) {
    int n = ++v->of.staff.row_count;
    v->of.staff.rows[n - 1] = (struct view_staff_row){
        {kind, n}, head, kind == TOUCH_CASE ? "C26000012 · 11-20 11:24 · 张*丰" : "", line, "", "",
        false,     0};
}
static void staff_pin(struct view *v) {
    sample_keypad(v);
    v->screen = SCREEN_STAFF;
    v->has_steps = false;
    v->typing = v->of.keypad.masked = true;
    v->of.keypad.letters = false;
    v->of.keypad.title_key = "staff.pin";
    v->of.keypad.typed = "1357";
    v->notice_key = "notice.staff_pause";
}
static void staff_note(struct view *v) {
    staff_pin(v);
    v->of.keypad.masked = false;
    v->of.keypad.letters = true;
    v->of.keypad.prefixes = "";
    v->of.keypad.title_key = "staff.note";
    v->notice_key = "notice.staff_note";
}
static void staff_keys(struct view *v) {
    staff_note(v);
    v->of.keypad.letters = false;
    v->of.keypad.title_key = "staff.keys";
    v->of.keypad.typed = "1234567890";
    v->notice_key = "";
}
static void staff_menu(struct view *v) {
    staff(v, "staff.menu");
    staff_row(v, TOUCH_PICK, "staff.menu.1", "staff.menu.1.text");
    staff_row(v, TOUCH_PICK, "staff.menu.2", "staff.menu.2.text");
    staff_row(v, TOUCH_PICK, "staff.menu.3.stop", "staff.menu.3.stop.text");
    staff_row(v, TOUCH_PICK, "staff.menu.4", "staff.menu.4.text");
}
static void staff_menu_closed(struct view *v) {
    staff(v, "staff.menu");
    staff_row(v, TOUCH_PICK, "staff.menu.3.start", "staff.menu.3.start.text");
}
static void staff_cases(struct view *v) {
    static const char *const reasons[] = {"case.credit_unknown", "case.credit_contradicts",
                                          "case.refund_refused", "case.refund_unconfirmed",
                                          "case.amount_mismatch"};
    staff(v, "staff.cases");
    v->notice_key = "notice.staff_resolved";
    v->of.staff.page_count = 3;
    for (int i = 0; i < 5; i++) {
        staff_row(v, TOUCH_CASE, "", reasons[i]);
        v->of.staff.rows[i].has_amount = true;
        v->of.staff.rows[i].amount_fen = 12970 + i;
    }
}
static void staff_cases_rare(struct view *v) {
    staff_cases(v);
    v->of.staff.row_count = 3;
    v->of.staff.page_count = 1;
    v->of.staff.rows[0].line_key = "case.payment_unknown";
    v->of.staff.rows[1].line_key = "case.uncredited_not_refunded";
    v->of.staff.rows[2].line_key = "case.no_act";
}
static void staff_no_cases(struct view *v) {
    staff(v, "staff.cases");
    v->of.staff.text_key = "staff.cases.none";
}
static void staff_file(struct view *v) {
    static const char *const lines[][2] = {
        {"staff.case", "C26000012"},
        {"case.credit_unknown", ""},
        {"staff.in_cases", "¥165.70"},
        {"note.credit_unknown", "2026-11-20 11:24:36"},
        {"", "  his rechargeSettle: unknown [99]  (12 ms)"},
        {"", "→ org_code=H35010200227 mdtrt_cert_type=10 "},
        {"", "  mdtrt_cert_no=C1****001 org_trace_no=T2026112000012"},
        {"", "← ret_code=99 ret_msg=系统忙，请稍候再试一次 "},
    };
    staff(v, "staff.file");
    v->of.staff.next_key = "staff.resolve";
    v->of.staff.page_count = 7;
    v->of.staff.line_count = 8;
    for (int i = 0; i < 8; i++) {
        v->of.staff.lines[i].key = lines[i][0];
        v->of.staff.lines[i].text = lines[i][1];
    }
}
static void staff_reasons(struct view *v) {
    staff(v, "staff.reason");
    staff_row(v, TOUCH_PICK, "staff.reason.1", "");
    staff_row(v, TOUCH_PICK, "staff.reason.2", "");
    staff_row(v, TOUCH_PICK, "staff.reason.3", "");
    staff_row(v, TOUCH_PICK, "staff.reason.4", "");
    staff_row(v, TOUCH_PICK, "staff.reason.5", "");
}
static void staff_devices(struct view *v) {
    staff(v, "staff.devices");
    staff_row(v, TOUCH_NONE, "device.scanner", "device.word.ready");
    staff_row(v, TOUCH_NONE, "device.printer", "device.word.offline");
    staff_row(v, TOUCH_NONE, "device.id_reader", "device.word.absent");
    staff_row(v, TOUCH_NONE, "device.card_reader", "device.word.unknown");
    staff_row(v, TOUCH_NONE, "device.pinpad", "device.word.fault");
    v->of.staff.rows[1].more_key = "device.supply.out";
}
static void staff_devices_keypad(struct view *v) {
    staff_devices(v);
    v->of.staff.page = 1;
    v->of.staff.page_count = 2;
    v->of.staff.row_count = 0;
    staff_row(v, TOUCH_PICK, "device.keypad", "device.word.ready");
}
static void staff_stop(struct view *v) {
    staff(v, "staff.stop");
    v->of.staff.text_key = "staff.stop.text";
    v->of.staff.next_key = "staff.stop.go";
}
static void help(struct view *v) {
    v->screen = SCREEN_HELP;
    v->can_help = false;
    v->of.help.about = SCREEN_PAY_QR;
}
static void help_called(struct view *v) {
    help(v);
    v->of.help.about = SCREEN_BILLS;
    v->of.help.called = true;
}
static void out_of_service(struct view *v) {
    v->screen = SCREEN_OUT_OF_SERVICE;
    v->can_back = v->can_home = false;
    v->of.out_of_service.reason_key = "reason.journal";
    v->of.out_of_service.code = "JOURNAL";
}

const struct sample samples_staff[] = {
    {"staff-pin", staff_pin},
    {"staff-note", staff_note},
    {"staff-keys", staff_keys},
    {"staff-menu", staff_menu},
    {"staff-menu-closed", staff_menu_closed},
    {"staff-cases", staff_cases},
    {"staff-cases-rare", staff_cases_rare},
    {"staff-no_cases", staff_no_cases},
    {"staff-file", staff_file},
    {"staff-reasons", staff_reasons},
    {"staff-devices", staff_devices},
    {"staff-devices-keypad", staff_devices_keypad},
    {"staff-stop", staff_stop},
    {"help", help},
    {"help-called", help_called},
    {"out_of_service", out_of_service},
    {NULL, NULL},
};
