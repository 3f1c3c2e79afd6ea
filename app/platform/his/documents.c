/* The HIS's large answers as bounded documents. Ids are never cut, texts for people may be. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/base/log.h"
#include "app/base/text.h"
#include "app/config/privacy.h"
#include "app/config/terminal_rows.h"
#include "app/platform/his/his.h"
#include "app/wire/json.h"
#include "app/wire/person_keys.h"
#include "app/wire/reading.h"

#define LISTED_ROWS_MAX 4096 /* of an answer; more is no patient's */
#define LISTED_LINES_MAX (LISTED_BILLS_MAX * BILL_LINES_MAX)

#define COPY(to, object, name) text_clean((to), sizeof(to), wire_text((object), (name)))
#define ID(to, object, name) reading_id((to), sizeof(to), (object), (name))

static const cJSON *list_of(const cJSON *object, const char *name) {
    const cJSON *list = wire_member(object, name);
    return cJSON_IsArray(list) ? list : NULL;
}

static bool has_text(const cJSON *object, const char *name) {
    const char *text = wire_text(object, name);
    return text != NULL && *text != '\0';
}

static bool is_left_out(const cJSON *item) {
    return item == NULL || cJSON_IsNull(item) ||
           (cJSON_IsString(item) && item->valuestring[0] == '\0');
}

static bool read_hospital_card(const cJSON *row, struct hospital_card *card,
                               struct wire_reading *out) {
    if (!ID(card->his_cust_id, row, "his_cust_id") || card->his_cust_id[0] == '\0')
        return reading_malformed(out, "his_cust_list: his_cust_id is missing or too long");
    COPY(card->his_cust_type, row, "his_cust_type");
    COPY(card->built, row, "his_cust_build_time");
    card->has_balance = his_amount(row, "his_cust_balc", &card->balance);
    return true;
}

static bool read_cards(const cJSON *tree, struct account *account, struct wire_reading *out) {
    const cJSON *row, *list = list_of(tree, "his_cust_list");
    if (cJSON_GetArraySize(list) > CARDS_MAX)
        return reading_malformed(out, "his_cust_list: more than %d cards", CARDS_MAX);
    cJSON_ArrayForEach(row, list) {
        if (!read_hospital_card(row, &account->cards[account->card_count++], out))
            return false;
    }
    return true;
}

/* Type and number belong together: both as answered, or both as asked. */
static bool read_cert(const cJSON *tree, const cJSON *sent, struct account *account) {
    bool answered = has_text(tree, "mdtrt_cert_no") && has_text(tree, "mdtrt_cert_type");
    const cJSON *from = answered ? tree : sent;
    return ID(account->mdtrt_cert_no, from, "mdtrt_cert_no") &&
           ID(account->mdtrt_cert_type, from, "mdtrt_cert_type");
}

static enum account_type account_type(const cJSON *tree, const cJSON *sent) {
    const char *text = wire_text(tree, "account_type");
    if (text == NULL || (strcmp(text, "01") != 0 && strcmp(text, "02") != 0))
        text = wire_text(sent, "account_type");
    return text != NULL && strcmp(text, "02") == 0 ? ACCOUNT_INPATIENT : ACCOUNT_OUTPATIENT;
}

static bool read_amounts(const cJSON *tree, struct account *account, struct wire_reading *out) {
    if (!his_amount(tree, "balance", &account->balance))
        return reading_malformed(out, "balance is missing or no amount");
    account->has_cap = has_text(tree, "deposit_cap");
    if (account->has_cap && !his_amount(tree, "deposit_cap", &account->deposit_cap))
        return reading_malformed(out, "deposit_cap is no amount");
    return true;
}

static bool fill_account(const cJSON *tree, const cJSON *sent, struct account *account,
                         struct wire_reading *out) {
    if (!has_text(tree, "psn_name"))
        return reading_malformed(out, "psn_name is missing");
    COPY(account->name, tree, "psn_name");
    COPY(account->ward, tree, "disease_area");
    COPY(account->patient_type, tree, "patient_type");
    COPY(account->bed, tree, "adm_bed");
    COPY(account->phone, tree, "phone");
    account->account_type = account_type(tree, sent);
    if (!ID(account->cert_no, tree, "cert_no") || !ID(account->his_cust_id, tree, "his_cust_id") ||
        !ID(account->ipt_no, tree, "ipt_no") || !read_cert(tree, sent, account))
        return reading_malformed(out, "cert_no, his_cust_id, ipt_no or mdtrt_cert_no is too long");
    return read_amounts(tree, account, out) && read_cards(tree, account, out);
}

bool his_read_account(const struct config *config, const cJSON *tree, const cJSON *sent,
                      struct wire_reading *out) {
    struct account *account = calloc(1, sizeof *account);
    ENSURE(account != NULL);
    account->head.kind = DOCUMENT_ACCOUNT;
    if (!fill_account(tree, sent, account, out)) {
        free(account);
        return false;
    }
    const struct shown_card shown = {wire_text(sent, "mdtrt_cert_type"),
                                     wire_text(sent, "mdtrt_cert_no"), wire_text(sent, "cert_no")};
    person_keys_add(config_privacy(config)->hospital_key, &shown, account);
    out->document = &account->head;
    return true;
}

