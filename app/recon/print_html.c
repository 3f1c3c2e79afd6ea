#include <inttypes.h>
#include <string.h>

#include "app/recon/html.h"

void html_text(FILE *out, struct recon_slice text) {
    for (size_t i = 0; i < text.length; i++) {
        unsigned char c = (unsigned char)text.at[i];
        switch (c) {
        case '&':
            fputs("&amp;", out);
            break;
        case '<':
            fputs("&lt;", out);
            break;
        case '>':
            fputs("&gt;", out);
            break;
        case '"':
            fputs("&quot;", out);
            break;
        default:
            if (c >= ' ' && c != 0x7f)
                fputc(c, out);
        }
    }
}

void html_both(FILE *out, const struct html_words *words) {
    fprintf(out, "<span lang=\"zh\">%s</span><span lang=\"en\">%s</span>", words->in[LANGUAGE_ZH],
            words->in[LANGUAGE_EN]);
}

/* With a comma before each three digits, as accounts are read. */
void html_money(FILE *out, int64_t fen) {
    char money[RECON_MONEY_SIZE];
    size_t point = strlen(recon_money(fen, money)) - 3;
    for (size_t i = 0; money[i] != '\0'; i++) {
        if (i > 0 && i < point && (point - i) % 3 == 0 && money[i - 1] != '-')
            fputc(',', out);
        fputc(money[i], out);
    }
}

void html_source_name(FILE *out, const char *name) {
    static const struct {
        const char *name;
        struct html_words words;
    } known[] = {{"journal", {{"终端 ", "terminals: "}}},
                 {"his", {{"医院 ", "hospital: "}}},
                 {"upp", {{"支付平台 ", "platform: "}}},
                 {"channel", {{"支付渠道 ", "wallets: "}}},
                 {"tongji", {{"支付商控台 ", "console: "}}},
                 {"amp", {{"医保门户 ", "insurance portal: "}}},
                 {"mmpc", {{"医保移动支付 ", "insurance centre: "}}}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (slice_is(slice_of(name), known[i].name))
            html_both(out, &known[i].words);
    html_text(out, slice_of(name));
}

static void html_head(FILE *out, const struct recon_report *report) {
    bool zh = report->language == LANGUAGE_ZH;
    fprintf(
        out,
        "<!DOCTYPE html>\n<html lang=\"%s\" data-lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
        "'unsafe-inline'; script-src 'unsafe-inline'\">\n"
        "<meta name=\"viewport\" content=\"width=device-width\">\n<title>%s %s%s%s</title>\n"
        "<style>%s</style>\n</head>\n<body>\n",
        zh ? "zh-CN" : "en", zh ? "zh" : "en", zh ? "对账报告" : "Reconciliation",
        report->from ? report->from : "", report->from ? " – " : "", report->from ? report->to : "",
        html_style);
}

static void html_verdict(FILE *out, const struct recon_report *report) {
    int64_t differences = recon_differences(report->result);
    int64_t fen = recon_difference_fen(report->result);
    fprintf(out, "<p class=\"verdict %s\" id=\"verdict\">", differences ? "bad" : "good");
    if (differences == 0) {
        html_both(out, &(struct html_words){{"全部一致", "All agree"}});
    } else {
        fprintf(out,
                "<span lang=\"zh\">发现差异 %" PRId64 " 笔，涉及金额 </span>"
                "<span lang=\"en\">%" PRId64 " differences, about </span>",
                differences, differences);
        html_money(out, fen);
        html_both(out, &(struct html_words){{" 元", " yuan"}});
    }
    fputs("</p>\n", out);
}

static void html_header(FILE *out, const struct recon_report *report) {
    fputs("<header><h1>", out);
    html_both(out, &(struct html_words){{"对账报告", "Reconciliation"}});
    fputs("</h1><p class=\"period\">", out);
    if (report->from && slice_is(slice_of(report->from), report->to))
        fputs(report->from, out);
    else if (report->from)
        fprintf(out, "%s – %s", report->from, report->to);
    else
        html_both(out, &(struct html_words){{"全部日期", "All days"}});
    fputs("</p><button id=\"language\" type=\"button\">中文 / English</button></header>\n", out);
}

static void html_source(FILE *out, const struct recon_report *report, int number) {
    const struct recon_source *source = &report->ledger->sources[number];
    fputs("<tr><td>", out);
    html_source_name(out, source->name);
    fprintf(out, "</td><td class=\"n\">%" PRId64 "</td><td class=\"n\">",
            recon_source_rows(report, number));
    html_money(out, recon_source_fen(report, number));
    fprintf(out, "</td><td class=\"n\">%" PRId64 "</td></tr>\n", source->unverified);
}

/* The sums were compared before anything is printed: a run that does not add up prints nothing. */
static void html_sources(FILE *out, const struct recon_report *report) {
    static const struct html_words heads[] = {
        {{"来源", "Source"}}, {{"笔数", "Rows"}}, {{"金额", "Amount"}}, {{"未验签", "Unverified"}}};
    fputs("<section><h2>", out);
    html_both(out, &(struct html_words){{"各方数据", "What each side says"}});
    fputs("</h2><table class=\"plain\"><thead><tr>", out);
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        fputs(i ? "<th class=\"n\">" : "<th>", out);
        html_both(out, &heads[i]);
        fputs("</th>", out);
    }
    fputs("</tr></thead><tbody>\n", out);
    for (int i = 0; i < report->ledger->source_count; i++)
        html_source(out, report, i);
    fputs("</tbody></table><p class=\"note\">", out);
    html_both(out,
              &(struct html_words){
                  {"已核对：各类合计等于各方合计，分厘不差。",
                   "Checked: the sums of all classes equal the sums of all sources, to the fen."}});
    fputs("</p></section>\n", out);
}

bool recon_print_html(FILE *out, const struct recon_report *report) {
    html_head(out, report);
    html_header(out, report);
    html_verdict(out, report);
    html_chart(out, report);
    html_sources(out, report);
    bool good = html_classes(out, report);
    html_totals(out, report);
    fputs("<p class=\"sign\">", out);
    html_both(out, &(struct html_words){{"制表：　　　　　　复核：　　　　　　日期：",
                                         "Prepared by: ______________ Checked by: ______________ "
                                         "Date: ____________"}});
    fputs("</p>\n", out);
    fprintf(out, "<script>%s</script>\n</body>\n</html>\n", html_script);
    return good;
}
