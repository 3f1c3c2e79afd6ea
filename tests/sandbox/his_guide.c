/* Where to get the drugs and what to mind, as ORG_003, 004 and 006 say it. */
#include <stdio.h>
#include <string.h>

#include "tests/sandbox/his.h"

static void put_drugs(cJSON *out, const struct bill *bill) {
    static const struct {
        const char *type, *prefix, *place, *window, *queue, *waiting;
    } windows[] = {
        {"qr", "D", "门诊大楼一楼 西药房", "3号窗口", "A027", "4"},
        {"bar", "88", "门诊大楼一楼 自助取药机", "B区", "", "0"},
    };
    cJSON *list = cJSON_AddArrayToObject(out, "druginfo");
    for (int i = 0; i < 2; i++) {
        char text[64];
        cJSON *drug = cJSON_CreateObject();
        snprintf(text, sizeof text, "%.40s-%d", bill->call_sn, i + 1);
        cJSON_AddStringToObject(drug, "drug_no", text);
        cJSON_AddStringToObject(drug, "code_type", windows[i].type);
        const char *digits = bill->call_sn + strcspn(bill->call_sn, "0123456789");
        snprintf(text, sizeof text, "%s%.30s", windows[i].prefix, digits);
        cJSON_AddStringToObject(drug, "code_value", text);
        cJSON_AddStringToObject(drug, "drug_addr", windows[i].place);
        cJSON_AddStringToObject(drug, "drug_window", windows[i].window);
        cJSON_AddStringToObject(drug, "drug_seq_no", windows[i].queue);
        cJSON_AddStringToObject(drug, "wait_num", windows[i].waiting);
        cJSON_AddItemToArray(list, drug);
    }
}

static cJSON *add_tip(cJSON *list, const char *title, const char *key, const char *value) {
    cJSON *tip = cJSON_CreateObject(), *item = cJSON_CreateObject();
    cJSON_AddStringToObject(tip, "tip_title", title);
    cJSON_AddItemToArray(cJSON_AddArrayToObject(tip, "tip_items"), item);
    cJSON_AddStringToObject(item, "tip_key", key);
    cJSON_AddStringToObject(item, "tip_value", value);
    cJSON_AddItemToArray(list, tip);
    return item;
}

static bool has_tests(const struct bill *bill) {
    struct bill_item rows[BILL_ITEMS_MAX];
    int count = bill_items(bill, rows);
    for (int i = 0; i < count; i++)
        if (!rows[i].item->drug && rows[i].item->price_fen > 0)
            return true;
    return false;
}

void his_guide(cJSON *out, const struct bill *bill) {
    cJSON *tips = cJSON_AddArrayToObject(out, "common_tip_list");
    if (has_tests(bill)) {
        cJSON *item = add_tip(tips, "检查检验提醒", "注意事项", "请空腹，凭此码到二楼分诊台登记");
        cJSON_AddStringToObject(item, "code_type", "qr");
        cJSON_AddStringToObject(item, "code_value", bill->doc_trace_no);
    }
    if (bill_has_drugs(bill)) {
        add_tip(tips, "用药提醒", "服药", "请按医嘱服药，取药后当面核对");
        put_drugs(out, bill);
    }
}
