/* Patients: they come one after the other, choose, pay - at once, late, twice, never - and walk
 * away in the middle. */
#include <stdio.h>
#include <string.h>

#include "app/core/order/shares.h"
#include "app/core/visit/bill_choice.h"
#include "tests/sim/sim.h"

/* A busy hour is rarer: its story is long to read. */
static int visits_of_world(struct sim *sim) {
    return (int)(sim_chance(sim, 150) ? sim_between(sim, 9, 30) : sim_between(sim, 2, 8));
}

void patient_begin(struct sim *sim) {
    sim->visits_left = sim->edge.flow ? 1 + (sim->edge.flow->again_ms > 0) : visits_of_world(sim);
    sim->planned = false;
    sim->card = 0;
    sim->service = SERVICE_BILLS;
    sim->monkey = !sim->edge.flow && sim_chance(sim, 150);
    sim_after(sim, 1000, HAPPEN_PATIENT, 0);
}

/* What the terminal makes of it is the world's chance. */
static void patient_event(struct sim *sim, struct event event) {
    enum sim_stream stream = sim_draw_from(sim, STREAM_WORLD);
    bool touches = event.kind == EVENT_TOUCH || event.kind == EVENT_TEXT;
    if (touches && sim->core.session.payment.counting && !sim->core.session.warning)
        sim->code_taken_back = true;
    else if (event.kind == EVENT_SCAN && !sim->core.session.payment.counting)
        sim->code_taken_back = false;
    terminal_event(sim, event);
    sim_draw_from(sim, stream);
}

static void touch(struct sim *sim, enum touch_kind kind, int n) {
    const struct session *session = &sim->core.session;
    bool told = kind == TOUCH_CANCEL && sim->crowd.kind == CROWD_NONE;
    if (told && !sim_happens(sim, "the patient cancels"))
        return;
    if (kind == TOUCH_CANCEL)
        pairs_note_cancel(sim);
    struct event_touch touch = {
        .screen = session->screen, .revision = session->revision, .touch = {kind, n}};
    sim_trace(sim, "touch %d.%d on %s", (int)kind, n, screen_name(session->screen));
    patient_event(sim, (struct event){.kind = EVENT_TOUCH, .of.touch = touch});
}

static void scan(struct sim *sim, const char *text) {
    struct event event = {.kind = EVENT_SCAN, .of.scan.revision = sim->core.session.revision};
    event.of.scan.length = (uint8_t)strlen(text);
    memcpy(event.of.scan.text, text, strlen(text) + 1);
    patient_event(sim, event);
}

/* Of a flow's two visits. */
static bool is_second_too_early(const struct sim *sim) {
    return sim->edge.flow && sim->edge.flow->again_ms > 0 && sim->visits_left == 1 &&
           sim->now_ms - SIM_EPOCH_MS < sim->edge.flow->again_ms;
}

static void come(struct sim *sim) {
    if (sim->visits_left == 0 || is_second_too_early(sim))
        return;
    sim->visits_left--;
    sim->planned = false;
    sim->card = sim->edge.flow                  ? sim->edge.flow->card
                : sim->crowd.kind != CROWD_NONE ? crowd_card(sim)
                                                : (int)sim_between(sim, 0, SIM_CARDS - 1);
    sim->service = sim_is_inpatient(sim->card) ? SERVICE_DEPOSIT : SERVICE_BILLS;
    if (!sim->edge.flow && sim_chance(sim, sim->crowd.kind != CROWD_NONE ? 60 : 300))
        sim->service = sim_chance(sim, 500) ? SERVICE_REFUND : SERVICE_RECORDS;
    if (sim->crowd.kind == CROWD_NONE && /* nobody reads of each of a hundred */
        !sim_happens(sim, "a patient comes: card %s, service %d", sim_card_no(sim->card),
                     (int)sim->service))
        return;
    touch(sim, TOUCH_SERVICE, (int)sim->service);
}

#define PHONE_CODE "130123456789012345"

/* Some hold out the phone's code before they have said how they pay. */
static bool show_code_early(struct sim *sim) {
    if (!sim->core.setup.policy.pay_code_on_bills || !sim_chance(sim, 300))
        return false;
    if (sim_happens(sim, "a code is held out on %s", screen_name(sim->core.session.screen)))
        scan(sim, PHONE_CODE);
    return true;
}

