/* Payments of before, and their way back. */
#include <string.h>

#include "tests/support/samples/parts.h"

static void records(struct view *v) {
    static const struct view_payment rows[] = {
        {1, "11:24", "way.wechat", PLACE_HOSPITAL, false, "records.credited", "", "", TONE_GOOD,
         12970, NULL},
        {2, "11-19 09:03", "way.card", PLACE_YOU, false, "records.refunded", "2026-11-20", "",
         TONE_RETURNED, 100000, NULL},
        {1, "11-18 16:40", "way.alipay", PLACE_PLATFORM, false, "records.window", "C00010012", "",
         TONE_WINDOW, 3600, NULL},
        {1, "11-18 16:38", "way.wechat", PLACE_UNKNOWN, false, "records.unknown", "", "", TONE_WAIT,
         9999999999, NULL}};
    v->screen = SCREEN_RECORDS;
    v->not_me = true;
    sample_is_known(v, &sample_outpatient);
    v->of.records.page_count = 3;
    v->of.records.count = sample_page_holds(v, PAGE_PAYMENTS);
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
static void records_one(struct view *v) {
    records(v);
    v->of.records.page_count = v->of.records.count = 1;
}
/* Two of them at other machines. */
static void records_elsewhere(struct view *v) {
    records(v);
    v->of.records.rows[0].elsewhere = "0002";
    v->of.records.rows[1].elsewhere = "MW12";
}
static void records_here_only(struct view *v) {
    records(v);
    v->of.records.page_count = 1;
    v->notice_key = "notice.records_here_only";
}
static void records_partly(struct view *v) {
    records_few(v);
    v->notice_key = "notice.records_partly";
}
/* One of them could not be opened. */
static void records_failed(struct view *v) {
    records(v);
    v->notice_key = "notice.records_failed";
    v->notice_code = "J3";
}
static void records_none(struct view *v) {
    records(v);
    v->of.records.page_count = 1;
    v->of.records.count = 0;
    v->notice_key = "notice.no_payments";
}
static void refund(struct view *v) {
    static const struct view_payment rows[] = {
        {2, "11:24", "way.wechat", PLACE_HOSPITAL, false, "refund.may", "¥20,000.00", "2027-05-19",
         TONE_RETURNED, 2000000, NULL},
        {2, "11-19 09:03", "way.wechat", PLACE_HOSPITAL, true, "refund.no.nothing", "", "",
         TONE_NOT_PAID, 100000, NULL},
        {2, "11-18 16:40", "way.card", PLACE_HOSPITAL, false, "refund.may", "¥36.00", "2027-05-17",
         TONE_RETURNED, 3600, NULL},
        {1, "2025-11-02 10:15", "way.alipay", PLACE_HOSPITAL, true, "refund.no.account", "", "",
         TONE_NOT_PAID, 50000, NULL}};
    records(v);
    sample_is_known(v, &sample_inpatient);
    v->of.records.refund = true;
    v->of.records.page_count = 2;
    v->of.records.balance_fen = 2000000;
    v->of.records.at_once = true;
    memcpy(v->of.records.rows, rows, sizeof rows);
}
/* Only what cannot go back here. */
static void refund_fixed(struct view *v) {
    refund(v);
    v->of.records.balance_fen = 0;
    v->of.records.at_once = false;
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
    v->of.records.at_once = false;
    v->notice_key = "notice.no_refunds";
}
/* One that is all there is to give back. */
static void refund_one(struct view *v) {
    refund(v);
    v->of.records.page_count = v->of.records.count = 1;
    v->of.records.at_once = false;
}
static void refund_offline(struct view *v) {
    refund(v);
    v->notice_key = "notice.refund_platform";
    v->notice_code = "H2";
}
static void refund_confirm(struct view *v) {
    v->screen = SCREEN_CONFIRM;
    v->has_steps = false;
    sample_is_known(v, &sample_inpatient);
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

const struct sample samples_records[] = {
    {"records", records},
    {"records-few", records_few},
    {"records-one", records_one},
    {"records-elsewhere", records_elsewhere},
    {"records-here-only", records_here_only},
    {"records-partly", records_partly},
    {"records-failed", records_failed},
    {"records-none", records_none},
    {"refund", refund},
    {"refund-fixed", refund_fixed},
    {"refund-none", refund_none},
    {"refund-one", refund_one},
    {"refund-offline", refund_offline},
    {"refund-confirm", refund_confirm},
    {"refund-confirm-many", refund_confirm_many},
    {NULL, NULL},
};
