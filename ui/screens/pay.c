/* Paying: a code for the phone to read, the phone's code for the scanner, or a card at the bank
 * terminal; and the time that is left. */
#include <stdio.h>
#include <string.h>

#include "ui/qr.h"
#include "ui/screens/movers.h"
#include "ui/screens/screens.h"

#define MODULE_MM 3.0f /* of the code, at most */
#define MODULE_WIDE_MM 3.75f
#define RING_MM 34.0f
#define NUMBER_MM 14.0f
#define COUNT_MM 90.0f /* the ring of a count, at most */
#define STEPS 3

static const char *time_words(const struct painter *p, const char *key) {
    return p->small || p->elder ? say_short(p, key) : say(p, key);
}

/* The ring, and beside it what holds meanwhile. */
static void draw_time(struct painter *p, struct rect rect, int left_s, int whole_s,
                      const char *words) {
    int ring = rect.h < mm(p, RING_MM) ? rect.h : mm(p, RING_MM);
    countdown_draw(p, rect_cut_left(&rect, ring, mm(p, 5)), left_s, whole_s);
    struct text_style text = styled(style_small, ALIGN_LEFT, COLOUR_INK);
    text.middle = true;
    text_draw(p, rect, &text, words);
}

/* Words with the name of the way to pay; its shorter name where there is not the room. */
static void channel_words(struct painter *p, int channel, const char *key,
                          const struct text_style *style, int width, char *out, int size) {
    char name[48];
    snprintf(name, sizeof name, "way.%s", channel_name(channel));
    strings_fill(out, size, say(p, key), say(p, name), "");
    if (text_width(p, style, out) > width)
        strings_fill(out, size, say(p, key), say_short(p, name), "");
}

/* A code of the insurance is read by whatever scans; else by the app of the channel. */
static bool any_phone(const struct view *view) {
    return strcmp(channel_name(view->of.pay_qr.channel), "insurance") == 0;
}

/* What to do on the phone, one, two, three. */
static void flow_phone_steps(struct painter *p, const struct view *view, struct rect *area) {
    char words[160], key[24], digit[12];
    struct text_style number = styled(style_head, ALIGN_LEFT, COLOUR_ACCENT);
    struct text_style text = styled(style_body, ALIGN_LEFT, COLOUR_INK);
    number.size = text.size = p->small ? T1 : T2;
    for (int i = 1; i <= STEPS; i++) {
        snprintf(key, sizeof key, any_phone(view) ? "pay_qr.insured.%d" : "pay_qr.step.%d", i);
        snprintf(digit, sizeof digit, "%d", i);
        int width = area->w - mm(p, NUMBER_MM);
        channel_words(p, view->of.pay_qr.channel, key, &text, width, words, sizeof words);
        int height = text_height(p, width, &text, words);
        if (height + mm(p, 2) > area->h)
            return;
        struct rect row = rect_cut_top(area, height, mm(p, p->wide ? 2 : 4));
        text_draw(p, rect_cut_left(&row, mm(p, NUMBER_MM), 0), &number, digit);
        text_draw(p, row, &text, words);
    }
}

/* The code on its white field, and above it by whom it is read. As large as `room` allows. */
static struct rect draw_pay_code(struct painter *p, const struct view *view, struct rect room) {
    char words[120];
    struct text_style head = styled(style_head, ALIGN_CENTRE, COLOUR_FIELD_INK);
    int pad = mm(p, p->tight ? 2 : 3), modules = qr_modules(p->qr, view->of.pay_qr.link);
    int margin = text_line(p, T3) + mm(p, 3) + 2 * pad; /* the icon and the field's edges */
    channel_words(p, view->of.pay_qr.channel,
                  any_phone(view) ? "pay_qr.insured.scan" : "pay_qr.scan", &head, room.w - margin,
                  words, sizeof words);
    if (modules > 0 && (room.h - text_line(p, T3) - 2 * pad) / modules < QR_MODULE_PX)
        words[0] = '\0'; /* the steps beside it say whose code it is */
    int most = modules * mm(p, p->wide ? MODULE_WIDE_MM : MODULE_MM),
        head_h = words[0] ? text_line(p, T3) : 0;
    int limit =
        room.h - head_h - 2 * pad < room.w - 2 * pad ? room.h - head_h - 2 * pad : room.w - 2 * pad;
    int size = qr_size(p->qr, view->of.pay_qr.link, limit < most ? limit : most);
    int width = text_width(p, &head, words) + head_h + mm(p, 3);
    struct rect field = {room.x, room.y, (size > width ? size : width) + 2 * pad,
                         size + head_h + 2 * pad};
    field.x += (room.w - field.w) / 2;
    field.y += (room.h - field.h) / 2;
    field_draw(p, field);
    struct rect inside = rect_inset(field, pad, pad), row = rect_cut_top(&inside, head_h, 0);
    row = rect_centre(row, width, head_h);
    if (words[0])
        icon_draw(p, rect_cut_left(&row, head_h * 3 / 4, mm(p, 3)),
                  icon_of_channel(view->of.pay_qr.channel), COLOUR_FIELD_INK);
    head.lines_max = 1;
    head.align = ALIGN_LEFT;
    text_draw(p, row, &head, words);
    if (qr_draw(p->qr, &p->canvas, inside, view->of.pay_qr.link))
        frame_add_code(p->frame, &(struct frame_code){rect_centre(inside, size, size),
                                                      size / modules, CODE_FOR_PHONE, field});
    return field;
}

