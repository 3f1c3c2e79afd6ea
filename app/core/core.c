/* Gives each event to who it is for: the visit, the order that waits for its number, the devices.
 */
#include "app/core/core.h"

#include <string.h>

#include "app/core/clock_watch.h"
#include "app/core/desk/desk.h"
#include "app/core/order/shares.h"
#include "app/core/visit/visit.h"

/* After a failed write no payment is opened for so long, then one is tried. A try risks no money:
 * nothing is sent before its write is durable. */
#define JOURNAL_RETRY_MS 60000

/* At a desk the other ways' codes go with the caller's own members. */
static const char *desk_pay_code(const struct desk_payment *payment, int slot) {
    bool insured = payment->way == DESK_WAY_INSURED && slot >= 0 && slot == payment->slot;

    return insured ? payment->pay_code : "";
}

const char *core_pay_code(const struct core *core, int slot) {
    const struct visit_payment *payment = &core->session.payment;

    if (core->window.on)
        return desk_pay_code(&core->window.payment, slot);
    bool refund = core->session.service == SERVICE_REFUND;

    if (slot < 0 || slot != payment->slot)
        return "";
    return refund && offer_insured_code_known(&core->session) ? core->session.who.identity_no
                                                              : payment->pay_code;
}

/* Of the visit that opened the order, while it lasts. */
static const struct account *account_of_slot(const struct core *core, int slot) {
    bool visited = slot >= 0 && slot == core->session.payment.slot;

    return visited ? session_account(&core->session) : NULL;
}

const char *core_person_name(const struct core *core, int slot) {
    const struct account *account = account_of_slot(core, slot);

    return account != NULL ? account->name : "";
}

const char *core_person_phone(const struct core *core, int slot) {
    const struct account *account = account_of_slot(core, slot);

    return account != NULL ? account->phone : "";
}

const struct bill *core_bill(const struct core *core, int slot) {
    bool visited = slot >= 0 && slot == core->session.payment.slot;
    const struct bill_list *bills = visited ? session_bills(&core->session) : NULL;
    const struct order *order = visited ? &core->book.orders[slot] : NULL;

    for (int i = 0; bills != NULL && order->claim_count > 0 && i < bills->bill_count; i++)
        if (strcmp(bills->bills[i].org_trace_no, order->claims[0].org_trace_no) == 0)
            return &bills->bills[i];
    return NULL;
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
    book_init(&core->book, setup, now);
    clock_watch_begin(&core->terminal, setup, now);
    staff_lock_begin(&core->terminal, setup, now);
    visit_begin(&visit);
    desk_window_begin(&core->window, setup);
}

static struct desk_turn desk_turn_of(struct core *core, struct visit *visit) {
    return (struct desk_turn){&core->window, visit_turn(visit), &core->terminal};
}

void core_distrust_journal(struct core *core, enum journal_fault fault, struct now now) {
    struct visit visit = visit_of(core, now, NULL);

    core->book.journal_fault = fault;
    visit_begin(&visit);
}

/* The cashier sees it before the next call is chosen to be paid with a code. A pinpad is no
 * platform. */
static void note_platform(struct core *core, int slot, const struct event_answer *answer) {
    const struct leg *leg = order_shown_leg(&core->book.orders[slot]);
    bool silent = answer->outcome == OUTCOME_UNKNOWN && !answer_spoke(answer);

    if (leg->channel == CHANNEL_CARD || silent == core->terminal.platform_silent)
        return;
    core->terminal.platform_silent = silent;
    core->window.revision++; /* its lamps */
}

