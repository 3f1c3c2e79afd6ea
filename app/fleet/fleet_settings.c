#include "app/fleet/fleet_settings.h"

#include <stdio.h>
#include <string.h>

#include "app/base/log.h"
#include "app/config/section.h"
#include "app/fleet/purge.h"
#include "app/wire/metrics_port.h"

#define INTERVAL_MS INT64_C(60000)

static void default_fleet(void *section) {
    ((struct fleet_settings *)section)->interval_ms = INTERVAL_MS;
}

#define AT(type, member) .offset = offsetof(struct type, member)
static const struct config_row fleet_rows[] = {
    {"fleet.database", CONFIG_SECRET, AT(fleet_settings, database), CONFIG_REQUIRED_IN_SECTION},
    {"fleet.interval_s", CONFIG_SECONDS, AT(fleet_settings, interval_ms), .least = 1, .most = 3600},
    {"fleet.metrics", CONFIG_TEXT, AT(fleet_settings, metrics)},
    {"fleet.keep_days", CONFIG_INT, AT(fleet_settings, keep_days), .least = FLEET_KEEP_DAYS_LEAST,
     .most = 36500},
    {0}};

static bool check_fleet(struct config_loading *loading, void *section) {
    const struct fleet_settings *settings = section;
    struct sockaddr_storage at;
    if (settings->metrics[0] == '\0' || metrics_port_address(settings->metrics, &at))
        return true;
    return config_wrong(loading, "fleet.metrics", "a port of this machine, or ADDRESS:PORT",
                        settings->metrics);
}

const struct config_section fleet_settings_section = {.size = sizeof(struct fleet_settings),
                                                      .rows = fleet_rows,
                                                      .defaults = default_fleet,
                                                      .check = check_fleet};

static const struct config_row place_rows[] = {
    {"journal.path", CONFIG_PATH, AT(fleet_place, journal_path), .fallback = "journal.db"}, {0}};

const struct config_section fleet_place_section = {.size = sizeof(struct fleet_place),
                                                   .rows = place_rows};

const struct fleet_settings *fleet_settings(const struct config *config) {
    return config_section(config, &fleet_settings_section);
}

const struct fleet_place *fleet_place(const struct config *config) {
    return config_section(config, &fleet_place_section);
}

char *fleet_socket_path(const char *journal_path) {
    const char *slash = strrchr(journal_path, '/');
    int folder = slash == NULL ? 0 : (int)(slash - journal_path) + 1;
    char *path = NULL;
    ENSURE(asprintf(&path, "%.*sfleet.sock", folder, journal_path) > 0);
    return path;
}
