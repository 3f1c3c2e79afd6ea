/* What became of the money, and where to go now. */
#include <stdio.h>

#include "ui/screens/screens.h"

#define PICTURE_MM 54.0f
#define CHECK_SPREAD_MM 5.0f

const struct tone_look tone_looks[] = {
    [TONE_GOOD] = {ICON_check, COLOUR_GOOD, COLOUR_GOOD_TINT},
    [TONE_WAIT] = {ICON_clock, COLOUR_WAIT, COLOUR_WAIT_TINT},
    [TONE_RETURNED] = {ICON_return, COLOUR_BACK, COLOUR_BACK_TINT},
    [TONE_WINDOW] = {ICON_desk, COLOUR_WAIT, COLOUR_WAIT_TINT},
    [TONE_NOT_PAID] = {ICON_dash, COLOUR_CALM, COLOUR_CALM_TINT},
};

/* Where no millimetre is to spare the sentence stands below the sign. */
static void flow_verdict_small(struct painter *p, const struct view *view,
                               const struct places *places, struct rect *area) {
    const struct tone_look *look = &tone_looks[view->of.result.tone];
    const char *title = say(p, view->of.result.title_key);
    const char *words = say(p, view->of.result.text_key);
    struct text_style head = style_title, text = styled(style_small, ALIGN_LEFT, COLOUR_INK);
    int badge = text_line(p, T3), gap = mm(p, 3), pad = mm(p, 2);
    text.strong = true;
    head.size = text_size_for(p, area->w - badge - gap, &head, title);
    if (head.size < T2)
        head.size = T2;
    int head_h = text_height(p, area->w - badge - gap, &head, title);
    if (p->elder)
        words = ""; /* it stands on the board */
    int height = head_h + text_height(p, area->w, &text, words) + 2 * pad;
    struct rect box = rect_cut_top(area, height, mm(p, 1));
    band_draw(p, (struct rect){places->bleed.x, box.y, places->bleed.w, box.h}, look->tint);
    box = rect_inset(box, 0, pad);
    struct rect row = rect_cut_top(&box, head_h, 0);
    struct rect disk = rect_cut_left(&row, badge, gap);
    badge_draw(p, rect_centre(disk, badge, badge), look->icon, COLOUR_ON_TONE, look->badge);
    text_draw(p, row, &head, title);
    text_draw(p, box, &text, words);
}

/* The verdict on a full-bleed tint, directly under whose money it is. */
static void flow_verdict(struct painter *p, const struct view *view, const struct places *places,
                         struct rect *area) {
    const struct tone_look *look = &tone_looks[view->of.result.tone];
    const char *title = say(p, view->of.result.title_key);
    const char *words = say(p, view->of.result.text_key);
    struct text_style head = style_title, text = styled(style_body, ALIGN_LEFT, COLOUR_INK);
    text.strong = true;
    int badge = mm(p, places->wide ? 24 : p->elder ? 30 : 39), gap = mm(p, p->small ? 4 : 7);
    int width = area->w - badge - gap, pad = mm(p, p->small ? 3 : 6);
    if (p->small) {
        flow_verdict_small(p, view, places, area);
        return;
    }
    if (places->wide && p->elder)
        words = ""; /* it stands on the board */
    if (text_height(p, width, &text, words) > 3 * text_line(p, T2))
        text.size = T1;
    int used = text_height(p, width, &head, title) + text_height(p, width, &text, words);
    int height = (used > badge ? used : badge) + 2 * pad;
    struct rect box = rect_cut_top(area, height, mm(p, p->small ? 2 : 5));
    band_draw(p, (struct rect){places->bleed.x, box.y, places->bleed.w, box.h}, look->tint);
    struct rect inside = rect_inset(box, 0, pad);
    struct rect disk = rect_cut_left(&inside, badge, gap);
    badge_draw(p, rect_centre(disk, badge, badge), look->icon, COLOUR_ON_TONE, look->badge);
    inside = rect_centre(inside, inside.w, used);
    flow_text(p, &inside, &head, 0, title);
    flow_text(p, &inside, &text, 0, words);
}

