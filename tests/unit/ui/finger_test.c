/* links: house tests/support/samples/ */
/* Fingers on glass, upright and turned: what looks touched, what acts, what is shown where. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/samples/samples.h"
#include "ui/frame.h"
#include "ui/window/window.h"

static struct ui *open_panel(bool headless, int rotation) {
    char error[256];
    struct ui_options options = {.headless = headless,
                                 .width = 1080,
                                 .height = 1920,
                                 .panel_width_mm = 268,
                                 .panel_height_mm = 476,
                                 .rotation = rotation,
                                 .assets_dir = "assets"};
    struct ui *ui = ui_create(&options, error, sizeof error);
    if (!ui)
        fail_msg("%s", error);
    return ui;
}

static struct ui *open_turned(int rotation) {
    return open_panel(true, rotation);
}

static struct view view_of(const char *name) {
    struct view view;
    assert_non_null(sample_named(name));
    sample_view(sample_named(name), &panels[0], VIEW_ZH, (struct view_mode){0}, &view);
    return view;
}

/* The window as glass shows it, as large as the display that is not there lets it be. */
static struct ui *open_glass(int rotation) {
    setenv("SDL_VIDEODRIVER", "dummy", 1);
    struct ui *ui = open_panel(false, rotation);
    SDL_Event event;
    while (SDL_PollEvent(&event)) {
    }
    return ui;
}

static void finger(Uint32 type, int x, int y) {
    SDL_Event event = {.type = type};
    if (type == SDL_MOUSEMOTION) {
        event.motion.x = x;
        event.motion.y = y;
    } else {
        event.button =
            (SDL_MouseButtonEvent){.type = type, .button = SDL_BUTTON_LEFT, .x = x, .y = y};
    }
    assert_int_equal(SDL_PushEvent(&event), 1);
}

static struct rect place_of(const struct ui *ui, enum touch_kind kind, int n) {
    const struct frame_touch *found = frame_find(ui_frame(ui), (struct touch){kind, n});
    assert_non_null(found);
    return found->rect;
}

static void a_finger_acts_where_it_comes_up_again(void **state) {
    (void)state;
    struct ui *ui = open_glass(0);
    struct view view = view_of("bills");
    struct ui_input input;
    assert_true(ui_present(ui, &view));
    struct rect pay = place_of(ui, TOUCH_PAY, 0);
    rgb before = canvas_pixel(&ui->painter.canvas, pay.x + 30, pay.y + 8);
    finger(SDL_MOUSEBUTTONDOWN, pay.x + 9, pay.y + 9);
    assert_false(ui_wait(ui, 1000, &input)); /* nothing has happened yet */
    assert_true(ui_present(ui, &view));      /* but it looks touched */
    assert_int_not_equal(canvas_pixel(&ui->painter.canvas, pay.x + 30, pay.y + 8), before);
    finger(SDL_MOUSEMOTION, pay.x + 40, pay.y + 20);
    finger(SDL_MOUSEBUTTONUP, pay.x + 40, pay.y + 20);
    assert_true(ui_wait(ui, 1000, &input));
    assert_int_equal(input.kind, UI_INPUT_TOUCH);
    assert_int_equal(input.touch.kind, TOUCH_PAY);
    assert_int_equal(input.revision, view.revision);
    assert_true(ui_present(ui, &view));
    assert_int_equal(canvas_pixel(&ui->painter.canvas, pay.x + 30, pay.y + 8), before);
    ui_destroy(ui);
}

static void a_finger_that_slides_off_changed_its_mind(void **state) {
    (void)state;
    struct ui *ui = open_glass(0);
    struct view view = view_of("bills");
    struct ui_input input;
    assert_true(ui_present(ui, &view));
    struct rect pay = place_of(ui, TOUCH_PAY, 0);
    finger(SDL_MOUSEBUTTONDOWN, pay.x + 9, pay.y + 9);
    assert_false(ui_wait(ui, 1000, &input));
    finger(SDL_MOUSEMOTION, pay.x + 9, pay.y - 9);
    assert_false(ui_wait(ui, 1000, &input));
    finger(SDL_MOUSEMOTION, pay.x + 9, pay.y + 9);
    finger(SDL_MOUSEBUTTONUP, pay.x + 9, pay.y + 9);
    assert_false(ui_wait(ui, 20, &input));
    ui_destroy(ui);
}

