/* A barcode scanner that types like a keyboard (interface 03/01/01), and "keyboard": a keyboard.
 * What is outside ASCII it types as ALT codes of its GBK bytes, as scanners set up for Chinese
 * hosts do.
 *   scan TEXT                the code and the suffix
 *   suffix enter|tab|none
 *   alt on|off               everything as ALT codes
 *   press, backspace, tab, escape, left, right, up, down, star    one key alone */
#include <errno.h>
#include <iconv.h>
#include <stdio.h>
#include <string.h>

#include "tests/usbbench/model.h"

enum { SHIFT = 0x02, ALT = 0x04 };

#define DEVICE(vid_low, vid_high, pid_low, pid_high)                                               \
    18, 1, 0x00, 0x02, 0, 0, 0, 8, vid_low, vid_high, pid_low, pid_high, 0x00, 0x01, 0, 0, 0, 1
/* Configuration; interface: HID, boot, keyboard; HID with a report descriptor of 63 bytes;
 * interrupt IN, 8 bytes, every millisecond. */
#define BOOT_KEYBOARD                                                                              \
    9, 2, 34, 0, 1, 1, 0, 0x80, 250, 9, 4, 0, 0, 1, 3, 1, 1, 0, 9, 0x21, 0x11, 0x01, 0, 1, 0x22,   \
        63, 0, 7, 5, 0x81, 3, 8, 0, 1
static const uint8_t descriptors[] = {DEVICE(0x2e, 0x0c, 0x00, 0x02), BOOT_KEYBOARD};
static const uint8_t keyboard_descriptors[] = {DEVICE(0x6d, 0x04, 0x1c, 0xc3), BOOT_KEYBOARD};

struct scanner {
    uint8_t suffix; /* usage, 0: none */
    bool all_alt;
};

static void power_on(struct device *device) {
    struct scanner *scanner = device->state;
    if (!scanner->suffix)
        scanner->suffix = 0x28;
}

static void press(struct device *device, uint8_t modifiers, uint8_t usage) {
    uint8_t report[8] = {modifiers, 0, usage};
    device_send(device, 0x81, report, sizeof report);
}

static void type_key(struct device *device, uint8_t modifiers, uint8_t usage) {
    press(device, modifiers, usage);
    press(device, 0, 0);
}

static void type_alt(struct device *device, unsigned value) {
    char digits[8];
    snprintf(digits, sizeof digits, "0%u", value);
    press(device, ALT, 0);
    for (const char *at = digits; *at; at++) {
        press(device, ALT, *at == '0' ? 0x62 : (uint8_t)(0x59 + *at - '1'));
        press(device, ALT, 0);
    }
    press(device, 0, 0);
}

/* A US keyboard: the keys of two rows, plain and with shift. */
static bool type_ascii(struct device *device, char character) {
    static const char plain[] = "abcdefghijklmnopqrstuvwxyz1234567890\n\033\b\t -=[]\\\1;'`,./";
    static const char shifted[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ!@#$%^&*()\n\033\b\t _+{}|\1:\"~<>?";
    const char *at = strchr(plain, character);
    if (at) {
        type_key(device, 0, (uint8_t)(0x04 + (at - plain)));
        return true;
    }
    at = strchr(shifted, character);
    if (at)
        type_key(device, SHIFT, (uint8_t)(0x04 + (at - shifted)));
    return at != NULL;
}

static bool scan(struct device *device, const char *text) {
    const struct scanner *scanner = device->state;
    char bytes[2048], *from = (char *)text, *to = bytes;
    size_t left = strlen(text), room = sizeof bytes - 1;
    iconv_t converter = iconv_open("GB18030", "UTF-8");
    if (converter == (iconv_t)-1)
        return false;
    size_t failed = iconv(converter, &from, &left, &to, &room);
    iconv_close(converter);
    if (failed == (size_t)-1)
        return false;
    *to = 0;
    for (const char *at = bytes; *at; at++)
        if ((uint8_t)*at >= 0x80 || scanner->all_alt || !type_ascii(device, *at))
            type_alt(device, (uint8_t)*at);
    if (scanner->suffix != 0xff)
        type_key(device, 0, scanner->suffix);
    return true;
}

static int control(struct device *device, const uint8_t setup[8], uint8_t *data) {
    (void)device, (void)data;
    bool to_interface = (setup[0] & 0x7f) == 0x21;
    bool known = setup[1] == 0x0a || setup[1] == 0x0b; /* SET_IDLE, SET_PROTOCOL */
    return to_interface && known ? 0 : -EPIPE;
}

static bool set_suffix(struct scanner *scanner, const char *name) {
    static const struct {
        const char *name;
        uint8_t usage;
    } suffixes[] = {{"enter", 0x28}, {"tab", 0x2b}, {"none", 0xff}};
    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++) {
        if (strcmp(name, suffixes[i].name) != 0)
            continue;
        scanner->suffix = suffixes[i].usage;
        return true;
    }
    return false;
}

/* Keys of a keypad that are no characters. */
static bool type_named(struct device *device, const char *name) {
    static const struct {
        const char *name;
        uint8_t usage;
    } keys[] = {{"press", 0x28},  {"backspace", 0x2a}, {"tab", 0x2b},
                {"escape", 0x29}, {"right", 0x4f},     {"left", 0x50},
                {"down", 0x51},   {"up", 0x52},        {"star", 0x55}};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (strcmp(name, keys[i].name) == 0) {
            type_key(device, 0, keys[i].usage);
            return true;
        }
    return false;
}

static bool command(struct device *device, const char *text) {
    struct scanner *scanner = device->state;
    if (strncmp(text, "scan ", 5) == 0)
        return scan(device, text + 5);
    if (strncmp(text, "suffix ", 7) == 0)
        return set_suffix(scanner, text + 7);
    if (type_named(device, text))
        return true;
    if (strcmp(text, "alt on") != 0 && strcmp(text, "alt off") != 0)
        return false;
    scanner->all_alt = strcmp(text, "alt on") == 0;
    return true;
}

const struct model model_scanner = {.name = "scanner",
                                    .descriptors = descriptors,
                                    .descriptors_length = sizeof descriptors,
                                    .state_size = sizeof(struct scanner),
                                    .power_on = power_on,
                                    .control = control,
                                    .command = command};

const struct model model_keyboard = {.name = "keyboard",
                                     .descriptors = keyboard_descriptors,
                                     .descriptors_length = sizeof keyboard_descriptors,
                                     .state_size = sizeof(struct scanner),
                                     .power_on = power_on,
                                     .control = control,
                                     .command = command};
