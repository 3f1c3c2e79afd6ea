/* The insurance has paid its part: what is left, and how to pay it. */
#include "ui/screens/screens.h"

#define OWN_RING_MM 26.0f

/* The ring, and beside it what becomes of the insurance's part when nobody pays the rest. */
static void draw_choice_ring(struct painter *p, struct rect rect, const struct view *view) {
    struct text_style text = styled(style_small, ALIGN_LEFT, COLOUR_INK);
    text.middle = true;
    countdown_draw(p, rect_cut_left(&rect, rect.h, mm(p, 5)), view->of.own_part.left_s,
                   view->of.own_part.whole_s);
    text_draw(p, rect, &text,
              p->small || p->elder ? say_short(p, "own_part.time") : say(p, "own_part.time"));
}

static int ring_height(const struct painter *p) {
    return mm(p, p->elder || p->tight ? 42 : p->small ? 24 : OWN_RING_MM);
}

/* A notice takes the room of what the patient has read already. */
static void flow_rest(struct painter *p, const struct view *view, struct rect *area) {
    bool crowded = view->notice_key[0] && p->small;
    if (!p->tight && !crowded)
        flow_title(p, area, say(p, "title.own_part"));
    flow_amount(p, area, T6, mm(p, 2), view->of.own_part.amount_fen);
    if (!crowded && !(p->elder && p->small))
        flow_split(p, area, &view->of.own_part.split, SPLIT_OF_OWN);
}

void screen_own_part(struct painter *p, const struct view *view) {
    struct places places = chrome_draw(p, view, DOCK_ACTION);
    struct rect area = places.stage;
    flow_rest(p, view, &area);
    if (!places.wide)
        flow_notice(p, view, &places, &area);
    struct rect board = board_below(p, &places, &area);
    if (places.wide)
        board_notice(p, view, &places, &board);
    struct rect *room = places.wide ? &area : &board;
    struct rect low =
        rect_cut_bottom(room, order_height(p, room->w, view->of.own_part.order_no), mm(p, 2));
    flow_order(p, &low, places.wide ? ALIGN_LEFT : ALIGN_CENTRE, view->of.own_part.order_no);
    draw_choice_ring(p, rect_cut_bottom(room, ring_height(p), mm(p, 3)), view);
    rect_cut_top(&board, mm(p, places.wide ? 3 : 2), 0);
    rect_cut_bottom(&board, mm(p, 3), 0);
    channels_draw(p, view->of.own_part.channels, view->of.own_part.count, board);
    struct action cancel = {{TOUCH_CANCEL, 0}, say(p, "pay.cancel"), ICON_cancel, false};
    dock_actions(p, &places, NULL, &cancel);
}
