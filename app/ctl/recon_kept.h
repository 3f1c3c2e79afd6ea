/* Answers of services kept in a folder, so that a run that was broken off asks only for the rest,
 * and one of old days is the same again. */
#ifndef HOPKIOSK_CTL_RECON_KEPT_H
#define HOPKIOSK_CTL_RECON_KEPT_H

#include <stdbool.h>
#include <stdio.h>

/* What was asked ("upp.yuntaiBills 2026-11-27") names the file. NULL: it is not kept. Caller:
 * fclose. */
FILE *kept_open(const char *folder, const char *asked, bool *verified);
/* Copies what was written to `answers`. False, errno says why. */
__attribute__((warn_unused_result)) bool kept_save(const char *folder, const char *asked,
                                                   bool verified, FILE *answers);

#endif
