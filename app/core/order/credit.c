/* ORG_003 and what is asked about it, once the money of a claim is there. A credit is as dangerous
 * as a charge: the same numbers are sent again only when the HIS has had its quiet time and still
 * lists the bill. What the HIS shows as settled is evidence of three grades: ORG_003 was answered,
 * it is ours; ORG_003 may have arrived, it is credited but unproven unless our own number is named;
 * ORG_003 never left, it is somebody else's. A hospital whose ORG_004 tells of the patient's newest
 * settlement, or perhaps does, says nothing with it: there the list of bills decides. */
#include <string.h>

#include "app/core/order/parts.h"
#include "app/core/terms/assert.h"

#define CREDIT_TRIES_MAX 3
#define LISTED_TRIES_MAX 2 /* where only the list says that it did not arrive */

static struct claim *claim_to_credit(const struct turn *turn, int i) {
    return &turn->order->claims[i];
}

static struct part_run *run_of_credit(const struct turn *turn, int i) {
    return &turn->order->run.claim[i];
}

/* What the desk's platform books has no list to be read again. */
static bool claim_is_bill(const struct turn *turn) {
    return turn->order->service == SERVICE_BILLS && !order_is_desk_card(turn->order);
}

static bool by_visit(const struct turn *turn) {
    return turn->rules->settles == SETTLE_RESULT_VISIT;
}

static bool any_claim_crediting(const struct order *order) {
    for (int i = 0; i < order->claim_count; i++)
        if (order->claims[i].state == CLAIM_CREDITING)
            return true;
    return false;
}

/* The last of several credits takes the others along into the journal: a visit of many bills costs
 * few commits, and after a restart what is not there yet is only asked about. */
static void credit_is_there(struct turn *turn, int i) {
    turn_enter_claim(turn, i, CLAIM_DONE);
    if (!any_claim_crediting(turn->order))
        turn_note(turn, NOTE_CREDITED, turn_part_claim(turn, i));
}

void credit_intend(struct turn *turn, int i) {
    struct claim *claim = claim_to_credit(turn, i);
    turn_enter_claim(turn, i, CLAIM_CREDITING);
    if (claim->tries++ == 0)
        run_of_credit(turn, i)->since_mono_ms = turn->now.mono_ms;
    claim->declined = false;
    CORE_ASSERT(claim->tries <= CREDIT_TRIES_MAX);
    claim->sent_ms = turn->now.wall_ms;
    claim->code[0] = '\0';
    run_of_credit(turn, i)->listed_mono_ms = turn->now.mono_ms;
    run_of_credit(turn, i)->wanted = VERB_CREDIT;
}

bool credit_begin(struct turn *turn, int i) {
    const struct claim *claim = claim_to_credit(turn, i);
    CORE_ASSERT(claim->tries == 0 && order_claim_money(turn->order, i).paid);
    run_of_credit(turn, i)->since_mono_ms = turn->now.mono_ms;
    if (claim->creditor == CREDITOR_PLATFORM) {
        credit_is_there(turn, i);
        return false;
    }
    if (claim_is_bill(turn)) {
        turn_enter_claim(turn, i, CLAIM_CHECKING);
        turn_ask_now(turn, run_of_credit(turn, i));
        return false;
    }
    credit_intend(turn, i);
    return true;
}

void credit_by_platform(struct turn *turn, int i) {
    CORE_ASSERT(claim_to_credit(turn, i)->tries == 0 && order_claim_money(turn->order, i).paid);
    run_of_credit(turn, i)->since_mono_ms = turn->now.mono_ms;
    credit_is_there(turn, i);
}

/* Whose settlement it is, as far as the answer says. */
enum owner { OWNER_UNNAMED = 0, OWNER_WE, OWNER_OTHER };

