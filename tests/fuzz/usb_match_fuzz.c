/* links: drivers/usb/match.c drivers/drivers.c drivers/card/ drivers/scanner/ drivers/printer/ drivers/pinpad/ drivers/transport/ drivers/usb/ */
/* Any device and configuration descriptor, for every driver: what is taken of them is in them. The
 * first byte is the binding: whether it names what the device says it is, and an interface. */
#include <stdlib.h>
#include <string.h>

#include "drivers/usb/match.h"

#define INTERFACES_MAX 8
#define ENDPOINTS_MAX 8
enum { NAMES_KIND = 1, NAMES_INTERFACE = 2 };

/* A configuration as libusb would give it: of each interface the alternate settings in a row, what
 * it does not know as extra bytes of what stands before. */
static struct {
    struct libusb_config_descriptor config;
    struct libusb_interface interfaces[INTERFACES_MAX];
    struct libusb_interface_descriptor settings[INTERFACES_MAX];
    struct libusb_endpoint_descriptor endpoints[INTERFACES_MAX][ENDPOINTS_MAX];
    unsigned char
        *extra[INTERFACES_MAX]; /* copies of their exact size: a sanitizer sees their end */
} built;

static void begin_interface(const uint8_t *one) {
    int number = built.config.bNumInterfaces++;
    built.settings[number] =
        (struct libusb_interface_descriptor){.bInterfaceNumber = one[2],
                                             .bInterfaceClass = one[5],
                                             .bInterfaceSubClass = one[6],
                                             .bInterfaceProtocol = one[7],
                                             .iInterface = one[8],
                                             .endpoint = built.endpoints[number]};
    built.interfaces[number] = (struct libusb_interface){.altsetting = &built.settings[number],
                                                         .num_altsetting = one[3] == 0xff ? 0 : 1};
}

static void add_endpoint(struct libusb_interface_descriptor *setting, const uint8_t *one) {
    if (setting->bNumEndpoints == ENDPOINTS_MAX)
        return;
    ((struct libusb_endpoint_descriptor *)setting->endpoint)[setting->bNumEndpoints++] =
        (struct libusb_endpoint_descriptor){.bEndpointAddress = one[2],
                                            .bmAttributes = one[3],
                                            .wMaxPacketSize = (uint16_t)(one[4] | one[5] << 8)};
}

static void add_extra(int number, const uint8_t *one) {
    struct libusb_interface_descriptor *setting = &built.settings[number];
    size_t length = (size_t)setting->extra_length;
    unsigned char *grown = realloc(built.extra[number], length + one[0]);
    if (!grown)
        abort();
    memcpy(grown + length, one, one[0]);
    built.extra[number] = grown;
    setting->extra = grown;
    setting->extra_length += one[0];
}

static void build(const uint8_t *data, size_t size) {
    memset(&built, 0, sizeof built);
    built.config.interface = built.interfaces;
    for (size_t at = 0; at + 2 <= size && data[at] >= 2 && data[at] <= size - at; at += data[at]) {
        const uint8_t *one = data + at;
        int number = built.config.bNumInterfaces - 1;
        if (one[1] == LIBUSB_DT_INTERFACE && one[0] >= 9 && number + 1 < INTERFACES_MAX)
            begin_interface(one);
        else if (number >= 0 && one[1] == LIBUSB_DT_ENDPOINT && one[0] >= 7)
            add_endpoint(&built.settings[number], one);
        else if (number >= 0)
            add_extra(number, one);
    }
}

static bool has_interface(int number) {
    for (int i = 0; i < built.config.bNumInterfaces; i++)
        if (built.settings[i].bInterfaceNumber == number)
            return true;
    return false;
}

static void check_fit(const struct usb_driver *driver, const struct usb_fit *fit) {
    const struct usb_endpoint *const all[] = {&fit->in, &fit->out, &fit->notice};
    bool sound = has_interface(fit->interface) &&
                 (fit->second_interface < 0 || has_interface(fit->second_interface)) &&
                 (driver->second_class != 0) == (fit->second_interface >= 0);
    for (int i = 0; i < 3; i++)
        sound = sound && (!all[i]->address || ((all[i]->kind == LIBUSB_TRANSFER_TYPE_BULK ||
                                                all[i]->kind == LIBUSB_TRANSFER_TYPE_INTERRUPT) &&
                                               all[i]->packet_size <= USB_IN_MAX));
    sound = sound && !(fit->out.address & LIBUSB_ENDPOINT_IN) &&
            (!fit->in.address || fit->in.address & LIBUSB_ENDPOINT_IN);
    if (!sound)
        __builtin_trap();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size < 6)
        return 0;
    struct libusb_device_descriptor device = {.idVendor = (uint16_t)(data[2] | data[3] << 8),
                                              .idProduct = (uint16_t)(data[4] | data[5] << 8)};
    struct driver_binding binding = {.interface_given = data[0] & NAMES_INTERFACE,
                                     .interface = data[1]};
    if (data[0] & NAMES_KIND) {
        binding.vid = device.idVendor;
        binding.pid = device.idProduct;
    }
    build(data + 6, size - 6);
    for (const struct usb_driver *const *driver = usb_drivers; *driver; driver++) {
        struct usb_fit fits[USB_FITS_MAX];
        int count = usb_match(*driver, &binding, &device, &built.config, fits);
        if (count < 0 || count > USB_FITS_MAX)
            __builtin_trap();
        for (int i = 0; i < count; i++)
            check_fit(*driver, &fits[i]);
    }
    for (int i = 0; i < INTERFACES_MAX; i++)
        free(built.extra[i]);
    return 0;
}
