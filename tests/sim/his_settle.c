/* What settles at a hospital: ORG_003 to ORG_005. It credits an org_trace_no once; the same
 * amp_trace_id again gets the same answer. Some hospitals give the amp_trace_id back in ORG_004, as
 * our extension; the others say `succ` whoever settled it. */
#include <stdio.h>
#include <string.h>

#include "tests/sim/amp_refund.h"
#include "tests/sim/his_parts.h"
#include "tests/sim/own_part.h"

#define STALE_MS_MAX 300000 /* less than limits.credit_deadline_ms */

/* The newest: a bill that a window gave back may be credited again. */
static struct sim_credit *find_credit(struct sim *sim, const char *org_trace_no) {
    for (int i = sim->credit_count - 1; i >= 0; i--)
        if (!sim->credits[i].refused && strcmp(sim->credits[i].org_trace_no, org_trace_no) == 0)
            return &sim->credits[i];
    return NULL;
}

/* Under this number: it is refused for good. */
static bool refused_before(const struct sim *sim, const struct sim_request *request) {
    for (int i = 0; i < sim->credit_count; i++)
        if (sim->credits[i].refused &&
            strcmp(sim->credits[i].org_trace_no, request->org_trace_no) == 0 &&
            strcmp(sim->credits[i].amp_trace_id, request->amp_trace_id) == 0)
            return true;
    return false;
}

static struct sim_bill *find_bill(struct sim *sim, const char *org_trace_no) {
    for (int i = 0; i < sim->bill_count; i++)
        if (strcmp(sim->bills[i].org_trace_no, org_trace_no) == 0)
            return &sim->bills[i];
    return NULL;
}

/* What of it the patient has paid: of what the insurance alone has settled the own part, and by the
 * seed of what the centre or a portal has settled. */
static int64_t named_fen(const struct sim *sim, const struct sim_credit *credit) {
    char no[ORDER_NO_SIZE] = "";
    memcpy(no, credit->amp_trace_id, ORDER_NO_LENGTH);
    int portals = amp_payment_of(sim, credit->amp_trace_id), i = platform_find(sim, no);
    if (portals >= 0)
        return sim->payments[portals].own_fen;
    bool insured = i >= 0 && sim->payments[i].insured;
    bool own = insured && (sim->payments[i].settles == SETTLED_INSURANCE || sim->seed % 2 == 0);
    return own && credit->fen > 0 ? sim->payments[i].own_fen : credit->fen;
}

static void tell_credit(const struct sim *sim, const struct sim_credit *credit,
                        struct event_answer *answer) {
    answer->has_amount = true;
    answer->amount.fen = named_fen(sim, credit);
    memcpy(answer->no, credit->call_sn, TRACE_NO_SIZE);
    if (sim->his_names)
        memcpy(answer->in_no, credit->amp_trace_id, CLAIM_TRACE_SIZE);
    if (sim->his_names && sim->seed % 4 != 3) /* some name only one of the two */
        snprintf(answer->trace_id, sizeof answer->trace_id, "TRACE%s", credit->amp_trace_id);
    his_say(answer, OUTCOME_ACCEPTED, "00");
}

static struct sim_credit *decide(struct sim *sim, const struct sim_request *request) {
    if (sim->credit_count == SIM_CREDITS_MAX) {
        sim_fail(sim, "too many credits for the simulator");
        return &sim->credits[0];
    }
    struct sim_credit *credit = &sim->credits[sim->credit_count++];
    *credit = (struct sim_credit){.fen = request->fen,
                                  .request = request->number,
                                  .life = request->life,
                                  .known_ms = sim->now_ms};
    if (sim_chance(sim, sim->faults.stale))
        credit->known_ms += sim_between(sim, 1000, STALE_MS_MAX);
    memcpy(credit->org_trace_no, request->org_trace_no, TRACE_NO_SIZE);
    memcpy(credit->amp_trace_id, request->amp_trace_id, CLAIM_TRACE_SIZE);
    snprintf(credit->call_sn, TRACE_NO_SIZE, "SN%d", sim->credit_count);
    return credit;
}

/* The terminal knew a list without the bill, which the window had settled: it must not come. And
 * money that came too late is never credited. */
