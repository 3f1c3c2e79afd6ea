/* links: house tests/support/samples.c */
/* The numbers of the design, checked on every screen, panel and language: what can be touched is
 * large enough, within reach and apart; what is said is large enough, dark enough and not cut. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include <cjson/cJSON.h>

#include "tests/support/samples.h"
#include "ui/frame.h"
#include "ui/window/window.h"

#define CAPITALS 0.733 /* of an em, in Noto Sans CJK */

struct sight {
    const struct panel *panel;
    const struct sample *sample;
    const char *language;
    double px_per_mm;
    const struct frame *frame;
};

static int complaints;

static void complain(const struct sight *s, struct rect r, const char *what, double value) {
    complaints++;
    fprintf(stderr, "%s %s %s: %s %.2f at %d,%d %dx%d\n", s->sample->name, s->panel->name,
            s->language, what, value, r.x, r.y, r.w, r.h);
}

static bool inside_panel(const struct sight *s, struct rect r) {
    return r.x >= 0 && r.y >= 0 && r.x + r.w <= s->panel->width && r.y + r.h <= s->panel->height;
}

/* Do they share more than `slack` pixels both ways? */
static bool overlap(struct rect a, struct rect b, int slack) {
    return a.x + a.w > b.x + slack && b.x + b.w > a.x + slack && a.y + a.h > b.y + slack &&
           b.y + b.h > a.y + slack;
}

static void check_touches(const struct sight *s) {
    for (int i = 0; i < s->frame->touch_count; i++) {
        struct rect r = s->frame->touches[i].rect;
        double least_mm = (r.w < r.h ? r.w : r.h) / s->px_per_mm;
        if (s->frame->touches[i].touch.kind == TOUCH_STAFF)
            continue; /* the staff know it, and it is meant to be out of the way */
        if (least_mm < 19.99)
            complain(s, r, "touch target of mm", least_mm);
        if (r.y < s->panel->height / 3)
            complain(s, r, "touch target above the lower two thirds", r.y);
        if (!inside_panel(s, r))
            complain(s, r, "touch target beside the panel", 0);
        for (int j = 0; j < i; j++)
            if (overlap(r, s->frame->touches[j].rect, 0))
                complain(s, r, "touch targets overlap", j);
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

static void check_texts(const struct sight *s) {
    for (int i = 0; i < s->frame->text_count; i++) {
        const struct frame_text *text = &s->frame->texts[i];
        double capital_mm = text->em_px * CAPITALS / s->px_per_mm;
        double ratio = contrast(text->ink, text->paper);
        if (capital_mm < 5.5)
            complain(s, text->rect, "capitals of mm", capital_mm);
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
        if (text->cut && !strstr(whole, SAMPLE_LONG) && !strstr(whole, SAMPLE_LONG_NUMBER)) {
            complain(s, text->rect, "text is cut", 0);
            fprintf(stderr, "  %s\n", whole);
        }
    }
}

/* Any phone reads it from where people stand. */
static void check_codes(const struct sight *s) {
    for (int i = 0; i < s->frame->code_count; i++) {
        const struct frame_code *code = &s->frame->codes[i];
        if (code->module_px < 8)
            complain(s, code->rect, "pixels a module", code->module_px);
        if (code->rect.w / s->px_per_mm < 80)
            complain(s, code->rect, "code of mm", code->rect.w / s->px_per_mm);
        if (!inside_panel(s, code->rect))
            complain(s, code->rect, "code beside the panel", 0);
        for (int j = 0; j < s->frame->text_count; j++)
            if (overlap(code->rect, s->frame->texts[j].rect, 0))
                complain(s, code->rect, "text over a code", j);
    }
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
    struct sample named = {what, sample->fill};
    assert_true(ui_present(ui, view));
    struct sight s = {panel, &named, view->language == VIEW_EN ? "en" : "zh",
                      (double)panel->width / panel->width_mm, ui_frame(ui)};
    check_touches(&s);
    check_texts(&s);
    check_cuts(&s);
    check_codes(&s);
    assert_true(s.frame->text_count > 0);
}

static const struct sample *sample_of(const char *name) {
    for (int i = 0; i < sample_count; i++)
        if (strcmp(samples[i].name, name) == 0)
            return &samples[i];
    fail_msg("no sample %s", name);
    return NULL;
}

static void check_panel(const struct panel *panel) {
    struct ui *ui = open_panel(panel);
    for (int i = 0; i < sample_count * 2; i++) {
        struct view view;
        sample_view(&samples[i / 2], (enum view_language)(i % 2), &view);
        check_view(ui, panel, &samples[i / 2], samples[i / 2].name, &view);
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
        sample_view(sample_of("result-many"), VIEW_ZH, &view);
        do {
            view.revision++;
            check_view(ui, &panels[i], sample_of("result-many"), "result-many, a page", &view);
            codes += ui_frame(ui)->code_count;
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
    for (int i = 0; i < sample_count; i++) {
        struct view view;
        sample_view(&samples[i], VIEW_ZH, &view);
        check_view(ui, &panels[0], &samples[i], samples[i].name, &view);
        const struct frame before = *ui_frame(ui);
        for (int touch = 0; touch < before.touch_count; touch++) {
            ui->press = (struct press){.down = true,
                                       .on = before.touches[touch],
                                       .screen = view.screen,
                                       .revision = view.revision};
            char name[TOUCH_NAME_SIZE], what[128];
            snprintf(what, sizeof what, "%s, pressed %s", samples[i].name,
                     touch_name(before.touches[touch].touch, name));
            check_view(ui, &panels[0], &samples[i], what, &view);
        }
        ui->press.down = false;
    }
    ui_destroy(ui);
    assert_int_equal(complaints, 0);
}

static void every_screen_keeps_the_numbers(void **state) {
    (void)state;
    for (int i = 0; i < panel_count; i++)
        check_panel(&panels[i]);
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

static void check_sentence(struct ui *ui, const struct panel *panel, const char *key) {
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        if (strncmp(key, places[i].prefix, strlen(places[i].prefix)) != 0)
            continue;
        const struct sample *sample = sample_of(places[i].sample);
        for (int language = 0; language < 2; language++) {
            struct view view;
            char what[128];
            sample_view(sample, (enum view_language)language, &view);
            if (!places[i].put(&view, key))
                continue;
            snprintf(what, sizeof what, "%s with %s", sample->name, key);
            check_view(ui, panel, sample, what, &view);
            if (!ui_shows(ui, ui_word(ui, view.language, key))) {
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
