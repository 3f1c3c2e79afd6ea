/* What a device protocol is to the usb pump, and what the pump does for it. Everything here happens
 * on the pump's thread; nothing waits. A new driver is one file with a struct usb_driver, and its
 * name in USB_DRIVERS. */
#ifndef HOPKIOSK_DRIVERS_USB_DRIVER_H
#define HOPKIOSK_DRIVERS_USB_DRIVER_H

#include "drivers/driver.h"

/* A row fits an interface; 0 fits any vid or pid, USB_ANY any class. */
#define USB_ANY (-1)
struct usb_match {
    uint16_t vid, pid;
    int interface_class, subclass, protocol;
    bool named; /* only for a binding that names vid and pid */
};

#define USB_IN_MAX 4096
#define USB_OUT_MAX 4096
#define USB_CONTROL_MAX 1024
#define USB_NOTICE_MAX 64

struct usb_port;
struct usb_driver {
    const char *name;
    enum device_role role;
    const struct usb_match *matches;
    int match_count;
    int better_class; /* where a device has an interface of this class it is that one; 0: none */
    int second_class; /* a second interface of this class carries the data (CDC); 0: none */
    size_t state_size;
    /* It says of every device whether it is of its kind: usb_port_mine, _not_mine or _silent, soon
     * after start. False: nothing tells, and a device is taken when it is the only one. */
    bool proves;
    bool polls; /* it calls usb_port_alive: silence for stale_ms is `unknown` */

    /* The interface is claimed, the state is zeroed, listening has begun. */
    void (*start)(struct usb_port *port);
    /* Bytes from the device. */
    void (*heard)(struct usb_port *port, const uint8_t *bytes, size_t length);
    /* Bytes of the interrupt endpoint beside the data. May be NULL. */
    void (*noticed)(struct usb_port *port, const uint8_t *bytes, size_t length);
    /* usb_port_send ended after `length` bytes; fewer than given: its time was over. */
    void (*sent)(struct usb_port *port, size_t length);
    /* usb_port_control ended; length -1: the device refused it. */
    void (*answered)(struct usb_port *port, int tag, const uint8_t *bytes, int length);
    void (*timer)(struct usb_port *port);
    /* The device goes: end every operation with its completion. Nothing can be sent any more. */
    void (*stop)(struct usb_port *port);
    /* Starts a job, whose end it posts; false: busy, ask again. */
    bool (*print)(struct usb_port *port, uint32_t job, const struct print_doc *doc);
    /* Asks a printer what it can, and posts DRIVER_PROBED; false: busy, ask again. */
    bool (*probe)(struct usb_port *port, uint32_t id);
    bool (*pos)(struct usb_port *port, const struct pos_request *request);
};

/* All protocols there are. */
/* clang-format off */
#define USB_DRIVERS(X)                                                                             \
    X(scanner_hid) X(scanner_pos) X(scanner_cdc) X(printer_usb) X(pinpad_cdc) X(card_reader_ccid)  \
    X(id_reader_sdt) X(keypad_hid)
/* clang-format on */
#define X(driver) extern const struct usb_driver driver;
USB_DRIVERS(X)
#undef X
extern const struct usb_driver *const usb_drivers[]; /* ended by NULL */

/* The pump with these drivers; usb_start of driver.h is this with all of them. */
struct usb *usb_pump_start(const struct usb_driver *const *drivers,
                           const struct driver_binding *bindings, int count,
                           const struct driver_limits *limits,
                           void (*post)(void *context, const struct driver_event *event),
                           void *context, char *error, size_t error_size);

void *usb_port_state(struct usb_port *port);
const struct driver_binding *usb_port_binding(const struct usb_port *port);
const struct driver_limits *usb_port_limits(const struct usb_port *port);
/* A number of at least `from`, never given twice while the pump lives, replugged or not. */
int usb_port_next_number(struct usb_port *port, int from);
/* A word of the driver's own that outlives its state: 0 at first, kept while the pump lives. */
uint32_t *usb_port_memory(struct usb_port *port);
int usb_port_interface(const struct usb_port *port);
int usb_port_class(const struct usb_port *port);
/* True when the device has an interrupt endpoint beside its data. */
bool usb_port_has_notices(const struct usb_port *port);
/* True while the program waits for what this role reads. */
bool usb_port_armed(const struct usb_port *port);
int64_t usb_now_ms(void);

/* One at a time, at most USB_OUT_MAX bytes, copied; false: not now. */
bool usb_port_send(struct usb_port *port, const uint8_t *bytes, size_t length, int timeout_ms);
/* One at a time; to the device: `bytes` are copied; from it: length is the room. False: not now. */
bool usb_port_control(struct usb_port *port, int tag, uint8_t request_type, uint8_t request,
                      uint16_t value, uint16_t index, const uint8_t *bytes, uint16_t length);
/* One timer; 0 stops it. */
void usb_port_timer(struct usb_port *port, int ms);
/* The truth in words; posted and logged only when it changed. */
void usb_port_status(struct usb_port *port, enum device_word device, enum supply_word supply,
                     enum media_word media, const char *detail);
void usb_port_alive(struct usb_port *port);
/* Role and time are filled in; scans and cards are dropped unless the role is armed. */
void usb_port_post(struct usb_port *port, struct driver_event *event);
/* Gives the handle up; it is opened again after the backoff. */
void usb_port_drop(struct usb_port *port, const char *reason);

/* Whose is the device? Each of these answers whether the port is still open: false after _mine and
 * true after the others mean that stop() was called and the driver has nothing more to do. */

/* It is of the driver's kind, it says so itself. Of several, those of the highest rank are taken.
 * False: this was to know it only; it is let go and opened again when it is the one. */
bool usb_port_mine(struct usb_port *port, int rank);
/* It is not, `reason` is what tells: it is let go, the kernel has its driver back, and it is left
 * alone until it is plugged in again. False: it stays, since the configuration names its vid and
 * pid and nothing else fits them: it knows better. */
bool usb_port_not_mine(struct usb_port *port, const char *reason);
/* It did not answer, which proves nothing: let go when another device could be this port's or
 * another port could have this one, and tried again later. False: it stays. A usb_port_drop before
 * usb_port_mine is the same. */
bool usb_port_silent(struct usb_port *port, const char *reason);

#endif
