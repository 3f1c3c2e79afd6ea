/* links: app/core/order/ app/core/terms/ */
/* Any answer in any state, restarts and refunds in between, payments of several legs: the sums of
 * an order agree, no more goes back of a leg or a claim than came, and what is settled stays so. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "app/core/order/shares.h"

#define NOON_MS INT64_C(1795147200000)
#define ORDERS 12000
#define STEPS_MAX 300
#define OPEN_MAX 64

struct open_request {
    uint32_t number;
    enum verb verb;
    int leg, claim;
};

static struct order order;
static struct effects out;
static struct open_request requests[OPEN_MAX];
static int request_count;
static struct policy policy;
static struct limits limits;
static uint32_t next_number;
static char last_no[ORDER_NO_SIZE];
static struct now now;
static uint64_t seed;
static struct bill_list bills;

static int64_t below(int64_t limit) {
    seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (int64_t)((seed >> 33) % (uint64_t)limit);
}

static bool chance(int percent) {
    return below(100) < percent;
}

static struct order_rules rules(void) {
    return (struct order_rules){.policy = &policy,
                                .settles = SETTLE_RESULT_ORDER,
                                .limits = &limits,
                                .next_number = &next_number,
                                .last_no = last_no,
                                .number_mark = "7K0042",
                                .journal_ok = !chance(2)};
}

static void note_requests_from(int first) {
    for (int i = first; i < out.count; i++) {
        const struct effect *effect = &out.items[i];
        if (effect->kind == EFFECT_SEND && request_count < OPEN_MAX)
            requests[request_count++] = (struct open_request){effect->number, effect->of.send.verb,
                                                              effect->leg, effect->claim};
    }
    effects_clear(&out);
}

static void note_requests(void) {
    note_requests_from(0);
}

static int64_t gone_back(int leg, int claim) {
    int64_t fen = 0;
    for (int i = 0; i < order.refund_count; i++) {
        const struct refund *refund = &order.refunds[i];
        bool of_it = claim == PART_NONE ? refund->leg == leg : refund->claim == claim;
        fen += of_it && refund->state == REFUND_DONE ? refund->amount.fen : 0;
    }
    return fen;
}

static void check(void) {
    struct order_sums sums = order_sums(&order); /* asserts that they agree */
    assert_true(sums.paid.fen >= sums.credited.fen + sums.returned.fen);
    for (int i = 0; i < order.leg_count; i++)
        assert_true(gone_back(i, PART_NONE) <= order_leg_amount(&order, i).fen);
    for (int i = 0; i < order.share_count; i++)
        assert_true(order.shares[i].returned.fen <= order_share_amount(&order, i).fen);
    for (int i = 0; i < order.claim_count; i++) {
        assert_true(gone_back(0, i) <= order.claims[i].amount.fen);
        assert_true(order.claims[i].refunded.fen <= order.claims[i].amount.fen);
    }
    assert_true(order_settled(&order) || order_deadline(&order) < INT64_MAX ||
                order.run.durable_wait != 0);
    (void)order_only_waits(&order);
}

static void step(struct order_event event) {
    struct order_rules at = rules();
    event.now = now;
    bool full = event.kind == ORDER_HEARS_TICK && chance(1);
    int others = full ? EFFECTS_MAX / 2 + 1 : 0; /* orders have asked for much already */
    effects_clear(&out);
    out.count = others;
    order_step(&order, &at, &event, &out);
    note_requests_from(others);
    check();
}

static void make_bills(void) {
    bills = (struct bill_list){.head = {DOCUMENT_BILLS}};
    for (int i = 0; i < order.claim_count; i++) {
        if (chance(20))
            continue;
        struct bill *bill = &bills.bills[bills.bill_count++];
        memcpy(bill->org_trace_no, order.claims[i].org_trace_no, TRACE_NO_SIZE);
        bill->amount.fen = order.claims[i].amount.fen + chance(5);
    }
}

static void fill_amount(const struct open_request *request, struct event_answer *answer) {
    answer->has_amount = chance(70);
    answer->amount = request->claim != PART_NONE ? order.claims[request->claim].amount
                                                 : order.legs[request->leg].amount;
    if (request->verb == VERB_REFUND || request->verb == VERB_ASK_REFUND)
        answer->has_amount = false;
    if (chance(5))
        answer->amount.fen++;
}

