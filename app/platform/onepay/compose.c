/* onepay: which transaction type an act of the order law is, and what it says. */
#include <stdio.h>
#include <string.h>

#include "app/base/log.h"
#include "app/base/text.h"
#include "app/config/terminal_rows.h"
#include "app/core/order/shares.h"
#include "app/platform/onepay/onepay.h"
#include "app/wire/json.h"

#define TRADE_RECHARGE "hop.trade.recharge"
#define TRADE_REFUND "hop.trade.refund"
#define TRADE_RECPAY "hop.trade.recpay"
#define TRADE_CANCEL "hop.trade.pay.cancel"

/* The one table of mdtrt_cert_type (ORG_*) beside cardType. An insurance code is not in onepay's
 * list: its person is named by the hospital's own id. */
static const struct {
    const char *cert_type, *card_type;
} card_types[] = {{"02", "04"}, {"03", "01"}, {"04", "02"},
                  {"05", "07"}, {"06", "06"}, {"10", "03"}};

/* What a desk's caller names and ORG_* has no kind for is kept by onepay's own name: the platform
 * is told again what it was told first. */
#define OWN_CARD_TYPE "onepay:"

const char *onepay_card_type(const char *cert_type) {
    if (strncmp(cert_type, OWN_CARD_TYPE, sizeof OWN_CARD_TYPE - 1) == 0)
        return cert_type + sizeof OWN_CARD_TYPE - 1;
    for (size_t i = 0; i < sizeof card_types / sizeof card_types[0]; i++)
        if (strcmp(card_types[i].cert_type, cert_type) == 0)
            return card_types[i].card_type;
    return NULL;
}

const char *onepay_cert_type(const char *card_type) {
    for (size_t i = 0; card_type != NULL && i < sizeof card_types / sizeof card_types[0]; i++)
        if (strcmp(card_types[i].card_type, card_type) == 0)
            return card_types[i].cert_type;
    return "";
}

void onepay_keep_card_type(const char *card_type, char *out, size_t size) {
    const char *cert_type = onepay_cert_type(card_type);
    bool own = cert_type[0] == '\0' && card_type != NULL && card_type[0] != '\0';
    snprintf(out, size, "%s%s", own ? OWN_CARD_TYPE : "", own ? card_type : cert_type);
}

void onepay_add_asker(const struct config *config, cJSON *members) {
    const struct config_terminal *terminal = config_terminal(config);
    fields_add_text(members, "operatorId", terminal->operator_id);
    fields_add_text(members, "termNo", terminal->id);
    fields_add_text(members, "operatorName", terminal->operator_name);
}

const char *onepay_account_type(enum account_type type) {
    return type == ACCOUNT_INPATIENT ? "02" : "01";
}

static void add_account(const struct config *config, const struct order_person *person,
                        cJSON *members) {
    const char *card_type = onepay_card_type(person->mdtrt_cert_type);
    onepay_add_asker(config, members);
    fields_add_text(members, "cardType", card_type == NULL ? "10" : card_type);
    fields_add_text(members, "cardNo",
                    card_type == NULL ? person->his_cust_id : person->mdtrt_cert_no);
    fields_add_text(members, "accountType", onepay_account_type(person->account_type));
}

/* The hospital, and that no cashier's window is to open. */
static cJSON *add_extra(const struct config *config, cJSON *members) {
    char name[257];
    cJSON *extra = cJSON_AddObjectToObject(members, "extra");
    fields_add_text(extra, "hopname",
                    text_cut(name, sizeof name, config_terminal(config)->hospital_name));
    fields_add_text(extra, "deskflak", "1");
    return extra;
}

/* What a channel is called there. A phone's own code may be of any wallet. */
static const char *wallet_name_of(enum channel channel) {
    static const char *const types[CHANNEL_COUNT] = {[CHANNEL_WECHAT] = "WX_QR",
                                                     [CHANNEL_ALIPAY] = "ALI_QR",
                                                     [CHANNEL_UNIONPAY] = "UP_QR",
                                                     [CHANNEL_PHONE] = "ONE_BAR",
                                                     [CHANNEL_ONE] = "ONE_QR"};
    return types[channel];
}

/* What was paid at a desk's pinpad, as its slip says it. */
static void add_pos_trans(const struct leg *leg, cJSON *members, cJSON *extra) {
    const struct pos_slip *slip = &leg->slip;
    char amount[MONEY_TEXT_SIZE];
    if (leg->route != ROUTE_POS)
        return;
    fields_add_text(members, "PosNo", leg->pos_no[0] == '\0' ? "1" : leg->pos_no);
    cJSON *trans = cJSON_AddObjectToObject(extra, "posTrans");
    fields_add_text(trans, "amount", money_format(leg->amount, amount));
    fields_add_text(trans, "referenceNo", leg->out_no);
    fields_add_text(trans, "voucherNo", slip->voucher);
    fields_add_text(trans, "batchNo", slip->batch);
    fields_add_text(trans, "terminalNo", slip->terminal);
    fields_add_text(trans, "BankCardNo", slip->card);
    fields_add_text(trans, "transDate", slip->date);
}

