/* What a printer holds of a job that was given up must neither swallow the next one nor be finished
 * by it. Nothing that is sent takes it back for certain (DLE ENQ 2 clears only after an error of
 * the cutter), so it is ended: any command that was begun is filled up, and what hangs in the
 * printer's mouth is cut off, before the first byte of the next job. */
#include <string.h>

#include "drivers/printer/printer.h"

#define CLEARED_MS 500 /* for the answer to DLE DC4 8 */
#define QUIET_MS 300   /* after the answer to GS r: an older one's has come before it */
#define FRESH_MS 1000  /* for that answer of a printer that should have nothing to print */

/* In usb_port_memory: a job was begun and has not come to its end. */
enum { MEMORY_CLEAN = 0, MEMORY_CUT_OFF };

void printer_clear_init(struct usb_port *port) {
    struct printer *printer = usb_port_state(port);
    printer->clearing = (struct printer_clearing){.step = CLEARING_DUE,
                                                  .cut = *usb_port_memory(port) == MEMORY_CUT_OFF};
}

void printer_clear_job_begins(struct usb_port *port) {
    *usb_port_memory(port) = MEMORY_CUT_OFF;
}

void printer_clear_job_ended(struct usb_port *port, bool cut_off) {
    struct printer *printer = usb_port_state(port);
    if (!cut_off)
        *usb_port_memory(port) = MEMORY_CLEAN;
    else if (*usb_port_memory(port) == MEMORY_CUT_OFF)
        printer->clearing = (struct printer_clearing){.step = CLEARING_DUE, .cut = true};
}

bool printer_clear_under_way(const struct printer *printer) {
    return printer->clearing.step != CLEARING_NONE;
}

static void end_clearing(struct usb_port *port) {
    struct printer *printer = usb_port_state(port);
    printer->clearing.step = CLEARING_NONE;
    printer->status.sensor_due = false;
    *usb_port_memory(port) = MEMORY_CLEAN;
    printer_begin_round(printer);
}

static void begin_bytes(struct printer *printer) {
    struct printer_clearing *clearing = &printer->clearing;
    const struct escpos_head head = {.no_cutter = !printer->model.cutter};
    clearing->step = CLEARING_SEND;
    clearing->done = 0;
    clearing->length = escpos_clear(&head, clearing->cut, clearing->bytes);
    if (printer->model.automatic)
        clearing->length += escpos_watch(clearing->bytes + clearing->length);
    if (printer->model.question == DRIVER_ASKS_PAPER_SENSOR)
        clearing->length += escpos_ask_paper_sensor(clearing->bytes + clearing->length);
}

/* Where the model has an order for it, the rest of a job that was cut off is thrown away first. Of
 * a printer that has just come nobody knows whether what it holds is half a receipt or a whole one.
 */
void printer_clear_begin(struct usb_port *port) {
    static const uint8_t dle_dc4[] = {0x10, 0x14, 8, 1, 3, 0x14, 1, 6, 2, 8};
    static const uint8_t dle_enq[] = {0x10, 0x05, 2};
    struct printer *printer = usb_port_state(port);
    struct printer_clearing *clearing = &printer->clearing;
    if (clearing->step != CLEARING_DUE)
        return;
    if (!clearing->cut || printer->model.clear == DRIVER_CLEAR_NONE) {
        begin_bytes(printer);
        return;
    }
    bool answers = printer->model.clear == DRIVER_CLEAR_DLE_DC4;
    clearing->step = CLEARING_ORDER;
    clearing->until_ms = usb_now_ms() + (answers ? CLEARED_MS : 0);
    printer_order(port, SENDING_ORDER, answers ? dle_dc4 : dle_enq,
                  answers ? sizeof dle_dc4 : sizeof dle_enq);
}

void printer_clear_hear_cleared(struct usb_port *port) {
    struct printer *printer = usb_port_state(port);
    if (printer->clearing.step == CLEARING_ORDER)
        begin_bytes(printer);
}

void printer_clear_send_chunk(struct usb_port *port) {
    struct printer_clearing *clearing = &((struct printer *)usb_port_state(port))->clearing;
    size_t left = clearing->length - clearing->done;
    printer_send(port, SENDING_CLEARING, clearing->bytes + clearing->done,
                 left < ESCPOS_COMMAND_MAX ? left : ESCPOS_COMMAND_MAX);
}

/* The answer to GS r names nothing: one that an older job asked for may still come. Ours is behind
 * it, and after ours comes none. */
static void begin_settling(struct usb_port *port) {
    struct printer *printer = usb_port_state(port);
    struct printer_clearing *clearing = &printer->clearing;
    /* A job that waits for it has as long again. */
    int most_ms = clearing->cut ? usb_port_limits(port)->print_ms / 2 : FRESH_MS;
    clearing->step = CLEARING_SETTLE;
    clearing->until_ms = usb_now_ms() + most_ms;
    printer->status.sensor_due = true;
}

void printer_clear_hear_sensor(struct usb_port *port) {
    struct printer *printer = usb_port_state(port);
    if (printer->clearing.step != CLEARING_SETTLE)
        return;
    printer->clearing.until_ms = usb_now_ms() + QUIET_MS;
    printer->status.sensor_due = true;
}

void printer_clear_sent(struct usb_port *port, size_t length) {
    struct printer *printer = usb_port_state(port);
    struct printer_clearing *clearing = &printer->clearing;
    if (clearing->step != CLEARING_SEND)
        return;
    clearing->done += length;
    if (length == 0) { /* it has stopped again: all of it once more when it can */
        clearing->step = CLEARING_DUE;
        printer_begin_round(printer);
    } else if (clearing->done == clearing->length) {
        usb_port_alive(port);
        if (printer->model.question == DRIVER_ASKS_PAPER_SENSOR)
            begin_settling(port);
        else
            end_clearing(port);
    }
}

int printer_clear_wait_ms(const struct printer *printer) {
    const struct printer_clearing *clearing = &printer->clearing;
    int64_t left = clearing->until_ms - usb_now_ms();
    if (clearing->step != CLEARING_ORDER && clearing->step != CLEARING_SETTLE)
        return 0;
    return left > 1 ? (int)left : 1;
}

void printer_clear_tick(struct usb_port *port) {
    struct printer *printer = usb_port_state(port);
    struct printer_clearing *clearing = &printer->clearing;
    if (usb_now_ms() < clearing->until_ms)
        return;
    if (clearing->step == CLEARING_ORDER)
        begin_bytes(printer);
    else if (clearing->step == CLEARING_SETTLE)
        end_clearing(port);
}
