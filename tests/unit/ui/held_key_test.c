/* links: house tests/support/samples/ */
/* The key that gives money back at the desk has to be held for a second: looked at however late,
 * only a key that is still down counts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/samples/samples.h"
#include "ui/window/window.h"

#define MORE_MS (DESK_HOLD_MS + 50)

static void show_refund(struct ui *ui, uint32_t revision) {
    const struct sample *sample;
    struct view view;
    int n = 0;
    while ((sample = desk_sample_at(n)) != NULL && strcmp(sample->name, "desk-refund") != 0)
        n++;
    assert_non_null(sample);
    sample_view(sample, &desk_panels[0], VIEW_ZH, (struct view_mode){0}, &view);
    view.revision = revision;
    assert_true(ui_present(ui, &view));
}

static int open_refund(void **state) {
    char error[256];
    struct ui_options options = panel_options(&desk_panels[0]);
    SDL_Event event;
    setenv("SDL_VIDEODRIVER", "dummy", 1);
    options.headless = false;
    struct ui *ui = ui_create(&options, error, sizeof error);
    if (!ui)
        fail_msg("%s", error);
    while (SDL_PollEvent(&event)) {
    }
    show_refund(ui, 1);
    *state = ui;
    return 0;
}

static int close_refund(void **state) {
    ui_destroy(*state);
    return 0;
}

static void push(Uint32 type, int repeat) {
    SDL_Event event = {.key = {.type = type, .repeat = (Uint8)repeat, .keysym.sym = SDLK_F7}};
    assert_int_equal(SDL_PushEvent(&event), 1);
}

/* All that waits is heard; does it give back? */
static bool gives_back(struct ui *ui, int wait_ms) {
    struct ui_input input;
    for (int i = 0; i < 4; i++)
        if (ui_wait(ui, wait_ms, &input) && input.kind == UI_INPUT_TOUCH) {
            assert_int_equal(input.touch.kind, TOUCH_FUNCTION);
            assert_int_equal(input.touch.n, 7);
            return true;
        }
    return false;
}

static void a_key_that_stays_down_gives_back_once(void **state) {
    struct ui *ui = *state;
    push(SDL_KEYDOWN, 0);
    uint64_t since = SDL_GetTicks64();
    assert_true(gives_back(ui, 60000)); /* a keyboard that repeats nothing */
    assert_in_range(SDL_GetTicks64() - since, DESK_HOLD_MS - 20, 59000);
    push(SDL_KEYDOWN, 1);
    assert_false(gives_back(ui, MORE_MS));
}

/* The program was busy for a second, and the key came up in it. */
static void a_key_that_was_let_go_of_gives_nothing_back(void **state) {
    struct ui *ui = *state;
    for (int repeats = 0; repeats < 2; repeats++) {
        push(SDL_KEYDOWN, 0);
        assert_false(gives_back(ui, 0));
        SDL_Delay(MORE_MS);
        if (repeats)
            push(SDL_KEYDOWN, 1);
        push(SDL_KEYUP, 0);
        assert_false(gives_back(ui, 0));
        assert_false(gives_back(ui, 0));
    }
}

static void what_is_shown_anew_is_held_anew(void **state) {
    struct ui *ui = *state;
    push(SDL_KEYDOWN, 0);
    assert_false(gives_back(ui, 0));
    show_refund(ui, 2);
    SDL_Delay(MORE_MS);
    push(SDL_KEYDOWN, 1);
    assert_false(gives_back(ui, 10));
    push(SDL_KEYUP, 0);
    push(SDL_KEYDOWN, 0);
    assert_true(gives_back(ui, 60000));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_key_that_stays_down_gives_back_once, open_refund,
                                        close_refund),
        cmocka_unit_test_setup_teardown(a_key_that_was_let_go_of_gives_nothing_back, open_refund,
                                        close_refund),
        cmocka_unit_test_setup_teardown(what_is_shown_anew_is_held_anew, open_refund, close_refund),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
