/* A virtual USB device, seen from the bus: transfers are submitted, completed, reaped and
 * discarded; the device can be closed, unplugged and plugged in again. Nothing here knows which
 * backend carries the transfers. What the device *is* lives in a model (model.h). Time is given,
 * never read. */
#ifndef USBBENCH_DEVICE_H
#define USBBENCH_DEVICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct model;

enum urb_type { URB_CONTROL, URB_DATA };

/* One transfer. The backend allocates it (urb_create), the device has it from submit to reap. */
struct urb {
    uint64_t id;       /* the backend's */
    const void *owner; /* the connection it came by */
    enum urb_type type;
    uint8_t endpoint; /* bit 7: to the host */
    uint8_t setup[8]; /* URB_CONTROL */
    size_t length;    /* room (to the host) or bytes (to the device) */
    size_t actual;
    int status; /* 0 or -errno, once done */
    int64_t due_ms;
    bool done;
    struct urb *next;
    uint8_t data[];
};
struct urb *urb_create(size_t length);

struct message; /* bytes on their way to the host */

#define DEVICE_ENDPOINTS 16
struct device {
    char name[32];
    const struct model *model;
    void *state; /* the model's, model->state_size zeroed bytes */
    bool plugged;
    int64_t now_ms, timer_ms; /* timer_ms 0: none */
    struct urb *first;        /* submitted, in order */
    struct message *outgoing[DEVICE_ENDPOINTS];
    size_t outgoing_count;
    uint32_t halted; /* endpoints that stall: bit n to the device, bit 16 + n to the host */
    int slow_ms;
    bool silent, hung;   /* silent: nothing to the host; hung: nothing completes */
    bool is_cut, pulled; /* the cable goes after cut_after more bytes; it is to go now */
    size_t cut_after;
    bool serving, serve_again;
    const char *paper_folder; /* "": not kept */
};

/* `paper_folder` lives as long as the device, and may change. False: out of memory. */
bool device_init(struct device *device, const char *name, const struct model *model,
                 const char *paper_folder);
void device_destroy(struct device *device);
/* Lets time pass: the model's timer, transfers that come due. */
void device_advance(struct device *device, int64_t now_ms);
/* When to call device_advance again; INT64_MAX: when something happens. */
int64_t device_deadline_ms(const struct device *device);

void device_submit(struct device *device, struct urb *urb);
/* A finished transfer of that owner (NULL: of anybody), now the caller's (free), or NULL. */
struct urb *device_reap(struct device *device, const void *owner);
bool device_has_finished(const struct device *device);
/* Ends it with -ENOENT; false: not there or already done. */
bool device_discard(struct device *device, uint64_t id);
/* The host closed the device: that owner's transfers are forgotten (NULL: all). */
void device_close(struct device *device, const void *owner);
/* All transfers end with -ESHUTDOWN, to be reaped. */
void device_unplug(struct device *device);
void device_replug(struct device *device);
void device_clear_halt(struct device *device, uint8_t endpoint);

/* For models: bytes to the host; they wait for a transfer to carry them. Messages keep their
 * borders. */
void device_send(struct device *device, uint8_t endpoint, const uint8_t *bytes, size_t length);
void device_forget_outgoing(struct device *device);
/* The model has room again for what waits. */
void device_resume(struct device *device);

/* "stall", "slow MS", ... that every device has, else the model's own; false and why in `error`. */
bool device_command(struct device *device, const char *command, char *error, size_t error_size);

#endif
