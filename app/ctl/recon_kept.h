/* Answers of services kept in a folder, so that a run that was broken off asks only for the rest,
 * and one of old days is the same again. */
#ifndef HOPKIOSK_CTL_RECON_KEPT_H
#define HOPKIOSK_CTL_RECON_KEPT_H

#include <stdbool.h>
#include <stdio.h>

enum kept_form {
    KEPT_NOTHING = 0,
    KEPT_WHOLE,
    KEPT_UNCOUNTED, /* of a former version, which did not write how long it was */
    KEPT_CUT        /* empty, or of another length than it says */
};

/* What was asked ("upp.yuntaiBills 2026-11-27") names the file. `answers` as they came, where it is
 * whole or uncounted; else NULL. Caller: fclose. */
enum kept_form kept_open(const char *folder, const char *asked, bool *verified, FILE **answers);
/* Copies what was written to `answers`, in the place of what was kept of it before. It is on the
 * disk when this returns. False, errno says why. */
__attribute__((warn_unused_result)) bool kept_save(const char *folder, const char *asked,
                                                   bool verified, FILE *answers);

#endif
