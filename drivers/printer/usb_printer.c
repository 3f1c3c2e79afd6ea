/* An ESC/POS printer of the USB printer class. Its state is asked with DLE EOT 1 to 4 and told by
 * automatic status, and what holds its ticket by the model's own question (rounds.c); a job ends
 * with a question of its own (job.c). No answer is "unknown", never "ok". */
#include <stdio.h>
#include <string.h>

#include "drivers/printer/presenter.h"
#include "drivers/printer/printer.h"

#define DEVICE_ID_MAX 512

static const struct usb_match matches[] = {{0, 0, 7, 1, USB_ANY, false}};

void printer_show(struct usb_port *port, bool answers) {
    struct printer *printer = usb_port_state(port);
    struct driver_status words = {.detail = "does not answer"};
    if (answers)
        escpos_words(escpos_troubles(&printer->status), &words);
    usb_port_status(port, words.device, words.supply, words.media,
                    *words.detail ? words.detail : printer->id.model);
}

bool printer_send(struct usb_port *port, enum printer_sending what, const uint8_t *bytes,
                  size_t length) {
    struct printer *printer = usb_port_state(port);
    printer->sending = what;
    if (usb_port_send(port, bytes, length, usb_port_limits(port)->transfer_ms))
        return true;
    printer->sending = SENDING_NOTHING;
    return false;
}

bool printer_order(struct usb_port *port, enum printer_sending what, const uint8_t *bytes,
                   size_t length) {
    struct printer *printer = usb_port_state(port);
    memmove(printer->order, bytes, length);
    printer->order_length = length;
    return printer_send(port, what, printer->order, length);
}

/* Of a command that was taken in part the rest goes before all else: what follows would be read as
 * its end. One that was not taken at all was not said. */
static void keep_rest(struct printer *printer, size_t taken) {
    size_t left = taken > 0 && taken < printer->order_length ? printer->order_length - taken : 0;
    memmove(printer->order, printer->order + taken, left);
    printer->order_length = left;
}

/* Until there is something to do although nothing came. */
static int printer_wait_ms(struct usb_port *port) {
    const struct printer *printer = usb_port_state(port);
    int wait = printer->job.phase ? printer_job_wait_ms(printer) : usb_port_limits(port)->poll_ms;
    int clear = printer_clear_wait_ms(printer);
    return clear > 0 && clear < wait ? clear : wait;
}

void printer_go_on(struct usb_port *port) {
    struct printer *printer = usb_port_state(port);
    struct printer_round *round = &printer->round;
    if (printer->sending != SENDING_NOTHING || round->asked || round->asks_class)
        return;
    if (printer->order_length > 0)
        printer_order(port, SENDING_ORDER, printer->order, printer->order_length);
    else if (printer_probe_under_way(printer))
        printer_probe_go_on(port);
    else if (printer->clearing.step == CLEARING_SEND)
        printer_clear_send_chunk(port);
    else if (printer->job.phase == JOB_SEND)
        printer_job_send_chunk(port);
    else if (round->query && printer->clearing.step != CLEARING_ORDER)
        printer_send_query(port);
    else
        usb_port_timer(port, printer_wait_ms(port));
}

static void start(struct usb_port *port) {
    usb_port_status(port, DEVICE_UNKNOWN, SUPPLY_UNKNOWN, MEDIA_UNKNOWN, "asking");
    usb_port_control(port, TAG_DEVICE_ID, 0xa1, 0, 0, (uint16_t)(usb_port_interface(port) << 8),
                     NULL, DEVICE_ID_MAX);
}

/* What the table knows of it, and the configuration knows better. */
static void take_printer_model(struct usb_port *port) {
    struct printer *printer = usb_port_state(port);
    const struct printer_model *row = printer_model_of(&printer->id);
    printer->identified = true;
    printer->known = printer_model_known(row);
    printer->model = printer_model_with(row, usb_port_binding(port));
    escpos_status_begin(&printer->status, presenter_of(printer->model.presenter),
                        printer->model.queries);
    printer_clear_init(port);
}

/* False: it is closed. The id decides before the first byte is sent, since another printer would
 * put it on paper. One that says ESC/POS or is in the table ranks before one that says nothing. */
