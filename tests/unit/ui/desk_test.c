/* links: house tests/support/samples/ */
/* The cashier's window and the patient's display, every sample on every panel in both languages:
 * what is said is whole, dark enough, large enough and apart; every button names its key. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/contrast.h"
#include "tests/support/samples/samples.h"
#include "ui/frame.h"
#include "ui/strings.h"
#include "ui/window/window.h"

#define LEAST_EM_PX 15
#define LEAST_PATIENT_EM_PX 28
#define LEAST_MODULE_PX 8

static int complaints;

static void complain_of(const struct view *view, const struct panel *panel, const char *sample,
                        struct rect r, const char *what) {
    complaints++;
    fprintf(stderr, "%s %s %s: %s at %d,%d %dx%d\n", sample, panel->name,
            view->language == VIEW_EN ? "en" : "zh", what, r.x, r.y, r.w, r.h);
}

static bool shares(struct rect a, struct rect b, int slack) {
    return a.x + a.w > b.x + slack && b.x + b.w > a.x + slack && a.y + a.h > b.y + slack &&
           b.y + b.h > a.y + slack;
}

static bool is_within(struct rect inner, int width, int height) {
    return inner.x >= 0 && inner.y >= 0 && inner.x + inner.w <= width &&
           inner.y + inner.h <= height;
}

/* What others send may be too long for any box. */
static bool is_long(const char *words) {
    size_t length = strcspn(words, "\n");
    const char *found = strstr(words, SAMPLE_LONG), *number = strstr(words, SAMPLE_LONG_NUMBER);
    return (found != NULL && found < words + length) || (number != NULL && number < words + length);
}

struct look_at {
    const struct sample *sample;
    const struct panel *panel;
    const struct view *view;
    const struct frame *frame;
    int width, height, least_em_px;
};

static void check_desk_texts(const struct look_at *at) {
    for (int i = 0; i < at->frame->text_count; i++) {
        const struct frame_text *text = &at->frame->texts[i];
        const char *what = NULL;
        if (text->em_px < at->least_em_px)
            what = "too small";
        else if (contrast(text->ink, text->paper) < 7)
            what = "too pale";
        else if (text->cut && !is_long(at->frame->words + text->words))
            what = "cut";
        else if (!is_within(text->rect, at->width, at->height))
            what = "beside the panel";
        for (int j = 0; j < i && what == NULL; j++)
            if (shares(text->rect, at->frame->texts[j].rect, text->em_px / 5))
                what = "over another text";
        if (what != NULL) {
            complain_of(at->view, at->panel, at->sample->name, text->rect, what);
            fprintf(stderr, "  %.60s\n", at->frame->words + text->words);
        }
    }
}

static void check_desk_touches(const struct look_at *at) {
    for (int i = 0; i < at->frame->touch_count; i++) {
        struct rect r = at->frame->touches[i].rect;
        if (!is_within(r, at->width, at->height))
            complain_of(at->view, at->panel, at->sample->name, r, "a button beside the panel");
        for (int j = 0; j < i; j++)
            if (shares(r, at->frame->touches[j].rect, 0))
                complain_of(at->view, at->panel, at->sample->name, r, "buttons over each other");
    }
}

/* The words on a button begin with the cap of its key. */
static void check_caps(const struct look_at *at, const struct ui *ui) {
    static const struct {
        enum touch_kind kind;
        const char *cap;
    } caps[] = {{TOUCH_NEXT, "Enter"},
                {TOUCH_CANCEL, "Esc"},
                {TOUCH_LANG, "F10"},
                {TOUCH_LESS, "PgUp"},
                {TOUCH_MORE, "PgDn"}};
    for (size_t i = 0; i < sizeof caps / sizeof caps[0]; i++)
        if (frame_find(at->frame, (struct touch){caps[i].kind, 0}) && !ui_shows(ui, caps[i].cap))
            complain_of(at->view, at->panel, at->sample->name, (struct rect){0, 0, 0, 0},
                        caps[i].cap);
    for (int n = 1; n <= 9; n++) {
        char cap[16];
        snprintf(cap, sizeof cap, "F%d", n);
        bool shown = frame_find(at->frame, (struct touch){TOUCH_FUNCTION, n}) ||
                     (n == 6 && at->view->of.desk.prints_row);
        if (shown && !ui_shows(ui, cap))
            complain_of(at->view, at->panel, at->sample->name, (struct rect){0, 0, 0, 0}, cap);
    }
}

