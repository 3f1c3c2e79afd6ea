/* onepay's return codes: their words, and what each means for the money. Exact codes come before
 * whole groups; what no row names decides nothing and is asked about. */
#include <string.h>

#include "app/platform/onepay/onepay.h"

static const struct {
    const char *code, *zh, *en;
} words[] = {
    {"000000", "处理成功", "done"},
    {"999999", "未知错误", "unknown error"},
    {"000001", "报文加解密失败", "the message could not be encrypted or decrypted"},
    {"000002", "验签失败", "the signature is wrong"},
    {"000003", "请求报文为空", "the request is empty"},
    {"000004", "请求格式非法", "the request has no valid form"},
    {"010001", "交易类型为空", "the transaction type is missing"},
    {"010002", "未知交易类型", "unknown transaction type"},
    {"010003", "应用编号为空", "the application id is missing"},
    {"010004", "应用编号非法", "the application id is not valid"},
    {"010005", "应用密钥非法", "the application secret is not valid"},
    {"010006", "请求时间戳为空", "the time stamp is missing"},
    {"010007", "支付参数非法", "payment parameters are not valid"},
    {"010008", "支付参数为空", "payment parameters are missing"},
    {"010009", "返回类型非法", "the return type is not valid"},
    {"010010", "退款参数非法", "refund parameters are not valid"},
    {"010011", "退款参数为空", "refund parameters are missing"},
    {"010012", "关闭参数非法", "close parameters are not valid"},
    {"010013", "关闭参数为空", "close parameters are missing"},
    {"020000", "参数不合法", "a parameter is not valid"},
    {"020001", "参数不能为空", "a parameter is missing"},
    {"020002", "参数超过限定长度", "a parameter is too long"},
    {"020003", "金额非法", "the amount is not valid"},
    {"020004", "商户支付流水号为空", "the payment number is missing"},
    {"020005", "订单号长度过长", "the order number is too long"},
    {"020006", "支付渠道为空", "the payment channel is missing"},
    {"020007", "支付渠道非法", "the payment channel is not valid"},
    {"020008", "页面跳转地址 returnUrl 为空", "returnUrl is missing"},
    {"020009", "扩展参数 openId 为空", "extra.openId is missing"},
    {"020010", "扩展参数 authCode 为空", "extra.authCode is missing"},
    {"020011", "日期参数非法", "a date is not valid"},
    {"020012", "商户关闭流水号为空", "the close number is missing"},
    {"020013", "商户退款流水号为空", "the refund number is missing"},
    {"020014", "扩展参数 posTrans 不合法", "extra.posTrans is not valid"},
    {"030001", "流水号重复", "the number was used before"},
    {"030002", "原订单流水不存在", "there is no such payment"},
    {"030003", "原退款流水不存在", "there is no such refund"},
    {"031001", "用户信息为空", "the person is missing"},
    {"031002", "用户 ID 为空", "the person's id is missing"},
    {"031003", "用户非法", "the person is not valid"},
    {"032001", "该应用不支持此渠道", "this application does not have the channel"},
    {"032002", "渠道交易失败", "the channel's transaction failed"},
    {"033001", "订单已支付", "the payment is paid"},
    {"033002", "订单未支付成功", "the payment is not paid"},
    {"033003", "需要用户输入支付密码", "the patient must enter the payment password"},
    {"034001", "退款金额超过订单可退金额", "more than can be returned of the payment"},
    {"034002", "已退款成功", "already returned"},
    {"034003", "卖家余额不足", "the merchant's balance does not suffice"},
    {"034004", "参数无效", "a parameter is not valid"},
    {"034005", "退款金额超限", "the refund's amount is above the limit"},
    {"034006", "交易不存在", "there is no such transaction"},
    {"034007", "交易非法", "the transaction is not valid"},
    {"034008", "退款金额无效", "the refund's amount is not valid"},
    {"034009", "当前交易不允许退款", "the transaction cannot be returned"},
    {"034010", "交易退款金额有误", "the refund's amount is wrong"},
    {"035001", "已关闭成功", "already closed"},
    {"039001", "处理失败, 详见异常", "failed, see the exception"},
    {"040004", "调用预交金失败", "the deposit account could not be asked"},
    {"040007", "原交易未成功", "the payment did not succeed"},
    {"040008", "原充值流水不存在", "there is no such recharge"},
    {"040017", "预退款成功, 转账成功, 确认退款结果操作失败, 异常情况, 需要人工处理",
     "prepared and returned, but not confirmed at the hospital: a person must decide"},
    {"040018", "预退款成功, 转账失败, 整笔退款交易为失败",
     "prepared, but not returned: the refund failed"},
    {"040023", "HIS 退费成功, 平台退款失败, 需要人工处理",
     "the hospital took it back, the platform did not return it: a person must decide"},
    {"040036", "调用 HIS 退款成功, 调用银企退款失败, 属于异常情况",
     "the hospital took it back, the bank did not return it: a person must decide"},
    {"040037", "调用 HIS 退款成功, 正在进行银企退款交易",
     "the hospital took it back, the bank is returning it"},
    {"040038", "该笔订单正在交易, 请稍候查询交易结果", "under way, ask again later"},
    {"040040", "支付网关退款异常, 交易状态未知, 需人工处理",
     "the gateway does not know what became of the refund"},
    {"040041", "his 预退款结果未知", "it is not known whether the hospital prepared the refund"},
    {"044003", "退款请求太过频繁, 请稍后再试", "too many refund requests, try again later"},
    {"055001", "处理失败, 详见异常", "failed, see the exception"},
    {"060004", "支付宝退款系统异常", "Alipay's refund system has an exception"},
    {"090001", "应用未设置支付成功回调地址",
     "the application has no address to call after a payment"},
    {"090002", "应用未设置退款成功回调地址",
     "the application has no address to call after a refund"},
    {"090003", "配置回调地址为空", "the configured address to call is empty"},
    /* The library's own. */
    {"-3", "返回数据无法读取或验签失败", "the answer cannot be read or verified"},
    {"-28", "等待超时, 结果未知", "no answer in time: the result is not known"},
    {"-1001", "输出缓冲区太小", "the output buffer is too small"},
    {"-1002", "收银服务不可用", "no service answers"},
};

