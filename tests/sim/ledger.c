/* The books compared, per fen: the terminal's journal, the platform's and the hospital's. */
#include <stdio.h>
#include <string.h>

#include "app/core/order/shares.h"
#include "tests/sim/amp.h"
#include "tests/sim/amp_refund.h"
#include "tests/sim/ledger.h"
#include "tests/sim/mmpc.h"
#include "tests/sim/outcome.h"
#include "tests/sim/own_part.h"
#include "tests/sim/sim.h"

/* Everything that can still happen to money has happened. */
static bool world_is_quiet(const struct sim *sim) {
    for (int i = 0; i < sim->heap_count; i++)
        if (sim->heap[i].kind != HAPPEN_PATIENT && sim->heap[i].kind != HAPPEN_CLOCK &&
            sim->heap[i].kind != HAPPEN_TIMEOUT && sim->heap[i].kind != HAPPEN_WINDOW &&
            sim->heap[i].kind != HAPPEN_OTHER)
            return false;
    return true;
}

bool ledger_settled(struct sim *sim) {
    enum screen rests = damage_undecided(sim) ? SCREEN_OUT_OF_SERVICE : SCREEN_WELCOME;
    if (!sim->running || sim->write_count > 0 || sim->core.session.screen != rests)
        return false;
    for (int i = 0; i < ORDERS_MAX; i++)
        if (sim->core.book.orders[i].run.used && !order_finished(&sim->core.book.orders[i]))
            return false;
    return sim->core.book.due_mono_ms == INT64_MAX && world_is_quiet(sim);
}

bool ledger_refund_was_refused(const struct sim *sim, const char *no) {
    for (int i = 0; i < sim->refund_count; i++)
        if (sim->refunds[i].refused &&
            strcmp(sim->payments[sim->refunds[i].payment].order_no, no) == 0)
            return true;
    return false;
}

static bool his_has(const struct sim *sim, const struct order *order, int claim) {
    char trace[CLAIM_TRACE_SIZE];
    order_claim_trace(order, claim, trace);
    for (int i = 0; i < sim->credit_count; i++)
        if (!sim->credits[i].refused && his_counts(&sim->credits[i]) &&
            strcmp(sim->credits[i].amp_trace_id, trace) == 0)
            return true;
    return false;
}

/* Refused, and all the platform says of the payment is that some of it went back. */
static bool ambiguous(const struct sim *sim, const struct order *order, int refund) {
    return sim->part_is_returned && order->run.refund[refund].refused;
}

/* A return at the pinpad waits for its customer; one whose answer is lost is asked about only when
 * that time is over, and has its minute then. */
static bool under_way(struct sim *sim, const struct order *order, int refund) {
    const struct part_run *run = &order->run.refund[refund];
    return run->verb == VERB_REFUND &&
           (run->request != 0 || terminal_now(sim).mono_ms - run->answer_by_mono_ms < PROMPT_MS);
}

/* May it be that ORG_004 tells of visits, as far as the terminal knew at its start? Then it proves
 * nothing: a list does, after its lag, and of a deposit nothing. */
static bool number_proves(const struct sim *sim) {
    return sim->core.setup.policy.settle_result == SETTLE_RESULT_ORDER;
}

/* One that was wanted after the last fault has as long from then on. */
static bool had_its_minute(const struct sim *sim, const struct refund *refund) {
    return sim->now_ms - (refund->created_ms - sim->wall_offset_ms) >= PROMPT_MS;
}

/* A no of the insurance's centre is none before its state has stayed as it was for the quiet time,
 * twice where a restart has forgotten the no. */
static bool waits_out_a_no(const struct sim *sim, const struct order *order, int refund) {
    return order_own_is_ours(order, order->refunds[refund].leg) &&
           ledger_refund_was_refused(sim, order->no);
}

/* One that was sent, or taken up again, lately: the quiet time and the lag of a list go first. */
static bool credit_had_its_time(const struct sim *sim, const struct order *order, int claim) {
    const struct core_setup *setup = &sim->core.setup;
    int64_t quiet_ms = setup->limits.credit_quiet_ms + setup->policy.list_lag_ms;
    int64_t since_ms = order->claims[claim].sent_ms - sim->wall_offset_ms;
    int64_t restored_ms = durable_restored_ms(sim, order->no);
    since_ms = restored_ms > since_ms ? restored_ms : since_ms;
    return sim->now_ms - since_ms >= PROMPT_MS + quiet_ms;
}

