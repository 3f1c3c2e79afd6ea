/* Waiting for what people do, and finding what they touched in the frame they saw. */
#include <errno.h>
#include <time.h>

#include "ui/ui_internal.h"

#define STAFF_HOLD_MS 2000

static struct ui_input input_of(const struct ui *ui, enum ui_input_kind kind) {
    return (struct ui_input){
        .kind = kind, .screen = ui->presented.screen, .revision = ui->presented.revision};
}

bool ui_touch_at(struct ui *ui, int x, int y, struct ui_input *out) {
    *out = input_of(ui, UI_INPUT_TOUCH);
    const struct frame_touch *found = frame_at(&ui->frame, x, y);
    if (found)
        out->touch = found->touch;
    return found != NULL;
}

bool ui_touch_id(struct ui *ui, struct touch touch, struct ui_input *out) {
    *out = input_of(ui, UI_INPUT_TOUCH);
    const struct frame_touch *found = frame_find(&ui->frame, touch);
    if (found)
        out->touch = found->touch;
    return found != NULL;
}

/* The keys of a real keyboard that mean something; 0: none. */
static char key_of(SDL_Keycode code) {
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

/* What is meant for the staff is held: nobody touches it by chance. */
static void press(struct ui *ui, const SDL_MouseButtonEvent *button, struct ui_input *out) {
    int x, y;
    ui_upright(ui, button->x, button->y, &x, &y);
    ui_touch_at(ui, x, y, out);
    ui->held_since_ms = 0;
    if (out->touch.kind == TOUCH_STAFF) {
        ui->held_since_ms = SDL_GetTicks64();
        out->touch.kind = TOUCH_NONE;
    }
}

static bool release(struct ui *ui, const SDL_MouseButtonEvent *button, struct ui_input *out) {
    int x, y;
    bool held = ui->held_since_ms != 0 && SDL_GetTicks64() - ui->held_since_ms >= STAFF_HOLD_MS;
    ui->held_since_ms = 0;
    if (!held)
        return false;
    ui_upright(ui, button->x, button->y, &x, &y);
    return ui_touch_at(ui, x, y, out) && out->touch.kind == TOUCH_STAFF;
}

static struct ui_input translate(struct ui *ui, const SDL_Event *event) {
    struct ui_input input = input_of(ui, UI_INPUT_NONE);
    switch (event->type) {
    case SDL_QUIT:
        input.kind = UI_INPUT_QUIT;
        break;
    case SDL_MOUSEBUTTONDOWN:
        press(ui, &event->button, &input);
        break;
    case SDL_MOUSEBUTTONUP:
        if (!release(ui, &event->button, &input))
            input.kind = UI_INPUT_NONE;
        break;
    case SDL_KEYDOWN:
        input.key = key_of(event->key.keysym.sym);
        if (input.key)
            input.kind = UI_INPUT_KEY;
        break;
    case SDL_WINDOWEVENT:
        if (event->window.event != SDL_WINDOWEVENT_EXPOSED)
            break;
        input.kind = UI_INPUT_EXPOSED;
        if (ui->presented.drawn)
            ui_show(ui);
        break;
    default:
        break;
    }
    return input;
}

static bool wait_window(struct ui *ui, int timeout_ms, struct ui_input *out) {
    SDL_Event event;
    uint64_t end = SDL_GetTicks64() + (uint64_t)(timeout_ms < 0 ? 0 : timeout_ms);
    for (;;) {
        uint64_t now = SDL_GetTicks64();
        int left = timeout_ms < 0 ? -1 : now >= end ? 0 : (int)(end - now);
        if (!(left < 0 ? SDL_WaitEvent(&event) : SDL_WaitEventTimeout(&event, left)))
            return false;
        if (event.type == ui->wake_event)
            return false;
        *out = translate(ui, &event);
        if (out->kind != UI_INPUT_NONE)
            return true;
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

bool ui_wait(struct ui *ui, int timeout_ms, struct ui_input *out) {
    *out = input_of(ui, UI_INPUT_NONE);
    if (!ui->headless)
        return wait_window(ui, timeout_ms, out);
    wait_headless(ui, timeout_ms);
    return false;
}

void ui_wake(struct ui *ui) {
    if (!ui->headless) {
        SDL_Event event = {.type = ui->wake_event};
        SDL_PushEvent(&event);
        return;
    }
    pthread_mutex_lock(&ui->lock);
    ui->woken_flag = true;
    pthread_cond_signal(&ui->woken);
    pthread_mutex_unlock(&ui->lock);
}