static void hear_answer(struct core *core, struct visit *visit, const struct event *event) {
    const struct event_answer *answer = &event->of.answer;

    if (clock_watch_answer(visit, answer) || book_fetched(visit_turn(visit), answer) ||
        desk_window_day(desk_turn_of(core, visit), answer) ||
        desk_window_reopened(desk_turn_of(core, visit), answer) ||
        desk_window_others(desk_turn_of(core, visit), answer) ||
        desk_window_decoded(desk_turn_of(core, visit), answer))
        return;
    if (visit_awaits(visit->session, answer->request)) {
        visit_answer(visit, event);
        return;
    }
    int slot = book_awaiting(visit->book, answer->request);
    if (slot >= 0)
        note_platform(core, slot, answer);
    desk_window_answer(desk_turn_of(core, visit), slot, answer);
    if (slot >= 0)
        visit_order_answer(visit, slot, answer);
    else
        visit_effect(visit, EFFECT_LOG)->of.log.word = LOG_STALE_ANSWER;
}

/* Where nothing is in the way any more the terminal opens again. */
static void look_at_service(struct visit *visit) {
    if (visit->session->screen == SCREEN_OUT_OF_SERVICE && !visit->terminal->out_of_service)
        visit_begin(visit);
}

static void journal_came_back(struct visit *visit) {
    visit->book->journal_ok = true;
    visit->book->journal_retry_mono_ms = 0;
    look_at_service(visit);
}

static void journal_decided(struct visit *visit) {
    if (visit->book->journal_fault == JOURNAL_UNDECIDED)
        visit->book->journal_fault = JOURNAL_SOUND;
    look_at_service(visit);
}

static void journal_failed(struct visit *visit) {
    visit->book->journal_ok = false;
    visit->book->journal_retry_mono_ms = visit->now.mono_ms + JOURNAL_RETRY_MS;
    if (visit->session->screen == SCREEN_WELCOME)
        visit_begin(visit);
}

/* That another order holds it is no fault of the journal. */
static void hear_journal(struct visit *visit, const struct event *event) {
    const struct event_durable *durable = &event->of.durable;

    if (event->kind == EVENT_DURABLE)
        journal_came_back(visit);
    else if (!durable->conflict)
        journal_failed(visit);
    int slot = book_persisting(visit->book, durable->number);
    if (slot >= 0 && event->kind == EVENT_DURABLE)
        book_persisted(visit_turn(visit), slot, durable->number, ORDER_HEARS_DURABLE);
    else if (slot >= 0)
        book_persisted(visit_turn(visit), slot, durable->number,
                       durable->conflict ? ORDER_HEARS_CONFLICT : ORDER_HEARS_PERSIST_FAILED);
}

static void hear_tick(struct visit *visit) {
    int64_t retry_mono_ms = visit->book->journal_retry_mono_ms;

    book_tick(visit_turn(visit));
    clock_watch_tick(visit);
    if (retry_mono_ms != 0 && visit->now.mono_ms >= retry_mono_ms)
        journal_came_back(visit);
    visit_tick(visit);
}

static void hear_device(struct core *core, struct visit *visit, const struct event *event) {
    const struct event_device *device = &event->of.device;

    if ((unsigned)device->role >= ROLE_COUNT)
        return;
    core->window.revision++;                             /* its lamps */
    if (device->role == ROLE_PINPAD && device->second) { /* a desk's alone */
        visit->terminal->second_pinpad =
            (struct device_state){device->device, device->supply, device->media};
        return;
    }
    visit->terminal->devices[device->role] =
        (struct device_state){device->device, device->supply, device->media};
    visit_hear(visit, event);
}

static void obey_control(struct visit *visit, const struct event_control *control) {
    bool at_rest = visit_at_rest(visit->session);

    switch (control->control) {
    case CONTROL_STATUS:
        return;
    case CONTROL_RESOLVED:
        book_resolved(visit->book, control->order_no, control->kept);
        return;
    case CONTROL_RECHECK:
        if (document_if(control->document, DOCUMENT_RECHECK) != NULL)
            visit_recheck(visit, (const struct recheck *)control->document);
        return;
    case CONTROL_RECONCILED:
        visit->terminal->reconciled = control->reconciled;
        return;
    case CONTROL_DECIDED:
        journal_decided(visit);
        return;
    case CONTROL_OUT_OF_SERVICE:
        visit->terminal->out_of_service = true;
        break;
    case CONTROL_IN_SERVICE:
        visit->terminal->out_of_service = false;
        journal_came_back(visit);
        break;
    case CONTROL_QUIT:
        visit_go(visit, (struct next){.kind = NEXT_QUIT});
        return;
    }
    if (at_rest) /* else the visit under way ends by itself first */
        visit_begin(visit);
}

