/* The window: creation, drawing a view, showing it. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "ui/desk/desk.h"
#include "ui/drawings.h"
#include "ui/frame.h"
#include "ui/screens/movers.h"
#include "ui/screens/screens.h"
#include "ui/window/window.h"

#define ANIMATION_MS 250
#define PHASES 32
#define SHAPE_SLACK 0.05f /* pixels are not quite square */
#define BLANK_MS 500      /* between two tries to draw on a window that has no surface */
#define PX_PER_MM_REFERENCE (1080.0f / 268.0f)

static void fail_to_start(char *error, int size, const char *what, const char *why) {
    snprintf(error, (size_t)size, "%s: %s", what, why);
}

static void init_waiting(struct ui *ui) {
    pthread_condattr_t attributes;
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_mutex_init(&ui->lock, NULL);
    pthread_cond_init(&ui->woken, &attributes);
    pthread_condattr_destroy(&attributes);
}

/* No larger than the display, in the panel's proportions. */
static void fit_display(int *width, int *height) {
    SDL_Rect room;
    if (SDL_GetDisplayUsableBounds(0, &room) != 0 || (*width <= room.w && *height <= room.h))
        return;
    float scale_x = (float)room.w / (float)*width, scale_y = (float)room.h / (float)*height;
    float scale = scale_x < scale_y ? scale_x : scale_y;
    *width = (int)((float)*width * scale);
    *height = (int)((float)*height * scale);
}

/* What lies is measured as it lies, however the configuration turns it; a window of another shape
 * than the panel's is laid out in the smaller of its scales. */
static float px_per_mm_of(const struct ui *ui) {
    int wide = ui->panel_width_mm, high = ui->panel_height_mm;
    if (wide <= 0 || high <= 0)
        return PX_PER_MM_REFERENCE;
    if ((wide > high) != (ui->width > ui->height)) {
        wide = ui->panel_height_mm;
        high = ui->panel_width_mm;
    }
    float across = (float)ui->width / (float)wide, down = (float)ui->height / (float)high;
    return down < across * (1 - SHAPE_SLACK) ? down : across;
}

bool ui_take_size(struct ui *ui, int window_width, int window_height) {
    bool turned = ui->rotation % 180 != 0;
    int width = turned ? window_height : window_width;
    int height = turned ? window_width : window_height;
    if (width == ui->width && height == ui->height)
        return false;
    ui->width = width;
    ui->height = height;
    ui->painter.px_per_mm = ui->painter.panel_px_per_mm = px_per_mm_of(ui);
    free(ui->pixels);
    ui->pixels = NULL;
    return true;
}

bool ui_is_wide(const struct ui *ui) {
    return ui->width > ui->height;
}

bool ui_is_of_panel_shape(const struct ui *ui) {
    float across = (float)ui->width / (float)ui->panel_width_mm;
    float down = (float)ui->height / (float)ui->panel_height_mm;
    return down >= across * (1 - SHAPE_SLACK) && across >= down * (1 - SHAPE_SLACK);
}

