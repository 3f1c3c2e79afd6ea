/* Who hears what: the visit, the orders by the numbers they wait for, the devices. */
#include "app/core/core.h"
#include "app/core/order/shares.h"

#include <string.h>

#include "app/core/visit/parts.h"
#include "app/core/visit/screens.h"

/* A journal that failed is trusted with another payment after so long: nothing leaves before it is
 * durable, so a try costs the patient a sentence and no money. */
#define JOURNAL_RETRY_MS 60000

const char *core_pay_code(const struct core *core, int slot) {
    return slot >= 0 && slot == core->session.payment.slot ? core->session.payment.pay_code : "";
}

static struct visit visit_of(struct core *core, struct now now, struct effects *out) {
    return (struct visit){&core->setup, &core->terminal, &core->book, &core->session, now, out};
}

struct situation core_situation(const struct core *core, struct now now) {
    return (struct situation){&core->setup, &core->terminal, &core->book, &core->session, now};
}

void core_init(struct core *core, const struct core_setup *setup, struct now now) {
    struct visit visit = visit_of(core, now, NULL);

    core->setup = *setup;
    core->session = (struct session){0};
    core->terminal = (struct terminal){0};
    book_init(&core->book, setup);
    visit_begin(&visit);
}

bool core_restore(struct core *core, const struct order *order, struct now now,
                  struct effects *out) {
    effects_clear(out);
    return book_restore((struct book_turn){&core->book, &core->setup, now, out}, order);
}

/* The claim an answer is about, before the order forgets who asked; PART_NONE. */
static int claim_of_request(const struct order *order, uint32_t request) {
    for (int i = 0; i < order->claim_count; i++)
        if (order->run.claim[i].request == request)
            return i;
    return PART_NONE;
}

/* The visit keeps what the patient is to see of an answer. */
static void keep_document(struct session *session, int claim, const struct document *document) {
    if (document_if(document, DOCUMENT_PAY_LINK) != NULL)
        session_keep(session, document);
    else if (document_if(document, DOCUMENT_GUIDANCE) != NULL && claim != PART_NONE)
        session->guidance[claim] = (const struct guidance *)document;
}

static void hear_order_answer(struct visit *visit, int slot, const struct event_answer *answer) {
    int claim = claim_of_request(&visit->book->orders[slot], answer->request);

    if (slot == visit->session->payment.slot)
        keep_document(visit->session, claim, answer->document);
    book_answer(visit_turn(visit), slot, answer);
    if (slot == visit->session->payment.slot || visit->session->screen == SCREEN_RECORDS)
        visit->session->revision++;
}

static void hear_answer(struct visit *visit, const struct event_answer *answer) {
    if (answer->request != 0 && answer->request == visit->session->request) {
        session_answer(visit, answer);
        return;
    }
    int slot = book_awaiting(visit->book, answer->request);
    if (slot >= 0)
        hear_order_answer(visit, slot, answer);
    else
        visit_effect(visit, EFFECT_LOG)->of.log.word = LOG_STALE_ANSWER;
}

static void journal_came_back(struct visit *visit) {
    visit->book->journal_ok = true;
    visit->book->journal_retry_mono_ms = 0;
    if (visit->session->screen == SCREEN_OUT_OF_SERVICE && !visit->terminal->out_of_service)
        visit_begin(visit);
}

static void journal_failed(struct visit *visit) {
    visit->book->journal_ok = false;
    visit->book->journal_retry_mono_ms = visit->now.mono_ms + JOURNAL_RETRY_MS;
    if (visit->session->screen == SCREEN_WELCOME)
        visit_begin(visit);
}

static void hear_journal(struct visit *visit, uint32_t number, bool durable) {
    if (durable)
        journal_came_back(visit);
    else
        journal_failed(visit);
    int slot = book_persisting(visit->book, number);
    if (slot >= 0)
        book_persisted(visit_turn(visit), slot, number, durable);
}

static void hear_tick(struct visit *visit) {
    int64_t retry_mono_ms = visit->book->journal_retry_mono_ms;

    book_tick(visit_turn(visit));
    if (retry_mono_ms != 0 && visit->now.mono_ms >= retry_mono_ms)
        journal_came_back(visit);
    session_tick(visit);
}

static void hear_device(struct visit *visit, const struct event_device *device) {
    struct session *session = visit->session;

    if ((unsigned)device->role >= ROLE_COUNT)
        return;
    visit->terminal->devices[device->role] =
        (struct device_state){device->device, device->supply, device->media};
    session->revision++; /* its notices show it */
    if (session_base(session) == SCREEN_PAY_CODE && session->payment.slot < 0 &&
        !offer_role_ready(visit->terminal, ROLE_SCANNER))
        session_refuse(visit, SCREEN_CHANNEL, NOTICE_SCANNER_ABSENT);
}

