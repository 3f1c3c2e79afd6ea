/* The lines of an insured bill, and what each of them is to the insurance: to be read, not touched.
 */
#include <stdio.h>
#include <string.h>

#include "ui/screens/screens.h"

#define INSURED_ROW_MAX_MM 36.0f
#define NOTE_SIZE 300

/* Adds words to others. */
static void add_words(char *out, const char *words) {
    size_t used = strlen(out);
    snprintf(out + used, NOTE_SIZE - used, "%s%s", used > 0 && words[0] ? " · " : "", words);
}

/* "医保内乙类 · 先自付 10% · 自费 ¥3.00", or without the class. */
static const char *insured_note(struct painter *p, const struct view_insured_line *line,
                                bool classed, char out[NOTE_SIZE]) {
    char words[120], text[AMOUNT_TEXT_SIZE];
    bool part = line->outside_fen > 0 && line->outside_fen < line->amount_fen;
    bool whole = line->outside_fen > 0 && !part;
    out[0] = '\0';
    if (classed)
        add_words(out, say_if(p, line->class_key));
    if (line->share_percent > 0 && !whole) {
        snprintf(text, sizeof text, "%d", line->share_percent);
        add_words(out, strings_fill(words, sizeof words, say(p, "insurance.share"), text, ""));
    }
    if (part) {
        amount_text(line->outside_fen, text);
        add_words(out, strings_fill(words, sizeof words, say(p, "insurance.over"), text, ""));
    }
    return out;
}

static void draw_insured_line(struct painter *p, struct rect rect,
                              const struct view_insured_line *line) {
    char amount[AMOUNT_TEXT_SIZE], words[NOTE_SIZE];
    struct text_style sum = one_line(styled(style_label, ALIGN_RIGHT, COLOUR_INK));
    struct text_style name = styled(style_label, ALIGN_LEFT, COLOUR_INK);
    struct text_style note = one_line(style_small);
    bool outside = line->outside_fen > 0;
    const char *told = insured_note(p, line, true, words);
    sum.strong = true;
    note.ink = outside ? COLOUR_INK : note.ink;
    note.strong = outside;
    if (rect.h < text_line(p, T2) + text_line(p, T1) + mm(p, 1))
        name.size = sum.size = T1;
    amount_text(line->amount_fen, amount);
    struct rect inside = rect_inset(rect, mm(p, 1), 0);
    text_draw(p, rect_cut_right(&inside, text_width(p, &sum, amount), mm(p, 4)), &sum, amount);
    if (text_width(p, &note, told) > inside.w - text_line(p, T1) - mm(p, 1))
        told = insured_note(p, line, false, words);
    int lines = (inside.h - mm(p, 1) - text_line(p, T1)) / text_line(p, name.size);
    name.lines_max = lines < 1 ? 1 : lines > 2 ? 2 : lines;
    int name_h = text_height(p, inside.w, &name, line->name);
    inside = rect_centre(inside, inside.w, name_h + (told[0] ? text_line(p, T1) : 0));
    text_draw(p, rect_cut_top(&inside, name_h, 0), &name, line->name);
    if (outside) {
        int icon = text_line(p, T1);
        icon_draw(p, rect_cut_left(&inside, icon, mm(p, 1)), ICON_person, COLOUR_WAIT);
    }
    text_draw(p, inside, &note, told);
}

/* What of the bill is outside, in a sentence; nothing is said of a bill without lines. */
void flow_outside(struct painter *p, struct rect *area, const struct view_insured *insured) {
    char amount[AMOUNT_TEXT_SIZE], words[160];
    struct text_style style = styled(style_small, ALIGN_LEFT, COLOUR_INK);
    style.strong = true;
    if (insured->outside_fen == 0)
        return;
    amount_text(insured->outside_fen, amount);
    const char *form =
        p->small ? say_short(p, "insurance.outside_sum") : say(p, "insurance.outside_sum");
    flow_icon_text(p, area, ICON_person, COLOUR_WAIT, &style, mm(p, 2),
                   strings_fill(words, sizeof words, form, amount, ""));
}

static void flow_insured_head(struct painter *p, const struct view *view, struct rect *area) {
    const struct view_insured *insured = &view->of.insurance.insured;
    if (!p->tight)
        flow_title(p, area, say(p, "title.insurance"));
    if (insured->outside_fen > 0)
        flow_outside(p, area, insured);
    else
        flow_text(p, area, &style_body, mm(p, 2), say(p, "insurance.all_inside"));
    flow_split(p, area, &view->of.insurance.split);
}

void screen_insurance(struct painter *p, const struct view *view) {
    struct places places = chrome_draw(p, view, DOCK_ACTION);
    struct rect area = places.wide ? places.stage : places.whole, list;
    int rows = page_rows(p, PAGE_LINES);
    flow_insured_head(p, view, &area);
    list = lay_lines(p, &places, area, view->of.insurance.page, view->of.insurance.page_count,
                     INSURED_ROW_MAX_MM);
    for (int i = 0; i < view->of.insurance.count && i < rows; i++) {
        struct rect row = rect_cell(list, 1, rows, 0, i);
        hairline_draw(p, row.x, row.y + row.h, row.w);
        draw_insured_line(p, row, &view->of.insurance.rows[i]);
    }
    struct action back = {{TOUCH_BACK, 0}, say(p, "insurance.back"), ICON_NONE, false};
    dock_actions(p, &places, &back, NULL);
}
