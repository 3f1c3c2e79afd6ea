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
    if (icon > mm(p, 30)) {
        head.em_mm = TEXT_AMOUNT;
        text.em_mm = TEXT_LABEL;
    }
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

/* The same in the middle, for a tall panel with nothing else to say. */
static void draw_verdict_large(struct painter *p, const struct view *view, struct rect *area) {
    const struct tone *tone = &tones[view->of.result.tone];
    const char *title = say(p, view->of.result.title_key);
    const char *words = say(p, view->of.result.text_key);
    struct text_style head = styled(style_title, ALIGN_CENTRE, COLOUR_INK);
    struct text_style text = styled(style_small, ALIGN_CENTRE, COLOUR_INK);
    head.em_mm = TEXT_AMOUNT;
    text.em_mm = TEXT_LABEL;
    int pad = mm(p, 10), icon = mm(p, 62), width = area->w - 2 * pad;
    int height = icon + mm(p, 6) + text_height(p, width, &head, title) + mm(p, 3) +
                 text_height(p, width, &text, words) + 2 * pad;
    struct rect box = rect_cut_top(area, height, mm(p, 5));
    canvas_round(&p->canvas, box, mm(p, RADIUS_MM), tone->tint);
    struct rect inside = rect_inset(box, pad, pad);
    badge_draw(p, rect_cut_top(&inside, icon, mm(p, 6)), tone->icon, COLOUR_CARD, tone->ink);
    flow_text(p, &inside, &head, mm(p, 3), title);
    flow_text(p, &inside, &text, 0, words);
}

static void draw_facts(struct painter *p, const struct view *view, struct rect area, float em_mm) {
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
    sum.em_mm = em_mm * 1.6f;
    label.em_mm = em_mm;
    label.middle = sum.middle = true;
    struct rect row = rect_cut_top(&area, mm(p, em_mm * 2), 0);
    text_draw(p, row, &label, say(p, view->of.result.amount_key));
    text_draw(p, row, &sum, paid);
    for (int i = 0; i < 5; i++)
        if (area.h >= mm(p, em_mm * 1.3f))
            flow_pair(p, &area, em_mm, say(p, facts[i].label), facts[i].value);
}

