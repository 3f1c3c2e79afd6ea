/* Inside the HIS: the answers' parts that several interfaces share. */
#ifndef SANDBOX_HIS_H
#define SANDBOX_HIS_H

#include "tests/sandbox/hospital.h"
#include "tests/sandbox/service.h"

#define RET_GOOD "00"
#define RET_REFUSED "01" /* says nothing about a settlement */
#define RET_INVALID "02" /* the same */

#define ORG_RULES                                                                                  \
    {"operator_id", RULE_TEXT, 40, false, NULL}, {"operator_name", RULE_TEXT, 100, false, NULL},   \
        {"term_no", RULE_TEXT, 100, false, NULL}, {"org_code", RULE_TEXT, 40, true, NULL},         \
        {"sub_org_code", RULE_TEXT, 40, false, NULL},                                              \
        {"mdtrt_cert_type", RULE_TEXT, 10, true, "01|02|03|04|05|06|10"}, {                        \
        "mdtrt_cert_no", RULE_TEXT, 40, true, NULL                                                 \
    }
#define RULES_END                                                                                  \
    { NULL, RULE_END, 0, false, NULL }

extern const struct rule account_rules[], unsettled_rules[], settle_rules[], settled_rules[],
    cancel_rules[], tips_rules[], preorder_rules[], hs_trades_rules[], hs_cancel_rules[],
    mmpc_fees_rules[], mmpc_list_rules[];

/* ORG_001, ORG_002 (his_patient.c). */
void his_query_account(struct sandbox *sandbox, const cJSON *request, struct reply *reply);
void his_query_unsettled(struct sandbox *sandbox, const cJSON *request, struct reply *reply);
/* ORG_003 to ORG_006 (his_settle.c). */
void his_settle(struct sandbox *sandbox, const cJSON *request, struct reply *reply);
void his_query_settled(struct sandbox *sandbox, const cJSON *request, struct reply *reply);
void his_cancel(struct sandbox *sandbox, const cJSON *request, struct reply *reply);
void his_tips(struct sandbox *sandbox, const cJSON *request, struct reply *reply);
/* ORG_007 to ORG_009, and what the insurance centre asks and tells: 2.1, 2.2, 2.4
 * (his_insurance.c). */
void his_preorder(struct sandbox *sandbox, const cJSON *request, struct reply *reply);
void his_hs_trades(struct sandbox *sandbox, const cJSON *request, struct reply *reply);
void his_hs_cancel(struct sandbox *sandbox, const cJSON *request, struct reply *reply);
void his_mmpc_fees(struct sandbox *sandbox, const cJSON *request, struct reply *reply);
void his_mmpc_settled(struct sandbox *sandbox, const cJSON *request, struct reply *reply);
void his_mmpc_list(struct sandbox *sandbox, const cJSON *request, struct reply *reply);
/* druginfo and common_tip_list (his_guide.c). */
void his_guide(cJSON *out, const struct bill *bill);

#endif
