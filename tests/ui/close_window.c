/* close-window NAME: asks the window of that name to close, as a window manager does when its close
 * button or Alt+F4 is pressed. Exit 1: there is no such window. */
#include <X11/Xlib.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static bool has_name(Display *display, Window window, const char *name) {
    char *found = NULL;
    bool same = XFetchName(display, window, &found) && strcmp(found, name) == 0;
    if (found)
        XFree(found);
    return same;
}

static Window find_window(Display *display, const char *name) {
    Window root, parent, *children = NULL, found = None;
    unsigned count = 0;
    XQueryTree(display, DefaultRootWindow(display), &root, &parent, &children, &count);
    for (unsigned i = 0; i < count && found == None; i++)
        if (has_name(display, children[i], name))
            found = children[i];
    if (children)
        XFree(children);
    return found;
}

static void ask_to_close(Display *display, Window window) {
    XEvent event = {.xclient = {.type = ClientMessage, .window = window, .format = 32}};
    event.xclient.message_type = XInternAtom(display, "WM_PROTOCOLS", False);
    event.xclient.data.l[0] = (long)XInternAtom(display, "WM_DELETE_WINDOW", False);
    event.xclient.data.l[1] = CurrentTime;
    XSendEvent(display, window, False, NoEventMask, &event);
}

int main(int argc, char **argv) {
    Display *display = argc == 2 ? XOpenDisplay(NULL) : NULL;
    Window window = display ? find_window(display, argv[1]) : None;
    if (window == None) {
        fprintf(stderr, "close-window: no window of this name\n");
        return 1;
    }
    ask_to_close(display, window);
    XCloseDisplay(display);
    return 0;
}
