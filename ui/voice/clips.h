/* Samples of prompts and of the short sounds, all of one kind: RATE a second, one channel, 16 bits.
 */
#ifndef HOPKIOSK_UI_VOICE_CLIPS_H
#define HOPKIOSK_UI_VOICE_CLIPS_H

#include <SDL.h>

#include "ui/voice/speech.h"

#define CLIP_RATE 22050

struct clip {
    Sint16 *samples; /* SDL_free() */
    int count;
};

/* Reads DIR/LANGUAGE/KEY.wav, of any rate and form that SDL knows. False: it is not there, or no
 * WAV file. */
bool clip_read(const char *dir, enum view_language language, const char *key, struct clip *out);
/* NONE: no samples. */
struct clip clip_of_earcon(enum earcon earcon);
/* As loud as so many percent. */
void clip_scale(struct clip *clip, int percent);

#endif