static enum owner owner_named(const struct turn *turn, int i, const struct event_answer *answer) {
    const struct claim *claim = claim_to_credit(turn, i);
    char trace[CLAIM_TRACE_SIZE];
    if (order_is_desk_card(turn->order)) /* asked by the caller's number, which nobody else has */
        return OWNER_WE;
    if (answer->in_no[0] != '\0')
        return strcmp(answer->in_no, order_claim_trace(turn->order, i, trace)) == 0 ? OWNER_WE
                                                                                    : OWNER_OTHER;
    return claim->call_sn[0] != '\0' && strcmp(answer->no, claim->call_sn) == 0 ? OWNER_WE
                                                                                : OWNER_UNNAMED;
}

/* A settlement that is not of this money, or has another receipt, is not taken for ours. */
static bool credit_contradicts(const struct turn *turn, int i, const struct event_answer *answer) {
    const struct claim *claim = claim_to_credit(turn, i);
    if (answer->has_amount && money_compare(answer->amount, order_deposited(turn->order, i)) != 0)
        return true;
    return claim->call_sn[0] && answer->no[0] && strcmp(answer->no, claim->call_sn) != 0;
}

static void credit_accepted(struct turn *turn, int i, const struct event_answer *answer,
                            bool proven) {
    struct claim *claim = claim_to_credit(turn, i);
    if (credit_contradicts(turn, i, answer)) {
        turn_enter_claim_case(turn, i, CASE_CREDIT_CONTRADICTS);
        return;
    }
    CORE_ASSERT(!claim->call_sn[0] || !answer->no[0] || !strcmp(claim->call_sn, answer->no));
    turn_keep_text(claim->call_sn, sizeof claim->call_sn, answer->no);
    claim->unproven = !proven;
    credit_is_there(turn, i);
    credited_begin(turn, i);
}

/* Lists lag: a bill that is still listed soon after its credit says nothing. Its credit may have
 * come as late as the quiet time after it was sent. */
static int64_t list_lag_ms(const struct turn *turn) {
    return turn->rules->limits->credit_quiet_ms + turn->rules->policy->list_lag_ms;
}

static int64_t list_lag_left_ms(const struct turn *turn, const struct part_run *run) {
    int64_t left_ms = run->sent_mono_ms + list_lag_ms(turn) - turn->now.mono_ms;
    return left_ms > 0 ? left_ms : 0;
}

static void ask_list_in(struct turn *turn, int i, int64_t ms) {
    run_of_credit(turn, i)->reread = true;
    turn_ask_in(turn, run_of_credit(turn, i), ms);
}

/* Only the list says what became of it. */
static bool list_decides(const struct turn *turn) {
    return turn->rules->settles != SETTLE_RESULT_ORDER && claim_is_bill(turn);
}

static void credit_is_unknown(struct turn *turn, int i) {
    turn_enter_claim(turn, i, CLAIM_CREDIT_UNKNOWN);
    turn_note(turn, NOTE_CREDIT_UNKNOWN, turn_part_claim(turn, i));
    turn_ask_now(turn, run_of_credit(turn, i));
}

void credit_ask_on(struct turn *turn, int i) {
    struct claim *claim = claim_to_credit(turn, i);
    CORE_ASSERT(claim->tries > 1);
    claim->tries--; /* that one never left */
    credit_is_unknown(turn, i);
}

/* ORG_003's answer. What names somebody else there answers another's ORG_003. */
static void credit_sent_answer(struct turn *turn, int i, const struct event_answer *answer) {
    struct claim *claim = claim_to_credit(turn, i);
    turn_keep_text(claim->code, sizeof claim->code, answer->code);
    if (!answer->reached) {
        CORE_ASSERT(claim->tries > 0);
        claim->tries--;
    }
    switch (answer->outcome) {
    case OUTCOME_ACCEPTED:
        if (owner_named(turn, i, answer) == OWNER_OTHER)
            turn_enter_claim_case(turn, i, CASE_CREDIT_CONTRADICTS);
        else
            credit_accepted(turn, i, answer, true);
        return;
    case OUTCOME_DECLINED: /* the same sent again may be refused because it is settled */
        claim->declined = claim->tries == 1;
        if (claim->declined && by_visit(turn) && !claim_is_bill(turn))
            turn_report(turn, FACT_CLAIM_REFUSED, turn_part_claim(turn, i)); /* nobody to ask */
        else
            credit_is_unknown(turn, i);
        return;
    case OUTCOME_PENDING:
    case OUTCOME_UNKNOWN:
    case OUTCOME_MALFORMED:
        credit_is_unknown(turn, i);
        return;
    }
}

