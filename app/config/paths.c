#include "app/config/paths.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MEMBER_SIZE 160 /* "platforms.upp.paths.scanCode" */

bool config_paths_read(struct config_loading *loading, const char *path, const cJSON *item,
                       const struct wire_operation *operations, struct config_paths *out) {
    char full[MEMBER_SIZE];
    const cJSON *member;
    if (!cJSON_IsObject(item))
        return config_complain(loading, path, item, false, "an object of operation: path");
    cJSON_ArrayForEach(member, item) {
        snprintf(full, sizeof full, "%s.%.40s", path, member->string);
        if (out->count >= CONFIG_PATHS_MAX ||
            wire_operation_named(operations, member->string) == NULL)
            return config_unknown(loading, full);
        if (!cJSON_IsString(member) || member->valuestring[0] != '/')
            return config_complain(loading, full, member, false, "a path that begins with /");
        out->items[out->count].operation = strdup(member->string);
        out->items[out->count++].path = strdup(member->valuestring);
    }
    return true;
}

void config_paths_release(struct config_paths *paths) {
    for (int i = 0; i < paths->count; i++) {
        free(paths->items[i].operation);
        free(paths->items[i].path);
    }
}

const char *config_path_of(const struct config_paths *paths, const char *operation,
                           const char *fallback) {
    for (int i = 0; i < paths->count; i++)
        if (strcmp(paths->items[i].operation, operation) == 0)
            return paths->items[i].path;
    return fallback;
}
