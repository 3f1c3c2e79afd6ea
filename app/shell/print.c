#include "app/shell/print.h"

#include <string.h>

#include "app/base/clock.h"
#include "app/base/log.h"
#include "app/core/about.h"
#include "app/shell/now.h"

static enum print_outcome print_outcome(enum driver_completion completion) {
    switch (completion) {
    case COMPLETED_OK:
        return PRINT_DONE;
    case COMPLETED_FAILED:
    case COMPLETED_CANCELLED:
        return PRINT_FAILED;
    case COMPLETED_UNKNOWN:
        return PRINT_UNKNOWN;
    }
    return PRINT_UNKNOWN;
}

/* The job with this number (0: a free one), or NULL. */
static struct print_job *find_print_job(struct print *print, uint32_t number) {
    for (int i = 0; i < PRINT_JOBS_MAX; i++)
        if (print->jobs[i].number == number)
            return &print->jobs[i];
    return NULL;
}

static void print_deliver(void *owner, void *payload, struct delivery *out) {
    struct print *print = owner;
    const struct event_printed *printed = payload;
    struct print_job *job = printed->job != 0 ? find_print_job(print, printed->job) : NULL;
    if (job != NULL && print->pump != NULL)
        journal_pump_print_outcome(print->pump, job->order_no, job->reprint, (int)printed->outcome,
                                   clock_wall_ms());
    if (job != NULL)
        *job = (struct print_job){.number = 0};
    out->event.kind = EVENT_PRINTED;
    out->event.of.printed = *printed;
}

static const struct inbox_kind print_kind = {print_deliver, NULL};

static void post_printed(struct print *print, uint32_t number, enum driver_completion completion) {
    struct event_printed printed = {number, print_outcome(completion)};
    inbox_post(print->inbox, &print_kind, print, &printed, sizeof printed);
}

void print_take(struct print *print, const struct driver_event *printed) {
    post_printed(print, printed->of.printed.job, printed->of.printed.completion);
}

static const char *receipt_word(const void *ui, enum language language, const char *key) {
    return ui_word(ui, language == LANGUAGE_EN ? VIEW_EN : VIEW_ZH, key);
}

static struct receipt_source receipt_source_of(const struct print *print) {
    return (struct receipt_source){.site = print->site,
                                   .now = shell_now(),
                                   .language = core_language(print->core),
                                   .text = receipt_word,
                                   .words = print->ui};
}

static void compose_receipt(struct print *print, const struct effect *effect) {
    const struct order *order = &print->core->book.orders[effect->to.index];
    struct receipt_source source = receipt_source_of(print);
    source.order = order;
    source.session = core_session_at(print->core, order);
    source.reprint = effect->of.print.reprint;
    receipt_compose(&source, &print->receipt);
}

void print_receipt(struct print *print, const struct effect *effect) {
    ENSURE(inbox_reserve(print->inbox));
    struct print_job *job = find_print_job(print, 0);
    if (job == NULL || print->usb == NULL) {
        log_write(LOG_WARNING, "print", "a receipt was not given to the printer");
        post_printed(print, effect->number, COMPLETED_FAILED);
        return;
    }
    *job = (struct print_job){.number = effect->number, .reprint = effect->of.print.reprint};
    memcpy(job->order_no, print->core->book.orders[effect->to.index].no, sizeof job->order_no);
    compose_receipt(print, effect);
    usb_print(print->usb, effect->number, &print->receipt);
    explicit_bzero(&print->receipt, sizeof print->receipt);
}

void print_slip(struct print *print, const struct effect *effect) {
    ENSURE(inbox_reserve(print->inbox));
    if (print->usb == NULL) {
        log_write(LOG_WARNING, "print", "the slip of a shift was not given to the printer");
        post_printed(print, effect->number, COMPLETED_FAILED);
        return;
    }
    struct receipt_source source = receipt_source_of(print);
    receipt_compose_shift(&source, &print->core->window.ended, &print->receipt);
    usb_print(print->usb, effect->number, &print->receipt);
}

void print_drawer(struct print *print, const struct effect *effect) {
    if (!print->drawer || print->usb == NULL) {
        log_write(LOG_INFO, "print", "no drawer is set up: it is opened by hand");
        return;
    }
    ENSURE(inbox_reserve(print->inbox));
    print->receipt = (struct print_doc){.count = 1, .items = {{.kind = PRINT_DRAWER}}};
    usb_print(print->usb, effect->number, &print->receipt);
}
