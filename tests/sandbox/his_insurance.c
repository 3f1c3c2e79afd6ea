/* The HIS and insurance: ORG_007 to ORG_009, and the centre's 2.1, 2.2 and 2.4. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/sandbox/his.h"
#include "tests/sandbox/insured.h"
#include "tests/sandbox/value.h"

#define ASKER_RULES                                                                                \
    {"operator_id", RULE_TEXT, 40, false, NULL}, {"operator_name", RULE_TEXT, 100, false, NULL},   \
        {"term_no", RULE_TEXT, 100, false, NULL}, {"org_code", RULE_TEXT, 40, true, NULL}, {       \
        "sub_org_code", RULE_TEXT, 40, false, NULL                                                 \
    }

const struct rule preorder_rules[] = {
    ASKER_RULES,
    {"org_trace_no", RULE_TEXT, 40, true, NULL},
    {"doc_trace_no", RULE_TEXT, 40, true, NULL},
    {"account_type", RULE_TEXT, 10, false, "01|02|03|04"},
    {"feesum_amt", RULE_YUAN, 18, true, NULL},
    {"deposit_amount", RULE_YUAN, 18, false, NULL},
    {"deposit_type", RULE_TEXT, 10, false, "ALI|WX|UP|BANK"},
    {"channel_type", RULE_TEXT, 10, false, "LOC_APP|NAT_APP|ORG_APP|ALI|WX|UP|BANK"},
    {"trace_id", RULE_TEXT, 40, false, NULL},
    {"used_patient_type", RULE_TEXT, 10, true, "00|01"},
    {"pay_ord_id", RULE_TEXT, 40, false, NULL},
    {"psn_no", RULE_TEXT, 40, false, NULL},
    {"own_pay_amt", RULE_YUAN, 20, false, NULL},
    {"psn_acct_pay", RULE_YUAN, 20, false, NULL},
    {"fund_pay", RULE_YUAN, 20, false, NULL},
    {"hs_ext_data", RULE_JSON, 4000, false, NULL},
    RULES_END,
};
const struct rule hs_trades_rules[] = {
    ASKER_RULES,
    {"stmt_begndate", RULE_DATE, 10, true, NULL},
    {"stmt_enddate", RULE_DATE, 10, true, NULL},
    {"page_no", RULE_LONG, 6, false, NULL},
    {"page_size", RULE_LONG, 6, false, NULL},
    {"clr_type", RULE_TEXT, 6, false, NULL},
    RULES_END,
};
const struct rule hs_cancel_rules[] = {
    ASKER_RULES,
    {"mdtr_id", RULE_TEXT, 30, true, NULL},
    {"setl_id", RULE_TEXT, 30, true, NULL},
    {"account_type", RULE_TEXT, 6, true, "01|02"},
    {"doc_trace_no", RULE_TEXT, 40, true, NULL},
    {"ipt_otp_no", RULE_TEXT, 30, true, NULL},
    RULES_END,
};
const struct rule mmpc_fees_rules[] = {
    {"orgCodg", RULE_TEXT, 40, true, NULL},
    {"medOrgOrd", RULE_TEXT, 40, true, NULL},
    RULES_END,
};
const struct rule mmpc_list_rules[] = {
    {"orgCodg", RULE_TEXT, 40, true, NULL},
    {"idNo", RULE_TEXT, 30, true, NULL},
    RULES_END,
};

static struct bill *bill_of(struct sandbox *sandbox, const char *org_trace_no) {
    return ROWS_FIND(&sandbox->books.bills, bill, org_trace_no, org_trace_no);
}

static void result(struct reply *reply, const char *word, const char *why) {
    reply->body = cJSON_CreateObject();
    cJSON_AddStringToObject(reply->body, "result", word);
    text_set(reply->msg, sizeof reply->msg, why);
}

/* ORG_007: what the insurance will pay; the bill stays as it is. */
void his_preorder(struct sandbox *sandbox, const cJSON *request, struct reply *reply) {
    struct bill *bill = bill_of(sandbox, message_get(request, "org_trace_no"));
    int64_t sum_fen = 0;
    yuan_read(message_get(request, "feesum_amt"), &sum_fen);
    if (bill == NULL || strcmp(bill->doc_trace_no, message_get(request, "doc_trace_no")) != 0)
        result(reply, "fail", "没有该单据");
    else if (bill->state != BILL_UNSETTLED)
        result(reply, "fail", "单据已结算");
    else if (sum_fen != bill->amount_fen)
        result(reply, "fail", "金额与单据不符");
    else {
        if (bill->preorder_sn[0] == '\0')
            sandbox_number(sandbox, "PO", bill->preorder_sn);
        result(reply, "succ", "成功");
        cJSON_AddStringToObject(reply->body, "call_sn", bill->preorder_sn);
        cJSON_AddStringToObject(reply->body, "balance", "0.00");
    }
}

