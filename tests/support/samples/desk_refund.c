/* The refund desk: what can go back, how much of it, why, who else has to agree, and its ends. */
#include <string.h>

#include "tests/support/samples/parts.h"

static const struct view_desk_choice refund_choices[] = {
    {"11-20 10:02", "desk.what.inpatient", "desk.way.code", 200000, 34930, 165070, ""},
    {"11-19 16:40", "desk.what.inpatient", "desk.way.pos1", 80000, 0, 80000, ""},
    {"11-20 09:12", "desk.what.bills", "desk.way.phone", 8800, 0, 0, "desk.no_refund.busy"},
    {"11-18 09:03", "desk.what.outpatient", "desk.way.cash", 100000, 100000, 0,
     "desk.no_refund.nothing"},
};

static void desk_refund(struct view *v) {
    struct view_desk *desk = &v->of.desk;
    sample_desk_chosen(v, SCREEN_DESK_REFUND, "desk.way.code");
    desk->amount_key = "desk.back";
    desk->asked_fen = 165070;
    desk->choice_count = 4;
    memcpy(desk->choices, refund_choices, sizeof refund_choices);
    desk->why = 1;
    desk->missing_key = desk->second_key = desk->agreed_by = "";
    desk->amount_changes = true;
    desk->escape_key = "desk.keep";
    desk->enter_key = "desk.refund.go";
    desk->patient.state = PATIENT_REFUND;
}

static void desk_refund_less(struct view *v) {
    desk_refund(v);
    v->of.desk.asked_fen = 200000;
    v->of.desk.less_key = "desk.refund.less";
    v->of.desk.more_choices = true;
}

/* The cashier makes it less: while it is typed, and with what was typed too much. */
static void desk_refund_amount(struct view *v) {
    desk_refund(v);
    v->of.desk.amount_asked = true;
    v->of.desk.most_fen = 165070;
    v->of.desk.typed = "300.5";
    v->of.desk.missing_key = "desk.refund.amount";
    v->of.desk.enter_key = "desk.refund.take";
    v->of.desk.escape_key = "desk.refund.as_it_was";
    v->focus = (struct touch){TOUCH_NEXT, 0};
}

static void desk_refund_too_much(struct view *v) {
    desk_refund_amount(v);
    v->of.desk.typed = "";
    v->notice_key = "desk.refund.wrong";
}

static void desk_refund_part(struct view *v) {
    desk_refund(v);
    v->of.desk.amount_fen = v->of.desk.patient.amount_fen = 30050;
    v->of.desk.less_key = "desk.refund.part";
}

/* Nothing is said yet of why. */
static void desk_refund_why(struct view *v) {
    desk_refund(v);
    v->of.desk.why = 0;
    v->of.desk.missing_key = "desk.refund.why";
}

static void desk_refund_second(struct view *v) {
    desk_refund(v);
    v->of.desk.second = true;
    v->of.desk.second_key = "desk.second.ask";
    v->of.desk.missing_key = "desk.refund.second";
    v->of.desk.pin_length = 6;
    v->focus = (struct touch){TOUCH_NEXT, 0};
}

static void desk_refund_agreed(struct view *v) {
    desk_refund(v);
    v->of.desk.second = true;
    v->of.desk.second_key = "desk.second.agreed";
    v->of.desk.agreed_by = "王主管";
}

static void desk_refunded(struct view *v) {
    sample_desk_end(v, TONE_RETURNED, "desk.end.refunded", "desk.end.refunded.cash",
                    PATIENT_REFUNDED);
    v->of.desk.way_key = "desk.way.cash";
    v->of.desk.patient.cash = true;
}

static void desk_refunded_less(struct view *v) {
    sample_desk_end(v, TONE_RETURNED, "desk.end.refunded", "desk.end.refunded.text",
                    PATIENT_REFUNDED);
    v->of.desk.asked_fen = 200000;
    v->of.desk.less_key = "desk.end.less";
}

static void desk_refund_busy(struct view *v) {
    sample_desk_end(v, TONE_WAIT, "desk.end.not_refunded", "desk.end.refund_busy.text",
                    PATIENT_WINDOW);
}

static void desk_not_refunded(struct view *v) {
    sample_desk_end(v, TONE_NOT_PAID, "desk.end.not_refunded", "desk.end.not_refunded.text",
                    PATIENT_NOT_REFUNDED);
}

const struct sample samples_desk_refund[] = {{"desk-refund", desk_refund},
                                             {"desk-refund-why", desk_refund_why},
                                             {"desk-refund-second", desk_refund_second},
                                             {"desk-refund-agreed", desk_refund_agreed},
                                             {"desk-refund-less", desk_refund_less},
                                             {"desk-refund-amount", desk_refund_amount},
                                             {"desk-refund-too-much", desk_refund_too_much},
                                             {"desk-refund-part", desk_refund_part},
                                             {"desk-refunded", desk_refunded},
                                             {"desk-refunded-less", desk_refunded_less},
                                             {"desk-refund-busy", desk_refund_busy},
                                             {"desk-not-refunded", desk_not_refunded},
                                             {NULL, NULL}};
