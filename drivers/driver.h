/* The contract between the program and its devices.
 *
 * A driver is data plus callbacks and runs wholly on the usb pump's thread. It never exits, sleeps
 * or blocks. A failed transfer drops the handle; reconnecting backs off; after a reconnect the
 * truth is read from the device again. A device that did not answer for stale_ms is `unknown`.
 * Every operation that is started ends in exactly one completion. Raw bits become the words of
 * words.h in one function of each driver, and are logged on change only.
 */
#ifndef HOPKIOSK_DRIVERS_DRIVER_H
#define HOPKIOSK_DRIVERS_DRIVER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "drivers/printer_known.h"
#include "drivers/words.h"

#define DRIVER_DETAIL_SIZE 192
/* In a detail: several devices fit, and what follows are the members that tell them apart. */
#define DRIVER_ALIKE "fit, write for the right one: "
struct driver_status {
    enum device_word device;
    enum supply_word supply;
    enum media_word media;
    char detail[DRIVER_DETAIL_SIZE]; /* for integrators: "cover open", "no permission: install
                                        config/udev/..." */
};

enum driver_completion {
    COMPLETED_OK = 0,
    COMPLETED_FAILED,
    COMPLETED_UNKNOWN,
    COMPLETED_CANCELLED
};

/* What was read from a card or an ID document. Without number and id_no: it could not be read. */
struct driver_card {
    int kind; /* enum driver_card_kind */
    char number[41];
    char id_no[19];
    char name[101]; /* UTF-8 */
};
enum driver_card_kind { DRIVER_CARD_ID = 0, DRIVER_CARD_SOCIAL, DRIVER_CARD_CONTACTLESS };

/* One sale, void, refund or query at the pinpad; amounts in fen (devices.md F2). */
enum pos_operation {
    POS_SALE = 0,
    POS_VOID = 1,
    POS_REFUND = 2,
    POS_QUERY = 7,
    POS_ECHO = 8,
    POS_CANCEL = 9
};
struct pos_request {
    enum pos_operation operation;
    int pos_no;       /* which pinpad: 0, 1 the first, 2 the second */
    uint32_t id;      /* given back by the completion */
    char till[9];     /* this terminal's number at the cash desks, digits */
    char sequence[7]; /* of the act, the same when it is repeated, 000001 to 010000; POS_QUERY asks
                         about it */
    int64_t amount_fen;
    char original_date[9], original_reference[13], original_voucher[7];
    char order_no[33];
    char terminal[9]; /* of an act: the only pinpad that it may leave to; "": any */
};
struct pos_result {
    char code[3]; /* Z1..Z7 local, else ISO 8583 field 39: pos_code_approves */
    char masked_card[21];
    char voucher[7], reference[13], batch[7], terminal[9], merchant[16], date[9], time[7];
    int64_t amount_fen;
    char order_no[33];
};

enum driver_event_kind {
    DRIVER_STATUS = 0,
    DRIVER_SCAN,
    DRIVER_CARD,
    DRIVER_PRINTED,
    DRIVER_POS_DONE,
    DRIVER_POS_PROGRESS,
    DRIVER_POS_GREETED, /* a pinpad has said who it is, and may be asked to sell */
    DRIVER_PROBED,
    DRIVER_KEY
};
struct driver_event {
    enum driver_event_kind kind;
    enum device_role role;
    int pos_no;      /* STATUS, POS_GREETED of a pinpad: which, from 1 */
    int64_t mono_ms; /* when its last byte came */
    union {
        struct driver_status status;
        struct {
            size_t length;
            char text[512];
        } scan; /* never logged: may be a payment code. length 0: unreadable */
        struct driver_card card;
        struct {
            uint32_t job;
            enum driver_completion completion;
        } printed;
        struct {
            uint32_t id;
            enum driver_completion completion;
            struct pos_result result;
        } pos;
        struct {
            uint32_t id;
            int state;
        } progress; /* 1 insert, 2 reading, 3 enter PIN, 4 a key, 5 done, 6 online, 7 remove */
        struct pos_result greeted; /* its numbers, its date and time */
        struct driver_probe probe;
        char key; /* a digit, '.', a capital letter, '\n', '\b', 0x1b, KEYPAD_*; never logged */
    } of;
};

