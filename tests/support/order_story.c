#include "tests/support/order_story.h"
#include "app/core/order/shares.h"

#include <stdio.h>
#include <string.h>

/* The machine has been on for days; at a restart only the program is new. */
#define MACHINE_ON_MS (INT64_C(5) * 24 * 3600 * 1000)

int64_t story_pinpad_ms = STORY_WALL_MS;

struct order_rules story_rules(struct story *story) {
    return (struct order_rules){.policy = &story->policy,
                                .limits = &story->limits,
                                .next_number = &story->next_number,
                                .last_no = story->last_no,
                                .number_mark = "7K0042",
                                .journal_ok = !story->journal_broken,
                                .list_waits = story->list_waits,
                                .pinpads = story->pinpads,
                                .settles = story->policy.settle_result};
}

/* Behind the last of each part lies one like it: whoever looks there sees what nobody has. */
static void fill_behind(struct order *order) {
#define FILL(parts, count, max, runs)                                                              \
    if ((count) > 0 && (count) < (max)) {                                                          \
        (parts)[count] = (parts)[(count)-1];                                                       \
        (runs)[count] = (runs)[(count)-1];                                                         \
    }
    FILL(order->legs, order->leg_count, LEGS_MAX, order->run.leg)
    FILL(order->claims, order->claim_count, CLAIMS_MAX, order->run.claim)
    FILL(order->refunds, order->refund_count, REFUNDS_MAX, order->run.refund)
#undef FILL
    if (order->share_count > 0 && order->share_count < SHARES_MAX)
        order->shares[order->share_count] = order->shares[order->share_count - 1];
}

static void look(struct story *story) {
    story->persists = 0;
    for (int i = 0; i < story->out.count; i++) {
        const struct effect *effect = &story->out.items[i];
        if (effect->kind == EFFECT_PERSIST) {
            story->persists++;
            story->note_count = effect->of.persist.count;
            memcpy(story->notes, &story->out.notes[effect->of.persist.first],
                   (size_t)story->note_count * sizeof *story->notes);
            if (story->note_count > 0)
                story->note = (enum note)story->notes[story->note_count - 1].note;
            for (int n = 0; n < story->note_count && story->told_count < STORY_NOTES_MAX; n++)
                story->told[story->told_count++] = (enum note)story->notes[n].note;
        }
        if (effect->kind == EFFECT_SEND) {
            story->request = effect->number;
            story->verb = effect->of.send.verb;
            story->sent_claim = effect->claim;
            story->sent_refund = effect->refund;
        }
    }
    effects_clear(&story->out);
    fill_behind(&story->order);
}

static void step(struct story *story, struct order_event event) {
    struct order_rules rules = story_rules(story);
    event.now = story->now;
    if (event.kind == ORDER_HEARS_ANSWER)
        story->verb = VERB_NONE;
    order_step(&story->order, &rules, &event, &story->out);
    look(story);
}

static void fill_story(struct story *story, int bills) {
    memset(story, 0, sizeof *story);
    story->policy = policy_default();
    story->policy.settle_result = SETTLE_RESULT_ORDER;
    story->limits = limits_default();
    story->now = (struct now){STORY_WALL_MS, MACHINE_ON_MS};
    story->pinpads[0] = (struct pinpad_known){
        "BENCH001", story_pinpad_ms != 0 ? story_pinpad_ms - MACHINE_ON_MS : 0};
    struct order *order = &story->order;
    order_next_no(story->now.wall_ms, "7K0042", story->last_no, order->no);
    memcpy(story->last_no, order->no, ORDER_NO_SIZE);
    order->service = bills > 0 ? SERVICE_BILLS : SERVICE_DEPOSIT;
    order->claim_count = bills > 0 ? bills : 1;
    for (int i = 0; i < order->claim_count; i++) {
        struct claim *claim = &order->claims[i];
        claim->amount.fen = bills > 0 ? 1000 * (i + 1) : 10000;
        snprintf(claim->org_trace_no, TRACE_NO_SIZE, bills > 0 ? "BILL%d" : "%.0d%s", i, order->no);
    }
}