/* The HIS can still say which: of a number that anybody's settlement was taken back under it says
 * `closed` to everybody. No list is asked for while the insurance works on a payment of this
 * patient, and that may take until its watch is over. */
static bool can_be_known(const struct sim *sim, const struct order *order, int claim) {
    if (book_insurance_busy(&sim->core.book, &order->person.keys))
        return false;
    if (his_has(sim, order, claim))
        return true;
    return sim->his_says_fail && !order_is_desk_card(order) &&
           !his_has_taken_back(sim, order->claims[claim].org_trace_no);
}

static bool still_open(struct sim *sim, const struct order *order) {
    for (int i = 0; i < order->claim_count; i++)
        if (order->claims[i].state == CLAIM_CREDIT_UNKNOWN && number_proves(sim) &&
            !his_lags_long(sim) && credit_had_its_time(sim, order, i) &&
            can_be_known(sim, order, i))
            return true;
    for (int i = 0; i < order->refund_count; i++)
        if (order->refunds[i].state == REFUND_UNKNOWN && !ambiguous(sim, order, i) &&
            !under_way(sim, order, i) && !waits_out_a_no(sim, order, i) &&
            !platform_never_tells(sim, order->no) &&
            !platform_was_silent(sim, &order->refunds[i]) && !amp_has_no_refund(sim, order, i) &&
            had_its_minute(sim, &order->refunds[i]))
            return true;
    return false;
}

/* One that was read again after the last fault, too: the read before it had failed. */
static bool was_here_a_minute(const struct sim *sim, const struct order *order) {
    return sim->now_ms - durable_restored_ms(sim, order->no) >= PROMPT_MS;
}

void ledger_prompt(struct sim *sim) {
    for (int i = 0; i < ORDERS_MAX; i++) {
        const struct order *order = &sim->core.book.orders[i];
        if (order->run.used && was_here_a_minute(sim, order) && still_open(sim, order))
            sim_fail(sim, "%s is still unknown a minute after the last fault", order->no);
    }
}

static bool was_wanted_back(const struct order *order, int claim) {
    for (int i = 0; i < order->refund_count; i++)
        if (order->refunds[i].claim == claim)
            return true;
    return false;
}

/* A case is right only where the other side said no, contradicted itself, or never was definite. */
static bool excused(const struct sim *sim, const struct order *order, int claim) {
    const struct claim *of = &order->claims[claim];
    if (order_is_desk_card(order) && of->reason == CASE_CREDIT_UNKNOWN)
        return !his_has(sim, order, claim); /* three times it never reached the platform */
    switch (of->reason) {
    case CASE_REFUND_REFUSED:
        return ledger_refund_was_refused(sim, order->no);
    case CASE_UNCREDITED_NOT_REFUNDED:
        return ledger_refund_was_refused(sim, order->no);
    case CASE_REFUND_UNCONFIRMED:
        return platform_never_tells(sim, order->no);
    case CASE_CREDIT_CONTRADICTS:
        return his_window_paid(sim, of->org_trace_no) || his_contradicts(sim, of->org_trace_no) ||
               his_has_taken_back(sim, of->org_trace_no); /* `closed`: which of them? */
    case CASE_CREDIT_UNPROVEN:
        return (!sim->his_names || sim->amp || !number_proves(sim)) && of->unproven &&
               durable_credit_left(sim, order->no, claim) &&
               (his_has(sim, order, claim) || his_window_paid(sim, of->org_trace_no) ||
                his_lags_long(sim)); /* what it took back was listed, and then it was not */
    case CASE_CREDIT_UNKNOWN:
        if (!number_proves(sim) &&
            (order->service == SERVICE_DEPOSIT || was_wanted_back(order, claim)))
            return true;
        if (his_has_taken_back(sim, of->org_trace_no)) /* `closed`: which of them? */
            return true;
        return !sim->his_says_fail && !his_has(sim, order, claim) &&
               (order->service == SERVICE_DEPOSIT || of->tries == 3 ||
                his_window_paid(sim, of->org_trace_no));
    default:
        return false;
    }
}

