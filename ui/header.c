/* The top of every screen: the hospital, the clock, the steps of a payment, whose money it is. */
#include "ui/chrome.h"

#include <stdio.h>
#include <string.h>

#define BAR_MM 1.75f
#define BAR_NOW_MM 3.5f
#define STEP_GAP_MM 2.5f
#define STEP_WIDE_MM 52.0f
#define DASHES 12
#define STRIP_MM 23.0f
#define STRIP_SMALL_MM 18.4f
#define STEPS_MM 16.5f
#define HEADER_MM 19.0f
#define HEADER_WIDE_MM 16.4f

/* Monday is 0. */
static int weekday_of(int year, int month, int day) {
    static const int shift[] = {0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4};
    year -= month < 3;
    return (year + year / 4 - year / 100 + year / 400 + shift[month - 1] + day + 6) % 7;
}

/* "2026-11-27 09:24" as "11月27日 周五 09:24"; the time alone where that is too much. */
static void clock_words(struct painter *p, const char *clock, char *out, int size) {
    int year, month, day;
    char key[24], date[32], day_text[12];
    const char *time = strlen(clock) > 11 ? clock + 11 : clock;
    bool whole = !p->wide && sscanf(clock, "%4d-%2d-%2d", &year, &month, &day) == 3 && month >= 1 &&
                 month <= 12;
    snprintf(out, (size_t)size, "%s", time);
    if (!whole)
        return;
    snprintf(key, sizeof key, "date.month.%d", month);
    snprintf(day_text, sizeof day_text, "%d", day);
    strings_fill(date, sizeof date, say(p, key), day_text, "");
    snprintf(key, sizeof key, "date.day.%d", weekday_of(year, month, day));
    strings_fill(out, size, say(p, key), date, time);
}

static bool has_steps_beside(const struct painter *p, const struct view *view) {
    return p->wide && view->has_steps;
}

/* Draws the name and the clock; returns what is left between them. */
static struct rect draw_header(struct painter *p, const struct view *view, struct rect row) {
    struct text_style name = one_line(style_small), clock = one_line(style_small);
    char words[64];
    int gap = mm(p, GROUP_GAP_MM);
    name.weight = WEIGHT_BOLD;
    name.ink = COLOUR_INK;
    clock.align = ALIGN_RIGHT;
    clock_words(p, view->clock, words, sizeof words);
    text_draw(p, rect_cut_right(&row, text_width(p, &clock, words), gap), &clock, words);
    struct rect left = row;
    int icon = mm(p, 8), most = row.w - icon - mm(p, 3);
    if (has_steps_beside(p, view))
        most -= VIEW_STEPS * mm(p, STEP_WIDE_MM - 8) + gap;
    icon_draw(p, rect_cut_left(&left, icon, mm(p, 3)), ICON_hospital, COLOUR_ACCENT);
    int width = text_width(p, &name, view->hospital_name);
    left.w = width < most ? width : most;
    text_draw(p, left, &name, view->hospital_name);
    if (view->can_staff)
        frame_add_touch(p->frame, (struct touch){TOUCH_STAFF, 0},
                        (struct rect){row.x, row.y, left.x + left.w - row.x, row.h});
    rect_cut_left(&row, left.x + left.w - row.x, gap);
    return row;
}

struct step_look {
    enum colour bar, ink;
    enum weight weight;
    enum icon icon;
    enum colour icon_ink;
    bool thick;
};
static const struct step_look step_looks[] = {
    [STEP_LATER] = {COLOUR_STEP_REST, COLOUR_QUIET, WEIGHT_REGULAR, ICON_NONE, COLOUR_QUIET, false},
    [STEP_NOW] = {COLOUR_ACCENT, COLOUR_ACCENT, WEIGHT_BOLD, ICON_NONE, COLOUR_ACCENT, true},
    [STEP_DONE] = {COLOUR_ACCENT, COLOUR_INK, WEIGHT_REGULAR, ICON_check, COLOUR_ACCENT, false},
    [STEP_ASKED] = {COLOUR_STEP_ASKED, COLOUR_INK, WEIGHT_BOLD, ICON_clock, COLOUR_WAIT, false},
    [STEP_NOT] = {COLOUR_CALM, COLOUR_INK, WEIGHT_REGULAR, ICON_dash, COLOUR_INK, false},
};

static void draw_step_bar(struct painter *p, struct rect bar, const struct view_step *step) {
    rgb colour = colour_of(p, step_looks[step->state].bar);
    if (step->state != STEP_NOT) {
        canvas_fill(&p->canvas, bar, colour);
        return;
    }
    for (int i = 0; i < DASHES; i++) {
        struct rect dash = rect_cell(bar, DASHES, 1, bar.w / DASHES / 2, i);
        canvas_fill(&p->canvas, dash, colour);
    }
}

