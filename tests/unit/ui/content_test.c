/* links: house tests/support/samples/ */
/* What a screen shows of its content: names whole and said once, nothing that is not there, the
 * machine as it stands. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "tests/unit/ui/panel_story.h"

/* A short word takes the place of a long one; a name is not cut beside empty space. */
static void long_names_find_room(void **state) {
    static const char *const names[] = {"买买提·艾力·吐尔逊江·玉*提", "Wolfeschlegel*stein",
                                        "阿卜杜热合曼·阿卜杜*莫"};
    (void)state;
    for (int i = 0; i < panel_count; i++) {
        struct ui *ui = open_panel(&panels[i]);
        for (size_t j = 0; j < sizeof names / sizeof names[0]; j++)
            for (int elder = 0; elder < 2; elder++) {
                struct view view = view_in("bills", (struct view_mode){.elder = elder});
                view.account.name = names[j];
                assert_true(ui_present(ui, &view));
                if (!ui_shows(ui, names[j]))
                    fail_msg("%s is cut on %s", names[j], panels[i].name);
                assert_int_equal(count_of(ui, TOUCH_HOME), 1);
            }
        ui_destroy(ui);
    }
}

static bool has_whole_text(const struct ui *ui, const char *text) {
    const struct frame *frame = ui_frame(ui);
    size_t length = strlen(text);
    for (int i = 0; i < frame->text_count; i++) {
        const char *words = frame->words + frame->texts[i].words;
        if (strncmp(words, text, length) == 0 && words[length] == '\n')
            return true;
    }
    return false;
}

/* "The money is where the coin is" is said where a coin is drawn, and nowhere else. */
static void nobody_is_told_of_a_coin_that_is_not_there(void **state) {
    static const char *const names[] = {"records", "records-one", "records-none"};
    int told = 0, untold = 0;
    (void)state;
    for (int i = 0; i < panel_count; i++) {
        struct ui *ui = open_panel(&panels[i]);
        for (size_t j = 0; j < sizeof names / sizeof names[0]; j++)
            for (int m = 0; m < sample_mode_count; m++) {
                struct view view = view_in(names[j], sample_modes[m].mode);
                assert_true(ui_present(ui, &view));
                bool coin = has_whole_text(ui, "平台");
                if (ui_shows(ui, "停在哪里") != coin)
                    fail_msg("%s on %s", names[j], panels[i].name);
                told += coin;
                untold += !coin;
            }
        ui_destroy(ui);
    }
    assert_true(told > 0 && untold > 0);
}

static bool is_reddish(rgb colour) {
    return (colour >> 16 & 255) > 200 && (colour >> 8 & 255) < 140 && (colour & 255) < 130;
}

/* The light of the scanner that is to be used, as the welcome shows it. */
static struct rect beam_of(enum ui_spot scanner) {
    struct ui *ui = open_placed(&panels[0], scanner);
    struct view view = view_of("welcome");
    int left = panels[0].width, right = 0, top = panels[0].height, count = 0;
    assert_true(ui_present(ui, &view));
    for (int y = 0; y < panels[0].height / 3; y++)
        for (int x = 0; x < panels[0].width; x++)
            if (is_reddish(pixel_at(ui, x, y))) {
                left = x < left ? x : left;
                right = x > right ? x : right;
                top = y < top ? y : top;
                count++;
            }
    assert_true(count > 20);
    ui_destroy(ui);
    return (struct rect){left, top, right - left, 1};
}

static void the_drawing_shows_this_very_machine(void **state) {
    (void)state;
    struct rect usual = beam_of(UI_SPOT_USUAL), left = beam_of(UI_SPOT_LEFT);
    struct rect middle = beam_of(UI_SPOT_MIDDLE), below = beam_of(UI_SPOT_BELOW);
    assert_int_equal(usual.x, left.x);
    assert_int_equal(usual.y, left.y);
    assert_true(middle.x > left.x + left.w / 2);
    assert_true(below.y > left.y + 20);
}

/* The right end of a row: its arrow, or the sign in the place of it. */
static bool end_alike(const struct ui *ui, const struct panel *panel, int a, int b) {
    struct rect first = frame_find(ui_frame(ui), (struct touch){TOUCH_BILL, a})->rect;
    struct rect second = frame_find(ui_frame(ui), (struct touch){TOUCH_BILL, b})->rect;
    int width = 13 * panel->width / panel->width_mm, middle = width / 3;
    for (int x = first.w - width; x < first.w; x++)
        for (int y = -middle; y < middle; y++)
            if (pixel_at(ui, first.x + x, first.y + first.h / 2 + y) !=
                pixel_at(ui, second.x + x, second.y + second.h / 2 + y))
                return false;
    return true;
}

/* An arrow leads somewhere; what another machine took only says where to go. */
static void what_leads_nowhere_has_no_arrow(void **state) {
    (void)state;
    for (int i = 0; i < panel_count; i++) {
        struct ui *ui = open_panel(&panels[i]);
        struct view view;
        sample_view(sample_named("records-elsewhere"), &panels[i], VIEW_ZH, (struct view_mode){0},
                    &view);
        assert_true(ui_present(ui, &view));
        assert_true(end_alike(ui, &panels[i], 1, 2));
        assert_true(end_alike(ui, &panels[i], 3, 4));
        assert_false(end_alike(ui, &panels[i], 2, 3));
        ui_destroy(ui);
    }
}

static int times_shown(const struct ui *ui, const char *words) {
    int count = 0;
    for (int i = 0; i < ui_frame(ui)->text_count; i++) {
        const char *at = ui_frame(ui)->words + ui_frame(ui)->texts[i].words;
        const char *found = strstr(at, words);
        count += found != NULL && found < at + strcspn(at, "\n");
    }
    return count;
}

/* Each bill names its doctor: on one line or the other, and not on both. */
static void a_doctor_is_named_once_a_bill(void **state) {
    (void)state;
    for (int i = 0; i < panel_count; i++)
        for (int language = VIEW_ZH; language <= VIEW_EN; language++) {
            struct view view;
            struct ui *ui = open_panel(&panels[i]);
            sample_view(sample_named("bills"), &panels[i], (enum view_language)language,
                        (struct view_mode){0}, &view);
            assert_true(ui_present(ui, &view));
            assert_int_equal(times_shown(ui, "周明远"), view.of.bills.count);
            ui_destroy(ui);
        }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(long_names_find_room),
        cmocka_unit_test(nobody_is_told_of_a_coin_that_is_not_there),
        cmocka_unit_test(the_drawing_shows_this_very_machine),
        cmocka_unit_test(what_leads_nowhere_has_no_arrow),
        cmocka_unit_test(a_doctor_is_named_once_a_bill),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
