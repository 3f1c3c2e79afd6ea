/* The pinpad at the terminal: the patient puts a card in and takes some time, a cancel comes in
 * time or too late, a lost answer is asked for by its number. It charges a number once. */
#include <string.h>
#include <time.h>

#include "tests/sim/booking.h"
#include "tests/sim/pinpad.h"
#include "tests/sim/sim.h"

#define CODE_GOOD "00"
#define CODE_REFUSED "51"
#define CODE_CANCELLED "Z1"
#define CODE_BUSY "Z4"
#define CODE_NOT_FOUND "Z5"

static void say(struct sim *sim, struct event_answer *answer, enum outcome outcome,
                const char *code) {
    time_t china_s = (time_t)(sim->now_ms / 1000 + 8 * 3600);
    struct tm day;
    gmtime_r(&china_s, &day);
    strftime(answer->slip.date, sizeof answer->slip.date, "%Y%m%d", &day);
    memcpy(answer->code, code, strlen(code) + 1);
    memcpy(answer->slip.terminal, PINPAD_TERMINAL, sizeof PINPAD_TERMINAL);
    answer->outcome = outcome;
    answer->paid_by = CHANNEL_CARD;
}

static void tell_sale(struct sim *sim, const struct sim_payment *payment,
                      struct event_answer *answer) {
    answer->has_amount = true;
    answer->amount.fen = payment->fen + payment->other_amount;
    answer->time_ms = payment->paid_ms - payment->paid_ms % 1000;
    answer->trade = payment->paid ? TRADE_PAID : TRADE_FAILED;
    say(sim, answer, payment->paid ? OUTCOME_ACCEPTED : OUTCOME_DECLINED,
        payment->paid        ? CODE_GOOD
        : payment->cancelled ? CODE_CANCELLED
                             : CODE_REFUSED);
}

bool pinpad_serves_request(const struct sim *sim, const struct sim_request *request) {
    int i = platform_find(sim, request->order_no);
    if (booking_serves_request(request))
        return false;
    return request->channel == CHANNEL_CARD || (i >= 0 && sim->payments[i].card);
}

/* True: it has decided; else the patient is still at it. */
static bool decided(const struct sim_payment *payment) {
    return payment->paid || payment->failed;
}

void pinpad_decide(struct sim *sim, int i) {
    struct sim_payment *payment = &sim->payments[i];
    if (decided(payment))
        return;
    payment->paid = sim->edge.flow || sim_chance(sim, 750);
    payment->failed = !payment->paid;
    payment->paid_ms = sim->now_ms;
    sim_trace(sim, "%s: the card is %s", payment->no, payment->paid ? "charged" : "refused");
    if (payment->asked_by > 0)
        wire_reply(sim, payment->asked_by - 1);
}

/* False: the answer comes later. */
static bool sell(struct sim *sim, const struct sim_request *request, int asked_by) {
    int i = platform_find(sim, request->order_no);
    if (i < 0) {
        i = platform_place(sim, request);
        sim->payments[i].card = true;
        sim->payments[i].returns_itself = false;
        sim->payments[i].asked_by = asked_by + 1;
        sim_after(sim, sim_between(sim, 3000, 40000), HAPPEN_CARD, i);
    }
    return decided(&sim->payments[i]);
}

static void cancel(struct sim *sim, struct sim_payment *payment, struct event_answer *answer) {
    bool in_time = payment && !decided(payment);
    if (in_time) {
        payment->failed = payment->cancelled = true;
        if (payment->asked_by > 0)
            wire_reply(sim, payment->asked_by - 1);
    }
    say(sim, answer, in_time ? OUTCOME_ACCEPTED : OUTCOME_UNKNOWN,
        in_time ? CODE_GOOD : CODE_NOT_FOUND);
}

static void ask(struct sim *sim, const struct sim_payment *payment, struct event_answer *answer) {
    if (!payment)
        say(sim, answer, OUTCOME_UNKNOWN, CODE_NOT_FOUND);
    else if (!decided(payment))
        say(sim, answer, OUTCOME_UNKNOWN, CODE_BUSY);
    else
        tell_sale(sim, payment, answer);
}

bool pinpad_act(struct sim *sim, const struct sim_request *request, int asked_by,
                struct event_answer *answer) {
    if (request->verb == VERB_PLACE && !sell(sim, request, asked_by))
        return false;
    int i = platform_find(sim, request->order_no);
    struct sim_payment *payment = i < 0 ? NULL : &sim->payments[i];
    switch (request->verb) {
    case VERB_PLACE:
    case VERB_ASK:
        ask(sim, payment, answer);
        break;
    case VERB_CLOSE:
        cancel(sim, payment, answer);
        break;
    default:
        platform_act(sim, request, answer);
        if (answer->outcome == OUTCOME_UNKNOWN && answer->trade == TRADE_NONE)
            say(sim, answer, OUTCOME_UNKNOWN, CODE_NOT_FOUND);
        break;
    }
    return true;
}
