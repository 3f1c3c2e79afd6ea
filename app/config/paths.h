/* Member `paths` of a platform: operations that have other paths at this site than in the document.
 */
#ifndef HOPKIOSK_CONFIG_PATHS_H
#define HOPKIOSK_CONFIG_PATHS_H

#include "app/config/section.h"
#include "app/wire/operation.h"

#define CONFIG_PATHS_MAX 24

struct config_paths {
    int count;
    struct {
        char *operation, *path;
    } items[CONFIG_PATHS_MAX];
};

/* Reads an object of "operation": "path" of a platform's operations. */
bool config_paths_read(struct config_loading *loading, const char *path, const cJSON *item,
                       const struct wire_operation *operations, struct config_paths *out);
void config_paths_release(struct config_paths *paths);
/* The configured path of an operation, else the document's. */
const char *config_path_of(const struct config_paths *paths, const char *operation,
                           const char *fallback);

#endif
