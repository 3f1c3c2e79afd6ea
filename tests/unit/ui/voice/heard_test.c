/* links: house tests/support/samples/ */
/* What comes out of speaker and headphones: the patient's own only into these, a recording before a
 * prompt, a result whole, as loud as the hour allows; and in silence nothing wakes up. */
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

#include "tests/support/samples/samples.h"
#include "ui/voice/clips.h"
#include "ui/voice/player.h"
#include "ui/voice/voice.h"

static const struct ui_sound silent = {.on = true,
                                       .speaks = true,
                                       .aloud = true,
                                       .device = "",
                                       .headphones = "",
                                       .recordings = "",
                                       .prompts = ""};
static const struct choice nothing = {{TOUCH_NONE, 0}, 0};

static struct view view_of(const char *name, enum view_language language) {
    struct view view;
    if (!sample_named(name))
        fail_msg("no sample %s", name);
    sample_view(sample_named(name), &panels[0], language, (struct view_mode){0}, &view);
    return view;
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

/* Samples that are not silent, so far; and the loudest of them, ever since it was set to zero. */
static int heard_peak;
static int drain_ear(void) {
    static Sint16 samples[32768];
    int loud = 0;
    ssize_t length;
    while ((length = read(heard, samples, sizeof samples)) > 0)
        for (int i = 0; i < (int)length / 2; i++) {
            loud += samples[i] != 0;
            heard_peak = abs(samples[i]) > heard_peak ? abs(samples[i]) : heard_peak;
        }
    return loud;
}

/* All that sounds: so many samples, however long a busy machine is about them, and then until it
 * has been still for 400 ms. */
static int listen_for(int least) {
    int loud = 0, still = 0;
    for (int turns = 0; still < 8 || (loud < least && turns < 1200); turns++) {
        usleep(50000);
        int more = drain_ear();
        loud += more;
        still = more > 0 ? 0 : still + 1;
    }
    return loud;
}

static int listen_out(void) {
    return listen_for(0);
}

static const char *told;
static int told_count;
static void tell(const char *device, const char *why) {
    (void)device;
    __atomic_add_fetch(&told_count, 1, __ATOMIC_SEQ_CST);
    __atomic_store_n(&told, why ? "silent" : "plays", __ATOMIC_SEQ_CST);
}

static const char *prompts_folder(void) {
    static char prompts[256];
    snprintf(prompts, sizeof prompts, "%s/prompts", getenv("B") ? getenv("B") : "build");
    return prompts;
}

static struct player *begin_player_with(bool own, const char *recordings) {
    struct player_options options = {.device = "",
                                     .recordings = recordings,
                                     .prompts = prompts_folder(),
                                     .own = own,
                                     .speaks = true,
                                     .state = tell};
    struct player *player = player_start(&options);
    assert_non_null(player);
    return player;
}

static struct player *begin_player(bool own) {
    return begin_player_with(own, "tests/unit/ui/voice/none");
}

static int length_of(const char *key) {
    struct clip clip;
    if (!clip_read(prompts_folder(), VIEW_ZH, key, &clip))
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
    __atomic_store_n(&told_count, 0, __ATOMIC_SEQ_CST);
    struct player *player = begin_player(false);
    listen_out();
    player_say(player, &speech, 100);
    assert_in_range(listen_for(all * 8 / 10), all * 8 / 10, all * 11 / 10);
    player_stop(player);
    assert_int_equal(__atomic_load_n(&told_count, __ATOMIC_SEQ_CST), 1); /* opened twice */
    player = begin_player(true);
    listen_out();
    player_say(player, &speech, 100);
    int whole = all + own + length_of("num.100") + 1;
    assert_true(listen_for(whole) >= whole);
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
        int least = whole ? long_one + short_one / 2 + 1 : 0;
        loud += listen_for(least - loud);
        if (whole)
            assert_true(loud >= least);
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
#ifdef __SANITIZE_THREAD__
    skip(); /* the sanitizer's own thread wakes up ten times a second */
#endif
    struct speech speech = {.language = VIEW_ZH, .earcon = EARCON_PAID};
    int before, threads;
    waits_of_threads(&before);
    struct player *player = begin_player(true);
    player_say(player, &speech, 100);
    assert_true(listen_for(1001) > 1000);
    long waits = waits_of_threads(&threads);
    assert_int_equal(threads, before + 1); /* the output's own thread is gone */
    usleep(1000000);
    assert_int_equal(waits_of_threads(&threads), waits);
    player_stop(player);
}

/* It knocks again and again, and no more once the first screen is back. */
static void what_sticks_out_knocks_until_it_is_settled(void **state) {
    (void)state;
    struct view take = view_of("take", VIEW_ZH), welcome = view_of("welcome", VIEW_ZH);
    struct ui_sound sound = silent;
    sound.speaks = false;
    struct voice *voice = voice_create(&sound);
    listen_out();
    voice_follow(voice, &take, nothing);
    assert_true(listen_for(501) > 500);
    int again = 0;
    for (int waited_ms = 0; again == 0 && waited_ms < 10000; waited_ms += 20) {
        usleep(20000);
        again = drain_ear();
    }
    assert_true(again + listen_for(501 - again) > 500);
    voice_follow(voice, &welcome, nothing);
    usleep(5200000);
    assert_int_equal(drain_ear(), 0);
    voice_destroy(voice);
}

/* 22,050 samples a second, one channel, 16 bits: all of them `sample`. */
static void write_recording(const char *path, int count, Sint16 sample) {
    const Uint32 bytes = (Uint32)count * 2;
    const struct {
        char riff[4];
        Uint32 size;
        char wave[8];
        Uint32 format_size;
        Uint16 format, channels;
        Uint32 rate, bytes_a_second;
        Uint16 bytes_a_sample, bits;
        char data[4];
        Uint32 data_size;
    } head = {"RIFF",    36 + bytes,    "WAVEfmt ", 16, 1,      1,
              CLIP_RATE, 2 * CLIP_RATE, 2,          16, "data", bytes};
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(&head, sizeof head, 1, file), 1);
    for (int i = 0; i < count; i++)
        assert_int_equal(fwrite(&sample, sizeof sample, 1, file), 1);
    fclose(file);
}

