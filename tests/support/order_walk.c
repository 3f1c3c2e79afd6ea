#include "tests/support/order_walk.h"

#include <stdio.h>
#include <string.h>

#include "app/core/order/shares.h"
#include "tests/support/order_story.h"

static int chosen(struct walk *walk, int count) {
    walk->chance = walk->chance * 1664525u + 1013904223u;
    return (int)((walk->chance >> 8) % (uint32_t)count);
}

static struct order_rules walk_rules(struct walk *walk) {
    return (struct order_rules){.policy = &walk->policy,
                                .limits = &walk->limits,
                                .next_number = &walk->next_number,
                                .last_no = walk->last_no,
                                .number_mark = "7K0042",
                                .journal_ok = true,
                                .settles = SETTLE_RESULT_ORDER};
}

void walk_begin(struct walk *walk) {
    walk->policy = policy_default();
    walk->limits = limits_default();
    walk->now = (struct now){STORY_WALL_MS, 1000000};
    walk->next_number = 1;
}

/* What is to be written is remembered; what is asked is seen in the order. */
static void take_effects(struct walk *walk) {
    for (int i = 0; i < walk->out.count; i++) {
        const struct effect *effect = &walk->out.items[i];
        if (effect->kind != EFFECT_PERSIST)
            continue;
        walk->note_count = effect->of.persist.count;
        memcpy(walk->notes, &walk->out.notes[effect->of.persist.first],
               (size_t)walk->note_count * sizeof *walk->notes);
    }
    effects_clear(&walk->out);
}

static void hear(struct walk *walk, struct order_event event) {
    struct order_rules rules = walk_rules(walk);
    event.now = walk->now;
    order_step(&walk->order, &rules, &event, &walk->out);
    take_effects(walk);
}

void walk_open(struct walk *walk, int bills, enum channel first, int legs) {
    struct order *order = &walk->order;
    struct order_rules rules = walk_rules(walk);
    struct fen sum = {0};
    memset(order, 0, sizeof *order);
    walk->now.wall_ms += 60000; /* numbers of its own */
    order_next_no(walk->now.wall_ms, rules.number_mark, walk->last_no, order->no);
    memcpy(walk->last_no, order->no, ORDER_NO_SIZE);
    order->created_ms = walk->now.wall_ms;
    order->service = bills > 0 ? SERVICE_BILLS : SERVICE_DEPOSIT;
    order->claim_count = bills > 0 ? bills : 1;
    for (int i = 0; i < order->claim_count; i++) {
        struct claim *claim = &order->claims[i];
        claim->amount.fen = 1000 * (i + 1);
        sum.fen += claim->amount.fen;
        snprintf(claim->org_trace_no, TRACE_NO_SIZE, bills > 0 ? "%s-%d" : "%s", order->no, i);
        memcpy(claim->doc_trace_no, claim->org_trace_no, TRACE_NO_SIZE);
    }
    for (int i = 0; i < legs; i++) { /* the first pays one fen less than half */
        struct fen part = {i + 1 < legs ? sum.fen / 2 - 1 : sum.fen};
        sum.fen -= part.fen;
        if (i > 0)
            order_next_no(walk->now.wall_ms, rules.number_mark, walk->last_no, walk->last_no);
        order_add_leg(order, i == 0 ? first : CHANNEL_PHONE, walk->last_no, part);
    }
    order_share_out(order);
    order->run.used = true;
    order_open(order, &rules, walk->now, &walk->out);
    take_effects(walk);
}

void walk_resume(struct walk *walk, const struct order *order) {
    struct order_rules rules = walk_rules(walk);
    walk->order = *order;
    walk->order.run = (struct order_run){.used = true};
    walk->now.mono_ms = 5000;
    order_resume(&walk->order, &rules, walk->now, &walk->out);
    take_effects(walk);
}

static struct event_answer says(enum outcome outcome, enum trade_state trade, const char *code) {
    struct event_answer answer = {.outcome = outcome, .trade = trade, .reached = true};
    snprintf(answer.code, sizeof answer.code, "%s", code);
    return answer;
}

/* What the platform says of a payment. */
static struct event_answer of_trade(enum trade_state trade) {
    switch (trade) {
    case TRADE_PAID:
    case TRADE_RETURNED:
        return says(OUTCOME_ACCEPTED, trade, "0");
    case TRADE_WAIT:
        return says(OUTCOME_PENDING, trade, "0");
    case TRADE_FAILED:
        return says(OUTCOME_DECLINED, trade, "0");
    default:
        return says(OUTCOME_UNKNOWN, trade, "0");
    }
}

