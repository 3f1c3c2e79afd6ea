/* Sizes, reach, distance, contrast and words of a view, measured on the frame that was drawn of it.
 */
#include "tests/support/layout.h"
#include "tests/support/contrast.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "ui/frame.h"
#include "ui/window/window.h"

#define CAPITALS 0.733 /* of an em, in Noto Sans CJK */

#define LOW_MM 268.0 /* the panel's lower end that a seated hand reaches */

struct sight {
    const struct panel *panel;
    const struct view *view;
    const char *what;
    double px_per_mm;
    const struct frame *frame;
};

static int complaints;

static const char *mode_of(const struct view *view) {
    for (int i = 0; i < sample_mode_count; i++)
        if (memcmp(&sample_modes[i].mode, &view->mode, sizeof view->mode) == 0)
            return sample_modes[i].name;
    return "?";
}

static void complain(const struct sight *s, struct rect r, const char *what, double value) {
    complaints++;
    fprintf(stderr, "%s %s %s %s: %s %.2f at %d,%d %dx%d\n", s->what, s->panel->name,
            s->view->language == VIEW_EN ? "en" : "zh", mode_of(s->view), what, value, r.x, r.y,
            r.w, r.h);
}

/* The lists of the staff are dense in every mode. */
static bool is_elder(const struct sight *s) {
    return s->view->mode.elder && s->view->screen != SCREEN_STAFF;
}

static bool inside_panel(const struct sight *s, struct rect r) {
    return r.x >= 0 && r.y >= 0 && r.x + r.w <= s->panel->width && r.y + r.h <= s->panel->height;
}

/* Do they share more than `slack` pixels both ways? Negative: are they nearer than that? */
static bool overlap(struct rect a, struct rect b, int slack) {
    return a.x + a.w > b.x + slack && b.x + b.w > a.x + slack && a.y + a.h > b.y + slack &&
           b.y + b.h > a.y + slack;
}

static bool is_inside(struct rect inner, struct rect outer) {
    return inner.x >= outer.x && inner.y >= outer.y && inner.x + inner.w <= outer.x + outer.w &&
           inner.y + inner.h <= outer.y + outer.h;
}

/* The first row that hands are asked to reach. */
static int reach_of(const struct sight *s) {
    bool tall = s->panel->height > s->panel->width;
    int reach = tall ? s->panel->height / 3 : 0;
    int low = s->panel->height - (int)(LOW_MM * s->px_per_mm + 1);
    return s->view->mode.low && low > reach ? low : reach;
}

static void check_touches(const struct sight *s) {
    double least_wanted_mm = is_elder(s) ? 29.99 : 19.99;
    int gap = (int)(3 * s->px_per_mm);
    for (int i = 0; i < s->frame->touch_count; i++) {
        struct rect r = s->frame->touches[i].rect;
        double least_mm = (r.w < r.h ? r.w : r.h) / s->px_per_mm;
        if (s->frame->touches[i].touch.kind == TOUCH_STAFF)
            continue; /* the staff know it, and it is meant to be out of the way */
        if (least_mm < least_wanted_mm)
            complain(s, r, "touch target of mm", least_mm);
        if (r.y < reach_of(s))
            complain(s, r, "touch target above where hands reach", r.y);
        if (!inside_panel(s, r))
            complain(s, r, "touch target beside the panel", 0);
        for (int j = 0; j < i; j++)
            if (overlap(r, s->frame->touches[j].rect, -gap))
                complain(s, r, "touch targets nearer than 3 mm", j);
    }
}

/* What is of a kind is of a size: rows, presets, ways to pay. */
static void check_grids(const struct sight *s) {
    for (int i = 0; i < s->frame->touch_count; i++)
        for (int j = 0; j < i; j++) {
            const struct frame_touch *a = &s->frame->touches[i], *b = &s->frame->touches[j];
            if (a->touch.kind != b->touch.kind || a->touch.kind < TOUCH_BILL ||
                a->touch.kind > TOUCH_PICK || a->touch.kind == TOUCH_KEY ||
                a->touch.kind == TOUCH_SERVICE)
                continue;
            if (abs(a->rect.w - b->rect.w) > 1 || abs(a->rect.h - b->rect.h) > 1)
                complain(s, a->rect, "other size than its like", b->rect.h);
        }
}

static bool is_of_the_scale(const struct sight *s, int em_px) {
    for (int i = 0; i < TEXT_SIZE_COUNT; i++)
        if (em_px == (int)(text_size_mm[i] * (float)s->px_per_mm))
            return true;
    return false;
}

/* On something to touch, or beside all of it. */
static void check_ground(const struct sight *s, const struct frame_text *text) {
    for (int i = 0; i < s->frame->touch_count; i++) {
        struct rect touch = s->frame->touches[i].rect;
        if (overlap(text->rect, touch, text->em_px / 6) && !is_inside(text->rect, touch))
            complain(s, text->rect, "text half on a control", i);
    }
}

