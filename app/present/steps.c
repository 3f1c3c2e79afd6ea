/* The four steps of a payment: who, what, pay, recorded. The first two are the visit's; the third
 * and the fourth are ticked by what the order's journal says, and by nothing else. */
#include "app/core/order/shares.h"
#include "app/core/visit/keys.h"
#include "app/core/visit/screens.h"
#include "app/present/parts.h"

enum { STEP_WHO = 0, STEP_WHAT, STEP_PAY, STEP_RECORDED };

static void set_step(const struct presenting *p, int step, enum view_step_state state,
                     const char *key) {
    p->view->steps[step] = (struct view_step){state, key};
}

/* Everything that is known of it is in the journal. */
static bool is_written(const struct order *order) {
    return order->run.durable_wait == 0;
}

static void show_paid(const struct presenting *p, const struct order *order) {
    static const enum view_step_state of_leg[] = {
        [LEG_NEW] = STEP_NOW,       [LEG_PLACING] = STEP_NOW, [LEG_PLACE_UNKNOWN] = STEP_NOW,
        [LEG_WAITING] = STEP_NOW,   [LEG_PAID] = STEP_DONE,   [LEG_DECLINED] = STEP_NOT,
        [LEG_CLOSING] = STEP_ASKED, [LEG_CLOSED] = STEP_NOT,  [LEG_PAID_AFTER_CLOSE] = STEP_DONE,
        [LEG_RETURNED] = STEP_DONE, [LEG_CASE] = STEP_ASKED,  [LEG_PUSHED] = STEP_NOW,
        [LEG_DUE] = STEP_NOW,
    };
    static const char *const keys[] = {[STEP_LATER] = "step.3",
                                       [STEP_NOW] = "step.3",
                                       [STEP_DONE] = "step.3",
                                       [STEP_ASKED] = "step.asked",
                                       [STEP_NOT] = "step.3.not"};
    enum view_step_state state = of_leg[order_shown_leg(order)->state];

    if (state == STEP_DONE && !is_written(order))
        state = STEP_NOW;
    if (state == STEP_NOW && p->session->screen == SCREEN_RESULT)
        state = STEP_ASKED; /* nobody stands and waits any more */
    bool perhaps = state == STEP_NOT && only_closed(order, order_verdict(order));
    set_step(p, STEP_PAY, state, perhaps ? "step.3.closed" : keys[state]);
}

/* Ticked when all of it is in the hospital's books. */
static void show_recorded(const struct presenting *p, const struct order *order) {
    int done = 0, open = 0, unpaid = 0;

    for (int i = 0; i < order->claim_count; i++) {
        const struct claim_traits *traits = claim_traits(order->claims[i].state);
        done += order->claims[i].state == CLAIM_DONE;
        open += !traits->settled && order->claims[i].state != CLAIM_REVERSING;
        unpaid += order->claims[i].state == CLAIM_WAITING || order->claims[i].state == CLAIM_VOID;
    }
    if (p->view->steps[STEP_PAY].state != STEP_DONE || unpaid == order->claim_count)
        set_step(p, STEP_RECORDED, STEP_LATER, "step.4");
    else if (done == order->claim_count && is_written(order))
        set_step(p, STEP_RECORDED, STEP_DONE, "step.4");
    else if (open > 0 || done == order->claim_count)
        set_step(p, STEP_RECORDED, p->session->screen == SCREEN_RESULT ? STEP_ASKED : STEP_NOW,
                 p->session->screen == SCREEN_RESULT ? "step.asked" : "step.4");
    else if (order_verdict(order) == VERDICT_WINDOW)
        set_step(p, STEP_RECORDED, STEP_ASKED, "step.asked");
    else
        set_step(p, STEP_RECORDED, STEP_NOT, done > 0 ? "step.4.partly" : "step.4.not");
}

/* What a refund or a look back does is no payment. */
static bool is_payment(const struct presenting *p, int step) {
    return step > 0 && p->session->service != SERVICE_REFUND &&
           p->session->service != SERVICE_RECORDS && p->session->screen != SCREEN_STAFF;
}

static int step_of(const struct session *session) {
    if (session->screen == SCREEN_WAITING)
        return wait_row(session->waiting)->step;
    return screen_rule(session->screen)->step;
}

void present_steps(const struct presenting *p) {
    const struct order *order = present_order(p);
    bool deposit = p->session->service == SERVICE_DEPOSIT;
    int step = step_of(p->session);

    p->view->has_steps = is_payment(p, step);
    set_step(p, STEP_WHO, step > 1 ? STEP_DONE : STEP_NOW, "step.1");
    set_step(p, STEP_WHAT,
             step > 2    ? STEP_DONE
             : step == 2 ? STEP_NOW
                         : STEP_LATER,
             deposit ? "step.2.amount" : "step.2");
    set_step(p, STEP_PAY, step == 3 ? STEP_NOW : STEP_LATER, "step.3");
    set_step(p, STEP_RECORDED, STEP_LATER, "step.4");
    if (step < 3 || p->session->payment.slot < 0)
        return;
    show_paid(p, order);
    show_recorded(p, order);
}