static cJSON *trade_tree(const struct credit *credit) {
    static const char *const zeros[] = {"cvlserv_pay", "hifmi_pay", "hifob_pay", "acct_mulaid_pay",
                                        "mafPay",      "oth_pay",   "hifes_pay", "balance_pay"};
    cJSON *row = cJSON_CreateObject();
    cJSON_AddStringToObject(row, "setl_optins", "350100");
    cJSON_AddStringToObject(row, "setl_id", credit->setl_id);
    cJSON_AddStringToObject(row, "mdtrt_id", credit->mdtrt_id);
    cJSON_AddStringToObject(row, "psn_no", credit->psn_no);
    cJSON_AddStringToObject(row, "mdtrt_cert_type", "10");
    cJSON_AddStringToObject(row, "mdtrt_cert_no", credit->card);
    put_yuan(row, "medfee_sumamt", credit->amount_fen);
    put_yuan(row, "psn_cash_pay", credit->amount_fen - credit->fund_fen - credit->account_fen);
    put_yuan(row, "fund_pay_sumamt", credit->fund_fen);
    put_yuan(row, "acct_pay", credit->account_fen);
    put_yuan(row, "hifp_pay", credit->fund_fen);
    for (size_t i = 0; i < sizeof zeros / sizeof zeros[0]; i++)
        cJSON_AddStringToObject(row, zeros[i], "0.00");
    cJSON_AddStringToObject(row, "med_type", "11");
    cJSON_AddStringToObject(row, "msgid", credit->amp_trace_id);
    cJSON_AddStringToObject(row, "refd_setl_flag", credit->cancelled_ms != 0 ? "1" : "0");
    cJSON_AddStringToObject(row, "settle_channel", "05");
    cJSON_AddStringToObject(row, "doc_trace_no", credit->doc_trace_no);
    cJSON_AddStringToObject(row, "deposit_type", credit->deposit_type);
    return row;
}

static void put_whole(cJSON *out, const char *name, int64_t value) {
    char text[24];
    snprintf(text, sizeof text, "%lld", (long long)value);
    cJSON_AddRawToObject(out, name, text);
}

struct made_settlements {
    cJSON *list;
    long first, last; /* of the page */
    int count;
    int64_t sum_fen;
};

static void add_settlement(void *context, const struct day_row *made) {
    struct made_settlements *out = context;
    struct credit credit = {.amount_fen = made->fen, .cancelled_ms = made->deal->refund};
    text_set(credit.setl_id, sizeof credit.setl_id, made->deal->setl_id);
    text_set(credit.mdtrt_id, sizeof credit.mdtrt_id, made->deal->setl_id);
    text_set(credit.doc_trace_no, sizeof credit.doc_trace_no, made->deal->trace_no);
    out->sum_fen += made->deal->refund ? -made->fen : made->fen;
    if (out->count >= out->first && out->count < out->last)
        cJSON_AddItemToArray(out->list, trade_tree(&credit));
    out->count++;
}

