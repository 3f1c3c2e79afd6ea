/* onepay: its twenty transaction types. */
#include <string.h>

#include "app/platform/onepay/onepay.h"

/* All go to one address: transType says which it is. */
const struct wire_operation onepay_table[] = {
    {"hop.trade.setinfo", "", VERB_NONE, false, ONEPAY_NOTICE, onepay_fields_setinfo},
    {"hop.account.info", "", VERB_ACCOUNT, false, ONEPAY_ACCOUNT, onepay_fields_account},
    {"hop.trade.recharge", "", VERB_PLACE, true, ONEPAY_PAY, onepay_fields_recharge},
    {"hop.trade.recharge.close", "", VERB_CLOSE, true, ONEPAY_CLOSE, onepay_fields_close},
    {"hop.trade.refund", "", VERB_REFUND, true, ONEPAY_REFUND, onepay_fields_refund},
    {"hop.trade.recpay", "", VERB_PLACE, true, ONEPAY_PAY, onepay_fields_recpay},
    {"hop.trade.query", "", VERB_ASK, false, ONEPAY_QUERY, onepay_fields_query},
    {"hop.face.query", "", VERB_NONE, false, ONEPAY_NOTICE, onepay_fields_face},
    {"hop.esccard.auth.qr", "", VERB_NONE, false, ONEPAY_AUTHORISE, onepay_fields_authorise},
    {"hop.trade.pay.cancel", "", VERB_NONE, true, ONEPAY_REFUND, onepay_fields_cancel},
    {"portal.wb.queryAccount", "", VERB_NONE, false, ONEPAY_WRISTBAND, onepay_fields_wristband},
    {"portal.wb.getWristbandCode", "", VERB_NONE, false, ONEPAY_NOTICE,
     onepay_fields_wristband_code},
    {"portal.wb.cancelQrCode", "", VERB_NONE, false, ONEPAY_NOTICE, onepay_fields_wristband},
    {"hop.inpatient.msg.overpay", "", VERB_NONE, false, ONEPAY_NOTICE, onepay_fields_overpay},
    {"hop.inpatient.msg.bill", "", VERB_NONE, false, ONEPAY_NOTICE, onepay_fields_bill},
    {"hop.inpatient.msg.outDepart", "", VERB_NONE, false, ONEPAY_NOTICE, onepay_fields_out_depart},
    {"hop.inpatient.msg.outHosp", "", VERB_NONE, false, ONEPAY_NOTICE, onepay_fields_out_hosp},
    {"hop.inpatient.msg.common", "", VERB_NONE, false, ONEPAY_NOTICE, onepay_fields_common},
    {"hop.mmpay.msg.push", "", VERB_NONE, false, ONEPAY_PUSH, onepay_fields_push},
    {"hop.mmpay.push.drug", "", VERB_NONE, false, ONEPAY_PUSH, onepay_fields_push_drug},
    {0}};

static const struct {
    const char *type;
    const struct field *answer;
} answers[] = {{"hop.account.info", onepay_answer_account},
               {"hop.trade.recharge", onepay_answer_recharge},
               {"hop.trade.recharge.close", onepay_answer_close},
               {"hop.trade.refund", onepay_answer_refund},
               {"hop.trade.recpay", onepay_answer_recpay},
               {"hop.trade.query", onepay_answer_query},
               {"hop.face.query", onepay_answer_face},
               {"hop.esccard.auth.qr", onepay_answer_authorise},
               {"hop.trade.pay.cancel", onepay_answer_cancel},
               {"portal.wb.queryAccount", onepay_answer_wristband},
               {"portal.wb.getWristbandCode", onepay_answer_wristband_code},
               {"hop.mmpay.msg.push", onepay_answer_push},
               {"hop.mmpay.push.drug", onepay_answer_push}};

const struct field *onepay_answer(const char *type) {
    for (size_t i = 0; i < sizeof answers / sizeof answers[0]; i++)
        if (strcmp(answers[i].type, type) == 0)
            return answers[i].answer;
    return wire_operation_named(onepay_table, type) == NULL ? NULL : onepay_answer_none;
}
