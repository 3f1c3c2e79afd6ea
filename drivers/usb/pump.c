/* The usb pump: one thread around one libusb context. It finds devices for the configured bindings,
 * and lets their drivers run. What main asks for: usb_jobs.c. */
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "drivers/usb/pump.h"

#define RESCAN_MS 1000 /* where libusb has no hot-plug */
/* A kernel tells of a device before it has configured it, and a busy one takes its time. */
#define LOOK_AGAIN_MS 100
#define LOOKS_AFTER_PLUG 20
#define SLEEP_MAX_MS 60000
#define STOP_MS 2000

/* --- status ------------------------------------------------------------------------------------
 */

int usb_rank(enum device_word device) {
    static const int ranks[] = {[DEVICE_UNKNOWN] = 2, [DEVICE_READY] = 5,  [DEVICE_BUSY] = 4,
                                [DEVICE_OFFLINE] = 3, [DEVICE_ABSENT] = 0, [DEVICE_FAULT] = 1};
    return ranks[device];
}

int usb_pos_no(const struct driver_binding *binding) {
    return binding->pos_no == 0 ? 1 : binding->pos_no;
}

static int seat_of(const struct driver_binding *binding) {
    bool second = binding->role == ROLE_PINPAD && usb_pos_no(binding) == 2;
    return second ? USB_SECOND_PINPAD : (int)binding->role;
}

/* How a seat stands: as its best device, and with a word of the one that is at fault. */
static bool status_of_seat(const struct usb *usb, int seat, struct driver_status *out) {
    const struct driver_status *best = NULL, *fault = NULL;
    for (int i = 0; i < usb->port_count; i++) {
        const struct usb_port *port = &usb->ports[i];
        if (seat_of(port->binding) != seat)
            continue;
        if (!best || usb_rank(port->status.device) > usb_rank(best->device))
            best = &port->status;
        if (port->status.device == DEVICE_FAULT)
            fault = &port->status;
    }
    if (!best)
        return false;
    *out = *best;
    if (fault && !best->detail[0])
        snprintf(out->detail, sizeof out->detail, "another: %.*s", DRIVER_DETAIL_SIZE - 10,
                 fault->detail);
    return true;
}

static void tell_status(void *pump) {
    struct usb *usb = pump;
    for (int seat = 0; seat < USB_SEATS; seat++) {
        bool second = seat == USB_SECOND_PINPAD;
        struct driver_event event = {.kind = DRIVER_STATUS,
                                     .role = second ? ROLE_PINPAD : (enum device_role)seat,
                                     .pos_no = second ? 2 : 1,
                                     .mono_ms = usb_now_ms()};
        struct driver_status *status = &event.of.status;
        if (!status_of_seat(usb, seat, status) ||
            (usb->seat_known[seat] && memcmp(status, &usb->told[seat], sizeof *status) == 0))
            continue;
        usb->told[seat] = *status;
        usb->seat_known[seat] = true;
        usb->post(usb->context, &event);
    }
}

static uint32_t armed_roles(void *pump) {
    return atomic_load(&((struct usb *)pump)->armed);
}

void usb_arm(struct usb *usb, uint32_t role_bits) {
    atomic_store(&usb->armed, role_bits);
}

/* --- finding devices ---------------------------------------------------------------------------
 */

static void keep_verdict_of(void *pump, const struct usb_port *port, enum usb_verdict verdict,
                            int rank, const char *reason) {
    usb_choice_judged(&((struct usb *)pump)->choice, port, verdict, rank, reason);
}

static bool is_port_contested(void *pump, const struct usb_port *port) {
    struct usb *usb = pump;
    struct usb_survey survey;
    bool contested = usb_survey_begin(&survey, usb->host.context) &&
                     usb_choice_contested(&usb->choice, port, &survey);
    usb_survey_end(&survey);
    return contested;
}

static void look_again_soon(void *pump) {
    ((struct usb *)pump)->moved = true;
}

