/* links: house tests/support/samples/ */
/* The window without a display: when it draws, what a touch hits, how it waits. */
#include <dlfcn.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "tests/support/samples/samples.h"
#include "ui/frame.h"
#include "ui/text.h"
#include "ui/window/window.h"

static int missing_count;
static uint32_t missing_last;

static void on_missing(uint32_t codepoint) {
    missing_count++;
    missing_last = codepoint;
}

static struct ui *open_turned(int rotation) {
    char error[256];
    struct ui_options options = {.headless = true,
                                 .width = 1080,
                                 .height = 1920,
                                 .panel_width_mm = 268,
                                 .panel_height_mm = 476,
                                 .rotation = rotation,
                                 .assets_dir = "assets",
                                 .missing_glyph = on_missing};
    struct ui *ui = ui_create(&options, error, sizeof error);
    if (!ui)
        fail_msg("%s", error);
    return ui;
}

static struct view view_of(const char *name) {
    struct view view;
    assert_non_null(sample_named(name));
    sample_view(sample_named(name), &panels[0], VIEW_ZH, (struct view_mode){0}, &view);
    return view;
}

static int64_t now_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void nothing_is_drawn_when_nothing_changed(void **state) {
    (void)state;
    struct ui *ui = open_turned(0);
    struct view view = view_of("pay_qr");
    assert_true(ui_present(ui, &view));
    assert_false(ui_present(ui, &view));
    view.of.pay_qr.left_s--;
    assert_true(ui_present(ui, &view));
    view.revision++;
    assert_true(ui_present(ui, &view));
    view.language = VIEW_EN;
    assert_true(ui_present(ui, &view));
    view.warning = true;
    view.warning_left_s = 20;
    assert_true(ui_present(ui, &view));
    assert_false(ui_present(ui, &view));
    ui_destroy(ui);
}

/* What is on the canvas; the caller's. */
static uint32_t *copy_of(struct ui *ui) {
    struct canvas canvas;
    assert_true(ui_canvas(ui, &canvas));
    uint32_t *pixels = malloc((size_t)canvas.width * (size_t)canvas.height * sizeof *pixels);
    for (int y = 0; y < canvas.height; y++)
        memcpy(pixels + (long)y * canvas.width, canvas.pixels + (long)y * canvas.stride,
               (size_t)canvas.width * sizeof *pixels);
    return pixels;
}

/* The window's clock: SDL's, or one that this test moves, however long the drawing takes. */
static int64_t stopped_ms = -1;

Uint64 SDL_GetTicks64(void) {
    static Uint64 (*of_sdl)(void);
    if (!of_sdl)
        *(void **)&of_sdl = dlsym(RTLD_NEXT, "SDL_GetTicks64");
    return stopped_ms >= 0 ? (Uint64)stopped_ms : of_sdl();
}

/* Lets time pass until something has moved. */
static void move_once(struct ui *ui, const struct view *view) {
    int64_t begun_ms = stopped_ms;
    while (!ui_present(ui, view)) {
        stopped_ms += 10;
        assert_true(stopped_ms - begun_ms < 5000);
    }
}

static void the_ring_of_a_wait_moves_and_nothing_else(void **state) {
    (void)state;
    struct ui *ui = open_turned(0);
    struct view view = view_of("waiting");
    size_t size = (size_t)ui->width * (size_t)ui->height * sizeof(uint32_t);
    int changed = 0;
    stopped_ms = 0;
    assert_true(ui_present(ui, &view));
    assert_int_equal(ui->frame.mover_count, 1);
    for (int i = 0; i < 10; i++) {
        uint32_t *before = copy_of(ui);
        move_once(ui, &view);
        uint32_t *moved = copy_of(ui);
        changed += memcmp(before, moved, size) != 0;
        assert_true(ui->frame.words_length > 0);
        ui->presented.drawn = false; /* wholly new it is the same */
        assert_true(ui_present(ui, &view));
        uint32_t *whole = copy_of(ui);
        assert_memory_equal(moved, whole, size);
        free(before);
        free(moved);
        free(whole);
    }
    assert_int_equal(changed, 10);
    assert_true(ui_next_frame_ms(ui) >= 250); /* calm */
    view.mode.elder = true;                   /* there nothing moves */
    assert_true(ui_present(ui, &view));
    assert_int_equal(ui->frame.mover_count, 0);
    stopped_ms += 5000;
    assert_false(ui_present(ui, &view));
    stopped_ms = -1;
    ui_destroy(ui);
}

/* A screen without anything that moves stays as it is. */
static void what_stands_still_is_not_drawn_again(void **state) {
    (void)state;
    struct ui *ui = open_turned(0);
    struct view view = view_of("identify-all");
    stopped_ms = 0;
    assert_true(ui_present(ui, &view));
    for (; stopped_ms < 10000; stopped_ms += 100)
        assert_false(ui_present(ui, &view));
    assert_int_equal(ui->frame.mover_count, 0);
    assert_int_equal(ui->presented.phase, 0);
    stopped_ms = -1;
    ui_destroy(ui);
}