static bool take_printer_id(struct usb_port *port, const uint8_t *bytes, int length) {
    struct printer *printer = usb_port_state(port);
    char reason[DRIVER_DETAIL_SIZE];
    printer_id_parse(bytes, length > 0 ? (size_t)length : 0, &printer->id);
    bool known = printer_model_known(printer_model_of(&printer->id));
    if (known || printer_id_may_be_escpos(&printer->id))
        return usb_port_mine(port, known || printer->id.commands[0] != '\0');
    snprintf(reason, sizeof reason, "speaks %s, not ESC/POS", printer->id.commands);
    return !usb_port_not_mine(port, reason);
}

static void order_to_watch(struct usb_port *port) {
    uint8_t order[ESCPOS_QUESTION_MAX];
    size_t length = escpos_watch(order);
    printer_order(port, SENDING_ORDER, order, length);
}

static void answered(struct usb_port *port, int tag, const uint8_t *bytes, int length) {
    struct printer *printer = usb_port_state(port);
    if (tag == TAG_PORT_STATUS) {
        printer_class_answered(port, length == 1, length == 1 ? bytes[0] : 0);
    } else {
        if (!take_printer_id(port, bytes, length))
            return;
        take_printer_model(port);
        if (printer->model.automatic)
            order_to_watch(port);
        printer_begin_round(printer);
    }
    printer_go_on(port);
}

static void sent(struct usb_port *port, size_t length) {
    struct printer *printer = usb_port_state(port);
    enum printer_sending what = printer->sending;
    printer->sending = SENDING_NOTHING;
    if (what == SENDING_CHUNK)
        printer_job_sent(port, length);
    else if (what == SENDING_CLEARING)
        printer_clear_sent(port, length);
    else
        keep_rest(printer, length);
    printer_go_on(port);
}

/* A byte that ended something. */
static void take_heard(struct usb_port *port, enum escpos_heard heard) {
    struct printer *printer = usb_port_state(port);
    if (printer_probe_under_way(printer)) {
        printer_probe_hear(port, heard);
        return;
    }
    switch (heard) {
    case ESCPOS_ANSWER:
        printer_query_answered(port);
        break;
    case ESCPOS_AUTOMATIC:
        printer_show(port, true);
        printer_job_hear_change(port);
        break;
    case ESCPOS_PROCESS_ID:
        printer_job_hear_process_id(port, escpos_answered_id(&printer->status));
        break;
    case ESCPOS_SENSOR:
        printer_clear_hear_sensor(port);
        printer_job_hear_sensor(port, escpos_sensor_says_out(&printer->status));
        break;
    case ESCPOS_CLEARED:
        printer_clear_hear_cleared(port);
        break;
    case ESCPOS_NOTHING:
        break;
    }
}

static void heard(struct usb_port *port, const uint8_t *bytes, size_t length) {
    struct printer *printer = usb_port_state(port);
    for (size_t i = 0; i < length; i++) {
        bool probes = printer_probe_under_way(printer);
        int asked = probes ? printer_probe_asked(printer) : printer->round.asked;
        take_heard(port, escpos_status_byte(&printer->status, bytes[i], asked));
    }
    printer_go_on(port);
}

static void timer(struct usb_port *port) {
    struct printer *printer = usb_port_state(port);
    printer_clear_tick(port);
    if (printer_probe_under_way(printer))
        printer_probe_tick(port);
    else if (printer->round.asked)
        printer_query_missed(port);
    else
        printer_begin_round(printer);
    printer_go_on(port);
}

static void stop(struct usb_port *port) {
    printer_probe_stop(port);
    printer_job_stop(port);
}

const struct usb_driver printer_usb = {.name = "printer-escpos",
                                       .role = ROLE_PRINTER,
                                       .matches = matches,
                                       .match_count = sizeof matches / sizeof *matches,
                                       .state_size = sizeof(struct printer),
                                       .proves = true,
                                       .polls = true,
                                       .start = start,
                                       .heard = heard,
                                       .sent = sent,
                                       .answered = answered,
                                       .timer = timer,
                                       .stop = stop,
                                       .print = printer_job_begin,
                                       .probe = printer_probe_begin};
