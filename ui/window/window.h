/* What the files of the window share. */
#ifndef HOPKIOSK_UI_WINDOW_WINDOW_H
#define HOPKIOSK_UI_WINDOW_WINDOW_H

#include <SDL.h>
#include <pthread.h>

#include "ui/icons.h"
#include "ui/painter.h"
#include "ui/qr.h"
#include "ui/ui.h"
#include "ui/voice/voice.h"

/* What a presented frame was drawn from: equal keys look equal. */
struct frame_key {
    bool drawn;
    enum screen screen;
    uint32_t revision;
    enum view_language language;
    struct view_mode mode;
    bool warning;
    int warning_left_s, seconds, phase;
    struct touch pressed;
    struct choice focus;
    char clock[24];
};

/* A finger that is down on something. */
struct press {
    bool down;
    struct frame_touch on;
    enum screen screen; /* of the frame that was presented then */
    uint32_t revision;
    uint64_t since_ms;
};

/* What keys have chosen. */
struct focus {
    struct choice on;
    enum screen screen;
};

/* A key that has to be held. */
struct key_hold {
    SDL_Keycode code; /* 0: none is */
    enum screen screen;
    uint32_t revision;
    uint64_t since_ms;
};

struct patient_display;

struct ui {
    struct ui_options options; /* what a window is opened by; no texts but the patient display's */
    char driver[16]; /* SDL's, of the first window: another one would be another display */
    bool headless;
    bool away; /* the display's server has died, and there is no window; changes under `lock` */
    uint64_t tried_ms; /* when a window was last tried to be opened again */
    bool whole;        /* the window is the whole display */
    int rotation;
    int width, height; /* upright; of the frame that was drawn last */
    int panel_width_mm, panel_height_mm;
    SDL_Window *window;
    uint32_t *pixels; /* our own canvas; NULL: we draw into the window's */
    Uint32 wake_event;
    pthread_mutex_t lock; /* waiting without a window, and waking */
    pthread_cond_t woken;
    bool woken_flag;
    struct voice *voice; /* NULL: it is silent */
    struct strings *strings;
    struct painter painter;
    struct frame frame, aside;
    struct frame_key presented;
    struct press press;
    struct key_hold hold;
    struct focus focus;
    struct patient_display *display; /* NULL: there is none */
};

/* Takes the size that the window has now; false: it had it already. */
bool ui_take_size(struct ui *ui, int window_width, int window_height);
/* A display has come, gone or changed: the window is as the present one wants it. */
void ui_take_display(struct ui *ui);
/* Nothing is shown any more, so nothing can be touched, until the next frame is drawn. */
void ui_lose_frame(struct ui *ui);
/* The canvas to draw the next frame into, as large as the window is now; false when the window has
 * no surface now. */
bool ui_canvas(struct ui *ui, struct canvas *out);
/* Shows the canvas; of a window that is drawn into directly only the parts. */
void ui_show(struct ui *ui);
void ui_show_parts(struct ui *ui, const struct rect *parts, int count);
/* Does the key move what is chosen, or press it? Then `out` tells a touch, which is beside
 * everything where the ring has only moved. */
bool focus_takes(struct ui *ui, const SDL_Keysym *key, struct ui_input *out);
/* keys.c: does the key press a button of the desk's that is shown? */
bool desk_key_takes(struct ui *ui, const SDL_Keysym *key, struct ui_input *out);
bool desk_script_key(struct ui *ui, char key, struct ui_input *out);
bool desk_key_goes_on(SDL_Keycode code);
/* Is it a touch that gives money back, which has to be held? */
#define DESK_HOLD_MS 1000
bool desk_is_held(const struct ui *ui, struct touch touch);
/* A key of such a touch goes down, is still down, comes up; false: it is no such key. */
bool desk_hold_key(struct ui *ui, const SDL_KeyboardEvent *key);
/* How long it has to be held yet; -1: none is. */
int desk_hold_left_ms(const struct ui *ui);
/* It was held so long, and is not among the events that wait that it came up: then `out` tells the
 * touch. Asked when none waits, so that a key that was let go of while this program did not look
 * gives no money back. */
bool desk_hold_ends(struct ui *ui, struct ui_input *out);
/* Do they look equal? */
bool frame_key_same(const struct frame_key *a, const struct frame_key *b);
/* As a PNG file; false and errno. */
bool canvas_write_png(const struct canvas *canvas, const char *path);
/* A window for what is shown; false and a sentence. */
bool open_window(struct ui *ui, char *error, int size);
/* lost.c: has the connection to the display's server broken? Reset by `connection_watch`, before a
 * window is opened; `wake_event` then ends a wait of SDL's. */
bool connection_is_lost(void);
void connection_watch(Uint32 wake_event);
/* away.c: nothing is there to be drawn on; and again there is. */
void ui_leave_display(struct ui *ui);
bool ui_retry_display(struct ui *ui);
/* display.c: the patient's, of a desk. False: it could not be opened. */
bool display_open(struct ui *ui);
void display_close(struct ui *ui);
/* Displays have come or gone. */
void display_changed(struct ui *ui);
/* Is this window its own? */
bool display_owns(const struct ui *ui, Uint32 window);
void display_exposed(struct ui *ui);
void display_present(struct ui *ui, const struct view *view, const struct frame_key *key);
/* Beside the picture of the cashier's, NAME-expansion. */
bool display_shot(struct ui *ui, const char *path);
/* Upright coordinates of a place in the window. */
void ui_upright(const struct ui *ui, int window_x, int window_y, int *x, int *y);

#endif
