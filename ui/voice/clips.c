#include "ui/voice/clips.h"

#include <math.h>
#include <stdio.h>

#define PI 3.14159265358979
#define QUIETER 0.25 /* -12 dB */
#define FADE_S 0.01  /* a tone that begins or ends at once clicks */

static bool convert_clip(const SDL_AudioSpec *spec, Uint8 *bytes, Uint32 length, struct clip *out) {
    SDL_AudioStream *stream =
        SDL_NewAudioStream(spec->format, spec->channels, spec->freq, AUDIO_S16SYS, 1, CLIP_RATE);
    bool good = stream && SDL_AudioStreamPut(stream, bytes, (int)length) == 0 &&
                SDL_AudioStreamFlush(stream) == 0;
    int size = good ? SDL_AudioStreamAvailable(stream) : 0;
    out->samples = size > 0 ? SDL_malloc((size_t)size) : NULL;
    if (out->samples)
        out->count = SDL_AudioStreamGet(stream, out->samples, size) / (int)sizeof(Sint16);
    if (stream)
        SDL_FreeAudioStream(stream);
    return out->samples != NULL;
}

bool clip_read(const char *dir, enum view_language language, const char *key, struct clip *out) {
    char path[4096];
    SDL_AudioSpec spec;
    Uint8 *bytes;
    Uint32 length;
    *out = (struct clip){0};
    snprintf(path, sizeof path, "%s/%s/%s.wav", dir, language == VIEW_EN ? "en" : "zh", key);
    if (!SDL_LoadWAV(path, &spec, &bytes, &length))
        return false;
    bool good = convert_clip(&spec, bytes, length, out);
    SDL_FreeWAV(bytes);
    return good;
}

/* A part of a short sound: a tone of so many hertz, then silence. */
struct note {
    double hertz, tone_s, silence_s, loudness;
};

static const struct note notes[EARCON_COUNT][3] = {
    [EARCON_READ] = {{1200, 0.09, 0, 1}},
    [EARCON_PAID] = {{523.25, 0.15, 0.02, 1}, {783.99, 0.22, 0, 1}}, /* C5 G5 */
    [EARCON_WAIT] = {{220, 0.35, 0, 0.7}},                           /* A3 */
    [EARCON_TAKE] = {{160, 0.03, 0.07, 1}, {160, 0.03, 0.07, 1}, {160, 0.03, 0.07, 1}},
};

static int samples_in(double seconds) {
    return (int)(seconds * CLIP_RATE);
}

static void play_note(struct clip *clip, const struct note *note) {
    int count = samples_in(note->tone_s), fade = samples_in(FADE_S);
    for (int i = 0; i < count; i++) {
        int edge = i < count - i ? i : count - i;
        double level = edge < fade ? (double)edge / fade : 1;
        clip->samples[clip->count++] = (Sint16)(32767 * QUIETER * note->loudness * level *
                                                sin(2 * PI * note->hertz * i / CLIP_RATE));
    }
    for (int i = 0; i < samples_in(note->silence_s); i++)
        clip->samples[clip->count++] = 0;
}

struct clip clip_of_earcon(enum earcon earcon) {
    struct clip clip = {0};
    int room = 0;
    for (int i = 0; i < 3; i++)
        room += samples_in(notes[earcon][i].tone_s) + samples_in(notes[earcon][i].silence_s);
    clip.samples = room > 0 ? SDL_malloc(sizeof(Sint16) * (size_t)room) : NULL;
    for (int i = 0; clip.samples && i < 3; i++)
        play_note(&clip, &notes[earcon][i]);
    return clip;
}

void clip_scale(struct clip *clip, int percent) {
    for (int i = 0; i < clip->count; i++)
        clip->samples[i] = (Sint16)(clip->samples[i] * percent / 100);
}
