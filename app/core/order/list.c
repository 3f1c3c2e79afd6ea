/* The list of bills behind a credit: read again before the first ORG_003, and before the same is
 * sent again. A bill that is gone is not paid a second time. */
#include <string.h>

#include "app/core/order/parts.h"

static struct claim *claim_at(const struct turn *turn, int i) {
    return &turn->order->claims[i];
}

static struct part_run *run_at(const struct turn *turn, int i) {
    return &turn->order->run.claim[i];
}

/* org_trace_no and amount: a bill that changed is not the bill that was paid. */
bool claim_listed(const struct bill_list *bills, const struct claim *claim) {
    for (int i = 0; i < bills->bill_count; i++)
        if (strcmp(bills->bills[i].org_trace_no, claim->org_trace_no) == 0 &&
            money_compare(bills->bills[i].amount, claim->amount) == 0)
            return true;
    return false;
}

const struct bill_list *bill_list_of(const struct event_answer *answer) {
    bool there = answer->outcome == OUTCOME_ACCEPTED && answer->document &&
                 answer->document->kind == DOCUMENT_BILLS;
    return there ? (const struct bill_list *)(const void *)answer->document : NULL;
}

/* Does it wait for the list before its first credit? Also when the list that was read for it has
 * become old in the queue behind other credits. */
bool claim_needs_list(const struct turn *turn, int i) {
    enum claim_state state = claim_at(turn, i)->state;
    return state == CLAIM_CHECKING || (state == CLAIM_CREDITING && run_at(turn, i)->reread);
}

/* The list has it: the intent to credit is made, or is still good. True: it must become durable. */
static bool pass_check(struct turn *turn, int i) {
    struct part_run *run = run_at(turn, i);
    if (claim_at(turn, i)->state == CLAIM_CHECKING) {
        claim_intend_credit(turn, i);
        return true;
    }
    ask_never(run);
    run->reread = false;
    run->wanted = VERB_CREDIT;
    run->since_mono_ms = turn->now.mono_ms;
    return false;
}

/* The list before the first credit: one answer decides every claim that waits for it. */
void claims_checked(struct turn *turn, int i, const struct event_answer *answer) {
    const struct bill_list *bills = bill_list_of(answer);
    const struct limits *limits = turn->rules->limits;
    bool crediting = false;
    if (!bills && !waited(turn, run_at(turn, i)->since_mono_ms, limits->credit_deadline_ms)) {
        ask_later(turn, run_at(turn, i), limits->retry_max_ms);
        return;
    }
    for (int c = 0; c < turn->order->claim_count; c++) {
        if (!claim_needs_list(turn, c))
            continue;
        if (bills && claim_listed(bills, claim_at(turn, c))) {
            crediting = pass_check(turn, c) || crediting;
        } else {
            /* Gone, or the HIS stayed silent until the deadline: no credit was ever sent. */
            run_at(turn, c)->reread = false;
            claim_reverse(turn, c);
        }
    }
    if (crediting)
        turn_persist(turn, NOTE_CREDITING, part_claim(turn, i));
}

/* One list for all: the first of the checking claims asks, the others wait without a time. */
void claim_act_list(struct turn *turn, int i, bool first) {
    struct part_run *run = run_at(turn, i);
    if (!first)
        run->next_mono_ms = 0;
    else if (run->next_mono_ms == 0 && !claims_asking(turn->order, VERB_BILLS))
        ask_now(turn, run);
    if (turn_due(turn, run))
        turn_send(turn, run, part_claim(turn, i), VERB_BILLS);
}
