/* The cashier's window and the patient's display, at every screen and with what strains them. */
#include <string.h>

#include "tests/support/samples/parts.h"

const struct panel desk_panels[] = {
    {"desk-1920", 1920, 1080, 476, 268},
    {"desk-1366", 1366, 768, 344, 194},
    {"desk-1280", 1280, 800, 318, 199},
};
const int desk_panel_count = (int)(sizeof desk_panels / sizeof desk_panels[0]);

#define LINK "https://pay.hospital.example/q/2611200711240001000012345678"

void sample_fill_desk(struct view *v, enum screen screen) {
    static const struct view_lamp lamps[] = {
        {"desk.lamp.scanner", true}, {"desk.lamp.display", true},  {"desk.key.pos1", true},
        {"desk.key.pos2", true},     {"desk.lamp.platform", true}, {"desk.lamp.printer", false},
        {"desk.lamp.journal", true}};
    struct view_desk *desk = &v->of.desk;
    v->screen = screen;
    v->terminal_no = "0003";
    desk->cashier = "林晓 1024";
    desk->lamp_count = 7;
    memcpy(desk->lamps, lamps, sizeof lamps);
    desk->escape_key = desk->enter_key = desk->way_key = desk->order_no = desk->caller_no = "";
    desk->called = desk->say_key = desk->typed = desk->title_key = desk->text_key = "";
    desk->other_key = desk->other_at = desk->other_place = "";
    desk->trace_no = desk->case_no = desk->time = desk->receipt_key = desk->less_key = "";
    desk->receipt_of = "";
    desk->shift_began = "08:00";
    desk->shift_by = "林晓";
    for (int i = 0; i < VIEW_DESK_WAYS; i++)
        desk->ways[i].reason_key = "desk.no_call";
    desk->patient = (struct view_patient){.show = "", .link = ""};
}

static void fill_call(struct view *v, enum screen screen) {
    struct view_desk *desk = &v->of.desk;
    sample_fill_desk(v, screen);
    sample_is_known(v, &sample_inpatient);
    v->what_key = "desk.what.inpatient";
    desk->amount_key = "desk.due";
    desk->amount_fen = desk->patient.amount_fen = 165070;
    desk->called = "11:24:12";
    desk->caller_no = "20261120112412000001";
    desk->patient.show = "住院预交金\n心内科三病区 12 床\n主管医师 周明远";
}

void sample_desk_chosen(struct view *v, enum screen screen, const char *way_key) {
    fill_call(v, screen);
    v->of.desk.way_key = way_key;
    v->of.desk.order_no = "26112011247K00010000";
}

static void let_choose(struct view *v) {
    v->of.desk.can_choose = true;
    for (int i = 0; i < VIEW_DESK_WAYS; i++)
        v->of.desk.ways[i].reason_key =
            i == 2 || i == 3 ? (i == 2 ? "desk.pos_off" : "desk.pos_busy") : "";
}

static void desk_pay(struct view *v) {
    fill_call(v, SCREEN_DESK_PAY);
    let_choose(v);
    v->of.desk.escape_key = "desk.let_go";
    v->of.desk.waiting = 3;
    v->of.desk.patient.state = PATIENT_DUE;
    v->focus = (struct touch){TOUCH_FUNCTION, 1};
}

static void desk_wrong_code(struct view *v) {
    desk_pay(v);
    v->notice_key = "desk.wrong_code";
}

static void desk_early_code(struct view *v) {
    desk_wrong_code(v);
    v->notice_key = "desk.early_code";
}

static void desk_code_asked(struct view *v) {
    desk_wrong_code(v);
    v->notice_key = "desk.code_asked";
}

static void desk_named(struct view *v) {
    desk_pay(v);
    for (int i = 1; i < VIEW_DESK_WAYS; i++)
        v->of.desk.ways[i].reason_key = "desk.other_named";
}

static void desk_display_away(struct view *v) {
    desk_pay(v);
    v->of.desk.lamps[1].good = false;
    v->of.desk.ways[1].reason_key = "desk.display_away";
}

