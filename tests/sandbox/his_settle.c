/* ORG_003 to ORG_006: a bill is settled once, a deposit is booked once, and both can be taken
 * back. What a repeat means hangs on amp_trace_id alone. */
#include <stdio.h>
#include <string.h>

#include "tests/sandbox/his.h"
#include "tests/sandbox/value.h"

#define EPOCH_DIGITS 13 /* milliseconds, from 2001 to 2286 */

const struct rule settle_rules[] = {
    ORG_RULES,
    {"org_trace_no", RULE_TEXT, 40, true, NULL},
    {"amp_trace_id", RULE_TEXT, 40, true, NULL},
    {"doc_trace_no", RULE_TEXT, 40, true, NULL},
    {"account_type", RULE_TEXT, 10, false, "01|02|03|04"},
    {"feesum_amt", RULE_YUAN, 18, true, NULL},
    {"deposit_amount", RULE_YUAN, 18, false, NULL},
    {"hosp_balc_pay_amt", RULE_YUAN, 18, false, NULL},
    {"deposit_type", RULE_TEXT, 10, false, "ALI|WX|UP|BANK"},
    {"channel_type", RULE_TEXT, 10, false, "LOC_APP|NAT_APP|ORG_APP|ALI|WX|UP|BANK"},
    {"trace_id", RULE_TEXT, 40, false, NULL},
    {"used_patient_type", RULE_TEXT, 10, true, "00|01"},
    {"pay_chnl_trace_no", RULE_TEXT, 40, true, NULL},
    {"mch_trace_no", RULE_TEXT, 40, true, NULL},
    {"fee_type", RULE_TEXT, 10, false, "00|01|02|03|04|05|06|07|08|09|10"},
    {"setl_id", RULE_TEXT, 40, false, NULL},
    {"mdtrt_id", RULE_TEXT, 40, false, NULL},
    {"psn_no", RULE_TEXT, 40, false, NULL},
    {"fund_pay_sumamt", RULE_YUAN, 18, false, NULL},
    {"acct_pay", RULE_YUAN, 18, false, NULL},
    {"setl_time", RULE_TEXT, 20, false, NULL},
    RULES_END,
};
const struct rule settled_rules[] = {
    ORG_RULES,
    {"org_trace_no", RULE_TEXT, 40, true, NULL},
    RULES_END,
};
const struct rule cancel_rules[] = {
    ORG_RULES,
    {"org_trace_no", RULE_TEXT, 40, true, NULL},
    {"doc_trace_no", RULE_TEXT, 40, true, NULL},
    {"account_type", RULE_TEXT, 10, false, "01|02|03|04"},
    {"deposit_amount", RULE_YUAN, 18, false, NULL},
    {"deposit_type", RULE_TEXT, 10, false, "ALI|WX|UP|BANK"},
    {"channel_type", RULE_TEXT, 10, false, "LOC_APP|NAT_APP|ORG_APP|ALI|WX|UP|BANK"},
    {"trace_id", RULE_TEXT, 40, false, NULL},
    RULES_END,
};
const struct rule tips_rules[] = {
    ORG_RULES,
    {"his_cust_id", RULE_TEXT, 40, false, NULL},
    {"his_cust_type", RULE_TEXT, 10, false, NULL},
    {"org_trace_no", RULE_TEXT, 40, true, NULL},
    {"doc_trace_no", RULE_TEXT, 40, true, NULL},
    RULES_END,
};

static struct bill *find_bill(struct sandbox *sandbox, const cJSON *request) {
    return ROWS_FIND(&sandbox->books.bills, bill, org_trace_no,
                     message_get(request, "org_trace_no"));
}

static struct credit *find_credit(struct sandbox *sandbox, const cJSON *request) {
    return ROWS_FIND(&sandbox->books.credits, credit, org_trace_no,
                     message_get(request, "org_trace_no"));
}

static void result(struct reply *reply, const char *word, const char *why) {
    reply->body = cJSON_CreateObject();
    cJSON_AddStringToObject(reply->body, "result", word);
    text_set(reply->msg, sizeof reply->msg, why);
}

