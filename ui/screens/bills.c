/* What is owed: choose all or some, look into each. */
#include <stdio.h>
#include <string.h>

#include "ui/screens/screens.h"

#define DETAIL_MM 31.0f
#define ROW_FEW_MM 39.0f
#define ROW_MANY_MM 32.0f
#define ROW_LOW_MM 29.5f
#define ROW_ELDER_MM 53.0f
#define FEW 3

/* "a · b", either may be empty. */
static void join_words(char *out, size_t size, const char *a, const char *b) {
    snprintf(out, size, "%s%s%s", a, a[0] && b[0] ? " · " : "", b);
}

/* The department and the doctor on one line; the doctor below where there is not the room. */
static void bill_words(struct painter *p, const struct view_bill *bill, int width,
                       const struct text_style *head, char what[400], char when[400]) {
    char count[16], items[120];
    snprintf(count, sizeof count, "%d", bill->line_count);
    strings_fill(items, sizeof items, say(p, "bills.items"), count, "");
    join_words(what, 400, bill->department, bill->doctor);
    join_words(when, 400, bill->begun, items);
    bool below = text_width(p, head, what) > width || p->elder;
    if (below) {
        snprintf(what, 400, "%s", bill->department);
        if (bill->doctor[0])
            join_words(when, 400, bill->doctor, items);
    }
    if (text_width(p, &style_small, when) > width)
        snprintf(when, 400, "%s", below && bill->doctor[0] ? bill->doctor : bill->begun);
}

static bool bill_is_held(const struct view_bill *bill) {
    return bill->hold_key != NULL && bill->hold_key[0] != '\0';
}

/* In the place of the tick box of a bill that is no choice: green, the hospital has it; amber, do
 * not pay it again. */
static void draw_held_badge(struct painter *p, struct rect box, const struct view_bill *bill) {
    bool paid = strcmp(bill->hold_key, "bills.being_paid") != 0;
    badge_draw(p, box, paid ? ICON_check : ICON_clock, COLOUR_ON_TONE,
               paid ? COLOUR_GOOD : COLOUR_WAIT);
}

/* Below a bill that is no choice: why, and since when; the shorter word where there is not the
 * room. */
static const char *held_words(struct painter *p, const struct view_bill *bill, int width,
                              char out[400]) {
    strings_fill(out, 400, say(p, bill->hold_key), bill->held_since, "");
    if (text_width(p, &style_small, out) > width)
        snprintf(out, 400, "%s", say_short(p, bill->hold_key));
    return out;
}

/* The department on a line of its own; below it who, and how much. */
static void draw_bill_tight(struct painter *p, struct rect inside, const struct view_bill *bill) {
    char amount[AMOUNT_TEXT_SIZE];
    struct text_style head = one_line(style_label), line = one_line(style_small);
    struct text_style sum = one_line(styled(style_label, ALIGN_RIGHT, COLOUR_INK));
    head.size = T1;
    sum.strong = true;
    amount_text(bill->amount_fen, amount);
    inside = rect_centre(inside, inside.w, text_line(p, T1) + text_line(p, T2));
    text_draw(p, rect_cut_top(&inside, text_line(p, T1), 0), &head, bill->department);
    sum.size = text_size_for(p, inside.w, &sum, amount);
    text_draw(p, rect_cut_right(&inside, text_width(p, &sum, amount), mm(p, 3)), &sum, amount);
    char words[400];
    bool held = bill_is_held(bill);
    const char *below = held ? held_words(p, bill, inside.w, words) : bill->doctor;
    if (held)
        line.ink = COLOUR_INK;
    if (text_width(p, &line, below) <= inside.w)
        text_draw(p, inside, &line, below);
}

