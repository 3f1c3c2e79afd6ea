/* The report as one page of HTML that needs no network: what its parts share. Both languages stand
 * in it; one of them is shown. */
#ifndef HOPKIOSK_RECON_HTML_H
#define HOPKIOSK_RECON_HTML_H

#include "app/recon/report.h"

/* Findings of a class that are listed; --csv and --json give all. */
#define HTML_LISTED_MAX 20000

struct html_words {
    const char *in[LANGUAGE_COUNT];
};

extern const char html_style[], html_script[];

/* What is foreign is never markup. */
void html_text(FILE *out, struct recon_slice text);
/* Both languages, one of them hidden. */
void html_both(FILE *out, const struct html_words *words);
void html_money(FILE *out, int64_t fen);
/* "upp", with what it is where that is known. */
void html_source_name(FILE *out, const char *name);

/* How much agrees, and how often each difference is there: SVG. */
void html_chart(FILE *out, const struct recon_report *report);
/* A table for each class that has findings. False after a complaint. */
bool html_classes(FILE *out, const struct recon_report *report);
/* Rows and amounts of the sources by channel, terminal, fee type and day. */
void html_totals(FILE *out, const struct recon_report *report);

#endif
