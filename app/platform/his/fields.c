/* What the ORG_* requests hold (amp-portal.txt, ORG_001 to ORG_006). A table a message; the
 * longest length that any of them lists for a member wins. */
#include "app/platform/his/his.h"

/* Appendix, dictionaries. */
static const char *const account_types[] = {"01", "02", "03", "04", NULL};
static const char *const cert_types[] = {"01", "02", "03", "04", "05", "06", "10", NULL};
static const char *const deposit_types[] = {"ALI", "WX", "BANK", "UP", NULL};
static const char *const channel_types[] = {"LOC_APP", "WX",      "NAT_APP", "UP",
                                            "ALI",     "ORG_APP", "BANK",    NULL};
static const char *const patient_types[] = {"00", "01", NULL};
static const char *const fee_types[] = {"00", "01", "02", "03", "04", "05",
                                        "06", "07", "08", "09", "10", NULL};

/* Who asks, and about whom: every message begins so. */
#define COMMON                                                                                     \
    {"operator_id", FIELD_TEXT, 40, false, NULL}, {"operator_name", FIELD_TEXT, 100, false, NULL}, \
        {"term_no", FIELD_TEXT, 100, false, NULL}, {"org_code", FIELD_TEXT, 40, true, NULL},       \
        {"sub_org_code", FIELD_TEXT, 40, false, NULL},                                             \
        {"mdtrt_cert_type", FIELD_TEXT, 10, true, cert_types}, {                                   \
        "mdtrt_cert_no", FIELD_TEXT, 40, true, NULL                                                \
    }

/* ORG_001 */
const struct field his_fields_account[] = {COMMON,
                                           {"cert_no", FIELD_TEXT, 40, true, NULL},
                                           {"account_type", FIELD_TEXT, 10, true, account_types},
                                           {0}};
/* ORG_002 */
const struct field his_fields_bills[] = {COMMON,
                                         {"org_trace_no", FIELD_TEXT, 40, false, NULL},
                                         {"cert_no", FIELD_TEXT, 40, true, NULL},
                                         {"his_cust_id", FIELD_TEXT, 40, false, NULL},
                                         {"his_cust_type", FIELD_TEXT, 10, false, NULL},
                                         {"account_type", FIELD_TEXT, 10, false, account_types},
                                         {"begin_date", FIELD_DAY, 10, false, NULL},
                                         {"end_date", FIELD_DAY, 10, false, NULL},
                                         {0}};
