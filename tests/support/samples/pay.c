/* Paying, and waiting for it. */
#include <stdio.h>
#include <string.h>

#include "tests/support/samples/parts.h"

static void pay_qr(struct view *v) {
    v->screen = SCREEN_PAY_QR;
    sample_steps(v, 3);
    sample_is_known(v, &sample_outpatient);
    v->what_key = "what.bills";
    v->what_count = 2;
    v->of.pay_qr.amount_fen = 12970;
    v->of.pay_qr.link = "http://127.0.0.1:18080/pay/4f7c1e0b9a8d4c53b2716d0e5a9f8c71";
    v->of.pay_qr.channel = 1;
    v->can_back = v->can_home = false;
    v->of.pay_qr.left_s = 102;
    v->of.pay_qr.whole_s = 180;
    v->of.pay_qr.order_no = "26112011247K00010007";
}
static void pay_qr_long(struct view *v) {
    static char link[260];
    pay_qr(v);
    snprintf(link, sizeof link, "https://pay.example.org/cashier?token=");
    memset(link + strlen(link), 'a', 200 - strlen(link));
    link[200] = '\0';
    v->of.pay_qr.link = link;
    v->of.pay_qr.left_s = 18;
}
static void pay_qr_one(struct view *v) {
    pay_qr(v);
    v->of.pay_qr.channel = 6; /* one code for every wallet */
}
static const struct view_split sample_split = {true, true, 13290, 10616, 1234, 1440};
static void pay_insured(struct view *v) {
    pay_qr(v);
    v->what_count = 1;
    v->of.pay_qr.channel = 7;
    v->of.pay_qr.split = sample_split;
    v->of.pay_qr.other_way = true;
    v->of.pay_qr.amount_fen = sample_split.own_fen;
}
static void pay_insured_unknown(struct view *v) {
    pay_insured(v);
    v->of.pay_qr.split = (struct view_split){.insured = true};
    v->of.pay_qr.amount_fen = 13290;
}
/* The insurance has settled its part: how the rest is paid is chosen, then paid. */
static void own_part(struct view *v) {
    static const int ways[] = {1, 2, 3};
    pay_qr(v);
    v->screen = SCREEN_OWN_PART;
    v->what_count = 1;
    memset(&v->of, 0, sizeof v->of);
    v->of.own_part.split = sample_split;
    v->of.own_part.amount_fen = sample_split.own_fen;
    v->of.own_part.count = 3;
    for (int i = 0; i < 3; i++)
        v->of.own_part.channels[i] = (struct view_channel){ways[i], true, false, ""};
    v->of.own_part.left_s = 163;
    v->of.own_part.whole_s = 180;
    v->of.own_part.order_no = "26112011247K00010007";
}
static void own_part_trouble(struct view *v) {
    own_part(v);
    for (int i = 0; i < 3; i++)
        v->of.own_part.channels[i] =
            (struct view_channel){v->of.own_part.channels[i].channel, false, false, "reason.clock"};
}
static void own_part_code(struct view *v) {
    pay_qr(v);
    v->what_count = 1;
    v->of.pay_qr.split = sample_split;
    v->of.pay_qr.amount_fen = sample_split.own_fen;
    v->of.pay_qr.own_part = true;
}
static void pushed(struct view *v) {
    pay_qr(v);
    v->screen = SCREEN_PUSHED;
    v->what_count = 1;
    memset(&v->of, 0, sizeof v->of);
    v->of.pushed.amount_fen = 13290;
    v->of.pushed.phone = "138****0011";
    v->of.pushed.left_s = 271;
    v->of.pushed.whole_s = 300;
    v->of.pushed.order_no = "26112011247K00010007";
}
/* Its fees were uploaded: the insurance has told it before it is paid. */
static void pushed_split(struct view *v) {
    pushed(v);
    v->of.pushed.split = (struct view_split){.insured = true,
                                             .known = true,
                                             .total_fen = 13290,
                                             .fund_fen = 10616,
                                             .account_fen = 1234,
                                             .own_fen = 1440};
}
static void pushed_unsure(struct view *v) {
    pushed(v);
    v->of.pushed.unsure = true;
    v->of.pushed.left_s = 95;
}
static const struct view_insured sample_insured = {6, 2, 2350};
static void pay_insured_lines(struct view *v) {
    pay_insured_unknown(v);
    v->of.pay_qr.insured = sample_insured;
}
static void insurance(struct view *v) {
    static const struct view_insured_line rows[] = {
        {"阿莫西林胶囊", "insurance.first", 2550, 0, 0, ""},
        {SAMPLE_MEDICINE, "insurance.second", 4260, 0, 10, ""},
        {"血常规（五分类）", "insurance.first", 2500, 0, 0, ""},
        {"维生素营养片", "insurance.outside", 1850, 1850, 0, ""},
        {"一次性使用静脉留置针", "insurance.second", 1630, 500, 20, ""},
        {"", "", 500, 0, 0, "4410098-6"}};
    pay_insured_lines(v);
    v->screen = SCREEN_INSURANCE;
    v->can_back = true;
    memset(&v->of, 0, sizeof v->of);
    v->of.insurance.split = (struct view_split){.insured = true};
    v->of.insurance.insured = sample_insured;
    v->of.insurance.page_count = 1;
    v->of.insurance.count = 6;
    memcpy(v->of.insurance.rows, rows, sizeof rows);
}
static void insurance_pages(struct view *v) {
    insurance(v);
    v->of.insurance.split = sample_split;
    v->of.insurance.insured = (struct view_insured){14, 0, 0};
    v->of.insurance.page_count = 3;
    v->of.insurance.rows[3] = v->of.insurance.rows[0];
    v->of.insurance.rows[4] = v->of.insurance.rows[1];
    v->of.insurance.rows[5] = (struct view_insured_line){"代煎", "", 500, 0, 0, ""};
}
static void pay_insured_nothing(struct view *v) {
    pay_insured(v);
    v->of.pay_qr.split = (struct view_split){true, true, 13290, 12056, 1234, 0};
    v->of.pay_qr.amount_fen = 0;
}
static void pay_code(struct view *v) {
    v->screen = SCREEN_PAY_CODE;
    sample_steps(v, 3);
    sample_is_known(v, &sample_outpatient);
    v->what_key = "what.bills";
    v->what_count = 2;
    v->back_key = "nav.other_way";
    v->of.pay_code.amount_fen = 12970;
    v->of.pay_code.left_s = 55;
    v->of.pay_code.whole_s = 90;
    v->of.pay_code.order_no = "26112011247K00010007";
    v->of.pay_code.progress_key = "pay_code.text";
    v->of.pay_code.time_key = "pay_code.time";
    v->of.pay_code.can_cancel = true;
}
static void pay_code_counting(struct view *v) {
    pay_code(v);
    v->can_back = v->can_home = false;
    v->of.pay_code.counting = true;
    v->of.pay_code.left_s = 4;
    v->of.pay_code.whole_s = 5;
    v->of.pay_code.order_no = "";
    v->of.pay_code.progress_key = "pay_code.counting";
    v->of.pay_code.time_key = "pay_code.counting.time";
}
static void insured_code(struct view *v) {
    pay_code(v);
    v->what_count = 1;
    v->of.pay_code.progress_key = "insurance.code.text";
    v->of.pay_code.time_key = "insurance.code.time";
}
static void pay_card(struct view *v) {
    pay_code(v);
    v->can_back = v->can_home = false;
    v->of.pay_code.card = true;
    v->of.pay_code.time_key = "pay_card.time";
    v->of.pay_code.step = PINPAD_INSERT;
    v->of.pay_code.progress_key = "pay_card.insert";
}
static void pay_card_pin(struct view *v) {
    pay_card(v);
    v->of.pay_code.step = PINPAD_PIN;
    v->of.pay_code.progress_key = "pay_card.pin";
    v->of.pay_code.can_cancel = false;
    v->of.pay_code.left_s = v->of.pay_code.whole_s = 0;
}
static void pay_card_bank(struct view *v) {
    pay_card_pin(v);
    v->of.pay_code.step = PINPAD_BANK;
    v->of.pay_code.progress_key = "pay_card.online";
}
static void waiting(struct view *v) {
    v->screen = SCREEN_WAITING;
    sample_steps(v, 3);
    sample_is_known(v, &sample_outpatient);
    v->what_key = "what.bills";
    v->what_count = 2;
    v->can_back = v->can_home = false;
    v->of.waiting.title_key = "waiting.confirming.title";
    v->of.waiting.text_key = "waiting.confirming.text";
    v->of.waiting.has_amount = v->of.waiting.warns = v->of.waiting.can_cancel = true;
    v->of.waiting.amount_fen = 12970;
    v->of.waiting.channel_key = "";
    v->of.waiting.order_no = "26112011247K00010007";
    v->of.waiting.waited_s = 7;
    v->of.waiting.check_count = 3;
    v->of.waiting.checks[0] = sample_check(CHECK_NOW, "check.platform.phone", "");
    v->of.waiting.checks[1] = sample_check(CHECK_LATER, "check.hospital.later", "");
    v->of.waiting.checks[2] = sample_check(CHECK_LATER, "check.receipt.later", "");
}
static void waiting_credit(struct view *v) {
    waiting(v);
    sample_steps(v, 4);
    v->of.waiting.title_key = "waiting.credit.title";
    v->of.waiting.text_key = "waiting.credit.text";
    v->of.waiting.can_cancel = false;
    v->of.waiting.checks[0] = sample_check(CHECK_DONE, "check.platform.paid", "11:24:31");
    v->of.waiting.checks[1] = sample_check(CHECK_NOW, "check.hospital.crediting", "");
}
static void waiting_close(struct view *v) {
    waiting(v);
    sample_step_is(v, 3, STEP_ASKED, "step.asked");
    v->of.waiting.title_key = "waiting.close.title";
    v->of.waiting.text_key = "waiting.close.text";
    v->of.waiting.can_cancel = false;
    v->of.waiting.checks[0] = sample_check(CHECK_NOW, "check.platform.closing", "");
}
static void waiting_placing(struct view *v) {
    waiting(v);
    v->of.waiting.title_key = "waiting.placing.title";
    v->of.waiting.text_key = "waiting.placing.text";
    v->of.waiting.warns = v->of.waiting.can_cancel = false;
    v->of.waiting.waited_s = 0;
    v->of.waiting.checks[0] = sample_check(CHECK_NOW, "check.platform.placing", "");
}
/* Longer than anybody likes to wait. */
static void waiting_slow(struct view *v) {
    waiting_credit(v);
    v->of.waiting.waited_s = 74;
}
static void waiting_bills(struct view *v) {
    waiting(v);
    sample_steps(v, 2);
    v->what_key = "";
    v->of.waiting.title_key = "waiting.bills.title";
    v->of.waiting.text_key = "waiting.bills.text";
    v->of.waiting.has_amount = v->of.waiting.warns = v->of.waiting.can_cancel = false;
    v->of.waiting.order_no = "";
    v->of.waiting.check_count = 0;
}

