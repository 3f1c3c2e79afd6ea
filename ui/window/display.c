/* The display that is turned to the patient: a second window, which hears nothing and never comes
 * before the cashier's. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ui/expansion/expansion.h"
#include "ui/window/outputs.h"
#include "ui/window/window.h"

#define HEADLESS_WIDTH 1280
#define HEADLESS_HEIGHT 800

struct patient_display {
    bool headless;
    char name[64];           /* of the display, or its number */
    struct outputs *outputs; /* NULL: SDL knows which displays there are */
    SDL_Window *window;
    SDL_Surface *drawn; /* our pixels */
    struct painter painter;
    struct frame frame;
    struct frame_key presented;
};

/* False: it is not there now. */
static bool find_by_sdl(const char *name, SDL_Rect *out) {
    char *end;
    long number = strtol(name, &end, 10);
    int count = SDL_GetNumVideoDisplays();
    for (int i = 0; i < count; i++) {
        const char *own = SDL_GetDisplayName(i);
        if (*end == '\0' ? i == number : own != NULL && strcmp(own, name) == 0)
            return SDL_GetDisplayBounds(i, out) == 0;
    }
    return false;
}

/* Would it stand over the cashier's, as where displays show the same? */
static bool covers_cashier(SDL_Window *main_window, const SDL_Rect *bounds) {
    SDL_Rect own;
    SDL_GetWindowPosition(main_window, &own.x, &own.y);
    SDL_GetWindowSize(main_window, &own.w, &own.h);
    return SDL_HasIntersection(&own, bounds);
}

/* The keys stay the cashier's: without a window manager a window that is shown takes them, and one
 * that is hidden leaves them to nobody. */
static void keep_keys(SDL_Window *main_window) {
    SDL_RaiseWindow(main_window);
    (void)SDL_SetWindowInputFocus(main_window);
}

/* Over the whole of its display, or nowhere. */
static void place_display(struct patient_display *display, SDL_Window *main_window) {
    SDL_Rect bounds;
    if (display->headless)
        return;
    bool there = display->outputs != NULL ? outputs_find(display->outputs, display->name, &bounds)
                                          : find_by_sdl(display->name, &bounds);
    if (!there || covers_cashier(main_window, &bounds)) {
        SDL_HideWindow(display->window);
        keep_keys(main_window);
        return;
    }
    SDL_SetWindowPosition(display->window, bounds.x, bounds.y);
    SDL_SetWindowSize(display->window, bounds.w, bounds.h);
    SDL_ShowWindow(display->window);
    SDL_SetWindowPosition(display->window, bounds.x, bounds.y); /* some forget it while hidden */
    SDL_RaiseWindow(main_window);                               /* the keys stay the cashier's */
}

bool display_open(struct ui *ui) {
    const struct ui_options *options = &ui->options;
    const char *name = options->patient_display;
    if (name == NULL || name[0] == '\0')
        return true;
    struct patient_display *display = ui->display = calloc(1, sizeof *display);
    if (display == NULL)
        return false;
    snprintf(display->name, sizeof display->name, "%s", name);
    display->headless = options->headless;
    SDL_SetHint(SDL_HINT_WINDOW_NO_ACTIVATION_WHEN_SHOWN, "1");
    Uint32 flags = SDL_WINDOW_BORDERLESS | SDL_WINDOW_SKIP_TASKBAR |
                   (options->headless ? 0 : SDL_WINDOW_HIDDEN);
    display->window =
        SDL_CreateWindow("hopkiosk patient", 0, 0, HEADLESS_WIDTH, HEADLESS_HEIGHT, flags);
    if (display->window == NULL)
        return false;
    display->outputs = options->headless ? NULL : outputs_open();
    place_display(display, ui->window);
    return true;
}

void display_close(struct ui *ui) {
    struct patient_display *display = ui->display;
    if (display == NULL)
        return;
    outputs_close(display->outputs);
    SDL_FreeSurface(display->drawn);
    if (display->window != NULL)
        SDL_DestroyWindow(display->window);
    free(display);
    ui->display = NULL;
}

void display_changed(struct ui *ui) {
    if (ui->display == NULL)
        return;
    ui->display->presented.drawn = false;
    place_display(ui->display, ui->window);
}

bool ui_has_patient_display(const struct ui *ui) {
    return ui->display != NULL && (SDL_GetWindowFlags(ui->display->window) & SDL_WINDOW_SHOWN) != 0;
}

bool display_owns(const struct ui *ui, Uint32 window) {
    return ui->display != NULL && SDL_GetWindowID(ui->display->window) == window;
}

static void show_display(struct patient_display *display) {
    SDL_Surface *surface = SDL_GetWindowSurface(display->window);
    if (surface == NULL || display->drawn == NULL)
        return;
    SDL_BlitSurface(display->drawn, NULL, surface, NULL);
    SDL_UpdateWindowSurface(display->window);
}

void display_exposed(struct ui *ui) {
    show_display(ui->display);
}

/* As large as the window is now; false: there is nothing to draw on. */
static bool take_display_canvas(struct patient_display *display) {
    SDL_Surface *surface = SDL_GetWindowSurface(display->window);
    if (surface == NULL)
        return false;
    if (display->drawn == NULL || display->drawn->w != surface->w ||
        display->drawn->h != surface->h) {
        SDL_FreeSurface(display->drawn);
        display->drawn =
            SDL_CreateRGBSurfaceWithFormat(0, surface->w, surface->h, 32, SDL_PIXELFORMAT_RGB888);
    }
    if (display->drawn == NULL)
        return false;
    display->painter.canvas =
        (struct canvas){display->drawn->pixels, surface->w, surface->h, display->drawn->pitch / 4};
    return true;
}

void display_present(struct ui *ui, const struct view *view, const struct frame_key *key) {
    struct patient_display *display = ui->display;
    struct frame_key wanted = *key;
    wanted.phase = 0; /* nothing turns there */
    if (display == NULL || !screen_is_desk(view->screen) ||
        frame_key_same(&wanted, &display->presented))
        return;
    display->painter = ui->painter;
    display->painter.frame = &display->frame;
    if (!take_display_canvas(display))
        return;
    frame_clear(&display->frame);
    patient_draw(&display->painter, view);
    display->presented = wanted;
    show_display(display);
}

const struct frame *ui_display_frame(const struct ui *ui) {
    return ui->display == NULL ? NULL : &ui->display->frame;
}

bool display_shot(struct ui *ui, const char *path) {
    const char *dot = strrchr(path, '.');
    char beside[1024];
    if (ui->display == NULL || ui->display->drawn == NULL)
        return true;
    int length = dot == NULL ? (int)strlen(path) : (int)(dot - path);
    snprintf(beside, sizeof beside, "%.*s-expansion.png", length, path);
    return canvas_write_png(&ui->display->painter.canvas, beside);
}