bool open_window(struct ui *ui, char *error, int size) {
    const struct ui_options *options = &ui->options;
    if (options->headless)
        SDL_SetHint(SDL_HINT_VIDEODRIVER, "dummy");
    else if (ui->driver[0] != '\0')
        SDL_SetHint(SDL_HINT_VIDEODRIVER, ui->driver);
    SDL_SetHint(SDL_HINT_NO_SIGNAL_HANDLERS, "1");
    if (ui->wake_event == 0) { /* events outlive a window */
        SDL_InitSubSystem(SDL_INIT_EVENTS);
        ui->wake_event = SDL_RegisterEvents(1);
    }
    connection_watch(ui->wake_event);
    if (SDL_InitSubSystem(SDL_INIT_VIDEO) != 0) {
        fail_to_start(error, size, "display", SDL_GetError());
        return false;
    }
    SDL_EventState(SDL_KEYDOWN, options->keyboard ? SDL_ENABLE : SDL_IGNORE);
    /* X11 takes pixels from memory; going through OpenGL for them costs tens of megabytes. */
    const char *driver = SDL_GetCurrentVideoDriver();
    snprintf(ui->driver, sizeof ui->driver, "%s", driver ? driver : "");
    if (strcmp(ui->driver, "x11") == 0)
        SDL_SetHint(SDL_HINT_FRAMEBUFFER_ACCELERATION, "0");
    bool whole =
        (options->full_screen && !options->headless) || options->width <= 0 || options->height <= 0;
    bool turned = options->rotation % 180 != 0;
    int width = turned ? options->height : options->width;
    int height = turned ? options->width : options->height;
    if (whole) {
        SDL_Rect bounds = {0, 0, 1080, 1920};
        SDL_GetDisplayBounds(0, &bounds);
        width = bounds.w;
        height = bounds.h;
    } else if (!options->headless) {
        fit_display(&width, &height);
    }
    Uint32 flags =
        whole && !options->headless ? SDL_WINDOW_FULLSCREEN_DESKTOP : SDL_WINDOW_RESIZABLE;
    ui->window = SDL_CreateWindow("hopkiosk", SDL_WINDOWPOS_CENTERED, SDL_WINDOWPOS_CENTERED, width,
                                  height, flags);
    if (!ui->window) {
        fail_to_start(error, size, "window", SDL_GetError());
        return false;
    }
    ui->whole = whole && !options->headless;
    if (whole && options->patient_display == NULL)
        SDL_ShowCursor(SDL_DISABLE); /* fingers need none */
    SDL_GetWindowSize(ui->window, &width, &height);
    ui_take_size(ui, width, height);
    return true;
}

void ui_take_display(struct ui *ui) {
    ui_lose_frame(ui);
    display_changed(ui);
    if (!ui->whole || SDL_GetNumVideoDisplays() < 1)
        return; /* it is there again with the next one */
    SDL_SetWindowFullscreen(ui->window, 0);
    SDL_SetWindowPosition(ui->window, SDL_WINDOWPOS_CENTERED, SDL_WINDOWPOS_CENTERED);
    SDL_SetWindowFullscreen(ui->window, SDL_WINDOW_FULLSCREEN_DESKTOP);
}

static bool open_painter(struct ui *ui, const struct ui_options *options, char *error, int size) {
    struct painter *painter = &ui->painter;
    painter->frame = &ui->frame;
    painter->aside = &ui->aside;
    painter->fonts = fonts_create(error, size);
    if (!painter->fonts)
        return false;
    if (options->missing_glyph)
        fonts_on_missing(painter->fonts, options->missing_glyph);
    painter->strings = ui->strings = strings_load(options->assets_dir, error, size);
    if (!ui->strings)
        return false;
    painter->mount_mm = options->mount_mm;
    memcpy(painter->spots, options->spots, sizeof painter->spots);
    painter->icons = icons_create();
    painter->drawings = drawings_create();
    painter->qr = qr_create();
    if (painter->icons && painter->drawings && painter->qr)
        return true;
    fail_to_start(error, size, "window", "out of memory");
    return false;
}

static bool open_patient_display(struct ui *ui, char *error, int size) {
    if (display_open(ui))
        return true;
    fail_to_start(error, size, "the patient's display", SDL_GetError());
    return false;
}

struct ui *ui_create(const struct ui_options *options, char *error, int error_size) {
    struct ui *ui = calloc(1, sizeof *ui);
    if (!ui) {
        fail_to_start(error, error_size, "window", "out of memory");
        return NULL;
    }
    ui->options = *options;
    ui->options.assets_dir = NULL;
    ui->options.sound = (struct ui_sound){0};
    ui->headless = options->headless;
    ui->panel_width_mm = options->panel_width_mm;
    ui->panel_height_mm = options->panel_height_mm;
    ui->rotation = ((options->rotation % 360) + 360) % 360;
    init_waiting(ui);
    if (!open_window(ui, error, error_size) || !open_painter(ui, options, error, error_size) ||
        !open_patient_display(ui, error, error_size)) {
        ui_destroy(ui);
        return NULL;
    }
    /* Its thread opens SDL's sound: SDL is not to be opened by two at once. */
    ui->voice = options->sound.on ? voice_create(&options->sound) : NULL;
    ui->painter.speaks = ui->voice && options->sound.speaks && options->sound.aloud;
    return ui;
}