static void obey_control(struct visit *visit, const struct event_control *control) {
    enum screen screen = visit->session->screen;

    switch (control->control) {
    case CONTROL_STATUS:
        return;
    case CONTROL_RESOLVED:
        book_resolved(visit->book, control->order_no);
        return;
    case CONTROL_OUT_OF_SERVICE:
        visit->terminal->out_of_service = true;
        break;
    case CONTROL_IN_SERVICE:
        visit->terminal->out_of_service = false;
        journal_came_back(visit);
        break;
    case CONTROL_QUIT:
        session_quit(visit);
        return;
    }
    /* A visit under way goes on to its end. */
    if (screen == SCREEN_WELCOME || screen == SCREEN_OUT_OF_SERVICE)
        visit_begin(visit);
}

static void hear_control(struct visit *visit, const struct event_control *control) {
    obey_control(visit, control);
    if (control->asker != 0)
        visit_effect(visit, EFFECT_REPLY)->number = control->asker;
}

/* A patient's event is heard only where the screen's rule says so. */
static bool screen_hears(const struct session *session, enum event_kind kind) {
    return (screen_rule(session->screen)->hears & (1u << kind)) != 0;
}

static void hear_patient(struct visit *visit, const struct event *event) {
    if (!screen_hears(visit->session, event->kind))
        return;
    if (event->kind == EVENT_SCAN || event->kind == EVENT_CARD)
        session_alive(visit);
    switch (event->kind) {
    case EVENT_TOUCH:
        session_touch(visit, &event->of.touch);
        break;
    case EVENT_TEXT:
        session_text(visit, event->of.text.key);
        break;
    case EVENT_CARD:
        identify_card(visit, &event->of.card);
        break;
    case EVENT_SCAN:
        if (visit->session->screen == SCREEN_PAY_CODE)
            pay_scan(visit, &event->of.scan);
        else
            identify_scan(visit, &event->of.scan);
        break;
    default:
        break; /* the others are not the patient's */
    }
}

static void hear(struct visit *visit, const struct event *event) {
    switch (event->kind) {
    case EVENT_TICK:
        hear_tick(visit);
        break;
    case EVENT_TOUCH:
    case EVENT_TEXT:
    case EVENT_SCAN:
    case EVENT_CARD:
        hear_patient(visit, event);
        break;
    case EVENT_DEVICE:
        hear_device(visit, &event->of.device);
        break;
    case EVENT_ANSWER:
        hear_answer(visit, &event->of.answer);
        break;
    case EVENT_DURABLE:
    case EVENT_PERSIST_FAILED:
        hear_journal(visit, event->of.durable.number, event->kind == EVENT_DURABLE);
        break;
    case EVENT_PRINTED:
        result_printed(visit, &event->of.printed);
        break;
    case EVENT_PROGRESS:
        pay_progress(visit, &event->of.progress);
        break;
    case EVENT_CONTROL:
        hear_control(visit, &event->of.control);
        break;
    case EVENT_STAFF:
        staff_heard(visit, &event->of.staff);
        break;
    }
}

/* The phone's code leaves with PLACE, in the effects of a step before: then it is overwritten. */
static void wipe_sent_pay_code(struct visit *visit) {
    const struct order *order = visit_order(visit);

    if (order != NULL && order_all_placed(order) && visit->session->payment.pay_code[0] != '\0')
        text_wipe(visit->session->payment.pay_code, sizeof visit->session->payment.pay_code);
}

static void arm_readers(struct visit *visit) {
    enum arm wanted = screen_rule(visit->session->screen)->arm;

    if (wanted == visit->session->armed)
        return;
    visit->session->armed = wanted;
    visit_effect(visit, EFFECT_ARM)->of.arm.arm = wanted;
}

/* A new revision when anything of the visit changed but the sign of life. */
static void note_change(struct session *session, struct session *before) {
    before->touched_mono_ms = session->touched_mono_ms;
    if (before->revision == session->revision && memcmp(before, session, sizeof *before) != 0)
        session->revision++;
    text_wipe(before, sizeof *before);
}

void core_step(struct core *core, const struct event *event, struct effects *out) {
    struct visit visit = visit_of(core, event->now, out);
    struct session before;

    effects_clear(out);
    wipe_sent_pay_code(&visit);
    memcpy(&before, &core->session, sizeof before);
    hear(&visit, event);
    pay_follow(&visit);
    arm_readers(&visit);
    book_free_slots(&core->book, core->session.payment.slot);
    note_change(&core->session, &before);
}

int64_t core_deadline(const struct core *core) {
    int64_t deadline = session_deadline(core_situation(core, (struct now){0}));
    int64_t book = book_deadline(&core->book);
    int64_t retry = core->book.journal_retry_mono_ms;

    if (retry != 0 && retry < deadline)
        deadline = retry;
    return book < deadline ? book : deadline;
}
