/* The list of bills behind a credit: read again before the first ORG_003, and when it has become
 * old in the queue behind other credits. A bill that is gone is not paid a second time. */
#include "app/core/order/parts.h"

static struct part_run *run_of_listed(const struct turn *turn, int i) {
    return &turn->order->run.claim[i];
}

bool list_is_needed(const struct turn *turn, int i) {
    enum claim_state state = turn->order->claims[i].state;
    return state == CLAIM_CHECKING || (state == CLAIM_CREDITING && run_of_listed(turn, i)->reread);
}

/* A claim in the queue is still listed: its credit may leave. */
static void queue_again(struct turn *turn, int i) {
    struct part_run *run = run_of_listed(turn, i);
    turn_ask_never(run);
    run->reread = false;
    run->wanted = VERB_CREDIT;
    run->listed_mono_ms = turn->now.mono_ms;
}

/* Not sent again, an earlier ORG_003 may have arrived; not sent at all, it is not credited. */
static void report_gone(struct turn *turn, int i) {
    run_of_listed(turn, i)->reread = false;
    turn_report(turn, turn->order->claims[i].tries > 1 ? FACT_CLAIM_UNLISTED : FACT_CLAIM_REFUSED,
                turn_part_claim(turn, i));
}

void list_heard(struct turn *turn, const struct event_answer *answer) {
    const struct bill_list *bills = bill_list_of(answer);
    for (int i = 0; bills != NULL && i < turn->order->claim_count; i++) {
        const struct claim *claim = &turn->order->claims[i];
        if (claim->state != CLAIM_CREDITING || run_of_listed(turn, i)->wanted != VERB_CREDIT)
            continue;
        if (turn_claim_listed(turn, i, bills))
            queue_again(turn, i);
        else if (bills->left_out == 0)
            report_gone(turn, i);
    }
}

/* Does the answer say of every claim that waits for it whether its bill is still there? In a list
 * with rows left out what is missing may be among those. */
static bool list_is_sure(const struct turn *turn, const struct bill_list *bills) {
    for (int i = 0; bills->left_out > 0 && i < turn->order->claim_count; i++) {
        const struct claim *claim = &turn->order->claims[i];
        if (list_is_needed(turn, i) &&
            bill_list_find(bills, claim->bill_key, claim->org_trace_no, claim->amount) < 0)
            return false;
    }
    return true;
}

/* One answer decides every claim that waits for it. No list: the HIS stayed silent until the
 * deadline, and no credit was ever sent. */
static void decide_by_list(struct turn *turn, int asker, const struct bill_list *bills) {
    bool listed = false;
    for (int i = 0; i < turn->order->claim_count; i++) {
        if (!list_is_needed(turn, i))
            continue;
        if (!bills || !turn_claim_listed(turn, i, bills))
            report_gone(turn, i);
        else if (turn->order->claims[i].state == CLAIM_CREDITING)
            queue_again(turn, i);
        else
            listed = true;
    }
    if (listed) /* the others are refused by then */
        turn_report(turn, FACT_CLAIMS_LISTED, turn_part_claim(turn, asker));
}

void list_answer(struct turn *turn, int i, const struct event_answer *answer) {
    const struct bill_list *bills = bill_list_of(answer);
    const struct limits *limits = turn->rules->limits;
    struct part_run *run = run_of_listed(turn, i);
    bool sure = bills && list_is_sure(turn, bills);
    if (!sure && !turn_has_passed(turn, run->since_mono_ms, limits->credit_deadline_ms))
        turn_ask_later(turn, run, limits->retry_max_ms);
    else
        decide_by_list(turn, i, bills);
}

void list_act(struct turn *turn, int i, bool first) {
    struct part_run *run = run_of_listed(turn, i);
    if (!first)
        run->next_mono_ms = 0;
    else if (run->next_mono_ms == 0 && !turn_claims_asking(turn, VERB_BILLS))
        turn_ask_now(turn, run);
    if (turn_due(turn, run))
        turn_send_list(turn, run, turn_part_claim(turn, i));
}
