/* onepay: refunds in the three ways of refundType, each step of which can be made to fail (fault
 * "fail" on onepay.refund.prepare, .his, .wallet, .confirm), and the reversal of an online
 * insurance settlement. */
#include <string.h>

#include "tests/sandbox/onepay.h"
#include "tests/sandbox/payment.h"
#include "tests/sandbox/value.h"

/* What comes of one try: the code, and what the refund is afterwards. */
struct outcome {
    const char *code, *why;
    enum refund_state state;
    bool money_back;
};

static bool step_fails(struct sandbox *sandbox, const char *step) {
    struct fault fault = faults_take(&sandbox->faults, step);
    cJSON_Delete(fault.body);
    return fault.kind == FAULT_FAIL;
}

static const struct outcome returned = {ONEPAY_GOOD, "处理成功", REFUND_DONE, true};

/* Nobody tells the HIS: the wallet alone. */
static struct outcome return_at_wallet(struct sandbox *sandbox) {
    if (step_fails(sandbox, "onepay.refund.wallet"))
        return (struct outcome){ONEPAY_POOR, "卖家余额不足", REFUND_FAILED, false};
    return returned;
}

/* The HIS first, then the wallet. */
static struct outcome return_directly(struct sandbox *sandbox, const struct payment *payment,
                                      int64_t fen) {
    if (step_fails(sandbox, "onepay.refund.prepare"))
        return (struct outcome){ONEPAY_PREPARE_UNKNOWN, "his 预退款结果未知", REFUND_EXCEPTION,
                                false};
    if (step_fails(sandbox, "onepay.refund.his") || !hop_unbook(sandbox, payment, fen))
        return (struct outcome){ONEPAY_NOT_ALLOWED, "当前交易不允许退款", REFUND_FAILED, false};
    if (step_fails(sandbox, "onepay.refund.wallet"))
        return (struct outcome){ONEPAY_HIS_BACK_ONLY, "HIS 退费成功, 平台退款失败, 需要人工处理!",
                                REFUND_EXCEPTION, false};
    return returned;
}

/* Prepared at the HIS, returned, confirmed at the HIS. What was prepared and not returned is
 * undone.
 */
static struct outcome return_in_steps(struct sandbox *sandbox, const struct payment *payment,
                                      int64_t fen) {
    if (step_fails(sandbox, "onepay.refund.prepare"))
        return (struct outcome){ONEPAY_PREPARE_UNKNOWN, "his 预退款结果未知", REFUND_EXCEPTION,
                                false};
    if (step_fails(sandbox, "onepay.refund.wallet"))
        return (struct outcome){ONEPAY_WALLET_FAILED, "预退款成功, 转账失败, 整笔退款交易为失败!",
                                REFUND_FAILED, false};
    if (step_fails(sandbox, "onepay.refund.confirm"))
        return (struct outcome){ONEPAY_CONFIRM_FAILED,
                                "预退款成功, 转账成功, 确认退款结果操作失败, 需要人工处理",
                                REFUND_EXCEPTION, true};
    if (!hop_unbook(sandbox, payment, fen))
        return (struct outcome){ONEPAY_NOT_ALLOWED, "当前交易不允许退款", REFUND_FAILED, false};
    return returned;
}

static struct outcome return_as(struct sandbox *sandbox, const char *refund_type,
                                const struct payment *payment, int64_t fen) {
    if (strcmp(refund_type, "hisDecide") == 0)
        return return_at_wallet(sandbox);
    return (strcmp(refund_type, "prepareAndConfirm") == 0 ? return_in_steps
                                                          : return_directly)(sandbox, payment, fen);
}

static void put_refund(const struct refund *refund, const struct payment *payment,
                       struct reply *reply) {
    cJSON *out = reply->body = cJSON_CreateObject();
    cJSON_AddStringToObject(out, "refundNo", refund->refund_no);
    cJSON_AddStringToObject(out, "outRefundNo", refund->request_no);
    cJSON_AddStringToObject(out, "traceNo", refund->out_refund_no);
    cJSON_AddStringToObject(out, "tradeMode", payment->trade_mode);
    put_time(out, "traceTime", refund->made_ms);
    if (refund->state == REFUND_DONE)
        put_yuan(out, "succAmount", refund->fee_fen);
}

static void try_refund(struct sandbox *sandbox, struct refund *refund, struct payment *payment,
                       struct reply *reply) {
    struct outcome outcome = return_as(sandbox, refund->refund_type, payment, refund->fee_fen);
    refund->state = outcome.state;
    refund->made_ms = sandbox_now_ms(sandbox);
    if (outcome.money_back)
        payment_return(payment, refund->fee_fen);
    if (strcmp(outcome.code, ONEPAY_GOOD) != 0)
        reply_refuse(reply, outcome.code, "%s", outcome.why);
    put_refund(refund, payment, reply);
}

struct way_back {
    const char *withdraw_mode, *refund_type;
};

/* Where no more is left than this, no more goes back: succAmount says how much. */
static struct refund *add_refund(struct sandbox *sandbox, const struct payment *payment,
                                 const char *no, int64_t fen, struct way_back way) {
    int64_t left = payment_refundable_fen(sandbox, payment);
    struct refund *refund = rows_add(&sandbox->books.refunds);
    text_set(refund->request_no, NO_SIZE, no);
    sandbox_number(sandbox, "RF", refund->refund_no);
    sandbox_number(sandbox, "TR", refund->out_refund_no);
    text_set(refund->payment_no, NO_SIZE, payment->payment_no);
    text_set(refund->withdraw_mode, sizeof refund->withdraw_mode, way.withdraw_mode);
    text_set(refund->refund_type, sizeof refund->refund_type, way.refund_type);
    refund->asked_fen = fen;
    refund->fee_fen = fen < left ? fen : left;
    refund->state = REFUND_FAILED;
    return refund;
}

