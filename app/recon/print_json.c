#include <inttypes.h>
#include <string.h>

#include "app/recon/acts.h"
#include "app/recon/report.h"

static void json_words(FILE *out, const char *text) {
    recon_json_string(out, slice_of(text));
}

static void json_money(FILE *out, int64_t fen) {
    char money[RECON_MONEY_SIZE];
    fprintf(out, "\"%s\"", recon_money(fen, money));
}

static void print_sources(FILE *out, const struct recon_report *report) {
    fputs("\"sources\":[", out);
    for (int i = 0; i < report->ledger->source_count; i++) {
        const struct recon_source *source = &report->ledger->sources[i];
        fputs(i ? ",{\"name\":" : "{\"name\":", out);
        json_words(out, source->name);
        fprintf(out, ",\"rows\":%" PRId64 ",\"amount\":", recon_source_rows(report, i));
        json_money(out, recon_source_fen(report, i));
        fprintf(out, ",\"unverified\":%" PRId64 "}", source->unverified);
    }
    fputs("]", out);
}

static void print_by_source(FILE *out, const struct recon_report *report, const int64_t *rows,
                            const int64_t *fen) {
    const char *separator = "";
    fputs("\"sources\":{", out);
    for (int i = 0; i < report->ledger->source_count; i++) {
        if (rows[i] == 0)
            continue;
        fputs(separator, out);
        json_words(out, report->ledger->sources[i].name);
        fprintf(out, ":{\"rows\":%" PRId64 ",\"amount\":", rows[i]);
        json_money(out, fen[i]);
        fputs("}", out);
        separator = ",";
    }
    fputs("}", out);
}

static void print_classes(FILE *out, const struct recon_report *report) {
    fputs("\"classes\":{", out);
    for (int class = 0; class < RECON_OUTSIDE; class ++) {
        const struct recon_sum *sum = &report->result->classes[class];
        fprintf(out, "%s\"%s\":{\"count\":%" PRId64 ",\"amount\":", class ? "," : "",
                recon_classes[class].word, sum->deals);
        json_money(out, sum->fen);
        fprintf(out, ",\"explained\":%" PRId64 ",", sum->explained);
        print_by_source(out, report, sum->rows, sum->source_fen);
        fputs("}", out);
    }
    fputs("}", out);
}

static void print_totals(FILE *out, const struct recon_report *report) {
    const struct recon_totals *totals = report->totals;
    const char *separator = "";
    char label[RECON_LABEL_SIZE];
    fputs("\"totals\":[", out);
    for (int table = 0; table < RECON_TABLES; table++)
        for (unsigned line = 0; line < totals->counts[table]; line++) {
            const struct recon_total *total = &totals->tables[table][line];
            if (!recon_total_is_used(total))
                continue;
            fprintf(out, "%s{\"by\":\"%s\",\"value\":", separator, recon_table_name(table));
            json_words(out, recon_total_label(report->ledger, totals, table, line, label));
            fprintf(out, ",\"differences\":%" PRId64 ",", total->differences);
            print_by_source(out, report, total->rows, total->fen);
            fputs("}", out);
            separator = ",";
        }
    fputs("]", out);
}

static void print_entry(FILE *out, const struct recon_entry *entry, bool unverified) {
    char time[RECON_TIME_SIZE];
    fputs("{", out);
    for (int id = 0; id < RECON_ID_COUNT; id++) {
        if (entry->ids[id].length == 0)
            continue;
        fprintf(out, "\"%s\":", recon_id_word((enum recon_id)id));
        recon_json_string(out, entry->ids[id]);
        fputs(",", out);
    }
    fprintf(out, "\"kind\":\"%s\",\"amount\":", recon_kind_word(entry->kind));
    json_money(out, entry->amount.fen);
    fprintf(out,
            ",\"time\":\"%s\",\"state\":\"%s\",\"channel\":", entry_time_text(entry->time_s, time),
            recon_state_word(entry->state));
    recon_json_string(out, entry->channel);
    if (unverified)
        fputs(",\"unverified\":true", out);
    fputs("}", out);
}

/* Rows of one source: an object, or a list where there are several. */
static bool print_rows_of(FILE *out, const struct recon_report *report,
                          const struct recon_finding *finding, int source, int count) {
    const uint32_t *rows = report->result->members + finding->first;
    const char *separator = "";
    json_words(out, report->ledger->sources[source].name);
    fputs(count > 1 ? ":[" : ":", out);
    for (uint32_t i = 0; i < finding->count; i++) {
        if (RECON_CHUNK(report->ledger, rows[i])->source != source)
            continue;
        const struct recon_entry *entry = recon_report_entry(report, rows[i]);
        if (!entry)
            return false;
        fputs(separator, out);
        print_entry(out, entry, recon_row(report->ledger, rows[i]).unverified);
        separator = ",";
    }
    fputs(count > 1 ? "]" : "", out);
    return true;
}

static int count_rows_of(const struct recon_report *report, const struct recon_finding *finding,
                         int source) {
    int count = 0;
    for (uint32_t i = 0; i < finding->count; i++) {
        uint32_t row = report->result->members[finding->first + i];
        count += RECON_CHUNK(report->ledger, row)->source == source;
    }
    return count;
}

/* What the terminal could settle. */
static void print_acts(FILE *out, const struct recon_report *report,
                       const struct recon_finding *finding) {
    struct recon_act acts[RECON_ACTS_MAX];
    int count = recon_acts_of(report->ledger, report->result, finding, acts);
    for (int i = 0; i < count; i++)
        fprintf(out, "%s\"%s\"", i ? "," : ",\"acts\":[", recon_act_word(acts[i].kind));
    fputs(count > 0 ? "]" : "", out);
}

static bool print_finding(FILE *out, const struct recon_report *report,
                          const struct recon_finding *finding) {
    const struct recon_class_text *text = &recon_classes[finding->class];
    const char *separator = "";
    fprintf(out, "{\"class\":\"%s\",\"amount\":", text->word);
    json_money(out, finding->fen);
    fprintf(out, ",\"explained\":%s,\"sources\":{", finding->explained ? "true" : "false");
    for (int i = 0; i < report->ledger->source_count; i++) {
        int count = count_rows_of(report, finding, i);
        if (count == 0)
            continue;
        fputs(separator, out);
        if (!print_rows_of(out, report, finding, i, count))
            return false;
        separator = ",";
    }
    fputs("},\"what\":", out);
    json_words(out, recon_finding_what(finding, report->language));
    fputs(",\"do\":", out);
    json_words(out, recon_finding_act(finding, report->language));
    print_acts(out, report, finding);
    fputs("}", out);
    return true;
}

bool recon_print_json(FILE *out, const struct recon_report *report) {
    fputs("{\"from\":", out);
    json_words(out, report->from ? report->from : "");
    fputs(",\"to\":", out);
    json_words(out, report->to ? report->to : "");
    fputs(",", out);
    print_sources(out, report);
    fputs(",", out);
    print_classes(out, report);
    fprintf(out, ",\"by_time\":%" PRId64 ",", report->result->by_time);
    print_totals(out, report);
    fputs(",\"differences\":[", out);
    for (size_t i = 0; i < report->result->finding_count; i++) {
        fputs(i ? "," : "", out);
        if (!print_finding(out, report, &report->result->findings[i]))
            return false;
    }
    fputs("]}\n", out);
    return true;
}