/* ORG_008, a page of it; the sums are of all pages. */
void his_hs_trades(struct sandbox *sandbox, const cJSON *request, struct reply *reply) {
    int64_t from_ms = 0, to_ms = 0, sum_fen = 0, fund_fen = 0, account_fen = 0;
    long page = strtol(message_get(request, "page_no"), NULL, 10);
    long size = strtol(message_get(request, "page_size"), NULL, 10);
    int count = 0;
    char text[24];
    page = page < 1 ? 1 : page;
    size = size < 1 ? 100 : size;
    day_read(message_get(request, "stmt_begndate"), &from_ms);
    day_read(message_get(request, "stmt_enddate"), &to_ms);
    reply->body = cJSON_CreateObject();
    cJSON *list = cJSON_CreateArray();
    const struct rows *credits = &sandbox->books.credits;
    for (int i = 0; i < credits->count; i++) {
        const struct credit *credit = credits->at[i];
        if (credit->setl_id[0] == '\0' || credit->credited_ms < from_ms ||
            credit->credited_ms >= to_ms + DAY_MS)
            continue;
        sum_fen += credit->amount_fen;
        fund_fen += credit->fund_fen;
        account_fen += credit->account_fen;
        if (count >= (page - 1) * size && count < page * size)
            cJSON_AddItemToArray(list, trade_tree(credit));
        count++;
    }
    struct made_settlements made = {list, (page - 1) * size, page * size, count, sum_fen};
    day_rows(&sandbox->day, DAY_HOSPITAL, from_ms, to_ms + DAY_MS, add_settlement, &made);
    count = made.count;
    sum_fen = made.sum_fen;
    put_whole(reply->body, "current", page);
    put_whole(reply->body, "pages", (count + size - 1) / size);
    put_yuan(reply->body, "medfee_sumamt", sum_fen);
    put_yuan(reply->body, "fund_pay_sumamt", fund_fen);
    put_yuan(reply->body, "acct_pay", account_fen);
    put_yuan(reply->body, "cash_pay_sumamt", sum_fen - fund_fen - account_fen);
    snprintf(text, sizeof text, "%d", count);
    cJSON_AddStringToObject(reply->body, "fixmedins_setl_cnt", text);
    cJSON_AddStringToObject(reply->body, "insutype", "310");
    cJSON_AddStringToObject(reply->body, "settle_channel", "05");
    cJSON_AddItemToObject(reply->body, "billdetail", list);
}

/* ORG_009: a settlement that the insurance does not have is taken back. */
void his_hs_cancel(struct sandbox *sandbox, const cJSON *request, struct reply *reply) {
    struct credit *credit =
        ROWS_FIND(&sandbox->books.credits, credit, setl_id, message_get(request, "setl_id"));
    if (credit == NULL || strcmp(credit->mdtrt_id, message_get(request, "mdtr_id")) != 0 ||
        strcmp(credit->doc_trace_no, message_get(request, "doc_trace_no")) != 0) {
        reply_refuse(reply, RET_REFUSED, "没有该医保结算");
        return;
    }
    struct bill *bill = bill_of(sandbox, credit->org_trace_no);
    if (credit->cancelled_ms == 0) {
        credit->cancelled_fen = credit->amount_fen;
        credit->cancelled_ms = sandbox_now_ms(sandbox);
        if (bill != NULL)
            bill->state = BILL_UNSETTLED;
    }
}

static cJSON *fee_tree(const struct bill *bill, const struct bill_item *item, int nth) {
    char text[80];
    cJSON *fee = cJSON_CreateObject();
    int stem = (int)strcspn(bill->doc_trace_no, ".");
    snprintf(text, sizeof text, "%.*s-%d", stem < 40 ? stem : 40, bill->doc_trace_no, nth);
    cJSON_AddStringToObject(fee, "feedetlSn", text);
    cJSON_AddStringToObject(fee, "chrgBchno", bill->doc_trace_no);
    cJSON_AddStringToObject(fee, "rxCircFlag", "0");
    put_moment(fee, "feeOcurTime", bill->begun_ms);
    cJSON_AddStringToObject(fee, "medListCodg", "001101000010000");
    cJSON_AddStringToObject(fee, "medinsListCodg", "SF0001");
    put_yuan(fee, "detItemFeeSumamt", item->amount_fen);
    snprintf(text, sizeof text, "%d.0000", item->count);
    cJSON_AddStringToObject(fee, "cnt", text);
    snprintf(text, sizeof text, "%lld.%02lld0000",
             (long long)(item->amount_fen / item->count / 100),
             (long long)(item->amount_fen / item->count % 100));
    cJSON_AddStringToObject(fee, "pric", text);
    cJSON_AddStringToObject(fee, "bilgDeptCodg", "A03");
    cJSON_AddStringToObject(fee, "bilgDeptName", bill->department);
    cJSON_AddStringToObject(fee, "bilgDrCodg", "D350102000001");
    cJSON_AddStringToObject(fee, "bilgDrName", bill->doctor);
    cJSON_AddStringToObject(fee, "hospApprFlag", item->item->outside ? "0" : "1");
    cJSON_AddStringToObject(fee, "medType", "11");
    cJSON_AddStringToObject(fee, "medListName", item->item->name);
    cJSON_AddStringToObject(fee, "medListSpc", item->item->spec);
    return fee;
}