static void desk_scan(struct view *v) {
    fill_call(v, SCREEN_DESK_WAIT);
    let_choose(v);
    v->of.desk.way_key = "desk.way.phone";
    v->of.desk.escape_key = "desk.other_way";
    v->of.desk.say_key = "desk.say.phone";
    v->of.desk.check_count = 1;
    v->of.desk.checks[0] = sample_check(CHECK_NOW, "desk.check.scan", "");
    v->of.desk.patient.state = PATIENT_CODE;
}

static void has_other(struct view *v, const char *key, const char *at) {
    v->of.desk.other_key = key;
    v->of.desk.other_place = "0007";
    v->of.desk.other_at = at;
    v->of.desk.other_fen = 13290;
}
static void desk_pay_other(struct view *v) {
    desk_pay(v);
    has_other(v, "desk.other.phone", "2025-12-19 11:02");
}
static void desk_code(struct view *v) {
    struct view_desk *desk = &v->of.desk;
    sample_desk_chosen(v, SCREEN_DESK_WAIT, "desk.way.code");
    desk->escape_key = "desk.take_back";
    desk->say_key = "desk.say.code";
    desk->left_s = desk->patient.left_s = 141;
    desk->patient.whole_s = 180;
    desk->check_count = 2;
    desk->checks[0] = sample_check(CHECK_NOW, "desk.check.patient", "");
    desk->checks[1] = sample_check(CHECK_LATER, "check.hospital.later", "");
    desk->patient.state = PATIENT_QR;
    desk->patient.link = LINK;
}

/* The patient is insured: the code at the scanner decides. */
static void desk_pay_insured(struct view *v) {
    desk_pay(v);
    v->what_key = "desk.what.bills";
    v->of.desk.insured = true;
}

static void desk_code_insured(struct view *v) {
    desk_code(v);
    v->what_key = "desk.what.bills";
    v->of.desk.way_key = "desk.way.insured";
    v->of.desk.say_key = "desk.say.insured";
    v->of.desk.patient.insured = true;
}

/* The display has gone meanwhile. */
static void desk_code_unseen(struct view *v) {
    desk_code(v);
    v->of.desk.lamps[1].good = false;
    v->notice_key = "desk.display_away.code";
}

/* As long as the documents let anything be. */
static void desk_long(struct view *v) {
    desk_code(v);
    v->account.name = SAMPLE_LONG_NAME;
    v->of.desk.caller_no = SAMPLE_LONG_NUMBER "0123456789012345678901";
    v->of.desk.amount_fen = v->of.desk.patient.amount_fen = INT64_C(9999999999);
    v->of.desk.patient.show = SAMPLE_LONG_NAME SAMPLE_LONG_NAME "\n" SAMPLE_LONG_NAME;
    v->of.desk.cashier = SAMPLE_LONG_NAME;
    v->hospital_name = SAMPLE_LONG_NAME;
}

static void desk_taking_back(struct view *v) {
    desk_code(v);
    v->of.desk.escape_key = "";
    v->notice_key = "desk.cancelling";
    v->of.desk.patient.state = PATIENT_ASKING;
}

static void desk_unknown(struct view *v) {
    struct view_desk *desk = &v->of.desk;
    sample_desk_chosen(v, SCREEN_DESK_WAIT, "desk.way.phone");
    desk->unknown = desk->can_ask = true;
    desk->waited_s = 48;
    desk->say_key = "desk.say.unknown";
    desk->enter_key = "desk.background";
    desk->check_count = 2;
    desk->checks[0] = sample_check(CHECK_NOW, "check.platform.asking", "");
    desk->checks[1] = sample_check(CHECK_LATER, "check.hospital.later", "");
    desk->patient.state = PATIENT_ASKING;
    v->focus = (struct touch){TOUCH_NEXT, 0};
}

