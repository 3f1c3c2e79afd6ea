/* An ESC/POS printer of the USB printer class. Its state is asked with DLE EOT 1 to 4 and told by
 * automatic status, and what holds its ticket by the model's own question; a job is printed only
 * when a full round of answers after its last byte says that nothing is wrong. No answer is
 * "unknown", never "ok". */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "drivers/printer/escpos.h"
#include "drivers/printer/presenter.h"
#include "drivers/usb/driver.h"

#define CHUNK_BYTES 2048
#define HEAD_DOTS 576  /* where the configuration names none */
#define ANSWER_MS 500  /* devices.md E: longer silence is no answer */
#define CONFIRM_MS 200 /* between rounds while a job waits for its confirmation */
#define SILENT_ROUNDS_MAX 2

static const struct usb_match matches[] = {{0, 0, 7, 1, USB_ANY, false}};

enum { TAG_DEVICE_ID, TAG_PORT_STATUS };
enum sending { SENDING_NOTHING = 0, SENDING_QUERY, SENDING_ENABLE, SENDING_RECOVER, SENDING_CHUNK };
enum job_phase { JOB_NONE = 0, JOB_CHECK, JOB_SEND, JOB_CONFIRM };

struct printer {
    struct escpos_status status;
    enum sending sending;
    int asked; /* the query whose answer is due, 0 none */
    int round; /* the next query of this round, 0: no round */
    bool enable_due, recover_due;
    int silent_rounds;
    char model[40];

    enum job_phase phase;
    uint32_t job;
    uint8_t *bytes;
    size_t length, done;
    int64_t deadline_ms;
};

static void printer_go_on(struct usb_port *port);

static void show_printer(struct usb_port *port, bool answers) {
    struct printer *printer = usb_port_state(port);
    struct driver_status words = {.detail = "does not answer"};
    if (answers)
        escpos_words(escpos_troubles(&printer->status), &words);
    usb_port_status(port, words.device, words.supply, words.media,
                    *words.detail ? words.detail : printer->model);
}

/* Some of the job may be on paper. */
static bool job_touched(const struct printer *printer) {
    return printer->done > 0 || printer->sending == SENDING_CHUNK;
}

static void finish_job(struct usb_port *port, enum driver_completion completion) {
    struct printer *printer = usb_port_state(port);
    struct driver_event event = {.kind = DRIVER_PRINTED};
    event.of.printed.job = printer->job;
    event.of.printed.completion = completion;
    /* What it still holds must not come out in front of the next patient. */
    printer->recover_due = completion != COMPLETED_OK && job_touched(printer);
    printer->phase = JOB_NONE;
    if (printer->bytes)
        explicit_bzero(printer->bytes, printer->length);
    free(printer->bytes);
    printer->bytes = NULL;
    usb_port_post(port, &event);
}

static bool past_deadline(const struct printer *printer) {
    return usb_now_ms() >= printer->deadline_ms;
}

static void begin_round(struct printer *printer) {
    if (printer->round == 0)
        printer->round = 1;
}

/* All queries were answered, or one was not. */
static void end_round(struct usb_port *port, bool answered) {
    struct printer *printer = usb_port_state(port);
    printer->round = 0;
    printer->silent_rounds = answered ? 0 : printer->silent_rounds + 1;
    unsigned troubles = escpos_troubles(&printer->status);
    if (answered)
        usb_port_alive(port);
    else
        usb_port_control(port, TAG_PORT_STATUS, 0xa1, 1, 0, (uint16_t)usb_port_interface(port),
                         NULL, 1);
    show_printer(port, answered);

    switch (printer->phase) {
    case JOB_CHECK:
        if (answered && escpos_cannot_print(troubles))
            finish_job(port, COMPLETED_FAILED);
        else
            printer->phase = JOB_SEND;
        break;
    case JOB_CONFIRM:
        if (answered && !escpos_cannot_print(troubles))
            finish_job(port, COMPLETED_OK);
        else if (answered &&
                 (troubles & ~(unsigned)(ESCPOS_BUSY | ESCPOS_PAPER_LOW | ESCPOS_TICKET)))
            finish_job(port, COMPLETED_FAILED);
        else if (past_deadline(printer) || printer->silent_rounds >= SILENT_ROUNDS_MAX)
            finish_job(port, COMPLETED_UNKNOWN);
        break;
    case JOB_NONE:
    case JOB_SEND:
        break;
    }
}

