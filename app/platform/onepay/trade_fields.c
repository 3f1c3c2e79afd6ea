/* onepay: what the messages about money hold, both ways (onepay-payclient.txt, the chapter of
 * unified payment). Char(n) counts bytes, String(n) characters; what no row names passes through.
 */
#include "app/platform/onepay/onepay.h"

const char *const onepay_card_types[] = {"01", "02", "03", "04", "05", "06",
                                         "07", "08", "09", "10", NULL};
const char *const onepay_account_types[] = {"01", "02", NULL};
const char *const onepay_channels[] = {"CASH",    "POS",      "ONE_QR",  "ONE_BAR", "ALI_QR",
                                       "ALI_BAR", "ALI_APP",  "ALI_WEB", "ALI_WAP", "WX_QR",
                                       "WX_PUB",  "WX_BAR",   "ALI_PUB", "JHLK_QR", "ICBC_QR",
                                       "CCB_QR",  "ALI_FACE", "UP_QR",   "UP_BAR",  NULL};
static const char *const pos_numbers[] = {"1", "2", NULL};
static const char *const flags[] = {"0", "1", NULL};
static const char *const sexes[] = {"1", "2", NULL};
static const char *const pos_only[] = {"02", NULL};
static const char *const patient_types[] = {"00", "01", NULL};
static const char *const withdraw_modes[] = {"0", "1", "2", "3", NULL};
static const char *const original_route[] = {"1", NULL};
static const char *const refund_types[] = {"direct", "hisDecide", "prepareAndConfirm", NULL};
static const char *const cancel_types[] = {"hisDecide", "direct", NULL};
static const char *const trade_types[] = {"hop.trade.recharge", "hop.trade.refund", NULL};
static const char *const results[] = {"init", "succ",   "fail",     "exp",
                                      "ing",  "closed", "notfound", NULL};
static const char *const reverse_kinds[] = {"门诊医保退费", "体检自费退费", "体检医保退费",
                                            "合肥挂号退费", NULL};

/* Who asks, and about whose account. */
#define ASKER                                                                                      \
    {"operatorId", FIELD_BYTES, 30, true, NULL}, {"termNo", FIELD_BYTES, 50, true, NULL}, {        \
        "operatorName", FIELD_BYTES, 50, true, NULL                                                \
    }
#define ACCOUNT                                                                                    \
    {"cardType", FIELD_BYTES, 2, true, onepay_card_types},                                         \
        {"cardNo", FIELD_BYTES, 32, true, NULL}, {                                                 \
        "accountType", FIELD_BYTES, 2, true, onepay_account_types                                  \
    }
#define HOSPITAL                                                                                   \
    {"extra.hopname", FIELD_BYTES, 256, false, NULL},                                              \
        {"extra.hopid", FIELD_BYTES, 32, false, NULL}, {                                           \
        "extra.deskflak", FIELD_BYTES, 1, false, flags                                             \
    }

const struct field onepay_fields_account[] = {ASKER,
                                              ACCOUNT,
                                              {"idNo", FIELD_BYTES, 32, false, NULL},
                                              {"notes", FIELD_BYTES, 256, false, NULL},
                                              {"*", FIELD_REST, 0, false, NULL},
                                              {0}};

