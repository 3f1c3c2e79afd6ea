/* The HIS as we ask it: operations and the building of their requests. */
#include "app/platform/his/his.h"

#include <stdio.h>
#include <string.h>

#include "app/config/terminal_rows.h"
#include "app/wire/json.h"

const struct wire_operation his_table[] = {
    {"queryAccount", "/queryAccount", VERB_ACCOUNT, false, HIS_ACCOUNT, his_fields_account},
    {"queryUnsettleList", "/queryUnsettleList", VERB_BILLS, false, HIS_BILLS, his_fields_bills},
    {"rechargeSettle", "/rechargeSettle", VERB_CREDIT, true, HIS_SETTLE, his_fields_settle},
    {"querySettleResult", "/querySettleResult", VERB_ASK_CREDIT, false, HIS_ASK_SETTLE,
     his_fields_ask_settle},
    {"cancelRechargeSettle", "/cancelRechargeSettle", VERB_UNCREDIT, true, HIS_CANCEL,
     his_fields_cancel},
    {"queryOrgTips", "/queryOrgTips", VERB_GUIDANCE, false, HIS_TIPS, his_fields_tips},
    {"orgPreorder", "/orgPreorder", VERB_NONE, false, HIS_PREORDER, his_fields_preorder},
    {"orgHsTradeFile", "/orgHsTradeFile", VERB_NONE, false, HIS_HS_TRADES, his_fields_hs_trades},
    /* The document prints ORG_008's suffix here. */
    {"orgHsCancel", "/orgHsCancel", VERB_NONE, true, HIS_HS_CANCEL, his_fields_hs_cancel},
    {"mmpcFees", "/mmpcFees", VERB_NONE, false, HIS_MMPC_FEES, his_fields_mmpc_fees},
    {"mmpcList", "/mmpcList", VERB_NONE, false, HIS_MMPC_LIST, his_fields_mmpc_list},
    /* What was booked of payments and refunds: upp 5.1, which the hospital serves. */
    {"bills", "/bills", VERB_NONE, false, HIS_BOOKED, his_fields_booked},
    {0}};

static void add_missing(cJSON *whole, const char *name, const char *value) {
    if (cJSON_GetObjectItemCaseSensitive(whole, name) == NULL)
        cJSON_AddStringToObject(whole, name, value);
}

/* What the configuration knows is added where the caller did not say it. */
static cJSON *with_his_identity(const struct config *config, const struct wire_operation *row,
                                const cJSON *members) {
    const struct config_terminal *terminal = config_terminal(config);
    const struct {
        const char *name, *value;
    } ours[] = {{"operator_id", terminal->operator_id},
                {"operator_name", terminal->operator_name},
                {"term_no", terminal->id},
                {"org_code", terminal->org_code},
                {"sub_org_code", terminal->sub_org_code}};
    cJSON *whole = cJSON_Duplicate(members, true);
    bool of_mmpc = row->kind == HIS_MMPC_FEES || row->kind == HIS_MMPC_LIST;
    if (of_mmpc && cJSON_IsObject(whole))
        add_missing(whole, "orgCodg", terminal->org_code);
    bool asks_as_us = !of_mmpc && row->kind != HIS_BOOKED;
    for (size_t i = 0; asks_as_us && cJSON_IsObject(whole) && i < sizeof ours / sizeof ours[0]; i++)
        add_missing(whole, ours[i].name, ours[i].value);
    return whole;
}

static bool build_his(const struct config *config, const char *operation, const cJSON *members,
                      int64_t wall_ms, struct wire_request *out, struct wire_complaint *complaint) {
    (void)wall_ms;
    *out = (struct wire_request){0};
    const struct wire_operation *row = wire_operation_named(his_table, operation);
    if (row == NULL) {
        snprintf(complaint->text, sizeof complaint->text, "his.%.40s: no such operation",
                 operation);
        return false;
    }
    char name[40];
    snprintf(name, sizeof name, "his.%s", operation);
    if (!his_has_operation(config, row)) {
        snprintf(complaint->text, sizeof complaint->text,
                 "%s: this hospital does not have it (his.operations)", name);
        return false;
    }
    cJSON *whole = with_his_identity(config, row, members);
    cJSON *message = fields_message(name, row->fields, whole, complaint);
    cJSON_Delete(whole);
    if (message == NULL)
        return false;
    const struct his_config *his = his_config(config);
    fields_post(out, his->base_url, config_path_of(&his->paths, operation, row->path), message);
    return true;
}

const struct platform platform_his = {.name = "his",
                                      .section = &his_section,
                                      .trust = his_trust,
                                      .operations = his_table,
                                      .compose = his_compose,
                                      .build = build_his,
                                      .read = his_read};