/* How the hospital writes the UID of its contactless cards. */
enum driver_uid_form {
    DRIVER_UID_HEX = 0,
    DRIVER_UID_HEX_REVERSED,
    DRIVER_UID_DECIMAL,
    DRIVER_UID_DECIMAL_REVERSED
};

/* How a serial line is set; 0 in a member: 115200, 8, none, 1. */
enum driver_parity {
    DRIVER_PARITY_NONE = 0,
    DRIVER_PARITY_ODD,
    DRIVER_PARITY_EVEN,
    DRIVER_PARITY_MARK,
    DRIVER_PARITY_SPACE
};
struct driver_line {
    uint32_t baud;
    uint8_t bits; /* 5 to 8 */
    enum driver_parity parity;
    uint8_t stop; /* 1 or 2 */
};

/* One row of `devices` in the configuration. vid, pid 0, port "" and no interface match anything
 * the driver can drive: then a device is tried, and let go when it is not of the driver's kind. */
struct driver_binding {
    enum device_role role;
    const char *driver; /* "scanner-hid", "printer-escpos", ... */
    uint16_t vid, pid;
    const char *port; /* "1-1.2" */
    bool interface_given;
    uint8_t interface;               /* bInterfaceNumber, of a device with several that fit */
    struct driver_line line;         /* serial devices */
    int pos_no;                      /* pinpads: 1 or 2 where there are two; 0: 1 */
    const char *terminal_no;         /* pinpads: the only one whose answers count; NULL, "": any */
    const char *merchant_no;         /* pinpads: the same */
    int head_dots;                   /* printers: 384, 512, 576; 0: as its own id says */
    bool gbk_only;                   /* printers: substitute what GBK lacks */
    enum driver_presenter presenter; /* printers */
    struct driver_printer printer;
    enum driver_uid_form uid_form; /* readers of contactless cards */
    /* NULL, or the file for a recording of the device's traffic, which a test can replay. The
     * recording holds what the cards hold: only for devices and cards of a bench. */
    const char *record_path;
};

struct driver_limits {
    int poll_ms, stale_ms, reconnect_first_ms, reconnect_max_ms, print_ms, scan_gap_ms, transfer_ms;
    int pos_ack_ms, pos_ms; /* pinpad: a frame's ACK; its answer, again after each progress */
};

struct usb;
struct print_doc; /* print_doc.h */
/* Starts the pump's thread. `post` is called on it and must not block. Devices may all be missing.
 * NULL: libusb itself would not start (`error` says why). Strings of the bindings live as long as
 * the pump. */
struct usb *usb_start(const struct driver_binding *bindings, int count,
                      const struct driver_limits *limits,
                      void (*post)(void *context, const struct driver_event *event), void *context,
                      char *error, size_t error_size);
/* Ends every operation by its completion, stops and joins the thread, frees the pump. */
void usb_stop(struct usb *usb);
/* Has the thread come round since this was asked last? It is asked to come round again. */
bool usb_turns(struct usb *usb);

/* From the main thread; none of them waits. One DRIVER_PROBED with `id` follows, always: the
 * printer was asked each question there is, also those that its model should not have. What it does
 * not know it may print as text. */
void usb_probe(struct usb *usb, uint32_t id);
/* The document is copied. One DRIVER_PRINTED with `job` follows, always. */
void usb_print(struct usb *usb, uint32_t job, const struct print_doc *doc);
/* Which roles may deliver scans and cards from now on; those of others are dropped. */
void usb_arm(struct usb *usb, uint32_t role_bits);
/* One DRIVER_POS_DONE with `id` follows, always. */
void usb_pos(struct usb *usb, const struct pos_request *request);

/* The name of a role's n-th driver, from 0; NULL: there are no more. */
const char *driver_name(enum device_role role, int n);

#endif
