#include "drivers/usb/seen.h"

#include <string.h>

static struct usb_seen *entry_of(struct usb_memory *memory, const struct usb_port *leader,
                                 const libusb_device *device, int interface) {
    for (int i = 0; i < memory->count; i++) {
        struct usb_seen *seen = &memory->all[i];
        if (seen->leader == leader && seen->device == device && seen->interface == interface)
            return seen;
    }
    return NULL;
}

const struct usb_seen *usb_seen_find(const struct usb_memory *memory, const struct usb_port *leader,
                                     const libusb_device *device, int interface) {
    return entry_of((struct usb_memory *)memory, leader, device, interface);
}

static void remove_entry(struct usb_memory *memory, int index) {
    libusb_unref_device(memory->all[index].device);
    memory->count--;
    memmove(&memory->all[index], &memory->all[index + 1],
            (size_t)(memory->count - index) * sizeof *memory->all);
}

void usb_seen_keep(struct usb_memory *memory, const struct usb_port *leader, libusb_device *device,
                   int interface, struct usb_seen seen) {
    struct usb_seen *entry = entry_of(memory, leader, device, interface);
    if (!entry && memory->count == USB_SEEN_MAX)
        remove_entry(memory, 0); /* the oldest: that one is tried again */
    if (!entry) {
        entry = &memory->all[memory->count++];
        libusb_ref_device(device);
    }
    seen.device = device;
    seen.interface = interface;
    seen.leader = leader;
    *entry = seen;
}

bool usb_seen_is_out(const struct usb_seen *seen) {
    if (!seen || seen->verdict == USB_MINE)
        return false;
    return seen->verdict == USB_NOT_MINE || usb_now_ms() < seen->again_ms;
}

void usb_seen_forget(struct usb_memory *memory, const libusb_device *device) {
    for (int i = memory->count - 1; i >= 0; i--)
        if (!device || memory->all[i].device == device)
            remove_entry(memory, i);
}

void usb_seen_forget_gone(struct usb_memory *memory, const struct usb_survey *survey) {
    for (int i = memory->count - 1; i >= 0; i--)
        if (!usb_survey_find(survey, memory->all[i].device))
            remove_entry(memory, i);
}