void ui_destroy(struct ui *ui) {
    if (!ui)
        return;
    voice_destroy(ui->voice);
    qr_destroy(ui->painter.qr);
    icons_destroy(ui->painter.icons);
    drawings_destroy(ui->painter.drawings);
    strings_free(ui->strings);
    fonts_destroy(ui->painter.fonts);
    display_close(ui);
    if (ui->window)
        SDL_DestroyWindow(ui->window);
    if (!ui->away)
        SDL_QuitSubSystem(SDL_INIT_VIDEO);
    SDL_QuitSubSystem(SDL_INIT_EVENTS);
    pthread_cond_destroy(&ui->woken);
    pthread_mutex_destroy(&ui->lock);
    free(ui->pixels);
    free(ui);
}

/* Seconds that the screen shows, -1 where it shows none. */
static int seconds_shown(const struct view *view) {
    switch (view->screen) {
    case SCREEN_PAY_QR:
        return view->of.pay_qr.left_s;
    case SCREEN_OWN_PART:
        return view->of.own_part.left_s;
    case SCREEN_PUSHED:
        return view->of.pushed.left_s;
    case SCREEN_PAY_CODE:
        return view->of.pay_code.left_s;
    case SCREEN_WAITING:
        return view->of.waiting.waited_s;
    case SCREEN_DESK_WAIT:
        return view->of.desk.waited_s + view->of.desk.left_s;
    case SCREEN_DESK_RESULT:
        return view->of.desk.leaves_s > 0 ? view->of.desk.leaves_s : -1;
    default:
        return -1;
    }
}

static bool asks_on(const struct view *view) {
    for (int i = 0; view->screen == SCREEN_RESULT && i < view->of.result.check_count; i++)
        if (view->of.result.checks[i].state == CHECK_NOW)
            return true;
    return false;
}

/* Does anything on this screen move by itself? */
static bool view_moves(const struct view *view) {
    if (view->warning || view->mode.elder)
        return false;
    return view->screen == SCREEN_WAITING || view->screen == SCREEN_DESK_WAIT || asks_on(view) ||
           (view->screen == SCREEN_PAY_CODE && view->of.pay_code.card);
}

static struct frame_key frame_key_of(const struct view *view, struct touch pressed,
                                     struct choice focus) {
    struct frame_key key = {.drawn = true,
                            .screen = view->screen,
                            .revision = view->revision,
                            .language = view->language,
                            .mode = view->mode,
                            .warning = view->warning,
                            .warning_left_s = view->warning ? view->warning_left_s : 0,
                            .seconds = seconds_shown(view),
                            .pressed = pressed,
                            .focus = focus};
    if (view_moves(view))
        key.phase = (int)(SDL_GetTicks64() / ANIMATION_MS % PHASES);
    snprintf(key.clock, sizeof key.clock, "%s", view->clock);
    return key;
}

bool frame_key_same(const struct frame_key *a, const struct frame_key *b) {
    return a->drawn == b->drawn && a->screen == b->screen && a->revision == b->revision &&
           a->language == b->language && a->warning == b->warning &&
           a->warning_left_s == b->warning_left_s && a->seconds == b->seconds &&
           a->mode.elder == b->mode.elder && a->mode.low == b->mode.low &&
           a->mode.dark == b->mode.dark && a->phase == b->phase &&
           a->pressed.kind == b->pressed.kind && a->pressed.n == b->pressed.n &&
           a->focus.touch.kind == b->focus.touch.kind && a->focus.touch.n == b->focus.touch.n &&
           a->focus.nth == b->focus.nth && strcmp(a->clock, b->clock) == 0;
}

