#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/base/clock.h"
#include "app/base/log.h"
#include "app/config/privacy.h"
#include "app/config/rules.h"
#include "app/core/desk/desk.h"
#include "app/core/order/shares.h"
#include "app/core/terms/copy.h"
#include "app/core/terms/mask.h"
#include "app/shell/desk_parts.h"
#include "app/shell/documents.h"
#include "app/shell/now.h"
#include "app/wire/json.h"
#include "app/wire/person_keys.h"

#define PATIENCE_MS 30000 /* of a close and a refund; a payment may be made until it expires */
#define ASK_WORDS "not decided yet: ask, or call again with the same number"
#define ASK_CODE "999999"

/* ---- a call becomes a document ---- */

/* A bank's own QR code is one that the order law knows as a code for any wallet. */
static const struct {
    const char *word;
    enum channel channel;
} desk_channels[] = {
    {"ONE_QR", CHANNEL_ONE},     {"ALI_QR", CHANNEL_ALIPAY}, {"WX_QR", CHANNEL_WECHAT},
    {"UP_QR", CHANNEL_UNIONPAY}, {"JHLK_QR", CHANNEL_ONE},   {"ICBC_QR", CHANNEL_ONE},
    {"CCB_QR", CHANNEL_ONE},     {"ONE_BAR", CHANNEL_PHONE}, {"ALI_BAR", CHANNEL_PHONE},
    {"WX_BAR", CHANNEL_PHONE},   {"UP_BAR", CHANNEL_PHONE}};

static enum channel channel_named(const char *word) {
    for (size_t i = 0; word != NULL && i < sizeof desk_channels / sizeof desk_channels[0]; i++)
        if (strcmp(desk_channels[i].word, word) == 0)
            return desk_channels[i].channel;
    return CHANNEL_NONE;
}

static void copy_member(char *out, size_t size, const cJSON *param, const char *name) {
    const char *text = wire_text(param, name);
    text_copy(out, size, text == NULL ? "" : text);
}

/* Whose payment it is; the keys are the journal's. */
static void fill_call_person(const struct config *config, const cJSON *param,
                             struct order_person *person) {
    struct account account = {.head.kind = DOCUMENT_ACCOUNT};
    char name[PERSON_NAME_SIZE];
    const char *type = wire_text(param, "accountType");
    copy_member(account.cert_no, sizeof account.cert_no, param, "idNo");
    copy_member(account.his_cust_id, sizeof account.his_cust_id, param, "hisCustId");
    copy_member(account.mdtrt_cert_no, sizeof account.mdtrt_cert_no, param, "cardNo");
    text_copy(account.mdtrt_cert_type, sizeof account.mdtrt_cert_type,
              onepay_cert_type(wire_text(param, "cardType")));
    const struct shown_card shown = {account.mdtrt_cert_type, account.mdtrt_cert_no,
                                     wire_text(param, "idNo")};
    person_keys_add(config_privacy(config)->hospital_key, &shown, &account);
    copy_member(name, sizeof name, param, "userName");
    *person = (struct order_person){.keys = account.keys,
                                    .account_type = type != NULL && strcmp(type, "02") == 0
                                                        ? ACCOUNT_INPATIENT
                                                        : ACCOUNT_OUTPATIENT};
    mask_name(name, person->masked_name, sizeof person->masked_name);
    text_copy(person->mdtrt_cert_type, sizeof person->mdtrt_cert_type, account.mdtrt_cert_type);
    text_copy(person->mdtrt_cert_no, sizeof person->mdtrt_cert_no, account.mdtrt_cert_no);
    text_copy(person->cert_no, sizeof person->cert_no, account.cert_no);
    text_copy(person->his_cust_id, sizeof person->his_cust_id, account.his_cust_id);
    text_copy(person->patient_type, sizeof person->patient_type, "00");
    explicit_bzero(&account, sizeof account);
    explicit_bzero(name, sizeof name);
}

static bool is_recpay(const struct desk_call *call) {
    return strcmp(call->row->name, "hop.trade.recpay") == 0;
}

