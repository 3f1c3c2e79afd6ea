/* What became of the money, and where to go now. */
#include <stdio.h>

#include "ui/qr.h"
#include "ui/screens/screens.h"

struct tone {
    enum icon icon;
    rgb ink, tint;
};
static const struct tone tones[] = {
    [TONE_GOOD] = {ICON_check, COLOUR_GOOD, COLOUR_GOOD_TINT},
    [TONE_WAIT] = {ICON_clock, COLOUR_WARN, COLOUR_WARN_TINT},
    [TONE_RETURNED] = {ICON_return, COLOUR_BACK, COLOUR_BACK_TINT},
    [TONE_WINDOW] = {ICON_desk, COLOUR_WARN, COLOUR_WARN_TINT},
    [TONE_NOT_PAID] = {ICON_cross, COLOUR_CALM, COLOUR_CALM_TINT},
};

/* Icon, title and text on the tint of the tone; takes its height from the top of `area`. */
static void draw_verdict(struct painter *p, const struct view *view, struct rect *area, int icon) {
    const struct tone *tone = &tones[view->of.result.tone];
    const char *title = say(p, view->of.result.title_key),
               *words = say(p, view->of.result.text_key);
    struct text_style head = style_title, text = styled(style_small, ALIGN_LEFT, COLOUR_INK);
    head.shrink = true;
    int pad = mm(p, 5), width = area->w - 2 * pad - icon - mm(p, 5);
    int text_rows = text_height(p, width, &text, words);
    int height = text_height(p, width, &head, title) + text_rows;
    height = (height < icon ? icon : height) + 2 * mm(p, 3);
    struct rect box = rect_cut_top(area, height < area->h ? height : area->h, mm(p, 3));
    canvas_round(&p->canvas, box, mm(p, RADIUS_MM), tone->tint);
    struct rect inside = rect_inset(box, pad, mm(p, 3));
    badge_draw(p, rect_cut_left(&inside, icon, mm(p, 5)), tone->icon, COLOUR_CARD, tone->ink);
    int used = text_height(p, inside.w, &head, title) + text_rows;
    if (used < inside.h)
        inside = rect_centre(inside, inside.w, used);
    flow_text(p, &inside, &head, 0, title);
    flow_text(p, &inside, &text, 0, words);
}

static void draw_facts(struct painter *p, const struct view *view, struct rect area) {
    char paid[AMOUNT_TEXT_SIZE], back[AMOUNT_TEXT_SIZE] = "";
    amount_text(view->of.result.amount_fen, paid);
    if (view->of.result.has_returned)
        amount_text(view->of.result.returned_fen, back);
    const char *channel = view->of.result.channel_key;
    const struct {
        const char *label, *value;
    } facts[] = {
        {"result.returned", back},
        {"result.case_no", view->of.result.case_no},
        {"result.channel", channel[0] ? say(p, channel) : ""},
        {"result.time", view->of.result.time},
        {"result.order_no", view->of.result.order_no},
    };
    struct text_style sum = styled(style_head, ALIGN_RIGHT, COLOUR_INK), label = style_small;
    sum.strong = true;
    label.middle = sum.middle = true;
    struct rect row = rect_cut_top(&area, mm(p, 17), 0);
    text_draw(p, row, &label, say(p, "result.amount"));
    text_draw(p, row, &sum, paid);
    for (int i = 0; i < 5; i++)
        if (area.h >= mm(p, 11))
            flow_pair(p, &area, say(p, facts[i].label), facts[i].value);
}

/* "窗口 3 · 第 12 号 · 前面 5 人" of what there is. */
static void queue_words(struct painter *p, const struct view_guide *guide, char *out, int size) {
    char queue[96] = "", waiting[96] = "";
    if (guide->queue[0])
        strings_fill(queue, sizeof queue, say(p, "guide.queue"), guide->queue, "");
    if (guide->waiting[0])
        strings_fill(waiting, sizeof waiting, say(p, "guide.waiting"), guide->waiting, "");
    const char *parts[] = {guide->window, queue, waiting};
    int n = 0;
    out[0] = '\0';
    for (int i = 0; i < 3; i++)
        if (parts[i][0] && n < size)
            n += snprintf(out + n, (size_t)(size - n), "%s%s", n > 0 ? " · " : "", parts[i]);
}