/* An insured bill can be paid without the insurance too: as near as leaving. */
static void code_actions(struct painter *p, const struct view *view, const struct places *places) {
    struct action cancel = {{TOUCH_CANCEL, 0}, say(p, "pay.cancel"), ICON_cancel, false};
    struct action other = {{TOUCH_AGAIN, 0}, say(p, "pay.uninsured"), ICON_NONE, false};
    if (view->of.pay_qr.other_way)
        dock_ways(p, places, &cancel, &other);
    else
        dock_actions(p, places, NULL, &cancel);
}

static void cancel_action(struct painter *p, const struct places *places) {
    struct action cancel = {{TOUCH_CANCEL, 0}, say(p, "pay.cancel"), ICON_cancel, false};
    dock_actions(p, places, NULL, &cancel);
}

static bool has_lines(const struct painter *p, const struct view *view) {
    return view->of.pay_qr.insured.line_count > 0 && !p->tight;
}

/* Where each line of an insured bill is read, off the right of `row`. A panel without a millimetre
 * to spare has no room for it. */
static void cut_each_line(struct painter *p, const struct view *view, struct rect *row) {
    struct button each = {
        {TOUCH_DETAIL, 1}, say(p, "insurance.detail"), ICON_NONE, LOOK_CARD, T1, false, false};
    if (has_lines(p, view))
        button_draw(p, rect_cut_right(row, button_width(p, &each), mm(p, GAP_MM)), &each);
}

/* Who pays it, and what of it is outside the insurance. */
static void flow_insured(struct painter *p, const struct view *view, struct rect *area) {
    flow_split(p, area, &view->of.pay_qr.split, SPLIT_OF_OWN);
    if (view->of.pay_qr.own_part && !p->small)
        flow_text(p, area, &style_small, mm(p, 2), say(p, "pay_qr.own_part"));
    if (!has_lines(p, view))
        return;
    if (view->of.pay_qr.insured.outside_fen > 0)
        flow_outside(p, area, &view->of.pay_qr.insured);
    else if (!p->small)
        flow_text(p, area, &style_small, mm(p, 2), say(p, "insurance.all_inside"));
}

static void draw_qr_tall(struct painter *p, const struct view *view, const struct places *places) {
    struct rect area = places->whole;
    flow_due(p, view, &area, view->of.pay_qr.amount_fen);
    flow_insured(p, view, &area);
    flow_hairline(p, &area, mm(p, 4));
    if (!p->elder) {
        struct rect top = area, phone = rect_cut_right(&top, mm(p, 24), mm(p, 4));
        flow_phone_steps(p, view, &top);
        phone.h = top.y - phone.y - mm(p, 3);
        drawing_draw(p, phone, DRAWING_phone_scan);
        rect_cut_top(&area, top.y - area.y, 0);
    }
    rect_cut_bottom(&area, mm(p, 4), 0);
    bool lines = has_lines(p, view);
    int order = order_height(p, lines ? area.w / 2 : area.w, view->of.pay_qr.order_no);
    struct rect low =
        rect_cut_bottom(&area, lines && order < target_px(p) ? target_px(p) : order, mm(p, 3));
    cut_each_line(p, view, &low);
    low = rect_centre(low, low.w, order);
    flow_order(p, &low, lines ? ALIGN_LEFT : ALIGN_CENTRE, view->of.pay_qr.order_no);
    struct rect time = rect_cut_bottom(&area, mm(p, p->elder ? 42 : RING_MM + 2), mm(p, 3));
    struct rect right = rect_cut_right(&time, time.w * 45 / 100, mm(p, 5));
    draw_time(p, time, view->of.pay_qr.left_s, view->of.pay_qr.whole_s,
              time_words(p, "pay_qr.time"));
    struct text_style stay = styled(style_small, ALIGN_LEFT, COLOUR_INK);
    stay.middle = true;
    text_draw(p, right, &stay, say(p, "pay.stay"));
    draw_pay_code(p, view, area);
}