static void check_credit(struct sim *sim, const struct sim_request *request,
                         const struct sim_bill *bill) {
    int i = platform_find(sim, request->order_no);
    if (other_kiosk_owns(sim, request->order_no))
        return; /* its money is not judged here */
    own_check_credit(sim, request->order_no);
    if (i < 0 || !sim->payments[i].paid || sim->payments[i].late)
        sim_fail(sim, "a credit of %s, which %s", request->order_no,
                 i >= 0 && sim->payments[i].paid ? "was paid too late" : "is not paid");
    else if (bill && bill->by_window && bill->settled_ms + sim->his_lag_ms < request->listed_ms)
        sim_fail(sim, "a credit of %s, which the list had no more", request->org_trace_no);
}

static bool settle(struct sim *sim, const struct sim_request *request) {
    struct sim_bill *bill = find_bill(sim, request->org_trace_no);
    bool settled = bill && bill->settled && !(bill->by_window && sim->his_is_lenient);
    check_credit(sim, request, bill);
    bool good =
        !refused_before(sim, request) && !settled && !sim_chance(sim, sim->faults.his_refuses);
    struct sim_credit *credit = decide(sim, request);
    credit->refused = !good;
    if (bill && good) {
        bill->settled = true;
        bill->settled_ms = sim->now_ms;
    }
    his_note_newest(sim, request->card, good, credit->call_sn);
    sim_trace(sim, "  the HIS %s %s for %s", good ? "credits" : "refuses", credit->org_trace_no,
              credit->amp_trace_id);
    return good;
}

/* Of a bill that has another by now. */
static bool is_dead(const struct sim *sim, const char *org_trace_no) {
    for (int i = 0; i < sim->bill_count; i++)
        if (his_same_bill(sim->bills[i].org_trace_no, org_trace_no))
            return strcmp(sim->bills[i].org_trace_no, org_trace_no) != 0;
    return false;
}

bool his_book(struct sim *sim, const struct order *order) {
    bool good = !sim_chance(sim, sim->faults.his_refuses);
    for (int i = 0; i < order->claim_count; i++) {
        const struct sim_bill *bill = find_bill(sim, order->claims[i].org_trace_no);
        good = good && !(bill != NULL && bill->settled) &&
               !is_dead(sim, order->claims[i].org_trace_no);
    }
    for (int i = 0; good && i < order->claim_count; i++) {
        struct sim_request request = {.fen = order->claims[i].amount.fen, .life = sim->life};
        memcpy(request.org_trace_no, order->claims[i].org_trace_no, TRACE_NO_SIZE);
        order_claim_trace(order, i, request.amp_trace_id);
        struct sim_bill *bill = find_bill(sim, request.org_trace_no);
        const struct sim_credit *known = find_credit(sim, request.org_trace_no);
        if (known != NULL && !known->elsewhere)
            sim_fail(sim, "%s is credited twice", request.org_trace_no);
        decide(sim, &request);
        if (bill != NULL) {
            bill->settled = true;
            bill->settled_ms = sim->now_ms;
        }
    }
    sim_trace(sim, "  the HIS %s %s", good ? "books" : "refuses", order->no);
    return good;
}

bool his_book_alone(struct sim *sim, const char *org_trace_no, const char *amp_trace_id) {
    struct sim_bill *bill = his_list_alone(sim, org_trace_no);
    bool good = bill != NULL && !sim_chance(sim, sim->faults.his_refuses);
    if (good) {
        struct sim_request request = {.fen = bill->fen, .life = sim->life};
        memcpy(request.org_trace_no, bill->org_trace_no, TRACE_NO_SIZE);
        memcpy(request.amp_trace_id, amp_trace_id, strlen(amp_trace_id) + 1);
        decide(sim, &request);
        bill->settled = true;
        bill->settled_ms = sim->now_ms;
    }
    sim_trace(sim, "  the HIS %s %s for the portal", good ? "settles" : "does not settle",
              org_trace_no);
    return good;
}

/* The newest credit has the word, and only without any the window's settlement has. */
bool his_tells_of(const struct sim *sim, const char *org_trace_no) {
    for (int i = sim->credit_count - 1; i >= 0; i--) {
        const struct sim_credit *credit = &sim->credits[i];
        if (!credit->refused && strcmp(credit->org_trace_no, org_trace_no) == 0)
            return !credit->taken_back && !(sim->his_tells_last && credit->not_back);
    }
    for (int i = 0; i < sim->bill_count; i++)
        if (strcmp(sim->bills[i].org_trace_no, org_trace_no) == 0)
            return sim->bills[i].by_window;
    return false;
}

