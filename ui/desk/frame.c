/* Around the stage: the band with the window's name and lamps, the keys, the side. */
#include <stdio.h>
#include <stdlib.h>

#include "ui/desk/parts.h"
#include "ui/expansion/expansion.h"

#define TOP_MM 15.0f
#define BAR_MM 20.0f
#define SIDE_PERMILLE 305
#define LAMP_MM 3.0f
#define REPRINT_KEY 6
#define REFUND_KEY 7
#define ASK_KEY 8
#define HELP_KEY 9
#define KEYS 10

/* ---- above ---- */

static int draw_lamp(struct painter *p, struct rect *row, const struct view_lamp *lamp) {
    char words[96];
    struct text_style style = one_line(styled(style_small, ALIGN_LEFT, COLOUR_ON_STAFF));
    if (lamp->good)
        snprintf(words, sizeof words, "%s", say(p, lamp->key));
    else
        strings_fill(words, sizeof words, say(p, "desk.lamp.off"), say(p, lamp->key), "");
    int width = text_width(p, &style, words);
    text_draw(p, rect_cut_right(row, width, mm(p, 2)), &style, words);
    struct rect dot = rect_cut_right(row, mm(p, LAMP_MM), mm(p, 6));
    dot = rect_centre(dot, dot.w, dot.w);
    if (lamp->good)
        canvas_round(&p->canvas, dot, dot.w / 2, colour_of(p, COLOUR_GOOD_TINT));
    else
        canvas_ring(&p->canvas, dot, mm(p, 0.8f), 0, 1000, colour_of(p, COLOUR_LIT));
    return width;
}

static void draw_language(struct painter *p, struct rect *row) {
    const char *words = say(p, "nav.lang");
    struct text_style style = one_line(styled(style_small, ALIGN_CENTRE, COLOUR_ON_STAFF));
    int cap = cap_width(p, "F10"), width = text_width(p, &style, words);
    struct rect place = rect_cut_right(row, cap + mm(p, 2) + width, mm(p, 6));
    frame_add_touch(p->frame, (struct touch){TOUCH_LANG, 0}, place);
    cap_draw(p, rect_cut_left(&place, cap, mm(p, 2)), "F10", true, true);
    text_draw(p, place, &style, words);
}

static void draw_top(struct painter *p, const struct view *view, struct rect row) {
    char words[96];
    canvas_fill(&p->canvas, row, colour_of(p, COLOUR_STAFF));
    row = rect_inset(row, mm(p, DESK_MARGIN_MM), 0);
    struct text_style name = one_line(styled(style_head, ALIGN_LEFT, COLOUR_ON_STAFF));
    struct text_style line = one_line(styled(style_small, ALIGN_LEFT, COLOUR_ON_STAFF));
    snprintf(words, sizeof words, "%s", view->clock + 11);
    struct text_style clock = styled(line, ALIGN_RIGHT, COLOUR_ON_STAFF);
    clock.weight = WEIGHT_BOLD;
    text_draw(p, rect_cut_right(&row, mm(p, 18), mm(p, 6)), &clock, words);
    draw_language(p, &row);
    for (int i = view->of.desk.lamp_count - 1; i >= 0; i--)
        draw_lamp(p, &row, &view->of.desk.lamps[i]);
    snprintf(words, sizeof words, "%d", atoi(view->terminal_no));
    char window[96];
    strings_fill(window, sizeof window, say(p, "desk.window"), words, "");
    text_draw(p, rect_cut_left(&row, text_width(p, &name, window), mm(p, 6)), &name, window);
    char since[120];
    strings_fill(since, sizeof since, say(p, "desk.since"), view->of.desk.cashier,
                 view->of.desk.shift_began);
    text_draw(p, row, &line, view->of.desk.shift_began[0] == '\0' ? view->of.desk.cashier : since);
}

/* ---- below ---- */