/* What a caller of the desk named so goes by that name. */
static const char *paid_channel_word(const struct order *order, const struct leg *leg) {
    return order->caller_channel[0] != '\0' ? order->caller_channel : wallet_name_of(leg->channel);
}

static const char *leg_number(const struct order *order, const struct leg *leg) {
    return order->caller_no[0] != '\0' ? order->caller_no : leg->no;
}

static const char *subject_of(const struct order *order) {
    if (order->service != SERVICE_DEPOSIT)
        return "门诊缴费";
    return order->person.account_type == ACCOUNT_INPATIENT ? "住院押金缴费" : "门诊预缴";
}

static void compose_recharge(const struct config *config, const struct platform_act *act,
                             cJSON *members) {
    const struct order_person *person = &act->order->person;
    const struct leg *leg = platform_leg(act);
    const char *name = act->person_name;
    add_account(config, person, members);
    fields_add_text(members, "hisCustId", person->his_cust_id);
    fields_add_text(members, "userName",
                    name == NULL || name[0] == '\0' ? person->masked_name : name);
    fields_add_amount(members, "amount", leg->amount);
    fields_add_text(members, "outChargeNo", leg_number(act->order, leg));
    fields_add_text(members, "depositType", paid_channel_word(act->order, leg));
    fields_add_text(members, "subject", subject_of(act->order));
    cJSON *extra = add_extra(config, members);
    fields_add_text(extra, "authCode", act->pay_code);
    add_pos_trans(leg, members, extra);
}

/* A row for each bill: the HIS finds it by purchaseNo. Who ordered it the terminal does not know.
 */
static void add_bills(const struct config *config, const struct order *order, cJSON *extra) {
    const struct config_terminal *terminal = config_terminal(config);
    cJSON *list = cJSON_CreateArray();
    for (int i = 0; i < order->claim_count; i++) {
        const struct claim *claim = &order->claims[i];
        char number[12];
        cJSON *row = cJSON_CreateObject();
        snprintf(number, sizeof number, "%d", i + 1);
        fields_add_text(row, "wardDept", terminal->org_code);
        fields_add_text(row, "doctorCode", terminal->operator_id);
        fields_add_text(row, "phyExamNo", claim->doc_trace_no);
        fields_add_text(row, "purchaseCode", claim->org_trace_no);
        fields_add_text(row, "itemNum", "1");
        fields_add_amount(row, "itemPrice", claim->amount);
        fields_add_amount(row, "totPrice", claim->amount);
        fields_add_text(row, "itemSeq", number);
        fields_add_text(row, "itemName", subject_of(order));
        fields_add_text(row, "purchaseNo", claim->org_trace_no);
        cJSON_AddItemToArray(list, row);
    }
    cJSON_AddItemToObject(extra, "examList", list);
}

static void compose_recpay(const struct config *config, const struct platform_act *act,
                           cJSON *members) {
    const struct leg *leg = platform_leg(act);
    add_account(config, &act->order->person, members);
    fields_add_text(members, "depositType", paid_channel_word(act->order, leg));
    fields_add_amount(members, "rechargeAmount", leg->amount);
    fields_add_amount(members, "consumeAmount", leg->amount);
    fields_add_text(members, "outTradeNo", leg_number(act->order, leg));
    fields_add_text(members, "hisCustId", act->order->person.his_cust_id);
    cJSON *extra = add_extra(config, members);
    fields_add_text(extra, "patientType", "00");
    fields_add_text(extra, "notifyUrl", onepay_config(config)->notify_url);
    fields_add_text(extra, "authCode", act->pay_code);
    add_pos_trans(leg, members, extra);
    add_bills(config, act->order, extra);
}

/* traceNo is the platform's own and preferred; without it our number. */
static void compose_query(const struct config *config, const struct platform_act *act,
                          const char *type, const char *no, const char *trace_no, cJSON *members) {
    add_account(config, &act->order->person, members);
    fields_add_text(members, "tradeType", type);
    fields_add_text(members, trace_no[0] != '\0' ? "traceNo" : "outTradeNo",
                    trace_no[0] != '\0' ? trace_no : no);
}

/* The platform's number of the payment: of a card's that is what it was booked by. */
static const char *booked_no(const struct order *order, const struct leg *leg) {
    return leg->route == ROUTE_POS ? order->claims[0].call_sn : leg->out_no;
}

/* The platform's number of the refund; "" none. Some name the payment that it is of: asked about by
 * that number, it is the payment that has succeeded. */
static const char *refund_trace(const struct platform_act *act) {
    const struct refund *refund = platform_refund(act);
    bool of_payment =
        strcmp(refund->out_no, booked_no(act->order, &act->order->legs[refund->leg])) == 0;
    return of_payment ? "" : refund->out_no;
}