static void fill_call_document(const struct desk *desk, const struct desk_call *call,
                               struct call_document *document) {
    const cJSON *param = call->param;
    const char *amount = wire_text(param, is_recpay(call) ? "rechargeAmount" : "amount");
    document->head.kind = DOCUMENT_CALL;
    copy_member(document->caller_no, sizeof document->caller_no, param,
                is_recpay(call) ? "outTradeNo" : "outChargeNo");
    copy_member(document->caller_channel, sizeof document->caller_channel, param, "depositType");
    copy_member(document->refund_no, sizeof document->refund_no, param, "outRefundNo");
    document->service = is_recpay(call) ? SERVICE_BILLS : SERVICE_DEPOSIT;
    document->channel = channel_named(wire_text(param, "depositType"));
    if (amount != NULL)
        ENSURE(money_parse(amount, strlen(amount), &document->amount) == MONEY_OK);
    fill_call_person(desk->config, param, &document->person);
}

/* ---- the journal is asked whether it knows the number ---- */

struct lookup {
    struct desk *desk; /* only its inbox is used on the journal's thread */
    uint32_t call;
    enum journal_result result;
    char refund_owner[ORDER_NO_SIZE]; /* whose refund has the caller's number; "" none's */
    struct call_document *document;
};

static bool names_other_trace(const struct desk_call *call, const struct order *order) {
    const char *trace_no = wire_text(call->param, "traceNo"), *own = order_shown_leg(order)->out_no;
    return call->wish == CALL_WISH_REFUND && trace_no != NULL && own[0] != '\0' &&
           strcmp(trace_no, own) != 0;
}

/* False: it was answered. */
static bool lookup_helps(struct desk *desk, struct desk_call *call, const struct lookup *lookup) {
    if (lookup->result != JOURNAL_OK && lookup->result != JOURNAL_NOT_FOUND) {
        log_write(LOG_ERROR, "desk", "a number cannot be looked up: %s",
                  journal_result_text(lookup->result));
        desk_reply_code(desk, call, lookup->result == JOURNAL_CORRUPT ? ASK_CODE : "-1002",
                        journal_result_text(lookup->result));
        return false;
    }
    lookup->document->found = lookup->result == JOURNAL_OK;
    if (lookup->refund_owner[0] != '\0' &&
        strcmp(lookup->refund_owner, lookup->document->order.no) != 0) {
        desk_reply_code(desk, call, "030001", "outRefundNo is another refund's");
        return false;
    }
    if (!lookup->document->found || !names_other_trace(call, &lookup->document->order))
        return true;
    desk_reply_code(desk, call, "040008", "traceNo is another payment's");
    return false;
}

static void lookup_deliver(void *owner, void *payload, struct delivery *out) {
    struct desk *desk = owner;
    const struct lookup *lookup = payload;
    struct desk_call *call = desk_find_call(desk, lookup->call);
    out->none = call == NULL || !lookup_helps(desk, call, lookup);
    if (out->none) {
        document_free(&lookup->document->head);
        return;
    }
    out->document = &lookup->document->head;
    out->event.kind = EVENT_CALL;
    out->event.of.call = (struct event_call){.call = call->number,
                                             .wish = call->gives_up ? CALL_WISH_CLOSE : call->wish,
                                             .document = out->document};
}

static void lookup_drop(void *owner, void *payload) {
    (void)owner;
    document_free(&((struct lookup *)payload)->document->head);
}

static const struct inbox_kind lookup_kind = {lookup_deliver, lookup_drop};

/* Called on the journal's thread. */
static void read_called_order(void *context, struct journal *journal) {
    struct lookup *lookup = context;
    struct call_document *document = lookup->document;
    enum journal_result owner =
        journal_refund_owner(journal, document->refund_no, lookup->refund_owner);
    lookup->result = journal_load_called(journal, document->caller_no, &document->order);
    if (owner != JOURNAL_OK)
        lookup->result = owner;
    inbox_post(lookup->desk->inbox, &lookup_kind, lookup->desk, lookup, sizeof *lookup);
    free(lookup);
}

static void begin_lookup(struct desk *desk, struct desk_call *call) {
    struct lookup *lookup = calloc(1, sizeof *lookup);
    struct call_document *document = calloc(1, sizeof *document);
    ENSURE(lookup != NULL && document != NULL && inbox_reserve(desk->inbox));
    fill_call_document(desk, call, document);
    *lookup = (struct lookup){.desk = desk, .call = call->number, .document = document};
    journal_pump_read(desk->pump, read_called_order, lookup);
}