/* What the finger is on is no longer what the patient saw. */
static void a_frame_that_changes_under_a_finger_takes_no_touch(void **state) {
    (void)state;
    struct ui *ui = open_glass(0);
    struct view view = view_of("bills");
    struct ui_input input;
    assert_true(ui_present(ui, &view));
    struct rect pay = place_of(ui, TOUCH_PAY, 0);
    finger(SDL_MOUSEBUTTONDOWN, pay.x + 9, pay.y + 9);
    assert_false(ui_wait(ui, 1000, &input));
    view.revision++;
    view.of.bills.selected_fen *= 2;
    assert_true(ui_present(ui, &view));
    finger(SDL_MOUSEBUTTONUP, pay.x + 9, pay.y + 9);
    assert_false(ui_wait(ui, 20, &input));
    ui_destroy(ui);
}

/* Where the upright pixel x, y stands in a window turned clockwise. */
static void turned_place(int rotation, int width, int height, int x, int y, int *to_x, int *to_y) {
    *to_x = rotation == 90 ? height - 1 - y : rotation == 180 ? width - 1 - x : rotation ? y : x;
    *to_y = rotation == 90 ? x : rotation == 180 ? height - 1 - y : rotation ? width - 1 - x : y;
}

static void a_turned_panel_shows_the_same_pixels(void **state) {
    (void)state;
    struct view view = view_of("bills");
    struct ui *upright = open_turned(0);
    assert_true(ui_present(upright, &view));
    size_t size = 1080 * 1920 * sizeof(uint32_t);
    uint32_t *pixels = malloc(size);
    assert_non_null(pixels);
    for (int y = 0; y < 1920; y++)
        for (int x = 0; x < 1080; x++)
            pixels[y * 1080 + x] = canvas_pixel(&upright->painter.canvas, x, y);
    ui_destroy(upright);
    for (int rotation = 90; rotation < 360; rotation += 90) {
        struct ui *ui = open_turned(rotation);
        assert_true(ui_present(ui, &view));
        SDL_Surface *window = SDL_GetWindowSurface(ui->window);
        assert_int_equal(window->w, rotation == 180 ? 1080 : 1920);
        int different = 0;
        for (int y = 0; y < 1920; y++)
            for (int x = 0; x < 1080; x++) {
                int to_x, to_y;
                turned_place(rotation, 1080, 1920, x, y, &to_x, &to_y);
                const char *row = (const char *)window->pixels + to_y * window->pitch;
                different += (((const uint32_t *)row)[to_x] & 0xffffff) != pixels[y * 1080 + x];
            }
        assert_int_equal(different, 0);
        ui_destroy(ui);
    }
    free(pixels);
}

static void a_turned_panel_is_touched_where_it_shows(void **state) {
    (void)state;
    struct view view = view_of("bills");
    for (int rotation = 0; rotation < 360; rotation += 90) {
        struct ui *ui = open_glass(rotation);
        struct ui_input input;
        int x, y;
        assert_true(ui_present(ui, &view));
        struct rect row = place_of(ui, TOUCH_BILL, 2);
        turned_place(rotation, ui->width, ui->height, row.x + 7, row.y + 3, &x, &y);
        finger(SDL_MOUSEBUTTONDOWN, x, y);
        assert_false(ui_wait(ui, 1000, &input));
        finger(SDL_MOUSEBUTTONUP, x, y);
        assert_true(ui_wait(ui, 1000, &input));
        assert_int_equal(input.touch.kind, TOUCH_BILL);
        assert_int_equal(input.touch.n, 2);
        ui_destroy(ui);
    }
}