/* "WeChat  11-27 09:24:31" and the order's number: what a window asks for. */
static void fact_words(struct painter *p, const struct view *view, char first[160],
                       char second[160]) {
    const char *channel = say_if(p, view->of.result.channel_key), *time = view->of.result.time;
    snprintf(first, 160, "%s%s%s", channel, channel[0] ? "　" : "", time);
    order_words(p, view->of.result.order_no, second, 160);
}

/* What the amount is: above it, or before it on a small panel. */
static void flow_label(struct painter *p, const struct view *view, struct rect *area, int amount) {
    const char *words = say(p, view->of.result.amount_key);
    struct text_style label = style_small;
    int width = text_width(p, &label, words);
    if (!p->small || width + mm(p, 4) + amount > area->w) {
        if (!p->tight)
            flow_text(p, area, &label, 0, words);
        return;
    }
    struct rect row = *area;
    row.h = text_line(p, T5);
    row = rect_cut_right(&row, width, 0);
    label.middle = true;
    text_draw(p, row, &label, words);
}

/* The amount left, the facts right of it, or below where there is not the room. */
static void flow_money(struct painter *p, const struct view *view, struct rect *area) {
    char first[160], second[160], amount[AMOUNT_TEXT_SIZE] = "";
    struct text_style sum = one_line(style_amount);
    fact_words(p, view, first, second);
    bool has_amount = view->of.result.amount_key[0] != '\0';
    int facts = text_width(p, &style_small, second), width = 0, gap = mm(p, 6);
    if (has_amount) {
        amount_text(view->of.result.amount_fen, amount);
        sum.size = text_size_for(p, area->w, &sum, amount);
        width = text_width(p, &sum, amount);
        flow_label(p, view, area, width);
    }
    bool beside = has_amount && width + gap + facts <= area->w;
    struct text_style style = styled(style_small, beside ? ALIGN_RIGHT : ALIGN_LEFT, COLOUR_QUIET);
    int line = text_line(p, T1), high = beside ? text_line(p, sum.size) : 0;
    high = high < 2 * line && beside ? 2 * line : high;
    if (beside) {
        struct rect row = rect_cut_top(area, high, 0);
        text_draw(p, rect_cut_left(&row, width, gap), &sum, amount);
        row = rect_centre(row, row.w, 2 * line);
        flow_text(p, &row, &style, 0, first);
        flow_text(p, &row, &style, 0, second);
    } else {
        if (has_amount)
            text_draw(p, rect_cut_top(area, text_line(p, sum.size), 0), &sum, amount);
        if (!p->tight)
            flow_text(p, area, &style, 0, first);
        flow_text(p, area, &style, 0, second);
    }
    rect_cut_top(area, mm(p, p->small ? 1 : 3), 0);
}

/* What went back, and the number of a case. */
static void flow_facts(struct painter *p, const struct view *view, struct rect *area) {
    char back[AMOUNT_TEXT_SIZE];
    struct text_style label = style_small, value = styled(style_label, ALIGN_LEFT, COLOUR_INK);
    value.strong = true;
    value.size = p->small ? T1 : T2;
    flow_split(p, area, &view->of.result.split, SPLIT_OF_ALL);
    flow_settlement(p, area, view->of.result.settlement, view->of.result.settlement_count);
    if (view->of.result.case_no[0])
        flow_pair(p, area, &label, say(p, "result.case_no"), &value, view->of.result.case_no);
    if (view->of.result.has_returned)
        flow_pair(p, area, &label, say(p, "result.returned"), &value,
                  amount_text(view->of.result.returned_fen, back));
}

/* The receipt's fate; while it sticks out the machine shows where. */
static int receipt_height(struct painter *p, const struct view *view, int width) {
    struct text_style style = style_small;
    style.weight = WEIGHT_BOLD;
    bool photo = view->of.result.photo_code[0] && !view->of.result.can_print;
    if (!view->of.result.receipt_key[0] || photo) /* the code's words say it */
        return 0;
    return icon_text_height(p, width, &style, say(p, view->of.result.receipt_key)) + mm(p, 3);
}