static void desk_cash(struct view *v) {
    struct view_desk *desk = &v->of.desk;
    static const int64_t notes[] = {165070, 165100, 166000, 170000};
    fill_call(v, SCREEN_DESK_CASH);
    let_choose(v);
    desk->escape_key = "desk.other_way";
    desk->enter_key = "desk.take_cash";
    desk->typed = "2,000";
    desk->enough = true;
    desk->change_fen = desk->patient.change_fen = 34930;
    desk->patient.received_fen = 200000;
    desk->note_count = VIEW_NOTES_MAX;
    memcpy(desk->notes_fen, notes, sizeof notes);
    desk->patient.state = PATIENT_CASH;
    v->focus = (struct touch){TOUCH_NEXT, 0};
}

static void desk_cash_other(struct view *v) {
    desk_cash(v);
    has_other(v, "desk.other.perhaps", "2025-12-19 11:02");
}
static void desk_code_other(struct view *v) {
    desk_code(v);
    has_other(v, "desk.other.not_booked", "2025-12-19 11:02");
}
static void desk_too_little(struct view *v) {
    desk_cash(v);
    v->notice_key = "desk.too_little";
    v->of.desk.typed = "20";
    v->of.desk.enough = false;
    v->of.desk.change_fen = v->of.desk.patient.change_fen = 0;
    v->of.desk.patient.received_fen = 2000;
}

void sample_desk_end(struct view *v, enum view_tone tone, const char *title_key,
                     const char *text_key, enum view_patient_state state) {
    struct view_desk *desk = &v->of.desk;
    sample_desk_chosen(v, SCREEN_DESK_RESULT, "desk.way.code");
    desk->tone = tone;
    desk->title_key = title_key;
    desk->text_key = text_key;
    desk->enter_key = "desk.done";
    desk->trace_no = "4200002133202611270912345678";
    desk->patient.state = state;
    v->focus = (struct touch){TOUCH_NEXT, 0};
}

static void desk_paid(struct view *v) {
    sample_desk_end(v, TONE_GOOD, "desk.end.paid", "desk.end.paid.text", PATIENT_PAID);
    v->of.desk.time = "11:24:31";
    v->of.desk.way_key = "desk.way.cash";
    v->of.desk.change_fen = v->of.desk.patient.change_fen = 34930;
    v->of.desk.patient.cash = true;
    v->of.desk.can_print = true;
    v->of.desk.receipt_key = "desk.receipt.printed";
    v->of.desk.enter_key = "desk.next_call";
    v->of.desk.waiting = 1;
}

/* A call of today, looked at again. */
static void desk_looking(struct view *v) {
    sample_desk_end(v, TONE_WAIT, "desk.row.unknown", "desk.unknown.ask", PATIENT_IDLE);
    v->of.desk.can_ask = true;
    v->of.desk.escape_key = "desk.look.close";
    v->of.desk.can_print = true;
    v->of.desk.receipt_key = "desk.receipt.unknown";
}

static void desk_paid_code(struct view *v) {
    sample_desk_end(v, TONE_GOOD, "desk.end.paid", "desk.end.paid.text", PATIENT_PAID);
    v->of.desk.leaves_s = 4;
}

static void desk_unpaid(struct view *v) {
    sample_desk_end(v, TONE_NOT_PAID, "desk.end.unpaid", "desk.end.unpaid.text", PATIENT_NOT_PAID);
}

static void desk_cash_back(struct view *v) {
    sample_desk_end(v, TONE_NOT_PAID, "desk.end.unpaid", "desk.end.cash_back", PATIENT_NOT_PAID);
    v->of.desk.way_key = "desk.way.cash";
    v->of.desk.patient.cash = true;
}

static void desk_closed(struct view *v) {
    sample_desk_end(v, TONE_NOT_PAID, "desk.end.closed", "desk.end.closed.text", PATIENT_CLOSED);
}

static void desk_unsure(struct view *v) {
    sample_desk_end(v, TONE_WAIT, "desk.end.unsure", "desk.end.unsure.text", PATIENT_UNSURE);
    v->of.desk.way_key = "desk.way.insured";
}