static bool gave_back(const struct sim *sim, const struct order *order, int claim) {
    char trace[CLAIM_TRACE_SIZE];
    order_claim_trace(order, claim, trace);
    for (int i = 0; i < sim->credit_count; i++)
        if (sim->credits[i].elsewhere && strcmp(sim->credits[i].amp_trace_id, trace) == 0)
            return true;
    return false;
}

/* The centre called it revoked and then said that it had none: a person has it. */
static bool revoked_and_settled(const struct sim *sim, const struct order *order) {
    int i = platform_find(sim, order->no);
    return i >= 0 && sim->payments[i].disowned && order->legs[0].state == LEG_CASE;
}

static void check_claims(struct sim *sim, const struct order *order) {
    for (int i = 0; i < order->claim_count; i++) {
        const struct claim *claim = &order->claims[i];
        bool credited = his_has(sim, order, i);
        if (claim->state == CLAIM_CASE && !excused(sim, order, i))
            sim_fail(sim, "%s claim %d is a case without need: %s", order->no, i + 1,
                     case_reason_name(claim->reason));
        char trace[CLAIM_TRACE_SIZE];
        if (claim->state == CLAIM_REVERSED && claim->declined && !claim->renumbered &&
            his_waits_under_another_number(sim, order_claim_trace(order, i, trace),
                                           claim->org_trace_no))
            sim_fail(sim, "%s claim %d went back, and its bill waits under another number",
                     order->no, i + 1);
        if (claim->taken_elsewhere && !gave_back(sim, order, i))
            sim_fail(sim, "%s claim %d: no window gave it back", order->no, i + 1);
        if (claim->state == CLAIM_DONE && !credited)
            sim_fail(sim, "%s claim %d: we say credited, the HIS does not", order->no, i + 1);
        if (claim->state != CLAIM_DONE && claim->state != CLAIM_CASE && credited &&
            !revoked_and_settled(sim, order))
            sim_fail(sim, "%s claim %d: the HIS says credited, we say %s", order->no, i + 1,
                     claim_state_name(claim->state));
    }
}

/* Another amount came than was asked: a person decides, nothing was credited, at most returned.
 * Where the insurance does not say what the bill costs, who paid is more than it. */
static void check_other_amount(struct sim *sim, const struct order *order,
                               const struct sim_payment *payment) {
    bool beyond = payment->insured && mmpc_leaves_cost_out(sim);
    bool seen = payment->late ||
                order->legs[0].reason == (beyond ? CASE_SPLIT_WRONG : CASE_AMOUNT_MISMATCH);
    if (!order_settled(order) || !seen || his_credited_fen(sim, order->no) != 0)
        sim_fail(sim, "%s: another amount was paid, credited all the same", order->no);
    if (payment->returned_fen > payment->fen)
        sim_fail(sim, "%s: more went back than came", order->no);
}

bool ledger_leg_excused(const struct sim *sim, const struct order *order, int leg) {
    enum case_reason reason = order->legs[leg].reason;
    if (reason == CASE_REFUND_UNCONFIRMED)
        return platform_never_tells(sim, order->no);
    if (reason == CASE_PAYMENT_UNKNOWN) /* the faults last longer than the windows */
        return sim->faults_last || platform_cannot_tell(sim, order->legs[leg].no);
    return reason == CASE_REFUND_REFUSED && ledger_refund_was_refused(sim, order->no);
}

/* Which case an insured payment may be: by the centre's own last word. */
bool ledger_insured_case_is_right(const struct sim *sim, const struct order *order,
                                  const struct sim_payment *payment) {
    switch (order->legs[0].reason) {
    case CASE_HALF_SETTLED:
        return payment->centre == CENTRE_HALF || payment->centre == CENTRE_OWN_RETURNED ||
               order->claims[0].unproven || /* half, and whose it is nobody can tell */
               payment->changed_ms > order->created_ms + 1800000;
    case CASE_ABNORMAL:
        return payment->centre == CENTRE_ABNORMAL || payment->disowned;
    case CASE_SPLIT_WRONG:
        return payment->contradicts;
    case CASE_REFUND_REFUSED:
        return (payment->centre == CENTRE_STRANDED ||
                payment->centre == CENTRE_OWN_RETURNED) && /* by itself, later */
               ledger_refund_was_refused(sim, order->no);
    case CASE_REFUND_UNCONFIRMED:
        return platform_never_tells(sim, order->no);
    default:
        return false;
    }
}

