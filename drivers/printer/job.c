/* One receipt: how does it stand, its bytes, is it on paper? Printed is only what the printer says
 * is printed, in answer to the question at the end of the job, whose turn comes when everything
 * before it is on paper. Bytes that were taken prove nothing, nor does an answer that passes them.
 */
#include <stdlib.h>
#include <string.h>

#include "drivers/printer/printer.h"

#define CONFIRM_MS 200 /* between rounds while a job waits for its answer */
#define FIRST_ID_SPAN                                                                              \
    1000000 /* so that a process does not begin with the ids of the one before                     \
             */

static bool past_deadline(const struct printer *printer) {
    return usb_now_ms() >= printer->job.deadline_ms;
}

/* Some of the job may be on paper. */
static bool job_touched(const struct printer *printer) {
    return printer->job.done > 0 || printer->sending == SENDING_CHUNK;
}

static void free_sheet(struct escpos_bytes *sheet) {
    if (sheet->bytes)
        explicit_bzero(sheet->bytes, sheet->length);
    free(sheet->bytes);
    *sheet = (struct escpos_bytes){0};
}

/* Its end is posted. */
static void end_job(struct usb_port *port, enum driver_completion completion) {
    struct printer *printer = usb_port_state(port);
    struct driver_event event = {.kind = DRIVER_PRINTED};
    event.of.printed.job = printer->job.number;
    event.of.printed.completion = completion;
    printer->status.sensor_due = false;
    free_sheet(&printer->job.sheet);
    printer->job = (struct printer_job){.phase = JOB_NONE};
    usb_port_post(port, &event);
    printer_begin_round(printer); /* how it stands now: a presenter holds the ticket */
}

void printer_job_give_up(struct usb_port *port, enum driver_completion completion) {
    printer_clear_job_ended(port, true);
    end_job(port, completion);
}

/* All of it was taken, and nothing is known to have gone wrong. */
static void end_whole_job(struct usb_port *port, enum driver_completion completion) {
    printer_clear_job_ended(port, false);
    end_job(port, completion);
}

/* --- its bytes ------------------------------------------------------------------------------ */

static size_t ask_at_end(struct usb_port *port, uint8_t out[ESCPOS_QUESTION_MAX]) {
    struct printer *printer = usb_port_state(port);
    int from = (int)(usb_now_ms() % FIRST_ID_SPAN);
    switch (printer->model.question) {
    case DRIVER_ASKS_PROCESS_ID:
        escpos_process_id(usb_port_next_number(port, from), printer->job.process_id);
        return escpos_ask_process_id(printer->job.process_id, out);
    case DRIVER_ASKS_PAPER_SENSOR:
        return escpos_ask_paper_sensor(out);
    case DRIVER_ASKS_BY_MODEL:
    case DRIVER_ASKS_NOTHING:
        break;
    }
    return 0;
}

/* The document's own reset may have switched the automatic status off. */
static size_t put_end(struct usb_port *port, uint8_t *out) {
    struct printer *printer = usb_port_state(port);
    size_t length = 0;
    if (printer->model.automatic)
        length = escpos_watch(out);
    return length + ask_at_end(port, out + length);
}

static bool render_job(struct usb_port *port, const struct print_doc *doc) {
    struct printer *printer = usb_port_state(port);
    struct escpos_bytes *sheet = &printer->job.sheet;
    const struct escpos_head head = {.dots = printer->model.dots,
                                     .columns = printer->model.columns,
                                     .gbk_only = printer->model.gbk_only,
                                     .raster_qr = printer->model.raster_qr,
                                     .no_cutter = !printer->model.cutter};
    uint8_t end[2 * ESCPOS_QUESTION_MAX];
    if (!escpos_render(doc, &head, sheet))
        return false;
    size_t length = put_end(port, end);
    uint8_t *grown = realloc(sheet->bytes, sheet->length + length);
    if (!grown)
        return false;
    memcpy(grown + sheet->length, end, length);
    sheet->bytes = grown;
    sheet->length += length;
    return true;
}

bool printer_job_begin(struct usb_port *port, uint32_t number, const struct print_doc *doc) {
    struct printer *printer = usb_port_state(port);
    if (printer->job.phase || printer_probe_under_way(printer))
        return false;
    printer->job =
        (struct printer_job){.phase = JOB_CHECK,
                             .number = number,
                             .deadline_ms = usb_now_ms() + usb_port_limits(port)->print_ms};
    if (!render_job(port, doc)) {
        end_job(port, COMPLETED_FAILED);
        return true;
    }
    printer_begin_round(printer);
    printer_go_on(port);
    return true;
}

static void begin_sending(struct usb_port *port) {
    struct printer *printer = usb_port_state(port);
    struct printer_job *job = &printer->job;
    int moves_ms = escpos_mechanical_ms(job->sheet.rows, printer->model.speed_mm_s);
    printer_clear_job_begins(port);
    job->phase = JOB_SEND;
    job->due_ms = usb_now_ms() + moves_ms;
    job->deadline_ms = job->due_ms + usb_port_limits(port)->print_ms;
}

