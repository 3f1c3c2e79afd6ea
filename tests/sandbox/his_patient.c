/* ORG_001 and ORG_002: who is this, what is owed. */
#include <stdio.h>
#include <string.h>

#include "tests/sandbox/his.h"
#include "tests/sandbox/insured.h"
#include "tests/sandbox/value.h"

const struct rule account_rules[] = {
    ORG_RULES,
    {"cert_no", RULE_TEXT, 40, true, NULL},
    {"account_type", RULE_TEXT, 10, true, "01|02|03|04"},
    RULES_END,
};
const struct rule unsettled_rules[] = {
    ORG_RULES,
    {"cert_no", RULE_TEXT, 40, true, NULL},
    {"org_trace_no", RULE_TEXT, 40, false, NULL},
    {"his_cust_id", RULE_TEXT, 40, false, NULL},
    {"his_cust_type", RULE_TEXT, 10, false, NULL},
    {"account_type", RULE_TEXT, 10, false, "01|02|03|04"},
    {"begin_date", RULE_DATE, 10, false, NULL},
    {"end_date", RULE_DATE, 10, false, NULL},
    RULES_END,
};

static void put(cJSON *out, const char *name, const char *text) {
    cJSON_AddStringToObject(out, name, text == NULL ? "" : text);
}

static const struct patient *find(const cJSON *request, struct reply *reply) {
    const struct patient *patient =
        patient_find(message_get(request, "mdtrt_cert_type"), message_get(request, "mdtrt_cert_no"),
                     message_get(request, "account_type"));
    if (patient == NULL)
        reply_refuse(reply, RET_REFUSED, "未找到患者");
    return patient;
}

static void put_inpatient(cJSON *out, const struct patient *patient,
                          const struct sandbox *sandbox) {
    char day[MOMENT_SIZE];
    int64_t now_ms = sandbox_now_ms(sandbox);
    put(out, "ipt_no", patient->card);
    put(out, "disease_area", patient->ward);
    put(out, "adm_bed", patient->bed);
    put(out, "inpatient_total_fee", "8214.60");
    put(out, "inpatient_start_date", day_write(now_ms - 6 * DAY_MS, day));
    put(out, "inpatient_end_date", day_write(now_ms, day));
    put_yuan(out, "deposit_cap", patient->cap_fen);
}

static void put_cards(cJSON *out, const struct patient *patient) {
    if (patient->cust_ids[0] == NULL)
        return;
    cJSON *list = cJSON_AddArrayToObject(out, "his_cust_list");
    for (int i = 0; i < 2; i++) {
        cJSON *card = cJSON_CreateObject();
        put(card, "his_cust_id", patient->cust_ids[i]);
        put(card, "his_cust_type", "01");
        put(card, "his_cust_balc", "0.00");
        put(card, "his_cust_build_time", i == 0 ? "2019-03-08 09:12:40" : "2024-11-02 14:05:11");
        put(card, "patient_type", "00");
        cJSON_AddItemToArray(list, card);
    }
}

void his_query_account(struct sandbox *sandbox, const cJSON *request, struct reply *reply) {
    const struct patient *patient = find(request, reply);
    if (patient == NULL)
        return;
    cJSON *out = reply->body = cJSON_CreateObject();
    put(out, "mdtrt_cert_type", message_get(request, "mdtrt_cert_type"));
    put(out, "mdtrt_cert_no", message_get(request, "mdtrt_cert_no"));
    put(out, "patient_type", insured_by_card(patient->card) != NULL ? "01" : "00");
    put(out, "his_cust_id", patient->cust_ids[0] != NULL ? patient->cust_ids[0] : patient->card);
    put_yuan(out, "balance", hospital_account(sandbox, patient->card)->balance_fen);
    put(out, "psn_cert_type", "01");
    put(out, "cert_no", patient->id_no);
    put(out, "psn_name", patient->name);
    put(out, "gend", patient->gender);
    put(out, "brdy", patient->birthday);
    put(out, "phone", patient->phone);
    put(out, "account_type", patient_is_inpatient(patient) ? "02" : "01");
    if (patient_is_inpatient(patient))
        put_inpatient(out, patient, sandbox);
    put_cards(out, patient);
}