/* Where it comes out, where there is the room to show it; its height, else 0. */
static int picture_height(struct painter *p, const struct view *view, struct rect area) {
    int count = view->of.result.check_count, height = mm(p, PICTURE_MM);
    int next = advice_given(view) ? advice_height(p, view, area.w)
                                  : checks_height(p, area.w, view->of.result.checks, count, T3);
    bool fits = view->of.result.paper && !p->small && next + height <= area.h;
    return fits ? height : 0;
}

static void draw_picture(struct painter *p, const struct view *view, struct rect row) {
    struct text_style style = styled(style_label, ALIGN_LEFT, COLOUR_INK);
    style.middle = true;
    row = rect_inset(row, 0, mm(p, 3));
    machine_draw(p, rect_cut_left(&row, mm(p, 56), mm(p, 5)), ACT_TAKE_RECEIPT);
    text_draw(p, row, &style, say(p, view->of.result.receipt_key));
}

static void draw_receipt(struct painter *p, const struct view *view, struct rect rect) {
    struct text_style style = styled(style_small, ALIGN_LEFT, COLOUR_INK);
    style.weight = WEIGHT_BOLD;
    rect_cut_top(&rect, mm(p, 1.5f), 0);
    flow_icon_text(p, &rect, ICON_printer, COLOUR_ACCENT, &style, 0,
                   say(p, view->of.result.receipt_key));
}

/* Nobody has to stand here until it is known: two points, a word and a sentence each. */
static const char *const leave_keys[2][2] = {{"leave.kept", "leave.kept.text"},
                                             {"leave.later", "leave.later.text"}};

static int leave_point_height(struct painter *p, int width, int i) {
    int words = width - text_line(p, T3);
    return text_height(p, words, &style_label, say(p, leave_keys[i][0])) +
           text_height(p, words, &style_small, say(p, leave_keys[i][1]));
}

static int leave_height(struct painter *p, int width) {
    int gap = mm(p, LINE_GAP_MM), height = text_line(p, T2) + mm(p, 4) + gap;
    for (int i = 0; i < 2; i++)
        height += leave_point_height(p, width, i) + 2 * gap;
    return height;
}

static void draw_leave(struct painter *p, struct rect area) {
    struct text_style head = style_head, digit = styled(style_head, ALIGN_LEFT, COLOUR_ACCENT);
    int gap = mm(p, LINE_GAP_MM);
    if (leave_height(p, area.w) > area.h)
        return;
    head.size = digit.size = T2;
    flow_hairline(p, &area, mm(p, 3));
    flow_text(p, &area, &head, gap, say(p, "leave.title"));
    for (int i = 0; i < 2; i++) {
        char number[12];
        snprintf(number, sizeof number, "%d", i + 1);
        struct rect row = rect_cut_top(&area, leave_point_height(p, area.w, i), 2 * gap);
        text_draw(p, rect_cut_left(&row, text_line(p, T3), 0), &digit, number);
        flow_text(p, &row, &style_label, 0, say(p, leave_keys[i][0]));
        text_draw(p, row, &style_small, say(p, leave_keys[i][1]));
    }
}

/* The largest at which there is room for the lines and so much below them; T2 at the least. */
static enum text_size size_of_checks(struct painter *p, const struct view *view, struct rect area,
                                     int below) {
    const struct view_check *checks = view->of.result.checks;
    int count = view->of.result.check_count;
    enum text_size size = T3;
    while (size > T2 && checks_height(p, area.w, checks, count, size) + below > area.h)
        size--;
    return size;
}

