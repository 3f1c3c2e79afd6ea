/* Whether a device fits a binding, as far as its descriptors tell. */
#include <stdio.h>
#include <string.h>

#include "drivers/usb/port.h"

static bool port_path_fits(const char *wanted, libusb_device *device) {
    uint8_t numbers[7];
    char path[40];
    int count = libusb_get_port_numbers(device, numbers, sizeof numbers);
    int length = snprintf(path, sizeof path, "%d", libusb_get_bus_number(device));
    for (int i = 0; i < count; i++)
        length += snprintf(path + length, sizeof path - (size_t)length, "%c%d", i ? '.' : '-',
                           numbers[i]);
    return !wanted || !*wanted || strcmp(wanted, path) == 0;
}

static bool is_or_any(int wanted, int found) {
    return wanted == USB_ANY || wanted == found;
}

static bool interface_fits(const struct usb_driver *driver, bool is_named,
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
static void take_endpoints(struct usb_port *port,
                           const struct libusb_interface_descriptor *interface) {
    port->endpoint_in = port->endpoint_out = port->endpoint_notice = (struct usb_endpoint){0};
    for (int i = 0; i < interface->bNumEndpoints; i++) {
        const struct libusb_endpoint_descriptor *endpoint = &interface->endpoint[i];
        struct usb_endpoint found = {endpoint->bEndpointAddress,
                                     endpoint->bmAttributes & LIBUSB_TRANSFER_TYPE_MASK,
                                     endpoint->wMaxPacketSize & 0x7ff};
        bool to_host = found.address & LIBUSB_ENDPOINT_IN;
        struct usb_endpoint *slot = to_host ? &port->endpoint_in : &port->endpoint_out;
        bool bulk = found.kind == LIBUSB_TRANSFER_TYPE_BULK;
        if (!bulk && found.kind != LIBUSB_TRANSFER_TYPE_INTERRUPT)
            continue;
        if (to_host && slot->address && slot->kind != found.kind)
            port->endpoint_notice = bulk ? *slot : found;
        if (!slot->address || (bulk && slot->kind != LIBUSB_TRANSFER_TYPE_BULK))
            *slot = found;
    }
}

static const struct libusb_interface_descriptor *
find_class(const struct libusb_config_descriptor *config, int class) {
    for (int i = 0; i < config->bNumInterfaces; i++)
        if (config->interface[i].num_altsetting > 0 &&
            config->interface[i].altsetting[0].bInterfaceClass == class)
            return &config->interface[i].altsetting[0];
    return NULL;
}

static bool take_interface(struct usb_port *port, const struct libusb_device_descriptor *device,
                           const struct libusb_config_descriptor *config) {
    bool is_named = port->binding->vid && port->binding->pid;
    int better_class = port->driver->better_class;
    const struct libusb_interface_descriptor *better =
        better_class ? find_class(config, better_class) : NULL;
    for (int i = 0; i < config->bNumInterfaces; i++) {
        if (config->interface[i].num_altsetting < 1)
            continue;
        const struct libusb_interface_descriptor *found = &config->interface[i].altsetting[0];
        if (!interface_fits(port->driver, is_named, device, found))
            continue;
        found = better ? better : found;
        port->interface = found->bInterfaceNumber;
        port->interface_class = found->bInterfaceClass;
        port->second_interface = -1;
        if (port->driver->second_class) {
            found = find_class(config, port->driver->second_class);
            if (!found)
                return false;
            port->second_interface = found->bInterfaceNumber;
        }
        take_endpoints(port, found);
        return true;
    }
    return false;
}

bool usb_port_fits(struct usb_port *port, libusb_device *device) {
    const struct driver_binding *binding = port->binding;
    struct libusb_device_descriptor descriptor;
    if (libusb_get_device_descriptor(device, &descriptor) != 0 ||
        (binding->vid && binding->vid != descriptor.idVendor) ||
        (binding->pid && binding->pid != descriptor.idProduct) ||
        !port_path_fits(binding->port, device))
        return false;
    struct libusb_config_descriptor *config;
    if (libusb_get_active_config_descriptor(device, &config) != 0)
        return false;
    bool fits = take_interface(port, &descriptor, config);
    libusb_free_config_descriptor(config);
    return fits;
}
