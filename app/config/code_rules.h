/* Section `codes`: the forms of the codes on the hospital's cards and wristbands. The first match
 * counts. */
#ifndef HOPKIOSK_CONFIG_CODE_RULES_H
#define HOPKIOSK_CONFIG_CODE_RULES_H

#include "app/config/config.h"
#include "app/core/terms/codes.h"

struct config_codes {
    int count;
    struct code_rule rules[CODE_RULES_MAX];
};
extern const struct config_section config_codes_section;
const struct config_codes *config_codes(const struct config *config);

#endif
