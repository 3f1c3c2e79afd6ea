/* The keys of the cashier's window: each presses the button that names it, where it is shown. */
#include "ui/window/window.h"

#define REFUND_KEY 7

struct desk_key {
    SDL_Keycode code;
    bool alt;
    char key; /* in a script, or of a keypad of the terminal's own */
    struct touch touch;
};
static const struct desk_key desk_keys[] = {
    {SDLK_F1, false, UI_KEY_F(1), {TOUCH_FUNCTION, 1}},
    {SDLK_F2, false, UI_KEY_F(2), {TOUCH_FUNCTION, 2}},
    {SDLK_F3, false, UI_KEY_F(3), {TOUCH_FUNCTION, 3}},
    {SDLK_F4, false, UI_KEY_F(4), {TOUCH_FUNCTION, 4}},
    {SDLK_F5, false, UI_KEY_F(5), {TOUCH_FUNCTION, 5}},
    {SDLK_F6, false, UI_KEY_F(6), {TOUCH_FUNCTION, 6}},
    {SDLK_F7, false, UI_KEY_F(7), {TOUCH_FUNCTION, 7}},
    {SDLK_F8, false, UI_KEY_F(8), {TOUCH_FUNCTION, 8}},
    {SDLK_F9, false, UI_KEY_F(9), {TOUCH_FUNCTION, 9}},
    {SDLK_F10, false, UI_KEY_F(10), {TOUCH_LANG, 0}},
    {SDLK_F11, false, UI_KEY_F(11), {TOUCH_FUNCTION, 11}},
    {SDLK_F12, false, UI_KEY_F(12), {TOUCH_FUNCTION, 12}},
    {SDLK_ESCAPE, false, 0x1b, {TOUCH_CANCEL, 0}},
    {SDLK_PAGEUP, false, UI_KEY_PAGE_UP, {TOUCH_LESS, 0}},
    {SDLK_PAGEDOWN, false, UI_KEY_PAGE_DOWN, {TOUCH_MORE, 0}},
    {SDLK_1, true, UI_KEY_ALT(1), {TOUCH_AMOUNT, 1}},
    {SDLK_2, true, UI_KEY_ALT(2), {TOUCH_AMOUNT, 2}},
    {SDLK_3, true, UI_KEY_ALT(3), {TOUCH_AMOUNT, 3}},
    {SDLK_4, true, UI_KEY_ALT(4), {TOUCH_AMOUNT, 4}},
};
#define DESK_KEYS (sizeof desk_keys / sizeof desk_keys[0])

/* At the list of the day F6 is of a row: of which, its button knows. */
static const struct frame_touch *find_reprint(const struct frame *frame) {
    for (int i = 0; i < frame->touch_count; i++)
        if (frame->touches[i].touch.kind == TOUCH_REPRINT)
            return &frame->touches[i];
    return NULL;
}

static bool press_desk_key(struct ui *ui, const struct desk_key *key, struct ui_input *out) {
    const struct frame_touch *found = frame_find(&ui->frame, key->touch);
    if (found == NULL && key->key == UI_KEY_F(6))
        found = find_reprint(&ui->frame);
    if (found == NULL)
        return false;
    out->kind = UI_INPUT_TOUCH;
    out->touch = found->touch;
    return true;
}

bool desk_key_takes(struct ui *ui, const SDL_Keysym *key, struct ui_input *out) {
    bool alt = (key->mod & KMOD_ALT) != 0;
    for (size_t i = 0; screen_is_desk(ui->presented.screen) && i < DESK_KEYS; i++)
        if (desk_keys[i].code == key->sym && desk_keys[i].alt == alt)
            return press_desk_key(ui, &desk_keys[i], out);
    return false;
}

bool desk_is_held(const struct ui *ui, struct touch touch) {
    return ui->presented.screen == SCREEN_DESK_REFUND && touch.kind == TOUCH_FUNCTION &&
           touch.n == REFUND_KEY;
}

static void begin_hold(struct ui *ui, SDL_Keycode code) {
    const struct frame_touch *found =
        frame_find(&ui->frame, (struct touch){TOUCH_FUNCTION, REFUND_KEY});
    if (found == NULL)
        return;
    ui->hold =
        (struct key_hold){code, ui->presented.screen, ui->presented.revision, SDL_GetTicks64()};
    ui->press = (struct press){.down = true, /* as it looks under a finger */
                               .on = *found,
                               .screen = ui->presented.screen,
                               .revision = ui->presented.revision,
                               .since_ms = ui->hold.since_ms};
}

/* Is what is shown now what was held? Anything new begins anew. */
static bool hold_goes_on(const struct ui *ui) {
    const struct key_hold *hold = &ui->hold;
    return hold->code != 0 && hold->screen == ui->presented.screen &&
           hold->revision == ui->presented.revision;
}

bool desk_hold_key(struct ui *ui, const SDL_KeyboardEvent *key) {
    struct touch touch = {TOUCH_FUNCTION, REFUND_KEY};
    if (key->keysym.sym != SDLK_F7 || (ui->hold.code == 0 && !desk_is_held(ui, touch)))
        return false;
    if (key->type == SDL_KEYUP) {
        ui->hold = (struct key_hold){0};
        ui->press.down = false;
    } else if (!key->repeat) {
        begin_hold(ui, key->keysym.sym);
    }
    return true;
}

int desk_hold_left_ms(const struct ui *ui) {
    uint64_t end = ui->hold.since_ms + DESK_HOLD_MS, now = SDL_GetTicks64();
    return !hold_goes_on(ui) ? -1 : now >= end ? 0 : (int)(end - now);
}

bool desk_hold_ends(struct ui *ui, struct ui_input *out) {
    struct touch touch = {TOUCH_FUNCTION, REFUND_KEY};
    if (desk_hold_left_ms(ui) != 0)
        return false;
    if (frame_find(&ui->frame, touch) != NULL) {
        out->kind = UI_INPUT_TOUCH;
        out->touch = touch;
    }
    ui->hold = (struct key_hold){0};
    ui->press.down = false;
    return out->kind == UI_INPUT_TOUCH;
}

bool desk_script_key(struct ui *ui, char key, struct ui_input *out) {
    for (size_t i = 0; screen_is_desk(ui->presented.screen) && i < DESK_KEYS; i++)
        if (desk_keys[i].key == key)
            return press_desk_key(ui, &desk_keys[i], out);
    return false;
}

/* What is held down pages and deletes, and presses nothing twice. */
bool desk_key_goes_on(SDL_Keycode code) {
    return code == SDLK_PAGEUP || code == SDLK_PAGEDOWN || code == SDLK_BACKSPACE ||
           code == SDLK_DELETE || code == SDLK_TAB;
}
