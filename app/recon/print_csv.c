/* Every row of every finding, a line each. */
#include <string.h>

#include "app/recon/report.h"

static void csv_field(FILE *out, struct recon_slice text) {
    bool quoted = false;
    for (size_t i = 0; i < text.length; i++)
        quoted = quoted || strchr(",\"\r\n", text.at[i]) != NULL;
    if (!quoted) {
        if (text.length > 0)
            fwrite(text.at, 1, text.length, out);
        return;
    }
    fputc('"', out);
    for (size_t i = 0; i < text.length; i++) {
        if (text.at[i] == '"')
            fputc('"', out);
        fputc(text.at[i], out);
    }
    fputc('"', out);
}

static void print_row(FILE *out, const struct recon_report *report, size_t number,
                      const struct recon_finding *finding, uint32_t row,
                      const struct recon_entry *entry) {
    char money[RECON_MONEY_SIZE], time[RECON_TIME_SIZE];
    fprintf(out, "%zu,%s,%s,%s,%s,", number, recon_classes[finding->class].word,
            finding->explained ? "yes" : "no",
            report->ledger->sources[RECON_CHUNK(report->ledger, row)->source].name,
            recon_kind_word(entry->kind));
    for (int id = 0; id < RECON_ID_COUNT; id++) {
        csv_field(out, entry->ids[id]);
        fputc(',', out);
    }
    fprintf(out, "%s,%s,%s,", recon_money(entry->amount.fen, money),
            entry_time_text(entry->time_s, time), recon_state_word(entry->state));
    csv_field(out, entry->channel);
    fputc(',', out);
    csv_field(out, slice_of(recon_finding_what(finding, report->language)));
    fputc(',', out);
    csv_field(out, slice_of(recon_finding_act(finding, report->language)));
    fputc('\n', out);
}

bool recon_print_csv(FILE *out, const struct recon_report *report) {
    fputs("deal,class,explained,source,kind,payment_no,out_no,in_no,trace_no,receipt_no,settle_no,"
          "origin_no,"
          "amount,time,state,channel,what,do\n",
          out);
    for (size_t i = 0; i < report->result->finding_count; i++) {
        const struct recon_finding *finding = &report->result->findings[i];
        for (uint32_t k = 0; k < finding->count; k++) {
            uint32_t row = report->result->members[finding->first + k];
            const struct recon_entry *entry = recon_report_entry(report, row);
            if (!entry)
                return false;
            print_row(out, report, i + 1, finding, row, entry);
        }
    }
    return true;
}