/* The whole row but its detail button chooses the bill. */
static void draw_bill(struct painter *p, struct rect rect, const struct view_bill *bill, int n,
                      enum text_size size) {
    struct rect row = rect;
    char amount[AMOUNT_TEXT_SIZE], what[400], when[400];
    int width = mm(p, DETAIL_MM) < target_px(p) ? target_px(p) : mm(p, DETAIL_MM);
    struct button detail = {
        {TOUCH_DETAIL, n}, say(p, "bills.detail"), ICON_NONE, LOOK_CARD, T1, false, false};
    width = width < button_width(p, &detail) ? button_width(p, &detail) : width;
    button_draw(p, rect_cut_right(&row, width, mm(p, GAP_MM)), &detail);
    bool held = bill_is_held(bill);
    struct rect inside =
        held ? row : touchable_draw(p, row, LOOK_CARD, (struct touch){TOUCH_BILL, n});
    inside = rect_inset(inside, mm(p, p->small ? 3 : 6), 0);
    int box = mm(p, p->small ? 12 : 14);
    struct rect tick = rect_cut_left(&inside, box, mm(p, p->small ? 3 : 6));
    if (held)
        draw_held_badge(p, tick, bill);
    else
        tick_box_draw(p, tick, bill->selected);
    if (p->tight) {
        draw_bill_tight(p, inside, bill);
        return;
    }
    struct text_style sum = one_line(styled(style_head, ALIGN_RIGHT, COLOUR_INK));
    sum.strong = bill->selected;
    sum.ink = bill->selected ? COLOUR_INK : COLOUR_QUIET;
    amount_text(bill->amount_fen, amount);
    sum.size = text_size_for(p, inside.w / 2, &sum, amount);
    text_draw(p, rect_cut_right(&inside, text_width(p, &sum, amount), mm(p, 3)), &sum, amount);
    struct text_style head = style_label, line = one_line(style_small);
    head.size = size;
    bill_words(p, bill, inside.w, &head, what, when);
    if (held) {
        held_words(p, bill, inside.w, when);
        line.ink = COLOUR_INK;
    }
    int lines = (inside.h - text_line(p, T1)) / text_line(p, size);
    head.lines_max = lines < 1 ? 1 : lines > 2 ? 2 : lines;
    int head_h = text_height(p, inside.w, &head, what);
    inside = rect_centre(inside, inside.w, head_h + text_line(p, T1));
    text_draw(p, rect_cut_top(&inside, head_h, 0), &head, what);
    text_draw(p, inside, &line, when);
}

/* One size for all of them: the smaller where a department would not find its room. */
static enum text_size heads_size(struct painter *p, const struct view *view, int width,
                                 int height) {
    struct text_style head = style_label, sum = style_head;
    char amount[AMOUNT_TEXT_SIZE];
    int room = width - mm(p, p->small ? 2 * DETAIL_MM : 2 * DETAIL_MM + 12);
    int lines = (height - mm(p, 2) - text_line(p, T1)) / text_line(p, T2);
    for (int i = 0; i < view->of.bills.count; i++) {
        const struct view_bill *bill = &view->of.bills.rows[i];
        int left = room - text_width(p, &sum, amount_text(bill->amount_fen, amount));
        head.lines_max = 0;
        if (text_height(p, left, &head, bill->department) >
            (lines < 1 ? 1 : lines) * text_line(p, T2))
            return T1;
    }
    return T2;
}

/* Below the rows, where they leave the room: the code may be held out now. */
static void draw_code_now(struct painter *p, struct rect room) {
    struct text_style style = styled(style_small, ALIGN_LEFT, COLOUR_INK);
    const char *words = say(p, "bills.code_now");
    int height = icon_text_height(p, room.w, &style, words);
    rect_cut_bottom(&room, mm(p, GAP_MM), 0);
    if (height > room.h - mm(p, GAP_MM))
        return;
    room = rect_cut_bottom(&room, height, 0);
    flow_icon_text(p, &room, ICON_phonecode, COLOUR_ACCENT, &style, 0, words);
}

