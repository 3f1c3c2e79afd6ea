#include "app/ctl/device_test.h"

#include <stdio.h>
#include <string.h>

#include "app/ctl/printer_test.h"
#include "app/ctl/read.h"

#define READY_MS 5000
#define READ_MS 30000
#define TEST_NUMBER 1 /* of the one request */

static enum ctl_exit report_completion(const char *role, enum driver_completion completion) {
    switch (completion) {
    case COMPLETED_OK:
        printf("%s: ok\n", role);
        return CTL_OK;
    case COMPLETED_FAILED:
    case COMPLETED_CANCELLED:
        return ctl_say(CTL_FAILED, "%s: failed: look at its state with `devices`", role);
    case COMPLETED_UNKNOWN:
        break;
    }
    return ctl_say(CTL_UNKNOWN, "%s: it did not say whether it did it", role);
}

static const struct driver_binding *binding_of(const struct config *config, enum device_role role) {
    const struct settings_devices *devices = settings_devices(config);
    for (int i = 0; i < devices->count; i++)
        if (devices->items[i].role == role)
            return &devices->items[i];
    return NULL;
}

static enum ctl_exit test_printer(struct own_devices *devices) {
    struct driver_probe probe;
    if (!printer_test_probe(devices, &probe))
        return ctl_say(CTL_FAILED, "printer: it went away");
    return report_completion("printer", printer_test_page(devices, &probe));
}

static enum ctl_exit test_pinpad(struct own_devices *devices) {
    struct pos_request echo = {.operation = POS_ECHO, .id = TEST_NUMBER, .sequence = "000001"};
    struct driver_event event;
    usb_pos(own_devices_usb(devices), &echo);
    if (!printer_test_wait(devices, DRIVER_POS_DONE, &event))
        return report_completion("pinpad", COMPLETED_UNKNOWN);
    if (event.of.pos.completion == COMPLETED_OK && strcmp(event.of.pos.result.code, "00") != 0)
        return ctl_say(CTL_DECLINED, "pinpad: it answers %s", event.of.pos.result.code);
    return report_completion("pinpad", event.of.pos.completion);
}

static enum ctl_exit test_device(struct ctl *ctl, const struct config *config,
                                 struct own_devices *devices, enum device_role role) {
    switch (role) {
    case ROLE_PRINTER:
        return test_printer(devices);
    case ROLE_PINPAD:
        return test_pinpad(devices);
    case ROLE_SCANNER:
    case ROLE_ID_READER:
    case ROLE_CARD_READER:
    case ROLE_KEYPAD:
    case ROLE_COUNT:
        break;
    }
    return read_one(ctl, config, devices, role, false, READ_MS);
}

/* A printer that says nothing can still be tried. */
static bool can_be_tested(struct own_devices *devices, enum device_role role,
                          struct driver_status *last) {
    return own_devices_ready(devices, role, READY_MS, last) ||
           (role == ROLE_PRINTER && last->device == DEVICE_UNKNOWN);
}

enum ctl_exit ctl_devices_test(struct ctl *ctl, const struct config *config, const char *name) {
    enum device_role role;
    struct driver_status last;
    if (!own_devices_role(name, &role))
        return CTL_REFUSED;
    if (binding_of(config, role) == NULL)
        return ctl_say(CTL_REFUSED, "devices: the configuration names no %s", name);
    struct own_devices *devices = own_devices_start(config);
    if (devices == NULL)
        return CTL_REFUSED;
    enum ctl_exit code =
        can_be_tested(devices, role, &last)
            ? test_device(ctl, config, devices, role)
            : ctl_say(CTL_FAILED, "%s: %s %s", name, device_word_name(last.device), last.detail);
    own_devices_stop(devices);
    return code;
}