static void draw_step(struct painter *p, struct rect cell, const struct view_step *step) {
    const struct step_look *look = &step_looks[step->state];
    struct rect bar = {cell.x, cell.y, cell.w, mm(p, look->thick ? BAR_NOW_MM : BAR_MM)};
    draw_step_bar(p, bar, step);
    struct text_style style = one_line(styled(style_small, ALIGN_LEFT, look->ink));
    style.weight = look->weight;
    rect_cut_top(&cell, mm(p, BAR_NOW_MM), mm(p, 0.7f));
    cell.h = text_line(p, T1);
    if (look->icon != ICON_NONE) {
        struct rect place = rect_cut_left(&cell, mm(p, 6.5f), mm(p, 1.5f));
        icon_draw(p, place, look->icon, look->icon_ink);
    }
    text_draw(p, cell, &style, say(p, step->key));
}

/* Elder mode counts instead of naming. */
static void draw_steps_counted(struct painter *p, const struct view *view, struct rect row) {
    char words[64], number[12], count[12];
    int now = 0;
    for (int i = 0; i < VIEW_STEPS; i++)
        if (view->steps[i].state != STEP_LATER)
            now = i + 1;
    snprintf(number, sizeof number, "%d", now);
    snprintf(count, sizeof count, "%d", VIEW_STEPS);
    strings_fill(words, sizeof words, say(p, "step.of"), number, count);
    struct text_style style = one_line(styled(style_small, ALIGN_LEFT, COLOUR_INK));
    text_draw(p, rect_cut_left(&row, text_width(p, &style, words), mm(p, 3)), &style, words);
    row = rect_centre(row, row.w, mm(p, BAR_NOW_MM));
    for (int i = 0; i < VIEW_STEPS; i++)
        draw_step_bar(p, rect_cell(row, VIEW_STEPS, 1, mm(p, STEP_GAP_MM), i), &view->steps[i]);
}

static void draw_steps(struct painter *p, const struct view *view, struct rect row) {
    if (p->elder) {
        draw_steps_counted(p, view, row);
        return;
    }
    for (int i = 0; i < VIEW_STEPS; i++)
        draw_step(p, rect_cell(row, VIEW_STEPS, 1, mm(p, STEP_GAP_MM), i), &view->steps[i]);
}

/* What helps to tell two people of one name apart, where the hospital wants everybody to read it.
 */
static void more_words(const struct painter *p, const struct view_account *account, char *out,
                       int size) {
    out[0] = '\0';
    if (account->tells_more && account->ward[0])
        snprintf(out, (size_t)size, "%s %s", account->ward, account->bed);
    else if (account->tells_more && account->age[0])
        strings_fill(out, size, say(p, "who.age"), account->age, "");
}

void strip_draw(struct painter *p, const struct view *view, struct rect row) {
    const struct view_account *account = &view->account;
    struct text_style name = one_line(style_head), number = one_line(style_small);
    char text[200];
    hairline_draw(p, row.x, row.y + row.h - mm(p, 0.4f), row.w);
    struct rect icon = rect_cut_left(&row, mm(p, 10), mm(p, 4));
    icon_draw(p, icon, ICON_person, COLOUR_ACCENT);
    name.size = text_size_for(p, row.w, &name, account->name);
    int width = text_width(p, &name, account->name);
    if (width > row.w) {
        name.lines_max = 2;
        text_draw(p, row, &name, account->name);
        return;
    }
    text_draw(p, rect_cut_left(&row, width, mm(p, 4)), &name, account->name);
    snprintf(text, sizeof text, "%s %s", say_if(p, account->number_key), account->number);
    if (account->number[0] && text_width(p, &number, text) <= row.w) {
        int used = text_width(p, &number, text);
        text_draw(p, rect_cut_left(&row, used, mm(p, 6)), &number, text);
    }
    more_words(p, account, text, sizeof text);
    number.align = ALIGN_RIGHT;
    if (text_width(p, &number, text) <= row.w)
        text_draw(p, row, &number, text);
}

/* Higher where a name needs two lines. */
static int strip_height(struct painter *p, const struct view *view, int width) {
    struct text_style name = {.size = T1, .weight = WEIGHT_BOLD};
    int usual = mm(p, p->small ? STRIP_SMALL_MM : STRIP_MM);
    int lines = 2 * text_line(p, T1) + mm(p, 2);
    bool two = text_width(p, &name, view->account.name) > width - mm(p, 14);
    return two && lines > usual ? lines : usual;
}

int header_draw(struct painter *p, const struct view *view, struct rect *body) {
    struct rect top = rect_cut_top(body, mm(p, p->wide ? HEADER_WIDE_MM : HEADER_MM), 0);
    struct rect between = draw_header(p, view, top);
    if (view->has_steps && p->wide) {
        int width = VIEW_STEPS * mm(p, STEP_WIDE_MM);
        struct rect row = width < between.w ? rect_cut_right(&between, width, 0) : between;
        rect_cut_top(&row, mm(p, 1), 0);
        draw_steps(p, view, row);
    } else if (view->has_steps) {
        draw_steps(p, view, rect_cut_top(body, mm(p, STEPS_MM), 0));
    }
    if (!view->identified)
        return 0;
    int strip = strip_height(p, view, p->wide ? stage_width(body->w) : body->w);
    if (!p->wide)
        strip_draw(p, view, rect_cut_top(body, strip, 0));
    return strip;
}