/* ---- may it go to the order law at all? ---- */

/* A number of this terminal's own form is never a caller's: one day it would be given out. */
static bool is_number_of_ours(const struct desk *desk, const cJSON *param, const char *name) {
    const char *no = wire_text(param, name);
    return no != NULL && order_no_is_ours(no) &&
           strncmp(no + 10, desk->core->setup.number_mark, NUMBER_MARK_SIZE - 1) == 0;
}

static const char *pay_obstacle(const struct desk *desk, const struct desk_call *call) {
    const char *channel = wire_text(call->param, "depositType");
    if (channel == NULL)
        return "020006";
    if (channel_named(channel) == CHANNEL_NONE)
        return "032001";
    if (channel_named(channel) == CHANNEL_PHONE &&
        wire_text(wire_member(call->param, "extra"), "authCode") == NULL)
        return "020010";
    if (is_number_of_ours(desk, call->param, is_recpay(call) ? "outTradeNo" : "outChargeNo"))
        return "030001";
    return NULL;
}

void desk_order(struct desk *desk, struct desk_call *call, enum call_wish wish) {
    const char *obstacle = wish == CALL_WISH_PAY ? pay_obstacle(desk, call) : NULL;
    if (obstacle != NULL) {
        desk_reply_code(desk, call, obstacle, "");
        return;
    }
    if (desk->pump == NULL) {
        desk_reply_code(desk, call, "-1002", "the journal cannot be written: no money is moved");
        return;
    }
    call->waits = true;
    call->wish = wish;
    begin_lookup(desk, call);
}

/* ---- what an order came to ---- */

static const struct order *order_in(const struct desk *desk, int slot) {
    return &desk->core->book.orders[slot];
}

/* The platform's own code for a payment that it refused, else that it is not paid. */
static void reply_unpaid(struct desk *desk, struct desk_call *call, const struct order *order) {
    const char *code = order_shown_leg(order)->code;
    bool own = strlen(code) == 6 && strspn(code, "0123456789") == 6 && strcmp(code, "000000") != 0;
    desk_reply_code(desk, call, own ? code : "033002", "");
}

static void reply_person(struct desk *desk, struct desk_call *call, const struct order *order) {
    char number[ORDER_CASE_NO_SIZE], detail[96];
    snprintf(detail, sizeof detail, "a person decides about it: case %s",
             order_case_no(order, number));
    desk_reply_code(desk, call, ASK_CODE, detail);
}

/* There is a code to pay with, or there will never be one. */
static void tell_placed(struct desk *desk, struct desk_call *call, int slot) {
    const struct order *order = order_in(desk, slot);
    struct desk_record *record = &desk->records[slot];
    const char *code = wire_text(record->said, "qrcode");
    if (order_shown_leg(order)->channel == CHANNEL_PHONE || call->gives_up)
        return; /* the patient may have to enter a password */
    if (record->said == NULL) {
        desk_reply_code(desk, call, "040038", ASK_WORDS);
        return;
    }
    if (code != NULL && code[0] != '\0' && strcmp(code, "0") != 0) {
        desk_reply(desk, call, "000000", desk_answer_placed(record, call->row->name));
        return;
    }
    log_write(LOG_WARNING, "desk", "%s: the platform gave no code to pay with: closed", order->no);
    call->gives_up = true;
    struct call_document *document = calloc(1, sizeof *document);
    ENSURE(document != NULL && inbox_reserve(desk->inbox));
    fill_call_document(desk, call, document);
    struct lookup closing = {
        .desk = desk, .call = call->number, .result = JOURNAL_NOT_FOUND, .document = document};
    inbox_post(desk->inbox, &lookup_kind, desk, &closing, sizeof closing);
}

