#include "ui/voice/voice.h"

#include <stdlib.h>
#include <string.h>

#include "ui/voice/player.h"

#define SAID_MAX 256

struct voice {
    struct ui_sound sound;
    struct player *speaker, *headphones; /* headphones: NULL where there are none of their own */
    struct speech screen;                /* what the shown screen says */
    struct speech last;                  /* what was given to the outputs last */
    enum screen shown;
    bool follows; /* a view was shown */
    bool by_keys; /* somebody goes through this screen by keys */
    struct choice focus;
    size_t typed; /* characters on the keypad */
    int said_count;
    struct speech_word said[SAID_MAX]; /* since the screen came */
};

struct voice *voice_create(const struct ui_sound *sound) {
    struct voice *voice = calloc(1, sizeof *voice);
    if (!voice)
        return NULL;
    voice->sound = *sound;
    struct player_options options = {.device = sound->device,
                                     .recordings = sound->recordings,
                                     .prompts = sound->prompts,
                                     .speaks = sound->speaks && sound->aloud,
                                     .state = sound->state};
    voice->speaker = player_start(&options);
    if (sound->headphones[0]) {
        options.device = sound->headphones;
        options.own = true;
        options.speaks = sound->speaks;
        voice->headphones = player_start(&options);
    }
    return voice;
}

void voice_destroy(struct voice *voice) {
    if (!voice)
        return;
    player_stop(voice->speaker);
    player_stop(voice->headphones);
    explicit_bzero(voice, sizeof *voice);
    free(voice);
}

static void note_said(struct voice *voice, const struct speech *speech) {
    for (int i = 0; i < speech->count && voice->said_count < SAID_MAX; i++)
        voice->said[voice->said_count++] = speech->words[i];
}

static void give_speech(struct voice *voice, const struct speech *speech) {
    int percent = voice->sound.volume ? voice->sound.volume(voice->sound.context) : 100;
    if (speech->count == 0 && speech->earcon == EARCON_NONE)
        return;
    note_said(voice, speech);
    voice->last = *speech;
    if (percent == 0)
        return;
    player_say(voice->speaker, speech, percent);
    player_say(voice->headphones, speech, percent);
}

static bool same_word(const struct speech_word *a, const struct speech_word *b) {
    return a->own == b->own && a->begins == b->begins && strcmp(a->key, b->key) == 0;
}

/* Where the first sentence begins that was not said before. */
static int first_new(const struct speech *before, const struct speech *now) {
    int same = 0;
    while (same < now->count && same < before->count &&
           same_word(&now->words[same], &before->words[same]))
        same++;
    if (same == now->count)
        return same;
    while (same > 0 && !now->words[same].begins)
        same--;
    return same;
}

static void cut_words(struct speech *speech, int from) {
    speech->count -= from;
    memmove(speech->words, speech->words + from, sizeof speech->words[0] * (size_t)speech->count);
}

static bool is_other_screen(const struct voice *voice, const struct view *view) {
    return !voice->follows || view->screen != voice->shown ||
           view->language != voice->screen.language;
}

/* Nobody may be there: the first screen speaks only to who goes by keys, or asks. */
static bool is_quiet(const struct voice *voice, const struct view *view) {
    return view->screen == SCREEN_WELCOME && !voice->by_keys && !view->notice_key[0];
}

/* The character typed last. */
static void echo_typed(struct voice *voice, const struct view *view, struct speech *out) {
    size_t typed = view->screen == SCREEN_KEYPAD ? strlen(view->of.keypad.typed) : 0;
    if (typed > voice->typed)
        speech_own_text(out, "", view->of.keypad.typed + typed - 1);
    else if (typed < voice->typed && view->screen == SCREEN_KEYPAD)
        speech_say(out, "key.del");
    voice->typed = typed;
}

static bool same_choice(struct choice a, struct choice b) {
    return a.touch.kind == b.touch.kind && a.touch.n == b.touch.n && a.nth == b.nth;
}

static void follow_focus(struct voice *voice, const struct view *view, struct choice focus,
                         struct speech *out) {
    bool moved = focus.touch.kind != TOUCH_NONE && !same_choice(focus, voice->focus);
    voice->focus = focus;
    if (moved)
        speech_of_touch(view, focus.touch, out);
}

void voice_follow(struct voice *voice, const struct view *view, struct choice focus) {
    static struct speech now, before;
    if (!voice)
        return;
    bool other = is_other_screen(voice, view), began = false;
    if (other) {
        explicit_bzero(voice->said, sizeof voice->said);
        voice->said_count = 0;
        voice->by_keys = false;
        voice->typed = 0;
        voice->focus = (struct choice){0};
    }
    if (focus.touch.kind != TOUCH_NONE && !voice->by_keys)
        began = voice->by_keys = true;
    speech_of_view(view, &now);
    before = voice->screen;
    voice->screen = now;
    voice->shown = view->screen;
    if (is_quiet(voice, view))
        now.count = 0;
    else if (!other && !(began && view->screen == SCREEN_WELCOME))
        cut_words(&now, first_new(&before, &now));
    if (now.earcon == before.earcon && voice->follows)
        now.earcon = EARCON_NONE;
    if (before.earcon == EARCON_TAKE && voice->screen.earcon != EARCON_TAKE) {
        player_settle(voice->speaker);
        player_settle(voice->headphones);
    }
    voice->follows = true;
    echo_typed(voice, view, &now);
    follow_focus(voice, view, focus, &now);
    give_speech(voice, &now);
    explicit_bzero(&now, sizeof now);
    explicit_bzero(&before, sizeof before);
}

void voice_sound(struct voice *voice, enum earcon earcon) {
    struct speech speech = {.earcon = earcon};
    if (voice)
        give_speech(voice, &speech);
}

void voice_repeat(struct voice *voice) {
    if (!voice)
        return;
    struct speech again = voice->screen;
    again.earcon = EARCON_NONE;
    give_speech(voice, &again);
}

bool voice_said(const struct voice *voice, const char *key, bool to_all) {
    for (int i = 0; voice && i < voice->said_count; i++)
        if (strcmp(voice->said[i].key, key) == 0 && !(to_all && voice->said[i].own))
            return true;
    return false;
}

const struct speech *voice_last(const struct voice *voice) {
    return &voice->last;
}
