/* Gives the core's effects to the services, in order, before the next event. */
#ifndef HOPKIOSK_SHELL_DISPATCH_H
#define HOPKIOSK_SHELL_DISPATCH_H

#include "app/shell/services.h"

/* `evidence`: masked JSON of what caused the effects, or NULL. */
void dispatch_effects(struct services *services, const struct effects *effects,
                      const char *evidence);

#endif