/* It counts down first; a touch takes the code back. */
static void wait_for_count(struct sim *sim) {
    if (sim_chance(sim, 200))
        touch(sim, TOUCH_BACK, 0);
    else if (sim_chance(sim, 50))
        scan(sim, "130123456789012346");
}

static void choose_one_bill(struct sim *sim) {
    const struct session *session = &sim->core.session;
    int count = session_bills(session) ? session_bills(session)->bill_count : 0;
    int wanted = count > 0 ? (int)sim_between(sim, 0, count - 1) : 0;
    for (int i = 0; i < count && sim->running; i++)
        if (session_selected(session, i) != (i == wanted))
            touch(sim, TOUCH_BILL, i + 1);
}

static void choose_bills(struct sim *sim) {
    const struct session *session = &sim->core.session;
    if ((sim->mmpc || sim->amp) && !sim->edge.flow && sim_chance(sim, 700))
        choose_one_bill(sim);
    bool some = !sim->edge.flow && sim_chance(sim, 250);
    if (session_bills(session) && session_bills(session)->bill_count > 1 && some)
        touch(sim, TOUCH_BILL, (int)sim_between(sim, 1, session_bills(session)->bill_count));
    if (sim->running && session_bills(&sim->core.session) &&
        sim->core.session.choice.selected[0] == 0)
        touch(sim, TOUCH_HOME, 0);
    else if (!show_code_early(sim))
        touch(sim, TOUCH_PAY, 0);
}

static void follow(struct sim *sim, const struct flow *flow, int payment) {
    bool own = payment >= 0 && flow->own_here && !sim->payments[payment].insured;
    int64_t pays_ms = own ? flow->own_pays_ms : flow->pays_ms;
    int64_t cancel_ms = own ? flow->own_cancel_ms : flow->cancel_ms;
    if (sim->planned || payment < 0)
        return;
    sim->planned = true;
    if (pays_ms > 0)
        sim_after(sim, pays_ms, HAPPEN_PHONE, payment);
    if (cancel_ms > 0)
        sim_after(sim, cancel_ms, HAPPEN_CANCEL, 0);
}

/* The payment whose code is on the screen. */
static int payment_shown(const struct sim *sim) {
    int slot = sim->core.session.payment.slot;
    return slot < 0 ? -1 : platform_find(sim, order_shown_leg(&sim->core.book.orders[slot])->no);
}

/* The insurance has settled its part: how the rest is paid is chosen, soon or never. */
static void choose_own_way(struct sim *sim) {
    if (sim->edge.flow && sim->edge.flow->own_waits)
        return;
    if (!sim->edge.flow && sim_chance(sim, 80)) {
        touch(sim, TOUCH_CANCEL, 0);
        return;
    }
    if (!sim->edge.flow && sim_chance(sim, 300))
        return;
    sim->planned = false;
    touch(sim, TOUCH_CHANNEL,
          sim->edge.flow ? CHANNEL_WECHAT
                         : (int)sim_between(sim, CHANNEL_WECHAT, CHANNEL_UNIONPAY));
}

void patient_cancel(struct sim *sim) {
    if (sim->running &&
        (sim->core.session.screen == SCREEN_PAY_QR || sim->core.session.screen == SCREEN_PUSHED))
        touch(sim, TOUCH_CANCEL, 0);
}

/* Once for a QR code: pay in time, about when it expires, or never; perhaps cancel meanwhile. */
static void plan(struct sim *sim) {
    int payment = payment_shown(sim);
    if (sim->edge.flow) {
        follow(sim, sim->edge.flow, payment);
        return;
    }
    if (!sim->planned && crowd_leaves(sim, payment)) {
        touch(sim, TOUCH_CANCEL, 0);
        return;
    }
    if (!sim->planned && payment >= 0) {
        sim->planned = true;
        if (sim_chance(sim, sim->crowd.kind != CROWD_NONE ? 950 : 650))
            sim_after(sim, sim_between(sim, 500, sim->crowd.kind != CROWD_NONE ? 3000 : 40000),
                      HAPPEN_PHONE, payment);
        else if (sim_chance(sim, 600))
            sim_after(sim, sim_between(sim, 150000, sim->amp ? 3600000 : 260000), HAPPEN_PHONE,
                      payment);
    }
    if (sim_chance(sim, sim->crowd.kind != CROWD_NONE ? 4 : 40))
        touch(sim, TOUCH_CANCEL, 0);
}

