/* Today's calls at the desk, and the end of a shift. */
#include <string.h>

#include "tests/support/samples/parts.h"

static void set_row(struct view *v, int n, enum view_tone tone, const char *state_key,
                    const char *way_key, int64_t fen) {
    static const char *const names[] = {"张*丰", "陈*英", "王*", "林*栋"};
    v->of.desk.rows[n] =
        (struct view_desk_row){.time = "11:24:12",
                               .name = names[n % 4],
                               .what_key = n % 3 ? "desk.what.inpatient" : "desk.what.bills",
                               .way_key = way_key,
                               .tone = tone,
                               .state_key = state_key,
                               .no = "2026112011241",
                               .amount_fen = fen};
}

static void desk_idle(struct view *v) {
    struct view_desk *desk = &v->of.desk;
    sample_fill_desk(v, SCREEN_DESK_IDLE);
    set_row(v, 0, TONE_GOOD, "desk.row.credited", "desk.way.phone", 16570);
    set_row(v, 1, TONE_WAIT, "desk.row.unknown", "desk.way.code", 200000);
    set_row(v, 2, TONE_WAIT, "desk.row.asking", "desk.way.pos1", 3600);
    set_row(v, 3, TONE_NOT_PAID, "desk.row.not_paid", "desk.way.code", 8800);
    set_row(v, 4, TONE_RETURNED, "desk.row.returned", "desk.way.phone", 12000);
    set_row(v, 5, TONE_WINDOW, "desk.row.window", "desk.way.code", 999999999);
    set_row(v, 6, TONE_GOOD, "desk.row.settled", "desk.way.cash", 500);
    set_row(v, 7, TONE_WAIT, "desk.row.unproven", "desk.way.cash", 500);
    set_row(v, 8, TONE_WAIT, "desk.row.late", "desk.way.phone", 500);
    set_row(v, 9, TONE_RETURNED, "desk.row.refunded", "desk.way.phone", 500);
    set_row(v, 10, TONE_WAIT, "desk.row.refunding", "", 500);
    set_row(v, 11, TONE_RETURNED, "desk.row.partly", "desk.way.pos2", 500);
    desk->row_count = VIEW_DESK_ROWS;
    desk->page = 1;
    desk->page_count = 3;
    desk->wallets = 38;
    desk->wallets_fen = 1240630;
    desk->cards = 9;
    desk->cards_fen = 2188000;
    desk->cash = 13;
    desk->cash_fen = desk->drawer_fen = 184250;
    desk->returned_fen = 21500;
    v->focus = (struct touch){TOUCH_PICK, 1};
    desk->can_print = desk->prints_row = true;
    desk->undecided = 2;
    desk->undecided_fen = 203600;
}

static void desk_none(struct view *v) {
    sample_fill_desk(v, SCREEN_DESK_IDLE);
}

/* The platform does not answer; what was asked before is asked on. */
static void desk_offline(struct view *v) {
    desk_idle(v);
    v->of.desk.lamps[4].good = false;
}

/* Nothing can be taken: the journal cannot be written. */
static void desk_no_journal(struct view *v) {
    desk_idle(v);
    v->of.desk.lamps[6].good = false;
    v->of.desk.lamps[4].good = v->of.desk.lamps[1].good = false;
}

/* The drawer is counted, and something is missing. */
static void desk_shift(struct view *v) {
    struct view_desk *desk = &v->of.desk;
    desk_idle(v);
    desk->shift_asked = true;
    desk->prints_row = false;
    desk->shift_calls = 62;
    desk->cash_fen = 200250;
    desk->handed_fen = 16000;
    desk->held_fen = 3600;
    desk->drawer_fen = 187850;
    desk->typed = "1,873.50";
    desk->counted_fen = 187350;
    desk->enter_key = "desk.shift.end";
    desk->escape_key = "desk.shift.not";
    v->focus = (struct touch){TOUCH_NEXT, 0};
}

/* The next one has begun; the slip of the one before could not be printed. */
static void desk_slip(struct view *v) {
    desk_idle(v);
    v->of.desk.prints_row = false;
    v->of.desk.receipt_key = "desk.receipt.failed";
}

/* F6 with the ring on a row. */
static void desk_reprint(struct view *v) {
    desk_idle(v);
    v->focus = (struct touch){TOUCH_PICK, 3};
    v->of.desk.receipt_of = "11:24:12 王*";
    v->of.desk.receipt_key = "desk.receipt.unknown";
}

const struct sample samples_desk_day[] = {
    {"desk-idle", desk_idle},       {"desk-none", desk_none},
    {"desk-offline", desk_offline}, {"desk-no-journal", desk_no_journal},
    {"desk-shift", desk_shift},     {"desk-slip", desk_slip},
    {"desk-reprint", desk_reprint}, {NULL, NULL}};
