/* A regional insurance portal (amp): a bill goes to the patient's phone as a message, and the
 * portal tells nobody but the hospital what became of it: it asks for the bills, settles by itself,
 * late or never, also after the terminal has died. Nothing takes the message back. */
#include <stdio.h>
#include <string.h>

#include "app/core/order/shares.h"
#include "tests/sim/amp.h"
#include "tests/sim/amp_refund.h"
#include "tests/sim/mmpc.h"
#include "tests/sim/sim.h"

#define LATE_MS_MAX INT64_C(7200000)
/* The terminal asks at least every ten minutes, but may be dead. */
#define SEEN_MS INT64_C(3600000)
#define TOLD_LATE_MS_MAX INT64_C(900000)
#define BACK_MS_MAX INT64_C(1800000)

static void say(struct event_answer *answer, enum outcome outcome, const char *code) {
    answer->outcome = outcome;
    answer->trade = TRADE_NONE;
    memcpy(answer->code, code, strlen(code) + 1);
    answer->code_is_word = true;
}

/* The order as the terminal has it, whether it is in the book or set aside. A write that failed may
 * stand all the same: of what is not in the book the journal knows better. */
static const struct order *order_there(const struct sim *sim, const char *no) {
    static struct order kept;
    int slot = sim->running ? book_find(&sim->core.book, no) : -1;
    if (slot >= 0)
        return &sim->core.book.orders[slot];
    bool read = sim->running && journal_load(sim->journal, no, &kept) == JOURNAL_OK;
    return read ? &kept : durable_order(sim, no);
}

/* On the phone, as far as the terminal knows; about one that cannot be read a person decides. */
static bool is_open_there(const struct sim *sim, const struct sim_payment *payment) {
    const struct order *order = order_there(sim, payment->no);
    const struct leg_traits *traits = order != NULL ? leg_traits(order->legs[0].state) : NULL;
    return (payment->pushed || sim->uploads) && payment->bill[0] != '\0' && traits != NULL &&
           traits->may_pay && !traits->settled && !damage_is_of(sim, payment->no);
}

void amp_check_sale(struct sim *sim, const char *order_no) {
    const struct order *order = durable_order(sim, order_no);
    if (order != NULL && leg_traits(order->legs[0].state)->settled)
        return; /* a message of which the first copy was refused */
    for (int i = 0; i < sim->payment_count && order != NULL && sim->resolved == 0; i++) {
        const struct sim_payment *payment = &sim->payments[i];
        for (int c = 0; c < order->claim_count; c++)
            if (payment->pushed && strcmp(payment->no, order_no) != 0 && !payment->refused &&
                !payment->push_refused && payment->returned_fen == 0 &&
                strncmp(payment->bill, order->claims[c].org_trace_no, BILL_STEM) == 0)
                sim_fail(sim, "%s is sold while it is on the phone for %s", payment->bill,
                         payment->no);
    }
}

void amp_check_list(struct sim *sim, int card) {
    for (int i = 0; i < sim->payment_count; i++) {
        const struct order *order = order_there(sim, sim->payments[i].no);
        if (order != NULL && is_open_there(sim, &sim->payments[i]) &&
            sim_card_of(order->person.mdtrt_cert_no) == card)
            sim_fail(sim, "a list of card %d leaves while %s is on the phone", card,
                     sim->payments[i].no);
    }
}

/* The same bill again would be a second message: that it left twice is seen where it leaves. */
static void push(struct sim *sim, const struct sim_request *request, struct event_answer *answer) {
    int i = platform_find(sim, request->order_no);
    if (i < 0) {
        const struct order *order = durable_order(sim, request->order_no);
        i = platform_place(sim, request);
        struct sim_payment *payment = &sim->payments[i];
        payment->pushed = true;
        payment->other_amount = false;
        payment->refused = sim_chance(sim, sim->faults.says_failed);
        payment->own_fen = sim_between(sim, 0, payment->fen);
        memcpy(payment->bill, order->claims[0].org_trace_no, TRACE_NO_SIZE);
        amp_check_sale(sim, request->order_no);
    }
    if (sim->payments[i].refused)
        say(answer, OUTCOME_DECLINED, sim->seed % 2 ? "ERROR" : "-2");
    else
        say(answer, OUTCOME_ACCEPTED, "SUCCESS");
}

