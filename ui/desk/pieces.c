/* What the screens of the desk are made of. */
#include <stdio.h>
#include <string.h>

#include "ui/desk/parts.h"

#define CAP_MM 8.0f
#define CAP_PAD_MM 2.0f
#define CAP_RADIUS_MM 1.0f
#define TELL_MM 15.0f
#define TELL_BAR_MM 2.0f

static struct text_style cap_style(bool usable, bool on) {
    struct text_style style = one_line(
        styled(style_small, ALIGN_CENTRE, usable && on ? COLOUR_ACCENT : COLOUR_ON_ACCENT));
    style.weight = WEIGHT_BOLD;
    return style;
}

int cap_width(struct painter *p, const char *key) {
    struct text_style style = cap_style(true, false);
    int width = text_width(p, &style, key) + 2 * mm(p, CAP_PAD_MM), least = mm(p, 10);
    return width < least ? least : width;
}

void cap_draw(struct painter *p, struct rect rect, const char *key, bool usable, bool on) {
    struct text_style style = cap_style(usable, on);
    rect = rect_centre(rect, rect.w, mm(p, CAP_MM));
    enum colour fill = !usable ? COLOUR_QUIET : on ? COLOUR_CARD : COLOUR_ACCENT;
    canvas_round(&p->canvas, rect, mm(p, CAP_RADIUS_MM), colour_of(p, fill));
    text_draw(p, rect, &style, key);
}

void desk_button_draw(struct painter *p, struct rect rect, const struct desk_button *button) {
    struct rect inside =
        touchable_draw(p, rect, button->primary ? LOOK_PRIMARY : LOOK_CARD, button->touch);
    enum colour ink = button->primary ? COLOUR_ON_ACCENT : COLOUR_INK;
    struct text_style label = one_line(styled(style_head, ALIGN_LEFT, ink));
    struct text_style more = one_line(styled(style_small, ALIGN_LEFT, ink));
    int cap = cap_width(p, button->key), gap = mm(p, 4);
    int room = inside.w - cap - 3 * gap;
    label.size = text_size_for(p, room, &label, button->label);
    int width = text_width(p, &label, button->label), more_w = text_width(p, &more, button->more);
    bool both = button->more[0] != '\0' && width + gap + more_w <= room;
    struct rect row = rect_centre(inside, cap + gap + width + (both ? gap + more_w : 0), inside.h);
    cap_draw(p, rect_cut_left(&row, cap, gap), button->key, true, button->primary);
    text_draw(p, rect_cut_left(&row, width, gap), &label, button->label);
    if (both)
        text_draw(p, row, &more, button->more);
}

void flow_call(struct painter *p, const struct view *view, struct rect *area) {
    struct text_style name = one_line(style_title), number = one_line(style_body);
    struct rect row = rect_cut_top(area, text_line(p, T4), mm(p, 3));
    struct text_style what = styled(number, ALIGN_RIGHT, COLOUR_INK);
    icon_draw(p, rect_cut_left(&row, row.h, mm(p, 3)), ICON_person, COLOUR_ACCENT);
    int width = text_width(p, &what, say_if(p, view->what_key));
    text_draw(p, rect_cut_right(&row, width, mm(p, 4)), &what, say_if(p, view->what_key));
    width = text_width(p, &name, view->account.name);
    width = width < row.w ? width : row.w;
    text_draw(p, rect_cut_left(&row, width, mm(p, 5)), &name, view->account.name);
    if (text_width(p, &number, view->account.number) <= row.w)
        text_draw(p, row, &number, view->account.number);
}

void flow_call_due(struct painter *p, const struct view *view, struct rect *area, const char *head,
                   const char *line) {
    char amount[AMOUNT_TEXT_SIZE];
    flow_call(p, view, area);
    flow_text(p, area, &style_body, 0, say(p, view->of.desk.amount_key));
    struct text_style style = style_amount;
    style.size = T6;
    amount_text(view->of.desk.amount_fen, amount);
    style.size = text_size_for(p, area->w * 2 / 3, &style, amount);
    struct rect row = rect_cut_top(area, text_line(p, T6), mm(p, 3));
    text_draw(p, rect_cut_left(&row, text_width(p, &style, amount), mm(p, 5)), &style, amount);
    row = rect_cut_bottom(&row, text_line(p, T2) * 2, 0);
    struct text_style bold = one_line(styled(style_label, ALIGN_RIGHT, COLOUR_INK));
    struct text_style quiet = one_line(styled(style_body, ALIGN_RIGHT, COLOUR_QUIET));
    text_draw(p, rect_cut_top(&row, text_line(p, T2), 0), &bold, head);
    text_draw(p, row, &quiet, line);
    flow_hairline(p, area, mm(p, 3));
}

