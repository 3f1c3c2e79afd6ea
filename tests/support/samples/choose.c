/* What is to be paid, and how: bills, a sum, a way of paying. */
#include <string.h>

#include "tests/support/samples/parts.h"

static void bill_rows(struct view *v, int count) {
    static const char *const where[] = {"心血管内科门诊", "检验科", "门诊西药房", "放射科",
                                        "中医科"};
    static const int64_t sums[] = {12850, 3600, 120, 128050, 8800};
    v->of.bills.count = count;
    for (int i = 0; i < count; i++)
        v->of.bills.rows[i] = (struct view_bill){.hold_key = "",
                                                 .held_since = "",
                                                 .department = where[i % 5],
                                                 .doctor = "周明远",
                                                 .begun = i > 1 ? "11-18 15:20" : "06:50",
                                                 .amount_fen = sums[i % 5],
                                                 .line_count = 3 + i,
                                                 .selected = i != 1};
}
static void bills(struct view *v) {
    v->screen = SCREEN_BILLS;
    v->not_me = true;
    sample_steps(v, 2);
    sample_is_known(v, &sample_outpatient);
    v->of.bills.tip = "";
    v->of.bills.page_count = 1;
    bill_rows(v, 3);
    v->of.bills.total_count = 3;
    v->of.bills.selected_count = 2;
    v->of.bills.selected_fen = 12970;
}
/* The hospital's list is older than what was paid here. */
static void bills_held(struct view *v) {
    bills(v);
    v->of.bills.rows[1].hold_key = "bills.paid";
    v->of.bills.rows[1].held_since = "11-18 08:02";
    v->of.bills.rows[2].hold_key = "bills.being_paid";
    v->of.bills.rows[1].selected = v->of.bills.rows[2].selected = false;
    v->of.bills.selected_count = 1;
    v->of.bills.selected_fen = 12850;
}
static void bills_code(struct view *v) {
    bills(v);
    v->of.bills.code_now = true;
}
static void bills_one(struct view *v) {
    bills(v);
    v->account.tells_more = true;
    bill_rows(v, 1);
    v->of.bills.total_count = v->of.bills.selected_count = 1;
    v->of.bills.selected_fen = 12850;
}
static void bills_none(struct view *v) {
    bills(v);
    v->of.bills.count = v->of.bills.total_count = v->of.bills.selected_count = 0;
    v->of.bills.records_service = 4;
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
    bill_rows(v, sample_page_holds(v, PAGE_BILLS));
    v->of.bills.page = 1;
    v->of.bills.page_count = 3;
    v->of.bills.first = 5;
    v->of.bills.total_count = 12;
    v->of.bills.selected_count = 12;
    v->of.bills.all_selected = true;
    v->of.bills.selected_fen = 1234567890;
    v->of.bills.rows[2].department = SAMPLE_LONG_NAME;
    v->of.bills.rows[2].amount_fen = 9999999999;
    v->notice_key = "notice.bills_changed";
}
/* Some of what the hospital sent could not be read. */
static void bills_error(struct view *v) {
    bills(v);
    v->notice_key = "notice.bills_left_out";
}
static void bills_tip(struct view *v) {
    bills(v);
    v->of.bills.tip =
        "本次费用包含空腹检查项目，请于缴费后当日内到检验科采血。医保患者请先到窗口办理"
        "医保结算，自助机支付的费用不再进行医保报销。如有疑问请咨询门诊一楼导诊台。";
}
static void tip_long(struct view *v) {
    bills(v);
    static char tip[301]; /* as long as one may be */
    memcpy(tip, SAMPLE_LONG_NAME, sizeof tip - 1);
    v->of.bills.tip = tip;
}
static void bill_of(struct view *v, const char *third) {
    v->screen = SCREEN_BILL;
    sample_steps(v, 2);
    sample_is_known(v, &sample_outpatient);
    v->of.bill.bill = (struct view_bill){.hold_key = "",
                                         .held_since = "",
                                         .department = "门诊西药房",
                                         .doctor = "周明远",
                                         .begun = "11-18 15:20",
                                         .amount_fen = 12850,
                                         .line_count = 40,
                                         .selected = true};
    v->of.bill.page_count = 4;
    v->of.bill.count = sample_page_holds(v, PAGE_LINES);
    for (int i = 0; i < v->of.bill.count; i++)
        v->of.bill.rows[i] = (struct view_line){i == 1   ? SAMPLE_MEDICINE
                                                : i == 3 ? third
                                                         : "阿司匹林肠溶片",
                                                "100mg×30片",
                                                "¥12.8500",
                                                "2",
                                                "盒",
                                                2570 + 100 * i};
}
static void bill(struct view *v) {
    bill_of(v, "一次性使用静脉留置针");
}
static void bill_long(struct view *v) {
    bill_of(v, SAMPLE_LONG_NAME);
}
static void amount(struct view *v) {
    static const int64_t presets[] = {10000, 50000, 100000, 200000, 500000, 1000000};
    v->screen = SCREEN_AMOUNT;
    v->not_me = true;
    v->what_key = "what.deposit";
    sample_steps(v, 2);
    v->steps[1].key = "step.2.amount";
    sample_is_known(v, &sample_inpatient);
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
static void amount_long(struct view *v) {
    amount(v);
    v->account = (struct view_account){.name = SAMPLE_LONG_NAME,
                                       .id_no = SAMPLE_LONG_NAME,
                                       .card_no = SAMPLE_LONG_NAME,
                                       .number_key = "who.card",
                                       .number = SAMPLE_LONG_NAME,
                                       .ward = SAMPLE_LONG_NAME,
                                       .bed = "1",
                                       .age = "",
                                       .tells_more = true};
    v->hospital_name = SAMPLE_LONG_NAME;
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
static void refund_amount_insured(struct view *v) {
    refund_amount(v);
    v->notice_key = "";
    v->of.amount.cap_key = "amount.cap.insured";
    v->of.amount.preset_count = 2;
    v->of.amount.presets_fen[0] = 48015;
    v->of.amount.presets_fen[1] = 12034;
    v->of.amount.preset_keys[0] = "amount.whole";
    v->of.amount.preset_keys[1] = "amount.own";
}
static void channel(struct view *v) {
    v->screen = SCREEN_CHANNEL;
    sample_steps(v, 3);
    sample_is_known(v, &sample_outpatient);
    v->what_key = "what.bills";
    v->what_count = 2;
    v->of.channel.amount_fen = 12970;
    v->of.channel.count = 4;
    v->of.channel.service = 1;
    for (int i = 0; i < 4; i++)
        v->of.channel.channels[i] = (struct view_channel){i + 1, true, false, ""};
}
static void channel_offline(struct view *v) {
    channel(v);
    v->notice_key = "notice.platform_down";
    v->notice_code = "UPP-3";
}
/* The insurance takes several bills one after the other. */
static void channel_insured(struct view *v) {
    channel(v);
    v->of.channel.channels[3] = (struct view_channel){7, true, true, ""};
}
/* A platform with one code for every wallet; the phone's own code and the card stay. */
static void channel_one(struct view *v) {
    static const int ways[] = {6, 4, 5};
    channel(v);
    v->of.channel.count = 3;
    for (int i = 0; i < 3; i++)
        v->of.channel.channels[i] = (struct view_channel){ways[i], true, false, ""};
}
/* What may be taken of one patient, or by one machine, in a day is used up. */
static void channel_patient_day(struct view *v) {
    channel(v);
    v->notice_key = "notice.patient_day";
    v->notice_code = "L1";
}
static void channel_terminal_day(struct view *v) {
    channel(v);
    v->notice_key = "notice.terminal_day";
    v->notice_code = "L2";
}
static void bills_over_max(struct view *v) {
    bills(v);
    v->notice_key = "notice.amount_max";
}
static void channel_trouble(struct view *v) {
    channel(v);
    v->of.channel.count = 5;
    v->of.channel.channels[4] = (struct view_channel){5, false, false, "reason.no_pinpad"};
    v->of.channel.channels[3] = (struct view_channel){4, false, false, "reason.no_scanner"};
    v->notice_key = "notice.declined";
    v->notice_code = "UPP-1";
}
static void warning(struct view *v) {
    bills(v);
    v->warning = true;
    v->warning_left_s = 17;
}

const struct sample samples_choose[] = {
    {"bills", bills},
    {"bills-held", bills_held},
    {"bills-code", bills_code},
    {"bills-one", bills_one},
    {"bills-none", bills_none},
    {"bills-unchosen", bills_unchosen},
    {"bills-paged", bills_paged},
    {"bills-error", bills_error},
    {"bills-tip", bills_tip},
    {"bills-over-max", bills_over_max},
    {"bill", bill},
    {"bill-long", bill_long},
    {"amount", amount},
    {"amount-empty", amount_empty},
    {"amount-over", amount_over},
    {"channel", channel},
    {"channel-insured", channel_insured},
    {"channel-one", channel_one},
    {"channel-offline", channel_offline},
    {"channel-trouble", channel_trouble},
    {"channel-terminal-day", channel_terminal_day},
    {"channel-patient-day", channel_patient_day},
    {"refund-amount", refund_amount},
    {"refund-amount-insured", refund_amount_insured},
    {"warning", warning},
    {"amount-long", amount_long},
    {"tip-long", tip_long},
    {NULL, NULL},
};