/* An extension of ours: whose money settled it. The documents' HIS cannot say so, and neither does
 * this one when the setting is off. */
static void name_claim(const struct sandbox *sandbox, cJSON *out, const struct credit *credit) {
    if (credit == NULL || !sandbox->settings.names_claim)
        return;
    cJSON_AddStringToObject(out, "amp_trace_id", credit->amp_trace_id);
    cJSON_AddStringToObject(out, "trace_id", credit->trace_id);
}

/* An extension of ours: of a deposit, what is still booked; else a part that was taken back leaves
 * no trace. Of an insured bill, by setting, what the patient has paid. */
static void name_rest(const struct sandbox *sandbox, cJSON *out, const struct credit *credit) {
    if (credit == NULL || !sandbox->settings.names_claim)
        return;
    if (credit->deposit)
        put_yuan(out, "deposit_amount", credit->amount_fen - credit->cancelled_fen);
    else if (sandbox->settings.names_own && credit->setl_id[0] != '\0')
        put_yuan(out, "deposit_amount",
                 credit->amount_fen - credit->fund_fen - credit->account_fen);
}

/* What the receipt needs, of a settlement that stands; the window's has no credit, a deposit no
 * bill. */
static void result_done(struct sandbox *sandbox, struct reply *reply, const struct credit *credit,
                        const struct bill *bill) {
    const char *card = bill == NULL ? credit->card : bill->card;
    result(reply, "succ", "成功");
    cJSON_AddStringToObject(reply->body, "call_sn", bill == NULL ? credit->call_sn : bill->call_sn);
    put_yuan(reply->body, "balance", hospital_account(sandbox, card)->balance_fen);
    name_claim(sandbox, reply->body, credit);
    name_rest(sandbox, reply->body, credit);
    if (bill != NULL)
        his_guide(reply->body, bill);
}

/* The credit that stands behind a settled bill. */
static const struct credit *credit_of(const struct sandbox *sandbox, const struct bill *bill) {
    return bill->state == BILL_SETTLED
               ? ROWS_FIND(&sandbox->books.credits, credit, call_sn, bill->call_sn)
               : NULL;
}

static struct credit *add_credit(struct sandbox *sandbox, const cJSON *request,
                                 const struct patient *patient) {
    struct credit *credit = rows_add(&sandbox->books.credits);
    text_set(credit->org_trace_no, NO_SIZE, message_get(request, "org_trace_no"));
    text_set(credit->doc_trace_no, NO_SIZE, message_get(request, "doc_trace_no"));
    text_set(credit->amp_trace_id, NO_SIZE, message_get(request, "amp_trace_id"));
    text_set(credit->mch_trace_no, NO_SIZE, message_get(request, "mch_trace_no"));
    text_set(credit->trace_id, NO_SIZE, message_get(request, "trace_id"));
    text_set(credit->pay_chnl_trace_no, NO_SIZE, message_get(request, "pay_chnl_trace_no"));
    text_set(credit->account_type, NO_SIZE, message_get(request, "account_type"));
    text_set(credit->deposit_type, NO_SIZE, message_get(request, "deposit_type"));
    text_set(credit->card, NO_SIZE, patient->card);
    text_set(credit->setl_id, NO_SIZE, message_get(request, "setl_id"));
    text_set(credit->mdtrt_id, NO_SIZE, message_get(request, "mdtrt_id"));
    text_set(credit->psn_no, NO_SIZE, message_get(request, "psn_no"));
    text_set(credit->setl_time, NO_SIZE, message_get(request, "setl_time"));
    yuan_read(message_get(request, "fund_pay_sumamt"), &credit->fund_fen);
    yuan_read(message_get(request, "acct_pay"), &credit->account_fen);
    sandbox_number(sandbox, "SN", credit->call_sn);
    yuan_read(message_get(request, "feesum_amt"), &credit->amount_fen);
    credit->credited_ms = sandbox_now_ms(sandbox);
    return credit;
}

/* Where the insurance has settled its part of the bill alone, and that stands at its centre, just
 * this part is booked with the rest. */
