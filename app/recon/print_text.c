/* For a person at a console: the verdict, the sources, the classes, what to do. */
#include <inttypes.h>

#include "app/recon/acts.h"
#include "app/recon/report.h"

/* Findings of a class that a console shows; --json, --csv and --html give all. */
#define SHOWN_MAX 20

static void print_verdict(FILE *out, const struct recon_report *report) {
    int64_t differences = recon_differences(report->result);
    bool zh = report->language == LANGUAGE_ZH;
    if (differences == 0)
        fputs(zh ? "全部一致\n" : "ALL AGREE\n", out);
    else
        fprintf(out, zh ? "发现差异 %" PRId64 " 笔\n" : "%" PRId64 " DIFFERENCES\n", differences);
}

static void print_text_sources(FILE *out, const struct recon_report *report) {
    char money[RECON_MONEY_SIZE];
    for (int i = 0; i < report->ledger->source_count; i++) {
        const struct recon_source *source = &report->ledger->sources[i];
        fprintf(out, "  %-12s %10" PRId64 "  %16s", source->name, recon_source_rows(report, i),
                recon_money(recon_source_fen(report, i), money));
        if (source->unverified > 0)
            fprintf(out,
                    report->language == LANGUAGE_ZH ? "  未验签 %" PRId64
                                                    : "  %" PRId64 " unverified",
                    source->unverified);
        fputc('\n', out);
    }
}

static bool print_text_finding(FILE *out, const struct recon_report *report,
                               const struct recon_finding *finding) {
    char money[RECON_MONEY_SIZE], time[RECON_TIME_SIZE];
    for (uint32_t i = 0; i < finding->count; i++) {
        uint32_t row = report->result->members[finding->first + i];
        const struct recon_entry *entry = recon_report_entry(report, row);
        if (!entry)
            return false;
        fprintf(out, "      %-8s %12s  %-19s  %-10s",
                report->ledger->sources[RECON_CHUNK(report->ledger, row)->source].name,
                recon_money(entry->amount.fen, money), entry_time_text(entry->time_s, time),
                recon_state_word(entry->state));
        for (int id = 0; id < RECON_ID_COUNT; id++)
            if (entry->ids[id].length > 0)
                fprintf(out, "  %.*s", (int)entry->ids[id].length, entry->ids[id].at);
        fputc('\n', out);
    }
    if (recon_finding_has_words(finding))
        fprintf(out, "      %s %s\n", recon_finding_what(finding, report->language),
                recon_finding_act(finding, report->language));
    else if (finding->explained)
        fprintf(out, "      %s\n", recon_explained_words(report->language));
    struct recon_act acts[RECON_ACTS_MAX];
    int count = recon_acts_of(report->ledger, report->result, finding, acts);
    for (int i = 0; i < count; i++)
        fprintf(out, "      -> %s\n", recon_act_text(acts[i].kind, report->language));
    return true;
}

static bool print_class(FILE *out, const struct recon_report *report, int class, size_t *at) {
    const struct recon_result *result = report->result;
    const struct recon_class_text *text = &recon_classes[class];
    char money[RECON_MONEY_SIZE];
    int64_t shown = 0, left = 0;
    fprintf(out, "  %-24s %10" PRId64 "  %16s\n", text->title[report->language],
            result->classes[class].deals, recon_money(result->classes[class].fen, money));
    if (class != RECON_AGREE)
        fprintf(out, "    %s %s\n", text->what[report->language], text->act[report->language]);
    for (; *at < result->finding_count && result->findings[*at].class == class; ++*at)
        if (shown++ >= SHOWN_MAX)
            left++;
        else if (!print_text_finding(out, report, &result->findings[*at]))
            return false;
    if (left > 0)
        fprintf(out, "      ... %" PRId64 "\n", left);
    return true;
}

bool recon_print_text(FILE *out, const struct recon_report *report) {
    size_t at = 0;
    print_verdict(out, report);
    print_text_sources(out, report);
    fputc('\n', out);
    for (int class = 0; class < RECON_OUTSIDE; class ++)
        if (report->result->classes[class].deals > 0 && !print_class(out, report, class, &at))
            return false;
    return true;
}
