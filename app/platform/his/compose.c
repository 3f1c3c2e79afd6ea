/* The HIS: what an act of the order law and a question of a visit say. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "app/base/clock.h"
#include "app/base/log.h"
#include "app/core/order/shares.h"
#include "app/platform/his/his.h"

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

static void add_cert(const struct order_person *person, cJSON *members) {
    fields_add_text(members, "mdtrt_cert_type", person->mdtrt_cert_type);
    fields_add_text(members, "mdtrt_cert_no", person->mdtrt_cert_no);
}

static void add_bill(const struct claim *claim, cJSON *members) {
    fields_add_text(members, "org_trace_no", claim->org_trace_no);
    fields_add_text(members, "doc_trace_no", claim->doc_trace_no);
}

static void add_bills_query(const struct order_person *person, cJSON *members) {
    add_cert(person, members);
    /* No ID number known: the number again (ORG_002 requires one). */
    fields_add_text(members, "cert_no",
                    person->cert_no[0] != '\0' ? person->cert_no : person->mdtrt_cert_no);
    fields_add_text(members, "his_cust_id", person->his_cust_id);
    fields_add_text(members, "his_cust_type", person->his_cust_type);
    fields_add_text(members, "account_type", account_type_code(person->account_type));
}

/* The channel's own number where ORG_003's 40 characters take it (upp allows 64), else upp's. */
static const char *channel_no(const struct leg *leg) {
    if (leg->in_no[0] != '\0' && strlen(leg->in_no) < TRACE_NO_SIZE)
        return leg->in_no;
    return leg->out_no[0] != '\0' ? leg->out_no : leg->no;
}

/* When it was paid: the same on every retry. */
static void add_setl_time(const struct config *config, const struct platform_act *act,
                          cJSON *members) {
    const struct leg *leg = order_leg_of_claim(act->order, act->claim);
    int64_t paid_ms = leg->paid_ms != 0 ? leg->paid_ms : act->order->created_ms;
    char text[CLOCK_TEXT_SIZE];
    switch (his_config(config)->setl_time) {
    case HIS_SETL_TIME_NONE:
        return;
    case HIS_SETL_TIME_DOCUMENT:
        fields_add_text(members, "setl_time", clock_text(paid_ms, text));
        return;
    case HIS_SETL_TIME_EPOCH_MS:
        snprintf(text, sizeof text, "%" PRId64, paid_ms);
        fields_add_text(members, "setl_time", text);
        return;
    }
}

/* What the insurance has settled of the claim, where the rest was paid here; NULL: nothing. */
static const struct leg *insured_leg_of(const struct order *order, int claim) {
    const struct leg *leg = order_insured_leg(order);
    bool ours = leg != NULL && order_own_is_ours(order, (int)(leg - order->legs)) &&
                order_share_of(order, claim, (int)(leg - order->legs)) >= 0 &&
                order_creditor(order, claim) == CREDITOR_TERMINAL;
    return ours ? leg : NULL;
}

static void add_some(cJSON *members, const char *name, struct fen amount) {
    if (amount.fen > 0)
        fields_add_amount(members, name, amount);
}

/* deposit_amount is what came by a financial channel; prepaid money is the hospital's own balance.
 */
static void add_insured_credit(const struct leg *leg, struct fen own, cJSON *members) {
    add_some(members, "deposit_amount", own);
    add_some(members, "hosp_balc_pay_amt", leg->split.prepaid);
    fields_add_text(members, "setl_id", leg->out_no);
    fields_add_amount(members, "fund_pay_sumamt", leg->split.fund);
    fields_add_amount(members, "acct_pay", leg->split.account);
    fields_add_amount(members, "psn_cash_pay", own);
}

static void add_credit(const struct config *config, const struct platform_act *act,
                       cJSON *members) {
    const struct order *order = act->order;
    const struct claim *claim = platform_claim(act);
    const struct leg *leg = order_leg_of_claim(order, act->claim);
    const struct leg *insured = insured_leg_of(order, act->claim);
    bool inpatient = order->person.account_type == ACCOUNT_INPATIENT;
    char amp_trace_id[ORDER_NO_SIZE + 12];
    /* Derived, so that it is the same on every retry: one number for one claim. */
    snprintf(amp_trace_id, sizeof amp_trace_id, "%s%02d", order->no, act->claim + 1);
    add_cert(&order->person, members);
    add_bill(claim, members);
    fields_add_text(members, "amp_trace_id", amp_trace_id);
    fields_add_text(members, "account_type", account_type_code(order->person.account_type));
    fields_add_amount(members, "feesum_amt", claim->amount);
    if (insured == NULL)
        fields_add_amount(members, "deposit_amount", claim->amount);
    else
        add_insured_credit(insured, order_deposited(order, act->claim), members);
    fields_add_text(members, "deposit_type", deposit_type_of(leg));
    fields_add_text(members, "trace_id", leg->out_no);
    fields_add_text(members, "used_patient_type", insured == NULL ? "00" : "01");
    fields_add_text(members, "pay_chnl_trace_no", channel_no(leg));
    fields_add_text(members, "mch_trace_no", leg->no);
    fields_add_text(members, "fee_type", inpatient ? "10" : "08");
    add_setl_time(config, act, members);
}

