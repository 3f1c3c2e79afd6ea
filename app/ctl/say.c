#include "app/ctl/say.h"

#include <stdio.h>
#include <string.h>

#include "app/journal/journal.h"

struct phrase {
    const char *zh, *en;
};

static const struct phrase notes[NOTE_COUNT] = {
    [NOTE_OPENED] = {"已开单", "opened"},
    [NOTE_PLACED] = {"支付已下单", "payment placed"},
    [NOTE_PAID] = {"已支付", "paid"},
    [NOTE_DECLINED] = {"支付被拒绝", "payment declined"},
    [NOTE_CLOSING] = {"准备关闭支付", "closing the payment"},
    [NOTE_NOT_CLOSED] = {"平台未关闭, 继续查询", "not closed, asked on"},
    [NOTE_CLOSED] = {"支付已关闭", "payment closed"},
    [NOTE_PAID_LATE] = {"关闭后到账, 将退回", "paid after closing, to be returned"},
    [NOTE_RETURNED] = {"款项已退回", "money returned"},
    [NOTE_CREDITING] = {"准备通知医院入账", "about to credit at the hospital"},
    [NOTE_CREDITED] = {"医院已入账", "credited at the hospital"},
    [NOTE_CREDIT_UNKNOWN] = {"医院未答复, 正在查询", "no answer from the hospital, asking"},
    [NOTE_REVERSING] = {"医院未入账, 准备退款", "not credited, about to be returned"},
    [NOTE_REFUND_SENDING] = {"准备发送退款", "about to send the refund"},
    [NOTE_REFUND_UNKNOWN] = {"退款无答复, 正在查询", "refund unanswered, asking"},
    [NOTE_REFUNDED] = {"已退款", "refunded"},
    [NOTE_REFUND_REFUSED] = {"退款被拒绝", "refund refused"},
    [NOTE_UNCREDITING] = {"准备向医院撤销入账", "about to take the credit back"},
    [NOTE_CASE] = {"需人工处理", "a person must decide"},
    [NOTE_RESOLVED] = {"人工处理完毕", "a person decided"},
    [NOTE_RESUMED] = {"重启后继续", "taken up again after a restart"},
    [NOTE_PRINTED] = {"凭条打印", "receipt printed"},
    [NOTE_WATCH_ENDED] = {"迟到款项观察结束", "late money is no longer watched for"},
    [NOTE_TAKEN_ELSEWHERE] = {"医院已在别处撤销入账",
                              "the hospital took the credit back elsewhere"},
    [NOTE_PROVEN] = {"医院账单证实入账", "the hospital's books prove the credit"},
    [NOTE_RENUMBERED] = {"医院给账单换了新号", "the hospital gave the bill a new number"},
    [NOTE_ASKED] = {"应人工要求立即查询", "asked about because somebody wanted it"},
    [NOTE_PUSHING] = {"费用已上传, 即将推送到手机", "uploaded: the message to the phone leaves"},
    [NOTE_PUSHED] = {"已推送到手机", "the message is on the phone"},
    [NOTE_NOT_PUSHED] = {"未推送到手机", "the message did not reach the phone"},
    [NOTE_STRANDED] = {"自付部分已付, 医保未成", "the own part is paid, the insurance failed"},
    [NOTE_PLACING] = {"即将在 POS 上刷卡", "the sale leaves to the pinpad"},
    [NOTE_OWN_DUE] = {"医保部分已结算, 自付部分待付",
                      "the insurance has settled its part, the own part is to be paid"},
    [NOTE_OWN_CHOSEN] = {"已选择自付部分的支付方式", "how the own part is paid is chosen"},
    [NOTE_SHIFT_ENDED] = {"此后交班", "a shift ended after it"},
    [NOTE_UNPAID] = {"关单后查询：未付款", "asked about after the close: nobody has paid"},
};

static const struct phrase order_states[ORDER_STATE_COUNT] = {
    [ORDER_OPENING] = {"开单", "opening"},
    [ORDER_WAITING] = {"待支付", "waiting for payment"},
    [ORDER_CLOSING] = {"关闭中", "closing"},
    [ORDER_CLOSED] = {"未支付, 已关闭", "closed, not paid"},
    [ORDER_DECLINED] = {"未支付, 被拒绝", "declined, not paid"},
    [ORDER_CREDITING] = {"已支付, 入账中", "paid, being credited"},
    [ORDER_CREDITED] = {"已入账", "credited"},
    [ORDER_RETURNING] = {"退款中", "being returned"},
    [ORDER_RETURNED] = {"已退回", "returned"},
    [ORDER_PARTLY] = {"部分入账, 其余退回", "partly credited, the rest returned"},
    [ORDER_CASE] = {"需人工处理", "a person must decide"},
};