/* A payment to look at or to have back; or the whole balance. */
static void choose_record(struct sim *sim) {
    if (sim_chance(sim, 200))
        touch(sim, TOUCH_HOME, 0);
    else if (sim->service == SERVICE_REFUND && sim_chance(sim, 200))
        touch(sim, TOUCH_ALL, 0);
    else
        touch(sim, TOUCH_BILL, (int)sim_between(sim, 1, 4));
}

static int channel_of(struct sim *sim) {
    bool insured = (sim->mmpc || sim->amp) && sim->core.session.service == SERVICE_BILLS;
    if (!sim->edge.flow && insured && sim_chance(sim, 600))
        return CHANNEL_INSURANCE;
    if (sim->crowd.kind != CROWD_NONE && sim_chance(sim, 800))
        return (int)sim_between(sim, CHANNEL_WECHAT, CHANNEL_UNIONPAY);
    return sim->edge.flow ? (int)sim->edge.flow->channel
                          : (int)sim_between(sim, CHANNEL_WECHAT, CHANNEL_CARD);
}

/* Insurance pays one bill at a time: the next of them, or enough of it. */
static void leave_result(struct sim *sim) {
    const struct session *session = &sim->core.session;
    bool credited = session->payment.verdict == VERDICT_CREDITED ||
                    (sim->amp && session->payment.verdict == VERDICT_UNPROVEN);
    if (!credited || bill_choice_left(session) < 0 || sim_chance(sim, 200)) {
        touch(sim, TOUCH_HOME, 0);
        return;
    }
    sim->planned = false;
    touch(sim, TOUCH_PAY, 0);
}

static void identify(struct sim *sim) {
    struct event event = {.kind = EVENT_CARD,
                          .of.card = {.kind = IDENTITY_ID_CARD, .role = ROLE_ID_READER}};
    if (!masked_has_id_card(sim)) {
        scan(sim, sim_card_no(sim->card));
        return;
    }
    snprintf(event.of.card.id_no, sizeof event.of.card.id_no, "%s", masked_id_no(sim->card));
    patient_event(sim, event);
}

static void type_last4(struct sim *sim) {
    const char *last4 = masked_last4(sim);
    enum touch_kind then = last4[0] != '\0' ? TOUCH_NEXT : TOUCH_HOME;
    for (; *last4 != '\0' && sim->running; last4++)
        touch(sim, TOUCH_KEY, *last4);
    if (sim->running)
        touch(sim, then, 0);
}

/* Who gets no further gives up. */
static bool gives_up(struct sim *sim) {
    bool asked =
        sim->core.session.screen == SCREEN_CONFIRM || sim->core.session.screen == SCREEN_AMOUNT;
    bool stuck = sim->crowd.kind != CROWD_NONE && sim->core.session.screen == SCREEN_BILLS;
    if (sim->edge.flow || !(asked || stuck) || !sim_chance(sim, 50))
        return false;
    touch(sim, TOUCH_HOME, 0);
    return true;
}

