/* How much: one touch for the usual sums, keys for any other. */
#include <stdio.h>
#include <string.h>

#include "ui/screens/screens.h"

#define PRESETS 6
#define PRESETS_TIGHT 3
#define PRESET_SIZE 80
#define KEY_MAX_MM 40.0f
#define PRESET_MORE_MM 6.0f /* than a target, where there is the room */

static const char keys[] = {'1', '2', '3', '4', '5', '6', '7', '8', '9', '.', '0', KEY_DELETE, 0};

/* "¥        1,000" on a line of its own, and a bar where the next digit comes. */
static void flow_sum(struct painter *p, const struct view *view, struct rect *area) {
    struct text_style unit = one_line(style_amount), sum = one_line(style_amount);
    const char *typed = view->of.amount.typed;
    sum.align = ALIGN_RIGHT;
    struct rect row = rect_cut_top(area, text_line(p, T5), 0);
    struct rect left = row;
    text_draw(p, rect_cut_left(&left, text_width(p, &unit, "¥"), mm(p, 3)), &unit, "¥");
    left.w -= mm(p, 3);
    canvas_fill(&p->canvas,
                (struct rect){left.x + left.w + mm(p, 1.5f), row.y + mm(p, 1), mm(p, 0.7f),
                              row.h - mm(p, 2)},
                colour_of(p, COLOUR_ACCENT));
    if (!typed[0]) {
        sum.weight = WEIGHT_REGULAR;
        sum.ink = COLOUR_QUIET;
        sum.size = T3;
        sum.strong = false;
        typed = say(p, "amount.empty");
    }
    sum.size = text_size_for(p, left.w, &sum, typed);
    text_draw(p, left, &sum, typed);
    canvas_fill(&p->canvas, rect_cut_top(area, mm(p, 1.2f), mm(p, 3)), colour_of(p, COLOUR_ACCENT));
}

/* Whole yuan: the usual sums have no cents to show. */
static char *preset_text(int64_t fen, char out[AMOUNT_TEXT_SIZE]) {
    amount_text(fen, out);
    char *cents = strstr(out, ".00");
    if (cents)
        *cents = '\0';
    return out;
}

/* Of two sums that are different things each has its name. */
static const char *preset_words(struct painter *p, const struct view *view, int i,
                                char out[PRESET_SIZE]) {
    char sum[AMOUNT_TEXT_SIZE];
    const char *key = view->of.amount.preset_keys[i];
    preset_text(view->of.amount.presets_fen[i], sum);
    return strings_fill(out, PRESET_SIZE, key != NULL ? say(p, key) : "{a}", sum, "");
}

static void draw_presets(struct painter *p, const struct view *view, struct rect area, int count,
                         int columns) {
    char texts[PRESETS][PRESET_SIZE];
    const char *labels[PRESETS] = {0};
    int rows = (count + columns - 1) / columns, gap = mm(p, GAP_MM);
    for (int i = 0; i < count; i++)
        labels[i] = preset_words(p, view, i, texts[i]);
    enum text_size size =
        buttons_size(p, rect_cell(area, columns, rows, gap, 0).w, T3, labels, count);
    for (int i = 0; i < count; i++) {
        int64_t fen = view->of.amount.presets_fen[i];
        struct button button = {.touch = {TOUCH_AMOUNT, i + 1},
                                .label = labels[i],
                                .look = LOOK_SECONDARY,
                                .size = size,
                                .off =
                                    fen > view->of.amount.cap_fen && view->of.amount.cap_fen > 0};
        button_draw(p, rect_cell(area, columns, rows, gap, i), &button);
    }
}

static int preset_count(const struct painter *p, const struct view *view) {
    int count = view->of.amount.preset_count < PRESETS ? view->of.amount.preset_count : PRESETS;
    return p->tight && count > PRESETS_TIGHT ? PRESETS_TIGHT : count;
}

