#include "app/shell/staff_settings.h"

#include <stdlib.h>
#include <string.h>

#include "app/base/pin.h"
#include "app/config/list.h"
#include "app/shell/settings.h"

#define NAME_BYTES_MAX 40

/* Two of one name, or of one PIN, could not be told apart by what is recorded. */
static bool is_single(struct config_loading *loading, const char *path,
                      const struct settings *settings, const struct settings_person *person) {
    for (const struct settings_person *other = settings->staff.people; other < person; other++) {
        if (strcmp(other->name, person->name) == 0)
            return config_member_wrong(loading, path, "name", "a name of its own", person->name);
        if (strcmp(other->pin_hash, person->pin_hash) == 0)
            return config_member_wrong(loading, path, "pin_hash", "a PIN of its own",
                                       "another's, not shown");
    }
    return true;
}

static bool read_person(struct config_loading *loading, const char *path, const cJSON *row,
                        void *section) {
    static const char *const known[] = {"name", "pin_hash", NULL};
    struct settings *settings = section;
    /* Counted first, so that what a refused row has allocated is freed with the rest. */
    struct settings_person *person = &settings->staff.people[settings->staff.count++];
    if (!config_only_known(loading, path, row, known) ||
        !config_member_text(loading, path, row, "name", &person->name) ||
        !config_member_text(loading, path, row, "pin_hash", &person->pin_hash))
        return false;
    if (person->name[0] == '\0' || strlen(person->name) > NAME_BYTES_MAX)
        return config_member_wrong(loading, path, "name", "a name of at most 40 bytes",
                                   person->name[0] != '\0' ? person->name : "nothing");
    if (!pin_hash_is_valid(person->pin_hash))
        return config_member_wrong(loading, path, "pin_hash", "what kioskctl staff-pin prints",
                                   "something else, not shown");
    return is_single(loading, path, settings, person);
}

bool settings_read_people(struct config_loading *loading, const char *path, const cJSON *item,
                          void *section) {
    return config_each(loading, path, item, SETTINGS_STAFF_MAX, section, read_person);
}

void settings_release_people(void *section) {
    struct settings *settings = section;
    for (int i = 0; i < settings->staff.count; i++) {
        free((char *)settings->staff.people[i].name);
        free((char *)settings->staff.people[i].pin_hash);
    }
}
