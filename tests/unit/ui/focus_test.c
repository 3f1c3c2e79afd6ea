/* links: house tests/support/samples/ */
/* Keys alone: everything is reached, the ring shows where it is, and a key presses once. */
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

static const SDL_Keycode arrows[] = {SDLK_UP, SDLK_DOWN, SDLK_LEFT, SDLK_RIGHT};

static struct ui *open_on(const struct panel *panel, bool headless) {
    char error[256];
    struct ui_options options = panel_options(panel);
    options.headless = headless;
    setenv("SDL_VIDEODRIVER", "dummy", 1);
    struct ui *ui = ui_create(&options, error, sizeof error);
    if (!ui)
        fail_msg("%s", error);
    SDL_Event event;
    while (!headless && SDL_PollEvent(&event)) {
    }
    return ui;
}

static struct view view_of(const char *name) {
    struct view view;
    assert_non_null(sample_named(name));
    sample_view(sample_named(name), &panels[0], VIEW_ZH, (struct view_mode){0}, &view);
    return view;
}

static int index_of(const struct frame *frame, struct choice choice) {
    const struct frame_touch *found = frame_chosen(frame, choice);
    return found ? (int)(found - frame->touches) : -1;
}

static bool is_for_keys(const struct frame_touch *at) {
    return at->touch.kind != TOUCH_STAFF;
}

static int press(struct ui *ui, SDL_Keycode code) {
    struct ui_input input = {0};
    SDL_Keysym key = {.sym = code};
    assert_true(focus_takes(ui, &key, &input));
    assert_int_equal(input.kind, UI_INPUT_TOUCH); /* a sign of life, and no more */
    assert_int_equal(input.touch.kind, TOUCH_NONE);
    return index_of(&ui->frame, ui->focus.on);
}

static void choose(struct ui *ui, int i) {
    struct touch touch = ui->frame.touches[i].touch;
    ui->focus = (struct focus){{touch, frame_count(&ui->frame, touch, i)}, ui->presented.screen};
}

/* Wherever the ring stands, the arrows take it on to what has not been seen. */
static void walk(struct ui *ui, int from, bool *seen) {
    seen[from] = true;
    for (size_t i = 0; i < sizeof arrows / sizeof arrows[0]; i++) {
        choose(ui, from);
        int to = press(ui, arrows[i]);
        if (!seen[to])
            walk(ui, to, seen);
    }
}

static void check_reached(const struct ui *ui, const char *sample, const char *keys,
                          const bool *seen) {
    for (int i = 0; i < ui->frame.touch_count; i++)
        if (is_for_keys(&ui->frame.touches[i]) && !seen[i])
            fail_msg("%s: touch %d.%d is not reached by %s", sample,
                     ui->frame.touches[i].touch.kind, ui->frame.touches[i].touch.n, keys);
}

static bool offers_keys(const struct frame *frame) {
    for (int i = 0; i < frame->touch_count; i++)
        if (is_for_keys(&frame->touches[i]))
            return true;
    return false;
}

static void check_keys(struct ui *ui, const char *sample) {
    bool by_arrows[FRAME_TOUCHES_MAX] = {false}, by_tab[FRAME_TOUCHES_MAX] = {false};
    if (!offers_keys(&ui->frame))
        return;
    ui->focus = (struct focus){0};
    walk(ui, press(ui, SDLK_DOWN), by_arrows);
    check_reached(ui, sample, "arrows", by_arrows);
    ui->focus = (struct focus){0};
    for (int at = press(ui, SDLK_TAB); !by_tab[at]; at = press(ui, SDLK_TAB))
        by_tab[at] = true;
    check_reached(ui, sample, "tab", by_tab);
    ui->focus = (struct focus){0};
}

static void everything_is_reached_by_keys(void **state) {
    (void)state;
    for (int p = 0; p < panel_count; p++) {
        struct ui *ui = open_on(&panels[p], true);
        for (int m = 0; m < sample_mode_count; m++)
            for (int i = 0; i < sample_count(); i++) {
                struct view view;
                sample_view(sample_at(i), &panels[p], VIEW_EN, sample_modes[m].mode, &view);
                view.revision = (uint32_t)(m * sample_count() + i + 1);
                ui_present(ui, &view);
                check_keys(ui, sample_at(i)->name);
            }
        ui_destroy(ui);
    }
}

/* Above, below, left and right of it. */
static void check_ring(struct ui *ui, const char *sample, const struct view *view, int i) {
    struct frame_touch at = ui->frame.touches[i];
    rgb lit = palettes[view->mode.dark ? PALETTE_DARK : PALETTE_LIGHT][COLOUR_LIT];
    int out = mm(&ui->painter, 1.2f), x = at.rect.x + at.rect.w / 2, y = at.rect.y + at.rect.h / 2;
    const int places[][2] = {{x, at.rect.y - out},
                             {x, at.rect.y + at.rect.h + out},
                             {at.rect.x - out, y},
                             {at.rect.x + at.rect.w + out, y}};
    choose(ui, i);
    assert_true(ui_present(ui, view));
    for (size_t k = 0; k < sizeof places / sizeof places[0]; k++)
        if (canvas_pixel(&ui->painter.canvas, places[k][0], places[k][1]) != lit)
            fail_msg("%s: no ring at %d,%d around %d.%d", sample, places[k][0], places[k][1],
                     at.touch.kind, at.touch.n);
}