static bool insured_agrees(const struct sandbox *sandbox, const struct bill *bill,
                           const cJSON *request) {
    int64_t fund_fen = 0, account_fen = 0;
    const struct order *order =
        ROWS_FIND(&sandbox->books.orders, order, pay_ord_id, bill->insured_by);
    bool stands = bill->insured_by[0] != '\0' && order != NULL && order->state == 6;
    yuan_read(message_get(request, "fund_pay_sumamt"), &fund_fen);
    yuan_read(message_get(request, "acct_pay"), &account_fen);
    return !stands || fund_fen + account_fen == bill->insured_fen;
}

static void settle_bill(struct sandbox *sandbox, const cJSON *request,
                        const struct patient *patient, struct bill *bill, struct reply *reply) {
    int64_t amount_fen = 0;
    yuan_read(message_get(request, "feesum_amt"), &amount_fen);
    if (strcmp(bill->card, patient->card) != 0)
        result(reply, "fail", "单据不属于该患者");
    else if (strcmp(bill->doc_trace_no, message_get(request, "doc_trace_no")) != 0)
        result(reply, "fail", "单据流水号不符");
    else if (bill->state != BILL_UNSETTLED)
        result(reply, "fail", "单据已结算");
    else if (amount_fen != bill->amount_fen)
        result(reply, "fail", "金额与单据不符");
    else if (!insured_agrees(sandbox, bill, request))
        result(reply, "fail", "医保部分与医保结算不符");
    else {
        const struct credit *credit = add_credit(sandbox, request, patient);
        bill->state = BILL_SETTLED;
        bill->settled_ms = credit->credited_ms;
        text_set(bill->call_sn, NO_SIZE, credit->call_sn);
        result_done(sandbox, reply, credit, bill);
    }
}

static void settle_deposit(struct sandbox *sandbox, const cJSON *request,
                           const struct patient *patient, struct reply *reply) {
    int64_t amount_fen = 0;
    yuan_read(message_get(request, "feesum_amt"), &amount_fen);
    if (strcmp(message_get(request, "org_trace_no"), message_get(request, "doc_trace_no")) != 0)
        result(reply, "fail", "没有该单据");
    else if (amount_fen <= 0)
        result(reply, "fail", "充值金额须大于零");
    else if (patient_is_inpatient(patient) && amount_fen > patient->cap_fen)
        result(reply, "fail", "超过可交押金上限");
    else {
        struct credit *credit = add_credit(sandbox, request, patient);
        credit->deposit = true;
        hospital_account(sandbox, patient->card)->balance_fen += amount_fen;
        result_done(sandbox, reply, credit, NULL);
    }
}

/* The same claim again: the same answer, or (other money) a refusal that says nothing new. */
static void settle_again(struct sandbox *sandbox, const cJSON *request, const struct credit *credit,
                         struct reply *reply) {
    int64_t amount_fen = 0;
    yuan_read(message_get(request, "feesum_amt"), &amount_fen);
    if (amount_fen != credit->amount_fen ||
        strcmp(credit->org_trace_no, message_get(request, "org_trace_no")) != 0 ||
        strcmp(credit->mch_trace_no, message_get(request, "mch_trace_no")) != 0)
        reply_refuse(reply, RET_INVALID, "amp_trace_id: already used with other content");
    else if (credit->cancelled_ms != 0)
        result(reply, "fail", "结算已撤销");
    else
        result_done(sandbox, reply, credit, credit->deposit ? NULL : find_bill(sandbox, request));
}

/* What the patient brought must be what is booked: deposit_amount, when given, is all of it. */
static bool amounts_agree(const cJSON *request) {
    int64_t sum_fen = 0, paid_fen = 0, balance_fen = 0;
    yuan_read(message_get(request, "feesum_amt"), &sum_fen);
    if (!yuan_read(message_get(request, "deposit_amount"), &paid_fen))
        return true;
    if (message_text(request, "hosp_balc_pay_amt") != NULL)
        yuan_read(message_get(request, "hosp_balc_pay_amt"), &balance_fen);
    int64_t fund_fen = 0, account_fen = 0;
    yuan_read(message_get(request, "fund_pay_sumamt"), &fund_fen);
    yuan_read(message_get(request, "acct_pay"), &account_fen);
    return paid_fen + balance_fen + fund_fen + account_fen == sum_fen;
}

