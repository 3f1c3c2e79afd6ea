/* What goes back, before it does: the patient's payments, those of which something can go back
 * first; why, how much, loudly where it is less than was asked, and who agrees. */
#include <stdio.h>
#include <string.h>

#include "ui/desk/parts.h"

#define CHOICE_COLUMNS 7
#define CHOICE_ROW_MM 9.5f
#define WHY_MM 13.0f
#define AMOUNT_KEY 11

/* Where a column ends, in 1/1000 of the table's width. */
static const struct {
    const char *key;
    int end;
    enum align align;
} choice_columns[CHOICE_COLUMNS] = {
    {"desk.col.paid_time", 125, ALIGN_LEFT}, {"desk.col.what", 240, ALIGN_LEFT},
    {"desk.col.way", 410, ALIGN_LEFT},       {"desk.col.paid", 525, ALIGN_RIGHT},
    {"desk.col.before", 640, ALIGN_RIGHT},   {"desk.col.left", 760, ALIGN_RIGHT},
    {"desk.col.reason", 1000, ALIGN_LEFT},
};

static void draw_choice_cell(struct painter *p, struct rect row, int n, enum colour ink, bool bold,
                             const char *words) {
    int from = n == 0 ? 0 : row.w * choice_columns[n - 1].end / 1000;
    int to = row.w * choice_columns[n].end / 1000, pad = mm(p, 1.5f);
    struct text_style style = one_line(styled(style_small, choice_columns[n].align, ink));
    style.weight = bold ? WEIGHT_BOLD : WEIGHT_REGULAR;
    style.strong = bold;
    text_draw(p, (struct rect){row.x + from + pad, row.y, to - from - 2 * pad, row.h}, &style,
              words);
}

static bool is_choice_focused(const struct painter *p, int n) {
    return p->focus.touch.kind == TOUCH_PICK && p->focus.touch.n == n;
}

/* What is chosen is filled; where keys stand has an edge. */
static void draw_choice(struct painter *p, struct rect row, const struct view_desk *desk, int n) {
    const struct view_desk_choice *choice = &desk->choices[n];
    bool chosen = n == desk->chosen, can = choice->reason_key[0] == '\0';
    enum colour ink = chosen ? COLOUR_ON_ACCENT : can ? COLOUR_INK : COLOUR_QUIET;
    char amount[AMOUNT_TEXT_SIZE];
    if (chosen)
        canvas_fill(&p->canvas, row, colour_of(p, COLOUR_ACCENT));
    if (is_choice_focused(p, n + 1))
        canvas_fill(&p->canvas, (struct rect){row.x, row.y, mm(p, 1.2f), row.h},
                    colour_of(p, COLOUR_LIT));
    if (can)
        frame_add_touch(p->frame, (struct touch){TOUCH_PICK, n + 1}, row);
    draw_choice_cell(p, row, 0, ink, false, choice->time);
    draw_choice_cell(p, row, 1, ink, false, say_short(p, choice->what_key));
    draw_choice_cell(p, row, 2, ink, false, say_if(p, choice->way_key));
    draw_choice_cell(p, row, 3, ink, true, amount_text(choice->paid_fen, amount));
    draw_choice_cell(p, row, 4, ink, false, amount_text(choice->before_fen, amount));
    draw_choice_cell(p, row, 5, ink, true, can ? amount_text(choice->left_fen, amount) : "-");
    draw_choice_cell(p, row, 6, ink, false, say(p, can ? "desk.refund.can" : choice->reason_key));
    hairline_draw(p, row.x, row.y + row.h, row.w);
}

/* What cannot go back stands below, under a head of its own. */
static void flow_choices(struct painter *p, const struct view_desk *desk, struct rect *area) {
    struct text_style quiet = one_line(styled(style_small, ALIGN_LEFT, COLOUR_QUIET));
    struct rect head = rect_cut_top(area, mm(p, CHOICE_ROW_MM), 0);
    bool cannot = false;
    for (int i = 0; i < CHOICE_COLUMNS; i++)
        draw_choice_cell(p, head, i, COLOUR_QUIET, false, say(p, choice_columns[i].key));
    hairline_draw(p, head.x, head.y + head.h, head.w);
    for (int i = 0; i < desk->choice_count; i++) {
        if (!cannot && i > 0 && desk->choices[i].reason_key[0] != '\0') {
            text_draw(p, rect_cut_top(area, mm(p, CHOICE_ROW_MM), 0), &quiet,
                      say(p, "desk.refund.cannot"));
            cannot = true;
        }
        draw_choice(p, rect_cut_top(area, mm(p, CHOICE_ROW_MM), 0), desk, i);
    }
    if (desk->more_choices)
        flow_text(p, area, &style_small, 0, say(p, "desk.refund.more"));
}