static void check_texts(const struct sight *s) {
    double capital_wanted_mm = is_elder(s) ? 7.3 : 5.5;
    for (int i = 0; i < s->frame->text_count; i++) {
        const struct frame_text *text = &s->frame->texts[i];
        double capital_mm = text->em_px * CAPITALS / s->px_per_mm;
        double ratio = contrast(text->ink, text->paper);
        if (capital_mm < capital_wanted_mm)
            complain(s, text->rect, "capitals of mm", capital_mm);
        if (!is_of_the_scale(s, text->em_px))
            complain(s, text->rect, "no size of the scale", text->em_px);
        check_ground(s, text);
        if (ratio < (text->strong ? 10 : 7))
            complain(s, text->rect, "contrast", ratio);
        if (!inside_panel(s, text->rect))
            complain(s, text->rect, "text beside the panel", 0);
        for (int j = 0; j < i; j++)
            if (overlap(text->rect, s->frame->texts[j].rect, text->em_px / 5))
                complain(s, text->rect, "texts overlap", j);
    }
}

/* Words of ours are never cut; only what a hospital sends may be too long for any box. */
static void check_cuts(const struct sight *s) {
    for (int i = 0; i < s->frame->text_count; i++) {
        const struct frame_text *text = &s->frame->texts[i];
        char whole[400];
        snprintf(whole, sizeof whole, "%s", s->frame->words + text->words);
        whole[strcspn(whole, "\n")] = '\0';
        bool ours =
            s->view->screen == SCREEN_BILLS && s->view->of.bills.tip[0]; /* read, then go on */
        if (text->cut && (ours || !strstr(whole, SAMPLE_LONG)) &&
            !strstr(whole, SAMPLE_LONG_NUMBER)) {
            complain(s, text->rect, "text is cut", 0);
            fprintf(stderr, "  %s\n", whole);
        }
    }
}

/* Any phone reads it from where people stand, the scanner of a window what is held before it. */
static void check_codes(const struct sight *s) {
    static const struct {
        double side_mm;
        int module_px;
    } least[] = {[CODE_FOR_PHONE] = {80, 8}, [CODE_FOR_SCANNER] = {50, 8}, [CODE_BARS] = {10, 3}};
    for (int i = 0; i < s->frame->code_count; i++) {
        const struct frame_code *code = &s->frame->codes[i];
        int side = code->rect.w < code->rect.h ? code->rect.w : code->rect.h;
        double edge_mm = (code->rect.y - code->field.y) / s->px_per_mm;
        bool long_bars = code->kind == CODE_BARS && s->panel->width < 1500 && code->module_px == 2;
        if (code->module_px < least[code->kind].module_px && !long_bars)
            complain(s, code->rect, "pixels a module", code->module_px);
        if (side / s->px_per_mm < least[code->kind].side_mm)
            complain(s, code->rect, "code of mm", side / s->px_per_mm);
        if (code->kind == CODE_BARS && edge_mm < 4.9)
            complain(s, code->rect, "bars touch their card", edge_mm);
        if (!inside_panel(s, code->rect) || !is_inside(code->rect, code->field))
            complain(s, code->rect, "code beside its field or the panel", 0);
        for (int j = 0; j < s->frame->text_count; j++)
            if (overlap(code->rect, s->frame->texts[j].rect, 0))
                complain(s, code->rect, "text over a code", j);
    }
}

/* Shown, or where it is too long for any line the beginning of it. */
static bool is_shown(const struct ui *ui, const char *text) {
    char begin[64];
    int length = (int)strlen(text) < 24 ? (int)strlen(text) : 24;
    while (length > 0 && ((unsigned char)text[length] & 0xc0) == 0x80)
        length--;
    snprintf(begin, sizeof begin, "%.*s", length, text);
    return ui_shows(ui, begin);
}

static void must_show(struct ui *ui, const struct sight *s, const char *what, const char *text) {
    if (text[0] && !is_shown(ui, text))
        complain(s, (struct rect){0, 0, 0, 0}, what, 0);
}

/* What is never dropped, on any panel, in any language or mode: whose money, how much, its number,
 * the time that is left, the way back. */
