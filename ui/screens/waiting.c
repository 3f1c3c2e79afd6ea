/* Waiting: what is known, what is still asked, for how long already, and what not to do meanwhile.
 */
#include <stdio.h>

#include "ui/screens/movers.h"
#include "ui/screens/screens.h"

static const char *waited_words(struct painter *p, const struct view *view, char *out, int size) {
    char seconds[16];
    snprintf(seconds, sizeof seconds, "%d", view->of.waiting.waited_s);
    return strings_fill(out, size, say(p, "waiting.waited"), seconds, "");
}

/* Where a list will stand when it has come. */
static void draw_blocks(struct painter *p, struct rect area) {
    int pitch = mm(p, 39), rows = area.h / pitch < 3 ? area.h / pitch : 3;
    for (int i = 0; i < rows; i++) {
        struct rect row = {area.x, area.y + i * pitch, area.w, pitch - mm(p, GAP_MM)};
        struct rect inside = rect_inset(row, mm(p, 6), mm(p, 8));
        rgb block = colour_of(p, COLOUR_BLOCK);
        canvas_fill(&p->canvas, row, block);
        canvas_fill(&p->canvas, rect_inset(row, mm(p, 0.5f), mm(p, 0.5f)),
                    colour_of(p, COLOUR_PAPER));
        canvas_fill(&p->canvas, rect_cut_left(&inside, mm(p, 12), mm(p, 5)), block);
        canvas_fill(&p->canvas, rect_cut_right(&inside, inside.w / 4, mm(p, 5)), block);
        canvas_fill(&p->canvas, (struct rect){inside.x, inside.y, inside.w * 2 / 3, mm(p, 7)},
                    block);
        canvas_fill(&p->canvas,
                    (struct rect){inside.x, inside.y + inside.h - mm(p, 5), inside.w, mm(p, 5)},
                    block);
    }
}

/* Something is looked up: no money has moved, and this is no page to read. */
static void draw_lookup(struct painter *p, const struct view *view, const struct places *places) {
    char words[400], waited[64];
    struct rect area = places->stage;
    rect_cut_top(&area, mm(p, 3), 0);
    flow_saying(p, &area, say(p, view->of.waiting.title_key));
    struct text_style text = styled(p->tight ? style_small : style_body, ALIGN_LEFT, COLOUR_INK);
    int ring = text_line(p, text.size);
    snprintf(words, sizeof words, "%s%s%s", say(p, view->of.waiting.text_key),
             view->of.waiting.waited_s > 1 ? "\n" : "",
             view->of.waiting.waited_s > 1 ? waited_words(p, view, waited, sizeof waited) : "");
    struct rect row =
        rect_cut_top(&area, text_height(p, area.w - ring - mm(p, 4), &text, words), mm(p, 5));
    struct rect place = rect_cut_left(&row, ring, mm(p, 4));
    place.h = ring;
    mover_draw(p, MOVER_SPINNER, rect_inset(place, 1, 1), 0);
    text_draw(p, row, &text, words);
    struct rect board = board_below(p, places, &area);
    rect_cut_top(&board, mm(p, 3), 0);
    draw_blocks(p, board);
}

/* "Do not pay again", from the bottom of `area`. */
static void draw_warning_band(struct painter *p, const struct view *view,
                              const struct places *places, struct rect *area) {
    const char *words = say(p, view->of.waiting.text_key);
    if (!view->of.waiting.warns)
        return;
    struct places where = places->wide ? board_places(p, places, area) : *places;
    struct band band = {ICON_info, COLOUR_WAIT, COLOUR_WAIT_TINT, words, !p->small && !p->elder};
    struct rect low = rect_cut_bottom(area, band_height(p, &where, &band), mm(p, 3));
    flow_band(p, &where, &low, &band);
}

/* The seconds stand at what is waited for. */
static int seconds_beside(const struct view *view, char seconds[16],
                          struct view_check checks[VIEW_CHECKS_MAX]) {
    int count = view->of.waiting.check_count;
    snprintf(seconds, 16, "%d", view->of.waiting.waited_s);
    for (int i = 0; i < count; i++) {
        checks[i] = view->of.waiting.checks[i];
        if (checks[i].state == CHECK_NOW && view->of.waiting.waited_s > 0) {
            checks[i].note_key = "waiting.waited";
            checks[i].note = seconds;
        }
    }
    return count;
}

static void draw_money_wait(struct painter *p, const struct view *view,
                            const struct places *places) {
    struct rect area = places->wide ? places->stage : places->whole;
    enum text_size size = p->small || p->elder ? T3 : T4;
    struct rect board = places->board;
    draw_warning_band(p, view, places, places->wide ? &board : &area);
    if (view->of.waiting.has_amount)
        flow_due(p, view, &area, view->of.waiting.amount_fen);
    flow_saying(p, &area, say(p, view->of.waiting.title_key));
    struct text_style text = p->tight ? style_small : style_body;
    if (!view->of.waiting.warns)
        flow_text(p, places->wide ? &board : &area, &text, mm(p, 2),
                  say(p, view->of.waiting.text_key));
    flow_notice(p, view, places, &area);
    if (places->wide) {
        struct rect low =
            rect_cut_bottom(&area, order_height(p, area.w, view->of.waiting.order_no), mm(p, 1));
        flow_order(p, &low, ALIGN_LEFT, view->of.waiting.order_no);
        area = rect_inset(board, 0, mm(p, p->small ? 2 : 8));
    } else {
        rect_cut_bottom(&area, mm(p, 3), 0);
        struct rect low =
            rect_cut_bottom(&area, order_height(p, area.w, view->of.waiting.order_no), mm(p, 2));
        flow_order(p, &low, ALIGN_LEFT, view->of.waiting.order_no);
        rect_cut_top(&area, mm(p, 4), 0);
    }
    struct view_check checks[VIEW_CHECKS_MAX];
    char seconds[16];
    int count = seconds_beside(view, seconds, checks);
    while (size > T2 && checks_height(p, area.w, checks, count, size) > area.h)
        size--;
    checks_draw(p, area, checks, count, size);
}

void screen_waiting(struct painter *p, const struct view *view) {
    bool cancel = view->of.waiting.can_cancel;
    struct places places = chrome_draw(p, view, cancel ? DOCK_ACTION : DOCK_PLAIN);
    if (view->of.waiting.check_count == 0)
        draw_lookup(p, view, &places);
    else
        draw_money_wait(p, view, &places);
    if (cancel) {
        struct action action = {{TOUCH_CANCEL, 0}, say(p, "pay.cancel"), ICON_cancel, false};
        dock_actions(p, &places, NULL, &action);
    }
}