static void put_fees(cJSON *out, const struct bill *bill) {
    struct bill_item items[BILL_ITEMS_MAX];
    int count = bill_items(bill, items);
    cJSON *fees = cJSON_AddArrayToObject(out, "feedetailList");
    for (int i = 0; i < count; i++)
        cJSON_AddItemToArray(fees, fee_tree(bill, &items[i], i + 1));
}

/* 2.1 */
void his_mmpc_fees(struct sandbox *sandbox, const cJSON *request, struct reply *reply) {
    const struct bill *bill = bill_of(sandbox, message_get(request, "medOrgOrd"));
    const struct patient *patient = bill == NULL ? NULL : patient_by_card(bill->card);
    if (patient == NULL || bill->state != BILL_UNSETTLED) {
        reply_refuse(reply, MMPC_FAILED, "medOrgOrd: no such bill to pay");
        return;
    }
    int64_t outside_fen = bill_outside_fen(bill);
    cJSON *out = reply->body = cJSON_CreateObject();
    cJSON_AddStringToObject(out, "orgCodg", ORG_CODE);
    cJSON_AddStringToObject(out, "medOrgOrd", bill->org_trace_no);
    cJSON_AddStringToObject(out, "idNo", patient->id_no);
    cJSON_AddStringToObject(out, "idType", "01");
    cJSON_AddStringToObject(out, "userName", patient->name);
    cJSON_AddStringToObject(out, "iptOtpNo", bill->cust_id);
    cJSON_AddStringToObject(out, "deptCode", "A03");
    cJSON_AddStringToObject(out, "deptName", bill->department);
    cJSON_AddStringToObject(out, "drName", bill->doctor);
    cJSON_AddStringToObject(out, "caty", "A03");
    put_moment(out, "begntime", bill->begun_ms);
    cJSON_AddStringToObject(out, "medType", "11");
    cJSON_AddStringToObject(out, "feeType", "01");
    put_yuan(out, "medfeeSumamt", bill->amount_fen - outside_fen);
    put_yuan(out, "outOfMIFee", outside_fen);
    cJSON_AddStringToObject(out, "acctUsedFlag", "1");
    cJSON_AddStringToObject(out, "psnSetlway", "01");
    cJSON_AddStringToObject(out, "chrgBchno", bill->doc_trace_no);
    put_fees(out, bill);
}

static bool adds_up(const cJSON *members, const struct bill *bill) {
    int64_t fee = 0, outside = 0, fund = 0, account = 0, own = 0, prepaid = 0;
    if (!insured_amount(members, "feeSumamt", &fee) || !insured_amount(members, "fundPay", &fund) ||
        !insured_amount(members, "psnAcctPay", &account) ||
        (!insured_amount(members, "ownPayAmt", &own) &&
         !insured_amount(members, "ownpayAmt", &own)))
        return false;
    insured_amount(members, "outOfMIFee", &outside);
    insured_amount(members, "prePaidDeduction", &prepaid);
    return fee + outside == fund + account + own + prepaid && fee + outside == bill->amount_fen;
}