static void credit_again(struct turn *turn, int i) {
    credit_intend(turn, i);
    turn_note(turn, NOTE_CREDITING, turn_part_claim(turn, i));
}

/* May the same ORG_003 be sent again? A bill: if the list still has it (read next). A deposit has
 * no such witness: only when the HIS itself said that it did not look at the first. */
static bool may_credit_again(const struct turn *turn, int i, const struct event_answer *answer) {
    const struct claim *claim = claim_to_credit(turn, i);
    if (claim->tries >= CREDIT_TRIES_MAX || answer->outcome != OUTCOME_UNKNOWN ||
        !answer_decides(answer))
        return false;
    if (order_is_desk_card(turn->order)) /* it never reached the platform */
        return answer->trade == TRADE_ABSENT;
    return claim_is_bill(turn) || strcmp(claim->code, CODE_HIS_FAILED) == 0 ||
           strcmp(claim->code, CODE_HIS_UNFIT) == 0;
}

/* Too long. What never left or was refused goes back; of the rest a person finds out. */
static void credit_overdue(struct turn *turn, int i) {
    const struct claim *claim = claim_to_credit(turn, i);
    if (claim->tries == 0 || claim->declined)
        turn_report(turn, FACT_CLAIM_REFUSED, turn_part_claim(turn, i));
    else
        turn_enter_claim_case(turn, i, CASE_CREDIT_UNKNOWN);
}

static void credit_still_unknown(struct turn *turn, int i, const struct event_answer *answer) {
    const struct limits *limits = turn->rules->limits;
    struct part_run *run = run_of_credit(turn, i);
    int64_t deadline_ms = limits->credit_deadline_ms;
    if (list_decides(turn)) /* it says nothing before, and its first answer may be none */
        deadline_ms += list_lag_ms(turn);
    if (turn_question_overdue(turn, run, claim_to_credit(turn, i)->sent_ms, deadline_ms, answer))
        credit_overdue(turn, i);
    else
        turn_ask_later(turn, run, limits->retry_max_ms);
}

/* 99 is an unknown error: the state is not known either. */
static bool says_nothing_of_state(const struct event_answer *answer) {
    return !answer_decides(answer) || strcmp(answer->code, CODE_HIS_UNKNOWN) == 0;
}

/* The ORG_004 after a definite no. Settled all the same, and not by somebody who is named: the HIS
 * contradicts itself. Whatever else it says, the money goes back; if it says nothing, later. */
static void declined_asked_answer(struct turn *turn, int i, const struct event_answer *answer) {
    struct part_run *run = run_of_credit(turn, i);
    bool settled =
        answer->outcome == OUTCOME_ACCEPTED && owner_named(turn, i, answer) != OWNER_OTHER;
    run->contradicted = settled;
    if (settled && list_decides(turn)) /* perhaps another bill of the visit */
        ask_list_in(turn, i, list_lag_left_ms(turn, run));
    else if (settled)
        turn_enter_claim_case(turn, i, CASE_CREDIT_CONTRADICTS);
    else if (says_nothing_of_state(answer))
        credit_still_unknown(turn, i, answer);
    else if (claim_to_credit(turn, i)->bill_key[0] != '\0' && !claim_to_credit(turn, i)->renumbered)
        ask_list_in(turn, i, 0);
    else
        turn_report(turn, FACT_CLAIM_REFUSED, turn_part_claim(turn, i));
}

/* The list after a definite no. The number may have been dead, because somebody looked at the
 * patient's bills: then it is sent once more, under the one that lives. */
