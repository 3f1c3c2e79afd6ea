/* `platforms.upp` */
#include "app/config/trust.h"
#include "app/platform/upp/upp.h"

#define ID_MAX INT64_C(999999999999999) /* Long(15) */

static bool read_upp_paths(struct config_loading *loading, const char *path, const cJSON *item,
                           void *section) {
    struct upp_config *upp = section;
    return config_paths_read(loading, path, item, upp_table, &upp->paths);
}

static bool check_upp(struct config_loading *loading, void *section) {
    return config_check_trust(loading, "platforms.upp", &((struct upp_config *)section)->trust);
}

static void release_upp(void *section) {
    config_paths_release(&((struct upp_config *)section)->paths);
}

#define AT(member) .offset = offsetof(struct upp_config, member)
#define NEEDED .need = CONFIG_REQUIRED_IN_SECTION
static const struct config_row upp_rows[] = {
    {"platforms.upp.base_url", CONFIG_URL, AT(base_url), NEEDED},
    {"platforms.upp.isv_id", CONFIG_INT64, AT(isv_id), NEEDED, .least = 1, .most = ID_MAX},
    {"platforms.upp.partner_id", CONFIG_INT64, AT(partner_id), NEEDED, .least = 1, .most = ID_MAX},
    {"platforms.upp.key", CONFIG_SECRET, AT(key), NEEDED},
    {"platforms.upp.aggregate_code", CONFIG_BOOL, AT(aggregate_code)},
    {"platforms.upp.paths", CONFIG_LIST, .list = read_upp_paths},
    CONFIG_TRUST_ROWS("platforms.upp", struct upp_config, trust),
    {0}};

const struct config_section upp_section = {.size = sizeof(struct upp_config),
                                           .rows = upp_rows,
                                           .check = check_upp,
                                           .release = release_upp};

const struct wire_trust *upp_trust(const struct config *config) {
    return &upp_config(config)->trust;
}

const struct upp_config *upp_config(const struct config *config) {
    return config_section(config, &upp_section);
}
