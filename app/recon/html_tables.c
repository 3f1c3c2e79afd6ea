/* The tables: of each class with its findings, and of the totals. */
#include <inttypes.h>

#include "app/recon/acts.h"
#include "app/recon/html.h"

static const struct html_words row_heads[] = {
    {{"#", "#"}},       {{"来源", "Source"}}, {{"类型", "Kind"}},    {{"金额", "Amount"}},
    {{"时间", "Time"}}, {{"状态", "State"}},  {{"渠道", "Channel"}}, {{"号码", "Numbers"}}};
#define ROW_HEADS (sizeof row_heads / sizeof *row_heads)

static const struct html_words kind_words[RECON_KIND_COUNT] = {{{"支付", "payment"}},
                                                               {{"退款", "refund"}}};
static const struct html_words state_words[RECON_STATE_COUNT] = {
    [RECON_DONE] = {{"已完成", "done"}},
    [RECON_PENDING] = {{"处理中", "pending"}},
    [RECON_VOID] = {{"未发生", "void"}},
    [RECON_UNCREDITED] = {{"已付未入账", "uncredited"}},
    [RECON_UNPROVEN] = {{"入账待证", "unproven"}},
    [RECON_RETURNED] = {{"已退回", "returned"}},
    [RECON_TAKEN_ELSEWHERE] = {{"医院已撤账", "taken back at the hospital"}}};