static void declined_reread_answer(struct turn *turn, int i, const struct event_answer *answer) {
    struct claim *claim = claim_to_credit(turn, i);
    const struct bill_list *bills = bill_list_of(answer);
    char dead[TRACE_NO_SIZE];
    memcpy(dead, claim->org_trace_no, sizeof dead);
    if (!bills) {
        credit_still_unknown(turn, i, answer);
        return;
    }
    bool listed = turn_claim_listed(turn, i, bills);
    if (listed && !claim->renumbered && strcmp(dead, claim->org_trace_no) != 0) {
        claim->renumbered = true;
        claim->tries = 0;
        credit_again(turn, i);
    } else if (!listed && run_of_credit(turn, i)->contradicted) {
        turn_enter_claim_case(turn, i, CASE_CREDIT_CONTRADICTS);
    } else {
        turn_report(turn, FACT_CLAIM_REFUSED, turn_part_claim(turn, i));
    }
}

/* What never left cannot have been credited. A bill was read in the list again and is sent if it
 * is there (credit_reread_answer); a deposit has our own number, which nobody else can settle. */
static void unsent_asked_answer(struct turn *turn, int i, const struct event_answer *answer) {
    if (answer->outcome == OUTCOME_ACCEPTED && turn->rules->settles == SETTLE_RESULT_ORDER)
        turn_enter_claim_case(turn, i, CASE_CREDIT_CONTRADICTS);
    else if (answer_spoke(answer))
        credit_again(turn, i);
    else
        credit_still_unknown(turn, i, answer);
}

/* The list may not be read yet, for another payment of the patient's: the HIS may know by then what
 * it has not known. What may not be asked is not overdue. */
static void ask_credit_meanwhile(struct turn *turn, int i) {
    struct part_run *run = run_of_credit(turn, i);
    run->since_mono_ms += turn->rules->limits->retry_max_ms;
    turn_ask_in(turn, run, turn->rules->limits->retry_max_ms);
}

/* It may have to be sent again. The list says whether, after its lag; and because a window may take
 * back meanwhile what was booked, which the list shows like what never was, ORG_004 is asked once
 * more just before. */
static void perhaps_credit_again(struct turn *turn, int i) {
    struct part_run *run = run_of_credit(turn, i);
    int64_t left_ms = list_lag_left_ms(turn, run);
    if (!claim_is_bill(turn))
        credit_again(turn, i);
    else if (turn->rules->list_waits)
        ask_credit_meanwhile(turn, i);
    else if (left_ms > 0)
        turn_ask_in(turn, run, left_ms);
    else
        ask_list_in(turn, i, 0);
}

/* ORG_004's answer. The ORG_003 may still be on its way: until the quiet time is over neither a
 * `fail` nor ignorance means anything, nor that somebody else has settled. */
static void credit_asked_answer(struct turn *turn, int i, const struct event_answer *answer) {
    struct part_run *run = run_of_credit(turn, i);
    bool quiet = turn_asked_when_quiet(turn, run);
    bool settled = answer->outcome == OUTCOME_ACCEPTED;
    bool others = settled && owner_named(turn, i, answer) == OWNER_OTHER;
    if (settled && !others)
        credit_accepted(turn, i, answer, owner_named(turn, i, answer) == OWNER_WE);
    else if (quiet && (others || answer->outcome == OUTCOME_DECLINED))
        turn_report(turn, FACT_CLAIM_REFUSED, turn_part_claim(turn, i));
    else if (quiet && may_credit_again(turn, i, answer))
        perhaps_credit_again(turn, i);
    else
        credit_still_unknown(turn, i, answer);
}

/* ORG_004 that tells of a visit, or may: only our own number in it says anything. */
static bool settled_by_us(const struct turn *turn, int i, const struct event_answer *answer) {
    return answer->outcome == OUTCOME_ACCEPTED && answer->in_no[0] != '\0' &&
           owner_named(turn, i, answer) == OWNER_WE;
}