static void check_kept(struct ui *ui, const struct sight *s) {
    const struct view *view = s->view;
    char text[AMOUNT_TEXT_SIZE], time[16];
    if (view->warning)
        return;
    if (view->identified)
        must_show(ui, s, "whose money is not said", view->account.name);
    switch (view->screen) {
    case SCREEN_BILLS:
        if (view->of.bills.total_count > 0 && !view->of.bills.tip[0])
            must_show(ui, s, "no amount", amount_text(view->of.bills.selected_fen, text));
        must_show(ui, s, "no word of the hospital", view->of.bills.tip);
        for (int i = 0; i < view->of.bills.count && !view->of.bills.tip[0]; i++)
            must_show(ui, s, "no doctor", i < 3 ? view->of.bills.rows[i].doctor : "");
        break;
    case SCREEN_CHANNEL:
        must_show(ui, s, "no amount", amount_text(view->of.channel.amount_fen, text));
        break;
    case SCREEN_PAY_QR:
        must_show(ui, s, "no amount", amount_text(view->of.pay_qr.amount_fen, text));
        must_show(ui, s, "no order number", view->of.pay_qr.order_no);
        must_show(ui, s, "no countdown", minutes_text(view->of.pay_qr.left_s, time));
        break;
    case SCREEN_OWN_PART:
        must_show(ui, s, "no amount", amount_text(view->of.own_part.amount_fen, text));
        must_show(ui, s, "no order number", view->of.own_part.order_no);
        must_show(ui, s, "no countdown", minutes_text(view->of.own_part.left_s, time));
        break;
    case SCREEN_PUSHED:
        must_show(ui, s, "no amount", amount_text(view->of.pushed.amount_fen, text));
        must_show(ui, s, "no order number", view->of.pushed.order_no);
        must_show(ui, s, "no countdown", minutes_text(view->of.pushed.left_s, time));
        must_show(ui, s, "not said to which phone", view->of.pushed.phone);
        break;
    case SCREEN_PAY_CODE:
        must_show(ui, s, "no amount", amount_text(view->of.pay_code.amount_fen, text));
        must_show(ui, s, "no order number", view->of.pay_code.order_no);
        snprintf(time, sizeof time, "%d", view->of.pay_code.left_s);
        if (view->of.pay_code.whole_s > 60)
            minutes_text(view->of.pay_code.left_s, time);
        if (view->of.pay_code.whole_s > 0)
            must_show(ui, s, "no countdown", time);
        if (view->of.pay_code.counting)
            must_show(ui, s, "not said how it is stopped",
                      say(&ui->painter, view->of.pay_code.time_key));
        break;
    case SCREEN_WAITING:
        if (view->of.waiting.has_amount)
            must_show(ui, s, "no amount", amount_text(view->of.waiting.amount_fen, text));
        must_show(ui, s, "no order number", view->of.waiting.order_no);
        break;
    case SCREEN_RESULT:
        if (view->of.result.amount_key[0])
            must_show(ui, s, "no amount", amount_text(view->of.result.amount_fen, text));
        must_show(ui, s, "no order number", view->of.result.order_no);
        must_show(ui, s, "no case number", view->of.result.case_no);
        if (view->of.result.has_returned)
            must_show(ui, s, "no amount back", amount_text(view->of.result.returned_fen, text));
        break;
    case SCREEN_CONFIRM:
        if (view->of.confirm.refund_count > 0)
            must_show(ui, s, "no amount", amount_text(view->of.confirm.refund_fen, text));
        else
            must_show(ui, s, "no name", view->account.name);
        break;
    default:
        break;
    }
}

/* Nobody is kept: but for a card in the bank's terminal and a wait that ends by itself. */
static void check_way_out(const struct sight *s) {
    static const enum touch_kind ways[] = {TOUCH_BACK, TOUCH_HOME, TOUCH_CANCEL, TOUCH_SERVICE};
    bool held = s->view->screen == SCREEN_WAITING || s->view->screen == SCREEN_OUT_OF_SERVICE ||
                (s->view->screen == SCREEN_PAY_CODE && !s->view->of.pay_code.can_cancel);
    for (int i = 0; i < s->frame->touch_count; i++)
        for (size_t j = 0; j < sizeof ways / sizeof ways[0]; j++)
            held |= s->frame->touches[i].touch.kind == ways[j] ||
                    (s->view->screen == SCREEN_TAKE &&
                     s->frame->touches[i].touch.kind == TOUCH_NEXT); /* ends the visit */
    if (!held)
        complain(s, (struct rect){0, 0, 0, 0}, "no way out", 0);
}

struct ui *layout_open(const struct panel *panel) {
    char error[256];
    struct ui_options options = panel_options(panel);
    struct ui *ui = ui_create(&options, error, sizeof error);
    assert_non_null(ui);
    return ui;
}

void layout_check(struct ui *ui, const struct panel *panel, const char *what,
                  const struct view *view) {
    assert_true(ui_present(ui, view));
    struct sight s = {panel, view, what, (double)panel->width / panel->width_mm, ui_frame(ui)};
    check_touches(&s);
    check_grids(&s);
    check_texts(&s);
    check_cuts(&s);
    check_codes(&s);
    check_kept(ui, &s);
    check_way_out(&s);
    assert_true(s.frame->text_count > 0);
}

void layout_complain(const struct panel *panel, const char *what, const char *complaint) {
    complaints++;
    fprintf(stderr, "%s %s: %s\n", what, panel->name, complaint);
}

int layout_complaints(void) {
    return complaints;
}
