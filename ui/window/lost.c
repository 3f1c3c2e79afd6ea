/* An X server that dies does not take the program along. Xlib ends it when the connection breaks,
 * unless both handlers of that connection say otherwise; SDL opens two connections and hands out
 * one, so both are met where they are opened. These functions stand before libX11's own. */
#include <dlfcn.h>
#include <stdatomic.h>
#include <string.h>

#include "ui/window/window.h"

/* Of Xlib, whose headers nothing else here needs. */
typedef struct _XDisplay Display;
typedef union _XEvent XEvent;
typedef struct x_keymap XModifierKeymap;
typedef int x_predicate(Display *, XEvent *, char *);
typedef int x_broken(Display *);
typedef void x_exit(Display *, void *);
Display *XOpenDisplay(const char *name);
int XIfEvent(Display *display, XEvent *event, x_predicate *wanted, char *argument);
XModifierKeymap *XGetModifierMapping(Display *display);

#define X_EVENT_SIZE (24 * sizeof(long))

static atomic_bool is_lost;
static atomic_uint event_to_wake;

static int stay_silent(Display *display) {
    (void)display;
    return 0;
}

/* A function of libX11; NULL: this SDL knows no X11. */
#define X_FUNCTION(type, name) ((type)(uintptr_t)dlsym(RTLD_NEXT, name))

/* Xlib has locked the connection for the thread that met its end, for good, because it expects that
 * the program ends on it: any other thread would wait for ever in the next call. */
static void unlock_lost(Display *display) {
    void (*unlock)(Display *) = X_FUNCTION(void (*)(Display *), "XUnlockDisplay");
    if (unlock != NULL)
        unlock(display);
}

/* In place of exit(): Xlib goes on with a connection that says nothing more. Called on whatever
 * thread met it; SDL, which would wait for that connection without a pause, gets an event. To give
 * it one it may use the other connection, which is then met here too. */
static void note_lost(Display *display, void *context) {
    (void)context;
    unlock_lost(display);
    SDL_Event event = {.type = atomic_load(&event_to_wake)};
    if (!atomic_exchange(&is_lost, true))
        SDL_PeepEvents(&event, 1, SDL_ADDEVENT, 0, 0);
}

bool connection_is_lost(void) {
    return atomic_load(&is_lost);
}

void connection_watch(Uint32 wake_event) {
    atomic_store(&event_to_wake, wake_event);
    atomic_store(&is_lost, false);
}

Display *XOpenDisplay(const char *name) {
    Display *(*open_display)(const char *) =
        X_FUNCTION(Display * (*)(const char *), "XOpenDisplay");
    x_broken *(*on_broken)(x_broken *) =
        X_FUNCTION(x_broken * (*)(x_broken *), "XSetIOErrorHandler");
    void (*on_exit)(Display *, x_exit *, void *) =
        X_FUNCTION(void (*)(Display *, x_exit *, void *), "XSetIOErrorExitHandler");
    Display *display = open_display != NULL ? open_display(name) : NULL;
    if (display == NULL || on_broken == NULL || on_exit == NULL)
        return display;
    on_broken(stay_silent);
    on_exit(display, note_lost, NULL);
    return display;
}

/* SDL waits so for the window to go, which a dead server never says. */
int XIfEvent(Display *display, XEvent *event, x_predicate *wanted, char *argument) {
    int (*if_event)(Display *, XEvent *, x_predicate *, char *) =
        X_FUNCTION(int (*)(Display *, XEvent *, x_predicate *, char *), "XIfEvent");
    if (if_event != NULL && !connection_is_lost())
        return if_event(display, event, wanted, argument);
    memset(event, 0, X_EVENT_SIZE);
    return 0;
}

/* SDL reads the answer without a look whether there is one, as soon as the window has the keyboard,
 * which may be the last thing that a server says: an empty one. */
XModifierKeymap *XGetModifierMapping(Display *display) {
    XModifierKeymap *(*get)(Display *) =
        X_FUNCTION(XModifierKeymap * (*)(Display *), "XGetModifierMapping");
    XModifierKeymap *(*make)(int) = X_FUNCTION(XModifierKeymap * (*)(int), "XNewModifiermap");
    XModifierKeymap *keymap = get != NULL ? get(display) : NULL;
    return keymap == NULL && make != NULL ? make(0) : keymap;
}
