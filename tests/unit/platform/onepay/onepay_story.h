/* A whole message of each transaction type, and the configurations it is sent with. */
#ifndef HOPKIOSK_TESTS_ONEPAY_STORY_H
#define HOPKIOSK_TESTS_ONEPAY_STORY_H

#include <string.h>

#include "app/config/section.h"
#include "app/platform/onepay/onepay.h"
#include "app/wire/json.h"

#define ONEPAY_APPID "0123456789ABCDEF0123456789ABCDEF"
#define ONEPAY_SECRET "FEDCBA9876543210FEDCBA9876543210"

#define ASKER "\"operatorId\":\"001\",\"termNo\":\"K901\",\"operatorName\":\"张三\","
#define ACCOUNT "\"cardType\":\"03\",\"cardNo\":\"D12345678\",\"accountType\":\"02\","
#define INPATIENT                                                                                  \
    "\"inpatientNo\":\"123\",\"cardType\":\"03\",\"cardNo\":\"D1\",\"accountType\":\"02\","        \
    "\"contactNumber\":\"13800000000\",\"userName\":\"蔡某\",\"idNo\":\"350288888888888888\","   \
    "\"wardName\":\"急诊内科\",\"inpatientDate\":\"2019-07-18\""
#define COSTS ",\"bcbxf0\":\"0.00\",\"grzfe0\":\"11.00\",\"bcfyze\":\"22.00\",\"balance\":\"-0.98\""
#define PRESCRIPTION                                                                               \
    "\"cardNo\":\"D1\",\"contactNumber\":\"13800000000\",\"idNo\":\"1\",\"userName\":\"蔡某\","  \
    "\"userNo\":\"U1\",\"applyDepaName\":\"内科\",\"applyDoctorName\":\"李\","                  \
    "\"recipeTime\":\"20190718121742\",\"fee\":\"0.00\""

static const struct {
    const char *type, *members;
} onepay_whole[] = {
    {"hop.trade.setinfo", "{\"serveraddr\":\"http://10.10.10.110:1301/onepay-web/oneweb/oneapi\","
                          "\"appid\":\"A\",\"appsecret\":\"S\"}"},
    {"hop.account.info", "{" ASKER ACCOUNT "\"idNo\":\"350288888888888888\",\"notes\":\"\"}"},
    {"hop.trade.recharge",
     "{" ASKER ACCOUNT "\"hisCustId\":\"C1\",\"userName\":\"欧阳\",\"amount\":\"100.00\","
     "\"outChargeNo\":\"26112510101009010001\",\"depositType\":\"ALI_QR\",\"transNO\":\"7\","
     "\"extra\":{\"deskflak\":\"1\"}}"},
    {"hop.trade.recharge.close",
     "{" ASKER ACCOUNT "\"outChargeNo\":\"26112510101009010001\",\"closeReason\":\"x\"}"},
    {"hop.trade.refund",
     "{" ASKER ACCOUNT "\"amount\":\"0.01\",\"withdrawMode\":\"1\",\"refundType\":\"direct\","
     "\"traceNo\":\"T1\",\"outChargeNo\":\"N1\",\"outRefundNo\":\"R1\",\"hisCustId\":\"C1\","
     "\"tradeChannel\":\"WX_QR\",\"refundDeskMode\":\"1\"}"},
    {"hop.trade.recpay",
     "{" ASKER ACCOUNT "\"depositType\":\"ONE_QR\",\"rechargeAmount\":\"0\","
     "\"consumeAmount\":\"2.50\",\"outTradeNo\":\"N1\",\"hisCustId\":\"C1\",\"extra\":{"
     "\"patientType\":\"01\",\"examList\":[{\"wardDept\":\"W\",\"doctorCode\":\"D\","
     "\"phyExamNo\":\"P\",\"purchaseCode\":\"B\",\"itemNum\":\"2\",\"itemPrice\":\"1.25\","
     "\"totPrice\":\"1.25\",\"itemSeq\":\"1\",\"itemName\":\"体检\"}],"
     "\"medicalParam\":{\"mz1sh0\":\"1\"}}}"},
    {"hop.trade.query",
     "{" ASKER ACCOUNT "\"tradeType\":\"hop.trade.recharge\",\"traceNo\":\"T1\"}"},
    {"hop.face.query", "{" ASKER "\"Business_type\":\"01\",\"CardListType\":\"2\","
                       "\"outTradeNo\":\"F1\",\"extra\":\"\"}"},
    {"hop.esccard.auth.qr",
     "{\"outAuthorizeNo\":\"A1\",\"outAuthorizeTime\":\"20190718121742\",\"operatorId\":\"001\","
     "\"operatorName\":\"张三\",\"treatmentCode\":\"010105\"}"},
    {"hop.trade.pay.cancel",
     "{\"operatorId\":\"001\",\"operatorName\":\"张三\",\"accountType\":\"01\","
     "\"withdrawMode\":\"1\",\"outTradeNo\":\"N1\",\"hisCustId\":\"C1\",\"outCancelNo\":\"R1\","
     "\"amount\":\"1.00\",\"extra\":{\"phyExamNo\":\"P\",\"purchaseNo\":\"B\"}}"},
    {"portal.wb.queryAccount", "{\"key\":\"WB1\"}"},
    {"portal.wb.getWristbandCode",
     "{\"cardType\":\"03\",\"cardNo\":\"D1\",\"idNo\":\"1\",\"idType\":\"1\","
     "\"operatorId\":\"001\",\"operatorName\":\"张三\",\"accountType\":\"02\","
     "\"hospName\":\"示范医院\",\"userName\":\"蔡某\"}"},
    {"portal.wb.cancelQrCode", "{\"key\":\"WB1\"}"},
    {"hop.inpatient.msg.overpay", "{" INPATIENT COSTS ",\"complementMoney\":\"0.98\"}"},
    {"hop.inpatient.msg.bill", "{" INPATIENT COSTS ",\"patientType\":\"00\","
                               "\"beginDate\":\"2019-07-18\",\"endDate\":\"2019-07-18\"}"},
    {"hop.inpatient.msg.outDepart", "{" INPATIENT ",\"patientType\":\"01\"}"},
    {"hop.inpatient.msg.outHosp", "{" INPATIENT COSTS "}"},
    {"hop.inpatient.msg.common",
     "{\"inpatientNo\":\"123\",\"contactNumber\":\"13800000000\",\"userName\":\"蔡某\","
     "\"idNo\":\"1\",\"keyword\":\"k\",\"first\":\"f\"}"},
    {"hop.mmpay.msg.push",
     "{" PRESCRIPTION ",\"cardType\":\"03\",\"accountType\":\"01\",\"feeType\":\"02\"}"},
    {"hop.mmpay.push.drug",
     "{" PRESCRIPTION ",\"voucherNo\":\"V\",\"hisReceiptNo\":\"H\",\"drugState\":\"init\","
     "\"first\":\"f\",\"remark\":\"r\",\"drugWindowNo\":\"9 号\"}"},
};
#define ONEPAY_TYPES (sizeof onepay_whole / sizeof onepay_whole[0])

static inline cJSON *onepay_tree(const char *text) {
    const char *error = NULL;
    return wire_parse(text, strlen(text), &error);
}

static inline cJSON *onepay_members(const char *type) {
    for (size_t i = 0; i < ONEPAY_TYPES; i++)
        if (strcmp(onepay_whole[i].type, type) == 0)
            return onepay_tree(onepay_whole[i].members);
    return NULL;
}

#endif