/* An amber bar to its left: it is said, not pressed. */
static void draw_said(struct painter *p, struct rect row, const char *words, int bold) {
    struct text_style style = {.size = T2, .ink = COLOUR_INK, .middle = true, .lead = bold};
    band_draw(p, row, COLOUR_WAIT_TINT);
    canvas_fill(&p->canvas, rect_cut_left(&row, mm(p, TELL_BAR_MM), mm(p, 4)),
                colour_of(p, COLOUR_LIT));
    text_draw(p, rect_inset(row, 0, mm(p, 1)), &style, words);
}

void cut_tell(struct painter *p, struct rect *area, const char *words) {
    char whole[320];
    if (words[0] == '\0')
        return;
    const char *head = say(p, "desk.tell");
    snprintf(whole, sizeof whole, "%s%s", head, words);
    draw_said(p, rect_cut_bottom(area, mm(p, TELL_MM), mm(p, DESK_GAP_MM)), whole,
              (int)strlen(head));
}

void flow_warning(struct painter *p, struct rect *area, const char *words) {
    if (words[0] != '\0')
        draw_said(p, rect_cut_top(area, mm(p, TELL_MM), mm(p, DESK_GAP_MM)), words,
                  (int)strlen(words));
}

static const char *other_words(struct painter *p, const struct view_desk *desk, char *out,
                               int size) {
    char at[80], amount[AMOUNT_TEXT_SIZE];
    const char *where = desk->other_at;
    if (desk->other_place[0] != '\0')
        where = strings_fill(at, sizeof at, say(p, "desk.other.at"), desk->other_place, where);
    return strings_fill(out, size, say(p, desk->other_key), amount_text(desk->other_fen, amount),
                        where);
}

void flow_heed(struct painter *p, const struct view *view, struct rect *area, const char *words) {
    char other[320];
    if (view->of.desk.other_key[0] != '\0')
        words = other_words(p, &view->of.desk, other, sizeof other);
    flow_warning(p, area, view->notice_key[0] != '\0' ? say(p, view->notice_key) : words);
}

void flow_less(struct painter *p, const struct view_desk *desk, struct rect *area) {
    char words[240], asked[AMOUNT_TEXT_SIZE], goes[AMOUNT_TEXT_SIZE];
    if (desk->less_key[0] == '\0')
        return;
    strings_fill(words, sizeof words, say(p, desk->less_key), amount_text(desk->asked_fen, asked),
                 amount_text(desk->amount_fen, goes));
    flow_warning(p, area, words);
}

void desk_field_draw(struct painter *p, struct rect rect, const char *typed, enum text_size size) {
    struct text_style style = one_line(styled(style_amount, ALIGN_RIGHT, COLOUR_INK));
    style.size = size;
    canvas_fill(&p->canvas, rect, colour_of(p, COLOUR_ACCENT));
    rect = rect_inset(rect, mm(p, 0.75f), mm(p, 0.75f));
    canvas_fill(&p->canvas, rect, colour_of(p, COLOUR_FIELD));
    rect = rect_inset(rect, mm(p, 4), 0);
    struct rect cursor = rect_cut_right(&rect, mm(p, 1), mm(p, 1));
    canvas_fill(&p->canvas, rect_centre(cursor, cursor.w, text_line(p, size) * 3 / 4),
                colour_of(p, COLOUR_ACCENT));
    text_draw(p, rect, &style, typed);
}

void desk_verdict_draw(struct painter *p, struct rect *bleed, struct rect *area,
                       const struct desk_verdict *verdict) {
    struct text_style title = one_line(style_title);
    struct text_style text = styled(style_body, ALIGN_LEFT, COLOUR_INK);
    title.size = T5;
    int height = text_line(p, T5) + text_line(p, T2) + mm(p, 10);
    struct rect band = rect_cut_top(bleed, height, 0);
    band_draw(p, band, verdict->tint);
    rect_cut_top(area, height - mm(p, 1), 0);
    band = rect_inset(band, mm(p, DESK_MARGIN_MM), mm(p, 5));
    badge_draw(p, rect_cut_left(&band, band.h, mm(p, 6)), verdict->icon, COLOUR_ON_TONE,
               verdict->badge);
    title.size = text_size_for(p, band.w, &title, verdict->title);
    text_draw(p, rect_cut_top(&band, text_line(p, T5), 0), &title, verdict->title);
    text.lines_max = 1;
    text_draw(p, band, &text, verdict->text);
}