const struct field onepay_fields_recharge[] = {
    ASKER,
    ACCOUNT,
    {"hisCustId", FIELD_BYTES, 30, true, NULL},
    {"idNo", FIELD_BYTES, 32, false, NULL},
    {"userName", FIELD_BYTES, 64, true, NULL},
    {"amount", FIELD_YUAN, 16, true, NULL},
    {"outChargeNo", FIELD_BYTES, 32, true, NULL},
    {"hisOrderNo", FIELD_BYTES, 32, false, NULL},
    {"feeType", FIELD_BYTES, 32, false, NULL},
    {"depositType", FIELD_BYTES, 10, false, onepay_channels},
    {"PosNo", FIELD_BYTES, 1, false, pos_numbers},
    {"HZJDFlag", FIELD_BYTES, 1, false, NULL},
    {"ShowMsg", FIELD_BYTES, 1024, false, NULL},
    {"subject", FIELD_BYTES, 128, false, NULL},
    {"notes", FIELD_BYTES, 256, false, NULL},
    {"extra", FIELD_OBJECT, 0, false, NULL},
    HOSPITAL,
    /* Required where an account is opened (HZJDFlag). */
    {"extra.userSex", FIELD_BYTES, 1, false, sexes},
    {"extra.cardZone", FIELD_BYTES, 32, false, NULL},
    {"extra.idType", FIELD_BYTES, 2, false, NULL},
    {"extra.mobilePhone", FIELD_BYTES, 21, false, NULL},
    {"extra.address", FIELD_BYTES, 256, false, NULL},
    {"extra.career", FIELD_BYTES, 32, false, NULL},
    {"extra.workUnit", FIELD_BYTES, 256, false, NULL},
    {"extra.birthday", FIELD_DATE, 32, false, NULL},
    {"extra.hisTraceNo", FIELD_BYTES, 32, false, NULL},
    /* The code of a phone: the document names it only in code 020010. */
    {"extra.authCode", FIELD_BYTES, 64, false, NULL},
    {"extra.*", FIELD_REST, 0, false, NULL},
    {"*", FIELD_REST, 0, false, NULL},
    {0}};

const struct field onepay_fields_close[] = {ASKER,
                                            ACCOUNT,
                                            {"outChargeNo", FIELD_BYTES, 32, true, NULL},
                                            {"closeReason", FIELD_BYTES, 512, false, NULL},
                                            {"extra", FIELD_OBJECT, 0, false, NULL},
                                            {"extra.extra", FIELD_BYTES, 256, false, NULL},
                                            {"extra.*", FIELD_REST, 0, false, NULL},
                                            {"*", FIELD_REST, 0, false, NULL},
                                            {0}};

const struct field onepay_fields_refund[] = {
    ASKER,
    ACCOUNT,
    {"idNo", FIELD_BYTES, 32, false, NULL},
    {"amount", FIELD_YUAN, 16, true, NULL},
    {"withdrawMode", FIELD_BYTES, 2, true, withdraw_modes},
    {"refundType", FIELD_BYTES, 16, true, refund_types},
    {"traceNo", FIELD_BYTES, 32, true, NULL},
    {"outChargeNo", FIELD_BYTES, 32, true, NULL},
    {"hisOrderNo", FIELD_BYTES, 32, false, NULL},
    {"outRefundNo", FIELD_BYTES, 30, true, NULL},
    {"hisCustId", FIELD_BYTES, 30, true, NULL},
    {"channelType", FIELD_BYTES, 2, false, pos_only},
    {"tradeChannel", FIELD_BYTES, 10, true, onepay_channels},
    {"PosNo", FIELD_BYTES, 1, false, pos_numbers},
    {"refundDeskMode", FIELD_BYTES, 30, true, NULL},
    {"notes", FIELD_BYTES, 256, false, NULL},
    {"extra", FIELD_OBJECT, 0, false, NULL},
    HOSPITAL,
    {"extra.*", FIELD_REST, 0, false, NULL},
    {"*", FIELD_REST, 0, false, NULL},
    {0}};

/* examList and medicalParam are JSON in a string. */
#define EXAM(name, required)                                                                       \
    { "extra.examList." name, FIELD_TEXT, 0, required, NULL }
#define MEDICAL(name)                                                                              \
    { "extra.medicalParam." name, FIELD_TEXT, 0, false, NULL }
