#include "tests/sim/ghosts.h"

#include <string.h>

#define GHOST_NO "GHOST"
#define GHOST_FEN 777

static const enum leg_state leg_states[] = {
    LEG_WAITING, LEG_PUSHED, LEG_PAID, LEG_CLOSED, LEG_PAID_AFTER_CLOSE, LEG_RETURNED, LEG_CASE};
static const enum claim_state claim_states[] = {
    CLAIM_WAITING, CLAIM_CHECKING, CLAIM_CREDITING,   CLAIM_CREDIT_UNKNOWN, CLAIM_DONE,
    CLAIM_VOID,    CLAIM_REVERSED, CLAIM_UNCREDITING, CLAIM_REFUNDED,       CLAIM_CASE};
static const enum refund_state refund_states[] = {REFUND_NEW,  REFUND_SENDING, REFUND_UNKNOWN,
                                                  REFUND_DONE, REFUND_REFUSED, REFUND_CASE};

#define ONE_OF(states, number) ((states)[(number) % (sizeof(states) / sizeof *(states))])

static uint32_t number_of(const struct order *order) {
    uint32_t number = (uint32_t)(order->leg_count + 5 * order->claim_count +
                                 7 * order->share_count + 11 * order->refund_count);
    for (const char *c = order->no; *c != '\0'; c++)
        number = number * 31 + (unsigned char)*c;
    return number ^ number >> 7;
}

/* Its question is due for long. */
static struct part_run run_of_ghost(void) {
    return (struct part_run){.next_mono_ms = 1, .pause_ms = 1, .wanted = VERB_ASK};
}

static void stand_leg(struct order *order, uint32_t number) {
    int i = order->leg_count;
    if (i == LEGS_MAX || strcmp(order->legs[i].no, GHOST_NO) == 0)
        return;
    order->legs[i] = (struct leg){.route = order->legs[0].route,
                                  .channel = order->legs[0].channel,
                                  .state = ONE_OF(leg_states, number),
                                  .no = GHOST_NO,
                                  .amount = {GHOST_FEN},
                                  .paid_ms = 1,
                                  .watch_until_ms = 1};
    order->run.leg[i] = run_of_ghost();
}

static void stand_claim(struct order *order, uint32_t number) {
    int i = order->claim_count;
    if (i == CLAIMS_MAX || strcmp(order->claims[i].org_trace_no, GHOST_NO) == 0)
        return;
    order->claims[i] = (struct claim){.state = ONE_OF(claim_states, number),
                                      .creditor = order->claims[0].creditor,
                                      .bill_key = GHOST_NO,
                                      .org_trace_no = GHOST_NO,
                                      .amount = {GHOST_FEN}};
    order->run.claim[i] = run_of_ghost();
}

static void stand_share(struct order *order) {
    int i = order->share_count;
    if (i < SHARES_MAX)
        order->shares[i] = (struct share){.amount = {GHOST_FEN}, .returned = {GHOST_FEN / 7}};
}

static void stand_refund(struct order *order, uint32_t number) {
    int i = order->refund_count;
    if (i == REFUNDS_MAX || strcmp(order->refunds[i].no, GHOST_NO) == 0)
        return;
    order->refunds[i] = (struct refund){.no = GHOST_NO,
                                        .caller_no = GHOST_NO,
                                        .state = ONE_OF(refund_states, number),
                                        .amount = {GHOST_FEN},
                                        .created_ms = 1,
                                        .done_ms = 1};
    order->run.refund[i] = run_of_ghost();
}

void ghosts_stand(struct book *book) {
    for (int slot = 0; slot < ORDERS_MAX; slot++) {
        struct order *order = &book->orders[slot];
        if (!order->run.used)
            continue;
        uint32_t number = number_of(order);
        stand_leg(order, number);
        stand_claim(order, number / 7);
        stand_share(order);
        stand_refund(order, number / 77);
    }
}
