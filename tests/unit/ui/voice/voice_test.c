/* links: house tests/support/samples/ */
/* What the kiosk says and to whom: every screen and everything that keys choose has its prompts,
 * and the patient's own is meant for headphones alone. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <cjson/cJSON.h>

#include "app/shell/sound_settings.h"
#include "tests/support/samples/samples.h"
#include "ui/voice/clips.h"
#include "ui/voice/voice.h"
#include "ui/window/window.h"

static const struct ui_sound silent = {.on = true,
                                       .speaks = true,
                                       .aloud = true,
                                       .device = "",
                                       .headphones = "",
                                       .recordings = "",
                                       .prompts = ""};
static const struct choice nothing = {{TOUCH_NONE, 0}, 0};

static cJSON *read_prompts(void) {
    static char text[1 << 20];
    FILE *file = fopen("assets/prompts/pinyin.json", "r");
    assert_non_null(file);
    text[fread(text, 1, sizeof text - 1, file)] = '\0';
    fclose(file);
    return cJSON_Parse(text);
}

static struct view view_of(const char *name, enum view_language language) {
    struct view view;
    if (!sample_named(name))
        fail_msg("no sample %s", name);
    sample_view(sample_named(name), &panels[0], language, (struct view_mode){0}, &view);
    return view;
}

static void check_prompts(const cJSON *prompts, const struct speech *speech, const char *sample) {
    for (int i = 0; i < speech->count; i++)
        if (!cJSON_HasObjectItem(prompts, speech->words[i].key))
            fail_msg("%s says %s, which is no prompt", sample, speech->words[i].key);
    assert_in_range(speech->count, 0, SPEECH_WORDS_MAX - 1);
}

static struct ui *open_panel(const struct panel *panel) {
    char error[256];
    struct ui_options options = panel_options(panel);
    options.sound = silent;
    struct ui *ui = ui_create(&options, error, sizeof error);
    if (!ui)
        fail_msg("%s", error);
    return ui;
}

/* Screens whose every touch is for the staff. */
static bool is_silent(const struct view *view) {
    return view->screen == SCREEN_STAFF;
}

static void check_touches(struct ui *ui, const cJSON *prompts, const struct view *view,
                          const char *sample) {
    bool repeats = false;
    for (int t = 0; t < ui->frame.touch_count; t++) {
        struct speech speech = {.language = view->language};
        struct touch touch = ui->frame.touches[t].touch;
        speech_of_touch(view, touch, &speech);
        check_prompts(prompts, &speech, sample);
        repeats = repeats || touch.kind == TOUCH_REPEAT;
        if (speech.count == 0 && touch.kind != TOUCH_STAFF)
            fail_msg("%s: touch %d.%d has no name", sample, touch.kind, touch.n);
    }
    if (!repeats && !view->warning)
        fail_msg("%s cannot be asked to say it again", sample);
}

static void every_screen_and_every_touch_has_its_prompts(void **state) {
    (void)state;
    cJSON *prompts = read_prompts();
    struct ui *ui = open_panel(&panels[0]);
    for (int language = VIEW_ZH; language <= VIEW_EN; language++)
        for (int i = 0; i < sample_count(); i++) {
            struct view view;
            struct speech speech;
            const char *name = sample_at(i)->name;
            sample_view(sample_at(i), &panels[0], (enum view_language)language,
                        (struct view_mode){0}, &view);
            speech_of_view(&view, &speech);
            check_prompts(prompts, &speech, name);
            if ((speech.count == 0) != is_silent(&view))
                fail_msg("%s says %d words", name, speech.count);
            ui_present(ui, &view);
            if (!is_silent(&view))
                check_touches(ui, prompts, &view, name);
        }
    ui_destroy(ui);
    cJSON_Delete(prompts);
}

static bool is_number(const struct speech_word *word) {
    return strncmp(word->key, "num.", 4) == 0 || strncmp(word->key, "letter.", 7) == 0;
}

/* The only numbers that all may hear are how many bills there are, and those of windows. */
static void numbers_of_the_patient_are_for_headphones(void **state) {
    (void)state;
    for (int i = 0; i < sample_count(); i++) {
        struct view view;
        struct speech speech;
        bool counts = false;
        sample_view(sample_at(i), &panels[0], VIEW_ZH, (struct view_mode){0}, &view);
        speech_of_view(&view, &speech);
        for (int w = 0; w < speech.count; w++) {
            if (speech.words[w].begins)
                counts = strcmp(speech.words[w].key, "say.there_are") == 0 ||
                         strncmp(speech.words[w].key, "dept.pharmacy", 13) == 0;
            if (is_number(&speech.words[w]) && !speech.words[w].own && !counts)
                fail_msg("%s says %s aloud", sample_at(i)->name, speech.words[w].key);
        }
    }
}