/* A hospital's own recording wins over the prompt that the build has made; the others stay. */
static void a_recording_is_played_in_place_of_the_prompt(void **state) {
    (void)state;
    char language[64], path[128];
    struct speech recorded = {.language = VIEW_ZH}, made = {.language = VIEW_ZH};
    int prompt = length_of("verdict.credited.title"), count = 3 * prompt;
    speech_say(&recorded, "verdict.credited.title");
    speech_say(&made, "help.call");
    snprintf(language, sizeof language, "%s/zh", folder);
    snprintf(path, sizeof path, "%s/verdict.credited.title.wav", language);
    assert_int_equal(mkdir(language, 0700), 0);
    write_recording(path, count, 321);
    struct player *player = begin_player_with(false, folder);
    listen_out();
    heard_peak = 0;
    player_say(player, &recorded, 100);
    assert_in_range(listen_for(count * 9 / 10), count * 9 / 10, count);
    assert_int_equal(heard_peak, 321); /* nothing of the prompt */
    player_say(player, &made, 100);
    int length = length_of("help.call");
    assert_in_range(listen_for(length * 8 / 10), length * 8 / 10, length * 11 / 10);
    player_stop(player);
    unlink(path);
    rmdir(language);
}

static int now_percent;
static int volume_now(const void *context) {
    (void)context;
    return now_percent;
}

/* How loud it may be is asked each time. */
static void what_is_heard_is_as_loud_as_the_hour_allows(void **state) {
    (void)state;
    int peaks[3];
    struct ui_sound sound = silent;
    sound.volume = volume_now;
    struct voice *voice = voice_create(&sound);
    listen_out();
    for (int i = 0; i < 3; i++) {
        now_percent = 100 - 50 * i;
        heard_peak = 0;
        voice_sound(voice, EARCON_PAID);
        assert_int_equal(listen_for(now_percent > 0) > 0, now_percent > 0);
        peaks[i] = heard_peak;
    }
    assert_in_range(peaks[1], peaks[0] * 45 / 100, peaks[0] * 55 / 100);
    voice_destroy(voice);
}

/* One ear at the speaker, then at the headphones: a bill's page has words for all and for one. */
static void speech_goes_where_the_configuration_lets_it(void **state) {
    static const struct {
        bool speaks, aloud, from_speaker, from_headphones;
    } rows[] = {{true, true, true, true}, {true, false, false, true}, {false, true, false, false}};
    (void)state;
    struct view view = view_of("bills", VIEW_ZH);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        for (int headphones = 0; headphones < 2; headphones++) {
            struct ui_sound sound = silent;
            sound.speaks = rows[i].speaks;
            sound.aloud = rows[i].aloud;
            sound.device = headphones ? "/dev/null" : heard_path;
            sound.headphones = headphones ? heard_path : "/dev/null";
            sound.prompts = prompts_folder();
            struct voice *voice = voice_create(&sound);
            listen_out();
            voice_follow(voice, &view, nothing);
            bool wanted = headphones ? rows[i].from_headphones : rows[i].from_speaker;
            assert_int_equal(listen_for(wanted) > 0, wanted);
            voice_destroy(voice);
            drain_ear();
        }
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

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_speaker_keeps_what_is_the_patients_own),
        cmocka_unit_test(a_result_is_heard_whole_anything_else_gives_way),
        cmocka_unit_test(a_recording_is_played_in_place_of_the_prompt),
        cmocka_unit_test(what_is_heard_is_as_loud_as_the_hour_allows),
        cmocka_unit_test(speech_goes_where_the_configuration_lets_it),
        cmocka_unit_test(in_silence_nothing_wakes_up),
        cmocka_unit_test(what_sticks_out_knocks_until_it_is_settled),
        cmocka_unit_test(without_an_output_it_is_said),
    };
    return cmocka_run_group_tests(tests, open_ear, close_ear);
}
