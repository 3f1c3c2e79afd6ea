/* The main loop: takes input from panel, pumps and script, steps the core, runs its effects in
 * order and shows the view. */
#ifndef HOPKIOSK_SHELL_LOOP_H
#define HOPKIOSK_SHELL_LOOP_H

#include "app/config/config.h"
#include "app/options.h"

/* Exit codes of the kiosk. */
enum loop_exit { LOOP_OK = 0, LOOP_FAILED = 1, LOOP_REFUSED = 2 };

/* Runs until it is told to quit, or the script ends. SIGTERM and SIGINT are blocked. */
enum loop_exit loop_run(const struct options *options, const struct config *config);

#endif
