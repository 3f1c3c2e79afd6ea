/* What became of a payment, where to go then, and what to take along. */
#include "tests/support/samples/parts.h"

static void guides(struct view *v) {
    v->of.result.guide_count = 3;
    v->of.result.guides[0] =
        (struct view_guide){true, "", "YF20261120007",     "门诊楼一层 西药房", "3号窗口", "12",
                            "5",  1,  "DRUG|20261120|0007"};
    v->of.result.guides[1] = (struct view_guide){
        true, "中药房取药",    "ZY202611200012", "门诊楼二层 中药房", "1号窗口", "7", "",
        2,    "20261120000712"};
    v->of.result.guides[2] = (struct view_guide){
        false, "采血须知", "", "请空腹到检验科采血，下午三点后取报告。", "", "", "", 0, ""};
}
static void result(struct view *v) {
    v->screen = SCREEN_RESULT;
    sample_steps(v, 4);
    sample_is_known(v, &sample_outpatient);
    v->what_key = "what.bills";
    v->what_count = 2;
    v->can_back = false;
    for (int i = 0; i < VIEW_STEPS; i++)
        v->steps[i].state = STEP_DONE;
    v->of.result.tone = TONE_GOOD;
    v->of.result.title_key = "verdict.credited.title";
    v->of.result.text_key = "verdict.credited.text";
    v->of.result.amount_key = "result.amount";
    v->of.result.photo_key = "result.photo";
    v->of.result.amount_fen = 12970;
    v->of.result.order_no = "26112011247K00010007";
    v->of.result.case_no = "";
    v->of.result.time = "2026-11-20 11:24:36";
    v->of.result.channel_key = "way.wechat";
    v->of.result.next_step = "请先取药，再到二楼检验科。";
    v->of.result.receipt_key = "receipt.printed";
    v->of.result.paper = true;
    v->of.result.can_print = true;
    v->of.result.photo_code = "";
    guides(v);
}
static void verdict(struct view *v, enum view_tone tone, const char *title, const char *text) {
    result(v);
    v->of.result.tone = tone;
    v->of.result.title_key = title;
    v->of.result.text_key = text;
    v->of.result.guide_count = 0;
    v->of.result.next_step = "";
}
static void result_insured(struct view *v) {
    result(v);
    v->what_count = 1;
    v->of.result.guide_count = 1;
    v->of.result.channel_key = "way.insurance";
    v->of.result.amount_fen = 13290;
    v->of.result.split = (struct view_split){true, true, 13290, 10616, 1234, 1440};
}
static void result_insured_settled(struct view *v) {
    result_insured(v);
    v->of.result.settlement_count = 4;
    v->of.result.settlement[0] = (struct view_settlement){"", "城镇职工基本医疗保险统筹基金", 9616};
    v->of.result.settlement[1] = (struct view_settlement){"", "职工大额医疗费用补助基金", 1000};
    v->of.result.settlement[2] = (struct view_settlement){"settlement.outside", "", 500};
    v->of.result.settlement[3] = (struct view_settlement){"settlement.balance", "", 0};
}
static void checks(struct view *v, struct view_check platform, struct view_check hospital) {
    v->of.result.check_count = 2;
    v->of.result.checks[0] = platform;
    v->of.result.checks[1] = hospital;
}
/* A deposit is no bill: nothing is fetched, what is known of the money stands there. */
static void result_deposit(struct view *v) {
    verdict(v, TONE_GOOD, "verdict.credited.title", "verdict.credited.text");
    sample_is_known(v, &sample_inpatient);
    v->what_key = "what.deposit";
    v->what_count = 0;
    v->steps[1].key = "step.2.amount";
    v->of.result.amount_fen = 100000;
    checks(v, sample_check(CHECK_DONE, "check.platform.paid", "11:24:31"),
           sample_check(CHECK_DONE, "check.hospital.done", ""));
}
static void result_next_bill(struct view *v) {
    result_insured(v);
    v->of.result.next = true;
    v->of.result.next_fen = 3600;
}
static void result_many(struct view *v) {
    result(v);
    v->of.result.guide_count = 7;
    for (int i = 0; i < 7; i++)
        v->of.result.guides[i] = (struct view_guide){
            i < 4,  "",  "SN202611200000000003-1", "门诊大楼一楼 西药房",   "3号窗口",
            "A027", "4", i < 4 ? 1 + i % 2 : 0,    "SN202611200000000003-1"};
}
static void result_photo(struct view *v) {
    result(v);
    v->of.result.guide_count = 1;
    v->of.result.receipt_key = "receipt.no_printer";
    v->of.result.paper = false;
    v->of.result.can_print = false;
    v->of.result.photo_code = "HK1|26112011247K00010007|credited|129.70";
}
static void result_asking(struct view *v) {
    verdict(v, TONE_WAIT, "verdict.asking.title", "verdict.asking.text");
    sample_step_is(v, 4, STEP_ASKED, "step.asked");
    checks(v, sample_check(CHECK_DONE, "check.platform.paid", "11:24:31"),
           sample_check(CHECK_NOW, "check.hospital.asking", ""));
}
static void result_unknown(struct view *v) {
    verdict(v, TONE_WAIT, "verdict.unknown.title", "verdict.unknown.text");
    sample_step_is(v, 3, STEP_ASKED, "step.asked");
    sample_step_is(v, 4, STEP_LATER, "step.4");
    v->of.result.amount_key = "result.asked";
    checks(v, sample_check(CHECK_NOW, "check.platform.asking", ""),
           sample_check(CHECK_LATER, "check.hospital.later", ""));
}
static void result_pushed(struct view *v) {
    result_unknown(v);
    v->of.result.title_key = "verdict.pushed.title";
    v->of.result.text_key = "verdict.pushed.text";
    v->what_count = 1;
    v->of.result.channel_key = "way.insurance";
    checks(v, sample_check(CHECK_NOW, "check.platform.phone", ""),
           sample_check(CHECK_NOW, "check.hospital.asking", ""));
}
static void result_pushed_settled(struct view *v) {
    result_insured(v);
    v->of.result.amount_key = "split.total";
    v->of.result.split = (struct view_split){.insured = true};
}
static void result_push_unsure(struct view *v) {
    result_pushed(v);
    v->of.result.title_key = "verdict.push_unsure.title";
    v->of.result.text_key = "verdict.push_unsure.text";
}
static void result_returned(struct view *v) {
    verdict(v, TONE_RETURNED, "verdict.returned.title", "verdict.returned.text");
    sample_step_is(v, 4, STEP_NOT, "step.4.not");
    checks(v, sample_check(CHECK_DONE, "check.platform.paid", "11:24:31"),
           sample_check(CHECK_NOT, "check.hospital.not", ""));
    v->of.result.check_count = 3;
    v->of.result.checks[2] = sample_check(CHECK_DONE, "check.platform.returned", "");
    v->of.result.has_returned = true;
    v->of.result.returned_fen = 12970;
}
/* The insurance had paid its part, and nobody the rest. */
static void result_own_unpaid(struct view *v) {
    verdict(v, TONE_RETURNED, "verdict.own_unpaid.title", "verdict.own_unpaid.text");
    sample_step_is(v, 3, STEP_NOT, "step.3.not");
    sample_step_is(v, 4, STEP_LATER, "step.4");
    checks(v, sample_check(CHECK_NOT, "check.platform.unpaid", ""),
           sample_check(CHECK_NOT, "check.hospital.not", ""));
    v->of.result.check_count = 3;
    v->of.result.checks[2] = sample_check(CHECK_NOW, "check.insurance.returning", "");
    v->of.result.amount_key = "result.insured_paid";
    v->of.result.amount_fen = v->of.result.returned_fen = 11850;
    v->of.result.has_returned = true;
}
static void result_partly(struct view *v) {
    verdict(v, TONE_RETURNED, "verdict.partly.title", "verdict.partly.text");
    sample_step_is(v, 4, STEP_NOT, "step.4.partly");
    v->of.result.has_returned = true;
    v->of.result.returned_fen = 3600;
    guides(v);
}
static void result_window(struct view *v) {
    verdict(v, TONE_WINDOW, "verdict.window.title", "verdict.window.text");
    sample_step_is(v, 4, STEP_ASKED, "step.asked");
    checks(v, sample_check(CHECK_DONE, "check.platform.paid", "11:24:31"),
           sample_check(CHECK_NOW, "check.hospital.case", ""));
    v->of.result.case_no = "0001-0012";
    v->of.result.receipt_key = "receipt.failed";
    v->of.result.paper = false;
}

