/* Opening and showing the journal of the configured kiosk. */
#ifndef HOPKIOSK_CTL_JOURNAL_OPEN_H
#define HOPKIOSK_CTL_JOURNAL_OPEN_H

#include <stdio.h>

#include "app/ctl/ctl.h"
#include "app/journal/journal.h"

/* Opens for reading, also beside a running kiosk. CTL_OK, or the exit code after a complaint. */
enum ctl_exit ctl_open_journal(struct ctl *ctl, struct journal **out);
/* The configured journal, to be written. `by`: who begins a new one on purpose; NULL: nobody. */
struct journal_options ctl_journal_options(const struct config *config, const char *by);
/* Prints the journal's complaint. */
enum ctl_exit ctl_journal_failed(const struct journal *journal, enum journal_result result);
/* `journal init --new-terminal --by WHO`: a new journal on purpose, the old one put aside. */
enum ctl_exit ctl_journal_init(struct ctl *ctl, int argc, char **argv);
/* `journal backup FILE`, `journal restore FILE --by WHO`: a copy, and the way back. */
enum ctl_exit ctl_journal_backup(struct ctl *ctl, int argc, char **argv);
enum ctl_exit ctl_journal_restore(struct ctl *ctl, int argc, char **argv);
/* `journal show ORDER [--evidence]`, `journal export` and `cases export`: whole orders with their
 * evidence, one a line, all or those that are or were a case. */
enum ctl_exit ctl_journal_show(struct ctl *ctl, int argc, char **argv);
enum ctl_exit ctl_journal_export(struct ctl *ctl, bool cases_only);

/* Writes all orders as `recon` reads them, an order a line. */
enum ctl_exit ctl_journal_write(struct ctl *ctl, FILE *out);

#endif
