#include "app/ctl/recon_apply.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/base/clock.h"
#include "app/config/terminal_rows.h"
#include "app/core/order/shares.h"
#include "app/ctl/cases.h"
#include "app/ctl/journal_open.h"
#include "app/pump/control.h"
#include "app/recon/acts.h"
#include "app/wire/json.h"

#define HEARD_MS 5000
#define TERMINAL_NO_AT 12 /* in an order's number */
#define TRIES 10          /* an order that is being written just now is asked for again */
#define TRY_US 500000

/* One act on its way. */
struct applying {
    struct ctl *ctl;
    const struct recon_report *report;
    const char *by, *rule;
    struct recon_act act;
    char order_no[ORDER_NO_SIZE], case_no[ORDER_CASE_NO_SIZE], leg_no[ORDER_NO_SIZE],
        call_sn[TRACE_NO_SIZE];
    struct fen amount;
    cJSON *original;
};

static void add_slice(cJSON *object, const char *name, struct recon_slice text) {
    char *copy = text.length > 0 ? strndup(text.at, text.length) : NULL;
    if (copy != NULL)
        cJSON_AddStringToObject(object, name, copy);
    free(copy);
}

static bool copy_slice(char *out, size_t size, struct recon_slice text) {
    if (text.length >= size)
        return false;
    if (text.length > 0) /* what is not there has no place either */
        memcpy(out, text.at, text.length);
    out[text.length] = '\0';
    return true;
}

/* A row as it is kept beside what is done because of it. */
static bool keep_original(struct applying *applying, uint32_t row) {
    char money[RECON_MONEY_SIZE], time[RECON_TIME_SIZE];
    struct recon_ledger *ledger = applying->report->ledger;
    const struct recon_entry *entry = recon_report_entry(applying->report, row);
    if (entry == NULL)
        return false;
    cJSON *object = cJSON_AddObjectToObject(applying->original,
                                            ledger->sources[RECON_CHUNK(ledger, row)->source].name);
    for (int id = 0; id < RECON_ID_COUNT; id++)
        add_slice(object, recon_id_word((enum recon_id)id), entry->ids[id]);
    cJSON_AddStringToObject(object, "amount", recon_money(entry->amount.fen, money));
    cJSON_AddStringToObject(object, "time", entry_time_text(entry->time_s, time));
    return true;
}

static const char *open_case_of(const cJSON *order) {
    const cJSON *one;
    cJSON_ArrayForEach(one, wire_member(order, "cases")) {
        const char *state = wire_text(one, "state");
        if (state != NULL && strcmp(state, "open") == 0)
            return wire_text(one, "case_no");
    }
    return NULL;
}

/* The order's number stands in its line of the journal, and that of the case that was open. */
static bool find_order(struct applying *applying) {
    const char *error;
    struct recon_slice line = recon_row_original(applying->report->ledger, applying->act.row);
    cJSON *order = wire_parse(line.at, line.length, &error);
    const char *no = wire_text(order, "order_no");
    bool good = no != NULL && strlen(no) < sizeof applying->order_no;
    const char *case_no = open_case_of(order);
    if (good)
        strcpy(applying->order_no, no);
    if (case_no != NULL)
        snprintf(applying->case_no, sizeof applying->case_no, "%s", case_no);
    cJSON_Delete(order);
    return good;
}

static bool prepare_act(struct applying *applying) {
    const struct recon_entry *entry = recon_report_entry(applying->report, applying->act.row);
    if (entry == NULL ||
        !copy_slice(applying->leg_no, sizeof applying->leg_no, entry->ids[RECON_PAYMENT_NO]))
        return false;
    applying->amount = entry->amount;
    entry = recon_report_entry(applying->report, applying->act.because);
    return entry != NULL &&
           copy_slice(applying->call_sn, sizeof applying->call_sn, entry->ids[RECON_RECEIPT_NO]) &&
           find_order(applying) && keep_original(applying, applying->act.row) &&
           keep_original(applying, applying->act.because);
}

/* Caller: free(). */
static char *act_line(const struct applying *applying) {
    char money[RECON_MONEY_SIZE], reason[64];
    cJSON *tree = cJSON_CreateObject();
    const struct recon_report *report = applying->report;
    snprintf(reason, sizeof reason, "recon %.10s %.10s", report->from ? report->from : "",
             report->to ? report->to : "");
    cJSON_AddStringToObject(tree, "ask", control_word_name(ASK_RECHECK));
    cJSON_AddStringToObject(tree, "order_no", applying->order_no);
    cJSON_AddStringToObject(tree, "by", applying->by);
    cJSON_AddStringToObject(tree, "rule", applying->rule);
    cJSON_AddStringToObject(tree, "reason", reason);
    if (applying->act.kind == RECON_ACT_PROVE) {
        cJSON_AddStringToObject(tree, "leg_no", applying->leg_no);
        cJSON_AddStringToObject(tree, "call_sn", applying->call_sn);
        cJSON_AddStringToObject(tree, "amount", recon_money(applying->amount.fen, money));
    }
    cJSON_AddItemReferenceToObject(tree, "original", applying->original);
    char *text = cJSON_PrintUnformatted(tree), *line = NULL;
    if (text != NULL && asprintf(&line, "%s\n", text) < 0)
        line = NULL;
    free(text);
    cJSON_Delete(tree);
    return line;
}