/* What the finger is on, as long as the frame says what it said when the finger went down. */
static struct touch pressed_in(struct ui *ui, const struct view *view) {
    struct press *press = &ui->press;
    if (press->screen != view->screen || press->revision != view->revision)
        press->down = false;
    return press->down ? press->on.touch : (struct touch){TOUCH_NONE, 0};
}

/* What keys have chosen, until the screen is another. */
static struct choice focus_in(struct ui *ui, const struct view *view) {
    if (ui->focus.screen != view->screen)
        ui->focus.on = (struct choice){0};
    if (ui->focus.on.touch.kind == TOUCH_NONE && view->focus.kind != TOUCH_NONE) {
        ui->focus.on = (struct choice){view->focus, 0};
        ui->focus.screen = view->screen;
    }
    return ui->focus.on;
}

/* A call has come: the cashier may be at another program. */
static void come_forward(const struct ui *ui, enum screen screen) {
    bool called = ui->presented.screen == SCREEN_DESK_IDLE && screen_is_desk(screen) &&
                  screen != SCREEN_DESK_IDLE && screen != SCREEN_DESK_RESULT;
    if (!called || ui->headless || ui->away)
        return;
    SDL_RestoreWindow(ui->window);
    SDL_RaiseWindow(ui->window);
}

/* The frame that is shown, but for what moves. */
static bool only_movers_move(const struct ui *ui, const struct frame_key *key) {
    struct frame_key still = *key;
    still.phase = ui->presented.phase;
    return ui->frame.mover_count > 0 && frame_key_same(&still, &ui->presented);
}

static void move_movers(struct ui *ui, const struct frame_key *key) {
    struct rect changed[FRAME_MOVERS_MAX];
    ui->painter.phase = key->phase;
    ui_show_parts(ui, changed, movers_move(&ui->painter, changed));
    ui->presented = *key;
}

bool ui_present(struct ui *ui, const struct view *view) {
    struct frame_key key = frame_key_of(view, pressed_in(ui, view), focus_in(ui, view));
    if (frame_key_same(&key, &ui->presented))
        return false;
    come_forward(ui, view->screen);
    painter_begin(&ui->painter, view);
    display_present(ui, view, &key);
    if (!ui_canvas(ui, &ui->painter.canvas))
        return false;
    if (only_movers_move(ui, &key)) {
        move_movers(ui, &key);
        return true;
    }
    frame_clear(&ui->frame);
    painter_begin(&ui->painter, view);
    ui->painter.phase = key.phase;
    ui->painter.pressed = key.pressed;
    ui->painter.focus = key.focus;
    if (screen_is_desk(view->screen))
        desk_draw(&ui->painter, view);
    else
        screens_draw(&ui->painter, view);
    fonts_trim(ui->painter.fonts);
    if (frame_chosen(&ui->frame, ui->focus.on) == NULL)
        ui->focus.on = (struct choice){0}; /* it went with what covered the screen */
    ui->presented = key;
    ui_show(ui);
    voice_follow(ui->voice, view, key.focus);
    return true;
}

int ui_next_frame_ms(const struct ui *ui) {
    if (!ui->presented.drawn)
        return BLANK_MS;
    if (ui->presented.warning || ui->presented.seconds >= 0 || ui->frame.mover_count > 0)
        return ANIMATION_MS;
    time_t now = time(NULL);
    return (int)(60 - now % 60) * 1000; /* the clock in the corner */
}

bool ui_shows(const struct ui *ui, const char *text) {
    const struct frame *patients = ui_display_frame(ui);
    return frame_shows(&ui->frame, text) || (patients != NULL && frame_shows(patients, text));
}

void ui_sound_read(struct ui *ui) {
    voice_sound(ui->voice, EARCON_READ);
}

bool ui_said(const struct ui *ui, const char *key, bool to_all) {
    return voice_said(ui->voice, key, to_all);
}

const char *ui_word(const struct ui *ui, enum view_language language, const char *key) {
    return strings_get(ui->strings, language, key);
}

const struct frame *ui_frame(const struct ui *ui) {
    return &ui->frame;
}