static void add_uncredit(const struct platform_act *act, cJSON *members) {
    const struct order *order = act->order;
    const struct refund *refund = platform_refund(act);
    ENSURE(refund->claim >= 0 && refund->claim < order->claim_count);
    const struct claim *claim = &order->claims[refund->claim];
    const struct leg *leg = order_leg_of_claim(order, refund->claim);
    add_cert(&order->person, members);
    add_bill(claim, members);
    fields_add_text(members, "account_type", account_type_code(order->person.account_type));
    const struct leg *insured = insured_leg_of(order, refund->claim);
    struct fen back = order_refunding(order, refund->claim);
    if (insured != NULL)
        back.fen -= order_leg_amount(order, (int)(insured - order->legs)).fen;
    if (!route_traits(leg->route)->seen_at_his) /* there only the portal knows the patient's part */
        add_some(members, "deposit_amount", back);
    fields_add_text(members, "deposit_type", deposit_type_of(leg));
    /* Of an insured payment the insurance's number; the centre's own is none of the hospital's. */
    if (route_traits(leg->route)->seen_at_his)
        fields_add_text(members, "trace_id", order_portal_trace(leg));
    else if (!route_traits(leg->route)->has_split || strcmp(leg->out_no, leg->in_no) != 0)
        fields_add_text(members, "trace_id", leg->out_no);
}

static void add_guidance_query(const struct order_person *person, const struct claim *claim,
                               cJSON *members) {
    add_cert(person, members);
    fields_add_text(members, "his_cust_id", person->his_cust_id);
    fields_add_text(members, "his_cust_type", person->his_cust_type);
    add_bill(claim, members);
}

static void add_claim_act(const struct config *config, const struct platform_act *act,
                          cJSON *members) {
    const struct claim *claim = platform_claim(act);
    char trace[CLAIM_TRACE_SIZE];
    if (act->verb == VERB_CREDIT) {
        add_credit(config, act, members);
    } else if (act->verb == VERB_UNCREDIT) {
        add_uncredit(act, members);
    } else if (act->verb == VERB_GUIDANCE) {
        add_guidance_query(&act->order->person, claim, members);
    } else if (act->verb == VERB_PROBE_CREDIT) {
        add_cert(&act->order->person, members);
        fields_add_text(members, "org_trace_no", order_no_such_trace(act->order, trace));
    } else {
        add_cert(&act->order->person, members);
        fields_add_text(members, "org_trace_no", claim->org_trace_no);
    }
}

static const char *operation_for(enum verb verb) {
    if (verb == VERB_PROBE_CREDIT)
        verb = VERB_ASK_CREDIT;
    const struct wire_operation *operation = wire_operation_for(his_table, verb);
    return operation == NULL ? NULL : operation->name;
}

const char *his_compose(const struct config *config, const struct platform_act *act,
                        cJSON *members) {
    if (act->verb == VERB_ACCOUNT)
        return NULL; /* an order knows whose it is */
    if (act->verb == VERB_BILLS)
        add_bills_query(&act->order->person, members);
    else
        add_claim_act(config, act, members);
    return operation_for(act->verb);
}

/* A wristband is an inpatient's; a deposit by another document is asked of the inpatient's account,
 * but a hospital card is an outpatient's. */
static enum account_type account_asked(const struct question *question) {
    bool inpatient =
        question->identity == IDENTITY_WRISTBAND ||
        (question->service == SERVICE_DEPOSIT && question->identity != IDENTITY_HOSPITAL_CARD);
    return inpatient ? ACCOUNT_INPATIENT : ACCOUNT_OUTPATIENT;
}

static void add_account_query(const struct question *question, cJSON *members) {
    fields_add_text(members, "mdtrt_cert_type", cert_type_of(question->identity));
    fields_add_text(members, "mdtrt_cert_no", question->identity_no);
    fields_add_text(members, "cert_no",
                    question->id_no[0] != '\0' ? question->id_no : question->identity_no);
    fields_add_text(members, "account_type", account_type_code(account_asked(question)));
}

/* The list of the card that was chosen, else of the account's own. */
static void add_card(const struct question *question, cJSON *members) {
    const struct account *account = question->account;
    bool chosen = question->card >= 0 && question->card < account->card_count;
    fields_add_text(members, "his_cust_id",
                    chosen ? account->cards[question->card].his_cust_id : account->his_cust_id);
    if (chosen)
        fields_add_text(members, "his_cust_type", account->cards[question->card].his_cust_type);
}

/* ORG_004 with the very certificate that ORG_002 was asked with. Returns its number. */
static const char *add_cert_of_account(const struct question *question, cJSON *members) {
    const struct account *account = question->account;
    const char *number =
        account->mdtrt_cert_no[0] != '\0' ? account->mdtrt_cert_no : question->identity_no;
    const char *type = account->mdtrt_cert_type[0] != '\0' ? account->mdtrt_cert_type
                                                           : cert_type_of(question->identity);
    fields_add_text(members, "mdtrt_cert_type", type);
    fields_add_text(members, "mdtrt_cert_no", number);
    return number;
}

static void add_settled_question(const struct question *question, cJSON *members) {
    add_cert_of_account(question, members);
    fields_add_text(members, "org_trace_no", question->org_trace_no);
}

static void add_bills_question(const struct question *question, cJSON *members) {
    const struct account *account = question->account;
    const char *number = add_cert_of_account(question, members);
    fields_add_text(members, "cert_no", account->cert_no[0] != '\0' ? account->cert_no : number);
    add_card(question, members);
    fields_add_text(members, "account_type", account_type_code(account->account_type));
}

const char *his_ask(const struct question *question, cJSON *members) {
    if (question->verb == VERB_ACCOUNT)
        add_account_query(question, members);
    else if (question->verb == VERB_BILLS && question->account != NULL)
        add_bills_question(question, members);
    else if (question->verb == VERB_ASK_CREDIT && question->account != NULL)
        add_settled_question(question, members);
    else
        return NULL;
    return operation_for(question->verb);
}
