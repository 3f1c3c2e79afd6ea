#include "app/ctl/device_test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/base/clock.h"
#include "app/ctl/read.h"
#include "drivers/print_doc.h"

#define READY_MS 5000
#define READ_MS 30000
#define ANSWER_MS 30000
#define TEST_NUMBER 1 /* of the one job or request */

static bool wait_for(struct own_devices *devices, enum driver_event_kind kind,
                     struct driver_event *event) {
    int64_t until_ms = clock_mono_ms() + ANSWER_MS, now_ms;
    while ((now_ms = clock_mono_ms()) < until_ms &&
           own_devices_next(devices, event, (int)(until_ms - now_ms)))
        if (event->kind == kind)
            return true;
    return false;
}

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

/* The test page has what receipts need: both scripts, a pair, a code, a cut. */
static enum ctl_exit test_printer(const struct config *config, struct own_devices *devices) {
    static const struct print_doc page = {
        .count = 6,
        .items = {{.kind = PRINT_TEXT, .align = PRINT_CENTRE, .scale = 2, .text = "打印测试"},
                  {.kind = PRINT_TEXT, .scale = 1, .text = "Printer test 0123456789"},
                  {.kind = PRINT_RULE, .scale = 1},
                  {.kind = PRINT_PAIR, .scale = 1, .text = "金额", .right = "¥0.00"},
                  {.kind = PRINT_QR, .align = PRINT_CENTRE, .scale = 1, .text = "HOPKIOSK TEST"},
                  {.kind = PRINT_CUT}}};
    const struct driver_binding *binding = binding_of(config, ROLE_PRINTER);
    struct print_head head = {.dots = binding->head_dots, .gbk_only = binding->gbk_only};
    struct driver_event event;
    uint8_t *bytes = NULL;
    size_t length = escpos_render(&page, &head, &bytes);
    if (length == 0)
        return ctl_say(CTL_FAILED, "printer: the page cannot be composed");
    usb_print(own_devices_usb(devices), TEST_NUMBER, bytes, length);
    free(bytes);
    return report_completion("printer", wait_for(devices, DRIVER_PRINTED, &event)
                                            ? event.of.printed.completion
                                            : COMPLETED_UNKNOWN);
}

static enum ctl_exit test_pinpad(struct own_devices *devices) {
    struct pos_request echo = {.operation = POS_ECHO, .id = TEST_NUMBER, .sequence = "000001"};
    struct driver_event event;
    usb_pos(own_devices_usb(devices), &echo);
    if (!wait_for(devices, DRIVER_POS_DONE, &event))
        return report_completion("pinpad", COMPLETED_UNKNOWN);
    if (event.of.pos.completion == COMPLETED_OK && strcmp(event.of.pos.result.code, "00") != 0)
        return ctl_say(CTL_DECLINED, "pinpad: it answers %s", event.of.pos.result.code);
    return report_completion("pinpad", event.of.pos.completion);
}

static enum ctl_exit test_device(struct ctl *ctl, const struct config *config,
                                 struct own_devices *devices, enum device_role role) {
    switch (role) {
    case ROLE_PRINTER:
        return test_printer(config, devices);
    case ROLE_PINPAD:
        return test_pinpad(devices);
    case ROLE_SCANNER:
    case ROLE_ID_READER:
    case ROLE_CARD_READER:
    case ROLE_COUNT:
        break;
    }
    return read_one(ctl, config, devices, role, false, READ_MS);
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
        own_devices_ready(devices, role, READY_MS, &last)
            ? test_device(ctl, config, devices, role)
            : ctl_say(CTL_FAILED, "%s: %s %s", name, device_word_name(last.device), last.detail);
    own_devices_stop(devices);
    return code;
}