static void result_abnormal(struct view *v) {
    result_window(v);
    v->of.result.text_key = "verdict.abnormal.text";
}

static void result_split_wrong(struct view *v) {
    result_window(v);
    v->of.result.text_key = "verdict.split_wrong.text";
    v->of.result.amount_key = "result.asked";
    checks(v, sample_check(CHECK_NOW, "check.platform.case", ""),
           sample_check(CHECK_LATER, "check.hospital.later", ""));
    sample_step_is(v, 3, STEP_ASKED, "step.asked");
    sample_step_is(v, 4, STEP_LATER, "step.4");
}

static void result_half_settled(struct view *v) {
    result_window(v);
    v->of.result.text_key = "verdict.half_settled.text";
}
static void result_settled(struct view *v) {
    verdict(v, TONE_GOOD, "verdict.settled.title", "verdict.settled.text");
    v->of.result.case_no = "C00010012";
}
/* The hospital shows it as paid, and nobody has said by whom. */
static void result_unproven(struct view *v) {
    verdict(v, TONE_WAIT, "verdict.unproven.title", "verdict.unproven.text");
    checks(v, sample_check(CHECK_DONE, "check.platform.paid", "11:24:31"),
           sample_check(CHECK_DONE, "check.hospital.done", ""));
}
/* Nothing comes out yet. */
static void result_printing(struct view *v) {
    result(v);
    v->of.result.guide_count = 0;
    v->of.result.next_step = "";
    v->of.result.receipt_key = "receipt.printing";
    v->of.result.can_print = false;
}
static void result_not_paid(struct view *v) {
    verdict(v, TONE_NOT_PAID, "verdict.not_paid.title", "verdict.not_paid.text");
    sample_step_is(v, 3, STEP_NOT, "step.3.not");
    sample_step_is(v, 4, STEP_LATER, "step.4");
    checks(v, sample_check(CHECK_NOT, "check.platform.unpaid", ""),
           sample_check(CHECK_NOT, "check.hospital.not", ""));
    v->of.result.receipt_key = "";
    v->of.result.paper = false;
    v->of.result.amount_key = v->of.result.channel_key = "";
    v->of.result.can_print = false;
    v->of.result.again = true;
    v->of.result.again_fen = 12970;
}
static void result_closed(struct view *v) {
    result_not_paid(v);
    v->of.result.again = false;
    sample_step_is(v, 3, STEP_NOT, "step.3.closed");
    v->of.result.checks[0] = sample_check(CHECK_NOT, "check.platform.closed", "");
    v->of.result.title_key = "verdict.closed.title";
    v->of.result.text_key = "verdict.closed.text";
}
static void result_revoke_unsure(struct view *v) {
    result_closed(v);
    v->of.result.checks[0] = sample_check(CHECK_NOW, "check.insurance.asking", "");
    v->of.result.title_key = "verdict.revoke_unsure.title";
    v->of.result.text_key = "verdict.revoke_unsure.text";
}
static void result_late(struct view *v) {
    verdict(v, TONE_RETURNED, "verdict.late_returned.title", "verdict.late_returned.text");
    sample_step_is(v, 4, STEP_NOT, "step.4.not");
    checks(v, sample_check(CHECK_DONE, "check.platform.returned", ""),
           sample_check(CHECK_NOT, "check.hospital.not", ""));
    v->of.result.has_returned = true;
    v->of.result.returned_fen = 12970;
}
static void result_looked_up(struct view *v) {
    result(v);
    v->can_back = true;
    v->has_steps = false;
    v->of.result.guide_count = 1;
    v->of.result.receipt_key = "";
    v->of.result.paper = false;
    v->of.result.photo_key = "result.staff_code";
    v->of.result.photo_code = "HK1|26112011247K00010007|CREDITED|129.70";
}
static void result_refunded(struct view *v) {
    verdict(v, TONE_RETURNED, "verdict.refunded.title", "verdict.refunded.text");
    v->can_back = true;
    v->has_steps = false;
    v->of.result.amount_key = "result.refund";
}
static void result_refunded_own(struct view *v) {
    result_refunded(v);
    checks(v, sample_check(CHECK_DONE, "check.platform.returned", ""),
           sample_check(CHECK_DONE, "check.hospital.stands", ""));
}
static void result_refund_unconfirmed(struct view *v) {
    verdict(v, TONE_WINDOW, "verdict.refund_unconfirmed.title", "verdict.refund_unconfirmed.text");
    v->can_back = true;
    v->has_steps = false;
    v->of.result.amount_key = "result.refund";
    v->of.result.case_no = "C00010012";
    v->of.result.has_returned = true;
    v->of.result.returned_fen = 50000;
    v->of.result.receipt_key = "receipt.no_printer";
    v->of.result.paper = false;
    v->of.result.can_print = false;
    v->of.result.photo_code = "HK1|26112011247K00010007|REFUND_UNCONFIRMED|129.70";
}
static void result_refunding(struct view *v) {
    verdict(v, TONE_WAIT, "verdict.refunding.title", "verdict.refunding.text");
    v->can_back = true;
    v->has_steps = false;
    v->of.result.amount_key = "result.refund";
}
static void result_long(struct view *v) {
    result_many(v);
    v->of.result.next_step = SAMPLE_LONG_NAME;
    for (int i = 0; i < 3; i++)
        v->of.result.guides[i] = (struct view_guide){true,
                                                     SAMPLE_LONG_NAME,
                                                     SAMPLE_LONG_NAME,
                                                     SAMPLE_LONG_NAME,
                                                     SAMPLE_LONG_NAME,
                                                     "123456789012345678",
                                                     "1234567",
                                                     i,
                                                     "0123456789012345678901234567890123456789"};
}
/* Places that are told at length, as some hospitals do. */
static void result_told(struct view *v) {
    result_many(v);
    v->of.result.next_step = "请先到门诊楼二层自助报到机报到，再到相应诊区候诊，过号请到分诊台";
    for (int i = 0; i < 3; i++)
        v->of.result.guides[i] =
            (struct view_guide){true,
                                SAMPLE_MEDICINE,
                                "YF20261120007",
                                "住院综合楼（原外科大楼）地下一层静脉用药调配中心发药处",
                                "3号窗口",
                                "12",
                                "5",
                                0,
                                ""};
}
static void take(struct view *v) {
    v->screen = SCREEN_TAKE;
    v->can_back = false;
    v->of.take.card = v->of.take.id_card = v->of.take.receipt = true;
}
static void take_one(struct view *v) {
    take(v);
    v->of.take.card = v->of.take.receipt = false;
}

