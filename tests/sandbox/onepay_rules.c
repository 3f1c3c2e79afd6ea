/* onepay: what the requests hold, from the document's tables. */
#include "tests/sandbox/onepay.h"

#define CARDS "01|02|03|04|05|06|07|08|09|10"
#define ACCOUNTS "01|02"
#define CHANNELS                                                                                   \
    "CASH|POS|ONE_QR|ONE_BAR|ALI_QR|ALI_BAR|ALI_APP|ALI_WEB|ALI_WAP|WX_QR|WX_PUB|WX_BAR|ALI_PUB|"  \
    "JHLK_QR|ICBC_QR|CCB_QR|ALI_FACE|UP_QR|UP_BAR"
#define REFUNDS "direct|hisDecide|prepareAndConfirm"
#define MUST(name, length)                                                                         \
    { name, RULE_TEXT, length, true, NULL }
#define MAY(name, length)                                                                          \
    { name, RULE_TEXT, length, false, NULL }
#define OF(name, length, choices)                                                                  \
    { name, RULE_TEXT, length, true, choices }
#define MAY_OF(name, length, choices)                                                              \
    { name, RULE_TEXT, length, false, choices }
#define MONEY(name)                                                                                \
    { name, RULE_AMOUNT, 13, true, NULL }
#define COST(name)                                                                                 \
    { name, RULE_YUAN, 16, true, NULL }
#define DAY(name)                                                                                  \
    { name, RULE_DATE, 10, true, NULL }
#define END                                                                                        \
    { NULL, RULE_END, 0, false, NULL }
#define ASKER MUST("operatorId", 30), MUST("termNo", 50), MUST("operatorName", 50)
#define ACCOUNT OF("cardType", 2, CARDS), MUST("cardNo", 32), OF("accountType", 2, ACCOUNTS)
#define ANYTHING 4000

const struct rule hop_setinfo_rules[] = {MUST("serveraddr", 256), MUST("appid", 256),
                                         MUST("appsecret", 256), END};
const struct rule hop_account_rules[] = {ASKER, ACCOUNT, MAY("idNo", 32), MAY("notes", 256), END};
const struct rule hop_recharge_rules[] = {ASKER,
                                          ACCOUNT,
                                          MUST("hisCustId", 30),
                                          MAY("idNo", 32),
                                          MUST("userName", 64),
                                          MONEY("amount"),
                                          MUST("outChargeNo", 32),
                                          MAY("hisOrderNo", 32),
                                          MAY("feeType", 32),
                                          MAY_OF("depositType", 10, CHANNELS),
                                          MAY_OF("PosNo", 1, "1|2"),
                                          MAY("HZJDFlag", 1),
                                          MAY("ShowMsg", 1024),
                                          MAY("subject", 128),
                                          MAY("notes", 256),
                                          END};
const struct rule hop_close_rules[] = {ASKER, ACCOUNT, MUST("outChargeNo", 32),
                                       MAY("closeReason", 512), END};
const struct rule hop_refund_rules[] = {ASKER,
                                        ACCOUNT,
                                        MAY("idNo", 32),
                                        MONEY("amount"),
                                        OF("withdrawMode", 2, "0|1|2|3"),
                                        OF("refundType", 17, REFUNDS),
                                        MUST("traceNo", 32),
                                        MUST("outChargeNo", 32),
                                        MAY("hisOrderNo", 32),
                                        MUST("outRefundNo", 30),
                                        MUST("hisCustId", 30),
                                        MAY_OF("channelType", 2, "02"),
                                        OF("tradeChannel", 10, CHANNELS),
                                        MAY_OF("PosNo", 1, "1|2"),
                                        MUST("refundDeskMode", 30),
                                        MAY("notes", 256),
                                        END};
const struct rule hop_recpay_rules[] = {ASKER,
                                        ACCOUNT,
                                        MAY("idNo", 32),
                                        MAY("notes", 256),
                                        MAY("tradeKind", 30),
                                        OF("depositType", 12, CHANNELS),
                                        MAY_OF("rechargeHis", 1, "0|1"),
                                        COST("rechargeAmount"),
                                        MONEY("consumeAmount"),
                                        MUST("outTradeNo", 30),
                                        MUST("hisCustId", 30),
                                        END};
const struct rule hop_query_rules[] = {ASKER,
                                       ACCOUNT,
                                       OF("tradeType", 20, "hop.trade.recharge|hop.trade.refund"),
                                       MAY("outTradeNo", 32),
                                       MAY("traceNo", 32),
                                       MAY("hisOrderNo", 32),
                                       MAY("notes", 256),
                                       END};