/* The centre of the insurance: who pays, which may not be what the bill is, nor add up. */
static void fill_split(const struct open_request *request, struct event_answer *answer) {
    const struct leg *leg = &order.legs[request->leg];
    if (!route_traits(leg->route)->has_split)
        return;
    answer->has_amount = chance(70);
    answer->settled = (uint8_t)(chance(60) ? SETTLED_INSURANCE : below(SETTLED_OWN + 1));
    int64_t own_fen = chance(40) ? leg->amount.fen / 4 : below(leg->amount.fen + 1);
    answer->split = (struct split){.own = {chance(5) ? leg->amount.fen + 1 : own_fen},
                                   .account = {below(100)},
                                   .fund = {leg->amount.fen - own_fen}};
}

static void answer_one(void) {
    static const char *const codes[] = {"",     "0",  "00", "01",  "02",       "exp",
                                        "fail", "Z5", "51", "-28", "HTTP 502", "closed"};
    if (request_count == 0)
        return;
    int at = (int)below(request_count);
    struct open_request request = requests[at];
    requests[at] = requests[--request_count];
    struct event_answer answer = {.request = request.number,
                                  .verb = request.verb,
                                  .outcome = (enum outcome)below(OUTCOME_MALFORMED + 1),
                                  .trade = (enum trade_state)below(TRADE_ABNORMAL + 1),
                                  .not_closed = chance(30),
                                  .reached = chance(95),
                                  .at_least = chance(30),
                                  .time_ms = chance(50) ? now.wall_ms : 0,
                                  .paid_by = chance(50) ? CHANNEL_ALIPAY : CHANNEL_NONE};
    strcpy(answer.code, codes[below(12)]);
    strcpy(answer.slip.date, chance(70) ? "20261120" : "20261121");
    if (chance(30))
        strcpy(answer.no, chance(90) ? "SN1" : "SN2");
    if (chance(20) && request.claim != PART_NONE)
        order_claim_trace(&order, chance(90) ? request.claim : 0, answer.in_no);
    if (chance(35) && (request.verb == VERB_ASK || request.verb == VERB_PLACE)) {
        answer.outcome = OUTCOME_ACCEPTED;
        answer.trade = TRADE_PAID;
    }
    if (request.verb == VERB_PLACE && order.legs[0].channel == CHANNEL_INSURANCE && chance(90)) {
        answer.outcome = OUTCOME_ACCEPTED; /* and named */
        strcpy(answer.in_no, "ORD1");
    }
    if (request.verb == VERB_CREDIT || request.verb == VERB_BILLS || request.verb == VERB_UNCREDIT)
        answer.outcome = chance(60) ? OUTCOME_ACCEPTED : answer.outcome;
    fill_amount(&request, &answer);
    if (request.claim == PART_NONE || request.verb == VERB_ASK_REFUND)
        fill_split(&request, &answer);
    if (request.verb == VERB_BILLS && chance(80)) {
        make_bills();
        answer.document = &bills.head;
    }
    step((struct order_event){.kind = ORDER_HEARS_ANSWER, .answer = &answer});
}

static void journal_says(void) {
    enum order_event_kind kind = chance(90) ? ORDER_HEARS_DURABLE : ORDER_HEARS_PERSIST_FAILED;
    uint32_t number = chance(95) ? order.run.durable_wait : 999999;
    step((struct order_event){.kind = kind, .number = number});
}

static void restart(void) {
    struct order_rules at = rules();
    request_count = 0;
    now.mono_ms = 5000;
    effects_clear(&out);
    order_resume(&order, &at, now, &out);
    note_requests();
    check();
}

static void want_back(void) {
    struct order_rules at = rules();
    int claim = (int)below(order.claim_count);
    struct fen amount = {chance(50)   ? order.claims[claim].amount.fen
                         : chance(50) ? order.legs[0].split.own.fen
                                      : below(4000)};
    effects_clear(&out);
    (void)order_refund_request(&order, &at, claim, amount, now, &out);
    note_requests();
    check();
}

static void choose_way(void) {
    struct order_rules at = rules();
    effects_clear(&out);
    order_choose_way(&order, &at, chance(50) ? CHANNEL_WECHAT : CHANNEL_ALIPAY, now, &out);
    note_requests();
    check();
}