/* How the rule, both rows and who are kept beside a decision. Caller: free(). */
static char *act_evidence(const struct applying *applying) {
    cJSON *tree = cJSON_CreateObject();
    cJSON_AddStringToObject(tree, "by", applying->by);
    cJSON_AddStringToObject(tree, "rule", applying->rule);
    cJSON_AddItemReferenceToObject(tree, "original", applying->original);
    char *text = cJSON_PrintUnformatted(tree);
    cJSON_Delete(tree);
    return text;
}

/* NULL: done. */
static const char *resolve_act(const struct applying *applying) {
    char reason[64];
    const struct recon_report *report = applying->report;
    bool refund = recon_row(report->ledger, applying->act.row).kind == RECON_REFUND;
    snprintf(reason, sizeof reason, "recon %.10s %.10s", report->from ? report->from : "",
             report->to ? report->to : "");
    char *evidence = act_evidence(applying);
    struct journal_decision decision = {.order_no = applying->order_no,
                                        .case_no = applying->case_no,
                                        .by = applying->by,
                                        .reason = reason,
                                        .how = refund ? RESOLUTION_RETURNED : RESOLUTION_CREDITED,
                                        .wall_ms = clock_wall_ms(),
                                        .evidence = evidence};
    enum ctl_exit code = ctl_resolve_case(applying->ctl, &decision);
    free(evidence);
    return code == CTL_OK ? NULL : "the case stays open";
}

/* NULL: heard. Else why not, until the next call. */
static const char *tell_kiosk(const struct applying *applying) {
    static char why[128];
    char *line = act_line(applying);
    char *answer =
        line ? control_call_line(settings_of(&applying->ctl->config)->control_path, line, HEARD_MS)
             : NULL;
    cJSON *tree = answer ? cJSON_Parse(answer) : NULL;
    const char *error = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(tree, "error"));
    bool heard = error == NULL && cJSON_HasObjectItem(tree, "heard");
    snprintf(why, sizeof why, "%s", error ? error : "no kiosk answers");
    cJSON_Delete(tree);
    free(answer);
    free(line);
    return heard ? NULL : why;
}

static bool has_unproven(const struct order *order, const struct applying *applying) {
    for (int i = 0; i < order->share_count; i++) {
        const struct share *share = &order->shares[i];
        if (order->claims[share->claim].unproven && share->amount.fen == applying->amount.fen &&
            strcmp(order->legs[share->leg].no, applying->leg_no) == 0)
            return true;
    }
    return false;
}

/* What the journal says afterwards. */
static bool is_proven(const struct applying *applying) {
    struct journal *journal;
    struct order *order = calloc(1, sizeof *order);
    bool proven = false;
    if (order != NULL && ctl_open_journal(applying->ctl, &journal) == CTL_OK) {
        proven = journal_load(journal, applying->order_no, order) == JOURNAL_OK &&
                 !has_unproven(order, applying);
        journal_close(journal);
    }
    free(order);
    return proven;
}

/* NULL: done. */
static const char *apply_act(const struct applying *applying) {
    const char *why = "not proven: the order is busy";
    if (applying->act.kind == RECON_ACT_RESOLVE)
        return resolve_act(applying);
    for (int tries = 0; tries < TRIES; tries++) {
        why = tell_kiosk(applying);
        if (why != NULL && strcmp(why, "busy") != 0)
            return why;
        if (why == NULL && applying->act.kind == RECON_ACT_ASK)
            return NULL;
        (void)usleep(TRY_US);
        if (why == NULL && is_proven(applying))
            return NULL;
    }
    return why != NULL ? why : "not proven: the order is busy";
}

/* Numbers of ours name their terminal (core/order/number). Its own kiosk is the one to tell. */
static bool is_of_another(const struct applying *applying) {
    const char *no = config_terminal(&applying->ctl->config)->no;
    return strlen(applying->order_no) == ORDER_NO_LENGTH &&
           strncmp(applying->order_no + TERMINAL_NO_AT, no, strlen(no)) != 0;
}

/* NULL: done, or not ours to do. */
static const char *prepare_and_apply(struct applying *applying, bool *of_another) {
    if (!prepare_act(applying))
        return "its line cannot be read";
    *of_another = is_of_another(applying);
    return *of_another ? NULL : apply_act(applying);
}

static bool apply_one(struct applying *applying) {
    char money[RECON_MONEY_SIZE];
    static const char *const done[RECON_ACT_COUNT] = {
        [RECON_ACT_ASK] = "asked", [RECON_ACT_PROVE] = "proven", [RECON_ACT_RESOLVE] = "resolved"};
    applying->original = cJSON_CreateObject();
    bool of_another = false;
    const char *why = prepare_and_apply(applying, &of_another);
    fprintf(stderr, "kioskctl: %s %s %s: %s\n", recon_act_word(applying->act.kind),
            applying->order_no, recon_money(applying->amount.fen, money),
            why != NULL  ? why
            : of_another ? "another terminal's"
                         : done[applying->act.kind]);
    cJSON_Delete(applying->original);
    return why == NULL;
}

enum ctl_exit recon_apply(struct ctl *ctl, const struct recon_report *report, const char *by) {
    struct recon_act acts[RECON_ACTS_MAX];
    enum ctl_exit code = CTL_OK;
    for (size_t i = 0; i < report->result->finding_count; i++) {
        const struct recon_finding *finding = &report->result->findings[i];
        int count = recon_acts_of(report->ledger, report->result, finding, acts);
        for (int n = 0; n < count; n++) {
            struct applying applying = {.ctl = ctl,
                                        .report = report,
                                        .by = by,
                                        .rule = recon_classes[finding->class].word,
                                        .act = acts[n]};
            code = apply_one(&applying) ? code : CTL_FAILED;
        }
    }
    return code;
}
