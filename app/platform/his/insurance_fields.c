/* What the HIS is asked about insurance: ORG_007 to ORG_009 (amp-portal.txt), and what the
 * insurance centre asks it (mmpc-mobile-insurance.txt, 2.1 and 2.4). */
#include "app/platform/his/his.h"

static const char *const account_types[] = {"01", "02", "03", "04", NULL};
static const char *const hs_account_types[] = {"01", "02", NULL};
static const char *const deposit_types[] = {"ALI", "WX", "BANK", "UP", NULL};
static const char *const channel_types[] = {"LOC_APP", "WX",      "NAT_APP", "UP",
                                            "ALI",     "ORG_APP", "BANK",    NULL};
static const char *const patient_types[] = {"00", "01", NULL};

/* Who asks. */
#define ASKER                                                                                      \
    {"operator_id", FIELD_TEXT, 40, false, NULL}, {"operator_name", FIELD_TEXT, 100, false, NULL}, \
        {"term_no", FIELD_TEXT, 100, false, NULL}, {"org_code", FIELD_TEXT, 40, true, NULL}, {     \
        "sub_org_code", FIELD_TEXT, 40, false, NULL                                                \
    }

/* ORG_007; the sample has cert_no beside what the table lists. */
const struct field his_fields_preorder[] = {
    ASKER,
    {"org_trace_no", FIELD_TEXT, 40, true, NULL},
    {"doc_trace_no", FIELD_TEXT, 40, true, NULL},
    {"account_type", FIELD_TEXT, 10, false, account_types},
    {"feesum_amt", FIELD_YUAN, 18, true, NULL},
    {"deposit_amount", FIELD_AMOUNT, 18, false, NULL},
    {"deposit_type", FIELD_TEXT, 10, false, deposit_types},
    {"channel_type", FIELD_TEXT, 10, false, channel_types},
    {"trace_id", FIELD_TEXT, 40, false, NULL},
    {"used_patient_type", FIELD_TEXT, 10, true, patient_types},
    {"pay_ord_id", FIELD_TEXT, 40, false, NULL},
    {"psn_no", FIELD_TEXT, 40, false, NULL},
    {"own_pay_amt", FIELD_AMOUNT, 20, false, NULL},
    {"psn_acct_pay", FIELD_AMOUNT, 20, false, NULL},
    {"fund_pay", FIELD_AMOUNT, 20, false, NULL},
    {"hs_ext_data", FIELD_JSON, 4000, false, NULL},
    {"cert_no", FIELD_TEXT, 40, false, NULL},
    {0}};
/* ORG_008 */
const struct field his_fields_hs_trades[] = {ASKER,
                                             {"stmt_begndate", FIELD_DAY, 10, true, NULL},
                                             {"stmt_enddate", FIELD_DAY, 10, true, NULL},
                                             {"page_no", FIELD_WHOLE, 6, false, NULL},
                                             {"page_size", FIELD_WHOLE, 6, false, NULL},
                                             {"clr_type", FIELD_TEXT, 6, false, NULL},
                                             {0}};
/* ORG_009; mdtr_id is written so. */
const struct field his_fields_hs_cancel[] = {
    ASKER,
    {"mdtr_id", FIELD_TEXT, 30, true, NULL},
    {"setl_id", FIELD_TEXT, 30, true, NULL},
    {"account_type", FIELD_TEXT, 6, true, hs_account_types},
    {"doc_trace_no", FIELD_TEXT, 40, true, NULL},
    {"ipt_otp_no", FIELD_TEXT, 30, true, NULL},
    {0}};
/* 2.1 */
const struct field his_fields_mmpc_fees[] = {
    {"orgCodg", FIELD_TEXT, 40, true, NULL}, {"medOrgOrd", FIELD_TEXT, 40, true, NULL}, {0}};
/* upp 5.1 */
const struct field his_fields_booked[] = {
    {"startTime", FIELD_TIME, 0, true, NULL}, {"endTime", FIELD_TIME, 0, true, NULL}, {0}};
/* 2.4 */
const struct field his_fields_mmpc_list[] = {
    {"orgCodg", FIELD_TEXT, 40, true, NULL}, {"idNo", FIELD_TEXT, 30, true, NULL}, {0}};