static void wait_a_while(void) {
    static const int64_t pauses_ms[] = {1,     100,    1000,    3000,     16000,
                                        40000, 200000, 4000000, 90000000, 300000000};
    int64_t pause_ms = pauses_ms[below(chance(10) ? 10 : 6)];
    now.mono_ms += pause_ms;
    now.wall_ms += pause_ms;
    if (chance(2))
        now.wall_ms -= below(7200000);
    step((struct order_event){.kind = ORDER_HEARS_TICK});
}

static void anything(void) {
    int what = (int)below(100);
    if (what < 40) {
        answer_one();
    } else if (what < 65) {
        journal_says();
    } else if (what < 90) {
        wait_a_while();
    } else if (what < 92) {
        restart();
    } else if (what < 93) {
        struct order_rules at = rules();
        effects_clear(&out);
        order_cancel(&order, &at, now, &out);
        note_requests();
    } else if (what < 96) {
        choose_way();
    } else if (what < 99) {
        want_back();
    } else {
        static const struct event_answer to_nobody = {0};
        enum order_event_kind kind = (enum order_event_kind)below(ORDER_HEARS_PERSIST_FAILED + 1);
        step((struct order_event){.kind = kind, .answer = &to_nobody});
    }
}

/* Every leg pays some of the first claim. */
static void pay_with(int claim, int leg) {
    struct fen part = {1000 + below(3000)};
    order_add_share(&order, claim, leg, part);
    order.claims[claim].amount.fen += part.fen;
    order.legs[leg].amount.fen += part.fen;
}

static void begin(int n) {
    static const enum channel channels[] = {CHANNEL_WECHAT, CHANNEL_WECHAT, CHANNEL_PHONE,
                                            CHANNEL_CARD};
    seed = (uint64_t)n * 104729 + 17;
    memset(&order, 0, sizeof order);
    policy = policy_default();
    policy.own_part_here = n % 2 == 0;
    limits = limits_default();
    now = (struct now){NOON_MS, 1000};
    next_number = n % 7 == 0 ? 0 : 1;
    last_no[0] = '\0';
    effects_clear(&out);
    request_count = 0;
    order_next_no(now.wall_ms, "7K0042", last_no, order.no);
    memcpy(last_no, order.no, ORDER_NO_SIZE);
    order.service = n % 3 == 0 ? SERVICE_DEPOSIT : SERVICE_BILLS;
    order.leg_count = n % 5 == 0 ? 2 : n % 5 == 1 ? 3 : 1;
    order.claim_count = order.service == SERVICE_DEPOSIT ? 1 : 1 + (int)below(4);
    bool insured = order.service == SERVICE_BILLS && order.leg_count == 1 && chance(40);
    if (insured)
        order.claim_count = 1;
    for (int i = 0; i < order.leg_count; i++) {
        struct leg *leg = &order.legs[i];
        leg->channel = insured ? CHANNEL_INSURANCE : channels[below(4)];
        leg->route = !insured         ? route_of(leg->channel)
                     : n / 3 % 4 == 1 ? ROUTE_AMP
                     : n / 3 % 4 == 2 ? ROUTE_AMP_UPLOADED
                                      : ROUTE_MMPC;
        order_next_no(now.wall_ms, "7K0042", last_no, leg->no);
        memcpy(last_no, leg->no, ORDER_NO_SIZE);
    }
    memcpy(order.legs[0].no, order.no, ORDER_NO_SIZE);
    for (int i = 0; i < order.claim_count; i++)
        snprintf(order.claims[i].org_trace_no, TRACE_NO_SIZE, "B%d", i);
    for (int i = 0; i < order.claim_count; i++)
        for (int leg = 0; leg < order.leg_count; leg++)
            if (chance(60) || (i == 0 && order.legs[leg].amount.fen == 0) ||
                order.claims[i].amount.fen == 0)
                pay_with(i, leg);
}

static void whatever_is_answered_the_sums_agree(void **state) {
    int own_parts = 0, own_paid = 0;
    (void)state;
    for (int n = 0; n < ORDERS; n++) {
        begin(n);
        struct order_rules at = rules();
        order_open(&order, &at, now, &out);
        note_requests();
        for (int i = 0; i < STEPS_MAX; i++)
            anything();
        int own = order_own_leg(&order, 0);
        own_parts += own >= 0;
        own_paid += own >= 0 && order.legs[own].state == LEG_PAID;
    }
    assert_true(own_parts > 40 && own_paid > 8); /* else they were not tried */
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whatever_is_answered_the_sums_agree),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
