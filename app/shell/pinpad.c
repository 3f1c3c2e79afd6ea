#include "app/shell/pinpad.h"

#include <cjson/cJSON.h>
#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/base/clock.h"
#include "app/base/log.h"
#include "app/core/terms/mask.h"

bool pinpad_serves(const struct pinpad *pinpad, const struct effect *effect) {
    enum verb verb = effect->of.send.verb;
    bool moves_leg = verb == VERB_PLACE || verb == VERB_ASK || verb == VERB_CLOSE ||
                     verb == VERB_REFUND || verb == VERB_ASK_REFUND;
    if (!moves_leg || effect->to.kind != ADDRESS_ORDER || effect->leg == PART_NONE)
        return false;
    return pinpad->core->book.orders[effect->to.index].legs[effect->leg].route == ROUTE_POS;
}

/* A void takes back a whole sale on the same day of the pinpad's clock; anything else is a refund.
 * Where that clock is not known, and about its midnight, ours stands for it as it leaves: opened
 * yesterday it may have waited for a pinpad. It changes only for what the pinpad never had. */
static enum pos_operation return_operation(const struct leg *leg, const struct refund *refund,
                                           int64_t wall_ms) {
    char digits[15];
    bool whole = money_compare(refund->amount, leg->amount) == 0;
    const char *day = refund->to.date[0] != '\0' ? refund->to.date : clock_digits(wall_ms, digits);
    bool same_day = strncmp(day, leg->slip.date, 8) == 0;
    return whole && same_day ? POS_VOID : POS_REFUND;
}

/* The sequence is the counter of our number, which runs on over days and repeats after ten
 * thousand. Above are the driver's own sequences; 000000 means none, so counter 0000 becomes
 * 010000. */
static void put_sequence(const char *no, char out[7]) {
    const char *counter = no + ORDER_NO_LENGTH - 4;
    snprintf(out, 7, "%s%.4s", strcmp(counter, "0000") == 0 ? "01" : "00", counter);
}

static struct pos_request pos_request_of(const struct leg *leg, const struct refund *refund,
                                         enum verb verb, int64_t wall_ms) {
    const char *no = refund != NULL ? refund->no : leg->no;
    struct pos_request request = {
        .pos_no = leg->pos_no[0] == '2' ? 2 : 1,
        .operation = verb == VERB_PLACE    ? POS_SALE
                     : verb == VERB_CLOSE  ? POS_CANCEL
                     : verb == VERB_REFUND ? return_operation(leg, refund, wall_ms)
                                           : POS_QUERY,
        .amount_fen = refund != NULL ? refund->amount.fen : leg->amount.fen};
    put_sequence(no, request.sequence);
    snprintf(request.order_no, sizeof request.order_no, "%s", no);
    /* Another may have been plugged in since it was written where the act leaves to. */
    if (verb == VERB_PLACE)
        memcpy(request.terminal, leg->slip.terminal, sizeof request.terminal);
    else if (verb == VERB_REFUND)
        memcpy(request.terminal, refund->to.terminal, sizeof request.terminal);
    if (verb == VERB_REFUND) {
        memcpy(request.original_date, leg->slip.date, sizeof request.original_date);
        snprintf(request.original_reference, sizeof request.original_reference, "%.12s",
                 leg->out_no);
        memcpy(request.original_voucher, leg->slip.voucher, sizeof request.original_voucher);
    }
    return request;
}

struct pos_request pinpad_request(const struct order *order, const struct effect *effect,
                                  const char *till, int64_t wall_ms) {
    const struct refund *refund =
        effect->refund != PART_NONE ? &order->refunds[effect->refund] : NULL;
    struct pos_request request =
        pos_request_of(&order->legs[effect->leg], refund, effect->of.send.verb, wall_ms);
    request.id = effect->number;
    snprintf(request.till, sizeof request.till, "%s", till);
    return request;
}

static bool is_pos_code_of(const char *const *codes, size_t count, const char *code) {
    for (size_t i = 0; i < count; i++)
        if (strcmp(codes[i], code) == 0)
            return true;
    return false;
}
#define IS_POS_CODE_OF(codes, code) is_pos_code_of(codes, sizeof(codes) / sizeof *(codes), code)

/* True when the sale was ended before the acquirer was asked. Codes of a pinpad that is busy or not
 * ready end a sale only: a question is refused but not what it asks about, and a return is asked
 * about and sent again. */
