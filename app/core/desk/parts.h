/* What the files of the desk share. */
#ifndef HOPKIOSK_CORE_DESK_PARTS_H
#define HOPKIOSK_CORE_DESK_PARTS_H

#include "app/core/desk/desk.h"
#include "app/core/desk/window.h"

/* An EFFECT_CALL about the order in the slot. */
struct effect *desk_add_effect(struct effects *out, int slot);

/* window.c */
void desk_go(struct desk_turn turn, enum screen screen);
/* The call is to be paid so, from now on. */
void desk_choose(struct desk_turn turn, enum desk_way way);
/* Before anything has left. */
void desk_let_go(struct desk_turn turn);
/* The next call that waits, or none. */
void desk_next_call(struct desk_turn turn);

#endif