static int black_count(const struct ui *ui) {
    SDL_Surface *window = SDL_GetWindowSurface(ui->window);
    int black = 0;
    for (int y = 0; y < window->h; y++) {
        const uint32_t *row = (const uint32_t *)((const char *)window->pixels + y * window->pitch);
        for (int x = 0; x < window->w; x++)
            black += (row[x] & 0xffffff) == 0;
    }
    return black;
}

/* What comes of a window that somebody else made larger, smaller, or by one pixel other. */
static void resize(struct ui *ui, int width, int height) {
    SDL_SetWindowSize(ui->window, width, height);
    SDL_Event event = {.window = {.type = SDL_WINDOWEVENT,
                                  .windowID = SDL_GetWindowID(ui->window),
                                  .event = SDL_WINDOWEVENT_SIZE_CHANGED,
                                  .data1 = width,
                                  .data2 = height}};
    SDL_PushEvent(&event);
}

/* Between the display that went and the one that came nothing can be touched; then all of it is
 * there again. */
static void a_display_that_goes_and_comes_back_is_filled(void **state) {
    static const Uint8 changes[] = {SDL_DISPLAYEVENT_DISCONNECTED, SDL_DISPLAYEVENT_CONNECTED,
                                    SDL_DISPLAYEVENT_ORIENTATION};
    (void)state;
    for (int whole = 0; whole < 2; whole++) {
        char error[256];
        struct ui_options options = {.full_screen = whole,
                                     .width = 1080,
                                     .height = 1920,
                                     .panel_width_mm = 268,
                                     .panel_height_mm = 476,
                                     .assets_dir = "assets"};
        setenv("SDL_VIDEODRIVER", "dummy", 1);
        struct ui *ui = ui_create(&options, error, sizeof error);
        assert_non_null(ui);
        struct view view = view_of("bills");
        struct ui_input input;
        while (ui_wait(ui, 10, &input)) {
        }
        assert_true(ui_present(ui, &view));
        int width = ui->width, height = ui->height;
        for (size_t i = 0; i < sizeof changes / sizeof changes[0]; i++) {
            SDL_Event event = {.display = {.type = SDL_DISPLAYEVENT, .event = changes[i]}};
            assert_true(ui_touch_id(ui, (struct touch){TOUCH_PAY, 0}, &input));
            SDL_PushEvent(&event);
            assert_true(ui_wait(ui, 1000, &input));
            assert_int_equal(input.kind, UI_INPUT_EXPOSED);
            assert_false(ui_touch_id(ui, (struct touch){TOUCH_PAY, 0}, &input));
            while (ui_wait(ui, 10, &input)) {
            }
            assert_true(ui_present(ui, &view));
            assert_true(ui_frame(ui)->touch_count > 5);
            SDL_Rect bounds = {0, 0, width, height};
            if (whole)
                SDL_GetDisplayBounds(0, &bounds);
            assert_int_equal(ui->width, bounds.w);
            assert_int_equal(ui->height, bounds.h);
        }
        ui_destroy(ui);
    }
}

static void a_window_of_another_size_is_filled(void **state) {
    static const struct {
        int width, height;
    } sizes[] = {{1080, 1919}, {1079, 1920}, {720, 1280}, {1920, 1080}, {1080, 1920}};
    (void)state;
    for (int rotation = 0; rotation < 360; rotation += 90) {
        struct ui *ui = open_glass(rotation);
        struct view view = view_of("bills");
        assert_true(ui_present(ui, &view));
        for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
            struct ui_input input;
            resize(ui, sizes[i].width, sizes[i].height);
            while (ui_wait(ui, 10, &input)) {
            }
            assert_true(ui_present(ui, &view)); /* though the view is the same */
            assert_false(ui_present(ui, &view));
            assert_true(black_count(ui) < sizes[i].width * sizes[i].height / 10);
            struct rect pay = place_of(ui, TOUCH_PAY, 0);
            assert_true(pay.x >= 0 && pay.x + pay.w <= ui->width && pay.y + pay.h <= ui->height);
            int x, y;
            turned_place(rotation, ui->width, ui->height, pay.x + 9, pay.y + 9, &x, &y);
            finger(SDL_MOUSEBUTTONDOWN, x, y);
            assert_false(ui_wait(ui, 1000, &input));
            finger(SDL_MOUSEBUTTONUP, x, y);
            assert_true(ui_wait(ui, 1000, &input));
            assert_int_equal(input.touch.kind, TOUCH_PAY);
        }
        ui_destroy(ui);
    }
}