static void send_bytes(struct usb_port *port, enum sending what, const uint8_t *bytes,
                       size_t length) {
    struct printer *printer = usb_port_state(port);
    printer->sending = what;
    if (!usb_port_send(port, bytes, length, usb_port_limits(port)->transfer_ms))
        printer->sending = SENDING_NOTHING;
}

static void send_query(struct usb_port *port) {
    struct printer *printer = usb_port_state(port);
    printer->asked = printer->round;
    send_bytes(port, SENDING_QUERY,
               (const uint8_t[]){0x10, 0x04, escpos_query_byte(&printer->status, printer->asked)},
               3);
    usb_port_timer(port, ANSWER_MS);
}

static void send_chunk(struct usb_port *port) {
    struct printer *printer = usb_port_state(port);
    size_t left = printer->length - printer->done;
    send_bytes(port, SENDING_CHUNK, printer->bytes + printer->done,
               left < CHUNK_BYTES ? left : CHUNK_BYTES);
}

/* Does the next thing there is to do, when nothing is under way. */
static void printer_go_on(struct usb_port *port) {
    struct printer *printer = usb_port_state(port);
    if (printer->sending != SENDING_NOTHING || printer->asked)
        return;
    if (printer->recover_due) {
        printer->recover_due = false;
        send_bytes(port, SENDING_RECOVER, (const uint8_t[]){0x10, 0x05, 0x02}, 3);
    } else if (printer->enable_due) {
        printer->enable_due = false; /* changes of online, error and paper */
        send_bytes(port, SENDING_ENABLE, (const uint8_t[]){0x1d, 0x61, 0x0e}, 3);
    } else if (printer->phase == JOB_SEND) {
        send_chunk(port);
    } else if (printer->round) {
        send_query(port);
    } else {
        usb_port_timer(port, printer->phase ? CONFIRM_MS : usb_port_limits(port)->poll_ms);
    }
}

static void start(struct usb_port *port) {
    usb_port_status(port, DEVICE_UNKNOWN, SUPPLY_UNKNOWN, MEDIA_UNKNOWN, "asking");
    usb_port_control(port, TAG_DEVICE_ID, 0xa1, 0, 0, (uint16_t)(usb_port_interface(port) << 8),
                     NULL, 512);
}

/* "...;MDL:TM-T88;..." of the IEEE 1284 string. */
static void take_model(struct printer *printer, const uint8_t *bytes, int length) {
    char text[513] = "";
    if (length <= 2)
        return;
    memcpy(text, bytes + 2, (size_t)length - 2);
    const char *at = strstr(text, "MDL:");
    at = at ? at : strstr(text, "MODEL:");
    if (at)
        snprintf(printer->model, sizeof printer->model, "%.*s",
                 (int)strcspn(strchr(at, ':') + 1, ";"), strchr(at, ':') + 1);
}

/* Where the real-time status is silent, the class's own byte still knows about paper. */
static void take_port_status(struct usb_port *port, uint8_t byte) {
    struct printer *printer = usb_port_state(port);
    if (!(byte & 0x20) || printer->silent_rounds == 0)
        return;
    usb_port_status(port, DEVICE_OFFLINE, SUPPLY_OUT, MEDIA_NONE, "paper out");
    if (printer->phase)
        finish_job(port, COMPLETED_FAILED);
}

