/* What an order of a call cannot hold: the caller's own members, and what the platform said. */
#include <string.h>

#include "app/base/log.h"
#include "app/base/text.h"
#include "app/core/order/shares.h"
#include "app/core/terms/copy.h"
#include "app/shell/desk_parts.h"
#include "app/wire/json.h"

const struct order *desk_order_in(const struct desk *desk, int slot) {
    return &desk->core->book.orders[slot];
}

void desk_forget_record(struct desk_record *record) {
    cJSON_Delete(record->param);
    cJSON_Delete(record->said);
    cJSON_Delete(record->refund_said);
    *record = (struct desk_record){.type = NULL};
}

void desk_forget_records(struct desk *desk) {
    desk_forget_record(&desk->fetched);
    for (int i = 0; i < ORDERS_MAX; i++)
        desk_forget_record(&desk->records[i]);
}

struct desk_record *desk_record_of(struct desk *desk, int slot) {
    struct desk_record *record = &desk->records[slot];
    const char *order_no = desk_order_in(desk, slot)->no;
    if (strcmp(record->order_no, order_no) != 0)
        desk_forget_record(record);
    text_copy(record->order_no, sizeof record->order_no, order_no);
    return record;
}

/* While money is on its way back nothing else of the order is sent: a call that asks what became of
 * the payment, or of a refund before this one, says nothing of it. */
static bool is_of_what_is_open(const struct order *order, const struct desk_call *call) {
    for (int i = 0; i < order->refund_count; i++)
        if (!refund_traits(order->refunds[i].state)->settled)
            return call->wish == CALL_WISH_REFUND &&
                   strcmp(order->refunds[i].caller_no, desk_refund_no(call)) == 0;
    return true;
}

/* What the order or its refund is sent with, the first time it is asked for. */
void desk_keep_members(struct desk *desk, const struct desk_call *call, int slot) {
    struct desk_record *record = desk_record_of(desk, slot);
    bool moves = call->wish == CALL_WISH_PAY || call->wish == CALL_WISH_REFUND;
    bool again = record->type != NULL && strcmp(record->type, call->row->name) == 0;
    if (!moves || (again && call->wish == CALL_WISH_PAY) ||
        !is_of_what_is_open(desk_order_in(desk, slot), call))
        return;
    cJSON_Delete(record->param);
    record->type = call->row->name;
    record->param = cJSON_Duplicate(call->param, true);
}

void desk_before(struct desk *desk, const struct effects *effects) {
    int slot = desk->fetched.order_no[0] == '\0'
                   ? -1
                   : book_find(&desk->core->book, desk->fetched.order_no);
    if (slot >= 0 && desk_record_of(desk, slot)->type == NULL) {
        desk->records[slot] = desk->fetched;
        desk->fetched = (struct desk_record){.type = NULL};
    }
    desk_forget_record(&desk->fetched);
    for (int i = 0; i < effects->count; i++) {
        const struct effect *effect = &effects->items[i];
        struct desk_call *call = effect->kind != EFFECT_CALL || effect->number == 0 ||
                                         effect->of.call.refusal != CALL_TAKEN
                                     ? NULL
                                     : desk_find_call(desk, effect->number);
        if (call != NULL)
            desk_keep_members(desk, call, effect->to.index);
    }
}

/* The names of what moves money: they outlive the call. */
static const char *moving_type(const char *operation) {
    static const char *const types[] = {"hop.trade.recharge", "hop.trade.recpay",
                                        "hop.trade.refund", "hop.trade.pay.cancel"};
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
        if (strcmp(types[i], operation) == 0)
            return types[i];
    return NULL;
}

void desk_fetched(struct desk *desk, const char *order_no, const char *operation,
                  const char *members) {
    const char *ignored;
    desk_forget_record(&desk->fetched);
    desk->fetched.type = moving_type(operation);
    desk->fetched.param = wire_parse(members, strlen(members), &ignored);
    text_copy(desk->fetched.order_no, sizeof desk->fetched.order_no, order_no);
}

/* A payment at the wallet is placed once; only a card's, which is booked when it is paid, and what
 * goes back are sent again. */
static bool is_sent_again(const struct order *order, const struct desk_record *record) {
    bool pays = strcmp(record->type, "hop.trade.recharge") == 0 ||
                strcmp(record->type, "hop.trade.recpay") == 0;
    return !pays || order_is_desk_card(order);
}

void desk_say_again(struct desk *desk, int slot, char **operation, char **members) {
    const struct desk_record *record = desk_record_of(desk, slot);
    *operation = *members = NULL;
    if (record->param == NULL || record->type == NULL ||
        !is_sent_again(desk_order_in(desk, slot), record))
        return;
    cJSON *kept = cJSON_Duplicate(record->param, true);
    cJSON *extra = cJSON_GetObjectItemCaseSensitive(kept, "extra");
    cJSON_DeleteItemFromObjectCaseSensitive(extra, "authCode");
    cJSON_DeleteItemFromObjectCaseSensitive(extra, "posTrans");
    *operation = strdup(record->type);
    *members = wire_print(kept, false);
    ENSURE(*operation != NULL && *members != NULL);
    cJSON_Delete(kept);
}

