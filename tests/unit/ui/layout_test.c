/* links: house tests/support/samples/ */
/* The numbers of the design, checked on every screen, panel and language: what can be touched is
 * large enough, within reach and apart; what is said is large enough, dark enough and not cut. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <cjson/cJSON.h>

#include "tests/support/samples/samples.h"
#include "ui/frame.h"
#include "ui/window/window.h"

#define CAPITALS 0.733 /* of an em, in Noto Sans CJK */

#define LOW_MM 268.0 /* the panel's lower end that a seated hand reaches */

struct sight {
    const struct panel *panel;
    const struct sample *sample;
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

static double linear(int byte) {
    double c = byte / 255.0;
    return c <= 0.03928 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
}
static double luminance(rgb c) {
    return 0.2126 * linear(c >> 16 & 255) + 0.7152 * linear(c >> 8 & 255) +
           0.0722 * linear(c & 255);
}
static double contrast(rgb a, rgb b) {
    double x = luminance(a) + 0.05, y = luminance(b) + 0.05;
    return x > y ? x / y : y / x;
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
    case SCREEN_PAY_CODE:
        must_show(ui, s, "no amount", amount_text(view->of.pay_code.amount_fen, text));
        must_show(ui, s, "no order number", view->of.pay_code.order_no);
        if (view->of.pay_code.whole_s > 0)
            must_show(ui, s, "no countdown", minutes_text(view->of.pay_code.left_s, time));
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

static struct ui *open_panel(const struct panel *panel) {
    char error[256];
    struct ui_options options = {.headless = true,
                                 .width = panel->width,
                                 .height = panel->height,
                                 .panel_width_mm = panel->width_mm,
                                 .panel_height_mm = panel->height_mm,
                                 .assets_dir = "assets"};
    struct ui *ui = ui_create(&options, error, sizeof error);
    assert_non_null(ui);
    return ui;
}

static void check_view(struct ui *ui, const struct panel *panel, const struct sample *sample,
                       const char *what, const struct view *view) {
    assert_true(ui_present(ui, view));
    struct sight s = {panel,       sample, view, what, (double)panel->width / panel->width_mm,
                      ui_frame(ui)};
    check_touches(&s);
    check_grids(&s);
    check_texts(&s);
    check_cuts(&s);
    check_codes(&s);
    check_kept(ui, &s);
    check_way_out(&s);
    assert_true(s.frame->text_count > 0);
}

static const struct sample *sample_of(const char *name) {
    assert_non_null(sample_named(name));
    return sample_named(name);
}

/* `speaks`: its dock has one place more. */
static void check_panel(const struct panel *panel, bool speaks) {
    struct ui *ui = open_panel(panel);
    ui->painter.speaks = speaks;
    for (int i = 0; i < sample_count() * 2 * sample_mode_count; i++) {
        const struct sample *sample = sample_at(i / 2 / sample_mode_count);
        struct view view;
        sample_view(sample, panel, (enum view_language)(i % 2),
                    sample_modes[i / 2 % sample_mode_count].mode, &view);
        check_view(ui, panel, sample, sample->name, &view);
    }
    ui_destroy(ui);
}

/* Every code of a result is on some page, however many there are. */
static void no_advice_is_lost(void **state) {
    (void)state;
    for (int i = 0; i < panel_count; i++) {
        struct ui *ui = open_panel(&panels[i]);
        struct view view;
        struct ui_input more;
        int codes = 0;
        sample_view(sample_of("result-many"), &panels[i], VIEW_ZH, (struct view_mode){0}, &view);
        do {
            view.revision++;
            check_view(ui, &panels[i], sample_of("result-many"), "result-many, a page", &view);
            for (int j = 0; j < ui_frame(ui)->code_count; j++)
                codes += ui_frame(ui)->codes[j].kind != CODE_BARS;
            view.of.result.page++;
        } while (ui_touch_id(ui, (struct touch){TOUCH_MORE, 0}, &more));
        assert_int_equal(codes, 2);
        assert_true(ui_touch_id(ui, (struct touch){TOUCH_LESS, 0}, &more));
        ui_destroy(ui);
    }
    assert_int_equal(complaints, 0);
}

/* What a finger is on keeps its contrast. */
static void what_is_pressed_is_readable(void **state) {
    (void)state;
    struct ui *ui = open_panel(&panels[0]);
    for (int i = 0; i < sample_count(); i++) {
        struct view view;
        sample_view(sample_at(i), &panels[0], VIEW_ZH, (struct view_mode){0}, &view);
        check_view(ui, &panels[0], sample_at(i), sample_at(i)->name, &view);
        const struct frame before = *ui_frame(ui);
        for (int touch = 0; touch < before.touch_count; touch++) {
            ui->press = (struct press){.down = true,
                                       .on = before.touches[touch],
                                       .screen = view.screen,
                                       .revision = view.revision};
            char name[TOUCH_NAME_SIZE], what[128];
            snprintf(what, sizeof what, "%s, pressed %s", sample_at(i)->name,
                     touch_name(before.touches[touch].touch, name));
            check_view(ui, &panels[0], sample_at(i), what, &view);
        }
        ui->press.down = false;
    }
    ui_destroy(ui);
    assert_int_equal(complaints, 0);
}

static void every_screen_keeps_the_numbers(void **state) {
    (void)state;
    for (int i = 0; i < panel_count; i++)
        for (int speaks = 0; speaks < 2; speaks++)
            check_panel(&panels[i], speaks);
    assert_int_equal(complaints, 0);
}

/* Puts a sentence where the program may show it; false: not this one. */
typedef bool put_words(struct view *view, const char *key);
static bool put_notice(struct view *view, const char *key) {
    if (strcmp(key, "notice.code") == 0)
        return false; /* it frames the others */
    view->notice_key = key;
    view->notice_code = "H2";
    return true;
}
static bool put_device_notice(struct view *view, const char *key) {
    view->device_notice_keys[0] = key;
    view->device_notice_count = 1;
    return true;
}
static bool put_service_reason(struct view *view, const char *key) {
    view->of.welcome.services[0] = (struct view_service){1, false, key};
    view->of.welcome.services[1] = (struct view_service){2, false, key};
    return true;
}
static bool put_channel_reason(struct view *view, const char *key) {
    for (int i = 0; i < view->of.channel.count; i++) {
        view->of.channel.channels[i].enabled = false;
        view->of.channel.channels[i].reason_key = key;
    }
    return true;
}
static bool put_out_of_service(struct view *view, const char *key) {
    view->of.out_of_service.reason_key = key;
    return true;
}
static bool put_receipt(struct view *view, const char *key) {
    view->of.result.receipt_key = key;
    return true;
}
static bool put_photo(struct view *view, const char *key) {
    view->of.result.photo_key = key;
    view->of.result.photo_code = "HK1|26112012000000010001|UNKNOWN|128.50";
    return true;
}
static bool put_progress(struct view *view, const char *key) {
    view->of.pay_code.progress_key = key;
    return true;
}
static bool put_help(struct view *view, const char *key) {
    view->of.help.card = strcmp(key, "help.pay_card") == 0;
    if (view->of.help.card)
        return true;
    for (int i = 0; i < SCREEN_COUNT; i++)
        if (strcmp(key + strlen("help."), screen_name((enum screen)i)) == 0) {
            view->of.help.about = (enum screen)i;
            return true;
        }
    return false;
}

static const struct {
    const char *prefix, *sample;
    put_words *put;
} places[] = {
    {"notice.", "service", put_notice},
    {"notice.", "identify", put_notice},
    {"notice.", "keypad", put_notice},
    {"notice.", "confirm", put_notice},
    {"notice.", "bills", put_notice},
    {"notice.", "amount", put_notice},
    {"notice.", "channel", put_notice},
    {"notice.", "pay_code", put_notice},
    {"notice.printer_absent", "welcome", put_device_notice},
    {"notice.scanner_absent", "welcome", put_device_notice},
    {"notice.no_paper", "welcome", put_device_notice},
    {"notice.paper_low", "welcome", put_device_notice},
    {"reason.", "welcome", put_service_reason},
    {"reason.", "channel", put_channel_reason},
    {"reason.", "out_of_service", put_out_of_service},
    {"receipt.no_", "result", put_receipt},
    {"receipt.print", "result", put_receipt},
    {"receipt.failed", "result", put_receipt},
    {"receipt.unknown", "result", put_receipt},
    {"result.photo", "result", put_photo},
    {"pay_card.", "pay_card", put_progress},
    {"help.", "help", put_help},
};

/* Paragraphs stand apart, each with its drawing. */
static bool shows_paragraphs(const struct ui *ui, const char *words) {
    char text[1024];
    snprintf(text, sizeof text, "%s", words);
    for (char *rest = text; rest;) {
        char *end = strstr(rest, "\n\n");
        if (end)
            *end = '\0';
        if (!ui_shows(ui, rest))
            return false;
        rest = end ? end + 2 : NULL;
    }
    return true;
}

static void check_sentence(struct ui *ui, const struct panel *panel, const char *key) {
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        if (strncmp(key, places[i].prefix, strlen(places[i].prefix)) != 0)
            continue;
        const struct sample *sample = sample_of(places[i].sample);
        for (int language = 0; language < 2; language++) {
            struct view view;
            char what[128];
            sample_view(sample, panel, (enum view_language)language, (struct view_mode){0}, &view);
            if (!places[i].put(&view, key))
                continue;
            snprintf(what, sizeof what, "%s with %s", sample->name, key);
            check_view(ui, panel, sample, what, &view);
            if (!shows_paragraphs(ui, ui_word(ui, view.language, key))) {
                fprintf(stderr, "%s %s: not shown\n", what, panel->name);
                complaints++;
            }
        }
    }
}

static void every_sentence_finds_its_room(void **state) {
    (void)state;
    static char text[1 << 17];
    FILE *file = fopen("assets/text/zh.json", "r");
    assert_non_null(file);
    assert_true(fread(text, 1, sizeof text - 1, file) > 0);
    fclose(file);
    cJSON *words = cJSON_Parse(text);
    assert_non_null(words);
    for (int i = 0; i < panel_count; i++) {
        struct ui *ui = open_panel(&panels[i]);
        for (const cJSON *word = words->child; word; word = word->next)
            check_sentence(ui, &panels[i], word->string);
        ui_destroy(ui);
    }
    cJSON_Delete(words);
    assert_int_equal(complaints, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_screen_keeps_the_numbers),
        cmocka_unit_test(no_advice_is_lost),
        cmocka_unit_test(what_is_pressed_is_readable),
        cmocka_unit_test(every_sentence_finds_its_room),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