/* As its caller said, at every try: sent again with another word it would be another refund. */
static void add_way_back(const struct refund *refund, const char *flow, cJSON *members) {
    const char *mode = refund->in_cash ? "0" : "1";
    fields_add_text(members, "withdrawMode",
                    refund->caller_mode[0] != '\0' ? refund->caller_mode : mode);
    fields_add_text(members, "refundType",
                    refund->caller_mode[0] != '\0' ? refund->caller_flow : flow);
}

static void compose_onepay_refund(const struct config *config, const struct platform_act *act,
                                  cJSON *members) {
    const struct refund *refund = platform_refund(act);
    const struct leg *leg = &act->order->legs[refund->leg];
    add_account(config, &act->order->person, members);
    fields_add_amount(members, "amount", refund->amount);
    add_way_back(refund, onepay_config(config)->refund_type, members);
    fields_add_text(members, "traceNo", booked_no(act->order, leg));
    if (leg->route == ROUTE_POS)
        fields_add_text(members, "channelType", "02");
    fields_add_text(members, "outChargeNo", leg_number(act->order, leg));
    fields_add_text(members, "outRefundNo", platform_refund_number(refund));
    fields_add_text(members, "hisCustId", act->order->person.his_cust_id);
    fields_add_text(members, "tradeChannel", paid_channel_word(act->order, leg));
    fields_add_text(members, "refundDeskMode", "1");
    (void)add_extra(config, members);
}

/* Its examination and the insurance's number are the caller's alone: without them nothing leaves.
 */
static void compose_cancel(const struct config *config, const struct platform_act *act,
                           cJSON *members) {
    const struct refund *refund = platform_refund(act);
    const struct leg *leg = &act->order->legs[refund->leg];
    add_account(config, &act->order->person, members);
    add_way_back(refund, onepay_refund_untold(config) ? "hisDecide" : "direct", members);
    fields_add_text(members, "outTradeNo", leg_number(act->order, leg));
    fields_add_text(members, "hisCustId", act->order->person.his_cust_id);
    fields_add_text(members, "outCancelNo", platform_refund_number(refund));
    fields_add_amount(members, "amount", refund->amount);
    (void)cJSON_AddObjectToObject(members, "extra");
}

static const char *compose_back(const struct config *config, const struct platform_act *act,
                                cJSON *members) {
    bool reverses = platform_refund(act)->why == REFUND_WHY_REVERSED;
    (reverses ? compose_cancel : compose_onepay_refund)(config, act, members);
    return reverses ? TRADE_CANCEL : TRADE_REFUND;
}

static const char *compose_close(const struct config *config, const struct platform_act *act,
                                 cJSON *members) {
    add_account(config, &act->order->person, members);
    fields_add_text(members, "outChargeNo", leg_number(act->order, platform_leg(act)));
    fields_add_text(members, "closeReason", "用户未支付");
    return "hop.trade.recharge.close";
}

/* Is it booked, or, while it is taken back, is that done? */
static const char *compose_ask_booked(const struct config *config, const struct platform_act *act,
                                      cJSON *members) {
    int refund = order_refund_of_claim(act->order, act->claim);
    bool takes_back = platform_claim(act)->state == CLAIM_UNCREDITING && refund >= 0;
    if (takes_back)
        compose_query(config, act, TRADE_REFUND,
                      platform_refund_number(&act->order->refunds[refund]), "", members);
    else
        compose_query(config, act, TRADE_RECHARGE, leg_number(act->order, platform_leg(act)), "",
                      members);
    return "hop.trade.query";
}

const char *onepay_compose(const struct config *config, const struct platform_act *act,
                           cJSON *members) {
    bool bills = act->order->service == SERVICE_BILLS;
    switch (act->verb) {
    case VERB_CREDIT:
        (bills ? compose_recpay : compose_recharge)(config, act, members);
        return bills ? TRADE_RECPAY : TRADE_RECHARGE;
    case VERB_ASK_CREDIT:
        return compose_ask_booked(config, act, members);
    case VERB_PLACE:
        (bills ? compose_recpay : compose_recharge)(config, act, members);
        return bills ? TRADE_RECPAY : TRADE_RECHARGE;
    case VERB_ASK:
        compose_query(config, act, TRADE_RECHARGE, leg_number(act->order, platform_leg(act)),
                      platform_leg(act)->out_no, members);
        return "hop.trade.query";
    case VERB_CLOSE:
        return compose_close(config, act, members);
    case VERB_REFUND:
    case VERB_UNCREDIT:
        return compose_back(config, act, members);
    case VERB_ASK_REFUND:
        compose_query(config, act, TRADE_REFUND, platform_refund_number(platform_refund(act)),
                      refund_trace(act), members);
        return "hop.trade.query";
    default:
        return NULL; /* the hospital's, or of no order */
    }
}