/* The fees are uploaded: the message names them. */
static void push_uploaded(struct sim *sim, const struct sim_request *request,
                          struct event_answer *answer) {
    int i = platform_find(sim, request->order_no);
    if (i < 0 || sim->payments[i].refused) {
        sim_fail(sim, "%s is pushed, and was not uploaded", request->order_no);
        return;
    }
    struct sim_payment *payment = &sim->payments[i];
    if (!payment->pushed)
        payment->push_refused = sim_chance(sim, sim->faults.says_failed);
    payment->pushed = true;
    if (payment->push_refused)
        say(answer, OUTCOME_DECLINED, sim->seed % 2 ? "ERROR" : "-2");
    else
        say(answer, OUTCOME_ACCEPTED, "SUCCESS");
}

void amp_check_revoke(struct sim *sim, const struct sim_request *request) {
    int i = platform_find(sim, request->order_no);
    if (i >= 0 && sim->payments[i].pushed && !sim->payments[i].push_refused &&
        his_settled_ms(sim, sim->payments[i].bill) == 0)
        sim_fail(sim, "%s is revoked, and is on the phone", request->order_no);
}

/* What is uploaded and revoked is the insurance's, and so is every question about that, and an own
 * part that it took before anything was on a phone. */
bool amp_hears(const struct sim *sim, const struct sim_request *request) {
    bool back = request->verb == VERB_REFUND || request->verb == VERB_ASK_REFUND;
    int i = platform_find(sim, request->order_no);
    bool pushed = i >= 0 && sim->payments[i].pushed && !sim->payments[i].push_refused;
    return sim->amp && (!sim->uploads || request->verb == VERB_PUSH || (back && pushed));
}

void amp_act(struct sim *sim, const struct sim_request *request, struct event_answer *answer) {
    if (request->verb == VERB_REFUND || request->verb == VERB_ASK_REFUND)
        amp_refund(sim, request, answer);
    else if (request->verb == VERB_PUSH)
        push_uploaded(sim, request, answer);
    else if (request->verb == VERB_PLACE)
        push(sim, request, answer);
    else
        sim_fail(sim, "the portal is asked to %s %s", verb_word(request->verb), request->order_no);
}

void amp_confirm(struct sim *sim, int i) {
    const struct sim_payment *payment = &sim->payments[i];
    if (payment->refused || payment->push_refused || payment->booked)
        return;
    sim_trace(sim, "%s is confirmed on the phone", payment->no);
    bool late = sim->edge.flow ? sim->edge.flow->centre == FLOW_SETTLES_LATE
                               : sim_chance(sim, sim->faults.centre_odd);
    sim_after(sim, late ? sim_between(sim, 1000, LATE_MS_MAX) : sim_between(sim, 200, 4000),
              HAPPEN_SETTLE, i);
}

static bool tell_hospital(struct sim *sim, int i) {
    struct sim_payment *payment = &sim->payments[i];
    char trace[CLAIM_TRACE_SIZE];
    snprintf(trace, sizeof trace, "AMP%06d", i);
    payment->booked = his_book_alone(sim, payment->bill, trace);
    if (payment->booked && sim->his_names && !sim->edge.flow && sim_chance(sim, 500))
        sim_after(sim, sim_between(sim, 60000, BACK_MS_MAX), HAPPEN_GIVE_BACK, -1);
    return payment->booked;
}

/* ORG_003 of what the insurance has settled. What the hospital does not take goes back. */
static void tell_uploaded(struct sim *sim, int i) {
    if (!tell_hospital(sim, i))
        mmpc_enter(sim, i, CENTRE_RETURNED);
}

static bool flow_strands(const struct sim *sim) {
    return sim->edge.flow && sim->edge.flow->centre == FLOW_STRANDS;
}

/* What goes wrong at the insurance. True: it did. */
static bool fail_uploaded(struct sim *sim, int i) {
    if (sim_chance(sim, sim->faults.centre_odd / 4))
        mmpc_enter(sim, i, CENTRE_ABNORMAL);
    else if (sim_chance(sim, sim->faults.centre_odd / 4))
        mmpc_enter(sim, i, CENTRE_HALF); /* for ever */
    else if (sim->payments[i].own_fen > 0 &&
             (flow_strands(sim) || sim_chance(sim, sim->faults.centre_odd / 4)))
        mmpc_enter(sim, i, CENTRE_STRANDED);
    else
        return false;
    return true;
}

/* The hospital has heard of it, and the insurance settles only then. */
static void end_settling(struct sim *sim, int i) {
    struct sim_payment *payment = &sim->payments[i];
    payment->told_first = false;
    if (payment->centre != CENTRE_UPLOADED) {
        sim_fail(sim, "%s is revoked while the portal settles it", payment->no);
        return;
    }
    payment->paid_ms = sim->now_ms;
    mmpc_enter(sim, i, CENTRE_DONE);
}

