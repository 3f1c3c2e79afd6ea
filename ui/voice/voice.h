/* What the kiosk says: follows the views that are shown and the ring of the keys, and says what is
 * new. Main thread only. */
#ifndef HOPKIOSK_UI_VOICE_VOICE_H
#define HOPKIOSK_UI_VOICE_VOICE_H

#include "ui/frame.h"
#include "ui/ui.h"
#include "ui/voice/speech.h"

struct voice;

/* NULL: out of memory. */
struct voice *voice_create(const struct ui_sound *sound);
void voice_destroy(struct voice *voice);
/* A frame was drawn from this view, with this choice of the keys. */
void voice_follow(struct voice *voice, const struct view *view, struct choice focus);
/* A short sound beside all that. */
void voice_sound(struct voice *voice, enum earcon earcon);
/* Says the screen once more. */
void voice_repeat(struct voice *voice);
/* Was this prompt given to an output since the screen came? `to_all`: not only to the headphones.
 */
bool voice_said(const struct voice *voice, const char *key, bool to_all);
/* What was begun and not said yet of the present screen; for tests. */
const struct speech *voice_last(const struct voice *voice);

#endif
