#include "ui/voice/player.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "ui/voice/clips.h"

#define TAKE_TIMES 4 /* knocks for what sticks out of the machine */
#define TAKE_PAUSE_MS 5000
#define SLICE_MS 50      /* how soon an interruption is heard, while something sounds */
#define PATIENCE_MS 2000 /* an output that plays so much slower than time has hung */

struct player {
    struct player_options options;
    char *device, *recordings, *prompts;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    bool stops, pending, settles;
    struct speech next; /* pending */
    int percent;
    /* the thread's own */
    struct speech now;
    int now_percent;
    SDL_AudioDeviceID output;
    bool opened, failed; /* what was told last */
};

/* SDL counts users of its parts without a lock. */
static pthread_mutex_t sdl_lock = PTHREAD_MUTEX_INITIALIZER;

static void tell_state(struct player *player, const char *why) {
    bool news = why ? !player->failed : !player->opened;
    player->failed = why != NULL;
    player->opened = why == NULL;
    if (news && player->options.state)
        player->options.state(player->device, why);
}

static bool open_output(struct player *player) {
    const SDL_AudioSpec wanted = {
        .freq = CLIP_RATE, .format = AUDIO_S16SYS, .channels = 1, .samples = 1024};
    const char *name = player->device[0] ? player->device : NULL;
    pthread_mutex_lock(&sdl_lock);
    if (SDL_WasInit(SDL_INIT_AUDIO) || SDL_InitSubSystem(SDL_INIT_AUDIO) == 0)
        player->output = SDL_OpenAudioDevice(name, 0, &wanted, NULL, 0);
    pthread_mutex_unlock(&sdl_lock);
    tell_state(player, player->output ? NULL : SDL_GetError());
    return player->output != 0;
}

static void close_output(struct player *player) {
    if (player->output) {
        pthread_mutex_lock(&sdl_lock);
        SDL_CloseAudioDevice(player->output);
        pthread_mutex_unlock(&sdl_lock);
    }
    player->output = 0;
}

/* Waits so long, or until there is something new. Called with the lock held. */
static void wait_changed(struct player *player, int ms) {
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_nsec += (long)(ms % 1000) * 1000000;
    until.tv_sec += ms / 1000 + until.tv_nsec / 1000000000;
    until.tv_nsec %= 1000000000;
    pthread_cond_timedwait(&player->changed, &player->lock, &until);
}

static bool is_interrupted(const struct player *player) {
    return player->stops || (player->pending && !player->now.whole);
}

static void queue_clip(struct player *player, struct clip *clip) {
    clip_scale(clip, player->now_percent);
    if (clip->samples)
        SDL_QueueAudio(player->output, clip->samples, (Uint32)clip->count * sizeof(Sint16));
    SDL_free(clip->samples);
}

static void queue_words(struct player *player) {
    const struct speech *speech = &player->now;
    for (int i = 0; player->options.speaks && i < speech->count; i++) {
        const struct speech_word *word = &speech->words[i];
        struct clip clip;
        if (word->own && !player->options.own)
            continue;
        if (clip_read(player->recordings, speech->language, word->key, &clip) ||
            clip_read(player->prompts, speech->language, word->key, &clip))
            queue_clip(player, &clip);
    }
}

static void hear_out(struct player *player) {
    int left_ms =
        (int)(SDL_GetQueuedAudioSize(player->output) / sizeof(Sint16) * 1000 / CLIP_RATE) +
        PATIENCE_MS;
    pthread_mutex_lock(&player->lock);
    for (; left_ms > 0 && !is_interrupted(player) && SDL_GetQueuedAudioSize(player->output) > 0;
         left_ms -= SLICE_MS)
        wait_changed(player, SLICE_MS);
    bool cut = is_interrupted(player);
    pthread_mutex_unlock(&player->lock);
    if (cut)
        SDL_ClearQueuedAudio(player->output);
}