/* How much goes back, while it is typed: digits are no reasons then. */
static void draw_amount_field(struct painter *p, const struct view_desk *desk, struct rect row) {
    char words[160], most[AMOUNT_TEXT_SIZE];
    struct text_style label = one_line(style_label);
    strings_fill(words, sizeof words, say(p, "desk.refund.how_much"),
                 amount_text(desk->most_fen, most), "");
    text_draw(p, rect_cut_left(&row, row.w / 2, mm(p, 4)), &label, words);
    desk_field_draw(p, row, desk->typed, T3);
}

static void draw_amount_key(struct painter *p, const struct view_desk *desk, struct rect *row) {
    if (!desk->amount_changes)
        return;
    struct desk_button button = {
        {TOUCH_FUNCTION, AMOUNT_KEY}, "F11", say(p, "desk.refund.change"), "", false};
    desk_button_draw(p, rect_cut_right(row, row->w / 5, mm(p, DESK_GAP_MM)), &button);
}

static void draw_whys(struct painter *p, const struct view_desk *desk, struct rect row) {
    struct text_style label = one_line(style_body);
    int width = text_width(p, &label, say(p, "desk.why"));
    text_draw(p, rect_cut_left(&row, width, mm(p, 4)), &label, say(p, "desk.why"));
    for (int i = 0; i < VIEW_DESK_WHYS; i++) {
        char cap[16], key[24];
        snprintf(cap, sizeof cap, "%d", i + 1);
        snprintf(key, sizeof key, "desk.why.%d", i + 1);
        struct desk_button button = {
            {TOUCH_AMOUNT, i + 1}, cap, say(p, key), "", desk->why == i + 1};
        desk_button_draw(p, rect_cell(row, VIEW_DESK_WHYS, 1, mm(p, 2), i), &button);
    }
}

/* Dots stand for what was typed. */
static void draw_second(struct painter *p, const struct view_desk *desk, struct rect *area) {
    char words[160], dots[40] = "";
    if (!desk->second)
        return;
    for (int i = 0; i < desk->pin_length && i < 12; i++)
        strcat(dots, "●");
    strings_fill(words, sizeof words, say(p, desk->second_key),
                 desk->agreed_by[0] != '\0' ? desk->agreed_by : dots, "");
    flow_warning(p, area, words);
}

static void draw_go(struct painter *p, const struct view_desk *desk, struct rect row) {
    char words[160], amount[AMOUNT_TEXT_SIZE];
    bool ready = desk->missing_key[0] == '\0';
    if (desk->amount_asked) {
        struct desk_button button = {{TOUCH_NEXT, 0}, "Enter", say(p, desk->enter_key), "", true};
        desk_button_draw(p, row, &button);
        return;
    }
    strings_fill(words, sizeof words, say(p, desk->enter_key),
                 amount_text(desk->amount_fen, amount), "");
    if (ready) {
        struct desk_button button = {
            {TOUCH_FUNCTION, 7}, "F7", words, say(p, "desk.refund.hold"), true};
        desk_button_draw(p, row, &button);
        return;
    }
    if (desk->second && desk->agreed_by[0] == '\0' && desk->pin_length > 0) {
        struct desk_button button = {{TOUCH_NEXT, 0}, "Enter", say(p, "desk.second.go"), "", true};
        desk_button_draw(p, row, &button);
        return;
    }
    struct text_style style = one_line(styled(style_head, ALIGN_CENTRE, COLOUR_QUIET));
    canvas_fill(&p->canvas, row, colour_of(p, COLOUR_OFF));
    text_draw(p, row, &style, say(p, desk->missing_key));
}

/* One alone is chosen already. */
static bool may_pick(const struct view_desk *desk) {
    int can = 0;
    for (int i = 0; i < desk->choice_count; i++)
        can += desk->choices[i].reason_key[0] == '\0';
    return can > 1;
}

void desk_refund_draw(struct painter *p, const struct view *view) {
    const struct view_desk *desk = &view->of.desk;
    struct rect bleed, area = desk_frame(p, view, &bleed);
    if (desk_help_draw(p, view, area))
        return;
    flow_call_due(p, view, &area, say_if(p, desk->way_key),
                  may_pick(desk) ? say(p, "desk.refund.pick") : "");
    int gap = mm(p, DESK_GAP_MM);
    draw_go(p, desk, rect_cut_bottom(&area, mm(p, DESK_BUTTON_MM), gap));
    struct rect row = rect_cut_bottom(&area, mm(p, WHY_MM), gap);
    if (desk->amount_asked) {
        draw_amount_field(p, desk, row);
        flow_warning(p, &area, say_if(p, view->notice_key));
    } else {
        draw_amount_key(p, desk, &row);
        draw_whys(p, desk, row);
    }
    flow_less(p, desk, &area);
    draw_second(p, desk, &area);
    flow_choices(p, desk, &area);
}