void his_unbook(struct sim *sim, const char *amp_trace_id, int64_t fen) {
    for (int i = 0; amp_trace_id[0] != '\0' && i < sim->credit_count; i++) {
        struct sim_credit *credit = &sim->credits[i];
        if (credit->refused || strcmp(credit->amp_trace_id, amp_trace_id) != 0)
            continue;
        if (fen > credit->fen)
            sim_fail(sim, "more of %s is taken back than is booked", credit->org_trace_no);
        credit->fen -= fen;
        credit->taken_back = credit->fen == 0;
    }
}

static struct sim_tried *tried_of(struct sim *sim, const char *amp_trace_id) {
    for (int i = 0; i < sim->tried_count; i++)
        if (strcmp(sim->tried[i].amp_trace_id, amp_trace_id) == 0)
            return &sim->tried[i];
    if (sim->tried_count == SIM_TRIED_MAX) {
        sim_fail(sim, "too many claims for the simulator");
        return &sim->tried[0];
    }
    struct sim_tried *tried = &sim->tried[sim->tried_count++];
    *tried = (struct sim_tried){.sent = 0};
    memcpy(tried->amp_trace_id, amp_trace_id, CLAIM_TRACE_SIZE);
    return tried;
}

void his_note_sent(struct sim *sim, const struct sim_request *request) {
    tried_of(sim, request->amp_trace_id)->sent++;
}

static const struct sim_bill *bill_of_stem(const struct sim *sim, const char *org_trace_no) {
    for (int i = 0; i < sim->bill_count; i++)
        if (his_same_bill(sim->bills[i].org_trace_no, org_trace_no))
            return &sim->bills[i];
    return NULL;
}

/* Whoever has heard of a newer number sends no older one. */
static void refuse_dead(struct sim *sim, const struct sim_request *request) {
    const struct sim_bill *bill = bill_of_stem(sim, request->org_trace_no);
    tried_of(sim, request->amp_trace_id)->dead++;
    if (bill->numbered_list <= request->listed_list)
        sim_fail(sim, "a credit of %s, which its list had called %s", request->org_trace_no,
                 bill->org_trace_no);
}

bool his_waits_under_another_number(const struct sim *sim, const char *amp_trace_id,
                                    const char *org_trace_no) {
    const struct sim_bill *bill = bill_of_stem(sim, org_trace_no);
    if (bill == NULL || bill->settled_ms != 0 || !sim->his_knows_dead)
        return false;
    for (int i = 0; i < sim->tried_count; i++)
        if (strcmp(sim->tried[i].amp_trace_id, amp_trace_id) == 0)
            return sim->tried[i].sent == 1 && sim->tried[i].dead > 0;
    return false;
}

/* ORG_003. An odd HIS says `exp` though it has settled, or 01 though it has not looked. */
void his_credit(struct sim *sim, const struct sim_request *request, struct event_answer *answer) {
    struct sim_credit *known = find_credit(sim, request->org_trace_no);
    if (known && known->elsewhere && strcmp(known->amp_trace_id, request->amp_trace_id) != 0)
        known = NULL; /* due again, for whoever pays it now */
    bool again = known && (known->request != request->number || known->life != request->life);
    if (request->unlooked) {
        his_say(answer, sim->his_pends ? OUTCOME_PENDING : OUTCOME_UNKNOWN, "01");
        return;
    }
    struct sim_tried *tried = tried_of(sim, request->amp_trace_id);
    if (strcmp(tried->refused_no, request->org_trace_no) == 0) { /* free again by now or not */
        his_say(answer, OUTCOME_DECLINED, "00");
        return;
    }
    if (!known && is_dead(sim, request->org_trace_no)) {
        refuse_dead(sim, request);
        his_say(answer, sim->his_knows_dead ? OUTCOME_DECLINED : OUTCOME_UNKNOWN,
                sim->his_knows_dead ? "00" : "02");
        return;
    }
    if (again && !find_bill(sim, request->org_trace_no) && !known->taken_back)
        sim_fail(sim, "the deposit %s is credited twice", request->org_trace_no);
    bool others = known && strcmp(known->amp_trace_id, request->amp_trace_id) != 0;
    if (others && !known->taken_back && !known->lied && sim->his_names && sim->other.echoes) {
        tell_credit(sim, known, answer); /* with its name: else nobody could tell */
        return;
    }
    if (known && (known->taken_back || others || (again && !sim->his_repeats))) {
        if (others)
            memcpy(tried->refused_no, request->org_trace_no, TRACE_NO_SIZE);
        his_say(answer, OUTCOME_DECLINED, "00");
        return;
    }
    if (!known && !settle(sim, request)) {
        his_say(answer, OUTCOME_DECLINED, "00");
        return;
    }
    if (!known && sim_chance(sim, sim->faults.his_lies)) {
        known = find_credit(sim, request->org_trace_no);
        known->lied = true;
        known->known_ms = sim->now_ms;
    }
    if (known && known->lied)
        his_say(answer, OUTCOME_DECLINED, "00");
    else if (sim_chance(sim, sim->faults.his_odd))
        his_say(answer, OUTCOME_UNKNOWN, "exp");
    else
        tell_credit(sim, find_credit(sim, request->org_trace_no), answer);
}

