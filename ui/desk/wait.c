/* Progress; and what nobody knows, which is left to the background and never closed. */
#include <stdio.h>

#include "ui/desk/parts.h"
#include "ui/screens/screens.h"

static const char *waiting_words(struct painter *p, const struct view_desk *desk, char *out,
                                 int size) {
    char number[16];
    if (desk->left_s > 0)
        return strings_fill(out, size, say(p, "desk.left"), minutes_text(desk->left_s, number), "");
    if (desk->waited_s <= 1)
        return "";
    snprintf(number, sizeof number, "%d", desk->waited_s);
    return strings_fill(out, size, say(p, "desk.waited"), number, "");
}

void desk_wait_draw(struct painter *p, const struct view *view) {
    const struct view_desk *desk = &view->of.desk;
    struct rect bleed, area = desk_frame(p, view, &bleed);
    char words[64];
    if (desk_help_draw(p, view, area))
        return;
    if (desk->unknown) {
        struct desk_verdict verdict = {ICON_clock, COLOUR_WAIT, COLOUR_WAIT_TINT,
                                       say(p, "desk.unknown.title"), say(p, "desk.unknown.text")};
        desk_verdict_draw(p, &bleed, &area, &verdict);
    }
    flow_call_due(p, view, &area, say_if(p, desk->way_key),
                  waiting_words(p, desk, words, sizeof words));
    if (desk->enter_key[0] != '\0') {
        struct desk_button button = {{TOUCH_NEXT, 0}, "Enter", say(p, desk->enter_key), "", true};
        desk_button_draw(p, rect_cut_bottom(&area, mm(p, DESK_BUTTON_MM), mm(p, DESK_GAP_MM)),
                         &button);
    }
    cut_tell(p, &area, say_if(p, desk->say_key));
    flow_heed(p, view, &area, "");
    checks_draw(p, area, desk->checks, desk->check_count, T3);
}
