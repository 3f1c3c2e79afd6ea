/* One output of sound: a thread that opens it when something is to be heard and closes it
 * afterwards, so that nothing wakes up in silence. */
#ifndef HOPKIOSK_UI_VOICE_PLAYER_H
#define HOPKIOSK_UI_VOICE_PLAYER_H

#include "ui/voice/speech.h"

struct player;

struct player_options {
    const char *device;     /* "": the system's usual one */
    const char *recordings; /* a folder that is looked at first */
    const char *prompts;    /* the folder of the prompts that were made */
    bool own;               /* says what is the patient's own, too */
    bool speaks;            /* else only short sounds */
    /* Told, on the player's thread, when the output begins (NULL) and when it fails to open (why).
     */
    void (*state)(const char *device, const char *why);
};

/* Strings are copied. NULL: out of memory. */
struct player *player_start(const struct player_options *options);
void player_stop(struct player *player);
/* Says it, `percent` loud, in place of what is being said; after that where it must be heard whole.
 */
void player_say(struct player *player, const struct speech *speech, int percent);
/* Ends what would sound again and again. */
void player_settle(struct player *player);

#endif
