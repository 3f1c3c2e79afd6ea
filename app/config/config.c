#include "app/config/config.h"

#include <ctype.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/base/log.h"
#include "app/config/parts.h"
#include "app/wire/json.h"

#define FILE_MAX (1 << 20)

static bool is_text(enum config_type type) {
    return type == CONFIG_TEXT || type == CONFIG_SECRET || type == CONFIG_URL ||
           type == CONFIG_PATH;
}

static void *member_of(struct config *config, const struct config_row *row) {
    return (char *)config + row->offset;
}

/* The item at "a.b.c", or NULL. `parent`: whether "a.b" is there. */
static const cJSON *find(const cJSON *tree, const char *path, bool *parent) {
    char name[64];
    *parent = true;
    for (;;) {
        size_t length = strcspn(path, ".");
        snprintf(name, sizeof name, "%.*s", (int)length, path);
        const cJSON *item = cJSON_GetObjectItemCaseSensitive(tree, name);
        if (path[length] == '\0')
            return item;
        if (item == NULL) {
            *parent = false;
            return NULL;
        }
        tree = item;
        path += length + 1;
    }
}

static bool set_text(struct config_loading *loading, const struct config_row *row,
                     const cJSON *item) {
    char *text = config_string(loading, row->path, item, row->type == CONFIG_SECRET);
    if (text == NULL)
        return false;
    if (text[0] == '\0' && row->need != CONFIG_OPTIONAL) {
        free(text);
        return config_complain(loading, row->path, NULL, false, "a string that is not empty");
    }
    if (row->type == CONFIG_SECRET && cJSON_IsString(item))
        loading->config->secret_inside = true;
    char **member = member_of(loading->config, row);
    free(*member);
    *member = row->type == CONFIG_PATH ? config_resolve(loading->config, text) : text;
    return true;
}

static bool set_number(struct config_loading *loading, const struct config_row *row,
                       const cJSON *item) {
    int64_t value;
    void *member = member_of(loading->config, row);
    if (!config_whole(loading, row->path, item, row->least, row->most, &value))
        return false;
    if (row->type == CONFIG_INT)
        *(int *)member = (int)value;
    else if (row->type == CONFIG_FEN)
        ((struct fen *)member)->fen = value;
    else
        *(int64_t *)member = row->type == CONFIG_HOURS ? value * 3600 * 1000 : value;
    return true;
}

static bool set_language(struct config_loading *loading, const struct config_row *row,
                         const cJSON *item) {
    const char *text = cJSON_IsString(item) ? item->valuestring : "";
    bool english = strcmp(text, "en") == 0;
    if (!english && strcmp(text, "zh") != 0)
        return config_complain(loading, row->path, item, false, "zh or en");
    *(enum language *)member_of(loading->config, row) = english ? LANGUAGE_EN : LANGUAGE_ZH;
    return true;
}

static bool set(struct config_loading *loading, const struct config_row *row, const cJSON *item) {
    switch (row->type) {
    case CONFIG_TEXT:
    case CONFIG_SECRET:
    case CONFIG_URL:
    case CONFIG_PATH:
        return set_text(loading, row, item);
    case CONFIG_INT:
    case CONFIG_INT64:
    case CONFIG_FEN:
    case CONFIG_HOURS:
        return set_number(loading, row, item);
    case CONFIG_BOOL:
        if (!cJSON_IsBool(item))
            return config_complain(loading, row->path, item, false, "true or false");
        *(bool *)member_of(loading->config, row) = cJSON_IsTrue(item);
        return true;
    case CONFIG_LANGUAGE:
        return set_language(loading, row, item);
    case CONFIG_LIST:
        return row->list(loading, row->path, item);
    }
    return false;
}

/* A row with this path, or rows below it (`*section`). */
static bool is_known(const char *path, bool *section) {
    size_t length = strlen(path);
    for (const struct config_row *row = config_rows; row->path != NULL; row++) {
        if (strncmp(row->path, path, length) != 0)
            continue;
        *section = row->path[length] == '.';
        if (*section || row->path[length] == '\0')
            return true;
    }
    return false;
}

static bool refuse_unknown(struct config_loading *loading, const cJSON *object, const char *above) {
    const cJSON *member;
    cJSON_ArrayForEach(member, object) {
        char path[128];
        bool section;
        snprintf(path, sizeof path, "%s%s%.60s", above, *above == '\0' ? "" : ".", member->string);
        if (!is_known(path, &section)) {
            snprintf(loading->error, loading->error_size, "%s: no such member", path);
            return false;
        }
        if (section && !cJSON_IsObject(member))
            return config_complain(loading, path, member, false, "an object");
        if (section && !refuse_unknown(loading, member, path))
            return false;
    }
    return true;
}