static void hear_control(struct visit *visit, const struct event_control *control) {
    obey_control(visit, control);
    if (control->asker != 0)
        visit_effect(visit, EFFECT_REPLY)->number = control->asker;
}

/* At a desk nobody comes for a visit. */
static void hear_person(struct core *core, struct visit *visit, const struct event *event) {
    if (core->window.on)
        desk_window_hear(desk_turn_of(core, visit), event);
    else
        visit_hear(visit, event);
}

static void hear_call(struct core *core, struct visit *visit, const struct event_call *call) {
    struct desk_window *window = core->window.on ? &core->window : NULL;

    if (call->wish == CALL_WISH_GONE)
        desk_window_unheard(desk_turn_of(core, visit), call->call);
    else
        desk_hear((struct desk_turn){window, visit_turn(visit), &core->terminal}, call,
                  visit->session->payment.slot);
}

static void hear_event(struct core *core, struct visit *visit, const struct event *event) {
    switch (event->kind) {
    case EVENT_TICK:
        hear_tick(visit);
        break;
    case EVENT_DEVICE:
        hear_device(core, visit, event);
        break;
    case EVENT_PINPAD:
        book_hears_pinpad(&core->book, event->of.pinpad.second, &event->of.pinpad.known);
        break;
    case EVENT_ANSWER:
        hear_answer(core, visit, event);
        break;
    case EVENT_DURABLE:
    case EVENT_PERSIST_FAILED:
        hear_journal(visit, event);
        break;
    case EVENT_CONTROL:
        hear_control(visit, &event->of.control);
        break;
    case EVENT_CALL:
        hear_call(core, visit, &event->of.call);
        break;
    case EVENT_TOUCH:
    case EVENT_TEXT:
    case EVENT_SCAN:
    case EVENT_CARD:
        hear_person(core, visit, event);
        break;
    case EVENT_PRINTED:
        desk_window_printed(desk_turn_of(core, visit), &event->of.printed);
        visit_hear(visit, event);
        break;
    case EVENT_PROGRESS:
        desk_window_progress(desk_turn_of(core, visit), &event->of.progress);
        visit_hear(visit, event);
        break;
    case EVENT_STAFF:
        desk_window_staff(desk_turn_of(core, visit), &event->of.staff);
        visit_hear(visit, event);
        break;
    case EVENT_DISPLAY:
        core->terminal.display_away = event->of.display.away;
        core->window.revision++; /* its keys are shown anew */
        break;
    }
}

void core_step(struct core *core, const struct event *event, struct effects *out) {
    struct visit visit = visit_of(core, event->now, out);
    struct session before;

    effects_clear(out);
    visit_before(&visit, &before);
    hear_event(core, &visit, event);
    visit_after(&visit, &before);
    desk_tell(&core->book, out);
    desk_window_follow(desk_turn_of(core, &visit));
    book_free_slots(visit_turn(&visit), core->session.payment.slot);
    book_wipe_free(&core->book, out);
}

int64_t core_deadline(const struct core *core) {
    int64_t deadline = visit_deadline(core_situation(core, (struct now){0}));
    int64_t book = book_deadline(&core->book);
    int64_t retry = core->book.journal_retry_mono_ms;
    int64_t clock = clock_watch_deadline(&core->terminal);

    int64_t window = desk_window_deadline(&core->window);

    if (window < deadline)
        deadline = window;
    if (clock < deadline)
        deadline = clock;
    if (retry != 0 && retry < deadline)
        deadline = retry;
    return book < deadline ? book : deadline;
}
