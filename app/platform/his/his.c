/* The HIS as we ask it: operations and the building of their requests. */
#include "app/platform/his/his.h"

#include <stdio.h>
#include <string.h>

#include "app/config/terminal_rows.h"
#include "app/wire/json.h"

const struct his_operation his_table[] = {
    {"queryAccount", "/queryAccount", HIS_ACCOUNT, his_fields_account},
    {"queryUnsettleList", "/queryUnsettleList", HIS_BILLS, his_fields_bills},
    {"rechargeSettle", "/rechargeSettle", HIS_SETTLE, his_fields_settle},
    {"querySettleResult", "/querySettleResult", HIS_ASK_SETTLE, his_fields_ask_settle},
    {"cancelRechargeSettle", "/cancelRechargeSettle", HIS_CANCEL, his_fields_cancel},
    {"queryOrgTips", "/queryOrgTips", HIS_TIPS, his_fields_tips},
    {NULL, NULL, HIS_ACCOUNT, NULL}};

static const struct platform_operation operations[] = {
    {"queryAccount", VERB_ACCOUNT, false},
    {"queryUnsettleList", VERB_BILLS, false},
    {"rechargeSettle", VERB_CREDIT, true},
    {"querySettleResult", VERB_ASK_CREDIT, false},
    {"cancelRechargeSettle", VERB_UNCREDIT, true},
    {"queryOrgTips", VERB_GUIDANCE, false},
    {NULL, VERB_NONE, false}};

const struct his_operation *his_operation(const char *name) {
    for (const struct his_operation *row = his_table; row->name != NULL; row++)
        if (strcmp(row->name, name) == 0)
            return row;
    return NULL;
}

/* What the configuration knows is added where the caller did not say it. */
static cJSON *with_identity(const struct config *config, const cJSON *members) {
    const struct config_terminal *terminal = config_terminal(config);
    const struct {
        const char *name, *value;
    } ours[] = {{"operator_id", terminal->operator_id},
                {"operator_name", terminal->operator_name},
                {"term_no", terminal->id},
                {"org_code", terminal->org_code},
                {"sub_org_code", terminal->sub_org_code}};
    cJSON *whole = cJSON_Duplicate(members, true);
    for (size_t i = 0; cJSON_IsObject(whole) && i < sizeof ours / sizeof ours[0]; i++)
        if (cJSON_GetObjectItemCaseSensitive(whole, ours[i].name) == NULL)
            cJSON_AddStringToObject(whole, ours[i].name, ours[i].value);
    return whole;
}

static bool build(const struct config *config, const char *operation, const cJSON *members,
                  int64_t wall_ms, struct wire_request *out, struct wire_complaint *complaint) {
    (void)wall_ms;
    *out = (struct wire_request){0};
    const struct his_operation *row = his_operation(operation);
    if (row == NULL) {
        snprintf(complaint->text, sizeof complaint->text, "his.%.40s: no such operation",
                 operation);
        return false;
    }
    char name[40];
    snprintf(name, sizeof name, "his.%s", operation);
    cJSON *whole = with_identity(config, members);
    cJSON *message = fields_message(name, row->fields, whole, complaint);
    cJSON_Delete(whole);
    if (message == NULL)
        return false;
    const struct his_config *his = his_config(config);
    fields_post(out, his->base_url, config_path_of(&his->paths, operation, row->path), message);
    return true;
}

const struct platform platform_his = {"his", &his_section, operations, build, his_read};
