/* A claim that is credited: without a proof it waits for one; with the first that is proved, what
 * ORG_004 tells of is found out; when its bill is listed again, the HIS is asked whether it has
 * taken the credit back. */
#include <string.h>

#include "app/core/order/parts.h"
#include "app/core/terms/assert.h"

static struct claim *claim_credited(const struct turn *turn, int i) {
    return &turn->order->claims[i];
}

static struct part_run *run_of_credited(const struct turn *turn, int i) {
    return &turn->order->run.claim[i];
}

static int64_t proof_left_ms(const struct turn *turn, const struct claim *claim) {
    return claim->sent_ms + turn->rules->policy->proof_ms - turn->now.wall_ms;
}

static void wait_for_proof(struct turn *turn, int i) {
    const struct claim *claim = claim_credited(turn, i);
    if (order_waits_for_proof(claim))
        turn_ask_in(turn, run_of_credited(turn, i), proof_left_ms(turn, claim));
}

void credited_begin(struct turn *turn, int i) {
    bool proven = !claim_credited(turn, i)->unproven;
    if (proven && turn->rules->settles == SETTLE_RESULT_AUTO)
        run_of_credited(turn, i)->probe = PROBE_NOBODY;
    wait_for_proof(turn, i);
}

void credited_prove(struct turn *turn, int i, const struct order_proof *proof) {
    struct claim *claim = claim_credited(turn, i);
    CORE_ASSERT(claim->state == CLAIM_DONE && claim->unproven);
    claim->unproven = false;
    turn_keep_text(claim->call_sn, sizeof claim->call_sn, proof->call_sn);
    turn_ask_never(run_of_credited(turn, i));
    turn_note(turn, NOTE_PROVEN, turn_part_claim(turn, i));
}

void credited_tick(struct turn *turn, int i) {
    const struct claim *claim = claim_credited(turn, i);
    if (!order_waits_for_proof(claim))
        return;
    if (proof_left_ms(turn, claim) <= 0)
        turn_enter_claim_case(turn, i, CASE_CREDIT_UNPROVEN);
    else
        wait_for_proof(turn, i);
}

/* What was settled may have been settled by another, and the message is still on the phone: as long
 * as it may be confirmed its bill is not let go. */
static bool message_may_live(const struct turn *turn, int i) {
    const struct leg *leg = order_leg_of_claim(turn->order, i);
    return claim_credited(turn, i)->unproven && route_traits(leg->route)->seen_at_his &&
           turn->now.wall_ms < leg->watch_until_ms;
}

/* A lag of the list is no news; a HIS that tells of visits says nothing of this bill. That a credit
 * of it was taken back is no news of ours as long as nobody has proved that we have one: another's
 * may have been, and our money is nowhere then. */
void credited_ask_listed(struct turn *turn, int i) {
    const struct claim *claim = claim_credited(turn, i);
    struct part_run *run = run_of_credited(turn, i);
    bool old = turn->now.wall_ms - claim->sent_ms >= turn->rules->policy->list_lag_ms;
    if (claim->state == CLAIM_DONE && !claim->taken_elsewhere && !order_waits_for_proof(claim) &&
        turn->order->service == SERVICE_BILLS && old &&
        turn->rules->settles != SETTLE_RESULT_VISIT && run->request == 0 &&
        !message_may_live(turn, i) && run->probe == PROBE_NONE)
        turn_send(turn, run, turn_part_claim(turn, i), VERB_ASK_CREDIT);
}

/* Its money is the window's, and its bill may be paid again. */
void credited_taken_elsewhere(struct turn *turn, int i) {
    struct claim *claim = claim_credited(turn, i);
    CORE_ASSERT(claim->state == CLAIM_DONE && !order_waits_for_proof(claim));
    claim->taken_elsewhere = true;
    turn_ask_never(run_of_credited(turn, i));
    turn->order->run.released = true;
    turn_note(turn, NOTE_TAKEN_ELSEWHERE, turn_part_claim(turn, i));
}

static void listed_answer(struct turn *turn, int i, const struct event_answer *answer) {
    if (answer_his_closed(answer) && turn->rules->settles != SETTLE_RESULT_VISIT)
        credited_taken_elsewhere(turn, i);
    else
        wait_for_proof(turn, i);
}

