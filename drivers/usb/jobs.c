/* Jobs that the main thread gives to the devices: a mailbox, whose every job ends exactly once. */
#include <stdlib.h>
#include <string.h>

#include "drivers/print_doc.h"
#include "drivers/usb/pump.h"

/* A job that no driver has ended yet. */
struct usb_job {
    struct usb_job *next;
    enum { JOB_PRINT, JOB_PROBE, JOB_POS } kind;
    uint32_t id;
    struct pos_request request; /* POS */
    struct print_doc *doc;      /* PRINT */
};

/* A receipt says what a person has: it is not left behind. */
static void usb_job_free(struct usb_job *job) {
    if (job->doc)
        explicit_bzero(job->doc, sizeof *job->doc);
    free(job->doc);
    free(job);
}

static struct usb_job **find_job(struct usb_job **list, int kind, uint32_t id) {
    while (*list && ((int)(*list)->kind != kind || (*list)->id != id))
        list = &(*list)->next;
    return list;
}

void usb_jobs_pass_on(void *pump, const struct driver_event *event) {
    struct usb *usb = pump;
    struct usb_job **ended = NULL;
    if (event->kind == DRIVER_PRINTED)
        ended = find_job(&usb->active, JOB_PRINT, event->of.printed.job);
    else if (event->kind == DRIVER_PROBED)
        ended = find_job(&usb->active, JOB_PROBE, event->of.probe.id);
    else if (event->kind == DRIVER_POS_DONE)
        ended = find_job(&usb->active, JOB_POS, event->of.pos.id);
    if (ended && *ended) {
        struct usb_job *job = *ended;
        *ended = job->next;
        usb_job_free(job);
    }
    usb->post(usb->context, event);
}

static void put_last(struct usb_job **list, struct usb_job *job) {
    while (*list)
        list = &(*list)->next;
    *list = job;
}

static void end_unstarted(struct usb *usb, struct usb_job *job, enum driver_completion completion) {
    struct driver_event event = {.mono_ms = usb_now_ms()};
    if (job->kind == JOB_PRINT) {
        event.kind = DRIVER_PRINTED;
        event.role = ROLE_PRINTER;
        event.of.printed.job = job->id;
        event.of.printed.completion = completion;
    } else if (job->kind == JOB_PROBE) {
        event.kind = DRIVER_PROBED;
        event.role = ROLE_PRINTER;
        event.of.probe.id = job->id;
    } else {
        event.kind = DRIVER_POS_DONE;
        event.role = ROLE_PINPAD;
        event.of.pos.id = job->id;
        event.of.pos.completion = completion;
    }
    usb_job_free(job);
    usb->post(usb->context, &event);
}

static bool is_pinpad_of(const struct usb_port *port, const struct pos_request *request) {
    int wanted = request->pos_no == 0 ? 1 : request->pos_no;
    return port->driver->pos && usb_pos_no(port->binding) == wanted;
}

/* The device for a job: the best printer, the first of equals, but always the first pinpad of its
 * number. Only the pinpad that made a sale can be asked about it; another one would say that there
 * was none. */
static struct usb_port *port_for(struct usb *usb, const struct usb_job *job) {
    struct usb_port *best = NULL;
    for (int i = 0; i < usb->port_count; i++) {
        struct usb_port *port = &usb->ports[i];
        bool runs = port->state == USB_PORT_RUNNING;
        if (job->kind == JOB_POS && is_pinpad_of(port, &job->request))
            return runs ? port : NULL;
        if (job->kind != JOB_POS && port->driver->print && runs &&
            (!best || usb_rank(port->status.device) > usb_rank(best->status.device)))
            best = port;
    }
    return best;
}

static bool give_job(struct usb_port *port, const struct usb_job *job) {
    switch (job->kind) {
    case JOB_PRINT:
        return port->driver->print(port, job->id, job->doc);
    case JOB_PROBE:
        return port->driver->probe(port, job->id);
    case JOB_POS:
        break;
    }
    return port->driver->pos(port, &job->request);
}

