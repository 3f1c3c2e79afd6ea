/* The floor: movement left, help, size and language right, always in the same places; above or
 * beside them what can be done here. */
#include <stdio.h>

#include "ui/chrome.h"

#define SLOTS 5
#define SLOTS_MAX 6 /* with the one that says it again */
#define GAP_LEAST_MM 3.0f
#define NAV_MM 21.0f
#define NAV_ELDER_MM 30.7f
#define NAV_WIDE_MM 23.0f
#define SLOT_WIDE_MM 41.7f
#define SLOT_SMALL_MM 36.0f
#define ACTION_MM 26.0f
#define ACTION_ELDER_MM 34.0f
#define ABOVE_MM 5.0f
#define BETWEEN_MM 4.0f
#define BELOW_MM 7.0f
#define WIDE_PAD_MM 3.7f

static int nav_height(const struct painter *p) {
    return mm(p, p->elder ? NAV_ELDER_MM : p->wide ? NAV_WIDE_MM : NAV_MM);
}

static int action_height(const struct painter *p) {
    return mm(p, p->elder ? ACTION_ELDER_MM : ACTION_MM);
}

int dock_height(const struct painter *p, enum dock kind) {
    if (p->wide)
        return nav_height(p) + 2 * mm(p, WIDE_PAD_MM);
    int height = mm(p, ABOVE_MM) + nav_height(p) + mm(p, BELOW_MM);
    return kind != DOCK_PLAIN ? height + action_height(p) + mm(p, BETWEEN_MM) : height;
}

static int slot_count(const struct painter *p) {
    return p->speaks ? SLOTS_MAX : SLOTS;
}

static int slot_gap(const struct painter *p) {
    return mm(p, p->tight && p->speaks ? GAP_LEAST_MM : GAP_MM);
}

/* On a tall panel equal places; on a wide one as wide as five must be, packed to the left. */
static int slot_width(const struct painter *p, int width) {
    int slots = slot_count(p), gap = slot_gap(p);
    int slot = mm(p, p->small ? SLOT_SMALL_MM : SLOT_WIDE_MM);
    if (p->wide)
        width = SLOTS * slot + (SLOTS - 1) * gap;
    slot = (width - (slots - 1) * gap) / slots;
    return p->wide && slot < target_px(p) ? target_px(p) : slot;
}

static const char *not_me_words(struct painter *p, const struct view *view, int room, char *out,
                                int size) {
    const struct text_style style = {.size = T1, .weight = WEIGHT_BOLD};
    static const char *const keys[] = {"nav.not_me", "nav.not_me.short"};
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        strings_fill(out, size, say(p, keys[i]), view->account.name, "");
        if (text_width(p, &style, out) <= room)
            return out;
    }
    return say(p, "nav.not_me.plain");
}

struct nav {
    struct button button;
    int span; /* places it takes; 0: the place stays empty */
};

/* The shorter words where the usual ones are wider than the place. */
static const char *slot_words(struct painter *p, const char *key, int slot) {
    const struct text_style style = {.size = T1, .weight = WEIGHT_BOLD};
    int room = slot - mm(p, 5);
    return text_width(p, &style, say(p, key)) <= room ? say(p, key) : say_short(p, key);
}

/* One place of the dock. */
static struct nav nav_of(struct painter *p, enum touch_kind kind, const char *key, enum icon icon,
                         int slot) {
    return (struct nav){{.touch = {kind, 0},
                         .label = slot_words(p, key, slot),
                         .icon = icon,
                         .look = LOOK_CARD,
                         .size = T1},
                        1};
}

/* Of somebody who comes and goes: where hands reach and how it looks; of a visit: the way out. */
static void fill_left(struct painter *p, const struct view *view, struct nav nav[2], int slot,
                      char *name, int name_size) {
    bool first = view->screen == SCREEN_WELCOME || view->screen == SCREEN_OUT_OF_SERVICE;
    int room = 2 * slot + mm(p, GAP_MM) - text_line(p, T1) - mm(p, 8);
    if (first) {
        nav[0] = nav_of(p, TOUCH_LOW, p->low ? "nav.high" : "nav.low", ICON_low, slot);
        nav[1] = nav_of(p, TOUCH_DARK, view->mode.dark ? "nav.light" : "nav.dark", ICON_dark, slot);
        return;
    }
    if (view->not_me && view->can_home) {
        nav[0] = nav_of(p, TOUCH_HOME, "nav.home", ICON_back, slot);
        nav[0].button.label = not_me_words(p, view, room, name, name_size);
        nav[0].span = 2;
        return;
    }
    if (view->can_back)
        nav[0] = nav_of(p, TOUCH_BACK, view->back_key, ICON_back, slot);
    bool leaves = view->screen == SCREEN_RESULT || view->screen == SCREEN_TAKE;
    if (view->can_home && !leaves) /* there it is the one thing to do */
        nav[1] = nav_of(p, TOUCH_HOME, "nav.home", ICON_exit, slot);
}