static bool set_all(struct config_loading *loading, const cJSON *tree) {
    for (const struct config_row *row = config_rows; row->path != NULL; row++) {
        bool parent;
        const cJSON *item = find(tree, row->path, &parent);
        bool wanted =
            row->need == CONFIG_REQUIRED || (row->need == CONFIG_REQUIRED_IN_SECTION && parent);
        if (item == NULL && wanted)
            return config_complain(loading, row->path, NULL, false, "a value (required)");
        if (item != NULL && !set(loading, row, item))
            return false;
    }
    return true;
}

static void set_defaults(struct config *config) {
    config->limits = limits_default();
    config->policy = policy_default();
    config->driver_limits = (struct driver_limits){.poll_ms = 2000,
                                                   .stale_ms = 6000,
                                                   .reconnect_first_ms = 100,
                                                   .reconnect_max_ms = 2000,
                                                   .print_ms = 10000,
                                                   .scan_gap_ms = 60,
                                                   .transfer_ms = 2000,
                                                   .pos_ack_ms = 2000,
                                                   .pos_ms = 120000};
    config->terminal.panel_width_mm = 268;
    config->terminal.panel_height_mm = 476;
    config->terminal.width = 1080;
    config->terminal.height = 1920;
    config->receipt.automatic = true;
    static const enum channel channels[] = {CHANNEL_WECHAT, CHANNEL_ALIPAY, CHANNEL_UNIONPAY,
                                            CHANNEL_PHONE};
    for (size_t i = 0; i < sizeof channels / sizeof channels[0]; i++) {
        config->channels[config->channel_count++] = channels[i];
        config->policy.channels[channels[i]] = true;
    }
    for (const struct config_row *row = config_rows; row->path != NULL; row++)
        if (is_text(row->type)) {
            char *text = strdup(row->fallback == NULL ? "" : row->fallback);
            *(char **)member_of(config, row) =
                row->type == CONFIG_PATH ? config_resolve(config, text) : text;
        }
}

static char *read_whole(const char *path, size_t *length) {
    FILE *file = fopen(path, "rbe");
    char *text = file == NULL ? NULL : malloc(FILE_MAX);
    if (text != NULL)
        *length = fread(text, 1, FILE_MAX, file);
    bool good = text != NULL && !ferror(file) && *length < FILE_MAX;
    if (file != NULL)
        fclose(file);
    if (good)
        return text;
    free(text);
    return NULL;
}

static char *folder_of(const char *path) {
    char *copy = strdup(path), *folder = strdup(dirname(copy));
    free(copy);
    return folder;
}

bool config_load(const char *path, struct config *out, char *error, size_t error_size) {
    struct config_loading loading = {out, error, error_size};
    size_t length = 0;
    const char *reason = "";
    *out = (struct config){.folder = folder_of(path)};
    set_defaults(out);
    char *text = read_whole(path, &length);
    cJSON *tree = text == NULL ? NULL : wire_parse(text, length, &reason);
    bool good = cJSON_IsObject(tree);
    if (!good)
        snprintf(error, error_size,
                 text == NULL ? "%s: cannot be read" : "%s: not a JSON object: %s", path,
                 reason == NULL ? "an array or a single value" : reason);
    free(text);
    bool parent;
    out->upp.present = good && find(tree, "platforms.upp", &parent) != NULL;
    good = good && refuse_unknown(&loading, tree, "") && set_all(&loading, tree) &&
           config_check(&loading);
    cJSON_Delete(tree);
    if (!good)
        config_free(out);
    return good;
}

static void free_paths(struct config_path *paths, int count) {
    for (int i = 0; i < count; i++) {
        free(paths[i].operation);
        free(paths[i].path);
    }
}

void config_free(struct config *config) {
    for (const struct config_row *row = config_rows; row->path != NULL; row++)
        if (is_text(row->type))
            free(*(char **)member_of(config, row));
    free_paths(config->his.paths, config->his.path_count);
    free_paths(config->upp.paths, config->upp.path_count);
    for (int i = 0; i < config->device_count; i++) {
        free((char *)config->devices[i].driver);
        free((char *)config->devices[i].port);
        free((char *)config->devices[i].terminal_no);
        free((char *)config->devices[i].merchant_no);
    }
    free(config->folder);
    *config = (struct config){0};
}

const char *config_path_of(const struct config_path *paths, int count, const char *operation,
                           const char *fallback) {
    for (int i = 0; i < count; i++)
        if (strcmp(paths[i].operation, operation) == 0)
            return paths[i].path;
    return fallback;
}
