/* links: house tests/support/layout.c tests/support/samples/ */
/* Every sentence that a screen may have to show finds its room there, whole, on every panel, in
 * both languages and in both sizes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include <cjson/cJSON.h>

#include "tests/support/layout.h"

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
    if (strcmp(key, "pay_card.decides") == 0 || strncmp(key, "pay_card.time", 13) == 0)
        return false; /* they stand below the progress */
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
    {"notice.", "records", put_notice},
    {"notice.", "refund", put_notice},
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

/* Large letters on the smallest panel: that it is off must do, HELP and the staff say why. */
static bool shows_short(const struct ui *ui, const struct view *view, const char *key) {
    return view->mode.elder && strncmp(key, "reason.", strlen("reason.")) == 0 &&
           ui_shows(ui, ui_word(ui, view->language, "way.off"));
}

static void check_place(struct ui *ui, const struct panel *panel, size_t place, const char *key,
                        enum view_language language, bool elder) {
    const struct sample *sample = sample_named(places[place].sample);
    struct view view;
    char what[128];
    assert_non_null(sample);
    sample_view(sample, panel, language, (struct view_mode){.elder = elder}, &view);
    if (!places[place].put(&view, key))
        return;
    snprintf(what, sizeof what, "%s%s with %s", sample->name, elder ? ", elder," : "", key);
    layout_check(ui, panel, what, &view);
    if (!shows_paragraphs(ui, ui_word(ui, view.language, key)) && !shows_short(ui, &view, key))
        layout_complain(panel, what, "not shown");
}

/* All that may stand at a place, one after the other, so that the rest of the screen stays drawn.
 */
static void check_all_at(struct ui *ui, const struct panel *panel, size_t place,
                         const cJSON *words) {
    const char *prefix = places[place].prefix;
    for (int mode = 0; mode < 4; mode++)
        for (const cJSON *word = words->child; word; word = word->next)
            if (strncmp(word->string, prefix, strlen(prefix)) == 0)
                check_place(ui, panel, place, word->string, (enum view_language)(mode / 2),
                            mode % 2 == 1);
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
        struct ui *ui = layout_open(&panels[i]);
        for (size_t place = 0; place < sizeof places / sizeof places[0]; place++)
            check_all_at(ui, &panels[i], place, words);
        ui_destroy(ui);
    }
    cJSON_Delete(words);
    assert_int_equal(layout_complaints(), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_sentence_finds_its_room),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