static void fill_right(struct painter *p, const struct view *view, struct nav nav[3], int slot) {
    if (view->can_help)
        nav[0] = nav_of(p, TOUCH_HELP, "nav.help", ICON_help, slot);
    if (view->screen != SCREEN_STAFF)
        nav[1] =
            nav_of(p, TOUCH_LARGER, p->elder ? "nav.standard" : "nav.larger", ICON_larger, slot);
    nav[2] = nav_of(p, TOUCH_LANG, "nav.lang", ICON_NONE, slot);
}

/* Draws what there is; returns the column behind the last. */
static int draw_nav(struct painter *p, const struct nav nav[SLOTS_MAX], struct rect row, int slot) {
    int x = row.x, gap = slot_gap(p);
    for (int i = 0; i < slot_count(p); i++) {
        int span = nav[i].span, width = span * slot + (span - 1) * gap;
        if (span == 0) {
            x += p->wide ? 0 : slot + gap;
            continue;
        }
        struct button button = nav[i].button;
        button.stacked =
            span == 1 && button.icon != ICON_NONE && (p->elder || p->small || p->speaks);
        button_draw(p, (struct rect){x, row.y, width, row.h}, &button);
        x += width + gap;
        i += span - 1;
    }
    return x;
}

struct rect dock_draw(struct painter *p, const struct view *view, struct rect dock,
                      enum dock kind) {
    struct nav nav[SLOTS_MAX] = {0};
    char name[160];
    canvas_fill(&p->canvas, dock, colour_of(p, COLOUR_DOCK));
    if (view->mode.dark)
        canvas_fill(&p->canvas, (struct rect){dock.x, dock.y, dock.w, mm(p, 0.5f)},
                    colour_of(p, COLOUR_INK));
    struct rect inside = rect_inset(dock, mm(p, MARGIN_MM), 0);
    int slot = slot_width(p, inside.w);
    fill_left(p, view, nav, slot, name, sizeof name);
    if (p->speaks && view->screen != SCREEN_STAFF)
        nav[2] = nav_of(p, TOUCH_REPEAT, "nav.repeat", ICON_sound, slot);
    fill_right(p, view, nav + slot_count(p) - 3, slot);
    if (p->wide && kind == DOCK_ACTION_BACK)
        nav[0].span = 0;
    if (p->wide) {
        inside = rect_inset(inside, 0, mm(p, WIDE_PAD_MM));
        int used = draw_nav(p, nav, inside, slot) + mm(p, GAP_MM);
        inside.w -= used - inside.x;
        inside.x = used;
        return inside;
    }
    rect_cut_top(&inside, mm(p, ABOVE_MM), 0);
    struct rect row = {inside.x, dock.y + dock.h - mm(p, BELOW_MM) - nav_height(p), inside.w,
                       nav_height(p)};
    draw_nav(p, nav, row, slot);
    inside.h = kind != DOCK_PLAIN ? action_height(p) : 0;
    return inside;
}

static void draw_action(struct painter *p, struct rect rect, const struct action *action,
                        enum look look) {
    struct button button = {.touch = action->touch,
                            .label = action->label,
                            .icon = action->icon,
                            .look = look,
                            .size = look == LOOK_PRIMARY ? T3 : T2,
                            .off = action->off};
    button_draw(p, rect, &button);
}

/* A third of the row, or as much as its words need; the primary action's words come first. */
static int secondary_width(struct painter *p, int room, const struct action *primary,
                           const struct action *secondary) {
    struct button one = {
        .label = primary->label, .icon = ICON_NONE, .look = LOOK_PRIMARY, .size = T2};
    struct button other = {
        .label = secondary->label, .icon = secondary->icon, .look = LOOK_SECONDARY, .size = T2};
    int third = (room - mm(p, GAP_MM)) / 3, width = button_width(p, &other);
    int most = room - mm(p, GAP_MM) - button_width(p, &one);
    width = width < third ? third : width;
    width = width < most ? width : most;
    other.icon = ICON_NONE;
    other.size = T1;
    int least = button_width(p, &other);
    return width > least ? width : least;
}

void dock_actions(struct painter *p, const struct places *places, const struct action *primary,
                  const struct action *secondary) {
    struct rect row = places->action;
    if (secondary && primary)
        draw_action(
            p, rect_cut_left(&row, secondary_width(p, row.w, primary, secondary), mm(p, GAP_MM)),
            secondary, LOOK_SECONDARY);
    else if (secondary)
        draw_action(p, row, secondary, LOOK_SECONDARY);
    if (primary)
        draw_action(p, row, primary, LOOK_PRIMARY);
}

void dock_ways(struct painter *p, const struct places *places, const struct action *left,
               const struct action *right) {
    struct rect row = places->action;
    draw_action(p, rect_cut_left(&row, (row.w - mm(p, GAP_MM)) / 2, mm(p, GAP_MM)), left,
                LOOK_SECONDARY);
    draw_action(p, row, right, LOOK_SECONDARY);
}
