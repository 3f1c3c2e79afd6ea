/* The names of screens and touches that a script may say. */
#ifndef HOPKIOSK_SHELL_SCRIPT_NAMES_H
#define HOPKIOSK_SHELL_SCRIPT_NAMES_H

#include "app/pump/script.h"
#include "ui/ids.h"

extern const struct script_names script_names;
/* The touch that a script's line names. */
struct touch script_touch_of(const struct script_line *line);

#endif
