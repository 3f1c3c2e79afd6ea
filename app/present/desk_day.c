/* Today's calls at the desk: rows and sums, and the end of a shift. */
#include <stdio.h>

#include "app/present/desk_screens.h"

static const char *const way_keys[DESK_WAY_COUNT] = {
    [DESK_WAY_NONE] = "",
    [DESK_WAY_PHONE] = "desk.way.phone",
    [DESK_WAY_CODE] = "desk.way.code",
    [DESK_WAY_POS1] = "desk.way.pos1",
    [DESK_WAY_POS2] = "desk.way.pos2",
    [DESK_WAY_CASH] = "desk.way.cash",
    [DESK_WAY_FACE] = "desk.way.face",
    [DESK_WAY_INSURED] = "desk.way.insured",
};

const char *desk_what_key(enum service service, enum account_type type) {
    if (service == SERVICE_BILLS)
        return "desk.what.bills";
    return type == ACCOUNT_INPATIENT ? "desk.what.inpatient" : "desk.what.outpatient";
}

const char *desk_way_key(enum desk_way way) {
    return way_keys[way];
}

/* What became of a call, in the few words of a row. */
static const struct desk_row_words row_words[VERDICT_COUNT] = {
    [VERDICT_NONE] = {TONE_WAIT, "desk.row.unknown"},
    [VERDICT_CREDITED] = {TONE_GOOD, "desk.row.credited"},
    [VERDICT_UNPROVEN] = {TONE_WAIT, "desk.row.unproven"},
    [VERDICT_ASKING] = {TONE_WAIT, "desk.row.asking"},
    [VERDICT_UNKNOWN] = {TONE_WAIT, "desk.row.unknown"},
    [VERDICT_RETURNED] = {TONE_RETURNED, "desk.row.returned"},
    [VERDICT_PARTLY] = {TONE_RETURNED, "desk.row.partly"},
    [VERDICT_WINDOW] = {TONE_WINDOW, "desk.row.window"},
    [VERDICT_NOT_PAID] = {TONE_NOT_PAID, "desk.row.not_paid"},
    [VERDICT_LATE] = {TONE_WAIT, "desk.row.late"},
    [VERDICT_LATE_RETURNED] = {TONE_RETURNED, "desk.row.returned"},
    [VERDICT_REFUNDED] = {TONE_RETURNED, "desk.row.refunded"},
    [VERDICT_REFUND_PARTLY] = {TONE_RETURNED, "desk.row.partly"},
    [VERDICT_REFUNDING] = {TONE_WAIT, "desk.row.refunding"},
    [VERDICT_REFUND_REFUSED] = {TONE_WINDOW, "desk.row.window"},
    [VERDICT_REFUND_UNCONFIRMED] = {TONE_WINDOW, "desk.row.window"},
    [VERDICT_SETTLED] = {TONE_GOOD, "desk.row.settled"},
};

struct desk_row_words desk_row_words_of(enum verdict verdict, bool may_settle) {
    return row_words[may_settle ? VERDICT_UNKNOWN : verdict];
}

/* What was handed out of cash that is credited. */
static int64_t change_of_row(const struct desk_row *row) {
    bool counted = row->way == DESK_WAY_CASH && row->verdict == VERDICT_CREDITED;
    return counted && row->received.fen > row->amount.fen ? row->received.fen - row->amount.fen : 0;
}

static void present_row(const struct presenting *p, const struct desk_row *row, int n) {
    const struct desk_row_words words = desk_row_words_of(row->verdict, row->may_settle);
    char *time = p->store->desk_times[n];
    clock_text(row->created_ms, time);
    p->view->of.desk.rows[n] =
        (struct view_desk_row){.time = time + 11,
                               .name = row->masked_name,
                               .what_key = desk_what_key(row->service, row->account_type),
                               .way_key = desk_way_key(row->way),
                               .tone = words.tone,
                               .state_key = words.key,
                               .no = row->case_no[0] != '\0' ? row->case_no : row->caller_no,
                               .amount_fen = row->amount.fen,
                               .change_fen = change_of_row(row)};
    if (p->view->of.desk.rows[n].change_fen > 0)
        p->view->of.desk.rows[n].state_key = "desk.row.change";
}

