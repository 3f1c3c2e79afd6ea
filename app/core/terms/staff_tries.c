#include "app/core/terms/staff_tries.h"

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