static void desk_returned(struct view *v) {
    sample_desk_end(v, TONE_RETURNED, "desk.end.returned", "desk.end.returned.text",
                    PATIENT_RETURNED);
}

static void desk_person(struct view *v) {
    sample_desk_end(v, TONE_WINDOW, "desk.end.window", "desk.end.window.text", PATIENT_WINDOW);
    v->of.desk.case_no = "C2611200003";
}

static void desk_refused(struct view *v) {
    sample_desk_end(v, TONE_NOT_PAID, "desk.end.not_begun", "desk.refused.full", PATIENT_NOT_PAID);
    v->of.desk.order_no = v->of.desk.trace_no = "";
}

/* Two that can go back, two that cannot. */
/* At the pinpad: the card, the PIN. */
static void desk_card(struct view *v) {
    struct view_desk *desk = &v->of.desk;
    sample_desk_chosen(v, SCREEN_DESK_WAIT, "desk.way.pos2");
    desk->say_key = "desk.say.card";
    desk->check_count = 2;
    desk->checks[0] = sample_check(CHECK_NOW, "desk.check.card", "");
    desk->checks[1] = sample_check(CHECK_LATER, "check.hospital.later", "");
    desk->escape_key = "desk.take_back";
    desk->patient.state = PATIENT_CARD;
    desk->patient.card_key = "patient.card.insert";
    desk->patient.card_text_key = "patient.card.text";
}

static void desk_card_pin(struct view *v) {
    desk_card(v);
    v->of.desk.say_key = "desk.say.pin";
    v->of.desk.checks[0] = sample_check(CHECK_NOW, "desk.check.pin", "");
    v->of.desk.escape_key = "";
    v->of.desk.patient.card_key = "patient.card.pin";
    v->of.desk.patient.card_text_key = "patient.card.cover";
}

static void desk_help(struct view *v) {
    desk_pay(v);
    v->of.desk.escape_key = "desk.help.close";
    v->of.desk.helps = true;
    v->focus = (struct touch){TOUCH_NONE, 0};
}

static const struct sample desk_samples[] = {{"desk-pay", desk_pay},
                                             {"desk-wrong-code", desk_wrong_code},
                                             {"desk-early-code", desk_early_code},
                                             {"desk-code-asked", desk_code_asked},
                                             {"desk-pay-other", desk_pay_other},
                                             {"desk-pay-insured", desk_pay_insured},
                                             {"desk-cash-other", desk_cash_other},
                                             {"desk-code-other", desk_code_other},
                                             {"desk-display-away", desk_display_away},
                                             {"desk-code-insured", desk_code_insured},
                                             {"desk-code-unseen", desk_code_unseen},
                                             {"desk-named", desk_named},
                                             {"desk-scan", desk_scan},
                                             {"desk-code", desk_code},
                                             {"desk-long", desk_long},
                                             {"desk-taking-back", desk_taking_back},
                                             {"desk-unknown", desk_unknown},
                                             {"desk-cash", desk_cash},
                                             {"desk-too-little", desk_too_little},
                                             {"desk-paid", desk_paid},
                                             {"desk-looking", desk_looking},
                                             {"desk-paid-code", desk_paid_code},
                                             {"desk-unpaid", desk_unpaid},
                                             {"desk-cash-back", desk_cash_back},
                                             {"desk-closed", desk_closed},
                                             {"desk-unsure", desk_unsure},
                                             {"desk-returned", desk_returned},
                                             {"desk-person", desk_person},
                                             {"desk-refused", desk_refused},

                                             {"desk-card", desk_card},
                                             {"desk-card-pin", desk_card_pin},
                                             {"desk-help", desk_help},
                                             {NULL, NULL}};

const struct sample *desk_sample_at(int n) {
    static const struct sample *const desk_groups[] = {desk_samples, samples_desk_day,
                                                       samples_desk_refund};
    for (size_t i = 0; i < sizeof desk_groups / sizeof desk_groups[0]; i++)
        for (const struct sample *sample = desk_groups[i]; sample->name != NULL; sample++)
            if (n-- == 0)
                return sample;
    return NULL;
}