/* Whoever looks behind the last leg, claim, share or refund sees what can be none. */
#define NOTHING_OF_IT 0x55
#define SPOIL(parts, count)                                                                        \
    memset(&(parts)[count], NOTHING_OF_IT, sizeof(parts) - (size_t)(count) * sizeof *(parts))
static void spoil_unused(struct order *order) {
    SPOIL(order->legs, order->leg_count);
    SPOIL(order->claims, order->claim_count);
    SPOIL(order->shares, order->share_count);
    SPOIL(order->refunds, order->refund_count);
}

static void open_story(struct story *story) {
    order_share_out(&story->order);
    spoil_unused(&story->order);
    struct order_rules rules = story_rules(story);
    order_open(&story->order, &rules, story->now, &story->out);
    look(story);
}

void story_begin(struct story *story, int bills, enum channel channel) {
    story_begin_by(story, bills, channel, route_of(channel));
}

void story_begin_by(struct story *story, int bills, enum channel channel, enum route route) {
    fill_story(story, bills);
    struct order *order = &story->order;
    struct fen amount = {0};
    for (int i = 0; i < order->claim_count; i++)
        amount.fen += order->claims[i].amount.fen;
    order_add_leg(order, channel, order->no, amount)->route = route;
    open_story(story);
}

void story_begin_own_part(struct story *story) {
    fill_story(story, 1);
    story->policy.own_part_here = true;
    order_add_leg(&story->order, CHANNEL_INSURANCE, story->order.no, story->order.claims[0].amount);
    open_story(story);
}

void story_choose(struct story *story, enum channel channel) {
    struct order_rules rules = story_rules(story);
    order_choose_way(&story->order, &rules, channel, story->now, &story->out);
    look(story);
}

void story_begin_split(struct story *story, int bills, const struct story_leg *legs) {
    fill_story(story, bills);
    struct order *order = &story->order;
    for (int i = 0; legs[i].fen > 0; i++) {
        if (i > 0)
            order_next_no(story->now.wall_ms, "7K0042", story->last_no, story->last_no);
        order_add_leg(order, legs[i].channel, story->last_no, (struct fen){legs[i].fen});
    }
    open_story(story);
}

void story_durable(struct story *story) {
    step(story, (struct order_event){.kind = ORDER_HEARS_DURABLE,
                                     .number = story->order.run.durable_wait});
}

void story_persist_fails(struct story *story) {
    step(story, (struct order_event){.kind = ORDER_HEARS_PERSIST_FAILED,
                                     .number = story->order.run.durable_wait});
}

void story_cancel(struct story *story) {
    struct order_rules rules = story_rules(story);
    order_cancel(&story->order, &rules, story->now, &story->out);
    look(story);
}

void story_tick(struct story *story, int64_t ms) {
    story->now.wall_ms += ms;
    story->now.mono_ms += ms;
    step(story, (struct order_event){.kind = ORDER_HEARS_TICK});
}

bool story_until_sent(struct story *story, int64_t ms) {
    int64_t end_ms = story->now.mono_ms + ms;
    for (;;) {
        int64_t due_ms = order_deadline(&story->order);
        const struct order_run *run = &story->order.run;
        story->verb = VERB_NONE;
        if (run->durable_wait != 0 && run->persist_next_mono_ms == 0)
            story_durable(story);
        else if (due_ms > end_ms)
            return false;
        else
            story_tick(story, due_ms > story->now.mono_ms ? due_ms - story->now.mono_ms : 0);
        if (story->verb != VERB_NONE)
            return true;
    }
}

void story_answer(struct story *story, struct event_answer answer) {
    answer.request = story->request;
    answer.verb = story->verb;
    answer.reached = true;
    step(story, (struct order_event){.kind = ORDER_HEARS_ANSWER, .answer = &answer});
}

void story_never_leaves(struct story *story) {
    struct event_answer answer = {.request = story->request, .verb = story->verb, .code = "-7"};
    step(story, (struct order_event){.kind = ORDER_HEARS_ANSWER, .answer = &answer});
}