static const struct speech_word *word_in(const struct speech *speech, const char *key) {
    for (int i = 0; i < speech->count; i++)
        if (strcmp(speech->words[i].key, key) == 0)
            return &speech->words[i];
    return NULL;
}

static bool says_in_order(const struct speech *speech, const char *const keys[], bool own) {
    int at = 0;
    for (int i = 0; i < speech->count && keys[at]; i++)
        at += strcmp(speech->words[i].key, keys[at]) == 0 && speech->words[i].own == own;
    return keys[at] == NULL;
}

/* Where to go is said as far as prompts know the place; else where it can be read. */
static void places_are_said_or_where_they_stand(void **state) {
    (void)state;
    static const char *const window_3[] = {"dept.pharmacy_west", "num.3", "say.window_no", NULL};
    static const char *const window_en[] = {"dept.pharmacy_west", "say.window_no", "num.3", NULL};
    static const char *const clinic[] = {"dept.skin", NULL};
    static const char *const slip[] = {"guide.next.one", "say.see_slip", NULL};
    static const char *const queue[] = {"say.queue", "num.1", "num.2", NULL};
    struct speech speech;
    struct view view = view_of("result", VIEW_ZH);
    speech_of_view(&view, &speech);
    assert_true(says_in_order(&speech, window_3, false));
    assert_true(says_in_order(&speech, queue, true));
    view.language = VIEW_EN;
    speech_of_view(&view, &speech);
    assert_true(says_in_order(&speech, window_en, false));
    view.of.result.next_step = "";
    view.of.result.guide_count = 1;
    speech_of_view(&view, &speech);
    assert_null(word_in(&speech, "say.see_slip")); /* all is said */
    view.of.result.guides[0].window = "A12 柜台";
    speech_of_view(&view, &speech);
    assert_true(says_in_order(&speech, slip, false));
    view.of.result.guides[0].value = "三号楼";
    speech_of_view(&view, &speech);
    assert_true(says_in_order(&speech, slip, false));
    view.of.result.guides[0].value = "皮肤科门诊二层"; /* nobody else hears which clinic */
    speech_of_view(&view, &speech);
    assert_true(says_in_order(&speech, clinic, true));
    assert_true(says_in_order(&speech, slip, false));
}

/* Which clinics the bills are of is the patient's own. */
static void clinics_are_for_headphones(void **state) {
    (void)state;
    static const char *const twice[] = {"dept.skin", "dept.skin", NULL};
    struct speech speech;
    struct view view = view_of("bills", VIEW_ZH);
    for (int i = 0; i < view.of.bills.count; i++)
        view.of.bills.rows[i].department = "皮肤科（二诊室）";
    speech_of_view(&view, &speech);
    assert_true(word_in(&speech, "dept.skin") != NULL && word_in(&speech, "dept.skin")->own);
    assert_false(says_in_order(&speech, twice, true));
    assert_null(word_in(&speech, "say.see_screen"));
    view.of.bills.rows[0].department = "特需门诊";
    speech_of_view(&view, &speech);
    assert_non_null(word_in(&speech, "say.see_screen"));
    view = view_of("bill", VIEW_ZH);
    speech_of_view(&view, &speech);
    assert_non_null(word_in(&speech, "say.items"));
    assert_non_null(word_in(&speech, "say.see_screen"));
}

/* Every department is found by its own words, and not by a shorter name that is part of it. */
static void departments_are_found_by_their_names(void **state) {
    (void)state;
    static const char *const found[][2] = {{"心血管内科门诊", "dept.cardiology"},
                                           {"内科", "dept.internal"},
                                           {"门诊楼一层 西药房", "dept.pharmacy_west"},
                                           {"门诊药房 3 号窗口", "dept.pharmacy_outpatient"},
                                           {"新生儿科病区", "dept.newborn"},
                                           {"神经外科", "dept.neurosurgery"},
                                           {"妇产科二诊室", "dept.women"}};
    int count = 0;
    cJSON *prompts = read_prompts();
    for (size_t i = 0; i < sizeof found / sizeof found[0]; i++) {
        const struct department *department = speech_department(found[i][0]);
        assert_non_null(department);
        assert_string_equal(department->key, found[i][1]);
    }
    assert_null(speech_department("特需门诊"));
    assert_null(speech_department(""));
    for (const cJSON *prompt = prompts->child; prompt; prompt = prompt->next)
        count += strncmp(prompt->string, "dept.", 5) == 0;
    assert_true(count >= 60);
    cJSON_Delete(prompts);
}

