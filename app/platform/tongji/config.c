/* `platforms.tongji` */
#include "app/config/trust.h"
#include "app/platform/tongji/tongji.h"

static bool read_tongji_paths(struct config_loading *loading, const char *path, const cJSON *item,
                              void *section) {
    struct tongji_config *tongji = section;
    return config_paths_read(loading, path, item, tongji_table, &tongji->paths);
}

static bool check_tongji(struct config_loading *loading, void *section) {
    return config_check_trust(loading, "platforms.tongji",
                              &((struct tongji_config *)section)->trust);
}

static void release_tongji(void *section) {
    config_paths_release(&((struct tongji_config *)section)->paths);
}

#define AT(member) .offset = offsetof(struct tongji_config, member)
#define NEEDED .need = CONFIG_REQUIRED_IN_SECTION
static const struct config_row tongji_rows[] = {
    {"platforms.tongji.base_url", CONFIG_URL, AT(base_url), NEEDED},
    {"platforms.tongji.hosp_id", CONFIG_TEXT, AT(hosp_id), NEEDED},
    {"platforms.tongji.key", CONFIG_SECRET, AT(key), NEEDED},
    {"platforms.tongji.paths", CONFIG_LIST, .list = read_tongji_paths},
    CONFIG_TRUST_ROWS("platforms.tongji", struct tongji_config, trust),
    {0}};

const struct config_section tongji_section = {.size = sizeof(struct tongji_config),
                                              .rows = tongji_rows,
                                              .check = check_tongji,
                                              .release = release_tongji};

const struct wire_trust *tongji_trust(const struct config *config) {
    return &tongji_config(config)->trust;
}

const struct tongji_config *tongji_config(const struct config *config) {
    return config_section(config, &tongji_section);
}
