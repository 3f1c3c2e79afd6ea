/* Waiting for what people do, and finding what they touched in the frame they saw. */
#include <errno.h>
#include <time.h>

#include "ui/window/window.h"

#define AWAY_MS 1000
#define STAFF_HOLD_MS 2000 /* what is meant for the staff: nobody touches it by chance */

static struct ui_input input_of(const struct ui *ui, enum ui_input_kind kind) {
    return (struct ui_input){
        .kind = kind, .screen = ui->presented.screen, .revision = ui->presented.revision};
}

/* What the window does itself is for the program only a sign of life. */
static struct touch own_act(struct ui *ui, struct touch touch) {
    if (touch.kind != TOUCH_REPEAT)
        return touch;
    voice_repeat(ui->voice);
    return (struct touch){TOUCH_NONE, 0};
}

bool ui_touch_at(struct ui *ui, int x, int y, struct ui_input *out) {
    *out = input_of(ui, UI_INPUT_TOUCH);
    const struct frame_touch *found = frame_at(&ui->frame, x, y);
    if (found)
        out->touch = own_act(ui, found->touch);
    return found != NULL;
}

bool ui_touch_id(struct ui *ui, struct touch touch, struct ui_input *out) {
    *out = input_of(ui, UI_INPUT_TOUCH);
    const struct frame_touch *found = frame_find(&ui->frame, touch);
    if (found)
        out->touch = own_act(ui, found->touch);
    return found != NULL;
}

/* A touch beside everything is told at once; of anything else the finger must come up again. */
static void finger_down(struct ui *ui, int x, int y, struct ui_input *out) {
    const struct frame_touch *found = frame_at(&ui->frame, x, y);
    ui->focus.on = (struct choice){0};
    ui->press = (struct press){.down = found != NULL,
                               .screen = ui->presented.screen,
                               .revision = ui->presented.revision,
                               .since_ms = SDL_GetTicks64()};
    if (found)
        ui->press.on = *found;
    else
        out->kind = UI_INPUT_TOUCH;
}

static void finger_moved(struct ui *ui, int x, int y) {
    if (ui->press.down && !rect_holds(ui->press.on.rect, x, y))
        ui->press.down = false;
}

static void finger_up(struct ui *ui, int x, int y, struct ui_input *out) {
    const struct press *press = &ui->press;
    finger_moved(ui, x, y);
    if (!press->down)
        return;
    *out = (struct ui_input){.kind = UI_INPUT_TOUCH,
                             .screen = press->screen,
                             .revision = press->revision,
                             .touch = own_act(ui, press->on.touch),
                             .held_ms = (uint32_t)(SDL_GetTicks64() - press->since_ms)};
    if ((out->touch.kind == TOUCH_STAFF && out->held_ms < STAFF_HOLD_MS) ||
        (desk_is_held(ui, out->touch) && out->held_ms < DESK_HOLD_MS))
        out->touch = (struct touch){TOUCH_NONE, 0};
    ui->press.down = false;
}

/* Fingers come as the mouse that SDL makes of them. */
static void hear_finger(struct ui *ui, const SDL_Event *event, struct ui_input *out) {
    int x, y;
    if (display_owns(ui, event->type == SDL_MOUSEMOTION ? event->motion.windowID
                                                        : event->button.windowID))
        return;
    if (event->type == SDL_MOUSEMOTION) {
        ui_upright(ui, event->motion.x, event->motion.y, &x, &y);
        finger_moved(ui, x, y);
        return;
    }
    if (event->button.button != SDL_BUTTON_LEFT)
        return;
    ui_upright(ui, event->button.x, event->button.y, &x, &y);
    if (event->type == SDL_MOUSEBUTTONDOWN)
        finger_down(ui, x, y, out);
    else
        finger_up(ui, x, y, out);
}

/* The keys of a real keyboard that mean something; 0: none. */
static char key_of_event(SDL_Keycode code) {
    if ((code >= '0' && code <= '9') || code == '.')
        return (char)code;
    if (code >= 'a' && code <= 'z')
        return (char)(code - 'a' + 'A');
    if (code >= SDLK_KP_1 && code <= SDLK_KP_9)
        return (char)('1' + code - SDLK_KP_1);
    switch (code) {
    case SDLK_KP_0:
        return '0';
    case SDLK_KP_PERIOD:
        return '.';
    case SDLK_BACKSPACE:
    case SDLK_DELETE:
        return KEY_DELETE;
    case SDLK_RETURN:
    case SDLK_KP_ENTER:
        return '\n';
    case SDLK_ESCAPE:
        return 0x1b;
    default:
        return 0;
    }
}

/* A key that is held acts once: only what moves and what deletes goes on. */
static bool key_goes_on(SDL_Keycode code) {
    return key_of_event(code) == 0 || key_of_event(code) == KEY_DELETE;
}

static void key_down(struct ui *ui, const SDL_KeyboardEvent *key, struct ui_input *out) {
    SDL_Keycode code = key->keysym.sym;
    if (desk_hold_key(ui, key))
        return;
    if (key->repeat && (code == SDLK_SPACE || !key_goes_on(code)))
        return;
    if (key->repeat && screen_is_desk(ui->presented.screen) && !desk_key_goes_on(code))
        return;
    if (desk_key_takes(ui, &key->keysym, out))
        return;
    if (focus_takes(ui, &key->keysym, out))
        return;
    out->key = key_of_event(code);
    if (out->key)
        out->kind = UI_INPUT_KEY;
}