void story_says(struct story *story, enum outcome outcome, const char *code) {
    struct event_answer answer = {.outcome = outcome};
    snprintf(answer.code, sizeof answer.code, "%s", code);
    story_answer(story, answer);
}

void story_names(struct story *story, enum outcome outcome, const char *code) {
    struct event_answer answer = {.outcome = outcome};
    char trace[CLAIM_TRACE_SIZE];
    snprintf(answer.code, sizeof answer.code, "%s", code);
    snprintf(answer.in_no, sizeof answer.in_no, "%s",
             order_claim_trace(&story->order, story->sent_claim, trace));
    story_answer(story, answer);
}

void story_refuses(struct story *story, int claim) {
    struct event_answer no = {.outcome = OUTCOME_DECLINED, .code = "00"};
    struct part_run *run = &story->order.run.claim[claim];
    story_hears(story, run, no);
    story_hears(story, run, no);
}

static struct event_answer answer_of_trade(const struct story *story, const struct leg *leg,
                                           enum trade_state trade) {
    static const enum outcome outcomes[TRADE_ABNORMAL + 1] = {[TRADE_WAIT] = OUTCOME_PENDING,
                                                              [TRADE_PAID] = OUTCOME_ACCEPTED,
                                                              [TRADE_FAILED] = OUTCOME_DECLINED,
                                                              [TRADE_OTHER] = OUTCOME_UNKNOWN};
    return (struct event_answer){.outcome = outcomes[trade],
                                 .trade = trade,
                                 .has_amount = true,
                                 .amount = leg->amount,
                                 .time_ms = story->now.wall_ms,
                                 .paid_by = CHANNEL_WECHAT,
                                 .code = "0",
                                 .no = "OUT1",
                                 .in_no = "IN1"};
}

void story_trade(struct story *story, enum trade_state trade) {
    story_answer(story, answer_of_trade(story, &story->order.legs[0], trade));
}

void story_hears(struct story *story, struct part_run *run, struct event_answer answer) {
    story->request = run->request;
    story->verb = run->verb;
    story_answer(story, answer);
}

void story_leg_hears(struct story *story, int leg, enum trade_state trade) {
    story_hears(story, &story->order.run.leg[leg],
                answer_of_trade(story, &story->order.legs[leg], trade));
}

void story_lists(struct story *story, int first, int count) {
    static struct bill_list bills;
    bills = (struct bill_list){.head = {DOCUMENT_BILLS}, .bill_count = count};
    for (int i = 0; i < count; i++) {
        memcpy(bills.bills[i].org_trace_no, story->order.claims[first + i].org_trace_no,
               TRACE_NO_SIZE);
        bills.bills[i].amount = story->order.claims[first + i].amount;
    }
    story_answer(story, (struct event_answer){
                            .outcome = OUTCOME_ACCEPTED, .code = "00", .document = &bills.head});
}

void story_wait(struct story *story) {
    story_durable(story);
    story_trade(story, TRADE_WAIT);
    story_durable(story);
}

void story_leaves(struct story *story) {
    story_wait(story);
    story_cancel(story);
    story_durable(story);
}

void story_closes_unpaid(struct story *story) {
    story_leaves(story);
    story_says(story, OUTCOME_ACCEPTED, "0");
    story_durable(story);
    (void)story_until_sent(story, 5000);
    story_trade(story, TRADE_WAIT);
}

void story_credit(struct story *story) {
    story_wait(story);
    (void)story_until_sent(story, 5000);
    story_trade(story, TRADE_PAID);
    if (story->order.service == SERVICE_BILLS)
        story_lists(story, 0, story->order.claim_count);
    story_durable(story);
}

void story_credit_unanswered(struct story *story) {
    story_begin(story, 1, CHANNEL_WECHAT);
    story->policy.settle_result = SETTLE_RESULT_ORDER;
    story_credit(story);
    story_says(story, OUTCOME_UNKNOWN, "");
    story_durable(story);
}

void story_restart(struct story *story) {
    struct order_rules rules = story_rules(story);
    story->now.mono_ms = MACHINE_ON_MS;
    order_resume(&story->order, &rules, story->now, &story->out);
    look(story);
}
