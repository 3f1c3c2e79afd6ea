/* The life of a claim once its money is there: checked, credited, asked about, given back. A credit
 * is as dangerous as a charge: the same numbers are sent again only when the HIS has had its quiet
 * time and still lists the bill. */
#include <string.h>

#include "app/core/order/parts.h"
#include "app/core/terms/assert.h"

#define CREDIT_TRIES_MAX 3
#define CODE_SAME_AGAIN_1 "01" /* ret_code of ORG_003: says nothing about the settlement */
#define CODE_SAME_AGAIN_2 "02"
#define CODE_HIS_EXCEPTION "exp" /* the HIS itself does not know yet */

static struct claim *claim_at(const struct turn *turn, int i) {
    return &turn->order->claims[i];
}

static struct part_run *run_at(const struct turn *turn, int i) {
    return &turn->order->run.claim[i];
}

bool claims_asking(const struct order *order, enum verb verb) {
    for (int i = 0; i < order->claim_count; i++)
        if (order->run.claim[i].request != 0 && order->run.claim[i].verb == verb)
            return true;
    return false;
}

static void enter(struct turn *turn, int i, enum claim_state state) {
    claim_at(turn, i)->state = state;
    run_at(turn, i)->wanted = VERB_NONE;
    ask_never(run_at(turn, i));
}

void claim_case(struct turn *turn, int i, enum case_reason reason) {
    enter(turn, i, CLAIM_CASE);
    claim_at(turn, i)->reason = reason;
    turn->order->resolved = false;
    turn_persist(turn, NOTE_CASE, part_claim(turn, i));
}

void claim_reverse(struct turn *turn, int i) {
    struct claim *claim = claim_at(turn, i);
    int refund = refund_new(turn, claim->leg, i, claim->amount);
    if (refund < 0) {
        claim_case(turn, i, CASE_NO_ACT);
        return;
    }
    enter(turn, i, CLAIM_REVERSING);
    turn->order->run.refund[refund].wanted = VERB_REFUND;
    turn_persist(turn, NOTE_REVERSING, part_refund(turn, refund));
}

static bool any_crediting(const struct order *order) {
    for (int i = 0; i < order->claim_count; i++)
        if (order->claims[i].state == CLAIM_CREDITING)
            return true;
    return false;
}

/* The last of several credits takes the others along into the journal: a visit of many bills costs
 * few commits, and after a restart what is not there yet is only asked about. */
static void done(struct turn *turn, int i) {
    enter(turn, i, CLAIM_DONE);
    if (!any_crediting(turn->order))
        turn_persist(turn, NOTE_CREDITED, part_claim(turn, i));
}

/* The intent to credit; it becomes durable with the next PERSIST of this turn. */
void claim_intend_credit(struct turn *turn, int i) {
    struct claim *claim = claim_at(turn, i);
    enter(turn, i, CLAIM_CREDITING);
    if (claim->tries++ == 0)
        run_at(turn, i)->since_mono_ms = turn->now.mono_ms;
    claim->sent_ms = turn->now.wall_ms;
    claim->code[0] = '\0';
    run_at(turn, i)->wanted = VERB_CREDIT;
}

void claims_of_paid_leg(struct turn *turn, int leg) {
    struct order *order = turn->order;
    bool by_itself = route_traits(order->legs[leg].route)->credits_by_itself, crediting = false;
    for (int i = 0; i < order->claim_count; i++) {
        if (order->claims[i].leg != leg || order->claims[i].state != CLAIM_WAITING)
            continue;
        run_at(turn, i)->since_mono_ms = turn->now.mono_ms;
        if (by_itself) {
            done(turn, i);
        } else if (order->service == SERVICE_BILLS) {
            enter(turn, i, CLAIM_CHECKING);
            ask_now(turn, run_at(turn, i));
        } else {
            claim_intend_credit(turn, i);
            crediting = true;
        }
    }
    if (crediting)
        turn_persist(turn, NOTE_CREDITING, part_leg(leg));
}

void claims_of_unpaid_leg(struct turn *turn, int leg) {
    for (int i = 0; i < turn->order->claim_count; i++)
        if (turn->order->claims[i].leg == leg && turn->order->claims[i].state == CLAIM_WAITING)
            enter(turn, i, CLAIM_VOID);
}