static bool split_agrees(const struct leg *leg, const struct sim_payment *payment) {
    return leg->split.own.fen == payment->own_fen &&
           leg->split.account.fen == payment->account_fen &&
           leg->split.fund.fen == payment->fen - payment->own_fen - payment->account_fen;
}

/* The books of the centre: what is settled is credited, what is not is nobody's, the own part of
 * what failed went back or is a case; nothing stays uploaded that somebody could still pay. */
static void check_insured(struct sim *sim, const struct order *order,
                          const struct sim_payment *payment) {
    const struct leg *leg = &order->legs[0];
    struct order_sums sums = order_sums(order);
    bool done = leg->state == LEG_PAID, with_person = leg->state == LEG_CASE;
    bool stranded = payment->paid && !done;
    int64_t paid = stranded ? payment->own_fen : payment->paid ? payment->fen : 0;
    if (!order_settled(order))
        sim_fail(sim, "%s never settles: %s", order->no, order_state_name(order_state(order)));
    if (with_person && !ledger_insured_case_is_right(sim, order, payment))
        sim_fail(sim, "%s is a case without need: %s", order->no, case_reason_name(leg->reason));
    if (!with_person && (payment->centre == CENTRE_HALF || payment->centre == CENTRE_ABNORMAL ||
                         payment->contradicts))
        sim_fail(sim, "%s is for a person, and we say %s", order->no, leg_state_name(leg->state));
    if (!with_person && payment->centre == CENTRE_UPLOADED)
        sim_fail(sim, "%s is settled here and can still be paid at the centre", order->no);
    if (!with_person && sums.paid.fen != paid)
        sim_fail(sim, "%s: we say paid %lld, the centre %lld", order->no, (long long)sums.paid.fen,
                 (long long)paid);
    if (sums.in_cases.fen == 0 && sums.returned.fen != payment->returned_fen)
        sim_fail(sim, "%s: we say returned %lld, the centre %lld", order->no,
                 (long long)sums.returned.fen, (long long)payment->returned_fen);
    if (sums.in_flight.fen != 0)
        sim_fail(sim, "%s: %lld are still on their way", order->no, (long long)sums.in_flight.fen);
    if (his_credited_fen(sim, order->no) > 0 && !done && !revoked_and_settled(sim, order))
        sim_fail(sim, "%s is settled at the hospital, and we say %s", order->no,
                 leg_state_name(leg->state));
    if (done && payment->centre == CENTRE_DONE && !split_agrees(leg, payment))
        sim_fail(sim, "%s: we have another split than the centre", order->no);
    check_claims(sim, order);
}

/* Ours was refused, and the one that was there is another machine's, whatever becomes of it. */
static bool is_of_another_machine(const struct order *order, const struct sim_payment *payment) {
    enum leg_state state = order->legs[0].state;
    return payment && payment->anothers && (state == LEG_DECLINED || state == LEG_CLOSED);
}

