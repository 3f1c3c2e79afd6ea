#include "drivers/usb/ambiguity.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "drivers/driver.h"

#define MEMBERS_SIZE 192

/* Which members differ from one to every other. */
struct telling {
    bool kind, place, interface;
};

static struct telling what_tells(const struct usb_alike *alike, int count) {
    struct telling tells = {.kind = true};
    bool several_devices = false;
    for (int i = 0; i < count; i++) {
        for (int k = 0; k < i; k++) {
            bool one_device = strcmp(alike[i].place, alike[k].place) == 0;
            if (alike[i].vid == alike[k].vid && alike[i].pid == alike[k].pid)
                tells.kind = false;
            tells.interface = tells.interface || one_device;
            several_devices = several_devices || !one_device;
        }
    }
    tells.place = !tells.kind && several_devices;
    return tells;
}

static void write_members(const struct usb_alike *one, struct telling tells, char *out) {
    char kind[40] = "", place[64] = "", interface[24] = "", where[64] = "";
    if (tells.kind)
        snprintf(kind, sizeof kind, "\"vid\": \"%04x\", \"pid\": \"%04x\"", one->vid, one->pid);
    if (tells.place)
        snprintf(place, sizeof place, "\"port\": \"%.32s\"", one->place);
    if (tells.interface)
        snprintf(interface, sizeof interface, "%s\"interface\": %d", tells.place ? ", " : "",
                 one->interface);
    if (tells.kind)
        snprintf(where, sizeof where, " (%.32s)", one->place);
    else if (tells.place)
        snprintf(where, sizeof where, " (%04x:%04x)", one->vid, one->pid);
    snprintf(out, MEMBERS_SIZE, "%s%s%s%s", kind, place, interface, where);
}

void usb_ambiguity_words(const struct usb_alike *alike, int count, char *out, size_t size) {
    struct telling tells = what_tells(alike, count);
    char members[MEMBERS_SIZE];
    size_t used = (size_t)snprintf(out, size, "%d " DRIVER_ALIKE, count);
    for (int i = 0; i < count; i++) {
        write_members(&alike[i], tells, members);
        const char * or = i > 0 ? " or " : "";
        if (used + strlen(or) + strlen(members) >= size)
            return;
        used += (size_t)snprintf(out + used, size - used, "%s%s", or, members);
    }
}