/* ORG_003 */
const struct field his_fields_settle[] = {
    COMMON,
    {"org_trace_no", FIELD_TEXT, 40, true, NULL},
    {"amp_trace_id", FIELD_TEXT, 40, true, NULL},
    {"doc_trace_no", FIELD_TEXT, 40, true, NULL},
    {"account_type", FIELD_TEXT, 10, false, account_types},
    {"feesum_amt", FIELD_YUAN, 18, true, NULL},
    {"deposit_amount", FIELD_YUAN, 18, false, NULL},
    {"hosp_balc_pay_amt", FIELD_AMOUNT, 18, false, NULL},
    {"deposit_type", FIELD_TEXT, 10, false, deposit_types},
    {"channel_type", FIELD_TEXT, 10, false, channel_types},
    {"trace_id", FIELD_TEXT, 40, false, NULL},
    {"used_patient_type", FIELD_TEXT, 10, true, patient_types},
    {"pay_chnl_trace_no", FIELD_TEXT, 40, true, NULL},
    {"mch_trace_no", FIELD_TEXT, 40, true, NULL},
    {"fee_type", FIELD_TEXT, 10, false, fee_types},
    {"setl_id", FIELD_TEXT, 40, false, NULL},
    {"mdtrt_id", FIELD_TEXT, 40, false, NULL},
    {"psn_name", FIELD_TEXT, 100, false, NULL},
    {"psn_no", FIELD_TEXT, 40, false, NULL},
    {"psn_cert_type", FIELD_TEXT, 10, false, NULL},
    {"cert_no", FIELD_TEXT, 40, false, NULL},
    {"gend", FIELD_TEXT, 10, false, NULL},
    {"naty", FIELD_TEXT, 10, false, NULL},
    {"brdy", FIELD_TEXT, 20, false, NULL},
    {"age", FIELD_TEXT, 10, false, NULL},
    {"insutype", FIELD_TEXT, 10, false, NULL},
    {"psn_type", FIELD_TEXT, 10, false, NULL},
    {"cvlserv_flag", FIELD_TEXT, 4, false, NULL},
    {"acct_pay", FIELD_AMOUNT, 18, false, NULL},
    {"psn_cash_pay", FIELD_AMOUNT, 18, false, NULL},
    {"psn_part_amt", FIELD_AMOUNT, 18, false, NULL},
    {"hosp_part_amt", FIELD_AMOUNT, 18, false, NULL},
    {"fund_pay_sumamt", FIELD_AMOUNT, 18, false, NULL},
    {"cvlserv_pay", FIELD_AMOUNT, 18, false, NULL},
    {"hifmi_pay", FIELD_AMOUNT, 18, false, NULL},
    {"hifob_pay", FIELD_AMOUNT, 18, false, NULL},
    {"medfee_sumamt", FIELD_AMOUNT, 18, false, NULL},
    {"fulamt_ownpay_amt", FIELD_AMOUNT, 18, false, NULL},
    {"overlmt_selfpay", FIELD_AMOUNT, 18, false, NULL},
    {"preselfpay_amt", FIELD_AMOUNT, 18, false, NULL},
    {"inscp_scp_amt", FIELD_AMOUNT, 18, false, NULL},
    {"act_pay_dedc", FIELD_AMOUNT, 18, false, NULL},
    {"setl_time", FIELD_TIME_OR_EPOCH, 20, false, NULL},
    {"acct_mulaid_pay", FIELD_AMOUNT, 18, false, NULL},
    {"med_type", FIELD_TEXT, 10, false, NULL},
    {"hifp_pay", FIELD_AMOUNT, 18, false, NULL},
    {"pool_prop_selfpay", FIELD_TEXT, 18, false, NULL},
    {"maf_pay", FIELD_AMOUNT, 18, false, NULL},
    {"oth_pay", FIELD_AMOUNT, 18, false, NULL},
    {"hifes_pay", FIELD_AMOUNT, 18, false, NULL},
    {"medins_setl_id", FIELD_TEXT, 40, false, NULL},
    {"clr_optins", FIELD_TEXT, 100, false, NULL},
    {"clr_way", FIELD_TEXT, 10, false, NULL},
    {"clr_type", FIELD_TEXT, 10, false, NULL},
    {"insuplc_admdvs", FIELD_TEXT, 10, false, NULL},
    {"balc", FIELD_AMOUNT, 18, false, NULL},
    {"hifdm_pay", FIELD_AMOUNT, 18, false, NULL},
    {"exp_content", FIELD_TEXT, 0, false, NULL},
    {"setldetail", FIELD_LIST, 0, false, NULL},
    {0}};
/* ORG_004 */
const struct field his_fields_ask_settle[] = {
    COMMON, {"org_trace_no", FIELD_TEXT, 40, true, NULL}, {0}};
/* ORG_005; the two his_cust members stand only in its sample. */
const struct field his_fields_cancel[] = {COMMON,
                                          {"org_trace_no", FIELD_TEXT, 40, true, NULL},
                                          {"doc_trace_no", FIELD_TEXT, 40, true, NULL},
                                          {"account_type", FIELD_TEXT, 10, false, account_types},
                                          {"deposit_amount", FIELD_YUAN, 18, false, NULL},
                                          {"deposit_type", FIELD_TEXT, 10, false, deposit_types},
                                          {"channel_type", FIELD_TEXT, 10, false, channel_types},
                                          {"trace_id", FIELD_TEXT, 40, false, NULL},
                                          {"his_cust_id", FIELD_TEXT, 40, false, NULL},
                                          {"his_cust_type", FIELD_TEXT, 10, false, NULL},
                                          {0}};
/* ORG_006 */
const struct field his_fields_tips[] = {COMMON,
                                        {"his_cust_id", FIELD_TEXT, 40, false, NULL},
                                        {"his_cust_type", FIELD_TEXT, 10, false, NULL},
                                        {"org_trace_no", FIELD_TEXT, 40, true, NULL},
                                        {"doc_trace_no", FIELD_TEXT, 40, true, NULL},
                                        {0}};