/* A channel's or a fee type's word where it is one of ours, else as it came. */
static void html_word(FILE *out, struct recon_slice word) {
    static const struct html_words words[] = {
        {{"微信", "wechat"}},        {{"支付宝", "alipay"}},   {{"银联", "unionpay"}},
        {{"银行卡", "card"}},        {{"现金", "cash"}},       {{"门诊缴费", "bills"}},
        {{"住院预交金", "deposit"}}, {{"门诊", "outpatient"}}, {{"住院", "inpatient"}}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (slice_is(word, words[i].in[LANGUAGE_EN])) {
            html_both(out, &words[i]);
            return;
        }
    html_text(out, word);
}

static const struct html_words number_names[RECON_ID_COUNT] = {
    [RECON_PAYMENT_NO] = {{"支付单号", "payment"}},
    [RECON_OUT_NO] = {{"平台流水号", "platform"}},
    [RECON_IN_NO] = {{"渠道流水号", "channel"}},
    [RECON_TRACE_NO] = {{"业务单号", "bill"}},
    [RECON_RECEIPT_NO] = {{"医院收据号", "receipt"}},
    [RECON_SETTLE_NO] = {{"医保结算号", "insurance settlement"}},
    [RECON_ORIGIN_NO] = {{"原支付单号", "original payment"}}};

static void html_numbers(FILE *out, const struct recon_entry *entry) {
    for (int id = 0; id < RECON_ID_COUNT; id++) {
        if (entry->ids[id].length == 0)
            continue;
        fprintf(out, "<span class=\"id\" title=\"%s %s\">", number_names[id].in[LANGUAGE_ZH],
                recon_id_word((enum recon_id)id));
        html_text(out, entry->ids[id]);
        fputs("</span> ", out);
    }
}

/* `odd`: its amount is not the first row's, and that is the difference. */
static bool html_row(FILE *out, const struct recon_report *report, uint32_t row, bool odd) {
    char time[RECON_TIME_SIZE];
    const struct recon_entry *entry = recon_report_entry(report, row);
    if (entry == NULL)
        return false;
    fputs("<td>", out);
    html_source_name(out, report->ledger->sources[RECON_CHUNK(report->ledger, row)->source].name);
    fputs(recon_row(report->ledger, row).unverified ? " *</td><td>" : "</td><td>", out);
    html_both(out, &kind_words[entry->kind]);
    fputs(odd ? "</td><td class=\"n odd\">" : "</td><td class=\"n\">", out);
    html_money(out, entry->amount.fen);
    fprintf(out, "</td><td>%s</td><td>", entry_time_text(entry->time_s, time));
    html_both(out, &state_words[entry->state]);
    fputs("</td><td>", out);
    html_word(out, entry->channel);
    fputs("</td><td>", out);
    html_numbers(out, entry);
    fputs("</td></tr>\n", out);
    return true;
}

/* What is said of this finding alone, and what the terminal could settle of it. */
static void html_remark(FILE *out, const struct recon_finding *finding,
                        const struct recon_act *acts, int act_count) {
    if (recon_finding_has_words(finding)) {
        html_both(out, &(struct html_words){{recon_finding_what(finding, LANGUAGE_ZH),
                                             recon_finding_what(finding, LANGUAGE_EN)}});
        if (finding->class != RECON_UNPROVEN_CREDIT) { /* else what its class says */
            fputs(" <strong>", out);
            html_both(out, &(struct html_words){{recon_finding_act(finding, LANGUAGE_ZH),
                                                 recon_finding_act(finding, LANGUAGE_EN)}});
            fputs("</strong>", out);
        }
    } else if (finding->explained)
        html_both(out, &(struct html_words){{recon_explained_words(LANGUAGE_ZH),
                                             recon_explained_words(LANGUAGE_EN)}});
    for (int i = 0; i < act_count; i++) {
        fputs(" ", out);
        html_both(out, &(struct html_words){{recon_act_text(acts[i].kind, LANGUAGE_ZH),
                                             recon_act_text(acts[i].kind, LANGUAGE_EN)}});
    }
}

/* A finding is a body of its own, so that it is sorted and found as one. */
static bool html_finding(FILE *out, const struct recon_report *report, size_t number) {
    const struct recon_finding *finding = &report->result->findings[number];
    const uint32_t *rows = report->result->members + finding->first;
    struct recon_act acts[RECON_ACTS_MAX];
    int act_count = recon_acts_of(report->ledger, report->result, finding, acts);
    bool remark = finding->explained || recon_finding_has_words(finding) || act_count > 0;
    fputs("<tbody>", out);
    for (uint32_t i = 0; i < finding->count; i++) {
        fputs("<tr>", out);
        if (i == 0)
            fprintf(out, "<td class=\"n\" rowspan=\"%u\">%zu</td>",
                    (unsigned)finding->count + remark, number + 1);
        bool odd = finding->class == RECON_AMOUNT_DIFFERS &&
                   recon_row(report->ledger, rows[i]).fen != recon_row(report->ledger, rows[0]).fen;
        if (!html_row(out, report, rows[i], odd))
            return false;
    }
    if (remark) {
        fprintf(out, "<tr><td class=\"remark\" colspan=\"%zu\">", ROW_HEADS - 1);
        html_remark(out, finding, acts, act_count);
        fputs("</td></tr>\n", out);
    }
    fputs("</tbody>\n", out);
    return true;
}

static void class_head(FILE *out, const struct recon_report *report, int class) {
    const struct recon_class_text *text = &recon_classes[class];
    const struct recon_sum *sum = &report->result->classes[class];
    fprintf(out, "<details open class=\"class\" id=\"%s\"><summary><h2>", text->word);
    html_both(out, &(struct html_words){{text->title[LANGUAGE_ZH], text->title[LANGUAGE_EN]}});
    fprintf(out, "</h2> <b>%" PRId64 "</b> · ", sum->deals);
    html_money(out, sum->fen);
    fputs("</summary><p>", out);
    html_both(out, &(struct html_words){{text->what[LANGUAGE_ZH], text->what[LANGUAGE_EN]}});
    fputs(" <strong>", out);
    html_both(out, &(struct html_words){{text->act[LANGUAGE_ZH], text->act[LANGUAGE_EN]}});
    fputs("</strong></p>\n<table class=\"list\"><thead><tr>", out);
    for (size_t i = 0; i < ROW_HEADS; i++) {
        fprintf(out, "<th data-column=\"%zu\"%s>", i, i == 0 || i == 3 ? " class=\"n\"" : "");
        html_both(out, &row_heads[i]);
        fputs("</th>", out);
    }
    fputs("</tr></thead>\n", out);
}

static bool html_class(FILE *out, const struct recon_report *report, int class, size_t *at) {
    const struct recon_result *result = report->result;
    size_t listed = 0, left = 0;
    class_head(out, report, class);
    for (; *at < result->finding_count && result->findings[*at].class == class; ++*at)
        if (listed++ >= HTML_LISTED_MAX)
            left++;
        else if (!html_finding(out, report, *at))
            return false;
    fputs("</table>\n", out);
    if (left > 0)
        fprintf(out,
                "<p class=\"note\"><span lang=\"zh\">另有 %zu 笔，见 --csv。</span>"
                "<span lang=\"en\">%zu more: see --csv.</span></p>",
                left, left);
    fputs("</details>\n", out);
    return true;
}

/* On paper nothing can be pointed at. */
static void html_number_names(FILE *out) {
    fputs("<p class=\"note\">", out);
    html_both(out, &(struct html_words){{"号码依次为（没有的略去）：",
                                         "Numbers, in this order, as far as there are any: "}});
    for (int id = 0; id < RECON_ID_COUNT; id++) {
        if (id > 0)
            html_both(out, &(struct html_words){{"、", ", "}});
        html_both(out, &number_names[id]);
    }
    html_both(out, &(struct html_words){{"。", "."}});
    fputs("</p>\n", out);
}

bool html_classes(FILE *out, const struct recon_report *report) {
    size_t at = 0;
    if (report->result->finding_count == 0)
        return true;
    fputs("<p class=\"find\"><label><span lang=\"zh\">查找</span><span lang=\"en\">Search</span> "
          "<input id=\"search\" type=\"search\" autocomplete=\"off\"></label> "
          "<output id=\"shown\"></output></p>\n",
          out);
    html_number_names(out);
    for (int class = RECON_AGREE + 1; class < RECON_OUTSIDE; class ++)
        if (at < report->result->finding_count && report->result->findings[at].class == class &&
            !html_class(out, report, class, &at))
            return false;
    return true;
}

static void html_total_line(FILE *out, const struct recon_report *report, int table,
                            unsigned line) {
    const struct recon_total *total = &report->totals->tables[table][line];
    char label[RECON_LABEL_SIZE];
    recon_total_label(report->ledger, report->totals, table, line, label);
    fputs("<tr><td>", out);
    if (label[0] == '\0')
        html_both(out, &(struct html_words){{"未注明", "not said"}});
    else if (table == RECON_CHANNELS || table == RECON_FEES)
        html_word(out, slice_of(label));
    else
        html_text(out, slice_of(label));
    fputs("</td>", out);
    for (int i = 0; i < report->ledger->source_count; i++) {
        fprintf(out, "<td class=\"n\">%" PRId64 "</td><td class=\"n\">", total->rows[i]);
        html_money(out, total->fen[i]);
        fputs("</td>", out);
    }
    fprintf(out, "<td class=\"n\">%" PRId64 "</td></tr>\n", total->differences);
}

static void html_total_table(FILE *out, const struct recon_report *report, int table) {
    static const struct html_words names[RECON_TABLES] = {{{"按渠道", "By channel"}},
                                                          {{"按终端", "By terminal"}},
                                                          {{"按费用类型", "By fee type"}},
                                                          {{"按日期", "By day"}}};
    fputs("<table class=\"plain\"><thead><tr><th>", out);
    html_both(out, &names[table]);
    fputs("</th>", out);
    for (int i = 0; i < report->ledger->source_count; i++) {
        fputs("<th class=\"n\" colspan=\"2\">", out);
        html_text(out, slice_of(report->ledger->sources[i].name));
        fputs("</th>", out);
    }
    fputs("<th class=\"n\">", out);
    html_both(out, &(struct html_words){{"差异", "Differences"}});
    fputs("</th></tr></thead><tbody>\n", out);
    for (unsigned line = 0; line < report->totals->counts[table]; line++)
        if (recon_total_is_used(&report->totals->tables[table][line]))
            html_total_line(out, report, table, line);
    fputs("</tbody></table>\n", out);
}

void html_totals(FILE *out, const struct recon_report *report) {
    fputs("<section><h2>", out);
    html_both(out, &(struct html_words){{"分项合计", "Totals"}});
    fputs("</h2>\n", out);
    for (int table = 0; table < RECON_TABLES; table++)
        html_total_table(out, report, table);
    fputs("</section>\n", out);
}