static const struct phrase leg_states[] = {
    [LEG_NEW] = {"新建", "new"},
    [LEG_DUE] = {"自付部分待付", "the own part, to be paid"},
    [LEG_PLACING] = {"下单中", "being placed"},
    [LEG_PLACE_UNKNOWN] = {"下单结果未知", "placed or not: unknown"},
    [LEG_WAITING] = {"待支付", "waiting for payment"},
    [LEG_PUSHED] = {"已推送到手机", "a message on the patient's phone"},
    [LEG_PAID] = {"已支付", "paid"},
    [LEG_DECLINED] = {"被拒绝", "declined"},
    [LEG_CLOSING] = {"关闭中", "closing"},
    [LEG_CLOSED] = {"已关闭", "closed"},
    [LEG_PAID_AFTER_CLOSE] = {"关闭后到账", "paid after closing"},
    [LEG_RETURNED] = {"已退回", "returned"},
    [LEG_CASE] = {"需人工处理", "a person must decide"},
};

static const struct phrase claim_states[] = {
    [CLAIM_WAITING] = {"等待支付", "waits for the money"},
    [CLAIM_CHECKING] = {"核对账单", "bill being checked"},
    [CLAIM_CREDITING] = {"入账中", "being credited"},
    [CLAIM_CREDIT_UNKNOWN] = {"入账结果未知", "credited or not: unknown"},
    [CLAIM_DONE] = {"已入账", "credited"},
    [CLAIM_REVERSING] = {"退款中", "being returned"},
    [CLAIM_REVERSED] = {"已退回", "returned"},
    [CLAIM_VOID] = {"未支付", "not paid"},
    [CLAIM_UNCREDITING] = {"撤销入账中", "credit being taken back"},
    [CLAIM_REFUNDED] = {"已退费", "refunded"},
    [CLAIM_CASE] = {"需人工处理", "a person must decide"},
};

static const struct phrase resolutions[] = {
    [RESOLUTION_NONE] = {"未说明", "it is not said how"},
    [RESOLUTION_CREDITED] = {"已人工入账", "credited by hand"},
    [RESOLUTION_RETURNED] = {"已人工退款", "given back by hand"},
    [RESOLUTION_IN_ORDER] = {"核对无误", "nothing is missing"},
    [RESOLUTION_NO_MONEY] = {"没有收到款", "no money was ever paid"},
    [RESOLUTION_OTHER] = {"其他", "otherwise"},
};
static const struct phrase refund_states[] = {
    [REFUND_NEW] = {"新建", "new"},
    [REFUND_SENDING] = {"发送中", "being sent"},
    [REFUND_UNKNOWN] = {"结果未知", "refunded or not: unknown"},
    [REFUND_DONE] = {"已退款", "refunded"},
    [REFUND_REFUSED] = {"被拒绝", "refused"},
    [REFUND_CASE] = {"需人工处理", "a person must decide"},
};

static const struct phrase case_reasons[CASE_REASON_COUNT] = {
    [CASE_NONE] = {"", ""},
    [CASE_CREDIT_UNKNOWN] = {"已支付, 医院始终未答复是否入账",
                             "paid; the hospital never said whether it credited"},
    [CASE_CREDIT_CONTRADICTS] = {"医院的入账信息与已知不符",
                                 "the hospital's credit contradicts what is known"},
    [CASE_REFUND_REFUSED] = {"退款被明确拒绝", "the refund was refused"},
    [CASE_REFUND_UNCONFIRMED] = {"已申请退款, 未获确认", "refunded, unconfirmed"},
    [CASE_AMOUNT_MISMATCH] = {"平台支付金额与应付不符", "another amount was paid than was asked"},
    [CASE_PAYMENT_UNKNOWN] = {"平台始终未答复是否支付", "whether money came was never answered"},
    [CASE_UNCREDITED_NOT_REFUNDED] = {"医院已撤销入账, 平台未退款",
                                      "taken back at the hospital, not returned by the platform"},
    [CASE_NO_ACT] = {"本版本无法处理此状态", "this version has no act for the state"},
    [CASE_UNREADABLE] = {"记录已损坏, 无法读取", "its rows cannot be read"},
    [CASE_CREDIT_UNPROVEN] = {"医院显示已入账, 始终无法证实是本机的",
                              "settled at the hospital, never proved to be ours"},
    [CASE_HALF_SETTLED] = {"医保或自费部分已结算, 整单始终未完成",
                           "the insurance or the own part is settled, not the whole"},
    [CASE_ABNORMAL] = {"平台称该支付异常, 或前后说法不一",
                       "the platform calls it abnormal, or contradicts itself"},
    [CASE_CREDITED_TWICE] = {"同一账单或同一医院流水号已记在另一笔付款上",
                             "its bill or its receipt stands on another payment too"},
    [CASE_SPLIT_WRONG] = {"医保称已结算, 各方支付金额对不上",
                          "settled, says the insurance, and who pays what does not add up"},
};

static const struct phrase services[SERVICE_COUNT] = {
    [SERVICE_NONE] = {"", ""},
    [SERVICE_BILLS] = {"缴费", "bills"},
    [SERVICE_DEPOSIT] = {"预交金", "deposit"},
    [SERVICE_REFUND] = {"退费", "refund"},
    [SERVICE_RECORDS] = {"查询", "records"},
};

