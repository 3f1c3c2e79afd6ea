#include "tests/support/samples.h"

#include <stdio.h>
#include <string.h>

#define LONG_NAME                                                                                                                             \
    "注射用头孢哌酮钠舒巴坦钠（复方制剂，冻干粉针，儿童及成人适用，皮试阴性后使用，须避光保存）" \
    "注射用头孢哌酮钠舒巴坦钠（复方制剂，冻干粉针，儿童及成人适用，皮试阴性后使用，须避光保存）" \
    "注射用头孢哌酮钠舒巴坦钠（复方制剂，冻干粉针，儿童及成人适用，皮试阴性后使用，须避光保存）" \
    "注射用头孢哌酮钠舒巴坦钠（复方制剂，冻干粉针，儿童及成人适用）"

const struct panel panels[] = {
    {"portrait", 1080, 1920, 268, 476},
    {"landscape", 1920, 1080, 476, 268},
    {"small", 1280, 800, 318, 199},
};
const int panel_count = (int)(sizeof panels / sizeof panels[0]);

const struct sample_mode sample_modes[] = {
    {"", {false, false, false}},
    {"elder", {.elder = true}},
    {"low", {.low = true}},
    {"dark", {.dark = true}},
    {"elder-low", {.elder = true, .low = true}},
};
const int sample_mode_count = (int)(sizeof sample_modes / sizeof sample_modes[0]);

static const struct view_account outpatient = {.name = "张*丰",
                                               .id_no = "110105********002X",
                                               .card_no = "C1***0001",
                                               .number_key = "who.card",
                                               .number = "C1***0001",
                                               .ward = "",
                                               .bed = ""};
static const struct view_account inpatient = {.name = "王*兰",
                                              .id_no = "110105********1224",
                                              .card_no = "W2***1234",
                                              .number_key = "who.inpatient",
                                              .number = "W2***1234",
                                              .ward = "心内科三病区",
                                              .bed = "12床",
                                              .inpatient = true,
                                              .has_balance = true,
                                              .balance_fen = 35000};

static bool panel_is_wide; /* of the sample that is made */

/* How many rows of it the program would put on a page. */
static int page_holds(const struct view *v, enum page_of what) {
    return rows_a_page(what, (struct page_shape){panel_is_wide, v->mode.elder, v->mode.low});
}

/* Whose money it is stands on the screen. */
static void is_known(struct view *v, const struct view_account *account) {
    v->identified = true;
    v->account = *account;
}

static void steps(struct view *v, int now) {
    static const char *const keys[VIEW_STEPS] = {"step.1", "step.2", "step.3", "step.4"};
    v->has_steps = true;
    for (int i = 0; i < VIEW_STEPS; i++)
        v->steps[i] = (struct view_step){i + 1 < now    ? STEP_DONE
                                         : i + 1 == now ? STEP_NOW
                                                        : STEP_TODO,
                                         keys[i]};
}
static void step_is(struct view *v, int step, enum view_step_state state, const char *key) {
    v->steps[step - 1] = (struct view_step){state, key};
}

