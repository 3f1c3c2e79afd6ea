/* What the core hears. By value, at most 256 bytes; large answers come as a pointer to a document.
 */
#ifndef HOPKIOSK_CORE_EVENT_H
#define HOPKIOSK_CORE_EVENT_H

#include "app/core/terms/answer.h"
#include "app/core/terms/document.h"
#include "app/core/terms/types.h"
#include "ui/ids.h"

enum event_kind {
    EVENT_TICK = 0,
    EVENT_TOUCH,
    EVENT_TEXT, /* one key of a real keyboard or of the script */
    EVENT_SCAN,
    EVENT_CARD,
    EVENT_DEVICE,
    EVENT_ANSWER,
    EVENT_DURABLE,
    EVENT_PERSIST_FAILED,
    EVENT_PRINTED,
    EVENT_PROGRESS,
    EVENT_CONTROL,
    EVENT_STAFF /* what the staff's screen asked for */
};

/* Valid only for the frame that was presented: stale revisions are dropped. */
struct event_touch {
    enum screen screen;
    uint32_t revision;
    struct touch touch;
    uint32_t held_ms; /* between finger down and finger up, which is the event */
};

/* A code was scanned. `text` is a secret in the pay steps: never logged, never journalled. */
#define SCAN_TEXT_SIZE 200
struct event_scan {
    uint8_t length; /* 0: longer than SCAN_TEXT_SIZE - 1, unreadable */
    char text[SCAN_TEXT_SIZE];
};

/* A card was read by a reader. */
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
};

/* PERSIST's number. */
struct event_durable {
    uint32_t number;
};

struct event_printed {
    uint32_t job;
    enum print_outcome outcome;
};

/* The bank terminal goes on with what was asked of it. */
struct event_progress {
    uint32_t request;
    enum card_step step;
};

enum control {
    CONTROL_QUIT = 0,
    CONTROL_OUT_OF_SERVICE,
    CONTROL_IN_SERVICE,
    CONTROL_RESOLVED, /* a person decided the cases of an order: what it was for may be paid again
                       */
    CONTROL_DECIDED,  /* no order of the journal that cannot be read waits for a person any more */
    CONTROL_STATUS    /* nothing shall change: the asker wants to hear how things stand */
};
struct event_control {
    enum control control;
    uint32_t asker;               /* gets an EFFECT_REPLY; 0: nobody waits */
    char order_no[ORDER_NO_SIZE]; /* RESOLVED */
};

/* One answer to each EFFECT_STAFF. */
struct event_staff {
    uint32_t number; /* the effect's */
    enum staff_ask ask;
    bool ok;
    const struct document *document; /* or NULL */
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
        struct event_answer answer;
        struct event_durable durable;
        struct event_printed printed;
        struct event_progress progress;
        struct event_control control;
        struct event_staff staff;
    } of;
};
_Static_assert(sizeof(struct event) <= 256, "events are by value");

#endif
