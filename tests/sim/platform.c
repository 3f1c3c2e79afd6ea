/* A upp platform: payments known by our number, refunds known by theirs, late money returned by
 * itself when the HIS does not know the order (5.2) - mostly. */
#include <string.h>

#include "tests/sim/amp.h"
#include "tests/sim/ledger.h"
#include "tests/sim/mmpc.h"
#include "tests/sim/onepay.h"
#include "tests/sim/sim.h"

#define RETURN_MS_MAX INT64_C(7200000)
#define STALE_MS_MAX INT64_C(10000)
#define FORGOTTEN_MS_MAX INT64_C(300000)

int platform_find(const struct sim *sim, const char *no) {
    for (int i = 0; i < sim->payment_count; i++)
        if (strcmp(sim->payments[i].no, no) == 0)
            return i;
    return -1;
}

bool platform_never_tells(const struct sim *sim, const char *no) {
    for (int i = 0; i < sim->refund_count; i++)
        if (sim->refunds[i].never_told &&
            strcmp(sim->payments[sim->refunds[i].payment].order_no, no) == 0)
            return true;
    return false;
}

static bool any_is_silent(const struct sim *sim, const struct sim_refund *refunds, int count,
                          const struct refund *refund) {
    for (int i = 0; i < count; i++) {
        bool lately = refunds[i].silent_ms != 0 && sim->now_ms - refunds[i].silent_ms < PROMPT_MS;
        bool same =
            strcmp(refunds[i].no, refund->no) == 0 || strcmp(refunds[i].no, refund->caller_no) == 0;
        if ((refunds[i].silent_queries > 0 || lately) && same)
            return true;
    }
    return false;
}

bool platform_was_silent(const struct sim *sim, const struct refund *refund) {
    return any_is_silent(sim, sim->refunds, sim->refund_count, refund) ||
           any_is_silent(sim, sim->unbookings, sim->unbooking_count, refund);
}

bool platform_keeps_silent(const struct sim *sim, struct sim_refund *refund) {
    if (refund->silent_queries == 0)
        return false;
    refund->silent_queries--;
    refund->silent_ms = sim->now_ms;
    return true;
}

static struct sim_refund *find_refund(struct sim *sim, const char *no) {
    for (int i = 0; i < sim->refund_count; i++)
        if (strcmp(sim->refunds[i].no, no) == 0)
            return &sim->refunds[i];
    return NULL;
}

static void say(struct event_answer *answer, enum outcome outcome, const char *code) {
    answer->outcome = outcome;
    memcpy(answer->code, code, strlen(code) + 1);
}

static void pay(struct sim *sim, int i) {
    struct sim_payment *payment = &sim->payments[i];
    bool of_onepay = sim->onepay && !payment->card;
    if (payment->paid || payment->failed || (of_onepay && payment->closed))
        return; /* what onepay has closed nobody can pay */
    payment->paid = true;
    payment->paid_ms = sim->now_ms;
    /* The times of the messages are whole seconds. */
    payment->late = payment->closed || sim->now_ms / 1000 > payment->expire_ms / 1000;
    payment->late = payment->late && !of_onepay;
    sim_trace(sim, "%s is paid%s", payment->no, payment->late ? ", too late" : "");
    if (of_onepay) {
        onepay_paid(sim, i);
        return;
    }
    if (payment->late && payment->returns_itself)
        sim_after(sim, sim_between(sim, 1000, RETURN_MS_MAX), HAPPEN_RETURN, i);
}

static bool returns_itself(struct sim *sim) {
    return sim->edge.flow ? sim->edge.flow->returns_itself : sim_chance(sim, sim->returns_late);
}

int platform_place(struct sim *sim, const struct sim_request *request) {
    if (sim->payment_count == SIM_PAYMENTS_MAX) {
        sim_fail(sim, "too many payments for the simulator");
        return 0;
    }
    int i = sim->payment_count++;
    sim->payments[i] = (struct sim_payment){
        .fen = request->fen,
        .expire_ms = request->expire_ms,
        .returns_itself = returns_itself(sim),
        .other_amount = !sim->onepay && sim_chance(sim, sim->faults.other_amount)};
    memcpy(sim->payments[i].no, request->pay_no, ORDER_NO_SIZE);
    memcpy(sim->payments[i].order_no, request->order_no, ORDER_NO_SIZE);
    return i;
}

