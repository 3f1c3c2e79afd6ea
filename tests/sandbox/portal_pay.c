/* The patient pays at the portal: what it asks and tells the hospital, in the document's order. */
#include <stdio.h>
#include <string.h>

#include "tests/sandbox/call.h"
#include "tests/sandbox/insured.h"
#include "tests/sandbox/portal.h"
#include "tests/sandbox/value.h"

static cJSON *asker(const struct push *push) {
    cJSON *body = cJSON_CreateObject();
    cJSON_AddStringToObject(body, "operator_id", "amp");
    cJSON_AddStringToObject(body, "operator_name", "amp");
    cJSON_AddStringToObject(body, "term_no", "amp");
    cJSON_AddStringToObject(body, "org_code", ORG_CODE);
    cJSON_AddStringToObject(body, "mdtrt_cert_type", "10");
    cJSON_AddStringToObject(body, "mdtrt_cert_no", push->his_cust_id);
    cJSON_AddStringToObject(body, "cert_no", push->id_no);
    cJSON_AddStringToObject(body, "account_type", "01");
    return body;
}

/* Calls the hospital and notes the step. Takes `body`. The push is found anew: a reset may have
 * come meanwhile. */
static cJSON *step(struct sandbox *sandbox, struct push **push, const char *suffix, cJSON *body) {
    char med_org_ord[NO_SIZE];
    text_set(med_org_ord, NO_SIZE, (*push)->med_org_ord);
    cJSON *answer = sandbox_call_his(sandbox, suffix, body);
    cJSON_Delete(body);
    *push = ROWS_FIND(&sandbox->books.pushes, push, med_org_ord, med_org_ord);
    if (*push != NULL) {
        size_t length = strlen((*push)->steps);
        snprintf((*push)->steps + length, sizeof(*push)->steps - length, "%s%s",
                 length > 0 ? " " : "", suffix + 1);
    }
    return answer;
}

static bool is_good(const cJSON *answer) {
    return strcmp(message_get(answer, "ret_code"), "00") == 0;
}

static bool is_settled(const cJSON *answer) {
    return is_good(answer) && strcmp(message_get(answer, "result"), "succ") == 0;
}

/* The unsettled bill of this number in ORG_002's answer; NULL: none. */
static const cJSON *find_row(const cJSON *answer, const char *org_trace_no) {
    const cJSON *row;
    cJSON_ArrayForEach(row,
                       cJSON_GetObjectItemCaseSensitive(
                           answer, "unsettlelist")) if (strcmp(message_get(row, "org_trace_no"),
                                                               org_trace_no) == 0) return row;
    return NULL;
}

static int64_t outside_of(const cJSON *bill) {
    int64_t sum_fen = 0, fen;
    const cJSON *line;
    cJSON_ArrayForEach(
        line, cJSON_GetObjectItemCaseSensitive(
                  bill, "rxlist")) if (strcmp(message_get(line, "hi_item"), "N") == 0 &&
                                       yuan_read(message_get(line, "det_item_fee_sumamt"), &fen))
        sum_fen += fen;
    return sum_fen;
}

static struct split split_of(const struct push *push, const cJSON *bill, int64_t amount_fen) {
    const struct insured *insured = insured_by_card(push->his_cust_id);
    struct split own = {.fee_fen = amount_fen, .own_fen = amount_fen};
    return insured == NULL ? own : insured_split(insured, amount_fen, outside_of(bill), false);
}

/* What ORG_007 and ORG_003 share. */
static cJSON *claim(const struct push *push, const cJSON *bill, const struct split *split) {
    cJSON *body = asker(push);
    const struct insured *insured = insured_by_card(push->his_cust_id);
    cJSON_AddStringToObject(body, "org_trace_no", push->med_org_ord);
    cJSON_AddStringToObject(body, "doc_trace_no", message_get(bill, "doc_trace_no"));
    put_yuan(body, "feesum_amt", split->fee_fen + split->outside_fen);
    put_yuan(body, "deposit_amount", split->own_fen);
    cJSON_AddStringToObject(body, "deposit_type", "ALI");
    cJSON_AddStringToObject(body, "trace_id", push->trace_id);
    cJSON_AddStringToObject(body, "used_patient_type", insured == NULL ? "00" : "01");
    if (insured != NULL)
        cJSON_AddStringToObject(body, "psn_no", insured->psn_no);
    return body;
}

static void add_preorder(cJSON *body, const struct split *split) {
    put_yuan(body, "own_pay_amt", split->own_fen);
    put_yuan(body, "psn_acct_pay", split->account_fen);
    put_yuan(body, "fund_pay", split->fund_fen);
    cJSON_AddStringToObject(body, "hs_ext_data", "{}");
}

static void add_settlement(const struct push *push, cJSON *body, const struct split *split) {
    char number[NO_SIZE + 2];
    cJSON_AddStringToObject(body, "amp_trace_id", push->amp_trace_id);
    cJSON_AddStringToObject(body, "pay_chnl_trace_no", push->trace_id);
    cJSON_AddStringToObject(body, "mch_trace_no", push->trace_id);
    cJSON_AddStringToObject(body, "fee_type", "08");
    if (split->fund_fen + split->account_fen == 0)
        return;
    snprintf(number, sizeof number, "S%s", push->trace_id);
    cJSON_AddStringToObject(body, "setl_id", number);
    number[0] = 'M';
    cJSON_AddStringToObject(body, "mdtrt_id", number);
    put_yuan(body, "fund_pay_sumamt", split->fund_fen);
    put_yuan(body, "acct_pay", split->account_fen);
}