/* Ours is left as it is, or revoked first. */
static void upload_anew(struct sim *sim, int i) {
    if (sim_chance(sim, 500)) {
        (void)tell_hospital(sim, i);
        return;
    }
    sim->payments[i].uploads_anew = true;
    mmpc_enter(sim, i, CENTRE_REVOKED);
    sim_after(sim, sim_between(sim, 1000, TOLD_LATE_MS_MAX), HAPPEN_SETTLE, i);
}

/* The hospital hears of it first, at once, later or never; a portal may also upload the fees once
 * more by itself, and leave ours. */
static void settle_uploaded(struct sim *sim, int i) {
    struct sim_payment *payment = &sim->payments[i];
    if (payment->centre == CENTRE_DONE && !payment->never_told) {
        tell_uploaded(sim, i);
        return;
    }
    if (payment->uploads_anew) {
        (void)tell_hospital(sim, i);
        return;
    }
    if (payment->centre != CENTRE_UPLOADED)
        return; /* it was revoked, or is stuck */
    if (sim_chance(sim, sim->faults.centre_odd / 2)) {
        upload_anew(sim, i);
        return;
    }
    if (sim_chance(sim, sim->faults.centre_odd / 2)) {
        payment->told_first = tell_hospital(sim, i);
        if (payment->told_first)
            sim_after(sim, sim_between(sim, 1000, TOLD_LATE_MS_MAX), HAPPEN_SETTLE, i);
        return;
    }
    if (fail_uploaded(sim, i))
        return;
    payment->contradicts = sim_chance(sim, sim->faults.centre_odd / 4);
    payment->paid_ms = sim->now_ms;
    mmpc_enter(sim, i, CENTRE_DONE);
    payment->never_told = sim_chance(sim, sim->faults.centre_odd / 4);
    if (sim_chance(sim, sim->faults.centre_odd))
        sim_after(sim, sim_between(sim, 1000, TOLD_LATE_MS_MAX), HAPPEN_SETTLE, i);
    else if (!payment->never_told)
        tell_uploaded(sim, i);
}

/* ORG_002, ORG_007, the money, ORG_003. What the hospital does not take goes back by itself, and
 * stays on the phone. */
void amp_settle(struct sim *sim, int i) {
    struct sim_payment *payment = &sim->payments[i];
    if (payment->insured && (!payment->pushed || payment->centre == CENTRE_SETTLING)) {
        mmpc_settle(sim, i); /* confirmed without the portal, while it was revoked */
        return;
    }
    if (payment->told_first) {
        end_settling(sim, i);
        return;
    }
    if (payment->refused || payment->push_refused || payment->booked)
        return;
    if (payment->insured)
        settle_uploaded(sim, i);
    else if (tell_hospital(sim, i))
        payment->paid_ms = sim->now_ms;
}

/* Does ORG_004 ever say that the bill is settled, to who asks with the number that was pushed? */
static bool his_would_tell(const struct sim *sim, const struct order *order,
                           const struct sim_payment *payment) {
    bool settled = payment->booked || his_window_paid(sim, payment->bill);
    int64_t at_ms = his_settled_ms(sim, payment->bill);
    return settled && his_tells_of(sim, order->claims[0].org_trace_no) &&
           at_ms + SEEN_MS < order->legs[0].watch_until_ms - sim->wall_offset_ms;
}

/* A message that never arrived, or nobody looked at: a window may have settled the bill. */
static void check_credited(struct sim *sim, const struct order *order) {
    const struct claim *claim = &order->claims[0];
    int settled = amp_settled_by(sim, order);
    bool by_portal = settled >= 0 && sim->payments[settled].booked;
    bool by_window = his_window_paid(sim, claim->org_trace_no);
    if (claim->state != CLAIM_DONE || order_sums(order).credited.fen != order->legs[0].amount.fen)
        sim_fail(sim, "%s is settled at the hospital, and we say %s", order->no,
                 claim_state_name(claim->state));
    if (!by_portal && !by_window)
        sim_fail(sim, "%s: we say credited, the hospital has not settled it", order->no);
    if (!claim->unproven && (!by_portal || !sim->his_names))
        sim_fail(sim, "%s: nobody has proved that the portal settled it", order->no);
}

/* Which case a bill on the phone may be whose fees are uploaded: by the insurance's own word, and
 * the hospital's. */