static struct event_answer leg_answer(struct walk *walk, const struct leg *leg, enum verb verb,
                                      enum temper temper) {
    static const enum trade_state any[] = {TRADE_WAIT,   TRADE_PAID,     TRADE_PAID,
                                           TRADE_FAILED, TRADE_RETURNED, TRADE_OTHER};
    bool late = leg->state == LEG_PAID_AFTER_CLOSE, closed = leg->state == LEG_CLOSED;
    struct event_answer answer;
    if (temper == TEMPER_ANY) {
        answer = of_trade(any[chosen(walk, sizeof any / sizeof *any)]);
        answer.not_closed = verb == VERB_CLOSE && chosen(walk, 3) == 0;
        if (verb == VERB_CLOSE && !answer.not_closed)
            answer = says(OUTCOME_ACCEPTED, TRADE_NONE, "0");
        answer.has_amount = answer.trade == TRADE_PAID;
        answer.amount.fen = leg->amount.fen + (chosen(walk, 16) == 0);
        answer.time_ms = leg->expire_ms + (chosen(walk, 4) == 0 ? 60000 : -60000);
        return answer;
    }
    if (verb == VERB_CLOSE) {
        answer = says(temper == TEMPER_KIND ? OUTCOME_DECLINED : OUTCOME_ACCEPTED, TRADE_NONE, "0");
        answer.not_closed = temper == TEMPER_KIND;
        return answer;
    }
    if (temper == TEMPER_KIND)
        answer = of_trade(late ? TRADE_RETURNED : closed ? TRADE_WAIT : TRADE_PAID);
    else
        answer = of_trade(late ? TRADE_PAID : TRADE_FAILED);
    answer.has_amount = answer.trade == TRADE_PAID;
    answer.amount = leg->amount;
    answer.time_ms = late ? leg->paid_ms : leg->expire_ms - 60000;
    return answer;
}

/* The list with every bill of the order; by chance without the first. */
static struct event_answer list_answer(struct walk *walk, bool whole) {
    static struct bill_list list;
    struct event_answer answer = says(OUTCOME_ACCEPTED, TRADE_NONE, "00");
    list = (struct bill_list){.head = {DOCUMENT_BILLS}};
    for (int i = whole ? 0 : 1; i < walk->order.claim_count; i++) {
        struct bill *bill = &list.bills[list.bill_count++];
        memcpy(bill->org_trace_no, walk->order.claims[i].org_trace_no, TRACE_NO_SIZE);
        memcpy(bill->doc_trace_no, walk->order.claims[i].doc_trace_no, TRACE_NO_SIZE);
        bill->amount = walk->order.claims[i].amount;
    }
    answer.document = &list.head;
    return answer;
}

static struct event_answer credited_answer(struct walk *walk, int i, enum verb verb, bool named) {
    const struct claim *claim = &walk->order.claims[i];
    struct event_answer answer = says(OUTCOME_ACCEPTED, TRADE_NONE, "00");
    char trace[CLAIM_TRACE_SIZE];
    snprintf(answer.no, sizeof answer.no, "S%s", order_claim_trace(&walk->order, i, trace));
    if (claim->call_sn[0] != '\0')
        memcpy(answer.no, claim->call_sn, TRACE_NO_SIZE);
    if (verb == VERB_ASK_CREDIT && named)
        snprintf(answer.in_no, sizeof answer.in_no, "%s", trace);
    return answer;
}

/* The hospital has taken back what was wanted. */
static struct event_answer taken_back_answer(struct walk *walk, int i) {
    const struct claim *claim = &walk->order.claims[i];
    int64_t left_fen =
        claim->amount.fen - claim->refunded.fen - order_refunding(&walk->order, i).fen;
    if (left_fen == 0)
        return says(OUTCOME_UNKNOWN, TRADE_NONE, "closed");
    struct event_answer answer = credited_answer(walk, i, VERB_ASK_CREDIT, true);
    answer.has_amount = true;
    answer.amount.fen = left_fen;
    return answer;
}

