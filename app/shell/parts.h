/* What the files of the main thread share: loop.c waits and dispatches, loop_start.c starts and
 * stops, inbox.c is the way in, effects.c the way out, exchange.c speaks to platforms. */
#ifndef HOPKIOSK_SHELL_PARTS_H
#define HOPKIOSK_SHELL_PARTS_H

#include "app/base/queue.h"
#include "app/core/core.h"
#include "app/journal/journal.h"
#include "app/present/present.h"
#include "app/pump/control.h"
#include "app/pump/net.h"
#include "app/pump/script.h"
#include "app/shell/exchange.h"
#include "app/shell/loop.h"
#include "app/shell/records.h"
#include "app/shell/settings.h"
#include "app/shell/trace.h"
#include "drivers/driver.h"
#include "drivers/print_doc.h"
#include "ui/ui.h"

/* Completions that can be outstanding at once, and what comes unasked beside them. */
#define INBOX_MAX 2048
#define PRINT_JOBS_MAX 8

enum item_kind {
    ITEM_EVENT = 0, /* already in the core's words; `now` is set when it is taken */
    ITEM_NET,
    ITEM_JOURNAL,
    ITEM_RESOLVED,
    ITEM_STATUS,
    ITEM_POS,
    ITEM_RECORDS,
    ITEM_CONTROL,
    ITEM_SCRIPT,
    ITEM_STAFF
};

/* What the pumps post. */
struct item {
    enum item_kind kind;
    union {
        struct event event;
        struct net_answer net;
        struct {
            uint32_t number;
            enum journal_result result;
        } journal;
        struct {
            enum device_role role;
            struct driver_status status;
        } status;
        struct {
            uint32_t id;
            enum driver_completion completion;
            struct pos_result result;
        } pos;
        struct records_answer records;
        struct control_ask control;
        struct event_staff staff;
        struct script_line *script; /* the script's until script_done */
    } of;
};

/* A receipt that was given to the printer. */
struct print_job {
    uint32_t job; /* 0: free */
    bool reprint;
    char order_no[ORDER_NO_SIZE];
};

struct loop {
    const struct options *options;
    const struct config *config;
    struct ui *ui;
    struct queue *inbox;
    struct journal *journal; /* NULL: could not be opened; no payment is opened then */
    struct journal_pump *journal_pump;
    struct net *net;
    struct usb *usb; /* NULL: libusb would not start */
    struct control_port *control;
    struct script *script;
    struct trace *trace;

    struct core core;
    struct effects effects;
    struct exchanges exchanges;
    struct documents documents;
    struct print_job print_jobs[PRINT_JOBS_MAX];
    struct print_doc receipt;
    struct { /* one case at a time */
        bool busy;
        struct event_staff staff; /* number 0: not the staff's screen ... */
        struct control_ask asker; /* ... but kioskctl waits */
        char order_no[ORDER_NO_SIZE];
    } resolving;
    struct control_ask asker; /* whom a REPLY is for */
    struct driver_status devices[ROLE_COUNT];

    struct view view; /* of the presented frame */
    struct present_site site;
    struct present_store store;
    int64_t started_mono_ms;
    int64_t ticked_mono_ms;
    struct script_line *line; /* the script's line that is being tried, or NULL */
    int64_t line_until_mono_ms;
    bool quit;
    enum loop_exit code;
};

/* loop_start.c */
bool loop_start(struct loop *loop); /* false after a complaint: loop->code */
void loop_stop(struct loop *loop);

/* open_orders.c: read while the journal is still main's, restored when the pumps run; frees. */
struct open_orders;
struct open_orders *open_orders_read(struct loop *loop);
void open_orders_restore(struct loop *loop, struct open_orders *kept);

/* loop.c: one event into the core, its effects out of it. `now` of the event is set here.
 * `evidence`: masked JSON of what caused it, or NULL. */
void loop_step(struct loop *loop, struct event *event, const char *evidence);
void loop_end(struct loop *loop, enum loop_exit code);

/* inbox.c: called on the pumps' threads ... */
void inbox_take_net(void *context, const struct net_answer *answer);
void inbox_take_journal(void *context, uint32_t number, enum journal_result result);
void inbox_take_resolved(void *context, enum journal_result result);
void inbox_take_driver(void *context, const struct driver_event *event);
bool inbox_take_control(void *context, const struct control_ask *ask);
void inbox_take_script(void *context, struct script_line *line);
/* ... and on the main thread: everything that has come. */
void inbox_drain(struct loop *loop);

/* effects.c */
void effects_run(struct loop *loop, const struct effects *effects, const char *evidence);

/* panel.c: the script's lines against the presented frame. */
void panel_take_line(struct loop *loop, struct script_line *line);
void panel_try_line(struct loop *loop);
int64_t panel_line_deadline(const struct loop *loop);
void panel_input(struct loop *loop, const struct ui_input *input);

/* answering.c: what kioskctl asks of a running kiosk. */
void answering_control(struct loop *loop, const struct control_ask *ask);
void answering_reply(struct loop *loop);
void answering_resolved(struct loop *loop, enum journal_result result);

#endif