/* ORG_004 of a visit: the newest settlement, whatever number is asked. */
static void ask_visit(struct sim *sim, const struct sim_request *request,
                      struct event_answer *answer) {
    int card = request->card;
    if (card < 0 || !sim->newest[card].any) {
        his_say(answer, OUTCOME_UNKNOWN, "01");
    } else {
        bool good = sim->newest[card].succeeded;
        his_say(answer, good ? OUTCOME_ACCEPTED : OUTCOME_DECLINED, good ? "00" : "fail");
        memcpy(answer->no, sim->newest[card].call_sn, TRACE_NO_SIZE);
    }
}

/* ORG_004. */
void his_ask_credit(struct sim *sim, const struct sim_request *request,
                    struct event_answer *answer) {
    const struct sim_credit *known = find_credit(sim, request->org_trace_no);
    const struct sim_bill *bill = find_bill(sim, request->org_trace_no);
    if (sim_chance(sim, sim->faults.his_odd)) {
        his_say(answer, OUTCOME_UNKNOWN, sim->seed % 2 == 0 ? "99" : "exp");
    } else if (sim->his_by_visit) {
        ask_visit(sim, request, answer);
    } else if (known && sim->his_tells_last && (known->taken_back || known->not_back)) {
        his_say(answer, OUTCOME_DECLINED, "00");
    } else if (known && known->taken_back) {
        his_say(answer, OUTCOME_UNKNOWN, "closed");
    } else if (known && (!sim->safety || sim->now_ms >= known->known_ms)) {
        tell_credit(sim, known, answer);
    } else if (bill && bill->by_window && !known) { /* a copy that is old names nobody else */
        if (sim->his_names && !sim->amp)            /* there amp_trace_id is an ORG_003's alone */
            memcpy(answer->in_no, "WINDOW", sizeof "WINDOW");
        his_say(answer, OUTCOME_ACCEPTED, "00");
    } else {
        bool no = sim->his_says_fail && !known;
        his_say(answer, no ? OUTCOME_DECLINED : OUTCOME_UNKNOWN, no ? "00" : "01");
    }
}

/* Whose credit it is says the terminal's own trace, or of what a portal settled that the bill was
 * pushed for this order. */
static bool is_of_order(const struct sim *sim, const struct sim_credit *credit,
                        const struct sim_request *request) {
    int pushed = amp_payment_of(sim, credit->amp_trace_id);
    return pushed >= 0 ? strcmp(sim->payments[pushed].no, request->order_no) == 0
                       : strcmp(credit->amp_trace_id, request->amp_trace_id) == 0;
}

/* ORG_005. What was taken back stays so; the bill is not offered again. A deposit also goes back in
 * part. */
void his_uncredit(struct sim *sim, const struct sim_request *request, struct event_answer *answer) {
    struct sim_credit *known = find_credit(sim, request->org_trace_no);
    bool ours = known && is_of_order(sim, known, request);
    if (ours && request->fen > known->fen)
        sim_fail(sim, "more of %s is wanted back than is booked", request->org_trace_no);
    if (!ours || known->taken_back) {
        his_say(answer, OUTCOME_DECLINED, "fail");
        return;
    }
    known->not_back = sim_chance(sim, sim->faults.uncredit_refused);
    if (known->not_back) {
        his_say(answer, OUTCOME_DECLINED, "fail");
        return;
    }
    known->fen -= request->fen;
    known->taken_back = known->fen == 0;
    sim_trace(sim, "  the HIS takes %s back", known->org_trace_no);
    if (sim_chance(sim, sim->faults.his_odd))
        his_say(answer, OUTCOME_UNKNOWN, "exp");
    else
        his_say(answer, OUTCOME_ACCEPTED, "succ");
}