/* What is there already, and what it may not exceed: on one line where it has the room. */
static void flow_bounds(struct painter *p, const struct view *view, struct rect *area) {
    char sum[AMOUNT_TEXT_SIZE], cap[160] = "", balance[160] = "";
    struct text_style label = style_small;
    const char *key = view->account.inpatient ? "account.deposit" : "account.balance";
    if (view->account.has_balance && !p->small)
        snprintf(balance, sizeof balance, "%s %s", say(p, key),
                 amount_text(view->account.balance_fen, sum));
    if (view->of.amount.cap_fen > 0)
        strings_fill(cap, sizeof cap, say(p, view->of.amount.cap_key),
                     amount_text(view->of.amount.cap_fen, sum), "");
    if (balance[0] && cap[0])
        flow_pair(p, area, &label, balance, &label, cap);
    else
        flow_text(p, area, &label, 0, balance[0] ? balance : cap);
    rect_cut_top(area, mm(p, 2), 0);
}

/* What the keys need below the presets. */
static int keys_least(struct painter *p) {
    int heading = p->small ? 0 : text_line(p, T1) + mm(p, 1);
    return heading + 4 * target_px(p) + 3 * mm(p, GAP_MM) + mm(p, 3);
}

static int presets_height(struct painter *p, int rows) {
    int heading = p->small ? 0 : text_line(p, T1) + mm(p, 1);
    return rows == 0 ? 0 : heading + rows * target_px(p) + (rows - 1) * mm(p, GAP_MM) + mm(p, 4);
}

/* As many rows of them as `room` has. */
static void flow_presets(struct painter *p, const struct view *view, struct rect *area, int room) {
    int count = preset_count(p, view), columns = count < 3 ? count : 3;
    int rows = columns > 0 ? (count + columns - 1) / columns : 0;
    while (rows > 0 && presets_height(p, rows) > room)
        rows--;
    if (rows == 0)
        return;
    count = count < rows * columns ? count : rows * columns;
    if (!p->small)
        flow_small_head(p, area, COLOUR_INK, say(p, "amount.usual"));
    int spare = (room - presets_height(p, rows)) / 2 / rows, most = mm(p, PRESET_MORE_MM);
    int row = target_px(p) + (spare < 0 ? 0 : spare < most ? spare : most);
    int height = rows * row + (rows - 1) * mm(p, GAP_MM);
    draw_presets(p, view, rect_cut_top(area, height, mm(p, 4)), count, columns);
}

void screen_amount(struct painter *p, const struct view *view) {
    struct places places = chrome_draw(p, view, DOCK_ACTION);
    struct rect area = places.stage;
    if (!p->tight || !view->notice_key[0]) {
        flow_title(p, &area, say(p, view->of.amount.title_key));
        flow_bounds(p, view, &area);
    }
    struct rect keys_area = places.board;
    if (places.wide && !p->tight)
        board_notice(p, view, &places, &keys_area);
    else
        flow_notice(p, view, &places, &area);
    flow_sum(p, view, &area);
    if (places.wide)
        flow_presets(p, view, &area, area.h);
    struct rect board = places.wide ? keys_area : board_below(p, &places, &area);
    rect_cut_top(&board, mm(p, places.wide ? 4 : 2), 0);
    if (!places.wide)
        flow_presets(p, view, &board, board.h - keys_least(p));
    if (!p->small)
        flow_small_head(p, &board, COLOUR_INK, say(p, "amount.other"));
    rect_cut_bottom(&board, mm(p, 3), 0);
    int most = 4 * mm(p, KEY_MAX_MM) + 3 * mm(p, GAP_MM);
    board.h = board.h < most ? board.h : most;
    keys_draw(p, board, 3, 4, keys);
    char sum[AMOUNT_TEXT_SIZE], label[96];
    bool off = view->of.amount.amount_fen <= 0;
    amount_text(view->of.amount.amount_fen, sum);
    struct action next = {{TOUCH_NEXT, 0},
                          off ? say(p, "amount.choose")
                              : strings_fill(label, sizeof label, say(p, "amount.next"), sum, ""),
                          ICON_NONE,
                          off};
    dock_actions(p, &places, &next, NULL);
}
