/* Patients: they come one after the other, choose, pay - at once, late, twice, never - and walk
 * away in the middle. */
#include <string.h>

#include "tests/sim/sim.h"

void patient_begin(struct sim *sim) {
    sim->visits_left = sim->edge.flow ? 1 : (int)sim_between(sim, 2, 8);
    sim->planned = false;
    sim_after(sim, 1000, HAPPEN_PATIENT, 0);
}

static void touch(struct sim *sim, enum touch_kind kind, int n) {
    const struct session *session = &sim->core.session;
    struct event_touch touch = {
        .screen = session->screen, .revision = session->revision, .touch = {kind, n}};
    sim_trace(sim, "touch %d.%d on %s", (int)kind, n, screen_name(session->screen));
    terminal_event(sim, (struct event){.kind = EVENT_TOUCH, .of.touch = touch});
}

static void scan(struct sim *sim, const char *text) {
    struct event event = {.kind = EVENT_SCAN};
    event.of.scan.length = (uint8_t)strlen(text);
    memcpy(event.of.scan.text, text, strlen(text) + 1);
    terminal_event(sim, event);
}

static void come(struct sim *sim) {
    if (sim->visits_left == 0)
        return;
    sim->visits_left--;
    sim->planned = false;
    sim->card = sim->edge.flow ? sim->edge.flow->card : (int)sim_between(sim, 0, SIM_CARDS - 1);
    sim->service = sim->card >= 2 ? SERVICE_DEPOSIT : SERVICE_BILLS;
    touch(sim, TOUCH_SERVICE, (int)sim->service);
}

static void choose_bills(struct sim *sim) {
    const struct session *session = &sim->core.session;
    bool some = !sim->edge.flow && sim_chance(sim, 250);
    if (session->bills && session->bills->bill_count > 1 && some)
        touch(sim, TOUCH_BILL, (int)sim_between(sim, 1, session->bills->bill_count));
    if (sim->running && sim->core.session.bills && sim->core.session.selected == 0)
        touch(sim, TOUCH_HOME, 0);
    else
        touch(sim, TOUCH_PAY, 0);
}

static void follow(struct sim *sim, const struct flow *flow, int payment) {
    if (sim->planned || payment < 0)
        return;
    sim->planned = true;
    if (flow->pays_ms > 0)
        sim_after(sim, flow->pays_ms, HAPPEN_PHONE, payment);
    if (flow->cancel_ms > 0)
        sim_after(sim, flow->cancel_ms, HAPPEN_CANCEL, 0);
}

void patient_cancel(struct sim *sim) {
    if (sim->running && sim->core.session.screen == SCREEN_PAY_QR)
        touch(sim, TOUCH_CANCEL, 0);
}

/* Once for a QR code: pay in time, about when it expires, or never; perhaps cancel meanwhile. */
static void plan(struct sim *sim) {
    int payment = platform_find(sim, sim->core.session.order_no);
    if (sim->edge.flow) {
        follow(sim, sim->edge.flow, payment);
        return;
    }
    if (!sim->planned && payment >= 0) {
        sim->planned = true;
        if (sim_chance(sim, 650))
            sim_after(sim, sim_between(sim, 500, 40000), HAPPEN_PHONE, payment);
        else if (sim_chance(sim, 600))
            sim_after(sim, sim_between(sim, 150000, 260000), HAPPEN_PHONE, payment);
    }
    if (sim_chance(sim, 40))
        touch(sim, TOUCH_CANCEL, 0);
}

static int channel_of(struct sim *sim) {
    return sim->edge.flow ? (int)sim->edge.flow->channel
                          : (int)sim_between(sim, CHANNEL_WECHAT, CHANNEL_PHONE);
}

static void look(struct sim *sim) {
    switch (sim->core.session.screen) {
    case SCREEN_WELCOME:
        come(sim);
        return;
    case SCREEN_SERVICE:
        touch(sim, TOUCH_SERVICE, (int)sim->service);
        return;
    case SCREEN_IDENTIFY:
        scan(sim, sim_card_no(sim->card));
        return;
    case SCREEN_CONFIRM:
        touch(sim, TOUCH_NEXT, 0);
        return;
    case SCREEN_BILLS:
        choose_bills(sim);
        return;
    case SCREEN_AMOUNT:
        touch(sim, TOUCH_AMOUNT, (int)sim_between(sim, 1, 3));
        touch(sim, TOUCH_PAY, 0);
        return;
    case SCREEN_CHANNEL:
        if (sim->core.session.notice != NOTICE_NONE && sim_chance(sim, 300))
            touch(sim, TOUCH_HOME, 0);
        else
            touch(sim, TOUCH_CHANNEL, channel_of(sim));
        return;
    case SCREEN_PAY_CODE:
        scan(sim, "130123456789012345");
        return;
    case SCREEN_PAY_QR:
        plan(sim);
        return;
    case SCREEN_WAITING:
        if (!sim->edge.flow && sim_chance(sim, 20))
            touch(sim, TOUCH_CANCEL, 0);
        return;
    case SCREEN_RESULT:
        touch(sim, TOUCH_HOME, 0);
        return;
    default:
        touch(sim, TOUCH_HOME, 0);
        return;
    }
}

/* In the liveness phase nobody comes any more: what is open ends by itself. */
void patient_act(struct sim *sim) {
    if (!sim->safety)
        return;
    if (sim->running && (sim->edge.flow || !sim_chance(sim, 50)))
        look(sim);
    sim_after(sim, sim_between(sim, 400, 4000), HAPPEN_PATIENT, 0);
}
