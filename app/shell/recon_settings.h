/* Section `recon`: the reconciliation of the day before, when it runs by itself. */
#ifndef HOPKIOSK_SHELL_RECON_SETTINGS_H
#define HOPKIOSK_SHELL_RECON_SETTINGS_H

#include <stdint.h>

#include "app/config/config.h"

#define RECON_SOURCES_CONFIGURED_MAX 10

struct recon_settings {
    char *at;      /* "06:30"; "": never */
    int at_minute; /* of the day; -1: never */
    int64_t retry_ms;
    int source_count; /* 0: the journal, the hospital and the platform that pays */
    char *sources[RECON_SOURCES_CONFIGURED_MAX];
};
extern const struct config_section recon_settings_section;
const struct recon_settings *recon_settings(const struct config *config);

#endif
