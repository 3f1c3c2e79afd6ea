#include "app/shell/script_names.h"

static bool number_of_screen(const char *name, int *out) {
    enum screen screen;
    if (!screen_parse(name, &screen))
        return false;
    *out = (int)screen;
    return true;
}

static bool number_of_touch(const char *name, struct script_touch *out) {
    struct touch touch;
    if (!touch_parse(name, &touch))
        return false;
    *out = (struct script_touch){.kind = (int)touch.kind, .n = touch.n};
    return true;
}

const struct script_names script_names = {.screen = number_of_screen, .touch = number_of_touch};

struct touch script_touch_of(const struct script_line *line) {
    return (struct touch){.kind = (enum touch_kind)line->touch.kind, .n = line->touch.n};
}
