/* A run's result as text, JSON, CSV, HTML. The same inputs give the same bytes. */
#ifndef HOPKIOSK_RECON_REPORT_H
#define HOPKIOSK_RECON_REPORT_H

#include <stdio.h>

#include "app/recon/totals.h"

struct recon_report {
    struct recon_ledger *ledger;
    const struct recon_result *result;
    const struct recon_totals *totals;
    const char *from, *to; /* yyyy-MM-dd; NULL: all days */
    enum language language;
};

/* False: an original could not be read again (its file changed), and its file's name is said in
 * the ledger's complaint. */
bool recon_print_text(FILE *out, const struct recon_report *report);
bool recon_print_json(FILE *out, const struct recon_report *report);
bool recon_print_csv(FILE *out, const struct recon_report *report);
bool recon_print_html(FILE *out, const struct recon_report *report);
/* The verdict in a line of JSON: from, to, differences, and how much money they are about. */
bool recon_print_result(FILE *out, const struct recon_report *report);

/* "-1234567.80"; sums may be larger than any one amount. */
#define RECON_MONEY_SIZE 32
char *recon_money(int64_t fen, char out[RECON_MONEY_SIZE]);
/* How much money the differences are about, whatever their sign. */
int64_t recon_difference_fen(const struct recon_result *result);
/* Rows and money of a source in the period. */
int64_t recon_source_rows(const struct recon_report *report, int source);
int64_t recon_source_fen(const struct recon_report *report, int source);
/* The original of a finding's row; NULL after a complaint. */
const struct recon_entry *recon_report_entry(const struct recon_report *report, uint32_t row);
/* What a finding is and what to do, in words. Of a refund, of an unproven credit and of
 * what is in one of two bills they are not those of its class. */
const char *recon_finding_what(const struct recon_finding *finding, enum language language);
const char *recon_finding_act(const struct recon_finding *finding, enum language language);
/* Of a finding that is explained. */
const char *recon_explained_words(enum language language);
/* Are they its own? */
bool recon_finding_has_words(const struct recon_finding *finding);
void recon_json_string(FILE *out, struct recon_slice text);

#endif