/* ORG_003, and ORG_004 where it was not answered by a word. */
static const char *settle(struct sandbox *sandbox, struct push *push, const cJSON *bill,
                          const struct split *split) {
    cJSON *body = claim(push, bill, split);
    add_settlement(push, body, split);
    cJSON *again = sandbox->settings.portal_twice ? cJSON_Duplicate(body, true) : NULL;
    cJSON *answer = step(sandbox, &push, "/rechargeSettle", body);
    if (again != NULL && push != NULL) {
        cJSON_Delete(answer);
        answer = step(sandbox, &push, "/rechargeSettle", again);
    } else {
        cJSON_Delete(again);
    }
    bool unsure = !is_good(answer) || strcmp(message_get(answer, "result"), "exp") == 0;
    if (unsure && push != NULL) {
        cJSON_Delete(answer);
        body = asker(push);
        cJSON_AddStringToObject(body, "org_trace_no", push->med_org_ord);
        answer = step(sandbox, &push, "/querySettleResult", body);
    }
    bool settled = is_settled(answer);
    if (push != NULL && settled) {
        text_set(push->order_status, NO_SIZE, "MERCHANT_PAID");
        text_set(push->call_sn, NO_SIZE, message_get(answer, "call_sn"));
        push->paid_ms = sandbox_now_ms(sandbox);
        push->own_fen = split->own_fen;
    } else if (push != NULL) { /* what was taken goes back */
        text_set(push->order_status, NO_SIZE, "MERCHANT_CLOSED");
    }
    cJSON_Delete(answer);
    return settled ? NULL : "ORG_003: the hospital did not settle";
}

/* The upload that the message named; NULL: it named none, or the portal makes its own. */
static struct order *named_order(struct sandbox *sandbox, const struct push *push) {
    if (push->pay_ord_id[0] == '\0' || sandbox->settings.portal_uploads)
        return NULL;
    return ROWS_FIND(&sandbox->books.orders, order, pay_ord_id, push->pay_ord_id);
}

/* What the centre settles for the portal: 2.2 and 2.3 are its own routes', the portal tells. */
static void settle_named(struct sandbox *sandbox, struct order *order, const struct split *split) {
    order->fund_fen = split->fund_fen;
    order->account_fen = split->account_fen;
    order->own_fen = split->own_fen;
    order->settled_ms = sandbox_now_ms(sandbox);
    order->state = 6;
}

/* By the upload that was named, or without one; what the hospital does not take goes back there. */
static const char *settle_at_centre(struct sandbox *sandbox, struct push *push, const cJSON *bill,
                                    const struct split *split) {
    char pay_ord_id[NO_SIZE];
    struct order *order = named_order(sandbox, push);
    text_set(pay_ord_id, NO_SIZE, push->pay_ord_id);
    if (order != NULL)
        settle_named(sandbox, order, split);
    if (order != NULL && sandbox->settings.portal_tells_nobody)
        return NULL;
    const char *wrong = settle(sandbox, push, bill, split);
    if (order != NULL)
        order = ROWS_FIND(&sandbox->books.orders, order, pay_ord_id, pay_ord_id);
    if (order != NULL && wrong != NULL)
        order->state = 7;
    return wrong;
}

static const char *pay_bill(struct sandbox *sandbox, struct push *push, const cJSON *bill) {
    int64_t amount_fen = 0;
    yuan_read(message_get(bill, "medfee_sumamt"), &amount_fen);
    if (amount_fen != push->amount_fen)
        return "ORG_002: another amount than was pushed";
    const struct order *named = named_order(sandbox, push);
    if (named != NULL && named->state > 1)
        return "payOrdId: the upload is not open";
    struct split split = split_of(push, bill, amount_fen);
    split.fee_fen += sandbox->settings.portal_more_fen;
    split.own_fen += sandbox->settings.portal_more_fen;
    sandbox_number(sandbox, "TR", push->trace_id);
    sandbox_number(sandbox, "AMP", push->amp_trace_id);
    cJSON *body = claim(push, bill, &split);
    add_preorder(body, &split);
    cJSON *answer = step(sandbox, &push, "/orgPreorder", body);
    bool good = is_settled(answer);
    cJSON_Delete(answer);
    if (push == NULL || !good)
        return "ORG_007: refused";
    return settle_at_centre(sandbox, push, bill, &split);
}

const char *portal_act(struct sandbox *sandbox, const char *med_org_ord, const char *act) {
    const struct rows *pushes = &sandbox->books.pushes;
    struct push *push = ROWS_FIND(pushes, push, med_org_ord, med_org_ord);
    if (med_org_ord[0] == '\0' && pushes->count > 0)
        push = pushes->at[pushes->count - 1];
    if (push == NULL || strcmp(push->order_status, "MERCHANT_WAIT_PAY") != 0)
        return "medOrgOrd: nothing to pay was pushed";
    if (strcmp(act, "cancel") == 0) {
        text_set(push->order_status, NO_SIZE, "MERCHANT_CLOSED");
        return NULL;
    }
    if (strcmp(act, "pay") != 0)
        return "act: expected pay or cancel";
    cJSON *answer = step(sandbox, &push, "/queryAccount", asker(push));
    bool known = is_good(answer);
    cJSON_Delete(answer);
    if (push == NULL || !known)
        return "ORG_001: no such patient";
    answer = step(sandbox, &push, "/queryUnsettleList", asker(push));
    const cJSON *bill = push == NULL ? NULL : find_row(answer, push->med_org_ord);
    const char *wrong =
        bill == NULL ? "ORG_002: the bill is not there" : pay_bill(sandbox, push, bill);
    cJSON_Delete(answer);
    return wrong;
}