static void look(struct sim *sim) {
    if (gives_up(sim))
        return;
    switch (sim->core.session.screen) {
    case SCREEN_WELCOME:
        come(sim);
        return;
    case SCREEN_SERVICE:
        touch(sim, TOUCH_SERVICE, (int)sim->service);
        return;
    case SCREEN_IDENTIFY:
        identify(sim);
        return;
    case SCREEN_KEYPAD:
        type_last4(sim);
        return;
    case SCREEN_CONFIRM:
        touch(sim, sim->core.session.giving_back.plan.count > 0 ? TOUCH_PAY : TOUCH_NEXT, 0);
        return;
    case SCREEN_RECORDS:
        choose_record(sim);
        return;
    case SCREEN_BILLS:
        choose_bills(sim);
        return;
    case SCREEN_AMOUNT:
        touch(sim, TOUCH_AMOUNT, sim_chance(sim, 500) ? 1 : (int)sim_between(sim, 1, 3));
        touch(sim, TOUCH_PAY, 0);
        return;
    case SCREEN_CHANNEL:
        if (sim->core.session.notice != NOTICE_NONE && sim_chance(sim, 300))
            touch(sim, TOUCH_HOME, 0);
        else if (!show_code_early(sim))
            touch(sim, TOUCH_CHANNEL, channel_of(sim));
        return;
    case SCREEN_PAY_CODE:
        if (sim->core.session.payment.counting)
            wait_for_count(sim);
        else if (sim->core.session.choice.channel == CHANNEL_INSURANCE)
            scan(sim, "EC123456789");
        else
            scan(sim, PHONE_CODE);
        return;
    case SCREEN_OWN_PART:
        choose_own_way(sim);
        return;
    case SCREEN_PAY_QR:
    case SCREEN_PUSHED:
        plan(sim);
        return;
    case SCREEN_WAITING:
        if (!sim->edge.flow && sim->crowd.kind == CROWD_NONE && sim_chance(sim, 20))
            touch(sim, TOUCH_CANCEL, 0);
        return;
    case SCREEN_RESULT:
        leave_result(sim);
        return;
    default:
        touch(sim, TOUCH_HOME, 0);
        return;
    }
}

static void trouble_device(struct sim *sim) {
    static const enum device_word devices[] = {DEVICE_READY, DEVICE_READY, DEVICE_ABSENT,
                                               DEVICE_OFFLINE};
    static const enum supply_word supplies[] = {SUPPLY_OK, SUPPLY_LOW, SUPPLY_OUT, SUPPLY_JAM};
    struct event event = {.kind = EVENT_DEVICE};
    event.of.device.role = (enum device_role)sim_between(sim, 0, ROLE_PINPAD);
    event.of.device.device = devices[sim_between(sim, 0, 3)];
    event.of.device.supply = supplies[sim_between(sim, 0, 3)];
    patient_event(sim, event);
}

/* Anything at all that a person or a device can do here. */
static void meddle(struct sim *sim) {
    static const char *const codes[] = {"C10000002", "W20005678",          "X",
                                        "",          "130123456789012345", "11010519491231002X"};
    static const enum control controls[] = {CONTROL_OUT_OF_SERVICE, CONTROL_IN_SERVICE,
                                            CONTROL_IN_SERVICE, CONTROL_QUIT};
    struct event event = {.kind = EVENT_TEXT};
    switch (sim_between(sim, 0, 9)) {
    case 0:
        scan(sim, codes[sim_between(sim, 0, 5)]);
        return;
    case 1:
        event.of.text.key = "0123456789CW.\b\n\x1b"[sim_between(sim, 0, 15)];
        patient_event(sim, event);
        return;
    case 2:
        trouble_device(sim);
        return;
    case 3:
        event.kind = EVENT_CONTROL;
        event.of.control.control = controls[sim_between(sim, 0, 3)];
        if (sim_chance(sim, 300))
            patient_event(sim, event);
        return;
    case 4:
        touch(sim, TOUCH_KEY, "0123456789CW.\b"[sim_between(sim, 0, 13)]);
        return;
    default:
        /* but for how it is shown, which decides nothing */
        touch(sim, (enum touch_kind)sim_between(sim, 0, TOUCH_PICK), (int)sim_between(sim, 0, 12));
        return;
    }
}

/* By a stream of chance of its own: when it is left out, what comes after it may stay the same. */
static void meddle_if(struct sim *sim) {
    uint64_t own = random_next(&sim->random);
    if (!sim_happens(sim, "somebody meddles"))
        return;
    uint64_t others = sim->random;
    sim->random = own;
    meddle(sim);
    sim->random = others;
}

/* In the liveness phase nobody comes any more: what is open ends by itself. */
void patient_act(struct sim *sim) {
    if (!sim->safety)
        return;
    if (sim->running && sim->monkey && sim_chance(sim, 400))
        meddle_if(sim);
    else if (sim->running && (sim->edge.flow || !sim_chance(sim, 50)))
        look(sim);
    if (sim->crowd.kind == CROWD_NONE)
        sim_after(sim, sim_between(sim, 400, 4000), HAPPEN_PATIENT, 0);
    else
        sim_after(sim, crowd_pause_ms(sim), HAPPEN_PATIENT, 0);
}
