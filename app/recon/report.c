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

/* Where what the class says would be wrong advice. */
static const struct own_words {
    uint8_t class;
    bool one_view;
    const char *what[LANGUAGE_COUNT], *act[LANGUAGE_COUNT];
} own_words[] = {
    {RECON_PLATFORM_MISSING,
     true,
     {"平台账单与渠道账单只有一份有此笔。",
      "Only one of the platform's and the channel's bills has it."},
     {"向平台核实渠道是否到账；核实之前不要撤销医院入账。",
      "Ask the platform whether the channel has the money; leave the hospital's booking until "
      "then."}},
    {RECON_PLATFORM_MISSING,
     false,
     {"医院已记退款（或已撤销入账），平台没有退款。",
      "The hospital has booked a refund, or taken a booking back; the platform gave no money "
      "back."},
     {"查明是哪一笔支付：窗口已退现金的，登记备查；尚未退还的，将款项退还患者。",
      "Find out of which payment: where a window paid it out, note it; where nobody did, give the "
      "money back."}},
    {RECON_HOSPITAL_MISSING,
     false,
     {"平台已退款，医院系统没有记退款。",
      "The platform gave money back; the hospital has booked no refund."},
     {"确认退款属实后，在医院系统补记退款。",
      "When it is right that the money went back, book the refund at the hospital."}},
    {RECON_CREDIT_TAKEN_ELSEWHERE,
     false,
     {"医院自己的撤账记录；该笔支付已列为“医院已撤账”。",
      "The hospital's own record of taking a booking back; the payment is listed with it."},
     {"见该笔支付。", "See the payment."}}};

/* Of what is in one of two bills, of refunds, and of the hospital's own record of taking back. */
static const struct own_words *words_of_finding(const struct recon_finding *finding) {
    bool told = finding->class == RECON_CREDIT_TAKEN_ELSEWHERE;
    if (!finding->one_view && (told ? !finding->explained : finding->fen >= 0))
        return NULL;
    for (size_t i = 0; i < sizeof own_words / sizeof *own_words; i++)
        if (own_words[i].class == finding->class && own_words[i].one_view == finding->one_view)
            return &own_words[i];
    return NULL;
}

static const char *unproven_what(enum recon_proof proof, bool reversed, enum language language) {
    static const char *const proven[LANGUAGE_COUNT] = {
        "终端的入账当时未得到证明；医院有此记录，现已证实。",
        "The terminal's credit had no proof; the hospital has it: now it is proven."};
    static const char *const unsure[LANGUAGE_COUNT] = {
        "终端的入账未得到证明；医院的记录可能属于另一笔支付，须人工核查。",
        "The terminal's credit had no proof; what the hospital has may be another payment's: a "
        "person must examine it."};
    static const char *const taken[LANGUAGE_COUNT] = {
        "终端的入账未得到证明；医院有此记录，但医院或平台的账单另有该笔支付的退款，须人工核查。",
        "The terminal's credit had no proof; the hospital has it, and its books or the platform's "
        "have a refund of the payment too, which is not the terminal's: a person must examine it."};
    static const char *const refuted[LANGUAGE_COUNT] = {
        "终端的入账未得到证明；医院没有此记录。",
        "The terminal's credit had no proof; the hospital has no such booking: refuted."};
    if (reversed && proof != RECON_NOT_BOOKED)
        return taken[language];
    switch (proof) {
    case RECON_PROVEN:
        return proven[language];
    case RECON_UNSURE:
        return unsure[language];
    case RECON_NOT_BOOKED:
        break;
    }
    return refuted[language];
}

const char *recon_finding_what(const struct recon_finding *finding, enum language language) {
    const struct own_words *own = words_of_finding(finding);
    if (finding->class == RECON_UNPROVEN_CREDIT)
        return unproven_what((enum recon_proof)finding->proof, finding->reversed, language);
    return own ? own->what[language] : recon_classes[finding->class].what[language];
}

const char *recon_finding_act(const struct recon_finding *finding, enum language language) {
    const struct own_words *own = words_of_finding(finding);
    return own ? own->act[language] : recon_classes[finding->class].act[language];
}

const char *recon_explained_words(enum language language) {
    static const char *const words[LANGUAGE_COUNT] = {"其他终端或窗口办理，不计差异。",
                                                      "Paid elsewhere: no difference."};
    return words[language];
}

bool recon_finding_has_words(const struct recon_finding *finding) {
    return finding->class == RECON_UNPROVEN_CREDIT || words_of_finding(finding) != NULL;
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
