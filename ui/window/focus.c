/* Keys alone: a ring goes from one thing that can be touched to the next. */
#include <limits.h>

#include "ui/window/window.h"

#define ASIDE 100 /* a step aside weighs as much as so many ahead */

struct heading {
    SDL_Keycode code;
    int x, y;
};
static const struct heading headings[] = {
    {SDLK_LEFT, -1, 0}, {SDLK_RIGHT, 1, 0}, {SDLK_UP, 0, -1}, {SDLK_DOWN, 0, 1}};

/* What is meant for the staff is not for those who go through a screen by keys. */
static bool keys_reach(const struct frame_touch *place) {
    return place->touch.kind != TOUCH_STAFF;
}

static const struct frame_touch *focused_place(const struct ui *ui) {
    return frame_chosen(&ui->frame, ui->focus.on);
}

static bool reads_before(const struct frame_touch *a, const struct frame_touch *b) {
    return a->rect.y != b->rect.y ? a->rect.y < b->rect.y : a->rect.x < b->rect.x;
}

/* Of those behind `from` (before it where `back`) the nearest in the order of reading. */
static const struct frame_touch *next_read(const struct frame *frame,
                                           const struct frame_touch *from, bool back) {
    const struct frame_touch *best = NULL;
    for (int i = 0; i < frame->touch_count; i++) {
        const struct frame_touch *at = &frame->touches[i];
        if (!keys_reach(at) || (from && !(back ? reads_before(at, from) : reads_before(from, at))))
            continue;
        if (!best || (back ? reads_before(best, at) : reads_before(at, best)))
            best = at;
    }
    return best;
}

/* The next one; behind the last comes the first. */
static const struct frame_touch *read_on(const struct frame *frame, const struct frame_touch *from,
                                         bool back) {
    const struct frame_touch *next = next_read(frame, from, back);
    return next ? next : next_read(frame, NULL, back);
}

static int apart(int a, int a_size, int b, int b_size) {
    return b > a + a_size ? b - a - a_size : a > b + b_size ? a - b - b_size : 0;
}

/* How far `to` lies in that heading; INT_MAX: not there at all. */
static int way_to(struct rect from, struct rect to, const struct heading *heading) {
    int ahead = (2 * (to.x - from.x) + to.w - from.w) * heading->x +
                (2 * (to.y - from.y) + to.h - from.h) * heading->y;
    int aside = heading->x ? apart(from.y, from.h, to.y, to.h) : apart(from.x, from.w, to.x, to.w);
    return ahead > 0 ? ahead / 2 + ASIDE * aside : INT_MAX;
}

static const struct frame_touch *nearest_ahead(const struct frame *frame,
                                               const struct frame_touch *from,
                                               const struct heading *heading) {
    const struct frame_touch *best = from;
    int least = INT_MAX;
    for (int i = 0; i < frame->touch_count; i++) {
        const struct frame_touch *at = &frame->touches[i];
        int way = way_to(from->rect, at->rect, heading);
        if (keys_reach(at) && way < least) {
            best = at;
            least = way;
        }
    }
    return best;
}

/* Where the key takes the ring; NULL: it is not one that moves it. */
static const struct frame_touch *place_after(const struct ui *ui, const SDL_Keysym *key) {
    const struct frame_touch *from = focused_place(ui);
    if (key->sym == SDLK_TAB)
        return read_on(&ui->frame, from, (key->mod & KMOD_SHIFT) != 0);
    for (size_t i = 0; i < sizeof headings / sizeof headings[0]; i++)
        if (key->sym == headings[i].code)
            return from ? nearest_ahead(&ui->frame, from, &headings[i])
                        : next_read(&ui->frame, NULL, false);
    return NULL;
}

static bool key_presses(SDL_Keycode code) {
    return code == SDLK_RETURN || code == SDLK_KP_ENTER || code == SDLK_SPACE;
}

static void choose_place(struct ui *ui, const struct frame_touch *place) {
    int before = (int)(place - ui->frame.touches);
    ui->focus.on = (struct choice){place->touch, frame_count(&ui->frame, place->touch, before)};
    ui->focus.screen = ui->presented.screen;
}

static bool key_repeats(SDL_Keycode code) {
    return code == SDLK_ASTERISK || code == SDLK_KP_MULTIPLY;
}

bool focus_takes(struct ui *ui, const SDL_Keysym *key, struct ui_input *out) {
    const struct frame_touch *to = place_after(ui, key), *on = focused_place(ui);
    if (key_repeats(key->sym))
        voice_repeat(ui->voice);
    else if (to)
        choose_place(ui, to);
    else if (!on || !key_presses(key->sym))
        return false;
    out->kind = UI_INPUT_TOUCH;
    if (to || key_repeats(key->sym))
        return true;
    if (on->touch.kind == TOUCH_REPEAT)
        voice_repeat(ui->voice);
    else
        out->touch = on->touch;
    return true;
}

bool ui_key(struct ui *ui, char key, struct ui_input *out) {
    static const struct {
        char key;
        SDL_Keycode code;
    } codes[] = {{UI_KEY_NEXT, SDLK_TAB}, {UI_KEY_LEFT, SDLK_LEFT}, {UI_KEY_RIGHT, SDLK_RIGHT},
                 {UI_KEY_UP, SDLK_UP},    {UI_KEY_DOWN, SDLK_DOWN}, {UI_KEY_AGAIN, SDLK_ASTERISK},
                 {'\n', SDLK_RETURN}};
    *out = (struct ui_input){.screen = ui->presented.screen, .revision = ui->presented.revision};
    if (desk_script_key(ui, key, out))
        return true;
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++)
        if (codes[i].key == key)
            return focus_takes(ui, &(SDL_Keysym){.sym = codes[i].code}, out);
    return false;
}
