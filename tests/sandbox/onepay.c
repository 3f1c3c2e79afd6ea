/* onepay: one address, twenty transaction types, the frame of every answer. */
#include "tests/sandbox/onepay.h"

#include <string.h>

#define AT ONEPAY_PATH
static const struct operation types[] = {
    {"onepay.hop.trade.setinfo", AT, hop_setinfo_rules, hop_setinfo},
    {"onepay.hop.account.info", AT, hop_account_rules, hop_account},
    {"onepay.hop.trade.recharge", AT, hop_recharge_rules, hop_recharge},
    {"onepay.hop.trade.recharge.close", AT, hop_close_rules, hop_close},
    {"onepay.hop.trade.refund", AT, hop_refund_rules, hop_refund},
    {"onepay.hop.trade.recpay", AT, hop_recpay_rules, hop_recpay},
    {"onepay.hop.trade.query", AT, hop_query_rules, hop_query},
    {"onepay.hop.face.query", AT, hop_face_rules, hop_face},
    {"onepay.hop.esccard.auth.qr", AT, hop_authorise_rules, hop_authorise},
    {"onepay.hop.trade.pay.cancel", AT, hop_cancel_rules, hop_cancel},
    {"onepay.portal.wb.queryAccount", AT, hop_wristband_rules, hop_wristband},
    {"onepay.portal.wb.getWristbandCode", AT, hop_code_rules, hop_make_code},
    {"onepay.portal.wb.cancelQrCode", AT, hop_wristband_rules, hop_cancel_code},
    {"onepay.hop.inpatient.msg.overpay", AT, hop_overpay_rules, hop_notice},
    {"onepay.hop.inpatient.msg.bill", AT, hop_bill_rules, hop_notice},
    {"onepay.hop.inpatient.msg.outDepart", AT, hop_depart_rules, hop_notice},
    {"onepay.hop.inpatient.msg.outHosp", AT, hop_hosp_rules, hop_notice},
    {"onepay.hop.inpatient.msg.common", AT, hop_common_rules, hop_notice},
    {"onepay.hop.mmpay.msg.push", AT, hop_push_rules, hop_push},
    {"onepay.hop.mmpay.push.drug", AT, hop_drug_rules, hop_push},
    {NULL, NULL, NULL, NULL},
};
/* What names no type that there is: answered all the same. */
static const struct operation nothing = {"onepay.nothing", AT, NULL, NULL};

const struct operation *hop_operation(const cJSON *request) {
    const char *type = message_get(request, "transType");
    for (const struct operation *o = types; o->name != NULL; o++)
        if (strcmp(o->name + strlen("onepay."), type) == 0)
            return o;
    return &nothing;
}

/* The code of a complaint about a member. */
static const char *code_of(const char *complaint) {
    static const struct {
        const char *expected, *code;
    } codes[] = {{"expected a value of", ONEPAY_INVALID},   {"expected a value", ONEPAY_MISSING},
                 {"expected a shorter", ONEPAY_TOO_LONG},   {"expected yuan", ONEPAY_BAD_AMOUNT},
                 {"expected an amount", ONEPAY_BAD_AMOUNT}, {"fewer digits", ONEPAY_BAD_AMOUNT}};
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++)
        if (strstr(complaint, codes[i].expected) != NULL)
            return codes[i].code;
    return ONEPAY_INVALID;
}

static void run_opened(struct sandbox *sandbox, const struct operation *operation,
                       const cJSON *param, struct reply *reply) {
    if (param == NULL)
        reply_refuse(reply, ONEPAY_BAD_SIGN, "验签失败");
    else if (!cJSON_IsObject(param))
        reply_refuse(reply, ONEPAY_NO_FORM, "请求格式非法");
    else if (!message_check(param, operation->rules, reply->msg))
        reply->code = code_of(reply->msg);
    else
        operation->run(sandbox, param, reply);
}

static void run_type(struct sandbox *sandbox, const struct operation *operation,
                     const cJSON *request, struct reply *reply) {
    const char *type = message_get(request, "transType");
    if (!cJSON_IsObject(request))
        reply_refuse(reply, request == NULL ? ONEPAY_EMPTY : ONEPAY_NO_FORM, "请求报文为空");
    else if (strcmp(message_get(request, "appId"), sandbox->options.onepay_appid) != 0)
        reply_refuse(reply, ONEPAY_BAD_APPID, "应用编号非法");
    else if (operation->run == NULL)
        reply_refuse(reply, type[0] == '\0' ? ONEPAY_NO_TYPE : ONEPAY_BAD_TYPE, "未知交易类型");
    else {
        reply->type = type;
        cJSON *param = hop_unseal(sandbox, request);
        run_opened(sandbox, operation, param, reply);
        cJSON_Delete(param);
    }
}

cJSON *hop_answer(struct sandbox *sandbox, const struct operation *operation,
                  const cJSON *request) {
    struct reply reply = {.code = ONEPAY_GOOD, .msg = "处理成功"};
    run_type(sandbox, operation, request, &reply);
    cJSON *answer = cJSON_CreateObject();
    cJSON_AddStringToObject(answer, "respCode", reply.code);
    cJSON_AddStringToObject(answer, "respMsg", reply.msg);
    if (reply.body != NULL)
        cJSON_AddItemToObject(answer, "param", reply.body);
    cJSON *sealed = hop_seal(sandbox, request, answer);
    cJSON_Delete(answer);
    return sealed;
}