static void waiting_account(struct view *v) {
    waiting_bills(v);
    sample_steps(v, 1);
    v->identified = false;
    v->of.waiting.title_key = "waiting.account.title";
    v->of.waiting.text_key = "waiting.account.text";
}
static void waiting_records(struct view *v) {
    waiting_bills(v);
    v->has_steps = false;
    v->of.waiting.title_key = "waiting.records.title";
    v->of.waiting.text_key = "waiting.records.text";
}

const struct sample samples_pay[] = {
    {"pay_qr", pay_qr},
    {"pay_qr-long", pay_qr_long},
    {"pay_qr-one", pay_qr_one},
    {"pay_qr-insured", pay_insured},
    {"pay_qr-insured-unknown", pay_insured_unknown},
    {"pay_qr-insured-nothing", pay_insured_nothing},
    {"pay_qr-insured-lines", pay_insured_lines},
    {"insurance", insurance},
    {"insurance-pages", insurance_pages},
    {"pushed", pushed},
    {"own-part", own_part},
    {"own-part-trouble", own_part_trouble},
    {"own-part-code", own_part_code},
    {"pushed-split", pushed_split},
    {"pushed-unsure", pushed_unsure},
    {"pay_code", pay_code},
    {"pay_code-counting", pay_code_counting},
    {"pay_code-insured", insured_code},
    {"pay_card", pay_card},
    {"pay_card-pin", pay_card_pin},
    {"pay_card-bank", pay_card_bank},
    {"waiting", waiting},
    {"waiting-placing", waiting_placing},
    {"waiting-credit", waiting_credit},
    {"waiting-close", waiting_close},
    {"waiting-slow", waiting_slow},
    {"waiting-bills", waiting_bills},
    {"waiting-account", waiting_account},
    {"waiting-records", waiting_records},
    {NULL, NULL},
};