const char *onepay_code_words(const char *code, enum language language) {
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (strcmp(words[i].code, code) == 0)
            return language == LANGUAGE_EN ? words[i].en : words[i].zh;
    return NULL;
}

/* A code, or the group of all that begin so. */
static const struct {
    const char *code;
    bool group;
    enum onepay_meaning pay, close, refund;
} meanings[] = {
    {"000000", false, ONEPAY_DONE, ONEPAY_DONE, ONEPAY_DONE},
    {"030001", false, ONEPAY_ASK, ONEPAY_ASK, ONEPAY_ASK},
    {"030002", false, ONEPAY_ASK, ONEPAY_ASK, ONEPAY_REFUSED},
    {"033001", false, ONEPAY_ASK, ONEPAY_REFUSED, ONEPAY_ASK},
    {"033003", false, ONEPAY_WAITS, ONEPAY_ASK, ONEPAY_ASK},
    {"034002", false, ONEPAY_ASK, ONEPAY_ASK, ONEPAY_DONE},
    {"035001", false, ONEPAY_ASK, ONEPAY_DONE, ONEPAY_ASK},
    {"040007", false, ONEPAY_ASK, ONEPAY_ASK, ONEPAY_REFUSED},
    {"040008", false, ONEPAY_ASK, ONEPAY_ASK, ONEPAY_REFUSED},
    {"040018", false, ONEPAY_ASK, ONEPAY_ASK, ONEPAY_REFUSED},
    {"040017", false, ONEPAY_ASK, ONEPAY_ASK, ONEPAY_PERSON},
    {"040023", false, ONEPAY_ASK, ONEPAY_ASK, ONEPAY_PERSON},
    {"040036", false, ONEPAY_ASK, ONEPAY_ASK, ONEPAY_PERSON},
    {"040037", false, ONEPAY_ASK, ONEPAY_ASK, ONEPAY_WAITS},
    {"040038", false, ONEPAY_ASK, ONEPAY_ASK, ONEPAY_WAITS},
    {"044003", false, ONEPAY_ASK, ONEPAY_ASK, ONEPAY_WAITS},
    {"032001", false, ONEPAY_REFUSED, ONEPAY_ASK, ONEPAY_ASK},
    {"0340", true, ONEPAY_ASK, ONEPAY_ASK, ONEPAY_REFUSED},
    {"031", true, ONEPAY_REFUSED, ONEPAY_ASK, ONEPAY_ASK},
    {"00", true, ONEPAY_REFUSED, ONEPAY_REFUSED, ONEPAY_REFUSED},
    {"01", true, ONEPAY_REFUSED, ONEPAY_REFUSED, ONEPAY_REFUSED},
    {"02", true, ONEPAY_REFUSED, ONEPAY_REFUSED, ONEPAY_REFUSED},
    {"09", true, ONEPAY_REFUSED, ONEPAY_ASK, ONEPAY_ASK},
};

#define CODE_LENGTH 6

enum onepay_meaning onepay_code_meaning(const char *code, enum onepay_act act) {
    for (size_t i = 0; i < sizeof meanings / sizeof meanings[0]; i++) {
        size_t length = meanings[i].group ? strlen(meanings[i].code) : CODE_LENGTH;
        if (strlen(code) != CODE_LENGTH || strncmp(code, meanings[i].code, length) != 0)
            continue;
        return act == ONEPAY_ACT_PAY     ? meanings[i].pay
               : act == ONEPAY_ACT_CLOSE ? meanings[i].close
                                         : meanings[i].refund;
    }
    return ONEPAY_ASK;
}

const char *onepay_fault_code(enum wire_fault fault) {
    switch (fault) {
    case WIRE_FAULT_MISSING:
        return "020001";
    case WIRE_FAULT_LENGTH:
        return "020002";
    case WIRE_FAULT_AMOUNT:
        return "020003";
    case WIRE_FAULT_DATE:
        return "020011";
    case WIRE_FAULT_VALUE:
        break;
    }
    return "020000";
}
