/* What the order law and the visit ask, in the documents' words. */
#include <stdio.h>
#include <string.h>

#include "app/base/clock.h"
#include "app/base/log.h"
#include "app/base/text.h"
#include "app/config/terminal_rows.h"
#include "app/core/order/order.h"
#include "app/core/visit/session.h"
#include "app/platform/his/his.h"
#include "app/platform/upp/upp.h"

/* Which operation a verb is: of the HIS for every route, else of the leg's platform. */
static const char *his_operation_of(enum verb verb) {
    for (const struct platform_operation *row = platform_his.operations; row->name != NULL; row++)
        if (row->verb == verb && verb != VERB_NONE)
            return row->name;
    return NULL;
}

static void add(cJSON *members, const char *name, const char *text) {
    if (text != NULL && text[0] != '\0')
        cJSON_AddStringToObject(members, name, text);
}

static void add_amount(cJSON *members, const char *name, struct fen amount) {
    char text[MONEY_TEXT_SIZE];
    cJSON_AddStringToObject(members, name, money_format(amount, text));
}

static const char *account_type_code(enum account_type type) {
    return type == ACCOUNT_INPATIENT ? "02" : "01";
}

/* ORG_*, dictionary mdtrt_cert_type: the scanned or typed kind of code. */
static const char *cert_type_of(enum identity_kind kind) {
    static const char *const codes[IDENTITY_COUNT] = {
        [IDENTITY_NONE] = "",           [IDENTITY_E_INSURANCE] = "01", [IDENTITY_ID_CARD] = "02",
        [IDENTITY_SOCIAL_CARD] = "03",  [IDENTITY_HEALTH_CARD] = "04", [IDENTITY_WRISTBAND] = "05",
        [IDENTITY_HOSPITAL_CARD] = "10"};
    return codes[kind];
}

/* Dictionary deposit_type. A phone's own code is known only when the platform said whose it was. */
static const char *deposit_type_of(const struct leg *leg) {
    enum channel channel = leg->paid_by != CHANNEL_NONE ? leg->paid_by : leg->channel;
    static const char *const codes[CHANNEL_COUNT] = {[CHANNEL_WECHAT] = "WX",
                                                     [CHANNEL_ALIPAY] = "ALI",
                                                     [CHANNEL_UNIONPAY] = "UP",
                                                     [CHANNEL_CARD] = "BANK"};
    return codes[channel];
}

/* upp section 6: what was placed as a QR code is scan_pay, a phone's code is barcode_pay. */
static const char *biz_type_of(const struct leg *leg) {
    return leg->channel == CHANNEL_PHONE ? "barcode_pay" : "scan_pay";
}

static const char *product_of(enum channel channel) {
    static const char *const products[CHANNEL_COUNT] = {[CHANNEL_WECHAT] = "ten_scan_code",
                                                        [CHANNEL_ALIPAY] = "ali_scan_code",
                                                        [CHANNEL_UNIONPAY] = "uni_scan_code"};
    return products[channel];
}

/* At most 64 characters and no English comma (upp 4.2), whatever the hospital is called. */
static void add_subject(cJSON *members, const char *hospital, const struct order *order) {
    const char *what = order->service == SERVICE_DEPOSIT ? "住院预缴" : "门诊缴费";
    if (order->service == SERVICE_DEPOSIT && order->person.account_type == ACCOUNT_OUTPATIENT)
        what = "门诊预缴";
    char name[160], subject[200];
    text_clean(name, sizeof name, hospital);
    for (char *comma = name; (comma = strchr(comma, ',')) != NULL;)
        *comma = ' ';
    while (text_characters(name) > 50)
        text_clean(name, strlen(name), name);
    snprintf(subject, sizeof subject, "%s%s", name, what);
    add(members, "subject", subject);
}

static const char *place(const struct config *config, const struct order *order,
                         const struct leg *leg, const char *pay_code, cJSON *members) {
    char expire[CLOCK_TEXT_SIZE];
    bool phone = leg->channel == CHANNEL_PHONE;
    add(members, "paymentNo", leg->no);
    add(members, phone ? "authCode" : "channelProduct",
        phone ? pay_code : product_of(leg->channel));
    add(members, "expireTime", clock_text(leg->expire_ms, expire));
    add_amount(members, "tradeFee", leg->amount);
    add_subject(members, config_terminal(config)->hospital_name, order);
    add(members, "sourceType",
        order->person.account_type == ACCOUNT_INPATIENT ? "inpatient" : "outpatient");
    return phone ? "barCode" : "scanCode";
}

static void add_payment(const struct leg *leg, cJSON *members) {
    add(members, "bizType", biz_type_of(leg));
    add(members, "paymentNo", leg->no);
}

