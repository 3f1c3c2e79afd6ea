/* Devices that cannot be told apart, in the words that an integrator needs: what to write into the
 * configuration for the right one. Pure. */
#ifndef HOPKIOSK_DRIVERS_USB_AMBIGUITY_H
#define HOPKIOSK_DRIVERS_USB_AMBIGUITY_H

#include <stddef.h>
#include <stdint.h>

struct usb_alike {
    uint16_t vid, pid;
    const char *place;
    int interface;
};

/* "2 devices fit, write for the right one: "port": "1-1" (0c2e:0200) or ...": the members that tell
 * them apart. As many as have room. */
void usb_ambiguity_words(const struct usb_alike *alike, int count, char *out, size_t size);

#endif