static cJSON *line_tree(const struct bill *bill, const struct bill_item *row, int nth) {
    cJSON *line = cJSON_CreateObject();
    char text[80];
    put(line, "chrg_bchno", bill->doc_trace_no);
    int stem = (int)strcspn(bill->doc_trace_no, "."); /* a line's own number stays */
    snprintf(text, sizeof text, "%.*s-%d", stem < 40 ? stem : 40, bill->doc_trace_no, nth);
    put(line, "feedetl_sn", text);
    put(line, "med_list_codg", "001101000010000");
    put(line, "medins_list_codg", "SF0001");
    /* A price list goes to four decimals; unit prices are text of their own. */
    snprintf(text, sizeof text, "%lld.%02lld00", (long long)(row->amount_fen / row->count / 100),
             (long long)(row->amount_fen / row->count % 100));
    put(line, "pric", text);
    snprintf(text, sizeof text, "%d", row->count);
    put(line, "cnt", text);
    put_yuan(line, "det_item_fee_sumamt", row->amount_fen);
    put_moment(line, "fee_ocur_time", bill->begun_ms);
    put(line, "bilg_dr_name", bill->doctor);
    put(line, "bilg_dr_codg", "D350102000001");
    put(line, "bilg_dept_codg", "A03");
    put(line, "bilg_dept_name", bill->department);
    put(line, "hosp_appr_flag", "0");
    put(line, "item_name", row->item->name);
    put(line, "invo_item_no", row->item->drug ? "09" : "04");
    put(line, "hi_item", row->item->outside ? "N" : "Y");
    put(line, "item_emp", row->item->unit);
    put(line, "item_spec", row->item->spec);
    return line;
}

static void put_lines(cJSON *out, const struct bill *bill) {
    struct bill_item rows[BILL_ITEMS_MAX];
    int count = bill_items(bill, rows);
    cJSON *list = cJSON_AddArrayToObject(out, "rxlist");
    for (int i = 0; i < count; i++)
        cJSON_AddItemToArray(list, line_tree(bill, &rows[i], i + 1));
}

static cJSON *bill_tree(const struct bill *bill, const struct patient *patient) {
    cJSON *out = cJSON_CreateObject();
    put(out, "org_trace_no", bill->org_trace_no);
    put(out, "doc_trace_no", bill->doc_trace_no);
    put(out, "ipt_otp_no", bill->cust_id);
    put(out, "patient_type", insured_by_card(patient->card) != NULL ? "01" : "00");
    put(out, "mdtrt_cert_type", "10");
    put(out, "mdtrt_cert_no", patient->card);
    put(out, "cert_no", patient->id_no);
    put(out, "psn_name", patient->name);
    put(out, "gend", patient->gender);
    put(out, "dept_name", bill->department);
    put(out, "dept_code", "A03");
    put(out, "caty", "A03");
    put(out, "atddr_no", "D350102000001");
    put(out, "dr_name", bill->doctor);
    put(out, "chfpdr_no", "D350102000001");
    put(out, "chfpdr_name", bill->doctor);
    put_yuan(out, "medfee_sumamt", bill->amount_fen);
    put(out, "med_type", "11");
    put_moment(out, "begn_time", bill->begun_ms);
    put(out, "chrg_bchno", bill->doc_trace_no);
    put(out, "fee_type", "08");
    put_lines(out, bill);
    return out;
}

/* A list that lags still has what was settled a moment ago. */
static bool is_on_list(const struct sandbox *sandbox, const struct bill *bill) {
    return bill->state == BILL_UNSETTLED ||
           sandbox_now_ms(sandbox) < bill->settled_ms + sandbox->settings.list_lag_ms;
}

static bool is_asked_for(const struct sandbox *sandbox, const struct bill *bill,
                         const struct patient *patient, const cJSON *request) {
    int64_t from_ms = 0, to_ms = 0;
    const char *cust_id = message_get(request, "his_cust_id");
    const char *trace_no = message_get(request, "org_trace_no");
    if (!is_on_list(sandbox, bill) || strcmp(bill->card, patient->card) != 0)
        return false;
    if (cust_id[0] != '\0' && strcmp(cust_id, bill->cust_id) != 0)
        return false;
    if (trace_no[0] != '\0' && strcmp(trace_no, bill->org_trace_no) != 0)
        return false;
    if (day_read(message_get(request, "begin_date"), &from_ms) && bill->begun_ms < from_ms)
        return false;
    return !day_read(message_get(request, "end_date"), &to_ms) || bill->begun_ms < to_ms + DAY_MS;
}

void his_query_unsettled(struct sandbox *sandbox, const cJSON *request, struct reply *reply) {
    const struct patient *patient = find(request, reply);
    if (patient == NULL)
        return;
    const struct rows *bills = &sandbox->books.bills;
    reply->body = cJSON_CreateObject();
    put(reply->body, "tip_msg", patient->tip);
    cJSON *list = cJSON_AddArrayToObject(reply->body, "unsettlelist");
    for (int i = 0; i < bills->count; i++) {
        if (!is_asked_for(sandbox, bills->at[i], patient, request))
            continue;
        if (sandbox->settings.renumber)
            hospital_renumber(bills->at[i]);
        cJSON_AddItemToArray(list, bill_tree(bills->at[i], patient));
    }
}