static void place(struct sim *sim, const struct sim_request *request) {
    if (platform_find(sim, request->pay_no) >= 0)
        return; /* the same number is the same payment */
    int i = platform_place(sim, request);
    sim->payments[i].says_failed =
        request->channel != CHANNEL_PHONE && sim_chance(sim, sim->faults.says_failed);
    if (request->channel != CHANNEL_PHONE && sim_chance(sim, sim->faults.code_amount))
        sim->payments[i].fen += 1;
    if (request->channel != CHANNEL_PHONE)
        return;
    if (sim->edge.flow || sim_chance(sim, 600))
        pay(sim, i);
    else if (sim_chance(sim, 400))
        sim->payments[i].failed = true;
    else
        sim_after(sim, sim_between(sim, 1000, 60000), HAPPEN_PHONE, i);
}

/* A query may be answered from a copy that is some seconds old. */
static bool seen_paid(struct sim *sim, const struct sim_payment *payment) {
    bool fresh = payment->paid && sim->now_ms - payment->paid_ms < STALE_MS_MAX;
    return payment->paid && !(fresh && sim_chance(sim, sim->faults.stale));
}

/* With a clock that is behind nobody can tell that what has no time came late. */
static int64_t told_time(struct sim *sim, struct sim_payment *payment) {
    bool behind = sim->wall_offset_ms < 0;
    bool untimed = payment->paid && !behind && sim_chance(sim, sim->faults.no_time);
    payment->untimed = payment->untimed || untimed;
    return untimed ? 0 : payment->paid_ms - payment->paid_ms % 1000;
}

/* What it could not return some platforms name an exception, and know no more themselves. */
static bool return_is_odd(const struct sim *sim) {
    return sim->seed % 3 == 0;
}

/* A code is shown before the platform calls its payment failed. */
static void tell_payment(struct sim *sim, struct sim_payment *payment, enum verb verb,
                         struct event_answer *answer) {
    bool failed = payment->failed || (payment->says_failed && verb != VERB_PLACE);
    bool part = payment->returned_fen > 0 && sim->part_is_returned;
    answer->has_amount = true;
    answer->amount.fen = payment->fen + (payment->paid && payment->other_amount);
    answer->time_ms = told_time(sim, payment);
    answer->paid_by = CHANNEL_WECHAT;
    memcpy(answer->no, payment->no, ORDER_NO_SIZE);
    if (payment->returned_fen == payment->fen || part) {
        answer->trade = TRADE_RETURNED;
        say(answer, OUTCOME_UNKNOWN, "0");
    } else if (payment->return_failed) {
        answer->trade = return_is_odd(sim) ? TRADE_RETURN_ODD : TRADE_RETURN_FAILED;
        say(answer, OUTCOME_UNKNOWN, "0");
    } else if (seen_paid(sim, payment)) {
        answer->trade = TRADE_PAID;
        say(answer, OUTCOME_ACCEPTED, "0");
    } else if (failed) {
        answer->trade = TRADE_FAILED;
        say(answer, OUTCOME_DECLINED, "0");
    } else {
        answer->trade = TRADE_WAIT;
        say(answer, OUTCOME_PENDING, "0");
    }
}

bool platform_cannot_tell(const struct sim *sim, const char *no) {
    int i = platform_find(sim, no);
    return i >= 0 && sim->payments[i].return_failed && return_is_odd(sim);
}

static void close_payment(struct sim_payment *payment, struct event_answer *answer) {
    answer->not_closed = payment->paid && payment->returned_fen == 0;
    payment->closed = payment->closed || !answer->not_closed;
    say(answer, answer->not_closed ? OUTCOME_DECLINED : OUTCOME_ACCEPTED, "0");
}

static void tell_refund(const struct sim_refund *refund, struct event_answer *answer) {
    answer->has_amount = true;
    answer->amount.fen = refund->fen;
    memcpy(answer->no, refund->no, ORDER_NO_SIZE);
    answer->trade = refund->done ? TRADE_RETURNED : TRADE_RETURN_FAILED;
    say(answer, refund->done ? OUTCOME_ACCEPTED : OUTCOME_DECLINED, "0");
}