static void bill_visit_answer(struct turn *turn, int i, const struct event_answer *answer) {
    int64_t left_ms = list_lag_left_ms(turn, run_of_credit(turn, i));
    if (settled_by_us(turn, i, answer))
        credit_accepted(turn, i, answer, true);
    else if (left_ms > 0 && !answer_decides(answer))
        credit_still_unknown(turn, i, answer);
    else
        ask_list_in(turn, i, left_ms);
}

static void deposit_visit_answer(struct turn *turn, int i, const struct event_answer *answer) {
    if (settled_by_us(turn, i, answer))
        credit_accepted(turn, i, answer, true);
    else if (turn_asked_when_quiet(turn, run_of_credit(turn, i)) &&
             may_credit_again(turn, i, answer))
        credit_again(turn, i);
    else
        credit_still_unknown(turn, i, answer);
}

/* The bill of the claim with another amount: it is neither there as it was paid nor gone. */
static bool listed_otherwise(const struct turn *turn, int i, const struct bill_list *bills) {
    const char *key = claim_to_credit(turn, i)->bill_key;
    for (int n = 0; key[0] != '\0' && n < bills->bill_count; n++)
        if (strcmp(bills->bills[n].key, key) == 0)
            return true;
    return false;
}

/* Where ORG_004 tells of visits: the list, after its lag, about an ORG_003 that may have arrived.
 * Still there: not credited, sent once more, then its money goes back. Gone: somebody has paid it,
 * and nothing says who. */
static void list_decides_answer(struct turn *turn, int i, const struct event_answer *answer) {
    struct claim *claim = claim_to_credit(turn, i);
    const struct bill_list *bills = bill_list_of(answer);
    if (!bills || !turn_asked_when_quiet(turn, run_of_credit(turn, i))) {
        credit_still_unknown(turn, i, answer);
    } else if (turn_claim_listed(turn, i, bills)) {
        if (claim->tries < LISTED_TRIES_MAX)
            credit_again(turn, i);
        else
            turn_report(turn, FACT_CLAIM_REFUSED, turn_part_claim(turn, i));
    } else if (bills->left_out > 0 || listed_otherwise(turn, i, bills)) {
        credit_still_unknown(turn, i, answer);
    } else {
        claim->unproven = true;
        credit_is_there(turn, i);
        credited_begin(turn, i);
    }
}

/* The list before the same is sent again. */
static void credit_reread_answer(struct turn *turn, int i, const struct event_answer *answer) {
    const struct claim *claim = claim_to_credit(turn, i);
    const struct bill_list *bills = bill_list_of(answer);
    run_of_credit(turn, i)->reread = false;
    if (claim->declined)
        declined_reread_answer(turn, i, answer);
    else if (list_decides(turn) && claim->tries > 0)
        list_decides_answer(turn, i, answer);
    else if (bills && turn_claim_listed(turn, i, bills))
        credit_again(turn, i);
    else if (bills && bills->left_out == 0 && claim->tries == 0)
        turn_report(turn, FACT_CLAIM_REFUSED, turn_part_claim(turn, i));
    else
        credit_still_unknown(turn, i, answer);
}

/* Of the number that was asked, unless somebody else's settlement is named in it. */
static bool is_taken_back(const struct turn *turn, int i, const struct event_answer *answer) {
    return answer_his_closed(answer) && !by_visit(turn) &&
           owner_named(turn, i, answer) != OWNER_OTHER;
}

/* What somebody has taken back may be ours, whose answer was lost: sent again it would be a second
 * credit of money that was paid out, and given back it would be paid out twice. */
static void taken_back_answer(struct turn *turn, int i, const struct event_answer *answer) {
    if (turn_asked_when_quiet(turn, run_of_credit(turn, i)))
        turn_enter_claim_case(turn, i, CASE_CREDIT_CONTRADICTS);
    else
        credit_still_unknown(turn, i, answer);
}