static bool refused_before_acquirer(const char *code, enum verb verb) {
    static const char *const customer[] = {"Z1", "Z2"}, *const pinpad[] = {"Z3", "Z4", "Z7"};
    return IS_POS_CODE_OF(customer, code) || (verb == VERB_PLACE && IS_POS_CODE_OF(pinpad, code));
}

/* The bank has said no, and nothing moved. A closed list: a code that is not in it proves nothing.
 * Of those that say no approval either, the issuer's answer is missing or late (68, 91, 98) or
 * cannot be trusted (A0), the switch has failed (96) or has had the act before (94), or the money
 * moved with a flaw (A2, A4 to A6): the card may be charged. */
static bool refused_by_bank(const char *code) {
    static const char *const refusals[] = {
        "01", "03", "04", "05", "12", "13", "14", "15", "21", "22", "25", "30", "34", "38", "40",
        "41", "43", "45", "51", "54", "55", "57", "58", "59", "61", "62", "65", "75", "97"};
    return IS_POS_CODE_OF(refusals, code);
}

/* Codes of devices.md F1 and F2. What is neither an approval nor a refusal is asked about: Z5 (not
 * found), Z6 (unknown) and a time-out behind the pinpad prove nothing. */
static void read_pos_code(const char *code, struct event_answer *out) {
    bool returns = out->verb == VERB_REFUND || out->verb == VERB_ASK_REFUND;
    if (pos_code_approves(code)) {
        out->outcome = OUTCOME_ACCEPTED;
        out->trade = returns ? TRADE_RETURNED : TRADE_PAID;
    } else if (refused_before_acquirer(code, out->verb) || refused_by_bank(code)) {
        out->outcome = OUTCOME_DECLINED;
        out->trade = returns ? TRADE_RETURN_FAILED : TRADE_FAILED;
    }
}

/* Masks the card number again when the pinpad has masked too little. */
static void keep_pos_card(const char *card, char out[sizeof((struct pos_slip *)0)->card]) {
    int digits = 0;
    for (const char *c = card; *c != '\0'; c++)
        digits += isdigit((unsigned char)*c) != 0;
    if (digits > 10)
        mask_middle(card, 6, 4, out, sizeof((struct pos_slip *)0)->card);
    else
        snprintf(out, sizeof((struct pos_slip *)0)->card, "%s", card);
}

static int64_t pos_time(const struct pos_result *result) {
    char digits[15];
    int64_t wall_ms = 0;
    snprintf(digits, sizeof digits, "%s%s", result->date, result->time);
    (void)clock_parse(digits, &wall_ms); /* 0 when the pinpad gave no valid time */
    return wall_ms;
}

static void keep_pos_slip(const struct pos_result *result, struct event_answer *out) {
    memcpy(out->no, result->reference, sizeof result->reference);
    memcpy(out->slip.voucher, result->voucher, sizeof out->slip.voucher);
    memcpy(out->slip.batch, result->batch, sizeof out->slip.batch);
    memcpy(out->slip.terminal, result->terminal, sizeof out->slip.terminal);
    memcpy(out->slip.date, result->date, sizeof out->slip.date);
    keep_pos_card(result->masked_card, out->slip.card);
    out->time_ms = pos_time(result);
}

void pinpad_known_of(const struct pos_result *greeted, int64_t mono_ms, struct pinpad_known *out) {
    int64_t time_ms = pos_time(greeted);
    *out = (struct pinpad_known){.ahead_ms = time_ms != 0 ? time_ms - mono_ms : 0};
    memcpy(out->terminal, greeted->terminal, sizeof out->terminal);
}

/* Unknown, but by its own word: it has the act. */
#define CODE_POS_UNKNOWN "Z6"

void pinpad_answer(enum verb verb, enum driver_completion completion,
                   const struct pos_result *result, struct event_answer *out) {
    *out = (struct event_answer){
        .verb = verb, .reached = completion != COMPLETED_FAILED, .paid_by = CHANNEL_CARD};
    switch (completion) {
    case COMPLETED_OK:
        memcpy(out->code, result->code, sizeof result->code);
        if (result->amount_fen > MONEY_MAX_FEN) { /* its twelve digits hold more than money does */
            out->outcome = OUTCOME_MALFORMED;
            return;
        }
        out->has_amount = true;
        out->amount.fen = result->amount_fen;
        keep_pos_slip(result, out);
        read_pos_code(result->code, out);
        return;
    case COMPLETED_FAILED: /* it was never sent */
        if (verb == VERB_PLACE) {
            out->outcome = OUTCOME_DECLINED;
            out->trade = TRADE_FAILED;
        }
        return;
    case COMPLETED_UNKNOWN:
        if (strcmp(result->code, CODE_POS_UNKNOWN) == 0)
            memcpy(out->code, result->code, sizeof result->code);
        return;
    case COMPLETED_CANCELLED:
        return;
    }
}

