/* A call becomes what the core hears: a document, with what the journal knows of its number. */
#include <stdlib.h>
#include <string.h>

#include "app/base/log.h"
#include "app/base/text.h"
#include "app/config/privacy.h"
#include "app/core/desk/call.h"
#include "app/core/order/shares.h"
#include "app/core/terms/copy.h"
#include "app/core/terms/mask.h"
#include "app/shell/desk_parts.h"
#include "app/shell/documents.h"
#include "app/wire/json.h"
#include "app/wire/person_keys.h"

/* A bank's own QR code is one that the order law knows as a code for any wallet, and cash is paid
 * as soon as the platform has it. */
static const struct {
    const char *word;
    enum channel channel;
} desk_channels[] = {
    {"ONE_QR", CHANNEL_ONE},     {"ALI_QR", CHANNEL_ALIPAY},  {"WX_QR", CHANNEL_WECHAT},
    {"UP_QR", CHANNEL_UNIONPAY}, {"JHLK_QR", CHANNEL_ONE},    {"ICBC_QR", CHANNEL_ONE},
    {"CCB_QR", CHANNEL_ONE},     {"CASH", CHANNEL_ONE},       {"POS", CHANNEL_CARD},
    {"ONE_BAR", CHANNEL_PHONE},  {"ALI_BAR", CHANNEL_PHONE},  {"WX_BAR", CHANNEL_PHONE},
    {"UP_BAR", CHANNEL_PHONE},   {"ALI_FACE", CHANNEL_PHONE}, {"INSURANCE", CHANNEL_INSURANCE}};

enum channel desk_channel_named(const char *word) {
    for (size_t i = 0; word != NULL && i < sizeof desk_channels / sizeof desk_channels[0]; i++)
        if (strcmp(desk_channels[i].word, word) == 0)
            return desk_channels[i].channel;
    return CHANNEL_NONE;
}

static void copy_said(char *out, size_t size, const char *text) {
    text_copy(out, size, text == NULL ? "" : text);
}

static void copy_member(char *out, size_t size, const cJSON *param, const char *name) {
    copy_said(out, size, wire_text(param, name));
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
    onepay_keep_card_type(wire_text(param, "cardType"), person->mdtrt_cert_type,
                          sizeof person->mdtrt_cert_type);
    text_copy(person->mdtrt_cert_no, sizeof person->mdtrt_cert_no, account.mdtrt_cert_no);
    text_copy(person->cert_no, sizeof person->cert_no, account.cert_no);
    text_copy(person->his_cust_id, sizeof person->his_cust_id, account.his_cust_id);
    text_copy(person->patient_type, sizeof person->patient_type, "00");
    explicit_bzero(&account, sizeof account);
    explicit_bzero(name, sizeof name);
}

bool desk_is_recpay(const struct desk_call *call) {
    return strcmp(call->row->name, "hop.trade.recpay") == 0;
}

/* What the cashier counted, of the call on the window. */
static struct fen received_of(const struct desk_window *window, const struct desk_call *call) {
    bool on = window->on && window->waiting_count > 0 && window->waiting[0].call == call->number;
    return on ? window->payment.received : (struct fen){0};
}

bool desk_is_cancel(const struct desk_call *call) {
    return strcmp(call->row->name, "hop.trade.pay.cancel") == 0;
}

const char *desk_refund_no(const struct desk_call *call) {
    return wire_text(call->param, desk_is_cancel(call) ? "outCancelNo" : "outRefundNo");
}

/* Who pays: the document's 01 is insured. */
static void keep_patient_type(const struct desk_call *call, struct order_person *person) {
    const char *type = wire_text(wire_member(call->param, "extra"), "patientType");
    if (type != NULL && strcmp(type, "01") == 0)
        copy_said(person->patient_type, sizeof person->patient_type, type);
}

/* The caller says that the patient is insured and has settled nothing with the insurance itself:
 * all of the bill is still to be paid. */
static bool may_be_insured(const struct desk_call *call) {
    const cJSON *extra = wire_member(call->param, "extra");
    const char *type = wire_text(extra, "patientType");
    const char *own = wire_text(call->param, "rechargeAmount");
    const char *whole = wire_text(call->param, "consumeAmount");
    struct fen left = {0}, bill = {0};
    return desk_is_recpay(call) && type != NULL && strcmp(type, "01") == 0 &&
           wire_member(extra, "medicalParam") == NULL && own != NULL && whole != NULL &&
           money_parse(own, strlen(own), &left) == MONEY_OK &&
           money_parse(whole, strlen(whole), &bill) == MONEY_OK && money_compare(left, bill) == 0;
}