/* NULL when setl_time is as this hospital reads it: the document's form when it comes at all, or
 * always epoch milliseconds. */
static const char *time_wanted(const struct sandbox *sandbox, const cJSON *request) {
    const char *text = message_get(request, "setl_time");
    int64_t ignored;
    if (sandbox->settings.epoch_time)
        return strlen(text) == EPOCH_DIGITS && strspn(text, "0123456789") == EPOCH_DIGITS
                   ? NULL
                   : "epoch milliseconds";
    return text[0] == '\0' || moment_read(text, &ignored) ? NULL : "yyyy-MM-dd HH:mm:ss";
}

static bool is_settled(const struct bill *bill, const struct credit *old) {
    return old != NULL || (bill != NULL && bill->state != BILL_UNSETTLED);
}

static void settle_of(struct sandbox *sandbox, const cJSON *request, const struct patient *patient,
                      struct reply *reply) {
    const struct credit *old = ROWS_FIND(&sandbox->books.credits, credit, amp_trace_id,
                                         message_get(request, "amp_trace_id"));
    struct bill *bill = find_bill(sandbox, request);
    const char *wanted = time_wanted(sandbox, request);
    if (wanted != NULL)
        reply_refuse(reply, RET_INVALID, "setl_time: expected %s", wanted);
    else if (!amounts_agree(request))
        reply_refuse(reply, RET_INVALID, "deposit_amount: expected all of feesum_amt");
    else if (sandbox->settings.refuse_second && is_settled(bill, old)) {
        result(reply, "fail", "");
        reply_refuse(reply, RET_INVALID, "已结算");
    } else if (old != NULL)
        settle_again(sandbox, request, old, reply);
    else if (bill != NULL)
        settle_bill(sandbox, request, patient, bill, reply);
    else
        settle_deposit(sandbox, request, patient, reply);
}

void his_settle(struct sandbox *sandbox, const cJSON *request, struct reply *reply) {
    const struct patient *patient =
        patient_find(message_get(request, "mdtrt_cert_type"), message_get(request, "mdtrt_cert_no"),
                     message_get(request, "account_type"));
    if (patient == NULL) {
        reply_refuse(reply, RET_REFUSED, "未找到患者");
        return;
    }
    settle_of(sandbox, request, patient, reply);
    hospital_tried(sandbox, patient->card, message_get(request, "org_trace_no"),
                   message_get(reply->body, "call_sn"),
                   strcmp(message_get(reply->body, "result"), "succ") == 0);
}

/* Some hospitals look for the patient's newest settlement, trials included, whatever number is
 * asked about. */
static void result_of_visit(struct sandbox *sandbox, const cJSON *request, struct reply *reply) {
    const struct patient *patient = patient_find(message_get(request, "mdtrt_cert_type"),
                                                 message_get(request, "mdtrt_cert_no"), "");
    const struct trial *newest =
        patient == NULL ? NULL : ROWS_FIND(&sandbox->books.trials, trial, card, patient->card);
    result(reply, newest != NULL && newest->settled ? "succ" : "fail", "");
    if (newest != NULL && newest->settled)
        cJSON_AddStringToObject(reply->body, "call_sn", newest->call_sn);
}

static void result_of_number(struct sandbox *sandbox, const cJSON *request, struct reply *reply) {
    const struct bill *bill = find_bill(sandbox, request);
    const struct credit *credit = find_credit(sandbox, request);
    if (bill != NULL && bill->state != BILL_UNSETTLED)
        result_done(sandbox, reply, credit_of(sandbox, bill), bill);
    else if (bill == NULL && credit != NULL && credit->cancelled_ms == 0)
        result_done(sandbox, reply, credit, NULL);
    else if (credit != NULL && credit->cancelled_ms != 0)
        result(reply, "closed", "已撤销");
    else
        result(reply, sandbox->settings.unsettled, "未结算");
}

void his_query_settled(struct sandbox *sandbox, const cJSON *request, struct reply *reply) {
    if (sandbox->settings.settle_per_visit)
        result_of_visit(sandbox, request, reply);
    else
        result_of_number(sandbox, request, reply);
}