/* Who pays what is told into the headphones, a sum each; what is nothing is not. Before it is known
 * all may hear that the phone shows it. */
static void who_pays_what_is_for_headphones(void **state) {
    (void)state;
    struct speech speech;
    struct view view = view_of("pay_qr-insured", VIEW_ZH);
    static const char *const parts[] = {"split.total", "split.fund", "split.account", "split.own"};
    speech_of_view(&view, &speech);
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        assert_true(word_in(&speech, parts[i]) != NULL && word_in(&speech, parts[i])->own);
    assert_null(word_in(&speech, "split.on_phone"));
    view = view_of("pay_qr-insured-nothing", VIEW_ZH);
    speech_of_view(&view, &speech);
    assert_non_null(word_in(&speech, "split.fund"));
    assert_null(word_in(&speech, "split.own"));
    view = view_of("pay_qr-insured-unknown", VIEW_EN);
    speech_of_view(&view, &speech);
    assert_null(word_in(&speech, "split.fund"));
    assert_true(word_in(&speech, "split.on_phone") != NULL &&
                !word_in(&speech, "split.on_phone")->own);
    view = view_of("pay_qr", VIEW_ZH);
    speech_of_view(&view, &speech);
    assert_null(word_in(&speech, "split.total"));
}

static struct voice *begin_voice(void) {
    struct voice *voice = voice_create(&silent);
    assert_non_null(voice);
    return voice;
}

/* Nobody stands at the first screen: it says nothing until keys are used there. */
static void the_first_screen_speaks_to_keys_alone(void **state) {
    (void)state;
    struct voice *voice = begin_voice();
    struct view view = view_of("welcome", VIEW_ZH);
    voice_follow(voice, &view, nothing);
    assert_int_equal(voice_last(voice)->count, 0);
    voice_follow(voice, &view, (struct choice){{TOUCH_SERVICE, 1}, 0});
    assert_true(voice_said(voice, "say.keys", true));
    assert_true(voice_said(voice, "service.bills", true));
    voice_follow(voice, &view, (struct choice){{TOUCH_SERVICE, 2}, 0});
    assert_int_equal(voice_last(voice)->count, 1);
    assert_string_equal(voice_last(voice)->words[0].key, "service.deposit");
    voice_destroy(voice);
}

static void only_what_is_new_is_said(void **state) {
    (void)state;
    struct voice *voice = begin_voice();
    struct view view = view_of("bills", VIEW_ZH);
    voice_follow(voice, &view, nothing);
    assert_string_equal(voice_last(voice)->words[0].key, "title.bills");
    assert_true(voice_said(voice, "num.yuan", false));
    assert_false(voice_said(voice, "num.yuan", true));
    view.of.bills.selected_fen += 100;
    voice_follow(voice, &view, nothing);
    assert_string_equal(voice_last(voice)->words[0].key, "bills.you_pay");
    view.language = VIEW_EN;
    voice_follow(voice, &view, nothing);
    assert_string_equal(voice_last(voice)->words[0].key, "title.bills");
    assert_int_equal(voice_last(voice)->language, VIEW_EN);
    struct view waiting = view_of("waiting-credit", VIEW_ZH);
    voice_follow(voice, &waiting, nothing);
    assert_int_equal(voice_last(voice)->earcon, EARCON_WAIT);
    waiting.of.waiting.waited_s += 3; /* seconds are for eyes */
    voice_sound(voice, EARCON_READ);
    voice_follow(voice, &waiting, nothing);
    assert_int_equal(voice_last(voice)->earcon, EARCON_READ);
    voice_repeat(voice);
    assert_string_equal(voice_last(voice)->words[0].key, waiting.of.waiting.title_key);
    assert_int_equal(voice_last(voice)->earcon, EARCON_NONE);
    voice_destroy(voice);
}