static void answered(struct usb_port *port, int tag, const uint8_t *bytes, int length) {
    struct printer *printer = usb_port_state(port);
    if (tag == TAG_PORT_STATUS) {
        if (length == 1)
            take_port_status(port, bytes[0]);
    } else {
        take_model(printer, bytes, length);
        printer->status.presenter =
            presenter_find(usb_port_binding(port)->presenter, printer->model);
        printer->enable_due = true;
        begin_round(printer);
    }
    printer_go_on(port);
}

static void sent(struct usb_port *port, size_t length) {
    struct printer *printer = usb_port_state(port);
    enum sending what = printer->sending;
    printer->sending = SENDING_NOTHING;
    if (what == SENDING_CHUNK && printer->phase == JOB_SEND) {
        printer->done += length;
        if (printer->done == printer->length) {
            printer->phase = JOB_CONFIRM;
            printer->enable_due = true; /* the document's own reset may have switched it off */
            begin_round(printer);
        } else if (past_deadline(printer)) {
            finish_job(port, job_touched(printer) ? COMPLETED_UNKNOWN : COMPLETED_FAILED);
        }
    }
    printer_go_on(port);
}

/* Automatic status: something changed. A job that is being sent ends here when it cannot go on. */
static void take_change(struct usb_port *port) {
    struct printer *printer = usb_port_state(port);
    show_printer(port, true);
    bool cannot = escpos_cannot_print(escpos_troubles(&printer->status));
    if (printer->phase == JOB_SEND && cannot)
        finish_job(port, COMPLETED_FAILED);
    if (printer->phase != JOB_SEND)
        begin_round(printer);
}

static void heard(struct usb_port *port, const uint8_t *bytes, size_t length) {
    struct printer *printer = usb_port_state(port);
    for (size_t i = 0; i < length; i++) {
        switch (escpos_status_byte(&printer->status, bytes[i], printer->asked)) {
        case ESCPOS_ANSWER:
            printer->asked = 0;
            if (++printer->round > escpos_queries(&printer->status))
                end_round(port, true);
            break;
        case ESCPOS_AUTOMATIC:
            take_change(port);
            break;
        case ESCPOS_NOTHING:
            break;
        }
    }
    printer_go_on(port);
}

static void timer(struct usb_port *port) {
    struct printer *printer = usb_port_state(port);
    if (printer->asked) {
        printer->asked = 0;
        end_round(port, false);
    } else {
        begin_round(printer);
    }
    printer_go_on(port);
}

static bool print(struct usb_port *port, uint32_t job, const struct print_doc *doc) {
    struct printer *printer = usb_port_state(port);
    const struct driver_binding *binding = usb_port_binding(port);
    const struct escpos_head head = {.dots = binding->head_dots ? binding->head_dots : HEAD_DOTS,
                                     .gbk_only = binding->gbk_only};
    if (printer->phase)
        return false;
    printer->phase = JOB_CHECK;
    printer->job = job;
    printer->length = escpos_render(doc, &head, &printer->bytes);
    printer->done = 0;
    if (!printer->bytes) {
        finish_job(port, COMPLETED_FAILED);
        return true;
    }
    printer->deadline_ms = usb_now_ms() + usb_port_limits(port)->print_ms;
    begin_round(printer);
    printer_go_on(port);
    return true;
}

static void stop(struct usb_port *port) {
    struct printer *printer = usb_port_state(port);
    if (printer->phase)
        finish_job(port, job_touched(printer) ? COMPLETED_UNKNOWN : COMPLETED_FAILED);
}

const struct usb_driver printer_usb = {.name = "printer-escpos",
                                       .role = ROLE_PRINTER,
                                       .matches = matches,
                                       .match_count = sizeof matches / sizeof *matches,
                                       .state_size = sizeof(struct printer),
                                       .polls = true,
                                       .start = start,
                                       .heard = heard,
                                       .sent = sent,
                                       .answered = answered,
                                       .timer = timer,
                                       .stop = stop,
                                       .print = print};