static void present_totals(const struct presenting *p) {
    const struct desk_day *day = &p->core->window.day;
    struct view_desk *desk = &p->view->of.desk;

    for (int way = 0; way < DESK_WAY_COUNT; way++) {
        const struct desk_total *total = &day->totals[way];
        bool card = way == DESK_WAY_POS1 || way == DESK_WAY_POS2, cash = way == DESK_WAY_CASH;
        *(cash ? &desk->cash : card ? &desk->cards : &desk->wallets) += total->count;
        *(cash ? &desk->cash_fen : card ? &desk->cards_fen : &desk->wallets_fen) += total->paid.fen;
        desk->returned_fen += total->returned.fen;
    }
    desk->drawer_fen = desk_day_drawer(day).fen;
    desk->undecided = day->undecided;
    desk->undecided_fen = day->due.fen;
}

static void present_shift(const struct presenting *p) {
    const struct desk_window *window = &p->core->window;
    const struct desk_day *day = &window->day;
    struct view_desk *desk = &p->view->of.desk;

    desk->shift_began = desk->shift_by = "";
    desk->shift_calls = day->shift_calls;
    desk->held_fen = day->held.fen;
    desk->handed_fen = day->totals[DESK_WAY_CASH].returned.fen + day->handed.fen;
    if (day->shift_ms == 0)
        return;
    clock_text(day->shift_ms, p->store->shift_began);
    p->store->shift_began[16] = '\0';
    desk->shift_began =
        p->store->shift_began + (day->shift_ms < policy_day_start_ms(p->now.wall_ms) ? 5 : 11);
    desk->shift_by = day->shift_by;
    desk->shift_asked = window->shift_asked;
    desk->shift_ending = window->shift_ending;
    if (!window->shift_asked)
        return;
    desk->typed = present_typed(p, window->typed);
    desk->counted_fen = desk_received(window).fen;
    p->view->notice_key = window->shift_failed ? "desk.shift.failed" : "";
    desk->enter_key = window->typed[0] != '\0' && !window->shift_ending ? "desk.shift.end" : "";
}

/* Where the paper of the shift is, or of the row whose receipt was wanted since. */
static void present_paper(const struct presenting *p) {
    const struct desk_window *window = &p->core->window;
    const struct desk_waiting *look = &window->look;
    struct view_desk *desk = &p->view->of.desk;
    char time[CLOCK_TEXT_SIZE];

    desk->receipt_key = desk_receipt_keys[window->slip];
    if (window->slip != DESK_RECEIPT_NONE || look->caller_no[0] == '\0')
        return;
    clock_text(look->since_ms, time);
    snprintf(p->store->desk_receipt, sizeof p->store->desk_receipt, "%s %s", time + 11,
             look->masked_name[0] != '\0' ? look->masked_name : look->caller_no);
    desk->receipt_of = p->store->desk_receipt;
    desk->receipt_key = desk_receipt_keys[window->receipt];
}

void present_desk_idle(const struct presenting *p) {
    const struct desk_window *window = &p->core->window;
    struct view_desk *desk = &p->view->of.desk;
    int first = window->page * DESK_ROWS_A_PAGE;

    desk->page = window->page + window->day.skip / DESK_ROWS_A_PAGE;
    desk->page_count = (window->day.whole + DESK_ROWS_A_PAGE - 1) / DESK_ROWS_A_PAGE;
    for (int i = first; i < window->day.count && desk->row_count < VIEW_DESK_ROWS; i++)
        present_row(p, &window->day.rows[i], desk->row_count++);
    present_totals(p);
    present_shift(p);
    desk->prints_row = desk_row_prints(window, &p->core->setup);
    desk->receipt_of = "";
    if (window->screen == SCREEN_DESK_IDLE)
        present_paper(p);
}