/* Gives a job to its driver; true when it waits no longer. */
static bool start_job(struct usb *usb, struct usb_job *job) {
    struct usb_port *port = port_for(usb, job);
    if (!port) {
        end_unstarted(usb, job, COMPLETED_FAILED);
        return true;
    }
    /* In the list before it starts: the driver may end it before it returns. */
    job->next = usb->active;
    usb->active = job;
    bool started = give_job(port, job);
    if (!started)
        usb->active = job->next;
    return started;
}

static bool is_pos(const struct usb_job *job, enum pos_operation operation) {
    return job->kind == JOB_POS && job->request.operation == operation;
}

/* A cancel whose sale still waits in the queue: both end, and nothing of either is sent. */
static bool cancel_queued(struct usb *usb, struct usb_job **queue, struct usb_job *cancel) {
    if (!is_pos(cancel, POS_CANCEL))
        return false;
    while (*queue && !(is_pos(*queue, POS_SALE) &&
                       strcmp((*queue)->request.order_no, cancel->request.order_no) == 0))
        queue = &(*queue)->next;
    struct usb_job *sale = *queue;
    if (!sale)
        return false;
    *queue = sale->next;
    end_unstarted(usb, sale, COMPLETED_FAILED);
    end_unstarted(usb, cancel, COMPLETED_FAILED);
    return true;
}

void usb_jobs_run(struct usb *usb) {
    pthread_mutex_lock(&usb->lock);
    struct usb_job *fresh = usb->mailbox;
    usb->mailbox = NULL;
    pthread_mutex_unlock(&usb->lock);
    put_last(&usb->waiting, fresh);

    struct usb_job *jobs = usb->waiting, *kept = NULL;
    usb->waiting = NULL;
    while (jobs) {
        struct usb_job *job = jobs;
        jobs = job->next;
        job->next = NULL;
        if (!cancel_queued(usb, &kept, job) && !start_job(usb, job)) {
            job->next = NULL;
            put_last(&kept, job);
        }
    }
    usb->waiting = kept;
}

void usb_jobs_end(struct usb *usb) {
    pthread_mutex_lock(&usb->lock);
    put_last(&usb->waiting, usb->mailbox);
    usb->mailbox = NULL;
    pthread_mutex_unlock(&usb->lock);
    while (usb->waiting) {
        struct usb_job *job = usb->waiting;
        usb->waiting = job->next;
        end_unstarted(usb, job, COMPLETED_CANCELLED);
    }
}

/* --- what main asks for -----------------------------------------------------------------------
 */

static void mail_job(struct usb *usb, struct usb_job *job) {
    pthread_mutex_lock(&usb->lock);
    put_last(&usb->mailbox, job);
    pthread_mutex_unlock(&usb->lock);
    libusb_interrupt_event_handler(usb->host.context);
}

/* A completion was promised: without memory there is nothing to go on with. */
static void *allocate(size_t size) {
    void *bytes = calloc(1, size);
    if (!bytes)
        abort();
    return bytes;
}

void usb_print(struct usb *usb, uint32_t id, const struct print_doc *doc) {
    struct usb_job *job = allocate(sizeof *job);
    job->kind = JOB_PRINT;
    job->id = id;
    job->doc = allocate(sizeof *doc);
    *job->doc = *doc;
    mail_job(usb, job);
}

void usb_probe(struct usb *usb, uint32_t id) {
    struct usb_job *job = allocate(sizeof *job);
    job->kind = JOB_PROBE;
    job->id = id;
    mail_job(usb, job);
}

void usb_pos(struct usb *usb, const struct pos_request *request) {
    struct usb_job *job = allocate(sizeof *job);
    job->kind = JOB_POS;
    job->id = request->id;
    job->request = *request;
    mail_job(usb, job);
}