void credit_answer(struct turn *turn, int i, enum verb verb, const struct event_answer *answer) {
    enum claim_state state = claim_to_credit(turn, i)->state;
    if (state == CLAIM_CREDITING)
        credit_sent_answer(turn, i, answer);
    else if (state == CLAIM_CREDIT_UNKNOWN && verb == VERB_BILLS)
        credit_reread_answer(turn, i, answer);
    else if (state == CLAIM_CREDIT_UNKNOWN && claim_to_credit(turn, i)->declined)
        declined_asked_answer(turn, i, answer);
    else if (state == CLAIM_CREDIT_UNKNOWN && claim_to_credit(turn, i)->tries == 0)
        unsent_asked_answer(turn, i, answer);
    else if (state == CLAIM_CREDIT_UNKNOWN && is_taken_back(turn, i, answer))
        taken_back_answer(turn, i, answer);
    else if (state == CLAIM_CREDIT_UNKNOWN && list_decides(turn))
        bill_visit_answer(turn, i, answer);
    else if (state == CLAIM_CREDIT_UNKNOWN && turn->rules->settles != SETTLE_RESULT_ORDER)
        deposit_visit_answer(turn, i, answer);
    else if (state == CLAIM_CREDIT_UNKNOWN)
        credit_asked_answer(turn, i, answer);
    /* else it was decided meanwhile by another claim's answer */
}

/* The ORG_003 of a bill leaves on a fresh list only, and not while one is under way, which may give
 * it another number. */
static void act_crediting(struct turn *turn, int i) {
    struct part_run *run = run_of_credit(turn, i);
    bool fresh = !claim_is_bill(turn) ||
                 !turn_has_passed(turn, run->listed_mono_ms, turn->rules->limits->answer_ms);
    if (run->wanted == VERB_NONE || turn_claims_asking(turn, VERB_CREDIT) ||
        turn_claims_asking(turn, VERB_BILLS))
        return;
    CORE_ASSERT(order_claim_money(turn->order, i).paid);
    if (fresh) {
        (void)turn_send_wanted(turn, run, turn_part_claim(turn, i));
        return;
    }
    run->wanted = VERB_NONE;
    run->reread = true;
    turn_ask_now(turn, run);
}

/* The list says whether a bill that never left is still there. */
static void ask_of_claim(struct turn *turn, int i) {
    struct part_run *run = run_of_credit(turn, i);
    const struct claim *claim = claim_to_credit(turn, i);
    bool unsent = claim->tries == 0 && claim_is_bill(turn);
    bool refused = claim->declined && claim_is_bill(turn) && by_visit(turn);
    bool proves = turn->rules->settles == SETTLE_RESULT_ORDER && !claim->declined && !unsent;
    if (turn->rules->list_waits && proves)
        run->reread = false;
    if (run->reread || unsent || refused)
        turn_send_list(turn, run, turn_part_claim(turn, i));
    else
        turn_send(turn, run, turn_part_claim(turn, i), VERB_ASK_CREDIT);
}

/* What waits for the list (list.c) does nothing else. */
void credit_act(struct turn *turn, int i) {
    enum claim_state state = claim_to_credit(turn, i)->state;
    struct part_run *run = run_of_credit(turn, i);
    if (state == CLAIM_CREDITING && !run->reread)
        act_crediting(turn, i);
    else if (state == CLAIM_CREDIT_UNKNOWN && turn_due(turn, run))
        ask_of_claim(turn, i);
}

/* The ORG_003 may have left just before the program stopped: it is asked about, and its quiet time
 * begins anew. A checked claim has certainly not been credited: its intent was not durable. */
void credit_resume(struct turn *turn, int i) {
    const struct claim *claim = claim_to_credit(turn, i);
    run_of_credit(turn, i)->since_mono_ms = turn->now.mono_ms;
    run_of_credit(turn, i)->sent_mono_ms = turn->now.mono_ms;
    if (claim->state == CLAIM_CREDITING)
        turn_move_claim(turn, i, CLAIM_CREDIT_UNKNOWN);
    if (claim->state == CLAIM_CHECKING || claim->state == CLAIM_CREDIT_UNKNOWN)
        turn_ask_now(turn, run_of_credit(turn, i));
}
