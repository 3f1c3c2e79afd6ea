#include "app/core/terms/staff_tries.h"

#include <string.h>

bool staff_tries_begin(struct terminal *terminal, struct now now, struct staff_try *out) {
    bool paused = now.mono_ms < terminal->staff_pause_mono_ms;

    if (terminal->staff_tries >= PIN_TRIES_MAX && paused)
        return false;
    if (terminal->staff_tries >= PIN_TRIES_MAX)
        terminal->staff_tries = 0;
    terminal->staff_tries++;
    bool last = terminal->staff_tries == PIN_TRIES_MAX;
    if (last)
        terminal->staff_pause_mono_ms = now.mono_ms + PIN_PAUSE_MS;
    *out = (struct staff_try){terminal->staff_tries, last ? PIN_PAUSE_MS : 0};
    return true;
}

void staff_tries_right(struct terminal *terminal, const char *name, const char *cashier) {
    terminal->staff_tries = staff_tries_after(terminal->staff_tries, name, cashier);
}

uint8_t staff_tries_after(uint8_t tries, const char *name, const char *cashier) {
    return strcmp(name, cashier) == 0 && tries > 0 ? tries - 1 : 0;
}