const struct field onepay_fields_recpay[] = {
    ASKER,
    ACCOUNT,
    {"idNo", FIELD_BYTES, 32, false, NULL},
    {"notes", FIELD_BYTES, 256, false, NULL},
    {"tradeKind", FIELD_BYTES, 30, false, NULL},
    {"depositType", FIELD_BYTES, 12, true, onepay_channels},
    {"rechargeHis", FIELD_BYTES, 1, false, flags},
    {"rechargeAmount", FIELD_COST, 12, true, NULL}, /* 0: all of it is insurance */
    {"consumeAmount", FIELD_YUAN, 12, true, NULL},
    {"outTradeNo", FIELD_BYTES, 30, true, NULL},
    {"hisCustId", FIELD_BYTES, 30, true, NULL},
    {"extra", FIELD_OBJECT, 0, true, NULL},
    {"extra.examList", FIELD_ROWS, 0, false, NULL},
    EXAM("wardDept", true),
    EXAM("doctorCode", true),
    EXAM("phyExamNo", true),
    EXAM("purchaseCode", true),
    EXAM("itemNum", true),
    EXAM("itemPrice", true),
    EXAM("totPrice", true),
    EXAM("itemSeq", true),
    EXAM("itemName", true),
    EXAM("reverseFlag", false),
    EXAM("purchaseFlag", false),
    EXAM("hisPurPrice", false),
    EXAM("delFlag", false),
    EXAM("reverseSuccFlag", false),
    EXAM("purchaseNo", false),
    EXAM("examDocNo", false),
    {"extra.examList.*", FIELD_REST, 0, false, NULL},
    {"extra.medicalParam", FIELD_TREE, 0, false, NULL},
    MEDICAL("mz1sh0"),
    MEDICAL("bqbm00"),
    MEDICAL("djlsh0"),
    MEDICAL("zhzfe0"),
    MEDICAL("grzfe0"),
    MEDICAL("jjzfe0"),
    MEDICAL("gwybz0"),
    MEDICAL("fybfy0"),
    MEDICAL("cfdxje"),
    MEDICAL("bjjjzf"),
    MEDICAL("sybxzf"),
    MEDICAL("bcbxf0"),
    MEDICAL("grzhye"),
    MEDICAL("ylzfje"),
    MEDICAL("jkzhzf"),
    MEDICAL("jkzhye"),
    MEDICAL("gjzhzf"),
    MEDICAL("sfygd"),
    MEDICAL("mzbzje"),
    MEDICAL("mzxzqh"),
    {"extra.medicalParam.*", FIELD_REST, 0, false, NULL},
    {"extra.patientType", FIELD_TEXT, 30, false, patient_types},
    {"extra.notifyUrl", FIELD_TEXT, 0, false, NULL}, /* the HIS's address */
    {"extra.authCode", FIELD_BYTES, 64, false, NULL},
    HOSPITAL,
    {"extra.*", FIELD_REST, 0, false, NULL},
    {"*", FIELD_REST, 0, false, NULL},
    {0}};

/* outTradeNo or traceNo: see check.c. What hop.trade.recharge takes as a number (32 bytes) can be
 * asked about, closed and returned, though the document's tables say 20 and 30 there. */
const struct field onepay_fields_query[] = {ASKER,
                                            ACCOUNT,
                                            {"tradeType", FIELD_BYTES, 2, true, trade_types},
                                            {"outTradeNo", FIELD_BYTES, 32, false, NULL},
                                            {"traceNo", FIELD_BYTES, 32, false, NULL},
                                            {"hisOrderNo", FIELD_BYTES, 32, false, NULL},
                                            {"notes", FIELD_BYTES, 256, false, NULL},
                                            {"*", FIELD_REST, 0, false, NULL},
                                            {0}};

const struct field onepay_fields_cancel[] = {
    {"operatorId", FIELD_BYTES, 30, true, NULL},
    {"operatorName", FIELD_BYTES, 50, true, NULL},
    {"cardType", FIELD_BYTES, 2, false, onepay_card_types},
    {"cardNo", FIELD_BYTES, 32, false, NULL},
    {"accountType", FIELD_BYTES, 2, true, onepay_account_types},
    {"idNo", FIELD_BYTES, 32, false, NULL},
    {"withdrawMode", FIELD_TEXT, 1, true, original_route},
    {"reverseKind", FIELD_TEXT, 30, false, reverse_kinds},
    {"outTradeNo", FIELD_TEXT, 30, true, NULL},
    {"hisCustId", FIELD_TEXT, 30, true, NULL},
    {"outCancelNo", FIELD_TEXT, 30, true, NULL},
    {"amount", FIELD_YUAN, 13, false, NULL}, /* absent: all of it */
    {"refundType", FIELD_TEXT, 30, false, cancel_types},
    {"userName", FIELD_TEXT, 30, false, NULL},
    {"extra", FIELD_OBJECT, 0, true, NULL},
    {"extra.phyExamNo", FIELD_TEXT, 30, true, NULL},
    {"extra.purchaseNo", FIELD_TEXT, 30, true, NULL},
    {"extra.medCancelSn", FIELD_TEXT, 30, false, NULL},
    {"extra.medRegisterSn", FIELD_TEXT, 30, false, NULL},
    {"extra.sftzcx", FIELD_TEXT, 1, false, flags},
    {"extra.*", FIELD_REST, 0, false, NULL},
    {"*", FIELD_REST, 0, false, NULL},
    {0}};