/* A settlement that is not ours, or not of this money, is not taken for ours. */
static bool contradicts(const struct turn *turn, int i, const struct event_answer *answer) {
    const struct claim *claim = claim_at(turn, i);
    char trace[CLAIM_TRACE_SIZE];
    order_claim_trace(turn->order, i, trace);
    if (answer->has_amount && money_compare(answer->amount, claim->amount) != 0)
        return true;
    if (answer->in_no[0] && strcmp(answer->in_no, trace) != 0)
        return true;
    return claim->call_sn[0] && answer->no[0] && strcmp(answer->no, claim->call_sn) != 0;
}

static void credited(struct turn *turn, int i, const struct event_answer *answer) {
    struct claim *claim = claim_at(turn, i);
    if (contradicts(turn, i, answer)) {
        claim_case(turn, i, CASE_CREDIT_CONTRADICTS);
        return;
    }
    keep_text(claim->call_sn, sizeof claim->call_sn, answer->no);
    done(turn, i);
}

static void unknown(struct turn *turn, int i) {
    enter(turn, i, CLAIM_CREDIT_UNKNOWN);
    turn_persist(turn, NOTE_CREDIT_UNKNOWN, part_claim(turn, i));
    ask_now(turn, run_at(turn, i));
}

/* ORG_003's answer. Its `fail` is definite only for the first and only sending. */
static void credit_heard(struct turn *turn, int i, const struct event_answer *answer) {
    struct claim *claim = claim_at(turn, i);
    keep_text(claim->code, sizeof claim->code, answer->code);
    switch (answer->outcome) {
    case OUTCOME_ACCEPTED:
        credited(turn, i, answer);
        return;
    case OUTCOME_DECLINED:
        if (claim->tries == 1)
            claim_reverse(turn, i);
        else
            unknown(turn, i);
        return;
    case OUTCOME_PENDING:
    case OUTCOME_UNKNOWN:
    case OUTCOME_MALFORMED:
        unknown(turn, i);
        return;
    }
}

static void credit_again(struct turn *turn, int i) {
    claim_intend_credit(turn, i);
    turn_persist(turn, NOTE_CREDITING, part_claim(turn, i));
}

/* May the same ORG_003 be sent again? A bill: if the list still has it (read next). A deposit has
 * no such witness: only when the HIS itself said that it did not look at the first. */
static bool may_repeat(const struct turn *turn, int i, const struct event_answer *answer) {
    const struct claim *claim = claim_at(turn, i);
    if (claim->tries >= CREDIT_TRIES_MAX || answer->outcome != OUTCOME_UNKNOWN ||
        !answer_spoke(answer) || strcmp(answer->code, CODE_HIS_EXCEPTION) == 0)
        return false;
    return turn->order->service == SERVICE_BILLS || strcmp(claim->code, CODE_SAME_AGAIN_1) == 0 ||
           strcmp(claim->code, CODE_SAME_AGAIN_2) == 0;
}

static void still_unknown(struct turn *turn, int i, const struct event_answer *answer) {
    const struct limits *limits = turn->rules->limits;
    if (out_of_time(turn, run_at(turn, i), claim_at(turn, i)->sent_ms, limits->credit_deadline_ms,
                    answer))
        claim_case(turn, i, CASE_CREDIT_UNKNOWN);
    else
        ask_later(turn, run_at(turn, i), limits->retry_max_ms);
}

/* ORG_004's answer. The ORG_003 may still be on its way: until the quiet time is over neither a
 * `fail` nor ignorance means anything. */
static void credit_asked(struct turn *turn, int i, const struct event_answer *answer) {
    struct part_run *run = run_at(turn, i);
    bool quiet = asked_when_quiet(turn, run);
    if (answer->outcome == OUTCOME_ACCEPTED) {
        credited(turn, i, answer);
    } else if (quiet && answer->outcome == OUTCOME_DECLINED) {
        claim_reverse(turn, i);
    } else if (quiet && may_repeat(turn, i, answer)) {
        if (turn->order->service == SERVICE_BILLS) {
            run->reread = true;
            ask_in(turn, run, 0);
        } else {
            credit_again(turn, i);
        }
    } else {
        still_unknown(turn, i, answer);
    }
}

static void reread(struct turn *turn, int i, const struct event_answer *answer) {
    const struct bill_list *bills = bill_list_of(answer);
    run_at(turn, i)->reread = false;
    if (bills && claim_listed(bills, claim_at(turn, i)))
        credit_again(turn, i);
    else
        still_unknown(turn, i, answer);
}

