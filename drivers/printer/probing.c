/* What a printer answers: each question there is, one after the other, whatever its model should
 * have. For whoever sets it up. */
#include <stdio.h>
#include <string.h>

#include "drivers/printer/presenter.h"
#include "drivers/printer/printer.h"

#define ANSWER_MS 500

/* The questions, in their order: what may be printed as text where it is not known comes last. */
static const struct probe_row {
    unsigned bit;            /* enum driver_probed */
    int query;               /* DLE EOT n, 0: another question */
    enum escpos_heard heard; /* what answers it */
    uint8_t bytes[PRINTER_ORDER_MAX];
    size_t length;
} rows[] = {
    {DRIVER_QUERY(1), 1, ESCPOS_ANSWER, {0x10, 0x04, 1}, 3},
    {DRIVER_QUERY(2), 2, ESCPOS_ANSWER, {0x10, 0x04, 2}, 3},
    {DRIVER_QUERY(3), 3, ESCPOS_ANSWER, {0x10, 0x04, 3}, 3},
    {DRIVER_QUERY(4), 4, ESCPOS_ANSWER, {0x10, 0x04, 4}, 3},
    {DRIVER_PROBED_AUTOMATIC, 0, ESCPOS_AUTOMATIC, {0x1d, 'a', 0, 0x1d, 'a', 0x0e}, 6},
    {DRIVER_PROBED_CLEAR, 0, ESCPOS_CLEARED, {0x10, 0x14, 8, 1, 3, 0x14, 1, 6, 2, 8}, 10},
    {DRIVER_PROBED_PAPER_SENSOR, 0, ESCPOS_SENSOR, {0x1d, 'r', 1}, 3},
    {DRIVER_PROBED_PROCESS_ID,
     0,
     ESCPOS_PROCESS_ID,
     {0x1d, '(', 'H', 6, 0, '0', '0', 'A', 'A', 'A', 'A'},
     11},
};
enum { ROWS = sizeof rows / sizeof *rows };

bool printer_probe_under_way(const struct printer *printer) {
    return printer->probing.id != 0;
}

int printer_probe_asked(const struct printer *printer) {
    return printer_probe_under_way(printer) ? rows[printer->probing.row].query : 0;
}

bool printer_probe_begin(struct usb_port *port, uint32_t id) {
    struct printer *printer = usb_port_state(port);
    const struct printer_round *round = &printer->round;
    if (printer->job.phase || printer->clearing.step > CLEARING_DUE || round->query ||
        round->asked || round->asks_class || !printer->identified)
        return false;
    printer->probing = (struct printer_probing){.id = id};
    printer_go_on(port);
    return true;
}

static struct driver_printer used_settings(const struct printer_model *model) {
    return (struct driver_printer){.columns = model->columns ? model->columns : model->dots / 12,
                                   .speed_mm_s = model->speed_mm_s,
                                   .queries = model->queries,
                                   .automatic_status = model->automatic ? DRIVER_YES : DRIVER_NO,
                                   .raster_qr = model->raster_qr ? DRIVER_YES : DRIVER_NO,
                                   .cutter = model->cutter ? DRIVER_YES : DRIVER_NO,
                                   .question = model->question,
                                   .clear = model->clear};
}

static void end_probe(struct usb_port *port) {
    struct printer *printer = usb_port_state(port);
    struct driver_event event = {.kind = DRIVER_PROBED};
    struct driver_probe *probe = &event.of.probe;
    probe->id = printer->probing.id;
    probe->found = true;
    probe->known = printer->known;
    probe->dots = printer->model.dots;
    probe->used = used_settings(&printer->model);
    probe->answered = printer->probing.answered;
    snprintf(probe->maker, sizeof probe->maker, "%s", printer->id.maker);
    snprintf(probe->model, sizeof probe->model, "%s", printer->id.model);
    snprintf(probe->commands, sizeof probe->commands, "%s", printer->id.commands);
    printer->probing.id = 0;
    /* What was asked beyond its model is not asked again: nothing of it stays. */
    escpos_status_begin(&printer->status, presenter_of(printer->model.presenter),
                        printer->model.queries);
    usb_port_post(port, &event);
    printer_begin_round(printer);
}

void printer_probe_go_on(struct usb_port *port) {
    struct printer *printer = usb_port_state(port);
    struct printer_probing *probing = &printer->probing;
    const struct probe_row *row = &rows[probing->row];
    if (!probing->is_sent) {
        probing->is_sent = true;
        probing->until_ms = usb_now_ms() + ANSWER_MS;
        printer->status.sensor_due = row->heard == ESCPOS_SENSOR;
        printer_order(port, SENDING_ORDER, row->bytes, row->length);
        return;
    }
    int64_t left = probing->until_ms - usb_now_ms();
    usb_port_timer(port, left > 1 ? (int)left : 1);
}

static void ask_next(struct usb_port *port) {
    struct printer_probing *probing = &((struct printer *)usb_port_state(port))->probing;
    probing->is_sent = false;
    if (++probing->row == ROWS)
        end_probe(port);
}

void printer_probe_hear(struct usb_port *port, enum escpos_heard heard) {
    struct printer_probing *probing = &((struct printer *)usb_port_state(port))->probing;
    const struct probe_row *row = &rows[probing->row];
    if (!probing->is_sent || heard != row->heard)
        return;
    probing->answered |= row->bit;
    ask_next(port);
}

void printer_probe_tick(struct usb_port *port) {
    const struct printer *printer = usb_port_state(port);
    if (printer->probing.is_sent && usb_now_ms() >= printer->probing.until_ms)
        ask_next(port);
}

/* The device goes: what was answered is what it says. */
void printer_probe_stop(struct usb_port *port) {
    if (printer_probe_under_way(usb_port_state(port)))
        end_probe(port);
}
