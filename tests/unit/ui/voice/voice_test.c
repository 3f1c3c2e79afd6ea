/* links: house tests/support/samples/ */
/* What the kiosk says and to whom: every screen and everything that keys choose has its prompts,
 * the patient's own goes only to the headphones, a result is heard whole, and in silence nothing
 * wakes up. */
#include <dirent.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include <cjson/cJSON.h>

#include "app/shell/sound_settings.h"
#include "tests/support/samples/samples.h"
#include "ui/voice/clips.h"
#include "ui/voice/player.h"
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
    struct ui_options options = {.headless = true,
                                 .width = panel->width,
                                 .height = panel->height,
                                 .panel_width_mm = panel->width_mm,
                                 .panel_height_mm = panel->height_mm,
                                 .assets_dir = "assets",
                                 .sound = silent};
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

/* The one number that all may hear is how many bills there are. */
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
                counts = strcmp(speech.words[w].key, "say.there_are") == 0;
            if (is_number(&speech.words[w]) && !speech.words[w].own && !counts)
                fail_msg("%s says %s aloud", sample_at(i)->name, speech.words[w].key);
        }
    }
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

/* A FIFO in the place of an output: whatever an output is given can be read there, opening after
 * opening. */
static char folder[] = "/tmp/voice.XXXXXX", heard_path[64];
static int heard;

static int open_ear(void **state) {
    (void)state;
    assert_non_null(mkdtemp(folder));
    snprintf(heard_path, sizeof heard_path, "%s/heard", folder);
    assert_int_equal(mkfifo(heard_path, 0600), 0);
    heard = open(heard_path, O_RDWR | O_NONBLOCK);
    assert_true(heard >= 0);
    fcntl(heard, F_SETPIPE_SZ, 1 << 20);
    SDL_LogSetAllPriority(
        (SDL_LogPriority)SDL_NUM_LOG_PRIORITIES); /* that driver complains of itself */
    setenv("SDL_AUDIODRIVER", "disk", 1);
    setenv("SDL_DISKAUDIOFILE", heard_path, 1);
    setenv("SDL_DISKAUDIODELAY", "5", 1); /* ms a buffer: nine times as fast as it sounds */
    return 0;
}

static int close_ear(void **state) {
    (void)state;
    close(heard);
    unlink(heard_path);
    rmdir(folder);
    return 0;
}

/* Samples that are not silent, so far. */
static int drain_ear(void) {
    static Sint16 samples[32768];
    int loud = 0;
    ssize_t length;
    while ((length = read(heard, samples, sizeof samples)) > 0)
        for (int i = 0; i < (int)length / 2; i++)
            loud += samples[i] != 0;
    return loud;
}

/* All that sounds until it has been still for 400 ms. */
static int listen_out(void) {
    int loud = 0, still = 0;
    while (still < 8) {
        usleep(50000);
        int more = drain_ear();
        loud += more;
        still = more > 0 ? 0 : still + 1;
    }
    return loud;
}

static const char *told;
static void tell(const char *device, const char *why) {
    (void)device;
    __atomic_store_n(&told, why ? "silent" : "plays", __ATOMIC_SEQ_CST);
}

static struct player *begin_player(bool own) {
    struct player_options options = {.device = "",
                                     .recordings = "tests/unit/ui/voice/none",
                                     .prompts = "build/prompts",
                                     .own = own,
                                     .speaks = true,
                                     .state = tell};
    const char *build = getenv("B");
    static char prompts[256];
    snprintf(prompts, sizeof prompts, "%s/prompts", build ? build : "build");
    options.prompts = prompts;
    struct player *player = player_start(&options);
    assert_non_null(player);
    return player;
}

static int length_of(const char *key) {
    char prompts[256];
    struct clip clip;
    snprintf(prompts, sizeof prompts, "%s/prompts", getenv("B") ? getenv("B") : "build");
    if (!clip_read(prompts, VIEW_ZH, key, &clip))
        fail_msg("no prompt %s", key);
    int loud = 0;
    for (int i = 0; i < clip.count; i++)
        loud += clip.samples[i] != 0;
    SDL_free(clip.samples);
    return loud;
}

static void the_speaker_keeps_what_is_the_patients_own(void **state) {
    (void)state;
    struct speech speech = {.language = VIEW_ZH};
    speech_say(&speech, "verdict.credited.title");
    speech_own_amount(&speech, "result.amount", 16570);
    int all = length_of("verdict.credited.title"), own = length_of("result.amount");
    struct player *player = begin_player(false);
    listen_out();
    player_say(player, &speech, 100);
    assert_in_range(listen_out(), all * 8 / 10, all * 11 / 10);
    player_stop(player);
    player = begin_player(true);
    listen_out();
    player_say(player, &speech, 100);
    assert_true(listen_out() > all + own + length_of("num.100"));
    player_stop(player);
    assert_string_equal(__atomic_load_n(&told, __ATOMIC_SEQ_CST), "plays");
}