/* Where to get the drugs, or what to mind; the code to show there beside it. False: no room. */
static bool draw_guide(struct painter *p, const struct view_guide *guide, struct rect *area) {
    int pad = mm(p, 4), code = guide->code == 1 ? mm(p, 34) : guide->code == 2 ? mm(p, 84) : 0;
    int module_limit = guide->code == 1 ? qr_size(p->qr, guide->code_value, mm(p, 44)) : code;
    code = guide->code == 1 ? module_limit : code;
    char queue[400], line[640];
    queue_words(p, guide, queue, sizeof queue);
    snprintf(line, sizeof line, "%s%s%s", guide->key, guide->key[0] && guide->value[0] ? "  " : "",
             guide->value);
    const char *title = guide->title[0] ? guide->title
                        : guide->drug   ? say(p, "guide.drug")
                                        : say(p, "guide.tip");
    struct text_style head = style_label, text = styled(style_small, ALIGN_LEFT, COLOUR_INK);
    head.em_mm = TEXT_BODY;
    head.lines_max = 2;
    text.lines_max = 3;
    int width = area->w - 2 * pad - (code ? code + pad : 0) - mm(p, 14);
    int height = text_height(p, width, &head, title) + text_height(p, width, &text, line) +
                 text_height(p, width, &text, queue);
    int code_height = guide->code == 1 ? code : guide->code == 2 ? mm(p, 26) : 0;
    height = (height > code_height ? height : code_height) + 2 * mm(p, 2);
    if (height > area->h)
        return false;
    struct rect box = rect_cut_top(area, height, mm(p, 2));
    card_draw(p, box);
    struct rect inside = rect_inset(box, pad, mm(p, 2));
    struct rect place = code ? rect_cut_right(&inside, code, pad) : inside;
    if (guide->code == 1)
        qr_draw(p->qr, &p->canvas, place, guide->code_value);
    else if (guide->code == 2)
        bar_draw(&p->canvas, rect_centre(place, place.w, mm(p, 24)), guide->code_value);
    icon_draw(p, rect_cut_left(&inside, mm(p, 10), mm(p, 4)), guide->drug ? ICON_pill : ICON_info,
              COLOUR_ACCENT);
    flow_text(p, &inside, &head, 0, title);
    flow_text(p, &inside, &text, 0, line);
    flow_text(p, &inside, &text, 0, queue);
    return true;
}

static void draw_guides(struct painter *p, const struct view *view, struct rect area) {
    int count = view->of.result.guide_count, drawn = 0;
    struct text_style next = style_body;
    next.weight = WEIGHT_BOLD;
    next.em_mm = TEXT_SMALL;
    flow_text(p, &area, &next, mm(p, 2), view->of.result.next_step);
    struct rect rest = rect_cut_bottom(&area, count > 1 ? mm(p, 11) : 0, 0);
    for (int pass = 0; pass < 2; pass++) /* drugs first: somebody waits at a window */
        for (int i = 0; i < count; i++)
            if (view->of.result.guides[i].drug == (pass == 0))
                drawn += draw_guide(p, &view->of.result.guides[i], &area);
    if (drawn < count) {
        char left[16], words[128];
        snprintf(left, sizeof left, "%d", count - drawn);
        struct text_style style = one_line(style_small);
        text_draw(p, rest, &style,
                  strings_fill(words, sizeof words, say(p, "guide.more"), left, ""));
    }
}

static void draw_receipt(struct painter *p, const struct view *view, struct rect rect) {
    if (view->of.result.can_print) {
        struct button print = {
            {TOUCH_PRINT, 0}, say(p, "result.print"), ICON_printer, LOOK_PLAIN, false};
        int width = text_width(p, &style_label, print.label) + mm(p, 24);
        button_draw(p, rect_cut_right(&rect, width < rect.w / 2 ? width : rect.w / 2, mm(p, 4)),
                    &print);
    }
    struct text_style text = styled(style_small, ALIGN_LEFT, COLOUR_INK);
    text.middle = true;
    if (!view->of.result.receipt_key[0])
        return;
    icon_draw(p, rect_cut_left(&rect, mm(p, 10), mm(p, 3)), ICON_printer, COLOUR_QUIET);
    text_draw(p, rect, &text, say(p, view->of.result.receipt_key));
}

/* Without paper this is the receipt: a code to photograph. */
static void draw_photo(struct painter *p, const struct view *view, struct rect area, bool beside) {
    int size = mm(p, QR_MM + 3);
    int most = qr_size(p->qr, view->of.result.photo_code, size + mm(p, 12));
    struct rect code =
        beside ? rect_cut_left(&area, most, mm(p, 5)) : rect_cut_top(&area, most, mm(p, 3));
    code_draw(p, code, view->of.result.photo_code);
    struct text_style text = styled(style_small, beside ? ALIGN_LEFT : ALIGN_CENTRE, COLOUR_INK);
    text.middle = beside;
    text_draw(p, area, &text, say(p, "result.photo"));
}

void screen_result(struct painter *p, const struct view *view) {
    struct places places = chrome_draw(p, view, "");
    struct rect left = places.info, area = places.whole;
    bool photo = view->of.result.photo_code[0] != '\0';
    primary_draw(p, &places, (struct touch){TOUCH_HOME, 0}, say(p, "result.done"), false);
    if (places.wide) {
        struct rect right = places.whole;
        right.x = places.controls.x;
        right.w = places.controls.w;
        draw_receipt(p, view, rect_cut_bottom(&right, mm(p, BAR_MM), mm(p, 2)));
        draw_verdict(p, view, &left, mm(p, 22));
        draw_facts(p, view, left);
        if (photo)
            draw_photo(p, view,
                       rect_cut_top(&right,
                                    mm(p, QR_MM + 16) < right.h ? mm(p, QR_MM + 16) : right.h,
                                    mm(p, 2)),
                       true);
        draw_guides(p, view, right);
        return;
    }
    area.h = places.controls.y + places.controls.h - area.y;
    draw_verdict(p, view, &area, mm(p, 34));
    draw_receipt(p, view, rect_cut_bottom(&area, mm(p, BAR_MM), mm(p, 3)));
    struct rect facts = rect_cut_top(
        &area, mm(p, view->of.result.case_no[0] || view->of.result.has_returned ? 76 : 58),
        mm(p, 3));
    draw_facts(p, view, facts);
    if (photo)
        draw_photo(p, view, rect_cut_top(&area, mm(p, QR_MM + 18), mm(p, 3)), true);
    draw_guides(p, view, area);
}