static void tell_payment(struct desk *desk, struct desk_call *call, int slot) {
    const struct order *order = order_in(desk, slot);
    switch (desk_payment_news(order)) {
    case CALL_UNDER_WAY:
        return;
    case CALL_PLACED:
        tell_placed(desk, call, slot);
        return;
    case CALL_PAID:
        desk_reply(desk, call, "000000",
                   desk_answer_paid(&desk->records[slot], call->row->name, order));
        return;
    case CALL_UNPAID:
        reply_unpaid(desk, call, order);
        return;
    case CALL_RETURNED:
        desk_reply_code(desk, call, "033002", "the money came and went back");
        return;
    case CALL_WITH_PERSON:
        reply_person(desk, call, order);
        return;
    case CALL_CONFLICTS:
        desk_reply_code(desk, call, "030001", "");
        return;
    }
}

static void tell_close(struct desk *desk, struct desk_call *call, int slot) {
    const struct order *order = order_in(desk, slot);
    switch (desk_payment_news(order)) {
    case CALL_UNDER_WAY:
    case CALL_PLACED:
        return;
    case CALL_PAID:
        desk_reply_code(desk, call, "033001", "");
        return;
    case CALL_UNPAID:
    case CALL_RETURNED:
    case CALL_CONFLICTS:
        desk_reply(desk, call, "000000",
                   desk_answer_closed(call->row->name, order, clock_wall_ms()));
        return;
    case CALL_WITH_PERSON:
        reply_person(desk, call, order);
        return;
    }
}

static void tell_refund(struct desk *desk, struct desk_call *call, int slot) {
    const struct order *order = order_in(desk, slot);
    const char *no = wire_text(call->param, "outRefundNo");
    const struct refund *refund = desk_refund(order, no);
    if (refund == NULL)
        return;
    switch (desk_refund_news(order, no)) {
    case CALL_UNDER_WAY:
    case CALL_PLACED:
    case CALL_RETURNED:
    case CALL_CONFLICTS:
        return;
    case CALL_PAID:
        desk_reply(desk, call, "000000",
                   desk_answer_refunded(&desk->records[slot], call->row->name, order, refund));
        return;
    case CALL_UNPAID:
        desk_reply_code(desk, call, strlen(refund->code) == 6 ? refund->code : "034009", "");
        return;
    case CALL_WITH_PERSON:
        reply_person(desk, call, order);
        return;
    }
}

/* What is not durable yet may be otherwise after a kill: it is told when it is. */
static void tell_call(struct desk *desk, struct desk_call *call, int slot) {
    if (order_in(desk, slot)->run.durable_wait != 0)
        return;
    if (call->wish == CALL_WISH_REFUND)
        tell_refund(desk, call, slot);
    else if (call->wish == CALL_WISH_CLOSE)
        tell_close(desk, call, slot);
    else
        tell_payment(desk, call, slot);
}

static void reply_refusal(struct desk *desk, struct desk_call *call, enum call_refusal refusal) {
    static const struct {
        const char *code, *detail;
    } words[] = {
        [CALL_TAKEN] = {"000000", ""},
        [CALL_OTHER] = {"030001", "the number is of another amount or person"},
        [CALL_ABSENT] = {"030002", "not of this desk"},
        [CALL_FULL] = {"-1002", "too many payments are open"},
        [CALL_NO_JOURNAL] = {"-1002", "the journal cannot be written: no money is moved"},
        [CALL_BUSY] = {"040038", "it, or a refund of it, is under way"},
        [CALL_NOTHING_LEFT] = {"034001", "nothing is left of it"},
        [CALL_NOT_PAID] = {"040007", ""},
        [CALL_WHOLE] = {"034008", "it goes back whole or not at all"},
        [CALL_REFUSED] = {"034009", ""},
    };
    bool refund = call->wish == CALL_WISH_REFUND;
    desk_reply_code(desk, call, refund && refusal == CALL_ABSENT ? "040008" : words[refusal].code,
                    words[refusal].detail);
}

/* ---- records ---- */

static void forget_record(struct desk_record *record) {
    cJSON_Delete(record->param);
    cJSON_Delete(record->said);
    cJSON_Delete(record->refund_said);
    *record = (struct desk_record){.type = NULL};
}

void desk_forget_records(struct desk *desk) {
    for (int i = 0; i < ORDERS_MAX; i++)
        forget_record(&desk->records[i]);
}