/* A long one is cut. */
static const char *begin_of_name(const char *name) {
    return strncmp(name, SAMPLE_LONG, strlen(SAMPLE_LONG)) == 0 ? SAMPLE_LONG : name;
}

/* Whose money and how much, on both; what Enter presses is there. */
static void check_desk_kept(const struct look_at *at, const struct ui *ui) {
    const struct view_desk *desk = &at->view->of.desk;
    char amount[AMOUNT_TEXT_SIZE];
    if (at->view->focus.kind != TOUCH_NONE && !frame_find(at->frame, at->view->focus))
        complain_of(at->view, at->panel, at->sample->name, (struct rect){0, 0, 0, 0},
                    "nothing for Enter");
    if (!at->view->identified)
        return;
    const struct frame *frames[] = {at->frame, ui_display_frame(ui)};
    int count = desk->patient.state == PATIENT_IDLE ? 1 : 2; /* looked at again: nobody is there */
    if (count == 1 && frame_shows(frames[1], begin_of_name(at->view->account.name)))
        complain_of(at->view, at->panel, at->sample->name, (struct rect){0, 0, 0, 0},
                    "a name before whoever comes next");
    for (int i = 0; i < count; i++)
        if (!frame_shows(frames[i], begin_of_name(at->view->account.name)) ||
            !frame_shows(frames[i], amount_text(desk->amount_fen, amount)))
            complain_of(at->view, at->panel, at->sample->name, (struct rect){0, 0, 0, 0},
                        "whose money, or how much, is not said");
}

static void check_patient(const struct look_at *at) {
    bool payable = at->view->of.desk.patient.state == PATIENT_QR;
    if (at->frame->touch_count > 0)
        complain_of(at->view, at->panel, at->sample->name, (struct rect){0, 0, 0, 0},
                    "the patient can touch something");
    if ((at->frame->code_count > 0) != payable)
        complain_of(at->view, at->panel, at->sample->name, (struct rect){0, 0, 0, 0},
                    "a code that cannot be paid, or none");
    for (int i = 0; i < at->frame->code_count; i++)
        if (at->frame->codes[i].module_px < LEAST_MODULE_PX)
            complain_of(at->view, at->panel, at->sample->name, at->frame->codes[i].rect,
                        "no phone reads it");
}

static void check_desk(struct ui *ui, const struct panel *panel, const struct sample *sample,
                       enum view_language language) {
    struct view view;
    sample_view(sample, panel, language, (struct view_mode){false, false, false}, &view);
    assert_true(ui_present(ui, &view));
    struct look_at at = {sample,       panel,         &view,      ui_frame(ui),
                         panel->width, panel->height, LEAST_EM_PX};
    check_desk_texts(&at);
    check_desk_touches(&at);
    check_caps(&at, ui);
    check_desk_kept(&at, ui);
    struct look_at patient = {
        sample, panel, &view, ui_display_frame(ui), 1280, 800, LEAST_PATIENT_EM_PX};
    check_desk_texts(&patient);
    check_patient(&patient);
}

static struct ui *open_desk(const struct panel *panel) {
    char error[256];
    struct ui_options options = panel_options(panel);
    options.patient_display = "1";
    struct ui *ui = ui_create(&options, error, sizeof error);
    assert_non_null(ui);
    return ui;
}

static void every_screen_keeps_the_design(void **state) {
    (void)state;
    for (int i = 0; i < desk_panel_count; i++) {
        struct ui *ui = open_desk(&desk_panels[i]);
        assert_true(ui_has_patient_display(ui));
        const struct sample *sample;
        for (int n = 0; (sample = desk_sample_at(n)) != NULL; n++) {
            check_desk(ui, &desk_panels[i], sample, VIEW_ZH);
            check_desk(ui, &desk_panels[i], sample, VIEW_EN);
        }
        ui_destroy(ui);
    }
    assert_int_equal(complaints, 0);
}