static void draw_bill_rows(struct painter *p, const struct view *view, struct rect area) {
    int count = view->of.bills.count, gap = mm(p, GAP_MM);
    if (count < 1)
        return;
    int rows = view->of.bills.page_count > 1 ? page_rows(p, PAGE_BILLS) : count;
    rows = rows > count ? rows : count;
    float most_mm = p->elder     ? ROW_ELDER_MM
                    : p->low     ? ROW_LOW_MM
                    : rows > FEW ? ROW_MANY_MM
                                 : ROW_FEW_MM;
    int most = rows * mm(p, most_mm) + (rows - 1) * gap;
    struct rect rest = area;
    area.h = area.h < most ? area.h : most;
    rect_cut_top(&rest, area.h, 0);
    if (view->of.bills.code_now)
        draw_code_now(p, rest);
    enum text_size size = heads_size(p, view, area.w, rect_cell(area, 1, rows, gap, 0).h);
    for (int i = 0; i < count && i < rows; i++)
        draw_bill(p, rect_cell(area, 1, rows, gap, i), &view->of.bills.rows[i],
                  view->of.bills.first + i + 1, size);
}

static void selected_words(struct painter *p, const struct view *view, char *out, int size) {
    char selected[16], all[16];
    bool whole = view->of.bills.selected_count == view->of.bills.total_count;
    snprintf(selected, sizeof selected, "%d", view->of.bills.selected_count);
    snprintf(all, sizeof all, "%d", view->of.bills.total_count);
    strings_fill(out, size, say(p, whole ? "bills.selected.all" : "bills.selected"), selected, all);
}

/* How many are chosen, and all or none of them at a touch; elder mode has fewer things to touch. */
static void flow_selection(struct painter *p, const struct view *view, struct rect *area) {
    bool button = view->of.bills.total_count > 1 && !p->elder;
    char words[128];
    struct text_style style = one_line(styled(style_body, ALIGN_LEFT, COLOUR_INK));
    struct rect row = rect_cut_top(area, button ? target_px(p) : text_line(p, T2), mm(p, GAP_MM));
    if (button) {
        struct button toggle = {{TOUCH_ALL, 0},
                                say(p, view->of.bills.all_selected ? "bills.none" : "bills.all"),
                                ICON_NONE,
                                LOOK_CARD,
                                T1,
                                false,
                                false};
        button_draw(p, rect_cut_right(&row, button_width(p, &toggle), mm(p, GAP_MM)), &toggle);
    }
    selected_words(p, view, words, sizeof words);
    style.size = text_size_for(p, row.w, &style, words);
    text_draw(p, row, &style, words);
}

/* Nothing is due: what may have come meanwhile, and what became of what was paid. */
static void draw_none_ways(struct painter *p, const struct view *view, struct rect row) {
    struct button again = {
        {TOUCH_AGAIN, 0}, say(p, "bills.again"), ICON_return, LOOK_SECONDARY, T2, false, false};
    struct button records = {{TOUCH_SERVICE, view->of.bills.records_service},
                             say(p, "bills.records"),
                             ICON_records,
                             LOOK_SECONDARY,
                             T2,
                             false,
                             false};
    int count = view->of.bills.records_service != 0 ? 2 : 1, gap = mm(p, GAP_MM);
    if (view->of.bills.records_service != 0)
        button_draw(p, rect_cell(row, count, 1, gap, 0), &records);
    button_draw(p, rect_cell(row, count, 1, gap, count - 1), &again);
}

static void draw_none(struct painter *p, const struct view *view, const struct places *places) {
    struct rect area = places->whole;
    struct text_style title = styled(style_title, ALIGN_CENTRE, COLOUR_INK);
    struct text_style text = styled(style_body, ALIGN_CENTRE, COLOUR_QUIET);
    int badge = mm(p, p->small ? 24 : 50), gap = mm(p, p->small ? 2 : 5);
    int ways = mm(p, p->elder ? TARGET_ELDER_MM + 3 : TARGET_MM + 3);
    int height = badge + gap + text_height(p, area.w, &title, say(p, "bills.empty.title")) + gap +
                 text_height(p, area.w, &text, say(p, "bills.empty.text")) + 2 * gap + ways;
    if (height > area.h) {
        height -= badge + gap;
        badge = 0;
    }
    struct rect box = rect_centre(area, area.w, height < area.h ? height : area.h);
    int low = p->reach - (box.y + box.h - ways);
    if (low > 0)
        box.y += low;
    if (badge > 0)
        badge_draw(p, rect_cut_top(&box, badge, gap), ICON_check, COLOUR_ON_TONE, COLOUR_GOOD);
    draw_none_ways(p, view, rect_cut_bottom(&box, ways, 2 * gap));
    flow_text(p, &box, &title, gap, say(p, "bills.empty.title"));
    flow_text(p, &box, &text, 0, say(p, "bills.empty.text"));
}

