/* `his` */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/config/list.h"
#include "app/config/trust.h"
#include "app/platform/his/his.h"

#define HEADER_SIZE 256

/* What no hospital can be without. */
static const char *const always[] = {"queryAccount", "queryUnsettleList", "rechargeSettle",
                                     "querySettleResult", NULL};

static int operation_index(const char *name) {
    for (int i = 0; his_table[i].name != NULL; i++)
        if (strcmp(his_table[i].name, name) == 0)
            return i;
    return -1;
}

static bool read_operation(struct config_loading *loading, const char *path, const cJSON *row,
                           void *section) {
    struct his_config *his = section;
    int index = cJSON_IsString(row) ? operation_index(row->valuestring) : -1;
    if (index < 0)
        return config_complain(loading, path, row, false, "an operation such as queryAccount");
    his->operations_bits |= UINT32_C(1) << index;
    return true;
}

static bool read_operations(struct config_loading *loading, const char *path, const cJSON *item,
                            void *section) {
    struct his_config *his = section;
    his->names_operations = true;
    if (!config_each(loading, path, item, 32, section, read_operation))
        return false;
    for (int i = 0; always[i] != NULL; i++)
        if ((his->operations_bits >> operation_index(always[i]) & 1) == 0)
            return config_wrong(loading, path,
                                "at least queryAccount, queryUnsettleList, rechargeSettle and "
                                "querySettleResult",
                                "without one of them");
    return true;
}

static bool read_settle_result(struct config_loading *loading, const char *path, const cJSON *item,
                               void *section) {
    static const char *const words[] = {"auto", "order", "visit", NULL};
    int word = config_word(loading, path, item, words);
    ((struct his_config *)section)->settle_result = (enum settle_result)word;
    return word >= 0;
}

static bool read_setl_time(struct config_loading *loading, const char *path, const cJSON *item,
                           void *section) {
    static const char *const words[] = {"none", "document", "epoch_ms", NULL};
    int word = config_word(loading, path, item, words);
    ((struct his_config *)section)->setl_time = (enum his_setl_time)word;
    return word >= 0;
}

static bool is_header_name(const char *name) {
    for (const char *at = name; *at != '\0'; at++)
        if (!isalnum((unsigned char)*at) && *at != '-' && *at != '_')
            return false;
    return name[0] != '\0';
}

/* One that ends a line would begin another header. */
static bool is_header_value(const char *value) {
    for (const char *at = value; *at != '\0'; at++)
        if ((unsigned char)*at < ' ' || *at == 0x7f)
            return false;
    return value[0] != '\0';
}

static bool read_header(struct config_loading *loading, const char *path, const cJSON *member,
                        char **out) {
    char full[128], line[HEADER_SIZE];
    snprintf(full, sizeof full, "%s.%.40s", path, member->string);
    if (!is_header_name(member->string))
        return config_wrong(loading, full, "a name of letters, digits and -", member->string);
    char *value = config_string(loading, full, member, false);
    if (value == NULL)
        return false;
    int length = snprintf(line, sizeof line, "%s: %s", member->string, value);
    bool good = is_header_value(value) && length < (int)sizeof line;
    if (good)
        *out = strdup(line);
    else
        config_wrong(loading, full, "a text of one line, not empty, at most 200 bytes", "another");
    free(value);
    return good;
}

static bool read_headers(struct config_loading *loading, const char *path, const cJSON *item,
                         void *section) {
    struct his_config *his = section;
    int count = 0;
    const cJSON *member;
    if (!cJSON_IsObject(item) || cJSON_GetArraySize(item) > WIRE_HEADERS_MAX)
        return config_complain(loading, path, item, false, "an object of at most 8 headers");
    cJSON_ArrayForEach(member, item) if (!read_header(loading, path, member,
                                                      &his->trust.headers[count++])) return false;
    return true;
}

static bool read_his_paths(struct config_loading *loading, const char *path, const cJSON *item,
                           void *section) {
    struct his_config *his = section;
    return config_paths_read(loading, path, item, his_table, &his->paths);
}

static bool check_his(struct config_loading *loading, void *section) {
    return config_check_trust(loading, "his", &((struct his_config *)section)->trust);
}

static void release_his(void *section) {
    struct his_config *his = section;
    config_paths_release(&his->paths);
    for (int i = 0; i < WIRE_HEADERS_MAX; i++)
        free(his->trust.headers[i]);
}

static const struct config_row his_rows[] = {
    {"his.base_url", CONFIG_URL, .offset = offsetof(struct his_config, base_url),
     .need = CONFIG_REQUIRED},
    {"his.paths", CONFIG_LIST, .list = read_his_paths},
    {"his.operations", CONFIG_LIST, .list = read_operations},
    {"his.settle_result", CONFIG_LIST, .list = read_settle_result},
    {"his.setl_time", CONFIG_LIST, .list = read_setl_time},
    {"his.headers", CONFIG_LIST, .list = read_headers},
    CONFIG_TRUST_ROWS("his", struct his_config, trust),
    {0}};

const struct config_section his_section = {.size = sizeof(struct his_config),
                                           .rows = his_rows,
                                           .check = check_his,
                                           .release = release_his};

const struct wire_trust *his_trust(const struct config *config) {
    return &his_config(config)->trust;
}

const struct his_config *his_config(const struct config *config) {
    return config_section(config, &his_section);
}

bool his_has_operation(const struct config *config, const struct wire_operation *row) {
    const struct his_config *his = his_config(config);
    return !his->names_operations || (his->operations_bits >> (row - his_table) & 1) != 0;
}

bool his_has(const struct config *config, enum verb verb) {
    const struct wire_operation *row = wire_operation_for(his_table, verb);
    return row != NULL && his_has_operation(config, row);
}