static bool uploaded_case_is_right(const struct sim *sim, const struct order *order,
                                   const struct sim_payment *payment) {
    bool told = payment->booked && his_tells_of(sim, order->claims[0].org_trace_no);
    switch (order->legs[0].reason) {
    case CASE_CREDIT_UNKNOWN:
        return payment->centre == CENTRE_DONE && !told;
    case CASE_CREDIT_CONTRADICTS:
        return payment->centre == CENTRE_RETURNED;
    case CASE_HALF_SETTLED: /* an own part that is back is half of something, unless it was heard
                               that it was all that was there, and it was not back yet */
        return payment->centre == CENTRE_HALF || payment->centre == CENTRE_STRANDED ||
               (payment->centre == CENTRE_OWN_RETURNED &&
                (!order->legs[0].own_only ||
                 payment->changed_ms > durable_case_ms(sim, order->no)));
    case CASE_AMOUNT_MISMATCH:
        return payment->other_amount;
    case CASE_ABNORMAL:
        return payment->centre == CENTRE_ABNORMAL;
    case CASE_SPLIT_WRONG:
        return payment->contradicts || payment->other_amount; /* it does not add up to the bill */
    case CASE_PAYMENT_UNKNOWN:
        return payment->centre != CENTRE_DONE &&
               terminal_now(sim).wall_ms >= order->legs[0].watch_until_ms;
    default:
        return false;
    }
}

static void check_uploaded(struct sim *sim, const struct order *order,
                           const struct sim_payment *payment) {
    const struct leg *leg = &order->legs[0];
    bool for_person = payment->centre == CENTRE_HALF || payment->centre == CENTRE_ABNORMAL ||
                      payment->centre == CENTRE_STRANDED ||
                      (payment->centre == CENTRE_DONE && payment->contradicts);
    if (!order_settled(order))
        sim_fail(sim, "%s never settles: %s", order->no, order_state_name(order_state(order)));
    else if (leg->state == LEG_PAID && for_person)
        sim_fail(sim, "%s is for a person, and we call it paid", order->no);
    else if (leg->state == LEG_PAID && payment->centre == CENTRE_UPLOADED)
        sim_fail(sim, "%s is settled, and can be paid again at the insurance", order->no);
    else if (leg->state == LEG_PAID && payment->centre == CENTRE_DONE &&
             leg->split.own.fen != payment->own_fen)
        sim_fail(sim, "%s: we have another split than the insurance", order->no);
    else if (leg->state == LEG_PAID && order->refund_count > 0)
        amp_check_refunds(sim, order);
    else if (leg->state == LEG_PAID)
        check_credited(sim, order);
    else if (leg->state != LEG_CASE)
        sim_fail(sim, "%s is on the phone, and ends as %s", order->no, leg_state_name(leg->state));
    else if (!uploaded_case_is_right(sim, order, payment))
        sim_fail(sim, "%s is a case without need: %s", order->no, case_reason_name(leg->reason));
    if (leg->state != LEG_PAID && order->refund_count > 0)
        sim_fail(sim, "something of %s goes back, and it is not paid", order->no);
}

void amp_check_order(struct sim *sim, const struct order *order,
                     const struct sim_payment *payment) {
    if (payment != NULL && payment->insured) {
        check_uploaded(sim, order, payment);
        return;
    }
    const struct leg *leg = &order->legs[0];
    bool on_phone = payment != NULL && !payment->refused;
    if (!order_settled(order))
        sim_fail(sim, "%s never settles: %s", order->no, order_state_name(order_state(order)));
    else if (order->refund_count > 0)
        amp_check_refunds(sim, order);
    else if (leg->state == LEG_PAID)
        check_credited(sim, order);
    else if (leg->state == LEG_DECLINED && on_phone)
        sim_fail(sim, "%s is declined here, and is on the phone", order->no);
    else if (leg->state == LEG_CASE && leg->reason != CASE_PAYMENT_UNKNOWN)
        sim_fail(sim, "%s is a case without need: %s", order->no, case_reason_name(leg->reason));
    else if (leg->state == LEG_CASE && on_phone && his_would_tell(sim, order, payment))
        sim_fail(sim, "%s is a case, and the hospital would tell that it is settled", order->no);
    else if (leg->state == LEG_CASE && payment != NULL &&
             terminal_now(sim).wall_ms < leg->watch_until_ms)
        sim_fail(sim, "%s is a case before its watch is over", order->no);
    else if (leg->state != LEG_CASE && leg->state != LEG_DECLINED && leg->state != LEG_PAID)
        sim_fail(sim, "%s ends as %s", order->no, leg_state_name(leg->state));
}