const struct sample samples_result[] = {
    {"result", result},
    {"result-insured", result_insured},
    {"result-insured-settled", result_insured_settled},
    {"result-deposit", result_deposit},
    {"result-next-bill", result_next_bill},
    {"result-many", result_many},
    {"result-photo", result_photo},
    {"result-asking", result_asking},
    {"result-unknown", result_unknown},
    {"result-pushed", result_pushed},
    {"result-pushed-settled", result_pushed_settled},
    {"result-push-unsure", result_push_unsure},
    {"result-returned", result_returned},
    {"result-own-unpaid", result_own_unpaid},
    {"result-partly", result_partly},
    {"result-window", result_window},
    {"result-abnormal", result_abnormal},
    {"result-split-wrong", result_split_wrong},
    {"result-half-settled", result_half_settled},
    {"result-settled", result_settled},
    {"result-unproven", result_unproven},
    {"result-printing", result_printing},
    {"result-not_paid", result_not_paid},
    {"result-closed", result_closed},
    {"result-revoke-unsure", result_revoke_unsure},
    {"result-late", result_late},
    {"result-looked-up", result_looked_up},
    {"result-refunded", result_refunded},
    {"result-refunded-own", result_refunded_own},
    {"result-refund-unconfirmed", result_refund_unconfirmed},
    {"result-refunding", result_refunding},
    {"take", take},
    {"take-one", take_one},
    {"result-long", result_long},
    {"result-told", result_told},
    {NULL, NULL},
};
