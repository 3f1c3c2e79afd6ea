/* What onepay books of a desk's card payments. The caller's number is one booking: sent again it is
 * the same, refused it stays refused. What is taken back has the refund's number, and what failed
 * is tried again under it. */
#include "tests/sim/booking.h"

#include <string.h>

#include "tests/sim/onepay.h"
#include "tests/sim/sim.h"

#define UNKNOWN_MS_MAX INT64_C(600000)
#define FORGOTTEN_MS_MAX INT64_C(300000)

static void say(struct event_answer *answer, enum outcome outcome, enum trade_state trade,
                const char *code) {
    answer->outcome = outcome;
    answer->trade = trade;
    memcpy(answer->code, code, strlen(code) + 1);
}

bool booking_serves_request(const struct sim_request *request) {
    return request->desk_card &&
           (request->verb == VERB_CREDIT || request->verb == VERB_ASK_CREDIT ||
            request->verb == VERB_UNCREDIT);
}

static void book(struct sim *sim, struct sim_payment *payment) {
    const struct order *order = durable_order(sim, payment->no);
    bool refuses = sim_chance(sim, sim->faults.says_failed);
    payment->booking = order != NULL && !refuses && his_book(sim, order) ? BOOKING_DONE
                       : refuses                                         ? BOOKING_REFUSED
                                                                         : BOOKING_FAILED;
    if (sim_chance(sim, sim->faults.his_odd))
        payment->unknown_until_ms = sim->now_ms + sim_between(sim, 1000, UNKNOWN_MS_MAX);
}

static void answer_booking(struct sim *sim, const struct sim_request *request,
                           struct event_answer *answer) {
    int i = platform_find(sim, request->order_no);
    if (i < 0 || !sim->payments[i].paid || sim->payments[i].fen != request->fen) {
        sim_fail(sim, "%s is booked without its money", request->order_no);
        return;
    }
    struct sim_payment *payment = &sim->payments[i];
    bool again = payment->booking != BOOKING_NONE;
    if (!again)
        book(sim, payment);
    if (payment->booking == BOOKING_REFUSED)
        say(answer, OUTCOME_DECLINED, TRADE_FAILED, "020007");
    else if (again)
        say(answer, OUTCOME_UNKNOWN, TRADE_NONE, "033001");
    else
        say(answer, OUTCOME_PENDING, TRADE_WAIT, "000000");
}

static bool is_forgotten(struct sim *sim, struct sim_payment *payment) {
    if (sim_chance(sim, sim->faults.forget)) {
        payment->forgotten_until_ms = sim->now_ms + sim_between(sim, 1000, FORGOTTEN_MS_MAX);
        sim->faults_done++;
    }
    return sim->safety && sim->now_ms < payment->forgotten_until_ms;
}

static void tell_booking(struct sim *sim, const struct sim_request *request,
                         struct event_answer *answer) {
    int i = platform_find(sim, request->order_no);
    struct sim_payment *payment = i < 0 ? NULL : &sim->payments[i];
    if (payment == NULL || payment->booking == BOOKING_NONE || is_forgotten(sim, payment)) {
        say(answer, OUTCOME_UNKNOWN, TRADE_ABSENT, "notfound");
        return;
    }
    memcpy(answer->no, payment->no, ORDER_NO_SIZE);
    if (sim->safety && sim->now_ms < payment->unknown_until_ms)
        say(answer, OUTCOME_UNKNOWN, TRADE_OTHER, "exp");
    else if (payment->booking == BOOKING_DONE)
        say(answer, OUTCOME_ACCEPTED, TRADE_PAID, "succ");
    else
        say(answer, OUTCOME_DECLINED, TRADE_FAILED, "fail");
}

static struct sim_refund *unbooking_named(struct sim *sim, const char *no) {
    for (int i = 0; i < sim->unbooking_count; i++)
        if (strcmp(sim->unbookings[i].no, no) == 0)
            return &sim->unbookings[i];
    return NULL;
}

static void unanswer_booking(struct sim *sim, const struct sim_request *request,
                             struct event_answer *answer) {
    struct sim_refund *known = unbooking_named(sim, request->refund_no);
    if (known == NULL) {
        if (sim->unbooking_count == SIM_REFUNDS_MAX) {
            sim_fail(sim, "too many refunds for the simulator");
            return;
        }
        known = &sim->unbookings[sim->unbooking_count++];
        *known = (struct sim_refund){.fen = request->fen};
        memcpy(known->no, request->refund_no, ORDER_NO_SIZE);
        known->refused = sim_chance(sim, sim->faults.refund_refused);
        known->silent_queries = sim_chance(sim, sim->faults.refund_odd) ? 3 : 0;
    }
    if (known->fen != request->fen)
        sim_fail(sim, "refund %s came again with another amount", known->no);
    if (!known->done && !known->refused) {
        his_unbook(sim, request->amp_trace_id, known->fen);
        known->done = true;
    }
    onepay_answer_refund(sim, known, "034009", answer);
}

static void tell_unbooking(struct sim *sim, const struct sim_request *request,
                           struct event_answer *answer) {
    struct sim_refund *known = unbooking_named(sim, request->refund_no);
    onepay_tell_refund(sim, known, answer);
}

void booking_act(struct sim *sim, const struct sim_request *request, struct event_answer *answer) {
    if (request->verb == VERB_CREDIT)
        answer_booking(sim, request, answer);
    else if (request->verb == VERB_UNCREDIT)
        unanswer_booking(sim, request, answer);
    else if (request->refund_no[0] != '\0')
        tell_unbooking(sim, request, answer);
    else
        tell_booking(sim, request, answer);
}