static void a_touch_hits_what_was_presented(void **state) {
    (void)state;
    struct ui *ui = open_turned(0);
    struct view bills = view_of("bills");
    struct ui_input input;
    assert_true(ui_present(ui, &bills));
    const struct frame_touch *row = frame_find(ui_frame(ui), (struct touch){TOUCH_BILL, 2});
    assert_non_null(row);
    assert_true(ui_touch_at(ui, row->rect.x + 5, row->rect.y + 5, &input));
    assert_int_equal(input.kind, UI_INPUT_TOUCH);
    assert_int_equal(input.screen, SCREEN_BILLS);
    assert_int_equal(input.revision, bills.revision);
    assert_int_equal(input.touch.kind, TOUCH_BILL);
    assert_int_equal(input.touch.n, 2);
    assert_false(ui_touch_at(ui, 1, 1, &input));
    assert_int_equal(input.touch.kind, TOUCH_NONE);
    ui_destroy(ui);
}

static void what_is_off_cannot_be_touched(void **state) {
    (void)state;
    struct ui *ui = open_turned(0);
    struct view bills = view_of("bills");
    struct ui_input input;
    bills.of.bills.selected_count = 0;
    assert_true(ui_present(ui, &bills));
    assert_false(ui_touch_id(ui, (struct touch){TOUCH_PAY, 0}, &input));
    bills.of.bills.selected_count = 1;
    bills.revision++;
    assert_true(ui_present(ui, &bills));
    assert_true(ui_touch_id(ui, (struct touch){TOUCH_PAY, 0}, &input));
    ui_destroy(ui);
}

static void the_warning_leaves_nothing_else_to_touch(void **state) {
    (void)state;
    struct ui *ui = open_turned(0);
    struct view view = view_of("warning");
    struct ui_input input;
    assert_true(ui_present(ui, &view));
    assert_true(ui_touch_id(ui, (struct touch){TOUCH_EXTEND, 0}, &input));
    assert_false(ui_touch_id(ui, (struct touch){TOUCH_PAY, 0}, &input));
    assert_false(ui_touch_id(ui, (struct touch){TOUCH_BILL, 1}, &input));
    ui_destroy(ui);
}

static void what_is_shown_can_be_asked(void **state) {
    (void)state;
    struct ui *ui = open_turned(0);
    struct view view = view_of("result");
    assert_true(ui_present(ui, &view));
    assert_true(ui_shows(ui, "付好了"));
    assert_true(ui_shows(ui, "¥129.70"));
    assert_true(ui_shows(ui, "2026-11-20 11:24:36"));
    assert_false(ui_shows(ui, "钱退给您了"));
    ui_destroy(ui);
}

static void rare_characters_show_and_missing_ones_are_told_once(void **state) {
    (void)state;
    struct ui *ui = open_turned(0);
    struct view view = view_of("confirm-hidden");
    missing_count = 0;
    view.account.name = "𬭎𠮷";
    assert_true(ui_present(ui, &view));
    assert_int_equal(missing_count, 0);
    view.account.name = "\U000F1234";
    for (int i = 0; i < 3; i++) {
        view.revision++;
        assert_true(ui_present(ui, &view));
    }
    assert_int_equal(missing_count, 1);
    assert_int_equal(missing_last, 0xF1234);
    ui_destroy(ui);
}

/* How wide the text is drawn, and that nothing of it is missing. */
static int drawn_width(struct ui *ui, const char *name) {
    struct view view = view_of("confirm-hidden");
    view.account.name = name;
    missing_count = 0;
    assert_true(ui_present(ui, &view));
    assert_int_equal(missing_count, 0);
    for (int i = 0; i < ui->frame.text_count; i++)
        if (strncmp(ui->frame.words + ui->frame.texts[i].words, name, 4) == 0)
            return ui->frame.texts[i].rect.w;
    fail_msg("%s is not drawn", name);
    return 0;
}

/* Uyghur letters are joined: a name is narrower than its letters one by one. */
static void letters_are_joined_where_they_are_written_so(void **state) {
    static const char *const letters[] = {"ئ", "ا", "ب", "د", "ۇ", "ر", "ا", "خ", "م", "ا", "ن"};
    (void)state;
    if (access("/usr/share/fonts/truetype/noto/NotoSansArabic-Regular.ttf", R_OK) != 0)
        skip(); /* fonts-noto-core */
    struct ui *ui = open_turned(0);
    struct text_style style = {.size = T5, .weight = WEIGHT_BOLD};
    int alone = 0;
    assert_true(drawn_width(ui, "ئابدۇراخمان") > 0);
    for (size_t i = 0; i < sizeof letters / sizeof letters[0]; i++)
        alone += text_width(&ui->painter, &style, letters[i]);
    int joined = text_width(&ui->painter, &style, "ئابدۇراخمان");
    assert_true(joined > alone / 3 && joined < alone * 9 / 10);
    assert_true(drawn_width(ui, "བཀྲ་ཤིས") > 0);
    assert_true(drawn_width(ui, "Łukasz Żółć") > 0);
    ui_destroy(ui);
}