static void draw_checks(struct painter *p, const struct view *view, struct rect area) {
    int count = view->of.result.check_count;
    if (count == 0)
        return;
    int below = view->of.result.tone == TONE_WAIT
                    ? leave_height(p, area.w) + count * mm(p, CHECK_SPREAD_MM) + mm(p, 3)
                    : 0;
    enum text_size size = size_of_checks(p, view, area, below);
    int height = checks_height(p, area.w, view->of.result.checks, count, size);
    if (height + below > area.h) { /* the lines go before what one may do meanwhile */
        size = size_of_checks(p, view, area, 0);
        height = checks_height(p, area.w, view->of.result.checks, count, size);
    }
    if (height > area.h)
        return;
    height += count * mm(p, CHECK_SPREAD_MM);
    checks_draw(p, rect_cut_top(&area, height < area.h ? height : area.h, mm(p, 3)),
                view->of.result.checks, count, size);
    if (view->of.result.tone == TONE_WAIT)
        draw_leave(p, area);
}

/* Where to go now; where nothing is to be fetched, what is known. */
static void draw_next(struct painter *p, const struct view *view, struct rect area) {
    if (advice_given(view))
        advice_draw(p, view, area);
    else
        draw_checks(p, view, area);
}

/* What became of the receipt, off the bottom. */
static void cut_receipt(struct painter *p, const struct view *view, struct rect *area) {
    int words = receipt_height(p, view, area->w), picture = picture_height(p, view, *area);
    if (words > 0 && picture > 0)
        draw_picture(p, view, rect_cut_bottom(area, picture, 0));
    else if (words > 0)
        draw_receipt(p, view, rect_cut_bottom(area, words, 0));
}

static const char *next_words(struct painter *p, const struct view *view, char out[96]) {
    char amount[AMOUNT_TEXT_SIZE];
    const char *words = p->small ? say_short(p, "result.next") : say(p, "result.next");
    return strings_fill(out, 96, words, amount_text(view->of.result.next_fen, amount), "");
}

/* What was not paid can be paid now, and the next bill that was chosen; else nothing is left to do.
 */
static void draw_result_actions(struct painter *p, const struct view *view,
                                const struct places *places) {
    char amount[AMOUNT_TEXT_SIZE], label[96], next_label[96];
    const char *words = p->small ? say_short(p, "result.again") : say(p, "result.again");
    struct action done = {{TOUCH_HOME, 0}, say(p, "result.done"), ICON_NONE, false};
    struct action print = {{TOUCH_PRINT, 0}, say(p, "result.print"), ICON_printer, false};
    struct action leave = {{TOUCH_HOME, 0}, say(p, "result.exit"), ICON_exit, false};
    amount_text(view->of.result.again_fen, amount);
    struct action again = {
        {TOUCH_AGAIN, 0}, strings_fill(label, sizeof label, words, amount, ""), ICON_NONE, false};
    struct action next = {{TOUCH_PAY, 0}, next_words(p, view, next_label), ICON_NONE, false};
    if (view->of.result.again)
        dock_actions(p, places, &again, &leave);
    else if (view->of.result.next)
        dock_actions(p, places, &next, &leave);
    else
        dock_actions(p, places, &done, view->of.result.can_print ? &print : NULL);
}

void screen_result(struct painter *p, const struct view *view) {
    struct places places = chrome_draw(p, view, DOCK_ACTION);
    struct rect area = places.wide ? places.stage : places.whole;
    flow_verdict(p, view, &places, &area);
    flow_notice(p, view, &places, &area);
    rect_cut_bottom(&area, mm(p, 2), 0);
    struct rect board = rect_inset(places.board, 0, mm(p, 2));
    struct rect *low = places.wide ? &board : &area;
    flow_money(p, view, &area);
    int facts = 2 * text_line(p, T2);
    flow_facts(p, view, places.wide && area.h < facts ? &board : &area);
    cut_receipt(p, view, low);
    if (places.wide && p->elder) {
        struct text_style text = styled(style_small, ALIGN_LEFT, COLOUR_INK);
        text.strong = true;
        flow_text(p, &board, &text, mm(p, 3), say(p, view->of.result.text_key));
    }
    if (!places.wide) {
        flow_hairline(p, &area, mm(p, 3));
        draw_next(p, view, area);
    } else {
        draw_next(p, view, board);
    }
    draw_result_actions(p, view, &places);
}
