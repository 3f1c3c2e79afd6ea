/* Sections `channels`, `policy` and `limits`: what the hospital allows. */
#ifndef HOPKIOSK_CONFIG_RULES_H
#define HOPKIOSK_CONFIG_RULES_H

#include "app/config/config.h"
#include "app/core/terms/policy.h"

struct config_rules {
    enum channel channels[CHANNEL_COUNT]; /* in the order shown */
    int channel_count;
    struct policy policy;
    struct limits limits;
};
extern const struct config_section config_rules_section;
const struct config_rules *config_rules(const struct config *config);

#endif
