/* What is known of a payment, a line each: done, under way, not, or still to come. */
#include "ui/screens/movers.h"
#include "ui/screens/screens.h"

#define PITCH_MAX_MM 54.0f /* lines stand no further apart */

struct check_look {
    enum icon icon;
    enum colour badge;
    bool filled, turns;
    enum weight weight;
    enum colour ink;
};
static const struct check_look looks[] = {
    [CHECK_LATER] = {ICON_NONE, COLOUR_STEP_REST, false, false, WEIGHT_REGULAR, COLOUR_QUIET},
    [CHECK_NOW] = {ICON_NONE, COLOUR_WAIT, false, true, WEIGHT_BOLD, COLOUR_INK},
    [CHECK_DONE] = {ICON_check, COLOUR_GOOD, true, false, WEIGHT_BOLD, COLOUR_INK},
    [CHECK_NOT] = {ICON_dash, COLOUR_CALM, true, false, WEIGHT_BOLD, COLOUR_INK},
};

struct check_plan {
    char words[240], note[240];
    struct text_style head, line;
    int dot, gap, head_h, note_h, height;
};

static void plan_check(struct painter *p, const struct view_check *check, int width,
                       enum text_size size, struct check_plan *plan) {
    const struct check_look *look = &looks[check->state];
    *plan = (struct check_plan){.dot = mm(p, size == T4   ? 29
                                             : size == T3 ? 20
                                                          : 14),
                                .gap = mm(p, size == T4 ? 7 : 5)};
    plan->head = (struct text_style){
        .size = size, .weight = look->weight, .ink = look->ink, .strong = look->ink == COLOUR_INK};
    plan->line = style_small;
    plan->line.size = size == T4 ? T2 : T1;
    strings_fill(plan->words, sizeof plan->words, say(p, check->key), check->a, "");
    if (check->note_key[0])
        strings_fill(plan->note, sizeof plan->note, say(p, check->note_key), check->note, "");
    int room = width - plan->dot - plan->gap;
    plan->head_h = text_height(p, room, &plan->head, plan->words);
    plan->note_h = text_height(p, room, &plan->line, plan->note);
    plan->height = plan->head_h + plan->note_h;
    if (plan->height < plan->dot)
        plan->height = plan->dot;
}

static void draw_dot(struct painter *p, struct rect box, enum view_check_state state) {
    const struct check_look *look = &looks[state];
    if (look->turns)
        mover_draw(p, MOVER_SPINNER, box, 0);
    else if (look->filled)
        badge_draw(p, box, look->icon, COLOUR_ON_TONE, look->badge);
    else
        canvas_ring(&p->canvas, box, mm(p, 1), 0, 1000, colour_of(p, look->badge));
}

int checks_height(struct painter *p, int width, const struct view_check *checks, int count,
                  enum text_size size) {
    struct check_plan plan;
    int height = 0;
    for (int i = 0; i < count; i++) {
        plan_check(p, &checks[i], width, size, &plan);
        height += plan.height + (i > 0 ? mm(p, LINE_GAP_MM) : 0);
    }
    return height;
}

void checks_draw(struct painter *p, struct rect area, const struct view_check *checks, int count,
                 enum text_size size) {
    struct check_plan plan;
    int spare = area.h - checks_height(p, area.w, checks, count, size);
    for (int i = 0; i < count; i++) {
        plan_check(p, &checks[i], area.w, size, &plan);
        int most = mm(p, size == T4 ? PITCH_MAX_MM : PITCH_MAX_MM / 2) - plan.height;
        int extra = spare > 0 ? spare / count : 0;
        extra = extra < most ? extra : most > 0 ? most : 0;
        struct rect row = rect_cut_top(&area, plan.height + extra, mm(p, LINE_GAP_MM));
        row = rect_centre(row, row.w, plan.height);
        struct rect dot = rect_cut_left(&row, plan.dot, plan.gap);
        draw_dot(p, rect_centre(dot, plan.dot, plan.dot), checks[i].state);
        row = rect_centre(row, row.w, plan.head_h + plan.note_h);
        flow_text(p, &row, &plan.head, 0, plan.words);
        text_draw(p, row, &plan.line, plan.note);
    }
}
