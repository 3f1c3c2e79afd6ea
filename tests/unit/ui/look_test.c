/* links: house tests/support/samples/ */
/* What the look promises beside its numbers: what is rounded is to be touched and nothing else
 * looks so, wide panels waste nothing, a live payment has one way out, a warning is a warning. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/unit/ui/panel_story.h"

/* Its four corners are cut off: what it stands on shows there, and its outline in the middle of its
 * edges. */
static void check_rounded(const struct ui *ui, const struct frame_touch *touch) {
    struct rect r = touch->rect;
    rgb ground = pixel_at(ui, r.x - 2, r.y - 2);
    char name[TOUCH_NAME_SIZE];
    for (int corner = 0; corner < 4; corner++) {
        int x = corner % 2 ? r.x + r.w - 1 : r.x, y = corner / 2 ? r.y + r.h - 1 : r.y;
        if (pixel_at(ui, x, y) != ground)
            fail_msg("%s is not rounded", touch_name(touch->touch, name));
    }
    if (pixel_at(ui, r.x + r.w / 2, r.y) == ground)
        fail_msg("%s has no outline", touch_name(touch->touch, name));
}

static void what_can_be_touched_is_rounded(void **state) {
    (void)state;
    struct ui *ui = open_panel(&panels[0]);
    for (int i = 0; i < sample_count(); i++) {
        struct view view;
        sample_view(sample_at(i), &panels[0], VIEW_ZH, (struct view_mode){0}, &view);
        assert_true(ui_present(ui, &view));
        for (int touch = 0; touch < ui_frame(ui)->touch_count; touch++)
            if (ui_frame(ui)->touches[touch].touch.kind != TOUCH_STAFF)
                check_rounded(ui, &ui_frame(ui)->touches[touch]);
    }
    ui_destroy(ui);
}

/* How a card is held is read, not touched; and typing, the worst way, is not the boldest. */
static void instructions_are_no_buttons(void **state) {
    (void)state;
    struct ui *ui = open_panel(&panels[0]);
    struct view view = view_of("identify-all");
    assert_true(ui_present(ui, &view));
    for (int i = 0; i < ui_frame(ui)->touch_count; i++)
        assert_true(ui_frame(ui)->touches[i].rect.y > ui->height * 3 / 4);
    struct rect type = frame_find(ui_frame(ui), (struct touch){TOUCH_NEXT, 0})->rect;
    assert_int_equal(pixel_at(ui, type.x + 30, type.y + 20), palettes[PALETTE_LIGHT][COLOUR_CARD]);
    ui_destroy(ui);
}

/* The services are on the first screen: nothing stands before them. */
static void the_first_screen_offers_what_it_says(void **state) {
    (void)state;
    for (int i = 0; i < panel_count; i++) {
        struct ui *ui = open_panel(&panels[i]);
        struct view view = view_of("welcome");
        assert_true(ui_present(ui, &view));
        assert_int_equal(count_of(ui, TOUCH_SERVICE), 4);
        assert_int_equal(count_of(ui, TOUCH_NEXT), 0);
        assert_true(ui_shows(ui, "请把就诊卡放到扫码口"));
        view.of.welcome.scanner = false;
        view.revision++;
        assert_true(ui_present(ui, &view));
        assert_false(ui_shows(ui, "扫码口")); /* what is not there is not asked for */
        ui_destroy(ui);
    }
}

static void a_wide_panel_wastes_no_third(void **state) {
    static const char *const names[] = {"bills", "channel", "records", "identify-all", "welcome"};
    (void)state;
    for (int i = 1; i < panel_count; i++) {
        struct ui *ui = open_panel(&panels[i]);
        for (size_t j = 0; j < sizeof names / sizeof names[0]; j++) {
            struct view view = view_of(names[j]);
            int first = panels[i].height;
            assert_true(ui_present(ui, &view));
            for (int text = 0; text < ui_frame(ui)->text_count; text++) {
                struct rect r = ui_frame(ui)->texts[text].rect;
                if (r.x + r.w > panels[i].width / 2 && r.y > 80 && r.y < first)
                    first = r.y; /* below the header, right of the stage */
            }
            assert_true(first < panels[i].height / 4);
        }
        ui_destroy(ui);
    }
}