const struct field onepay_answer_account[] = {
    {"cardType", FIELD_BYTES, 2, false, NULL},    {"cardNo", FIELD_BYTES, 32, false, NULL},
    {"hisCustID", FIELD_BYTES, 30, true, NULL},   {"balance", FIELD_AMOUNT, 16, true, NULL},
    {"idType", FIELD_BYTES, 2, false, NULL},      {"idNo", FIELD_BYTES, 32, false, NULL},
    {"userName", FIELD_BYTES, 64, true, NULL},    {"userSex", FIELD_BYTES, 1, false, sexes},
    {"accountType", FIELD_BYTES, 2, false, NULL}, {"accountNo", FIELD_BYTES, 32, false, NULL},
    {"status", FIELD_BYTES, 2, false, NULL},      {0}};

const struct field onepay_answer_recharge[] = {
    {"chargeNo", FIELD_BYTES, 0, false, NULL},
    {"traceNo", FIELD_BYTES, 32, true, NULL},
    {"balance", FIELD_AMOUNT, 16, false, NULL},
    {"tradeMode", FIELD_BYTES, 16, false, NULL},
    {"traceTime", FIELD_BYTES, 19, false, NULL},
    {"qrcode", FIELD_BYTES, 256, false, NULL}, /* "0": there is none */
    {"callsn", FIELD_BYTES, 32, false, NULL},
    {"extra", FIELD_OBJECT, 0, false, NULL},
    {"extra.paytype", FIELD_BYTES, 16, false, NULL},
    {"extra.callsn", FIELD_BYTES, 32, false, NULL},
    {"extra.resNote", FIELD_BYTES, 32, false, NULL},
    {"extra.BankCardNo", FIELD_BYTES, 32, false, NULL},
    {"extra.posIssuingBank", FIELD_BYTES, 32, false, NULL},
    {"extra.BankCardType", FIELD_BYTES, 32, false, NULL},
    {0}};

const struct field onepay_answer_close[] = {{"traceTime", FIELD_BYTES, 19, false, NULL},
                                            {"outChargeNo", FIELD_BYTES, 32, false, NULL},
                                            {0}};

const struct field onepay_answer_refund[] = {{"refundNo", FIELD_BYTES, 0, false, NULL},
                                             {"outRefundNo", FIELD_BYTES, 30, false, NULL},
                                             {"traceNo", FIELD_BYTES, 32, false, NULL},
                                             {"traceTime", FIELD_BYTES, 19, false, NULL},
                                             {"tradeMode", FIELD_BYTES, 16, false, NULL},
                                             {"succAmount", FIELD_YUAN, 16, false, NULL},
                                             {0}};

const struct field onepay_answer_recpay[] = {{"chargeNo", FIELD_BYTES, 0, false, NULL},
                                             {"traceNo", FIELD_BYTES, 32, true, NULL},
                                             {"qrcode", FIELD_BYTES, 256, false, NULL},
                                             {"traceTime", FIELD_BYTES, 19, false, NULL},
                                             {0}};

const struct field onepay_answer_query[] = {{"result", FIELD_BYTES, 0, true, results},
                                            {"tradeMode", FIELD_BYTES, 16, false, NULL},
                                            {"resultDesc", FIELD_BYTES, 0, false, NULL},
                                            {"origTraceNo", FIELD_BYTES, 32, false, NULL},
                                            {"origTraceTime", FIELD_BYTES, 19, false, NULL},
                                            {"traceNo", FIELD_BYTES, 32, false, NULL},
                                            {"extra", FIELD_OBJECT, 0, false, NULL},
                                            {"extra.paytype", FIELD_BYTES, 16, false, NULL},
                                            {0}};

const struct field onepay_answer_cancel[] = {{"traceTime", FIELD_BYTES, 19, false, NULL},
                                             {"traceNo", FIELD_BYTES, 32, false, NULL},
                                             {"medCancelSn", FIELD_BYTES, 30, false, NULL},
                                             {0}};