/* The hospital's word before the list: read, then go on. */
static void draw_tip(struct painter *p, const struct view *view) {
    struct places places = chrome_draw(p, view, DOCK_ACTION);
    struct rect area = places.whole;
    struct text_style text = styled(style_head, ALIGN_LEFT, COLOUR_INK);
    text.weight = WEIGHT_REGULAR;
    flow_title(p, &area, say(p, "title.tip"));
    rect_cut_top(&area, mm(p, 3), 0);
    while (text.size > T1 && text_height(p, area.w, &text, view->of.bills.tip) > area.h)
        text.size--;
    text_draw(p, area, &text, view->of.bills.tip);
    struct action next = {{TOUCH_NEXT, 0}, say(p, "tip.next"), ICON_NONE, false};
    dock_actions(p, &places, &next, NULL);
}

/* Where the pages are turned: below the list, or below the sum where the list needs the height. */
static void cut_pager(struct painter *p, const struct view *view, struct rect *stage,
                      struct rect *board) {
    struct rect *from = p->wide && !p->tight ? stage : board;
    rect_cut_bottom(from, mm(p, p->tight ? 1 : GAP_MM), 0);
    pager_draw(p, rect_cut_bottom(from, pager_height(p), mm(p, GAP_MM)), view->of.bills.page,
               view->of.bills.page_count);
}

static void draw_bill_list(struct painter *p, const struct view *view,
                           const struct places *places) {
    bool paged = view->of.bills.page_count > 1, bare = p->tight && view->notice_key[0];
    struct rect area = places->stage;
    if (!bare) {
        flow_title(p, &area, say(p, "title.bills"));
        flow_text(p, &area, &style_body, 0, say(p, "bills.you_pay"));
    }
    flow_amount(p, &area, T5, mm(p, 3), view->of.bills.selected_fen);
    flow_notice(p, view, places, &area);
    struct rect board = board_below(p, places, &area);
    rect_cut_top(&board, mm(p, 2), 0);
    if (paged)
        cut_pager(p, view, &area, &board);
    else if (places->wide)
        rect_cut_bottom(&board, mm(p, GAP_MM), 0);
    if (!p->tight || !paged)
        flow_selection(p, view, &board);
    draw_bill_rows(p, view, board);
}

void screen_bills(struct painter *p, const struct view *view) {
    if (view->of.bills.tip[0]) {
        draw_tip(p, view);
        return;
    }
    bool none = view->of.bills.total_count == 0;
    struct places places = chrome_draw(p, view, DOCK_ACTION);
    if (none) {
        draw_none(p, view, &places);
        struct action done = {{TOUCH_HOME, 0}, say(p, "bills.done"), ICON_NONE, false};
        dock_actions(p, &places, &done, NULL);
        return;
    }
    draw_bill_list(p, view, &places);
    char amount[AMOUNT_TEXT_SIZE], label[96];
    bool off = view->of.bills.selected_count == 0;
    amount_text(view->of.bills.selected_fen, amount);
    struct action pay = {{TOUCH_PAY, 0},
                         off ? say(p, "bills.choose")
                             : strings_fill(label, sizeof label, say(p, "bills.pay"), amount, ""),
                         ICON_NONE,
                         off};
    dock_actions(p, &places, &pay, NULL);
}
