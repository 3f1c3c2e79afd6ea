/* What a configuration asks for and this version does not offer, in words: who reads them at the
 * start need not find out at the counter. */
#ifndef HOPKIOSK_SHELL_NOT_OFFERED_H
#define HOPKIOSK_SHELL_NOT_OFFERED_H

#include <stdbool.h>

#include "app/config/config.h"

#define NOT_OFFERED_MAX 8

/* How many lines there are, each for a person; `desk`: the role is cashier's. */
int not_offered(const struct config *config, bool desk, const char *lines[NOT_OFFERED_MAX]);

#endif