/* A window of another size, or on another display, shows nothing that could be touched until it is
 * drawn anew. */
static void window_changed(struct ui *ui, const SDL_WindowEvent *event, struct ui_input *out) {
    Uint8 change = event->event;
    if (display_owns(ui, event->windowID)) {
        if (change == SDL_WINDOWEVENT_EXPOSED)
            display_exposed(ui);
        return;
    }
    switch (change) {
    case SDL_WINDOWEVENT_RESIZED:
    case SDL_WINDOWEVENT_SIZE_CHANGED:
    case SDL_WINDOWEVENT_DISPLAY_CHANGED:
    case SDL_WINDOWEVENT_RESTORED:
        ui_lose_frame(ui);
        out->kind = UI_INPUT_EXPOSED;
        break;
    case SDL_WINDOWEVENT_EXPOSED:
        out->kind = UI_INPUT_EXPOSED;
        if (ui->presented.drawn)
            ui_show(ui);
        break;
    default:
        break;
    }
}

static struct ui_input translate_event(struct ui *ui, const SDL_Event *event) {
    struct ui_input input = input_of(ui, UI_INPUT_NONE);
    switch (event->type) {
    case SDL_QUIT:
        input.kind = UI_INPUT_QUIT;
        break;
    case SDL_MOUSEBUTTONDOWN:
    case SDL_MOUSEBUTTONUP:
    case SDL_MOUSEMOTION:
        hear_finger(ui, event, &input);
        break;
    case SDL_KEYDOWN:
        key_down(ui, &event->key, &input);
        break;
    case SDL_KEYUP:
        (void)desk_hold_key(ui, &event->key);
        break;
    case SDL_DISPLAYEVENT:
        ui_take_display(ui);
        input.kind = UI_INPUT_EXPOSED;
        break;
    case SDL_WINDOWEVENT:
        window_changed(ui, &event->window, &input);
        break;
    default:
        break;
    }
    return input;
}

/* Until there is an event; with a key that is held, until it was held long enough. */
static bool wait_event(struct ui *ui, int left_ms, SDL_Event *event) {
    int hold_ms = desk_hold_left_ms(ui);
    if (hold_ms >= 0 && (left_ms < 0 || hold_ms < left_ms))
        left_ms = hold_ms;
    return (left_ms < 0 ? SDL_WaitEvent(event) : SDL_WaitEventTimeout(event, left_ms)) != 0;
}

static bool wait_window(struct ui *ui, int timeout_ms, struct ui_input *out) {
    SDL_Event event;
    uint64_t end = SDL_GetTicks64() + (uint64_t)(timeout_ms < 0 ? 0 : timeout_ms);
    for (;;) {
        uint64_t now = SDL_GetTicks64();
        int left = timeout_ms < 0 ? -1 : now >= end ? 0 : (int)(end - now);
        if (!wait_event(ui, left, &event))
            return desk_hold_ends(ui, out);
        if (event.type == ui->wake_event)
            return false;
        bool down = ui->press.down;
        *out = translate_event(ui, &event);
        if (out->kind != UI_INPUT_NONE)
            return true;
        if (ui->press.down != down)
            return false; /* it looks different now */
    }
}

static void wait_headless(struct ui *ui, int timeout_ms) {
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += timeout_ms / 1000;
    until.tv_nsec += (long)(timeout_ms % 1000) * 1000000;
    if (until.tv_nsec >= 1000000000) {
        until.tv_sec++;
        until.tv_nsec -= 1000000000;
    }
    pthread_mutex_lock(&ui->lock);
    int result = 0;
    while (!ui->woken_flag && result != ETIMEDOUT)
        result = timeout_ms < 0 ? pthread_cond_wait(&ui->woken, &ui->lock)
                                : pthread_cond_timedwait(&ui->woken, &ui->lock, &until);
    ui->woken_flag = false;
    pthread_mutex_unlock(&ui->lock);
}

/* Without a display there is nobody to hear: others may wake, and now and then it is looked for. */
static bool wait_away(struct ui *ui, int timeout_ms, struct ui_input *out) {
    wait_headless(ui, timeout_ms < 0 || timeout_ms > AWAY_MS ? AWAY_MS : timeout_ms);
    if (!ui_retry_display(ui))
        return false;
    out->kind = UI_INPUT_DISPLAY_BACK;
    return true;
}

bool ui_wait(struct ui *ui, int timeout_ms, struct ui_input *out) {
    *out = input_of(ui, UI_INPUT_NONE);
    if (ui->headless) {
        wait_headless(ui, timeout_ms);
        return false;
    }
    if (ui->away)
        return wait_away(ui, timeout_ms, out);
    bool came = connection_is_lost() ? false : wait_window(ui, timeout_ms, out);
    if (!connection_is_lost())
        return came;
    ui_leave_display(ui);
    out->kind = UI_INPUT_DISPLAY_GONE;
    return true;
}

void ui_wake(struct ui *ui) {
    pthread_mutex_lock(&ui->lock);
    if (ui->headless || ui->away) {
        ui->woken_flag = true;
        pthread_cond_signal(&ui->woken);
    } else {
        SDL_Event event = {.type = ui->wake_event};
        SDL_PushEvent(&event);
    }
    pthread_mutex_unlock(&ui->lock);
}
