/* seen X Y RRGGBB SECONDS: waits until the display shows that colour at that place. Measures
 * nothing by itself: whoever starts a program before it learns when its picture is there. */
#include <X11/Xlib.h>
#include <X11/Xutil.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define LOOK_EVERY_NS 1000000

static long long ns_now(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000000000LL + now.tv_nsec;
}

static unsigned long pixel_of(Display *display, int x, int y) {
    XImage *image = XGetImage(display, DefaultRootWindow(display), x, y, 1, 1, AllPlanes, ZPixmap);
    unsigned long pixel = image ? XGetPixel(image, 0, 0) & 0xffffff : 0;
    if (image)
        XDestroyImage(image);
    return pixel;
}

int main(int argc, char **argv) {
    Display *display = argc == 5 ? XOpenDisplay(NULL) : NULL;
    if (!display) {
        fprintf(stderr, "usage: seen X Y RRGGBB SECONDS, with a display\n");
        return 2;
    }
    int x = atoi(argv[1]), y = atoi(argv[2]);
    unsigned long wanted = strtoul(argv[3], NULL, 16);
    long long until_ns = ns_now() + atoll(argv[4]) * 1000000000LL;
    while (pixel_of(display, x, y) != wanted) {
        if (ns_now() > until_ns)
            return 1;
        nanosleep(&(struct timespec){0, LOOK_EVERY_NS}, NULL);
    }
    return 0;
}