/* A Polish name is of one face: bold letters that the first font lacks are bold. */
static void letters_of_other_languages_are_as_bold(void **state) {
    (void)state;
    if (access("/usr/share/fonts/truetype/noto/NotoSans-Bold.ttf", R_OK) != 0)
        skip(); /* fonts-noto-core */
    struct ui *ui = open_turned(0);
    struct fonts *fonts = ui->painter.fonts;
    assert_true(fonts_glyph(fonts, WEIGHT_BOLD, 50, 0x17c)->advance !=
                fonts_glyph(fonts, WEIGHT_REGULAR, 50, 0x17c)->advance);
    ui_destroy(ui);
}

static void a_wait_ends_at_its_time_or_when_woken(void **state) {
    (void)state;
    struct ui *ui = open_turned(0);
    struct ui_input input;
    int64_t begun_ms = now_ms();
    assert_false(ui_wait(ui, 30, &input));
    assert_true(now_ms() - begun_ms >= 29);
    ui_wake(ui); /* before the wait: not lost */
    assert_false(ui_wait(ui, -1, &input));
    ui_destroy(ui);
}

static void *wake_soon(void *ui) {
    usleep(20000);
    ui_wake(ui);
    return NULL;
}

static void another_thread_ends_a_wait(void **state) {
    (void)state;
    struct ui *ui = open_turned(0);
    struct ui_input input;
    pthread_t thread;
    assert_int_equal(pthread_create(&thread, NULL, wake_soon, ui), 0);
    int64_t begun_ms = now_ms();
    assert_false(ui_wait(ui, 10000, &input));
    assert_true(now_ms() - begun_ms < 5000);
    pthread_join(thread, NULL);
    ui_destroy(ui);
}

static void without_assets_there_is_a_sentence(void **state) {
    (void)state;
    char error[256];
    struct ui_options options = {
        .headless = true, .width = 640, .height = 480, .assets_dir = "no/such"};
    assert_null(ui_create(&options, error, sizeof error));
    assert_non_null(strstr(error, "no/such"));
}

/* SDL takes what a display that is gone does not answer for keys that are down. */
static void what_was_pressed_on_a_display_that_is_gone_is_not_pressed_on_the_next(void **state) {
    (void)state;
    struct ui *ui = open_turned(0);
    const Uint32 pressed[] = {SDL_KEYDOWN, SDL_KEYUP, SDL_MOUSEBUTTONDOWN, SDL_FINGERDOWN};
    SDL_EventState(SDL_KEYDOWN, SDL_ENABLE);
    for (size_t i = 0; i < sizeof pressed / sizeof *pressed; i++)
        assert_int_equal(SDL_PushEvent(&(SDL_Event){.type = pressed[i]}), 1);
    assert_int_equal(SDL_PushEvent(&(SDL_Event){.type = ui->wake_event}), 1);
    ui_leave_display(ui);
    for (size_t i = 0; i < sizeof pressed / sizeof *pressed; i++)
        assert_false(SDL_HasEvent(pressed[i]));
    assert_true(SDL_HasEvent(ui->wake_event)); /* who woke it is heard */
    ui_destroy(ui);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_pressed_on_a_display_that_is_gone_is_not_pressed_on_the_next),
        cmocka_unit_test(nothing_is_drawn_when_nothing_changed),
        cmocka_unit_test(the_ring_of_a_wait_moves_and_nothing_else),
        cmocka_unit_test(what_stands_still_is_not_drawn_again),
        cmocka_unit_test(a_touch_hits_what_was_presented),
        cmocka_unit_test(what_is_off_cannot_be_touched),
        cmocka_unit_test(the_warning_leaves_nothing_else_to_touch),
        cmocka_unit_test(what_is_shown_can_be_asked),
        cmocka_unit_test(rare_characters_show_and_missing_ones_are_told_once),
        cmocka_unit_test(letters_are_joined_where_they_are_written_so),
        cmocka_unit_test(letters_of_other_languages_are_as_bold),
        cmocka_unit_test(a_wait_ends_at_its_time_or_when_woken),
        cmocka_unit_test(another_thread_ends_a_wait),
        cmocka_unit_test(without_assets_there_is_a_sentence),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