static void fill_call_document(const struct desk *desk, const struct desk_call *call,
                               struct call_document *document) {
    const cJSON *param = call->param;
    const char *amount = wire_text(param, desk_is_recpay(call) ? "rechargeAmount" : "amount");
    document->head.kind = DOCUMENT_CALL;
    copy_member(document->caller_no, sizeof document->caller_no, param,
                desk_is_recpay(call) || desk_is_cancel(call) ? "outTradeNo" : "outChargeNo");
    copy_member(document->caller_channel, sizeof document->caller_channel, param, "depositType");
    copy_said(document->refund_no, sizeof document->refund_no, desk_refund_no(call));
    const char *med_sn = wire_text(wire_member(param, "extra"), "medCancelSn");
    const char *flow = wire_text(param, "refundType");
    document->reverses = desk_is_cancel(call);
    document->tells_his = flow != NULL && strcmp(flow, "direct") == 0;
    const char *mode = wire_text(param, "withdrawMode");
    copy_said(document->mode, sizeof document->mode, mode);
    copy_said(document->flow, sizeof document->flow, flow);
    document->in_cash = mode != NULL && strcmp(mode, "0") == 0;
    document->has_med_sn = med_sn != NULL && med_sn[0] != '\0';
    copy_member(document->trace_no, sizeof document->trace_no, param, "traceNo");
    document->service = desk_is_recpay(call) ? SERVICE_BILLS : SERVICE_DEPOSIT;
    document->channel = desk_channel_named(wire_text(param, "depositType"));
    copy_member(document->pos_no, sizeof document->pos_no, param, "PosNo");
    document->received = received_of(&desk->core->window, call);
    if (amount != NULL)
        ENSURE(money_parse(amount, strlen(amount), &document->amount) == MONEY_OK);
    fill_call_person(desk->config, param, &document->person);
    keep_patient_type(call, &document->person);
    document->insured = may_be_insured(call);
    document->to_window = call->to_window;
    const char *show = wire_text(param, "ShowMsg");
    text_clean(document->show, sizeof document->show, show);
}

/* ---- the journal is asked whether it knows the number ---- */

struct lookup {
    struct desk *desk; /* only its inbox is used on the journal's thread */
    uint32_t call;
    bool lists;                        /* the cashier may choose another payment */
    char channel[CALLER_CHANNEL_SIZE]; /* ... of this one; "" any */
    enum journal_result result;
    struct call_document *document;
};

/* False: it was answered. Of a number that cannot be looked up nobody knows whether it was paid. */
static bool lookup_helps(struct desk *desk, struct desk_call *call, const struct lookup *lookup) {
    if (lookup->result != JOURNAL_OK && lookup->result != JOURNAL_NOT_FOUND) {
        log_write(LOG_ERROR, "desk", "a number cannot be looked up: %s",
                  journal_result_text(lookup->result));
        desk_reply_code(desk, call, DESK_ASK_CODE, journal_result_text(lookup->result));
        return false;
    }
    lookup->document->found = lookup->result == JOURNAL_OK;
    return true;
}

static void lookup_deliver(void *owner, void *payload, struct delivery *out) {
    struct desk *desk = owner;
    const struct lookup *lookup = payload;
    struct desk_call *call = desk_find_call(desk, lookup->call);
    if (call == NULL || !lookup_helps(desk, call, lookup)) {
        document_free(&lookup->document->head);
        out->event.kind = EVENT_CALL;
        out->event.of.call = (struct event_call){.call = lookup->call, .wish = CALL_WISH_GONE};
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

static bool add_choice(void *context, const struct order *order) {
    struct lookup *lookup = context;
    desk_choices_add(&lookup->document->choices, order, lookup->channel);
    return true;
}

/* A refund that the cashier gave of another payment than was named stays that one's. */
static enum journal_result load_owner(struct journal *journal, struct call_document *document) {
    enum journal_result result = journal_load(journal, document->refund_owner, &document->order);
    text_copy(document->caller_no, sizeof document->caller_no, document->order.caller_no);
    document->trace_no[0] = '\0';
    return result;
}

/* Called on the journal's thread. */
static void read_called_order(void *context, struct journal *journal) {
    struct lookup *lookup = context;
    struct call_document *document = lookup->document;
    enum journal_result owner =
        journal_refund_owner(journal, document->refund_no, document->refund_owner);
    lookup->result = journal_load_called(journal, document->caller_no, &document->order);
    bool other = lookup->result == JOURNAL_OK && document->refund_owner[0] != '\0' &&
                 strcmp(document->refund_owner, document->order.no) != 0;
    if (lookup->lists && other)
        lookup->result = load_owner(journal, document);
    if (lookup->lists && lookup->result == JOURNAL_OK)
        lookup->result =
            journal_each_of_patient(journal, &document->person.keys, add_choice, lookup);
    if (owner != JOURNAL_OK)
        lookup->result = owner;
    inbox_post(lookup->desk->inbox, &lookup_kind, lookup->desk, lookup, sizeof *lookup);
    free(lookup);
}

/* refundDeskMode 1 is the payment that is named, and no other. */
static bool lists_payments(const struct desk_call *call) {
    const char *mode = wire_text(call->param, "refundDeskMode");
    return call->wish == CALL_WISH_REFUND && call->to_window && mode != NULL &&
           strcmp(mode, "1") != 0;
}

void desk_look_up(struct desk *desk, struct desk_call *call) {
    struct lookup *lookup = calloc(1, sizeof *lookup);
    struct call_document *document = calloc(1, sizeof *document);
    ENSURE(lookup != NULL && document != NULL && inbox_reserve(desk->inbox));
    fill_call_document(desk, call, document);
    *lookup = (struct lookup){
        .desk = desk, .call = call->number, .lists = lists_payments(call), .document = document};
    copy_member(lookup->channel, sizeof lookup->channel, call->param, "tradeChannel");
    journal_pump_read(desk->pump, read_called_order, lookup);
}

void desk_give_up(struct desk *desk, struct desk_call *call) {
    struct call_document *document = calloc(1, sizeof *document);
    ENSURE(document != NULL && inbox_reserve(desk->inbox));
    call->gives_up = true;
    fill_call_document(desk, call, document);
    struct lookup closing = {
        .desk = desk, .call = call->number, .result = JOURNAL_NOT_FOUND, .document = document};
    inbox_post(desk->inbox, &lookup_kind, desk, &closing, sizeof closing);
}