static void a_result_sounds_and_is_heard_whole(void **state) {
    (void)state;
    struct voice *voice = begin_voice();
    struct view bills = view_of("bills", VIEW_ZH), result = view_of("result", VIEW_ZH);
    voice_follow(voice, &bills, nothing);
    assert_false(voice_last(voice)->whole);
    assert_int_equal(voice_last(voice)->earcon, EARCON_NONE);
    voice_follow(voice, &result, nothing);
    assert_true(voice_last(voice)->whole);
    assert_int_equal(voice_last(voice)->earcon, EARCON_PAID);
    assert_false(voice_said(voice, "title.bills", false)); /* of the screen that is gone */
    voice_repeat(voice);
    assert_int_equal(voice_last(voice)->earcon, EARCON_NONE);
    voice_destroy(voice);
}

static void what_is_typed_is_echoed_into_the_headphones(void **state) {
    (void)state;
    struct voice *voice = begin_voice();
    struct view view = view_of("keypad", VIEW_ZH);
    view.of.keypad.typed = "C1";
    voice_follow(voice, &view, nothing);
    view.of.keypad.typed = "C17";
    voice_follow(voice, &view, nothing);
    assert_int_equal(voice_last(voice)->count, 1);
    assert_string_equal(voice_last(voice)->words[0].key, "num.7");
    assert_true(voice_last(voice)->words[0].own);
    view.of.keypad.typed = "C1";
    voice_follow(voice, &view, nothing);
    assert_string_equal(voice_last(voice)->words[0].key, "key.del");
    voice_destroy(voice);
}

/* Short sounds last at most 400 ms at a quarter of the loudness. */
static void clips_are_of_one_kind(void **state) {
    (void)state;
    for (int earcon = EARCON_READ; earcon < EARCON_COUNT; earcon++) {
        struct clip clip = clip_of_earcon((enum earcon)earcon);
        int peak = 0;
        for (int i = 0; i < clip.count; i++)
            peak = abs(clip.samples[i]) > peak ? abs(clip.samples[i]) : peak;
        assert_in_range(clip.count, 1, CLIP_RATE * 400 / 1000);
        assert_in_range(peak, 1000, 8300);
        int loudest = 0, half = 0;
        while (abs(clip.samples[loudest]) < peak)
            loudest++;
        half = clip.samples[loudest] / 2;
        clip_scale(&clip, 50);
        assert_int_equal(clip.samples[loudest], half);
        clip_scale(&clip, 0);
        assert_int_equal(clip.samples[clip.count / 3], 0);
        assert_int_equal(clip.samples[loudest], 0);
        SDL_free(clip.samples);
    }
    struct clip none;
    assert_false(clip_read("tests/unit/ui/voice", VIEW_ZH, "nothing", &none));
}

static void volume_follows_the_hour(void **state) {
    (void)state;
    const struct settings_sound sound = {.volume_count = 2,
                                         .volumes = {{7 * 60, 70}, {20 * 60 + 30, 30}}};
    const int64_t midnight = INT64_C(1795017600000) - 8 * 3600000; /* of a day in China */
    const int64_t day = midnight - (midnight + 8 * 3600000) % 86400000;
    assert_int_equal(settings_volume(&sound, day + 3600000), 30);
    assert_int_equal(settings_volume(&sound, day + 7 * 3600000), 70);
    assert_int_equal(settings_volume(&sound, day + 20 * 3600000), 70);
    assert_int_equal(settings_volume(&sound, day + 21 * 3600000), 30);
    assert_int_equal(settings_volume(&(struct settings_sound){0}, day), 0);
}

int main(void) {
    setenv("SDL_AUDIODRIVER", "dummy", 1);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_screen_and_every_touch_has_its_prompts),
        cmocka_unit_test(numbers_of_the_patient_are_for_headphones),
        cmocka_unit_test(places_are_said_or_where_they_stand),
        cmocka_unit_test(clinics_are_for_headphones),
        cmocka_unit_test(departments_are_found_by_their_names),
        cmocka_unit_test(who_pays_what_is_for_headphones),
        cmocka_unit_test(the_first_screen_speaks_to_keys_alone),
        cmocka_unit_test(only_what_is_new_is_said),
        cmocka_unit_test(a_result_sounds_and_is_heard_whole),
        cmocka_unit_test(what_is_typed_is_echoed_into_the_headphones),
        cmocka_unit_test(clips_are_of_one_kind),
        cmocka_unit_test(volume_follows_the_hour),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