/* A credit that is tried meanwhile is the newest settlement. */
static bool any_undecided(const struct order *order) {
    for (int i = 0; i < order->claim_count; i++) {
        enum claim_state state = order->claims[i].state;
        if (state == CLAIM_CHECKING || state == CLAIM_CREDITING || state == CLAIM_CREDIT_UNKNOWN)
            return true;
    }
    return false;
}

/* What ORG_004 tells of is found out with a number that does not exist, when the patient's newest
 * settlement has succeeded and nothing else of the order is on its way. A `fail` may be of a trial
 * since then: the claim's own number is asked after it. */
static void probe_of_claim(struct turn *turn, int i) {
    struct part_run *run = run_of_credited(turn, i);
    if (run->request != 0 || any_undecided(turn->order))
        return;
    bool own = run->probe == PROBE_OWN || run->probe == PROBE_OWN_ODD;
    enum verb verb = own ? VERB_ASK_CREDIT : VERB_PROBE_CREDIT;
    if (turn->rules->settles == SETTLE_RESULT_AUTO && !turn_claims_asking(turn, verb))
        turn_send(turn, run, turn_part_claim(turn, i), verb);
    else
        run->probe = PROBE_NONE;
}

/* A trial may have been the newest settlement, and another terminal's be it now: only our own
 * receipt says that the HIS tells of our number. */
static bool is_own_receipt(const struct claim *claim, const struct event_answer *answer) {
    return answer->outcome == OUTCOME_ACCEPTED && claim->call_sn[0] != '\0' &&
           strcmp(answer->no, claim->call_sn) == 0;
}

/* What it says of a number that there is not. `closed` is of a number; a no may be of a trial, a
 * question that was refused of anything: then our own number is asked about, and where that is
 * there and this is still refused, numbers are looked up. What the HIS does not know itself (99,
 * exp), and whatever a framework says in its place, is evidence of nothing. */
static enum probe after_nobody(const struct event_answer *answer, bool again) {
    if (answer->outcome == OUTCOME_DECLINED)
        return again ? PROBE_NONE : PROBE_OWN;
    return answer_his_refused(answer) && !again ? PROBE_OWN_ODD : PROBE_NONE;
}

static enum settle_result found_of_nobody(const struct event_answer *answer, bool again) {
    if (answer->outcome == OUTCOME_ACCEPTED)
        return SETTLE_RESULT_VISIT;
    bool of_number = answer_his_closed(answer) || (again && answer_his_refused(answer));
    return of_number ? SETTLE_RESULT_ORDER : SETTLE_RESULT_AUTO;
}

static void probe_answer(struct turn *turn, int i, const struct event_answer *answer) {
    struct part_run *run = run_of_credited(turn, i);
    enum probe probe = run->probe;
    bool again = probe == PROBE_NOBODY_AGAIN;
    enum settle_result found = SETTLE_RESULT_AUTO;
    run->probe = PROBE_NONE;
    if (probe == PROBE_NOBODY || again) {
        run->probe = after_nobody(answer, again);
        found = found_of_nobody(answer, again);
    } else if (is_own_receipt(claim_credited(turn, i), answer)) {
        if (probe == PROBE_OWN)
            found = SETTLE_RESULT_ORDER;
        else
            run->probe = PROBE_NOBODY_AGAIN;
    }
    if (found != SETTLE_RESULT_AUTO)
        turn->order->run.found = found;
    wait_for_proof(turn, i);
}

void credited_answer(struct turn *turn, int i, const struct event_answer *answer) {
    if (run_of_credited(turn, i)->probe != PROBE_NONE)
        probe_answer(turn, i, answer);
    else
        listed_answer(turn, i, answer);
}

void credited_act(struct turn *turn, int i) {
    if (claim_credited(turn, i)->state == CLAIM_DONE &&
        run_of_credited(turn, i)->probe != PROBE_NONE)
        probe_of_claim(turn, i);
}

void credited_resume(struct turn *turn, int i) {
    wait_for_proof(turn, i);
}