static struct desk_record *record_of_slot(struct desk *desk, int slot) {
    struct desk_record *record = &desk->records[slot];
    const char *order_no = order_in(desk, slot)->no;
    if (strcmp(record->order_no, order_no) != 0)
        forget_record(record);
    text_copy(record->order_no, sizeof record->order_no, order_no);
    return record;
}

/* What the order or its refund is sent with, the first time it is asked for. */
static void keep_members(struct desk *desk, const struct desk_call *call, int slot) {
    struct desk_record *record = record_of_slot(desk, slot);
    bool moves = call->wish == CALL_WISH_PAY || call->wish == CALL_WISH_REFUND;
    bool again = record->type != NULL && strcmp(record->type, call->row->name) == 0;
    if (!moves || (again && call->wish == CALL_WISH_PAY))
        return;
    cJSON_Delete(record->param);
    record->type = call->row->name;
    record->param = cJSON_Duplicate(call->param, true);
}

void desk_complete(struct desk *desk, int slot, const char *operation, cJSON **members) {
    /* What the order law says stands over what the caller said. */
    static const char *const law[] = {"amount",     "rechargeAmount", "outChargeNo",
                                      "outTradeNo", "outRefundNo",    "traceNo"};
    struct desk_record *record = record_of_slot(desk, slot);
    if (record->param == NULL || strcmp(operation, record->type) != 0)
        return;
    cJSON *whole = cJSON_Duplicate(record->param, true);
    for (size_t i = 0; i < sizeof law / sizeof law[0]; i++) {
        cJSON *item = cJSON_DetachItemFromObjectCaseSensitive(*members, law[i]);
        cJSON_DeleteItemFromObjectCaseSensitive(whole, law[i]);
        if (item != NULL)
            cJSON_AddItemToObject(whole, law[i], item);
    }
    cJSON_Delete(*members);
    *members = whole;
}

static struct desk_record *record_of_number(struct desk *desk, const char *caller_no) {
    for (int i = 0; caller_no != NULL && i < ORDERS_MAX; i++)
        if (strcmp(desk->records[i].order_no, order_in(desk, i)->no) == 0 &&
            desk->records[i].order_no[0] != '\0' &&
            strcmp(order_in(desk, i)->caller_no, caller_no) == 0)
            return &desk->records[i];
    return NULL;
}

void desk_answered(struct desk *desk, const char *operation, const cJSON *sent, const cJSON *tree) {
    bool refund = strcmp(operation, "hop.trade.refund") == 0;
    bool recpay = strcmp(operation, "hop.trade.recpay") == 0;
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
    cJSON_Delete(record->param);
    record->param = NULL;
}

/* ---- the core says ---- */

/* The core has found the order of the call, or none. */
static void attach_call(struct desk *desk, const struct effect *effect) {
    struct desk_call *call = desk_find_call(desk, effect->number);
    if (call == NULL)
        return;
    if (effect->of.call.refusal != CALL_TAKEN) {
        reply_refusal(desk, call, effect->of.call.refusal);
        return;
    }
    text_copy(call->order_no, sizeof call->order_no, order_in(desk, effect->to.index)->no);
    keep_members(desk, call, effect->to.index);
}

void desk_told(struct desk *desk, const struct effect *effect) {
    int slot = effect->to.index;
    const struct order *order = order_in(desk, slot);
    if (effect->number != 0)
        attach_call(desk, effect);
    for (int i = 0; i < DESK_CALLS_MAX; i++) {
        struct desk_call *call = &desk->calls[i];
        if (call->used && call->waits && call->order_no[0] != '\0' &&
            strcmp(call->order_no, order->no) == 0) {
            (void)record_of_slot(desk, slot);
            tell_call(desk, call, slot);
        }
    }
    if (order_finished(order) && strcmp(desk->records[slot].order_no, order->no) == 0)
        forget_record(&desk->records[slot]);
}

void desk_order_patience(struct desk *desk, struct desk_call *call) {
    int64_t patience_ms = call->wish == CALL_WISH_PAY
                              ? config_rules(desk->config)->limits.expire_ms + PATIENCE_MS
                              : PATIENCE_MS;
    if (clock_mono_ms() >= call->since_mono_ms + patience_ms)
        desk_reply_code(desk, call, ASK_CODE, ASK_WORDS);
}
