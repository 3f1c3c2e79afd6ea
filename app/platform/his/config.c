/* `his` */
#include "app/config/trust.h"
#include "app/platform/his/his.h"

static bool read_his_paths(struct config_loading *loading, const char *path, const cJSON *item,
                           void *section) {
    struct his_config *his = section;
    return config_paths_read(loading, path, item, his_table, &his->paths);
}

static bool check_his(struct config_loading *loading, void *section) {
    return config_check_trust(loading, "his", &((struct his_config *)section)->trust);
}

static void release_his(void *section) {
    config_paths_release(&((struct his_config *)section)->paths);
}

static const struct config_row his_rows[] = {{"his.base_url", CONFIG_URL,
                                              .offset = offsetof(struct his_config, base_url),
                                              .need = CONFIG_REQUIRED},
                                             {"his.paths", CONFIG_LIST, .list = read_his_paths},
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
