/* Section `sound` of the configuration: what is heard, where, and how loud at which hour. */
#ifndef HOPKIOSK_SHELL_SOUND_SETTINGS_H
#define HOPKIOSK_SHELL_SOUND_SETTINGS_H

#include <stdint.h>

#include "app/config/config.h"

#define SOUND_VOLUMES_MAX 24

struct sound_volume {
    int from_min; /* of the day, in China */
    int percent;
};

struct settings_sound {
    char *device, *headphones; /* outputs as SDL names them; "": the usual one; none of their own */
    char *speech;              /* "aloud", "headphones", "off" */
    int volume_count;          /* 0: silent */
    struct sound_volume
        volumes[SOUND_VOLUMES_MAX]; /* each until the next begins, the last one over midnight */
};

extern const struct config_section settings_sound_section;
const struct settings_sound *settings_sound(const struct config *config);
/* At that time. */
int settings_volume(const struct settings_sound *sound, int64_t wall_ms);

/* "07:30" in minutes of the day; -1: no time. */
int settings_minute(const char *text);

#endif
