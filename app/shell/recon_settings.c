#include "app/shell/recon_settings.h"

#include <stdlib.h>
#include <string.h>

#include "app/config/list.h"
#include "app/config/section.h"
#include "app/shell/sound_settings.h"

#define HOUR_MS INT64_C(3600000)

static const char *const source_names[] = {"journal", "his",    "his.orgHsTradeFile", "upp",
                                           "channel", "tongji", "tongji.reconflow",   "amp",
                                           "mmpc",    NULL};

static bool read_recon_source(struct config_loading *loading, const char *path, const cJSON *row,
                              void *section) {
    struct recon_settings *recon = section;
    if (config_word(loading, path, row, source_names) < 0)
        return false;
    char *name = config_string(loading, path, row, false);
    if (name != NULL)
        recon->sources[recon->source_count++] = name;
    return name != NULL;
}

static bool read_sources(struct config_loading *loading, const char *path, const cJSON *item,
                         void *section) {
    return config_each(loading, path, item, RECON_SOURCES_CONFIGURED_MAX, section,
                       read_recon_source);
}

static void default_recon(void *section) {
    ((struct recon_settings *)section)->retry_ms = HOUR_MS;
}

static bool check_recon(struct config_loading *loading, void *section) {
    struct recon_settings *recon = section;
    recon->at_minute = recon->at[0] == '\0' ? -1 : settings_minute(recon->at);
    return recon->at[0] == '\0' || recon->at_minute >= 0 ||
           config_wrong(loading, "recon.at", "a time of the day, HH:MM", recon->at);
}

static void release_recon(void *section) {
    struct recon_settings *recon = section;
    for (int i = 0; i < recon->source_count; i++)
        free(recon->sources[i]);
}

#define AT(member) .offset = offsetof(struct recon_settings, member)
static const struct config_row recon_rows[] = {
    {"recon.at", CONFIG_TEXT, AT(at)},
    {"recon.retry_ms", CONFIG_INT64, AT(retry_ms), .least = 100, .most = 86400000},
    {"recon.sources", CONFIG_LIST, .list = read_sources},
    {0}};

const struct config_section recon_settings_section = {.size = sizeof(struct recon_settings),
                                                      .rows = recon_rows,
                                                      .defaults = default_recon,
                                                      .check = check_recon,
                                                      .release = release_recon};

const struct recon_settings *recon_settings(const struct config *config) {
    return config_section(config, &recon_settings_section);
}