/* Takes money back; a deposit that was spent meanwhile cannot be. */
static bool take_back(struct sandbox *sandbox, struct credit *credit, struct bill *bill,
                      int64_t amount_fen) {
    struct account *account = hospital_account(sandbox, credit->card);
    if (credit->deposit && account->balance_fen < amount_fen)
        return false;
    if (credit->deposit)
        account->balance_fen -= amount_fen;
    if (bill != NULL)
        bill->state = BILL_UNSETTLED;
    credit->cancelled_fen += amount_fen;
    if (credit->cancelled_fen == credit->amount_fen)
        credit->cancelled_ms = sandbox_now_ms(sandbox);
    return true;
}

/* All that is still booked where the request names no amount. */
static int64_t wanted_back(const cJSON *request, const struct credit *credit) {
    int64_t amount_fen = 0;
    if (yuan_read(message_get(request, "deposit_amount"), &amount_fen))
        return amount_fen;
    return credit->amount_fen - credit->cancelled_fen;
}

/* A bill goes back whole, named by all of it or by what did not come from the insurance; a deposit
 * also in parts, never more than is left of it. */
static bool amount_fits(const cJSON *request, const struct credit *credit) {
    int64_t wanted_fen = wanted_back(request, credit);
    if (credit->cancelled_ms != 0)
        return wanted_fen <= credit->amount_fen; /* again: the same answer */
    return credit->deposit
               ? wanted_fen > 0 && wanted_fen <= credit->amount_fen - credit->cancelled_fen
               : wanted_fen == credit->amount_fen ||
                     wanted_fen == credit->amount_fen - credit->fund_fen - credit->account_fen;
}

static const char *why_not(const cJSON *request, const struct bill *bill,
                           const struct credit *credit) {
    const char *trace_id = message_get(request, "trace_id");
    if (bill != NULL && bill->state == BILL_WINDOW)
        return "单据由窗口结算";
    if (credit == NULL)
        return "未结算";
    if (strcmp(credit->doc_trace_no, message_get(request, "doc_trace_no")) != 0)
        return "单据流水号不符";
    if (trace_id[0] != '\0' && strcmp(trace_id, credit->trace_id) != 0)
        return "平台结算流水号不符";
    return amount_fits(request, credit) ? NULL : "金额不符";
}

/* An extension of ours: the hospital's own number of the refund, the same however often it is
 * asked for. */
static void name_refund(const struct sandbox *sandbox, cJSON *out, const struct credit *credit) {
    char number[NO_SIZE + 2];
    snprintf(number, sizeof number, "RF%s", credit->call_sn);
    if (sandbox->settings.names_claim)
        cJSON_AddStringToObject(out, "org_refund_sn", number);
}

void his_cancel(struct sandbox *sandbox, const cJSON *request, struct reply *reply) {
    struct bill *bill = find_bill(sandbox, request);
    struct credit *credit = find_credit(sandbox, request);
    const char *why = why_not(request, bill, credit);
    if (why == NULL && credit->cancelled_ms == 0 &&
        !take_back(sandbox, credit, bill,
                   credit->deposit ? wanted_back(request, credit) : credit->amount_fen))
        why = "余额不足";
    if (why != NULL) {
        result(reply, "fail", why);
        return;
    }
    result(reply, "succ", "成功");
    put_yuan(reply->body, "balance", hospital_account(sandbox, credit->card)->balance_fen);
    name_refund(sandbox, reply->body, credit);
}

void his_tips(struct sandbox *sandbox, const cJSON *request, struct reply *reply) {
    const struct bill *bill = find_bill(sandbox, request);
    reply->body = cJSON_CreateObject();
    bool settled = bill != NULL && bill->state != BILL_UNSETTLED;
    cJSON_AddStringToObject(reply->body, "next_step_tips",
                            settled ? "请按下列指引取药或检查" : "该单据没有可显示的指引");
    if (!settled)
        return;
    name_claim(sandbox, reply->body, credit_of(sandbox, bill));
    his_guide(reply->body, bill);
}
