#include "app/ctl/own_devices.h"

#include <errno.h>
#include <semaphore.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "app/base/clock.h"
#include "app/base/log.h"
#include "app/base/queue.h"
#include "app/pump/control.h"

#define PATIENCE_MS 500
#define HEARD_MAX 256
#define SECONDS_MAX 600

struct own_devices {
    struct usb *usb;
    struct queue *heard;
    sem_t woken;
    struct driver_status status[ROLE_COUNT]; /* the last heard of each */
};

bool own_devices_kiosk_runs(const struct config *config) {
    char *answer = control_call(settings_of(config)->control_path, "status", PATIENCE_MS);
    free(answer);
    return answer != NULL;
}

static void wake_nobody(void *context) {
    sem_post(context);
}

static void hear_driver(void *context, const struct driver_event *event) {
    queue_push_droppable(((struct own_devices *)context)->heard, event);
}

struct own_devices *own_devices_start(const struct config *config) {
    const struct settings_devices *configured = settings_devices(config);
    char error[160];
    if (own_devices_kiosk_runs(config)) {
        ctl_say(CTL_REFUSED, "a running kiosk holds the devices: stop it first");
        return NULL;
    }
    struct own_devices *devices = calloc(1, sizeof *devices);
    ENSURE(devices != NULL && sem_init(&devices->woken, 0, 0) == 0);
    for (int role = 0; role < ROLE_COUNT; role++) {
        devices->status[role] =
            (struct driver_status){.device = DEVICE_ABSENT, .detail = "not plugged in"};
    }
    devices->heard =
        queue_create(sizeof(struct driver_event), HEARD_MAX, wake_nobody, &devices->woken);
    ENSURE(devices->heard != NULL);
    devices->usb = usb_start(configured->items, configured->count, settings_driver_limits(config),
                             hear_driver, devices, error, sizeof error);
    if (devices->usb == NULL) {
        ctl_say(CTL_FAILED, "%s", error);
        own_devices_stop(devices);
        return NULL;
    }
    return devices;
}

struct usb *own_devices_usb(struct own_devices *devices) {
    return devices->usb;
}

bool own_devices_next(struct own_devices *devices, struct driver_event *out, int timeout_ms) {
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += timeout_ms / 1000;
    until.tv_nsec += (long)(timeout_ms % 1000) * 1000000;
    if (until.tv_nsec >= 1000000000) {
        until.tv_nsec -= 1000000000;
        until.tv_sec++;
    }
    while (!queue_pop(devices->heard, out))
        if (sem_clockwait(&devices->woken, CLOCK_MONOTONIC, &until) != 0 && errno != EINTR)
            return queue_pop(devices->heard, out);
    return true;
}

bool own_devices_ready(struct own_devices *devices, enum device_role role, int timeout_ms,
                       struct driver_status *last) {
    int64_t until_ms = clock_mono_ms() + timeout_ms, now_ms;
    struct driver_event event;
    while (devices->status[role].device != DEVICE_READY && (now_ms = clock_mono_ms()) < until_ms &&
           own_devices_next(devices, &event, (int)(until_ms - now_ms)))
        if (event.kind == DRIVER_STATUS && event.pos_no < 2) /* it is the first that is tested */
            devices->status[event.role] = event.of.status;
    *last = devices->status[role];
    return last->device == DEVICE_READY;
}

void own_devices_stop(struct own_devices *devices) {
    if (devices->usb != NULL)
        usb_stop(devices->usb);
    queue_destroy(devices->heard);
    sem_destroy(&devices->woken);
    free(devices);
}

bool own_devices_role(const char *name, enum device_role *out) {
    for (int role = 0; role < ROLE_COUNT; role++) {
        if (strcmp(device_role_name((enum device_role)role), name) == 0) {
            *out = (enum device_role)role;
            return true;
        }
    }
    ctl_say(CTL_REFUSED,
            "expected scanner, printer, id_reader, card_reader, pinpad or keypad, got \"%s\"",
            name);
    return false;
}

bool own_devices_seconds(const char *text, int *out_ms) {
    char *end;
    long seconds = strtol(text, &end, 10);
    if (end == text || *end != '\0' || seconds < 1 || seconds > SECONDS_MAX) {
        ctl_say(CTL_REFUSED, "--seconds: expected a whole number from 1 to %d, got \"%s\"",
                SECONDS_MAX, text);
        return false;
    }
    *out_ms = (int)seconds * 1000;
    return true;
}