static void every_screen_of_the_desk_has_a_sample(void **state) {
    (void)state;
    for (int screen = SCREEN_COUNT; screen < SCREEN_END; screen++) {
        bool found = false;
        const struct sample *sample;
        for (int n = 0; (sample = desk_sample_at(n)) != NULL; n++) {
            struct view view;
            sample_view(sample, &desk_panels[0], VIEW_ZH, (struct view_mode){false, false, false},
                        &view);
            found |= (int)view.screen == screen;
        }
        if (!found)
            fail_msg("no sample of %s", screen_name((enum screen)screen));
    }
}

static void show_sample(struct ui *ui, const char *name) {
    struct view view;
    const struct sample *sample;
    for (int n = 0; (sample = desk_sample_at(n)) != NULL; n++)
        if (strcmp(sample->name, name) == 0)
            sample_view(sample, &desk_panels[0], VIEW_ZH, (struct view_mode){false, false, false},
                        &view);
    assert_true(ui_present(ui, &view));
}

static void presses(struct ui *ui, char key, enum touch_kind kind, int n) {
    struct ui_input input;
    assert_true(ui_key(ui, key, &input));
    assert_int_equal(input.kind, UI_INPUT_TOUCH);
    assert_int_equal(input.touch.kind, kind);
    assert_int_equal(input.touch.n, n);
}

static void presses_nothing(struct ui *ui, char key) {
    struct ui_input input;
    assert_true(!ui_key(ui, key, &input) || input.touch.kind == TOUCH_NONE);
}

static void keys_press_what_names_them_and_nothing_else(void **state) {
    (void)state;
    struct ui *ui = open_desk(&desk_panels[0]);
    show_sample(ui, "desk-pay");
    presses(ui, UI_KEY_F(2), TOUCH_FUNCTION, 2);
    presses(ui, UI_KEY_F(9), TOUCH_FUNCTION, 9);
    presses(ui, 0x1b, TOUCH_CANCEL, 0);
    presses(ui, '\n', TOUCH_FUNCTION, 1); /* what has the ring */
    presses_nothing(ui, UI_KEY_F(3));
    presses_nothing(ui, UI_KEY_ALT(1));
    show_sample(ui, "desk-cash");
    presses(ui, UI_KEY_ALT(4), TOUCH_AMOUNT, 4);
    presses(ui, '\n', TOUCH_NEXT, 0);
    show_sample(ui, "desk-unknown");
    presses_nothing(ui, 0x1b); /* nobody closes what nobody knows */
    presses(ui, '\n', TOUCH_NEXT, 0);
    ui_destroy(ui);
}

/* The ring goes on from where it stands, and Enter follows it. */
static void tab_moves_what_enter_presses(void **state) {
    (void)state;
    struct ui_input input;
    struct ui *ui = open_desk(&desk_panels[0]);
    show_sample(ui, "desk-pay");
    assert_true(ui_key(ui, UI_KEY_DOWN, &input));
    assert_int_equal(input.touch.kind, TOUCH_NONE);
    presses(ui, '\n', TOUCH_FUNCTION, 2);
    ui_destroy(ui);
}

/* At the list F6 is of the row that has the ring, and opens nothing first. */
static void f6_prints_the_row_that_has_the_ring(void **state) {
    (void)state;
    struct ui_input input;
    struct ui *ui = open_desk(&desk_panels[0]);
    show_sample(ui, "desk-idle");
    presses(ui, UI_KEY_F(6), TOUCH_REPRINT, 1);
    assert_true(ui_key(ui, UI_KEY_DOWN, &input));
    show_sample(ui, "desk-idle");
    presses(ui, UI_KEY_F(6), TOUCH_REPRINT, 2);
    presses(ui, '\n', TOUCH_PICK, 2);
    show_sample(ui, "desk-slip");
    presses(ui, UI_KEY_F(6), TOUCH_FUNCTION, 6);
    ui_destroy(ui);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_screen_keeps_the_design),
        cmocka_unit_test(every_screen_of_the_desk_has_a_sample),
        cmocka_unit_test(keys_press_what_names_them_and_nothing_else),
        cmocka_unit_test(tab_moves_what_enter_presses),
        cmocka_unit_test(f6_prints_the_row_that_has_the_ring),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