static const struct phrase channels[CHANNEL_COUNT] = {
    [CHANNEL_NONE] = {"", ""},
    [CHANNEL_WECHAT] = {"微信", "WeChat"},
    [CHANNEL_ALIPAY] = {"支付宝", "Alipay"},
    [CHANNEL_UNIONPAY] = {"云闪付", "UnionPay"},
    [CHANNEL_PHONE] = {"付款码", "phone code"},
    [CHANNEL_CARD] = {"银行卡", "bank card"},
    [CHANNEL_ONE] = {"一码付", "one code"},
    [CHANNEL_INSURANCE] = {"医保", "insurance"},
};

static const struct {
    const char *outcome;
    struct phrase first, again;
} prints[] = {
    {"done", {"凭条已打印", "receipt printed"}, {"凭条已补打", "receipt printed again"}},
    {"failed",
     {"凭条打印失败", "receipt not printed"},
     {"凭条补打失败", "receipt not printed again"}},
    {"unknown",
     {"凭条打印结果未知", "receipt printed or not: unknown"},
     {"凭条补打结果未知", "receipt printed again or not: unknown"}},
};

static const struct phrase words[SAY_COUNT] = {
    [SAY_ORDER] = {"订单", "order"},
    [SAY_PERSON] = {"患者", "patient"},
    [SAY_PAYMENT] = {"支付", "payment"},
    [SAY_SEEN] = {"平台金额", "the platform says"},
    [SAY_FUNDS] = {"医保基金", "funds"},
    [SAY_ACCOUNT] = {"个人账户", "account"},
    [SAY_OWN] = {"个人自付", "own part"},
    [SAY_CREDIT] = {"入账", "credit"},
    [SAY_REFUND] = {"退款", "refund"},
    [SAY_CASE] = {"待办", "case"},
    [SAY_HISTORY] = {"经过", "history"},
    [SAY_PAID] = {"已付", "paid"},
    [SAY_CREDITED] = {"已入账", "credited"},
    [SAY_RETURNED] = {"已退回", "returned"},
    [SAY_IN_CASES] = {"待处理", "in cases"},
    [SAY_OPEN] = {"未处理", "open"},
    [SAY_TAKEN_ELSEWHERE] = {"医院已在别处撤销入账",
                             "the hospital has taken the credit back, not for this terminal"},
    [SAY_UNPROVEN] = {"医院显示已入账, 未证实是本机的",
                      "settled at the hospital, not proved to be ours"},
    [SAY_RESOLVED] = {"已处理", "resolved"},
    [SAY_BY] = {"经办", "by"},
    [SAY_DECIDED] = {"其中已处理", "of which decided"},
    [SAY_SUM] = {"合计", "sum"},
    [SAY_NOTHING] = {"没有记录", "nothing found"},
    [SAY_UNREADABLE] = {"无法读取", "cannot be read"},
};

static const char *in_language(enum language language, const struct phrase *phrases, size_t count,
                               int n) {
    if (n < 0 || (size_t)n >= count)
        return "?";
    return language == LANGUAGE_EN ? phrases[n].en : phrases[n].zh;
}
#define PICK(list, n) in_language(language, list, sizeof list / sizeof *list, (int)(n))

const char *say_note(enum language language, const char *note) {
    for (int i = 0; i < NOTE_COUNT; i++)
        if (!strcmp(note_name((enum note)i), note))
            return PICK(notes, i);
    return note;
}

const char *say_order_state(enum language language, enum order_state state) {
    return PICK(order_states, state);
}

const char *say_leg_state(enum language language, enum leg_state state) {
    return PICK(leg_states, state);
}

const char *say_claim_state(enum language language, enum claim_state state) {
    return PICK(claim_states, state);
}

const char *say_refund_state(enum language language, enum refund_state state) {
    return PICK(refund_states, state);
}

const char *say_resolution(enum language language, enum resolution how) {
    return PICK(resolutions, how);
}

const char *say_case_reason(enum language language, enum case_reason reason) {
    return PICK(case_reasons, reason);
}

const char *say_service(enum language language, enum service service) {
    return PICK(services, service);
}

const char *say_channel(enum language language, enum channel channel) {
    return PICK(channels, channel);
}

const char *say_printed(enum language language, const char *outcome, bool reprint) {
    for (size_t i = 0; i < sizeof prints / sizeof *prints; i++)
        if (!strcmp(prints[i].outcome, outcome))
            return in_language(language, reprint ? &prints[i].again : &prints[i].first, 1, 0);
    return outcome;
}

const char *say_heading(enum language language, enum say_word word) {
    return PICK(words, word);
}

char *say_money(struct fen amount, char out[SAY_MONEY_SIZE]) {
    char text[MONEY_TEXT_SIZE];
    snprintf(out, SAY_MONEY_SIZE, "¥%s", money_format(amount, text));
    return out;
}