/* What the pinpad said goes beside what the caller did. */
static void keep_pos_trans(cJSON *members, cJSON *whole) {
    cJSON *trans = cJSON_DetachItemFromObjectCaseSensitive(
        cJSON_GetObjectItemCaseSensitive(members, "extra"), "posTrans");
    cJSON *extra = cJSON_GetObjectItemCaseSensitive(whole, "extra");
    if (trans == NULL)
        return;
    if (!cJSON_IsObject(extra)) {
        cJSON_DeleteItemFromObjectCaseSensitive(whole, "extra");
        extra = cJSON_AddObjectToObject(whole, "extra");
    }
    cJSON_DeleteItemFromObjectCaseSensitive(extra, "posTrans");
    cJSON_AddItemToObject(extra, "posTrans", trans);
}

/* What is there stands in the place of the other's. */
static void move_member(cJSON *from, cJSON *to, const char *name) {
    cJSON *item = cJSON_DetachItemFromObjectCaseSensitive(from, name);
    if (item == NULL)
        return;
    cJSON_DeleteItemFromObjectCaseSensitive(to, name);
    cJSON_AddItemToObject(to, name, item);
}

void desk_complete(struct desk *desk, int slot, const char *operation, cJSON **members) {
    /* What the order law says stands over what the caller said. */
    static const char *const law[] = {"amount",     "rechargeAmount", "outChargeNo",
                                      "outTradeNo", "outRefundNo",    "outCancelNo",
                                      "traceNo",    "withdrawMode",   "refundType"};
    /* ... and how it was paid: a call that is made again may name another way, or pinpad. */
    static const char *const paid[] = {"depositType", "PosNo"};
    struct desk_record *record = desk_record_of(desk, slot);
    if (record->param == NULL || record->type == NULL || strcmp(operation, record->type) != 0)
        return;
    cJSON *whole = cJSON_Duplicate(record->param, true);
    for (size_t i = 0; i < sizeof law / sizeof law[0]; i++) {
        cJSON_DeleteItemFromObjectCaseSensitive(whole, law[i]);
        move_member(*members, whole, law[i]);
    }
    for (size_t i = 0; i < sizeof paid / sizeof paid[0]; i++)
        move_member(*members, whole, paid[i]);
    keep_pos_trans(*members, whole);
    cJSON_Delete(*members);
    *members = whole;
}

static struct desk_record *record_of_number(struct desk *desk, const char *caller_no) {
    for (int i = 0; caller_no != NULL && i < ORDERS_MAX; i++)
        if (strcmp(desk->records[i].order_no, desk_order_in(desk, i)->no) == 0 &&
            desk->records[i].order_no[0] != '\0' &&
            strcmp(desk_order_in(desk, i)->caller_no, caller_no) == 0)
            return &desk->records[i];
    return NULL;
}

/* The insurance's own words, which the order has no room for: 1.4 was refused, and why. */
static void keep_insurance_words(struct desk *desk, const char *refund_no, const cJSON *tree) {
    const char *code = wire_text(tree, "code"), *words = wire_text(tree, "message");
    bool refused = code != NULL && strcmp(code, "1") != 0 && words != NULL;
    for (int i = 0; i < ORDERS_MAX; i++) {
        const struct order *order = desk_order_in(desk, i);
        if (!order->run.used || desk_refund(order, refund_no) == NULL)
            continue;
        char *kept = desk_record_of(desk, i)->insurance_words;
        text_cut(kept, DESK_WORDS_SIZE, refused ? words : "");
        text_one_line(kept);
    }
}

void desk_answered(struct desk *desk, const char *operation, const cJSON *sent, const cJSON *tree) {
    const cJSON *sealed = wire_member(sent, "data");
    const char *insured = wire_text(sealed != NULL ? sealed : sent, "appRefdSn");
    if (insured != NULL)
        keep_insurance_words(desk, insured, tree);
    bool cancel = strcmp(operation, "hop.trade.pay.cancel") == 0;
    bool refund = cancel || strcmp(operation, "hop.trade.refund") == 0;
    bool recpay = cancel || strcmp(operation, "hop.trade.recpay") == 0;
    if (!refund && !recpay && strcmp(operation, "hop.trade.recharge") != 0)
        return;
    const cJSON *asked = wire_member(sent, "param"), *said = wire_member(tree, "param");
    asked = asked == NULL ? wire_member(sent, "data") : asked;
    said = said == NULL ? wire_member(tree, "data") : said;
    struct desk_record *record =
        record_of_number(desk, wire_text(asked, recpay ? "outTradeNo" : "outChargeNo"));
    if (record == NULL || !cJSON_IsObject(said))
        return;
    cJSON **kept = refund ? &record->refund_said : &record->said;
    cJSON_Delete(*kept);
    *kept = cJSON_Duplicate(said, true);
    if (record->type != NULL &&
        is_sent_again(desk_order_in(desk, (int)(record - desk->records)), record))
        return; /* perhaps: nothing that was answered was done by that */
    cJSON_Delete(record->param);
    record->param = NULL;
}
