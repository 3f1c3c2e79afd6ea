/* links: house tests/support/samples/ */
/* Where lines of text stand: blanks at their ends take no room, and joined letters stay in their
 * box. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/samples/samples.h"
#include "ui/text.h"
#include "ui/window/window.h"

static struct ui *ui;

static int open_ui(void **state) {
    (void)state;
    char error[256];
    const struct panel *panel = &panels[0];
    struct ui_options options = panel_options(panel);
    struct view view;
    ui = ui_create(&options, error, sizeof error);
    if (!ui)
        fail_msg("%s", error);
    sample_view(sample_at(0), panel, VIEW_ZH, (struct view_mode){0}, &view);
    ui_present(ui, &view);
    return 0;
}

static int close_ui(void **state) {
    (void)state;
    ui_destroy(ui);
    return 0;
}

static const struct text_style plain = {.size = T2, .ink = COLOUR_INK};

/* Draws it into a box; returns how many lines it took. */
static int draw_in(struct rect box, enum align align, const char *text) {
    struct text_style style = plain;
    style.align = align;
    frame_clear(&ui->frame);
    text_draw(&ui->painter, box, &style, text);
    for (int i = 0; i < ui->frame.text_count; i++) {
        struct rect line = ui->frame.texts[i].rect;
        if (line.x < box.x || line.x + line.w > box.x + box.w)
            fail_msg("\"%s\": %d..%d leaves its box %d..%d", text, line.x, line.x + line.w, box.x,
                     box.x + box.w);
    }
    return ui->frame.text_count;
}

static void blanks_at_the_end_of_a_line_take_no_room(void **state) {
    (void)state;
    const struct rect box = {100, 100, 600, 400};
    const char *const texts[] = {"word", "word   ", "word   \nword", "word  \n  \nword"};
    int width = text_width(&ui->painter, &plain, "word");
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        draw_in(box, ALIGN_CENTRE, texts[i]);
        assert_int_equal(ui->frame.texts[0].rect.x, box.x + (box.w - width) / 2);
        assert_int_equal(ui->frame.texts[0].rect.w, width);
        draw_in(box, ALIGN_RIGHT, texts[i]);
        assert_int_equal(ui->frame.texts[0].rect.x + width, box.x + box.w);
    }
    /* Where a line is wrapped at a blank, too. */
    struct rect narrow = {100, 100, text_width(&ui->painter, &plain, "many word") + 5, 400};
    assert_int_equal(draw_in(narrow, ALIGN_RIGHT, "many many many"), 3);
    width = text_width(&ui->painter, &plain, "many");
    for (int i = 0; i < 3; i++)
        assert_int_equal(ui->frame.texts[i].rect.x + width, narrow.x + narrow.w);
}

static void blanks_and_line_breaks_are_kept_apart(void **state) {
    (void)state;
    assert_int_equal(draw_in((struct rect){0, 0, 600, 400}, ALIGN_LEFT, "one \ntwo"), 2);
    assert_int_equal(draw_in((struct rect){0, 0, 600, 400}, ALIGN_LEFT, "one\n\ntwo"), 3);
    assert_int_equal(draw_in((struct rect){0, 0, 600, 400}, ALIGN_LEFT, "   "), 1);
    assert_int_equal(draw_in((struct rect){0, 0, 600, 400}, ALIGN_LEFT, "one  two"), 1);
}

#define NAME "ئابدۇراخمان مەمەت"
#define LONG_WORD "ئابدۇراخمانئابدۇراخمانئابدۇراخمان"

/* A joined name is parted between its words, and a word that is too long inside. */
static void joined_letters_stay_in_their_box(void **state) {
    (void)state;
    int whole = text_width(&ui->painter, &plain, NAME);
    assert_int_equal(draw_in((struct rect){50, 50, whole, 400}, ALIGN_CENTRE, NAME), 1);
    assert_int_equal(draw_in((struct rect){50, 50, whole - 1, 400}, ALIGN_CENTRE, NAME), 2);
    assert_true(frame_shows(&ui->frame, NAME));
    for (int width = 60; width < 700; width += 37) {
        draw_in((struct rect){50, 50, width, 900}, ALIGN_LEFT, "患者 " NAME " " LONG_WORD "。");
        draw_in((struct rect){50, 50, width, 900}, ALIGN_RIGHT, LONG_WORD "\n" NAME);
        draw_in((struct rect){50, 50, width, text_line(&ui->painter, T2)}, ALIGN_RIGHT, NAME);
    }
    assert_true(draw_in((struct rect){50, 50, 200, 900}, ALIGN_LEFT, LONG_WORD) > 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(blanks_at_the_end_of_a_line_take_no_room),
        cmocka_unit_test(blanks_and_line_breaks_are_kept_apart),
        cmocka_unit_test(joined_letters_stay_in_their_box),
    };
    return cmocka_run_group_tests(tests, open_ui, close_ui);
}