/* Who has waited long enough, or no longer needs to. */
static void hurry_ports(struct usb *usb, int64_t now) {
    bool again = usb->plugged || now >= usb->rescan_ms;
    for (int i = 0; i < usb->port_count; i++)
        if (usb->plugged || ((again || usb->moved) && usb->ports[i].state == USB_PORT_ABSENT))
            usb_port_hurry(&usb->ports[i]);
    if (usb->plugged)
        usb->looks = LOOKS_AFTER_PLUG;
    usb->plugged = usb->moved = false;
    if (again && usb->looks > 0) {
        usb->looks--;
        usb->rescan_ms = now + LOOK_AGAIN_MS;
    } else if (again) {
        usb->rescan_ms = usb->hotplug ? INT64_MAX : now + RESCAN_MS;
    }
}

static bool is_due(const struct usb_port *port, int64_t now) {
    return port->state == USB_PORT_BACKOFF && port->retry_ms <= now;
}

static void look_for_devices(struct usb *usb) {
    int64_t now = usb_now_ms();
    bool looks = usb->plugged;
    hurry_ports(usb, now);
    for (int i = 0; i < usb->port_count; i++)
        looks = looks || is_due(&usb->ports[i], now);
    if (!looks)
        return;
    struct usb_survey survey;
    if (usb_survey_begin(&survey, usb->host.context)) {
        usb_choice_forget_gone(&usb->choice, &survey);
        for (int i = 0; i < usb->port_count; i++)
            if (is_due(&usb->ports[i], now))
                usb_choose(&usb->choice, &usb->ports[i], &survey);
        usb_choice_refuse_rivals(&usb->choice, &survey);
    }
    usb_survey_end(&survey);
}

static int LIBUSB_CALL on_hotplug(libusb_context *context, libusb_device *device,
                                  libusb_hotplug_event event, void *data) {
    struct usb *usb = data;
    (void)context;
    if (event == LIBUSB_HOTPLUG_EVENT_DEVICE_ARRIVED) {
        usb->plugged = true;
        usb->choice.plugged_ms = usb_now_ms();
        return 0;
    }
    for (int i = 0; i < usb->port_count; i++)
        if (usb->ports[i].device == device)
            usb_port_drop(&usb->ports[i], "unplugged");
    usb_choice_forget(&usb->choice, device);
    return 0;
}

/* --- the thread --------------------------------------------------------------------------------
 */

static int64_t next_deadline(const struct usb *usb) {
    int64_t deadline = usb->moved || usb->plugged ? 0 : usb->rescan_ms;
    for (int i = 0; i < usb->port_count; i++) {
        int64_t one = usb_port_deadline_ms(&usb->ports[i]);
        deadline = one < deadline ? one : deadline;
    }
    return deadline;
}

static void handle_events(struct usb *usb, int64_t deadline) {
    int64_t left = deadline - usb_now_ms();
    left = left < 0 ? 0 : left > SLEEP_MAX_MS ? SLEEP_MAX_MS : left;
    struct timeval time = {.tv_sec = left / 1000, .tv_usec = left % 1000 * 1000};
    libusb_handle_events_timeout_completed(usb->host.context, &time, NULL);
}

static void tick_ports(struct usb *usb) {
    for (int i = 0; i < usb->port_count; i++)
        usb_port_tick(&usb->ports[i]);
}

static bool all_closed(const struct usb *usb) {
    for (int i = 0; i < usb->port_count; i++)
        if (usb->ports[i].state == USB_PORT_CLOSING)
            return false;
    return true;
}

static void end_all(struct usb *usb) {
    for (int i = 0; i < usb->port_count; i++)
        usb_port_stop(&usb->ports[i]);
    int64_t deadline = usb_now_ms() + STOP_MS;
    while (tick_ports(usb), !all_closed(usb) && usb_now_ms() < deadline)
        handle_events(usb, usb_now_ms() + 50);
    usb_jobs_end(usb);
}