static void check_order(struct sim *sim, const struct order *order) {
    int i = platform_find(sim, order->no);
    const struct sim_payment *payment = i < 0 ? NULL : &sim->payments[i];
    if (order_settled(order) && is_of_another_machine(order, payment))
        return;
    if (order->legs[0].route == ROUTE_AMP || durable_at_portal(sim, order->no)) {
        amp_check_order(sim, order, payment);
        return;
    }
    if (own_is_here(order, payment)) {
        own_check_order(sim, order, payment);
        if (order->legs[0].state != LEG_CASE) /* else a person knows what is booked */
            check_claims(sim, order);
        return;
    }
    if (payment && payment->insured && !(payment->paid && payment->other_amount)) {
        check_insured(sim, order, payment);
        return;
    }
    if (payment && payment->paid && payment->other_amount) {
        check_other_amount(sim, order, payment);
        return;
    }
    if (payment && payment->paid && payment->fen != order->legs[0].amount.fen) {
        sim_fail(sim, "%s: a code for another amount was shown", order->no);
        return;
    }
    struct order_sums sums = order_sums(order);
    bool went_back = payment && payment->failed_back; /* nobody here saw it */
    int64_t paid = payment && payment->paid && !went_back ? payment->fen : 0;
    int64_t returned = payment && !went_back ? payment->returned_fen : 0;
    bool failed = payment && (payment->failed_back || payment->kept);
    int64_t credited = his_credited_fen(sim, order->no);
    if (!order_settled(order))
        sim_fail(sim, "%s never settles: %s", order->no, order_state_name(order_state(order)));
    if (credited + returned > paid)
        sim_fail(sim, "%s: credited %lld and returned %lld of %lld", order->no, (long long)credited,
                 (long long)returned, (long long)paid);
    if (sums.paid.fen != paid)
        sim_fail(sim, "%s: we say paid %lld, the platform %lld", order->no,
                 (long long)sums.paid.fen, (long long)paid);
    if (sums.in_cases.fen == 0 && (sums.credited.fen != credited || sums.returned.fen != returned))
        sim_fail(sim, "%s: we say credited %lld, returned %lld; they say %lld, %lld", order->no,
                 (long long)sums.credited.fen, (long long)sums.returned.fen, (long long)credited,
                 (long long)returned);
    if (sums.in_flight.fen != 0)
        sim_fail(sim, "%s: %lld are still on their way", order->no, (long long)sums.in_flight.fen);
    if (order->legs[0].state == LEG_CASE && !ledger_leg_excused(sim, order, 0))
        sim_fail(sim, "%s is a case without need: %s", order->no,
                 case_reason_name(order->legs[0].reason));
    check_claims(sim, order);
    /* Seen after its time, what has no time counts as late. */
    if (failed || (payment && payment->untimed))
        return;
    if (payment && payment->paid && !payment->late && !durable_close_left(sim, order->no, 0) &&
        order->legs[0].state != LEG_PAID)
        sim_fail(sim, "%s was paid in time and no close had left, but it is not credited",
                 order->no);
    if (payment && payment->paid && !payment->late && durable_knew_no(sim, order->no, 0) &&
        order->legs[0].state != LEG_PAID)
        sim_fail(sim, "%s was paid in time and its close refused, but it is not credited",
                 order->no);
}

static bool check(void *context, const struct order *order) {
    struct sim *sim = context;
    sim_trace(sim, "%s ends %s", order->no, order_state_name(order_state(order)));
    outcome_note_order(sim, order);
    check_order(sim, order);
    caller_check_order(sim, order);
    return !sim->failed;
}

static bool pass_damaged(void *context, const char *order_no, const char *why) {
    if (!damage_is_of(context, order_no))
        sim_fail(context, "%s cannot be read: %s", order_no, why);
    return true;
}

static void check_payments_are_ours(struct sim *sim) {
    static struct order order;
    for (int i = 0; i < sim->payment_count && !sim->failed; i++)
        if (!damage_is_of(sim, sim->payments[i].order_no) &&
            journal_load(sim->journal, sim->payments[i].order_no, &order) != JOURNAL_OK)
            sim_fail(sim, "the platform has %s, the journal has not", sim->payments[i].no);
}

void ledger_check(struct sim *sim) {
    struct journal_finding finding;
    if (!sim->running) {
        sim_fail(sim, "the terminal does not run at the end");
        return;
    }
    journal_on_unreadable(sim->journal, pass_damaged, sim);
    if (journal_each(sim->journal, 0, SIM_PAYMENTS_MAX, check, sim) != JOURNAL_OK)
        sim_fail(sim, "the journal cannot be read: %s", journal_error(sim->journal));
    journal_on_unreadable(sim->journal, NULL, NULL);
    check_payments_are_ours(sim);
    if (!sim->failed)
        damage_check_end(sim);
    if (sim->failed)
        return;
    if (journal_verify(sim->journal, &finding) != JOURNAL_OK || !finding.good)
        sim_fail(sim, "the journal does not verify: %s", finding.text);
}
