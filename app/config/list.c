#include "app/config/list.h"

#include <stdio.h>
#include <string.h>

#include "app/wire/json.h"

bool config_array(struct config_loading *loading, const char *path, const cJSON *item,
                  int count_max) {
    if (cJSON_IsArray(item) && cJSON_GetArraySize(item) <= count_max)
        return true;
    char expected[48];
    snprintf(expected, sizeof expected, "an array of at most %d", count_max);
    return config_complain(loading, path, item, false, expected);
}

bool config_pair(struct config_loading *loading, const char *path, const cJSON *item, int most,
                 int *width, int *height) {
    int64_t first, second;
    if (!cJSON_IsArray(item) || cJSON_GetArraySize(item) != 2)
        return config_complain(loading, path, item, false, "[width, height]");
    if (!config_whole(loading, path, item->child, 1, most, &first) ||
        !config_whole(loading, path, item->child->next, 1, most, &second))
        return false;
    *width = (int)first;
    *height = (int)second;
    return true;
}

int config_word(struct config_loading *loading, const char *path, const cJSON *item,
                const char *const *words) {
    const char *text = cJSON_IsString(item) ? item->valuestring : "";
    char expected[160] = "one of";
    for (int i = 0; words[i] != NULL; i++) {
        if (words[i][0] != '\0' && strcmp(words[i], text) == 0)
            return i;
        size_t used = strlen(expected);
        if (words[i][0] != '\0')
            snprintf(expected + used, sizeof expected - used, " %s", words[i]);
    }
    (void)config_complain(loading, path, item, false, expected);
    return -1;
}

bool config_each(struct config_loading *loading, const char *path, const cJSON *item, int count_max,
                 void *section,
                 bool (*read)(struct config_loading *loading, const char *path, const cJSON *row,
                              void *section)) {
    char full[CONFIG_LIST_PATH_SIZE];
    const cJSON *row;
    int count = 0;
    if (!config_array(loading, path, item, count_max))
        return false;
    cJSON_ArrayForEach(row, item) {
        snprintf(full, sizeof full, "%s[%d]", path, count++);
        if (!read(loading, full, row, section))
            return false;
    }
    return true;
}

bool config_each_named(struct config_loading *loading, const char *path, const cJSON *item,
                       const char *const *names, int count, void *section,
                       bool (*read)(struct config_loading *loading, const char *path,
                                    const cJSON *item, int n, void *section)) {
    char full[CONFIG_LIST_PATH_SIZE];
    const cJSON *member;
    if (!cJSON_IsObject(item))
        return config_complain(loading, path, item, false, "an object");
    cJSON_ArrayForEach(member, item) {
        int n = 1;
        snprintf(full, sizeof full, "%.48s.%.40s", path, member->string);
        while (n < count && strcmp(names[n], member->string) != 0)
            n++;
        if (n == count)
            return config_unknown(loading, full);
        if (!read(loading, full, member, n, section))
            return false;
    }
    return true;
}

bool config_only_known(struct config_loading *loading, const char *path, const cJSON *row,
                       const char *const *known) {
    char full[CONFIG_LIST_PATH_SIZE + 64];
    if (!cJSON_IsObject(row))
        return config_complain(loading, path, row, false, "an object");
    const cJSON *member;
    cJSON_ArrayForEach(member, row) {
        const char *const *name = known;
        while (*name != NULL && strcmp(*name, member->string) != 0)
            name++;
        if (*name != NULL)
            continue;
        snprintf(full, sizeof full, "%s.%.60s", path, member->string);
        return config_unknown(loading, full);
    }
    return true;
}

const char *config_member_path(const char *path, const char *name,
                               char out[CONFIG_LIST_PATH_SIZE]) {
    snprintf(out, CONFIG_LIST_PATH_SIZE, "%.60s.%s", path, name);
    return out;
}

bool config_member_wrong(struct config_loading *loading, const char *path, const char *name,
                         const char *expected, const char *got) {
    char full[CONFIG_LIST_PATH_SIZE];
    return config_wrong(loading, config_member_path(path, name, full), expected, got);
}

bool config_member_whole(struct config_loading *loading, const char *path, const cJSON *row,
                         const char *name, int64_t most, int64_t fallback, int64_t *out) {
    char full[CONFIG_LIST_PATH_SIZE];
    const cJSON *item = wire_member(row, name);
    config_member_path(path, name, full);
    *out = fallback;
    return item == NULL || config_whole(loading, full, item, 0, most, out);
}

bool config_member_flag(struct config_loading *loading, const char *path, const cJSON *row,
                        const char *name, bool *out) {
    char full[CONFIG_LIST_PATH_SIZE];
    const cJSON *item = wire_member(row, name);
    config_member_path(path, name, full);
    *out = cJSON_IsTrue(item);
    return item == NULL || cJSON_IsBool(item) ||
           config_complain(loading, full, item, false, "true or false");
}

int config_member_word(struct config_loading *loading, const char *path, const cJSON *row,
                       const char *name, const char *const *words) {
    char full[CONFIG_LIST_PATH_SIZE];
    config_member_path(path, name, full);
    return config_word(loading, full, wire_member(row, name), words);
}

bool config_member_text(struct config_loading *loading, const char *path, const cJSON *row,
                        const char *name, const char **out) {
    char full[CONFIG_LIST_PATH_SIZE];
    const cJSON *item = wire_member(row, name);
    config_member_path(path, name, full);
    if (item != NULL && !cJSON_IsString(item))
        return config_complain(loading, full, item, false, "a string");
    *out = strdup(item == NULL ? "" : item->valuestring);
    return true;
}