static void play_now(struct player *player) {
    struct clip earcon = clip_of_earcon(player->now.earcon);
    if (!open_output(player)) {
        SDL_free(earcon.samples);
        return;
    }
    queue_clip(player, &earcon);
    queue_words(player);
    SDL_PauseAudioDevice(player->output, 0);
    hear_out(player);
    close_output(player);
}

/* Has it a sound or a word for this output? */
static bool has_sound(const struct player *player) {
    if (player->now.earcon != EARCON_NONE)
        return true;
    for (int i = 0; player->options.speaks && i < player->now.count; i++)
        if (player->options.own || !player->now.words[i].own)
            return true;
    return false;
}

/* Knocks again while nothing else is said. */
static void play_again(struct player *player) {
    bool goes_on = player->now.earcon == EARCON_TAKE;
    player->now.count = 0;
    for (int i = 1; goes_on && i < TAKE_TIMES; i++) {
        pthread_mutex_lock(&player->lock);
        if (!player->pending && !player->stops && !player->settles)
            wait_changed(player, TAKE_PAUSE_MS);
        goes_on = !player->pending && !player->stops && !player->settles;
        pthread_mutex_unlock(&player->lock);
        if (goes_on)
            play_now(player);
    }
}

/* Waits for something to say; false: the end. */
static bool take_next(struct player *player) {
    pthread_mutex_lock(&player->lock);
    while (!player->pending && !player->stops)
        pthread_cond_wait(&player->changed, &player->lock);
    bool goes_on = !player->stops;
    player->now = player->next;
    player->now_percent = player->percent;
    explicit_bzero(&player->next, sizeof player->next);
    player->pending = player->settles = false;
    pthread_mutex_unlock(&player->lock);
    return goes_on;
}

static void *player_run(void *context) {
    struct player *player = context;
    if (open_output(
            player)) /* tried at once, so that somebody hears of an output that is not there */
        close_output(player);
    while (take_next(player)) {
        if (has_sound(player)) {
            play_now(player);
            play_again(player);
        }
        explicit_bzero(&player->now, sizeof player->now);
    }
    return NULL;
}

static void init_changed(struct player *player) {
    pthread_condattr_t attributes;
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_mutex_init(&player->lock, NULL);
    pthread_cond_init(&player->changed, &attributes);
    pthread_condattr_destroy(&attributes);
}

static void free_player(struct player *player) {
    free(player->device);
    free(player->recordings);
    free(player->prompts);
    explicit_bzero(player, sizeof *player);
    free(player);
}

struct player *player_start(const struct player_options *options) {
    struct player *player = calloc(1, sizeof *player);
    if (!player)
        return NULL;
    player->options = *options;
    player->device = strdup(options->device);
    player->recordings = strdup(options->recordings);
    player->prompts = strdup(options->prompts);
    init_changed(player);
    if (player->device && player->recordings && player->prompts &&
        pthread_create(&player->thread, NULL, player_run, player) == 0) {
        pthread_setname_np(player->thread, options->own ? "headphones" : "speaker");
        return player;
    }
    free_player(player);
    return NULL;
}

void player_stop(struct player *player) {
    if (!player)
        return;
    pthread_mutex_lock(&player->lock);
    player->stops = true;
    pthread_cond_signal(&player->changed);
    pthread_mutex_unlock(&player->lock);
    pthread_join(player->thread, NULL);
    pthread_cond_destroy(&player->changed);
    pthread_mutex_destroy(&player->lock);
    free_player(player);
}

void player_say(struct player *player, const struct speech *speech, int percent) {
    if (!player)
        return;
    pthread_mutex_lock(&player->lock);
    player->next = *speech;
    player->percent = percent;
    player->pending = true;
    pthread_cond_signal(&player->changed);
    pthread_mutex_unlock(&player->lock);
}

void player_settle(struct player *player) {
    if (!player)
        return;
    pthread_mutex_lock(&player->lock);
    player->settles = true;
    pthread_cond_signal(&player->changed);
    pthread_mutex_unlock(&player->lock);
}