static struct event_answer claim_answer(struct walk *walk, int i, enum verb verb,
                                        enum temper temper) {
    bool taking_back = walk->order.claims[i].state == CLAIM_UNCREDITING;
    int any = temper == TEMPER_ANY ? chosen(walk, 5) : -1;
    if (verb == VERB_BILLS)
        return list_answer(walk, any != 0);
    if (any == 0 || any == 1)
        return says(OUTCOME_UNKNOWN, TRADE_NONE, any == 0 ? "01" : "closed");
    if (temper == TEMPER_DENYING || any == 2)
        return taking_back && verb == VERB_ASK_CREDIT ? credited_answer(walk, i, verb, true)
                                                      : says(OUTCOME_DECLINED, TRADE_NONE, "00");
    if (taking_back && verb == VERB_ASK_CREDIT)
        return taken_back_answer(walk, i);
    return credited_answer(walk, i, verb, any != 3);
}

static struct event_answer refund_answer(struct walk *walk, enum temper temper) {
    int any = temper == TEMPER_ANY ? chosen(walk, 8) : -1;
    if (any == 0)
        return says(OUTCOME_UNKNOWN, TRADE_OTHER, "0");
    if (temper == TEMPER_DENYING || any == 1 || any == 2)
        return says(OUTCOME_DECLINED, TRADE_RETURN_FAILED, "0");
    struct event_answer answer = says(OUTCOME_ACCEPTED, TRADE_RETURNED, "0");
    answer.has_amount = any == 3; /* another amount than any refund's */
    answer.amount.fen = 1;
    return answer;
}

static bool answer_part(struct walk *walk, struct part_run *run, struct event_answer answer) {
    bool lost = walk->temper == TEMPER_ANY && chosen(walk, 6) == 0;
    if (walk->temper == TEMPER_UNSURE || lost)
        answer = says(OUTCOME_UNKNOWN, TRADE_OTHER, lost ? "-28" : "99");
    answer.request = run->request;
    answer.verb = run->verb;
    hear(walk, (struct order_event){.kind = ORDER_HEARS_ANSWER, .answer = &answer});
    return true;
}

/* The first that waits for an answer hears it. False: none does. */
static bool answer_one(struct walk *walk) {
    struct order *order = &walk->order;
    struct order_run *run = &order->run;
    enum temper temper = walk->temper;
    for (int i = 0; i < order->leg_count; i++)
        if (run->leg[i].request != 0)
            return answer_part(walk, &run->leg[i],
                               leg_answer(walk, &order->legs[i], run->leg[i].verb, temper));
    for (int i = 0; i < order->claim_count; i++)
        if (run->claim[i].request != 0)
            return answer_part(walk, &run->claim[i],
                               claim_answer(walk, i, run->claim[i].verb, temper));
    for (int i = 0; i < order->refund_count; i++)
        if (run->refund[i].request != 0) /* ORG_005 is sent of the first refund of its claim */
            return answer_part(walk, &run->refund[i], refund_answer(walk, temper));
    return false;
}

/* The patient lets go of a payment, or wants a credit back. */
static void patient_acts(struct walk *walk) {
    struct order_rules rules = walk_rules(walk);
    int i = chosen(walk, walk->order.claim_count);
    struct fen amount = walk->order.claims[i].amount;
    if (walk->order.service == SERVICE_DEPOSIT)
        amount.fen /= 2;
    if (chosen(walk, 4) == 0)
        order_cancel(&walk->order, &rules, walk->now, &walk->out);
    else if (chosen(walk, 2) == 0)
        (void)!order_refund_request(&walk->order, &rules, i, amount, walk->now, &walk->out);
    take_effects(walk);
}

bool walk_step(struct walk *walk) {
    struct order_run *run = &walk->order.run;
    if (run->durable_wait != 0) {
        walk->write(walk->context, walk);
        hear(walk, (struct order_event){.kind = ORDER_HEARS_DURABLE, .number = run->durable_wait});
        return true;
    }
    if (answer_one(walk))
        return true;
    if (walk->temper == TEMPER_ANY)
        patient_acts(walk);
    int64_t due_ms = order_deadline(&walk->order);
    if (run->durable_wait != 0)
        return true;
    if (due_ms == INT64_MAX)
        return false;
    int64_t ms = due_ms > walk->now.mono_ms ? due_ms - walk->now.mono_ms : 0;
    walk->now.wall_ms += ms;
    walk->now.mono_ms += ms;
    hear(walk, (struct order_event){.kind = ORDER_HEARS_TICK});
    return true;
}