/* Between the change and the next frame there is nothing to touch, by finger or by name. */
static void what_is_not_shown_cannot_be_touched(void **state) {
    (void)state;
    struct ui *ui = open_glass(0);
    struct view view = view_of("pay_qr");
    struct ui_input input;
    assert_true(ui_present(ui, &view));
    struct rect cancel = place_of(ui, TOUCH_CANCEL, 0);
    resize(ui, 1080, 1919);
    finger(SDL_MOUSEBUTTONDOWN, cancel.x + 9, cancel.y + 9);
    finger(SDL_MOUSEBUTTONUP, cancel.x + 9, cancel.y + 9);
    while (ui_wait(ui, 20, &input))
        assert_true(input.kind != UI_INPUT_TOUCH || input.touch.kind == TOUCH_NONE);
    assert_false(ui_touch_id(ui, (struct touch){TOUCH_CANCEL, 0}, &input));
    assert_false(ui_shows(ui, "¥"));
    assert_true(ui_present(ui, &view));
    assert_true(ui_touch_id(ui, (struct touch){TOUCH_CANCEL, 0}, &input));
    ui_destroy(ui);
}

/* A display without a window to draw on for a while: the program asks again, calmly. */
static void a_display_that_is_not_there_is_waited_for(void **state) {
    (void)state;
    struct ui *ui = open_glass(0);
    struct view view = view_of("pay_qr");
    struct ui_input input;
    assert_true(ui_present(ui, &view));
    ui_lose_frame(ui);
    assert_true(ui_next_frame_ms(ui) >= 100);
    assert_false(ui_touch_id(ui, (struct touch){TOUCH_CANCEL, 0}, &input));
    assert_true(ui_present(ui, &view));
    assert_true(ui_touch_id(ui, (struct touch){TOUCH_CANCEL, 0}, &input));
    ui_destroy(ui);
}

/* However the configuration turns the panel's millimetres, what lies is measured as it lies. */
static void millimetres_are_turned_with_the_panel(void **state) {
    char error[256];
    struct ui_options options = {.headless = true,
                                 .width = 1920,
                                 .height = 1080,
                                 .panel_width_mm = 268,
                                 .panel_height_mm = 476,
                                 .assets_dir = "assets"};
    (void)state;
    struct ui *ui = ui_create(&options, error, sizeof error);
    assert_non_null(ui);
    assert_true(ui_is_wide(ui));
    assert_true(ui->painter.px_per_mm > 4.0f && ui->painter.px_per_mm < 4.1f);
    ui_destroy(ui);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_finger_acts_where_it_comes_up_again),
        cmocka_unit_test(a_finger_that_slides_off_changed_its_mind),
        cmocka_unit_test(a_frame_that_changes_under_a_finger_takes_no_touch),
        cmocka_unit_test(a_turned_panel_shows_the_same_pixels),
        cmocka_unit_test(a_turned_panel_is_touched_where_it_shows),
        cmocka_unit_test(a_window_of_another_size_is_filled),
        cmocka_unit_test(a_display_that_goes_and_comes_back_is_filled),
        cmocka_unit_test(what_is_not_shown_cannot_be_touched),
        cmocka_unit_test(a_display_that_is_not_there_is_waited_for),
        cmocka_unit_test(millimetres_are_turned_with_the_panel),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
