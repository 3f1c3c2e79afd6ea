/* How a printer is asked how it stands: DLE EOT after DLE EOT, one answer at a time. A question it
 * does not have is not asked for ever; one that answers none is asked by the class's own request.
 */
#include <string.h>

#include "drivers/printer/printer.h"

#define ANSWER_MS 500 /* devices.md E: longer silence is no answer */
#define MISSES_MAX 2  /* in a row, and no answer: it says nothing at all */
#define MISSED_MAX 3  /* rounds in which others were answered: it does not have this one */
#define CLASS_NO_PAPER 0x20

void printer_begin_round(struct printer *printer) {
    struct printer_round *round = &printer->round;
    if (round->query || round->asked || round->asks_class)
        return;
    round->query = escpos_next_query(&printer->status, 0);
    round->answers = round->misses = 0;
}

void printer_send_query(struct usb_port *port) {
    struct printer *printer = usb_port_state(port);
    struct printer_round *round = &printer->round;
    round->asked = round->query;
    printer_order(port, SENDING_QUERY,
                  (const uint8_t[]){0x10, 0x04, escpos_query_byte(&printer->status, round->asked)},
                  3);
    usb_port_timer(port, ANSWER_MS);
}

/* Where others are answered, the one that never is does not exist. */
static void drop_missing_queries(struct printer *printer) {
    struct printer_round *round = &printer->round;
    for (int query = 1; query <= ESCPOS_OWN_QUERY; query++)
        if (round->missed[query - 1] >= MISSED_MAX)
            escpos_drop_query(&printer->status, query);
}

void printer_ask_class(struct usb_port *port) {
    struct printer *printer = usb_port_state(port);
    printer->round.asks_class = usb_port_control(port, TAG_PORT_STATUS, 0xa1, 1, 0,
                                                 (uint16_t)usb_port_interface(port), NULL, 1);
    if (!printer->round.asks_class)
        printer_class_answered(port, false, 0);
}

static void end_round(struct usb_port *port) {
    struct printer *printer = usb_port_state(port);
    struct printer_round *round = &printer->round;
    round->query = 0;
    if (round->answers == 0) {
        memset(round->missed, 0, sizeof round->missed);
        printer_ask_class(port);
        return;
    }
    drop_missing_queries(printer);
    usb_port_alive(port);
    printer_show(port, true);
    if (!escpos_cannot_print(escpos_troubles(&printer->status)))
        printer_clear_begin(port);
    printer_job_judge(port, true);
}

static void go_round(struct usb_port *port) {
    struct printer *printer = usb_port_state(port);
    struct printer_round *round = &printer->round;
    round->query = escpos_next_query(&printer->status, round->asked);
    round->asked = 0;
    bool says_nothing = round->answers == 0 && round->misses >= MISSES_MAX;
    if (round->query == 0 || says_nothing)
        end_round(port);
}

void printer_query_answered(struct usb_port *port) {
    struct printer *printer = usb_port_state(port);
    struct printer_round *round = &printer->round;
    round->missed[round->asked - 1] = 0;
    round->misses = 0;
    round->answers++;
    go_round(port);
}

void printer_query_missed(struct usb_port *port) {
    struct printer *printer = usb_port_state(port);
    struct printer_round *round = &printer->round;
    round->missed[round->asked - 1]++;
    round->misses++;
    go_round(port);
}

/* A stopped printer whose buffer is full hears nothing: what it said last of itself still holds. */
static bool stopped_unasked(const struct printer *printer) {
    return escpos_cannot_print(printer->status.automatic);
}

void printer_class_answered(struct usb_port *port, bool answered, uint8_t byte) {
    struct printer *printer = usb_port_state(port);
    printer->round.asks_class = false;
    if (answered && byte & CLASS_NO_PAPER) {
        usb_port_alive(port);
        usb_port_status(port, DEVICE_OFFLINE, SUPPLY_OUT, MEDIA_NONE, "paper out");
        printer_job_no_paper(port);
        return;
    }
    if (printer->job.phase == JOB_SEND) /* asked only because its bytes do not get on */
        return;
    printer_show(port, stopped_unasked(printer));
    printer_job_judge(port, stopped_unasked(printer));
}