static void add_pos_text(cJSON *tree, const char *name, const char *text) {
    if (text[0] != '\0')
        cJSON_AddStringToObject(tree, name, text);
}

/* The pinpad's answer, masked, as evidence. Caller: free(). */
static char *pos_evidence(const struct exchange *exchange, const struct event_answer *answer) {
    char amount[MONEY_TEXT_SIZE];
    cJSON *tree = cJSON_CreateObject();
    cJSON_AddStringToObject(tree, "operation",
                            exchange->operation != NULL ? exchange->operation : "pinpad");
    cJSON_AddStringToObject(tree, "outcome", outcome_word(answer->outcome));
    add_pos_text(tree, "code", answer->code);
    if (answer->has_amount)
        add_pos_text(tree, "amount", money_format(answer->amount, amount));
    add_pos_text(tree, "reference", answer->no);
    add_pos_text(tree, "voucher", answer->slip.voucher);
    add_pos_text(tree, "batch", answer->slip.batch);
    add_pos_text(tree, "terminal", answer->slip.terminal);
    add_pos_text(tree, "card", answer->slip.card);
    add_pos_text(tree, "date", answer->slip.date);
    char *text = cJSON_PrintUnformatted(tree);
    ENSURE(text != NULL);
    cJSON_Delete(tree);
    return text;
}

static const char *pos_operation_word(enum pos_operation operation) {
    switch (operation) {
    case POS_SALE:
        return "pinpad sale";
    case POS_VOID:
        return "pinpad void";
    case POS_REFUND:
        return "pinpad refund";
    case POS_CANCEL:
        return "pinpad cancel";
    case POS_QUERY:
    case POS_ECHO:
        break;
    }
    return "pinpad query";
}

/* The driver's completion of a request, on its way to the main thread. */
struct pinpad_done {
    uint32_t number;
    enum driver_completion completion;
    struct pos_result result;
};

static void log_pinpad(const struct exchange *exchange, const struct event_answer *answer) {
    bool bad = answer->outcome == OUTCOME_UNKNOWN && exchange->verb != VERB_CLOSE;
    log_write(bad ? LOG_WARNING : LOG_INFO, "exchange", "%s: [%s] in %" PRId64 " ms%s",
              exchange->operation != NULL ? exchange->operation : "pinpad", answer->code,
              clock_mono_ms() - exchange->sent_mono_ms, answer->reached ? "" : ", it never left");
}

static void pinpad_deliver(void *owner, void *payload, struct delivery *out) {
    struct pinpad *pinpad = owner;
    const struct pinpad_done *done = payload;
    struct exchange exchange = exchange_end(pinpad->exchanges, done->number);
    struct event_answer *answer = &out->event.of.answer;
    out->event.kind = EVENT_ANSWER;
    pinpad_answer(exchange.verb, done->completion, &done->result, answer);
    answer->request = done->number;
    log_pinpad(&exchange, answer);
    out->evidence = pos_evidence(&exchange, answer);
    exchange_trace(pinpad->exchanges, out->evidence);
}

static const struct inbox_kind pinpad_kind = {pinpad_deliver, NULL};

void pinpad_take(struct pinpad *pinpad, const struct driver_event *event) {
    struct pinpad_done done = {event->of.pos.id, event->of.pos.completion, event->of.pos.result};
    inbox_post(pinpad->inbox, &pinpad_kind, pinpad, &done, sizeof done);
}

void pinpad_send(struct pinpad *pinpad, const struct effect *effect) {
    ENSURE(inbox_reserve(pinpad->inbox));
    struct exchange *exchange = exchange_begin(pinpad->exchanges, effect);
    if (exchange == NULL || pinpad->usb == NULL) { /* nothing was sent */
        struct driver_event unsent = {
            .of.pos = {.id = effect->number, .completion = COMPLETED_FAILED}};
        pinpad_take(pinpad, &unsent);
        return;
    }
    struct pos_request request = pinpad_request(&pinpad->core->book.orders[effect->to.index],
                                                effect, pinpad->till, clock_wall_ms());
    exchange->operation = pos_operation_word(request.operation);
    exchange->sent_mono_ms = clock_mono_ms();
    usb_pos(pinpad->usb, &request);
}
