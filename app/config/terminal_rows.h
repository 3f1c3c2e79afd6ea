/* Section `terminal`: this machine, whose it is, and its panel. */
#ifndef HOPKIOSK_CONFIG_TERMINAL_ROWS_H
#define HOPKIOSK_CONFIG_TERMINAL_ROWS_H

#include "app/config/config.h"
#include "app/core/terms/types.h"

struct config_terminal {
    char *id, *no, *operator_id, *operator_name, *org_code, *sub_org_code, *hospital_name, *role;
    enum language language;
    int panel_width_mm, panel_height_mm, width, height, rotation, mount_mm;
    bool full_screen;
};
extern const struct config_section config_terminal_section;
const struct config_terminal *config_terminal(const struct config *config);

#endif
