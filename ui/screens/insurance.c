/* The lines of an insured bill, and what each of them is to the insurance: to be read, not touched.
 */
#include <stdio.h>
#include <string.h>

#include "ui/screens/screens.h"

#define INSURED_ROW_MAX_MM 36.0f

/* Adds words to others. */
static void add_words(char *out, const char *words) {
    size_t used = strlen(out);
    snprintf(out + used, LINE_NOTE_SIZE - used, "%s%s", used > 0 && words[0] ? " · " : "", words);
}

/* "医保内乙类 · 先自付 10% · 自费 ¥3.00", or without the class. */
static void insured_note(struct painter *p, const struct view_insured_line *line, bool classed,
                         char out[LINE_NOTE_SIZE]) {
    char words[120], text[AMOUNT_TEXT_SIZE];
    bool part = line->outside_fen > 0 && line->outside_fen < line->amount_fen;
    bool whole = line->outside_fen > 0 && !part;
    out[0] = '\0';
    if (line->number[0] != '\0')
        add_words(out, strings_fill(words, sizeof words, say(p, "insurance.unnamed.number"),
                                    line->number, ""));
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
    flow_split(p, area, &view->of.insurance.split, SPLIT_OF_ALL);
}

void screen_insurance(struct painter *p, const struct view *view) {
    struct places places = chrome_draw(p, view, DOCK_ACTION);
    struct rect area = places.wide ? places.stage : places.whole, list;
    struct line_row rows[BILL_LINES_A_PAGE];
    int count = 0, most = page_rows(p, PAGE_LINES);
    flow_insured_head(p, view, &area);
    list = lay_lines(p, &places, area, view->of.insurance.page, view->of.insurance.page_count);
    for (; count < view->of.insurance.count && count < most; count++) {
        const struct view_insured_line *line = &view->of.insurance.rows[count];
        struct line_row *row = &rows[count];
        *row = (struct line_row){.name = line->number[0] != '\0' ? say(p, "insurance.unnamed")
                                                                 : line->name,
                                 .amount_fen = line->amount_fen,
                                 .outside = line->outside_fen > 0};
        insured_note(p, line, true, row->note);
        insured_note(p, line, false, row->brief);
    }
    lines_draw(p, list, INSURED_ROW_MAX_MM, rows, count);
    struct action back = {{TOUCH_BACK, 0}, say(p, "insurance.back"), ICON_NONE, false};
    dock_actions(p, &places, &back, NULL);
}
