/* What the keys do, in place of the stage. */
#include "ui/desk/parts.h"

bool desk_help_draw(struct painter *p, const struct view *view, struct rect stage) {
    static const char *const lines[] = {"desk.help.ways",  "desk.help.enter", "desk.help.escape",
                                        "desk.help.notes", "desk.help.pages", "desk.help.unknown",
                                        "desk.help.shift", "desk.help.refund"};
    if (!view->of.desk.helps)
        return false;
    if (view->identified)
        flow_call_due(p, view, &stage, "", "");
    struct text_style style = styled(style_body, ALIGN_LEFT, COLOUR_INK);
    flow_text(p, &stage, &style_title, mm(p, 4), say(p, "desk.help.title"));
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++)
        flow_text(p, &stage, &style, mm(p, 4), say(p, lines[i]));
    return true;
}
