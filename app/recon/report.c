#include "app/recon/report.h"

#include <inttypes.h>
#include <string.h>

char *recon_money(int64_t fen, char out[RECON_MONEY_SIZE]) {
    uint64_t size = fen < 0 ? (uint64_t)-fen : (uint64_t)fen;
    snprintf(out, RECON_MONEY_SIZE, "%s%" PRIu64 ".%02u", fen < 0 ? "-" : "", size / 100,
             (unsigned)(size % 100));
    return out;
}

int64_t recon_source_rows(const struct recon_report *report, int source) {
    return report->ledger->sources[source].rows -
           report->result->classes[RECON_OUTSIDE].rows[source];
}

int64_t recon_source_fen(const struct recon_report *report, int source) {
    return report->ledger->sources[source].fen -
           report->result->classes[RECON_OUTSIDE].source_fen[source];
}

const struct recon_entry *recon_report_entry(const struct recon_report *report, uint32_t row) {
    const struct recon_entry *entry = recon_row_entry(report->ledger, row);
    if (entry == NULL)
        snprintf(report->ledger->complaint.text, sizeof report->ledger->complaint.text,
                 "%.200s: changed while it was read",
                 report->ledger->files[RECON_CHUNK(report->ledger, row)->file].file.path);
    return entry;
}

const char *recon_finding_what(const struct recon_finding *finding, enum language language) {
    static const char *const proven[LANGUAGE_COUNT] = {
        "终端的入账当时未得到证明；医院有此记录，现已证实。",
        "The terminal's credit had no proof; the hospital has it: now it is proven."};
    static const char *const unsure[LANGUAGE_COUNT] = {
        "终端的入账未得到证明；医院的记录可能属于另一笔支付，须人工核查。",
        "The terminal's credit had no proof; what the hospital has may be another payment's: a "
        "person must examine it."};
    static const char *const refuted[LANGUAGE_COUNT] = {
        "终端的入账未得到证明；医院没有此记录。",
        "The terminal's credit had no proof; the hospital has no such booking: refuted."};
    if (finding->class != RECON_UNPROVEN_CREDIT)
        return recon_classes[finding->class].what[language];
    switch ((enum recon_proof)finding->proof) {
    case RECON_PROVEN:
        return proven[language];
    case RECON_UNSURE:
        return unsure[language];
    case RECON_NOT_BOOKED:
        break;
    }
    return refuted[language];
}

int64_t recon_difference_fen(const struct recon_result *result) {
    int64_t fen = 0;
    for (size_t i = 0; i < result->finding_count; i++) {
        const struct recon_finding *finding = &result->findings[i];
        if (recon_classes[finding->class].difference && !finding->explained)
            fen += finding->fen < 0 ? -finding->fen : finding->fen;
    }
    return fen;
}

bool recon_print_result(FILE *out, const struct recon_report *report) {
    char money[RECON_MONEY_SIZE];
    fprintf(out, "{\"from\":\"%s\",\"to\":\"%s\",\"differences\":%" PRId64 ",\"amount\":\"%s\"}\n",
            report->from ? report->from : "", report->to ? report->to : "",
            recon_differences(report->result),
            recon_money(recon_difference_fen(report->result), money));
    return true;
}

void recon_json_string(FILE *out, struct recon_slice text) {
    fputc('"', out);
    for (size_t i = 0; i < text.length; i++) {
        unsigned char c = (unsigned char)text.at[i];
        if (c == '"' || c == '\\')
            fprintf(out, "\\%c", c);
        else if (c < ' ' || c == 0x7f)
            fprintf(out, "\\u%04x", c);
        else
            fputc(c, out);
    }
    fputc('"', out);
}