static void draw_qr_wide(struct painter *p, const struct view *view, const struct places *places) {
    struct rect area = places->stage, board = rect_inset(places->board, 0, mm(p, p->tight ? 1 : 3));
    draw_pay_code(p, view, board);
    flow_due(p, view, &area, view->of.pay_qr.amount_fen);
    flow_insured(p, view, &area);
    if (has_lines(p, view)) {
        struct rect row = rect_cut_top(&area, target_px(p), mm(p, 2));
        cut_each_line(p, view, &row);
    }
    rect_cut_bottom(&area, mm(p, 2), 0);
    struct rect low =
        rect_cut_bottom(&area, order_height(p, area.w, view->of.pay_qr.order_no), mm(p, 1));
    flow_order(p, &low, ALIGN_LEFT, view->of.pay_qr.order_no);
    struct rect time = rect_cut_bottom(&area,
                                       mm(p, p->tight   ? 36
                                             : p->small ? 24
                                                        : RING_MM + 6),
                                       mm(p, 2));
    draw_time(p, time, view->of.pay_qr.left_s, view->of.pay_qr.whole_s,
              time_words(p, "pay_qr.time"));
    if (!p->tight)
        flow_phone_steps(p, view, &area);
}

void screen_pay_qr(struct painter *p, const struct view *view) {
    struct places places = chrome_draw(p, view, DOCK_ACTION);
    if (places.wide)
        draw_qr_wide(p, view, &places);
    else
        draw_qr_tall(p, view, &places);
    code_actions(p, view, &places);
}

static void draw_count(struct painter *p, struct rect rect, const struct view *view) {
    int side = rect.w < rect.h ? rect.w : rect.h;
    side = side < mm(p, COUNT_MM) ? side : mm(p, COUNT_MM);
    countdown_draw(p, rect_centre(rect, side, side), view->of.pay_code.left_s,
                   view->of.pay_code.whole_s);
}

/* What is to be done, in a picture: at the pinpad or with the phone; or how long it can be taken
 * back. */
static void draw_pay_picture(struct painter *p, struct rect rect, const struct view *view) {
    int side = rect.w < rect.h ? rect.w : rect.h;
    if (view->of.pay_code.card)
        mover_draw(p, MOVER_TERMINAL, rect_centre(rect, side, side), (int)view->of.pay_code.step);
    else if (view->of.pay_code.counting)
        draw_count(p, rect, view);
    else
        machine_draw(p, rect, ACT_SCAN_PHONE);
}

/* Below it: the time there is, or that the pinpad has it; of a count, how it is stopped. */
static void draw_pay_time(struct painter *p, struct rect rect, const struct view *view) {
    const char *words =
        say(p, view->of.pay_code.counting ? view->of.pay_code.time_key : "pay_card.decides");
    if (view->of.pay_code.whole_s > 0 && !view->of.pay_code.counting) {
        draw_time(p, rect, view->of.pay_code.left_s, view->of.pay_code.whole_s,
                  time_words(p, view->of.pay_code.time_key));
        return;
    }
    struct text_style text = styled(style_body, ALIGN_CENTRE, COLOUR_INK);
    text.middle = true;
    while (text.size > T1 && text_height(p, rect.w, &text, words) > rect.h)
        text.size--;
    text_draw(p, rect, &text, words);
}

void screen_pay_code(struct painter *p, const struct view *view) {
    bool cancel = view->of.pay_code.can_cancel;
    struct places places = chrome_draw(p, view, cancel ? DOCK_ACTION : DOCK_PLAIN);
    struct rect area = places.wide ? places.stage : places.whole;
    flow_due(p, view, &area, view->of.pay_code.amount_fen);
    if (!places.wide)
        flow_hairline(p, &area, mm(p, 3));
    flow_saying(p, &area, say(p, view->of.pay_code.progress_key));
    struct rect board = places.board;
    if (places.wide)
        board_notice(p, view, &places, &board);
    else
        flow_notice(p, view, &places, &area);
    rect_cut_bottom(&area, mm(p, 3), 0);
    struct rect low =
        rect_cut_bottom(&area, order_height(p, area.w, view->of.pay_code.order_no), mm(p, 2));
    flow_order(p, &low, places.wide ? ALIGN_LEFT : ALIGN_CENTRE, view->of.pay_code.order_no);
    struct rect picture = rect_inset(board, 0, mm(p, p->small ? 2 : 6));
    if (!places.wide) {
        draw_pay_time(p, rect_cut_bottom(&area, mm(p, p->elder ? 48 : 40), mm(p, 4)), view);
        picture = rect_inset(area, 0, mm(p, 4));
    } else {
        struct rect time = rect_cut_bottom(&picture, mm(p, p->tight ? 42 : RING_MM), mm(p, 4));
        draw_pay_time(p, time, view);
    }
    if (picture.h > mm(p, 130))
        picture = rect_centre(picture, picture.w, mm(p, 130));
    draw_pay_picture(p, picture, view);
    if (cancel)
        cancel_action(p, &places);
}