void claim_answer(struct turn *turn, int i, enum verb verb, const struct event_answer *answer) {
    switch (claim_at(turn, i)->state) {
    case CLAIM_CHECKING:
        claims_checked(turn, i, answer);
        return;
    case CLAIM_CREDITING:
        if (verb == VERB_BILLS)
            claims_checked(turn, i, answer);
        else
            credit_heard(turn, i, answer);
        return;
    case CLAIM_CREDIT_UNKNOWN:
        if (verb == VERB_BILLS)
            reread(turn, i, answer);
        else
            credit_asked(turn, i, answer);
        return;
    case CLAIM_UNCREDITING:
        uncredit_answer(turn, i, verb, answer);
        return;
    case CLAIM_WAITING:
    case CLAIM_DONE:
    case CLAIM_REVERSING:
    case CLAIM_REVERSED:
    case CLAIM_VOID:
    case CLAIM_REFUNDED:
    case CLAIM_CASE:
        return; /* decided meanwhile by another claim's answer */
    }
}

/* The first ORG_003 of a claim leaves on a fresh list only. */
static void act_crediting(struct turn *turn, int i) {
    struct part_run *run = run_at(turn, i);
    bool fresh = turn->order->service != SERVICE_BILLS || claim_at(turn, i)->tries > 1 ||
                 !waited(turn, run->since_mono_ms, turn->rules->limits->answer_ms);
    if (run->wanted == VERB_NONE || claims_asking(turn->order, VERB_CREDIT))
        return;
    if (fresh) {
        (void)turn_send_wanted(turn, run, part_claim(turn, i));
        return;
    }
    run->wanted = VERB_NONE;
    run->reread = true;
    ask_now(turn, run);
}

static void act_unknown(struct turn *turn, int i) {
    struct part_run *run = run_at(turn, i);
    if (!turn_due(turn, run))
        return;
    turn_send(turn, run, part_claim(turn, i), run->reread ? VERB_BILLS : VERB_ASK_CREDIT);
}

void claims_act(struct turn *turn) {
    bool checking = false;
    for (int i = 0; i < turn->order->claim_count; i++) {
        if (claim_at(turn, i)->state == CLAIM_CREDITING && !claim_needs_list(turn, i))
            act_crediting(turn, i);
        if (claim_needs_list(turn, i)) {
            claim_act_list(turn, i, !checking);
            checking = true;
        }
        switch (claim_at(turn, i)->state) {
        case CLAIM_CHECKING:
        case CLAIM_CREDITING:
            break; /* done above */
        case CLAIM_CREDIT_UNKNOWN:
            act_unknown(turn, i);
            break;
        case CLAIM_UNCREDITING:
            uncredit_act(turn, i);
            break;
        case CLAIM_WAITING:
        case CLAIM_DONE:
        case CLAIM_REVERSING:
        case CLAIM_REVERSED:
        case CLAIM_VOID:
        case CLAIM_REFUNDED:
        case CLAIM_CASE:
            break;
        }
    }
}

/* The ORG_003 may have left just before the program stopped: it is asked about, and its quiet time
 * begins anew. A checked claim has certainly not been credited: its intent was not durable. */
void claim_resume(struct turn *turn, int i) {
    struct claim *claim = claim_at(turn, i);
    struct part_run *run = run_at(turn, i);
    int refund = refund_under_way(turn->order, claim->leg, i);
    run->since_mono_ms = turn->now.mono_ms;
    run->sent_mono_ms = turn->now.mono_ms;
    switch (claim->state) {
    case CLAIM_CREDITING:
        claim->state = CLAIM_CREDIT_UNKNOWN;
        ask_now(turn, run);
        return;
    case CLAIM_CHECKING:
    case CLAIM_CREDIT_UNKNOWN:
        ask_now(turn, run);
        return;
    case CLAIM_REVERSING:
    case CLAIM_UNCREDITING:
        if (refund < 0)
            claim_case(turn, i, CASE_NO_ACT); /* no journal of ours: a person looks */
        else if (turn->order->refunds[refund].state == REFUND_NEW)
            ask_now(turn, run);
        return;
    case CLAIM_WAITING:
    case CLAIM_DONE:
    case CLAIM_REVERSED:
    case CLAIM_VOID:
    case CLAIM_REFUNDED:
    case CLAIM_CASE:
        return;
    }
}
