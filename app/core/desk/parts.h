/* What the files of the desk share. */
#ifndef HOPKIOSK_CORE_DESK_PARTS_H
#define HOPKIOSK_CORE_DESK_PARTS_H

#include "app/core/desk/desk.h"

/* An EFFECT_CALL about the order in the slot. */
struct effect *desk_add_effect(struct effects *out, int slot);

#endif
