/* Checks for arrays and objects of a section. All complain with the whole path of the member:
 * "devices[0].driver". */
#ifndef HOPKIOSK_CONFIG_LIST_H
#define HOPKIOSK_CONFIG_LIST_H

#include "app/config/section.h"

#define CONFIG_LIST_PATH_SIZE 96 /* "devices[0].driver" */

bool config_array(struct config_loading *loading, const char *path, const cJSON *item,
                  int count_max);
/* Reads [width, height], each from 1 to `most`. */
bool config_pair(struct config_loading *loading, const char *path, const cJSON *item, int most,
                 int *width, int *height);
/* The index of a word in `words` (ended by NULL, "" is none); -1 after a complaint. */
int config_word(struct config_loading *loading, const char *path, const cJSON *item,
                const char *const *words);
/* Calls `read` with each element of an array of at most count_max: "codes[0]". */
bool config_each(struct config_loading *loading, const char *path, const cJSON *item, int count_max,
                 void *section,
                 bool (*read)(struct config_loading *loading, const char *path, const cJSON *row,
                              void *section));
/* Calls `read` with each member of an object whose names are `names`, from 1. */
bool config_each_named(struct config_loading *loading, const char *path, const cJSON *item,
                       const char *const *names, int count, void *section,
                       bool (*read)(struct config_loading *loading, const char *path,
                                    const cJSON *item, int n, void *section));

/* A row is an object in an array. True when each of its members is one of `known`, ended by NULL.
 */
bool config_only_known(struct config_loading *loading, const char *path, const cJSON *row,
                       const char *const *known);
/* "devices[0].driver" of "devices[0]" and "driver". Returns `out`. */
const char *config_member_path(const char *path, const char *name, char out[CONFIG_LIST_PATH_SIZE]);
/* Complains of a member that was read already (config_wrong); always false. */
bool config_member_wrong(struct config_loading *loading, const char *path, const char *name,
                         const char *expected, const char *got);
/* Read a member of a row; an absent one is `fallback`, false or "". The caller frees a text. */
bool config_member_whole(struct config_loading *loading, const char *path, const cJSON *row,
                         const char *name, int64_t most, int64_t fallback, int64_t *out);
bool config_member_flag(struct config_loading *loading, const char *path, const cJSON *row,
                        const char *name, bool *out);
bool config_member_text(struct config_loading *loading, const char *path, const cJSON *row,
                        const char *name, const char **out);
/* Reads a required word. */
int config_member_word(struct config_loading *loading, const char *path, const cJSON *row,
                       const char *name, const char *const *words);

#endif