const struct rule hop_face_rules[] = {ASKER,
                                      OF("Business_type", 2, "01|02"),
                                      OF("CardListType", 1, "0|1|2"),
                                      MUST("outTradeNo", 32),
                                      MAY("notes", 256),
                                      END};
const struct rule hop_authorise_rules[] = {
    MUST("outAuthorizeNo", 32),
    MUST("outAuthorizeTime", 32),
    MUST("operatorId", 32),
    MUST("operatorName", 32),
    OF("treatmentCode", 32, "010101|010102|010103|010104|010105|010106|010107|000000"),
    END};
const struct rule hop_cancel_rules[] = {MUST("operatorId", 30),
                                        MUST("operatorName", 50),
                                        MAY("cardType", 2),
                                        MAY("cardNo", 32),
                                        MUST("accountType", 2),
                                        MAY("idNo", 32),
                                        OF("withdrawMode", 1, "1"),
                                        MAY("reverseKind", 30),
                                        MUST("outTradeNo", 30),
                                        MUST("hisCustId", 30),
                                        MUST("outCancelNo", 30),
                                        {"amount", RULE_AMOUNT, 13, false, NULL},
                                        MAY_OF("refundType", 30, "hisDecide|direct"),
                                        MAY("userName", 30),
                                        END};
const struct rule hop_wristband_rules[] = {MUST("key", 32), END};
const struct rule hop_code_rules[] = {MUST("cardType", 32),    MUST("cardNo", 32),
                                      MUST("idNo", 32),        MUST("idType", 1),
                                      MUST("operatorId", 32),  MUST("operatorName", 32),
                                      MUST("accountType", 32), MUST("hospName", 32),
                                      MUST("userName", 32),    END};

#define STAY                                                                                       \
    MUST("inpatientNo", 32), MUST("cardType", 32), OF("accountType", 2, ACCOUNTS),                 \
        MUST("contactNumber", 32), MUST("userName", ANYTHING), MUST("idNo", ANYTHING),             \
        MUST("wardName", ANYTHING), DAY("inpatientDate")
#define COSTS COST("bcbxf0"), COST("grzfe0"), COST("bcfyze"), MUST("balance", 16)
const struct rule hop_overpay_rules[] = {STAY, MUST("cardNo", 32), COSTS, COST("complementMoney"),
                                         END};
const struct rule hop_bill_rules[] = {
    STAY, MAY("cardNo", 32), OF("patientType", 2, "00|01"), DAY("beginDate"), DAY("endDate"), COSTS,
    END};
const struct rule hop_depart_rules[] = {STAY, MUST("cardNo", 32), OF("patientType", 2, "00|01"),
                                        END};
const struct rule hop_hosp_rules[] = {STAY, MUST("cardNo", 32), MAY("admissTimes", 32), COSTS, END};
const struct rule hop_common_rules[] = {MUST("inpatientNo", 32),    MAY("cardType", 32),
                                        MAY("cardNo", 32),          MUST("contactNumber", 11),
                                        MUST("userName", ANYTHING), MUST("idNo", ANYTHING),
                                        MUST("keyword", ANYTHING),  MUST("first", ANYTHING),
                                        MAY("remark", ANYTHING),    END};

#define PRESCRIPTION                                                                               \
    MUST("cardNo", 32), MUST("contactNumber", 11), MUST("idNo", ANYTHING),                         \
        MUST("userName", ANYTHING), MUST("userNo", ANYTHING), MUST("applyDepaName", ANYTHING),     \
        MUST("applyDoctorName", ANYTHING), MUST("recipeTime", 14)
const struct rule hop_push_rules[] = {PRESCRIPTION,
                                      OF("cardType", 2, "01|02|03"),
                                      OF("accountType", 2, ACCOUNTS),
                                      OF("feeType", 2, "00|01|02"),
                                      MAY("voucherNo", ANYTHING),
                                      END};
const struct rule hop_drug_rules[] = {PRESCRIPTION,
                                      MUST("voucherNo", ANYTHING),
                                      MUST("hisReceiptNo", ANYTHING),
                                      COST("fee"),
                                      OF("drugState", 6, "init|succ|cancel"),
                                      MUST("first", ANYTHING),
                                      MUST("remark", ANYTHING),
                                      MUST("drugWindowNo", ANYTHING),
                                      END};