/* What becomes of a row of unsettlelist. One that cannot be sold does not make the others so. */
enum row_fate { ROW_READ, ROW_LEFT_OUT, ROW_MALFORMED };

static enum row_fate row_malformed(struct wire_reading *out, const char *why) {
    (void)reading_malformed(out, "unsettlelist: %s", why);
    return ROW_MALFORMED;
}

static enum row_fate read_bill_line(const char *institution, const cJSON *row,
                                    struct bill_line *line, struct wire_reading *out) {
    his_name_line(institution, row, line);
    COPY(line->name, row, "item_name");
    COPY(line->spec, row, "item_spec");
    COPY(line->unit, row, "item_emp");
    COPY(line->price, row, "pric");
    COPY(line->count, row, "cnt");
    if (!has_text(row, "det_item_fee_sumamt"))
        return row_malformed(out, "rxlist: det_item_fee_sumamt is missing");
    return his_amount(row, "det_item_fee_sumamt", &line->amount) ? ROW_READ : ROW_LEFT_OUT;
}

static enum row_fate read_bill_head(const cJSON *row, struct bill *bill, struct wire_reading *out) {
    if (!ID(bill->org_trace_no, row, "org_trace_no") || bill->org_trace_no[0] == '\0' ||
        !ID(bill->doc_trace_no, row, "doc_trace_no") || bill->doc_trace_no[0] == '\0')
        return row_malformed(out, "org_trace_no or doc_trace_no is missing or too long");
    if (!has_text(row, "medfee_sumamt"))
        return row_malformed(out, "medfee_sumamt is missing");
    /* A third decimal, or less than nothing: no amount that can be paid. */
    if (!his_amount(row, "medfee_sumamt", &bill->amount) || bill->amount.fen < 0)
        return ROW_LEFT_OUT;
    COPY(bill->department, row, "dept_name");
    COPY(bill->doctor, row, "dr_name");
    COPY(bill->begun, row, "begn_time");
    COPY(bill->patient_type, row, "patient_type");
    return ROW_READ;
}

static enum row_fate read_bill(const char *institution, const cJSON *row, struct bill_list *list,
                               struct wire_reading *out) {
    if (!cJSON_IsObject(row))
        return row_malformed(out, "a row is no object");
    if (list->bill_count == LISTED_BILLS_MAX) {
        list->more = true;
        return ROW_LEFT_OUT;
    }
    struct bill *bill = &list->bills[list->bill_count];
    enum row_fate fate = read_bill_head(row, bill, out);
    if (fate != ROW_READ || cJSON_GetArraySize(list_of(row, "rxlist")) > BILL_LINES_MAX)
        return fate == ROW_READ ? ROW_LEFT_OUT : fate;
    bill->first_line = list->line_count;
    const cJSON *line;
    cJSON_ArrayForEach(line, list_of(row, "rxlist")) {
        fate = read_bill_line(institution, line, &list->lines[list->line_count++], out);
        if (fate != ROW_READ) {
            list->line_count = bill->first_line;
            return fate;
        }
        bill->line_count++;
    }
    his_name_bill(row, list, bill);
    list->bill_count++;
    return ROW_READ;
}

static bool read_rows(const char *institution, const cJSON *rows, struct bill_list *list,
                      struct wire_reading *out) {
    const cJSON *row;
    cJSON_ArrayForEach(row, rows) {
        enum row_fate fate = read_bill(institution, row, list, out);
        if (fate == ROW_MALFORMED)
            return false;
        if (fate == ROW_LEFT_OUT && list->bill_count < LISTED_BILLS_MAX)
            list->bills[list->bill_count] = (struct bill){.first_line = 0};
        list->left_out += fate == ROW_LEFT_OUT;
    }
    return true;
}

static bool is_same_row(const struct bill *a, const struct bill *b) {
    return strcmp(a->doc_trace_no, b->doc_trace_no) == 0 &&
           money_compare(a->amount, b->amount) == 0 && a->line_count == b->line_count;
}

/* ORG_003 and 004 know a bill by org_trace_no alone. The same row twice is one bill; rows that
 * differ contradict each other, and none of them is sold. */
static bool is_sold_by_number(const struct bill_list *list, int n) {
    const struct bill *bill = &list->bills[n];
    for (int i = 0; i < list->bill_count; i++) {
        const struct bill *other = &list->bills[i];
        if (i != n && strcmp(other->org_trace_no, bill->org_trace_no) == 0 &&
            (i < n || !is_same_row(other, bill)))
            return false;
    }
    return true;
}

