/* A reconciliation over texts that a test writes: each becomes a file. */
#ifndef HOPKIOSK_TESTS_SUPPORT_RECON_FILES_H
#define HOPKIOSK_TESTS_SUPPORT_RECON_FILES_H

#include "app/recon/report.h"

struct recon_run {
    struct recon_ledger ledger;
    struct recon_result result;
    struct recon_totals totals;
    char paths[RECON_FILES_MAX][64];
};

void recon_run_init(struct recon_run *run);
/* False after a complaint, which is in the ledger. */
bool recon_run_read(struct recon_run *run, const char *format, const char *text, size_t length);
/* ... a text that must be good. */
void recon_run_add(struct recon_run *run, const char *format, const char *text);
/* ... the same as a service's answer; `verified`: its signature is right. */
void recon_run_take(struct recon_run *run, const char *format, const char *text, bool verified);
/* Judges, and checks the sums. */
void recon_run_judge(struct recon_run *run);
int64_t recon_run_count(const struct recon_run *run, enum recon_class class);
/* The only class that has deals beside `agree`; RECON_CLASS_COUNT: all agree. Several fail the
 * test. */
enum recon_class recon_run_only(const struct recon_run *run);
void recon_run_free(struct recon_run *run);

#endif
