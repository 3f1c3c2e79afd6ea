#include "app/config/config.h"

#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/base/log.h"
#include "app/config/section.h"
#include "app/core/terms/types.h"
#include "app/wire/json.h"

#define FILE_MAX (1 << 20)

/* The reader's own section. */
struct reader {
    bool allow_plain;
};
static const struct config_row reader_rows[] = {
    {"allow_plain", CONFIG_BOOL, .offset = offsetof(struct reader, allow_plain)}, {0}};
static const struct config_section reader_section = {.size = sizeof(struct reader),
                                                     .rows = reader_rows};

const void *config_section(const struct config *config, const struct config_section *section) {
    for (int i = 0; i < config->part_count; i++)
        if (config->parts[i].section == section)
            return config->parts[i].value;
    ENSURE(!"a section that the program did not list");
    return NULL;
}

bool config_allows_plain(const struct config *config) {
    return ((const struct reader *)config_section(config, &reader_section))->allow_plain;
}

static bool is_text(enum config_type type) {
    return type == CONFIG_TEXT || type == CONFIG_SECRET || type == CONFIG_URL ||
           type == CONFIG_PATH;
}

static void *member_of(const struct config_part *part, const struct config_row *row) {
    return (char *)part->value + row->offset;
}

/* The item at "a.b.c", or NULL. *parent says whether "a.b" is there. */
static const cJSON *find_item(const cJSON *tree, const char *path, bool *parent) {
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

static bool set_text(struct config_loading *loading, const struct config_row *row, char **member,
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
    free(*member);
    *member = row->type == CONFIG_PATH ? config_resolve(loading->config, text) : text;
    return true;
}

static int64_t unit_ms(enum config_type type) {
    switch (type) {
    case CONFIG_SECONDS:
        return 1000;
    case CONFIG_HOURS:
        return 3600 * 1000;
    case CONFIG_DAYS:
        return 24 * 3600 * 1000;
    default:
        return 1;
    }
}

static bool set_number(struct config_loading *loading, const struct config_row *row, void *member,
                       const cJSON *item) {
    int64_t value;
    if (!config_whole(loading, row->path, item, row->least, row->most, &value))
        return false;
    if (row->type == CONFIG_INT)
        *(int *)member = (int)value;
    else if (row->type == CONFIG_FEN)
        ((struct fen *)member)->fen = value;
    else
        *(int64_t *)member = value * unit_ms(row->type);
    return true;
}

static bool set_language(struct config_loading *loading, const struct config_row *row,
                         enum language *member, const cJSON *item) {
    const char *text = cJSON_IsString(item) ? item->valuestring : "";
    bool english = strcmp(text, "en") == 0;
    if (!english && strcmp(text, "zh") != 0)
        return config_complain(loading, row->path, item, false, "zh or en");
    *member = english ? LANGUAGE_EN : LANGUAGE_ZH;
    return true;
}

static bool set_member(struct config_loading *loading, const struct config_part *part,
                       const struct config_row *row, const cJSON *item) {
    void *member = member_of(part, row);
    switch (row->type) {
    case CONFIG_TEXT:
    case CONFIG_SECRET:
    case CONFIG_URL:
    case CONFIG_PATH:
        return set_text(loading, row, member, item);
    case CONFIG_INT:
    case CONFIG_INT64:
    case CONFIG_FEN:
    case CONFIG_SECONDS:
    case CONFIG_HOURS:
    case CONFIG_DAYS:
        return set_number(loading, row, member, item);
    case CONFIG_BOOL:
        if (!cJSON_IsBool(item))
            return config_complain(loading, row->path, item, false, "true or false");
        *(bool *)member = cJSON_IsTrue(item);
        return true;
    case CONFIG_LANGUAGE:
        return set_language(loading, row, member, item);
    case CONFIG_LIST:
        return row->list(loading, row->path, item, (void *)part->value);
    }
    return false;
}

/* The first row with this path or below it, in *section. */
static bool is_known(const struct config *config, const char *path, bool *section) {
    size_t length = strlen(path);
    for (int i = 0; i < config->part_count; i++)
        for (const struct config_row *row = config->parts[i].section->rows; row->path != NULL;
             row++) {
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
        if (!is_known(loading->config, path, &section))
            return config_unknown(loading, path);
        if (section && !cJSON_IsObject(member))
            return config_complain(loading, path, member, false, "an object");
        if (section && !refuse_unknown(loading, member, path))
            return false;
    }
    return true;
}

static bool set_part(struct config_loading *loading, const struct config_part *part,
                     const cJSON *tree) {
    for (const struct config_row *row = part->section->rows; row->path != NULL; row++) {
        bool parent;
        const cJSON *item = find_item(tree, row->path, &parent);
        bool wanted =
            row->need == CONFIG_REQUIRED || (row->need == CONFIG_REQUIRED_IN_SECTION && parent);
        if (item == NULL && wanted)
            return config_complain(loading, row->path, NULL, false, "a value (required)");
        if (item != NULL && !set_member(loading, part, row, item))
            return false;
    }
    return true;
}

static bool check_urls(struct config_loading *loading, const struct config_part *part) {
    for (const struct config_row *row = part->section->rows; row->path != NULL; row++)
        if (row->type == CONFIG_URL &&
            !config_check_url(loading, row->path, *(char **)member_of(part, row)))
            return false;
    return true;
}

/* Reads all members first, then all addresses, then lets the sections check. */
static bool read_tree(struct config_loading *loading, const cJSON *tree, bool whole) {
    struct config *config = loading->config;
    bool good = !whole || refuse_unknown(loading, tree, "");
    for (int i = 0; good && i < config->part_count; i++)
        good = set_part(loading, &config->parts[i], tree);
    for (int i = 0; good && i < config->part_count; i++)
        good = check_urls(loading, &config->parts[i]);
    for (int i = 0; good && i < config->part_count; i++)
        if (config->parts[i].section->check != NULL)
            good = config->parts[i].section->check(loading, (void *)config->parts[i].value);
    return good;
}

static void add_part(struct config *config, const struct config_section *section) {
    void *value = calloc(1, section->size);
    ENSURE(value != NULL && config->part_count < CONFIG_SECTIONS_MAX);
    struct config_part *part = &config->parts[config->part_count++];
    *part = (struct config_part){section, value};
    if (section->defaults != NULL)
        section->defaults(value);
    for (const struct config_row *row = section->rows; row->path != NULL; row++)
        if (is_text(row->type)) {
            char *text = strdup(row->fallback == NULL ? "" : row->fallback);
            *(char **)member_of(part, row) =
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

static bool load_sections(const char *path, const struct config_section *const *sections,
                          bool whole, struct config *out, char *error, size_t error_size) {
    struct config_loading loading = {out, error, error_size};
    size_t length = 0;
    const char *reason = "";
    *out = (struct config){.folder = folder_of(path)};
    add_part(out, &reader_section);
    for (; *sections != NULL; sections++)
        add_part(out, *sections);
    char *text = read_whole(path, &length);
    cJSON *tree = text == NULL ? NULL : wire_parse(text, length, &reason);
    bool good = cJSON_IsObject(tree);
    if (!good)
        snprintf(error, error_size,
                 text == NULL ? "%s: cannot be read" : "%s: not a JSON object: %s", path,
                 reason == NULL ? "an array or a single value" : reason);
    free(text);
    good = good && read_tree(&loading, tree, whole);
    cJSON_Delete(tree);
    if (!good)
        config_free(out);
    return good;
}

bool config_load(const char *path, const struct config_section *const *sections, struct config *out,
                 char *error, size_t error_size) {
    return load_sections(path, sections, true, out, error, error_size);
}

bool config_load_part(const char *path, const struct config_section *const *sections,
                      struct config *out, char *error, size_t error_size) {
    return load_sections(path, sections, false, out, error, error_size);
}

static void free_part(const struct config_part *part) {
    for (const struct config_row *row = part->section->rows; row->path != NULL; row++)
        if (is_text(row->type))
            free(*(char **)member_of(part, row));
    if (part->section->release != NULL)
        part->section->release((void *)part->value);
    free((void *)part->value);
}

void config_free(struct config *config) {
    for (int i = 0; i < config->part_count; i++)
        free_part(&config->parts[i]);
    free(config->folder);
    *config = (struct config){0};
}