static void refund(struct sim *sim, const struct sim_request *request,
                   struct event_answer *answer) {
    struct sim_refund *known = find_refund(sim, request->refund_no);
    int i = platform_find(sim, request->pay_no);
    if (!known) {
        if (i < 0 || sim->refund_count == SIM_REFUNDS_MAX) {
            sim_fail(sim, "a refund of a payment that the platform does not know");
            return;
        }
        struct sim_payment *payment = &sim->payments[i];
        int64_t turn_ms = terminal_late_window_ms(sim) - terminal_clock_error_ms(sim);
        if (payment->late && sim->now_ms < payment->paid_ms + turn_ms)
            sim_fail(sim, "a refund of %s, which the platform returns", payment->no);
        known = &sim->refunds[sim->refund_count++];
        *known = (struct sim_refund){
            .payment = i, .fen = request->fen, .request = request->number, .life = request->life};
        memcpy(known->no, request->refund_no, ORDER_NO_SIZE);
        known->done = payment->paid && payment->returned_fen + request->fen <= payment->fen &&
                      !sim_chance(sim, sim->faults.refund_refused);
        known->refused = !known->done;
        known->silent_queries = sim_chance(sim, sim->faults.refund_odd) ? 3 : 0;
        known->never_told = sim_chance(sim, sim->faults.refund_odd / 3);
        payment->returned_fen += known->done ? known->fen : 0;
        sim_trace(sim, "  refund %s of %s: %s", known->no, payment->no,
                  known->done ? "done" : "refused");
    }
    if (known->fen != request->fen)
        sim_fail(sim, "refund %s came again with another amount", known->no);
    bool again =
        known->request != 0 && (known->request != request->number || known->life != request->life);
    if (request->verb == VERB_REFUND && again && sim->refuses_known_refunds) {
        say(answer, OUTCOME_DECLINED, "1");
        return;
    }
    if (platform_keeps_silent(sim, known) || known->never_told) {
        answer->trade = TRADE_OTHER;
        say(answer, OUTCOME_UNKNOWN, "0");
        return;
    }
    tell_refund(known, answer);
}

static void ask_refund(struct sim *sim, const struct sim_request *request,
                       struct event_answer *answer) {
    struct sim_refund *known = find_refund(sim, request->refund_no);
    if (known)
        refund(sim, request, answer);
    else
        say(answer, OUTCOME_UNKNOWN, "1");
}

/* It lost its memory and gets it back from a copy. */
static bool forgotten(struct sim *sim, struct sim_payment *payment) {
    if (sim_chance(sim, sim->faults.forget)) {
        payment->forgotten_until_ms = sim->now_ms + sim_between(sim, 1000, FORGOTTEN_MS_MAX);
        sim->faults_done++;
    }
    return sim->safety && sim->now_ms < payment->forgotten_until_ms;
}

void platform_act(struct sim *sim, const struct sim_request *request, struct event_answer *answer) {
    int of = platform_find(sim, request->order_no);
    if (request->channel == CHANNEL_INSURANCE) {
        (amp_hears(sim, request) ? amp_act : mmpc_act)(sim, request, answer);
        return;
    }
    bool sold = request->verb == VERB_PLACE && of < 0; /* a copy that comes later sells nothing */
    if (sim->mmpc && sold)
        mmpc_check_sale(sim, request->order_no);
    if (sim->amp && sold)
        amp_check_sale(sim, request->order_no);
    if (sim->onepay && (of < 0 || !sim->payments[of].card)) {
        onepay_act(sim, request, answer);
        return;
    }
    if (request->verb == VERB_PLACE)
        place(sim, request);
    if (request->verb == VERB_REFUND) {
        refund(sim, request, answer);
        return;
    }
    if (request->verb == VERB_ASK_REFUND) {
        ask_refund(sim, request, answer);
        return;
    }
    int i = platform_find(sim, request->pay_no);
    bool unknown = i < 0 || forgotten(sim, &sim->payments[i]);
    if (unknown)
        say(answer, OUTCOME_UNKNOWN, "1");
    else if (request->verb == VERB_CLOSE)
        close_payment(&sim->payments[i], answer);
    else
        tell_payment(sim, &sim->payments[i], request->verb, answer);
    if (request->verb == VERB_CLOSE && unknown)
        say(answer, OUTCOME_ACCEPTED, "1"); /* `result` false counts as closed */
    if (request->verb == VERB_PLACE && answer->trade == TRADE_WAIT &&
        request->channel != CHANNEL_PHONE) {
        struct pay_link *link = sim_document(sim, sizeof *link);
        link->head.kind = DOCUMENT_PAY_LINK;
        memcpy(link->url, "https://pay", sizeof "https://pay");
        answer->document = &link->head;
    }
}

void platform_phone(struct sim *sim, int i) {
    if (sim->payments[i].pushed)
        amp_confirm(sim, i);
    else if (sim->payments[i].insured)
        mmpc_confirm(sim, i);
    else
        pay(sim, i);
}

/* 5.2: only when the HIS does not have the order. */
void platform_return(struct sim *sim, int i) {
    struct sim_payment *payment = &sim->payments[i];
    if (payment->returned_fen > 0 || his_credited_fen(sim, payment->order_no) > 0)
        return;
    if (sim_chance(sim, sim->faults.return_fails)) {
        payment->return_failed = true;
        sim_trace(sim, "the platform cannot return %s", payment->no);
        return;
    }
    payment->returned_fen = payment->fen;
    sim_trace(sim, "the platform returns %s by itself", payment->no);
}