static const char *const key_words[KEYS] = {
    "desk.key.phone",   "desk.key.code",   "desk.key.pos1",  "desk.key.pos2", "desk.key.cash",
    "desk.key.reprint", "desk.key.refund", "desk.key.query", "desk.key.help", "desk.key.cancel"};

static bool is_usable(const struct view *view, int n) {
    const struct view_desk *desk = &view->of.desk;
    if (n <= VIEW_DESK_WAYS)
        return desk->can_choose && desk->ways[n - 1].reason_key[0] == '\0';
    if (n == REPRINT_KEY)
        return desk->can_print;
    if (n == REFUND_KEY)
        return view->screen == SCREEN_DESK_REFUND && desk->missing_key[0] == '\0';
    if (n == ASK_KEY)
        return desk->can_ask;
    return n == KEYS ? desk->escape_key[0] != '\0' : n == HELP_KEY;
}

/* At the list: the receipt of the row that has the ring, of the first one where none has. */
static struct touch reprint_touch(const struct painter *p, const struct view_desk *desk) {
    struct touch on = p->focus.touch;
    bool row = on.kind == TOUCH_PICK || on.kind == TOUCH_REPRINT;
    if (!desk->prints_row)
        return (struct touch){TOUCH_FUNCTION, REPRINT_KEY};
    return (struct touch){TOUCH_REPRINT, row && on.n <= desk->row_count ? on.n : 1};
}

static void draw_key(struct painter *p, const struct view *view, struct rect cell, int n) {
    char cap[16] = "Esc";
    bool usable = is_usable(view, n), escape = n == KEYS;
    const char *words = key_words[n - 1];
    if (escape && usable)
        words = view->of.desk.escape_key;
    if (!escape)
        snprintf(cap, sizeof cap, "F%d", n);
    struct touch touch =
        escape ? (struct touch){TOUCH_CANCEL, 0} : (struct touch){TOUCH_FUNCTION, n};
    if (n == REPRINT_KEY)
        touch = reprint_touch(p, &view->of.desk);
    struct rect inside = usable ? touchable_draw(p, cell, LOOK_CARD, touch) : cell;
    inside = rect_inset(inside, mm(p, 2), 0);
    struct rect place = rect_cut_left(&inside, cap_width(p, cap), mm(p, 2));
    cap_draw(p, place, cap, usable, false);
    struct text_style style =
        one_line(styled(style_small, ALIGN_LEFT, usable ? COLOUR_INK : COLOUR_QUIET));
    text_draw(p, inside, &style, say(p, words));
}

void desk_keys_draw(struct painter *p, const struct view *view) {
    struct rect row = {0, 0, p->canvas.width, p->canvas.height};
    row = rect_cut_bottom(&row, mm(p, BAR_MM), 0);
    canvas_fill(&p->canvas, row, colour_of(p, COLOUR_DOCK));
    row = rect_inset(row, mm(p, DESK_MARGIN_MM), mm(p, 2.5f));
    for (int i = 0; i < KEYS; i++)
        draw_key(p, view, rect_cell(row, KEYS, 1, mm(p, 2), i), i + 1);
}

/* ---- the side ---- */

static void flow_side_pair(struct painter *p, struct rect *area, const char *key, int count,
                           int64_t fen) {
    char amount[AMOUNT_TEXT_SIZE], number[16] = "";
    struct text_style label = one_line(styled(style_small, ALIGN_LEFT, COLOUR_INK));
    struct text_style right = one_line(styled(style_small, ALIGN_RIGHT, COLOUR_INK));
    struct rect row = rect_cut_top(area, text_line(p, T1) + mm(p, 3), 0), line = row;
    if (count >= 0)
        snprintf(number, sizeof number, "%d", count);
    struct text_style bold = right;
    bold.weight = WEIGHT_BOLD;
    bold.strong = true;
    text_draw(p, rect_cut_right(&row, row.w * 34 / 100, mm(p, 2)), &bold, amount_text(fen, amount));
    text_draw(p, rect_cut_right(&row, mm(p, 14), mm(p, 2)), &right, number);
    text_draw(p, row, &label, say(p, key));
    hairline_draw(p, line.x, line.y + line.h, line.w);
}