static void *usb_thread(void *argument) {
    struct usb *usb = argument;
    while (!atomic_load(&usb->stopping)) {
        look_for_devices(usb);
        usb_jobs_run(usb);
        handle_events(usb, next_deadline(usb));
        tick_ports(usb);
        atomic_store(&usb->turned, true);
    }
    end_all(usb);
    return NULL;
}

/* --- starting and stopping ---------------------------------------------------------------------
 */

static bool init_ports(struct usb *usb, const struct driver_binding *bindings, int count,
                       char *error, size_t error_size) {
    for (int i = 0; i < count && i < USB_PORTS_MAX; i++) {
        if (!usb_port_init(&usb->ports[i], &usb->host, &bindings[i])) {
            snprintf(error, error_size, "no driver is called \"%s\"", bindings[i].driver);
            usb_port_free(&usb->ports[i]);
            return false;
        }
        usb->port_count++;
    }
    usb_choice_init(&usb->choice, usb->ports, usb->port_count);
    return true;
}

static bool start_thread(struct usb *usb) {
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    bool started = pthread_create(&usb->thread, NULL, usb_thread, usb) == 0;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return started;
}

static void usb_free(struct usb *usb) {
    for (int i = 0; i < usb->port_count; i++)
        usb_port_free(&usb->ports[i]);
    usb_seen_forget(&usb->choice.memory, NULL);
    if (usb->host.context)
        libusb_exit(usb->host.context);
    pthread_mutex_destroy(&usb->lock);
    free(usb);
}

struct usb *usb_pump_start(const struct usb_driver *const *drivers,
                           const struct driver_binding *bindings, int count,
                           const struct driver_limits *limits,
                           void (*post)(void *context, const struct driver_event *event),
                           void *context, char *error, size_t error_size) {
    struct usb *usb = calloc(1, sizeof *usb);
    if (!usb) {
        snprintf(error, error_size, "out of memory");
        return NULL;
    }
    pthread_mutex_init(&usb->lock, NULL);
    usb->post = post;
    usb->context = context;
    usb->host = (struct usb_host){.drivers = drivers,
                                  .limits = *limits,
                                  .changed = tell_status,
                                  .post = usb_jobs_pass_on,
                                  .armed = armed_roles,
                                  .judged = keep_verdict_of,
                                  .contested = is_port_contested,
                                  .moved = look_again_soon,
                                  .pump = usb};
    int result = libusb_init(&usb->host.context);
    if (result != 0) {
        snprintf(error, error_size, "libusb: %s", libusb_error_name(result));
        usb->host.context = NULL;
        usb_free(usb);
        return NULL;
    }
    usb->hotplug = libusb_has_capability(LIBUSB_CAP_HAS_HOTPLUG) &&
                   libusb_hotplug_register_callback(
                       usb->host.context,
                       LIBUSB_HOTPLUG_EVENT_DEVICE_ARRIVED | LIBUSB_HOTPLUG_EVENT_DEVICE_LEFT, 0,
                       LIBUSB_HOTPLUG_MATCH_ANY, LIBUSB_HOTPLUG_MATCH_ANY, LIBUSB_HOTPLUG_MATCH_ANY,
                       on_hotplug, usb, &usb->callback) == 0;
    usb->plugged = true;
    if (!init_ports(usb, bindings, count, error, error_size) || !start_thread(usb)) {
        usb_free(usb);
        return NULL;
    }
    return usb;
}

bool usb_turns(struct usb *usb) {
    bool turned = atomic_exchange(&usb->turned, false);
    libusb_interrupt_event_handler(usb->host.context);
    return turned;
}

void usb_stop(struct usb *usb) {
    if (!usb)
        return;
    atomic_store(&usb->stopping, true);
    libusb_interrupt_event_handler(usb->host.context);
    pthread_join(usb->thread, NULL);
    usb_free(usb);
}