static void services(struct view *v) {
    v->of.welcome.count = 4;
    for (int i = 0; i < 4; i++)
        v->of.welcome.services[i] = (struct view_service){i < 2 ? i + 1 : 6 - i, true, ""};
}
static void welcome(struct view *v) {
    v->screen = SCREEN_WELCOME;
    v->can_back = v->can_home = false;
    v->can_staff = true;
    v->of.welcome.scanner = true;
    services(v);
}
static void welcome_two(struct view *v) {
    welcome(v);
    v->of.welcome.count = 2;
}
static void welcome_trouble(struct view *v) {
    welcome(v);
    v->of.welcome.count = 4;
    v->of.welcome.services[1] = (struct view_service){2, false, "reason.journal"};
    v->of.welcome.services[2] = (struct view_service){3, false, "reason.hours"};
    v->of.welcome.services[3] = (struct view_service){4, true, ""};
    v->of.welcome.scanner = false;
    v->of.welcome.id_reader = true;
    v->device_notice_count = 2;
    v->device_notice_keys[0] = "notice.no_paper";
    v->device_notice_keys[1] = "notice.scanner_absent";
}
static void service(struct view *v) {
    v->screen = SCREEN_SERVICE;
    v->of.welcome.scanner = true;
    services(v);
}
static void service_identified(struct view *v) {
    service(v);
    v->of.welcome.count = 2;
    v->of.welcome.identified = true;
}
static void identify(struct view *v) {
    v->screen = SCREEN_IDENTIFY;
    steps(v, 1);
    v->of.identify.service = 1;
    v->of.identify.scanner = true;
}
static void identify_all(struct view *v) {
    identify(v);
    v->of.identify.id_reader = v->of.identify.card_reader = true;
    v->notice_key = "notice.no_patient";
    v->notice_code = "HIS-01";
}
static void identify_none(struct view *v) {
    identify(v);
    v->of.identify.scanner = false;
}
static void keypad(struct view *v) {
    v->screen = SCREEN_KEYPAD;
    steps(v, 1);
    v->of.keypad.title_key = "keypad.card_no";
    v->of.keypad.typed = "C1000";
    v->of.keypad.length_min = 4;
    v->of.keypad.length_max = 20;
    v->of.keypad.letters = true;
    v->of.keypad.prefixes = "CWP";
}
static void keypad_board(struct view *v) {
    keypad(v);
    v->of.keypad.board = true;
    v->of.keypad.typed = "PL";
}
static void keypad_last4(struct view *v) {
    keypad(v);
    v->of.keypad.title_key = "keypad.last4";
    v->of.keypad.typed = "00";
    v->of.keypad.masked = v->of.keypad.x = true;
    v->of.keypad.letters = false;
    v->notice_key = "notice.last4_wrong";
}
static void confirm(struct view *v) {
    v->screen = SCREEN_CONFIRM;
    steps(v, 1);
    v->account = inpatient;
}
static void confirm_hidden(struct view *v) {
    confirm(v);
    v->account = outpatient;
    v->account.name = "𬭎*𠮷";
    v->of.confirm.hidden = v->of.confirm.asks_last4 = true;
}
/* Joined letters, from right to left. */
static void confirm_uyghur(struct view *v) {
    confirm_hidden(v);
    v->account.name = "ئابدۇراخمان م*مەت";
}
static void cards(struct view *v) {
    v->screen = SCREEN_CARDS;
    steps(v, 1);
    is_known(v, &outpatient);
    v->of.cards.count = 2;
    for (int i = 0; i < 16; i++)
        v->of.cards.cards[i] = (struct view_card){"C1000****2", i % 3 ? "诊疗卡" : "", "2024-03-18",
                                                  i % 2 == 0, 2350 * i};
}
static void cards_many(struct view *v) {
    cards(v);
    v->of.cards.count = 16;
}
static void bill_rows(struct view *v, int count) {
    static const char *const where[] = {"心血管内科门诊", "检验科", "门诊西药房", "放射科",
                                        "中医科"};
    static const int64_t sums[] = {12850, 3600, 120, 128050, 8800};
    v->of.bills.count = count;
    for (int i = 0; i < count; i++)
        v->of.bills.rows[i] = (struct view_bill){
            where[i % 5], "周明远", i > 1 ? "11-18 15:20" : "06:50", sums[i % 5], 3 + i, i != 1};
}
static void bills(struct view *v) {
    v->screen = SCREEN_BILLS;
    v->not_me = true;
    steps(v, 2);
    is_known(v, &outpatient);
    v->of.bills.tip = "";
    v->of.bills.page_count = 1;
    bill_rows(v, 3);
    v->of.bills.total_count = 3;
    v->of.bills.selected_count = 2;
    v->of.bills.selected_fen = 12970;
}
static void bills_one(struct view *v) {
    bills(v);
    bill_rows(v, 1);
    v->of.bills.total_count = v->of.bills.selected_count = 1;
    v->of.bills.selected_fen = 12850;
}
static void bills_none(struct view *v) {
    bills(v);
    v->of.bills.count = v->of.bills.total_count = v->of.bills.selected_count = 0;
    v->of.bills.selected_fen = 0;
}
/* Nothing is chosen: nothing can be paid. */
static void bills_unchosen(struct view *v) {
    bills(v);
    for (int i = 0; i < 3; i++)
        v->of.bills.rows[i].selected = false;
    v->of.bills.selected_count = 0;
    v->of.bills.selected_fen = 0;
}
static void bills_paged(struct view *v) {
    bills(v);
    bill_rows(v, page_holds(v, PAGE_BILLS));
    v->of.bills.page = 1;
    v->of.bills.page_count = 3;
    v->of.bills.first = 5;
    v->of.bills.total_count = 12;
    v->of.bills.selected_count = 12;
    v->of.bills.selected_fen = 1234567890;
    v->of.bills.rows[2].department = LONG_NAME;
    v->of.bills.rows[2].amount_fen = 9999999999;
    v->notice_key = "notice.bills_changed";
}
static void bills_tip(struct view *v) {
    bills(v);
    v->of.bills.tip =
        "本次费用包含空腹检查项目，请于缴费后当日内到检验科采血。医保患者请先到窗口办理"
        "医保结算，自助机支付的费用不再进行医保报销。如有疑问请咨询门诊一楼导诊台。";
}
static void bill(struct view *v) {
    v->screen = SCREEN_BILL;
    steps(v, 2);
    is_known(v, &outpatient);
    v->of.bill.bill = (struct view_bill){"门诊西药房", "周明远", "11-18 15:20", 12850, 40, true};
    v->of.bill.page_count = 4;
    v->of.bill.count = page_holds(v, PAGE_LINES);
    for (int i = 0; i < v->of.bill.count; i++)
        v->of.bill.rows[i] = (struct view_line){i == 3 ? LONG_NAME : "阿司匹林肠溶片",
                                                "100mg×30片",
                                                "¥12.8500",
                                                "2",
                                                "盒",
                                                2570 + 100 * i};
}
static void amount(struct view *v) {
    static const int64_t presets[] = {10000, 50000, 100000, 200000, 500000, 1000000};
    v->screen = SCREEN_AMOUNT;
    v->not_me = true;
    v->what_key = "what.deposit";
    steps(v, 2);
    v->steps[1].key = "step.2.amount";
    is_known(v, &inpatient);
    v->of.amount.title_key = "title.amount";
    v->of.amount.cap_key = "amount.cap";
    v->of.amount.typed = "1,000";
    v->of.amount.amount_fen = 100000;
    v->of.amount.cap_fen = 500000;
    v->of.amount.preset_count = 6;
    memcpy(v->of.amount.presets_fen, presets, sizeof presets);
}
static void amount_empty(struct view *v) {
    amount(v);
    v->of.amount.typed = "";
    v->of.amount.amount_fen = 0;
}
static void amount_over(struct view *v) {
    amount(v);
    v->of.amount.typed = "99,999,999.99";
    v->of.amount.amount_fen = 9999999999;
    v->notice_key = "notice.amount_cap";
}
static void channel(struct view *v) {
    v->screen = SCREEN_CHANNEL;
    steps(v, 3);
    is_known(v, &outpatient);
    v->what_key = "what.bills";
    v->what_count = 2;
    v->of.channel.amount_fen = 12970;
    v->of.channel.count = 4;
    v->of.channel.service = 1;
    for (int i = 0; i < 4; i++)
        v->of.channel.channels[i] = (struct view_channel){i + 1, true, ""};
}
static void channel_trouble(struct view *v) {
    channel(v);
    v->of.channel.count = 5;
    v->of.channel.channels[4] = (struct view_channel){5, false, "reason.no_pinpad"};
    v->of.channel.channels[3] = (struct view_channel){4, false, "reason.no_scanner"};
    v->notice_key = "notice.declined";
    v->notice_code = "UPP-1";
}
static void pay_qr(struct view *v) {
    v->screen = SCREEN_PAY_QR;
    steps(v, 3);
    is_known(v, &outpatient);
    v->what_key = "what.bills";
    v->what_count = 2;
    v->of.pay_qr.amount_fen = 12970;
    v->of.pay_qr.link = "http://127.0.0.1:18080/pay/4f7c1e0b9a8d4c53b2716d0e5a9f8c71";
    v->of.pay_qr.channel = 1;
    v->can_back = v->can_home = false;
    v->of.pay_qr.left_s = 102;
    v->of.pay_qr.whole_s = 180;
    v->of.pay_qr.order_no = "26112011240100010007";
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
static void pay_code(struct view *v) {
    v->screen = SCREEN_PAY_CODE;
    steps(v, 3);
    is_known(v, &outpatient);
    v->what_key = "what.bills";
    v->what_count = 2;
    v->back_key = "nav.other_way";
    v->of.pay_code.amount_fen = 12970;
    v->of.pay_code.left_s = 55;
    v->of.pay_code.whole_s = 90;
    v->of.pay_code.order_no = "26112011240100010007";
    v->of.pay_code.progress_key = "pay_code.text";
    v->of.pay_code.can_cancel = true;
}
static void pay_card(struct view *v) {
    pay_code(v);
    v->can_back = v->can_home = false;
    v->of.pay_code.card = true;
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
static struct view_check check(enum view_check_state state, const char *key, const char *at) {
    return (struct view_check){state, key, "", at[0] ? "check.at" : "", at};
}
static void waiting(struct view *v) {
    v->screen = SCREEN_WAITING;
    steps(v, 3);
    is_known(v, &outpatient);
    v->what_key = "what.bills";
    v->what_count = 2;
    v->can_back = v->can_home = false;
    v->of.waiting.title_key = "waiting.confirming.title";
    v->of.waiting.text_key = "waiting.confirming.text";
    v->of.waiting.has_amount = v->of.waiting.warns = v->of.waiting.can_cancel = true;
    v->of.waiting.amount_fen = 12970;
    v->of.waiting.channel_key = "";
    v->of.waiting.order_no = "26112011240100010007";
    v->of.waiting.waited_s = 7;
    v->of.waiting.check_count = 3;
    v->of.waiting.checks[0] = check(CHECK_NOW, "check.platform.phone", "");
    v->of.waiting.checks[1] = check(CHECK_TODO, "check.hospital.later", "");
    v->of.waiting.checks[2] = check(CHECK_TODO, "check.receipt.later", "");
}
static void waiting_credit(struct view *v) {
    waiting(v);
    steps(v, 4);
    v->of.waiting.title_key = "waiting.credit.title";
    v->of.waiting.text_key = "waiting.credit.text";
    v->of.waiting.can_cancel = false;
    v->of.waiting.checks[0] = check(CHECK_DONE, "check.platform.paid", "11:24:31");
    v->of.waiting.checks[1] = check(CHECK_NOW, "check.hospital.crediting", "");
}
static void waiting_close(struct view *v) {
    waiting(v);
    step_is(v, 3, STEP_ASKED, "step.asked");
    v->of.waiting.title_key = "waiting.close.title";
    v->of.waiting.text_key = "waiting.close.text";
    v->of.waiting.can_cancel = false;
    v->of.waiting.checks[0] = check(CHECK_NOW, "check.platform.closing", "");
}
static void waiting_placing(struct view *v) {
    waiting(v);
    v->of.waiting.title_key = "waiting.placing.title";
    v->of.waiting.text_key = "waiting.placing.text";
    v->of.waiting.warns = v->of.waiting.can_cancel = false;
    v->of.waiting.waited_s = 0;
    v->of.waiting.checks[0] = check(CHECK_NOW, "check.platform.placing", "");
}
static void waiting_bills(struct view *v) {
    waiting(v);
    steps(v, 2);
    v->what_key = "";
    v->of.waiting.title_key = "waiting.bills.title";
    v->of.waiting.text_key = "waiting.bills.text";
    v->of.waiting.has_amount = v->of.waiting.warns = v->of.waiting.can_cancel = false;
    v->of.waiting.order_no = "";
    v->of.waiting.check_count = 0;
}
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
    steps(v, 4);
    is_known(v, &outpatient);
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
    v->of.result.order_no = "26112011240100010007";
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
    v->of.result.photo_code = "HK1|26112011240100010007|credited|129.70";
}
static void checks(struct view *v, struct view_check platform, struct view_check hospital) {
    v->of.result.check_count = 2;
    v->of.result.checks[0] = platform;
    v->of.result.checks[1] = hospital;
}
static void result_asking(struct view *v) {
    verdict(v, TONE_WAIT, "verdict.asking.title", "verdict.asking.text");
    step_is(v, 4, STEP_ASKED, "step.asked");
    checks(v, check(CHECK_DONE, "check.platform.paid", "11:24:31"),
           check(CHECK_NOW, "check.hospital.asking", ""));
}
static void result_unknown(struct view *v) {
    verdict(v, TONE_WAIT, "verdict.unknown.title", "verdict.unknown.text");
    step_is(v, 3, STEP_ASKED, "step.asked");
    step_is(v, 4, STEP_TODO, "step.4");
    v->of.result.amount_key = "result.asked";
    checks(v, check(CHECK_NOW, "check.platform.asking", ""),
           check(CHECK_TODO, "check.hospital.later", ""));
}
static void result_returned(struct view *v) {
    verdict(v, TONE_RETURNED, "verdict.returned.title", "verdict.returned.text");
    step_is(v, 4, STEP_NOT, "step.4.not");
    checks(v, check(CHECK_DONE, "check.platform.paid", "11:24:31"),
           check(CHECK_NOT, "check.hospital.not", ""));
    v->of.result.check_count = 3;
    v->of.result.checks[2] = check(CHECK_DONE, "check.platform.returned", "");
    v->of.result.has_returned = true;
    v->of.result.returned_fen = 12970;
}
static void result_partly(struct view *v) {
    verdict(v, TONE_RETURNED, "verdict.partly.title", "verdict.partly.text");
    step_is(v, 4, STEP_NOT, "step.4.partly");
    v->of.result.has_returned = true;
    v->of.result.returned_fen = 3600;
    guides(v);
}
static void result_window(struct view *v) {
    verdict(v, TONE_WINDOW, "verdict.window.title", "verdict.window.text");
    step_is(v, 4, STEP_ASKED, "step.asked");
    checks(v, check(CHECK_DONE, "check.platform.paid", "11:24:31"),
           check(CHECK_NOW, "check.hospital.case", ""));
    v->of.result.case_no = "0001-0012";
    v->of.result.receipt_key = "receipt.failed";
    v->of.result.paper = false;
}
static void result_settled(struct view *v) {
    verdict(v, TONE_GOOD, "verdict.settled.title", "verdict.settled.text");
    v->of.result.case_no = "C00010012";
}
static void result_not_paid(struct view *v) {
    verdict(v, TONE_NOT_PAID, "verdict.not_paid.title", "verdict.not_paid.text");
    step_is(v, 3, STEP_NOT, "step.3.not");
    step_is(v, 4, STEP_TODO, "step.4");
    checks(v, check(CHECK_NOT, "check.platform.unpaid", ""),
           check(CHECK_NOT, "check.hospital.not", ""));
    v->of.result.receipt_key = "";
    v->of.result.paper = false;
    v->of.result.amount_key = v->of.result.channel_key = "";
    v->of.result.can_print = false;
}
static void result_closed(struct view *v) {
    result_not_paid(v);
    v->of.result.title_key = "verdict.closed.title";
    v->of.result.text_key = "verdict.closed.text";
}
static void result_late(struct view *v) {
    verdict(v, TONE_RETURNED, "verdict.late_returned.title", "verdict.late_returned.text");
    step_is(v, 4, STEP_NOT, "step.4.not");
    checks(v, check(CHECK_DONE, "check.platform.returned", ""),
           check(CHECK_NOT, "check.hospital.not", ""));
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
    v->of.result.photo_code = "HK1|26112011240100010007|CREDITED|129.70";
}
static void result_refunded(struct view *v) {
    verdict(v, TONE_RETURNED, "verdict.refunded.title", "verdict.refunded.text");
    v->can_back = true;
    v->has_steps = false;
    v->of.result.amount_key = "result.refund";
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
    v->of.result.photo_code = "HK1|26112011240100010007|REFUND_UNCONFIRMED|129.70";
}
static void result_refunding(struct view *v) {
    verdict(v, TONE_WAIT, "verdict.refunding.title", "verdict.refunding.text");
    v->can_back = true;
    v->has_steps = false;
    v->of.result.amount_key = "result.refund";
}
static void records(struct view *v) {
    static const struct view_payment rows[] = {
        {1, "11:24", "way.wechat", PLACE_HOSPITAL, false, "records.credited", "", "", TONE_GOOD,
         12970},
        {2, "11-19 09:03", "way.card", PLACE_YOU, false, "records.refunded", "2026-11-20", "",
         TONE_RETURNED, 100000},
        {1, "11-18 16:40", "way.alipay", PLACE_PLATFORM, false, "records.window", "C00010012", "",
         TONE_WINDOW, 3600},
        {1, "11-18 16:38", "way.wechat", PLACE_UNKNOWN, false, "records.unknown", "", "",
         TONE_WAIT, 9999999999}};
    v->screen = SCREEN_RECORDS;
    v->not_me = true;
    is_known(v, &outpatient);
    v->of.records.page_count = 3;
    v->of.records.count = page_holds(v, PAGE_PAYMENTS);
    memcpy(v->of.records.rows, rows, sizeof rows);
}
static void records_few(struct view *v) {
    records(v);
    v->of.records.page_count = 1;
    v->of.records.count = 2;
    v->of.records.more = true;
    v->of.records.rows[0].state_key = "records.refund_unconfirmed";
    v->of.records.rows[0].state_a = "C00010012";
    v->of.records.rows[0].tone = TONE_WINDOW;
    v->of.records.rows[1].state_key = "records.late_returned.by_platform";
}
static void refund(struct view *v) {
    static const struct view_payment rows[] = {
        {2, "11:24", "way.wechat", PLACE_HOSPITAL, false, "refund.may", "¥20,000.00", "2027-05-19",
         TONE_RETURNED, 2000000},
        {2, "11-19 09:03", "way.wechat", PLACE_HOSPITAL, true, "refund.no.nothing", "", "",
         TONE_NOT_PAID, 100000},
        {2, "11-18 16:40", "way.card", PLACE_HOSPITAL, false, "refund.may", "¥36.00", "2027-05-17",
         TONE_RETURNED, 3600},
        {1, "2025-11-02 10:15", "way.alipay", PLACE_HOSPITAL, true, "refund.no.account", "", "",
         TONE_NOT_PAID, 50000}};
    records(v);
    is_known(v, &inpatient);
    v->of.records.refund = true;
    v->of.records.page_count = 2;
    v->of.records.balance_fen = 2000000;
    memcpy(v->of.records.rows, rows, sizeof rows);
}
/* Only what cannot go back here. */
static void refund_fixed(struct view *v) {
    refund(v);
    v->of.records.balance_fen = 0;
    for (int i = 0; i < v->of.records.count; i++) {
        v->of.records.rows[i].off = true;
        v->of.records.rows[i].state_key = i % 2 ? "refund.no.old" : "refund.no.staff";
    }
}
static void refund_none(struct view *v) {
    refund(v);
    v->of.records.page_count = 1;
    v->of.records.count = 0;
    v->of.records.balance_fen = 0;
    v->notice_key = "notice.no_refunds";
}
static void refund_confirm(struct view *v) {
    v->screen = SCREEN_CONFIRM;
    v->has_steps = false;
    is_known(v, &inpatient);
    v->of.confirm.refund_count = 1;
    v->of.confirm.refund_fen = 12345;
    for (int i = 0; i < VIEW_REFUNDS_MAX; i++)
        v->of.confirm.refunds[i] = (struct view_refund){2, "2026-11-20 11:24", "way.wechat", 12345};
}
static void refund_confirm_many(struct view *v) {
    refund_confirm(v);
    v->of.confirm.refund_count = 7;
    v->of.confirm.refund_fen = 9999999999;
    v->of.confirm.refunds[1].amount_fen = 9999999999;
}
static void refund_amount(struct view *v) {
    amount(v);
    v->has_steps = false;
    v->of.amount.title_key = "title.refund_amount";
    v->of.amount.cap_key = "amount.cap.refund";
    v->of.amount.preset_count = 1;
    v->of.amount.presets_fen[0] = 1234567;
    v->notice_key = "notice.refund_over";
}
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
    keypad(v);
    v->screen = SCREEN_STAFF;
    v->has_steps = false;
    v->typing = v->of.keypad.masked = true;
    v->of.keypad.letters = false;
    v->of.keypad.title_key = "staff.pin";
    v->of.keypad.typed = "1357";
    v->notice_key = "notice.staff_pause";
}
static void staff_who(struct view *v) {
    staff_pin(v);
    v->of.keypad.masked = false;
    v->of.keypad.letters = true;
    v->of.keypad.title_key = "staff.who";
    v->notice_key = "notice.staff_who";
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
static void out_of_service(struct view *v) {
    v->screen = SCREEN_OUT_OF_SERVICE;
    v->can_back = v->can_home = false;
    v->of.out_of_service.reason_key = "reason.journal";
    v->of.out_of_service.code = "JOURNAL";
}
/* Hospitals send what they like: nothing may leave its box for it. */
static void confirm_long(struct view *v) {
    confirm(v);
    v->account.name = LONG_NAME;
    v->account.ward = LONG_NAME;
    v->account.bed = "0123456789012345678901234567890123456789";
    v->account.card_no = "0123456789012345678901234567890123456789";
}
static void amount_long(struct view *v) {
    amount(v);
    v->account = (struct view_account){.name = LONG_NAME,
                                       .id_no = LONG_NAME,
                                       .card_no = LONG_NAME,
                                       .number_key = "who.card",
                                       .number = LONG_NAME,
                                       .ward = LONG_NAME,
                                       .bed = "1"};
    v->hospital_name = LONG_NAME;
}
static void cards_long(struct view *v) {
    cards(v);
    v->of.cards.count = 5;
    for (int i = 0; i < 5; i++)
        v->of.cards.cards[i] =
            (struct view_card){LONG_NAME, LONG_NAME, LONG_NAME, true, 9999999999};
}
static void tip_long(struct view *v) {
    bills(v);
    static char tip[301]; /* as long as one may be */
    memcpy(tip, LONG_NAME, sizeof tip - 1);
    v->of.bills.tip = tip;
}
static void result_long(struct view *v) {
    result_many(v);
    v->of.result.next_step = LONG_NAME;
    for (int i = 0; i < 3; i++)
        v->of.result.guides[i] =
            (struct view_guide){true,      LONG_NAME, LONG_NAME,
                                LONG_NAME, LONG_NAME, "123456789012345678",
                                "1234567", i,         "0123456789012345678901234567890123456789"};
}
static void warning(struct view *v) {
    bills(v);
    v->warning = true;
    v->warning_left_s = 17;
}

const struct sample samples[] = {
    {"welcome", welcome},
    {"welcome-two", welcome_two},
    {"welcome-trouble", welcome_trouble},
    {"service", service},
    {"service-identified", service_identified},
    {"identify", identify},
    {"identify-all", identify_all},
    {"identify-none", identify_none},
    {"keypad", keypad},
    {"keypad-board", keypad_board},
    {"keypad-last4", keypad_last4},
    {"confirm", confirm},
    {"confirm-hidden", confirm_hidden},
    {"confirm-uyghur", confirm_uyghur},
    {"cards", cards},
    {"cards-many", cards_many},
    {"bills", bills},
    {"bills-one", bills_one},
    {"bills-none", bills_none},
    {"bills-unchosen", bills_unchosen},
    {"bills-paged", bills_paged},
    {"bills-tip", bills_tip},
    {"bill", bill},
    {"amount", amount},
    {"amount-empty", amount_empty},
    {"amount-over", amount_over},
    {"channel", channel},
    {"channel-trouble", channel_trouble},
    {"pay_qr", pay_qr},
    {"pay_qr-long", pay_qr_long},
    {"pay_code", pay_code},
    {"pay_card", pay_card},
    {"pay_card-pin", pay_card_pin},
    {"pay_card-bank", pay_card_bank},
    {"waiting", waiting},
    {"waiting-placing", waiting_placing},
    {"waiting-credit", waiting_credit},
    {"waiting-close", waiting_close},
    {"waiting-bills", waiting_bills},
    {"result", result},
    {"result-many", result_many},
    {"result-photo", result_photo},
    {"result-asking", result_asking},
    {"result-unknown", result_unknown},
    {"result-returned", result_returned},
    {"result-partly", result_partly},
    {"result-window", result_window},
    {"result-settled", result_settled},
    {"result-not_paid", result_not_paid},
    {"result-closed", result_closed},
    {"result-late", result_late},
    {"result-looked-up", result_looked_up},
    {"result-refunded", result_refunded},
    {"result-refund-unconfirmed", result_refund_unconfirmed},
    {"result-refunding", result_refunding},
    {"records", records},
    {"records-few", records_few},
    {"refund", refund},
    {"refund-fixed", refund_fixed},
    {"refund-none", refund_none},
    {"refund-confirm", refund_confirm},
    {"refund-confirm-many", refund_confirm_many},
    {"refund-amount", refund_amount},
    {"staff-pin", staff_pin},
    {"staff-who", staff_who},
    {"staff-menu", staff_menu},
    {"staff-menu-closed", staff_menu_closed},
    {"staff-cases", staff_cases},
    {"staff-cases-rare", staff_cases_rare},
    {"staff-no_cases", staff_no_cases},
    {"staff-file", staff_file},
    {"staff-reasons", staff_reasons},
    {"staff-devices", staff_devices},
    {"staff-stop", staff_stop},
    {"help", help},
    {"out_of_service", out_of_service},
    {"warning", warning},
    {"confirm-long", confirm_long},
    {"amount-long", amount_long},
    {"cards-long", cards_long},
    {"tip-long", tip_long},
    {"result-long", result_long},
};
const int sample_count = (int)(sizeof samples / sizeof samples[0]);

void sample_view(const struct sample *sample, const struct panel *panel,
                 enum view_language language, struct view_mode mode, struct view *out) {
    static uint32_t revision;
    static const struct view_account nobody = {.name = "",
                                               .id_no = "",
                                               .card_no = "",
                                               .number_key = "who.card",
                                               .number = "",
                                               .ward = "",
                                               .bed = ""};
    memset(out, 0, sizeof *out);
    out->revision = ++revision;
    out->language = language;
    out->mode = mode;
    out->hospital_name = "福州市第一医院";
    out->terminal_no = "0001";
    out->clock = "2026-11-20 11:24";
    out->phone = "0591-8765 4321";
    out->account = nobody;
    out->what_key = "";
    out->back_key = "nav.back";
    out->can_back = out->can_home = out->can_help = true;
    out->notice_key = out->notice_code = "";
    panel_is_wide = panel->width > panel->height;
    sample->fill(out);
}