/* Where the panel hangs higher, its upper end is for reading alone. */
static void the_mounting_height_bounds_the_reach(void **state) {
    (void)state;
    char error[256];
    struct ui_options options = {.headless = true,
                                 .width = 1920,
                                 .height = 1080,
                                 .panel_width_mm = 476,
                                 .panel_height_mm = 268,
                                 .mount_mm = 1000,
                                 .assets_dir = "assets"};
    struct ui *ui = ui_create(&options, error, sizeof error);
    assert_non_null(ui);
    struct view view = view_of("channel");
    assert_true(ui_present(ui, &view));
    int reach = (int)((1000 + 268 - 1220) * 1920.0 / 476);
    for (int i = 0; i < ui_frame(ui)->touch_count; i++)
        assert_true(ui_frame(ui)->touches[i].rect.y >= reach);
    ui_destroy(ui);
}

static void a_live_payment_has_no_way_home(void **state) {
    static const char *const names[] = {"pay_qr", "pay_card", "pay_card-pin", "pay_card-bank"};
    (void)state;
    for (int i = 0; i < panel_count; i++) {
        struct ui *ui = open_panel(&panels[i]);
        for (size_t j = 0; j < sizeof names / sizeof names[0]; j++) {
            struct view view = view_of(names[j]);
            assert_true(ui_present(ui, &view));
            assert_int_equal(count_of(ui, TOUCH_HOME) + count_of(ui, TOUCH_BACK), 0);
            assert_int_equal(count_of(ui, TOUCH_CANCEL), j < 2);
        }
        ui_destroy(ui);
    }
}

static void what_cannot_go_back_cannot_be_touched(void **state) {
    (void)state;
    struct ui *ui = open_panel(&panels[0]);
    struct view view = view_of("refund");
    assert_true(ui_present(ui, &view));
    assert_int_equal(count_of(ui, TOUCH_BILL), 2);
    assert_null(frame_find(ui_frame(ui), (struct touch){TOUCH_BILL, 2}));
    view = view_of("refund-fixed");
    assert_true(ui_present(ui, &view));
    assert_int_equal(count_of(ui, TOUCH_BILL), 0);
    ui_destroy(ui);
}

/* Is this text in ink on this tint? */
static bool is_told_on(const struct ui *ui, const char *begin, enum colour tint) {
    for (int i = 0; i < ui_frame(ui)->text_count; i++) {
        const struct frame_text *text = &ui_frame(ui)->texts[i];
        if (strncmp(ui_frame(ui)->words + text->words, begin, strlen(begin)) == 0)
            return text->ink == palettes[PALETTE_LIGHT][COLOUR_INK] &&
                   text->paper == palettes[PALETTE_LIGHT][tint];
    }
    return false;
}

static void a_wait_warns_in_amber_and_tells_its_seconds(void **state) {
    (void)state;
    struct ui *ui = open_panel(&panels[0]);
    struct view view = view_of("waiting-credit");
    assert_true(ui_present(ui, &view));
    assert_true(is_told_on(ui, "请不要再付", COLOUR_WAIT_TINT));
    assert_true(ui_shows(ui, "支付平台：已收到"));
    assert_true(ui_shows(ui, "医院：正在入账"));
    assert_true(ui_shows(ui, "已等 7 秒"));
    assert_false(ui_shows(ui, "已等 8 秒"));
    view.of.waiting.waited_s = 8;
    assert_true(ui_present(ui, &view));
    assert_true(ui_shows(ui, "已等 8 秒"));
    ui_destroy(ui);
}

/* Four tones, and no red: not one pixel of it is redder than the amber. */
static void success_is_green_and_nothing_is_red(void **state) {
    (void)state;
    struct ui *ui = open_panel(&panels[0]);
    struct view view = view_of("result");
    assert_true(ui_present(ui, &view));
    assert_true(is_told_on(ui, "付好了", COLOUR_GOOD_TINT));
    static const char *const names[] = {"result-not_paid", "result-window", "bills-paged",
                                        "keypad-last4"};
    for (size_t j = 0; j < sizeof names / sizeof names[0]; j++) {
        view = view_of(names[j]);
        assert_true(ui_present(ui, &view));
        for (int y = 0; y < ui->height; y += 3)
            for (int x = 0; x < ui->width; x += 3) {
                rgb c = pixel_at(ui, x, y);
                int red = (int)(c >> 16 & 255), green = (int)(c >> 8 & 255), blue = (int)(c & 255);
                assert_false(red > 150 && green < 80 && blue < 80);
            }
    }
    ui_destroy(ui);
}