static void draw_totals(struct painter *p, const struct view *view, struct rect area) {
    const struct view_desk *desk = &view->of.desk;
    flow_text(p, &area, &style_label, mm(p, 3),
              say(p, desk->shift_began[0] == '\0' ? "desk.today" : "desk.shift"));
    flow_side_pair(p, &area, "desk.total.wallets", desk->wallets, desk->wallets_fen);
    flow_side_pair(p, &area, "desk.total.cards", desk->cards, desk->cards_fen);
    flow_side_pair(p, &area, "desk.total.cash", desk->cash, desk->cash_fen);
    flow_side_pair(p, &area, "desk.total.returned", -1, -desk->returned_fen);
    flow_side_pair(p, &area, "desk.total.drawer", -1, desk->drawer_fen);
    if (desk->undecided == 0)
        return;
    char count[12], amount[AMOUNT_TEXT_SIZE], words[200];
    struct text_style style = styled(style_small, ALIGN_LEFT, COLOUR_INK);
    style.weight = WEIGHT_BOLD;
    snprintf(count, sizeof count, "%d", desk->undecided);
    strings_fill(words, sizeof words, say(p, "desk.undecided"), count,
                 amount_text(desk->undecided_fen, amount));
    rect_cut_top(&area, mm(p, 4), 0);
    flow_icon_text(p, &area, ICON_clock, COLOUR_WAIT, &style, 0, words);
}

static void draw_order_lines(struct painter *p, const struct view *view, struct rect area) {
    const struct view_desk *desk = &view->of.desk;
    char words[160], grouped[GROUPED_SIZE];
    if (desk->order_no[0] != '\0') {
        strings_fill(words, sizeof words, say(p, "desk.order"), grouped_no(desk->order_no, grouped),
                     "");
        flow_text(p, &area, &style_small, 0, words);
    }
    strings_fill(words, sizeof words, say(p, "desk.called"), desk->called, desk->caller_no);
    flow_text(p, &area, &style_small, mm(p, 3), words);
    if (desk->waiting <= 0)
        return;
    char count[12];
    struct text_style bold = style_label;
    snprintf(count, sizeof count, "%d", desk->waiting);
    strings_fill(words, sizeof words, say(p, "desk.queue"), count, "");
    flow_text(p, &area, &bold, 0, words);
}

static void draw_side(struct painter *p, const struct view *view, struct rect area) {
    canvas_fill(&p->canvas, area, colour_of(p, COLOUR_DOCK));
    area = rect_inset(area, mm(p, DESK_MARGIN_MM), mm(p, 4));
    flow_text(p, &area, &style_small, mm(p, 2), say(p, "desk.patient_sees"));
    struct rect picture = rect_cut_top(&area, area.w * 10 / 16, mm(p, 5));
    patient_draw_small(p, view, picture);
    if (view->screen == SCREEN_DESK_IDLE)
        draw_totals(p, view, area);
    else
        draw_order_lines(p, view, area);
}

struct rect desk_frame(struct painter *p, const struct view *view, struct rect *bleed) {
    struct rect whole = {0, 0, p->canvas.width, p->canvas.height};
    canvas_fill(&p->canvas, whole, colour_of(p, COLOUR_PAPER));
    draw_top(p, view, rect_cut_top(&whole, mm(p, TOP_MM), 0));
    rect_cut_bottom(&whole, mm(p, BAR_MM), 0); /* desk_keys_draw */
    draw_side(p, view, rect_cut_right(&whole, whole.w * SIDE_PERMILLE / 1000, 0));
    *bleed = whole;
    return rect_inset(whole, mm(p, DESK_MARGIN_MM), mm(p, 5));
}
