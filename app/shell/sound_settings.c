#include "app/shell/sound_settings.h"

#include <stdlib.h>
#include <string.h>

#include "app/config/list.h"
#include "app/config/section.h"
#include "app/core/terms/policy.h"

#define MINUTE_MS 60000
#define EXPECTED "percent, or percent by the hour they begin at: {\"07:00\": 70, \"20:30\": 30}"

static bool add_volume(struct config_loading *loading, const char *path, const cJSON *item,
                       struct settings_sound *sound, int from_min) {
    int64_t percent;
    if (!config_whole(loading, path, item, 0, 100, &percent))
        return false;
    sound->volumes[sound->volume_count++] = (struct sound_volume){from_min, (int)percent};
    return true;
}

int settings_minute(const char *text) {
    static const char form[] = "00:00";
    if (strlen(text) != sizeof form - 1)
        return -1;
    for (int i = 0; form[i]; i++)
        if (form[i] == ':' ? text[i] != ':' : text[i] < '0' || text[i] > '9')
            return -1;
    int hour = atoi(text), minute = atoi(text + 3);
    return hour < 24 && minute < 60 ? hour * 60 + minute : -1;
}

static int by_minute(const void *a, const void *b) {
    return ((const struct sound_volume *)a)->from_min - ((const struct sound_volume *)b)->from_min;
}

static bool read_volume(struct config_loading *loading, const char *path, const cJSON *item,
                        void *section) {
    struct settings_sound *sound = section;
    if (!cJSON_IsObject(item))
        return add_volume(loading, path, item, sound, 0);
    for (const cJSON *hour = item->child; hour != NULL; hour = hour->next) {
        int from_min = settings_minute(hour->string);
        if (from_min < 0 || sound->volume_count == SOUND_VOLUMES_MAX)
            return config_complain(loading, path, item, false, EXPECTED);
        if (!add_volume(loading, path, hour, sound, from_min))
            return false;
    }
    qsort(sound->volumes, (size_t)sound->volume_count, sizeof sound->volumes[0], by_minute);
    return sound->volume_count > 0 || config_complain(loading, path, item, false, EXPECTED);
}

static bool check_sound(struct config_loading *loading, void *section) {
    static const char *const words[] = {"aloud", "headphones", "off"};
    const struct settings_sound *sound = section;
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (strcmp(sound->speech, words[i]) == 0)
            return true;
    return config_wrong(loading, "sound.speech", "aloud, headphones or off", sound->speech);
}

#define AT(member) .offset = offsetof(struct settings_sound, member)
static const struct config_row sound_rows[] = {
    {"sound.volume", CONFIG_LIST, .list = read_volume},
    {"sound.speech", CONFIG_TEXT, AT(speech), .fallback = "aloud"},
    {"sound.device", CONFIG_TEXT, AT(device)},
    {"sound.headphones", CONFIG_TEXT, AT(headphones)},
    {0}};

const struct config_section settings_sound_section = {
    .size = sizeof(struct settings_sound), .rows = sound_rows, .check = check_sound};

const struct settings_sound *settings_sound(const struct config *config) {
    return config_section(config, &settings_sound_section);
}

int settings_volume(const struct settings_sound *sound, int64_t wall_ms) {
    int minute = (int)((wall_ms - policy_day_start_ms(wall_ms)) / MINUTE_MS);
    int at = sound->volume_count -
             1; /* until the first one of the day: the last one of the day before */
    for (int i = 0; i < sound->volume_count; i++)
        if (sound->volumes[i].from_min <= minute)
            at = i;
    return at < 0 ? 0 : sound->volumes[at].percent;
}