/* Nothing may come between the bytes of a command: a chunk ends where one does. */
void printer_job_send_chunk(struct usb_port *port) {
    struct printer *printer = usb_port_state(port);
    struct printer_job *job = &printer->job;
    size_t left = job->sheet.length - job->done;
    if (job->chunk_end == job->done)
        job->chunk_end += escpos_whole(job->sheet.bytes + job->done, left, ESCPOS_COMMAND_MAX);
    job->question_left = job->chunk_end == job->sheet.length;
    printer->status.sensor_due =
        job->question_left && printer->model.question == DRIVER_ASKS_PAPER_SENSOR;
    printer_send(port, SENDING_CHUNK, job->sheet.bytes + job->done, job->chunk_end - job->done);
}

static void begin_confirming(struct usb_port *port) {
    struct printer *printer = usb_port_state(port);
    int64_t cut_ms = usb_now_ms() + escpos_mechanical_ms(0, printer->model.speed_mm_s);
    printer->job.phase = JOB_CONFIRM;
    if (printer->job.due_ms < cut_ms) /* it took its bytes slowly: what is left is the cut */
        printer->job.due_ms = cut_ms;
    printer_begin_round(printer);
}

void printer_job_sent(struct usb_port *port, size_t length) {
    struct printer *printer = usb_port_state(port);
    struct printer_job *job = &printer->job;
    if (job->phase != JOB_SEND)
        return;
    job->done += length;
    if (length > 0)
        usb_port_alive(port);
    if (job->done == job->sheet.length)
        begin_confirming(port);
    else if (past_deadline(printer))
        printer_job_give_up(port, job_touched(printer) ? COMPLETED_UNKNOWN : COMPLETED_FAILED);
    else if (length == 0)
        printer_ask_class(port);
}

/* --- is it on paper? ------------------------------------------------------------------------ */

/* It cannot print, and it has not said that it has: of one that says nothing, who knows? */
static enum driver_completion stopped_completion(const struct printer *printer) {
    bool all_taken = printer->job.phase == JOB_CONFIRM;
    return all_taken && printer->model.question == DRIVER_ASKS_NOTHING ? COMPLETED_UNKNOWN
                                                                       : COMPLETED_FAILED;
}

static void judge_confirming(struct usb_port *port, bool answers) {
    struct printer *printer = usb_port_state(port);
    unsigned passing = ESCPOS_BUSY | ESCPOS_PAPER_LOW | ESCPOS_TICKET;
    bool is_stopped = answers && (escpos_troubles(&printer->status) & ~passing) != 0;
    bool can_tell = answers && printer->model.question != DRIVER_ASKS_NOTHING;
    if (is_stopped)
        printer_job_give_up(port, stopped_completion(printer));
    else if (past_deadline(printer) || (!can_tell && usb_now_ms() >= printer->job.due_ms))
        end_whole_job(port, COMPLETED_UNKNOWN);
}

void printer_job_judge(struct usb_port *port, bool answers) {
    struct printer *printer = usb_port_state(port);
    switch (printer->job.phase) {
    case JOB_CHECK:
        if ((answers && escpos_cannot_print(escpos_troubles(&printer->status))) ||
            past_deadline(printer))
            end_job(port, COMPLETED_FAILED);
        else if (printer_clear_under_way(printer))
            printer_clear_begin(port); /* and another round after it */
        else
            begin_sending(port);
        break;
    case JOB_CONFIRM:
        judge_confirming(port, answers);
        break;
    case JOB_NONE:
    case JOB_SEND:
        break;
    }
}

void printer_job_no_paper(struct usb_port *port) {
    struct printer *printer = usb_port_state(port);
    if (printer->job.phase)
        printer_job_give_up(port, stopped_completion(printer));
}

void printer_job_hear_change(struct usb_port *port) {
    struct printer *printer = usb_port_state(port);
    bool cannot = escpos_cannot_print(escpos_troubles(&printer->status));
    if (printer->job.phase == JOB_SEND && cannot)
        printer_job_give_up(port, COMPLETED_FAILED);
    if (printer->job.phase != JOB_SEND)
        printer_begin_round(printer);
}

void printer_job_hear_process_id(struct usb_port *port, const char id[ESCPOS_PROCESS_ID_SIZE]) {
    struct printer *printer = usb_port_state(port);
    const struct printer_job *job = &printer->job;
    if (job->question_left && printer->model.question == DRIVER_ASKS_PROCESS_ID &&
        memcmp(id, job->process_id, ESCPOS_PROCESS_ID_SIZE) == 0)
        end_whole_job(port, COMPLETED_OK);
}

/* Without paper its turn may have come because the rest was thrown away. */
void printer_job_hear_sensor(struct usb_port *port, bool says_out) {
    const struct printer *printer = usb_port_state(port);
    if (!printer->job.question_left)
        return;
    if (says_out)
        printer_job_give_up(port, COMPLETED_UNKNOWN);
    else
        end_whole_job(port, COMPLETED_OK);
}

void printer_job_stop(struct usb_port *port) {
    struct printer *printer = usb_port_state(port);
    if (printer->job.phase)
        printer_job_give_up(port, job_touched(printer) ? COMPLETED_UNKNOWN : COMPLETED_FAILED);
}

int printer_job_wait_ms(const struct printer *printer) {
    int64_t left = printer->job.due_ms - usb_now_ms();
    return left > 0 && left < CONFIRM_MS ? (int)left : CONFIRM_MS;
}
