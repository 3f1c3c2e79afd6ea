/* The way out: what the core asked for, in its order, before the next event. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/base/clock.h"
#include "app/base/log.h"
#include "app/receipt/receipt.h"
#include "app/shell/now.h"
#include "app/shell/parts.h"
#include "app/shell/pinpad.h"
#include "app/shell/staff.h"

static void persist(struct loop *loop, const struct effect *effect, const struct part_note *notes,
                    const char *evidence) {
    ENSURE(queue_reserve(loop->inbox));
    if (loop->journal_pump == NULL) {
        inbox_take_journal(loop, effect->number, JOURNAL_IO);
        return;
    }
    struct journal_write write = {.order = &loop->core.book.orders[effect->slot],
                                  .notes = notes,
                                  .note_count = effect->of.persist.count,
                                  .wall_ms = clock_wall_ms(),
                                  .evidence = evidence};
    for (int i = 0; i < write.note_count; i++)
        log_write(LOG_INFO, "order", "%s %s", write.order->no, note_name((enum note)notes[i].note));
    journal_pump_write(loop->journal_pump, effect->number, &write);
}

static void send(struct loop *loop, const struct effect *effect) {
    if (records_serve(effect)) {
        records_send(loop, effect);
        return;
    }
    bool of_order = effect->slot != SLOT_SESSION && effect->leg != PART_NONE;
    if (of_order && pinpad_serves(&loop->core.book.orders[effect->slot], effect))
        pinpad_send(loop, effect);
    else
        exchange_send(loop, effect);
}

static void arm(struct loop *loop, const struct effect *effect) {
    static const uint32_t roles[] = {
        [ARM_NONE] = 0,
        [ARM_IDENTIFY] = 1u << ROLE_SCANNER | 1u << ROLE_ID_READER | 1u << ROLE_CARD_READER,
        [ARM_PAY_CODE] = 1u << ROLE_SCANNER,
    };
    if (loop->usb != NULL)
        usb_arm(loop->usb, roles[effect->of.arm.arm]);
}

static struct print_job *free_job(struct loop *loop) {
    for (int i = 0; i < PRINT_JOBS_MAX; i++)
        if (loop->print_jobs[i].job == 0)
            return &loop->print_jobs[i];
    return NULL;
}

static struct print_head head_of(const struct config *config) {
    const struct settings_devices *devices = settings_devices(config);
    for (int i = 0; i < devices->count; i++) {
        const struct driver_binding *binding = &devices->items[i];
        if (binding->role == ROLE_PRINTER)
            return (struct print_head){.dots = binding->head_dots, .gbk_only = binding->gbk_only};
    }
    return (struct print_head){.dots = 576};
}

static const char *word(const void *ui, enum language language, const char *key) {
    return ui_word(ui, language == LANGUAGE_EN ? VIEW_EN : VIEW_ZH, key);
}

static struct receipt_site receipt_site_of(const struct loop *loop) {
    const struct settings *settings = settings_of(loop->config);
    return (struct receipt_site){.title = settings->receipt.title,
                                 .footer = settings->receipt.footer,
                                 .hospital_name = loop->site.hospital_name,
                                 .terminal_no = loop->site.terminal_no};
}

static void render(struct loop *loop, const struct effect *effect, uint8_t **bytes,
                   size_t *length) {
    const struct order *order = &loop->core.book.orders[effect->slot];
    bool visit = strcmp(order->no, loop->core.session.payment.order_no) == 0;
    struct receipt_source source = {.order = order,
                                    .session = visit ? &loop->core.session : NULL,
                                    .site = receipt_site_of(loop),
                                    .now = shell_now(),
                                    .language = loop->core.session.language,
                                    .reprint = effect->of.print.reprint,
                                    .text = word,
                                    .words = loop->ui};
    struct print_head head = head_of(loop->config);
    receipt_compose(&source, &loop->receipt);
    *length = escpos_render(&loop->receipt, &head, bytes);
    explicit_bzero(&loop->receipt, sizeof loop->receipt);
}

static void print(struct loop *loop, const struct effect *effect) {
    ENSURE(queue_reserve(loop->inbox));
    struct print_job *job = free_job(loop);
    uint8_t *bytes = NULL;
    size_t length = 0;
    if (job != NULL && loop->usb != NULL)
        render(loop, effect, &bytes, &length);
    if (bytes == NULL) {
        log_write(LOG_WARNING, "print", "a receipt was not given to the printer");
        struct driver_event failed = {
            .kind = DRIVER_PRINTED,
            .of.printed = {.job = effect->number, .completion = COMPLETED_FAILED}};
        inbox_take_driver(loop, &failed);
        return;
    }
    job->job = effect->number;
    job->reprint = effect->of.print.reprint;
    memcpy(job->order_no, loop->core.book.orders[effect->slot].no, sizeof job->order_no);
    usb_print(loop->usb, effect->number, bytes, length);
    explicit_bzero(bytes, length);
    free(bytes);
}

static void say(const struct effect *effect) {
    switch (effect->of.log.word) {
    case LOG_STALE_ANSWER:
        log_write(LOG_INFO, "core", "an answer nobody waits for any more");
        return;
    case LOG_ORDERS_FULL:
        log_write(LOG_WARNING, "core", "as many open orders as there can be: no new payment");
        return;
    case LOG_UNEXPECTED:
        log_write(LOG_WARNING, "core", "an event this state does not know");
        return;
    case LOG_STAFF_QUIT:
        log_write(LOG_INFO, "staff", "shut down at the panel");
        return;
    }
    ENSURE(!"a log word without words");
}

static void run_one(struct loop *loop, const struct effects *effects, const struct effect *effect,
                    const char *evidence) {
    switch (effect->kind) {
    case EFFECT_PERSIST:
        persist(loop, effect, &effects->notes[effect->of.persist.first], evidence);
        return;
    case EFFECT_SEND:
        send(loop, effect);
        return;
    case EFFECT_ARM:
        arm(loop, effect);
        return;
    case EFFECT_PRINT:
        print(loop, effect);
        return;
    case EFFECT_WIPE:
        documents_sweep(&loop->documents, &loop->core.session);
        return;
    case EFFECT_LOG:
        say(effect);
        return;
    case EFFECT_STAFF:
        staff_ask(loop, effect);
        return;
    case EFFECT_REPLY:
        answering_reply(loop);
        return;
    case EFFECT_QUIT:
        loop->quit = true;
        return;
    case EFFECT_COUNT:
        break;
    }
    ENSURE(!"an effect without an act");
}

void effects_run(struct loop *loop, const struct effects *effects, const char *evidence) {
    for (int i = 0; i < effects->count; i++)
        run_one(loop, effects, &effects->items[i], evidence);
}
