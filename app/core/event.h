/* What the core hears. Events are passed by value and take at most 256 bytes; a large answer is a
 * pointer to a document. */
#ifndef HOPKIOSK_CORE_EVENT_H
#define HOPKIOSK_CORE_EVENT_H

#include "app/core/terms/answer.h"
#include "app/core/terms/document.h"
#include "app/core/terms/terminal.h"
#include "app/core/terms/types.h"
#include "ui/ids.h"

enum event_kind {
    EVENT_TICK = 0,
    EVENT_TOUCH,
    EVENT_TEXT, /* one key of a real keyboard or of the script */
    EVENT_SCAN,
    EVENT_CARD,
    EVENT_DEVICE,
    EVENT_PINPAD, /* it was asked who it is */
    EVENT_ANSWER,
    EVENT_DURABLE,
    EVENT_PERSIST_FAILED,
    EVENT_PRINTED,
    EVENT_PROGRESS,
    EVENT_CONTROL,
    EVENT_STAFF,  /* what the staff's screen asked for */
    EVENT_CALL,   /* window software calls the desk */
    EVENT_DISPLAY /* the patient's display at a desk came or went */
};

/* A touch belongs to the frame that was on the panel: one with an older revision is dropped. */
struct event_touch {
    enum screen screen;
    uint32_t revision;
    struct touch touch;
    uint32_t held_ms; /* from finger down to finger up; the event comes at finger up */
};

/* A scanned code. `text` may be a payment code: it is never logged or journalled. */
#define SCAN_TEXT_SIZE 200
struct event_scan {
    uint32_t
        revision;   /* of the frame that was on the panel: a code that pays at once belongs to it */
    uint8_t length; /* 0: unreadable, longer than SCAN_TEXT_SIZE - 1 */
    char text[SCAN_TEXT_SIZE];
};

/* A card that a reader has read. */
struct event_card {
    enum identity_kind kind;
    enum device_role role;
    char number[TRACE_NO_SIZE];
    char id_no[19];
    char name[PERSON_NAME_SIZE];
};

struct event_device {
    enum device_role role;
    enum device_word device;
    enum supply_word supply;
    enum media_word media;
    bool second; /* of two pinpads the one with PosNo 2 */
};

struct event_pinpad {
    bool second;
    struct pinpad_known known;
};

/* The number of the EFFECT_PERSIST that is answered. */
struct event_durable {
    uint32_t number;
    bool conflict; /* PERSIST_FAILED: another order holds what this one would pay */
};

struct event_printed {
    uint32_t job;
    enum print_outcome outcome;
};

/* The pinpad has reached another step of the request. */
struct event_progress {
    uint32_t request;
    enum card_step step;
};

enum control {
    CONTROL_QUIT = 0,
    CONTROL_OUT_OF_SERVICE,
    CONTROL_IN_SERVICE,
    CONTROL_RESOLVED, /* a person decided all cases of an order */
    CONTROL_DECIDED,  /* no order of the journal that cannot be read waits for a person any more */
    CONTROL_RECHECK,  /* reconciliation wants an order asked about, or knows of a credit */
    CONTROL_RECONCILED, /* a day was reconciled, or could not be */
    CONTROL_STATUS      /* changes nothing: only the reply is wanted */
};
struct event_control {
    enum control control;
    uint32_t asker;                  /* whom the EFFECT_REPLY goes to; 0: nobody waits for one */
    char order_no[ORDER_NO_SIZE];    /* RESOLVED */
    bool kept;                       /* ... and not that all of it may be paid again */
    const struct document *document; /* RECHECK; looked at in this step only */
    struct reconciled reconciled;    /* RECONCILED */
};

/* The one answer to an EFFECT_STAFF. */
struct event_staff {
    uint32_t number; /* the effect's */
    enum staff_ask ask;
    bool ok;
    uint8_t person;                  /* whose PIN it was, from 1 */
    char name[STAFF_NAME_SIZE];      /* ... theirs */
    const struct document *document; /* or NULL */
};

/* What a call wants of the order law. */
enum call_wish {
    CALL_WISH_PAY = 0,
    CALL_WISH_CLOSE,  /* of a payment that nobody has paid */
    CALL_WISH_REFUND, /* of a payment, or of what is left of it */
    CALL_WISH_LOOK,   /* what became of it */
    CALL_WISH_GONE    /* it could not be looked up and is answered: no document */
};
struct event_call {
    uint32_t call; /* of the desk: given back by EFFECT_CALL */
    enum call_wish wish;
    const struct document *document; /* DOCUMENT_CALL; looked at in this step only */
};

struct event {
    enum event_kind kind;
    struct now now;
    union {
        struct event_touch touch;
        struct {
            char key; /* '0'-'9', 'A'-'Z', '.', '\b' delete, '\n' enter, 0x1b escape */
        } text;
        struct event_scan scan;
        struct event_card card;
        struct event_device device;
        struct event_pinpad pinpad;
        struct event_answer answer;
        struct event_durable durable;
        struct event_printed printed;
        struct event_progress progress;
        struct event_control control;
        struct event_staff staff;
        struct event_call call;
        struct {
            bool away;
        } display;
    } of;
};
_Static_assert(sizeof(struct event) <= 256, "events are by value");

#endif