/* How many rows draw_facts wants. */
static int fact_count(const struct view *view) {
    return 2 + view->of.result.has_returned + (view->of.result.case_no[0] != '\0') +
           (view->of.result.channel_key[0] != '\0');
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

/* A guide laid out for a width: what it says, and how large its code may be. */
struct guide_plan {
    char line[640], queue[400];
    const char *title;
    int code_w, code_h, text_h, height;
};

static const struct text_style guide_head = {
    .em_mm = TEXT_BODY, .weight = WEIGHT_BOLD, .ink = COLOUR_INK, .lines_max = 2};
static const struct text_style guide_text = {
    .em_mm = TEXT_SMALL, .ink = COLOUR_INK, .lines_max = 4};

#define GUIDE_PAD_MM 4
#define GUIDE_ICON_MM 10

static void size_code(struct painter *p, const struct view_guide *guide, int code_mm,
                      struct guide_plan *plan) {
    plan->code_w = plan->code_h = 0;
    if (code_mm > 0 && guide->code == 1)
        plan->code_w = plan->code_h = qr_size(p->qr, guide->code_value, mm(p, (float)code_mm));
    if (code_mm > 0 && guide->code == 2) {
        plan->code_w = mm(p, QR_MM);
        plan->code_h = mm(p, 26);
    }
}

static void plan_guide(struct painter *p, const struct view_guide *guide, int width, int code_mm,
                       struct guide_plan *plan) {
    queue_words(p, guide, plan->queue, sizeof plan->queue);
    snprintf(plan->line, sizeof plan->line, "%s%s%s", guide->key,
             guide->key[0] && guide->value[0] ? "  " : "", guide->value);
    plan->title = guide->title[0] ? guide->title : say(p, guide->drug ? "guide.drug" : "guide.tip");
    size_code(p, guide, code_mm, plan);
    int pad = mm(p, GUIDE_PAD_MM);
    int room = width - 3 * pad - mm(p, GUIDE_ICON_MM) - (plan->code_w ? plan->code_w + pad : 0);
    plan->text_h = text_height(p, room, &guide_head, plan->title) +
                   text_height(p, room, &guide_text, plan->line) +
                   text_height(p, room, &guide_text, plan->queue);
    plan->height = (plan->text_h > plan->code_h ? plan->text_h : plan->code_h) + pad;
}

/* Where to get the drugs, or what to mind; the code to show there beside it. */
static void draw_guide(struct painter *p, const struct view_guide *guide, struct rect box,
                       const struct guide_plan *plan) {
    int pad = mm(p, GUIDE_PAD_MM);
    card_draw(p, box);
    struct rect inside = rect_inset(box, pad, pad / 2);
    if (plan->code_w > 0) {
        struct rect place = rect_cut_right(&inside, plan->code_w, pad);
        if (guide->code == 1)
            qr_draw(p->qr, &p->canvas, place, guide->code_value);
        else
            bar_draw(&p->canvas, rect_centre(place, place.w, plan->code_h), guide->code_value);
    }
    icon_draw(p, rect_cut_left(&inside, mm(p, GUIDE_ICON_MM), pad),
              guide->drug ? ICON_pill : ICON_info, COLOUR_ACCENT);
    if (plan->text_h < inside.h)
        inside = rect_centre(inside, inside.w, plan->text_h);
    flow_text(p, &inside, &guide_head, 0, plan->title);
    flow_text(p, &inside, &guide_text, 0, plan->line);
    flow_text(p, &inside, &guide_text, 0, plan->queue);
}

/* The height of the guides, or of those at a pharmacy only, with codes of this size. */
static int guides_height(struct painter *p, const struct view *view, int width, int code_mm,
                         bool drugs_only) {
    struct guide_plan plan;
    int height = 0;
    for (int i = 0; i < view->of.result.guide_count; i++) {
        if (drugs_only && !view->of.result.guides[i].drug)
            continue;
        plan_guide(p, &view->of.result.guides[i], width, code_mm, &plan);
        height += plan.height + mm(p, 2);
    }
    return height;
}

/* Codes as large as leaves room: first what any phone reads, then what a scanner reads, even where
 * it costs a tip (the receipt has it); at last none. */
static int code_size_mm(struct painter *p, const struct view *view, struct rect area) {
    static const struct {
        int code_mm;
        bool drugs_only;
    } sizes[] = {{84, false}, {60, false}, {60, true}, {45, true}};
    for (int i = 0; i < 4; i++)
        if (guides_height(p, view, area.w, sizes[i].code_mm, sizes[i].drugs_only) +
                (sizes[i].drugs_only ? mm(p, 11) : 0) <=
            area.h)
            return sizes[i].code_mm;
    return area.h >= mm(p, 60) ? 45 : 0;
}

static void draw_guides(struct painter *p, const struct view *view, struct rect area) {
    int count = view->of.result.guide_count, drawn = 0;
    struct text_style next = style_body;
    next.weight = WEIGHT_BOLD;
    next.lines_max = 3;
    bool first = area.h > mm(p, 45); /* where it is narrow the guides say more */
    if (first)
        flow_text(p, &area, &next, mm(p, 2), view->of.result.next_step);
    int code_mm = code_size_mm(p, view, area);
    struct rect rest = {0, 0, 0, 0};
    if (guides_height(p, view, area.w, code_mm, false) > area.h)
        rest = rect_cut_bottom(&area, mm(p, 11), 0);
    for (int pass = 0; pass < 2; pass++) /* drugs first: somebody waits at a window */
        for (int i = 0; i < count; i++) {
            const struct view_guide *guide = &view->of.result.guides[i];
            struct guide_plan plan;
            plan_guide(p, guide, area.w, code_mm, &plan);
            if (guide->drug != (pass == 0) || plan.height > area.h)
                continue;
            draw_guide(p, guide, rect_cut_top(&area, plan.height, mm(p, 2)), &plan);
            drawn++;
        }
    if (!first && area.h >= mm(p, 12))
        flow_text(p, &area, &next, 0, view->of.result.next_step);
    if (drawn == count || rest.h <= 0)
        return;
    char left[16], words[128];
    snprintf(left, sizeof left, "%d", count - drawn);
    struct text_style style = one_line(style_small);
    text_draw(p, rest, &style, strings_fill(words, sizeof words, say(p, "guide.more"), left, ""));
}

static int print_width(struct painter *p) {
    return text_width(p, &style_label, say(p, "result.print")) + mm(p, 18);
}

/* The height the words about the receipt want beside the button. */
static int receipt_height(struct painter *p, const struct view *view, int width) {
    if (view->of.result.can_print)
        width -= print_width(p) + mm(p, 4);
    int text = text_height(p, width - mm(p, 13), &style_small, say(p, view->of.result.receipt_key));
    return text > mm(p, BAR_MM) ? text : mm(p, BAR_MM);
}

static void draw_receipt(struct painter *p, const struct view *view, struct rect rect) {
    if (view->of.result.can_print) {
        struct button print = {
            {TOUCH_PRINT, 0}, say(p, "result.print"), ICON_printer, LOOK_PLAIN, false};
        struct rect place = rect_cut_right(&rect, print_width(p), mm(p, 4));
        button_draw(p, rect_centre(place, place.w, mm(p, BAR_MM)), &print);
    }
    struct text_style text = styled(style_small, ALIGN_LEFT, COLOUR_INK);
    text.middle = true;
    if (!view->of.result.receipt_key[0])
        return;
    icon_draw(p, rect_cut_left(&rect, mm(p, 10), mm(p, 3)), ICON_printer, COLOUR_QUIET);
    text_draw(p, rect, &text, say(p, view->of.result.receipt_key));
}

/* Without paper this is the receipt: a code to photograph. Takes its height from `area`. */
static void draw_photo(struct painter *p, const struct view *view, struct rect *area) {
    int size = qr_size(p->qr, view->of.result.photo_code, mm(p, QR_MM + 5)), border = mm(p, 1);
    struct rect row = rect_cut_top(area, size + 2 * border, mm(p, 3));
    code_draw(p, rect_cut_left(&row, size + 2 * border, mm(p, 5)), view->of.result.photo_code);
    struct text_style text = styled(style_small, ALIGN_LEFT, COLOUR_INK);
    text.em_mm = row.w > mm(p, 120) ? TEXT_LABEL : TEXT_SMALL;
    text.middle = true;
    text_draw(p, row, &text, say(p, view->of.result.photo_key));
}

static bool has_receipt_row(const struct view *view) {
    return view->of.result.can_print ||
           (view->of.result.receipt_key[0] && !view->of.result.photo_code[0]);
}

static void draw_wide(struct painter *p, const struct view *view, const struct places *places) {
    struct rect left = places->info, right = places->whole;
    right.x = places->controls.x;
    right.w = places->controls.w;
    if (has_receipt_row(view))
        draw_receipt(p, view, rect_cut_bottom(&right, receipt_height(p, view, right.w), mm(p, 2)));
    draw_verdict(p, view, &left, mm(p, 22));
    draw_facts(p, view, left, TEXT_SMALL);
    if (view->of.result.photo_code[0])
        draw_photo(p, view, &right);
    draw_guides(p, view, right);
}

static void draw_tall(struct painter *p, const struct view *view, const struct places *places) {
    struct rect area = places->whole;
    area.h = places->controls.y + places->controls.h - area.y;
    if (view->of.result.guide_count == 0 && !view->of.result.photo_code[0])
        draw_verdict_large(p, view, &area);
    else
        draw_verdict(p, view, &area, mm(p, 40));
    if (has_receipt_row(view))
        draw_receipt(p, view, rect_cut_bottom(&area, receipt_height(p, view, area.w), mm(p, 3)));
    float em_mm = view->of.result.guide_count > 1 ? TEXT_SMALL : TEXT_LABEL;
    int height = mm(p, em_mm * 2) + fact_count(view) * mm(p, em_mm * 1.25f + 1.6f);
    struct rect card = rect_cut_top(&area, height + mm(p, 6), mm(p, 4));
    card_draw(p, card);
    draw_facts(p, view, rect_inset(card, mm(p, 6), mm(p, 3)), em_mm);
    if (view->of.result.photo_code[0])
        draw_photo(p, view, &area);
    draw_guides(p, view, area);
}

void screen_result(struct painter *p, const struct view *view) {
    struct places places = chrome_draw(p, view, "");
    primary_draw(p, &places, (struct touch){TOUCH_HOME, 0}, say(p, "result.done"), false);
    if (places.wide)
        draw_wide(p, view, &places);
    else
        draw_tall(p, view, &places);
}