/* The same number again is the same refund, by the same way: done it stays done, failed it is tried
 * again. */
static void refund_again(struct sandbox *sandbox, struct refund *refund, struct payment *payment,
                         int64_t fen, struct way_back way, struct reply *reply) {
    bool same = strcmp(refund->payment_no, payment->payment_no) == 0 && refund->asked_fen == fen &&
                strcmp(refund->withdraw_mode, way.withdraw_mode) == 0 &&
                strcmp(refund->refund_type, way.refund_type) == 0;
    if (!same) {
        reply_refuse(reply, ONEPAY_USED, "流水号重复");
    } else if (refund->state == REFUND_DONE) {
        reply_refuse(reply, ONEPAY_RETURNED, "已退款成功");
        put_refund(refund, payment, reply);
    } else if (refund->state == REFUND_EXCEPTION) {
        reply_refuse(reply, ONEPAY_BUSY, "该笔订单正在交易, 请稍候查询交易结果!");
    } else if (payment_refundable_fen(sandbox, payment) < refund->fee_fen) {
        reply_refuse(reply, ONEPAY_OVER, "退款金额超过订单可退金额");
    } else {
        try_refund(sandbox, refund, payment, reply);
    }
}

static void refund_payment(struct sandbox *sandbox, struct payment *payment, const char *no,
                           int64_t fen, struct way_back way, struct reply *reply) {
    struct refund *old = ROWS_FIND(&sandbox->books.refunds, refund, request_no, no);
    if (payment == NULL)
        reply_refuse(reply, ONEPAY_NO_PAYMENT, "原订单流水不存在");
    else if (!payment_was_paid(payment))
        reply_refuse(reply, ONEPAY_NOT_PAID, "原交易未成功");
    else if (old != NULL)
        refund_again(sandbox, old, payment, fen, way, reply);
    else if (payment_refundable_fen(sandbox, payment) <= 0)
        reply_refuse(reply, ONEPAY_OVER, "退款金额超过订单可退金额");
    else
        try_refund(sandbox, add_refund(sandbox, payment, no, fen, way), payment, reply);
}

static struct payment *payment_named(struct sandbox *sandbox, const char *no,
                                     const char *trace_no) {
    struct payment *payment = ROWS_FIND(&sandbox->books.payments, payment, payment_no, no);
    if (payment == NULL || !hop_is(payment))
        return NULL;
    bool same = trace_no == NULL || strcmp(payment->out_payment_no, trace_no) == 0;
    return same ? payment : NULL;
}

void hop_refund(struct sandbox *sandbox, const cJSON *param, struct reply *reply) {
    int64_t fen = 0;
    struct payment *payment =
        payment_named(sandbox, message_get(param, "outChargeNo"), message_get(param, "traceNo"));
    const char *channel = message_get(param, "tradeChannel");
    yuan_read(message_get(param, "amount"), &fen);
    if (payment != NULL && strcmp(channel, payment->channel_product) != 0 &&
        strcmp(channel, payment->trade_mode) != 0)
        payment = NULL;
    refund_payment(
        sandbox, payment, message_get(param, "outRefundNo"), fen,
        (struct way_back){message_get(param, "withdrawMode"), message_get(param, "refundType")},
        reply);
}

/* An empty amount is all of it; an empty refundType asks the HIS. */
void hop_cancel(struct sandbox *sandbox, const cJSON *param, struct reply *reply) {
    int64_t fen = 0;
    struct payment *payment = payment_named(sandbox, message_get(param, "outTradeNo"), NULL);
    const char *refund_type = message_get(param, "refundType");
    cJSON *extra = hop_extra(param);
    if (!yuan_read(message_get(param, "amount"), &fen) && payment != NULL)
        fen = payment->fee_fen;
    refund_payment(sandbox, payment, message_get(param, "outCancelNo"), fen,
                   (struct way_back){message_get(param, "withdrawMode"),
                                     refund_type[0] == '\0' ? "direct" : refund_type},
                   reply);
    if (reply->body != NULL && message_get(extra, "medCancelSn")[0] != '\0')
        cJSON_AddStringToObject(reply->body, "medCancelSn", message_get(extra, "medCancelSn"));
    cJSON_Delete(extra);
}

void hop_query_refund(struct sandbox *sandbox, const cJSON *param, struct reply *reply) {
    const char *trace_no = message_get(param, "traceNo");
    const struct refund *refund =
        trace_no[0] != '\0' ? ROWS_FIND(&sandbox->books.refunds, refund, out_refund_no, trace_no)
                            : ROWS_FIND(&sandbox->books.refunds, refund, request_no,
                                        message_get(param, "outTradeNo"));
    cJSON *out = reply->body = cJSON_CreateObject();
    const char *result = refund == NULL                    ? "notfound"
                         : refund->state == REFUND_DONE    ? "succ"
                         : refund->state == REFUND_FAILED  ? "fail"
                         : refund->state == REFUND_APPLIED ? "ing"
                                                           : "exp";
    cJSON_AddStringToObject(out, "result", result);
    if (refund == NULL)
        return;
    cJSON_AddStringToObject(out, "traceNo", refund->out_refund_no);
    cJSON_AddStringToObject(out, "origTraceNo", refund->out_refund_no);
    put_time(out, "origTraceTime", refund->made_ms);
}