static const struct refund *refund_at(const struct order *order, int refund) {
    ENSURE(refund >= 0 && refund < order->refund_count);
    return &order->refunds[refund];
}

static const char *refund_request(const struct order *order, int refund, cJSON *members) {
    const struct refund *part = refund_at(order, refund);
    add_amount(members, "refundFee", part->amount);
    add_payment(&order->legs[part->leg], members);
    add(members, "requestNo", part->no);
    add(members, "refundNo", part->no);
    return "refund";
}

static const struct leg *leg_at(const struct order *order, int leg) {
    ENSURE(leg >= 0 && leg < order->leg_count);
    return &order->legs[leg];
}

/* NULL: upp has no act for this verb. */
static const char *upp_request(const struct config *config, const struct order *order,
                               enum verb verb, int leg, int refund, const char *pay_code,
                               cJSON *members) {
    switch (verb) {
    case VERB_PLACE:
        return place(config, order, leg_at(order, leg), pay_code, members);
    case VERB_ASK:
        add_payment(leg_at(order, leg), members);
        return "paymentQuery";
    case VERB_CLOSE:
        add_payment(leg_at(order, leg), members);
        return "close";
    case VERB_REFUND:
        return refund_request(order, refund, members);
    case VERB_ASK_REFUND:
        add(members, "requestNo", refund_at(order, refund)->no);
        return "refundQuery";
    case VERB_NONE:
    case VERB_ACCOUNT:
    case VERB_BILLS:
    case VERB_CREDIT:
    case VERB_ASK_CREDIT:
    case VERB_UNCREDIT:
    case VERB_GUIDANCE:
    case VERB_RECORDS:
    case VERB_REOPEN:
    case VERB_COUNT:
        break;
    }
    return NULL;
}

static void add_cert(const struct order_person *person, cJSON *members) {
    add(members, "mdtrt_cert_type", person->mdtrt_cert_type);
    add(members, "mdtrt_cert_no", person->mdtrt_cert_no);
}

static void add_bill(const struct claim *claim, cJSON *members) {
    add(members, "org_trace_no", claim->org_trace_no);
    add(members, "doc_trace_no", claim->doc_trace_no);
}

static void add_bills_query(const struct order_person *person, cJSON *members) {
    add_cert(person, members);
    /* No ID number known: the number again (ORG_002 requires one). */
    add(members, "cert_no", person->cert_no[0] != '\0' ? person->cert_no : person->mdtrt_cert_no);
    add(members, "his_cust_id", person->his_cust_id);
    add(members, "his_cust_type", person->his_cust_type);
    add(members, "account_type", account_type_code(person->account_type));
}

/* The channel's own number where ORG_003's 40 characters take it (upp allows 64), else upp's. */
static const char *channel_no(const struct leg *leg) {
    if (leg->in_no[0] != '\0' && strlen(leg->in_no) < TRACE_NO_SIZE)
        return leg->in_no;
    return leg->out_no[0] != '\0' ? leg->out_no : leg->no;
}

static void add_credit(const struct order *order, int claim_index, cJSON *members) {
    const struct claim *claim = &order->claims[claim_index];
    const struct leg *leg = &order->legs[claim->leg];
    bool inpatient = order->person.account_type == ACCOUNT_INPATIENT;
    char amp_trace_id[ORDER_NO_SIZE + 12];
    /* Derived, so that it is the same on every retry: one number for one claim. */
    snprintf(amp_trace_id, sizeof amp_trace_id, "%s%02d", order->no, claim_index + 1);
    add_cert(&order->person, members);
    add_bill(claim, members);
    add(members, "amp_trace_id", amp_trace_id);
    add(members, "account_type", account_type_code(order->person.account_type));
    add_amount(members, "feesum_amt", claim->amount);
    add_amount(members, "deposit_amount", claim->amount);
    add(members, "deposit_type", deposit_type_of(leg));
    add(members, "trace_id", leg->out_no);
    add(members, "used_patient_type", "00");
    add(members, "pay_chnl_trace_no", channel_no(leg));
    add(members, "mch_trace_no", leg->no);
    add(members, "fee_type", inpatient ? "10" : "08");
}

static void add_uncredit(const struct order *order, const struct refund *refund, cJSON *members) {
    ENSURE(refund->claim >= 0 && refund->claim < order->claim_count);
    const struct claim *claim = &order->claims[refund->claim];
    const struct leg *leg = &order->legs[claim->leg];
    add_cert(&order->person, members);
    add_bill(claim, members);
    add(members, "account_type", account_type_code(order->person.account_type));
    add_amount(members, "deposit_amount", refund->amount);
    add(members, "deposit_type", deposit_type_of(leg));
    add(members, "trace_id", leg->out_no);
}