static void book_settlement(struct sandbox *sandbox, const cJSON *members, struct bill *bill) {
    struct credit *credit = rows_add(&sandbox->books.credits);
    text_set(credit->org_trace_no, NO_SIZE, bill->org_trace_no);
    text_set(credit->doc_trace_no, NO_SIZE, bill->doc_trace_no);
    text_set(credit->amp_trace_id, NO_SIZE, message_get(members, "payOrdId"));
    text_set(credit->mch_trace_no, NO_SIZE, message_get(members, "payOrdId"));
    text_set(credit->trace_id, NO_SIZE, message_get(members, "hiDocSn"));
    text_set(credit->setl_id, NO_SIZE, message_get(members, "hiDocSn"));
    text_set(credit->mdtrt_id, NO_SIZE, message_get(members, "hiRgstSn"));
    text_set(credit->card, NO_SIZE, bill->card);
    text_set(credit->account_type, NO_SIZE, "01");
    const struct insured *insured = insured_by_card(bill->card);
    text_set(credit->psn_no, NO_SIZE, insured == NULL ? "" : insured->psn_no);
    insured_amount(members, "fundPay", &credit->fund_fen);
    insured_amount(members, "psnAcctPay", &credit->account_fen);
    credit->amount_fen = bill->amount_fen;
    credit->credited_ms = bill->settled_ms = sandbox_now_ms(sandbox);
    sandbox_number(sandbox, "SN", credit->call_sn);
    text_set(bill->call_sn, NO_SIZE, credit->call_sn);
    bill->state = BILL_SETTLED;
    hospital_tried(sandbox, bill->card, bill->org_trace_no, bill->call_sn, true);
}

/* The own part is still to be paid: the bill waits for its ORG_003. */
static void note_insured(const cJSON *members, struct bill *bill) {
    int64_t fund_fen = 0, account_fen = 0;
    insured_amount(members, "fundPay", &fund_fen);
    insured_amount(members, "psnAcctPay", &account_fen);
    text_set(bill->insured_by, NO_SIZE, message_get(members, "payOrdId"));
    bill->insured_fen = fund_fen + account_fen;
}

static const char *missing_member(const cJSON *members) {
    static const char *const required[] = {"feeSumamt", "fundPay",  "hiChrgTime", "hiDocSn",
                                           "hiRgstSn",  "payOrdId", "setlType",   "psnAcctPay",
                                           "appId",     "medOrgOrd"};
    for (size_t i = 0; i < sizeof required / sizeof required[0]; i++)
        if (message_get(members, required[i])[0] == '\0')
            return required[i];
    return cJSON_HasObjectItem(members, "extData") ? NULL : "extData";
}

/* 2.2: told again, the same answer; a bill is settled once. */
void his_mmpc_settled(struct sandbox *sandbox, const cJSON *members, struct reply *reply) {
    const char *missing = missing_member(members);
    struct bill *bill = bill_of(sandbox, message_get(members, "medOrgOrd"));
    const struct credit *known =
        ROWS_FIND(&sandbox->books.credits, credit, mch_trace_no, message_get(members, "payOrdId"));
    if (missing != NULL)
        reply_refuse(reply, MMPC_FAILED, "%s: expected a value", missing);
    else if (bill == NULL)
        reply_refuse(reply, MMPC_FAILED, "medOrgOrd: no such bill");
    else if (known != NULL && known->cancelled_ms == 0)
        return;
    else if (bill->state != BILL_UNSETTLED)
        reply_refuse(reply, MMPC_FAILED, "medOrgOrd: already settled");
    else if (!adds_up(members, bill))
        reply_refuse(reply, MMPC_FAILED, "feeSumamt: the amounts do not add up to the bill");
    else if (strcmp(message_get(members, "setlType"), "HI") == 0)
        note_insured(members, bill);
    else
        book_settlement(sandbox, members, bill);
}

/* 2.4 */
void his_mmpc_list(struct sandbox *sandbox, const cJSON *request, struct reply *reply) {
    const struct patient *patient = patient_by_id(message_get(request, "idNo"));
    const struct rows *bills = &sandbox->books.bills;
    reply->body = cJSON_CreateObject();
    cJSON *list = cJSON_AddArrayToObject(reply->body, "pendingChargeList");
    for (int i = 0; patient != NULL && i < bills->count; i++) {
        const struct bill *bill = bills->at[i];
        if (bill->state != BILL_UNSETTLED || strcmp(bill->card, patient->card) != 0)
            continue;
        cJSON *row = cJSON_CreateObject();
        cJSON_AddStringToObject(row, "medOrgOrd", bill->org_trace_no);
        put_yuan_number(row, "medfeeSumamt", bill->amount_fen);
        cJSON_AddStringToObject(row, "deptName", bill->department);
        cJSON_AddStringToObject(row, "drName", bill->doctor);
        put_moment(row, "visitTime", bill->begun_ms);
        cJSON_AddItemToArray(list, row);
    }
}
