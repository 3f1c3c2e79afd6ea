/* `devices record DIR`: records the traffic of a bench's devices, for tests to replay. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "app/ctl/ctl.h"
#include "app/ctl/own_devices.h"
#include "app/ctl/record.h"

#define RECORD_PATH_SIZE 512

/* Prints only what happened, never the content of a card or code. */
static void print_event(void *context, const struct driver_event *event) {
    (void)context;
    const char *role = device_role_name(event->role);
    switch (event->kind) {
    case DRIVER_STATUS:
        printf("%s: %s %s\n", role, device_word_name(event->of.status.device),
               event->of.status.detail);
        break;
    case DRIVER_SCAN:
        printf("%s: a code of %zu bytes\n", role, event->of.scan.length);
        break;
    case DRIVER_CARD:
        printf("%s: a card\n", role);
        break;
    default: /* completions do not occur: nothing is printed or sold while recording */
        break;
    }
    fflush(stdout);
}

enum ctl_exit ctl_devices_record(const struct config *config, const char *folder) {
    static char paths[SETTINGS_DEVICES_MAX][RECORD_PATH_SIZE];
    struct driver_binding bindings[SETTINGS_DEVICES_MAX];
    char error[160];
    if (own_devices_kiosk_runs(config))
        return ctl_say(CTL_REFUSED, "a running kiosk holds the devices: stop it first");
    if (mkdir(folder, 0700) != 0 && errno != EEXIST)
        return ctl_say(CTL_REFUSED, "%s: %s", folder, strerror(errno));
    const struct settings_devices *devices = settings_devices(config);
    for (int i = 0; i < devices->count; i++) {
        bindings[i] = devices->items[i];
        snprintf(paths[i], sizeof paths[i], "%s/%d-%s.txt", folder, i + 1, bindings[i].driver);
        bindings[i].record_path = paths[i];
    }
    struct usb *usb = usb_start(bindings, devices->count, settings_driver_limits(config),
                                print_event, NULL, error, sizeof error);
    if (usb == NULL)
        return ctl_say(CTL_FAILED, "%s", error);
    usb_arm(usb, ~0u);
    puts("Recording until Enter. What cards and codes hold is in the files: use specimens only.");
    fflush(stdout);
    getchar();
    usb_stop(usb);
    return CTL_OK;
}