static void add_guidance_query(const struct order_person *person, const struct claim *claim,
                               cJSON *members) {
    add_cert(person, members);
    add(members, "his_cust_id", person->his_cust_id);
    add(members, "his_cust_type", person->his_cust_type);
    add_bill(claim, members);
}

static void his_request(const struct order *order, enum verb verb, int claim, int refund,
                        cJSON *members) {
    if (verb == VERB_BILLS) {
        add_bills_query(&order->person, members);
        return;
    }
    ENSURE(claim >= 0 && claim < order->claim_count);
    if (verb == VERB_CREDIT) {
        add_credit(order, claim, members);
    } else if (verb == VERB_UNCREDIT) {
        add_uncredit(order, refund_at(order, refund), members);
    } else if (verb == VERB_GUIDANCE) {
        add_guidance_query(&order->person, &order->claims[claim], members);
    } else {
        add_cert(&order->person, members);
        add(members, "org_trace_no", order->claims[claim].org_trace_no);
    }
}

static enum route route_of_part(const struct order *order, int leg, int refund) {
    int index = refund != PART_NONE ? refund_at(order, refund)->leg : leg;
    return leg_at(order, index)->route;
}

const struct platform *platform_request_of_order(const struct config *config,
                                                 const struct order *order, enum verb verb, int leg,
                                                 int claim, int refund, const char *pay_code,
                                                 const char **operation, cJSON **members) {
    *members = cJSON_CreateObject();
    *operation = his_operation_of(verb);
    if (*operation != NULL && verb != VERB_ACCOUNT) {
        his_request(order, verb, claim, refund, *members);
        return &platform_his;
    }
    if (*operation == NULL && route_of_part(order, leg, refund) == ROUTE_UPP)
        *operation = upp_request(config, order, verb, leg, refund, pay_code, *members);
    else
        *operation = NULL;
    if (*operation != NULL)
        return &platform_upp;
    cJSON_Delete(*members);
    *members = NULL;
    return NULL;
}

/* A wristband is an inpatient's; a deposit by another document is asked of the inpatient's account,
 * but a hospital card is an outpatient's. */
static enum account_type account_asked(const struct session *session) {
    bool inpatient =
        session->who.identity == IDENTITY_WRISTBAND ||
        (session->service == SERVICE_DEPOSIT && session->who.identity != IDENTITY_HOSPITAL_CARD);
    return inpatient ? ACCOUNT_INPATIENT : ACCOUNT_OUTPATIENT;
}

static void add_account_query(const struct session *session, cJSON *members) {
    add(members, "mdtrt_cert_type", cert_type_of(session->who.identity));
    add(members, "mdtrt_cert_no", session->who.identity_no);
    add(members, "cert_no",
        session->who.id_no[0] != '\0' ? session->who.id_no : session->who.identity_no);
    add(members, "account_type", account_type_code(account_asked(session)));
}

/* The list of the card that was chosen, else of the account's own. */
static void add_card(const struct session *session, cJSON *members) {
    const struct account *account = session_account(session);
    bool chosen = session->who.card >= 0 && session->who.card < account->card_count;
    add(members, "his_cust_id",
        chosen ? account->cards[session->who.card].his_cust_id : account->his_cust_id);
    if (chosen)
        add(members, "his_cust_type", account->cards[session->who.card].his_cust_type);
}

static void add_session_bills(const struct session *session, cJSON *members) {
    const struct account *account = session_account(session);
    const char *number =
        account->mdtrt_cert_no[0] != '\0' ? account->mdtrt_cert_no : session->who.identity_no;
    const char *type = account->mdtrt_cert_type[0] != '\0' ? account->mdtrt_cert_type
                                                           : cert_type_of(session->who.identity);
    add(members, "mdtrt_cert_type", type);
    add(members, "mdtrt_cert_no", number);
    add(members, "cert_no", account->cert_no[0] != '\0' ? account->cert_no : number);
    add_card(session, members);
    add(members, "account_type", account_type_code(account->account_type));
}

const struct platform *platform_request_of_session(const struct config *config,
                                                   const struct session *session, enum verb verb,
                                                   const char **operation, cJSON **members) {
    (void)config;
    *members = NULL;
    *operation = his_operation_of(verb);
    if (verb != VERB_ACCOUNT && (verb != VERB_BILLS || session_account(session) == NULL))
        return NULL;
    *members = cJSON_CreateObject();
    if (verb == VERB_ACCOUNT)
        add_account_query(session, *members);
    else
        add_session_bills(session, *members);
    return &platform_his;
}