static void the_ring_is_seen_around_everything(void **state) {
    (void)state;
    for (int p = 0; p < panel_count; p++) {
        struct ui *ui = open_on(&panels[p], true);
        for (int i = 0; i < sample_count(); i++) {
            struct view view;
            sample_view(sample_at(i), &panels[p], VIEW_ZH, (struct view_mode){.dark = i % 2 == 1},
                        &view);
            view.revision = (uint32_t)(i + 1);
            ui->focus = (struct focus){0};
            ui_present(ui, &view);
            for (int t = 0; t < ui->frame.touch_count; t++)
                if (is_for_keys(&ui->frame.touches[t]))
                    check_ring(ui, sample_at(i)->name, &view, t);
        }
        ui_destroy(ui);
    }
}

static void push_key(SDL_Keycode code, int repeat) {
    SDL_Event event = {.key = {.type = SDL_KEYDOWN, .repeat = (Uint8)repeat, .keysym.sym = code}};
    assert_int_equal(SDL_PushEvent(&event), 1);
}

/* Without a ring Enter goes on, with one it presses what is chosen; held down it acts once. */
static void a_key_presses_what_is_chosen_once(void **state) {
    (void)state;
    struct ui *ui = open_on(&panels[0], false);
    struct view view = view_of("bills");
    struct ui_input input;
    assert_true(ui_present(ui, &view));
    push_key(SDLK_RETURN, 0);
    assert_true(ui_wait(ui, 1000, &input));
    assert_int_equal(input.kind, UI_INPUT_KEY);
    assert_int_equal(input.key, '\n');
    push_key(SDLK_TAB, 0);
    assert_true(ui_wait(ui, 1000, &input));
    assert_int_equal(input.touch.kind, TOUCH_NONE);
    assert_true(ui_present(ui, &view));
    struct touch chosen = ui->focus.on.touch;
    push_key(SDLK_RETURN, 0);
    push_key(SDLK_RETURN, 1);
    push_key(SDLK_SPACE, 1);
    assert_true(ui_wait(ui, 1000, &input));
    assert_int_equal(input.kind, UI_INPUT_TOUCH);
    assert_int_equal(input.touch.kind, chosen.kind);
    assert_int_equal(input.touch.n, chosen.n);
    assert_int_equal(input.revision, view.revision);
    assert_false(ui_wait(ui, 20, &input));
    assert_false(ui_present(ui, &view));
    ui_destroy(ui);
}

/* The terminal's own keypad: its keys move the ring though no keyboard is heard; what is neither is
 * typed. */
static void a_keypad_moves_the_ring(void **state) {
    (void)state;
    struct ui *ui = open_on(&panels[0], true);
    struct view view = view_of("bills");
    struct ui_input input;
    assert_true(ui_present(ui, &view));
    assert_false(ui_key(ui, '7', &input));
    assert_false(ui_key(ui, '\n', &input)); /* without a ring Enter goes on */
    assert_true(ui_key(ui, UI_KEY_NEXT, &input));
    assert_int_equal(input.touch.kind, TOUCH_NONE);
    assert_int_equal(input.revision, view.revision);
    assert_true(ui_present(ui, &view));
    struct touch first = ui->focus.on.touch;
    assert_true(ui_key(ui, UI_KEY_DOWN, &input));
    assert_true(ui_present(ui, &view));
    assert_true(ui->focus.on.touch.kind != first.kind || ui->focus.on.touch.n != first.n);
    struct touch chosen = ui->focus.on.touch;
    assert_true(ui_key(ui, '\n', &input));
    assert_int_equal(input.touch.kind, chosen.kind);
    assert_int_equal(input.touch.n, chosen.n);
    assert_true(ui_key(ui, UI_KEY_AGAIN, &input));
    assert_int_equal(input.touch.kind, TOUCH_NONE);
    ui_destroy(ui);
}

/* The next screen, the next patient and a finger know nothing of it. */
static void the_ring_ends_with_its_screen_or_with_a_finger(void **state) {
    (void)state;
    struct ui *ui = open_on(&panels[0], true);
    struct view bills = view_of("bills"), welcome = view_of("welcome");
    assert_true(ui_present(ui, &bills));
    press(ui, SDLK_TAB);
    assert_true(ui_present(ui, &bills));
    assert_true(ui_present(ui, &welcome));
    assert_true(ui_present(ui, &bills));
    assert_int_equal(ui->painter.focus.touch.kind, TOUCH_NONE);
    ui_destroy(ui);

    ui = open_on(&panels[0], false);
    struct ui_input input;
    assert_true(ui_present(ui, &bills));
    press(ui, SDLK_TAB);
    assert_true(ui_present(ui, &bills));
    SDL_Event down = {
        .button = {.type = SDL_MOUSEBUTTONDOWN, .button = SDL_BUTTON_LEFT, .x = 1, .y = 1}};
    assert_int_equal(SDL_PushEvent(&down), 1);
    assert_true(ui_wait(ui, 1000, &input));
    assert_true(ui_present(ui, &bills));
    assert_int_equal(ui->painter.focus.touch.kind, TOUCH_NONE);
    ui_destroy(ui);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(everything_is_reached_by_keys),
        cmocka_unit_test(the_ring_is_seen_around_everything),
        cmocka_unit_test(a_key_presses_what_is_chosen_once),
        cmocka_unit_test(a_keypad_moves_the_ring),
        cmocka_unit_test(the_ring_ends_with_its_screen_or_with_a_finger),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
