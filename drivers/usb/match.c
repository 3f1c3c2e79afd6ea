#include "drivers/usb/match.h"

#include <stdio.h>
#include <string.h>

#define CDC_FUNCTIONAL 0x24
#define CDC_UNION 0x06

void usb_place(libusb_device *device, char out[USB_PLACE_SIZE]) {
    uint8_t numbers[7];
    int count = libusb_get_port_numbers(device, numbers, sizeof numbers);
    int length = snprintf(out, USB_PLACE_SIZE, "%d", libusb_get_bus_number(device));
    for (int i = 0; i < count; i++)
        length += snprintf(out + length, USB_PLACE_SIZE - (size_t)length, "%c%d", i ? '.' : '-',
                           numbers[i]);
}

static bool is_or_any(int wanted, int found) {
    return wanted == USB_ANY || wanted == found;
}

static bool row_fits(const struct usb_driver *driver, bool is_named,
                     const struct libusb_device_descriptor *device,
                     const struct libusb_interface_descriptor *interface) {
    for (int i = 0; i < driver->match_count; i++) {
        const struct usb_match *row = &driver->matches[i];
        if ((is_named || !row->named) && (!row->vid || row->vid == device->idVendor) &&
            (!row->pid || row->pid == device->idProduct) &&
            is_or_any(row->interface_class, interface->bInterfaceClass) &&
            is_or_any(row->subclass, interface->bInterfaceSubClass) &&
            is_or_any(row->protocol, interface->bInterfaceProtocol))
            return true;
    }
    return false;
}

/* The first endpoint each way that carries data: bulk where there is bulk. An interrupt endpoint
 * beside it carries notices. */
static void take_endpoints(const struct libusb_interface_descriptor *interface,
                           struct usb_fit *fit) {
    for (int i = 0; i < interface->bNumEndpoints; i++) {
        const struct libusb_endpoint_descriptor *endpoint = &interface->endpoint[i];
        struct usb_endpoint found = {endpoint->bEndpointAddress,
                                     endpoint->bmAttributes & LIBUSB_TRANSFER_TYPE_MASK,
                                     endpoint->wMaxPacketSize & 0x7ff};
        bool to_host = found.address & LIBUSB_ENDPOINT_IN;
        struct usb_endpoint *slot = to_host ? &fit->in : &fit->out;
        bool bulk = found.kind == LIBUSB_TRANSFER_TYPE_BULK;
        if (!bulk && found.kind != LIBUSB_TRANSFER_TYPE_INTERRUPT)
            continue;
        if (to_host && slot->address && slot->kind != found.kind)
            fit->notice = bulk ? *slot : found;
        if (!slot->address || (bulk && slot->kind != LIBUSB_TRANSFER_TYPE_BULK))
            *slot = found;
    }
}

/* Alternate setting 0, which is the one that is used; NULL: the device's mistake. */
static const struct libusb_interface_descriptor *
nth_interface(const struct libusb_config_descriptor *config, int index) {
    const struct libusb_interface *one = &config->interface[index];
    return one->num_altsetting > 0 ? &one->altsetting[0] : NULL;
}

/* The number of the interface that a CDC function's union descriptor names; -1: it has none. */
static int union_slave(const struct libusb_interface_descriptor *control) {
    const unsigned char *extra = control->extra;
    for (int at = 0; at + 5 <= control->extra_length && extra[at] >= 2; at += extra[at])
        if (extra[at] >= 5 && extra[at + 1] == CDC_FUNCTIONAL && extra[at + 2] == CDC_UNION)
            return extra[at + 4];
    return -1;
}

/* What carries the data of a function: the interface it names, else the next of that class. */
static const struct libusb_interface_descriptor *
second_of(const struct libusb_config_descriptor *config, int index, int class) {
    int slave = union_slave(nth_interface(config, index));
    const struct libusb_interface_descriptor *next = NULL;
    for (int i = 0; i < config->bNumInterfaces; i++) {
        const struct libusb_interface_descriptor *one = nth_interface(config, i);
        if (!one || one->bInterfaceClass != class)
            continue;
        if (one->bInterfaceNumber == slave)
            return one;
        if (i > index && !next)
            next = one;
    }
    return next;
}

/* The class that the driver would rather have, where an interface of it fits; else any. */
static int preferred_class(const struct usb_driver *driver, bool is_named,
                           const struct libusb_device_descriptor *device,
                           const struct libusb_config_descriptor *config) {
    for (int i = 0; driver->better_class && i < config->bNumInterfaces; i++) {
        const struct libusb_interface_descriptor *one = nth_interface(config, i);
        if (one && one->bInterfaceClass == driver->better_class &&
            row_fits(driver, is_named, device, one))
            return driver->better_class;
    }
    return USB_ANY;
}

/* Takes interface and endpoints; false: what the driver cannot do without is missing. */
static bool take_interface(const struct usb_driver *driver,
                           const struct libusb_config_descriptor *config, int index,
                           struct usb_fit *fit) {
    const struct libusb_interface_descriptor *one = nth_interface(config, index), *data = one;
    *fit = (struct usb_fit){
        .interface = one->bInterfaceNumber, .class = one->bInterfaceClass, .second_interface = -1};
    if (driver->second_class) {
        data = second_of(config, index, driver->second_class);
        if (!data)
            return false;
        fit->second_interface = data->bInterfaceNumber;
    }
    take_endpoints(data, fit);
    return !driver->sent || fit->out.address;
}

static bool binding_allows(const struct driver_binding *binding,
                           const struct libusb_device_descriptor *device) {
    return (!binding->vid || binding->vid == device->idVendor) &&
           (!binding->pid || binding->pid == device->idProduct);
}

int usb_match(const struct usb_driver *driver, const struct driver_binding *binding,
              const struct libusb_device_descriptor *device,
              const struct libusb_config_descriptor *config, struct usb_fit fits[USB_FITS_MAX]) {
    bool is_named = binding->vid && binding->pid;
    int preferred = preferred_class(driver, is_named, device, config);
    int count = 0;
    for (int i = 0; binding_allows(binding, device) && i < config->bNumInterfaces; i++) {
        const struct libusb_interface_descriptor *one = nth_interface(config, i);
        if (!one || count == USB_FITS_MAX ||
            (binding->interface_given && binding->interface != one->bInterfaceNumber) ||
            !is_or_any(preferred, one->bInterfaceClass) || !row_fits(driver, is_named, device, one))
            continue;
        count += take_interface(driver, config, i, &fits[count]);
    }
    return count;
}