/* Words that say the same on one line are one size: six sizes, and a frame has few of them. */
static void a_frame_has_few_sizes(void **state) {
    (void)state;
    struct ui *ui = open_panel(&panels[0]);
    for (int i = 0; i < sample_count(); i++) {
        struct view view;
        int sizes[16], count = 0;
        sample_view(sample_at(i), &panels[0], VIEW_ZH, (struct view_mode){0}, &view);
        assert_true(ui_present(ui, &view));
        for (int text = 0; text < ui_frame(ui)->text_count; text++) {
            int em = ui_frame(ui)->texts[text].em_px, j = 0;
            while (j < count && sizes[j] != em)
                j++;
            if (j == count && count < 16)
                sizes[count++] = em;
        }
        if (count > 5)
            fail_msg("%s has %d sizes", sample_at(i)->name, count);
    }
    ui_destroy(ui);
}

/* High contrast is a palette: every text and every target stands where it stood. */
static void high_contrast_moves_nothing(void **state) {
    (void)state;
    struct ui *ui = open_panel(&panels[0]);
    for (int i = 0; i < sample_count(); i++) {
        struct view light, dark;
        sample_view(sample_at(i), &panels[0], VIEW_ZH, (struct view_mode){0}, &light);
        sample_view(sample_at(i), &panels[0], VIEW_ZH, (struct view_mode){.dark = true}, &dark);
        assert_true(ui_present(ui, &light));
        const struct frame before = *ui_frame(ui);
        assert_true(ui_present(ui, &dark));
        assert_int_equal(before.touch_count, ui_frame(ui)->touch_count);
        for (int j = 0; j < before.touch_count; j++)
            assert_memory_equal(&before.touches[j], &ui_frame(ui)->touches[j],
                                sizeof before.touches[j]);
        assert_int_equal(before.text_count, ui_frame(ui)->text_count);
    }
    ui_destroy(ui);
}

/* Elder mode on the smallest panel: a notice covers no button, and the sum is still said. */
static void a_notice_leaves_the_dock_free(void **state) {
    (void)state;
    char amount[AMOUNT_TEXT_SIZE];
    for (int i = 0; i < panel_count; i++)
        for (int language = VIEW_ZH; language <= VIEW_EN; language++) {
            struct view view;
            struct ui *ui = open_panel(&panels[i]);
            sample_view(sample_named("refund-offline"), &panels[i], (enum view_language)language,
                        (struct view_mode){.elder = true}, &view);
            assert_true(ui_present(ui, &view));
            const struct frame *frame = ui_frame(ui);
            struct rect help = frame_find(frame, (struct touch){TOUCH_HELP, 0})->rect;
            rgb dock = palettes[PALETTE_LIGHT][COLOUR_DOCK];
            assert_int_equal(pixel_at(ui, 1, help.y), dock);
            assert_int_equal(pixel_at(ui, help.x - 3, help.y), dock);
            assert_true(frame_shows(frame, amount_text(view.of.records.balance_fen, amount)));
            ui_destroy(ui);
        }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_can_be_touched_is_rounded),
        cmocka_unit_test(instructions_are_no_buttons),
        cmocka_unit_test(the_first_screen_offers_what_it_says),
        cmocka_unit_test(a_wide_panel_wastes_no_third),
        cmocka_unit_test(the_mounting_height_bounds_the_reach),
        cmocka_unit_test(a_live_payment_has_no_way_home),
        cmocka_unit_test(what_cannot_go_back_cannot_be_touched),
        cmocka_unit_test(a_wait_warns_in_amber_and_tells_its_seconds),
        cmocka_unit_test(success_is_green_and_nothing_is_red),
        cmocka_unit_test(a_frame_has_few_sizes),
        cmocka_unit_test(high_contrast_moves_nothing),
        cmocka_unit_test(a_notice_leaves_the_dock_free),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