static void a_result_is_heard_whole_anything_else_gives_way(void **state) {
    (void)state;
    struct speech first = {.language = VIEW_ZH}, second = {.language = VIEW_ZH};
    speech_say(&first, "help.call");
    speech_say(&first, "verdict.unknown.text");
    speech_say(&first, "verdict.unknown.text");
    speech_say(&second, "verdict.credited.title");
    int long_one = 2 * length_of("verdict.unknown.text"),
        short_one = length_of("verdict.credited.title");
    for (int whole = 0; whole < 2; whole++) {
        struct player *player = begin_player(false);
        listen_out();
        first.whole = whole;
        player_say(player, &first, 100);
        int loud = 0;
        while (loud == 0) /* it has begun */
            usleep(5000), loud = drain_ear();
        player_say(player, &second, 100);
        loud += listen_out();
        if (whole)
            assert_true(loud > long_one + short_one / 2);
        else
            assert_true(loud < long_one * 9 / 10);
        player_stop(player);
    }
}

/* How often this process's threads, but the main one, have waited; and how many there are. */
static long waits_of_threads(int *count) {
    long waits = 0;
    DIR *threads = opendir("/proc/self/task");
    *count = 0;
    for (struct dirent *thread; (thread = readdir(threads));) {
        char path[300], line[256];
        if (thread->d_name[0] == '.' || atoi(thread->d_name) == getpid())
            continue;
        snprintf(path, sizeof path, "/proc/self/task/%.200s/status", thread->d_name);
        FILE *status = fopen(path, "r");
        (*count)++;
        while (status && fgets(line, sizeof line, status))
            if (strncmp(line, "voluntary_ctxt_switches:", 24) == 0)
                waits += atol(line + 24);
        if (status)
            fclose(status);
    }
    closedir(threads);
    return waits;
}

static void in_silence_nothing_wakes_up(void **state) {
    (void)state;
    struct speech speech = {.language = VIEW_ZH, .earcon = EARCON_PAID};
    int before, threads;
    waits_of_threads(&before);
    struct player *player = begin_player(true);
    player_say(player, &speech, 100);
    assert_true(listen_out() > 1000);
    long waits = waits_of_threads(&threads);
    assert_int_equal(threads, before + 1); /* the output's own thread is gone */
    usleep(1000000);
    assert_int_equal(waits_of_threads(&threads), waits);
    player_stop(player);
}

static void what_sticks_out_knocks_until_it_is_settled(void **state) {
    (void)state;
    struct speech speech = {.language = VIEW_ZH, .earcon = EARCON_TAKE};
    struct player *player = begin_player(true);
    listen_out();
    player_say(player, &speech, 100);
    assert_true(listen_out() > 500);
    player_settle(player);
    usleep(5200000);
    assert_int_equal(drain_ear(), 0);
    player_stop(player);
}

/* Without an output the program goes on and says so, once. */
static void without_an_output_it_is_said(void **state) {
    (void)state;
    SDL_QuitSubSystem(SDL_INIT_AUDIO);
    setenv("SDL_AUDIODRIVER", "none-such", 1);
    __atomic_store_n(&told, NULL, __ATOMIC_SEQ_CST);
    struct speech speech = {.language = VIEW_ZH, .earcon = EARCON_PAID};
    struct player *player = begin_player(true);
    player_say(player, &speech, 100);
    player_stop(player);
    assert_string_equal(__atomic_load_n(&told, __ATOMIC_SEQ_CST), "silent");
}

/* A recording is played in place of the prompt; short sounds last at most 400 ms at a quarter of
 * the loudness. */
static void clips_are_of_one_kind(void **state) {
    (void)state;
    for (int earcon = EARCON_READ; earcon < EARCON_COUNT; earcon++) {
        struct clip clip = clip_of_earcon((enum earcon)earcon);
        int peak = 0;
        for (int i = 0; i < clip.count; i++)
            peak = abs(clip.samples[i]) > peak ? abs(clip.samples[i]) : peak;
        assert_in_range(clip.count, 1, CLIP_RATE * 400 / 1000);
        assert_in_range(peak, 1000, 8300);
        clip_scale(&clip, 0);
        assert_int_equal(clip.samples[clip.count / 3], 0);
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
    const struct CMUnitTest silent_tests[] = {
        cmocka_unit_test(every_screen_and_every_touch_has_its_prompts),
        cmocka_unit_test(numbers_of_the_patient_are_for_headphones),
        cmocka_unit_test(the_first_screen_speaks_to_keys_alone),
        cmocka_unit_test(only_what_is_new_is_said),
        cmocka_unit_test(what_is_typed_is_echoed_into_the_headphones),
        cmocka_unit_test(clips_are_of_one_kind),
        cmocka_unit_test(volume_follows_the_hour),
    };
    const struct CMUnitTest heard_tests[] = {
        cmocka_unit_test(the_speaker_keeps_what_is_the_patients_own),
        cmocka_unit_test(a_result_is_heard_whole_anything_else_gives_way),
        cmocka_unit_test(in_silence_nothing_wakes_up),
        cmocka_unit_test(what_sticks_out_knocks_until_it_is_settled),
        cmocka_unit_test(without_an_output_it_is_said),
    };
    int failed = cmocka_run_group_tests(silent_tests, NULL, NULL);
    SDL_QuitSubSystem(SDL_INIT_AUDIO);
    return failed + cmocka_run_group_tests(heard_tests, open_ear, close_ear);
}
