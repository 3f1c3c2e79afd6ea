#include "app/pinpad.h"

#include <stdio.h>
#include <string.h>

#include "app/log.h"
#include "app/loop_parts.h"

/* Sale and question are what this version has an act for: the rest is unknown, hence a person. */
static bool operation_of(enum verb verb, enum pos_operation *out) {
    switch (verb) {
    case VERB_PLACE:
        *out = POS_SALE;
        return true;
    case VERB_ASK:
        *out = POS_QUERY;
        return true;
    default:
        return false;
    }
}

bool pinpad_serves(const struct order *order, const struct effect *effect) {
    enum verb verb = effect->of.send.verb;
    bool moves_leg = verb == VERB_PLACE || verb == VERB_ASK || verb == VERB_CLOSE ||
                     verb == VERB_REFUND || verb == VERB_ASK_REFUND;
    return moves_leg && order->legs[effect->leg].route == ROUTE_POS;
}

static struct pos_request request_of(const struct order *order, const struct effect *effect,
                                     enum pos_operation operation) {
    const struct leg *leg = &order->legs[effect->leg];
    struct pos_request request = {
        .operation = operation, .id = effect->number, .amount_fen = leg->amount.fen};
    /* The last six digits of our number: made once, so the same on every question about it. */
    memcpy(request.sequence, leg->no + ORDER_NO_LENGTH - 6, 6);
    snprintf(request.order_no, sizeof request.order_no, "%s", leg->no);
    return request;
}

void pinpad_send(struct loop *loop, const struct effect *effect) {
    ENSURE(queue_reserve(loop->inbox));
    enum pos_operation operation = POS_ECHO;
    struct exchange *exchange = exchange_begin(&loop->exchanges, effect);
    if (exchange == NULL || loop->usb == NULL || !operation_of(effect->of.send.verb, &operation)) {
        struct pos_result nothing = {.code = ""};
        struct driver_event unknown = {.kind = DRIVER_POS_DONE,
                                       .role = DRIVER_PINPAD,
                                       .of.pos = {effect->number, COMPLETED_UNKNOWN, nothing}};
        inbox_take_driver(loop, &unknown);
        return;
    }
    struct pos_request request = request_of(&loop->core.orders[effect->slot], effect, operation);
    usb_pos(loop->usb, &request);
}

/* devices.md F2: 00 paid; Z1 cancelled, Z2 no card, Z3 busy, Z4 bad message and Z7 out of service
 * happen before the acquirer is asked; Z5 (not found) and Z6 (unknown) say nothing about money;
 * the rest is field 39: the acquirer refused. Asked about a sale, busy, bad message and out of
 * service refuse the question: the sale may have been paid. */
static void read_code(const char *code, struct event_answer *out) {
    static const char *const before[] = {"Z1", "Z2", "Z3", "Z4", "Z7"};
    size_t before_count = out->verb == VERB_ASK ? 2 : sizeof before / sizeof before[0];
    out->outcome = OUTCOME_UNKNOWN;
    out->trade = TRADE_NONE;
    if (strcmp(code, "00") == 0) {
        out->outcome = OUTCOME_ACCEPTED;
        out->trade = TRADE_PAID;
        return;
    }
    bool refused = code[0] != '\0' && code[0] != 'Z';
    for (size_t i = 0; i < before_count; i++) {
        refused = refused || strcmp(code, before[i]) == 0;
    }
    if (refused) {
        out->outcome = OUTCOME_DECLINED;
        out->trade = TRADE_FAILED;
    }
}

void pinpad_done(struct loop *loop, uint32_t id, enum driver_completion completion,
                 const struct pos_result *result) {
    struct event event = {.kind = EVENT_ANSWER,
                          .of.answer = {.request = id,
                                        .verb = exchange_end(&loop->exchanges, id),
                                        .reached = true,
                                        .paid_by = CHANNEL_CARD}};
    struct event_answer *answer = &event.of.answer;
    if (completion == COMPLETED_OK) {
        read_code(result->code, answer);
        answer->has_amount = true;
        answer->amount.fen = result->amount_fen;
        memcpy(answer->code, result->code, sizeof result->code);
        memcpy(answer->no, result->reference, sizeof result->reference);
    }
    loop_step(loop, &event, NULL);
}
