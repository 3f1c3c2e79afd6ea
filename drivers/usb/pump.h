/* The usb pump's own state, shared by its parts: usb.c (the thread, hot-plug) and usb_jobs.c (what
 * main asks for). */
#ifndef HOPKIOSK_DRIVERS_USB_PUMP_H
#define HOPKIOSK_DRIVERS_USB_PUMP_H

#include <pthread.h>
#include <stdatomic.h>

#include "drivers/usb/choose.h"

#define USB_PORTS_MAX 12
#define USB_SECOND_PINPAD ROLE_COUNT
#define USB_SEATS (ROLE_COUNT + 1) /* who has a status: a role each, and the second pinpad */

struct usb_job;
struct usb {
    struct usb_host host;
    void (*post)(void *context, const struct driver_event *event);
    void *context;
    struct usb_port ports[USB_PORTS_MAX];
    int port_count;
    struct usb_choice choice;
    struct driver_status told[USB_SEATS];
    bool seat_known[USB_SEATS];

    pthread_t thread;
    bool hotplug, plugged, moved; /* something came, or was let go: look again */
    libusb_hotplug_callback_handle callback;
    int64_t rescan_ms;
    int looks; /* still to take since the last plugging */
    atomic_bool stopping, turned;
    atomic_uint armed;

    pthread_mutex_t lock; /* of the mailbox */
    struct usb_job *mailbox;
    struct usb_job *waiting, *active; /* the thread's own */
};

/* Two devices of one role are as good as the better of them. */
int usb_rank(enum device_word device);
/* Which pinpad a row of the configuration is, from 1. */
int usb_pos_no(const struct driver_binding *binding);

/* A driver's events on their way to main: the end of a job frees what it carried. */
void usb_jobs_pass_on(void *pump, const struct driver_event *event);
/* Gives what waits to the drivers that can take it. */
void usb_jobs_run(struct usb *usb);
/* Ends what no driver has begun. */
void usb_jobs_end(struct usb *usb);

#endif