static void leave_out_repeated(struct bill_list *list) {
    bool sold[LISTED_BILLS_MAX];
    int kept = 0;
    for (int i = 0; i < list->bill_count; i++)
        sold[i] = is_sold_by_number(list, i);
    for (int i = 0; i < list->bill_count; i++)
        if (sold[i])
            list->bills[kept++] = list->bills[i];
    list->left_out += list->bill_count - kept;
    list->bill_count = kept;
}

/* Room for the lines of the bills that can be listed. */
static int count_lines(const cJSON *list) {
    int total = 0, bills = 0;
    const cJSON *row;
    cJSON_ArrayForEach(row, list) {
        int lines = cJSON_GetArraySize(list_of(row, "rxlist"));
        total += lines > BILL_LINES_MAX ? 0 : lines;
        if (++bills > LISTED_ROWS_MAX)
            return -1;
    }
    return total < LISTED_LINES_MAX ? total : LISTED_LINES_MAX;
}

bool his_read_bills(const struct config *config, const cJSON *tree, struct wire_reading *out) {
    const cJSON *rows = list_of(tree, "unsettlelist");
    /* Only a list that is surely empty may say that a bill is gone. */
    if (rows == NULL && !is_left_out(wire_member(tree, "unsettlelist")))
        return reading_malformed(out, "unsettlelist is no list");
    int lines = count_lines(rows);
    if (lines < 0)
        return reading_malformed(out, "unsettlelist: more than %d bills", LISTED_ROWS_MAX);
    struct bill_list *list = calloc(1, sizeof *list + (size_t)lines * sizeof list->lines[0]);
    ENSURE(list != NULL);
    list->head.kind = DOCUMENT_BILLS;
    COPY(list->tip, tree, "tip_msg");
    if (!read_rows(config_terminal(config)->org_code, rows, list, out)) {
        free(list);
        return false;
    }
    leave_out_repeated(list);
    his_forget_shared_lines(list);
    out->document = &list->head;
    return true;
}

/* A code that does not fit is left out: a cut one would lead astray. */
static void read_guide_code(const cJSON *row, struct guide_item *item) {
    const char *type = wire_text(row, "code_type");
    if (!has_text(row, "code_value") || !ID(item->code_value, row, "code_value"))
        return;
    item->code = type != NULL && strcmp(type, "bar") == 0 ? CODE_TYPE_BAR : CODE_TYPE_QR;
}

/* The next free item, or NULL when the guidance is full. */
static struct guide_item *next_guide_item(struct guidance *guidance) {
    return guidance->item_count < GUIDE_ITEMS_MAX ? &guidance->items[guidance->item_count++] : NULL;
}

static bool add_drugs(const cJSON *tree, struct guidance *guidance) {
    const cJSON *row;
    cJSON_ArrayForEach(row, list_of(tree, "druginfo")) {
        struct guide_item *item = next_guide_item(guidance);
        if (item == NULL)
            return false;
        item->drug = true;
        COPY(item->key, row, "drug_no");
        COPY(item->value, row, "drug_addr");
        COPY(item->window, row, "drug_window");
        COPY(item->queue, row, "drug_seq_no");
        COPY(item->waiting, row, "wait_num");
        read_guide_code(row, item);
    }
    return true;
}

static bool add_tips(const cJSON *tree, struct guidance *guidance) {
    const cJSON *tip, *row;
    cJSON_ArrayForEach(tip, list_of(tree, "common_tip_list")) {
        cJSON_ArrayForEach(row, list_of(tip, "tip_items")) {
            struct guide_item *item = next_guide_item(guidance);
            if (item == NULL)
                return false;
            COPY(item->title, tip, "tip_title");
            COPY(item->key, row, "tip_key");
            COPY(item->value, row, "tip_value");
            read_guide_code(row, item);
        }
    }
    return true;
}

/* ORG_006 has a code and a sentence for the drugs beside its lists. */
static bool add_single(const cJSON *tree, const char *code, const char *text, bool drug,
                       struct guidance *guidance) {
    if (!has_text(tree, code) && !has_text(tree, text))
        return true;
    struct guide_item *item = next_guide_item(guidance);
    if (item == NULL)
        return false;
    item->drug = drug;
    COPY(item->value, tree, text);
    if (has_text(tree, code) && ID(item->code_value, tree, code))
        item->code = CODE_TYPE_QR;
    return true;
}

bool his_read_guidance(const cJSON *tree, bool strict, struct wire_reading *out) {
    struct guidance *guidance = calloc(1, sizeof *guidance);
    ENSURE(guidance != NULL);
    guidance->head.kind = DOCUMENT_GUIDANCE;
    COPY(guidance->next_step, tree, "next_step_tips");
    bool fits = add_drugs(tree, guidance) && add_tips(tree, guidance) &&
                add_single(tree, "drug_qr_no", "drug_tip", true, guidance);
    bool empty = guidance->item_count == 0 && guidance->next_step[0] == '\0';
    if (fits && (strict || !empty)) {
        out->document = &guidance->head;
        return true;
    }
    free(guidance);
    return fits || !strict ||
           reading_malformed(out, "more than %d lines of guidance", GUIDE_ITEMS_MAX);
}
