/* The people of `staff.people`: a name and the hash of a PIN each. */
#ifndef HOPKIOSK_SHELL_STAFF_SETTINGS_H
#define HOPKIOSK_SHELL_STAFF_SETTINGS_H

#include "app/config/section.h"

bool settings_read_people(struct config_loading *loading, const char *path, const cJSON *item,
                          void *section);
void settings_release_people(void *section);

#endif
