/* A bill as a message on the patient's phone: to which, what to do there, how long one may wait
 * here. */
#include <stdio.h>

#include "ui/screens/screens.h"

#define PUSHED_STEPS 3
#define STEP_NUMBER_MM 14.0f
#define WAIT_RING_MM 34.0f

static struct text_style step_style(const struct painter *p) {
    struct text_style style = styled(style_body, ALIGN_LEFT, COLOUR_INK);
    style.size = p->small ? T1 : T2;
    return style;
}

static const char *step_words(struct painter *p, int step) {
    char key[24];
    snprintf(key, sizeof key, "pushed.step.%d", step);
    return say(p, key);
}

static int step_gap(const struct painter *p) {
    return mm(p, p->wide ? 2 : 4);
}

static int steps_height(struct painter *p, int width) {
    struct text_style text = step_style(p);
    int height = 0;
    for (int i = 1; i <= PUSHED_STEPS; i++)
        height +=
            text_height(p, width - mm(p, STEP_NUMBER_MM), &text, step_words(p, i)) + step_gap(p);
    return height;
}

/* What to do on the phone, one, two, three. */
static void flow_pushed_steps(struct painter *p, struct rect *area) {
    char digit[12];
    struct text_style text = step_style(p), number = styled(style_head, ALIGN_LEFT, COLOUR_ACCENT);
    number.size = text.size;
    for (int i = 1; i <= PUSHED_STEPS; i++) {
        snprintf(digit, sizeof digit, "%d", i);
        int height = text_height(p, area->w - mm(p, STEP_NUMBER_MM), &text, step_words(p, i));
        struct rect row = rect_cut_top(area, height, step_gap(p));
        text_draw(p, rect_cut_left(&row, mm(p, STEP_NUMBER_MM), 0), &number, digit);
        text_draw(p, row, &text, step_words(p, i));
    }
}

/* The ring, and beside it what holds afterwards. */
static void draw_wait_ring(struct painter *p, struct rect rect, const struct view *view) {
    int ring = rect.h < mm(p, WAIT_RING_MM) ? rect.h : mm(p, WAIT_RING_MM);
    struct text_style text = styled(style_small, ALIGN_LEFT, COLOUR_INK);
    text.middle = true;
    countdown_draw(p, rect_cut_left(&rect, ring, mm(p, 5)), view->of.pushed.left_s,
                   view->of.pushed.whole_s);
    text_draw(p, rect, &text,
              p->small || p->elder ? say_short(p, "pushed.time") : say(p, "pushed.time"));
}

static void flow_addressee(struct painter *p, const struct view *view, struct rect *area) {
    char words[160];
    const char *key = view->of.pushed.unsure ? "pushed.unsure" : "pushed.sent";
    flow_saying(p, area, strings_fill(words, sizeof words, say(p, key), view->of.pushed.phone, ""));
}

static void draw_message_phone(struct painter *p, struct rect room) {
    int side = room.w < room.h ? room.w : room.h;
    side = side < mm(p, 110) ? side : mm(p, 110);
    drawing_draw(p, rect_centre(room, side, side), DRAWING_phone_message);
}

static void flow_own_part(struct painter *p, struct rect *area, int64_t own_fen) {
    char amount[AMOUNT_TEXT_SIZE];
    struct text_style label = style_small, value = styled(style_small, ALIGN_LEFT, COLOUR_INK);
    value.strong = true;
    flow_pair(p, area, &label, say(p, "split.own"), &value, amount_text(own_fen, amount));
}

/* The sum is not what the patient pays. Large letters on a small panel leave room for one of two
 * sentences: whether the message came at all is the other. */
static void flow_not_yours(struct painter *p, const struct view *view, struct rect *area) {
    if (p->elder && p->small && view->of.pushed.unsure)
        return;
    if (view->of.pushed.split.known && p->elder && p->small)
        flow_own_part(p, area, view->of.pushed.split.own_fen);
    else if (view->of.pushed.split.known)
        flow_split(p, area, &view->of.pushed.split, SPLIT_OF_ALL);
    else
        flow_text(p, area, &style_small, mm(p, 2),
                  p->elder || p->small ? say_short(p, "split.on_phone") : say(p, "split.on_phone"));
}

void screen_pushed(struct painter *p, const struct view *view) {
    struct places places = chrome_draw(p, view, DOCK_ACTION);
    struct rect area = places.wide ? places.stage : places.whole, board = places.board;
    flow_due(p, view, &area, view->of.pushed.amount_fen);
    flow_not_yours(p, view, &area);
    if (!places.wide)
        flow_hairline(p, &area, mm(p, 3));
    flow_addressee(p, view, &area);
    rect_cut_bottom(&area, mm(p, 3), 0);
    struct rect low =
        rect_cut_bottom(&area, order_height(p, area.w, view->of.pushed.order_no), mm(p, 2));
    flow_order(p, &low, places.wide ? ALIGN_LEFT : ALIGN_CENTRE, view->of.pushed.order_no);
    struct rect *time_room = places.wide ? &board : &area;
    struct rect time =
        rect_cut_bottom(time_room, mm(p, p->elder || p->tight ? 42 : WAIT_RING_MM), mm(p, 4));
    draw_wait_ring(p, time, view);
    struct rect *rest = places.wide ? &board : &area;
    if (steps_height(p, area.w) <= area.h)
        flow_pushed_steps(p, &area);
    else
        flow_pushed_steps(p, rest); /* beside the sum, where a large one leaves no room below it */
    if (rest->h > mm(p, 30))
        draw_message_phone(p, rect_inset(*rest, 0, mm(p, p->small ? 2 : 6)));
    struct action leave = {{TOUCH_CANCEL, 0}, say(p, "pushed.leave"), ICON_NONE, false};
    dock_actions(p, &places, NULL, &leave);
}
