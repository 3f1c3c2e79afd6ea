#include "ui/window/outputs.h"

#include "ui/window/window.h"

#include <X11/Xlib.h>
#include <X11/extensions/Xrandr.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define OUTPUTS_MAX 8
#define LOOK_MS 1000

struct output {
    char name[64];
    SDL_Rect bounds;
};

struct output_list {
    int count;
    struct output items[OUTPUTS_MAX];
};

struct outputs {
    Display *display;
    SDL_TimerID timer;
    SDL_SpinLock lock; /* of what was seen last */
    struct output_list seen;
};

static bool stands_left(const struct output *a, const struct output *b) {
    return a->bounds.x != b->bounds.x ? a->bounds.x < b->bounds.x : a->bounds.y < b->bounds.y;
}

static void add_output(struct output_list *list, const char *name, const XRRCrtcInfo *crtc) {
    struct output output = {.bounds = {crtc->x, crtc->y, (int)crtc->width, (int)crtc->height}};
    int at = list->count;
    if (at == OUTPUTS_MAX)
        return;
    snprintf(output.name, sizeof output.name, "%s", name);
    for (; at > 0 && stands_left(&output, &list->items[at - 1]); at--)
        list->items[at] = list->items[at - 1];
    list->items[at] = output;
    list->count++;
}

/* What is switched on. */
static struct output_list look_at_outputs(Display *display) {
    struct output_list list;
    memset(&list, 0, sizeof list);
    XRRScreenResources *resources =
        XRRGetScreenResourcesCurrent(display, DefaultRootWindow(display));
    for (int i = 0; resources != NULL && i < resources->noutput; i++) {
        XRROutputInfo *output = XRRGetOutputInfo(display, resources, resources->outputs[i]);
        XRRCrtcInfo *crtc = output == NULL || output->crtc == None
                                ? NULL
                                : XRRGetCrtcInfo(display, resources, output->crtc);
        if (crtc != NULL && crtc->width > 0)
            add_output(&list, output->name, crtc);
        if (crtc != NULL)
            XRRFreeCrtcInfo(crtc);
        if (output != NULL)
            XRRFreeOutputInfo(output);
    }
    if (resources != NULL)
        XRRFreeScreenResources(resources);
    return list;
}

static Uint32 look_again(Uint32 interval_ms, void *context) {
    struct outputs *outputs = context;
    struct output_list list = look_at_outputs(outputs->display);
    SDL_AtomicLock(&outputs->lock);
    bool same = memcmp(&list, &outputs->seen, sizeof list) == 0;
    outputs->seen = list;
    SDL_AtomicUnlock(&outputs->lock);
    SDL_Event event = {.type = SDL_DISPLAYEVENT};
    if (!same)
        SDL_PushEvent(&event);
    return interval_ms;
}

struct outputs *outputs_open(void) {
    const char *driver = SDL_GetCurrentVideoDriver();
    int event, error, major = 0, minor = 0;
    if (driver == NULL || strcmp(driver, "x11") != 0)
        return NULL;
    Display *display = XOpenDisplay(NULL);
    if (display == NULL)
        return NULL;
    bool knows = XRRQueryExtension(display, &event, &error) &&
                 XRRQueryVersion(display, &major, &minor) &&
                 (major > 1 || (major == 1 && minor >= 3));
    struct outputs *outputs = knows ? calloc(1, sizeof *outputs) : NULL;
    if (outputs == NULL || SDL_InitSubSystem(SDL_INIT_TIMER) != 0) {
        free(outputs);
        XCloseDisplay(display);
        return NULL;
    }
    outputs->display = display;
    outputs->seen = look_at_outputs(display);
    outputs->timer = SDL_AddTimer(LOOK_MS, look_again, outputs);
    return outputs;
}

/* SDL_RemoveTimer does not wait for a callback under way: quitting the timers does. With a server
 * that is gone nothing is said any more. */
void outputs_close(struct outputs *outputs) {
    if (outputs == NULL)
        return;
    SDL_RemoveTimer(outputs->timer);
    SDL_QuitSubSystem(SDL_INIT_TIMER);
    if (!connection_is_lost())
        XCloseDisplay(outputs->display);
    free(outputs);
}

bool outputs_find(struct outputs *outputs, const char *name, SDL_Rect *out) {
    char *end;
    long number = strtol(name, &end, 10);
    bool found = false;
    SDL_AtomicLock(&outputs->lock);
    for (int i = 0; i < outputs->seen.count && !found; i++) {
        const struct output *output = &outputs->seen.items[i];
        found = *end == '\0' ? i == number : strcmp(output->name, name) == 0;
        if (found)
            *out = output->bounds;
    }
    SDL_AtomicUnlock(&outputs->lock);
    return found;
}
